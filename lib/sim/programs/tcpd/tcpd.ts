// tcpd: started by inetd in a service's place; asks /etc/hosts.allow and /etc/hosts.deny, notes who came, and becomes the service (tcpd(8)).
import { type SocketAddress, SysError } from "../../kernel/sys.ts";
import { runShell } from "../kit/shell-command.ts";
import { program } from "../kit/program.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { hostsAccess, nameOfAddress } from "../kit/tcp-wrappers.ts";

const REAL_DAEMONS = "/usr/sbin";
const shown = (address: SocketAddress): string => (address.family === "unix" ? "unknown" : address.address.replace(/^::ffff:/, ""));

export default program(
  { name: "tcpd", path: "/usr/sbin/tcpd", manSection: 8, summary: "let only hosts that /etc/hosts.allow and hosts.deny permit reach a service", synopsis: [""], operands: "none", options: [], description: ["Named in /etc/inetd.conf where the service's program would stand, with that program as its first argument. The first line of /etc/hosts.allow that fits lets the client in, then the first of /etc/hosts.deny keeps it out; without one it may come in."], seeAlso: ["hosts_access(5)", "tcpdchk(8)", "tcpdmatch(8)", "inetd(8)"] },
  function* (sys, argv) {
    const name = argv[0] ?? "tcpd";
    const daemon = name.slice(name.lastIndexOf("/") + 1);
    const path = name.startsWith("/") ? name : `${REAL_DAEMONS}/${name}`;
    let address = "unknown";
    let localAddress = "";
    try {
      address = shown(sys.getpeername(0));
      localAddress = shown(sys.getsockname(0));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const hostName = yield* nameOfAddress(sys, address);
    const client = hostName ?? address;
    const log = (priority: number, message: string) => syslog(sys, { identifier: daemon, facility: FACILITY.daemon, priority, message, withPid: true });
    const verdict = yield* hostsAccess(sys, { daemon, address, hostName, localAddress });
    for (const command of verdict.spawn) yield* runShell(sys, `{ ${command}; } </dev/null >/dev/null 2>&1`);
    if (verdict.twist !== undefined) return yield* sys.exec("/bin/sh", ["sh", "-c", verdict.twist], sys.environment);
    if (!verdict.allowed) {
      yield* log(PRIORITY.warning, `refused connect from ${client} (${address})`);
      return 0;
    }
    yield* log(PRIORITY.info, `connect from ${client} (${address})`);
    try {
      return yield* sys.exec(path, [name, ...argv.slice(1)], sys.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* log(PRIORITY.err, `error: cannot execute ${path}: ${error.message}`);
      return 0;
    }
  },
);
