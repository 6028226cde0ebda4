// inetd of OpenBSD: starts the services of /etc/inetd.conf when somebody connects (inetd(8)).
import { type Blocking, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { notify } from "../../daemons/systemd/api/notify.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { BUILT_IN, daemonize, portOf, type SuperService, superServe } from "../kit/super-server.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { hostsAccess, nameOfAddress } from "../kit/tcp-wrappers.ts";

const log = (sys: Sys, priority: number, message: string): Blocking<void> => syslog(sys, { identifier: "inetd", facility: FACILITY.daemon, priority, message, withPid: true });

function* readServices(sys: Sys, file: string): Blocking<readonly SuperService[]> {
  const services: SuperService[] = [];
  const accounts = yield* Accounts.read(sys);
  let fallback = "*";
  for (const [at, line] of ((yield* readTextFile(sys, file)) ?? "").split("\n").entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const words = line.trim().split(/\s+/);
    if (words.length === 1 && words[0]?.endsWith(":")) {
      fallback = words[0].slice(0, -1);
      continue;
    }
    const [place = "", kind = "", protocol = "", waiting = "", owner = "", path, ...argv] = words;
    if (path === undefined) {
      yield* log(sys, PRIORITY.err, `${file}:${at + 1}: syntax error`);
      continue;
    }
    const name = place.slice(place.lastIndexOf(":") + 1);
    const address = place.includes(":") ? place.slice(0, place.lastIndexOf(":")).replace(/^\[|\]$/g, "") : fallback;
    const stream = kind === "stream";
    const port = yield* portOf(sys, name, protocol.replace(/[46]+$/, ""));
    if (port === undefined) {
      yield* log(sys, PRIORITY.err, `${name}/${protocol}: unknown service`);
      continue;
    }
    const [user = "root", group] = owner.split(/[.:]/);
    if (accounts.userByName(user) === undefined) {
      yield* log(sys, PRIORITY.err, `${name}/${protocol}: No such user '${user}', service ignored`);
      continue;
    }
    const builtIn = path === "internal" ? BUILT_IN.find((one) => one === name) : undefined;
    if (path === "internal" && builtIn === undefined) {
      yield* log(sys, PRIORITY.err, `internal service ${name} unknown`);
      continue;
    }
    const addresses = address !== "*" ? [address] : protocol.endsWith("46") ? ["0.0.0.0", "::"] : [protocol.endsWith("6") ? "::" : "0.0.0.0"];
    for (const one of addresses) services.push({ name, stream, port, address: one, wait: waiting.startsWith("wait"), user, group, program: path === "internal" ? undefined : path, argv: argv.length > 0 ? argv : [path], ...(builtIn !== undefined && { builtIn }) });
  }
  return services;
}

export default program(
  { name: "inetd", path: "/usr/sbin/inetd", manSection: 8, summary: "internet super-server", synopsis: ["[-dEil] [-q len] [-R rate] [configuration_file]"], operands: "files", options: [flag(["-d"], "stay in the foreground, for debugging"), flag(["-E"], "keep the environment"), flag(["-i"], "stay in the foreground"), flag(["-l"], "log every connection and check it against /etc/hosts.allow and /etc/hosts.deny"), text(["-q"], "len", "connections that may wait"), text(["-R"], "rate", "most starts of a service in a minute (256)")], description: ["Each line of /etc/inetd.conf names a service (of /etc/services), its kind of socket, its protocol, wait or nowait, the user, the program (or internal) and its arguments. SIGHUP reads it again."], seeAlso: ["tcpd(8)", "update-inetd(8)", "services(5)"] },
  function* (sys, argv, io: Io) {
    let file = "/etc/inetd.conf";
    let [foreground, logging] = [false, false];
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (/^-[qR]$/.test(word)) at++;
      else if (/^-[dEil]+$/.test(word)) {
        foreground ||= /[di]/.test(word);
        logging ||= word.includes("l");
      } else if (word.startsWith("-")) {
        yield* io.stderr(`${io.argv0}: invalid option -- '${word.replace(/^-+/, "").charAt(0)}'\nusage: inetd [-dEil] [-q len] [-R rate] [configuration_file]\n`);
        return 1;
      } else file = word;
    }
    const path = file.startsWith("/") ? file : `${sys.getcwd().replace(/\/$/, "")}/${file}`;
    const shown = (peer: SocketAddress): string => (peer.family === "unix" ? peer.path : peer.address);
    const serve = function* (own: Sys): Blocking<number> {
      yield* notify(own, "READY=1");
      return yield* superServe(own, yield* readServices(own, path), {
        *admits(server, service, peer) {
          if (!logging) return true;
          const daemon = (service.argv[0] ?? service.name).replace(/^.*\//, "");
          const hostName = yield* nameOfAddress(server, shown(peer));
          const { allowed } = yield* hostsAccess(server, { daemon, address: shown(peer), hostName });
          yield* log(server, allowed ? PRIORITY.info : PRIORITY.warning, allowed ? `connection from ${shown(peer)}, service ${service.name} (tcp)` : `refused connection from ${shown(peer)}, service ${service.name} (tcp)`);
          return allowed;
        },
        *started() {},
        *ended(server, service, pid, status) {
          if (status !== 0) yield* log(server, PRIORITY.warning, `${service.program ?? service.name}[${pid}]: exit status ${status}`);
        },
        complain: (server, message) => log(server, PRIORITY.err, message),
        reload: (server) => readServices(server, path),
      });
    };
    try {
      sys.close(yield* sys.open(path, 0));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* log(sys, PRIORITY.err, `${path}: ${error.message}`);
      if (foreground) return 1;
    }
    if (foreground) return yield* serve(sys);
    daemonize(sys, serve);
    return 0;
  },
);
