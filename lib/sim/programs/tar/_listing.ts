// How members are shown: -v, -tv, quoting.

import { encode } from "../../kernel/sys.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { BLOCK, type Member } from "./_header.ts";
import type { Settings } from "./_settings.ts";

const ESCAPES = new Map([[7, "\\a"], [8, "\\b"], [9, "\\t"], [10, "\\n"], [11, "\\v"], [12, "\\f"], [13, "\\r"], [92, "\\\\"]]);

/** gnulib's escape quoting: C escapes for what is not printable. */
export function quotedName(name: string): string {
  const text = textOfLatin1(name);
  let shown = "";
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    const made = ESCAPES.get(code);
    if (made !== undefined) shown += made;
    else if (code < 32 || code === 127 || (code >= 0xdc80 && code <= 0xdcff)) shown += [...encode(c)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
    else shown += c;
  }
  return shown;
}

const TYPE_LETTERS = new Map<Member["type"], string>([
  ["file", "-"], ["sparse", "-"], ["other", "-"], ["hardlink", "h"], ["symlink", "l"], ["character", "c"], ["block", "b"], ["directory", "d"], ["fifo", "p"], ["label", "V"],
]);

export class Lister {
  readonly #settings: Settings;
  #width = 19;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  #quoted(name: string): string {
    const style = this.#settings.value("--quoting-style");
    if (style === "literal") return textOfLatin1(name);
    const kept = this.#settings.value("--no-quote-chars") ?? "";
    const besides = this.#settings.value("--quote-chars") ?? "";
    const quoted = besides === "" ? quotedName(name) : [...name].map((c) => (besides.includes(c) && !kept.includes(c) ? `\\${c}` : quotedName(c))).join("");
    return style === "c" ? `"${quoted.replaceAll('"', '\\"')}"` : quoted;
  }

  long(member: Member): string {
    const numeric = this.#settings.has("--numeric-owner");
    const user = numeric || member.userName === "" ? String(member.uid) : textOfLatin1(member.userName);
    const group = numeric || member.groupName === "" ? String(member.gid) : textOfLatin1(member.groupName);
    const size = member.type === "character" || member.type === "block" ? `${member.deviceMajor},${member.deviceMinor}` : String(member.sizeBytes);
    const needed = user.length + 1 + group.length + size.length + 1;
    if (needed > this.#width) this.#width = needed;
    const zone = this.#settings.has("--utc") ? UTC : this.#settings.zone;
    const time = strftime(this.#settings.has("--full-time") ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M", civilAtUs(zone, member.mtimeUs));
    const link = member.type === "symlink" ? ` -> ${quotedName(member.linkName)}` : member.type === "hardlink" ? ` link to ${quotedName(member.linkName)}` : member.type === "label" ? "--Volume Header--" : "";
    return `${TYPE_LETTERS.get(member.type) ?? "?"}${permissions(member.mode)} ${user}/${group} ${size.padStart(this.#width - needed + size.length)} ${time} ${this.#quoted(member.name)}${link}\n`;
  }

  /** -v once names, twice lists; -R says at which block. */
  line(member: Member, longFrom: number, positionBytes: number): string {
    return this.placed(positionBytes) + (this.#settings.verbose >= longFrom ? this.long(member) : `${this.#quoted(member.name)}\n`);
  }

  placed(positionBytes: number): string {
    return this.#settings.has("-R") ? `block ${Math.floor(positionBytes / BLOCK)}: ` : "";
  }
}

function permissions(mode: number): string {
  const three = (shift: number, special: number, letter: string) =>
    ((mode >> (shift + 2)) & 1 ? "r" : "-") + ((mode >> (shift + 1)) & 1 ? "w" : "-") + (mode & special ? ((mode >> shift) & 1 ? letter : letter.toUpperCase()) : (mode >> shift) & 1 ? "x" : "-");
  return three(6, 0o4000, "s") + three(3, 0o2000, "s") + three(0, 0o1000, "t");
}

export function humanBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < 5) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${Math.round(value)}B` : `${value < 10 ? Math.ceil(value * 10) / 10 : Math.ceil(value)}${"BKMGTP"[unit]}iB`;
}

/** "10240 (10KiB, 25MiB/s)" */
export function transferred(bytes: number, durationUs: number): string {
  return `${bytes} (${humanBytes(bytes)}, ${bytes === 0 ? "0B" : humanBytes((bytes * 1e6) / Math.max(durationUs, 1))}/s)`;
}
