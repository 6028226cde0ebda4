// skill: a signal to the processes that an expression names (skill(1)).
import type { Command } from "../kit/command.ts";
import { type Io, gnu, text } from "../kit/gnu.ts";
import { parseSignal } from "../kit/signal-number.ts";
import { actOnEach, EXPRESSION_OPTIONS, usageOf } from "./_by-expression.ts";

const skill: Command = gnu({
  name: "skill", project: "procps-ng", version: "4.0.2", versionLetter: "V", versionText: "skill from procps-ng 4.0.2\n", summary: "send a signal to processes named by terminal, user, number or command", synopsis: ["[signal] [options] <expression>"], operands: "pids", seeAlso: ["kill(1)", "pkill(1)", "snice(1)"],
  description: ["The signal is TERM when none is said; it is written -KILL, -SIGKILL or -9. pkill(1) is the newer way to do the same."],
  options: { signal: text(["--signal"], "signal", "the signal to send"), ...EXPRESSION_OPTIONS },
  tryLine: () => usageOf(skill.declaration),
  rewrite: (args) => args.map((arg) => (/^-(\d+|[A-Z][A-Z0-9+-]+)$/.test(arg) && parseSignal(arg.slice(1)) !== undefined ? `--signal=${arg.slice(1)}` : arg)),
  *run(call, io: Io) {
    const wanted = call.options.signal;
    const signal = wanted === undefined ? 15 : (parseSignal(wanted) ?? io.die(`unknown signal name ${wanted}`));
    return yield* actOnEach(call, io, (pid) => call.sys.kill(pid, signal));
  },
});

export default skill;
