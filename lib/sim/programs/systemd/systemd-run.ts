// systemd-run: a command as a transient service, scope or timer of PID 1.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { isFailure } from "../../daemons/systemd/api/protocol.ts";
import { parseCalendar } from "../../daemons/systemd/api/calendar.ts";
import { formatTimeSpan, parseTimeSpan } from "../../daemons/systemd/api/time-span.ts";
import { mangleUnitName } from "../../daemons/systemd/api/unit-name.ts";
import { storedProperty } from "../../daemons/systemd/api/transient-property.ts";
import { flag, optionalText, text, texts } from "../kit/gnu.ts";
import { complain, connect, formatBytes, systemdTool } from "./_systemd.ts";
import { propertyMap } from "./systemctl/_context.ts";

const searchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

const quoteWord = (word: string): string => `"${word.replace(/[\\"]/g, "\\$&").replace(/%/g, "%%").replace(/\$/g, "$$$$").replace(/\n/g, "\\n")}"`;

export default systemdTool({
  name: "systemd-run",
  path: "/bin/systemd-run",
  summary: "run a command as a transient unit",
  synopsis: ["[OPTIONS...] COMMAND [ARGUMENTS...]"],
  operands: "commands",
  parsing: { stopAtOperand: true },
  options: {
    unit: text(["-u", "--unit"], "UNIT", "the unit's name"),
    scope: flag(["--scope"], "a scope: the command stays a child of the caller"),
    slice: text(["--slice"], "SLICE", "the slice of the unit"),
    sliceInherit: flag(["--slice-inherit"], "below the caller's slice"),
    property: texts(["-p", "--property"], "NAME=VALUE", "a setting of the unit"),
    description: text(["--description"], "TEXT", "the unit's description"),
    remainAfterExit: flag(["-r", "--remain-after-exit"], "the service stays active when the command is over"),
    wait: flag(["--wait"], "come back when the service has ended"),
    sendSighup: flag(["--send-sighup"], "SIGHUP follows SIGTERM"),
    serviceType: text(["--service-type"], "TYPE", "type of the service"),
    uid: text(["--uid"], "USER", "as this user"),
    gid: text(["--gid"], "GROUP", "as this group"),
    nice: text(["--nice"], "NICE", "with this nice level"),
    workingDirectory: text(["--working-directory"], "PATH", "in this directory"),
    sameDir: flag(["-d", "--same-dir"], "in the caller's directory"),
    setenv: texts(["-E", "--setenv"], "NAME[=VALUE]", "a variable of the environment"),
    pty: flag(["-t", "--pty"], "on a terminal of its own, joined to the caller's"),
    pipe: flag(["-P", "--pipe"], "with the caller's standard input, output and error"),
    shell: flag(["-S", "--shell"], "an interactive shell as a service"),
    quiet: flag(["-q", "--quiet"], "no notes"),
    collect: flag(["-G", "--collect"], "forget the unit when it failed, too"),
    noBlock: flag(["--no-block"], "do not wait until it is started"),
    noAsk: flag(["--no-ask-password"], "never ask for a password"),
    onActive: texts(["--on-active"], "SECONDS", "start after this time"),
    onBoot: texts(["--on-boot"], "SECONDS", "start this time after the boot"),
    onStartup: texts(["--on-startup"], "SECONDS", "start this time after systemd's start"),
    onUnitActive: texts(["--on-unit-active"], "SECONDS", "start this time after the last start"),
    onUnitInactive: texts(["--on-unit-inactive"], "SECONDS", "start this time after the last end"),
    onCalendar: texts(["--on-calendar"], "SPEC", "start at these times"),
    timerProperty: texts(["--timer-property"], "NAME=VALUE", "a setting of the timer"),
    user: flag(["--user"], "the caller's own manager"),
    system: flag(["--system"], "the system's manager (default)"),
    host: optionalText(["--host"], "HOST", "a manager elsewhere"),
  },
  *run({ options, operands, sys }, io) {
    if (options.user) {
      yield* complain(io, "Failed to connect to bus: No medium found");
      return 1;
    }
    const isTimer = [options.onActive, options.onBoot, options.onStartup, options.onUnitActive, options.onUnitInactive, options.onCalendar].some((list) => list.length > 0);
    const refusal = options.nice !== undefined && !/^-?\d+$/.test(options.nice.trim()) ? `Failed to parse nice value: ${options.nice}`
      : options.nice !== undefined && (Number(options.nice) < -20 || Number(options.nice) > 19) ? `Failed to parse nice value: ${options.nice}`
      : options.onCalendar.some((value) => parseCalendar(value) === undefined) ? "Failed to parse calendar event specification: Invalid argument"
      : options.shell && operands.length > 0 ? "If --shell is used, no command line is expected."
      : (options.pty || options.pipe || options.shell) && (isTimer || options.scope) ? "--pty/--pipe is not compatible in timer or --scope mode."
      : options.scope && isTimer ? "Path, socket or timer options are not supported in --scope mode."
      : options.timerProperty.length > 0 && !isTimer ? "--timer-property= has no effect without any other timer options."
      : options.wait && options.noBlock ? "--wait may not be combined with --no-block."
      : options.wait && isTimer ? "--wait may not be combined with path, socket or timer operations."
      : options.wait && options.scope ? "--wait may not be combined with --scope."
      : options.scope && (options.remainAfterExit || options.serviceType !== undefined) ? "--remain-after-exit and --service-type= are not supported in --scope mode." : undefined;
    if (refusal !== undefined) {
      yield* complain(io, refusal);
      return 1;
    }
    const timers: [string, string][] = [];
    for (const [key, list] of [["OnActiveSec", options.onActive], ["OnBootSec", options.onBoot], ["OnStartupSec", options.onStartup], ["OnUnitActiveSec", options.onUnitActive], ["OnUnitInactiveSec", options.onUnitInactive]] as const) {
      for (const value of list) {
        const span = parseTimeSpan(value);
        if (span === undefined) {
          yield* complain(io, `Failed to parse timer value: ${value}`);
          return 1;
        }
        timers.push([key, formatTimeSpan(span)]);
      }
    }
    for (const value of options.onCalendar) {
      timers.push(["OnCalendar", value]);
    }
    let words = operands;
    if (options.shell && words.length === 0) words = [sys.environment.get("SHELL") ?? "/bin/sh"];
    if (words.length === 0 && !(timers.length > 0 && options.unit !== undefined)) {
      yield* complain(io, "Command line to execute required.");
      return 1;
    }
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    const [program = "", ...rest] = words;
    let path = program;
    if (words.length > 0) {
      const found = program.includes("/") ? [program] : searchPath.map((directory) => `${directory}/${program}`);
      let problem = "No such file or directory";
      const usable = found.find((candidate) => {
        try {
          sys.access(candidate, 1);
          return true;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          problem = error.message;
          return false;
        }
      });
      if (usable === undefined) {
        yield* complain(io, `Failed to find executable ${program}: ${problem}`);
        return 1;
      }
      path = usable;
    }
    const commandLine = [path, ...rest];
    const description = options.description ?? commandLine.join(" ");
    const random = [...sys.random(4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const type = options.scope ? "scope" : "service";
    const base = options.unit === undefined ? `run-${options.scope ? "r" : "u"}${options.scope ? random + random : sys.getpid()}` : options.unit.replace(/\.(?:service|scope|timer)$/, "");
    const name = mangleUnitName(`${base}.${type}`, type);
    const section = options.scope ? "Scope" : "Service";
    const unitLines = [`Description=${description.replace(/%/g, "%%")}`];
    const own: string[] = [];
    for (const assignment of options.property) {
      const equals = assignment.indexOf("=");
      if (equals <= 0) {
        yield* complain(io, `Not an assignment: ${assignment}`);
        return 1;
      }
      const stored = storedProperty(assignment.slice(0, equals), assignment.slice(equals + 1));
      if (stored === undefined) {
        yield* complain(io, `Unknown assignment: ${assignment}`);
        return 1;
      }
      if (stored === "invalid") {
        yield* complain(io, `Failed to parse ${assignment.slice(0, equals)}= value: ${assignment.slice(equals + 1)}`);
        return 1;
      }
      (stored.section === "Unit" ? unitLines : own).push(`${assignment.slice(0, equals)}=${stored.value}`);
    }
    if (options.slice !== undefined) own.push(`Slice=${mangleUnitName(options.slice, "slice")}`);
    const settings: (readonly [string, string | undefined])[] = [
      ["User", options.uid], ["Group", options.gid], ["Nice", options.nice], ["Type", options.serviceType ?? (options.wait || options.pipe || options.pty ? "exec" : undefined)], ["RemainAfterExit", options.remainAfterExit ? "yes" : undefined],
      ["WorkingDirectory", options.workingDirectory ?? (options.sameDir || options.shell ? sys.getcwd() : undefined)], ["SendSIGHUP", options.sendSighup ? "yes" : undefined],
    ];
    if (!options.scope) for (const [key, value] of settings) if (value !== undefined) own.push(`${key}=${value}`);
    for (const assignment of options.setenv) own.push(`Environment=${quoteWord(assignment.includes("=") ? assignment : `${assignment}=${sys.environment.get(assignment) ?? ""}`)}`);
    if (options.pipe || options.pty || options.shell) {
      const pid = sys.getpid();
      own.push(`StandardInput=file:/proc/${pid}/fd/0`, `StandardOutput=file:/proc/${pid}/fd/1`, `StandardError=file:/proc/${pid}/fd/2`);
    }
    if (!options.scope) own.push("ExecStart=", `ExecStart=${commandLine.map(quoteWord).join(" ")}`);
    const body = `[Unit]\n${unitLines.join("\n")}\n\n[${section}]\n${own.join("\n")}\n`;
    if (timers.length > 0) return yield* startTimer(name, body, unitLines[0] ?? "");
    const reply = yield* bus.call({ op: "transient", unit: name, text: body, ...(options.scope ? { pids: [sys.getpid()] } : {}) });
    if (isFailure(reply)) {
      yield* complain(io, `Failed to start transient ${type} unit: ${reply.error}`);
      return 1;
    }
    if (options.scope) {
      if (!options.quiet) yield* complain(io, `Running scope as unit: ${name}`, "info");
      bus.close();
      const environment = new Map(sys.environment);
      for (const assignment of options.setenv) environment.set(assignment.split("=")[0] ?? "", assignment.includes("=") ? assignment.slice(assignment.indexOf("=") + 1) : (sys.environment.get(assignment) ?? ""));
      return yield* sys.exec(path, words, environment);
    }
    if (!options.quiet) {
      yield* complain(io, `Running as unit: ${name}`, "info");
      if (options.pty) yield* complain(io, "Press ^] three times within 1s to disconnect TTY.", "info");
    }
    if (!options.noBlock) {
      const outcome = yield* bus.call({ op: "wait-job", id: reply.id });
      if (!isFailure(outcome) && outcome.result !== "done" && !options.wait) {
        yield* complain(io, `Job for ${name} failed.\nSee "systemctl status ${name}" and "journalctl -xeu ${name}" for details.`);
        return 1;
      }
    }
    if (!options.wait && !options.pty && !options.pipe && !options.shell) return 0;
    const startedUs = sys.clockUs("monotonic");
    const ended = yield* bus.call({ op: "wait-unit", unit: name });
    if (isFailure(ended)) return 1;
    const properties = propertyMap(ended.properties);
    const get = (key: string): string => properties.get(key) ?? "";
    const code = get("ExecMainCode");
    const status = Number(get("ExecMainStatus"));
    if (options.wait && !options.quiet) {
      const lines = [`Finished with result: ${get("Result")}`];
      if (code !== "" && code !== "0") lines.push(`Main processes terminated with: code=${code === "1" ? "exited" : code === "2" ? "killed" : "dumped"}/status=${code === "1" ? status : signalWord(status)}`);
      lines.push(`Service runtime: ${formatTimeSpan(Math.max(1000, sys.clockUs("monotonic") - startedUs), 1000)}`);
      const cpu = Number(get("CPUUsageNSec"));
      if (Number.isFinite(cpu) && cpu > 0) lines.push(`CPU time consumed: ${formatTimeSpan(Math.max(1000, Math.floor(cpu / 1000)), 1000)}`);
      const memory = Number(get("MemoryPeak"));
      if (Number.isFinite(memory) && memory > 0) lines.push(`Memory peak: ${formatBytes(memory)}`);
      yield* complain(io, lines.join("\n"), "info");
    }
    return code === "1" ? status : get("Result") === "success" ? 0 : 1;

    function* startTimer(serviceName: string, serviceText: string, descriptionLine: string): Blocking<number> {
      const timerName = serviceName.replace(/\.service$/, ".timer");
      const lines = [...timers.map(([key, value]) => `${key}=${value}`), "RemainAfterElapse=no", ...options.timerProperty];
      if (bus === undefined) return 1;
      const made = yield* bus.call({
        op: "transient", unit: timerName, text: `[Unit]\n${descriptionLine}\n\n[Timer]\n${lines.join("\n")}\n`, ...(words.length > 0 ? { also: { unit: serviceName, text: serviceText } } : {}),
      });
      if (isFailure(made)) {
        yield* complain(io, `Failed to start transient timer unit: ${made.error}`);
        return 1;
      }
      if (!options.quiet) {
        yield* complain(io, `Running timer as unit: ${timerName}`, "info");
        if (words.length > 0) yield* complain(io, `Will run service as unit: ${serviceName}`, "info");
      }
      return 0;
    }
  },
});

const signals: ReadonlyMap<number, string> = new Map([[1, "HUP"], [2, "INT"], [3, "QUIT"], [6, "ABRT"], [9, "KILL"], [11, "SEGV"], [13, "PIPE"], [14, "ALRM"], [15, "TERM"]]);

function signalWord(number: number): string {
  return signals.get(number) ?? String(number);
}
