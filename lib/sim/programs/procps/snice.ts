// snice: another priority for the processes that an expression names (snice(1)).
import type { Command } from "../kit/command.ts";
import { type Io, gnu, text } from "../kit/gnu.ts";
import { actOnEach, EXPRESSION_OPTIONS, usageOf } from "./_by-expression.ts";

const USUAL_NICE = 4;

const snice: Command = gnu({
  name: "snice", project: "procps-ng", version: "4.0.2", versionLetter: "V", versionText: "snice from procps-ng 4.0.2\n", summary: "change the priority of processes named by terminal, user, number or command", synopsis: ["[new priority] [options] <expression>"], operands: "pids", seeAlso: ["nice(1)", "renice(1)", "skill(1)"],
  description: ["The priority is +4 when none is said; it is written with its sign, +5 or -5, and only administrators may make it less than 0. renice(1) is the newer way to do the same."],
  options: { priority: text(["--priority"], "number", "the new priority"), ...EXPRESSION_OPTIONS },
  tryLine: () => usageOf(snice.declaration),
  rewrite: (args) => args.map((arg) => (/^[+-]\d+$/.test(arg) ? `--priority=${arg}` : arg)),
  *run(call, io: Io) {
    const nice = call.options.priority === undefined ? USUAL_NICE : Number(call.options.priority);
    return yield* actOnEach(call, io, (pid) => call.sys.setpriority(Math.max(-20, Math.min(19, nice)), pid));
  },
});

export default snice;
