// An installer on a disc: what a machine boots from it is a small Debian in memory whose PID 1 asks a few questions on the serial line (or finds the answers in a preseed.cfg on
// another disc), partitions the first disk, makes a file system, puts the base system on it and restarts. Every step but that of the base system is done by the system's own
// programs; the base system is named on the disk, as on every image of ours (ADR 0004).
import { Disk as BlockDisk } from "../../kernel/block/block-device.ts";
import { Ext4Superblock, SUPERBLOCK_BYTES, SUPERBLOCK_OFFSET } from "../../kernel/block/ext4-superblock.ts";
import { TREE_OFFSET } from "../../kernel/block/ext4-type.ts";
import { readPartitionTable } from "../../kernel/block/partition-table.ts";
import { type Blocking, decode, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import type { Contents } from "../../kernel/vfs/contents.ts";

export const installerLabel = "Debian 12.12.0 amd64 n";
export const installedRoot = "guest-debian-12";
const sectorBytes = 512;
const volumeLabelAt = 16 * 2048 + 40;
const smallestDiskBytes = 900 * 1024 ** 2;

/** An ISO 9660 volume of the installer's name. */
export function isInstaller(disc: Contents): boolean {
  return disc.sizeBytes > volumeLabelAt + 32 && /^Debian 12[.\d]* amd64/.test(decode(disc.read(volumeLabelAt, 32)));
}

/** The base system on the first partition, whose file system is new. */
export function placeBaseSystem(disk: Contents, rootName: string): boolean {
  const [entry] = readPartitionTable(new BlockDisk("disk", 254, 0, disk));
  if (entry === undefined) return false;
  const at = entry.startSector * sectorBytes;
  const superblock = new Ext4Superblock(disk.read(at + SUPERBLOCK_OFFSET, SUPERBLOCK_BYTES).slice());
  if (!superblock.valid) return false;
  const text = encode(JSON.stringify({ base: rootName, removed: [], records: [] }));
  superblock.tree = { textBytes: text.length, totalBytes: text.length };
  disk.write(at + SUPERBLOCK_OFFSET, superblock.bytes);
  disk.write(at + TREE_OFFSET, text);
  return true;
}

interface Answers {
  readonly hostname: string;
  readonly rootPassword: string;
  readonly user: string;
  readonly userPassword: string;
}

const path = "/usr/sbin:/usr/bin:/sbin:/bin";

/** Runs a line of shell; its output goes to the installer's log. */
function* shell(sys: Sys, line: string, environment: ReadonlyMap<string, string> = new Map()): Blocking<boolean> {
  const pid = sys.fork(function* run(child) {
    const nothing = yield* child.open("/dev/null", O.RDONLY);
    const log = yield* child.open("/run/installer.log", O.WRONLY | O.CREAT | O.APPEND, 0o600);
    child.dup2(nothing, 0);
    child.dup2(log, 1);
    child.dup2(log, 2);
    for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
    try {
      return yield* child.exec("/bin/sh", ["sh", "-e", "-c", line], new Map([["PATH", path], ["HOME", "/"], ["LC_ALL", "C.UTF-8"], ...environment]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  const ended = yield* sys.waitpid(pid);
  return ended?.status.kind === "exited" && ended.status.status === 0;
}

function* readText(sys: Sys, file: string): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(file, O.RDONLY);
    const text = decode(yield* sys.read(fd, 65_536));
    sys.close(fd);
    return text;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
}

/** "d-i passwd/username string anna" by its question. */
function preseeded(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^\s*d-i\s+(\S+)\s+(?:string|password|boolean|select|note|multiselect)\s*(.*?)\s*$/.exec(line);
    if (match !== null) found.set(match[1] ?? "", match[2] ?? "");
  }
  return found;
}

/** `target`: the disk to install on; `place` puts the base system there. */
export function* runInstaller(sys: Sys, discs: readonly string[], target: { readonly name: string; readonly sizeBytes: number } | undefined, place: () => boolean): Blocking<number> {
  for (const [type, where] of [["sysfs", "/sys"], ["proc", "/proc"], ["devtmpfs", "/dev"], ["tmpfs", "/run"]] as const) {
    try {
      sys.mount(type === "devtmpfs" ? "udev" : type, where, type, {}, "");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  for (const signal of [SIGNALS.TERM, SIGNALS.USR1, SIGNALS.USR2]) sys.sigaction(signal, "catch");
  sys.sethostname("debian");
  const terminal = yield* sys.open("/dev/ttyS0", O.RDWR | O.NOCTTY);
  const say = function* (text: string): Blocking<void> {
    yield* sys.write(terminal, encode(text));
  };
  const line = function* (secret: boolean): Blocking<string> {
    const before = sys.tcgetattr(terminal);
    if (secret) yield* sys.tcsetattr(terminal, { ...before, flags: new Set([...before.flags].filter((flag) => flag !== "echo")) });
    let text = "";
    while (!text.includes("\n")) {
      try {
        const bytes = yield* sys.read(terminal, 1024);
        if (bytes.length === 0) break;
        text += decode(bytes);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        // Ctrl-Alt-Del, the power button
        const signals = sys.takeSignals();
        if (signals.length > 0) sys.reboot(signals.includes(SIGNALS.TERM) ? "reboot" : "poweroff");
      }
    }
    if (secret) {
      yield* sys.tcsetattr(terminal, before);
      yield* say("\n");
    }
    return text.replace(/[\r\n].*$/s, "").trim();
  };
  yield* say("\n  Debian GNU/Linux 12 installer (text)\n\n");
  let seed: ReadonlyMap<string, string> = new Map();
  for (const disc of discs) {
    if (!(yield* shell(sys, `mkdir -p /run/disc && mount -o ro /dev/${disc} /run/disc`))) continue;
    const text = yield* readText(sys, "/run/disc/preseed.cfg");
    if (text !== undefined) {
      seed = preseeded(text);
      yield* say(`Answers are taken from preseed.cfg on /dev/${disc}.\n`);
    }
    yield* shell(sys, "umount /run/disc");
  }
  const ask = function* (question: string, key: string, usual: string, good: (answer: string) => boolean = () => true, secret = false): Blocking<string> {
    const given = seed.get(key);
    if (given !== undefined && good(given)) return given;
    for (;;) {
      yield* say(`${question}${usual === "" ? "" : ` [${usual}]`}: `);
      const answer = (yield* line(secret)) || usual;
      if (good(answer)) return answer;
      yield* say("That cannot be used here.\n");
    }
  };
  const password = function* (question: string, key: string): Blocking<string> {
    for (;;) {
      const first = yield* ask(question, key, "", (answer) => answer !== "" && !answer.includes(":"), true);
      if (seed.has(key) || first === (yield* ask("Re-enter password to verify", `${key}-again`, "", () => true, true))) return first;
      yield* say("The two passwords you entered were not the same. Please try again.\n");
    }
  };
  const stop = function* (text: string): Blocking<never> {
    yield* say(`\n[!!] ${text}\n`);
    for (;;) {
      yield* say("Power off (p), restart (r) or a shell (s)? ");
      const answer = yield* line(false);
      if (answer === "p") sys.reboot("poweroff");
      else if (answer === "r") sys.reboot("reboot");
      else if (answer === "s") {
        const pid = sys.fork(function* run(child) {
          child.setsid();
          const own = yield* child.open("/dev/ttyS0", O.RDWR);
          for (const fd of [0, 1, 2]) child.dup2(own, fd);
          return yield* child.exec("/bin/sh", ["sh", "-i"], new Map([["PATH", path], ["HOME", "/"], ["TERM", "linux"]]));
        });
        yield* sys.waitpid(pid);
      }
    }
  };
  if (target === undefined) return yield* stop("No disk drive was detected.");
  if (target.sizeBytes < smallestDiskBytes) return yield* stop(`The disk ${target.name} is too small: ${Math.floor(target.sizeBytes / 1024 ** 2)} MiB, at least ${smallestDiskBytes / 1024 ** 2} MiB are needed.`);
  const isName = (answer: string): boolean => /^[a-z0-9][a-z0-9-]{0,62}$/.test(answer);
  const answers: Answers = {
    hostname: yield* ask("Hostname", "netcfg/get_hostname", "debian", isName),
    rootPassword: yield* password("Root password", "passwd/root-password"),
    user: yield* ask("Username for your account (none: only root)", "passwd/username", "none", (answer) => /^[a-z][a-z0-9_-]{0,31}$/.test(answer)),
    userPassword: "",
  };
  const withUser = answers.user !== "none" ? { ...answers, userPassword: yield* password(`Password for ${answers.user}`, "passwd/user-password") } : answers;
  const size = `${(target.sizeBytes / 1e9).toFixed(1)} GB`;
  const confirmed = yield* ask(`All data on ${target.name} (${size}) will be lost. Write the changes to the disk? (yes/no)`, "partman/confirm", "no", (answer) => ["yes", "no", "y", "n", "true"].includes(answer));
  if (!["yes", "y", "true"].includes(confirmed)) return yield* stop("Nothing was written to the disk.");
  const device = `/dev/${target.name}`;
  const first = `${device}1`;
  const environment = new Map([["NEW_HOSTNAME", withUser.hostname], ["ROOT_PASSWORD", withUser.rootPassword], ["NEW_USER", withUser.user], ["USER_PASSWORD", withUser.userPassword]]);
  const steps: readonly (readonly [said: string, seconds: number, command: string])[] = [
    ["Partitioning disks", 2, `printf 'label: dos\\nstart=2048, type=83, bootable\\n' | sfdisk ${device}`],
    ["Formatting partition", 3, `mkfs.ext4 -q -F ${first}`],
    ["Installing the base system", 60, ""],
    ["Configuring the system", 8, `mkdir -p /target; mount ${first} /target
uuid=$(blkid -o value -s UUID ${first})
printf '# File systems: device, directory, type, options, dump, pass (fstab(5)).\\nUUID=%s / ext4 errors=remount-ro 0 1\\n' "$uuid" > /target/etc/fstab
echo "$NEW_HOSTNAME" > /target/etc/hostname
printf '127.0.0.1\\tlocalhost\\n127.0.1.1\\t%s\\n::1\\t\\tlocalhost ip6-localhost ip6-loopback\\nff02::1\\t\\tip6-allnodes\\nff02::2\\t\\tip6-allrouters\\n' "$NEW_HOSTNAME" > /target/etc/hosts
: > /target/etc/machine-id
rm -f /target/etc/ssh/ssh_host_*`],
    ["Setting up users and passwords", 2, `[ "$NEW_USER" = none ] || chroot /target useradd -m -s /bin/bash "$NEW_USER"
printf 'root:%s\\n' "$ROOT_PASSWORD" | chroot /target chpasswd
[ "$NEW_USER" = none ] || printf '%s:%s\\n' "$NEW_USER" "$USER_PASSWORD" | chroot /target chpasswd
chroot /target ssh-keygen -A`],
    ["Installing GRUB boot loader", 4, "sync; umount /target"],
  ];
  for (const [said, seconds, command] of steps) {
    yield* say(`${said} ... `);
    yield* sys.sleep(seconds * 1_000_000);
    const good = command === "" ? place() : yield* shell(sys, command, environment);
    if (!good) return yield* stop(`${said} failed; what was said is in /run/installer.log.`);
    yield* say("done\n");
  }
  yield* say(`\nInstallation complete. The system restarts from ${device}.\n`);
  yield* sys.sleep(1_000_000);
  sys.reboot(seed.get("debian-installer/exit/poweroff") === "true" ? "poweroff" : "reboot");
  return 0;
}
