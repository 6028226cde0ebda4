import { SIGRTMAX, SysError, signalName } from "../../kernel/sys.ts";
import { helpText } from "../kit/help-text.ts";
import { type Io, flag, type ProgramDeclaration, program, text } from "../kit/program.ts";
import { parseSignal } from "../kit/signal-number.ts";

const declaration: ProgramDeclaration = {
  name: "kill", path: "/bin/kill", summary: "send processes a signal: end, stop, go on...", synopsis: ["[options] <pid> [...]"], operands: "pids",
  options: [
    text(["-s", "--signal"], "SIGNAL", "signal instead of TERM, by name or number"), flag(["-l", "--list"], "list signal names"), flag(["-L", "--table"], "list signals in a table"),
    flag(["-h", "--help"], "show this help"), flag(["-V", "--version"], "show the version"),
  ],
};

export default program(
  declaration,
  function* (sys, argv, io: Io) {
    const args = argv.slice(1);
    let signal = 15;
    const pids: string[] = [];
    for (let at = 0; at < args.length; at++) {
      const arg = args[at] ?? "";
      if (arg === "-l" || arg === "--list" || arg === "-L" || arg === "--table") {
        const rest = args.slice(at + 1);
        if (rest.length > 0) for (const one of rest) {
          const number = parseSignal(one);
          if (number === undefined) io.die(`unknown signal name ${one}`);
          io.out.put(`${/^\d+$/.test(one) ? (signalName(number > 128 ? number - 128 : number)?.replace(/^SIG/, "") ?? "") : number}\n`);
        } else {
          const names = Array.from({ length: SIGRTMAX }, (_, index) => ({ number: index + 1, name: signalName(index + 1)?.replace(/^SIG/, "") ?? "" })).filter((one) => one.name !== "");
          if (arg === "-L" || arg === "--table") for (let i = 0; i < names.length; i += 7) io.out.put(`${names.slice(i, i + 7).map((one) => `${String(one.number).padStart(2)} ${one.name.padEnd(9)}`).join("").trimEnd()}\n`);
          else io.out.put(`${names.filter((one) => one.number < 32).map((one) => one.name).join(" ")}\n`);
        }
        return 0;
      }
      if (arg === "-s" || arg === "--signal" || arg.startsWith("--signal=")) {
        const name = arg.startsWith("--signal=") ? arg.slice(9) : (args[++at] ?? "");
        signal = parseSignal(name) ?? io.die(`unknown signal name ${name}`);
      } else if (arg === "-h" || arg === "--help") {
        io.out.put(helpText(declaration, "kill", io.helpDomain));
        return 0;
      } else if (arg === "-V" || arg === "--version") {
        io.say("kill from procps-ng 4.0.2\n");
        return 0;
      } else if (pids.length === 0 && /^-[A-Za-z0-9]/.test(arg) && parseSignal(arg.slice(1)) !== undefined && at === 0) signal = parseSignal(arg.slice(1)) ?? 15;
      else if (arg !== "--") pids.push(arg);
    }
    if (pids.length === 0) {
      yield* io.stderr(`\n${helpText(declaration, "kill", io.helpDomain)}`);
      return 1;
    }
    for (const pid of pids) {
      if (!/^-?\d+$/.test(pid)) {
        yield* io.fail(`failed to parse argument: '${pid}'`);
        continue;
      }
      try {
        sys.kill(Number(pid), signal);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`(${pid}): ${error.message}`);
      }
    }
    return undefined;
  },
);
