// Reading /etc/sudoers with all that it includes, in the order in which sudo does.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { SudoersParser } from "./_sudoers.ts";

export interface LoadedFile {
  readonly path: string;
  /** undefined when it is fine */
  readonly problem: string | undefined;
}

/** Every file read, in order; `missing` when the first one cannot be read. */
export function* loadSudoers(sys: Sys, path: string, parser: SudoersParser, followIncludes = true): Blocking<readonly LoadedFile[] | "missing"> {
  const body = yield* readTextFile(sys, path);
  if (body === undefined) return "missing";
  const before = parser.mistakes.length;
  const includes = parser.parse(path, body);
  const files: LoadedFile[] = [{ path, problem: parser.mistakes.length > before ? "syntax" : undefined }];
  if (!followIncludes) return files;
  for (const include of includes) {
    if (!include.directory) {
      const more = yield* loadSudoers(sys, include.path, parser);
      if (more !== "missing") files.push(...more);
      continue;
    }
    let names: readonly string[] = [];
    try {
      names = sys.readdir(include.path).map((entry) => entry.name).filter((name) => !name.includes(".") && !name.endsWith("~")).sort();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    for (const name of names) {
      const more = yield* loadSudoers(sys, `${include.path}/${name}`, parser);
      if (more !== "missing") files.push(...more);
    }
  }
  return files;
}
