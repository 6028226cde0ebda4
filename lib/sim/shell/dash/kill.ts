// kill of dash (jobs.c: killcmd).
import { SIGNALS, SIGRTMAX, SysError, signalName, strerror } from "../../kernel/sys.ts";
import { handleSignals, signalNumber } from "../interp/traps.ts";
import { type Builtin, BuiltinError, print } from "../builtins/builtin.ts";
import { findDashJob } from "./job-spec.ts";
import { wholeNumber } from "./number.ts";

const USAGE = "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]";

/** dash's own table has no name for these. */
export function dashSignalName(number: number): string {
  const name = signalName(number);
  return name === undefined || name === "STKFLT" ? String(number) : name;
}

/** A number, or a name in any case and without SIG. `lowest` is 0 where EXIT counts. */
export function dashSignal(text: string, lowest: 0 | 1): number | undefined {
  if (/^[0-9]+$/.test(text)) return Number(text) <= SIGRTMAX ? Number(text) : undefined;
  const name = text.toUpperCase();
  if (name === "EXIT") return lowest === 0 ? 0 : undefined;
  if (name === "STKFLT" || name.startsWith("SIG")) return undefined;
  return signalNumber(name);
}

export const dashKill: Builtin = {
  name: "kill", usage: "", help: "",
  *run(shell, args) {
    const first = args[1];
    if (first === undefined) throw new BuiltinError(USAGE, 2);
    let at = 1;
    let list = false;
    let signal: number | undefined;
    if (first.startsWith("-")) {
      signal = dashSignal(first.slice(1), 1);
      if (signal !== undefined) at = 2;
      else {
        options: for (; at < args.length; at++) {
          const arg = args[at] ?? "";
          if (arg === "--") {
            at++;
            break;
          }
          if (!/^-./.test(arg)) break;
          for (let i = 1; i < arg.length; i++) {
            const letter = arg.charAt(i);
            if (letter === "l") {
              list = true;
              continue;
            }
            if (letter !== "s") throw new BuiltinError(`Illegal option -${letter}`, 2);
            const name = arg.slice(i + 1) === "" ? args[++at] : arg.slice(i + 1);
            if (name === undefined) throw new BuiltinError("No arg for -s option", 2);
            signal = dashSignal(name, 1);
            if (signal === undefined) throw new BuiltinError(`invalid signal number or name: ${name}`, 2);
            continue options;
          }
        }
      }
    }
    const targets = args.slice(at);
    if (list ? signal !== undefined : targets.length === 0) throw new BuiltinError(USAGE, 2);
    if (list) {
      const [text] = targets;
      if (text === undefined) return yield* print(shell, `0\n${Array.from({ length: SIGRTMAX }, (_, index) => `${dashSignalName(index + 1)}\n`).join("")}`);
      const status = wholeNumber(text);
      const number = status > 128 ? status - 128 : status;
      if (number < 1 || number > SIGRTMAX) throw new BuiltinError(`invalid signal number or exit status: ${text}`, 2);
      return yield* print(shell, `${dashSignalName(number)}\n`);
    }
    let status = 0;
    for (const text of targets) {
      const pid = text.startsWith("%") ? -(findDashJob(shell, text).processes[0]?.pid ?? 0) : text.startsWith("-") ? -wholeNumber(text.slice(1)) : wholeNumber(text);
      try {
        shell.sys.kill(pid, signal ?? SIGNALS.TERM);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* shell.complain(`${strerror(error.errno)}\n`);
        status = 1;
      }
    }
    shell.lastKillUs = shell.sys.clockUs("monotonic");
    const name = shell.builtinName;
    yield* shell.sys.preempt();
    yield* handleSignals(shell);
    shell.builtinName = name;
    return status;
  },
};
