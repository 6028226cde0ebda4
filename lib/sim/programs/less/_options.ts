// Options of less: from the command line, from $LESS, and toggled while it runs.

import type { OptionDeclaration } from "../kit/command.ts";
import { flag, text, unsimulated } from "../kit/option.ts";

export class LessOptions {
  /** letters of flags that are on; i, q, e, m and n count 1, their capitals 2 */
  readonly flags = new Set<string>();
  promptPrototype: string | undefined;
  longPrototype: string | undefined;
  mediumPrototype: string | undefined;
  statusPrototype: string | undefined;
  tabStop = 8;
  startPattern: string | undefined;
  firstCommands = "";
  everyCommands = "";
  logFile: string | undefined;
  window: number | undefined;
  jumpTarget: string | undefined;
  shift: number | undefined;

  has(letter: string): boolean {
    return this.flags.has(letter);
  }
}

export const DECLARED: readonly OptionDeclaration[] = [
  flag(["-a", "--search-skip-screen"], "search begins behind the screen"),
  flag(["-A", "--SEARCH-SKIP-SCREEN"], "search begins behind the target line"),
  text(["-b", "--buffers"], "N", "no effect"),
  flag(["-B", "--auto-buffers"], "no effect"),
  flag(["-c", "--clear-screen"], "repaint by clearing"),
  flag(["-C", "--CLEAR-SCREEN"], "repaint by clearing"),
  flag(["-d", "--dumb"], "no complaint about dumb terminals"),
  text(["-D", "--color"], "XCOLOR", "no effect"),
  flag(["-e", "--quit-at-eof"], "leave at the second end of file"),
  flag(["-E", "--QUIT-AT-EOF"], "leave at the first end of file"),
  flag(["-f", "--force"], "open what is no regular file"),
  flag(["-F", "--quit-if-one-screen"], "leave when everything fits"),
  flag(["-g", "--hilite-search"], "mark only the last hit"),
  flag(["-G", "--HILITE-SEARCH"], "mark no hits"),
  text(["-h", "--max-back-scroll"], "N", "no effect"),
  flag(["-i", "--ignore-case"], "searches ignore case unless the pattern has capitals"),
  flag(["-I", "--IGNORE-CASE"], "searches ignore case"),
  text(["-j", "--jump-target"], "N", "the line where targets are put"),
  flag(["-J", "--status-column"], "a column of marks"),
  unsimulated(["-k", "--lesskey-file"], "use a file of keys", "keys cannot be changed", "FILE"),
  flag(["-K", "--quit-on-intr"], "leave at an interrupt"),
  flag(["-L", "--no-lessopen"], "ignore $LESSOPEN"),
  flag(["-m", "--long-prompt"], "a prompt with the percentage"),
  flag(["-M", "--LONG-PROMPT"], "a long prompt"),
  flag(["-n", "--line-numbers"], "no line numbers"),
  flag(["-N", "--LINE-NUMBERS"], "a number in front of each line"),
  text(["-o", "--log-file"], "FILE", "copy the input of a pipe to FILE"),
  text(["-O", "--LOG-FILE"], "FILE", "the same, overwriting"),
  text(["-p", "--pattern"], "PATTERN", "begin at the first hit"),
  text(["-P", "--prompt"], "PROMPT", "own prompts"),
  flag(["-q", "--quiet", "--silent"], "fewer bells"),
  flag(["-Q", "--QUIET", "--SILENT"], "no bells"),
  flag(["-r", "--raw-control-chars"], "control characters as they are"),
  flag(["-R", "--RAW-CONTROL-CHARS"], "colour sequences as they are"),
  flag(["-s", "--squeeze-blank-lines"], "many empty lines as one"),
  flag(["-S", "--chop-long-lines"], "cut long lines"),
  text(["-t", "--tag"], "TAG", "no effect"),
  text(["-T", "--tag-file"], "FILE", "no effect"),
  flag(["-u", "--underline-special"], "backspaces as they are"),
  flag(["-U", "--UNDERLINE-SPECIAL"], "backspaces as control characters"),
  flag(["-V", "--version"], "show the version"),
  flag(["-w", "--hilite-unread"], "mark the first line not seen before, after a screen forward"),
  flag(["-W", "--HILITE-UNREAD"], "mark the first line not seen before, after any move forward"),
  text(["-x", "--tabs"], "N", "tab stops"),
  flag(["-X", "--no-init"], "do not use the other screen"),
  text(["-y", "--max-forw-scroll"], "N", "no effect"),
  text(["-z", "--window"], "N", "the size of a window"),
  text(["-#", "--shift"], "N", "how far arrows move sideways"),
  flag(["-~", "--tilde"], "no ~ behind the end"),
  flag(["-?", "--help"], "show help"),
  flag(["--mouse"], "no effect"), flag(["--MOUSE"], "no effect"), text(["--wheel-lines"], "N", "no effect"), flag(["--use-color"], "no effect"), flag(["--no-keypad"], "no effect"),
  flag(["--follow-name"], "no effect"), flag(["--incsearch"], "no effect"), flag(["--line-num-width"], "no effect"), flag(["--save-marks"], "no effect"), flag(["--no-histdups"], "no effect"),
  flag(["--old-bot"], "no effect"), flag(["--use-backslash"], "no effect"), flag(["--rscroll"], "no effect"), flag(["--status-line"], "no effect"), flag(["--header"], "no effect"),
];

const WITH_VALUE = new Set([..."bDhjkoOpPtTxyz#"]);
const LONG = new Map<string, string>();
for (const option of DECLARED) for (const name of option.names) if (name.startsWith("--")) LONG.set(name.slice(2), option.names[0]?.startsWith("--") ? "" : (option.names[0]?.slice(1) ?? ""));

/** Pairs that exclude one another. */
const OPPOSITE = new Map([["i", "I"], ["I", "i"], ["m", "M"], ["M", "m"], ["e", "E"], ["E", "e"], ["q", "Q"], ["Q", "q"], ["n", "N"], ["N", "n"], ["r", "R"], ["R", "r"], ["g", "G"], ["G", "g"], ["a", "A"], ["A", "a"], ["w", "W"], ["W", "w"]]);

export function setFlag(options: LessOptions, letter: string): void {
  const opposite = OPPOSITE.get(letter);
  if (opposite) options.flags.delete(opposite);
  options.flags.add(letter);
}

/** The value of a string option; false when the option has none. */
export function setValue(options: LessOptions, letter: string, value: string): void {
  switch (letter) {
    case "P": {
      const kind = value[0] ?? "";
      const rest = value.slice(1);
      if (kind === "M") options.longPrototype = rest;
      else if (kind === "m") options.mediumPrototype = rest;
      else if (kind === "=") options.statusPrototype = rest;
      else if (kind === "s") options.promptPrototype = rest;
      else if (kind !== "h" && kind !== "w") options.promptPrototype = value;
      break;
    }
    case "p":
      options.startPattern = value;
      break;
    case "x": {
      const stop = Number.parseInt(value, 10);
      if (stop > 0) options.tabStop = stop;
      break;
    }
    case "o":
    case "O":
      options.logFile = value;
      break;
    case "z":
      options.window = Number.parseInt(value, 10) || undefined;
      break;
    case "j":
      options.jumpTarget = value;
      break;
    case "#":
      options.shift = Number.parseInt(value, 10) || undefined;
      break;
  }
}

/** Reads one word of the command line, or all of $LESS; returns what is wrong, and whether the next word is the value. */
export function readOptionWord(options: LessOptions, word: string, fromEnvironment: boolean): { readonly problems: readonly string[]; readonly needsValue: string | undefined } {
  const problems: string[] = [];
  let rest = word;
  while (rest !== "") {
    if (/^[\s$]/.test(rest)) {
      rest = rest.slice(1);
      continue;
    }
    if (rest.startsWith("+")) {
      const end = fromEnvironment ? rest.indexOf("$") : -1;
      const command = rest.slice(1, end < 0 ? undefined : end);
      if (command.startsWith("+")) options.everyCommands = command.slice(1);
      else options.firstCommands += command;
      rest = end < 0 ? "" : rest.slice(end + 1);
      continue;
    }
    if (rest.startsWith("--")) {
      const found = /^--([A-Za-z-]+)(?:=([^$]*))?/.exec(rest);
      const name = found?.[1] ?? "";
      const value = found?.[2];
      rest = rest.slice(found?.[0].length ?? rest.length);
      const exact = LONG.get(name);
      const candidates = exact !== undefined ? [exact] : [...LONG].filter(([key]) => key.startsWith(name)).map(([, letter]) => letter);
      const letter = candidates[0];
      if (name === "" || letter === undefined) {
        problems.push(`There is no ${name} option ("less --help" for help)`);
        continue;
      }
      if (letter === "") continue;
      if (WITH_VALUE.has(letter)) {
        if (value === undefined && rest === "") return { problems, needsValue: letter };
        setValue(options, letter, value ?? "");
      } else setFlag(options, letter);
      continue;
    }
    if (rest.startsWith("-")) {
      rest = rest.slice(1);
      if (rest.startsWith("+")) {
        // -+x: the default again
        options.flags.delete(rest[1] ?? "");
        rest = rest.slice(2);
      }
      continue;
    }
    const letter = rest[0] ?? "";
    rest = rest.slice(1);
    if (WITH_VALUE.has(letter)) {
      if (letter === "x" || letter === "z" || letter === "b" || letter === "h" || letter === "y" || letter === "#" || letter === "j") {
        const digits = /^[-.,\d]+/.exec(rest)?.[0] ?? "";
        if (digits === "" && rest === "") return { problems, needsValue: letter };
        setValue(options, letter, digits);
        rest = rest.slice(digits.length);
        continue;
      }
      const end = fromEnvironment ? rest.indexOf("$") : -1;
      const value = rest.slice(0, end < 0 ? undefined : end);
      if (value === "" && end < 0) return { problems, needsValue: letter };
      setValue(options, letter, value);
      rest = end < 0 ? "" : rest.slice(end + 1);
      continue;
    }
    if (!DECLARED.some((option) => option.names.includes(`-${letter}`))) {
      problems.push(`There is no -${letter} option ("less --help" for help)`);
      continue;
    }
    setFlag(options, letter);
  }
  return { problems, needsValue: undefined };
}

/** What stands before a value that is typed for an option, and what is said of it. */
export const VALUES = new Map<string, readonly [prompt: string, said: (options: LessOptions) => string]>([
  ["b", ["Max buffer space per file (K): ", () => "Max buffer space per file: 65536K"]],
  ["h", ["Backwards scroll limit: ", () => "Backwards scroll limit is 10000 lines"]],
  ["j", ["Target line: ", ({ jumpTarget = "1" }) => `Position target at screen line ${jumpTarget}`]],
  ["o", ["log file: ", ({ logFile }) => (logFile === undefined ? "No log file" : `Log file "${logFile}"`)]],
  ["O", ["Log file: ", ({ logFile }) => (logFile === undefined ? "No log file" : `Log file "${logFile}"`)]],
  ["p", ["pattern: ", () => "No pattern"]],
  ["P", ["prompt: ", ({ promptPrototype }) => promptPrototype ?? "?n?f%f .?m(%T %i of %m) ..?e(END) ?x- Next\\: %x..%t"]],
  ["x", ["Tab stops: ", ({ tabStop }) => `Tab stops every ${tabStop} spaces`]],
  ["y", ["Forward scroll limit: ", () => "Forward scroll limit is 10000 lines"]],
  ["z", ["Scroll window size: ", ({ window }) => `Scroll window size is ${window ?? -1} lines`]],
  ["#", ["Horizontal shift: ", ({ shift }) => (shift === undefined ? "Horizontal shift is half the screen width" : `Horizontal shift ${shift} columns`)]],
]);

/** The option that a long name means; a beginning suffices when it is that of one option only. */
export function longOption(name: string): { readonly name: string; readonly letter: string } | undefined {
  const exact = LONG.get(name);
  if (exact !== undefined) return { name, letter: exact };
  const found = [...LONG].filter(([key]) => key.startsWith(name));
  const [first] = found;
  return first && found.length === 1 ? { name: first[0], letter: first[1] } : undefined;
}

/** What toggling a flag says, off and on. */
export const TOGGLES = new Map<string, readonly [off: string, on: string]>([
  ["a", ["Search includes displayed screen", "Search skips displayed screen"]],
  ["c", ["Repaint by scrolling from bottom of screen", "Repaint by painting from top of screen"]],
  ["e", ["Don't quit at end-of-file", "Quit at end-of-file"]],
  ["E", ["Don't quit at end-of-file", "Quit immediately at end-of-file"]],
  ["F", ["Don't quit if end-of-file on first screen", "Quit if end-of-file on first screen"]],
  ["g", ["Highlight matches for previous search pattern", "Highlight only last match"]],
  ["G", ["Highlight all matches for previous search pattern", "Don't highlight search matches"]],
  ["i", ["Case is significant in searches", "Ignore case in searches"]],
  ["I", ["Case is significant in searches", "Ignore case in searches and in patterns"]],
  ["J", ["Don't display a status column", "Display a status column"]],
  ["m", ["Short prompt", "Medium prompt"]],
  ["M", ["Short prompt", "Long prompt"]],
  ["n", ["Use line numbers", "Don't use line numbers"]],
  ["N", ["Don't display line numbers", "Constantly display line numbers"]],
  ["q", ["Ring the bell for errors AND at eof/bof", "Ring the bell for errors but not at eof/bof"]],
  ["Q", ["Ring the bell for errors AND at eof/bof", "Never ring the bell"]],
  ["r", ["Display control characters as ^X", "Display control characters directly (not recommended)"]],
  ["R", ["Display control characters as ^X", "Display ANSI sequences directly, other control characters as ^X"]],
  ["s", ["Display all blank lines", "Squeeze multiple blank lines"]],
  ["S", ["Fold long lines", "Chop long lines"]],
  ["u", ["Display underlined text in underline mode", "Backspaces cause overstrike"]],
  ["w", ["Don't highlight first unread line", "Highlight first unread line after forward-screen"]],
  ["X", ["Send init strings to terminal", "Don't use init strings"]],
  ["W", ["Don't highlight first unread line", "Highlight first unread line after any forward movement"]],
  ["~", ["Show tildes after end of file", "Don't show tildes after end of file"]],
]);
