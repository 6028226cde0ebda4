// killall5: a signal to every process but those of its own session (killall5(8)); what shutdown scripts of System V used.
import { SysError } from "../../kernel/sys.ts";
import { listPids, readProcess } from "../kit/processes.ts";
import { type Io, program } from "../kit/program.ts";
import { text } from "../kit/option.ts";

export default program(
  { name: "killall5", path: "/sbin/killall5", manSection: 8, summary: "send a signal to every process outside one's own session", synopsis: ["-signalnumber [-o omitpid]..."], operands: "signals", options: [text(["-o"], "omitpid", "leave this process alone")], exitStatuses: [["0", "processes were signalled"], ["1", "an error"], ["2", "there were none"]] },
  function* (sys, argv, io: Io) {
    const omitted = new Set<number>([1, sys.getpid()]);
    let signal: number | undefined;
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (word === "-o") {
        for (const one of (args[++at] ?? "").split(",")) {
          if (!/^\d+$/.test(one)) {
            yield* io.stderr(`killall5: illegal omit pid value (${one})!\n\n`);
            return 1;
          }
          omitted.add(Number(one));
        }
      } else if (/^-\d+$/.test(word)) signal = Number(word.slice(1));
      else {
        yield* io.stderr("only one argument, a signal number, allowed\n");
        return 1;
      }
    }
    const session = sys.getsid();
    let sent = 0;
    for (const pid of listPids(sys)) {
      if (sys.charge(10)) yield* sys.preempt();
      const one = omitted.has(pid) ? undefined : yield* readProcess(sys, pid);
      if (one === undefined || one.session === session || one.arguments.length === 0) continue;
      try {
        sys.kill(pid, signal ?? 15);
        sent++;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    return sent > 0 ? 0 : 2;
  },
);
