// Users, groups, ownership, remote hosts.

import type { Blocking } from "../../../kernel/sys.ts";
import { type Candidates, NOTHING } from "../candidates.ts";
import { allowedGroups, allowedUsers, type CompletionContext, type CompletionRule, declaration, directories, filedir, knownHosts, ofAction, operandsBefore, optionCandidates, optionNames, readText, startingWith } from "./completion-context.ts";

function options(context: CompletionContext): Candidates {
  const command = declaration(context);
  return command ? optionCandidates(context, optionNames(command)) : NOTHING;
}

/** USER, USER: or USER:GROUP first, then files. */
function* ownership(context: CompletionContext): Blocking<Candidates> {
  if (context.prev === "--from") return yield* allowedUsers(context);
  if (context.prev === "--reference") return yield* filedir(context);
  if (context.cur.startsWith("-")) return options(context);
  if (operandsBefore(context).length > 0 || context.words.some((word) => word.startsWith("--reference"))) return yield* filedir(context);
  return context.whole.includes(":") ? yield* allowedGroups(context) : yield* allowedUsers(context);
}

function* groupOwnership(context: CompletionContext): Blocking<Candidates> {
  if (context.cur.startsWith("-")) return options(context);
  return operandsBefore(context).length > 0 ? yield* filedir(context) : yield* allowedGroups(context);
}

function* loginShells(context: CompletionContext): Blocking<Candidates> {
  const lines = (yield* readText(context, "/etc/shells")).split("\n");
  return startingWith(context, lines.filter((line) => line.startsWith("/")));
}

/** Options with users, groups, shells or directories behind them; the operand is a user or a group. */
function account(operand: "user" | "group" | "none", byOption: ReadonlyMap<string, "group" | "user" | "shell" | "directory" | "nothing">): CompletionRule {
  return function* (context) {
    // the last letter of a cluster takes the argument: usermod -aG GROUP
    const { prev } = context;
    switch (byOption.get(prev) ?? (/^-[A-Za-z]{2,}$/.test(prev) ? byOption.get(`-${prev.slice(-1)}`) : undefined)) {
      case "group":
        return ofAction(context, "group");
      case "user":
        return ofAction(context, "user");
      case "shell":
        return yield* loginShells(context);
      case "directory":
        return yield* directories(context);
      case "nothing":
        return NOTHING;
      case undefined:
        break;
    }
    if (context.cur.startsWith("-")) return options(context);
    return operand === "none" ? NOTHING : ofAction(context, operand);
  };
}

const USER_OPTIONS = new Map<string, "group" | "user" | "shell" | "directory" | "nothing">([
  ["-g", "group"], ["--gid", "group"], ["-G", "group"], ["--groups", "group"], ["-s", "shell"], ["--shell", "shell"], ["-d", "directory"], ["--home", "directory"], ["--home-dir", "directory"],
  ["-k", "directory"], ["--skel", "directory"], ["-b", "directory"], ["--base-dir", "directory"], ["-c", "nothing"], ["-e", "nothing"], ["-f", "nothing"], ["-l", "nothing"], ["-u", "nothing"], ["-p", "nothing"],
  ["--ingroup", "group"],
]);

/** Hosts, behind USER@ too. */
const hosts: CompletionRule = function* (context) {
  if (context.cur.startsWith("-")) return options(context);
  return yield* knownHosts(context);
};

function* secureShell(context: CompletionContext): Blocking<Candidates> {
  if (context.prev === "-i" || context.prev === "-F" || context.prev === "-E" || context.prev === "-S") return yield* filedir(context);
  if (context.prev === "-l") return ofAction(context, "user");
  if (context.cur.startsWith("-")) return options(context);
  const operands = operandsBefore(context).filter((_word, index, all) => index === 0 || all.length === 1);
  return operands.length > 0 && !/^-\w$/.test(context.prev) ? ofAction(context, "command") : yield* knownHosts(context);
}

function* secureCopy(context: CompletionContext): Blocking<Candidates> {
  if (context.cur.startsWith("-")) return options(context);
  const files = yield* filedir(context);
  if (/[/@:]/.test(context.whole)) return context.whole.includes("@") && !context.whole.includes(":") ? yield* knownHosts(context) : files;
  const known = yield* knownHosts(context);
  return { list: [...known.list.map((name) => `${name}:`), ...files.list], filenames: true, nospace: true };
}

export const accountRules: readonly (readonly [string, CompletionRule])[] = [
  ["chown", ownership], ["chgrp", groupOwnership],
  ...["id", "groups", "passwd", "finger", "chage", "w", "userdel", "deluser", "slay", "last", "lastb", "pinky", "newgrp"].map((name) => [name, account(name === "newgrp" ? "group" : "user", USER_OPTIONS)] as const),
  ["usermod", account("user", USER_OPTIONS)], ["useradd", account("none", USER_OPTIONS)], ["adduser", account("user", USER_OPTIONS)], ["chsh", account("user", USER_OPTIONS)], ["chfn", account("user", USER_OPTIONS)],
  ["groupdel", account("group", USER_OPTIONS)], ["groupmod", account("group", new Map())], ["gpasswd", account("group", new Map([["-a", "user"], ["-d", "user"], ["-A", "user"], ["-M", "user"]]))],
  ["delgroup", account("group", new Map())], ["groupadd", account("none", new Map())], ["crontab", function* (context) {
    if (context.prev === "-u") return ofAction(context, "user");
    return context.cur.startsWith("-") ? optionCandidates(context, ["-u", "-l", "-r", "-e", "-i"]) : yield* filedir(context);
  }],
  ["ssh", secureShell], ["sftp", secureShell], ["ssh-copy-id", hosts], ["slogin", secureShell], ["scp", secureCopy], ["rsync", secureCopy],
  ...["ping", "ping4", "ping6", "traceroute", "tracepath", "mtr", "telnet", "ftp", "host", "nslookup", "dig", "fping", "whois"].map((name) => [name, hosts] as const),
];
