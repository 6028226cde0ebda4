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

export function* manualPath(sys: Sys): Blocking<readonly string[]> {
  const given = sys.environment.get("MANPATH");
  const usual: string[] = [];
  for (const line of ((yield* readTextFile(sys, "/etc/manpath.config")) ?? "MANDATORY_MANPATH /usr/share/man\n").split("\n")) {
    const [word, first, second] = line.trim().split(/\s+/);
    const path = word === "MANDATORY_MANPATH" ? first : word === "MANPATH_MAP" ? second : undefined;
    if (path !== undefined && !usual.includes(path) && isDirectory(sys, path)) usual.push(path);
  }
  usual.sort((a, b) => Number(b.startsWith("/usr/local")) - Number(a.startsWith("/usr/local")));
  if (given === undefined || given === "") return usual;
  return given.split(":").flatMap((part) => (part === "" ? usual : [part]));
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
  for (const section of sections) {
    for (const directory of directories) {
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
  const match = /^\.SH\s+"?(?:NAME|NOM)"?\s*\n([\s\S]*?)(?=^\.S[HS]\b)/m.exec(source);
  const plain = (match?.[1] ?? "").replace(/^\.\w+\s*/gm, "").replace(/\\f[A-Z]/g, "").replace(/\\-/g, "-").replace(/\\&/g, "").replace(/\\\[u([0-9A-F]{4,6})\]/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))).replace(/\\e/g, "\\").replace(/[ \t\n]+/g, " ").trim();
  const at = plain.indexOf(" - ");
  if (at < 0) return undefined;
  return { names: plain.slice(0, at).split(/,\s*/), summary: plain.slice(at + 3) };
}
