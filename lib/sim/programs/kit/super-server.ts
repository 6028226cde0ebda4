// What inetd and xinetd have in common: they listen for services that have no daemon of their own and start a program for each connection, with the connection as its standard input and output.
import { type Blocking, encode, O, POLL, SIGNALS, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "./accounts.ts";
import { civilAt, strftime } from "./time-format.ts";
import { readZone } from "./zones.ts";

export interface SuperService {
  /** what logs call it */
  readonly name: string;
  readonly stream: boolean;
  readonly port: number;
  /** "0.0.0.0", "::", or the address of one interface */
  readonly address: string;
  /** the program takes over the listening socket until it ends */
  readonly wait: boolean;
  readonly user: string;
  readonly group?: string | undefined;
  /** undefined: one of the built-in services, by its name */
  readonly program: string | undefined;
  readonly argv: readonly string[];
  readonly builtIn?: "echo" | "discard" | "chargen" | "daytime" | "time";
}

interface SuperServerHooks {
  /** Before a service is given the connection: false ends it. */
  readonly admits: (sys: Sys, service: SuperService, peer: SocketAddress, running: number) => Blocking<boolean>;
  readonly started: (sys: Sys, service: SuperService, peer: SocketAddress, pid: number) => Blocking<void>;
  readonly ended: (sys: Sys, service: SuperService, pid: number, status: number, seconds: number) => Blocking<void>;
  readonly complain: (sys: Sys, text: string) => Blocking<void>;
  /** SIGHUP: the services from now on */
  readonly reload: (sys: Sys) => Blocking<readonly SuperService[]>;
}

export const BUILT_IN = ["echo", "discard", "chargen", "daytime", "time"] as const;

/** /etc/services: the port of a name and protocol, or the number itself. */
export function* portOf(sys: Sys, name: string, protocol: string): Blocking<number | undefined> {
  if (/^\d+$/.test(name)) return Number(name);
  for (const line of ((yield* readTextFile(sys, "/etc/services")) ?? "").split("\n")) {
    const [own, place = "", ...aliases] = line.replace(/#.*/, "").trim().split(/\s+/);
    if ((own === name || aliases.includes(name)) && place.endsWith(`/${protocol}`)) return Number(place.split("/")[0]);
  }
  return undefined;
}

const seconds1900 = 2_208_988_800;
const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join("");

function* daytime(sys: Sys): Blocking<string> {
  return strftime("%a %b %e %H:%M:%S %Y\r\n", civilAt(yield* readZone(sys), Math.floor(sys.clockUs("realtime") / 1e6)));
}

function timeBytes(sys: Sys): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, Math.floor(sys.clockUs("realtime") / 1e6) + seconds1900);
  return bytes;
}

function* builtInStream(sys: Sys, fd: number, service: SuperService): Blocking<void> {
  if (service.builtIn === "daytime") yield* sys.write(fd, encode(yield* daytime(sys)));
  else if (service.builtIn === "time") yield* sys.write(fd, timeBytes(sys));
  else if (service.builtIn === "chargen") {
    for (let at = 0; ; at = (at + 1) % PRINTABLE.length) {
      yield* sys.write(fd, encode(`${(PRINTABLE + PRINTABLE).slice(at, at + 72)}\r\n`));
      if (sys.charge(20)) yield* sys.preempt();
    }
  } else {
    for (;;) {
      const bytes = yield* sys.read(fd, 4096);
      if (bytes.length === 0) return;
      if (service.builtIn === "echo") yield* sys.write(fd, bytes);
    }
  }
}

interface Listener {
  readonly fd: number;
  readonly service: SuperService;
  /** of a program that holds the socket */
  busy: boolean;
}

interface Running {
  readonly listener: Listener;
  readonly sinceUs: number;
}

function* open(sys: Sys, service: SuperService, hooks: SuperServerHooks): Blocking<Listener | undefined> {
  const six = service.address.includes(":");
  try {
    const fd = sys.socket(six ? "inet6" : "inet", service.stream ? "stream" : "dgram");
    try {
      sys.setsockopt(fd, "reuseaddr", 1);
      if (six) sys.setsockopt(fd, "v6only", 1);
      sys.bind(fd, { family: six ? "inet6" : "inet", address: service.address, port: service.port });
      if (service.stream) sys.listen(fd, 128);
      sys.setCloexec(fd, true);
      return { fd, service, busy: false };
    } catch (error) {
      sys.close(fd);
      throw error;
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* hooks.complain(sys, error.message);
    return undefined;
  }
}

/** Until SIGTERM. Descriptors 0 to 2 are the caller's. */
export function* superServe(sys: Sys, first: readonly SuperService[], hooks: SuperServerHooks): Blocking<number> {
  const listeners: Listener[] = [];
  const running = new Map<number, Running>();
  const openAll = function* (services: readonly SuperService[]): Blocking<void> {
    for (const service of services) {
      const listener = yield* open(sys, service, hooks);
      if (listener !== undefined) listeners.push(listener);
    }
  };
  for (const signal of [SIGNALS.TERM, SIGNALS.HUP, SIGNALS.CHLD, SIGNALS.INT]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  yield* openAll(first);
  const start = function* (listener: Listener, fd: number, peer: SocketAddress): Blocking<void> {
    const { service } = listener;
    const pid = sys.fork(function* (child) {
      for (const signal of [SIGNALS.TERM, SIGNALS.HUP, SIGNALS.CHLD, SIGNALS.INT, SIGNALS.PIPE]) child.sigaction(signal, "default");
      child.setsid();
      if (service.program === undefined) {
        child.setTitle(child.environment.get("SUPER_SERVER") ?? "inetd", [`-${service.name}`]);
        try {
          yield* builtInStream(child, fd, service);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        return 0;
      }
      const accounts = yield* Accounts.read(child);
      const user = accounts.userByName(service.user);
      const gid = service.group === undefined ? user?.gid : accounts.groupByName(service.group)?.gid;
      if (user === undefined || gid === undefined) {
        yield* hooks.complain(child, `${service.name}: no such ${user === undefined ? "user" : "group"}`);
        return 1;
      }
      try {
        if (user.uid !== 0 || service.group !== undefined) {
          child.setgroups(accounts.groupsOf(user));
          child.setresgid(gid, gid, gid);
          child.setresuid(user.uid, user.uid, user.uid);
        }
        for (const own of [0, 1, 2]) child.dup2(fd, own);
        for (const own of child.descriptors()) if (own > 2) child.close(own);
        return yield* child.exec(service.program, service.argv, child.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* hooks.complain(child, `execv ${service.program}: ${error.message}`);
        return 1;
      }
    });
    running.set(pid, { listener, sinceUs: sys.clockUs("monotonic") });
    yield* hooks.started(sys, service, peer, pid);
  };
  for (;;) {
    try {
      const open = listeners.filter((one) => !one.busy);
      const ready = yield* sys.poll(open.map(({ fd }) => ({ fd, events: POLL.IN })), null);
      for (const { fd } of ready) {
        const listener = open.find((one) => one.fd === fd);
        if (listener === undefined) continue;
        const { service } = listener;
        if (service.stream && !service.wait) {
          const accepted = yield* sys.accept(fd);
          const count = [...running.values()].filter((one) => one.listener === listener).length;
          if (yield* hooks.admits(sys, service, accepted.peer, count)) yield* start(listener, accepted.fd, accepted.peer);
          sys.close(accepted.fd);
        } else if (service.program === undefined) {
          const { bytes, from } = yield* sys.recvfrom(fd, 4096);
          if (from === undefined) continue;
          const answer = service.builtIn === "daytime" ? encode(yield* daytime(sys)) : service.builtIn === "time" ? timeBytes(sys) : service.builtIn === "chargen" ? encode(`${PRINTABLE.slice(0, 72)}\r\n`) : service.builtIn === "echo" ? bytes : undefined;
          if (answer !== undefined) yield* sys.sendto(fd, answer, from);
        } else {
          listener.busy = true;
          yield* start(listener, fd, { family: "inet", address: "0.0.0.0", port: 0 });
        }
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const signals = sys.takeSignals();
    if (signals.includes(SIGNALS.TERM) || signals.includes(SIGNALS.INT)) return 0;
    if (signals.includes(SIGNALS.HUP)) {
      for (const { fd } of listeners.splice(0)) sys.close(fd);
      yield* openAll(yield* hooks.reload(sys));
    }
    try {
      for (;;) {
        const waited = yield* sys.waitpid(-1, { nohang: true });
        if (waited === undefined) break;
        const one = running.get(waited.pid);
        running.delete(waited.pid);
        if (one === undefined) continue;
        one.listener.busy = false;
        yield* hooks.ended(sys, one.listener.service, waited.pid, waited.status.kind === "exited" ? waited.status.status : 0, Math.floor((sys.clockUs("monotonic") - one.sinceUs) / 1e6));
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

/** Leaves the terminal and the caller: a child that goes on as a daemon, with /dev/null for its descriptors. */
export function daemonize(sys: Sys, body: (child: Sys) => Blocking<number>): void {
  sys.fork(function* (child) {
    child.setsid();
    child.chdir("/");
    const nothing = yield* child.open("/dev/null", O.RDWR);
    for (const fd of [0, 1, 2]) child.dup2(nothing, fd);
    return yield* body(child);
  });
}
