// ufw's files, and what stands in the kernel for them (ufw(8), ufw-framework(8)).
import { type Blocking, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { waitFor } from "../kit/shell-command.ts";
import { iptablesLines, parseTuple, tupleLine, type UfwRule } from "./_rules.ts";

export const CONFIGURATION = "/etc/ufw/ufw.conf";
export const DEFAULTS = "/etc/default/ufw";
const WAYS = ["input", "output", "forward"] as const;

export function* writeFile(sys: Sys, path: string, text: string): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o640);
  yield* sys.write(fd, encode(text));
  sys.close(fd);
}

/** NAME=VALUE of a file for the shell, without quotes. */
export function* setting(sys: Sys, file: string, name: string): Blocking<string> {
  const line = ((yield* readTextFile(sys, file)) ?? "").split("\n").find((one) => one.startsWith(`${name}=`));
  return (line ?? "").slice(name.length + 1).replace(/^"(.*)"$/, "$1");
}

export function* putSetting(sys: Sys, file: string, name: string, value: string): Blocking<void> {
  const lines = ((yield* readTextFile(sys, file)) ?? "").split("\n");
  const at = lines.findIndex((one) => one.startsWith(`${name}=`));
  if (at < 0) lines.splice(lines.length - 1, 0, `${name}=${value}`);
  else lines[at] = `${name}=${value}`;
  yield* writeFile(sys, file, lines.join("\n"));
}

export function* isEnabled(sys: Sys): Blocking<boolean> {
  return (yield* setting(sys, CONFIGURATION, "ENABLED")).toLowerCase() === "yes";
}

const rulesFile = (isV6: boolean): string => `/etc/ufw/user${isV6 ? "6" : ""}.rules`;

export function* readRules(sys: Sys, isV6: boolean): Blocking<readonly UfwRule[]> {
  const lines = ((yield* readTextFile(sys, rulesFile(isV6))) ?? "").split("\n");
  return lines.filter((line) => line.startsWith("### tuple ###")).map((line) => parseTuple(line, isV6)).filter((rule) => rule !== undefined);
}

/** What is written to the log, for each level of `ufw logging`. */
function loggingLines(level: string, prefix: string): readonly string[] {
  const often = " -m limit --limit 3/min --limit-burst 10";
  const limit = level === "high" || level === "full" ? "" : often;
  if (level === "off") return WAYS.map((way) => `-I ${prefix}-user-logging-${way} -j RETURN`);
  const lines = [`-A ${prefix}-after-logging-input -j LOG --log-prefix "[UFW BLOCK] "${limit}`];
  if (level !== "low") lines.push(`-A ${prefix}-after-logging-output -j LOG --log-prefix "[UFW ALLOW] "${limit}`);
  lines.push(`-A ${prefix}-after-logging-forward -j LOG --log-prefix "[UFW BLOCK] "${limit}`);
  if (level === "low") lines.push(`-I ${prefix}-logging-deny -m conntrack --ctstate INVALID -j RETURN${limit}`);
  else lines.push(`-A ${prefix}-logging-deny -m conntrack --ctstate INVALID -j LOG --log-prefix "[UFW AUDIT INVALID] "${limit}`);
  lines.push(`-A ${prefix}-logging-deny -j LOG --log-prefix "[UFW BLOCK] "${limit}`, `-A ${prefix}-logging-allow -j LOG --log-prefix "[UFW ALLOW] "${limit}`);
  const audit = level === "medium" ? ` -m conntrack --ctstate NEW${often}` : level === "high" ? often : "";
  if (level !== "low") for (const way of WAYS) lines.push(`-I ${prefix}-before-logging-${way} -j LOG --log-prefix "[UFW AUDIT] "${audit}`);
  return lines;
}

export function rulesText(rules: readonly UfwRule[], level: string, isV6: boolean): string {
  const prefix = isV6 ? "ufw6" : "ufw";
  const chains = [...WAYS.map((way) => `user-${way}`), ...WAYS.map((way) => `before-logging-${way}`), ...WAYS.map((way) => `user-logging-${way}`), ...WAYS.map((way) => `after-logging-${way}`), "logging-deny", "logging-allow", "user-limit", "user-limit-accept"];
  const blocks = rules.map((rule) => `\n${tupleLine(rule)}\n${iptablesLines(rule).join("\n")}\n`).join("");
  return `*filter
${chains.map((chain) => `:${prefix}-${chain} - [0:0]\n`).join("")}### RULES ###
${blocks}
### END RULES ###

### LOGGING ###
${loggingLines(level, prefix).join("\n")}
### END LOGGING ###

### RATE LIMITING ###
-A ${prefix}-user-limit -m limit --limit 3/minute -j LOG --log-prefix "[UFW LIMIT BLOCK] "
-A ${prefix}-user-limit -j REJECT
-A ${prefix}-user-limit-accept -j ACCEPT
### END RATE LIMITING ###
COMMIT
`;
}

export function* writeRules(sys: Sys, rules: readonly UfwRule[], isV6: boolean): Blocking<void> {
  yield* writeFile(sys, rulesFile(isV6), rulesText(rules, (yield* setting(sys, CONFIGURATION, "LOGLEVEL")) || "low", isV6));
}

/** Runs a program of iptables without a word. Its status. */
function* quietly(sys: Sys, argv: readonly string[], input?: string, isHeard = false): Blocking<number> {
  const [read, write] = sys.pipe();
  const pid = sys.fork(function* (child) {
    child.dup2(read, 0);
    child.close(read);
    child.close(write);
    if (!isHeard) {
      const nothing = yield* child.open("/dev/null", O.WRONLY);
      child.dup2(nothing, 1);
      child.dup2(nothing, 2);
    }
    try {
      yield* child.exec(`/usr/sbin/${argv[0]}`, argv, child.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    return 127;
  });
  sys.close(read);
  if (input !== undefined) {
    try {
      yield* sys.write(write, encode(input));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  sys.close(write);
  const status = yield* waitFor(sys, pid);
  return status.kind === "exited" ? status.status : 1;
}

export function* isLoaded(sys: Sys): Blocking<boolean> {
  return (yield* quietly(sys, ["iptables", "-L", "ufw-user-input", "-n"])) === 0;
}

const programs = [["iptables", "ufw", ""], ["ip6tables", "ufw6", "6"]] as const;

/** The rules of the user anew, in the chains that are there. */
export function* loadUserRules(sys: Sys): Blocking<void> {
  for (const [program, , suffix] of programs) yield* quietly(sys, [`${program}-restore`, "-n"], (yield* readTextFile(sys, `/etc/ufw/user${suffix}.rules`)) ?? "", true);
}

const POLICIES = [["INPUT", "input"], ["FORWARD", "forward"], ["OUTPUT", "output"]] as const;

/** Problems, each in a line; none when all went well. */
export function* start(sys: Sys): Blocking<readonly string[]> {
  const problems: string[] = [];
  for (const [program, prefix, suffix] of programs) {
    if (suffix === "6" && (yield* setting(sys, DEFAULTS, "IPV6")).toLowerCase() !== "yes") continue;
    const policies = new Map<string, string>();
    for (const [chain] of POLICIES) policies.set(chain, (yield* setting(sys, DEFAULTS, `DEFAULT_${chain}_POLICY`)) || "DROP");
    const kinds = ["before-logging", "before", "after", "after-logging", "reject", "track"];
    let text = "*filter\n";
    for (const kind of kinds) for (const [, way] of POLICIES) text += `:${prefix}-${kind}-${way} - [0:0]\n`;
    for (const [, way] of POLICIES) text += `:${prefix}-skip-to-policy-${way} - [0:0]\n:${prefix}-user-${way} - [0:0]\n:${prefix}-user-logging-${way} - [0:0]\n`;
    text += `:${prefix}-logging-deny - [0:0]\n:${prefix}-logging-allow - [0:0]\n:${prefix}-user-limit - [0:0]\n:${prefix}-user-limit-accept - [0:0]\n`;
    for (const [chain, way] of POLICIES) {
      const policy = policies.get(chain) ?? "DROP";
      text += kinds.map((kind) => `-A ${chain} -j ${prefix}-${kind}-${way}\n`).join("");
      text += `-A ${prefix}-skip-to-policy-${way} -j ${policy}\n`;
      if (policy === "REJECT") text += `-A ${prefix}-reject-${way} -j REJECT\n`;
      if (policy === "ACCEPT") text += ["tcp", "udp"].map((protocol) => `-A ${prefix}-track-${way} -p ${protocol} -m conntrack --ctstate NEW -j ACCEPT\n`).join("");
    }
    if ((yield* quietly(sys, [`${program}-restore`, "-n"], `${text}COMMIT\n`, true)) !== 0) problems.push(`Problem running '${program}-restore'`);
    for (const kind of ["before", "after", "user"]) {
      const path = `/etc/ufw/${kind}${suffix}.rules`;
      const rules = yield* readTextFile(sys, path);
      if (rules === undefined) problems.push(`Couldn't find '${path}'`);
      else if ((yield* quietly(sys, [`${program}-restore`, "-n"], rules, true)) !== 0) problems.push(`Problem running '${path}'`);
    }
    let end = "*filter\n";
    for (const [chain, way] of POLICIES) end += `-A ${prefix}-before-${way} -j ${prefix}-user-${way}\n:${chain} ${policies.get(chain) === "ACCEPT" ? "ACCEPT" : "DROP"} [0:0]\n`;
    const lines = end.split("\n");
    yield* quietly(sys, [`${program}-restore`, "-n"], `${[...lines.filter((one) => !one.startsWith("-A") && one !== ""), ...lines.filter((one) => one.startsWith("-A"))].join("\n")}\nCOMMIT\n`, true);
  }
  return problems;
}

/** Everything of ufw out of the kernel, all policies ACCEPT. */
export function* stop(sys: Sys): Blocking<void> {
  for (const [program, prefix] of programs) {
    for (const [chain, way] of POLICIES) {
      yield* quietly(sys, [program, "-P", chain, "ACCEPT"]);
      for (const kind of ["before-logging", "before", "after", "after-logging", "reject", "track"]) yield* quietly(sys, [program, "-D", chain, "-j", `${prefix}-${kind}-${way}`]);
    }
    const chains: string[] = ["logging-deny", "logging-allow", "not-local", "user-limit", "user-limit-accept"];
    for (const [, way] of POLICIES) for (const kind of ["before-logging", "before", "after", "after-logging", "reject", "track", "skip-to-policy", "user", "user-logging"]) chains.push(`${kind}-${way}`);
    for (const chain of chains) yield* quietly(sys, [program, "-F", `${prefix}-${chain}`]);
    for (const chain of chains) yield* quietly(sys, [program, "-X", `${prefix}-${chain}`]);
  }
}

// ---- profiles of applications

export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** "80,443/tcp", "5353" */
  readonly ports: readonly string[];
}

export function* readProfiles(sys: Sys): Blocking<ReadonlyMap<string, Profile>> {
  const profiles = new Map<string, Profile>();
  const folder = "/etc/ufw/applications.d";
  let names: readonly string[] = [];
  try {
    names = sys.readdir(folder).map((one) => one.name).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const file of names) {
    if (file.startsWith(".") || (sys.stat(`${folder}/${file}`).mode & S.IFMT) !== S.IFREG) continue;
    let name = "";
    const values = new Map<string, string>();
    const put = (): void => {
      if (name !== "" && values.has("ports")) profiles.set(name, { name, title: values.get("title") ?? "", description: values.get("description") ?? "", ports: (values.get("ports") ?? "").split("|") });
      values.clear();
    };
    for (const line of `${(yield* readTextFile(sys, `${folder}/${file}`)) ?? ""}\n[]`.split("\n")) {
      const head = /^\[(.*)\]\s*$/.exec(line);
      if (head) {
        put();
        name = head[1] ?? "";
      } else if (line.includes("=")) values.set(line.slice(0, line.indexOf("=")).trim(), line.slice(line.indexOf("=") + 1).trim());
    }
  }
  return profiles;
}
