// libguestfs's appliance (guestfs(3)): a small machine that gets the disks and mounts what is on them. Here it is a process in a mount namespace of its own, with the disks as loop
// devices on copies; what it changed goes back into the images when it ends. It needs root, as loop devices do: ordinary users' images are not simulated.
import { type Blocking, encode, O, S, type Sys, SysError } from "../../../kernel/sys.ts";
import { LibvirtClient, LibvirtError, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { chainData, type DiskImage, ImageError, isZero } from "../disk-image/disk-image.ts";
import { descriptorFile, type ImageFile } from "../disk-image/image-file.ts";
import { type OpenedImage, openImage } from "../disk-image/open-image.ts";
import { attachLoop, detachLoop } from "../loop-device.ts";
import { probeBytes } from "../probe-device.ts";
import { waitFor } from "../shell-command.ts";
import { GuestfsError } from "./guestfs-error.ts";
import { removeIfThere } from "./tree.ts";

export interface Drive {
  readonly path: string;
  readonly format: string | undefined;
}

export interface GuestFileSystem {
  /** in the appliance: "/dev/sda1" */
  readonly name: string;
  /** on this host */
  readonly node: string;
  readonly type: string;
  readonly label: string | undefined;
  readonly uuid: string | undefined;
  readonly sizeBytes: number;
}

export interface Appliance {
  /** of the process that `work` runs in: no other may be used there */
  readonly sys: Sys;
  readonly disks: readonly { readonly name: string; readonly sizeBytes: number }[];
  readonly fileSystems: readonly GuestFileSystem[];
  /** The operating system's root, if there is one. */
  readonly root: GuestFileSystem | undefined;
  /** Runs in a process whose root directory is that file system's. Errors: GuestfsError, SysError. */
  inside<T>(fileSystem: GuestFileSystem, work: (guest: Sys) => Blocking<T>): Blocking<T>;
}

/** From start to the first answer, with and without KVM. */
const launchUs = { kvm: 4_300_000, tcg: 12_600_000 };
const chunkBytes = 65_536;
const launchFailed = `guestfs_launch failed.
This usually means the libguestfs appliance failed to start or crashed.
Do:
  export LIBGUESTFS_DEBUG=1 LIBGUESTFS_TRACE=1
and run the command again.  For further information, read:
  http://libguestfs.org/guestfs-faq.1.html#debugging-libguestfs
You can also run 'libguestfs-test-tool' and post the *complete* output
into a bug report or message to the libguestfs mailing list.`;

/** Disks of a machine that libvirt knows. Only a stopped one may be written to. Errors: GuestfsError. */
export function* drivesOfDomain(sys: Sys, domain: string, readOnly: boolean): Blocking<readonly Drive[]> {
  let client: LibvirtClient;
  try {
    client = yield* LibvirtClient.connect(sys, readOnly);
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    yield* sys.write(2, encode(`libvirt: XML-RPC error : ${error.message}\n`));
    throw new GuestfsError(`could not connect to libvirt (code 38, domain 7): ${error.message}`);
  }
  try {
    const known = rows(yield* client.call("listDomains")).find((one) => textAt(one, "name") === domain || textAt(one, "uuid") === domain);
    if (known === undefined) throw new GuestfsError(`no libvirt domain called ‘${domain}’: Domain not found: no domain with matching name '${domain}'`);
    if (!readOnly && textAt(known, "state") !== "shut off") {
      throw new GuestfsError("error: domain is a live virtual machine.\nWriting to the disks of a running virtual machine can cause disk corruption.\nUse read-only access.  In most libguestfs tools use --ro.");
    }
    return rows(yield* client.call("domainBlocks", { domain: textAt(known, "name"), inactive: true }))
      .filter((disk) => textAt(disk, "device") === "disk" && textAt(disk, "source") !== "-")
      .map((disk) => ({ path: textAt(disk, "source"), format: textAt(disk, "format") || undefined }));
  } finally {
    client.close();
  }
}

function* open(sys: Sys, drive: Drive, readOnly: boolean): Blocking<OpenedImage> {
  try {
    sys.stat(drive.path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new GuestfsError(`${drive.path}: ${error.message}`);
  }
  try {
    return yield* openImage(sys, drive.path, { format: drive.format, writable: !readOnly, forceShare: readOnly });
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    throw new GuestfsError(launchFailed);
  }
}

interface Copy {
  readonly image: DiskImage;
  readonly path: string;
  readonly fd: number;
  readonly file: ImageFile;
}

function* copyOut(sys: Sys, image: DiskImage, path: string): Blocking<Copy> {
  const fd = yield* sys.open(path, O.RDWR | O.CREAT | O.EXCL, 0o600);
  const file = descriptorFile(sys, fd, path);
  file.truncate(image.virtualBytes);
  for (const piece of yield* chainData(image, chunkBytes)) {
    const bytes = yield* image.read(piece.start, Math.min(piece.length, image.virtualBytes - piece.start));
    if (!isZero(bytes)) yield* file.write(piece.start, bytes);
  }
  return { image, path, fd, file };
}

const same = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, index) => byte === other[index]);

function* copyBack({ image, file }: Copy): Blocking<void> {
  const end = image.virtualBytes;
  for (let at = file.nextData(0); at !== undefined && at < end; at = file.nextData(at)) {
    const hole = file.nextHole(at);
    for (at = Math.floor(at / chunkBytes) * chunkBytes; at < hole && at < end; at += chunkBytes) {
      const length = Math.min(chunkBytes, end - at);
      const bytes = yield* file.read(at, length);
      if (!same(bytes, yield* image.read(at, length))) yield* image.write(at, bytes);
    }
  }
}

function* fileSystemAt(sys: Sys, name: string, node: string): Blocking<GuestFileSystem | undefined> {
  const fd = yield* sys.open(node, O.RDONLY);
  try {
    const found = probeBytes(yield* sys.pread(fd, 70_000, 0));
    if (found.usage !== "filesystem" || found.type === undefined) return undefined;
    return { name, node, type: found.type, label: found.label, uuid: found.uuid, sizeBytes: sys.lseek(fd, 0, "end") };
  } finally {
    sys.close(fd);
  }
}

/** Runs `work` in a child that sees what this process does; what it throws comes out here. */
function* inChild<T>(sys: Sys, prepare: (child: Sys) => void, work: (child: Sys) => Blocking<T>): Blocking<T> {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  const pid = sys.fork(function* child(own) {
    try {
      prepare(own);
      outcome = { value: yield* work(own) };
      return 0;
    } catch (error) {
      if (!(error instanceof GuestfsError || error instanceof SysError || error instanceof Error)) throw error;
      outcome = { error };
      return 1;
    }
  });
  yield* waitFor(sys, pid);
  if (outcome === undefined) throw new GuestfsError("appliance closed the connection unexpectedly.\nThis usually means the libguestfs appliance crashed.");
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

const hasSystem = (sys: Sys): boolean => ["/etc", "/bin"].every((path) => {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
});

function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* boot<T>(sys: Sys, copies: readonly Copy[], scratch: string, work: (appliance: Appliance) => Blocking<T>): Blocking<T> {
  const nodes: string[] = [];
  const root = `${scratch}/root`;
  sys.mkdir(root, 0o700);
  try {
    const disks: { name: string; sizeBytes: number }[] = [];
    const fileSystems: GuestFileSystem[] = [];
    for (const [index, copy] of copies.entries()) {
      const name = `/dev/sd${String.fromCharCode(97 + index)}`;
      const { device, fd } = yield* attachLoop(sys, { file: copy.path, partscan: true });
      sys.close(fd);
      nodes.push(device);
      disks.push({ name, sizeBytes: copy.image.virtualBytes });
      const whole = yield* fileSystemAt(sys, name, device);
      if (whole !== undefined) fileSystems.push(whole);
      const prefix = `${device.slice(device.lastIndexOf("/") + 1)}p`;
      for (const number of sys.readdir("/dev").map((entry) => entry.name).filter((one) => one.startsWith(prefix)).map((one) => Number(one.slice(prefix.length))).sort((a, b) => a - b)) {
        const found = yield* fileSystemAt(sys, `${name}${number}`, `${device}p${number}`);
        if (found !== undefined) fileSystems.push(found);
      }
    }
    const inside: Appliance["inside"] = function* inside(fileSystem, task) {
      sys.mount(fileSystem.node, root, fileSystem.type, fileSystem.type === "iso9660" ? { readOnly: true } : {});
      try {
        attempt(() => sys.mount("/dev", `${root}/dev`, "", { bind: true, recursive: true }));
        attempt(() => sys.mount("proc", `${root}/proc`, "proc", {}));
        return yield* inChild(sys, (child) => {
          child.chroot(root);
          child.chdir("/");
          child.umask(0o022);
        }, task);
      } finally {
        attempt(() => sys.umount(`${root}/proc`));
        attempt(() => sys.umount(`${root}/dev`, { lazy: true }));
        sys.umount(root, { lazy: true });
      }
    };
    let system: GuestFileSystem | undefined;
    for (const one of fileSystems) {
      if (system === undefined && /^(?:ext[234]|xfs|btrfs)$/.test(one.type) && (yield* inside(one, function* look(guest) { return hasSystem(guest); }))) system = one;
    }
    return yield* work({ sys, disks, fileSystems, root: system, inside });
  } finally {
    for (const node of nodes) yield* detachLoop(sys, node);
  }
}

export interface LaunchOptions {
  /** nothing of what is changed is kept */
  readonly readOnly: boolean;
}

function hasKvm(sys: Sys): boolean {
  try {
    sys.access("/dev/kvm", 6);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Errors: GuestfsError, and what `work` throws. */
export function* withAppliance<T>(sys: Sys, drives: readonly Drive[], options: LaunchOptions, work: (appliance: Appliance) => Blocking<T>): Blocking<T> {
  const opened: OpenedImage[] = [];
  const letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const scratch = `/tmp/libguestfs${[...sys.random(6)].map((byte) => letters.charAt(byte % letters.length)).join("")}`;
  try {
    for (const drive of drives) opened.push(yield* open(sys, drive, options.readOnly));
    if (sys.getcred().euid !== 0) {
      sys.observe({ kind: "unsimulated", command: "libguestfs", detail: "ordinary-user" });
      throw new GuestfsError("not simulated here: the appliance of an ordinary user. Run the command as root.");
    }
    sys.mkdir(scratch, 0o700);
    const copies: Copy[] = [];
    for (const [index, { image }] of opened.entries()) copies.push(yield* copyOut(sys, image, `${scratch}/disk${index + 1}`));
    yield* sys.sleep(hasKvm(sys) ? launchUs.kvm : launchUs.tcg);
    try {
      return yield* inChild(sys, (child) => {
        child.unshare(["mnt"]);
        child.mount("none", "/", "", { recursive: true, propagation: "private" });
        child.setTitle("qemu-system-x86");
      }, (child) => boot(child, copies, scratch, work));
    } finally {
      if (!options.readOnly) for (const copy of copies) yield* copyBack(copy);
      for (const copy of copies) sys.close(copy.fd);
    }
  } finally {
    for (const one of opened) one.close();
    removeIfThere(sys, scratch);
  }
}
