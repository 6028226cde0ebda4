// tabs(1): clears a terminal's tab stops and sets others, by writing hts at each of them.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { encode } from "../../kernel/sys.ts";
import { flag, partly, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { findEntry } from "../kit/terminfo/database.ts";
import { helpText } from "../kit/help-text.ts";
import { NCURSES_VERSION, putCapability, sizeOf } from "./_terminal.ts";

/** The layouts that POSIX names after the languages whose sources were punched so. */
const LAYOUTS: ReadonlyMap<string, string> = new Map([
  ["-a", "1,10,16,36,72"], ["-a2", "1,10,16,40,72"], ["-c", "1,8,12,16,20,55"], ["-c2", "1,6,10,14,49"], ["-c3", "1,6,10,14,18,22,26,30,34,38,42,46,50,54,58,62,67"],
  ["-f", "1,7,11,15,19,23"], ["-p", "1,5,9,13,17,21,25,29,33,37,41,45,49,53,57,61"], ["-s", "1,10,55"], ["-u", "1,12,20,44"],
]);

/** Columns of a list; "+8" counts from the one before. Throws the character that does not belong. */
function stopsOf(list: string): readonly number[] | { readonly wrong: string } {
  const stops: number[] = [];
  for (const word of list.split(/[,\s]+/).filter((one) => one !== "")) {
    const wrong = /[^\d]/.exec(word.replace(/^\+/, ""))?.[0];
    if (wrong !== undefined) return { wrong };
    stops.push(word.startsWith("+") ? (stops.at(-1) ?? 0) + Number(word.slice(1)) : Number(word));
  }
  return stops;
}

function ruler(width: number, stops: readonly number[], list: string, regular: boolean): string {
  const scale = Array.from({ length: width }, (_, index) => ((index + 1) % 10 === 0 ? String(((index + 1) / 10) % 10) : (index + 1) % 5 === 0 ? "+" : "-")).join("");
  const expected = Array.from({ length: width }, (_, index) => (stops.includes(index + 1) ? "*" : "-")).join("");
  const inside = stops.filter((stop) => stop <= width).length;
  return `tabs ${list}\n${scale}\n${expected}\n${stops[0] === 1 ? "" : "\t"}${"*\t".repeat(inside)}${regular ? "" : "+"}\n`;
}

const declaration = {
  name: "tabs", summary: "set the tab stops of a terminal", synopsis: ["[OPTIONS] [TABSTOP-LIST]"], operands: "none" as const,
  options: [
    flag(["-0"], "reset tabs"), flag(["-8"], "a stop every eight columns; any number from 1 to 9 will do"), flag(["-a"], "Assembler, IBM S/370, first format"), flag(["-a2"], "Assembler, IBM S/370, second format"), flag(["-c"], "COBOL, normal format"),
    flag(["-c2"], "COBOL, compact format"), flag(["-c3"], "COBOL, compact format extended"), flag(["-d"], "draw a ruler with the expected and the actual stops"), flag(["-f"], "FORTRAN"), flag(["-n"], "change nothing"), flag(["-p"], "PL/I"), flag(["-s"], "SNOBOL"),
    flag(["-u"], "UNIVAC 1100 Assembler"), text(["-T"], "NAME", "the terminal that is meant, in place of $TERM"), flag(["-V"], "print the version of ncurses"), partly(text(["+m"], "NUM", "shift by a left margin"), "accepted, no margin is set"),
  ],
  description: ["The list holds columns in ascending order, with commas or blanks between them: 1,11,21. A number with a plus sign counts from the one before: 1,+10,+10."],
  seeAlso: ["expand(1)", "infocmp(1)", "tput(1)", "tset(1)"],
};

function* apply(sys: Sys, entry: { readonly strings: ReadonlyMap<string, string> }, stops: readonly number[], width: number): Blocking<void> {
  yield* putCapability(sys, 1, entry.strings.get("tbc"));
  yield* sys.write(1, encode("\r"));
  let column = 1;
  for (const stop of stops) {
    const at = Math.min(stop, width);
    if (at > column) {
      yield* sys.write(1, encode(" ".repeat(at - column)));
      column = at;
    }
    yield* putCapability(sys, 1, entry.strings.get("hts"));
  }
}

export default program(
  { ...declaration, showsHelp: true },
  function* (sys, argv, io: Io) {
    let name = sys.environment.get("TERM") ?? "";
    let [list, draw, dry]: [string | undefined, boolean, boolean] = [undefined, false, false];
    let every: number | undefined;
    const wrongUse = function* (): Blocking<number> {
      yield* io.stderr(helpText(declaration, io.argv0, io.helpDomain));
      return 1;
    };
    const columns: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      const layout = LAYOUTS.get(word);
      if (layout !== undefined) list = layout;
      else if (/^-\d$/.test(word)) every = Number(word.slice(1));
      else if (word === "-d") draw = true;
      else if (word === "-n") dry = true;
      else if (word === "-V") {
        io.out.put(NCURSES_VERSION);
        return 0;
      } else if (word.startsWith("-T")) name = word.length > 2 ? word.slice(2) : (argv[++at] ?? "");
      else if (word.startsWith("+m")) continue;
      else if (word.startsWith("-")) return yield* wrongUse();
      else columns.push(word);
    }
    if (columns.length > 0) list = columns.join(",");
    const found = yield* findEntry(sys, name);
    if (found === undefined) {
      yield* io.stderr(name === "" ? "TERM environment variable not set.\n" : `'${name}': unknown terminal type.\n`);
      return 1;
    }
    const { entry } = found;
    const width = Math.max(1, sizeOf(sys, entry, "cols"));
    if (!entry.strings.has("tbc")) io.die(`terminal type '${name}' cannot reset tabs`);
    if (!entry.strings.has("hts")) io.die(`terminal type '${name}' cannot set tabs`);
    const step = list === undefined ? (every ?? 8) : 0;
    const stops = list === undefined ? (step === 0 ? [] : Array.from({ length: Math.ceil(width / step) }, (_, index) => 1 + index * step)) : stopsOf(list);
    if ("wrong" in stops) io.die(`unexpected character found '${stops.wrong}'`);
    if (!dry) {
      yield* apply(sys, entry, stops, width);
      // behind the last of a regular row the cursor goes to the edge
      if (list === undefined && stops.length > 0) yield* sys.write(1, encode(" ".repeat(Math.max(0, width - (stops.at(-1) ?? 1)))));
      if (stops.length > 0) yield* sys.write(1, encode("\r"));
    }
    if (draw) io.out.put(ruler(width, stops, list ?? String(step), list === undefined));
    return 0;
  },
);
