// Manual pages on disk: where they are, which there are, and their text.

import { type Blocking, O, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { ByteSource } from "../kit/compression/byte-source.ts";
import { gunzipMember, readGzipHeader } from "../kit/compression/gzip-format.ts";

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
  const there = (path: string): boolean => {
    try {
      return (sys.stat(path).mode & 0o170000) === 0o040000;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  };
  for (const line of ((yield* readTextFile(sys, "/etc/manpath.config")) ?? "MANDATORY_MANPATH /usr/share/man\n").split("\n")) {
    const [word, first, second] = line.trim().split(/\s+/);
    const path = word === "MANDATORY_MANPATH" ? first : word === "MANPATH_MAP" ? second : undefined;
    if (path !== undefined && !usual.includes(path) && there(path)) usual.push(path);
  }
  usual.sort((a, b) => Number(b.startsWith("/usr/local")) - Number(a.startsWith("/usr/local")));
  if (given === undefined || given === "") return usual;
  return given.split(":").flatMap((part) => (part === "" ? usual : [part]));
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

/** "ls \- list directory contents" of the NAME section. */
export function nameLine(source: string): { readonly names: readonly string[]; readonly summary: string } | undefined {
  const match = /^\.SH\s+"?NAME"?\s*\n([\s\S]*?)(?=^\.S[HS]\b)/m.exec(source);
  const plain = (match?.[1] ?? "").replace(/^\.\w+\s*/gm, "").replace(/\\f[A-Z]/g, "").replace(/\\-/g, "-").replace(/\\&/g, "").replace(/\\e/g, "\\").replace(/\s+/g, " ").trim();
  const at = plain.indexOf(" - ");
  if (at < 0) return undefined;
  return { names: plain.slice(0, at).split(/,\s*/), summary: plain.slice(at + 3) };
}
