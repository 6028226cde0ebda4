// Mappings: what :map, :nmap, :imap … define and what the keyboard's keys become by them (the manual's map.txt).

export type MapMode = "n" | "v" | "o" | "i" | "c";

export interface Mapping {
  readonly modes: readonly MapMode[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly remap: boolean;
}

/** The modes of a command's first letters; `bang`: those of map!. */
export function mapModes(command: string, bang: boolean): readonly MapMode[] {
  const letter = /^([nvxosic])(?:nore|un|m)/.exec(command)?.[1];
  if (letter === "n" && /^noremap/.test(command)) return bang ? ["i", "c"] : ["n", "v", "o"];
  switch (letter) {
    case undefined:
      return bang ? ["i", "c"] : ["n", "v", "o"];
    case "x":
    case "s":
      return ["v"];
    case "n":
    case "v":
    case "o":
    case "i":
    case "c":
      return [letter];
    default:
      return [];
  }
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ["cr", "\r"], ["enter", "\r"], ["return", "\r"], ["esc", "\u001b"], ["tab", "\t"], ["space", " "], ["bar", "|"], ["bslash", "\\"], ["lt", "<"], ["bs", "<BS>"], ["nl", "\n"],
  ["up", "<Up>"], ["down", "<Down>"], ["left", "<Left>"], ["right", "<Right>"], ["home", "<Home>"], ["end", "<End>"], ["pageup", "<PageUp>"], ["pagedown", "<PageDown>"], ["insert", "<Insert>"], ["del", "<Del>"],
]);

/** "<CR>dd<C-W>" as keys. */
export function mapKeys(text: string, leader = "\\"): string[] {
  const keys: string[] = [];
  for (let at = 0; at < text.length; ) {
    const named = /^<([A-Za-z][A-Za-z0-9-]*)>/.exec(text.slice(at));
    const name = named?.[1]?.toLowerCase() ?? "";
    const control = /^c-(.)$/.exec(name)?.[1];
    const key = name === "leader" ? leader : control !== undefined ? String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f) : (NAMED.get(name) ?? (/^f(?:[1-9]|1[0-2])$/.test(name) ? `<${name.toUpperCase()}>` : undefined));
    if (named && name !== "nop" && key !== undefined) {
      keys.push(key);
      at += named[0].length;
      continue;
    }
    if (name === "nop") {
      at += 5;
      continue;
    }
    const c = text.charAt(at) === "\u0016" && at + 1 < text.length ? text.charAt(++at) : String.fromCodePoint(text.codePointAt(at) ?? 0);
    keys.push(c);
    at += c.length;
  }
  return keys;
}

export function shownKeys(keys: readonly string[]): string {
  return keys.map((key) => (key === "\r" ? "<CR>" : key === "\u001b" ? "<Esc>" : key === "\t" ? "<Tab>" : key === " " ? "<Space>" : key.length === 1 && key < " " ? `<C-${String.fromCharCode(key.charCodeAt(0) + 64)}>` : key)).join("");
}

export class VimMappings {
  readonly list: Mapping[] = [];

  set(mapping: Mapping): void {
    this.remove(mapping.modes, mapping.from);
    this.list.push(mapping);
  }

  /** False: there was no such mapping. */
  remove(modes: readonly MapMode[], from: readonly string[]): boolean {
    let found = false;
    for (let i = this.list.length - 1; i >= 0; i--) {
      const old = this.list[i];
      if (!old || old.from.join("\0") !== from.join("\0") || !old.modes.some((mode) => modes.includes(mode))) continue;
      found = true;
      const left = old.modes.filter((mode) => !modes.includes(mode));
      if (left.length > 0) this.list[i] = { ...old, modes: left };
      else this.list.splice(i, 1);
    }
    return found;
  }

  clear(modes: readonly MapMode[]): void {
    for (const mapping of [...this.list]) this.remove(modes, mapping.from);
  }

  /** "more": what was typed is the beginning of a mapping. */
  find(mode: MapMode, typed: readonly string[]): Mapping | "more" | undefined {
    let more = false;
    for (const mapping of this.list) {
      if (!mapping.modes.includes(mode) || !typed.every((key, i) => mapping.from[i] === key)) continue;
      if (mapping.from.length === typed.length) return mapping;
      more = true;
    }
    return more ? "more" : undefined;
  }
}

/** :abbreviate: a word that becomes another text when what is typed behind it is not part of a word. */
export interface Abbreviation {
  readonly modes: readonly MapMode[];
  readonly from: string;
  readonly to: string;
  readonly remap: boolean;
}

/** The abbreviation that the text ends with, if it stands alone there (abbreviations of the manual's map.txt). */
export function abbreviationAt(list: readonly Abbreviation[], mode: MapMode, text: string): Abbreviation | undefined {
  return list.find(({ modes, from }) => {
    if (!modes.includes(mode) || !text.endsWith(from)) return false;
    const before = text.charAt(text.length - from.length - 1);
    return before === "" || (/\w/.test(from) && /\w$/.test(from) ? !/\w/.test(before) : /\s/.test(before));
  });
}
