// localectl: the locale of logins and the keyboard of consoles (localectl(1) of systemd 252, with /etc/default/locale as Debian has it).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import { flag, type Io } from "../kit/gnu.ts";
import { LOCALE_DIRECTORY, installedLocale, loginLocale } from "../kit/locale.ts";
import { SUPPORTED, makeLocale } from "../locales/_locales.ts";
import { complain, systemdTool } from "./_systemd.ts";

const VARIABLES = ["LANG", "LANGUAGE", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES", "LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION"];

function* keyboard(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const line of ((yield* tryReadFile(sys, "/etc/default/keyboard")) ?? "").split("\n")) {
    const match = /^XKB([A-Z]+)="?([^"]*)"?$/.exec(line);
    if (match && match[2] !== "") found.set(match[1] ?? "", match[2] ?? "");
  }
  return found;
}

const VCONSOLE = "/etc/vconsole.conf";
const KEYMAP_DIRECTORIES = ["/usr/share/keymaps", "/usr/share/kbd/keymaps", "/usr/lib/kbd/keymaps"];
const XKB_RULES = "/usr/share/X11/xkb/rules/base.lst";

/** Which XKB layout a keymap of the consoles goes with (kbd-model-map of systemd). */
const KEYMAP_LAYOUTS: ReadonlyMap<string, readonly [layout: string, variant: string]> = new Map([
  ["us", ["us", ""]], ["uk", ["gb", ""]], ["fr", ["fr", ""]], ["fr-latin1", ["fr", ""]], ["fr-latin9", ["fr", "latin9"]], ["fr-pc", ["fr", ""]], ["be-latin1", ["be", ""]], ["de", ["de", ""]], ["de-latin1", ["de", ""]], ["de-latin1-nodeadkeys", ["de", "nodeadkeys"]],
  ["es", ["es", ""]], ["it", ["it", ""]], ["it2", ["it", ""]], ["pt-latin1", ["pt", ""]], ["se-latin1", ["se", ""]], ["fi", ["fi", ""]], ["fr_CH", ["ch", "fr"]], ["fr_CH-latin1", ["ch", "fr"]], ["sg", ["ch", ""]], ["sg-latin1", ["ch", ""]], ["dvorak", ["us", "dvorak"]],
]);

function* consoleKeymap(sys: Sys): Blocking<string | undefined> {
  const value = /^KEYMAP="?([^"\n]*)"?$/m.exec((yield* tryReadFile(sys, VCONSOLE)) ?? "")?.[1];
  return value === "" ? undefined : value;
}

/** Names of the keymaps that are installed, sorted; undefined where there is no directory of them. */
function installedKeymaps(sys: Sys): readonly string[] | undefined {
  const found = new Set<string>();
  let any = false;
  const walk = (path: string, depth: number): void => {
    let entries: ReturnType<Sys["readdir"]>;
    try {
      entries = sys.readdir(path);
    } catch (error) {
      if (error instanceof SysError) return;
      throw error;
    }
    any = true;
    for (const { name, type } of entries) {
      const keymap = /^(.+)\.k?map(?:\.gz)?$/.exec(name)?.[1];
      if (type === 0o040000 && depth < 4) walk(`${path}/${name}`, depth + 1);
      else if (keymap !== undefined) found.add(keymap);
    }
  };
  for (const directory of KEYMAP_DIRECTORIES) walk(directory, 0);
  return any ? [...found].sort() : undefined;
}

function* setKeymap(sys: Sys, io: Io, [keymap = "", toggle = ""]: readonly string[], convert: boolean): Blocking<number> {
  for (const name of [keymap, toggle]) {
    if (name === "" || installedKeymaps(sys)?.includes(name)) continue;
    yield* complain(io, `Failed to set keymap: Keymap ${name} is not installed.`);
    return 1;
  }
  if (sys.getcred().euid !== 0) {
    yield* complain(io, "Failed to set keymap: Access denied");
    return 1;
  }
  yield* writeFile(sys, VCONSOLE, `KEYMAP=${keymap}\n${toggle === "" ? "" : `KEYMAP_TOGGLE=${toggle}\n`}`);
  const same = KEYMAP_LAYOUTS.get(keymap);
  return convert && same !== undefined ? yield* setKeyboard(sys, io, [same[0], "pc105", same[1], "terminate:ctrl_alt_bksp"]) : 0;
}

/** The first words of a section ("! layout") of XKB's list; of variants those of one layout. */
function* listRules(sys: Sys, io: Io, section: string, layout?: string): Blocking<number> {
  const list = yield* tryReadFile(sys, XKB_RULES);
  if (list === undefined) {
    yield* complain(io, "Failed to open keyboard mapping list. No such file or directory");
    return 1;
  }
  let inside = false;
  const found = new Set<string>();
  for (const line of list.split("\n")) {
    if (line.startsWith("!")) inside = line.slice(1).trim() === section;
    const match = /^\s+(\S+)\s+(.*)$/.exec(line);
    if (inside && match !== null && (layout === undefined || (match[2] ?? "").startsWith(`${layout}:`))) found.add(match[1] ?? "");
  }
  if (found.size === 0) {
    yield* complain(io, "Couldn't find any entries.");
    return 1;
  }
  io.out.put([...found].sort().map((name) => `${name}\n`).join(""));
  return 0;
}

function* status(sys: Sys, io: Io): Blocking<number> {
  const locale = [...(yield* loginLocale(sys))].map(([name, value]) => `${name}=${value}`);
  const keys = yield* keyboard(sys);
  const rows: [string, string][] = [["System Locale", locale[0] ?? "(unset)"], ...locale.slice(1).map((line): [string, string] => ["", line]), ["VC Keymap", (yield* consoleKeymap(sys)) ?? "(unset)"], ["X11 Layout", keys.get("LAYOUT") ?? "(unset)"]];
  for (const [key, label] of [["MODEL", "X11 Model"], ["VARIANT", "X11 Variant"], ["OPTIONS", "X11 Options"]] as const) {
    const value = keys.get(key);
    if (value !== undefined) rows.push([label, value]);
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  for (const [label, value] of rows) io.out.put(`${label.padStart(width)}${label === "" ? " " : ":"} ${value}\n`);
  return 0;
}

function listLocales(sys: Sys, io: Io): number {
  try {
    const names = sys.readdir(LOCALE_DIRECTORY).map(({ name }) => name).filter((name) => !name.startsWith(".") && name !== "locale-archive");
    io.out.put(names.map((name) => name.replace(/\.utf8$/, ".UTF-8")).toSorted().map((name) => `${name}\n`).join(""));
    return 0;
  } catch (error) {
    if (error instanceof SysError) return 1;
    throw error;
  }
}

function* setLocale(sys: Sys, io: Io, words: readonly string[]): Blocking<number> {
  const values = new Map<string, string>();
  for (const word of words) {
    const [name = "", value] = word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : ["LANG", word];
    if (!VARIABLES.includes(name) || value === undefined || (name !== "LANGUAGE" && !installedLocale(sys, value) && !SUPPORTED.includes(`${value} UTF-8`))) {
      yield* complain(io, `Failed to issue method call: Invalid locale specification: ${word}`);
      return 1;
    }
    values.set(name, value);
  }
  if (sys.getcred().euid !== 0) {
    yield* complain(io, "Failed to issue method call: Access denied");
    return 1;
  }
  // Debian's localed makes a locale that is not there yet, and asks for it in /etc/locale.gen
  for (const [name, value] of values) {
    if (name === "LANGUAGE" || installedLocale(sys, value)) continue;
    makeLocale(sys, value);
    const list = (yield* tryReadFile(sys, "/etc/locale.gen")) ?? "";
    const wanted = `${value} UTF-8`;
    const lines = list.split("\n");
    const at = lines.findIndex((line) => line.replace(/^# */, "").trim() === wanted);
    yield* writeFile(sys, "/etc/locale.gen", at < 0 ? `${list}${wanted}\n` : lines.with(at, wanted).join("\n"));
  }
  const kept = values.has("LANG") ? values : new Map([...(yield* loginLocale(sys)), ...values]);
  yield* writeFile(sys, "/etc/default/locale", VARIABLES.filter((name) => kept.has(name)).map((name) => `${name}=${kept.get(name) ?? ""}\n`).join(""));
  return 0;
}

/** /etc/default/keyboard, which keyboard-configuration reads (keyboard(5)). */
function* setKeyboard(sys: Sys, io: Io, [layout = "", model = "", variant = "", more = ""]: readonly string[]): Blocking<number> {
  if (sys.getcred().euid !== 0) {
    yield* complain(io, "Failed to set keymap: Access denied");
    return 1;
  }
  yield* writeFile(sys, "/etc/default/keyboard", `XKBMODEL="${model}"\nXKBLAYOUT="${layout}"\nXKBVARIANT="${variant}"\nXKBOPTIONS="${more}"\nBACKSPACE="guess"\n`);
  return 0;
}

const ARGUMENTS: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([["status", [0, 0]], ["set-locale", [1, 99]], ["list-locales", [0, 0]], ["set-keymap", [1, 2]], ["list-keymaps", [0, 0]], ["set-x11-keymap", [1, 4]], ["list-x11-keymap-models", [0, 0]], ["list-x11-keymap-layouts", [0, 0]], ["list-x11-keymap-variants", [0, 1]], ["list-x11-keymap-options", [0, 0]]]);

export default systemdTool({
  name: "localectl",
  summary: "show and set the locale and the keyboard",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  description: ["Commands: status, set-locale [VARIABLE=]LOCALE..., list-locales, set-keymap, list-keymaps, set-x11-keymap, list-x11-keymap-models, list-x11-keymap-layouts, list-x11-keymap-variants, list-x11-keymap-options."],
  options: { noPager: flag(["--no-pager"], "no pager"), noAsk: flag(["--no-ask-password"], "without asking for a password"), noConvert: flag(["--no-convert"], "do not set the other keyboard as well") },
  *run({ operands, options, sys }, io) {
    const [verb = "status", ...words] = operands;
    const bounds = ARGUMENTS.get(verb);
    if (bounds === undefined) {
      yield* complain(io, `Unknown command verb ${verb}.`);
      return 1;
    }
    if (words.length < bounds[0] || words.length > bounds[1]) {
      yield* complain(io, words.length < bounds[0] ? "Too few arguments." : "Too many arguments.");
      return 1;
    }
    switch (verb) {
      case "status": return yield* status(sys, io);
      case "set-locale": return yield* setLocale(sys, io, words);
      case "list-locales": return listLocales(sys, io);
      case "set-keymap": return yield* setKeymap(sys, io, words, !options.noConvert);
      case "set-x11-keymap": return yield* setKeyboard(sys, io, words);
      case "list-keymaps": {
        const keymaps = installedKeymaps(sys);
        if (keymaps === undefined) {
          yield* complain(io, "Failed to read list of keymaps: No such file or directory");
          return 1;
        }
        io.out.put(keymaps.map((name) => `${name}\n`).join(""));
        return 0;
      }
      default: return yield* listRules(sys, io, verb.slice("list-x11-keymap-".length, -1), verb === "list-x11-keymap-variants" ? words[0] : undefined);
    }
  },
});
