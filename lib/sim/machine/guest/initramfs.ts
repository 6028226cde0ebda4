// A guest's initramfs: which drivers are in the image that its boot loader reads, what happens when the one for its root file system is not among them, and the system that runs then: the
// image's own files and a shell on the console (initramfs-tools(7), scripts/local and scripts/functions of that package are the reference for what is said).
import { type Blocking, decode, encode, O, S, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Contents } from "../../kernel/vfs/contents.ts";
import type { FrozenLayer } from "../../kernel/vfs/memory-node.ts";
import { type CpioEntry, isDirectory, parseArchive } from "../../programs/kit/cpio-archive.ts";
import { contentsAt, filesOfLayer } from "../disk-files.ts";
import type { Hardware } from "../hardware.ts";
import { freezeRoot, type RootFile } from "../rootfs/frozen-root.ts";

const mostBytes = 64 * 1024 * 1024;

export interface Initramfs {
  readonly modules: ReadonlySet<string>;
  tree(): FrozenLayer;
}

/** Images of a frozen base are read once. */
const known = new WeakMap<Contents, Initramfs | undefined>();

const nameOf = (path: string): string => (path.split("/").at(-1) ?? "").replace(/\.ko$/, "").replaceAll("-", "_");

function rootFile(entry: CpioEntry): RootFile {
  const path = `/${entry.name}`;
  if (isDirectory(entry)) return { path, directory: true, mode: entry.mode & 0o7777 };
  if ((entry.mode & S.IFMT) === S.IFLNK) return { path, symlink: decode(entry.bytes) };
  return {
    path, mode: entry.mode & 0o7777, modifiedUs: entry.mtimeSeconds * 1e6,
    sparse: () => {
      const contents = new Contents();
      contents.write(0, entry.bytes);
      contents.truncate(entry.bytes.length);
      return contents;
    },
  };
}

const entriesOf = (contents: Contents): readonly CpioEntry[] | undefined => parseArchive(contents.read(0, Math.min(contents.sizeBytes, mostBytes)));

function read(contents: Contents): Initramfs | undefined {
  const modules = entriesOf(contents)?.filter((entry) => entry.name.endsWith(".ko")).map((entry) => nameOf(entry.name));
  return modules === undefined ? undefined : {
    modules: new Set(modules),
    tree: () => freezeRoot((entriesOf(contents) ?? []).filter((entry) => entry.name !== ".").map(rootFile), { user: () => 0, group: () => 0 }, 0),
  };
}

/** Undefined when the boot loader finds no image, or the kernel none in it. */
export function initramfsOf(root: FrozenLayer, path: string): Initramfs | undefined {
  const contents = contentsAt(filesOfLayer(root), path);
  if (contents === undefined) return undefined;
  if (!known.has(contents)) known.set(contents, read(contents));
  return known.get(contents);
}

/** What the kernel needs to see a disk, by its name and the devices that there are. */
function driversOf(disk: string, hardware: Hardware): readonly string[] {
  if (disk.startsWith("vd")) return ["virtio_pci", "virtio_blk"];
  const drivers = new Set(hardware.pci.map((device) => device.driver));
  const virtioScsi = hardware.pci.some((device) => device.vendor === 0x1af4 && (device.device === 0x1048 || device.device === 0x1004));
  return ["sd_mod", ...(drivers.has("ahci") ? ["ahci"] : drivers.has("ata_piix") ? ["ata_piix"] : []), ...(virtioScsi ? ["virtio_scsi"] : [])];
}

/** The hardware with the disks and cards that the image has drivers for; without the one for ext4 no disk helps. */
export function withDrivers(hardware: Hardware, { modules }: Initramfs): Hardware {
  return {
    ...hardware, disks: hardware.disks.filter((disk) => modules.has("ext4") && driversOf(disk.name, hardware).every((name) => modules.has(name))),
    networkCards: hardware.networkCards.filter((card) => modules.has(card.driver)),
  };
}

const begin = `Loading, please wait...
Starting systemd-udevd version 252.39-1~deb12u2
`;

export const foundRoot = `${begin}Begin: Loading essential drivers ... done.
Begin: Running /scripts/init-premount ... done.
Begin: Mounting root file system ... Begin: Running /scripts/local-top ... done.
Begin: Running /scripts/local-premount ... done.
`;

/** How often the root is looked for, once a second. */
const tries = 30;
const tryUs = 1_000_000;

/** PID 1 of a system that does not find its root file system. Ctrl-D in its shell only makes it look again. */
export function* waitForRoot(sys: Sys, root: string): Blocking<number> {
  const flags = { nosuid: true, noexec: true, nodev: true };
  for (const [type, target] of [["sysfs", "/sys"], ["proc", "/proc"], ["devtmpfs", "/dev"], ["tmpfs", "/run"]] as const) {
    try {
      sys.mount(type === "devtmpfs" ? "udev" : type, target, type, type === "devtmpfs" ? { nosuid: true } : flags, "");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  const powers = [[SIGNALS.TERM, "reboot"], [SIGNALS.USR1, "halt"], [SIGNALS.USR2, "poweroff"]] as const;
  for (const [signal] of powers) sys.sigaction(signal, "catch");
  sys.sethostname("(none)");
  const console = yield* sys.open("/dev/ttyS0", O.RDWR | O.NOCTTY);
  const say = function* (text: string): Blocking<void> {
    yield* sys.write(console, encode(text));
  };
  yield* say(`${foundRoot}Begin: Waiting for root file system ... `);
  for (let at = 0; at < tries; at++) {
    yield* say("Begin: Running /scripts/local-block ... done.\n");
    yield* sys.sleep(tryUs);
  }
  yield* say("done.\nGave up waiting for root file system device.  Common problems:\n - Boot args (cat /proc/cmdline)\n   - Check rootdelay= (did the system wait long enough?)\n - Missing modules (cat /proc/modules; ls /dev)\n");
  for (;;) {
    yield* say(`ALERT!  ${root} does not exist.  Dropping to a shell!\n`);
    const pid = sys.fork(function* shell(own) {
      own.setsid();
      const terminal = yield* own.open("/dev/ttyS0", O.RDWR);
      for (const fd of [0, 1, 2]) own.dup2(terminal, fd);
      for (const fd of own.descriptors()) if (fd > 2) own.close(fd);
      own.chdir("/");
      try {
        return yield* own.exec("/bin/sh", ["sh", "-i"], new Map([["PS1", "(initramfs) "], ["PATH", "/sbin:/usr/sbin:/bin:/usr/bin"], ["HOME", "/"], ["TERM", "linux"], ["rootmnt", "/root"], ["ROOT", root]]));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    for (;;) {
      try {
        const ended = yield* sys.waitpid(-1);
        if (ended === undefined || ended.pid === pid) break;
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        const signals = sys.takeSignals();
        for (const [signal, what] of powers) if (signals.includes(signal)) sys.reboot(what);
      }
    }
    yield* sys.sleep(tryUs);
  }
}

export const noInitramfs = `VFS: Cannot open root device "UUID" or unknown-block(0,0): error -6
Please append a correct "root=" boot option; here are the available partitions:
Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)
---[ end Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0) ]---
`;
