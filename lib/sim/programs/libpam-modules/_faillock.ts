// pam_faillock: an account is closed for a while after too many wrong passwords (pam_faillock(8), faillock.conf(5)).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { PRIORITY } from "../kit/syslog.ts";
import { valueOf } from "./_arguments.ts";
import type { PamStatus } from "./_status.ts";
import { readTallies, TALLY, TALLY_DIRECTORY, type Tally, writeTallies } from "./_tally.ts";
import type { ModuleCall, PamModule } from "./_transaction.ts";

interface Settings {
  directory: string;
  deny: number;
  intervalSeconds: number;
  unlockSeconds: number;
  rootUnlockSeconds: number | undefined;
  evenRoot: boolean;
  adminGroup: string | undefined;
  silent: boolean;
  audit: boolean;
  quietLog: boolean;
  localOnly: boolean;
  noDelay: boolean;
}

const longestSeconds = 604_800;

function set(settings: Settings, name: string, value: string): void {
  const number = value === "never" ? 0 : /^\d+$/.test(value) ? Math.min(Number(value), longestSeconds) : undefined;
  if (name === "dir" && value.startsWith("/")) settings.directory = value;
  else if (name === "deny" && number !== undefined) settings.deny = number;
  else if (name === "fail_interval" && number !== undefined) settings.intervalSeconds = number;
  else if (name === "unlock_time" && number !== undefined) settings.unlockSeconds = number;
  else if (name === "root_unlock_time" && number !== undefined) {
    settings.rootUnlockSeconds = number;
    settings.evenRoot = true;
  } else if (name === "even_deny_root") settings.evenRoot = true;
  else if (name === "admin_group") settings.adminGroup = value;
  else if (name === "silent") settings.silent = true;
  else if (name === "audit") settings.audit = true;
  else if (name === "no_log_info") settings.quietLog = true;
  else if (name === "local_users_only") settings.localOnly = true;
  else if (name === "nodelay") settings.noDelay = true;
}

/** faillock.conf, then the words of the stack's line. */
function* settingsOf(sys: Sys, args: readonly string[]): Blocking<Settings> {
  const settings: Settings = { directory: TALLY_DIRECTORY, deny: 3, intervalSeconds: 900, unlockSeconds: 600, rootUnlockSeconds: undefined, evenRoot: false, adminGroup: undefined, silent: false, audit: false, quietLog: false, localOnly: false, noDelay: false };
  for (const line of ((yield* readTextFile(sys, valueOf(args, "conf") ?? "/etc/security/faillock.conf")) ?? "").split("\n")) {
    const [, name = "", value = ""] = /^\s*([a-z_]+)\s*(?:=\s*)?(.*?)\s*$/.exec(line.replace(/#.*/, "")) ?? [];
    set(settings, name, value);
  }
  for (const word of args) {
    const [name = "", value = ""] = word.split("=");
    set(settings, name, value);
  }
  return settings;
}

interface Standing {
  readonly settings: Settings;
  readonly path: string;
  readonly uid: number;
  readonly tallies: readonly Tally[];
  readonly failures: number;
  readonly latest: number;
  readonly unlockSeconds: number;
  readonly locked: boolean;
  /** enough failures, but their time is over */
  readonly unlocked: boolean;
  readonly now: number;
}

/** Undefined: the module does not care for this user. */
function* standingOf({ pam, sys, args }: ModuleCall): Blocking<Standing | undefined> {
  const settings = yield* settingsOf(sys, args);
  const user = yield* pam.user();
  if (user === undefined) return undefined;
  const accounts = yield* pam.accounts();
  const admin = user.uid === 0 || (settings.adminGroup !== undefined && accounts.groupsOf(user).some((gid) => accounts.groupName(gid) === settings.adminGroup));
  if (admin && !settings.evenRoot) return undefined;
  const unlockSeconds = admin ? (settings.rootUnlockSeconds ?? settings.unlockSeconds) : settings.unlockSeconds;
  const path = `${settings.directory}/${user.name}`;
  const tallies = (yield* readTallies(sys, path)) ?? [];
  const valid = tallies.filter((one) => (one.status & TALLY.valid) !== 0);
  const latest = Math.max(0, ...valid.map((one) => one.seconds));
  const failures = valid.filter((one) => latest - one.seconds < settings.intervalSeconds).length;
  const now = Math.floor(sys.clockUs("realtime") / 1e6);
  const enough = settings.deny > 0 && failures >= settings.deny;
  const over = unlockSeconds > 0 && latest + unlockSeconds < now;
  return { settings, path, uid: user.uid, tallies, failures, latest, unlockSeconds, locked: enough && !over, unlocked: enough && over, now };
}

function* clear(sys: Sys, { path, uid, tallies }: Standing): Blocking<void> {
  if (tallies.length === 0) return;
  try {
    yield* writeTallies(sys, path, uid, []);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* noteFailure({ pam, sys }: ModuleCall, standing: Standing): Blocking<void> {
  const { settings, now, unlocked } = standing;
  const { remoteHost = "", tty = "" } = pam.facts;
  const kept = standing.tallies.map((one) => (unlocked || now - one.seconds >= settings.intervalSeconds ? { ...one, status: one.status & ~TALLY.valid } : one));
  const before = kept.filter((one) => (one.status & TALLY.valid) !== 0).length;
  const record: Tally = { source: remoteHost !== "" ? remoteHost : tty !== "" ? tty : pam.service, status: TALLY.valid | (remoteHost !== "" ? TALLY.remoteHost : tty !== "" ? TALLY.terminal : 0), seconds: now };
  // the oldest gives its place when it no longer counts
  let oldest = -1;
  kept.forEach((one, index) => {
    if (oldest < 0 || one.seconds < (kept[oldest]?.seconds ?? 0)) oldest = index;
  });
  const reused = oldest >= 0 && ((kept[oldest]?.status ?? 0) & TALLY.valid) === 0;
  try {
    yield* writeTallies(sys, standing.path, standing.uid, reused ? kept.map((one, index) => (index === oldest ? record : one)) : [...kept, record]);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* pam.log("pam_faillock", `Error opening the tally file for ${pam.userName}: ${error.message}`, PRIORITY.err);
  }
  if (before + 1 === settings.deny && !settings.quietLog) yield* pam.log("pam_faillock", `Consecutive login failures for user ${pam.userName} account temporarily locked`, PRIORITY.info);
}

function* tellLocked({ pam }: ModuleCall, { failures, latest, unlockSeconds, now }: Standing): Blocking<void> {
  yield* pam.conversation.tell(`The account is locked due to ${failures} failed logins.`, "info");
  const left = latest + unlockSeconds - now;
  if (unlockSeconds === 0 || left <= 0) return;
  const minutes = Math.floor((left + 59) / 60);
  yield* pam.conversation.tell(`(${minutes} minute${minutes === 1 ? "" : "s"} left to unlock)`, "info");
}

export const faillock: PamModule = {
  *auth(call): Blocking<PamStatus> {
    const { pam, sys, args } = call;
    const standing = yield* standingOf(call);
    if (standing?.settings.noDelay !== true) pam.delayAfterFailure(2_000_000);
    if (standing === undefined) return (yield* pam.user()) === undefined && !args.includes("authfail") ? "user_unknown" : args.includes("authfail") ? "ignore" : "success";
    if (args.includes("authfail")) {
      if (standing.locked) return "auth_err";
      yield* noteFailure(call, standing);
      return "ignore";
    }
    if (args.includes("authsucc")) {
      if (standing.locked) return "auth_err";
      yield* clear(sys, standing);
      return "success";
    }
    if (!standing.locked) return "success";
    if (!standing.settings.silent) yield* tellLocked(call, standing);
    return "auth_err";
  },
  *account(call): Blocking<PamStatus> {
    const standing = yield* standingOf(call);
    if (standing !== undefined) yield* clear(call.sys, standing);
    return "success";
  },
};
