// Names of owners to numbers, from the machine's own account files.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";

export function* accountIds(sys: Sys): Blocking<{ user(name: string): number; group(name: string): number }> {
  const idIn = (file: string) => {
    const ids = new Map(file.split("\n").map((line) => [line.split(":")[0] ?? "", Number(line.split(":")[2])]));
    return (name: string) => ids.get(name) ?? 0;
  };
  return { user: idIn(yield* readFile(sys, "/etc/passwd")), group: idIn(yield* readFile(sys, "/etc/group")) };
}
