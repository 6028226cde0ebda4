// lpc: what CUPS keeps of BSD's line printer control program: status (lpc(8)).
import { type Blocking, encode } from "../../kernel/sys.ts";
import { type Io, program } from "../kit/program.ts";
import { cupsState, shownDevice } from "../cups-client/_client.ts";

function* carryOut(io: Io, words: readonly string[]): Blocking<boolean> {
  const [verb = "", ...names] = words;
  if (verb !== "" && ("exit".startsWith(verb) || "quit".startsWith(verb))) return false;
  if (verb === "") return true;
  if (verb === "?" || "help".startsWith(verb)) {
    const what = names[0];
    if (what === undefined) io.out.put("Commands may be abbreviated.  Commands are:\n\nexit    help    quit    status  ?\n");
    else io.out.put("help".startsWith(what) || what === "?" ? `${what}\t\tGet help on commands.\n` : "status".startsWith(what) ? "status\t\tShow status of daemon and queue.\n" : "?Invalid help command unknown.\n");
  } else if ("status".startsWith(verb)) {
    const state = yield* cupsState(io.sys);
    for (const one of state?.printers ?? []) {
      if (names.length > 0 && !names.includes("all") && !names.includes(one.name)) continue;
      const jobs = state?.jobs.filter((job) => job.ended === undefined && job.printer === one.name).length ?? 0;
      io.say(`${one.name}:\n\tprinter is on device '${shownDevice(one.uri)}' speed -1\n\tqueuing is ${one.accepting ? "enabled" : "disabled"}\n\tprinting is ${one.state === "stopped" ? "disabled" : "enabled"}\n\t${jobs === 0 ? "no entries" : `${jobs} entries`}\n\tdaemon present\n`);
    }
  } else io.say(`${verb} is not implemented by the CUPS version of lpc.\n`);
  return true;
}

export default program(
  { name: "lpc", path: "/usr/sbin/lpc", manSection: 8, summary: "show the state of the printers, the BSD way (deprecated)", synopsis: ["[command [parameter(s)]]"], operands: "none", options: [], description: ["status shows the queues; help, exit and quit are the other commands. Queues are started, stopped and changed with cupsenable(8), cupsdisable(8), cupsaccept(8), cupsreject(8) and lpadmin(8)."], seeAlso: ["lpq(1)", "lpstat(1)", "cancel(1)"] },
  function* (sys, argv, io: Io) {
    if (argv.length > 1) {
      yield* carryOut(io, argv.slice(1));
      return 0;
    }
    for (;;) {
      yield* io.out.flush();
      yield* sys.write(1, encode("lpc> "));
      const line = yield* io.stdin.line();
      if (line === undefined || !(yield* carryOut(io, line.trim().split(/\s+/)))) return 0;
    }
  },
);
