// ufw: the uncomplicated firewall (ufw(8)). Its rules are files in /etc/ufw; what stands in the kernel is iptables'.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { runShell } from "../kit/shell-command.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { CONFIGURATION, DEFAULTS, isEnabled, isLoaded, loadUserRules, putSetting, readProfiles, readRules, rulesText, setting, start, stop, writeFile, writeRules } from "./_firewall.ts";
import { type Known, parseRule, UfwError } from "./_parse.ts";
import { commandText, samePackets, statusLine, tupleLine, type UfwRule } from "./_rules.ts";

const VERBS: readonly (readonly [string, string])[] = [
  ["enable", "start the firewall, now and at boot"], ["disable", "stop it, and not at boot"], ["default POLICY [WAY]", "what happens to what no rule is for"], ["logging LEVEL", "off, on, low, medium, high, full"],
  ["allow RULE", "let it through"], ["deny RULE", "drop it"], ["reject RULE", "refuse it with an answer"], ["limit RULE", "let it through, but not often"], ["delete RULE|NUM", "take a rule away"],
  ["insert NUM RULE", "a rule at a place"], ["prepend RULE", "a rule before all others"], ["route RULE", "for what is forwarded"], ["reload", "read the files again"], ["reset", "back to what was installed"],
  ["status [verbose|numbered]", "whether it is active, and the rules"], ["show added|raw", "the rules as they were typed, or iptables'"], ["version", "the version"],
  ["app list|info NAME|update NAME|default POLICY", "profiles of applications"],
];

const usage = (): string => `\nUsage: ufw COMMAND\n\nCommands:\n${VERBS.map(([verb, help]) => ` ${verb.padEnd(46)} ${help}\n`).join("")}\n`;

const POLICIES: ReadonlyMap<string, string> = new Map([["allow", "ACCEPT"], ["deny", "DROP"], ["reject", "REJECT"]]);
const WORD_OF: ReadonlyMap<string, string> = new Map([["ACCEPT", "allow"], ["DROP", "deny"], ["REJECT", "reject"]]);
const WAYS: ReadonlyMap<string, string> = new Map([["incoming", "INPUT"], ["input", "INPUT"], ["outgoing", "OUTPUT"], ["output", "OUTPUT"], ["routed", "FORWARD"], ["forward", "FORWARD"]]);
const SHOWN_WAYS: ReadonlyMap<string, string> = new Map([["INPUT", "incoming"], ["OUTPUT", "outgoing"], ["FORWARD", "routed"]]);

interface Call {
  readonly sys: Sys;
  readonly io: Io;
  readonly isForced: boolean;
  readonly isDry: boolean;
}

function* knownNames(sys: Sys): Blocking<Known> {
  const services = new Map<string, { readonly port: string; readonly protocol: string }>();
  for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
    const match = /^(\S+)\s+(\d+)\/(tcp|udp)((?:\s+[^#\s]+)*)/.exec(line);
    if (!match) continue;
    const [, name = "", port = "", protocol = ""] = match;
    for (const one of [name, ...(match[4] ?? "").split(/\s+/)]) {
      if (one === "") continue;
      const former = services.get(one);
      services.set(one, { port: former?.port ?? port, protocol: former === undefined || former.protocol === protocol ? protocol : "any" });
    }
  }
  return { profiles: yield* readProfiles(sys), services };
}

function* confirmed({ io, isForced }: Call, question: string): Blocking<boolean> {
  if (isForced) return true;
  yield* io.out.print(question);
  const answer = yield* io.stdin.line();
  return /^y(?:es)?$/i.test((answer ?? "").trim());
}

/** In the order of `ufw status numbered`. */
function* allRules(sys: Sys): Blocking<readonly UfwRule[]> {
  return [...(yield* readRules(sys, false)), ...(yield* readRules(sys, true))];
}

/** A profile of several ports is one rule to whoever looks. */
function shownRules(rules: readonly UfwRule[]): readonly UfwRule[] {
  const seen = new Set<string>();
  return rules.filter((rule) => {
    if (rule.destinationApplication === "" && rule.sourceApplication === "") return true;
    const key = tupleLine({ ...rule, protocol: "", destinationPort: "", sourcePort: "" }) + String(rule.isV6);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

interface Change {
  readonly kind: "add" | "delete" | "insert" | "prepend";
  /** of insert, from 1 */
  readonly place: number;
}

function* changeRules(call: Call, rules: readonly UfwRule[], { kind, place }: Change): Blocking<number> {
  const { sys, io } = call;
  const enabled = yield* isEnabled(sys);
  const usesV6 = (yield* setting(sys, DEFAULTS, "IPV6")).toLowerCase() === "yes";
  for (const isV6 of [false, true]) {
    const wanted = rules.filter((rule) => rule.isV6 === isV6);
    if (wanted.length === 0 || (isV6 && !usesV6)) continue;
    let all = [...(yield* readRules(sys, isV6))];
    const v6 = isV6 ? " (v6)" : "";
    let said = "";
    let isChanged = false;
    for (const rule of wanted) {
      const at = all.findIndex((one) => samePackets(one, rule));
      const former = all[at];
      if (kind === "delete") {
        if (former === undefined || former.action !== rule.action || former.log !== rule.log) said = "Could not delete non-existent rule";
        else {
          all.splice(at, 1);
          said = enabled ? "Rule deleted" : "Rules updated";
          isChanged = true;
        }
      } else if (former !== undefined && former.action === rule.action && former.log === rule.log && former.comment === rule.comment) said = kind === "add" ? "Skipping adding existing rule" : "Skipping inserting existing rule";
      else {
        isChanged = true;
        if (former !== undefined) {
          all[at] = rule;
          said = enabled ? "Rule updated" : "Rules updated";
        } else {
          const before = isV6 ? place - 1 - (yield* readRules(sys, false)).length : place - 1;
          if (kind === "add") all.push(rule);
          else if (kind === "prepend") all = [rule, ...all];
          else all.splice(Math.max(0, Math.min(all.length, before)), 0, rule);
          said = !enabled ? "Rules updated" : kind === "insert" ? "Rule inserted" : kind === "prepend" ? "Rule inserted" : "Rule added";
        }
      }
    }
    if (call.isDry) io.out.put(rulesText(all, (yield* setting(sys, CONFIGURATION, "LOGLEVEL")) || "low", isV6));
    else if (isChanged) yield* writeRules(sys, all, isV6);
    io.out.put(`${call.isDry && isChanged ? "Rules updated" : said}${v6}\n`);
  }
  if (enabled && !call.isDry) yield* loadUserRules(sys);
  return 0;
}

function* deleteNumber(call: Call, number: number): Blocking<number> {
  const rule = shownRules(yield* allRules(call.sys))[number - 1];
  if (rule === undefined) throw new UfwError(`Could not find rule '${number}'`);
  if (!call.isForced) call.io.out.put(`Deleting:\n ${commandText(rule)}\n`);
  if (!(yield* confirmed(call, "Proceed with operation (y|n)? "))) {
    call.io.out.put("Aborted\n");
    return 0;
  }
  return yield* changeRules(call, (yield* allRules(call.sys)).filter((one) => one === rule || (one.isV6 === rule.isV6 && commandText(one) === commandText(rule) && rule.destinationApplication + rule.sourceApplication !== "") || tupleLine(one) === tupleLine(rule)), { kind: "delete", place: 0 });
}

function* status({ sys, io }: Call, how: string | undefined): Blocking<number> {
  if (!(yield* isLoaded(sys))) {
    io.out.put("Status: inactive\n");
    return 0;
  }
  const isVerbose = how === "verbose";
  const isNumbered = how === "numbered";
  let text = "Status: active\n";
  if (isVerbose) {
    const level = (yield* setting(sys, CONFIGURATION, "LOGLEVEL")) || "low";
    const policy = function* (chain: string): Blocking<string> {
      return WORD_OF.get(yield* setting(sys, DEFAULTS, `DEFAULT_${chain}_POLICY`)) ?? "deny";
    };
    const forwards = ((yield* readTextFile(sys, "/proc/sys/net/ipv4/ip_forward")) ?? "0").trim() === "1";
    text += `Logging: ${level === "off" ? "off" : `on (${level})`}\nDefault: ${yield* policy("INPUT")} (incoming), ${yield* policy("OUTPUT")} (outgoing), ${forwards ? yield* policy("FORWARD") : "disabled"} (routed)\nNew profiles: ${((yield* setting(sys, DEFAULTS, "DEFAULT_APPLICATION_POLICY")) || "skip").toLowerCase()}\n`;
  }
  const rules = shownRules(yield* allRules(sys));
  const indent = isNumbered ? "     " : "";
  if (rules.length > 0) text += `\n${indent}To                         Action      From\n${indent}--                         ------      ----\n`;
  const line = (rule: UfwRule): string => statusLine(rule, { isVerbose, showsDirection: isVerbose || isNumbered, isNumbered });
  if (isNumbered) text += rules.map((rule, index) => `[${String(index + 1).padStart(2)}] ${line(rule)}`).join("");
  else {
    const groups = [rules.filter((rule) => !rule.isRoute && rule.direction === "in"), rules.filter((rule) => !rule.isRoute && rule.direction === "out"), rules.filter((rule) => rule.isRoute)].filter((one) => one.length > 0);
    text += groups.map((group) => group.map(line).join("")).join("\n");
  }
  io.out.put(rules.length > 0 ? `${text}\n` : text);
  return 0;
}

function* reset(call: Call): Blocking<number> {
  const { sys, io } = call;
  const disrupts = sys.environment.has("SSH_CONNECTION") ? " This may disrupt existing ssh connections." : "";
  if (!(yield* confirmed(call, `Resetting all rules to installed defaults.${disrupts} Proceed with operation (y|n)? `))) {
    io.out.put("Aborted\n");
    return 0;
  }
  yield* putSetting(sys, CONFIGURATION, "ENABLED", "no");
  if (yield* isLoaded(sys)) yield* stop(sys);
  const stamp = strftime("%Y%m%d_%H%M%S", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
  for (const suffix of ["", "6"]) {
    for (const kind of ["user", "before", "after"]) {
      const name = `${kind}${suffix}.rules`;
      const path = `/etc/ufw/${name}`;
      io.out.put(`Backing up '${name}' to '${path}.${stamp}'\n`);
      sys.rename(path, `${path}.${stamp}`);
      yield* writeFile(sys, path, (yield* readTextFile(sys, `/usr/share/ufw/iptables/${name}`)) ?? "");
    }
  }
  io.out.put("\n");
  return 0;
}

function* application({ sys, io }: Call, words: readonly string[]): Blocking<number> {
  const profiles = yield* readProfiles(sys);
  const [verb, name = ""] = words;
  if (verb === "list" && words.length === 1) io.out.put(`Available applications:\n${[...profiles.keys()].sort().map((one) => `  ${one}\n`).join("")}`);
  else if (verb === "info" && words.length === 2) {
    const chosen = name === "all" ? [...profiles.keys()].sort() : [name];
    const texts: string[] = [];
    for (const one of chosen) {
      const profile = profiles.get(one);
      if (profile === undefined) throw new UfwError(`Could not find profile '${one}'`);
      texts.push(`Profile: ${profile.name}\nTitle: ${profile.title}\nDescription: ${profile.description}\n\n${profile.ports.length > 1 || /[,:]/.test(profile.ports[0] ?? "") ? "Ports" : "Port"}:\n${profile.ports.map((port) => `  ${port}\n`).join("")}`);
    }
    io.out.put(texts.join("\n--\n\n"));
  } else if (verb === "default" && words.length === 2 && ["allow", "deny", "reject", "skip"].includes(name)) {
    yield* putSetting(sys, DEFAULTS, "DEFAULT_APPLICATION_POLICY", `"${name === "skip" ? "SKIP" : (POLICIES.get(name) ?? "")}"`);
    io.out.put(`Default application policy changed to '${name}'\n`);
  } else if (verb === "update" && words.length === 2) {
    if (name !== "all" && !profiles.has(name)) throw new UfwError(`Could not find profile '${name}'`);
    io.out.put(`Rules updated for profile '${name}'\n`);
  } else throw new UfwError("Invalid syntax", true);
  return 0;
}

function* show({ sys, io }: Call, what: string): Blocking<number> {
  if (what === "raw") {
    for (const [title, name] of [["IPV4", "iptables"], ["IPV6", "ip6tables"]]) {
      io.out.put(`${title} (raw):\n`);
      yield* io.out.flush();
      yield* runShell(sys, `/usr/sbin/${name} -n -L -v -x`);
      io.out.put("\n");
    }
    return 0;
  }
  if (what !== "added") throw new UfwError("Invalid syntax", true);
  const typed = [...new Set(shownRules(yield* allRules(sys)).map((rule) => `ufw ${commandText(rule)}\n`))];
  io.out.put(`Added user rules (see 'ufw status' for running firewall):\n${typed.length === 0 ? "(None)\n" : typed.join("")}`);
  return 0;
}

function* defaultPolicy({ sys, io }: Call, words: readonly string[]): Blocking<number> {
  const [policy = "", way = "incoming"] = words;
  const [target, chain] = [POLICIES.get(policy), WAYS.get(way)];
  if (target === undefined || chain === undefined || words.length > 2) throw new UfwError("Invalid syntax", true);
  yield* putSetting(sys, DEFAULTS, `DEFAULT_${chain}_POLICY`, `"${target}"`);
  if (yield* isEnabled(sys)) {
    yield* stop(sys);
    yield* start(sys);
  }
  io.out.put(`Default ${SHOWN_WAYS.get(chain) ?? way} policy changed to '${policy}'\n(be sure to update your rules accordingly)\n`);
  return 0;
}

function* logging({ sys, io }: Call, words: readonly string[]): Blocking<number> {
  const [level = ""] = words;
  if (words.length !== 1 || !["on", "off", "low", "medium", "high", "full"].includes(level)) throw new UfwError("Invalid syntax", true);
  const former = yield* setting(sys, CONFIGURATION, "LOGLEVEL");
  yield* putSetting(sys, CONFIGURATION, "LOGLEVEL", level === "on" ? (former === "off" || former === "" ? "low" : former) : level);
  for (const isV6 of [false, true]) yield* writeRules(sys, yield* readRules(sys, isV6), isV6);
  if (yield* isEnabled(sys)) yield* loadUserRules(sys);
  io.out.put(level === "off" ? "Logging disabled\n" : "Logging enabled\n");
  return 0;
}

function* obey(call: Call, words: readonly string[]): Blocking<number> {
  const { sys, io } = call;
  const [verb = "", ...rest] = words;
  switch (verb) {
    case "version":
      io.out.put("ufw 0.36.2\nSimulated: same commands, messages and rules as the real program, own code.\n");
      return 0;
    case "help":
      io.out.put(usage());
      return 0;
    case "enable": {
      if (rest.length > 0) break;
      if (sys.environment.has("SSH_CONNECTION") && !(yield* confirmed(call, "Command may disrupt existing ssh connections. Proceed with operation (y|n)? "))) {
        io.out.put("Aborted\n");
        return 0;
      }
      yield* putSetting(sys, CONFIGURATION, "ENABLED", "yes");
      if (!(yield* isLoaded(sys))) {
        const problems = yield* start(sys);
        if (problems.length > 0) {
          yield* putSetting(sys, CONFIGURATION, "ENABLED", "no");
          yield* stop(sys);
          throw new UfwError(`problem running ufw-init\n${problems.join("\n")}`);
        }
      }
      io.out.put("Firewall is active and enabled on system startup\n");
      return 0;
    }
    case "disable":
      if (rest.length > 0) break;
      yield* putSetting(sys, CONFIGURATION, "ENABLED", "no");
      yield* stop(sys);
      io.out.put("Firewall stopped and disabled on system startup\n");
      return 0;
    case "reload":
      if (rest.length > 0) break;
      if (yield* isEnabled(sys)) {
        yield* stop(sys);
        yield* start(sys);
        io.out.put("Firewall reloaded\n");
      } else io.out.put("Firewall not enabled (skipping reload)\n");
      return 0;
    case "reset": return yield* reset(call);
    case "status":
      if (rest.length > 1 || (rest[0] !== undefined && rest[0] !== "verbose" && rest[0] !== "numbered")) break;
      return yield* status(call, rest[0]);
    case "show":
      if (rest.length !== 1) break;
      return yield* show(call, rest[0] ?? "");
    case "app": return yield* application(call, rest);
    case "default": return yield* defaultPolicy(call, rest);
    case "logging": return yield* logging(call, rest);
    default: {
      const isRoute = verb === "route";
      const [first = "", ...more] = (isRoute ? rest : words)[0] === "rule" ? rest.slice(isRoute ? 1 : 0) : isRoute ? rest : words;
      const known = yield* knownNames(sys);
      if (first === "delete" || first === "insert" || first === "prepend") {
        if (more.length === 0) break;
        if (first === "delete" && more.length === 1 && /^\d+$/.test(more[0] ?? "")) return yield* deleteNumber(call, Number(more[0]));
        const place = first === "insert" ? Number(more.shift()) : 0;
        const rules = parseRule(more, isRoute, known);
        if (first === "insert" && (!(place >= 1) || place > (yield* allRules(sys)).length)) throw new UfwError(`Invalid position '${place}'`);
        return yield* changeRules(call, rules, { kind: first, place });
      }
      return yield* changeRules(call, parseRule([first, ...more], isRoute, known), { kind: "add", place: 0 });
    }
  }
  throw new UfwError("Invalid syntax", true);
}

export default program({
  name: "ufw", path: "/usr/sbin/ufw", showsHelp: true, manSection: 8, summary: "the uncomplicated firewall", synopsis: ["[--force] [--dry-run] COMMAND [ARGUMENT]..."], operands: "none",
  description: [
    "Keeps rules in files of /etc/ufw and puts them into the kernel by iptables, at once when the firewall is active and at boot (ufw.service). A fresh one lets everything out and nothing in.",
    "A rule is allow, deny, reject or limit with a port (22/tcp), a service (ssh), a profile (\"WWW Full\"), or in full: [in|out [on INTERFACE]] [log] from ADDRESS [port PORT] to ADDRESS [port PORT] [proto PROTOCOL] [comment TEXT].",
  ],
  options: [flag(["--force"], "do not ask"), flag(["--dry-run"], "show the rules, change nothing"), flag(["--version"], "print the version"), flag(["-h", "--help"], "show help")],
  seeAlso: ["iptables(8)", "nft(8)"],
}, function* (sys, argv, io: Io) {
  const words = argv.slice(1);
  let [isForced, isDry] = [false, false];
  for (; words[0]?.startsWith("-") === true; words.shift()) {
    if (words[0] === "--force" || words[0] === "-f") isForced = true;
    else if (words[0] === "--dry-run") isDry = true;
    else if (words[0] === "--version") words.splice(0, 1, "--version", "version");
    else if (words[0] === "--help" || words[0] === "-h") words.splice(0, 1, words[0], "help");
    else {
      yield* io.stderr(`ERROR: Invalid syntax\n${usage()}`);
      return 1;
    }
  }
  try {
    if (words.length === 0) throw new UfwError("not enough args", true);
    if (sys.getcred().euid !== 0 && words[0] !== "version" && words[0] !== "help") throw new UfwError("You need to be root to run this script");
    return yield* obey({ sys, io, isForced, isDry }, words);
  } catch (error) {
    if (error instanceof SysError) {
      yield* io.stderr(`ERROR: ${error.message}\n`);
      return 1;
    }
    if (!(error instanceof UfwError)) throw error;
    yield* io.stderr(`ERROR: ${error.message}\n${error.isSyntax ? usage() : ""}`);
    return 1;
  }
});
