// How systemd's tools find the verb among their words, and refuse too few or too many behind it (dispatch_verb of systemd).
import type { Blocking } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";
import { complain } from "./_systemd.ts";

/** How many words may stand behind a verb; `most` left out: any number. */
export interface VerbLimits {
  readonly least?: number;
  readonly most?: number;
}

/** False: something was said, the status is 1. */
export function* fitsVerb(io: Io, verb: string, words: number, table: ReadonlyMap<string, VerbLimits>): Blocking<boolean> {
  const limits = table.get(verb);
  const wrong = limits === undefined ? `Unknown command verb ${verb}.` : words < (limits.least ?? 0) ? "Too few arguments." : words > (limits.most ?? Number.POSITIVE_INFINITY) ? "Too many arguments." : undefined;
  if (wrong === undefined) return true;
  yield* complain(io, wrong);
  return false;
}
