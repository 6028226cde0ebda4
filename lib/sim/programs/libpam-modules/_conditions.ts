// Modules that answer one question about the user, the caller or the terminal: pam_wheel, pam_listfile, pam_succeed_if, pam_shells, pam_securetty, pam_nologin and their kind (section 8 of the manual has a page for each).
import type { Blocking } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { PRIORITY } from "../kit/syslog.ts";
import { valueOf } from "./_arguments.ts";
import type { PamStatus } from "./_status.ts";
import type { ModuleCall, PamModule } from "./_transaction.ts";

function* rootOk({ sys, pam }: ModuleCall): Blocking<PamStatus> {
  return (pam.facts.callerUid ?? sys.getcred().ruid) === 0 ? "success" : "auth_err";
}

function* wheelMember({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const accounts = yield* pam.accounts();
  const target = yield* pam.user();
  const caller = accounts.userById(pam.facts.callerUid ?? sys.getcred().ruid);
  if (args.includes("root_only") && target?.uid !== 0) return "ignore";
  const name = valueOf(args, "group");
  const group = name === undefined ? (accounts.groupByName("wheel") ?? accounts.groupById(0)) : accounts.groupByName(name);
  const deny = args.includes("deny");
  if (group === undefined || caller === undefined) return deny ? "ignore" : "auth_err";
  const member = accounts.groupsOf(caller).includes(group.gid);
  const status: PamStatus = member === deny ? "perm_denied" : args.includes("trust") && member ? "success" : "ignore";
  if (member === deny) yield* pam.log("pam_wheel", `Access denied to '${pam.userName}' for '${caller.name}'`);
  return status;
}

function* listed({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const deny = valueOf(args, "sense") !== "allow";
  const text = yield* readTextFile(sys, valueOf(args, "file") ?? "");
  if (text === undefined) {
    yield* pam.log("pam_listfile", `Couldn't open ${valueOf(args, "file") ?? ""}`, PRIORITY.err);
    return valueOf(args, "onerr") === "succeed" ? "success" : "auth_err";
  }
  const accounts = yield* pam.accounts();
  const user = yield* pam.user();
  const { tty = "", remoteHost = "", remoteUser = "" } = pam.facts;
  const item = valueOf(args, "item") ?? "user";
  const values = item === "group" ? (user === undefined ? [] : accounts.groupsOf(user).map((gid) => accounts.groupName(gid))) : [item === "tty" ? tty.replace(/^\/dev\//, "") : item === "rhost" ? remoteHost : item === "ruser" ? remoteUser : item === "shell" ? (user?.shell ?? "") : pam.userName];
  const inside = text.split("\n").some((line) => values.includes(line.trim()));
  if (inside !== deny) return "success";
  if (!args.includes("quiet")) yield* pam.log("pam_listfile", `Refused user ${pam.userName} for service ${pam.service}`);
  return "auth_err";
}

function* succeedIf({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const accounts = yield* pam.accounts();
  const useUid = args.includes("use_uid");
  const user = useUid ? accounts.userById(sys.getcred().ruid) : yield* pam.user();
  if (user === undefined) return "user_unknown";
  const words = args.filter((word) => !["use_uid", "debug", "quiet", "quiet_success", "quiet_fail", "audit"].includes(word));
  const groups = accounts.groupsOf(user).map((gid) => accounts.groupName(gid));
  const { tty = "", remoteHost = "", remoteUser = "" } = pam.facts;
  const attributes = new Map([["user", user.name], ["uid", String(user.uid)], ["gid", String(user.gid)], ["shell", user.shell], ["home", user.home], ["ruser", remoteUser], ["rhost", remoteHost], ["tty", tty], ["service", pam.service]]);
  for (let at = 0; at < words.length; at += 3) {
    const [left = "", operator = "", right = ""] = words.slice(at, at + 3);
    const value = attributes.get(left) ?? "";
    const number = Number(value);
    const met = operator === "ingroup" ? right.split(":").some((one) => groups.includes(one)) : operator === "notingroup" ? !right.split(":").some((one) => groups.includes(one))
      : operator === "=" ? compileFnmatch(right)(value) : operator === "!=" ? !compileFnmatch(right)(value) : operator === "=~" ? compileFnmatch(right)(value) : operator === "!~" ? !compileFnmatch(right)(value)
      : operator === "in" ? right.split(":").includes(value) : operator === "notin" ? !right.split(":").includes(value)
      : operator === "eq" ? number === Number(right) : operator === "ne" ? number !== Number(right) : operator === "lt" ? number < Number(right) : operator === "le" ? number <= Number(right) : operator === "gt" ? number > Number(right) : operator === "ge" && number >= Number(right);
    if (met) continue;
    if (!args.includes("quiet") && !args.includes("quiet_fail")) yield* pam.log("pam_succeed_if", `requirement "${left} ${operator} ${right}" not met by user "${user.name}"`);
    return "auth_err";
  }
  return "success";
}

function* shellListed({ pam, sys }: ModuleCall): Blocking<PamStatus> {
  const user = yield* pam.user();
  const shells = ((yield* readTextFile(sys, "/etc/shells")) ?? "").split("\n");
  return user !== undefined && shells.includes(user.shell === "" ? "/bin/sh" : user.shell) ? "success" : "auth_err";
}

function* secureTerminal({ pam, sys }: ModuleCall): Blocking<PamStatus> {
  const user = yield* pam.user();
  if (user !== undefined && user.uid !== 0) return "ignore";
  const text = yield* readTextFile(sys, "/etc/securetty");
  if (text === undefined) return "success";
  const tty = (pam.facts.tty ?? "").replace(/^\/dev\//, "");
  if (text.split("\n").some((line) => line.replace(/^\/dev\//, "").trim() === tty)) return "success";
  yield* pam.log("pam_securetty", `access denied: tty '${tty}' is not secure !`);
  return user === undefined ? "user_unknown" : "auth_err";
}

function* noLogin({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const named = valueOf(args, "file");
  const text = named === undefined ? ((yield* readTextFile(sys, "/var/run/nologin")) ?? (yield* readTextFile(sys, "/etc/nologin"))) : yield* readTextFile(sys, named);
  if (text === undefined) return args.includes("successok") ? "success" : "ignore";
  const user = yield* pam.user();
  if (text !== "") yield* pam.conversation.tell(text.replace(/\n$/, ""), user?.uid === 0 ? "info" : "error");
  return user === undefined ? "user_unknown" : user.uid === 0 ? "success" : "auth_err";
}

function* localUser({ pam }: ModuleCall): Blocking<PamStatus> {
  return (yield* pam.user()) === undefined ? "perm_denied" : "success";
}

function* userType({ pam, args }: ModuleCall): Blocking<PamStatus> {
  const uid = (yield* pam.user())?.uid;
  if (uid === undefined) return "user_unknown";
  const regular = uid >= 1000 && uid !== 65_534;
  return args.includes("isregular") === regular ? "success" : "auth_err";
}

const everywhere = (run: (call: ModuleCall) => Blocking<PamStatus>): PamModule => ({ auth: run, account: run, password: run, open: run });

export const rootok: PamModule = { auth: rootOk, account: rootOk, password: rootOk };
export const wheel: PamModule = { auth: wheelMember, account: wheelMember };
export const listfile = everywhere(listed);
export const succeedif = everywhere(succeedIf);
export const shells: PamModule = { auth: shellListed, account: shellListed };
export const securetty: PamModule = { auth: secureTerminal, account: secureTerminal };
export const nologin: PamModule = { auth: noLogin, account: noLogin };
export const localuser = everywhere(localUser);
export const usertype = everywhere(userType);
