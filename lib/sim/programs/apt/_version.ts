// The version that apt says it has: that of its package, which an upgrade changes.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { builtVersion } from "../kit/debian/built-version.ts";

export function* aptVersion(sys: Sys): Blocking<string> {
  return (yield* builtVersion(sys)) ?? "2.6.1";
}
