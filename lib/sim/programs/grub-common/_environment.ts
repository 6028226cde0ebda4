// grubenv: a block of 1024 bytes with NAME=VALUE lines (the GRUB manual, "The GRUB environment block").
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

const HEAD = "# GRUB Environment Block\n";
const BYTES = 1024;

export function* readEnvironment(sys: Sys, path: string): Blocking<Map<string, string> | undefined> {
  const text = yield* readTextFile(sys, path);
  if (!text?.startsWith(HEAD)) return undefined;
  return new Map(text.slice(HEAD.length).split("\n").filter((line) => line.includes("=") && !line.startsWith("#")).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const));
}

/** False: it cannot be written. */
export function* writeEnvironment(sys: Sys, path: string, values: ReadonlyMap<string, string>): Blocking<boolean> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, encode(`${HEAD}${[...values].map(([name, value]) => `${name}=${value}\n`).join("")}`.padEnd(BYTES, "#")));
    sys.close(fd);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
