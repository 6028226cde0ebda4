// Unit files as text (systemd.syntax(7)): sections, settings, comments, lines continued by a backslash. Later files of a unit (drop-ins) are appended; an
// empty assignment empties what came before.

type Sections = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
type OwnSections = Map<string, Map<string, string[]>>;

const NO_SECTIONS: Sections = new Map();
/** What the files of the vendor say is the same in every machine: read once, shared. */
const parsed = new Map<string, Sections>();
const MOST_PARSED = 1000;
const LONGEST_PARSED = 16_384;

export class UnitText {
  #sections: Sections = NO_SECTIONS;

  /** Later text wins, as drop-ins do. */
  append(text: string): void {
    if (this.#sections.size > 0 || text.length > LONGEST_PARSED) {
      const own: OwnSections = new Map();
      for (const [section, settings] of this.#sections) own.set(section, new Map([...settings].map(([key, list]) => [key, [...list]])));
      new UnitParser(own).read(text);
      this.#sections = own;
      return;
    }
    let sections = parsed.get(text);
    if (sections === undefined) {
      const own: OwnSections = new Map();
      new UnitParser(own).read(text);
      if (parsed.size >= MOST_PARSED) parsed.clear();
      parsed.set(text, own);
      sections = own;
    }
    this.#sections = sections;
  }

  hasSection(section: string): boolean {
    return this.#sections.has(section);
  }

  /** Every assignment since the last empty one. */
  all(section: string, key: string): readonly string[] {
    return this.#sections.get(section)?.get(key) ?? NOTHING;
  }

  /** The last assignment. */
  last(section: string, key: string): string | undefined {
    const list = this.all(section, key);
    return list[list.length - 1];
  }

  /** Words of all assignments, for settings that are lists of names. */
  words(section: string, key: string): readonly string[] {
    const all = this.all(section, key);
    return all.length === 0 ? all : all.flatMap((value) => value.split(/\s+/)).filter((word) => word !== "");
  }

  flag(section: string, key: string, otherwise: boolean): boolean {
    const value = this.last(section, key);
    return value === undefined ? otherwise : (parseBoolean(value) ?? otherwise);
  }
}

const NOTHING: readonly string[] = [];

class UnitParser {
  readonly #sections: OwnSections;

  constructor(sections: OwnSections) {
    this.#sections = sections;
  }

  read(text: string): void {
    let section = "";
    let joined = "";
    for (const raw of text.split("\n")) {
      const line = raw.trimEnd();
      if (joined === "" && (line.trim() === "" || /^\s*[#;]/.test(line))) continue;
      if (joined !== "" && /^\s*[#;]/.test(line)) continue;
      if (line.endsWith("\\")) {
        joined += `${line.slice(0, -1)} `;
        continue;
      }
      const full = (joined + line).trim();
      joined = "";
      const header = /^\[(.*)\]$/.exec(full);
      if (header !== null) {
        section = header[1] ?? "";
        if (!this.#sections.has(section)) this.#sections.set(section, new Map());
        continue;
      }
      const equals = full.indexOf("=");
      if (equals <= 0) continue;
      this.#assign(section, full.slice(0, equals).trim(), full.slice(equals + 1).trim());
    }
  }

  #assign(section: string, key: string, value: string): void {
    let settings = this.#sections.get(section);
    if (settings === undefined) {
      settings = new Map();
      this.#sections.set(section, settings);
    }
    const list = settings.get(key);
    if (value === "") settings.set(key, []);
    else if (list === undefined) settings.set(key, [value]);
    else list.push(value);
  }
}

export function parseBoolean(value: string): boolean | undefined {
  if (/^(?:1|yes|y|true|t|on)$/i.test(value)) return true;
  if (/^(?:0|no|n|false|f|off)$/i.test(value)) return false;
  return undefined;
}

/** Splits a command line as systemd.service(5) says: blanks, quotes, backslash escapes; undefined for an open quote. */
export function splitCommandLine(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === " " || character === "\t") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '"' || character === "'") {
      word ??= "";
      for (at++; at < line.length && line.charAt(at) !== character; at++) {
        if (line.charAt(at) === "\\") {
          const [text, length] = unescape(line, at);
          word += text;
          at += length - 1;
        } else word += line.charAt(at);
      }
      if (at >= line.length) return undefined;
    } else if (character === "\\") {
      const [text, length] = unescape(line, at);
      word = (word ?? "") + text;
      at += length - 1;
    } else word = (word ?? "") + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}

const escapes = new Map([["a", "\x07"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ["v", "\v"], ["\\", "\\"], ['"', '"'], ["'", "'"], ["s", " "]]);

/** The character behind the backslash at `at`, and how many characters were read. Unknown escapes stay as they are. */
function unescape(line: string, at: number): readonly [text: string, length: number] {
  const next = line.charAt(at + 1);
  const simple = escapes.get(next);
  if (simple !== undefined) return [simple, 2];
  const hex = /^x([0-9a-fA-F]{2})/.exec(line.slice(at + 1));
  if (hex !== null) return [String.fromCharCode(Number.parseInt(hex[1] ?? "0", 16)), 4];
  return [`\\${next}`, 2];
}
