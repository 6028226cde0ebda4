// sdiff 3.8: two files side by side, which diff -y prints; with -o the differences are chosen one by one into a third.
import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, gnu, type Io, reason, text, texts } from "../kit/gnu.ts";
import { bytesOfLatin1, latin1OfText } from "../kit/latin1.ts";
import { type Change, lineChanges, numberLines } from "../kit/line-difference.ts";
import { runShell } from "../kit/shell-command.ts";
import { HunkPrinter, NO_COLOURS } from "./_hunks.ts";
import { cutLines, type FileLines, lineKeys } from "./_lines.ts";

const HELP = "ed:\tEdit then use both versions, each decorated with a header.\neb:\tEdit then use both versions.\nel or e1:\tEdit then use the left version.\ner or e2:\tEdit then use the right version.\ne:\tDiscard both versions then edit a new one.\nl or 1:\tUse the left version.\nr or 2:\tUse the right version.\ns:\tSilently include common lines.\nv:\tVerbosely include common lines.\nq:\tQuit.\n";

export default gnu({
  name: "sdiff", project: "GNU diffutils", version: "3.8", summary: "merge two files, seen side by side", synopsis: ["[OPTION]... FILE1 FILE2"],
  options: {
    output: text(["-o", "--output"], "FILE", "choose interactively, into FILE"), ignoreCase: flag(["-i", "--ignore-case"], "ignore case"), tabExpansion: flag(["-E", "--ignore-tab-expansion"], "ignore tab expansion"), trailingSpace: flag(["-Z", "--ignore-trailing-space"], "ignore blanks at line ends"), spaceChange: flag(["-b", "--ignore-space-change"], "ignore how many blanks"), allSpace: flag(["-W", "--ignore-all-space"], "ignore all blanks"), blankLines: flag(["-B", "--ignore-blank-lines"], "ignore blank lines"), matching: texts(["-I", "--ignore-matching-lines"], "RE", "ignore changes whose lines match RE"),
    stripCr: flag(["--strip-trailing-cr"], "drop carriage returns at line ends"), text: flag(["-a", "--text"], "take every file for text"), width: text(["-w", "--width"], "NUM", "at most NUM columns (130)"), leftColumn: flag(["-l", "--left-column"], "common lines on the left only"), suppress: flag(["-s", "--suppress-common-lines"], "no common lines"), expandTabs: flag(["-t", "--expand-tabs"], "turn tabs into blanks"), tabsize: text(["--tabsize"], "NUM", "NUM columns from one tab stop to the next"), minimal: flag(["-d", "--minimal"], "search longer for fewer changes"), large: flag(["-H", "--speed-large-files"], "taken, no effect"), versionShort: flag(["-v"], "print the version"),
  },
  operands: "files", usageStatus: 2, failureStatus: 2, tryLine: (argv0) => `${argv0}: Try '${argv0} --help' for more information.\n`, exitStatuses: [["0", "the same"], ["1", "different"], ["2", "trouble"]],
  rewrite: (args) => args.map((arg) => (arg === "-v" ? "--version" : arg)),
  *run({ options, operands, sys, argv0 }, io: Io) {
    const [left, right, extra] = operands;
    if (left === undefined || right === undefined) return io.usage(`missing operand after '${operands.at(-1) ?? argv0}'`);
    if (extra !== undefined) return io.usage(`extra operand '${extra}'`);
    const words = ["diff", "--side-by-side", ...(options.ignoreCase ? ["-i"] : []), ...(options.tabExpansion ? ["-E"] : []), ...(options.trailingSpace ? ["-Z"] : []), ...(options.spaceChange ? ["-b"] : []), ...(options.allSpace ? ["-w"] : []), ...(options.blankLines ? ["-B"] : []), ...options.matching.flatMap((one) => ["-I", one]), ...(options.stripCr ? ["--strip-trailing-cr"] : []), ...(options.text ? ["-a"] : []), ...(options.width === undefined ? [] : ["-W", options.width]), ...(options.leftColumn ? ["--left-column"] : []), ...(options.suppress ? ["--suppress-common-lines"] : []), ...(options.expandTabs ? ["-t"] : []), ...(options.tabsize === undefined ? [] : [`--tabsize=${options.tabsize}`]), "--", left, right];
    if (options.output === undefined) {
      const error = yield* execSearching(sys, "diff", words);
      return io.die(`diff: ${error.message}`, 2);
    }
    const read = function* (name: string): Blocking<string> {
      try {
        const input = yield* io.open(name);
        const content = yield* input.all();
        io.close(input);
        return content;
      } catch (error) {
        return io.die(`${name}: ${reason(error)}`, 2);
      }
    };
    const a = yield* cutLines(sys, yield* read(left)), b = yield* cutLines(sys, yield* read(right));
    const how = { ignoreCase: options.ignoreCase, tabExpansion: options.tabExpansion, trailingSpace: options.trailingSpace, spaceChange: options.spaceChange, allSpace: options.allSpace, tabSize: Number(options.tabsize ?? 8) };
    const changes = yield* lineChanges(sys, ...(yield* numberLines(sys, lineKeys(a, how), lineKeys(b, how))));
    const rows = new HunkPrinter(a, b, {
      context: 0, colours: NO_COLOURS, expandTabs: options.expandTabs, tabSize: how.tabSize, initialTab: false, suppressBlankEmpty: false, isFunction: undefined, ignorable: () => false,
      width: Number(options.width ?? 130), leftColumn: options.leftColumn, suppressCommon: false,
    });
    const choice = new Choice(io, rows, options.suppress, [{ name: left, file: a }, { name: right, file: b }]);
    let output: number;
    try {
      output = yield* sys.open(options.output, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    } catch (error) {
      if (error instanceof SysError) io.die(`${options.output}: ${error.message}`, 2);
      throw error;
    }
    const done = yield* choice.all(changes);
    yield* sys.write(output, bytesOfLatin1(choice.merged));
    sys.close(output);
    return !done ? 2 : changes.length > 0 ? 1 : 0;
  },
});

interface Side {
  readonly name: string;
  readonly file: FileLines;
}

/** The questions of -o. */
class Choice {
  readonly #io: Io;
  readonly #rows: HunkPrinter;
  #quiet: boolean;
  readonly #sides: readonly [Side, Side];
  /** the third file so far, latin1 */
  merged = "";

  constructor(io: Io, rows: HunkPrinter, quiet: boolean, sides: readonly [Side, Side]) {
    this.#io = io;
    this.#rows = rows;
    this.#quiet = quiet;
    this.#sides = sides;
  }

  /** False when the user quits. */
  *all(changes: readonly Change[]): Blocking<boolean> {
    const { out } = this.#io;
    const [a, b] = this.#sides;
    let [i, j] = [0, 0];
    const common = (untilA: number, untilB: number): void => {
      this.merged += lines(a.file, i, untilA - i);
      if (!this.#quiet) out.putLatin1(this.#rows.commonRows(i, untilA, j, untilB));
    };
    for (const change of changes) {
      common(change.from, change.to);
      out.putLatin1(this.#rows.changeRows(change));
      if (!(yield* this.#ask(change))) {
        yield* out.flush();
        return false;
      }
      i = change.from + change.deleted;
      j = change.to + change.inserted;
    }
    common(a.file.lines.length, b.file.lines.length);
    yield* out.flush();
    return true;
  }

  *#ask(change: Change): Blocking<boolean> {
    const { out, stdin } = this.#io;
    const [a, b] = this.#sides;
    const ours = lines(a.file, change.from, change.deleted), theirs = lines(b.file, change.to, change.inserted);
    for (;;) {
      out.put("%");
      yield* out.flush();
      const answer = (yield* stdin.line())?.replace(/[ \t\v\f\r]/g, "");
      switch (answer) {
        case "l": case "1": this.merged += ours; return true;
        case "r": case "2": this.merged += theirs; return true;
        case "s": this.#quiet = true; break;
        case "v": this.#quiet = false; break;
        case undefined: case "q": return false;
        case "e": this.merged += yield* this.#edited(""); return true;
        case "eb": this.merged += yield* this.#edited(ours + theirs); return true;
        case "el": case "e1": this.merged += yield* this.#edited(ours); return true;
        case "er": case "e2": this.merged += yield* this.#edited(theirs); return true;
        case "ed": this.merged += yield* this.#edited(`${heading("---", a.name, change.from, change.deleted)}${ours}${heading("+++", b.name, change.to, change.inserted)}${theirs}`); return true;
        default: yield* this.#io.stderr(HELP);
      }
    }
  }

  /** What the editor makes of the text. */
  *#edited(text: string): Blocking<string> {
    const { sys } = this.#io;
    const name = `${sys.environment.get("TMPDIR") ?? "/tmp"}/sdiff${sys.getpid()}`;
    const fd = yield* sys.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
    yield* sys.write(fd, bytesOfLatin1(text));
    sys.close(fd);
    yield* runShell(sys, `${sys.environment.get("EDITOR") ?? "ed"} ${name}`);
    const input = yield* this.#io.open(name);
    const result = yield* input.all();
    this.#io.close(input);
    sys.unlink(name);
    return result;
  }
}

function lines(file: FileLines, from: number, count: number): string {
  return file.lines.slice(from, from + count).map((line, at) => `${line}${file.incomplete && from + at === file.lines.length - 1 ? "" : "\n"}`).join("");
}

function heading(mark: string, name: string, from: number, count: number): string {
  return count === 0 ? "" : `${mark} ${latin1OfText(name)} ${from + 1}${count === 1 ? "" : `,${from + count}`}\n`;
}
