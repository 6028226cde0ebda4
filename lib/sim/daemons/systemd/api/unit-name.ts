// Names of units (systemd.unit(5)): types, templates and instances, escaping of paths.
import { decode, encode } from "../../../kernel/sys.ts";

export const UNIT_TYPES = ["service", "socket", "target", "device", "mount", "automount", "swap", "timer", "path", "slice", "scope"] as const;
export type UnitType = (typeof UNIT_TYPES)[number];

export function unitTypeOf(name: string): UnitType | undefined {
  const suffix = name.slice(name.lastIndexOf(".") + 1);
  return UNIT_TYPES.find((type) => type === suffix);
}

/** What a person typed: "ssh" is "ssh.service", "/dev/sda" is "dev-sda.device", "/home" is "home.mount"; a pattern stays as it is, so that "ssh*" is any type. */
export function mangleUnitName(text: string, otherwise: UnitType = "service"): string {
  if (unitTypeOf(text) !== undefined && !text.startsWith("/")) return text;
  if (/[*?[]/.test(text) && !text.startsWith("/")) return text;
  if (text.startsWith("/dev/")) return `${escapePath(text)}.device`;
  if (text.startsWith("/")) return `${escapePath(text)}.mount`;
  return `${text.replace(/[^A-Za-z0-9:\-_.\\@*?[\]]/gu, (character) => escapeCharacter(character))}.${otherwise}`;
}

function escapeCharacter(character: string): string {
  return [...encode(character)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}

/** systemd-escape: "/" becomes "-", other characters outside [A-Za-z0-9:_.] become \xNN. */
export function escapeName(text: string): string {
  return [...text].map((character, index) => (character === "/" ? "-" : /[A-Za-z0-9:_]/.test(character) || (character === "." && index > 0) ? character : escapeCharacter(character))).join("");
}

export function escapePath(path: string): string {
  const trimmed = path.replace(/\/+/g, "/").replace(/^\/|\/$/g, "");
  return trimmed === "" ? "-" : escapeName(trimmed);
}

export function unescapeName(text: string): string {
  return text.replaceAll("-", "/").replace(/(?:\\x[0-9a-fA-F]{2})+/g, (run) => decode(Uint8Array.from(run.split("\\x").slice(1), (hex) => Number.parseInt(hex, 16))));
}

export interface NameParts {
  /** before "@" or the suffix */
  readonly prefix: string;
  /** undefined: neither template nor instance; "" : the template itself */
  readonly instance: string | undefined;
  readonly suffix: string;
}

export function nameParts(name: string): NameParts {
  const dot = name.lastIndexOf(".");
  const stem = name.slice(0, dot);
  const at = stem.indexOf("@");
  return { prefix: at < 0 ? stem : stem.slice(0, at), instance: at < 0 ? undefined : stem.slice(at + 1), suffix: name.slice(dot + 1) };
}

export function isTemplate(name: string): boolean {
  return nameParts(name).instance === "";
}

/** "getty@tty1.service" -> "getty@.service"; undefined when it is no instance. */
export function templateOf(name: string): string | undefined {
  const { prefix, instance, suffix } = nameParts(name);
  return instance === undefined || instance === "" ? undefined : `${prefix}@.${suffix}`;
}

export function instantiate(template: string, instance: string): string {
  return template.replace("@.", `@${instance}.`);
}

export function isValidUnitName(name: string): boolean {
  return name.length < 256 && /^[A-Za-z0-9:\-_.\\@]+$/.test(name) && unitTypeOf(name) !== undefined && !name.startsWith("@") && !name.startsWith(".");
}

/** fnmatch of the patterns that list-units takes: * ? [set]. */
export function matchesPattern(pattern: string, name: string): boolean {
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "*") source += "*";
    else if (character === "?") source += "?";
    else source += character;
  }
  return globMatches(source, 0, name, 0);
}

/** Linear in practice: a star tries the rest once for each position, patterns are short. */
function globMatches(pattern: string, p: number, text: string, t: number): boolean {
  let starAt = -1;
  let retryAt = 0;
  while (t < text.length) {
    const character = pattern.charAt(p);
    if (p < pattern.length && character === "*") {
      starAt = p++;
      retryAt = t;
    } else if (p < pattern.length && character === "[" && pattern.indexOf("]", p + 1) > 0) {
      const close = pattern.indexOf("]", p + 2);
      const set = pattern.slice(p + 1, close);
      const negated = set.startsWith("!") || set.startsWith("^");
      if (inSet(negated ? set.slice(1) : set, text.charAt(t)) !== negated) {
        p = close + 1;
        t++;
      } else if (starAt >= 0) {
        p = starAt + 1;
        t = ++retryAt;
      } else return false;
    } else if (p < pattern.length && (character === "?" || character === text.charAt(t))) {
      p++;
      t++;
    } else if (starAt >= 0) {
      p = starAt + 1;
      t = ++retryAt;
    } else return false;
  }
  while (pattern.charAt(p) === "*") p++;
  return p >= pattern.length;
}

function inSet(set: string, character: string): boolean {
  for (let at = 0; at < set.length; at++) {
    if (set.charAt(at + 1) === "-" && at + 2 < set.length) {
      if (character >= set.charAt(at) && character <= set.charAt(at + 2)) return true;
      at += 2;
    } else if (set.charAt(at) === character) return true;
  }
  return false;
}
