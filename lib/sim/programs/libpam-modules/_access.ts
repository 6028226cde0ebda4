// pam_access and pam_time: who may come from where, and when (access.conf(5), time.conf(5)).
import type { Blocking } from "../../kernel/sys.ts";
import { readTextFile, type User } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { PRIORITY } from "../kit/syslog.ts";
import { type Civil, civilAtUs } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { valueOf } from "./_arguments.ts";
import type { PamStatus } from "./_status.ts";
import type { ModuleCall, PamModule } from "./_transaction.ts";

function addressNumber(text: string): number | undefined {
  const parts = text.split(".").map(Number);
  return parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255) ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}

function inNetwork(address: string, network: string): boolean {
  const [base = "", bits = ""] = network.split("/");
  const [a, b] = [addressNumber(address), addressNumber(base)];
  if (a === undefined || b === undefined) return false;
  const mask = /^\d+$/.test(bits) ? Number(bits) : undefined;
  const size = mask !== undefined ? 2 ** (32 - mask) : 2 ** 32 - (addressNumber(bits) ?? 0);
  return Math.floor(a / size) === Math.floor(b / size);
}

interface Visitor {
  readonly user: User | undefined;
  readonly name: string;
  readonly groups: readonly string[];
  /** remote host, else terminal, else service */
  readonly from: string;
  readonly remote: boolean;
}

function isFrom(word: string, { from, remote }: Visitor): boolean {
  if (word.toUpperCase() === "ALL") return true;
  if (word.toUpperCase() === "LOCAL") return !remote;
  if (word.startsWith(".")) return from.toLowerCase().endsWith(word.toLowerCase());
  if (word.endsWith(".")) return from.startsWith(word);
  if (word.includes("/") && remote) return inNetwork(from, word);
  return word.toLowerCase() === from.toLowerCase();
}

function isUser(word: string, visitor: Visitor): boolean {
  if (word.toUpperCase() === "ALL") return true;
  const at = word.indexOf("@");
  if (at > 0) return isUser(word.slice(0, at), visitor) && isFrom(word.slice(at + 1), visitor);
  const group = /^\((.*)\)$/.exec(word)?.[1];
  if (group !== undefined) return visitor.groups.includes(group);
  return word === visitor.name || visitor.groups.includes(word);
}

/** "a b EXCEPT c": one of the first, none of the others. */
function inList(text: string, matches: (word: string) => boolean): boolean {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const cut = words.findIndex((word) => word.toUpperCase() === "EXCEPT");
  const listed = cut < 0 ? words : words.slice(0, cut);
  return listed.some(matches) && (cut < 0 || !inList(words.slice(cut + 1).join(" "), matches));
}

function* visitorOf({ pam }: ModuleCall): Blocking<Visitor> {
  const accounts = yield* pam.accounts();
  const user = yield* pam.user();
  const { tty = "", remoteHost = "" } = pam.facts;
  return { user, name: pam.userName, groups: user === undefined ? [] : accounts.groupsOf(user).map((gid) => accounts.groupName(gid)), from: remoteHost !== "" ? remoteHost : tty !== "" ? tty.replace(/^\/dev\//, "") : pam.service, remote: remoteHost !== "" };
}

function* accessAllowed(call: ModuleCall): Blocking<PamStatus> {
  const { pam, sys, args } = call;
  const file = valueOf(args, "accessfile") ?? "/etc/security/access.conf";
  const visitor = yield* visitorOf(call);
  const lines = ((yield* readTextFile(sys, file)) ?? "").split("\n");
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [permission, users, ...origins] = line.split(":");
    if (permission === undefined || users === undefined || origins.length === 0) {
      yield* pam.log("pam_access", `${file}: line ${index + 1}: bad field count`, PRIORITY.err);
      continue;
    }
    const sign = permission.trim();
    if (sign !== "+" && sign !== "-") {
      yield* pam.log("pam_access", `${file}: line ${index + 1}: bad first field`, PRIORITY.err);
      continue;
    }
    if (!inList(origins.join(":"), (word) => isFrom(word, visitor)) || !inList(users, (word) => isUser(word, visitor))) continue;
    if (sign === "+") return "success";
    yield* pam.log("pam_access", `access denied for user \`${visitor.name}' from \`${visitor.from}'`, PRIORITY.err);
    return "perm_denied";
  }
  return "success";
}

/** "a|b&!c": from left to right, as pam_time reads it. */
function logically(text: string, matches: (word: string) => boolean): boolean {
  let value = true;
  let operator = "&";
  for (const found of text.matchAll(/([&|])|(!?)([^&|!\s]+)/g)) {
    if (found[1] !== undefined) operator = found[1];
    else {
      const own = matches(found[3] ?? "") !== (found[2] === "!");
      value = operator === "&" ? value && own : value || own;
    }
  }
  return value;
}

const DAYS: ReadonlyMap<string, readonly number[]> = new Map([
  ["su", [0]], ["mo", [1]], ["tu", [2]], ["we", [3]], ["th", [4]], ["fr", [5]], ["sa", [6]], ["wk", [1, 2, 3, 4, 5]], ["wd", [0, 6]], ["al", [0, 1, 2, 3, 4, 5, 6]],
]);

/** "Wk0800-1800": the days that are named twice do not count; an end before the beginning is on the next day. */
function isTime(word: string, { weekday, hour, minute }: Pick<Civil, "weekday" | "hour" | "minute">): boolean {
  const [, names = "", from = "", to = ""] = /^((?:[A-Za-z]{2})+)(\d{4})-(\d{4})$/.exec(word) ?? [];
  if (names === "") return false;
  const days = new Set<number>();
  for (let at = 0; at < names.length; at += 2) {
    for (const day of DAYS.get(names.slice(at, at + 2).toLowerCase()) ?? []) {
      if (days.has(day)) days.delete(day);
      else days.add(day);
    }
  }
  const now = hour * 100 + minute;
  if (Number(from) < Number(to)) return days.has(weekday) && now >= Number(from) && now < Number(to);
  return (days.has(weekday) && now >= Number(from)) || (days.has((weekday + 6) % 7) && now < Number(to));
}

function* timeAllowed({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const text = yield* readTextFile(sys, valueOf(args, "conffile") ?? "/etc/security/time.conf");
  if (text === undefined) return "success";
  const tty = (pam.facts.tty ?? "").replace(/^\/dev\//, "");
  const now = civilAtUs(yield* readZone(sys), sys.clockUs("realtime"));
  let rule = 0;
  for (const line of text.replace(/\\\n/g, " ").split("\n").map((one) => one.replace(/#.*/, "").trim())) {
    if (line === "") continue;
    rule++;
    const [services, terminals, users, times] = line.split(";").map((field) => field.trim());
    if (services === undefined || terminals === undefined || users === undefined || times === undefined) {
      yield* pam.log("pam_time", `/etc/security/time.conf: malformed rule #${rule}`, PRIORITY.err);
      return "perm_denied";
    }
    const applies = logically(services, (word) => compileFnmatch(word)(pam.service)) && logically(terminals, (word) => compileFnmatch(word)(tty)) && logically(users, (word) => compileFnmatch(word)(pam.userName));
    if (applies && !logically(times, (word) => isTime(word, now))) {
      yield* pam.log("pam_time", `user ${pam.userName} rejected`);
      return "perm_denied";
    }
  }
  return "success";
}

export const access: PamModule = { auth: accessAllowed, account: accessAllowed, open: accessAllowed };
export const time: PamModule = { account: timeAllowed };
