// infocmp(1): a compiled description as source, or what two of them have in common and what not.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text, unsimulated, word } from "../kit/gnu.ts";
import { BOOLEAN_NAMES, NUMBER_NAMES, STRING_NAMES } from "../kit/terminfo/capability-names.ts";
import { compileEntry } from "../kit/terminfo/compiled-entry.ts";
import { databases, entryPath, findEntry, readEntryFile } from "../kit/terminfo/database.ts";
import { type Entry, emptyEntry, firstName, kindOf } from "../kit/terminfo/entry.ts";
import { entryText, escapeCapability } from "../kit/terminfo/entry-text.ts";
import { NCURSES_VERSION } from "./_terminal.ts";

const SORTS: ReadonlyMap<string, "terminfo" | "variables" | "termcap" | "database"> = new Map([["d", "database"], ["i", "terminfo"], ["l", "variables"], ["c", "termcap"]]);

type Comparison = "different" | "common" | "neither";

const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function* load(sys: Sys, io: Io, name: string, directory: string | undefined): Blocking<{ readonly entry: Entry; readonly path: string }> {
  if (directory !== undefined) {
    const entry = yield* readEntryFile(sys, entryPath(directory, name));
    return entry === undefined ? io.die(`couldn't open terminfo file ${entryPath(directory, name)}.`) : { entry, path: entryPath(directory, name) };
  }
  const found = yield* findEntry(sys, name);
  return found ?? io.die(`couldn't open terminfo file ${name === "" ? "" : entryPath(databases(sys).at(-1) ?? "", name)}.`);
}

const flagText = (value: boolean | undefined): string => (value === true ? "T" : "F");
const numberText = (value: number | undefined): string => (value === undefined ? "NULL" : String(value));
const stringText = (value: string | undefined): string => (value === undefined ? "NULL" : `'${escapeCapability(value)}'`);

function comparison(first: Entry, second: Entry, how: Comparison, extended: boolean): string {
  let out = `comparing ${firstName(first)} to ${firstName(second)}.\n`;
  const names = (table: readonly { readonly name: string }[], ...maps: readonly ReadonlyMap<string, unknown>[]): readonly string[] =>
    [...new Set([...table.map(({ name }) => name).filter((name) => extended || !name.startsWith("OT")), ...(extended ? maps.flatMap((map) => [...map.keys()]).filter((name) => kindOf(name) === undefined) : [])])].sort(compareNames);
  const part = <T>(title: string, table: readonly { readonly name: string }[], one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>, show: (value: T | undefined) => string, mark: string): void => {
    out += `    comparing ${title}.\n`;
    for (const name of names(table, one, other)) {
      const [a, b] = [one.get(name), other.get(name)];
      const absent = title !== "booleans" && a === undefined && b === undefined;
      if (how === "neither") {
        if (absent) out += `\t!${name}.\n`;
      } else if (how === "common") {
        if (!absent && show(a) === show(b)) out += `\t${name}= ${show(a)}.\n`;
      } else if (show(a) !== show(b)) out += `\t${name}: ${show(a)}${mark}${show(b)}.\n`;
    }
  };
  part("booleans", BOOLEAN_NAMES, first.booleans, second.booleans, flagText, ":");
  part("numbers", NUMBER_NAMES, first.numbers, second.numbers, numberText, ", ");
  part("strings", STRING_NAMES, first.strings, second.strings, stringText, ", ");
  return out;
}

/** What is left of the first when the others are used, and what they have that it has not. */
function difference(entry: Entry, others: readonly Entry[]): { readonly rest: Entry; readonly cancelled: ReadonlySet<string> } {
  const rest = emptyEntry(entry.names);
  const cancelled = new Set<string>();
  const merged = <T>(select: (one: Entry) => ReadonlyMap<string, T>): ReadonlyMap<string, T> => new Map([...others].reverse().flatMap((one) => [...select(one)]));
  const subtract = <T>(own: ReadonlyMap<string, T>, used: ReadonlyMap<string, T>, into: Map<string, T>): void => {
    for (const [name, value] of own) if (used.get(name) !== value) into.set(name, value);
    for (const name of used.keys()) if (!own.has(name)) cancelled.add(name);
  };
  subtract(entry.booleans, merged((one) => one.booleans), rest.booleans);
  subtract(entry.numbers, merged((one) => one.numbers), rest.numbers);
  subtract(entry.strings, merged((one) => one.strings), rest.strings);
  return { rest, cancelled };
}

export default gnu({
  name: "infocmp", summary: "show what terminfo knows of a terminal, or how two differ", synopsis: ["[OPTIONS] [-A DIRECTORY] [-B DIRECTORY] [TERMNAME...]"], operands: "none", usageShowsHelp: true, versionLetter: "V", versionText: NCURSES_VERSION,
  options: {
    single: flag(["-0"], "one long line"), column: flag(["-1"], "one capability a line"), width: text(["-w"], "WIDTH", "so many columns instead of 60"),
    terminfo: flag(["-I"], "terminfo's names"), long: flag(["-L"], "the names of C's variables"), termcap: flag(["-C"], "termcap's names"), everything: flag(["-r"], "with -C, also what BSD's termcap did not have"), limits: flag(["-T"], "no limit of size"),
    extended: flag(["-x"], "also capabilities that are not standard"), different: flag(["-d"], "list what differs"), common: flag(["-c"], "list what is the same"), neither: flag(["-n"], "list what neither has"),
    uses: flag(["-u"], "the first as source that uses the others"), databases: flag(["-D"], "list the databases"), first: text(["-A"], "DIRECTORY", "the database of the first terminal"), others: text(["-B"], "DIRECTORY", "the database of the others"),
    brief: flag(["-q"], "no heading"), sort: word(["-s"], "ORDER", [["d"], ["i"], ["l"], ["c"]], "sort as in the database, or by terminfo's, long or termcap's names"), unprocessed: flag(["-U"], "leave entries as they are"), dump: text(["-Q"], "NUM", "the compiled bytes: 1 in hexadecimal, 2 in base64, 3 both"),
    initial: unsimulated(["-i"], "explain initialisation and reset strings", "read is1, is2, rs1 and rs2 themselves"), tables: unsimulated(["-E", "-e"], "C tables", "nothing here compiles C"), files: unsimulated(["-F"], "compare two sources", "compile them with tic and compare the terminals"),
  },
  seeAlso: ["captoinfo(1)", "tic(1)", "toe(1)", "tput(1)"],
  *run({ options, operands, sys }, io: Io) {
    if (options.databases) {
      io.out.put(databases(sys).map((path) => `${path}\n`).join(""));
      return 0;
    }
    const names = operands.length > 0 ? operands : [sys.environment.get("TERM") ?? ""];
    const loaded: { readonly entry: Entry; readonly path: string }[] = [];
    for (const [index, name] of names.entries()) loaded.push(yield* load(sys, io, name, index === 0 ? options.first : options.others));
    const [first, ...others] = loaded;
    if (first === undefined) return 1;
    const how: Comparison | undefined = options.different ? "different" : options.common ? "common" : options.neither ? "neither" : undefined;
    if (!options.uses && (how !== undefined || others.length > 0)) {
      for (const other of others) io.out.put(comparison(first.entry, other.entry, how ?? "different", options.extended));
      if (others.length === 0) yield* io.warn("requires at least two terminal names");
      return others.length === 0 ? 1 : 0;
    }
    if (options.dump !== undefined) {
      const bytes = compileEntry(first.entry);
      io.out.put(`hex:${[...bytes].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("")}\n`);
      return 0;
    }
    const width = Number(options.width ?? "60");
    const style = options.long ? "variables" : options.termcap ? "termcap" : "terminfo";
    const { rest, cancelled } = options.uses ? difference(first.entry, others.map(({ entry }) => entry)) : { rest: first.entry, cancelled: undefined };
    if (!options.brief && !options.uses) io.out.put(`#\tReconstructed via infocmp from file: ${first.path}\n`);
    const text = entryText(rest, {
      names: style, lines: options.single ? "single" : options.column ? "column" : "wrapped", width: Number.isNaN(width) || width < 1 ? 60 : width, extended: options.extended, obsolete: options.extended || options.terminfo || options.long || options.termcap,
      everyTermcap: options.everything || options.limits, sort: SORTS.get(options.sort ?? "") ?? (style === "termcap" ? "termcap" : options.terminfo || options.long ? "variables" : "terminfo"),
      ...(options.uses && { uses: others.map(({ entry }) => firstName(entry)) }), ...(cancelled && { cancelled }),
    });
    io.out.putLatin1(text);
    return 0;
  },
});
