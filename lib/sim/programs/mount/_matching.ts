// What mount -a -t -O and umount -a -t -O choose, and who asks (mnt_match_fstype, mnt_match_options, mnt_get_username of libmount).

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";

/** "ext4,xfs", "noproc,sysfs": with "no" before the first word none of them. */
export function matchesTypes(type: string, pattern: string): boolean {
  const inverted = pattern.startsWith("no");
  for (const word of (inverted ? pattern.slice(2) : pattern).split(",")) {
    if (word === type) return !inverted;
    if (word === `no${type}`) return false;
  }
  return inverted;
}

/** "_netdev", "noro": each word must be there, or with "no" before it must not. */
export function matchesOptions(options: string, pattern: string): boolean {
  const present = new Set(options.split(","));
  return pattern.split(",").every((word) => (word.startsWith("+") ? present.has(word.slice(1)) : word.startsWith("no") && word.length > 2 ? !present.has(word.slice(2)) : present.has(word)));
}

export function* callerName(sys: Sys): Blocking<string> {
  const { ruid } = sys.getcred();
  return (yield* Accounts.read(sys)).userById(ruid)?.name ?? String(ruid);
}
