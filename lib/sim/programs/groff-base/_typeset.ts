// What nroff and groff have in common: a document of one or more files, set for a terminal (groff 1.22.4).

import { type Blocking, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { isUtf8 } from "../kit/locale.ts";
import { readWhole } from "../kit/read-whole.ts";
import type { Device } from "../kit/roff/glyphs.ts";
import { formatDocument } from "../kit/roff/terminal.ts";

/** Ends with "troff: fatal error: …" and status 1. */
export class Fatal extends Error {}

export interface Wish {
  readonly device: Device;
  /** Names of -m, in order. */
  readonly macros: readonly string[];
  /** -r and -d as given: LL=60n. */
  readonly registers: readonly string[];
  readonly strings: readonly string[];
  /** tbl(1) runs before it. */
  readonly tables: boolean;
  /** Overstrikes, not escape sequences (grotty -c). */
  readonly overstrikes: boolean;
}

const MAN_MACROS = new Set(["man", "mandoc", "an", "andoc", "an-old"]);
/** Packages of groff-base that only set what is set here anyway. */
const QUIET_MACROS = new Set(["tty", "tty-char", "papersize", "en", "pspic", "www"]);

/** The first macro file that is not there ends it, then the first document. Throws Fatal. */
export function* readDocument(sys: Sys, { macros }: Wish, names: readonly string[]): Blocking<string> {
  for (const name of macros) if (!MAN_MACROS.has(name) && !QUIET_MACROS.has(name)) throw new Fatal(`can't find macro file ${name}`);
  let source = "";
  for (const name of names.length === 0 ? ["-"] : names) {
    try {
      const fd = name === "-" ? 0 : yield* sys.open(name, O.RDONLY);
      const text = decode(yield* readWhole(sys, fd));
      if (fd !== 0) sys.close(fd);
      source += text.endsWith("\n") || text === "" ? text : `${text}\n`;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Fatal(`can't open '${name}': ${error.message}`);
    }
  }
  return source;
}

export function typeset(source: string, { device, macros, registers, strings, tables, overstrikes }: Wish): string {
  const isPage = macros.some((name) => MAN_MACROS.has(name));
  const set = new Map(registers.map((one): [string, string] => (one.includes("=") ? [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)] : [one.charAt(0), one.slice(1)])));
  const given = /^(\d+)([nm]?)$/.exec(set.get(isPage ? "LL" : "") ?? "");
  const defined = strings.map((one): [string, string] => (one.includes("=") ? [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)] : [one.charAt(0), one.slice(1)]));
  const text = formatDocument(source, { width: given === null ? (isPage ? 78 : 65) : Number(given[1]), device, hyphenate: true, justify: true }, { manualPage: isPage, tables, strings: defined });
  // Debian's man.local turns the sequences off for manual pages
  return overstrikes || isPage ? text : text.split("\n").map(withSequences).join("\n");
}

/** Bold and underlined as grotty shows them: a mode is changed before the next character that has another, and ends with the line. */
function withSequences(line: string): string {
  let shown = "";
  let bold = false;
  let underlined = false;
  for (const [, under, over = "", again] of line.matchAll(/(_\x08)?([^\x08])(\x08\2)?/gsu)) {
    const isBold = again !== undefined;
    const isUnderlined = under !== undefined;
    if (over !== " ") {
      if (isUnderlined !== underlined) shown += isUnderlined ? "\x1b[4m" : "\x1b[24m";
      if (isBold !== bold) shown += isBold ? "\x1b[1m" : "\x1b[22m";
      underlined = isUnderlined;
      bold = isBold;
    }
    shown += over;
  }
  return bold || underlined ? `${shown}\x1b[0m` : shown;
}

export function usualDevice(sys: Sys): Device {
  return isUtf8(sys.environment) ? "utf8" : "ascii";
}
