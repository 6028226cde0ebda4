// Manual pages on disk: where they are, which there are, and their text.

import { type Blocking, O, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { ByteSource } from "../kit/compression/byte-source.ts";
import { gunzipMember, readGzipHeader } from "../kit/compression/gzip-format.ts";
import { localeOf } from "../kit/locale.ts";
import { messageLanguage } from "../kit/messages/translate.ts";

export interface PageFile {
  readonly name: string;
  readonly section: string;
  readonly path: string;
}

/** In the order of /etc/manpath.config's SECTION line. */
export const SECTIONS = ["1", "n", "l", "8", "3", "0", "2", "3type", "5", "4", "9", "6", "7"];

/** /etc/manpath.config, as manpath(5) says. */
export interface ManpathConfig {
  readonly mandatory: readonly string[];
  /** A directory of $PATH and its pages. */
  readonly maps: readonly (readonly [string, string])[];
  /** A directory of pages and where they are kept formatted. */
  readonly kept: readonly (readonly [string, string])[];
}

export function* readConfig(sys: Sys): Blocking<ManpathConfig> {
  const mandatory: string[] = [];
  const maps: [string, string][] = [];
  const kept: [string, string][] = [];
  for (const line of ((yield* readTextFile(sys, "/etc/manpath.config")) ?? "MANDATORY_MANPATH /usr/share/man\n").split("\n")) {
    const [word, first = "", second = first] = line.trim().split(/\s+/);
    if (word === "MANDATORY_MANPATH") mandatory.push(first);
    else if (word === "MANPATH_MAP") maps.push([first, second]);
    else if (word === "MANDB_MAP") kept.push([first, second]);
  }
  return { mandatory, maps, kept };
}

/** What $PATH and the configuration give, without $MANPATH. */
function* usualPath(sys: Sys): Blocking<readonly string[]> {
  const { mandatory, maps } = yield* readConfig(sys);
  const found: string[] = [];
  const add = (directory: string): void => {
    if (!found.includes(directory) && isDirectory(sys, directory)) found.push(directory);
  };
  for (const program of (sys.environment.get("PATH") ?? "").split(":")) {
    const own = maps.filter(([from]) => from === program);
    for (const [, directory] of own) add(directory);
    if (own.length > 0 || !program.startsWith("/")) continue;
    // a directory that the configuration does not know: pages beside it
    const parent = program.replace(/\/[^/]+\/?$/, "");
    for (const directory of [`${parent}/man`, `${program}/man`, `${parent}/share/man`, `${program}/share/man`]) add(directory);
  }
  for (const directory of mandatory) add(directory);
  return found;
}

/** Where an empty part of $MANPATH puts the configured directories. */
export function manpathWarning(given: string): string {
  const place = given.startsWith(":") ? "prepending" : given.endsWith(":") ? "appending" : given.includes("::") ? "inserting" : "ignoring";
  return `warning: $MANPATH set, ${place} /etc/manpath.config`;
}

export function* manualPath(sys: Sys): Blocking<readonly string[]> {
  const given = sys.environment.get("MANPATH");
  if (given === undefined || given === "") return yield* usualPath(sys);
  const usual = given.startsWith(":") || given.endsWith(":") || given.includes("::") ? yield* usualPath(sys) : [];
  return given.split(":").flatMap((part) => (part === "" ? usual : [part])).filter((part, index, all) => all.indexOf(part) === index);
}

/** The directories of the language's own pages, the nearest first, and behind each the usual one (man(1), "locale"). */
export function* localManualPath(sys: Sys, path: readonly string[], given: string | undefined): Blocking<readonly string[]> {
  const locale = given ?? (messageLanguage(sys) === undefined ? undefined : languageOf(sys));
  if (locale === undefined) return path;
  const [, language = "", territory = ""] = /^([a-z]+)(_[A-Z]+)?/.exec(locale) ?? [];
  const names = [...new Set([locale, language + territory, language])].filter((name) => name !== "" && !name.includes("/"));
  return path.flatMap((directory) => [...names.map((name) => `${directory}/${name}`).filter((one) => isDirectory(sys, one)), directory]);
}

function languageOf(sys: Sys): string {
  const wanted = (sys.environment.get("LANGUAGE") ?? "").split(":")[0] ?? "";
  return wanted === "" ? localeOf(sys.environment, "LC_MESSAGES") : wanted;
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & 0o170000) === 0o040000;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

const FILE = /^(.+)\.([0-9nl][A-Za-z0-9]*)(?:\.(?:gz|Z|bz2|xz))?$/;

export function* listPages(sys: Sys, directories: readonly string[], sections: readonly string[] = SECTIONS): Blocking<readonly PageFile[]> {
  const found: PageFile[] = [];
  // /usr/local/man is /usr/local/share/man: its pages count once
  const seen = new Set<string>();
  const distinct = directories.filter((directory) => {
    try {
      const { dev, ino } = sys.stat(directory);
      if (seen.has(`${dev}:${ino}`)) return false;
      seen.add(`${dev}:${ino}`);
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  });
  for (const section of sections) {
    for (const directory of distinct) {
      const folder = `${directory}/man${section.charAt(0)}`;
      try {
        for (const { name } of sys.readdir(folder).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
          const match = FILE.exec(name);
          if (match !== null && (match[2] === section || match[2]?.charAt(0) === section)) found.push({ name: match[1] ?? "", section: match[2] ?? "", path: `${folder}/${name}` });
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      if (sys.charge(50)) yield* sys.preempt();
    }
  }
  return found;
}

/** Throws SysError, CorruptData. ".so" is followed once. */
export function* readPage(sys: Sys, path: string, root?: string): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY);
  let text = "";
  try {
    if (path.endsWith(".gz")) {
      const chunks: string[] = [];
      const source = new ByteSource(() => sys.read(fd, 65536));
      yield* readGzipHeader(source);
      yield* gunzipMember(source, function* (bytes): Blocking<void> {
        chunks.push(decode(bytes));
        if (sys.charge(10)) yield* sys.preempt();
      });
      text = chunks.join("");
    } else {
      for (;;) {
        const bytes = yield* sys.read(fd, 65536);
        if (bytes.length === 0) break;
        text += decode(bytes);
      }
    }
  } finally {
    sys.close(fd);
  }
  const other = /^\.so\s+(\S+)\s*$/m.exec(text.split("\n", 3).join("\n"))?.[1];
  if (other === undefined || root === undefined) return text;
  for (const candidate of [`${root}/${other}`, `${root}/${other}.gz`]) {
    try {
      sys.stat(candidate);
      return yield* readPage(sys, candidate);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return text;
}

/** "ls \- list directory contents" of the section NAME, or NOM. */
export function nameLine(source: string): { readonly names: readonly string[]; readonly summary: string } | undefined {
  const match = /^\.SH\s+"?(?:NAME|NOM)"?\s*\n([\s\S]*?)(?=^\.S[HS]\b|(?![\s\S]))/m.exec(source);
  const plain = (match?.[1] ?? "").replace(/^\.\w+\s*/gm, "").replace(/\\f[A-Z]/g, "").replace(/\\-/g, "-").replace(/\\&/g, "").replace(/\\\[u([0-9A-F]{4,6})\]/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))).replace(/\\e/g, "\\").replace(/[ \t\n]+/g, " ").trim();
  const at = plain.indexOf(" - ");
  if (at < 0) return undefined;
  return { names: plain.slice(0, at).split(/,\s*/), summary: plain.slice(at + 3) };
}
