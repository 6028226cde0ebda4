// The names of keys (tmux(1), KEY BINDINGS) and what the keyboard sends for them.

const NAMED: readonly (readonly [name: string, bytes: string])[] = [
  ["Up", "\u001b[A"], ["Down", "\u001b[B"], ["Right", "\u001b[C"], ["Left", "\u001b[D"], ["Home", "\u001b[1~"], ["End", "\u001b[4~"], ["IC", "\u001b[2~"], ["DC", "\u001b[3~"], ["PPage", "\u001b[5~"], ["NPage", "\u001b[6~"],
  ["F1", "\u001bOP"], ["F2", "\u001bOQ"], ["F3", "\u001bOR"], ["F4", "\u001bOS"], ["F5", "\u001b[15~"], ["F6", "\u001b[17~"], ["F7", "\u001b[18~"], ["F8", "\u001b[19~"], ["F9", "\u001b[20~"], ["F10", "\u001b[21~"], ["F11", "\u001b[23~"], ["F12", "\u001b[24~"],
  ["Enter", "\r"], ["Tab", "\t"], ["Space", " "], ["BSpace", "\u007f"], ["Escape", "\u001b"], ["BTab", "\u001b[Z"],
];
const BYTES = new Map(NAMED);
const NAMES = new Map(NAMED.map(([name, bytes]) => [bytes, name]));
const ALIASES: ReadonlyMap<string, string> = new Map([["PageUp", "PPage"], ["PgUp", "PPage"], ["PageDown", "NPage"], ["PgDn", "NPage"], ["Delete", "DC"], ["Insert", "IC"], ["Return", "Enter"]]);
const MODIFIERS = ["", "", "S-", "M-", "M-S-", "C-", "C-S-", "C-M-", "C-M-S-"];

/** The name of a key by what it sent. */
export function keyName(key: string): string {
  const [, modifier, letter] = /^\u001b\[1;([2-8])([A-DHF])$/.exec(key) ?? [];
  if (modifier !== undefined && letter !== undefined) return `${MODIFIERS[Number(modifier)] ?? ""}${letter === "H" ? "Home" : letter === "F" ? "End" : (NAMES.get(`\u001b[${letter}`) ?? "")}`;
  const plain = key.replace(/^\u001bO([A-D])$/, "\u001b[$1").replace(/^\u001b[[O]H$/, "\u001b[1~").replace(/^\u001b[[O]F$/, "\u001b[4~");
  const named = NAMES.get(plain);
  if (named !== undefined) return named;
  if (key.length === 2 && key.startsWith("\u001b")) return `M-${keyName(key.slice(1))}`;
  const code = key.codePointAt(0) ?? 0;
  return code < 32 && key.length === 1 ? `C-${String.fromCharCode(code + 96).replace("`", "@").replace("{", "[").replace("|", "\\").replace("}", "]").replace("~", "^")}` : key;
}

/** The name in its usual spelling; undefined when there is no such key. */
export function canonicalKey(text: string): string | undefined {
  const [, modifiers = "", rest = ""] = /^((?:[CMS]-|\^(?=.))*)(.+)$/su.exec(text) ?? [];
  const name = ALIASES.get(rest) ?? [...BYTES.keys()].find((one) => one.toLowerCase() === rest.toLowerCase() && rest.length > 1) ?? rest;
  if (!BYTES.has(name) && [...name].length !== 1) return undefined;
  const control = /C-|\^/.test(modifiers);
  return `${control ? "C-" : ""}${modifiers.includes("M-") ? "M-" : ""}${modifiers.includes("S-") ? "S-" : ""}${control && name.length === 1 ? name.toLowerCase() : name}`;
}

/** What a key of that name sends; other words are text. */
export function bytesOfKey(word: string): string {
  const name = canonicalKey(word);
  if (name === undefined) return word;
  const [, modifiers = "", rest = ""] = /^((?:[CMS]-)*)(.+)$/su.exec(name) ?? [];
  const bytes = BYTES.get(rest);
  const arrow = /^\u001b\[([A-D])$/.exec(bytes ?? "")?.[1];
  if (arrow !== undefined && modifiers !== "") return `\u001b[1;${1 + (modifiers.includes("S-") ? 1 : 0) + (modifiers.includes("M-") ? 2 : 0) + (modifiers.includes("C-") ? 4 : 0)}${arrow}`;
  const plain = bytes ?? rest;
  const pressed = modifiers.includes("C-") ? (plain === " " ? "\0" : plain === "?" ? "\u007f" : String.fromCharCode(plain.charCodeAt(0) & 31)) : plain;
  return modifiers.includes("M-") ? `\u001b${pressed}` : pressed;
}
