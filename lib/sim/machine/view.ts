// The read-only look at a machine: what checks, the picture of the machine and instructors' pages see. Plain values, no kernel object
// leaks; asking costs nothing to the learner and changes nothing (no atime, no virtual time).

export interface FileView {
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink" | "fifo" | "device" | "socket";
  /** permission bits with set-id and sticky bits */
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
  readonly sizeBytes: number;
  readonly target: string | undefined;
  /** UTF-8 text of at most 64 KiB of a regular file, else "" */
  readonly text: string;
  /** names of a directory's entries, sorted */
  readonly entries: readonly string[];
}

export interface UserView {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
  readonly shell: string;
  /** names of primary and supplementary groups, from /etc/group */
  readonly groups: readonly string[];
}

export interface PackageView {
  readonly name: string;
  readonly installed: boolean;
  readonly version: string | undefined;
}

export interface ServiceView {
  readonly name: string;
  readonly active: "active" | "inactive" | "failed" | "activating" | "deactivating" | "unknown";
  readonly enabled: boolean;
}

export interface ProcessView {
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: number;
  /** names of the groups it runs with: a login before `usermod -aG` does not have the new one */
  readonly groups: readonly string[];
  readonly argv: readonly string[];
  readonly comm: string;
  /** pids from the host's namespace inwards; the last is what the process itself sees */
  readonly namespacePids: readonly number[];
  /** inode numbers by kind: mnt, pid, net, uts, ipc, user, cgroup */
  readonly namespaces: ReadonlyMap<string, number>;
  readonly cgroup: string;
  readonly state: "R" | "S" | "D" | "T" | "Z";
  readonly terminal: string | undefined;
}

/** One program started below a learner's terminal, as process accounting (acct(5)) would keep it. The last 300 are kept. */
export interface CommandView {
  readonly sequence: number;
  readonly terminal: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly uid: number;
  readonly startedUs: number;
  /** undefined while it runs */
  readonly status: number | undefined;
  /** the first 400 bytes that this process itself wrote to descriptor 1 and 2 */
  readonly stdout: string;
  readonly stderr: string;
}

export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly imageId: string;
  /** as the learner named it */
  readonly image: string;
  readonly state: "created" | "running" | "paused" | "restarting" | "exited" | "dead";
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** PID 1's pid on the host, 0 when it does not run */
  readonly pid: number;
  readonly argv: readonly string[];
  readonly logs: string;
  readonly autoRemove: boolean;
  readonly networks: readonly { readonly name: string; readonly address: string }[];
  readonly ports: readonly { readonly hostPort: number; readonly containerPort: number; readonly protocol: string }[];
  readonly mounts: readonly { readonly source: string; readonly target: string; readonly kind: "bind" | "volume" | "tmpfs" }[];
  readonly memoryLimitBytes: number;
}

export interface ImageView {
  readonly id: string;
  /** "python:3", empty for a dangling image */
  readonly tags: readonly string[];
  /** diff ids, base first */
  readonly layers: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: readonly string[];
  readonly workdir: string;
  readonly user: string;
  readonly sizeBytes: number;
  /** a file of the image's root file system, undefined when missing */
  file(path: string): FileView | undefined;
}

export interface DockerView {
  readonly containers: readonly ContainerView[];
  readonly images: readonly ImageView[];
  /** `bridge`: its interface on the host; "" for host and none */
  readonly networks: readonly { readonly id: string; readonly name: string; readonly driver: string; readonly subnet: string; readonly bridge: string; readonly internal: boolean }[];
  readonly volumes: readonly { readonly name: string; readonly mountpoint: string }[];
  /** containers that ended and were removed (--rm, docker rm), last 50, so that "it ran" stays true after cleaning up */
  readonly removed: readonly ContainerView[];
}

/** A network device, of the initial network namespace where nothing else is said. */
export interface InterfaceView {
  readonly name: string;
  /** "ether" is a card, "bridge", "veth", "loopback", "tap", "dummy"... */
  readonly kind: string;
  readonly mac: string;
  readonly up: boolean;
  /** with their prefix: "172.17.0.1/16" */
  readonly addresses: readonly string[];
  /** the bridge whose port it is */
  readonly master: string | undefined;
}

/** One that has a name (ip-netns(8)): a file in /run/netns. */
export interface NetworkNamespaceView {
  readonly name: string;
  /** `peer`: the other end of a veth, `namespace` "" on the host itself; undefined for other kinds and where it is out of sight */
  readonly interfaces: readonly (InterfaceView & { readonly peer: { readonly namespace: string; readonly name: string; readonly master: string | undefined } | undefined })[];
}

export interface HardwareView {
  readonly cpuCount: number;
  readonly memoryBytes: number;
  /** as `uname -r` says */
  readonly kernelRelease: string;
}

/** A virtual machine: defined in libvirt, running, or both. */
export interface GuestView {
  readonly name: string;
  readonly uuid: string;
  readonly state: "running" | "paused" | "off" | "crashed";
  /** of one that is off: its system ended by itself, its process was ended, it panicked, its state is in a file; undefined while it runs, and before its first run */
  readonly reason: "shutdown" | "destroyed" | "crashed" | "saved" | undefined;
  /** of a running one: by the processor itself, or emulated */
  readonly accelerator: "kvm" | "tcg" | undefined;
  /** of the process that runs it, 0 when none does */
  readonly pid: number;
  readonly cpuCount: number;
  readonly memoryBytes: number;
  /** `path` and `format` are "" where only the hypervisor knows them; `backing`: what the image is based on, nearest first */
  readonly disks: readonly { readonly target: string; readonly path: string; readonly format: string; readonly sizeBytes: number; readonly backing: readonly string[] }[];
  /** `network`: the host's bridge, "" without; `addresses`: as the guest itself has them, without prefix */
  readonly cards: readonly { readonly mac: string; readonly model: string; readonly network: string; readonly addresses: readonly string[] }[];
  /** MAC addresses as its definition says them for its next start: others than those of `cards` when it was changed while it runs */
  readonly definedMacs: readonly string[];
  /** its own view while its system runs */
  readonly inside: View | undefined;
  /** A file on its first disk, as the image holds it: of a running one what was written back last. Owners are numbers. */
  onDisk(path: string, follow?: boolean): FileView | undefined;
}

export interface View {
  readonly hostname: string;
  readonly hardware: HardwareView;
  readonly interfaces: readonly InterfaceView[];
  readonly networkNamespaces: readonly NetworkNamespaceView[];
  readonly nowUs: number;
  /** Follows symbolic links in the path; the last one too unless `follow` is false. Undefined when it does not exist. */
  file(path: string, follow?: boolean): FileView | undefined;
  user(name: string): UserView | undefined;
  /** Users with a home below /home, and root. */
  readonly people: readonly UserView[];
  package(name: string): PackageView;
  service(name: string): ServiceView;
  readonly processes: readonly ProcessView[];
  /** Oldest first. */
  readonly commands: readonly CommandView[];
  /** Undefined while Docker is not installed. State is there also when the daemon is stopped. */
  readonly docker: DockerView | undefined;
  readonly guests: readonly GuestView[];
  /** Libvirt's networks with their bridges; `forwards`: they reach the outside. */
  readonly virtualNetworks: readonly { readonly name: string; readonly bridge: string; readonly forwards: boolean }[];
}
