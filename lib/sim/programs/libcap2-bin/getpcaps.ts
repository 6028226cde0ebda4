import { SysError } from "../../kernel/sys.ts";
import { capabilityText } from "../kit/capabilities.ts";
import { type Io, program } from "../kit/program.ts";

export default program({ name: "getpcaps", showsHelp: true, path: "/sbin/getpcaps", manSection: 8, summary: "display process capabilities", synopsis: ["<pid> [<pid> ...]"], options: [], operands: "pids" }, function* (sys, argv, io: Io) {
  const pids = argv.slice(1).filter((arg) => !arg.startsWith("-"));
  if (pids.length === 0) {
    yield* io.stderr("usage: getcaps <pid> [<pid> ...]\n\n  This program displays the capabilities on the queried process(es).\n  The capabilities are displayed in the cap_from_text(3) format.\n");
    return 1;
  }
  let status = 0;
  for (const pid of pids) {
    try {
      if (!/^\d+$/.test(pid)) throw new SysError("ESRCH");
      io.out.put(`${pid}: ${capabilityText(sys.capget(Number(pid)))}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Failed to get cap's for process ${pid}: (${error.message})\n`);
      status = 1;
    }
  }
  return status;
});
