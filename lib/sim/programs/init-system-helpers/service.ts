// service: runs a service's actions; with systemd as init these are systemctl's verbs (service(8)).
import { type Blocking, encode, S, type Sys, SysError } from "../../kernel/sys.ts";
import { isFailure, ManagerConnection } from "../../daemons/systemd/api/protocol.ts";
import type { Command } from "../kit/command.ts";
import { exists } from "../kit/presence.ts";

const usage = "Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n";

/** Every script in /etc/init.d with a plus sign when it says that its service runs. */
function* statusAll(sys: Sys): Blocking<number> {
  let names: readonly string[] = [];
  try {
    names = sys.readdir("/etc/init.d").map((entry) => entry.name).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const bus = yield* ManagerConnection.open(sys);
  for (const name of names) {
    if ((sys.stat(`/etc/init.d/${name}`).mode & S.IFMT) !== S.IFREG) continue;
    const reply = yield* bus.call({ op: "load", units: [`${name}.service`] });
    const active = !isFailure(reply) && reply.units[0]?.active === "active";
    yield* sys.write(1, encode(` [ ${active ? "+" : "-"} ]  ${name}\n`));
  }
  return 0;
}

const command: Command = {
  name: "service",
  path: "/usr/sbin/service",
  declaration: { name: "service", summary: "have a service started, stopped or asked by its init script or unit", synopsis: ["SCRIPT COMMAND [OPTIONS]", "--status-all"], operands: "services", options: [], manSection: 8 },
  *program(sys, argv) {
    const [first, action, ...rest] = argv.slice(1);
    if (first === "--version") {
      yield* sys.write(1, encode("service ver. 1.65.2\n"));
      return 0;
    }
    if (first === "-h" || first === "--help") {
      yield* sys.write(1, encode(usage));
      return 0;
    }
    if (first === "--status-all") return yield* statusAll(sys);
    if (first === undefined || action === undefined) {
      yield* sys.write(2, encode(usage));
      return 1;
    }
    const unit = `${first.replace(/\.service$/, "")}.service`;
    if (!exists(sys, "/run/systemd/system")) {
      const script = `/etc/init.d/${first}`;
      if (exists(sys, script)) return yield* sys.exec(script, [script, action, ...rest], sys.environment);
      yield* sys.write(2, encode(`${first}: unrecognized service\n`));
      return 1;
    }
    const verbs: ReadonlyMap<string, readonly string[]> = new Map([
      ["start", ["start"]], ["stop", ["stop"]], ["restart", ["restart"]], ["status", ["status"]], ["reload", ["reload"]], ["force-reload", ["--job-mode=replace", "try-reload-or-restart"]], ["try-restart", ["try-restart"]], ["condrestart", ["try-restart"]], ["--full-restart", ["restart"]],
    ]);
    const verb = verbs.get(action);
    if (verb !== undefined) return yield* sys.exec("/bin/systemctl", ["systemctl", ...verb, unit], sys.environment);
    const script = `/etc/init.d/${first}`;
    if (exists(sys, script)) return yield* sys.exec(script, [script, action, ...rest], sys.environment);
    yield* sys.write(2, encode(`${first}: unrecognized service\n`));
    return 1;
  },
};

export default command;
