// tic(1): descriptions of terminals from their source to the compiled files of a database. captoinfo(1) and infotocap(1) are the same program by other names:
// they translate termcap's way of writing into terminfo's and back.
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { Exit } from "../kit/io.ts";
import { flag, gnu, type Io, partly, text } from "../kit/gnu.ts";
import { compileEntry } from "../kit/terminfo/compiled-entry.ts";
import { databases, findEntry, homeDatabase } from "../kit/terminfo/database.ts";
import { type Entry, firstName } from "../kit/terminfo/entry.ts";
import { parseEntries, resolveEntry } from "../kit/terminfo/entry-source.ts";
import { entryText } from "../kit/terminfo/entry-text.ts";
import { parseTermcap } from "../kit/terminfo/termcap-source.ts";
import { NCURSES_VERSION } from "./_terminal.ts";

function writable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, 2);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** $TERMINFO, /etc/terminfo where it may be written, ~/.terminfo. */
function destination(sys: Sys): string {
  const own = sys.environment.get("TERMINFO");
  if (own !== undefined && own !== "") return own;
  return writable(sys, "/etc/terminfo") ? "/etc/terminfo" : (homeDatabase(sys) ?? "/etc/terminfo");
}

function makeDirectory(sys: Sys, io: Io, path: string): void {
  try {
    sys.mkdir(path, 0o755);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno !== "EEXIST") io.die(`${path}: ${error.errno === "EACCES" ? "permission denied (errno 13)" : error.message}`);
  }
}

/** The file of the first name; the others are links to it. */
function* store(sys: Sys, io: Io, directory: string, entry: Entry): Blocking<void> {
  const names = entry.names.split("|");
  const [first = "", ...aliases] = names.length > 1 ? names.slice(0, -1) : names;
  const pathOf = (name: string): string => `${directory}/${name.charAt(0)}/${name}`;
  makeDirectory(sys, io, directory);
  for (const name of [first, ...aliases]) makeDirectory(sys, io, `${directory}/${name.charAt(0)}`);
  try {
    const fd = yield* sys.open(pathOf(first), O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, compileEntry(entry));
    sys.close(fd);
    for (const alias of aliases) {
      try {
        sys.unlink(pathOf(alias));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      sys.symlink(alias.charAt(0) === first.charAt(0) ? first : `../${first.charAt(0)}/${first}`, pathOf(alias));
    }
  } catch (error) {
    if (error instanceof SysError) io.die(`${pathOf(first)}: ${error.message}`);
    throw error;
  }
}

/** A file's entries with what they use resolved, in its own and then in the databases. */
function* readEntries(sys: Sys, io: Io, path: string, extended: boolean, plain: boolean): Blocking<readonly Entry[]> {
  const latin = yield* readTextFile(sys, path);
  if (latin === undefined) io.die(`${path} No such file or directory`);
  const isTermcap = /^[^#\s][^,\n]*:/m.test(latin) && !/^[^#\s][^:\n]*,/m.test(latin);
  if (isTermcap) return parseTermcap(latin, !plain);
  const { entries, problems } = parseEntries(latin, extended);
  for (const problem of problems) {
    yield* io.stderr(`"${path}", ${problem.place}${problem.terminal === undefined ? "" : `, terminal '${problem.terminal}'`}: ${problem.text}\n`);
    if (problem.fatal) throw new Exit(1);
  }
  const done = new Map<string, Entry>();
  const resolved: Entry[] = [];
  const waiting = [...entries];
  const names = new Set(entries.flatMap((entry) => entry.names.split("|")));
  for (let rounds = 0; waiting.length > 0 && rounds <= entries.length; rounds++) {
    for (const source of [...waiting]) {
      if (source.uses.some((use) => names.has(use) && !done.has(use) && !source.names.split("|").includes(use))) continue;
      if (sys.charge(20)) yield* sys.preempt();
      const known = new Map<string, Entry>();
      for (const use of source.uses) {
        const found = done.get(use) ?? (yield* findEntry(sys, use))?.entry;
        if (found !== undefined) known.set(use, found);
      }
      const missing: string[] = [];
      const entry = resolveEntry(source, (use) => known.get(use), missing);
      if (missing.length > 0) {
        yield* io.stderr(`"${path}", line ${source.lastLine}, terminal '${firstName(entry)}': resolution of use=${missing[0] ?? ""} failed\n`);
        throw new Exit(1);
      }
      for (const name of source.names.split("|")) done.set(name, entry);
      resolved.push(entry);
      waiting.splice(waiting.indexOf(source), 1);
    }
  }
  return resolved;
}

export default gnu({
  name: "tic", links: ["/usr/bin/captoinfo", "/usr/bin/infotocap"], summary: "compile terminal descriptions of terminfo", synopsis: ["[-e NAMES] [-o DIRECTORY] [-w WIDTH] [-01CDIKLNUVcqrsTx] FILE"], operands: "files", usageShowsHelp: true, versionLetter: "V", versionText: NCURSES_VERSION,
  description: ["Compiled descriptions go to $TERMINFO, else to /etc/terminfo where that may be written, else to ~/.terminfo. By the names captoinfo and infotocap nothing is compiled: the source is written to standard output in the other of the two ways."],
  options: {
    single: flag(["-0"], "one long line"), column: flag(["-1"], "one capability a line"), termcap: flag(["-C", "-K"], "write termcap source, compile nothing"), terminfo: flag(["-I"], "write terminfo source, compile nothing"), long: flag(["-L"], "write source with the names of C's variables"),
    check: flag(["-c"], "only look for mistakes"), databases: flag(["-D"], "list where descriptions are looked for; new ones go to the first place"), only: text(["-e"], "NAMES", "only these terminals, with commas between them"), output: text(["-o"], "DIRECTORY", "where the result is written"),
    plain: flag(["-N"], "no defaults for what termcap left out"), resolved: flag(["-r"], "resolve every use="), brief: flag(["-q"], "no heading"), summary: flag(["-s"], "say how many were written and where"), limits: flag(["-T"], "no limit of size"), unprocessed: flag(["-U"], "leave entries as they are"),
    verbose: partly(text(["-v"], "NUM", "how much to tell of what is done"), "accepted"), width: text(["-w"], "WIDTH", "so many columns instead of 60"), extended: flag(["-x"], "keep capabilities that are not standard"),
  },
  parsing: {},
  seeAlso: ["infocmp(1)", "toe(1)", "tput(1)"],
  *run({ options, operands, sys }, io: Io) {
    const self = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
    if (options.databases) {
      const written = options.output ?? destination(sys);
      io.out.put([written, ...databases(sys).filter((path) => path !== written)].filter((path, index) => index === 0 || path === homeDatabase(sys)).map((path) => `${path}\n`).join(""));
      return 0;
    }
    const translates = self !== "tic";
    const path = operands[0] ?? (translates ? (sys.environment.get("TERMCAP") ?? "/etc/termcap") : undefined);
    if (path === undefined) {
      yield* io.stderr(`${io.argv0}: File name needed.  Usage:\n\ttic [-e NAMES] [-o DIRECTORY] [OPTIONS] FILE\n`);
      return 1;
    }
    const wanted = options.only?.split(",");
    const entries = (yield* readEntries(sys, io, path, options.extended, options.plain)).filter((entry) => wanted === undefined || entry.names.split("|").some((name) => wanted.includes(name)));
    const termcap = options.termcap || self === "infotocap";
    if (translates || options.terminfo || options.long || termcap) {
      for (const entry of entries) {
        const width = Number(options.width ?? "60");
        io.out.putLatin1(entryText(entry, {
          names: options.long ? "variables" : termcap ? "termcap" : "terminfo", lines: options.single ? "single" : options.column ? "column" : "wrapped", width: width > 0 ? width : 60, extended: options.extended, obsolete: options.extended || termcap, everyTermcap: options.limits,
          sort: termcap ? "termcap" : options.long ? "variables" : "terminfo",
        }));
      }
      return 0;
    }
    if (options.check) return 0;
    const directory = options.output ?? destination(sys);
    for (const entry of entries) yield* store(sys, io, directory, entry);
    if (options.summary) yield* sys.write(2, encode(`${entries.length} entries written to ${directory}\n`));
    return 0;
  },
});
