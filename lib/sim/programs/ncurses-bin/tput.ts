// tput(1) of ncurses 6.4: capabilities by their terminfo names, for shell scripts.
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { findEntry } from "../kit/terminfo/database.ts";
import { type Entry, kindOf, longName } from "../kit/terminfo/entry.ts";
import { expandCapability } from "../kit/terminfo/parameters.ts";
import { initStrings, NCURSES_VERSION, putCapability, sizeOf } from "./_terminal.ts";

/** Their first parameters are numbers, the rest texts (tput(1), tparm_type). */
const WITH_TEXTS: ReadonlyMap<string, number> = new Map([["pfkey", 1], ["pfloc", 1], ["pfx", 1], ["pln", 1], ["pfxl", 1]]);

const numberOf = (word: string): number => (/^[-+]?(?:0x[0-9a-fA-F]+|\d+)$/.test(word) ? Number(word) : 0);

/** One request with its parameters from the front of `words`; the status, and how many words it took. */
function* answer(sys: Sys, io: Io, entry: Entry, words: readonly string[], keepScrollback: boolean): Blocking<{ readonly status: number; readonly taken: number }> {
  const [name = ""] = words;
  const out = (status: number, taken = 1): { readonly status: number; readonly taken: number } => ({ status, taken });
  if (name === "longname") {
    yield* sys.write(1, encode(longName(entry)));
    return out(0);
  }
  if (name === "clear") {
    if (!entry.strings.has("clear")) return out(1);
    yield* putCapability(sys, 1, entry.strings.get("clear"));
    if (!keepScrollback) yield* putCapability(sys, 1, entry.strings.get("E3"));
    return out(0);
  }
  if (name === "init" || name === "reset") {
    const fd = [2, 1, 0].find((candidate) => sys.isatty(candidate));
    if (fd === undefined) {
      yield* io.stderr(`${io.argv0}: terminal attributes: No such device or address\n\n`);
      return out(1);
    }
    yield* initStrings(sys, 1, entry, name === "reset");
    return out(0);
  }
  if (name === "cols" || name === "lines") {
    yield* sys.write(1, encode(`${sizeOf(sys, entry, name)}\n`));
    return out(0);
  }
  const kind = entry.booleans.has(name) ? "boolean" : entry.numbers.has(name) ? "number" : entry.strings.has(name) ? "string" : kindOf(name);
  if (kind === "boolean") return out(entry.booleans.get(name) === true ? 0 : 1);
  if (kind === "number") {
    yield* sys.write(1, encode(`${entry.numbers.get(name) ?? -1}\n`));
    return out(0);
  }
  if (kind === undefined) {
    yield* io.warn(`unknown terminfo capability '${name}'`);
    return out(4);
  }
  const string = entry.strings.get(name);
  if (string === undefined) return out(1, words.length);
  const wanted = /%p[1-9]/.test(string) ? Math.max(0, ...[...string.matchAll(/%p([1-9])/g)].map((match) => Number(match[1]))) : 0;
  const given = words.slice(1, 1 + wanted);
  if (given.length === 0) yield* putCapability(sys, 1, string);
  else {
    const numbers = WITH_TEXTS.get(name) ?? 9;
    yield* putCapability(sys, 1, expandCapability(string, given.map((word, index) => (index < numbers ? numberOf(word) : word))));
  }
  return out(0, 1 + given.length);
}

function* readAll(sys: Sys): Blocking<string> {
  let whole = "";
  for (;;) {
    const bytes = yield* sys.read(0, 4096);
    if (bytes.length === 0) return whole;
    whole += decode(bytes);
    if (sys.charge(1 + (bytes.length >> 4))) yield* sys.preempt();
  }
}

export default gnu({
  name: "tput", summary: "send a terminal what terminfo says, or ask terminfo", synopsis: ["[-T TERM] CAPNAME [PARAMETER]...", "[-T TERM] [-x] clear", "[-T TERM] init|reset|longname", "[-T TERM] -S"], operands: "none",
  versionLetter: "V", versionText: NCURSES_VERSION, usageShowsHelp: true, usageStatus: 2, failureStatus: 2, parsing: { stopAtOperand: true },
  options: { terminal: text(["-T"], "TERM", "the terminal that is meant, in place of $TERM"), fromInput: flag(["-S"], "read capabilities from standard input"), keep: flag(["-x"], "leave the scrollback as it is") },
  exitStatuses: [["0", "the string was written, or the flag is true"], ["1", "the flag is false or the string absent"], ["2", "usage error"], ["3", "unknown terminal"], ["4", "unknown capability"]],
  seeAlso: ["clear(1)", "infocmp(1)", "stty(1)", "tabs(1)"],
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0 && !options.fromInput) io.usage();
    const name = options.terminal ?? sys.environment.get("TERM") ?? "";
    if (name === "") {
      yield* io.warn("No value for $TERM and no -T specified");
      return 2;
    }
    const found = yield* findEntry(sys, name);
    if (found === undefined) {
      yield* io.warn(`unknown terminal "${name}"`);
      return 3;
    }
    try {
      if (!options.fromInput) {
        let left = operands;
        let status = 0;
        while (left.length > 0 && status !== 4) {
          const done = yield* answer(sys, io, found.entry, left, options.keep);
          status = done.status;
          left = left.slice(done.taken);
        }
        return status;
      }
      let failures = 0;
      for (const line of (yield* readAll(sys)).split("\n")) {
        const parts = line.trim().split(/\s+/).filter((part) => part !== "");
        if (parts.length > 0 && (yield* answer(sys, io, found.entry, parts, options.keep)).status !== 0) failures++;
      }
      return failures === 0 ? 0 : 4 + failures;
    } catch (error) {
      if (error instanceof SysError) io.die(error.message, 2);
      throw error;
    }
  },
});
