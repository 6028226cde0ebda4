// /etc/crypttab (crypttab(5)) and what the start-up scripts do with its lines.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { deviceOfTag } from "../kit/probe-device.ts";

export interface CrypttabLine {
  readonly name: string;
  readonly source: string;
  readonly key: string;
  readonly options: readonly string[];
}

export function* crypttab(sys: Sys): Blocking<readonly CrypttabLine[]> {
  return ((yield* readTextFile(sys, "/etc/crypttab")) ?? "").split("\n").flatMap((line) => {
    const [name, source, key = "none", options = ""] = line.replace(/#.*$/, "").trim().split(/\s+/);
    return name === undefined || name === "" || source === undefined ? [] : [{ name, source, key, options: options.split(",") }];
  });
}

/** The device's path; undefined when it is not there. */
export function* sourceOf(sys: Sys, { source }: CrypttabLine): Blocking<string | undefined> {
  const path = yield* deviceOfTag(sys, source);
  try {
    if (path !== undefined) sys.stat(path);
    return path;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}
