// ifup, ifdown and ifquery: one program by three names (ifup(8), ifupdown 0.8.41).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { globMatch } from "../kit/glob.ts";
import { lastComponent } from "../kit/paths.ts";
import { type Io, flag, program, text, texts } from "../kit/program.ts";
import { Definitions, type Option, readInterfaces } from "./_interfaces-file.ts";
import { Runner, type Settings } from "./_runner.ts";
import { State, StateRefusal } from "./_state.ts";

const VERSION = "0.8.41";

const OPTIONS = [
  flag(["-h", "--help"], "this help"), flag(["-V", "--version"], "version and copyright"), flag(["-a", "--all"], "all interfaces of the class \"auto\""),
  text(["--allow"], "CLASS", "only interfaces of that class"), text(["-i", "--interfaces"], "FILE", "the definitions are in FILE"), text(["--state-dir"], "DIR", "the state is kept in DIR"),
  texts(["-X", "--exclude"], "PATTERN", "not the interfaces that PATTERN matches"), flag(["-n", "--no-act"], "show the commands, run none"), flag(["-v", "--verbose"], "show the commands that are run"),
  texts(["-o"], "OPTION=VALUE", "set an option as if the file did"), flag(["--no-mappings"], "run no mapping"), flag(["--no-scripts"], "run no script of /etc/network"), flag(["--no-loopback"], "nothing special for the loopback"),
  flag(["-f", "--force"], "whatever the state is"), flag(["--ignore-errors"], "go on after what fails"), flag(["-l", "--list"], "ifquery: list the interfaces"), flag(["--state"], "ifquery: show what is up"),
];

/** Which names know the option; what they write about it is short enough to be a fact. */
const HELP: readonly (readonly [names: string, lines: string])[] = [
  ["udq", "-h, --help             this help"], ["udq", "-V, --version          copyright and version information"], ["udq", '-a, --all              process all interfaces marked "auto"'], ["udq", '--allow CLASS          ignore non-"allow-CLASS" interfaces'],
  ["udq", "-i, --interfaces FILE  use FILE for interface definitions"], ["udq", "--state-dir DIR        use DIR to store state information"], ["udq", "-X, --exclude PATTERN  exclude interfaces from the list of\n\t                       interfaces to operate on by a PATTERN"],
  ["ud", "-n, --no-act           print out what would happen, but don't do it\n\t                       (note that this option doesn't disable mappings)"], ["udq", "-v, --verbose          print out what would happen before doing it"],
  ["udq", "-o OPTION=VALUE        set OPTION to VALUE as though it were in\n\t                       /etc/network/interfaces"], ["udq", "--no-mappings          don't run any mappings"], ["udq", "--no-scripts           don't run any hook scripts"],
  ["udq", "--no-loopback          don't act specially on the loopback device"], ["ud", "-f, --force            force de/configuration"], ["ud", "--ignore-errors        ignore errors"], ["q", "--list                 list all matching known interfaces"], ["q", "--state                show the state of specified interfaces"],
];

type Action = Settings["action"];

function usage(name: string, action: Action): string {
  const letter = action.charAt(0);
  const more = action === "query" ? `       ${name} <options> --list\n       ${name} --state <ifaces...>\n` : "";
  return `Usage: ${name} <options> <ifaces...>\n${more}\nOptions:\n${HELP.filter(([names]) => names.includes(letter)).map(([, lines]) => `\t${lines}\n`).join("")}`;
}

interface Request extends Settings {
  readonly file: string;
  readonly directory: string;
  readonly loopback: boolean;
  readonly readEnvironment: boolean;
  readonly list: boolean;
  readonly state: boolean;
  readonly targets: readonly string[];
}

const HINT = "Use --help for help";
const LONG = new Map<string, boolean>([
  ["help", false], ["version", false], ["all", false], ["allow", true], ["interfaces", true], ["state-dir", true], ["exclude", true], ["no-act", false], ["verbose", false], ["option", true], ["no-mappings", false], ["no-scripts", false],
  ["no-loopback", false], ["force", false], ["ignore-errors", false], ["list", false], ["state", false], ["read-environment", false],
]);
const SHORT = new Map([["h", "help"], ["V", "version"], ["a", "all"], ["i", "interfaces"], ["X", "exclude"], ["n", "no-act"], ["v", "verbose"], ["o", "option"], ["f", "force"], ["l", "list"], ["s", "allow"]]);

/** A number is a status to end with: the words were wrong, or asked for a text. */
function* requestOf(sys: Sys, io: Io, action: Action, name: string, argv: readonly string[]): Blocking<Request | number> {
  const given = new Map<string, string[]>();
  const targets: string[] = [];
  const refuse = function* (what: string): Blocking<number> {
    yield* io.warn(what);
    yield* io.warn(HINT);
    return 1;
  };
  const known = (key: string): boolean => action === "query" ? key !== "force" && key !== "no-act" && key !== "ignore-errors" : key !== "list" && key !== "state";
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "--") {
      targets.push(...argv.slice(at + 1));
      break;
    }
    if (word.startsWith("--")) {
      const [written = "", ...rest] = word.slice(2).split("=");
      const candidates = [...LONG.keys()].filter((one) => known(one) && (one === written || one.startsWith(written)));
      const key = LONG.has(written) ? written : candidates.length === 1 ? candidates[0] : undefined;
      if (key === undefined || !known(key)) return yield* refuse(candidates.length > 1 ? `option '${word}' is ambiguous; possibilities:${candidates.map((one) => ` '--${one}'`).join("")}` : `unrecognized option '--${written}'`);
      const takes = LONG.get(key) === true;
      if (!takes && rest.length > 0) return yield* refuse(`option '--${key}' doesn't allow an argument`);
      const value = takes ? (rest.length > 0 ? rest.join("=") : argv[++at]) : "";
      if (value === undefined) return yield* refuse(`option '--${key}' requires an argument`);
      given.set(key, [...(given.get(key) ?? []), value]);
    } else if (word.startsWith("-") && word !== "-") {
      for (let letterAt = 1; letterAt < word.length; letterAt++) {
        const letter = word.charAt(letterAt);
        const key = SHORT.get(letter);
        if (key === undefined || (!known(key) && letter !== "n" && letter !== "f")) return yield* refuse(`invalid option -- '${letter}'`);
        const takes = LONG.get(key) === true;
        const value = takes ? (letterAt + 1 < word.length ? word.slice(letterAt + 1) : argv[++at]) : "";
        if (value === undefined) return yield* refuse(`option requires an argument -- '${letter}'`);
        given.set(key, [...(given.get(key) ?? []), value]);
        if (takes) break;
      }
    } else targets.push(word);
  }
  if (given.has("help")) {
    io.out.put(usage(name, action));
    return 0;
  }
  if (given.has("version")) {
    io.out.put(`${name} version ${VERSION}\n\nCopyright (c) 1999-2009 Anthony Towns\n              2010-2015 Andrej Shadura\n              2015-2017 Guus Sliepen\n\nThis program is free software; you can redistribute it and/or modify\nit under the terms of the GNU General Public License as published by\nthe Free Software Foundation; either version 2 of the License, or (at\nyour option) any later version.\n`);
    return 0;
  }
  const set: Option[] = [];
  for (const one of given.get("option") ?? []) {
    const at = one.indexOf("=");
    if (at < 0) {
      yield* io.warn(`error in --option "${one}" -- no "=" character`);
      return 1;
    }
    set.push({ name: one.slice(0, at), value: one.slice(at + 1) });
  }
  const all = given.has("all");
  const list = given.has("list");
  const state = given.has("state");
  if (action === "query" && all && !list && !state) {
    yield* io.warn(HINT);
    return 1;
  }
  if (all && targets.length > 0) return yield* refuse("either use the --all option, or specify interface(s), but not both");
  if (!all && !list && !state && targets.length === 0) return yield* refuse("no interface(s) specified");
  const fromEnvironment = given.has("read-environment");
  const environment = (key: string): string => (fromEnvironment ? (sys.environment.get(key) ?? "") : "");
  return {
    action, all, list, state, targets, set, readEnvironment: fromEnvironment,
    force: given.has("force"), noAct: given.has("no-act") || environment("CONFIGURE_INTERFACES") === "no", verbose: given.has("verbose") || environment("VERBOSE") === "yes", ignoreErrors: given.has("ignore-errors"),
    mappings: !given.has("no-mappings"), scripts: !given.has("no-scripts"), loopback: !given.has("no-loopback"), allow: given.get("allow")?.at(-1),
    exclude: [...(given.get("exclude") ?? []), ...environment("EXCLUDE_INTERFACES").split(/\s+/).filter((one) => one !== "")],
    file: given.get("interfaces")?.at(-1) ?? "/etc/network/interfaces", directory: given.get("state-dir")?.at(-1) ?? "/run/network",
  };
}

/** Interfaces of the kernel that a pattern matches ([VARIABLE]/VALUE[/NUMBER][=LOGICAL]); any other word is itself. */
function* expanded(sys: Sys, word: string): Blocking<readonly string[]> {
  const [head = "", ...logical] = word.split("=");
  if (!head.includes("/") || head.startsWith("/dev/")) return [word];
  const [variable = "", value = "", number] = head.split("/");
  const found: string[] = [];
  for (const link of sys.rtnetlink({ op: "link-list" })) {
    const content = variable === "" ? link.name : variable === "mac" ? link.mac : ((yield* readTextFile(sys, `/sys/class/net/${link.name}/${variable}`)) ?? "").trim();
    if (globMatch(value, content)) found.push(link.name);
  }
  const nth = Number.parseInt(number ?? "", 10);
  const kept = nth > 0 ? found.slice(nth - 1, nth) : found;
  return kept.map((name) => (logical.length === 0 ? name : `${name}=${logical.join("=")}`));
}

function* expandedAll(sys: Sys, words: readonly string[]): Blocking<string[]> {
  const targets: string[] = [];
  for (const word of words) for (const one of yield* expanded(sys, word)) if (!targets.includes(one)) targets.push(one);
  return targets;
}

const partsOf = (target: string): readonly [iface: string, logical: string] => {
  const at = target.indexOf("=");
  return at < 0 ? [target, target] : [target.slice(0, at), target.slice(at + 1)];
};

/** "rename OLD=NEW": OLD becomes NEW before anything else, and stands for it. Undefined: it could not. */
function* renamed(sys: Sys, io: Io, definitions: Definitions, request: Request, target: string): Blocking<string | undefined> {
  const [iface, logical] = partsOf(target);
  for (const rule of yield* expandedAll(sys, definitions.renames)) {
    const [old, fresh] = partsOf(rule);
    if (!rule.includes("=")) {
      if (old !== iface) continue;
      yield* io.warn(`missing target name for interface ${old}`);
      return undefined;
    }
    if (old !== iface && fresh !== iface) continue;
    const links = sys.rtnetlink({ op: "link-list" });
    const link = links.find((one) => one.name === old);
    if (link !== undefined && !request.noAct && request.action === "up") {
      try {
        sys.rtnetlink({ op: "link-set", index: link.index, name: fresh });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`RTNETLINK answers: ${error.message}\n`);
        yield* io.warn(`unable to rename ${old} to ${fresh}`);
        return undefined;
      }
    }
    return logical === iface ? fresh : `${fresh}=${logical}`;
  }
  return target;
}

function* showState(io: Io, state: State, names: readonly string[]): Blocking<number> {
  const up = [...(yield* state.all())].reverse();
  const shown = names.length === 0 ? up : names.flatMap((name) => up.filter((one) => one.iface === name));
  for (const one of shown) io.out.put(`${one.iface}=${one.logical}\n`);
  return names.every((name) => up.some((one) => one.iface === name)) ? 0 : 1;
}

function* serve(sys: Sys, io: Io, request: Request): Blocking<number> {
  const { action, all } = request;
  const state = new State(sys, request.directory);
  if (request.state) return yield* showState(io, state, request.targets);
  const definitions = new Definitions();
  if (request.loopback) {
    definitions.addTo("auto", ["lo"]);
    definitions.stanzas.push({ logical: "lo", family: "inet", method: "loopback", options: [] });
  }
  if (!(yield* readInterfaces(sys, request.file, definitions, (text) => io.warn(text), request.verbose))) {
    yield* io.warn(`couldn't read interfaces file "${request.file}"`);
    return 1;
  }
  for (const [name, members] of definitions.classes) definitions.classes.set(name, yield* expandedAll(sys, members));
  const ofClass = definitions.classes.get(request.allow ?? "auto") ?? [];
  const wanted = request.list && request.targets.length === 0 ? ofClass : all ? (action === "down" ? [...(yield* state.all())].reverse().map(({ iface, logical }) => `${iface}=${logical}`) : ofClass) : yield* expandedAll(sys, request.targets);
  const runner = new Runner(sys, io, definitions, state, request);
  let succeeded = true;
  if (all && action !== "query" && !(yield* runner.around(action === "up" ? "pre-up" : "pre-down"))) {
    yield* io.warn(`pre-${action} script failed`);
    return 1;
  }
  for (const one of wanted) {
    const target = yield* renamed(sys, io, definitions, request, one);
    if (target === undefined) {
      succeeded = false;
      continue;
    }
    const [iface, logical] = partsOf(target);
    if (request.exclude.some((pattern) => globMatch(pattern, iface))) continue;
    if (!definitions.knows(logical)) {
      yield* io.warn(`unknown interface ${iface}`);
      succeeded = false;
    } else if (request.list) {
      if (request.allow === undefined || ofClass.some((member) => partsOf(member)[0] === iface)) io.out.put(`${iface}\n`);
    } else if (!(yield* runner.run(target))) succeeded = false;
  }
  if (all && action !== "query" && !(yield* runner.around(action === "up" ? "post-up" : "post-down"))) {
    yield* io.warn(`post-${action} script failed`);
    return 1;
  }
  return succeeded ? 0 : 1;
}

const command = program({
  name: "ifup", path: "/sbin/ifup", links: ["/sbin/ifdown", "/sbin/ifquery"], manSection: 8, summary: "bring a network interface up, take it down, or ask for its definition",
  synopsis: ["[-nv] [-i FILE] [--state-dir=DIR] [--allow=CLASS] -a|IFACE..."], options: OPTIONS, operands: "none",
  description: [
    "The names ifup, ifdown and ifquery are one program. Interfaces are defined in /etc/network/interfaces; a definition of another name is taken with IFACE=LOGICAL. What is up is noted in /run/network/ifstate, and what is up already is left alone without --force.",
    "Commands of the definition (pre-up, up, down, post-down) and the scripts of /etc/network/if-*.d find IFACE, LOGICAL, ADDRFAM, METHOD, MODE, PHASE, VERBOSITY and the options as IF_NAME in their environment.",
  ],
  exitStatuses: [["0", "all interfaces are as asked"], ["1", "one of them is not"]], seeAlso: ["interfaces(5)", "ip(8)", "run-parts(8)"],
}, function* ifup(sys: Sys, argv: readonly string[], io: Io) {
  const name = argv[0] ?? "ifup";
  const action = name === "ifdown" ? "down" : name === "ifquery" ? "query" : "up";
  const request = yield* requestOf(sys, io, action, name, argv);
  if (typeof request === "number") return request;
  try {
    return yield* serve(sys, io, request);
  } catch (error) {
    if (!(error instanceof StateRefusal)) throw error;
    yield* io.warn(error.message);
    return 1;
  }
});

export default {
  ...command,
  /** Messages begin with the last part of the name, by whatever path it was called. */
  *program(sys: Sys, [path = "ifup", ...words]: readonly string[]): Blocking<number> {
    return yield* command.program(sys, [lastComponent(path), ...words]);
  },
} satisfies Command;
