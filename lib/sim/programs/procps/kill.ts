import { SysError, signalName } from "../../kernel/sys.ts";
import { helpText } from "../kit/help-text.ts";
import { type Io, flag, type ProgramDeclaration, program, text } from "../kit/program.ts";
import { SIGNAL_NAMES, parseSignal } from "../kit/signal-number.ts";

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
        // one is named, the others are not looked at
        if (rest.length > 0) for (const one of rest.slice(0, 1)) {
          const number = parseSignal(one);
          if (number === undefined || one === "0") {
            yield* io.warn(`unknown signal name ${one}`);
            return 0;
          }
          io.out.put(`${/^\d+$/.test(one) ? (signalName(number > 128 ? number - 128 : number)?.replace(/^SIG/, "") ?? "") : number}\n`);
        } else {
          const named = [...SIGNAL_NAMES.entries()].slice(1);
          if (arg === "-L" || arg === "--table") for (let i = 0; i < named.length; i += 7) io.out.put(`${named.slice(i, i + 7).map(([number, name], index) => `${String(number).padStart(2)} ${index < 6 ? name.padEnd(8) : name}`).join("")}\n`);
          else {
            let column = 0;
            for (const [number, name] of named) {
              column += name.length;
              const wraps = column > 73;
              io.out.put(name + (wraps || number === 31 ? "\n" : " "));
              column = wraps ? 0 : column + 1;
            }
          }
        }
        return 0;
      }
      if (arg === "-s" || arg === "--signal" || arg.startsWith("--signal=")) {
        const name = arg.startsWith("--signal=") ? arg.slice(9) : (args[++at] ?? "");
        if (name === "" && args[at] === undefined) {
          yield* io.warn("invalid argument s");
          yield* io.stderr(`\n${helpText(declaration, "kill", io.helpDomain)}`);
          return 1;
        }
        signal = parseSignal(name) ?? io.die(`unknown signal name ${name}`);
      } else if (arg === "-h" || arg === "--help") {
        io.out.put(helpText(declaration, "kill", io.helpDomain));
        return 0;
      } else if (arg === "-V" || arg === "--version") {
        io.say("kill from procps-ng 4.0.2\n");
        return 0;
      } else if (/^-[A-Za-z]/.test(arg) && parseSignal(arg.slice(1)) === undefined) {
        yield* io.warn(`invalid argument ${arg.charAt(1)}`);
        yield* io.stderr(`\n${helpText(declaration, "kill", io.helpDomain)}`);
        return 1;
      } else if (pids.length === 0 && /^-[A-Za-z0-9]/.test(arg) && parseSignal(arg.slice(1)) !== undefined && at === 0) signal = parseSignal(arg.slice(1)) ?? 15;
      else if (arg !== "--") pids.push(arg);
    }
    if (pids.length === 0) {
      yield* io.stderr(`\n${helpText(declaration, "kill", io.helpDomain)}`);
      return 1;
    }
    for (const pid of pids) {
      if (!/^-?\d+$/.test(pid)) {
        yield* io.fail(`failed to parse argument: '${pid}'${pid === "" ? ": No such file or directory" : ""}`);
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
