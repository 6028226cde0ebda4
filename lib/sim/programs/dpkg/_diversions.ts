// /var/lib/dpkg/diversions and statoverride: files that the administrator has put aside, or whose owner and mode dpkg must leave as set.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { DPKG, readFile } from "../kit/debian/dpkg-database.ts";

export interface Diversion {
  readonly from: string;
  readonly to: string;
  /** a package, or ":" for the administrator */
  readonly by: string;
}

export function* readDiversions(sys: Sys): Blocking<Diversion[]> {
  const lines = (yield* readFile(sys, `${DPKG}/diversions`)).split("\n");
  const found: Diversion[] = [];
  for (let at = 0; at + 2 < lines.length; at += 3) found.push({ from: lines[at] ?? "", to: lines[at + 1] ?? "", by: lines[at + 2] ?? "" });
  return found;
}

export interface StatOverride {
  readonly user: string;
  readonly group: string;
  readonly mode: string;
  readonly path: string;
}

export function* readStatOverrides(sys: Sys): Blocking<StatOverride[]> {
  return (yield* readFile(sys, `${DPKG}/statoverride`)).split("\n").flatMap((line) => {
    const [, user = "", group = "", mode = "", path = ""] = /^(\S+) (\S+) (\d+) (.+)$/.exec(line) ?? [];
    return path === "" ? [] : [{ user, group, mode, path }];
  });
}
