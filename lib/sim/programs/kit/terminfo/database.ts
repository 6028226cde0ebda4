// Where descriptions of terminals are looked for (terminfo(5), "Fetching compiled descriptions"; `infocmp -D` on Debian 12).

import { type Blocking, O, type Sys, SysError } from "../../../kernel/sys.ts";
import { readCompiledEntry } from "./compiled-entry.ts";
import type { Entry } from "./entry.ts";

const SYSTEM = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"];

export function homeDatabase(sys: Sys): string | undefined {
  const home = sys.environment.get("HOME");
  return home === undefined || home === "" ? undefined : `${home}/.terminfo`;
}

/** All of them in order, also those that are not there. */
export function databases(sys: Sys): readonly string[] {
  const found: string[] = [];
  const own = sys.environment.get("TERMINFO");
  if (own !== undefined && own !== "") found.push(own);
  const home = homeDatabase(sys);
  if (home !== undefined) found.push(home);
  const listed = sys.environment.get("TERMINFO_DIRS");
  if (listed !== undefined && listed !== "") found.push(...listed.split(":").map((path) => (path === "" ? "/etc/terminfo" : path)));
  return [...new Set([...found, ...SYSTEM])];
}

export function entryPath(directory: string, name: string): string {
  return `${directory}/${name.charAt(0)}/${name}`;
}

export function* readEntryFile(sys: Sys, path: string): Blocking<Entry | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  try {
    return readCompiledEntry(yield* sys.read(fd, 32768));
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  } finally {
    sys.close(fd);
  }
}

export function* findEntry(sys: Sys, name: string): Blocking<{ readonly entry: Entry; readonly path: string } | undefined> {
  if (name === "" || name.includes("/")) return undefined;
  for (const directory of databases(sys)) {
    const path = entryPath(directory, name);
    const entry = yield* readEntryFile(sys, path);
    if (entry !== undefined) return { entry, path };
  }
  return undefined;
}
