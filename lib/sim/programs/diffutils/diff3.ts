// diff3 3.8: three files line by line, and the merge of two that come from one.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { flag, gnu, type Io, reason, text, texts } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";
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

/** Hunks of both differences that touch in the common file become one. Ranges are of the first, the common and the second file; kind 1: the first is the odd one, 3: the second, 2: the common one. */
function blocksOf(first: FileLines, second: FileLines, toFirst: readonly Change[], toSecond: readonly Change[]): Block[] {
  const blocks: Block[] = [];
  let a = 0, b = 0, deltaMine = 0, deltaYours = 0;
  while (a < toFirst.length || b < toSecond.length) {
    const from = Math.min(toFirst[a]?.from ?? Infinity, toSecond[b]?.from ?? Infinity);
    let end = from;
    let grewMine = 0, grewYours = 0, ours = false, theirs = false;
    for (;;) {
      const next = toFirst[a], other = toSecond[b];
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
    blocks.push({ kind: !theirs ? 1 : !ours ? 3 : same(first, ranges[0], second, ranges[2]) ? 2 : "all", ranges });
  }
  return blocks;
}

/** The same blocks when the common file was the third. */
function withThirdCommon(blocks: readonly Block[]): Block[] {
  return blocks.map(({ kind, ranges: [mine, yours, older] }) => ({ kind: kind === 3 ? 2 : kind === 2 ? 3 : kind, ranges: [mine, older, yours] }));
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
  /** blocks in which only the older file is the odd one are shown, and its lines in conflicts (-A) */
  readonly older: boolean;
  /** conflicts get brackets */
  readonly brackets: boolean;
  readonly onlyOverlaps: boolean;
  readonly onlyEasy: boolean;
}

type Files = readonly [FileLines, FileLines, FileLines];

/** What becomes of a block: left as it is, taken from the third file, or put in brackets. */
function fate(kind: Block["kind"], style: MergeStyle): "kept" | "taken" | "conflict" {
  if (kind === 2) return style.older ? "conflict" : "kept";
  if (kind === 3) return style.onlyOverlaps ? "kept" : "taken";
  if (kind === "all") return style.onlyEasy ? "kept" : style.brackets ? "conflict" : "taken";
  return "kept";
}

function part(file: FileLines, range: Range): string {
  return file.lines.slice(range.from, range.to).map((line, index) => `${line}${file.incomplete && range.from + index === file.lines.length - 1 ? "" : "\n"}`).join("");
}

function merged([mine, older, yours]: Files, blocks: readonly Block[], names: readonly string[], style: MergeStyle): { readonly text: string; readonly conflicts: boolean } {
  let text = "";
  let conflicts = false;
  let at = 0;
  for (const { kind, ranges } of blocks) {
    const [own, base, theirs] = ranges;
    const what = fate(kind, style);
    if (what === "kept") continue;
    text += part(mine, { from: at, to: own.from });
    at = own.to;
    if (what === "conflict") {
      conflicts = true;
      if (kind === "all") text += `<<<<<<< ${names[0]}\n${part(mine, own)}`;
      if (style.older) text += `${kind === "all" ? "|||||||" : "<<<<<<<"} ${names[1]}\n${part(older, base)}`;
      text += "=======\n";
    }
    text += part(yours, theirs);
    if (what === "conflict") text += `>>>>>>> ${names[2]}\n`;
  }
  return { text: text + part(mine, { from: at, to: mine.lines.length }), conflicts };
}

/** The merge as a script for ed, from the end to the beginning. */
function edScript([, older, yours]: Files, blocks: readonly Block[], names: readonly string[], style: MergeStyle): { readonly text: string; readonly conflicts: boolean } {
  let text = "";
  let conflicts = false;
  let dotted = false;
  // A line that begins with a dot gets another one, which ed takes away at the end.
  const put = (file: FileLines, range: Range): void => {
    for (let at = range.from; at < range.to; at++) {
      const line = file.lines[at] ?? "";
      if (line.startsWith(".")) dotted = true;
      text += `${line.startsWith(".") ? "." : ""}${line}\n`;
    }
  };
  const finish = (start: number, count: number): void => {
    text += ".\n";
    if (dotted) text += count === 1 ? `${start}s/^\\.//\n` : `${start},${start + count - 1}s/^\\.//\n`;
    dotted = false;
  };
  for (const { kind, ranges } of blocks.toReversed()) {
    const [own, base, theirs] = ranges;
    const what = fate(kind, style);
    const [low, high, count, baseCount] = [own.from + 1, own.to, theirs.to - theirs.from, base.to - base.from];
    if (what === "conflict") {
      conflicts = true;
      text += `${high}a\n`;
      if (kind === "all") {
        if (style.older) {
          text += `||||||| ${names[1]}\n`;
          put(older, base);
        }
        text += "=======\n";
        put(yours, theirs);
      }
      text += `>>>>>>> ${names[2]}\n`;
      finish(high + 2, baseCount + count + 1);
      text += `${low - 1}a\n<<<<<<< ${kind === "all" ? names[0] : names[1]}\n`;
      if (kind === 2) {
        put(older, base);
        text += "=======\n";
      }
      finish(low + 1, baseCount);
    } else if (what === "taken") {
      const range = low > high ? String(high) : low === high ? String(low) : `${low},${high}`;
      if (count === 0) text += `${range}d\n`;
      else {
        text += `${range}${low > high ? "a" : "c"}\n`;
        put(yours, theirs);
        finish(low, count);
      }
    }
  }
  return { text, conflicts };
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
    showAll: flag(["-A", "--show-all"], "all changes as an ed script, conflicts in brackets"), ed: flag(["-e", "--ed"], "an ed script that puts the changes from OLDFILE to YOURFILE into MYFILE"), overlap: flag(["-E", "--show-overlap"], "as -e, with conflicts in brackets"), easy: flag(["-3", "--easy-only"], "as -e, only what does not overlap"), only: flag(["-x", "--overlap-only"], "as -e, only what overlaps"), onlyShown: flag(["-X"], "as -x"),
    write: flag(["-i"], "end ed scripts with w and q"), merge: flag(["-m", "--merge"], "print the merged file"), text: flag(["-a", "--text"], "take every file for text"), stripCr: flag(["--strip-trailing-cr"], "drop carriage returns at line ends"), tab: flag(["-T", "--initial-tab"], "begin lines with a tab"), labels: texts(["-L", "--label"], "LABEL", "use LABEL instead of a file's name"),
    diffProgram: text(["--diff-program"], "PROGRAM", "taken, no effect: the comparison is built in"),
    versionShort: flag(["-v"], "print the version"),
  },
  operands: "files", usageStatus: 2, failureStatus: 2, tryLine: (argv0) => `${argv0}: Try '${argv0} --help' for more information.\n`, exitStatuses: [["0", "success"], ["1", "conflicts"], ["2", "trouble"]],
  rewrite: (args) => args.map((arg) => (arg === "-v" ? "--version" : arg)),
  *run({ options, operands, sys, argv0 }, io: Io) {
    const [mineName, olderName, yoursName, extra] = operands;
    if (mineName === undefined || olderName === undefined || yoursName === undefined) return io.usage(`missing operand after '${operands.at(-1) ?? argv0}'`);
    if (extra !== undefined) return io.usage(`extra operand '${extra}'`);
    const chosen = [options.showAll, options.ed, options.overlap, options.easy, options.only, options.onlyShown].filter(Boolean).length;
    const brackets = options.showAll || options.overlap || (options.merge && chosen === 0);
    if (options.labels.length > 3) return io.usage("too many file label options");
    if (chosen > 1 || (options.merge && options.write) || (options.labels.length > 0 && !brackets)) return io.usage("incompatible options");
    const script = chosen === 1 && !options.merge;
    const mine = yield* read(sys, io, mineName), older = yield* read(sys, io, olderName), yours = yield* read(sys, io, yoursName);
    const isBinary = (file: FileLines): boolean => file.lines.some((line) => line.includes("\0"));
    const commonName = script || options.merge ? olderName : yoursName, common = script || options.merge ? older : yours;
    if (!options.text) for (const { name, file } of [script || options.merge ? { name: yoursName, file: yours } : { name: olderName, file: older }, { name: mineName, file: mine }]) {
      if (isBinary(file) || isBinary(common)) return io.die(`diff failed: Binary files ${name} and ${commonName} differ`, 2);
    }
    const strip = (file: FileLines): FileLines => (options.stripCr ? { ...file, lines: file.lines.map((line) => line.replace(/\r$/, "")) } : file);
    const files: Files = [strip(mine), strip(older), strip(yours)];
    const keys = (file: FileLines): string[] => file.lines.map((line, index) => (file.incomplete && index === file.lines.length - 1 ? `${line}\n` : line));
    /** Each file is compared with the common one, and the changes turned round. */
    const changes = function* (from: FileLines, to: FileLines): Blocking<readonly Change[]> {
      const found = yield* lineChanges(sys, ...(yield* numberLines(sys, keys(from), keys(to))));
      // ed scripts cannot say that a newline lacks.
      if (script) for (const change of found) for (const [file, end] of [[from, change.deleted > 0 ? change.from + change.deleted : -1], [to, change.inserted > 0 ? change.to + change.inserted : -1]] as const) {
        if (file.incomplete && end === file.lines.length) yield* io.warn("No newline at end of file");
      }
      return found.map((change) => ({ from: change.to, deleted: change.inserted, to: change.from, inserted: change.deleted }));
    };
    if (!options.merge && !script) {
      const blocks = withThirdCommon(blocksOf(files[0], files[1], yield* changes(files[0], files[2]), yield* changes(files[1], files[2])));
      yield* io.out.printLatin1(listing(files, blocks, options.tab ? "\t" : "  "));
      return 0;
    }
    const blocks = blocksOf(files[0], files[2], yield* changes(files[0], files[1]), yield* changes(files[2], files[1]));
    const names = [options.labels[0] ?? mineName, options.labels[1] ?? olderName, options.labels[2] ?? yoursName].map(latin1OfText);
    const style: MergeStyle = { older: brackets && !options.overlap, brackets, onlyOverlaps: options.only || options.onlyShown, onlyEasy: options.easy };
    const { text: result, conflicts } = script ? edScript(files, blocks, names, style) : merged(files, blocks, names, style);
    yield* io.out.printLatin1(result + (script && options.write ? "w\nq\n" : ""));
    return conflicts ? 1 : 0;
  },
});
