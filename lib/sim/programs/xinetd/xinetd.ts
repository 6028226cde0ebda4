// xinetd: the services of /etc/xinetd.conf and /etc/xinetd.d, with only_from, no_access, access_times, instances and its own log lines (xinetd(8), 2.3.15.3).
import { type Blocking, encode, O, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { exists } from "../kit/presence.ts";
import { type Io, program } from "../kit/program.ts";
import { BUILT_IN, daemonize, portOf, type SuperService, superServe } from "../kit/super-server.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { addressFits, hostsAccess, nameOfAddress } from "../kit/tcp-wrappers.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type Block, readConfiguration } from "./_configuration.ts";

interface Rules {
  readonly onlyFrom: readonly string[] | undefined;
  readonly noAccess: readonly string[];
  readonly times: readonly string[];
  readonly instances: number;
  readonly success: ReadonlySet<string>;
  readonly failure: ReadonlySet<string>;
  readonly libwrap: string;
}

const shown = (peer: SocketAddress): string => (peer.family === "unix" ? peer.path : peer.family === "inet" ? `::ffff:${peer.address}` : peer.address);
const plain = (peer: SocketAddress): string => (peer.family === "unix" ? peer.path : peer.address.replace(/^::ffff:/, ""));

export default program(
  {
    name: "xinetd", path: "/usr/sbin/xinetd", manSection: 8, summary: "daemon that starts network services when someone connects", synopsis: ["[-d] [-f config_file] [-dontfork] [-pidfile file] [-stayalive] [-version]"], operands: "none",
    options: [flag(["-d"], "tell what happens"), text(["-f"], "config_file", "another file than /etc/xinetd.conf"), flag(["-dontfork"], "stay in the foreground"), text(["-pidfile"], "file", "write the process's number there"), flag(["-stayalive"], "go on without services"), text(["-filelog"], "file", "log there"), text(["-syslog"], "facility", "facility of syslog"), flag(["-version"], "show the version"), flag(["-inetd_compat"], "read /etc/inetd.conf too"), flag(["-inetd_ipv6"], "those on IPv6")],
    description: ["A service is a block in a file of /etc/xinetd.d: service NAME { socket_type, protocol, wait, user, server, server_args, disable }. only_from and no_access say who may come, access_times when, instances how many at once. SIGHUP reads everything again."],
    seeAlso: ["inetd(8)", "tcpd(8)", "services(5)"],
  },
  function* (sys, argv, io: Io) {
    let [foreground, stay] = [false, false];
    let file = "/etc/xinetd.conf";
    let pidFile: string | undefined;
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (word === "-version") {
        yield* io.stderr("2.3.15.3 libwrap loadavg\n");
        return 0;
      }
      if (word === "-f") file = args[++at] ?? "";
      else if (word === "-pidfile") pidFile = args[++at];
      else if (word === "-filelog" || word === "-syslog" || word === "-limit" || word === "-logprocs" || word === "-cc" || word === "-reuse") at++;
      else if (word === "-dontfork" || word === "-d") foreground = true;
      else if (word === "-stayalive") stay = true;
      else if (word !== "-inetd_compat" && word !== "-inetd_ipv6") {
        yield* io.stderr(`Usage: xinetd [-d] [-f config_file] [-filelog filename] [-syslog facility] [-reuse] [-limit proc_limit] [-pidfile filename] [-logprocs limit] [-shutdownprocs limit] [-cc interval]\n`);
        return 1;
      }
    }
    const log = (own: Sys, message: string): Blocking<void> => syslog(own, { identifier: "xinetd", facility: FACILITY.daemon, priority: PRIORITY.info, message, withPid: true });
    const rules = new Map<string, Rules>();
    const load = function* (own: Sys): Blocking<readonly SuperService[]> {
      const { blocks, errors } = yield* readConfiguration(own, file);
      for (const error of errors) yield* log(own, error);
      rules.clear();
      const services: SuperService[] = [];
      const accounts = yield* Accounts.read(own);
      const defaults = new Map(blocks.filter((one) => one.kind === "defaults").flatMap((one) => [...one.settings]));
      for (const block of blocks.filter((one) => one.kind === "service")) {
        const service = yield* serviceOf(own, block, defaults, accounts);
        if (service === undefined) continue;
        const get = (name: string): readonly string[] | undefined => block.settings.get(name) ?? defaults.get(name);
        services.push(service);
        rules.set(service.name, { onlyFrom: get("only_from"), noAccess: get("no_access") ?? [], times: get("access_times") ?? [], instances: /^\d+$/.test(get("instances")?.[0] ?? "") ? Number(get("instances")?.[0]) : Number.POSITIVE_INFINITY, success: new Set(get("log_on_success") ?? []), failure: new Set(get("log_on_failure") ?? []), libwrap: service.program?.replace(/^.*\//, "") ?? service.name });
      }
      return services;
    };
    const serviceOf = function* (own: Sys, block: Block, defaults: ReadonlyMap<string, readonly string[]>, accounts: Accounts): Blocking<SuperService | undefined> {
      const { settings } = block;
      const one = (name: string): string | undefined => settings.get(name)?.[0];
      const id = one("id") ?? block.name;
      const place = `[file=${block.file}] [line=${block.line}]`;
      if (one("disable") === "yes" || defaults.get("disabled")?.includes(id) || (defaults.get("enabled") !== undefined && !defaults.get("enabled")?.includes(id))) {
        yield* log(own, `removing ${block.name}`);
        return undefined;
      }
      const internal = settings.get("type")?.includes("INTERNAL") === true;
      const stream = one("socket_type") === "stream";
      const protocol = one("protocol") ?? (stream ? "tcp" : "udp");
      const wrong = one("socket_type") === undefined ? "missing attribute: socket_type" : one("wait") === undefined ? "missing attribute: wait" : internal ? undefined : one("user") === undefined ? "missing attribute: user" : one("server") === undefined && one("redirect") === undefined ? "missing attribute: server" : undefined;
      if (wrong !== undefined) {
        yield* log(own, `Service ${block.name}: ${wrong} ${place} - DISABLING`);
        return undefined;
      }
      const server = one("server");
      if (server !== undefined && !exists(own, server)) {
        yield* log(own, `Server ${server} is not executable ${place}`);
        yield* log(own, "Error parsing attribute server - DISABLING SERVICE " + place);
        return undefined;
      }
      const user = one("user") ?? "root";
      if (accounts.userByName(user) === undefined) {
        yield* log(own, `Unknown user: ${user} ${place}`);
        return undefined;
      }
      const port = one("port") === undefined ? yield* portOf(own, block.name, protocol) : Number(one("port"));
      if (port === undefined) {
        yield* log(own, `service/protocol combination not in /etc/services: ${block.name}/${protocol}`);
        return undefined;
      }
      const builtIn = internal ? BUILT_IN.find((name) => name === block.name) : undefined;
      const named = settings.get("flags")?.includes("NAMEINARGS") === true;
      const words = settings.get("server_args") ?? [];
      return { name: id, stream, port, address: one("bind") ?? one("interface") ?? (settings.get("flags")?.includes("IPv6") ? "::" : "0.0.0.0"), wait: one("wait") === "yes", user, group: one("group"), program: internal ? undefined : server, argv: named ? words : [(server ?? "").replace(/^.*\//, ""), ...words], ...(builtIn !== undefined && { builtIn }) };
    };
    const serve = function* (own: Sys): Blocking<number> {
      const services = yield* load(own);
      if (pidFile !== undefined) {
        try {
          const fd = yield* own.open(pidFile, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
          yield* own.write(fd, encode(`${own.getpid()}\n`));
          own.close(fd);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      if (services.length === 0 && !stay) {
        yield* log(own, "1 descriptors still set");
        yield* log(own, "No services available; exiting");
        return 2;
      }
      yield* log(own, "xinetd Version 2.3.15.3 started with libwrap loadavg options compiled in.");
      yield* log(own, `Started working: ${services.length} available service${services.length === 1 ? "" : "s"}`);
      return yield* superServe(own, services, {
        *admits(server, service, peer, running) {
          const rule = rules.get(service.name);
          if (rule === undefined) return true;
          const refuse = function* (why: string): Blocking<false> {
            yield* log(server, `FAIL: ${service.name} ${why} from=${shown(peer)}`);
            return false;
          };
          const address = plain(peer);
          const hostName = yield* nameOfAddress(server, address);
          if (rule.noAccess.some((one) => addressFits(one, address, hostName)) || (rule.onlyFrom !== undefined && !rule.onlyFrom.some((one) => addressFits(one, address, hostName)))) return yield* refuse("address");
          if (rule.times.length > 0) {
            const now = strftime("%H:%M", civilAt(yield* readZone(server), Math.floor(server.clockUs("realtime") / 1e6)));
            if (!rule.times.some((span) => {
              const [from = "", to = ""] = span.split("-").map((one) => one.padStart(5, "0"));
              return now >= from && now <= to;
            })) return yield* refuse("time");
          }
          if (running >= rule.instances) return yield* refuse("service_limit");
          if (!(yield* hostsAccess(server, { daemon: rule.libwrap, address, hostName })).allowed) {
            yield* log(server, `libwrap refused connection to ${service.name} (libwrap=${rule.libwrap}) from ${shown(peer)}`);
            return yield* refuse("libwrap");
          }
          return true;
        },
        *started(server, service, peer, pid) {
          const success = rules.get(service.name)?.success ?? new Set();
          yield* log(server, `START: ${service.name}${success.has("PID") ? ` pid=${pid}` : ""}${success.has("HOST") ? ` from=${shown(peer)}` : ""}`);
        },
        *ended(server, service, pid, status, seconds) {
          const success = rules.get(service.name)?.success ?? new Set();
          if (success.has("EXIT") || success.has("DURATION")) yield* log(server, `EXIT: ${service.name}${success.has("EXIT") ? ` status=${status}` : ""}${success.has("PID") ? ` pid=${pid}` : ""}${success.has("DURATION") ? ` duration=${seconds}(sec)` : ""}`);
        },
        *complain(server, message) {
          yield* log(server, `bind failed (${message}).`);
        },
        *reload(server) {
          yield* log(server, "Starting reconfiguration");
          const again = yield* load(server);
          yield* log(server, `Reconfigured: new=0 old=${again.length} dropped=0 (services)`);
          return again;
        },
      });
    };
    if (foreground) return yield* serve(sys);
    daemonize(sys, serve);
    return 0;
  },
);
