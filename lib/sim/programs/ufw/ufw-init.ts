import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";
import { CONFIGURATION, isEnabled, isLoaded, start, stop } from "./_firewall.ts";

const VERBS = ["start", "stop", "restart", "reload", "force-reload", "force-stop", "status", "flush-all"];

export default program({
  name: "ufw-init", path: "/lib/ufw/ufw-init", showsHelp: true, manSection: 8, summary: "put the rules of ufw into the kernel, or take them out", synopsis: ["start|stop|restart|reload|force-reload|force-stop|status|flush-all [quiet]"], operands: "none", options: [],
}, function* (sys, argv, io: Io) {
  const verb = argv[1] ?? "";
  if (!VERBS.includes(verb)) {
    io.out.put(`Usage: ${argv[0]} {start|stop|restart|reload|force-reload|force-stop|flush-all|status}\n`);
    return 1;
  }
  if ((yield* readTextFile(sys, CONFIGURATION)) === undefined) {
    io.out.put(`Could not find ${CONFIGURATION} (aborting)\n`);
    return 1;
  }
  const enabled = yield* isEnabled(sys);
  if (verb === "status") {
    const loaded = yield* isLoaded(sys);
    io.out.put(loaded ? "Firewall is running\n" : "Firewall is not running\n");
    return loaded ? 0 : 3;
  }
  if (!enabled && (verb === "start" || verb === "stop")) {
    if (argv[2] !== "quiet") io.out.put("Skip starting firewall: ufw (not enabled)\n");
    return 0;
  }
  if (!enabled && (verb === "reload" || verb === "restart" || verb === "force-reload")) {
    io.out.put("Skipping $1 (not enabled)\n".replace("$1", verb));
    return 0;
  }
  if (verb === "start" && (yield* isLoaded(sys))) {
    io.out.put("Firewall already started, use 'force-reload'\n");
    return 0;
  }
  if (verb !== "start") yield* stop(sys);
  if (verb === "stop" || verb === "force-stop" || verb === "flush-all") return 0;
  const problems = yield* start(sys);
  for (const problem of problems) io.out.put(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
});
