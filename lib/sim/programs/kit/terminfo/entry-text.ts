// A description as infocmp(1) writes it: by default names, then booleans, numbers and strings in lines of 60 columns.

import { BOOLEAN_NAMES, type CapabilityName, NUMBER_NAMES, STRING_NAMES } from "./capability-names.ts";
import { type Entry, kindOf } from "./entry.ts";
import { expandCapability, withoutPadding } from "./parameters.ts";
import { termcapString } from "./termcap-strings.ts";

export interface EntryTextOptions {
  /** the names of capabilities: terminfo's, C's variables, termcap's */
  readonly names: "terminfo" | "variables" | "termcap";
  /** one line, one capability a line, or lines of `width` */
  readonly lines: "single" | "column" | "wrapped";
  readonly width: number;
  readonly extended: boolean;
  /** also those of termcap alone */
  readonly obsolete: boolean;
  /** in termcap's way: also those that BSD's did not have */
  readonly everyTermcap: boolean;
  readonly sort: "terminfo" | "variables" | "termcap" | "database";
  /** names of use= */
  readonly uses?: readonly string[];
  /** names that a use= gives and this one has not */
  readonly cancelled?: ReadonlySet<string>;
}

const LETTERS: ReadonlyMap<number, string> = new Map([[27, "\\E"], [10, "\\n"], [13, "\\r"], [128, "\\0"], [92, "\\\\"], [94, "\\^"], [44, "\\,"]]);

/** A string's bytes as a source writes them. Longer strings write control characters in octal, unless a digit follows. */
export function escapeCapability(text: string, style: EntryTextOptions["names"] = "terminfo"): string {
  let out = "";
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const quoted = text.charCodeAt(at + 2);
    // the character between %' and ' stands as it is
    if (code === 37 && text[at + 1] === "'" && text[at + 3] === "'" && quoted >= 32 && quoted < 127 && quoted !== 92 && quoted !== 44) {
      out += text.slice(at, at + 4);
      at += 3;
      continue;
    }
    // a digit behind "\0" would be read as part of the number
    const letter = code === 92 && style === "variables" ? "\\" : code === 128 && /[0-7]/.test(text[at + 1] ?? "") ? "\\200" : LETTERS.get(code);
    if (style !== "terminfo" && (code === 44 || code === 58)) out += code === 58 ? "\\072" : style === "variables" ? "\\054" : ",";
    else if (letter !== undefined) out += letter;
    else if (code === 32 && (at === 0 || at === text.length - 1) && style !== "termcap") out += "\\s";
    else if ((code === 33 || code === 94) && style === "variables") out += code === 33 ? "\\041" : "\\136";
    else if (code === 127) out += style === "variables" ? "\\177" : "^?";
    else if (code < 32) out += style !== "terminfo" || text.length <= 3 || /\d/.test(text[at + 1] ?? "") ? `^${String.fromCharCode(code + 64)}` : `\\${code.toString(8).padStart(3, "0")}`;
    else if (code > 127) out += `\\${code.toString(8)}`;
    else out += text[at];
  }
  return out;
}

/** acsc's pairs in the order of their first characters. */
function sortedPairs(text: string): string {
  const pairs = text.match(/[\s\S]{1,2}/g) ?? [];
  return pairs.sort((a, b) => a.charCodeAt(0) - b.charCodeAt(0)).join("");
}

/** termcap's "me" leaves the alternate character set alone: what sgr writes for no attribute, without rmacs. */
function plainReset(entry: Entry, sgr0: string): string {
  const sgr = entry.strings.get("sgr");
  if (sgr === undefined) return sgr0;
  return expandCapability(sgr, []).replace(withoutPadding(entry.strings.get("rmacs") ?? ""), "");
}

function numberText(value: number, termcap: boolean): string {
  if (!termcap && value > 255) for (let bits = 8; bits < 32; bits++) if (Math.abs(value - 2 ** bits) <= 1) return `0x${value.toString(16)}`;
  return String(value);
}

/** What BSD's termcap knew (infocmp -C without -T and -r writes no others). */
const BSD = new Set(("bw am xsb xhp xenl eo gn hc km hs in da db mir msgr os eslok xt hz ul xon cols it lines lm xmc pb vt wsl ma cbt bel cr csr tbc clear el ed cmdch cup cud1 home civis cub1 " +
  "mrcup cnorm cuf1 ll cuu1 cvvis dch1 dl1 dsl hd blink bold smcup smdc dim smir rev smso smul ech sgr0 rmcup rmdc rmir rmso rmul flash ff fsl is1 is2 is3 if ich1 il1 ip kbs kdch1 kcud1 kf0 kf1 kf2 " +
  "kf3 kf4 kf5 kf6 kf7 kf8 kf9 khome kich1 kcub1 kll knp kpp kcuf1 kcuu1 rmkx smkx rmm smm nel pad dch dl cud ich indn il cub cuf rin cuu rep rc sc ind ri sgr hts ht tsl uc hu ka1 ka3 kb2 kc1 kc3 smacs rmacs rs2").split(" "));

type Shown = readonly [key: string, text: string, own: boolean];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Names and values of one kind in the order that was asked for. */
function shown(entry: Entry, kind: "boolean" | "number" | "string", options: EntryTextOptions): readonly string[] {
  const table = kind === "boolean" ? BOOLEAN_NAMES : kind === "number" ? NUMBER_NAMES : STRING_NAMES;
  const values: ReadonlyMap<string, boolean | number | string> = kind === "boolean" ? entry.booleans : kind === "number" ? entry.numbers : entry.strings;
  const termcap = options.names === "termcap";
  const order = options.sort;
  const own = options.extended ? [...values.keys()].filter((name) => kindOf(name) === undefined).sort(compare).map((name): CapabilityName => ({ name, termcap: name, variable: name })) : [];
  const found: Shown[] = [];
  for (const capability of [...table, ...own]) {
    const value = values.get(capability.name);
    const cancelled = options.cancelled?.has(capability.name) === true;
    if ((value === undefined || value === false) && !cancelled) continue;
    if (capability.name.startsWith("OT") ? !options.obsolete : termcap && !options.everyTermcap && !BSD.has(capability.name)) continue;
    const name = options.names === "terminfo" ? capability.name : termcap ? (capability.name === "rs2" ? "rs" : capability.termcap) : capability.variable;
    const key = order === "database" ? "" : order === "termcap" ? (capability.name === "rs2" ? "rs" : capability.termcap) : order === "variables" ? capability.variable : capability.name;
    const isOwn = kindOf(capability.name) === undefined;
    if (value === undefined || value === false) found.push([key, `${name}@`, isOwn]);
    else if (typeof value === "string") {
      const inTermcap = termcap ? termcapString(capability.name === "sgr0" ? plainReset(entry, value) : value) : capability.name === "acsc" ? sortedPairs(value) : value;
      if (inTermcap === undefined) found.push([key, `..${name}=${escapeCapability(value)}`, isOwn]);
      else found.push([key, `${name}=${escapeCapability(inTermcap, options.names)}`, isOwn]);
    } else if (typeof value === "number") found.push([key, `${name}#${numberText(value, termcap)}`, isOwn]);
    else found.push([key, name, isOwn]);
  }
  const sorted = order === "database" ? found : found.sort(([a, , ownA], [b, , ownB]) => Number(ownA) - Number(ownB) || compare(a, b));
  return sorted.map(([, text]) => text);
}

export function entryText(entry: Entry, options: EntryTextOptions): string {
  const termcap = options.names === "termcap";
  const groups = [...(["boolean", "number", "string"] as const).map((kind) => shown(entry, kind, options)), (options.uses ?? []).map((name) => (termcap ? `tc=${name}` : `use=${name}`))].filter((group) => group.length > 0);
  const mark = termcap ? ":" : ",";
  const separator = termcap ? ":" : ", ";
  if (options.lines === "single") return `${entry.names}${mark}${groups.flat().map((text) => text + mark).join("")}\n`;
  const lines: string[] = [];
  for (const group of groups) {
    let line = "";
    // ncurses does not count the separators that a line already has, only the one to come
    let column = 0;
    for (const text of group) {
      if (line !== "" && (options.lines === "column" || 8 + column + text.length + separator.length > options.width)) {
        lines.push(line);
        line = "";
        column = 0;
      }
      line += (line === "" ? (termcap ? ":" : "") : separator.slice(1)) + text + mark;
      column += text.length;
    }
    if (line !== "") lines.push(line);
  }
  if (termcap) return `${entry.names}:\\\n${lines.map((line, index) => `\t${line}${index === lines.length - 1 ? "" : "\\"}\n`).join("")}`;
  return `${entry.names},\n${lines.map((line) => `\t${line}\n`).join("")}`;
}
