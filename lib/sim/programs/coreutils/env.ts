import { type Blocking, type SignalName, SIGNALS, SIGRTMAX, SIGRTMIN, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalText, reason, text, texts } from "../kit/gnu.ts";
import { execSearching } from "../kit/exec-path.ts";
import { SIGNAL_NAMES } from "../kit/signal-number.ts";
import { splitString } from "./_split-string.ts";
import { signalNumbers } from "./_signals.ts";

export default gnu({
  name: "env",
  summary: "run a program with environment variables added, changed or removed",
  synopsis: ["[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]"],
  description: ["A single - means -i. Without a COMMAND, env prints the variables that it would have."],
  options: {
    ignoreEnvironment: flag(["-i", "--ignore-environment"], "begin with no variables at all"),
    zero: flag(["-0", "--null"], "finish each line with NUL instead of a newline"),
    unset: texts(["-u", "--unset"], "NAME", "take NAME out of the environment"),
    chdir: text(["-C", "--chdir"], "DIR", "go to DIR first"),
    split: texts(["-S", "--split-string"], "S", "cut S into arguments, as a #! line needs it"),
    blockSignal: optionalText(["--block-signal"], "SIG", "COMMAND begins with these signals blocked"),
    defaultSignal: optionalText(["--default-signal"], "SIG", "COMMAND begins with the default action of these signals"),
    ignoreSignal: optionalText(["--ignore-signal"], "SIG", "COMMAND begins with these signals ignored"),
    listSignalHandling: flag(["--list-signal-handling"], "list on standard error the signals that COMMAND will find blocked or ignored"),
    debug: flag(["-v", "--debug"], "report each step on standard error"),
  },
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "commands",
  exitStatuses: [["125", "env itself failed"], ["126", "COMMAND is there, but could not be started"], ["127", "COMMAND was not found"], ["-", "any other: what COMMAND itself returned"]],
  rewrite: (args, sys) => {
    // -S expands in place: what it holds may be options of env itself.
    for (const [index, arg] of args.entries()) {
      if (!arg.startsWith("-") || arg === "--") break;
      const short = /^-[v0i]*S(.*)$/s.exec(arg);
      const value = short ? short[1] : arg.startsWith("--split-string=") ? arg.slice(15) : arg === "--split-string" ? "" : undefined;
      if (value === undefined) continue;
      const detached = value === "" ? args[index + 1] : value;
      if (detached === undefined) break;
      const before = short && arg.indexOf("S") > 1 ? [arg.slice(0, arg.indexOf("S"))] : [];
      return [...args.slice(0, index), ...before, ...splitString(detached, sys.environment), ...args.slice(index + (value === "" ? 2 : 1))];
    }
    return args;
  },
  *run({ options, operands, given, sys }, io: Io) {
    const environment = new Map(options.ignoreEnvironment || operands[0] === "-" ? [] : sys.environment);
    let rest = operands[0] === "-" ? operands.slice(1) : operands;
    for (const name of options.unset) {
      if (name === "" || name.includes("=")) io.die(`cannot unset ${io.quote(name)}: Invalid argument`);
      if (options.debug) yield* io.stderr(`unset:    ${name}\n`);
      environment.delete(name);
    }
    let at = 0;
    for (; at < rest.length; at++) {
      const assignment = rest[at] ?? "";
      const equals = assignment.indexOf("=");
      if (equals < 0) break;
      if (options.debug) yield* io.stderr(`setenv:   ${assignment}\n`);
      environment.set(assignment.slice(0, equals), assignment.slice(equals + 1));
    }
    rest = rest.slice(at);
    const [command] = rest;
    if (command === undefined) {
      if (options.chdir !== undefined) io.usage("must specify command with --chdir (-C)");
      for (const [name, value] of environment) yield* io.out.print(`${name}=${value}${options.zero ? "\0" : "\n"}`);
      return;
    }
    if (options.zero) io.usage("cannot specify --null (-0) with command");
    for (const occurrence of given) {
      if (occurrence.option !== "blockSignal" && occurrence.option !== "defaultSignal" && occurrence.option !== "ignoreSignal") continue;
      const everything: readonly SignalName[] = Object.keys(SIGNALS) as SignalName[];
      const numbers = occurrence.argument === undefined ? everything.map((name) => SIGNALS[name]) : signalNumbers(occurrence.argument);
      if (numbers === undefined) io.usage(`${io.quote(occurrence.argument ?? "")}: invalid signal`);
      for (const signal of numbers) {
        try {
          if (occurrence.option === "blockSignal") sys.sigprocmask(new Set([signal]));
          else sys.sigaction(signal, occurrence.option === "ignoreSignal" ? "ignore" : "default");
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (occurrence.argument !== undefined) io.die(`failed to set signal action for signal ${signal}: ${error.message}`);
        }
      }
    }
    if (options.listSignalHandling) yield* listSignals(io);
    if (options.chdir !== undefined) {
      if (options.debug) yield* io.stderr(`chdir:    ${io.quoteName(options.chdir)}\n`);
      try {
        sys.chdir(options.chdir);
      } catch (error) {
        io.die(`cannot change directory to ${io.quoteName(options.chdir)}: ${reason(error)}`);
      }
    }
    if (options.debug) {
      yield* io.stderr(`executing: ${command}\n` + rest.map((arg, index) => `   arg[${index}]= ${io.quote(arg)}\n`).join(""));
    }
    yield* io.out.flush();
    const failure = yield* execSearching(sys, command, rest, environment, sys.environment.get("PATH"));
    yield* io.warn(`${io.quote(command)}: ${failure.message}`);
    if (failure.errno === "ENOENT" && /\s/.test(command)) yield* io.stderr(`${io.argv0}: use -[v]S to pass options in shebang lines\n`);
    return failure.errno === "ENOENT" ? 127 : 126;
  },
});

/** The signals that the command finds blocked or ignored (the masks in /proc/self/status). */
function* listSignals(io: Io): Blocking<void> {
  const input = yield* io.open("/proc/self/status");
  const status = yield* input.all();
  io.close(input);
  const mask = (name: string): bigint => BigInt(`0x${new RegExp(`^${name}:\\s*([0-9a-f]+)$`, "m").exec(status)?.[1] ?? "0"}`);
  const [blocked, ignored] = [mask("SigBlk"), mask("SigIgn")];
  for (let signal = 1; signal <= 64; signal++) {
    const bit = 1n << BigInt(signal - 1);
    const words = [...((blocked & bit) !== 0n ? ["BLOCK"] : []), ...((ignored & bit) !== 0n ? ["IGNORE"] : [])];
    if (words.length === 0) continue;
    const name = SIGNAL_NAMES[signal] ?? (signal <= SIGRTMIN + 15 ? `RTMIN+${signal - SIGRTMIN}`.replace(/\+0$/, "") : `RTMAX-${SIGRTMAX - signal}`.replace(/-0$/, ""));
    yield* io.stderr(`${name.padEnd(10)} (${String(signal).padStart(2)}): ${words.join(",")}\n`);
  }
}
