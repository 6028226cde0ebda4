// The read-only view of a machine (view.ts), made from the kernel's own structures without running anything. Parts are worked out when they are asked for.
import type { Kernel } from "../kernel/kernel.ts";
import type { NetLink } from "../kernel/net/link.ts";
import { NetNamespace } from "../kernel/net/net-namespace.ts";
import type { Process } from "../kernel/process.ts";
import { decode, S, SysError } from "../kernel/sys.ts";
import type { Caller } from "../kernel/vfs/caller.ts";
import { NamespaceFileSystem } from "../kernel/vfs/nsfs.ts";
import type { Path } from "../kernel/vfs/path.ts";
import { PseudoFileSystem } from "../kernel/vfs/pseudo-file-system.ts";
import { resolve } from "../kernel/vfs/resolve.ts";
import { lookAtDocker } from "./docker-look.ts";
import type { FindFile } from "./guest/disk-look.ts";
import { lookAtGuests, lookAtVirtualNetworks } from "./guest-look.ts";
import type { CommandView, DockerView, FileView, GuestView, HardwareView, InterfaceView, NetworkNamespaceView, PackageView, ProcessView, ServiceView, UserView, View } from "./view.ts";

const textLimitBytes = 65_536;

/** What was asked about packages since the status file changed: the file is long, and the same few names are asked for at every check. */
interface Accounts {
  readonly stamp: string;
  readonly users: readonly UserView[];
  readonly userNames: ReadonlyMap<number, string>;
  readonly groupNames: ReadonlyMap<number, string>;
}

const knownAccounts = new WeakMap<Kernel, Accounts>();
const knownPackages = new WeakMap<Kernel, { readonly stamp: string; readonly views: Map<string, PackageView> }>();

/** Root of the machine, for looking only. */
function observerOf(kernel: Kernel): Caller | undefined {
  return kernel.initialNamespaces.pid.init;
}

function kindOf(mode: number): FileView["kind"] {
  switch (mode & S.IFMT) {
    case S.IFDIR:
      return "directory";
    case S.IFLNK:
      return "symlink";
    case S.IFIFO:
      return "fifo";
    case S.IFSOCK:
      return "socket";
    case S.IFCHR:
    case S.IFBLK:
      return "device";
    default:
      return "file";
  }
}

/** Of a file that is made as it is read; nothing where reading it is an error. */
function madeUp(fs: PseudoFileSystem, node: number, reader: Caller): Uint8Array {
  try {
    return fs.peek(node, reader);
  } catch (error) {
    if (error instanceof SysError) return new Uint8Array();
    throw error;
  }
}

function interfaceOf(namespace: NetNamespace, link: NetLink): InterfaceView {
  return {
    name: link.name, kind: link.kind, mac: link.mac, up: link.up, master: link.master?.name,
    addresses: namespace.addresses.filter((address) => address.link === link).map(({ address, prefixLength }) => `${address}/${prefixLength}`),
  };
}

/** A package's paragraph of dpkg's status file. */
function packageIn(text: string, name: string): PackageView {
  const start = text.startsWith(`Package: ${name}\n`) ? 0 : text.indexOf(`\nPackage: ${name}\n`) + 1;
  if (start === 0 && !text.startsWith(`Package: ${name}\n`)) return { name, installed: false, version: undefined };
  const end = text.indexOf("\n\n", start);
  const paragraph = text.slice(start, end === -1 ? text.length : end);
  const field = (key: string): string | undefined => new RegExp(`^${key}: (.*)$`, "m").exec(paragraph)?.[1];
  return { name, installed: field("Status")?.endsWith(" ok installed") ?? false, version: field("Version") };
}

/** The service manager of a machine, as far as looking goes. */
export interface ServiceStates {
  activeState(name: string): ServiceView["active"] | "reloading" | undefined;
}

class Look implements View {
  readonly #kernel: Kernel;
  readonly #services: () => ServiceStates | undefined;
  #accounts: Accounts | undefined;
  /** Checks of one moment ask for them again and again. */
  #guests: readonly GuestView[] | undefined;
  #guestsAtUs = -1;
  #docker: { readonly view: DockerView | undefined } | undefined;

  constructor(kernel: Kernel, services: () => ServiceStates | undefined) {
    this.#kernel = kernel;
    this.#services = services;
  }

  get hostname(): string {
    return this.#kernel.initialNamespaces.uts.hostname;
  }

  get nowUs(): number {
    return this.#kernel.realtimeUs();
  }

  get hardware(): HardwareView {
    const { cpuCount, memoryBytes, release } = this.#kernel;
    return { cpuCount, memoryBytes, kernelRelease: release };
  }

  get interfaces(): readonly InterfaceView[] {
    const { net } = this.#kernel.initialNamespaces;
    return [...net.links.values()].map((link) => interfaceOf(net, link));
  }

  get networkNamespaces(): readonly NetworkNamespaceView[] {
    const named = (this.file("/run/netns")?.entries ?? []).flatMap((name) => {
      const found = this.#resolve(`/run/netns/${name}`, true);
      const namespace = found?.mount.fs instanceof NamespaceFileSystem ? found.mount.fs.find(found.node) : undefined;
      return namespace instanceof NetNamespace ? [{ name, namespace }] : [];
    });
    const nameOf = (namespace: NetNamespace) => (namespace === this.#kernel.initialNamespaces.net ? "" : named.find((one) => one.namespace === namespace)?.name);
    return named.map(({ name, namespace }) => ({
      name,
      interfaces: [...namespace.links.values()].map((link) => {
        const there = link.peer && nameOf(link.peer.namespace);
        return { ...interfaceOf(namespace, link), peer: link.peer && there !== undefined ? { namespace: there, name: link.peer.name, master: link.peer.master?.name } : undefined };
      }),
    }));
  }

  #resolve(path: string, follow: boolean): Path | undefined {
    const observer = observerOf(this.#kernel);
    if (observer === undefined) return undefined;
    try {
      return resolve(observer, path, { follow });
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }

  #text(path: string): string {
    const found = this.#resolve(path, true);
    if (found === undefined) return "";
    const { fs } = found.mount;
    const facts = fs.facts(found.node);
    if ((facts.mode & S.IFMT) !== S.IFREG) return "";
    return decode(fs.read(found.node, 0, Math.min(facts.sizeBytes, 4 * textLimitBytes)));
  }

  file(path: string, follow = true): FileView | undefined {
    const found = this.#resolve(path, follow);
    if (found === undefined) return undefined;
    const observer = observerOf(this.#kernel);
    if (observer === undefined) return undefined;
    const { fs } = found.mount;
    const { node } = found;
    const facts = fs.facts(node);
    const kind = kindOf(facts.mode);
    return {
      path, kind, mode: facts.mode & 0o7777, owner: this.#userName(facts.uid), group: this.#groupName(facts.gid), sizeBytes: facts.sizeBytes,
      get target() {
        return kind === "symlink" ? fs.readlink(node, observer) : undefined;
      },
      get text() {
        if (kind !== "file") return "";
        return decode(fs instanceof PseudoFileSystem ? madeUp(fs, node, observer).subarray(0, textLimitBytes) : fs.read(node, 0, Math.min(facts.sizeBytes, textLimitBytes)));
      },
      get entries() {
        return kind === "directory" ? fs.entries(node, observer).map((entry) => entry.name).sort() : [];
      },
    };
  }

  get #people(): Accounts {
    this.#accounts ??= this.#knownAccounts();
    return this.#accounts;
  }

  /** Checks ask after every command; people change seldom. */
  #knownAccounts(): Accounts {
    const stamp = `${this.#stampOf("/etc/group")} ${this.#stampOf("/etc/passwd")}`;
    const known = knownAccounts.get(this.#kernel);
    if (known?.stamp === stamp) return known;
    const groups = this.#text("/etc/group").split("\n").filter((line) => line !== "").map((line) => line.split(":"));
    const groupNames = new Map(groups.map((fields) => [Number(fields[2]), fields[0] ?? ""]));
    const users: UserView[] = [];
    for (const line of this.#text("/etc/passwd").split("\n")) {
      const [name = "", , uid = "", gid = "", , home = "", shell = ""] = line.split(":");
      if (name === "") continue;
      const primary = groupNames.get(Number(gid));
      const memberOf = groups.filter((fields) => (fields[3] ?? "").split(",").includes(name)).map((fields) => fields[0] ?? "");
      users.push({ name, uid: Number(uid), home, shell, groups: [...(primary === undefined ? [] : [primary]), ...memberOf] });
    }
    const accounts = { stamp, users, userNames: new Map(users.map((user) => [user.uid, user.name])), groupNames };
    knownAccounts.set(this.#kernel, accounts);
    return accounts;
  }

  #stampOf(path: string): string {
    const found = this.#resolve(path, true);
    if (found === undefined) return "";
    const { ino, mtimeUs, ctimeUs, sizeBytes } = found.mount.fs.facts(found.node);
    return `${ino} ${mtimeUs} ${ctimeUs} ${sizeBytes}`;
  }

  #userName(uid: number): string {
    return this.#people.userNames.get(uid) ?? String(uid);
  }

  #groupName(gid: number): string {
    return this.#people.groupNames.get(gid) ?? String(gid);
  }

  /** Of its primary group, then of the others. */
  groupIds(user: UserView): readonly number[] {
    return user.groups.map((name) => [...this.#people.groupNames].find(([, own]) => own === name)?.[0] ?? 0);
  }

  user(name: string): UserView | undefined {
    return this.#people.users.find((user) => user.name === name);
  }

  get people(): readonly UserView[] {
    return this.#people.users.filter((user) => user.name === "root" || user.home.startsWith("/home/"));
  }

  package(name: string): PackageView {
    const status = this.#resolve("/var/lib/dpkg/status", true);
    if (status === undefined) return { name, installed: false, version: undefined };
    const { ino, mtimeUs, sizeBytes } = status.mount.fs.facts(status.node);
    const stamp = `${ino} ${mtimeUs} ${sizeBytes}`;
    let known = knownPackages.get(this.#kernel);
    if (known?.stamp !== stamp) {
      known = { stamp, views: new Map() };
      knownPackages.set(this.#kernel, known);
    }
    const view = known.views.get(name) ?? packageIn(decode(status.mount.fs.read(status.node, 0, 1 << 26)), name);
    known.views.set(name, view);
    return view;
  }

  service(name: string): ServiceView {
    const unit = name.includes(".") ? name : `${name}.service`;
    const linked = ["multi-user.target.wants", "graphical.target.wants", "sysinit.target.wants", "sockets.target.wants", "timers.target.wants", "getty.target.wants", "default.target.wants"]
      .some((directory) => this.#resolve(`/etc/systemd/system/${directory}/${unit}`, false) !== undefined);
    const exists = ["/etc/systemd/system", "/run/systemd/system", "/lib/systemd/system"].some((directory) => this.#resolve(`${directory}/${unit}`, false) !== undefined);
    const state = this.#services()?.activeState(unit);
    return { name: unit, active: state === "reloading" ? "active" : (state ?? (exists ? "inactive" : "unknown")), enabled: linked };
  }

  get processes(): readonly ProcessView[] {
    const list: ProcessView[] = [];
    for (const process of this.#kernel.processes.values()) {
      if (!process.kernelThread) list.push(this.#process(process));
    }
    return list;
  }

  #process(process: Process): ProcessView {
    const { namespaces } = process;
    const letter = process.stateLetter();
    return {
      pid: process.pid, parentPid: process.parent?.pid ?? 0, uid: process.credentials.euid,
      groups: [...new Set([process.credentials.egid, ...process.credentials.groups])].map((gid) => this.#groupName(gid)),
      argv: process.commandLine, comm: process.comm, namespacePids: process.identity.numbers,
      namespaces: new Map([
        ["mnt", namespaces.mnt.inode], ["pid", namespaces.pid.inode], ["net", namespaces.net.inode], ["uts", namespaces.uts.inode], ["ipc", namespaces.ipc.inode], ["user", namespaces.user.inode], ["cgroup", namespaces.cgroup.inode],
      ]),
      cgroup: process.cgroup.path, state: letter === "I" ? "S" : letter, terminal: process.terminal?.name,
    };
  }

  get commands(): readonly CommandView[] {
    return this.#kernel.accounting.records();
  }

  get guests(): readonly GuestView[] {
    if (this.#guestsAtUs !== this.#kernel.nowUs) this.#guests = undefined;
    this.#guestsAtUs = this.#kernel.nowUs;
    this.#guests ??= lookAtGuests(this.#kernel, (path, follow) => this.file(path, follow), (path, mostBytes) => this.#bytes(path, mostBytes), (path) => this.#readable(path));
    return this.#guests;
  }

  get virtualNetworks(): View["virtualNetworks"] {
    return lookAtVirtualNetworks((path, follow) => this.file(path, follow));
  }

  #readable(path: string): ReturnType<FindFile> {
    const found = this.#resolve(path, true);
    if (found === undefined) return undefined;
    const { fs } = found.mount;
    const { node } = found;
    const facts = fs.facts(node);
    return (facts.mode & S.IFMT) === S.IFREG ? { sizeBytes: facts.sizeBytes, changedUs: facts.mtimeUs, read: (at, length) => fs.read(node, at, length) } : undefined;
  }

  #bytes(path: string, mostBytes: number): Uint8Array | undefined {
    const found = this.#resolve(path, true);
    if (found === undefined || (found.mount.fs.facts(found.node).mode & S.IFMT) !== S.IFREG) return undefined;
    return found.mount.fs.read(found.node, 0, mostBytes).slice();
  }

  get docker(): DockerView | undefined {
    this.#docker ??= { view: this.package("docker.io").installed ? lookAtDocker(this.#kernel, (path, follow) => this.file(path, follow)) : undefined };
    return this.#docker.view;
  }
}

export function lookAt(kernel: Kernel, services: () => ServiceStates | undefined): Look {
  return new Look(kernel, services);
}
