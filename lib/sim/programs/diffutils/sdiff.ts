// sdiff 3.8: two files side by side, which diff -y prints; with -o the differences are chosen one by one into a third.
import { type Blocking, O, SysError, encode } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, gnu, type Io, reason, text, texts } from "../kit/gnu.ts";
import { bytesOfLatin1 } from "../kit/latin1.ts";
import { lineChanges, numberLines } from "../kit/line-difference.ts";
import { cutLines } from "./_lines.ts";

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
    const changes = yield* lineChanges(sys, ...(yield* numberLines(sys, a.lines, b.lines)));
    const half = Math.max(1, Math.floor((Number(options.width ?? 130) - 3) / 2) - 1);
    const row = (one: string | undefined, sign: string, two: string | undefined): string => `${`${(one ?? "").slice(0, half).padEnd(half)} ${sign} ${(two ?? "").slice(0, half)}`.trimEnd()}\n`;
    let out = "";
    let quiet = options.suppress;
    let at = 0;
    const common = (until: number): void => {
      for (; at < until; at++) {
        out += `${a.lines[at] ?? ""}\n`;
        if (!quiet) io.out.putLatin1(row(a.lines[at], " ", a.lines[at]));
      }
    };
    for (const change of changes) {
      common(change.from);
      const ours = a.lines.slice(change.from, change.from + change.deleted), theirs = b.lines.slice(change.to, change.to + change.inserted);
      for (let line = 0; line < Math.max(ours.length, theirs.length); line++) io.out.putLatin1(row(ours[line], line >= ours.length ? ">" : line >= theirs.length ? "<" : "|", theirs[line]));
      yield* io.out.flush();
      for (let chosen = false; !chosen; ) {
        yield* sys.write(1, encode("%"));
        const answer = (yield* io.stdin.line())?.trim();
        switch (answer) {
          case "l": case "1": out += ours.map((line) => `${line}\n`).join(""); chosen = true; break;
          case "r": case "2": out += theirs.map((line) => `${line}\n`).join(""); chosen = true; break;
          case "s": quiet = true; break;
          case "v": quiet = false; break;
          case undefined: case "q": return 2;
          default: io.out.put(HELP); yield* io.out.flush();
        }
      }
      at = change.from + change.deleted;
    }
    common(a.lines.length);
    try {
      const fd = yield* sys.open(options.output, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      yield* sys.write(fd, bytesOfLatin1(out));
      sys.close(fd);
    } catch (error) {
      if (error instanceof SysError) io.die(`${options.output}: ${error.message}`, 2);
      throw error;
    }
    return changes.length > 0 ? 1 : 0;
  },
});
