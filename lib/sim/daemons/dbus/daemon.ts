// dbus-daemon --system: names of who is connected, services that are started when somebody asks for them, copies of messages for monitors (dbus-daemon(1)).
import { type Blocking, decode, encode, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { exists, names, tryReadFile } from "../systemd/api/files.ts";
import { notify } from "../systemd/api/notify.ts";
import { isFailure, ManagerConnection } from "../systemd/api/protocol.ts";
import { BUS_NAME, type BusMessage, type BusPeer, type BusRequest } from "./api.ts";

interface Connection {
  readonly fd: number;
  readonly unique: string;
  readonly pid: number;
  readonly uid: number;
  readonly names: Set<string>;
  monitor: boolean;
  buffered: string;
  serial: number;
}

/** SD_LISTEN_FDS_START: the socket that PID 1 made (dbus.socket). */
const passedSocket = 3;
/** Process 1 is on the bus from its start. */
const managerPeer: BusPeer = { unique: ":1.1", pid: 1, uid: 0, names: ["org.freedesktop.systemd1"] };
const firstFreeName = 2;

export function* dbusDaemon(sys: Sys): Blocking<number> {
  sys.sigaction(SIGNALS.TERM, "catch");
  sys.sigaction(SIGNALS.HUP, "catch");
  if (!sys.environment.has("LISTEN_FDS")) {
    yield* sys.write(2, encode("dbus-daemon: no socket was passed\n"));
    return 1;
  }
  const bus = new Bus(sys);
  yield* notify(sys, "READY=1");
  for (;;) {
    let ready: readonly { readonly fd: number }[];
    try {
      ready = yield* sys.poll([passedSocket, ...bus.connections.keys()].map((fd) => ({ fd, events: POLL.IN })), null);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
      continue;
    }
    for (const { fd } of ready) {
      if (fd === passedSocket) yield* bus.accept(fd);
      else yield* bus.read(fd);
    }
  }
}

class Bus {
  readonly connections = new Map<number, Connection>();
  readonly #sys: Sys;
  readonly #id: string;
  #next = firstFreeName;
  #serial = 0;

  constructor(sys: Sys) {
    this.#sys = sys;
    this.#id = [...sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  *accept(listener: number): Blocking<void> {
    const { fd } = yield* this.#sys.accept(listener);
    const peer = this.#sys.getPeerCredentials(fd);
    // systemd-logind came first when the machine started; its name is always the same
    const comm = ((yield* tryReadFile(this.#sys, `/proc/${peer.pid}/comm`)) ?? "").trim();
    const unique = comm === "systemd-logind" && ![...this.connections.values()].some((one) => one.unique === ":1.0") ? ":1.0" : `:1.${this.#next++}`;
    this.connections.set(fd, { fd, unique, pid: peer.pid, uid: peer.uid, names: new Set(), monitor: false, buffered: "", serial: 0 });
  }

  *read(fd: number): Blocking<void> {
    const connection = this.connections.get(fd);
    if (connection === undefined) return;
    let bytes: Uint8Array;
    try {
      bytes = yield* this.#sys.read(fd, 65_536);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      bytes = new Uint8Array();
    }
    if (bytes.length === 0) {
      this.connections.delete(fd);
      this.#sys.close(fd);
      if (!connection.monitor) for (const name of [...connection.names, connection.unique]) yield* this.#ownerChanged(name, connection.unique, "");
      return;
    }
    connection.buffered += decode(bytes);
    for (let end = connection.buffered.indexOf("\n"); end >= 0; end = connection.buffered.indexOf("\n")) {
      const line = connection.buffered.slice(0, end);
      connection.buffered = connection.buffered.slice(end + 1);
      let request: BusRequest;
      try {
        request = JSON.parse(line);
      } catch {
        // what is no request ends the connection, as the real bus does with what is no message
        this.connections.delete(fd);
        this.#sys.close(fd);
        return;
      }
      yield* this.#send(connection, yield* this.#answer(connection, request));
    }
  }

  *#answer(from: Connection, request: BusRequest): Blocking<object> {
    switch (request.op) {
      case "hello":
        yield* this.#driverCall(from, BUS_NAME, "Hello", "", [], "s", [from.unique]);
        yield* this.#ownerChanged(from.unique, "", from.unique);
        yield* this.#toOne(from, "NameAcquired", from.unique);
        return { unique: from.unique, id: this.#id };
      case "peers":
        return { peers: [...(exists(this.#sys, "/run/systemd/private") ? [managerPeer] : []), ...[...this.connections.values()].filter((one) => !one.monitor).map(({ unique, pid, uid, names: own }) => ({ unique, pid, uid, names: [...own] }))], activatable: activatable(this.#sys) };
      case "own": {
        if (this.#ownerOf(request.name) !== undefined) return { result: 3 };
        from.names.add(request.name);
        yield* this.#driverCall(from, BUS_NAME, "RequestName", "su", [request.name, 0], "u", [1]);
        yield* this.#ownerChanged(request.name, "", from.unique);
        yield* this.#toOne(from, "NameAcquired", request.name);
        return { result: 1 };
      }
      case "owner": {
        const known = this.#ownerOf(request.name);
        if (known !== undefined || !request.start || !activatable(this.#sys).includes(request.name)) return { unique: known };
        yield* this.#start(request.name);
        return { unique: this.#ownerOf(request.name) };
      }
      case "monitor":
        yield* this.#driverCall(from, "org.freedesktop.DBus.Monitoring", "BecomeMonitor", "asu", [[], 0], "", []);
        yield* this.#ownerChanged(from.unique, from.unique, "");
        from.monitor = true;
        return {};
      case "post": {
        const message = { ...request.message, sender: request.message.sender ?? from.unique, serial: ++from.serial, atUs: this.#sys.clockUs("realtime") };
        yield* this.#show(message);
        return { serial: message.serial };
      }
    }
  }

  #ownerOf(name: string): string | undefined {
    if (name === managerPeer.unique || managerPeer.names.includes(name)) return exists(this.#sys, "/run/systemd/private") ? managerPeer.unique : undefined;
    return [...this.connections.values()].find((one) => !one.monitor && (one.unique === name || one.names.has(name)))?.unique;
  }

  /** PID 1 starts the unit that carries the service. The job is not waited for: the service may want to connect before it says that it is ready. */
  *#start(name: string): Blocking<void> {
    try {
      const manager = yield* ManagerConnection.open(this.#sys);
      const made = yield* manager.call({ op: "job", kind: "start", unit: `dbus-${name}.service`, mode: "replace" });
      manager.close();
      if (isFailure(made)) return;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    // the service connects when it is scheduled
    for (let tries = 0; tries < 50 && this.#ownerOf(name) === undefined; tries++) {
      const ready = yield* this.#sys.poll([passedSocket, ...this.connections.keys()].map((fd) => ({ fd, events: POLL.IN })), 20_000);
      for (const { fd } of ready) {
        if (fd === passedSocket) yield* this.accept(fd);
        else yield* this.read(fd);
      }
    }
  }

  *#driverCall(from: Connection, face: string, member: string, signature: string, body: BusMessage["body"], replySignature: string, reply: BusMessage["body"]): Blocking<void> {
    const atUs = this.#sys.clockUs("realtime");
    const serial = ++from.serial;
    yield* this.#show({ type: "method_call", sender: from.unique, destination: BUS_NAME, path: "/org/freedesktop/DBus", interface: face, member, serial, flags: 0, signature, body, atUs });
    yield* this.#show({ type: "method_return", sender: BUS_NAME, destination: from.unique, serial: serial, replySerial: serial, flags: 1, signature: replySignature, body: reply, atUs });
  }

  *#ownerChanged(name: string, before: string, after: string): Blocking<void> {
    yield* this.#show({ type: "signal", sender: BUS_NAME, path: "/org/freedesktop/DBus", interface: BUS_NAME, member: "NameOwnerChanged", serial: ++this.#serial, flags: 1, signature: "sss", body: [name, before, after], atUs: this.#sys.clockUs("realtime") });
  }

  *#toOne(to: Connection, member: string, name: string): Blocking<void> {
    yield* this.#show({ type: "signal", sender: BUS_NAME, destination: to.unique, path: "/org/freedesktop/DBus", interface: BUS_NAME, member, serial: ++this.#serial, flags: 1, signature: "s", body: [name], atUs: this.#sys.clockUs("realtime") });
  }

  *#show(message: BusMessage): Blocking<void> {
    for (const connection of [...this.connections.values()]) if (connection.monitor) yield* this.#send(connection, message);
  }

  *#send(connection: Connection, reply: object): Blocking<void> {
    try {
      yield* this.#sys.write(connection.fd, encode(`${JSON.stringify(reply)}\n`));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

/** Services that have a unit to start them: the links dbus-NAME.service. */
function activatable(sys: Sys): string[] {
  const found = new Set(["/lib/systemd/system", "/etc/systemd/system"].flatMap((directory) => names(sys, directory)).flatMap((name) => /^dbus-(org\..*)\.service$/.exec(name)?.[1] ?? []));
  return [...found].sort();
}
