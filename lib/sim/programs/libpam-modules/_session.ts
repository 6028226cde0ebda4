// Modules that do something at the beginning of a session: a home directory, limits, messages, a mask, a command.
import { type Blocking, SIGNALS, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { applyLimits } from "../kit/pam-limits.ts";
import { lastLogin, noteLastLogin } from "../kit/lastlog.ts";
import { exists } from "../kit/presence.ts";
import { PRIORITY } from "../kit/syslog.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { valueOf } from "./_arguments.ts";
import { newHome } from "./_home-directory.ts";
import type { PamStatus } from "./_status.ts";
import type { ModuleCall, PamModule } from "./_transaction.ts";

function* setLimits({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const user = yield* pam.user();
  if (user === undefined) return "user_unknown";
  const accounts = yield* pam.accounts();
  yield* applyLimits(sys, { ...user, groups: accounts.groupsOf(user).map((gid) => accounts.groupName(gid)) }, valueOf(args, "conf"));
  return "success";
}

function* makeHome({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const user = yield* pam.user();
  if (user === undefined) return "cred_insufficient";
  if (exists(sys, user.home)) return "success";
  if (!args.includes("silent")) yield* pam.conversation.tell(`Creating directory '${user.home}'.`, "info");
  try {
    yield* newHome(sys, user, valueOf(args, "skel") ?? "/etc/skel", valueOf(args, "umask"));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* pam.log("pam_mkhomedir", "mkhomedir_helper returned 6", PRIORITY.err);
    yield* pam.conversation.tell(`Unable to create and initialize directory '${user.home}'.`, "error");
    return "perm_denied";
  }
  return "success";
}

function* setMask({ sys, args }: ModuleCall): Blocking<PamStatus> {
  const word = valueOf(args, "umask") ?? /^UMASK\s+(\d+)/m.exec((yield* readTextFile(sys, "/etc/login.defs")) ?? "")?.[1];
  if (word !== undefined && /^[0-7]+$/.test(word)) sys.umask(Number.parseInt(word, 8));
  return "success";
}

function* echo({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const file = valueOf(args, "file");
  const text = file === undefined ? args.join(" ") : yield* readTextFile(sys, file);
  if (text === undefined) return "ignore";
  const { tty = "", remoteHost = "", remoteUser = "" } = pam.facts;
  yield* pam.conversation.tell(text.replace(/\n$/, "").replace(/%([hHstuU%])/g, (_, letter: string) => (letter === "u" ? pam.userName : letter === "s" ? pam.service : letter === "t" ? tty : letter === "H" ? remoteHost : letter === "U" ? remoteUser : letter === "h" ? sys.uname().nodename : "%")), "info");
  return "success";
}

/** pam_exec: a program as root, with PAM_USER and its like in its environment. */
function* execute({ pam, sys, args }: ModuleCall, type: string): Blocking<PamStatus> {
  const first = args.findIndex((word) => !/^(?:debug|expose_authtok|seteuid|quiet|quiet_log|stdout|log=|type=)/.test(word));
  const wanted = valueOf(args, "type");
  if (first < 0 || (wanted !== undefined && wanted !== type)) return first < 0 ? "system_err" : "ignore";
  const words = args.slice(first);
  const { tty = "", remoteHost = "", remoteUser = "" } = pam.facts;
  const environment = new Map([...pam.environment, ["PAM_USER", pam.userName], ["PAM_SERVICE", pam.service], ["PAM_TTY", tty], ["PAM_RHOST", remoteHost], ["PAM_RUSER", remoteUser], ["PAM_TYPE", type]].map(([name = "", value = ""]) => [name, value] as const).filter(([, value]) => value !== ""));
  const pid = sys.fork(function* child(own): Blocking<number> {
    try {
      return yield* own.exec(words[0] ?? "", words, environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 2;
    }
  });
  for (;;) {
    try {
      const waited = yield* sys.waitpid(pid);
      if (waited === undefined) continue;
      const { status } = waited;
      const code = status.kind === "exited" ? status.status : 128 + SIGNALS.KILL;
      if (code === 0) return "success";
      if (!args.includes("quiet")) yield* pam.conversation.tell(`${words[0] ?? ""} failed: exit code ${code}`, "error");
      yield* pam.log("pam_exec", `${words[0] ?? ""} failed: exit code ${code}`, PRIORITY.err);
      return "system_err";
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    }
  }
}

/** pam_lastlog: tells the login before and notes this one. */
function* tellLastLogin({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const user = yield* pam.user();
  if (user === undefined) return "user_unknown";
  const before = yield* lastLogin(sys, user.uid);
  const line = (pam.facts.tty ?? "").replace(/^\/dev\//, "");
  if (before !== undefined && !args.includes("silent") && !exists(sys, `${user.home}/.hushlogin`)) {
    const when = strftime("%a %b %e %H:%M:%S %Z %Y", civilAt(yield* readZone(sys), before.seconds));
    yield* pam.conversation.tell(`Last login: ${when}${before.host === "" || args.includes("nohost") ? "" : ` from ${before.host}`}${before.line === "" || args.includes("noterm") ? "" : ` on ${before.line}`}`, "info");
  }
  if (!args.includes("noupdate")) yield* noteLastLogin(sys, user.uid, { seconds: Math.floor(sys.clockUs("realtime") / 1e6), line, host: pam.facts.remoteHost ?? "" });
  return "success";
}

/** pam_mail: the mailbox's name for the environment, and whether something is in it. */
function* tellMail({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const path = `${valueOf(args, "dir") ?? "/var/mail"}/${pam.userName}`;
  if (!args.includes("noenv")) pam.environment.set("MAIL", path);
  if (args.includes("nopen") || args.includes("quiet")) return "success";
  try {
    const { sizeBytes, atimeUs, mtimeUs } = sys.stat(path);
    if (sizeBytes > 0) yield* pam.conversation.tell(atimeUs <= mtimeUs ? "You have new mail." : args.includes("standard") ? "You have mail." : "You have old mail.", "info");
    else if (args.includes("empty")) yield* pam.conversation.tell("You have no mail.", "info");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (args.includes("empty")) yield* pam.conversation.tell("You have no mail.", "info");
  }
  return "success";
}

export const lastlog: PamModule = { open: tellLastLogin };
export const mail: PamModule = { open: tellMail };
export const limits: PamModule = { open: setLimits };
export const mkhomedir: PamModule = { open: makeHome };
export const umask: PamModule = { open: setMask };
export const echoText: PamModule = { auth: echo, account: echo, password: echo, open: echo };
export const exec: PamModule = {
  auth: (call) => execute(call, "auth"),
  account: (call) => execute(call, "account"),
  password: (call) => execute(call, "password"),
  open: (call) => execute(call, "open_session"),
  close: (call) => execute(call, "close_session"),
};
