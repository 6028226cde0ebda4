// The options that git diff, log, show and their kin share (git-diff(1), "OPTIONS").
import type { OptionDeclaration } from "../../kit/command.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import type { LineRules } from "./line-changes.ts";
import { DEFAULT_RENAME_SCORE, parseScore } from "./renames.ts";

export interface DiffOptions {
  patch: boolean;
  stat: boolean;
  numstat: boolean;
  shortstat: boolean;
  summary: boolean;
  nameOnly: boolean;
  nameStatus: boolean;
  raw: boolean;
  /** -s: nothing */
  silent: boolean;
  context: number;
  between: number;
  color: string | boolean | undefined;
  renames: "no" | "renames" | "copies";
  harderCopies: boolean;
  minimumScore: number;
  rules: { -readonly [K in keyof LineRules]: LineRules[K] };
  text: boolean;
  fullIndex: boolean;
  binary: boolean;
  abbrev: number | undefined;
  oldPrefix: string;
  newPrefix: string;
  filter: string;
  reverse: boolean;
  exitCode: boolean;
  quiet: boolean;
  relative: string | undefined;
  nul: boolean;
  functionContext: boolean;
  pickaxe: { readonly kind: "S" | "G"; readonly text: string; readonly regex: boolean } | undefined;
  pickaxeRegex: boolean;
  statWidth: number | undefined;
  check: boolean;
  /** -m, -c, --cc of a merge */
  merges: "none" | "cc" | "c" | "separate" | "first" | undefined;
  irreversibleDelete: boolean;
}

export function diffDefaults(git: Git): DiffOptions {
  const { config } = git;
  const renames = config.get("diff.renames")?.toLowerCase();
  const mnemonic = config.boolean("diff.noprefix", false);
  return {
    patch: false, stat: false, numstat: false, shortstat: false, summary: false, nameOnly: false, nameStatus: false, raw: false, silent: false, context: Math.max(0, config.integer("diff.context", 3)), between: config.integer("diff.interhunkcontext", 0), color: undefined,
    renames: renames === "copies" || renames === "copy" ? "copies" : renames !== undefined && !config.boolean("diff.renames", true) ? "no" : "renames", harderCopies: false, minimumScore: DEFAULT_RENAME_SCORE, rules: {}, text: false, fullIndex: false, binary: false, abbrev: undefined,
    oldPrefix: mnemonic ? "" : "a/", newPrefix: mnemonic ? "" : "b/", filter: "", reverse: false, exitCode: false, quiet: false, relative: undefined, nul: false, functionContext: false, pickaxe: undefined, pickaxeRegex: false, statWidth: undefined, check: false, merges: undefined, irreversibleDelete: false,
  };
}

export const formatGiven = (options: DiffOptions): boolean =>
  options.patch || options.stat || options.numstat || options.shortstat || options.summary || options.nameOnly || options.nameStatus || options.raw || options.silent || options.check;

const REFUSED: ReadonlyMap<string, string> = new Map([
  ["--word-diff", "lines are compared as wholes"], ["--color-words", "lines are compared as wholes"], ["--word-diff-regex", "lines are compared as wholes"], ["--color-moved", "moved lines are not looked for"], ["--dirstat", "use --stat"], ["--patience", "lines are compared with Myers's algorithm only"],
  ["--histogram", "lines are compared with Myers's algorithm only"], ["--ext-diff", "there are no external drivers"], ["--textconv", "there are no text conversions"], ["-B", "renames are found without breaking pairs"], ["--break-rewrites", "renames are found without breaking pairs"], ["--submodule", "submodules are shown in short"], ["--ignore-matching-lines", "use grep"], ["-I", "use grep"],
]);

const ACCEPTED = new Set(["--minimal", "--no-ext-diff", "--no-textconv", "--indent-heuristic", "--diff-algorithm=myers", "--diff-algorithm=default", "--no-color-moved", "--rename-empty", "--no-rename-empty", "--ws-error-highlight=default", "--anchored", "--full-history-of-nothing", "--compact-summary-of-nothing", "--no-relative"]);

/** Takes words[at] when it is one of theirs; returns how many words it took, 0 when it is none. Throws Die, Quit. */
export function takeDiffOption(git: Git, options: DiffOptions, words: readonly string[], at: number): number {
  const word = words[at] ?? "";
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  const name = equals < 0 ? word : word.slice(0, equals);
  const value = equals < 0 ? undefined : word.slice(equals + 1);
  const why = REFUSED.get(name) ?? (word.startsWith("-B") ? REFUSED.get("-B") : undefined) ?? (name === "--diff-algorithm" && value !== "myers" && value !== "default" && value !== "minimal" ? REFUSED.get("--patience") : undefined);
  if (why !== undefined) {
    git.sys.observe({ kind: "unsimulated", command: `git ${git.command}`, detail: name });
    throw new Quit(128, `git ${git.command}: ${name} is not simulated: ${why}`);
  }
  if (ACCEPTED.has(word) || name === "--diff-algorithm" || name === "--ws-error-highlight") return 1;
  const needed = (): string => {
    const next = words[at + 1];
    if (next === undefined) throw new Quit(129, `error: option \`${name.replace(/^-+/, "")}' requires a value`);
    return next;
  };
  const count = (text: string): number => {
    if (!/^\d+$/.test(text)) throw new Quit(129, `error: ${name.startsWith("--") ? `option \`${name.slice(2)}'` : `switch \`${name.slice(1, 2)}'`} expects a numerical value`);
    return Number(text);
  };
  switch (name) {
    case "-p": case "-u": case "--patch": options.patch = true; return 1;
    case "-s": case "--no-patch": Object.assign(options, { patch: false, stat: false, numstat: false, shortstat: false, summary: false, nameOnly: false, nameStatus: false, raw: false, silent: true }); return 1;
    case "--stat": {
      options.stat = true;
      if (value !== undefined) options.statWidth = Number(value.split(",")[0]) || undefined;
      return 1;
    }
    case "--stat-width": options.stat = true; options.statWidth = Number(value ?? 0) || undefined; return 1;
    case "--numstat": options.numstat = true; return 1;
    case "--shortstat": options.shortstat = true; return 1;
    case "--summary": options.summary = true; return 1;
    case "--compact-summary": options.stat = true; options.summary = true; return 1;
    case "--name-only": options.nameOnly = true; return 1;
    case "--name-status": options.nameStatus = true; return 1;
    case "--raw": options.raw = true; return 1;
    case "--patch-with-stat": options.patch = true; options.stat = true; return 1;
    case "--patch-with-raw": options.patch = true; options.raw = true; return 1;
    case "--check": options.check = true; return 1;
    case "--color": if (value !== undefined && value !== "always" && value !== "never" && value !== "auto") throw new Quit(129, `error: option \`color' expects "always", "auto", or "never"`); options.color = value ?? "always"; return 1;
    case "--no-color": options.color = "never"; return 1;
    case "-M": case "--find-renames": options.renames = options.renames === "copies" ? "copies" : "renames"; if (value !== undefined) options.minimumScore = parseScore(value); return 1;
    case "-C": case "--find-copies": options.harderCopies = options.renames === "copies"; options.renames = "copies"; if (value !== undefined) options.minimumScore = parseScore(value); return 1;
    case "--find-copies-harder": options.renames = "copies"; options.harderCopies = true; return 1;
    case "--no-renames": options.renames = "no"; return 1;
    case "-w": case "--ignore-all-space": options.rules.ignoreAllSpace = true; return 1;
    case "-b": case "--ignore-space-change": options.rules.ignoreSpaceChange = true; return 1;
    case "--ignore-space-at-eol": case "--ignore-cr-at-eol": options.rules.ignoreSpaceAtEol = true; return 1;
    case "--ignore-blank-lines": options.rules.ignoreBlankLines = true; return 1;
    case "--no-indent-heuristic": options.rules.indentHeuristic = false; return 1;
    case "-a": case "--text": options.text = true; return 1;
    case "--binary": options.binary = true; options.patch = true; return 1;
    case "--full-index": options.fullIndex = true; return 1;
    case "--abbrev": options.abbrev = value === undefined ? 7 : Math.max(4, Math.min(40, Number(value) || 7)); return 1;
    case "--no-abbrev": options.abbrev = 40; return 1;
    case "-R": options.reverse = true; return 1;
    case "--exit-code": options.exitCode = true; return 1;
    case "--quiet": options.quiet = true; options.exitCode = true; return 1;
    case "--relative": options.relative = value ?? git.prefix; return 1;
    case "--no-prefix": options.oldPrefix = ""; options.newPrefix = ""; return 1;
    case "--src-prefix": options.oldPrefix = value ?? needed(); return value === undefined ? 2 : 1;
    case "--dst-prefix": options.newPrefix = value ?? needed(); return value === undefined ? 2 : 1;
    case "-z": options.nul = true; return 1;
    case "-W": case "--function-context": options.functionContext = true; return 1;
    case "--diff-filter": options.filter = value ?? needed(); return value === undefined ? 2 : 1;
    case "--unified": options.patch = true; options.context = count(value ?? needed()); return value === undefined ? 2 : 1;
    case "--inter-hunk-context": options.between = count(value ?? needed()); return value === undefined ? 2 : 1;
    case "--pickaxe-regex": options.pickaxeRegex = true; return 1;
    case "--cc": options.merges = "cc"; options.patch = true; return 1;
    case "-c": options.merges = "c"; options.patch = true; return 1;
    case "-m": options.merges = "separate"; return 1;
    case "--no-diff-merges": options.merges = "none"; return 1;
    case "--diff-merges": {
      const kinds = new Map([["off", "none"], ["none", "none"], ["on", "separate"], ["m", "separate"], ["separate", "separate"], ["first-parent", "first"], ["1", "first"], ["c", "c"], ["combined", "c"], ["cc", "cc"], ["dense-combined", "cc"]] as const);
      const kind = kinds.get((value ?? needed()) as "off");
      if (!kind) throw new Die(`unknown value for --diff-merges: ${value}`);
      options.merges = kind;
      return value === undefined ? 2 : 1;
    }
    case "-D": case "--irreversible-delete": options.irreversibleDelete = true; return 1;
    default:
  }
  const short = /^-(U|M|C|S|G|l|O)(.*)$/s.exec(word);
  if (!short) return 0;
  const [, letter = "", rest = ""] = short;
  switch (letter) {
    case "U": options.patch = true; options.context = count(rest === "" ? needed() : rest); return rest === "" ? 2 : 1;
    case "M": options.renames = options.renames === "copies" ? "copies" : "renames"; options.minimumScore = parseScore(rest); return 1;
    case "C": options.renames = "copies"; options.minimumScore = parseScore(rest); return 1;
    case "S": case "G": options.pickaxe = { kind: letter, text: rest === "" ? needed() : rest, regex: letter === "G" }; return rest === "" ? 2 : 1;
    case "l": case "O": return rest === "" ? 2 : 1;
    default: return 0;
  }
}

/** For help, completion and the support table. */
export const DIFF_OPTIONS: readonly OptionDeclaration[] = ([
  [["-p", "-u", "--patch"], "show the changes themselves"], [["-s", "--no-patch"], "show no changes"], [["-U", "--unified"], "lines of context", "<n>"], [["--stat"], "how many lines of each file changed, as a picture"], [["--numstat"], "the same as numbers"], [["--shortstat"], "only the sum"], [["--summary"], "created, deleted, renamed files and changed modes"],
  [["--name-only"], "only names"], [["--name-status"], "names and what happened to them"], [["--raw"], "modes and ids"], [["--check"], "warn of white space errors"], [["--color"], "use colours", "<when>"], [["--no-color"], "no colours"], [["-M", "--find-renames"], "look for renames", "<n>"], [["-C", "--find-copies"], "look for copies", "<n>"], [["--no-renames"], "do not look for renames"],
  [["-w", "--ignore-all-space"], "white space does not count"], [["-b", "--ignore-space-change"], "amounts of white space do not count"], [["--ignore-space-at-eol"], "white space at ends of lines does not count"], [["--ignore-blank-lines"], "blank lines do not count"], [["-a", "--text"], "treat every file as text"], [["--binary"], "show binary changes too"], [["--full-index"], "whole ids"], [["--abbrev"], "digits of ids", "<n>"],
  [["-R"], "swap the sides"], [["--exit-code"], "status 1 when there are differences"], [["--quiet"], "no output, only the status"], [["--relative"], "only below this directory"], [["--no-prefix"], "no a/ and b/"], [["--diff-filter"], "only these kinds of change (ACDMRTU)", "<letters>"], [["-S"], "changes of how often a text occurs", "<text>"], [["-G"], "changed lines that match", "<regex>"], [["-z"], "NUL instead of newline"],
  [["-W", "--function-context"], "show the whole function"],
] satisfies readonly (readonly [readonly string[], string, string?])[]).map(([names, help, argument]) => ({ names, help, argument, argumentOptional: argument === "<n>" || argument === "<when>", support: "simulated" }));
