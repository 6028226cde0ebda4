// guestfish 1.48 (guestfish(1)): libguestfs's own calls as commands. From the command line (separated by ":"), or one a line from standard input.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { type Appliance, type GuestFileSystem, withAppliance } from "../kit/guestfs/appliance.ts";
import { GuestfsError, ToolError } from "../kit/guestfs/guestfs-error.ts";
import { chosenDrives, driveOptions, readWords, resolveDrives, runTool } from "../kit/guestfs/tool.ts";
import { glob, kindOf, makeDirectories, put, readBytes, removeIfThere, take, writeBytes } from "../kit/guestfs/tree.ts";
import { flag, program, text } from "../kit/program.ts";
import { shellOutput } from "../kit/shell-command.ts";

const own = [{ names: ["-i", "--inspector"], help: "mount what an operating system mounts" }, { names: ["-r", "--ro"], help: "read only" }, { names: ["-w", "--rw"], help: "for writing" }, { names: ["-m", "--mount"], value: "DEV[:MNT]", help: "mount" }, { names: ["-n", "--no-sync"], help: "no effect" }, { names: ["-f", "--file"], value: "FILE", help: "commands of a file" }];

interface Session {
  readonly appliance: Appliance;
  /** what stands at / */
  mounted: GuestFileSystem | undefined;
  launched: boolean;
}

type Call = (session: Session, words: readonly string[]) => Blocking<void>;

function* inGuest<T>(session: Session, name: string, work: (guest: Sys) => Blocking<T>): Blocking<T> {
  if (!session.launched) throw new GuestfsError(`${name}: call launch before using this function\n(in guestfish, don't forget to use the 'run' command)`);
  if (session.mounted === undefined) throw new GuestfsError(`${name}: ${name}_stub: you must call 'mount' first to mount the root filesystem`);
  return yield* session.appliance.inside(session.mounted, work);
}

/** A call on paths of the guest; what the system refuses is said with the call's name. */
function call(name: string, least: number, work: (guest: Sys, words: readonly string[], out: (text: string) => Blocking<void>) => Blocking<void>): readonly [string, Call] {
  return [name, function* run(session, words) {
    if (words.length < least) throw new GuestfsError(`${name} should have ${least} parameter${least === 1 ? "" : "s"}\ntype 'help ${name}' for help on ${name}`);
    yield* inGuest(session, name.replaceAll("-", "_"), function* inside(guest) {
      try {
        yield* work(guest, words, function* out(shown) { yield* guest.write(1, encode(shown)); });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new GuestfsError(`${name.replaceAll("-", "_")}: ${words[0] ?? ""}: ${error.message}`);
      }
    });
  }];
}

const line = (value: boolean): string => (value ? "true\n" : "false\n");
const at = (words: readonly string[], index: number): string => words[index] ?? "";

function* shell(guest: Sys, command: string, out: (text: string) => Blocking<void>): Blocking<void> {
  const { bytes, status } = yield* shellOutput(guest, command);
  yield* out(decode(bytes));
  if (status.kind !== "exited" || status.status !== 0) throw new GuestfsError(`sh: command exited with an error`);
}

const calls: ReadonlyMap<string, Call> = new Map([
  call("cat", 1, function* cat(guest, words, out) { yield* out(decode(yield* readBytes(guest, at(words, 0)))); }),
  call("ls", 1, function* ls(guest, words, out) { yield* out(guest.readdir(at(words, 0)).map((entry) => `${entry.name}\n`).sort().join("")); }),
  call("ll", 1, function* ll(guest, words, out) { yield* shell(guest, `ls -la '${at(words, 0)}'`, out); }),
  call("write", 2, function* write(guest, words) { yield* writeBytes(guest, at(words, 0), encode(at(words, 1))); }),
  call("write-append", 2, function* append(guest, words) { yield* writeBytes(guest, at(words, 0), encode(at(words, 1)), true); }),
  call("touch", 1, function* touch(guest, words) { yield* writeBytes(guest, at(words, 0), new Uint8Array(0), true); }),
  call("truncate", 1, function* truncate(guest, words) { guest.close(yield* guest.open(at(words, 0), O.WRONLY | O.TRUNC)); }),
  call("rm", 1, function* rm(guest, words) { yield* guest.preempt(); guest.unlink(at(words, 0)); }),
  call("rm-f", 1, function* rmf(guest, words) { yield* guest.preempt(); removeIfThere(guest, at(words, 0)); }),
  call("rm-rf", 1, function* rmrf(guest, words) { yield* guest.preempt(); removeIfThere(guest, at(words, 0)); }),
  call("rmdir", 1, function* rmdir(guest, words) { yield* guest.preempt(); guest.rmdir(at(words, 0)); }),
  call("mkdir", 1, function* mkdir(guest, words) { yield* guest.preempt(); guest.mkdir(at(words, 0), 0o755); }),
  call("mkdir-p", 1, function* mkdirs(guest, words) { yield* guest.preempt(); makeDirectories(guest, at(words, 0)); }),
  call("mv", 2, function* mv(guest, words) { yield* guest.preempt(); guest.rename(at(words, 0), at(words, 1)); }),
  call("chmod", 2, function* chmod(guest, words) { yield* guest.preempt(); guest.chmod(at(words, 1), Number.parseInt(at(words, 0), at(words, 0).startsWith("0") ? 8 : 10)); }),
  call("chown", 3, function* chown(guest, words) { yield* guest.preempt(); guest.chown(at(words, 2), Number(at(words, 0)), Number(at(words, 1))); }),
  call("ln-s", 2, function* link(guest, words) { yield* guest.preempt(); guest.symlink(at(words, 0), at(words, 1)); }),
  call("ln-sf", 2, function* link(guest, words) { yield* guest.preempt(); removeIfThere(guest, at(words, 1)); guest.symlink(at(words, 0), at(words, 1)); }),
  call("readlink", 1, function* readlink(guest, words, out) { yield* out(`${guest.readlink(at(words, 0))}\n`); }),
  call("exists", 1, function* exists(guest, words, out) { yield* out(line(kindOf(guest, at(words, 0)) !== undefined)); }),
  call("is-file", 1, function* isFile(guest, words, out) { yield* out(line(kindOf(guest, at(words, 0)) === "file")); }),
  call("is-dir", 1, function* isDirectory(guest, words, out) { yield* out(line(kindOf(guest, at(words, 0)) === "directory")); }),
  call("filesize", 1, function* filesize(guest, words, out) { yield* out(`${guest.stat(at(words, 0)).sizeBytes}\n`); }),
  call("glob-expand", 1, function* expand(guest, words, out) { yield* out(glob(guest, at(words, 0)).map((path) => `${path}\n`).join("")); }),
  call("sh", 1, function* sh(guest, words, out) { yield* shell(guest, at(words, 0), out); }),
  call("command", 1, function* command(guest, words, out) { yield* shell(guest, at(words, 0), out); }),
]);

function* perform(session: Session, words: readonly string[]): Blocking<void> {
  const [name = "", ...rest] = words;
  if (name === "glob") {
    // each argument stands for what it names, and the command runs once for each of them
    const [command = "", ...patterns] = rest;
    for (const path of yield* inGuest(session, "glob_expand", function* expand(guest) { yield* guest.preempt(); return patterns.flatMap((pattern) => (/[*?[]/.test(pattern) ? glob(guest, pattern) : [pattern])); })) yield* perform(session, [command, path]);
    return;
  }
  const { appliance } = session;
  const { sys } = appliance;
  const found = calls.get(name);
  if (found !== undefined) return yield* found(session, rest);
  switch (name) {
    case "run":
    case "launch":
      session.launched = true;
      return;
    case "sync":
    case "umount-all":
      if (name === "umount-all") session.mounted = undefined;
      return;
    case "list-filesystems":
      yield* sys.write(1, encode(appliance.fileSystems.map((one) => `${one.name}: ${one.type}\n`).join("")));
      return;
    case "list-devices":
      yield* sys.write(1, encode(appliance.disks.map((one) => `${one.name}\n`).join("")));
      return;
    case "list-partitions":
      yield* sys.write(1, encode(appliance.fileSystems.filter((one) => /\d$/.test(one.name)).map((one) => `${one.name}\n`).join("")));
      return;
    case "inspect-os":
      yield* sys.write(1, encode(appliance.root === undefined ? "" : `${appliance.root.name}\n`));
      return;
    case "mount":
    case "mount-ro": {
      const device = appliance.fileSystems.find((one) => one.name === rest[0]);
      if (device === undefined) throw new GuestfsError(`${name.replace("-", "_")}: ${rest[0] ?? ""}: No such file or directory`);
      if (rest[1] !== "/") throw new GuestfsError("not simulated here: a mount elsewhere than at /");
      session.mounted = device;
      return;
    }
    case "upload":
    case "copy-in": {
      const taken = yield* take(sys, at(rest, 0));
      const target = at(rest, 1);
      if (taken !== undefined) yield* inGuest(session, name.replace("-", "_"), (guest) => put(guest, name === "upload" ? target : `${target}/${taken.name}`, taken));
      return;
    }
    case "download":
    case "copy-out": {
      const taken = yield* inGuest(session, name.replace("-", "_"), (guest) => take(guest, at(rest, 0)));
      if (taken !== undefined) yield* put(sys, name === "download" ? at(rest, 1) : `${at(rest, 1)}/${taken.name}`, taken);
      return;
    }
    default:
      throw new GuestfsError(`${name}: unknown command`);
  }
}

/** Words of one line; quotes group. Undefined for a line without a command. */
function split(text: string): readonly string[] | undefined {
  const words = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']+)/g)].map((match) => match[1]?.replace(/\\n/g, "\n").replace(/\\(.)/g, "$1") ?? match[2] ?? match[3] ?? "");
  return words.length === 0 || words[0]?.startsWith("#") === true ? undefined : words;
}

const welcome = `
Welcome to guestfish, the guest filesystem shell for
editing virtual machine filesystems and disk images.

Type: ‘help’ for help on commands
      ‘man’ to read the manual
      ‘quit’ to quit the shell

`;

/** True when one of them failed on the command line or in a script: the rest is not done. */
function* obey(session: Session, words: readonly string[]): Blocking<boolean> {
  try {
    yield* perform(session, words[0]?.startsWith("-") === true ? [words[0].slice(1), ...words.slice(1)] : words);
    return false;
  } catch (error) {
    if (!(error instanceof GuestfsError || error instanceof SysError)) throw error;
    const said = /: unknown command$/.test(error.message) ? error.message : `libguestfs: error: ${error.message}`;
    yield* session.appliance.sys.write(2, encode(`${said}\n`));
    return words[0]?.startsWith("-") !== true;
  }
}

function* converse(session: Session): Blocking<number> {
  const { sys } = session.appliance;
  const prompted = sys.isatty(0);
  if (prompted) yield* sys.write(1, encode(welcome));
  let held = "";
  for (;;) {
    if (prompted) yield* sys.write(1, encode("><fs> "));
    while (!held.includes("\n")) {
      const bytes = yield* sys.read(0, 4096);
      if (bytes.length === 0) {
        if (prompted) yield* sys.write(1, encode("\n"));
        return 0;
      }
      held += decode(bytes);
    }
    const end = held.indexOf("\n");
    const words = split(held.slice(0, end));
    held = held.slice(end + 1);
    if (words === undefined) continue;
    if (words[0] === "quit" || words[0] === "exit" || words[0] === "q") return 0;
    if ((yield* obey(session, words)) && !prompted) return 1;
  }
}

export default program(
  {
    name: "guestfish", showsHelp: true, summary: "guest filesystem shell", synopsis: ["[--options] [commands]", "--ro -i -a DISK.IMG", "-d DOMNAME"], operands: "files",
    options: [text(["-d", "--domain"], "DOMNAME", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image"), flag(["-i", "--inspector"], "mount what the operating system mounts"), flag(["--ro"], "read only"), flag(["--rw"], "for writing")],
  },
  function* (sys, argv) {
    return yield* runTool(sys, "guestfish", true, function* work() {
      const first = argv.findIndex((word, index) => index > 0 && !word.startsWith("-") && !/^(?:-[adcmf]|--(?:add|domain|connect|format|mount|file))$/.test(argv[index - 1] ?? ""));
      const { given, operands } = readWords("guestfish", [...driveOptions, ...own], argv.slice(1, first < 0 ? undefined : first));
      const words = [...operands, ...(first < 0 ? [] : argv.slice(first))];
      const has = (name: string): boolean => given.some((one) => one.name === name);
      const choice = chosenDrives(given);
      const readOnly = has("-r");
      return yield* withAppliance(sys, yield* resolveDrives(sys, choice, readOnly), { readOnly }, function* inAppliance(appliance) {
        if (has("-i") && appliance.root === undefined) throw new ToolError("no operating system was found on this disk");
        const mounted = has("-i") ? appliance.root : appliance.fileSystems.find((one) => one.name === given.find((option) => option.name === "-m")?.value.split(":")[0]);
        const session: Session = { appliance, mounted, launched: has("-i") || has("-m") };
        if (words.length === 0) return yield* converse(session);
        for (let from = 0; from < words.length;) {
          const colon = words.indexOf(":", from);
          const end = colon < 0 ? words.length : colon;
          if (yield* obey(session, words.slice(from, end))) return 1;
          from = end + 1;
        }
        return 0;
      });
    });
  },
);
