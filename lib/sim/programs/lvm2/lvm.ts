// lvm: every command of the package under one name, and a prompt for them (lvm(8)).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, program } from "../kit/program.ts";
import { VERSION_TEXT } from "./_lvm.ts";

const COMMANDS: readonly (readonly [name: string, what: string])[] = [
  ["config", "the settings"], ["dumpconfig", "the settings"], ["formats", "formats of metadata"], ["help", "this list"], ["lvchange", "settings of volumes"], ["lvconvert", "turn a volume into something else"], ["lvcreate", "a new volume"], ["lvdisplay", "all about volumes"], ["lvextend", "make a volume larger"], ["lvmconfig", "the settings"], ["lvmdiskscan", "disks that may become physical volumes"],
  ["lvreduce", "make a volume smaller"], ["lvremove", "delete volumes"], ["lvrename", "another name for a volume"], ["lvresize", "another size for a volume"], ["lvs", "a table of volumes"], ["lvscan", "a list of volumes"], ["pvchange", "settings of physical volumes"], ["pvck", "check labels"], ["pvcreate", "make physical volumes"], ["pvdisplay", "all about physical volumes"], ["pvmove", "move what lies on a disk"],
  ["pvremove", "remove labels"], ["pvresize", "a disk has grown or shrunk"], ["pvs", "a table of physical volumes"], ["pvscan", "a list of physical volumes"], ["segtypes", "kinds of segments"], ["systemid", "this host's system ID"], ["tags", "tags of this host"], ["version", "versions"], ["vgcfgbackup", "save descriptions"], ["vgcfgrestore", "take a description back"], ["vgchange", "settings of groups"], ["vgck", "check groups"], ["vgcreate", "a new group"],
  ["vgdisplay", "all about groups"], ["vgexport", "make a group ready to leave"], ["vgextend", "add disks to a group"], ["vgimport", "take in a group"], ["vgimportclone", "take in a copied group"], ["vgmerge", "join two groups"], ["vgmknodes", "missing device nodes"], ["vgreduce", "take disks out of a group"], ["vgremove", "delete groups"], ["vgrename", "another name for a group"], ["vgs", "a table of groups"], ["vgscan", "look for groups"], ["vgsplit", "two groups out of one"],
];
const OWN = new Set(["formats", "help", "segtypes", "systemid", "tags", "version"]);
/** The kinds that can be made here. */
const SEGMENT_TYPES = ["linear", "striped", "snapshot", "thin-pool", "thin"];

/** Undefined: it is a program of its own. */
function own(io: Io, [name = "", topic]: readonly string[]): number | undefined {
  switch (name) {
    case "version":
      io.out.put(VERSION_TEXT);
      return 0;
    case "formats":
      io.out.put("  lvm2\n");
      return 0;
    case "segtypes":
      io.out.put(SEGMENT_TYPES.map((one) => `  ${one}\n`).join(""));
      return 0;
    case "tags": return 0;
    case "systemid":
      io.out.put("  system ID: \n");
      return 0;
    case "help":
      if (topic !== undefined && !OWN.has(topic)) return undefined;
      io.out.put(`  Available lvm commands:\n  Use 'lvm help <command>' for more information\n   \n${COMMANDS.map(([one, what]) => `  ${one.padEnd(15)} ${what}\n`).join("")}`);
      return 0;
    default: return undefined;
  }
}

const isKnown = (name: string): boolean => COMMANDS.some(([one]) => one === name);

/** The words with which a command's own program is started. */
function started(words: readonly string[]): readonly string[] {
  const [name = "", ...rest] = words;
  if (name === "help") return [rest[0] ?? "", "--help"];
  return [name === "config" || name === "dumpconfig" ? "lvmconfig" : name, ...rest];
}

function* shell(sys: Sys, io: Io): Blocking<number> {
  const terminal = sys.isatty(0);
  for (;;) {
    if (terminal) {
      io.out.put("lvm> ");
      yield* io.out.flush();
    }
    const line = yield* io.stdin.line();
    if (line === undefined) {
      if (terminal) io.out.put("\n");
      return 0;
    }
    const words = line.replace(/#.*$/, "").trim().split(/\s+/).filter((word) => word !== "");
    if (words[0] === "lvm") words.shift();
    const [name] = words;
    if (name === undefined) continue;
    if (name === "quit" || name === "exit") return 0;
    if (own(io, words) !== undefined) {
      yield* io.out.flush();
      continue;
    }
    if (!isKnown(name === "help" ? (words[1] ?? "") : name)) {
      yield* io.stderr(`  No such command '${name}'.  Try 'help'.\n`);
      continue;
    }
    yield* io.out.flush();
    const argv = started(words);
    const pid = sys.fork(function* (child) {
      yield* execSearching(child, `/sbin/${argv[0] ?? ""}`, argv);
      return 127;
    });
    yield* sys.waitpid(pid);
  }
}

export default program({
  name: "lvm", path: "/sbin/lvm", manSection: 8, summary: "all commands of LVM under one name, with a prompt for them", operands: "none",
  synopsis: ["[COMMAND [ARGUMENT]...]"], options: [],
}, function* (sys, argv, io: Io) {
  const words = argv.slice(1);
  const [name] = words;
  if (name === undefined) return yield* shell(sys, io);
  if (name === "--version") {
    io.out.put(VERSION_TEXT);
    return 0;
  }
  const done = own(io, name === "--help" || name === "-h" ? ["help"] : words);
  if (done !== undefined) return done;
  if (!isKnown(name === "help" ? (words[1] ?? "") : name)) {
    yield* io.stderr("  No such command.  Try 'lvm help'.\n");
    return 2;
  }
  const command = started(words);
  yield* io.out.flush();
  yield* execSearching(sys, `/sbin/${command[0] ?? ""}`, command);
  return 2;
});
