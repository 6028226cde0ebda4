import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

/** Devices and files that are swapped to, as /proc/swaps lists them. */
export function* readSwaps(sys: Sys): Blocking<readonly string[]> {
  return ((yield* readTextFile(sys, "/proc/swaps")) ?? "").split("\n").slice(1).map((line) => line.split(/\s+/)[0] ?? "").filter((name) => name !== "");
}
