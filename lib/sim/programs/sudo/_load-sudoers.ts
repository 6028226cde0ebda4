// Reading /etc/sudoers with all that it includes, in the order in which sudo does.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { SudoersParser } from "./_sudoers.ts";

export interface LoadedFile {
  readonly path: string;
  /** undefined when it is fine */
  readonly problem: string | undefined;
}

/** Why sudo does not read a file that others than root may have changed; undefined when it does. */
function untrusted(sys: Sys, path: string): string | undefined {
  try {
    const { uid, gid, mode } = sys.stat(path);
    if (uid !== 0) return `${path} is owned by uid ${uid}, should be 0`;
    if ((mode & 0o002) !== 0) return `${path} is world writable`;
    return (mode & 0o020) !== 0 && gid !== 0 ? `${path} is owned by gid ${gid}, should be 0` : undefined;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** Every file read, in order; `missing` when the first one cannot be read. `refuse`: hears of files that are not to be trusted, which are passed over. */
export function* loadSudoers(sys: Sys, path: string, parser: SudoersParser, followIncludes = true, refuse?: (reason: string) => void): Blocking<readonly LoadedFile[] | "missing"> {
  const reason = refuse === undefined ? undefined : untrusted(sys, path);
  if (reason !== undefined) {
    refuse?.(reason);
    return "missing";
  }
  const body = yield* readTextFile(sys, path);
  if (body === undefined) return "missing";
  const before = parser.mistakes.length;
  const includes = parser.parse(path, body);
  const files: LoadedFile[] = [{ path, problem: parser.mistakes.length > before ? "syntax" : undefined }];
  if (!followIncludes) return files;
  for (const include of includes) {
    if (!include.directory) {
      const more = yield* loadSudoers(sys, include.path, parser, true, refuse);
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
      const more = yield* loadSudoers(sys, `${include.path}/${name}`, parser, true, refuse);
      if (more !== "missing") files.push(...more);
    }
  }
  return files;
}
