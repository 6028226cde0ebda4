// man: manual pages on a pager (man(1), man-db 2.11.2).
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { CorruptData } from "../kit/compression/byte-source.ts";
import { NotGzip } from "../kit/compression/gzip-format.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, counted, flag, gnu, optionalText, text, unsimulated } from "../kit/gnu.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { waitFor } from "../kit/shell-command.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { isUtf8 } from "../kit/locale.ts";
import type { Device } from "../kit/roff/glyphs.ts";
import { formatPage } from "../kit/roff/terminal.ts";
import { type PageFile, SECTIONS, listPages, localManualPath, manualPath, readPage } from "./_pages.ts";
import { lineWidth, readEntries } from "./_search.ts";

const NOT_FOUND = 16;

/** Without overstrikes, as man writes to what is no terminal. */
const plain = (text: string): string => text.replace(/.\x08/gu, "");

/** $MANPAGER, $PAGER, or pager(1) with man's prompt; runs through the shell, as it may have arguments. */
function* page(sys: Sys, io: Io, given: string | undefined, title: string, output: string): Blocking<number> {
  const pager = given ?? sys.environment.get("MANPAGER") ?? sys.environment.get("PAGER") ?? "";
  const [read, write] = sys.pipe();
  yield* io.out.flush();
  const prompt = `${io.word(" Manual page ")}${title.replace(/[.:?%\\]/g, "\\$&")} ?ltline %lt?L/%L.:byte %bB?s/%s..?e (END):?pB %pB\\%.. (press h for help or q to quit)`;
  const environment = new Map(sys.environment).set("MAN_PN", title).set("LESS", sys.environment.get("MANLESS") ?? `-ix8RmPm${prompt}$PM${prompt}$`).set("LESSCHARSET", "utf-8");
  const pid = sys.fork(function* (child): Blocking<number> {
    child.close(write);
    child.dup2(read, 0);
    child.close(read);
    const failed = pager === "" || pager === "pager" || pager === "less" ? yield* execSearching(child, pager === "less" ? "less" : "pager", [pager === "less" ? "less" : "pager"], environment) : yield* execSearching(child, "/bin/sh", ["sh", "-c", pager], environment);
    yield* io.stderr(`man: can't execute ${pager === "" ? "pager" : pager}: ${failed.message}\n`);
    return 127;
  });
  sys.close(read);
  try {
    yield* sys.write(write, encode(output));
  } catch (error) {
    // the reader has seen enough
    if (!(error instanceof SysError) || error.errno !== "EPIPE") throw error;
  }
  sys.close(write);
  const ended = yield* waitFor(sys, pid);
  return ended.kind === "exited" ? ended.status : 3;
}

/** man leaves a border: 39 columns of 40, and at least two. */
const textColumns = (width: number): number => Math.min(Math.floor((width * 39) / 40), width - 2);

/** man(7) files by their name; "git commit" tries git-commit first. */
function* find(sys: Sys, name: string, sections: readonly string[] | undefined, path: readonly string[]): Blocking<readonly PageFile[]> {
  return (yield* listPages(sys, path, sections)).filter((one) => one.name === name);
}

/** -K: the pages whose sources have a text. */
function* pagesWith(sys: Sys, text: string, sections: readonly string[] | undefined, path: readonly string[], { isRegex, matchCase }: { readonly isRegex: boolean; readonly matchCase: boolean }): Blocking<readonly PageFile[]> {
  const regex = isRegex ? compileRegex(text, { syntax: "ere", ignoreCase: !matchCase }) : undefined;
  const wanted = matchCase ? text : text.toLowerCase();
  const found: PageFile[] = [];
  for (const file of yield* listPages(sys, path, sections)) {
    try {
      const source = yield* readPage(sys, file.path, path.find((directory) => file.path.startsWith(`${directory}/`)));
      if (sys.charge(20 + (source.length >> 6))) yield* sys.preempt();
      if (regex ? source.split("\n").some((line) => regex.test(line)) : (matchCase ? source : source.toLowerCase()).includes(wanted)) found.push(file);
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof CorruptData) && !(error instanceof NotGzip)) throw error;
    }
  }
  return found;
}

/** --regex and --wildcard: "name.section" of what matches by name or summary. */
function* matching(sys: Sys, io: Io, pattern: string, sections: readonly string[] | undefined, { regex, namesOnly, matchCase, locale }: { readonly regex: boolean; readonly namesOnly: boolean; readonly matchCase: boolean; readonly locale: string | undefined }): Blocking<ReadonlySet<string>> {
  let accepts: (text: string) => boolean;
  try {
    const compiled = regex ? compileRegex(pattern, { syntax: "ere", ignoreCase: !matchCase }) : undefined;
    accepts = compiled === undefined ? compileFnmatch(pattern, { ignoreCase: !matchCase }) : (text) => compiled.test(text);
  } catch (error) {
    if (error instanceof RegexSyntaxError) io.die(`fatal: regex \`${pattern}': ${error.message}`, 2);
    throw error;
  }
  const found = yield* readEntries(sys, sections, locale);
  return new Set(found.filter(({ name, summary }) => accepts(name) || (!namesOnly && (regex ? accepts(summary) : summary.split(/\W+/).some(accepts)))).map(({ name, section }) => `${name}.${section}`));
}

export default gnu({
  name: "man", versionText: "man 2.11.2\n", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, usageStatus: 1, summary: "show a page of the reference manual", synopsis: ["[OPTION...] [SECTION] PAGE..."],
  options: {
    config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones"), debug: flag(["-d", "--debug"], "report every step, to find errors"), default: flag(["-D", "--default"], "forget the options that came before"), apropos: flag(["-k", "--apropos"], "equivalent to apropos"), whatis: flag(["-f", "--whatis"], "equivalent to whatis"), globalApropos: flag(["-K", "--global-apropos"], "look for a word in the text of all pages"), localFile: flag(["-l", "--local-file"], "the arguments are files, not names of pages"),
    where: counted(["-w", "--where", "--path", "--location"], "tell which file would be shown"), locale: text(["-L", "--locale"], "LOCALE", "use LOCALE this time, not the environment's"), systems: text(["-m", "--systems"], "SYSTEM", "manual pages of SYSTEM, installed beside our own"), manpath: text(["-M", "--manpath"], "PATH", "look for pages in these directories"), sections: text(["-S", "-s", "--sections"], "LIST", "sections to search in this order, separated by colons"), extension: text(["-e", "--extension"], "EXTENSION", "only pages whose section ends in EXTENSION (3ssl)"),
    ignoreCase: flag(["-i", "--ignore-case"], "capitals of a name do not matter, as without options"), matchCase: flag(["-I", "--match-case"], "capitals of a name matter"), regex: flag(["--regex"], "pages whose name or summary matches a regular expression"), wildcard: flag(["--wildcard"], "pages whose name or summary matches a pattern of the shell"), namesOnly: flag(["--names-only"], "--regex and --wildcard look at names alone"),
    all: flag(["-a", "--all"], "every page of that name, one after another"), update: flag(["-u", "--update"], "compare the index with the files first"), noSubpages: flag(["--no-subpages"], "operands are not joined: man git log is not git-log"), pager: text(["-P", "--pager"], "PAGER", "PAGER shows the page"), prompt: text(["-r", "--prompt"], "STRING", "the prompt of less, in its last line"),
    whereCat: flag(["-W", "--where-cat", "--location-cat"], "tell where the formatted page would be kept"), recode: text(["-R", "--recode"], "ENCODING", "print the source of the page"), ascii: flag(["-7", "--ascii"], "letters of Latin-1 as ASCII, on terminals that lack them"), encoding: text(["-E", "--encoding"], "ENCODING", "format for a terminal with this encoding"),
    noHyphenation: flag(["--no-hyphenation", "--nh"], "divide no words"), noJustification: flag(["--no-justification", "--nj"], "leave the right margin ragged"), preprocessor: text(["-p", "--preprocessor"], "STRING", "what to run before: t for tables"), warnings: optionalText(["--warnings"], "WARNINGS", "warnings of the formatter"), catman: flag(["-c", "--catman"], "as catman asks, for pages kept formatted"),
    device: optionalText(["-T", "--troff-device"], "DEVICE", "format for DEVICE: ascii or utf8"), troff: unsimulated(["-t", "--troff"], "format for a printer", "pages are formatted for terminals only"), html: unsimulated(["-H", "--html"], "show the page in a browser", "there is no browser", "BROWSER"), gxditview: unsimulated(["-X", "--gxditview"], "show the page in a window of X", "there is no gxditview", "RESOLUTION"), ditroff: unsimulated(["-Z", "--ditroff"], "stop at troff's intermediate output", "pages are formatted for terminals only"),
  },
  operands: "commands", parsing: { stopAtOperand: true },
  rewrite: (args, sys) => [...(sys.environment.get("MANOPT") ?? "").split(/\s+/).filter((word) => word !== ""), ...args], exitStatuses: [["0", "success"], ["1", "wrong options, or an error in the configuration"], ["2", "operational error"], ["3", "a program that man started failed"], ["16", "a page, file or keyword was not found"]],
  *run({ options, operands, sys }, io: Io) {
    if (options.apropos || options.whatis) {
      yield* io.out.flush();
      const command = options.apropos ? "apropos" : "whatis";
      const failed = yield* execSearching(sys, command, [command, ...(options.sections === undefined ? [] : ["-s", options.sections]), ...operands]);
      io.die(`can't execute ${command}: ${failed.message}`, 3);
    }
    const usual = options.manpath?.split(":") ?? (yield* manualPath(sys));
    if (options.where > 0 && operands.length === 0) {
      io.out.put(`${usual.join(":")}\n`);
      return 0;
    }
    if (options.catman && options.where > 0) io.usage("-c -w : incompatible options");
    const path = yield* localManualPath(sys, usual, options.locale);
    const words = [...operands];
    const isSection = (word: string): boolean => SECTIONS.includes(word) || /^[1-9][a-z]*$/.test(word);
    let sections = options.sections?.split(/[:,]/) ?? sys.environment.get("MANSECT")?.split(":");
    let given = "";
    if (words.length === 0) {
      yield* io.stderr("What manual page do you want?\nFor example, try 'man man'.\n");
      return 1;
    }
    const [only = ""] = words;
    if (words.length === 1 && !options.localFile && !options.globalApropos && isSection(only)) {
      yield* io.stderr(`No manual entry for ${only}\n(Alternatively, what manual page do you want from section ${only}?)\nFor example, try 'man man'.\n`);
      return 1;
    }
    let device: Device = isUtf8(sys.environment) ? "utf8" : "ascii";
    if (options.encoding !== undefined) device = /^utf-?8$/i.test(options.encoding) ? "utf8" : "ascii";
    if (options.device === "ascii" || options.device === "latin1") device = "ascii";
    else if (options.device === "utf8") device = "utf8";
    else if (options.device !== undefined) {
      yield* io.stderr(`man: groff: the device ${options.device === true ? "ps" : options.device} is not simulated: pages are formatted for terminals only\n`);
      return 3;
    }
    let shown = 0;
    const show = function* (file: PageFile): Blocking<void> {
      if (options.where > 0 && !options.whereCat) {
        io.out.put(`${file.path}\n`);
        return;
      }
      if (options.whereCat) {
        io.out.put(`${file.path.replace(/^\/usr\/share\/man\/(?:[^/]+\/)?man/, "/var/cache/man/cat")}\n`);
        return;
      }
      if (shown++ > 0 && sys.isatty(1)) {
        yield* io.stderr(`--Man-- next: ${file.name}(${file.section}) [ view (return) | skip (Ctrl-D) | quit (Ctrl-C) ]\n`);
        if ((yield* io.stdin.lines()).length === 0) return;
      }
      let source: string;
      try {
        source = yield* readPage(sys, file.path, path.find((directory) => file.path.startsWith(`${directory}/`)));
      } catch (error) {
        if (!(error instanceof SysError) && !(error instanceof CorruptData) && !(error instanceof NotGzip)) throw error;
        yield* io.stderr(`man: ${file.path}: ${error instanceof SysError ? error.message : "not in gzip format"}\n`);
        io.status = 2;
        return;
      }
      if (options.recode !== undefined) {
        io.out.put(source);
        return;
      }
      if (sys.charge(50 + (source.length >> 4))) yield* sys.preempt();
      // words of other languages are divided by other rules, which are not here
      const isEnglish = !/\/man\/[a-z]{2}(?:_[A-Z]{2})?\/man/.test(file.path) && (options.locale === undefined || /^(?:en|C|POSIX)/.test(options.locale));
      const text = formatPage(source, { width: textColumns(lineWidth(sys)), device, hyphenate: isEnglish && !options.noHyphenation, justify: !options.noJustification });
      if (options.device !== undefined) io.out.put(text);
      else if (!sys.isatty(1)) io.out.put(plain(text));
      else if ((yield* page(sys, io, options.pager, file.section === "" ? file.name : `${file.name}(${file.section})`, text)) !== 0) io.status = 3;
    };
    const missing = function* (name: string): Blocking<void> {
      yield* io.stderr(`No manual entry for ${name}${given === "" ? "" : ` in section ${given}`}\n`);
      io.status = NOT_FOUND;
    };
    for (let at = 0; at < words.length; at++) {
      const name = words[at] ?? "";
      if (!options.localFile && isSection(name) && words[at + 1] !== undefined && !options.globalApropos) {
        given = name;
        sections = [name];
        continue;
      }
      if (options.localFile || name.includes("/")) {
        try {
          if ((sys.stat(name).mode & 0o170000) === 0o040000) throw new SysError("EISDIR");
          const fd = yield* sys.open(name, O.RDONLY);
          sys.close(fd);
          yield* show({ name, section: "", path: name });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`man: ${name}: ${error.message}\n`);
          if (!options.localFile) yield* missing(name);
          io.status = NOT_FOUND;
        }
        continue;
      }
      if (options.globalApropos) {
        const found = yield* pagesWith(sys, name, sections, path, { isRegex: options.regex, matchCase: options.matchCase });
        for (const file of found) yield* show(file);
        if (found.length === 0) yield* missing(name);
        continue;
      }
      const ofExtension = (files: readonly PageFile[]): readonly PageFile[] => (options.extension === undefined ? files : files.filter(({ section }) => section.endsWith(options.extension ?? "")));
      if (options.regex || options.wildcard) {
        const matches = yield* matching(sys, io, name, sections, options);
        const found = (yield* listPages(sys, path, sections)).filter((file) => matches.has(`${file.name}.${file.section}`)).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
        for (const file of found) yield* show(file);
        if (found.length === 0) yield* missing(name);
        continue;
      }
      const second = words[at + 1];
      let found = second === undefined || options.noSubpages ? [] : yield* find(sys, `${name}-${second}`, sections, path);
      if (found.length > 0) at++;
      else found = yield* find(sys, name, sections, path);
      if (found.length === 0 && !options.matchCase) found = (yield* listPages(sys, path, sections)).filter((one) => one.name.toLowerCase() === name.toLowerCase());
      // "ls.1": a page with its section
      const [, stem, suffix] = /^(.+)\.([0-9nl][a-z0-9]*)$/.exec(name) ?? [];
      if (found.length === 0 && stem !== undefined && suffix !== undefined) found = yield* find(sys, stem, [suffix], path);
      found = ofExtension(found);
      if (found.length === 0) {
        yield* missing(name);
        continue;
      }
      for (const file of options.all ? found : found.slice(0, 1)) yield* show(file);
    }
    return undefined;
  },
});
