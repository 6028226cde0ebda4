// Where a program's sources come from: -f, -i and @include look along AWKPATH, with and without ".awk".

import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Input } from "../kit/input.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import type { Source } from "../kit/awk/lexer.ts";

const DEFAULT_PATH = ".:/usr/share/awk";

function* readWhole(sys: Sys, path: string, bytes: boolean): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  try {
    if ((sys.fstat(fd).mode & S.IFMT) === S.IFDIR) throw new SysError("EISDIR");
    const text = yield* new Input(sys, fd).all();
    return bytes ? text : textOfLatin1(text);
  } finally {
    sys.close(fd);
  }
}

/** Throws SysError of the last try. */
export function* findSource(sys: Sys, name: string, bytes: boolean): Blocking<Source> {
  if (name === "-" || name === "/dev/stdin") {
    const text = yield* new Input(sys, 0).all();
    return { name: "-", text: bytes ? text : textOfLatin1(text) };
  }
  const path = sys.environment.get("AWKPATH");
  const folders = name.includes("/") ? [""] : (path === undefined || path === "" ? DEFAULT_PATH : path).split(":").map((folder) => (folder === "" || folder === "." ? "" : `${folder.replace(/\/$/, "")}/`));
  for (const ending of ["", ".awk"]) {
    for (const folder of folders) {
      try {
        return { name: folder + name + ending, text: yield* readWhole(sys, folder + name + ending, bytes) };
      } catch (error) {
        if (!(error instanceof SysError) || (error.errno !== "ENOENT" && error.errno !== "ENOTDIR")) throw error;
      }
    }
  }
  throw new SysError("ENOENT");
}

/** What @include names in the sources, and in what they include. What is not found is missed by the parser. */
export function* collectIncludes(sys: Sys, sources: readonly Source[], bytes: boolean): Blocking<Map<string, Source>> {
  const found = new Map<string, Source>();
  const pending = [...sources];
  for (let source = pending.pop(); source; source = pending.pop()) {
    for (const [, name = ""] of source.text.matchAll(/^[ \t]*@include[ \t]+"([^"\n]+)"/gm)) {
      if (found.has(name)) continue;
      try {
        const included = yield* findSource(sys, name, bytes);
        found.set(name, included);
        pending.push(included);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }
  return found;
}
