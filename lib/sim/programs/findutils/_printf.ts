// -printf: formats, compiled once.

import { encode, S, type Sys, SysError } from "../../kernel/sys.ts";
import type { Accounts } from "../kit/accounts.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";
import { type Entry, modeText, typeLetter } from "./_entry.ts";

export class FormatError extends Error {}

export interface PrintfContext {
  readonly sys: Sys;
  readonly accounts: Accounts;
  readonly zone: Zone;
}

type Piece = string | { readonly flags: string; readonly width: number; readonly precision: number | undefined; readonly directive: string };

export interface PrintfFormat {
  readonly pieces: readonly Piece[];
  readonly warnings: readonly string[];
}

const ESCAPES = new Map([["a", "\u0007"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\\", "\\"]]);
const DIRECTIVES = "abcdDfFgGhHiklmMnpPsStuUyYZ";

/** Throws FormatError. */
export function parsePrintf(format: string): PrintfFormat {
  const pieces: Piece[] = [];
  const warnings: string[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") pieces.push(literal);
    literal = "";
  };
  for (let i = 0; i < format.length; i++) {
    const c = format[i] ?? "";
    if (c === "\\") {
      const next = format[i + 1];
      if (next === undefined) {
        warnings.push("warning: escape `\\' followed by nothing at all");
        literal += "\\";
        break;
      }
      i++;
      const octal = /^[0-7]{1,3}/.exec(format.slice(i, i + 3))?.[0];
      if (octal) {
        literal += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
        i += octal.length - 1;
        continue;
      }
      if (next === "c") {
        flush();
        pieces.push({ flags: "", width: 0, precision: undefined, directive: "stop" });
        return { pieces, warnings };
      }
      const made = ESCAPES.get(next);
      if (made === undefined) warnings.push(`warning: unrecognized escape \`\\${next}'`);
      literal += made ?? `\\${next}`;
      continue;
    }
    if (c !== "%") {
      literal += c;
      continue;
    }
    const found = /^([-+ #0]*)(\d*)(?:\.(\d*))?(.?)/su.exec(format.slice(i + 1));
    const letter = found?.[4] ?? "";
    if (!found || letter === "") throw new FormatError("error: % at end of format string");
    i += found[0].length;
    if (letter === "%") {
      literal += "%";
      continue;
    }
    let directive = letter;
    if ("ACTB".includes(letter)) {
      const time = format[i + 1];
      if (time === undefined) {
        warnings.push(`warning: format directive \`%${letter}' should be followed by another character`);
        literal += `%${found[0]}`;
        continue;
      }
      i++;
      // A letter that tells of no time stands as it is.
      if (!/[@HIklMprSTXZaAbBcdDhjmUwWxyYGgVuCeFR+nt]/.test(time)) {
        literal += `%${time}`;
        continue;
      }
      directive += time;
    } else if ("{[(".includes(letter)) throw new FormatError(`error: the format directive \`%${letter}' is reserved for future use`);
    else if (!DIRECTIVES.includes(letter)) {
      warnings.push(`warning: unrecognized format directive \`%${letter}'`);
      literal += `%${found[0]}`;
      continue;
    }
    flush();
    pieces.push({ flags: found[1] ?? "", width: Number(found[2] || "0"), precision: found[3] === undefined ? undefined : Number(found[3] || "0"), directive });
  }
  flush();
  return { pieces, warnings };
}

export function formatEntry(format: PrintfFormat, entry: Entry, context: PrintfContext): { readonly text: string; readonly stop: boolean } {
  let text = "";
  for (const piece of format.pieces) {
    if (typeof piece === "string") {
      text += piece;
      continue;
    }
    if (piece.directive === "stop") return { text, stop: true };
    let value = directiveText(piece.directive, entry, context);
    if (piece.directive === "m" && piece.flags.includes("#")) value = `0${value}`;
    if (piece.precision !== undefined) value = value.slice(0, piece.precision);
    if (piece.flags.includes("0") && !piece.flags.includes("-") && /^\d+$/.test(value)) value = value.padStart(piece.width, "0");
    text += piece.flags.includes("-") ? value.padEnd(piece.width) : value.padStart(piece.width);
  }
  return { text, stop: false };
}

function directiveText(directive: string, entry: Entry, { sys, accounts, zone }: PrintfContext): string {
  switch (directive) {
    case "p":
      return entry.path;
    case "f":
      return entry.depth === 0 ? (/[^/]+\/*$/.exec(entry.path)?.[0] ?? entry.name) : entry.name;
    case "h": {
      const slash = entry.path.lastIndexOf("/");
      return slash < 0 ? "." : entry.path.slice(0, slash);
    }
    case "P":
      return entry.depth === 0 ? "" : entry.path.slice(entry.start.length + (entry.start.endsWith("/") ? 0 : 1));
    case "H":
      return entry.start;
    case "d":
      return String(entry.depth);
    case "l":
      try {
        return entry.type === S.IFLNK ? sys.readlink(entry.path) : "";
      } catch (error) {
        if (error instanceof SysError) return "";
        throw error;
      }
    case "y":
      return typeLetter(entry.type);
    case "Y":
      if (entry.type !== S.IFLNK) return typeLetter(entry.type);
      try {
        return typeLetter(sys.stat(entry.path).mode & S.IFMT);
      } catch (error) {
        if (error instanceof SysError) return error.errno === "ENOENT" || error.errno === "ENOTDIR" ? "N" : error.errno === "ELOOP" ? "L" : "?";
        throw error;
      }
    case "F":
      return fileSystemType(sys, entry);
    case "Z":
      return "";
  }
  const facts = entry.facts;
  switch (directive) {
    case "s":
      return String(facts.sizeBytes);
    case "b":
      return String(facts.blocks);
    case "k":
      return String(Math.ceil(facts.blocks / 2));
    case "S":
      return facts.sizeBytes === 0 ? "1" : String(Number(((facts.blocks * 512) / facts.sizeBytes).toPrecision(6)));
    case "m":
      return (facts.mode & 0o7777).toString(8);
    case "M":
      return modeText(facts.mode);
    case "n":
      return String(facts.nlink);
    case "i":
      return String(facts.ino);
    case "D":
      return String(facts.dev);
    case "u":
      return accounts.userName(facts.uid);
    case "U":
      return String(facts.uid);
    case "g":
      return accounts.groupName(facts.gid);
    case "G":
      return String(facts.gid);
    case "a":
      return longTime(facts.atimeUs, zone);
    case "c":
      return longTime(facts.ctimeUs, zone);
    case "t":
      return longTime(facts.mtimeUs, zone);
  }
  const timeUs = directive[0] === "A" ? facts.atimeUs : directive[0] === "C" ? facts.ctimeUs : directive[0] === "B" ? facts.btimeUs : facts.mtimeUs;
  return timeText(directive.slice(1), timeUs, zone);
}

/** Of a link that leads nowhere it is that of its folder. */
export function fileSystemType(sys: Sys, entry: Entry): string {
  return sys.statfs(entry.facts && entry.type === S.IFLNK ? entry.path.slice(0, entry.path.lastIndexOf("/") + 1) || "." : entry.path).type;
}

/** %Tk and its like: a conversion of strftime(3), with find's fractions of ten digits. */
function timeText(letter: string, timeUs: number, zone: Zone): string {
  const seconds = Math.floor(timeUs / 1e6);
  const fraction = `${String(timeUs - seconds * 1e6).padStart(6, "0")}0000`;
  const civil = civilAtUs(zone, timeUs);
  switch (letter) {
    case "@":
      return `${seconds}.${fraction}`;
    case "S":
      return `${strftime("%S", civil)}.${fraction}`;
    case "T":
    case "X":
      return `${strftime("%H:%M:%S", civil)}.${fraction}`;
    case "+":
      return `${strftime("%Y-%m-%d+%H:%M:%S", civil)}.${fraction}`;
    default:
      return strftime(`%${letter}`, civil);
  }
}

/** %a %c %t: as ctime(3) with a fraction. */
function longTime(timeUs: number, zone: Zone): string {
  const civil = civilAtUs(zone, timeUs);
  return `${strftime("%a %b %e ", civil)}${timeText("X", timeUs, zone)}${strftime(" %Y", civil)}`;
}

/** The line of -ls. */
const NAME_ESCAPES = new Map([["\\", "\\\\"], ["\n", "\\n"], ["\b", "\\b"], ["\r", "\\r"], ["\t", "\\t"], ["\f", "\\f"], [" ", "\\ "], ['"', '\\"']]);

/** print_name_with_quoting of listfile.c: what is no printable ASCII as an escape, byte by byte. */
function escapedName(name: string): string {
  let out = "";
  for (const byte of encode(name)) {
    const char = String.fromCharCode(byte);
    out += NAME_ESCAPES.get(char) ?? (byte > 0x20 && byte < 0x7f ? char : `\\${byte.toString(8).padStart(3, "0")}`);
  }
  return out;
}

export function lsLine(entry: Entry, { sys, accounts, zone }: PrintfContext, nowUs: number): string {
  const facts = entry.facts;
  const civil = civilAtUs(zone, facts.mtimeUs);
  const recent = nowUs - facts.mtimeUs < 6 * 30 * 86400e6 && facts.mtimeUs <= nowUs + 3600e6;
  const time = strftime(recent ? "%b %e %H:%M" : "%b %e  %Y", civil);
  const type = facts.mode & S.IFMT;
  const size = type === S.IFCHR || type === S.IFBLK ? `${String(facts.rdev >> 8).padStart(3)}, ${String(facts.rdev & 0xff).padStart(3)}` : String(facts.sizeBytes).padStart(8);
  const target = type === S.IFLNK ? sys.readlink(entry.path) : undefined;
  return `${String(facts.ino).padStart(9)} ${String(Math.ceil(facts.blocks / 2)).padStart(6)} ${modeText(facts.mode)} ${String(facts.nlink).padStart(3)} ${accounts.userName(facts.uid).padEnd(8)} ${accounts.groupName(facts.gid).padEnd(8)} ${size} ${time} ${escapedName(entry.path)}${target === undefined ? "" : ` -> ${escapedName(target)}`}\n`;
}
