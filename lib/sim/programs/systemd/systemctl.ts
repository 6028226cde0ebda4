// systemctl: asks PID 1 and shows what it says. A verb is a function in systemctl/.
import type { Blocking } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { isFailure } from "../../daemons/systemd/api/protocol.ts";
import { mangleUnitName } from "../../daemons/systemd/api/unit-name.ts";
import { signalNumber } from "../../daemons/systemd/api/signal-word.ts";
import { counted, flag, text, texts, unsimulated } from "../kit/gnu.ts";
import { readZone } from "../kit/zones.ts";
import { columns, complain, connect, hasPager, startAgent, systemdTool, wantsColour, withPager } from "./_systemd.ts";
import { disable, edit, enable, link, mask, preset, reenable, revert, unmask } from "./systemctl/_enable.ts";
import { compatibilityProgram, type PowerAction, powerNow } from "./systemctl/_compatibility.ts";
import { type Context, expandNames, fail, print, propertyMap, statusOf, type Verb } from "./systemctl/_context.ts";
import { jobVerb } from "./systemctl/_jobs.ts";
import { listDependencies } from "./systemctl/_list-dependencies.ts";
import { getDefault, listJobs, listSockets, listTimers, listUnitFiles, listUnits, setDefault } from "./systemctl/_list-units.ts";
import { cat, isActive, isEnabled, isFailed, isSystemRunning, show } from "./systemctl/_show.ts";
import { status } from "./systemctl/_status.ts";
import { addRequires, addWants, clean, freeze, importEnvironment, listMachines, logSetting, refused, thaw } from "./systemctl/_more-verbs.ts";
import { answerWords, VERB_LIMITS } from "./systemctl/_words.ts";
import { fitsVerb } from "./_verbs.ts";
import { parseBoolean } from "../../daemons/systemd/api/unit-text.ts";
import { noteRunLevel } from "./systemctl/_run-level.ts";

const daemonReload: Verb = function* (context) {
  const reply = yield* context.bus.call({ op: "reload" });
  if (isFailure(reply)) return yield* fail(context, `Failed to reload daemon: ${reply.error}`);
  return 0;
};

const resetFailed: Verb = function* (context, operands) {
  if (operands.length === 0) {
    const reply = yield* context.bus.call({ op: "reset-failed" });
    return isFailure(reply) ? yield* fail(context, `Failed to reset failed state: ${reply.error}`) : 0;
  }
  let result = 0;
  for (const unit of yield* expandNames(context, operands)) {
    const reply = yield* context.bus.call({ op: "reset-failed", unit });
    if (isFailure(reply)) result = yield* fail(context, `Failed to reset failed state of unit ${unit}: ${reply.error}`);
  }
  return result;
};

const kill: Verb = function* (context, operands) {
  if (operands.length === 0) return yield* fail(context, "Too few arguments.");
  const word = context.options.signal ?? "SIGTERM";
  const signal = signalNumber(word);
  if (signal === undefined) return yield* fail(context, `Failed to parse signal string ${word}.`);
  const who = context.options.killWho ?? "all";
  if (who !== "all" && who !== "main" && who !== "control") return yield* fail(context, `Failed to parse --kill-whom: ${who}`);
  let result = 0;
  for (const unit of yield* expandNames(context, operands)) {
    const reply = yield* context.bus.call({ op: "kill", unit, who, signal });
    if (isFailure(reply)) result = yield* fail(context, `Failed to kill unit ${unit}: ${reply.error}`, statusOf(reply) === 5 ? 1 : statusOf(reply) === 4 ? 1 : 1);
  }
  return result;
};

const setProperty: Verb = function* (context, operands) {
  const [unit, ...assignments] = operands;
  if (unit === undefined || assignments.length === 0) return yield* fail(context, "Too few arguments.");
  const pairs = assignments.map((text): readonly [string, string] => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]);
  for (const assignment of assignments) if (!assignment.includes("=")) return yield* fail(context, `Not an assignment: ${assignment}`);
  const name = mangleUnitName(unit);
  const reply = yield* context.bus.call({ op: "set-property", unit: name, runtime: context.options.runtime, assignments: pairs });
  return isFailure(reply) ? yield* fail(context, `Failed to set unit properties on ${name}: ${reply.error}`) : 0;
};

const isolateVerb = (target: string | undefined): Verb => function* (context, operands) {
  const name = target ?? (operands[0] === undefined ? undefined : mangleUnitName(operands[0], "target"));
  if (name === undefined) return yield* fail(context, "Too few arguments.");
  const reply = yield* context.bus.call({ op: "isolate", unit: name });
  if (isFailure(reply)) {
    yield* complain(context.io, `Failed to start ${name}: ${reply.error}`);
    if (reply.code !== "NoSuchUnit") yield* complain(context.io, `See system logs and 'systemctl status ${name}' for details.`);
    return statusOf(reply);
  }
  yield* noteRunLevel(context.sys, name);
  return 0;
};

/** The pages that Documentation= names: man(1) shows those, the rest is told as it stands. */
const help: Verb = function* (context, operands) {
  if (operands.length === 0) return yield* fail(context, "'help' command expects one or more unit names.\n(Alternatively, help for systemctl itself may be shown with --help)");
  for (const unit of yield* expandNames(context, operands)) {
    const reply = yield* context.bus.call({ op: "show", unit });
    const pages = isFailure(reply) ? [] : (propertyMap(reply.properties).get("Documentation") ?? "").split(" ").filter((word) => word !== "");
    if (pages.length === 0) yield* complain(context.io, `Documentation for ${unit} not known.`, "info");
    for (const page of pages) {
      const match = /^man:(.+)\((\w+)\)$/.exec(page);
      if (match === null) {
        yield* print(context, `Additional documentation for ${unit}: ${page}\n`);
        continue;
      }
      yield* context.io.out.flush();
      const pid = context.sys.fork(function* man(child) {
        return yield* child.exec("/usr/bin/man", ["man", match[2] ?? "", match[1] ?? ""], child.environment);
      });
      yield* context.sys.waitpid(pid);
    }
  }
  return 0;
};

const powerVerb = (action: PowerAction): Verb => (context) => powerNow(context.io, context.bus, action);

const showEnvironment: Verb = function* (context) {
  const reply = yield* context.bus.call({ op: "environment" });
  if (!isFailure(reply)) for (const line of reply.environment) yield* print(context, `${line}\n`);
  return 0;
};

const setEnvironment: Verb = function* (context, operands) {
  const reply = yield* context.bus.call({ op: "environment", set: operands });
  return isFailure(reply) ? yield* fail(context, `Failed to set environment: ${reply.error}`) : 0;
};

const unsetEnvironment: Verb = function* (context, operands) {
  const reply = yield* context.bus.call({ op: "environment", unset: operands });
  return isFailure(reply) ? yield* fail(context, `Failed to set environment: ${reply.error}`) : 0;
};

/** Verbs whose output goes to the pager on a terminal. */
const paged = new Set(["list-units", "list-unit-files", "list-timers", "list-sockets", "list-dependencies", "list-jobs", "status", "show", "cat", "help"]);

/** Verbs that ask polkit. */
const privileged = new Set([
  "start", "stop", "restart", "try-restart", "reload", "reload-or-restart", "force-reload", "try-reload-or-restart", "enable", "disable", "reenable", "preset", "mask", "unmask", "link", "revert", "daemon-reload", "daemon-reexec", "reset-failed", "kill", "set-property",
  "isolate", "set-default", "set-environment", "unset-environment", "reboot", "poweroff", "halt",
]);

/** Known, and not simulated. */
const REFUSED = ["preset-all", "cancel", "service-log-level", "service-log-target", "service-watchdogs", "bind", "mount-image", "switch-root", "exit", "kexec", "suspend", "hibernate", "hybrid-sleep", "suspend-then-hibernate"];

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ["list-units", listUnits], ["list-unit-files", listUnitFiles], ["list-timers", listTimers], ["list-sockets", listSockets], ["list-dependencies", listDependencies], ["list-jobs", listJobs],
  ["status", status], ["show", show], ["cat", cat], ["is-active", isActive], ["is-enabled", isEnabled], ["is-failed", isFailed], ["is-system-running", isSystemRunning],
  ["start", jobVerb("start")], ["stop", jobVerb("stop")], ["restart", jobVerb("restart")], ["try-restart", jobVerb("try-restart")], ["condrestart", jobVerb("try-restart")], ["reload", jobVerb("reload")],
  ["reload-or-restart", jobVerb("reload-or-restart")], ["force-reload", jobVerb("reload-or-restart")], ["try-reload-or-restart", jobVerb("try-reload-or-restart")], ["reload-or-try-restart", jobVerb("try-reload-or-restart")],
  ["enable", enable], ["disable", disable], ["reenable", reenable], ["preset", preset], ["mask", mask], ["unmask", unmask], ["link", link], ["revert", revert], ["edit", edit],
  ["daemon-reload", daemonReload], ["daemon-reexec", daemonReload], ["reset-failed", resetFailed], ["kill", kill], ["set-property", setProperty], ["isolate", isolateVerb(undefined)], ["rescue", isolateVerb("rescue.target")],
  ["emergency", isolateVerb("emergency.target")], ["default", isolateVerb("default.target")], ["get-default", getDefault], ["set-default", setDefault], ["show-environment", showEnvironment], ["set-environment", setEnvironment],
  ["unset-environment", unsetEnvironment], ["import-environment", importEnvironment], ["freeze", freeze], ["thaw", thaw], ["clean", clean([])], ["log-level", logSetting("level")], ["log-target", logSetting("target")],
  ["add-wants", addWants], ["add-requires", addRequires], ["list-machines", listMachines], ["help", help], ...REFUSED.map((word) => [word, refused(word)] as const), ["reboot", powerVerb("reboot")], ["poweroff", powerVerb("poweroff")], ["halt", powerVerb("halt")],
]);

const list = (values: readonly string[]): readonly string[] => values.flatMap((value) => value.split(",")).filter((word) => word !== "");

const systemctl = systemdTool({
  name: "systemctl",
  path: "/bin/systemctl",
  summary: "start, stop, enable and examine services and other units of systemd",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  description: [...verbs.keys()].length > 0 ? [`Commands: ${[...verbs.keys()].join(", ")}.`] : [],
  operands: "services",
  options: {
    all: flag(["-a", "--all"], "show inactive units and empty properties too"),
    type: texts(["-t", "--type"], "TYPE", "units of these types only"),
    state: texts(["--state"], "STATE", "units in these states only"),
    failed: flag(["--failed"], "the same as --state=failed"),
    property: texts(["-p", "--property"], "NAME", "show these properties only"),
    value: flag(["--value"], "print values without names"),
    quiet: flag(["-q", "--quiet"], "no output"),
    noLegend: flag(["--no-legend"], "no headers and hints"),
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    plain: flag(["--plain"], "no dots and trees"),
    full: flag(["-l", "--full"], "do not shorten names and lines"),
    noBlock: flag(["--no-block"], "do not wait until the operation is finished"),
    now: flag(["--now"], "start or stop the unit as well"),
    runtime: flag(["--runtime"], "until the next reboot only"),
    force: counted(["-f", "--force"], "replace links, skip steps of a shutdown"),
    lines: text(["-n", "--lines"], "INTEGER", "how many lines of the journal status shows"),
    output: text(["-o", "--output"], "STRING", "how the journal's lines look"),
    signal: text(["-s", "--signal"], "SIGNAL", "the signal that kill sends"),
    killWho: text(["--kill-whom", "--kill-who"], "WHOM", "who gets it: main, control, all"),
    reverse: flag(["--reverse"], "dependencies in the other direction"),
    recursive: flag(["-r", "--recursive"], "units of containers too"),
    wait: flag(["--wait"], "until the started units are over"),
    mode: text(["--job-mode"], "MODE", "how the job goes with those that are queued"),
    noReload: flag(["--no-reload"], "do not reload the manager after a change of files"),
    noAsk: flag(["--no-ask-password"], "never ask for a password"),
    noWall: flag(["--no-wall"], "no message to terminals before shutting down"),
    system: flag(["--system"], "the system's manager (default)"),
    user: flag(["--user"], "the caller's own manager"),
    valueOf: texts(["-P"], "NAME", "the same as --value --property=NAME"),
    legend: text(["--legend"], "BOOL", "whether there are headers and hints"),
    what: texts(["--what"], "RESOURCES", "what clean removes: runtime, state, cache, logs, configuration, all"),
    presetMode: text(["--preset-mode"], "MODE", "what preset does: full, enable-only, disable-only"),
    timestamp: text(["--timestamp"], "FORMAT", "how timestamps look: pretty, us, utc, us+utc, unix"),
    ignoreInhibitors: flag(["-i"], "the same as --check-inhibitors=no"),
    checkInhibitors: text(["--check-inhibitors"], "MODE", "whether inhibitors stop a shutdown: auto, yes, no"),
    message: text(["--message"], "MESSAGE", "why the machine goes down"),
    showTypes: flag(["--show-types"], "list-sockets: with the types"),
    root: unsimulated(["--root"], "unit files below another root directory", "only this machine's units are read", "PATH"),
    image: unsimulated(["--image"], "unit files of a disk image", "only this machine's units are read", "PATH"),
    global: unsimulated(["--global"], "unit files of all users", "users have no managers here"),
    machine: unsimulated(["-M", "--machine"], "in a container", "only this machine's manager is asked", "CONTAINER"),
    marked: unsimulated(["--marked"], "units that are marked for a restart", "units are not marked"),
    dryRun: unsimulated(["--dry-run"], "tell what a shutdown would do", "shutdowns are done"),
    showTransaction: unsimulated(["-T", "--show-transaction"], "the whole transaction of a job", "only the job itself is told"),
    withDependencies: unsimulated(["--with-dependencies"], "status and cat of dependencies too", "only the units that are named are shown"),
    firmwareSetup: unsimulated(["--firmware-setup"], "into the firmware's menu", "the firmware has no menu here"),
    bootLoaderMenu: unsimulated(["--boot-loader-menu"], "into the boot loader's menu", "the firmware has no such variables", "TIME"),
    bootLoaderEntry: unsimulated(["--boot-loader-entry"], "a boot loader's entry", "the firmware has no such variables", "NAME"),
    rebootArgument: unsimulated(["--reboot-argument"], "a word for the reboot", "the firmware has no such variables", "ARG"),
    readOnly: unsimulated(["--read-only"], "bind: read-only", "bind is not simulated"),
    mkdir: unsimulated(["--mkdir"], "bind: make the mount point", "bind is not simulated"),
    host: text(["-H", "--host"], "HOST", "a manager elsewhere"),
  },
  *run({ options, operands, sys }, io) {
    if (options.user) {
      yield* complain(io, "Failed to connect to bus: No medium found");
      return 1;
    }
    const [word = "list-units", ...rest] = operands;
    const verb = word === "clean" ? clean(list(options.what)) : verbs.get(word);
    const answered = yield* answerWords(io, { ...options, type: list(options.type), state: list(options.state), what: list(options.what) });
    if (answered !== undefined) return answered;
    if (verb === undefined) {
      yield* complain(io, `Unknown command verb ${word}.`);
      return 1;
    }
    if (!(yield* fitsVerb(io, word, rest.length, new Map([[word, VERB_LIMITS.get(word) ?? {}]])))) return 1;
    const timestamps = options.timestamp;
    if (timestamps !== undefined && timestamps !== "pretty") {
      yield* complain(io, `systemctl: --timestamp=${timestamps} is not simulated.`);
      return 1;
    }
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    const colour = wantsColour(sys);
    const context: Context = {
      sys, io, bus, colour, zone: yield* readZone(sys), columns: columns(sys),
      links: /^(?:1|yes|y|true|t|on)$/i.test(sys.environment.get("SYSTEMD_URLIFY") ?? (colour && !hasPager(sys, paged.has(word) && !options.noPager) ? "1" : "0")),
      options: {
        all: options.all, types: list(options.type), states: list(options.state), properties: [...options.property, ...options.valueOf], value: options.value || options.valueOf.length > 0, quiet: options.quiet, noLegend: options.noLegend || (options.legend !== undefined && parseBoolean(options.legend) === false), plain: options.plain, full: options.full,
        noBlock: options.noBlock, now: options.now, runtime: options.runtime, force: options.force, lines: options.lines === undefined ? undefined : Number(options.lines), output: options.output ?? "short", signal: options.signal,
        killWho: options.killWho, reverse: options.reverse, wait: options.wait, failed: options.failed, mode: options.mode ?? "replace", noPager: options.noPager, noReload: options.noReload,
      },
    };
    if (privileged.has(word)) yield* startAgent(io);
    const run = function* (): Blocking<number> {
      return yield* verb(context, rest);
    };
    return yield* withPager(io, paged.has(word) && !options.noPager, run);
  },
});

/** reboot, shutdown, runlevel... are links to systemctl. */
export default { ...systemctl, program: (sys, argv) => compatibilityProgram(argv[0] ?? "")?.(sys, argv) ?? systemctl.program(sys, argv) } satisfies Command;
