// systemd-analyze: how long the boot took, and checks of unit files, calendars, time spans, conditions. A verb is a function in systemd-analyze/.
import type { Blocking } from "../../kernel/sys.ts";
import { parseTimeSpan } from "../../daemons/systemd/api/time-span.ts";
import { compareVersions } from "../../daemons/systemd/api/conditions.ts";
import { parseTimestampWord } from "../../daemons/systemd/api/timestamp-word.ts";
import { matchesPattern } from "../../daemons/systemd/api/unit-name.ts";
import { parseBoolean } from "../../daemons/systemd/api/unit-text.ts";
import { flag, type Io, optionalText, text, texts, unsimulated } from "../kit/gnu.ts";
import { complain, connect, systemdTool, withPager } from "./_systemd.ts";
import { blame, criticalChain, time } from "./systemd-analyze/_boot.ts";
import { calendar, timespan, timestamp } from "./systemd-analyze/_calendar.ts";
import { condition } from "./systemd-analyze/_condition.ts";
import { catConfig, unitFiles, unitPaths } from "./systemd-analyze/_configuration.ts";
import { dot, dump } from "./systemd-analyze/_graph.ts";
import { capability, exitStatus } from "./systemd-analyze/_lists.ts";
import { verify } from "./systemd-analyze/_verify.ts";
import { fitsVerb, type VerbLimits } from "./_verbs.ts";

const verbs: ReadonlyMap<string, VerbLimits> = new Map<string, VerbLimits>([
  ["time", { most: 0 }], ["blame", { most: 0 }], ["critical-chain", {}], ["plot", { most: 0 }], ["dot", {}], ["dump", {}], ["cat-config", { least: 1 }], ["unit-files", {}], ["unit-paths", { most: 0 }], ["exit-status", {}], ["capability", {}], ["syscall-filter", {}],
  ["filesystems", {}], ["condition", {}], ["compare-versions", { least: 2, most: 3 }], ["verify", { least: 1 }], ["calendar", { least: 1 }], ["timestamp", { least: 1 }], ["timespan", { least: 1 }], ["security", {}], ["inspect-elf", { least: 1 }],
  ["log-level", { most: 1 }], ["log-target", { most: 1 }], ["get-log-level", { most: 0 }], ["get-log-target", { most: 0 }], ["set-log-level", { least: 1, most: 1 }], ["set-log-target", { least: 1, most: 1 }], ["service-watchdogs", { most: 1 }],
]);
const REFUSED: ReadonlySet<string> = new Set(["plot", "syscall-filter", "security", "inspect-elf", "log-level", "log-target", "set-log-level", "set-log-target", "service-watchdogs"]);

export default systemdTool({
  name: "systemd-analyze",
  path: "/usr/bin/systemd-analyze",
  summary: "look into the boot and into unit files",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  description: [
    "time: how long the boot took. blame: its units by how long they took. critical-chain: what waited for what. dot, dump: the units and how they depend on each other.",
    "verify: what is wrong in unit files. calendar, timestamp, timespan: times as systemd reads them. condition: whether conditions hold. cat-config: a configuration file with its drop-ins.",
    "unit-paths, unit-files, exit-status, capability, compare-versions: lists and a comparison. plot, security, syscall-filter and inspect-elf are not simulated.",
  ],
  options: {
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    system: flag(["--system"], "the system's manager (default)"),
    user: flag(["--user"], "the caller's own manager"),
    global: flag(["--global"], "what all users' managers read"),
    order: flag(["--order"], "only what is ordered, in the graph"),
    require: flag(["--require"], "only what is required, in the graph"),
    fromPattern: texts(["--from-pattern"], "GLOB", "only from these units, in the graph"),
    toPattern: texts(["--to-pattern"], "GLOB", "only to these units, in the graph"),
    fuzz: text(["--fuzz"], "SECONDS", "units that finished so much earlier than the last one too"),
    iterations: text(["--iterations"], "N", "how many times a calendar is worked out"),
    baseTime: text(["--base-time"], "TIMESTAMP", "where a calendar is worked out from"),
    man: optionalText(["--man"], "BOOL", "whether manual pages are checked"),
    generators: optionalText(["--generators"], "BOOL", "whether generators run first"),
    recursiveErrors: text(["--recursive-errors"], "MODE", "which units are verified: yes, no, one"),
    offline: text(["--offline"], "BOOL", "look at unit files for security"),
    threshold: text(["--threshold"], "N", "the status of security tells when a unit is above"),
    json: text(["--json"], "MODE", "pretty, short, off"),
    root: text(["--root"], "PATH", "another root directory"),
    image: text(["--image"], "PATH", "a disk image as root"),
    unit: text(["--unit"], "UNIT", "the conditions of that unit"),
    securityPolicy: unsimulated(["--security-policy"], "own rules for security", "security is not simulated", "PATH"),
    profile: unsimulated(["--profile"], "a portable profile for security", "security is not simulated", "PATH"),
    host: unsimulated(["-H", "--host"], "on another machine", "only this machine's manager is asked", "HOST"),
    machine: unsimulated(["-M", "--machine"], "in a container", "only this machine's manager is asked", "CONTAINER"),
    quiet: flag(["-q", "--quiet"], "no hints"),
  },
  *run({ options, operands, sys }, io) {
    const [verb = "time", ...rest] = operands;
    const nowUs = sys.clockUs("realtime");
    const fuzzUs = options.fuzz === undefined ? 0 : parseTimeSpan(options.fuzz);
    if (fuzzUs === undefined) return 1;
    for (const [name, value] of [["man", options.man], ["generators", options.generators], ["offline", options.offline]] as const) {
      if (value === undefined || value === true || parseBoolean(value) !== undefined) continue;
      yield* complain(io, `Failed to parse boolean argument to --${name}: ${value}.`);
      return 1;
    }
    const wrong = wrongOption(options, verb);
    if (wrong !== undefined) {
      yield* complain(io, wrong);
      return 1;
    }
    const baseUs = options.baseTime === undefined ? nowUs : parseTimestampWord(options.baseTime, nowUs, 0);
    if (baseUs === undefined) {
      yield* complain(io, `Failed to parse --base-time= parameter: ${options.baseTime ?? ""}`);
      return 1;
    }
    if (!(yield* fitsVerb(io, verb, rest.length, verbs))) return 1;
    return yield* withPager(io, !options.noPager && PAGED.has(verb), function* () {
      return yield* perform(io, verb, rest, { ...options, fuzzUs, baseUs });
    });
  },
});

const PAGED: ReadonlySet<string> = new Set(["blame", "critical-chain", "dump", "cat-config", "unit-files", "exit-status", "capability"]);

interface Settings {
  readonly user: boolean;
  readonly global: boolean;
  readonly order: boolean;
  readonly require: boolean;
  readonly fromPattern: readonly string[];
  readonly toPattern: readonly string[];
  readonly iterations: string | undefined;
  readonly quiet: boolean;
  readonly fuzzUs: number;
  readonly baseUs: number;
}

function wrongOption(options: { readonly threshold: string | undefined; readonly json: string | undefined; readonly iterations: string | undefined; readonly offline: string | undefined; readonly root: string | undefined; readonly image: string | undefined; readonly recursiveErrors: string | undefined; readonly unit: string | undefined; readonly user: boolean; readonly global: boolean }, verb: string): string | undefined {
  if (options.threshold !== undefined && !(/^\d+$/.test(options.threshold) && Number(options.threshold) <= 100)) return `Failed to parse threshold: ${options.threshold}`;
  if (options.json !== undefined && !["pretty", "short", "off"].includes(options.json)) return `Unknown argument to --json= switch: ${options.json}`;
  if (options.iterations !== undefined && !/^\d+$/.test(options.iterations)) return `Failed to parse iterations: ${options.iterations}`;
  if (options.recursiveErrors !== undefined && !["yes", "no", "one"].includes(options.recursiveErrors)) return `Unknown mode passed to --recursive-errors='${options.recursiveErrors}'.`;
  if (options.offline !== undefined && verb !== "security") return "Option --offline= is only supported for security right now.";
  if (options.json !== undefined && verb !== "security" && verb !== "inspect-elf") return "Option --json= is only supported for security and inspect-elf right now.";
  if (options.threshold !== undefined && verb !== "security") return "Option --threshold= is only supported for security right now.";
  if (options.global && !["dot", "unit-paths", "verify"].includes(verb)) return "Option --global only makes sense with verbs dot, unit-paths, verify.";
  if (options.user && verb === "cat-config") return "Option --user is not supported for cat-config right now.";
  if ((options.root !== undefined || options.image !== undefined) && !["cat-config", "verify", "condition"].includes(verb)) return "Options --root= and --image= are only supported for cat-config, verify, condition and security when used with --offline= right now.";
  if (options.root !== undefined || options.image !== undefined) return "--root= and --image= are not simulated.";
  if (options.unit !== undefined && verb !== "condition") return "Option --unit= is only supported for condition";
  return undefined;
}

function* perform(io: Io, verb: string, words: readonly string[], settings: Settings): Blocking<number> {
  const { sys } = io;
  switch (verb) {
    case "time":
      return yield* time(io);
    case "blame":
      return yield* blame(io);
    case "critical-chain":
      return yield* criticalChain(io, words, settings.fuzzUs);
    case "dot":
      return yield* dot(io, words, { order: settings.order, require: settings.require, from: settings.fromPattern, to: settings.toPattern });
    case "dump":
      return yield* dump(io, words);
    case "calendar":
      return yield* calendar(io, words, { iterations: Number(settings.iterations ?? 1), baseUs: settings.baseUs, isQuiet: settings.quiet });
    case "timestamp":
      return yield* timestamp(io, words, settings.quiet);
    case "timespan":
      return yield* timespan(io, words, settings.quiet);
    case "condition":
      return yield* condition(io, words);
    case "cat-config":
      return yield* catConfig(io, words);
    case "verify":
      return yield* verify(io, words);
    case "exit-status":
      return yield* exitStatus(io, words);
    case "capability":
      return yield* capability(io, words);
    case "unit-paths":
      for (const path of unitPaths(sys, settings.global ? "global" : settings.user ? "user" : "system")) io.out.put(`${path}\n`);
      return 0;
    case "unit-files":
      unitFiles(io, words, matchesPattern);
      return 0;
    case "filesystems":
      yield* complain(io, "Not compiled with libbpf support, sorry.");
      return 1;
    case "compare-versions":
      return yield* compare(io, words);
    default:
      break;
  }
  if (REFUSED.has(verb) && !(verb.startsWith("log-") && words.length === 0)) {
    yield* complain(io, `systemd-analyze: '${verb}' is not simulated.`);
    return 1;
  }
  if ((yield* connect(io)) === undefined) return 1;
  io.out.put(verb.endsWith("target") ? "journal-or-kmsg\n" : "info\n");
  return 0;
}

const OPERATORS: ReadonlyMap<string, (sign: number) => boolean> = new Map([
  ...["lt", "<"].map((word) => [word, (sign: number) => sign < 0] as const), ...["le", "<="].map((word) => [word, (sign: number) => sign <= 0] as const), ...["eq", "=", "=="].map((word) => [word, (sign: number) => sign === 0] as const),
  ...["ne", "!=", "<>"].map((word) => [word, (sign: number) => sign !== 0] as const), ...["ge", ">="].map((word) => [word, (sign: number) => sign >= 0] as const), ...["gt", ">"].map((word) => [word, (sign: number) => sign > 0] as const),
]);

function* compare(io: Io, words: readonly string[]): Blocking<number> {
  const [one = "", operator = "", other] = words;
  if (other === undefined) {
    const sign = compareVersions(one, operator);
    io.out.put(`${one} ${sign < 0 ? "<" : sign > 0 ? ">" : "=="} ${operator}\n`);
    return sign < 0 ? 12 : sign > 0 ? 11 : 0;
  }
  const holds = OPERATORS.get(operator);
  if (holds === undefined) {
    yield* complain(io, `Unknown operator "${operator}".`);
    return 1;
  }
  return holds(compareVersions(one, other)) ? 0 : 1;
}
