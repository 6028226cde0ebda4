// fsck: runs the checker of each file system (fsck(8), util-linux 2.38.1). Words that begin with "/" or hold "=" are devices, others go to the checker.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Declaration } from "../kit/command.ts";
import { parseFstab } from "../kit/mount-options.ts";
import { readMounts } from "../kit/mounts.ts";
import { nameExists } from "../kit/presence.ts";
import { deviceOfTag, probeQuietly } from "../kit/probe-device.ts";
import { flag, type Io, optionalText, program, text } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import { utilLinuxHelp } from "../kit/util-linux.ts";

const EXIT = { NON_DESTRUCTIVE: 1, ERROR: 8, USAGE: 16 } as const;
const DEFAULT_PATH = "/sbin";
/** Of which nothing can be checked. */
const IGNORED_TYPES: ReadonlySet<string> = new Set(["ignore", "iso9660", "sw"]);
/** Their absence is worth a word with -A. */
const EXPECTED_TYPES: ReadonlySet<string> = new Set(["minix", "ext2", "ext3", "ext4", "ext4dev", "jfs", "reiserfs"]);

interface Checked {
  readonly source: string;
  readonly device: string;
  readonly target: string | undefined;
  type: string | undefined;
  readonly pass: number;
  readonly options: readonly string[];
}

interface Given {
  readonly handed: readonly string[];
  readonly devices: readonly string[];
  readonly letters: ReadonlySet<string>;
  readonly verbose: number;
  readonly types: string | undefined;
  readonly progress: number | undefined;
}

function* readArguments(sys: Sys, io: Io, argv: readonly string[]): Blocking<Given | "help" | "version"> {
  const handed: string[] = [];
  const devices: string[] = [];
  const letters = new Set<string>();
  let verbose = 0;
  let types: string | undefined;
  let progress: number | undefined;
  let forChecker = false;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!forChecker && word === "--help") return "help";
    if (!forChecker && word === "--version") return "version";
    if ((word.startsWith("/") && !forChecker) || word.includes("=")) {
      if (!word.startsWith("/") && sys.getcred().euid !== 0) io.die(`must be root to scan for matching filesystems: ${word}`, EXIT.ERROR);
      const found = word.startsWith("/") ? word : yield* deviceOfTag(sys, word);
      if (found === undefined || found === "") io.die(`couldn't find matching filesystem: ${word}`, EXIT.ERROR);
      devices.push(found);
      continue;
    }
    if (!word.startsWith("-") || forChecker) {
      handed.push(word);
      continue;
    }
    let own = "";
    for (let place = 1; place < word.length; place++) {
      const letter = word.charAt(place);
      const rest = word.slice(place + 1);
      if (forChecker) own += letter;
      else if (letter === "-") forChecker = true;
      else if (letter === "?") return "help";
      else if (letter === "t") {
        if (types !== undefined) io.die("option '-t' may be specified only once", EXIT.USAGE);
        types = rest === "" ? argv[++at] : rest;
        if (types === undefined) io.die("option '-t' requires an argument", EXIT.USAGE);
        break;
      } else if (letter === "C" || letter === "r") {
        letters.add(letter);
        const number = rest !== "" ? rest : (argv[at + 1] ?? "");
        const isNumber = /^\d+$/.test(number);
        if (letter === "C") progress = isNumber ? Number(number) : 0;
        if (!isNumber) continue;
        if (rest === "") at++;
        break;
      } else if (letter === "V") verbose++;
      else if ("AlNRTMPs".includes(letter)) letters.add(letter);
      else own += letter;
    }
    if (own !== "") handed.push(`-${own}`);
  }
  return { handed, devices, letters, verbose, types, progress };
}

/** -t: a list of types or of opts=…; "no" before the first turns it round. */
function matches(fs: Checked, types: string | undefined): boolean {
  if (types === undefined) return true;
  const words = types.split(",");
  const negated = /^(?:no(?!opts=)|!)/.test(words[0] ?? "") || (words[0] ?? "").startsWith("noopts=");
  const plain = words.map((word) => word.replace(/^(?:no|!)/, ""));
  const wanted = plain.filter((word) => !/^(?:opts=|loop$)/.test(word));
  for (const word of plain) if (word.startsWith("opts=") && fs.options.includes(word.slice(5)) === negated) return false;
  return wanted.length === 0 || wanted.includes(fs.type ?? "") !== negated;
}

const DECLARATION: Declaration = {
  name: "fsck", manSection: 8, summary: "check Linux filesystems and repair them", synopsis: ["[options] -- [fs-options] [<filesystem> ...]"],
  options: [
    flag(["-A"], "everything that /etc/fstab wants checked"), optionalText(["-C"], "fd", "show how far it is; for a graphical program at this descriptor"), flag(["-l"], "lock the disk so that nobody else checks it"), flag(["-M"], "leave out what is mounted"), flag(["-N"], "only show the commands"), flag(["-P"], "with -A, the root filesystem along with the others"), flag(["-R"], "with -A, all but the root filesystem"), optionalText(["-r"], "fd", "tell what each check has cost"), flag(["-s"], "one check after the other"),
    flag(["-T"], "start without the line of the version"), flag(["-V"], "tell each step"), text(["-t"], "type", "only these types, with commas between"), flag(["-?", "--help"], "display this help"), flag(["--version"], "display version"),
  ],
  operands: "files", exitStatuses: [["0", "no errors"], ["1", "errors were found and corrected"], ["4", "some errors remain"], ["8", "operational error"], ["16", "usage error"]],
};

export default program(
  { ...DECLARATION, path: "/sbin/fsck" },
  function* (sys, argv, io: Io) {
    const given = yield* readArguments(sys, io, argv);
    if (given === "help") {
      io.out.put(utilLinuxHelp(DECLARATION, "fsck", io.helpDomain));
      return 0;
    }
    if (given === "version") {
      io.say("fsck from util-linux 2.38.1\n");
      return 0;
    }
    const { devices, handed, letters, types, progress } = given;
    const mounts = yield* readMounts(sys);
    const table: Checked[] = [];
    for (const entry of parseFstab((yield* readTextFile(sys, "/etc/fstab")) ?? "")) table.push({ source: entry.source, device: (yield* deviceOfTag(sys, entry.source)) || entry.source, target: entry.target, type: entry.type === "auto" ? undefined : entry.type, pass: Number(entry.pass) || 0, options: entry.options.split(",") });
    if (!letters.has("T")) io.say("fsck from util-linux 2.38.1\n");
    const isMounted = (fs: Checked): boolean => mounts.some((mount) => mount.source === fs.device);
    const searched = (sys.environment.get("PATH") || DEFAULT_PATH).split(":");
    const finder = (type: string): string | undefined => searched.map((directory) => `${directory}/fsck.${type}`).find((path) => nameExists(sys, path));
    let running = 0;
    const check = function* (fs: Checked, interactive: boolean): Blocking<number> {
      const guessed = fs.type ?? (yield* probeQuietly(sys, fs.device)).type;
      const type = guessed ?? (types !== undefined && !/^(?:no|opts=|loop)|,/.test(types) ? types : "ext2");
      const path = finder(type);
      if (path === undefined) {
        yield* io.warn(`error 2 (No such file or directory) while executing fsck.${type} for ${fs.device}`);
        return EXIT.ERROR;
      }
      const command = [`fsck.${type}`, ...handed, ...(progress !== undefined && /^ext[234]/.test(type) ? [`-C${progress}`] : []), fs.device];
      running++;
      if (given.verbose > 0 || letters.has("N")) io.say(`[${path} (${running}) -- ${fs.target ?? fs.device}] ${command.join(" ")} \n`);
      if (letters.has("N")) {
        if (interactive) running--;
        return 0;
      }
      yield* io.out.flush();
      const pid = sys.fork(function* (child): Blocking<number> {
        if (!interactive) child.close(0);
        try {
          yield* child.exec(path, command, child.environment);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`fsck: ${path}: execute failed: ${error.message}\n`);
        }
        return EXIT.ERROR;
      });
      const startUs = sys.clockUs("monotonic");
      const ended = yield* waitFor(sys, pid);
      running--;
      const status = ended.kind === "exited" ? ended.status : EXIT.ERROR;
      if (ended.kind === "signaled") yield* io.warn(`${command[0] ?? ""} ${fs.device}: terminated by signal ${ended.signal}`);
      const spentUs = sys.clockUs("monotonic") - startUs;
      if (letters.has("r")) io.say(`${fs.device}: status ${status}, rss 3072, real ${Math.floor(spentUs / 1e6)}.${String(Math.floor(spentUs % 1e6)).padStart(6, "0")}, user 0.000000, sys 0.000000\n`);
      return status;
    };
    const checkAll = function* (): Blocking<number> {
      if (given.verbose > 0) io.say("Checking all file systems.\n");
      const wanted: Checked[] = [];
      for (const fs of table) {
        if (fs.pass === 0 || fs.options.includes("bind") || (fs.options.includes("nofail") && !nameExists(sys, fs.device))) continue;
        fs.type ??= (yield* probeQuietly(sys, fs.device)).type;
        if (!matches(fs, types) || fs.type === undefined || IGNORED_TYPES.has(fs.type)) continue;
        if (finder(fs.type) === undefined) {
          if (EXPECTED_TYPES.has(fs.type)) yield* io.warn(`cannot check ${fs.device}: fsck.${fs.type} not found`);
          continue;
        }
        wanted.push(fs);
      }
      let status = 0;
      const root = letters.has("P") ? undefined : wanted.find((fs) => fs.target === "/");
      if (root !== undefined && !letters.has("R") && !(letters.has("M") && isMounted(root))) {
        status |= yield* check(root, true);
        if (status > EXIT.NON_DESTRUCTIVE) return status;
      }
      for (const fs of wanted.filter((one) => one !== root).sort((a, b) => a.pass - b.pass)) if (!(letters.has("M") && isMounted(fs))) status |= yield* check(fs, letters.has("s") || devices.length === 0);
      return status;
    };
    if (letters.has("l") && (letters.has("A") || devices.length > 1)) yield* io.warn("the -l option can be used with one device only -- ignore");
    if (letters.has("A") || devices.length === 0) return yield* checkAll();
    let status = 0;
    for (const name of devices) {
      const known = table.find((fs) => fs.source === name || fs.device === name || fs.target === name);
      const fs = known ?? { source: name, device: name, target: undefined, type: undefined, pass: 0, options: [] };
      if (letters.has("M") && isMounted(fs)) continue;
      status |= yield* check(fs, devices.length === 1 || letters.has("s"));
      if (given.verbose > 1 && letters.has("s")) io.say("----------------------------------\n");
    }
    return status;
  },
);
