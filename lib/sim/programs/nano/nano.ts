// nano 7.2: options, nanorc, files; the editor is in _editor.ts.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import type { Sys } from "../../kernel/sys.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { NanoEditor } from "./_editor.ts";
import { type FileRequest, runNano } from "./_nano.ts";
import type { NanoOptions } from "./_options.ts";

const options = {
  smartHome: flag(["-A", "--smarthome"], "Home goes to the first character that is no blank"),
  backup: flag(["-B", "--backup"], "keep old files as NAME~"),
  backupDir: unsimulated(["-C", "--backupdir"], "where unique backups go", "backups lie beside their files", "DIR"),
  boldText: flag(["-D", "--boldtext"], "bold instead of reverse"),
  tabsToSpaces: flag(["-E", "--tabstospaces"], "typed tabs become spaces"),
  multiBuffer: flag(["-F", "--multibuffer"], "read files into new buffers"),
  locking: flag(["-G", "--locking"], "make lock files"),
  historyLog: flag(["-H", "--historylog"], "keep searches between runs"),
  ignoreRc: flag(["-I", "--ignorercfiles"], "do not read nanorc files"),
  guideStripe: text(["-J", "--guidestripe"], "NUMBER", "no effect"),
  rawSequences: flag(["-K", "--rawsequences"], "no effect"),
  noNewlines: flag(["-L", "--nonewlines"], "no effect: a last newline is always added"),
  trimBlanks: flag(["-M", "--trimblanks"], "no effect"),
  noConvert: flag(["-N", "--noconvert"], "no effect"),
  bookStyle: flag(["-O", "--bookstyle"], "no effect"),
  positionLog: flag(["-P", "--positionlog"], "no effect"),
  quoteString: text(["-Q", "--quotestr"], "REGEX", "no effect"),
  restricted: flag(["-R", "--restricted"], "no access to other files"),
  softWrap: flag(["-S", "--softwrap"], "show long lines in several rows"),
  tabSize: text(["-T", "--tabsize"], "NUMBER", "no effect: tabs are eight columns"),
  quickBlank: flag(["-U", "--quickblank"], "messages go away at the next key"),
  wordBounds: flag(["-W", "--wordbounds"], "no effect"),
  wordChars: text(["-X", "--wordchars"], "STRING", "no effect"),
  syntax: text(["-Y", "--syntax"], "NAME", "no effect: there are no colours"),
  zap: flag(["-Z", "--zap"], "Backspace or Delete erases the marked region"),
  atBlanks: flag(["-a", "--atblanks"], "no effect"),
  breakLong: flag(["-b", "--breaklonglines"], "no effect"),
  constantShow: flag(["-c", "--constantshow"], "always show the position"),
  rebindDelete: flag(["-d", "--rebinddelete"], "no effect"),
  emptyLine: flag(["-e", "--emptyline"], "no effect"),
  rcFile: text(["-f", "--rcfile"], "FILE", "read this nanorc only"),
  showCursor: flag(["-g", "--showcursor"], "no effect"),
  autoIndent: flag(["-i", "--autoindent"], "indent new lines as the one before"),
  jumpyScrolling: flag(["-j", "--jumpyscrolling"], "no effect"),
  cutFromCursor: flag(["-k", "--cutfromcursor"], "cut from the cursor to the line's end"),
  lineNumbers: flag(["-l", "--linenumbers"], "line numbers"),
  mouse: flag(["-m", "--mouse"], "no effect"),
  noRead: flag(["-n", "--noread"], "do not read the file"),
  operatingDir: unsimulated(["-o", "--operatingdir"], "stay below a directory", "the directory is not enforced", "DIR"),
  preserve: flag(["-p", "--preserve"], "no effect"),
  indicator: flag(["-q", "--indicator"], "no effect"),
  fill: text(["-r", "--fill"], "NUMBER", "no effect"),
  speller: text(["-s", "--speller"], "PROGRAM", "no effect"),
  saveOnExit: flag(["-t", "--saveonexit"], "save changes on exit without a question"),
  unix: flag(["-u", "--unix"], "save in Unix format"),
  view: flag(["-v", "--view"], "look only"),
  noWrap: flag(["-w", "--nowrap"], "a long line stays one line"),
  noHelp: flag(["-x", "--nohelp"], "no key lists"),
  afterEnds: flag(["-y", "--afterends"], "no effect"),
  suspendable: flag(["-z", "--suspendable"], "no effect"),
  stateFlags: flag(["-%", "--stateflags"], "show state letters in the title"),
  miniBar: flag(["-_", "--minibar"], "no effect"),
  zero: flag(["-0", "--zero"], "no effect"),
  modernBindings: flag(["-/", "--modernbindings"], "no effect"),
  magic: flag(["-!", "--magic"], "no effect"),
};

export default gnu({
  name: "nano",
  path: "/bin/nano",
  project: "GNU nano",
  version: "7.2",
  versionText: " GNU nano, version 7.2\n Simulated: same keys and screens as the real program, own code.\n",
  summary: "edit text files",
  synopsis: ["[OPTIONS] [[+LINE[,COLUMN]] FILE]..."],
  description: ["A small editor: the most useful keys are shown at the bottom, ^G shows the others."],
  options,
  operands: "files",
  tryLine: (argv0) => `Type '${argv0} -h' for a list of available options.\n`,
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg)),
  *run({ options: chosen, operands, sys, argv0 }, io) {
    const set = chosen.ignoreRc ? new Set<string>() : yield* readSettings(sys, chosen.rcFile);
    const on = (name: string, given: boolean) => given || set.has(name);
    const editing: NanoOptions = {
      lineNumbers: on("linenumbers", chosen.lineNumbers), softWrap: on("softwrap", chosen.softWrap), whitespace: false, helpLines: !on("nohelp", chosen.noHelp), viewMode: chosen.view,
      autoIndent: on("autoindent", chosen.autoIndent), hardWrap: false, recording: false, stateFlags: on("stateflags", chosen.stateFlags), constantPosition: on("constantshow", chosen.constantShow),
      cutFromCursor: on("cutfromcursor", chosen.cutFromCursor), smartHome: on("smarthome", chosen.smartHome), tabsToSpaces: on("tabstospaces", chosen.tabsToSpaces), locking: on("locking", chosen.locking),
      backup: on("backup", chosen.backup), noNewline: false, quickBlank: on("quickblank", chosen.quickBlank), zap: on("zap", chosen.zap), saveOnExit: on("saveonexit", chosen.saveOnExit),
      multiBuffer: on("multibuffer", chosen.multiBuffer), caseSensitive: set.has("casesensitive"), regexp: set.has("regexp"), backwards: false, historyLog: on("historylog", chosen.historyLog) && argv0 !== "rnano",
    };
    const files: FileRequest[] = [];
    let line: number | undefined;
    let column: number | undefined;
    for (const operand of operands) {
      const place = /^\+(-?\d*)(?:,(-?\d+))?$/.exec(operand);
      if (place && operand !== "+" && files.length < operands.length - 1) {
        line = place[1] ? Number(place[1]) : undefined;
        column = place[2] === undefined ? (line === undefined ? undefined : 1) : Number(place[2]);
        continue;
      }
      files.push({ name: operand, line, column });
      line = undefined;
      column = undefined;
    }
    if (!sys.isatty(1) || !sys.isatty(0)) {
      yield* io.stderr(sys.isatty(0) ? "Standard output is not a terminal\n" : "Standard input is not a terminal\n");
      return 1;
    }
    const terminal = yield* RawTerminal.open(sys, 1, 100_000);
    return yield* runNano(new NanoEditor(io, editing, terminal), files);
  },
});

/** The options that nanorc files turn on. */
function* readSettings(sys: Sys, only: string | undefined): Blocking<Set<string>> {
  const set = new Set<string>();
  const home = sys.environment.get("HOME");
  const files = only === undefined ? ["/etc/nanorc", ...(home === undefined ? [] : [`${home}/.nanorc`])] : [only];
  for (const file of files) {
    try {
      for (const line of ((yield* readTextFile(sys, file)) ?? "").split("\n")) {
        const found = /^\s*(set|unset)\s+(\w+)/.exec(line);
        if (found?.[1] === "set") set.add(found[2] ?? "");
        else if (found) set.delete(found[2] ?? "");
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return set;
}
