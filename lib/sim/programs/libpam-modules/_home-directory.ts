// A home directory that is made when it is first needed, from a skeleton (pam_mkhomedir(8), mkhomedir_helper(8)).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { User } from "../kit/accounts.ts";
import { makeHome } from "../passwd/_home.ts";

/** `mask` as it was written, in octal. */
export function* newHome(sys: Sys, user: User, skeleton: string, mask: string | undefined, mode?: number): Blocking<void> {
  const bits = mask !== undefined && /^[0-7]+$/.test(mask) ? Number.parseInt(mask, 8) : 0o022;
  yield* makeHome(sys, user.home, skeleton, user.uid, user.gid, mode ?? (0o777 & ~bits));
}
