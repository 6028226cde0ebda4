// toe(1): the terminals that the databases describe, in the order of their directories.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, partly, text } from "../kit/gnu.ts";
import { databases, entryPath, readEntryFile } from "../kit/terminfo/database.ts";
import { type Entry, firstName, longName } from "../kit/terminfo/entry.ts";
import { parseEntries } from "../kit/terminfo/entry-source.ts";
import { readTextFile } from "../kit/accounts.ts";
import { NCURSES_VERSION } from "./_terminal.ts";

function namesIn(sys: Sys, path: string): readonly string[] | undefined {
  try {
    return sys.readdir(path).map(({ name }) => name);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** Each description once, by its first name. */
function* entriesOf(sys: Sys, directory: string): Blocking<readonly Entry[]> {
  const found = new Map<string, Entry>();
  for (const letter of namesIn(sys, directory) ?? []) {
    for (const name of namesIn(sys, `${directory}/${letter}`) ?? []) {
      if (sys.charge(20)) yield* sys.preempt();
      const entry = yield* readEntryFile(sys, entryPath(directory, name));
      if (entry !== undefined && firstName(entry) === name) found.set(name, entry);
    }
  }
  return [...found.values()];
}

const line = (entry: Entry): string => `${firstName(entry).padEnd(10)}\t${longName(entry)}\n`;

export default gnu({
  name: "toe", summary: "list the entries of the terminfo databases", synopsis: ["[-ahsV] [DIRECTORY]...", "[-u|-U] FILE"], operands: "directories", usageShowsHelp: true, versionLetter: "V", versionText: NCURSES_VERSION,
  options: {
    all: flag(["-a"], "of all databases, not only of the first that there is"), head: flag(["-h"], "say of which directory"), sort: flag(["-s"], "sort by name"), verbose: partly(text(["-v"], "NUM", "how much to tell of what is done"), "accepted"),
    uses: text(["-u"], "FILE", "which entries of a source use which others"), usedBy: text(["-U"], "FILE", "which entries of a source are used by which others"),
  },
  seeAlso: ["infocmp(1)", "tic(1)"],
  *run({ options, operands, sys }, io: Io) {
    const source = options.uses ?? options.usedBy;
    if (source !== undefined) {
      const words = yield* readTextFile(sys, source);
      if (words === undefined) io.die(`${source}: No such file or directory`);
      const { entries } = parseEntries(words, true);
      for (const { names, uses } of entries) {
        const name = names.split("|")[0] ?? "";
        const shown = options.uses !== undefined ? uses : entries.filter((other) => other.uses.includes(name)).map((other) => other.names.split("|")[0] ?? "");
        if (shown.length > 0) io.out.put(`${name}:${shown.map((one) => ` ${one}`).join("")}\n`);
      }
      return 0;
    }
    const present = (operands.length > 0 ? operands : databases(sys)).filter((directory) => namesIn(sys, directory) !== undefined);
    const shown: Entry[] = [];
    for (const directory of options.all || operands.length > 0 ? present : present.slice(0, 1)) {
      if (options.head) io.out.put(`#\n#${directory}:\n#\n`);
      const entries = yield* entriesOf(sys, directory);
      if (options.sort) shown.push(...entries);
      else io.out.put(entries.map(line).join(""));
    }
    io.out.put([...shown].sort((a, b) => (firstName(a) < firstName(b) ? -1 : 1)).map(line).join(""));
    return 0;
  },
});
