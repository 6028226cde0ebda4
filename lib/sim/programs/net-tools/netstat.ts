// netstat: sockets, routes, interfaces of the network namespace (netstat(8), net-tools 2.10), with the programs that /proc/PID/fd shows.
import { type Blocking, type SocketAddress, type SocketInfo, type Sys, SysError } from "../../kernel/sys.ts";
import { optionLines } from "../kit/help-text.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { listPids } from "../kit/processes.ts";
import { interfaceLine, interfaceText, interfacesOf } from "./_interfaces.ts";
import { hostNames, routingTable, routingTable6 } from "./_routing-table.ts";
import { StatisticsText } from "./_statistics.ts";

interface Holder {
  readonly uid: number;
  /** PID/NAME, cut to the column; the name as /proc/PID/cmdline begins */
  readonly program: string;
}

function* holders(sys: Sys): Blocking<ReadonlyMap<number, Holder>> {
  const found = new Map<number, Holder>();
  for (const pid of listPids(sys)) {
    if (sys.charge(10)) yield* sys.preempt();
    try {
      let holder: Holder | undefined;
      for (const { name } of sys.readdir(`/proc/${pid}/fd`)) {
        const inode = Number(/^socket:\[(\d+)\]$/.exec(sys.readlink(`/proc/${pid}/fd/${name}`))?.[1] ?? -1);
        if (inode < 0 || found.has(inode)) continue;
        if (holder === undefined) {
          const command = ((yield* readTextFile(sys, `/proc/${pid}/cmdline`)) ?? "").split("\0")[0] ?? "";
          // a title that a program gave itself ("sshd: /usr/sbin/sshd …") is no path
          holder = { uid: sys.stat(`/proc/${pid}`).uid, program: `${pid}/${command.startsWith("/") ? command.slice(command.lastIndexOf("/") + 1) : command}`.slice(0, 19) };
        }
        found.set(inode, holder);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return found;
}

const STATES: ReadonlyMap<SocketInfo["state"], string> = new Map([["ESTAB", "ESTABLISHED"], ["LISTEN", "LISTEN"], ["TIME-WAIT", "TIME_WAIT"], ["CLOSE-WAIT", "CLOSE_WAIT"], ["SYN-SENT", "SYN_SENT"], ["UNCONN", "CLOSE"]]);
const KINDS: readonly (readonly [letter: "tcp" | "udp" | "raw", type: SocketInfo["type"]])[] = [["tcp", "stream"], ["udp", "dgram"], ["raw", "raw"]];
const UNIX_TYPES: ReadonlyMap<SocketInfo["type"], string> = new Map([["stream", "STREAM"], ["dgram", "DGRAM"], ["seqpacket", "SEQPACKET"]]);

const OPTIONS = {
  route: flag(["-r", "--route"], "show the routing table"), interfaces: flag(["-i", "--interfaces"], "show the interfaces"), groups: flag(["-g", "--groups"], "show multicast memberships"), statistics: flag(["-s", "--statistics"], "show counters of the protocols"),
  masquerade: unsimulated(["-M", "--masquerade"], "show masqueraded connections", "of Linux 2.2"), verbose: flag(["-v", "--verbose"], "say more"), wide: flag(["-W", "--wide"], "do not cut addresses"), numeric: flag(["-n", "--numeric"], "show numbers, not names"), numericHosts: flag(["--numeric-hosts"], "show addresses, not names"),
  numericPorts: flag(["--numeric-ports"], "show port numbers"), numericUsers: flag(["--numeric-users"], "show user numbers"), symbolic: flag(["-N", "--symbolic"], "resolve hardware names"), extend: flag(["-e", "--extend"], "show users and inodes"), programs: flag(["-p", "--programs"], "show the programs of the sockets"), timers: flag(["-o", "--timers"], "show timers"),
  continuous: flag(["-c", "--continuous"], "again every second"), listening: flag(["-l", "--listening"], "only sockets that listen"), all: flag(["-a", "--all"], "sockets that listen too"), fib: flag(["-F", "--fib"], "show the forwarding table (the default)"), cache: unsimulated(["-C", "--cache"], "show the routing cache", "Linux has none any more"), context: flag(["-Z", "--context"], "show SELinux contexts"),
  tcp: flag(["-t", "--tcp"], "only TCP"), udp: flag(["-u", "--udp"], "only UDP"), udplite: flag(["-U", "--udplite"], "only UDP-Lite"), sctp: flag(["-S", "--sctp"], "only SCTP"), raw: flag(["-w", "--raw"], "only raw sockets"), unix: flag(["-x", "--unix"], "only Unix domain sockets"), inet: flag(["-4", "--inet", "--ip"], "only IPv4"), inet6: flag(["-6", "--inet6"], "only IPv6"),
  family: text(["-A", "--protocol"], "FAMILY", "inet, inet6 or unix"), version: flag(["-V", "--version"], "show the version"), help: flag(["-h", "--help"], "show how it is called"),
} as const;

const usage = `usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}
       netstat [-vWnNcaeol] [<Socket> ...]
       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }

${Object.values(OPTIONS).map((option) => optionLines(option)).join("")}`;

export default gnu({
  name: "netstat", path: "/bin/netstat", manSection: 8, usageStatus: 3, tryLine: () => usage, summary: "show connections, routing tables and interfaces", synopsis: ["[OPTION]..."], options: OPTIONS, seeAlso: ["ss(8)", "route(8)", "ifconfig(8)"],
  *run({ options, given, sys }, io: Io) {
    if (options.version) {
      io.out.put("net-tools 2.10\n");
      return 0;
    }
    if (options.help) {
      yield* io.stderr(usage);
      return 0;
    }
    if (options.context) {
      yield* io.stderr("SELinux is not enabled on this machine.\n");
      return 1;
    }
    const extended = given.filter((one) => one.option === "extend").length;
    const six = options.inet6 || options.family === "inet6";
    const four = options.inet || options.family === "inet";
    if (Number(options.route) + Number(options.interfaces) + Number(options.statistics) > 1) {
      yield* io.stderr(usage);
      return 3;
    }
    const families = [...(four ? ["inet"] : []), ...(six ? ["inet6"] : []), ...(options.unix || options.family === "unix" ? ["unix"] : [])].join(",");
    if (options.statistics && families.length > 0 && families !== "inet" && families !== "inet6") {
      io.out.put(`netstat: No statistics support for specified address family: ${families}\n`);
      return 1;
    }
    const statistics = function* (): Blocking<void> {
      const all = !options.raw && !options.tcp && !options.udp && !options.udplite && !options.sctp;
      const shown = new StatisticsText({ raw: all || options.raw, tcp: all || options.tcp, udp: all || options.udp });
      const snmp = (yield* readTextFile(sys, "/proc/net/snmp")) ?? "";
      if (families === "inet6") {
        shown.names((yield* readTextFile(sys, "/proc/net/snmp6")) ?? "");
        shown.pairs(snmp, "Tcp");
      } else {
        shown.pairs(snmp);
        shown.pairs((yield* readTextFile(sys, "/proc/net/netstat")) ?? "");
      }
      io.say(shown.text);
    };
    const once = function* (): Blocking<void> {
      if (options.route) {
        if (!six || four) io.say(yield* routingTable(sys, extended === 0 ? "netstat" : extended === 1 ? "route" : "both", options.numeric || options.numericHosts));
        if (six) io.say(routingTable6(sys, options.numeric || options.numericHosts));
      } else if (options.interfaces) {
        const shown = interfacesOf(sys).filter((one) => options.all || one.link.up);
        io.say(`Kernel Interface table\n${extended > 0 ? "" : "Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"}${shown.map(extended > 0 ? interfaceText : interfaceLine).join("")}`);
      } else if (options.groups) {
        io.out.put(`IPv6/IPv4 Group Memberships\nInterface       RefCnt Group\n--------------- ------ ---------------------\n`);
        const up = sys.rtnetlink({ op: "link-list" }).filter((one) => one.up);
        for (const group of ["224.0.0.1", "ff02::1", "ff01::1"]) for (const { name } of up) io.out.put(`${name.padEnd(15)} 1      ${group}\n`);
      } else if (options.statistics) yield* statistics();
      else yield* sockets();
    };

    const sockets = function* (): Blocking<void> {
      if (options.programs && sys.getcred().euid !== 0) yield* io.stderr(listed() ? `(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n` : `(No info could be read for "-p": geteuid()=${sys.getcred().euid} but you should be root.)\n`);
      const owners = options.programs || extended > 0 ? yield* holders(sys) : new Map<number, Holder>();
      const accounts = yield* Accounts.read(sys);
      const hosts = options.numeric || options.numericHosts ? new Map<string, string>() : yield* hostNames(sys);
      const services = new Map<string, string>();
      if (!options.numeric && !options.numericPorts) {
        for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
          const [name, port] = line.replace(/#.*/, "").trim().split(/\s+/);
          if (name !== undefined && port !== undefined && !services.has(port)) services.set(port, name);
        }
      }
      const scope = options.all ? "servers and established" : options.listening ? "only servers" : "w/o servers";
      const protocols = options.tcp || options.udp || options.raw || options.udplite || options.sctp;
      const unixOnly = (options.unix || options.family === "unix") && !protocols && !four && !six;
      const list = sys.rtnetlink({ op: "socket-list" });
      const programOf = (inode: number): string => (options.programs ? `${(owners.get(inode)?.program ?? "-").padEnd(20)} ` : "");

      const where = (address: SocketAddress | undefined, family: "inet" | "inet6", protocol: string): string => {
        const plain = address === undefined || address.family === "unix" || address.address === "" ? (family === "inet6" ? "::" : "0.0.0.0") : address.address;
        const number = address === undefined || address.family === "unix" ? 0 : address.port;
        const port = number === 0 ? "*" : (services.get(`${number}/${protocol}`) ?? String(number));
        const host = hosts.get(plain) ?? (plain === "::" && !options.numeric && !options.numericHosts ? "[::]" : plain);
        return `${options.wide ? host : host.slice(0, 22 - port.length)}:${port}`;
      };

      if (!unixOnly) {
        io.say(`Active Internet connections (${scope})\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${extended > 0 ? " User       Inode     " : ""}${options.programs ? " PID/Program name    " : ""}${options.timers ? " Timer" : ""}\n`);
        for (const [protocol, type] of KINDS) {
          if (protocols && !options[protocol]) continue;
          for (const family of ["inet", "inet6"] as const) {
            if ((four || six) && !(family === "inet" ? four : six)) continue;
            for (const one of list) {
              if (one.family !== family || one.type !== type) continue;
              const connected = one.remote !== undefined && one.remote.family !== "unix" && one.remote.port !== 0;
              const server = type === "stream" ? one.state === "LISTEN" : !connected;
              if (type === "stream" && one.state === "UNCONN") continue;
              if (!options.all && server !== options.listening) continue;
              const state = type === "stream" ? (STATES.get(one.state) ?? one.state) : type === "raw" ? "7" : connected ? "ESTABLISHED" : "";
              const uid = owners.get(one.inode)?.uid ?? 0;
              const user = options.numeric || options.numericUsers ? String(uid) : (accounts.userById(uid)?.name ?? String(uid));
              let line = `${`${protocol}${family === "inet6" ? "6" : ""}`.padEnd(4)}  ${String(one.receiveQueueBytes).padStart(6)} ${(one.state === "LISTEN" ? "0" : String(one.sendQueueBytes)).padStart(6)} ${where(one.local, family, protocol).padEnd(23)} ${where(one.remote, family, protocol).padEnd(23)} ${state.padEnd(11)} `;
              if (extended > 0) line += `${user.padEnd(10)} ${String(one.inode).padEnd(10)} `;
              line += programOf(one.inode);
              if (options.timers) line += "off (0.00/0/0)";
              io.out.put(`${options.timers ? line : line.slice(0, -1)}\n`);
            }
          }
        }
      }
      if (unixOnly || options.unix || (!protocols && !four && !six)) {
        io.say(`Active UNIX domain sockets (${scope})\nProto RefCnt Flags       Type       State         I-Node   ${options.programs ? "PID/Program name     " : ""}Path\n`);
        for (const one of list) {
          if (one.family !== "unix") continue;
          const listens = one.state === "LISTEN";
          const connected = one.state === "ESTAB";
          const bound = one.type === "dgram" && !connected;
          if (!options.all && listens !== options.listening) continue;
          const path = one.local.family === "unix" ? one.local.path.replace(/^\0/, "@") : "";
          io.out.put(`unix  ${(listens || bound ? "2" : "3").padEnd(6)} ${(listens ? "[ ACC ]" : "[ ]").padEnd(11)} ${(UNIX_TYPES.get(one.type) ?? "").padEnd(10)} ${(listens ? "LISTENING" : connected ? "CONNECTED" : "").padEnd(13)} ${String(one.inode).padEnd(8)} ${programOf(one.inode)}${path}\n`);
        }
      }
    };

    /** Whether any process of another's sockets can be seen: of one's own. */
    const listed = (): boolean => listPids(sys).some((pid) => {
      try {
        return sys.readdir(`/proc/${pid}/fd`).some(({ name }) => sys.readlink(`/proc/${pid}/fd/${name}`).startsWith("socket:"));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return false;
      }
    });

    yield* once();
    while (options.continuous) {
      yield* io.out.flush();
      yield* sys.sleep(1_000_000);
      yield* once();
    }
    return 0;
  },
});
