// What pam_unix decides: passwords against /etc/shadow, accounts that have expired, and the delay after a wrong password. The caller runs as root (set-user-ID).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { passwordMatches } from "../passwd/_crypt.ts";
import { parseShadow, type ShadowEntry } from "../passwd/_databases.ts";

const failureDelayUs = 2_000_000;
const usPerDay = 86_400_000_000;

export function* shadowEntry(sys: Sys, name: string): Blocking<ShadowEntry | undefined> {
  return parseShadow((yield* readTextFile(sys, "/etc/shadow")) ?? "").find((entry) => entry.name === name);
}

/** Whether the account needs no password at all (an empty field). */
export function* hasNoPassword(sys: Sys, name: string): Blocking<boolean> {
  return (yield* shadowEntry(sys, name))?.password === "";
}

/** After a wrong password the answer takes its time. */
export function* authenticate(sys: Sys, name: string, password: string): Blocking<boolean> {
  const entry = yield* shadowEntry(sys, name);
  if (entry !== undefined && (entry.password === "" || passwordMatches(password, entry.password))) return true;
  yield* waitAfterFailure(sys);
  return false;
}

export function* waitAfterFailure(sys: Sys): Blocking<void> {
  const endUs = sys.clockUs("monotonic") + failureDelayUs;
  for (;;) {
    try {
      const leftUs = endUs - sys.clockUs("monotonic");
      if (leftUs <= 0) return;
      yield* sys.sleep(leftUs);
      return;
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      sys.takeSignals();
    }
  }
}

export type AccountState = "valid" | "expired" | "password-expired";

export function* accountState(sys: Sys, name: string): Blocking<AccountState> {
  const entry = yield* shadowEntry(sys, name);
  if (entry === undefined) return "valid";
  const today = Math.floor(sys.clockUs("realtime") / usPerDay);
  if (entry.expireDay !== undefined && today >= entry.expireDay) return "expired";
  if (entry.lastChangeDay === 0) return "password-expired";
  if (entry.lastChangeDay !== undefined && entry.maxDays !== undefined && entry.maxDays < 99_999 && today > entry.lastChangeDay + entry.maxDays) return "password-expired";
  return "valid";
}

/** A line for the authentication log (syslog facility authpriv). */
export function* logAuthentication(sys: Sys, program: string, message: string, priority: number = PRIORITY.notice): Blocking<void> {
  yield* syslog(sys, { identifier: program, facility: FACILITY.authpriv, priority, message });
}
