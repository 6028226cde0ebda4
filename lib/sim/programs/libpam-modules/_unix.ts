// pam_unix: passwords of /etc/shadow (pam_unix(8), PAM 1.5.2 with Debian's "obscure").
import type { Blocking } from "../../kernel/sys.ts";
import { PRIORITY } from "../kit/syslog.ts";
import { shadowEntry } from "../login/_pam.ts";
import { cryptPassword, passwordMatches } from "../passwd/_crypt.ts";
import { Databases, newSalt, type ShadowEntry, todayOf } from "../passwd/_databases.ts";
import { numberOf } from "./_arguments.ts";
import { isRemembered, remember } from "./_password-history.ts";
import type { PamStatus } from "./_status.ts";
import type { ModuleCall, PamModule, PamTransaction } from "./_transaction.ts";

const failureDelayUs = 2_000_000;
const attempts = 3;
const usualLength = 6;

/** What the stack has of a password, else what is asked for. */
function* typedPassword(pam: PamTransaction, args: readonly string[]): Blocking<string | undefined> {
  if (pam.token !== undefined) return pam.token;
  if (args.includes("use_first_pass")) return undefined;
  pam.token = yield* pam.conversation.ask("Password: ", false);
  return pam.token;
}

function matches(entry: ShadowEntry | undefined, password: string, args: readonly string[]): boolean {
  if (entry === undefined) return false;
  return entry.password === "" ? args.includes("nullok") && password === "" : passwordMatches(password, entry.password);
}

function* authenticate({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  if (!args.includes("nodelay")) pam.delayAfterFailure(failureDelayUs);
  const user = yield* pam.user();
  const entry = user === undefined ? undefined : yield* shadowEntry(sys, user.name);
  if (entry?.password === "" && args.includes("nullok")) {
    pam.token = "";
    return "success";
  }
  const given = pam.token;
  let password = yield* typedPassword(pam, args);
  if (password === undefined) return args.includes("use_first_pass") ? "authinfo_unavail" : "conv_err";
  // try_first_pass asks again when the one before was wrong
  if (given !== undefined && args.includes("try_first_pass") && !matches(entry, password, args)) {
    pam.token = undefined;
    password = (yield* typedPassword(pam, args)) ?? "";
  }
  if (matches(entry, password, args)) return "success";
  if (user === undefined) yield* pam.log("pam_unix", "check pass; user unknown");
  yield* pam.noteFailure();
  return user === undefined ? "user_unknown" : "auth_err";
}

function* account({ pam, sys }: ModuleCall): Blocking<PamStatus> {
  const user = yield* pam.user();
  if (user === undefined) return "user_unknown";
  const entry = yield* shadowEntry(sys, user.name);
  if (entry === undefined) return "success";
  const today = todayOf(sys);
  if (entry.expireDay !== undefined && today >= entry.expireDay) {
    yield* pam.log("pam_unix", `account ${user.name} has expired (account expired)`);
    yield* pam.conversation.tell("Your account has expired; please contact your system administrator.", "error");
    return "acct_expired";
  }
  if (entry.lastChangeDay === 0) {
    yield* pam.log("pam_unix", `expired password for user ${user.name} (root enforced)`);
    yield* pam.conversation.tell("You are required to change your password immediately (administrator enforced).", "error");
    return "new_authtok_reqd";
  }
  if (entry.lastChangeDay === undefined || entry.maxDays === undefined || today < entry.lastChangeDay) return "success";
  const ends = entry.lastChangeDay + entry.maxDays;
  if (today > ends && entry.inactiveDays !== undefined && today > ends + entry.inactiveDays) {
    yield* pam.log("pam_unix", `account ${user.name} has expired (failed to change password)`);
    yield* pam.conversation.tell("Your account has expired; please contact your system administrator.", "error");
    return "authtok_expired";
  }
  if (today > ends) {
    yield* pam.log("pam_unix", `expired password for user ${user.name} (password aged)`);
    yield* pam.conversation.tell("You are required to change your password immediately (password expired).", "error");
    return "new_authtok_reqd";
  }
  if (entry.warnDays !== undefined && today > ends - entry.warnDays) {
    const days = ends - today;
    yield* pam.log("pam_unix", `password for user ${user.name} will expire in ${days} days`);
    yield* pam.conversation.tell(`Warning: your password will expire in ${days} day${days === 1 ? "" : "s"}.`, "info");
  }
  return "success";
}

/** Undefined: good enough. Debian's "obscure". */
function weakness(password: string, old: string | undefined): string | undefined {
  const reversed = [...password].reverse().join("");
  if (password.toLowerCase() === reversed.toLowerCase()) return "Bad: new password cannot be a palindrome";
  if (old !== undefined && password.toLowerCase() === old.toLowerCase()) return "Bad: new and old password must differ by more than just case";
  if (old !== undefined && old !== "" && (old.includes(password) || password.includes(old))) return "Bad: new and old password are too similar";
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return password.length < 9 - kinds ? "Bad: new password is too simple" : undefined;
}

function* isAcceptable({ pam, sys, args }: ModuleCall, password: string): Blocking<boolean> {
  const refuse = function* (text: string): Blocking<boolean> {
    yield* pam.conversation.tell(text, "error");
    return false;
  };
  if (password === "") return yield* refuse("No password has been supplied.");
  if (pam.oldToken !== undefined && pam.oldToken === password) return yield* refuse("The password has not been changed.");
  if (sys.getcred().ruid === 0) return true;
  if (password.length < numberOf(args, "minlen", usualLength)) return yield* refuse("You must choose a longer password.");
  if (numberOf(args, "remember", 0) > 0 && (yield* isRemembered(sys, pam.userName, password, numberOf(args, "remember", 0)))) return yield* refuse("Password has been already used. Choose another.");
  const problem = args.includes("obscure") ? weakness(password, pam.oldToken) : undefined;
  return problem === undefined ? true : yield* refuse(problem);
}

/** pam_get_authtok(3) for a new password: asked for twice. */
export function* askNewPassword(pam: PamTransaction): Blocking<{ readonly status: PamStatus; readonly password?: string }> {
  const first = yield* pam.conversation.ask("New password: ", false);
  if (first === undefined) {
    yield* pam.conversation.tell("Password change has been aborted.", "error");
    return { status: "authtok_err" };
  }
  if (first === "") return { status: "success", password: "" };
  const second = yield* pam.conversation.ask("Retype new password: ", false);
  if (second === undefined) {
    yield* pam.conversation.tell("Password change has been aborted.", "error");
    return { status: "authtok_err" };
  }
  if (first !== second) {
    yield* pam.conversation.tell("Sorry, passwords do not match.", "error");
    return { status: "try_again" };
  }
  return { status: "success", password: first };
}

function* check({ pam, sys, args, expiredOnly }: ModuleCall): Blocking<PamStatus> {
  const user = yield* pam.user();
  if (user === undefined) return "user_unknown";
  const entry = yield* shadowEntry(sys, user.name);
  const byRoot = sys.getcred().ruid === 0 && expiredOnly !== true;
  if (byRoot) return "success";
  if (!args.includes("nodelay")) pam.delayAfterFailure(failureDelayUs);
  if (entry !== undefined && entry.password !== "") {
    yield* pam.conversation.tell(`Changing password for ${user.name}.`, "info");
    const answer = pam.oldToken ?? (yield* pam.conversation.ask("Current password: ", false));
    if (answer === undefined) return "conv_err";
    if (!passwordMatches(answer, entry.password)) {
      yield* pam.noteFailure();
      return "auth_err";
    }
    pam.oldToken = answer;
  } else yield* pam.conversation.tell(`Changing password for ${user.name}.`, "info");
  if (entry?.minDays !== undefined && entry.lastChangeDay !== undefined && entry.lastChangeDay !== 0 && todayOf(sys) < entry.lastChangeDay + entry.minDays) {
    yield* pam.conversation.tell("You must wait longer to change your password.", "error");
    return "authtok_err";
  }
  return "success";
}

function* update(call: ModuleCall): Blocking<PamStatus> {
  const { pam, sys, args } = call;
  let chosen: string | undefined;
  for (let attempt = 0; attempt < attempts && chosen === undefined; attempt++) {
    let password = pam.token;
    if (password === undefined) {
      if (args.includes("use_authtok")) return "authtok_err";
      const answer = yield* askNewPassword(pam);
      if (answer.status !== "success") return answer.status;
      password = answer.password ?? "";
    }
    if (yield* isAcceptable(call, password)) chosen = password;
    else {
      pam.token = undefined;
      if (args.includes("use_authtok")) return "authtok_err";
    }
  }
  if (chosen === undefined) return "authtok_err";
  const kept = numberOf(args, "remember", 0);
  const entry = yield* shadowEntry(sys, pam.userName);
  if (kept > 0 && entry !== undefined) yield* remember(sys, pam.userName, entry.password, kept);
  const databases = yield* Databases.open(sys);
  const fields = [...(databases.find("shadow", pam.userName) ?? [pam.userName, "", "", "", "", "", "", "", ""])];
  fields[1] = cryptPassword(chosen, newSalt(sys));
  fields[2] = String(todayOf(sys));
  databases.replace("shadow", pam.userName, fields);
  yield* databases.save();
  pam.token = chosen;
  yield* pam.log("pam_unix", `password changed for ${pam.userName}`);
  return "success";
}

export const unix: PamModule = {
  auth: authenticate,
  account,
  *password(call) {
    return call.step === "update" ? yield* update(call) : yield* check(call);
  },
  *open({ pam, sys, args }) {
    if (args.includes("quiet")) return "success";
    const user = yield* pam.user();
    const { loginName = "", callerUid } = pam.facts;
    yield* pam.log("pam_unix", `session opened for user ${pam.userName}(uid=${user?.uid ?? ""}) by ${loginName}(uid=${callerUid ?? sys.getcred().ruid})`, PRIORITY.info);
    return "success";
  },
  *close({ pam, args }) {
    if (!args.includes("quiet")) yield* pam.log("pam_unix", `session closed for user ${pam.userName}`, PRIORITY.info);
    return "success";
  },
};
