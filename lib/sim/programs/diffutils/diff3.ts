// diff3 3.8: three files line by line, and the merge of two that come from one.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { flag, gnu, type Io, reason, texts, unsimulated } from "../kit/gnu.ts";
import { type Change, lineChanges, numberLines } from "../kit/line-difference.ts";
import { cutLines, type FileLines } from "./_lines.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Block {
  /** which file is the odd one, or "all" */
  readonly kind: 1 | 2 | 3 | "all";
  /** of mine, older, yours: 0-based, the end is not in it */
  readonly ranges: readonly [Range, Range, Range];
}

const same = (a: FileLines, x: Range, b: FileLines, y: Range): boolean => x.to - x.from === y.to - y.from && a.lines.slice(x.from, x.to).every((line, index) => line === b.lines[y.from + index]);

/** Hunks of both differences that touch in the older file become one. */
function blocksOf(mine: FileLines, yours: FileLines, toMine: readonly Change[], toYours: readonly Change[]): Block[] {
  const blocks: Block[] = [];
  let a = 0, b = 0, deltaMine = 0, deltaYours = 0;
  while (a < toMine.length || b < toYours.length) {
    const from = Math.min(toMine[a]?.from ?? Infinity, toYours[b]?.from ?? Infinity);
    let end = from;
    let grewMine = 0, grewYours = 0, ours = false, theirs = false;
    for (;;) {
      const next = toMine[a], other = toYours[b];
      if (next && next.from <= end) {
        end = Math.max(end, next.from + next.deleted);
        grewMine += next.inserted - next.deleted;
        ours = true;
        a++;
      } else if (other && other.from <= end) {
        end = Math.max(end, other.from + other.deleted);
        grewYours += other.inserted - other.deleted;
        theirs = true;
        b++;
      } else break;
    }
    const ranges = [{ from: from + deltaMine, to: end + deltaMine + grewMine }, { from, to: end }, { from: from + deltaYours, to: end + deltaYours + grewYours }] as const;
    deltaMine += grewMine;
    deltaYours += grewYours;
    blocks.push({ kind: !theirs ? 1 : !ours ? 3 : same(mine, ranges[0], yours, ranges[2]) ? 2 : "all", ranges });
  }
  return blocks;
}

/** "1:2,3c", "2:5a" */
function rangeText(number: number, { from, to }: Range): string {
  return to === from ? `${number}:${from}a\n` : `${number}:${from + 1}${to - from > 1 ? `,${to}` : ""}c\n`;
}

function listing(files: readonly FileLines[], blocks: readonly Block[], indent: string): string {
  let out = "";
  for (const { kind, ranges } of blocks) {
    out += `====${kind === "all" ? "" : kind}\n`;
    // files that agree show their lines once, behind the last of them
    const order = kind === 2 ? [0, 2, 1] : [0, 1, 2];
    for (const at of order) {
      const range = ranges[at] ?? { from: 0, to: 0 };
      out += rangeText(at + 1, range);
      const shared = (kind === 1 && at === 1) || (kind === 2 && at === 0) || (kind === 3 && at === 0);
      if (shared) continue;
      const file = files[at];
      for (let line = range.from; line < range.to; line++) out += `${indent}${file?.lines[line] ?? ""}\n${file?.incomplete && line === file.lines.length - 1 ? "\\ No newline at end of file\n" : ""}`;
    }
  }
  return out;
}

interface MergeStyle {
  readonly older: boolean;
  readonly brackets: boolean;
  /** which blocks are taken from the third file */
  readonly takes: (kind: Block["kind"]) => boolean;
}

function merged(files: readonly [FileLines, FileLines, FileLines], blocks: readonly Block[], names: readonly string[], style: MergeStyle): { readonly text: string; readonly conflicts: boolean } {
  const [mine, older, yours] = files;
  const part = (file: FileLines, range: Range): string => file.lines.slice(range.from, range.to).map((line, index) => `${line}${file.incomplete && range.from + index === file.lines.length - 1 ? "" : "\n"}`).join("");
  let text = "";
  let conflicts = false;
  let at = 0;
  for (const { kind, ranges } of blocks) {
    const [own, base, theirs] = ranges;
    text += part(mine, { from: at, to: own.from });
    at = own.to;
    if (kind === "all" && style.brackets) {
      conflicts = true;
      text += `<<<<<<< ${names[0]}\n${part(mine, own)}${style.older ? `||||||| ${names[1]}\n${part(older, base)}` : ""}=======\n${part(yours, theirs)}>>>>>>> ${names[2]}\n`;
    } else if (kind === 2 && style.older) {
      conflicts = true;
      text += `<<<<<<< ${names[1]}\n${part(older, base)}=======\n${part(yours, theirs)}>>>>>>> ${names[2]}\n`;
    } else text += style.takes(kind) ? part(yours, theirs) : part(mine, own);
  }
  return { text: text + part(mine, { from: at, to: mine.lines.length }), conflicts };
}

function* read(sys: Sys, io: Io, name: string): Blocking<FileLines> {
  try {
    const input = yield* io.open(name);
    const text = yield* input.all();
    io.close(input);
    if (sys.charge(text.length >> 4)) yield* sys.preempt();
    return yield* cutLines(sys, text);
  } catch (error) {
    return io.die(`${name}: ${reason(error)}`, 2);
  }
}

export default gnu({
  name: "diff3", project: "GNU diffutils", version: "3.8", summary: "show the lines in which three files differ", synopsis: ["[OPTION]... MYFILE OLDFILE YOURFILE"],
  options: {
    showAll: flag(["-A", "--show-all"], "with -m: all changes, conflicts in brackets"), ed: flag(["-e", "--ed"], "with -m: put the changes from OLDFILE to YOURFILE into MYFILE"), overlap: flag(["-E", "--show-overlap"], "as -e, with conflicts in brackets"), easy: flag(["-3", "--easy-only"], "as -e, only what does not overlap"), only: flag(["-x", "--overlap-only"], "as -e, only what overlaps"), onlyShown: flag(["-X"], "as -x, in brackets"),
    write: unsimulated(["-i"], "end ed scripts with w and q", "ed scripts are not simulated: use -m"), merge: flag(["-m", "--merge"], "print the merged file"), text: flag(["-a", "--text"], "take every file for text"), stripCr: flag(["--strip-trailing-cr"], "drop carriage returns at line ends"), tab: flag(["-T", "--initial-tab"], "begin lines with a tab"), labels: texts(["-L", "--label"], "LABEL", "use LABEL instead of a file's name"),
    versionShort: flag(["-v"], "print the version"),
  },
  operands: "files", usageStatus: 2, failureStatus: 2, tryLine: (argv0) => `${argv0}: Try '${argv0} --help' for more information.\n`, exitStatuses: [["0", "success"], ["1", "conflicts"], ["2", "trouble"]],
  rewrite: (args) => args.map((arg) => (arg === "-v" ? "--version" : arg)),
  *run({ options, operands, sys, argv0 }, io: Io) {
    const [mineName, olderName, yoursName, extra] = operands;
    if (mineName === undefined || olderName === undefined || yoursName === undefined) return io.usage(`missing operand after '${operands.at(-1) ?? argv0}'`);
    if (extra !== undefined) return io.usage(`extra operand '${extra}'`);
    const chosen = [options.showAll, options.ed, options.overlap, options.easy, options.only, options.onlyShown].filter(Boolean).length;
    if (chosen > 1) return io.usage("incompatible options");
    if (chosen === 1 && !options.merge) {
      sys.observe({ kind: "unsimulated", command: "diff3", detail: "ed script" });
      return io.die("ed scripts are not simulated here: add -m for the merged file", 2);
    }
    const mine = yield* read(sys, io, mineName), older = yield* read(sys, io, olderName), yours = yield* read(sys, io, yoursName);
    const strip = (file: FileLines): FileLines => (options.stripCr ? { ...file, lines: file.lines.map((line) => line.replace(/\r$/, "")) } : file);
    const files = [strip(mine), strip(older), strip(yours)] as const;
    const changes = function* (to: FileLines): Blocking<readonly Change[]> {
      const keys = (file: FileLines): string[] => file.lines.map((line, index) => (file.incomplete && index === file.lines.length - 1 ? `${line}\n` : line));
      const [from, other] = yield* numberLines(sys, keys(files[1]), keys(to));
      return yield* lineChanges(sys, from, other);
    };
    const blocks = blocksOf(files[0], files[2], yield* changes(files[0]), yield* changes(files[2]));
    if (!options.merge) {
      yield* io.out.printLatin1(listing(files, blocks, options.tab ? "\t" : "  "));
      return 0;
    }
    const names = [options.labels[0] ?? mineName, options.labels[1] ?? olderName, options.labels[2] ?? yoursName];
    const style: MergeStyle = options.ed ? { older: false, brackets: false, takes: (kind) => kind === 3 || kind === "all" } : options.easy ? { older: false, brackets: false, takes: (kind) => kind === 3 } : options.only ? { older: false, brackets: false, takes: (kind) => kind === "all" } : options.onlyShown ? { older: false, brackets: true, takes: () => false } : options.overlap ? { older: false, brackets: true, takes: (kind) => kind === 3 } : { older: true, brackets: true, takes: (kind) => kind === 3 };
    const { text, conflicts } = merged([files[0], files[1], files[2]], blocks, names, style);
    yield* io.out.printLatin1(text);
    return conflicts ? 1 : 0;
  },
});
