// man: manual pages on a pager (man(1), man-db 2.11.2).
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { CorruptData } from "../kit/compression/byte-source.ts";
import { NotGzip } from "../kit/compression/gzip-format.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, counted, flag, gnu, text } from "../kit/gnu.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";
import { waitFor } from "../kit/shell-command.ts";
import { nroff } from "./_nroff.ts";
import { type PageFile, SECTIONS, listPages, localManualPath, manualPath, readPage } from "./_pages.ts";
import { lineWidth } from "./_search.ts";

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

export default gnu({
  name: "man", versionText: "man 2.11.2\n", tryLine: (argv0) => `Try '${argv0} --help' or '${argv0} --usage' for more information.\n`, usageStatus: 1, summary: "show a page of the reference manual", synopsis: ["[OPTION...] [SECTION] PAGE..."],
  options: {
    config: text(["-C", "--config-file"], "FILE", "read these settings instead of the own ones"), debug: flag(["-d", "--debug"], "report every step, to find errors"), default: flag(["-D", "--default"], "forget the options that came before"), apropos: flag(["-k", "--apropos"], "equivalent to apropos"), whatis: flag(["-f", "--whatis"], "equivalent to whatis"), globalApropos: flag(["-K", "--global-apropos"], "look for a word in the text of all pages"), localFile: flag(["-l", "--local-file"], "the arguments are files, not names of pages"),
    where: counted(["-w", "--where", "--path", "--location"], "tell which file would be shown"), locale: text(["-L", "--locale"], "LOCALE", "use LOCALE this time, not the environment's"), systems: text(["-m", "--systems"], "SYSTEM", "manual pages of SYSTEM, installed beside our own"), manpath: text(["-M", "--manpath"], "PATH", "look for pages in these directories"), sections: text(["-S", "-s", "--sections"], "LIST", "sections to search in this order, separated by colons"), extension: text(["-e", "--extension"], "EXTENSION", "only pages whose section ends in EXTENSION (3ssl)"),
    ignoreCase: flag(["-i", "--ignore-case"], "capitals of a name do not matter, as without options"), matchCase: flag(["-I", "--match-case"], "capitals of a name matter"), regex: flag(["--regex"], "pages whose name matches a regular expression"), all: flag(["-a", "--all"], "every page of that name, one after another"), update: flag(["-u", "--update"], "compare the index with the files first"), noSubpages: flag(["--no-subpages"], "operands are not joined: man git log is not git-log"), pager: text(["-P", "--pager"], "PAGER", "PAGER shows the page"), prompt: text(["-r", "--prompt"], "STRING", "the prompt of less, in its last line"),
  },
  operands: "commands", exitStatuses: [["0", "success"], ["1", "wrong options, or an error in the configuration"], ["2", "operational error"], ["3", "a program that man started failed"], ["16", "a page, file or keyword was not found"]],
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
    const path = yield* localManualPath(sys, usual, options.locale);
    const words = [...operands];
    let sections = options.sections?.split(/[:,]/) ?? sys.environment.get("MANSECT")?.split(":");
    if (words.length > 0 && !options.localFile && (SECTIONS.includes(words[0] ?? "") || /^[1-9][a-z]*$/.test(words[0] ?? ""))) {
      if (words.length === 1) {
        yield* io.stderr(`No manual entry for ${words[0] ?? ""}\n(Alternatively, what manual page do you want from section ${words[0] ?? ""}?)\nFor example, try 'man man'.\n`);
        return 1;
      }
      sections = [words.shift() ?? "1"];
    }
    if (words.length === 0) {
      yield* io.stderr("What manual page do you want?\nFor example, try 'man man'.\n");
      return 1;
    }
    let shown = 0;
    const show = function* (file: PageFile): Blocking<void> {
      if (options.where > 0) {
        io.out.put(`${file.path}\n`);
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
      if (sys.charge(50 + (source.length >> 4))) yield* sys.preempt();
      const width = lineWidth(sys);
      // as man-db: no line is longer than the terminal leaves free of the margin
      const text = nroff(source, width);
      if (!sys.isatty(1)) io.out.put(plain(text));
      else if ((yield* page(sys, io, options.pager, `${file.name}(${file.section})`, text)) !== 0) io.status = 3;
    };
    for (let at = 0; at < words.length; at++) {
      const name = words[at] ?? "";
      if (options.localFile || name.includes("/")) {
        try {
          const fd = yield* sys.open(name, O.RDONLY);
          sys.close(fd);
          yield* show({ name: (name.split("/").at(-1) ?? "").replace(/\.[^.]*(?:\.gz)?$/, ""), section: /\.([0-9nl]\w*)(?:\.gz)?$/.exec(name)?.[1] ?? "1", path: name });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`man: ${name}: ${error.message}\nNo manual entry for ${name}\n`);
          io.status = NOT_FOUND;
        }
        continue;
      }
      if (options.globalApropos) {
        const found = yield* pagesWith(sys, name, sections, path, { isRegex: options.regex, matchCase: options.matchCase });
        for (const file of found) yield* show(file);
        if (found.length === 0) {
          yield* io.stderr(`No manual entry for ${name}${sections?.length === 1 ? ` in section ${sections[0]}` : ""}\n`);
          io.status = NOT_FOUND;
        }
        continue;
      }
      const second = words[at + 1];
      let found = second === undefined || options.noSubpages ? [] : yield* find(sys, `${name}-${second}`, sections, path);
      if (found.length > 0) at++;
      else found = yield* find(sys, name, sections, path);
      if (found.length === 0 && !options.matchCase) found = (yield* listPages(sys, path, sections)).filter((one) => one.name.toLowerCase() === name.toLowerCase());
      if (found.length === 0) {
        yield* io.stderr(`No manual entry for ${name}${sections?.length === 1 ? ` in section ${sections[0]}` : ""}\n`);
        io.status = NOT_FOUND;
        continue;
      }
      for (const file of options.all || options.where > 1 ? found : found.slice(0, 1)) yield* show(file);
    }
    return undefined;
  },
});
