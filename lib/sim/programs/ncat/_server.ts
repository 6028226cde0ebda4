// ncat -l: waits for connections. What comes goes to standard output, standard input to all who are there; --broker and --chat carry it between them.

import { type Blocking, encode, POLL, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";
import { writeAll } from "../kit/http-message.ts";
import { runOn, startOn } from "./_child.ts";
import { addressesOf, hostOf, isListed, shownAddress } from "./_peers.ts";
import { NcatQuit, type Setting } from "./_setting.ts";
import { type Copies, withCarriageReturns } from "./_traffic.ts";

/** Listening sockets; without a host one of each family. Throws NcatQuit. */
function* listeners(sys: Sys, setting: Setting): Blocking<readonly { readonly fd: number; readonly address: SocketAddress }[]> {
  let wanted: SocketAddress[];
  if (setting.unix) wanted = [{ family: "unix", path: setting.host ?? "" }];
  else if (setting.host !== undefined) wanted = (yield* addressesOf(sys, setting.host, setting.family, setting.numeric)).map((address) => (address.includes(":") ? { family: "inet6", address, port: setting.port } : { family: "inet", address, port: setting.port }));
  else wanted = [...(setting.family === "inet" ? [] : [{ family: "inet6", address: "::", port: setting.port } as const]), ...(setting.family === "inet6" ? [] : [{ family: "inet", address: "0.0.0.0", port: setting.port } as const])];
  const made: { readonly fd: number; readonly address: SocketAddress }[] = [];
  for (const address of wanted) {
    const fd = sys.socket(address.family, setting.udp ? "dgram" : "stream");
    try {
      if (address.family !== "unix") sys.setsockopt(fd, "reuseaddr", 1);
      if (address.family === "inet6") sys.setsockopt(fd, "v6only", 1);
      sys.bind(fd, address);
      if (!setting.udp) sys.listen(fd);
      made.push({ fd, address });
    } catch (error) {
      sys.close(fd);
      if (!(error instanceof SysError)) throw error;
      // Without IPv6 the other family listens alone.
      if (error.errno === "EADDRNOTAVAIL" && setting.host === undefined && address.family === "inet6") continue;
      throw new NcatQuit(`bind to ${shownAddress(address)}: ${error.message}.`);
    }
  }
  return made;
}

interface Client {
  readonly fd: number;
  readonly host: string;
  readonly number: number;
}

class Server {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #setting: Setting;
  readonly #copies: Copies;
  #listening: readonly number[];
  #clients: Client[] = [];
  #children = 0;
  #input: boolean;
  #accepted = 0;

  constructor(sys: Sys, io: Io, setting: Setting, copies: Copies, listening: readonly number[]) {
    this.#sys = sys;
    this.#io = io;
    this.#setting = setting;
    this.#copies = copies;
    this.#listening = listening;
    this.#input = !setting.receiveOnly && !setting.broker && !setting.chat && setting.command === undefined;
  }

  *run(): Blocking<number> {
    const sys = this.#sys;
    const { idleTimeoutUs } = this.#setting;
    for (;;) {
      yield* this.#reap();
      if (this.#listening.length === 0 && this.#clients.length === 0 && this.#children === 0) return 0;
      const inputNow = this.#input && this.#clients.length > 0;
      const watched = [...this.#listening, ...this.#clients.map(({ fd }) => fd), ...(inputNow ? [0] : [])];
      // A child that ends wakes nobody: it is looked for now and then.
      const limit = this.#children > 0 ? 100_000 : this.#clients.length > 0 ? (idleTimeoutUs ?? null) : null;
      const ready = yield* sys.poll(watched.map((fd) => ({ fd, events: POLL.IN })), limit);
      if (ready.length === 0 && this.#children === 0) {
        yield* this.#io.stderr(`Ncat: Idle timeout expired (${Math.round((idleTimeoutUs ?? 0) / 1e3)} ms).\n`);
        return 1;
      }
      for (const { fd } of ready) {
        if (this.#listening.includes(fd)) {
          const status = yield* this.#accept(fd);
          if (status !== undefined) return status;
        } else if (fd === 0 && inputNow) yield* this.#fromInput();
        else {
          const client = this.#clients.find((one) => one.fd === fd);
          if (client && !(yield* this.#fromClient(client))) return 0;
        }
      }
    }
  }

  *#reap(): Blocking<void> {
    while (this.#children > 0 && (yield* this.#sys.waitpid(-1, { nohang: true }))) this.#children--;
  }

  /** An exit status when that was all. */
  *#accept(listener: number): Blocking<number | undefined> {
    const sys = this.#sys;
    const { fd, peer } = yield* sys.accept(listener);
    const { verbose, unix, allowed, denied, mostConnections, keep } = this.#setting;
    const host = hostOf(peer);
    if (verbose) yield* this.#io.stderr(unix ? "Ncat: Connection from a client on Unix domain socket.\nNcat: Connection from .\n" : `Ncat: Connection from ${host}.\nNcat: Connection from ${shownAddress(peer)}.\n`);
    if (!unix && ((allowed.length > 0 && !(yield* isListed(sys, host, allowed))) || (yield* isListed(sys, host, denied)))) {
      if (verbose) yield* this.#io.stderr("Ncat: New connection denied: not allowed\n");
      sys.close(fd);
      return undefined;
    }
    if (this.#clients.length + this.#children >= mostConnections) {
      if (verbose) yield* this.#io.stderr(`Ncat: New connection denied: connection limit reached (${mostConnections})\n`);
      sys.close(fd);
      return undefined;
    }
    if (!keep) {
      for (const one of this.#listening) sys.close(one);
      this.#listening = [];
    }
    if (this.#setting.command) {
      if (!keep) return yield* runOn(sys, fd, this.#setting, peer);
      startOn(sys, fd, this.#setting, peer);
      sys.close(fd);
      this.#children++;
      return undefined;
    }
    this.#clients.push({ fd, host, number: ++this.#accepted + 3 });
    if (this.#setting.chat) yield* this.#chatGreeting(fd);
    return undefined;
  }

  *#chatGreeting(fd: number): Blocking<void> {
    const present = this.#clients.filter((one) => one.fd !== fd).map((one) => `${one.host} as <user${one.number}>`);
    const own = this.#clients.find((one) => one.fd === fd);
    yield* this.#send(this.#clients, encode(`<announce> ${own?.host ?? ""} is connected as <user${own?.number ?? 0}>.\n`));
    yield* this.#send(this.#clients, encode(`<announce> already connected: ${present.length === 0 ? "nobody" : present.join(", ")}.\n`));
  }

  *#fromInput(): Blocking<void> {
    const given = yield* this.#sys.read(0, 16384);
    if (given.length === 0) {
      this.#input = false;
      if (this.#setting.noShutdown) return;
      for (const { fd } of this.#clients) this.#sys.shutdown(fd, "write");
      if (this.#setting.sendOnly) {
        for (const { fd } of this.#clients) this.#sys.close(fd);
        this.#clients = [];
      }
      return;
    }
    const bytes = this.#setting.crlf ? withCarriageReturns(given) : given;
    yield* this.#copies.note(bytes);
    yield* this.#send(this.#clients, bytes);
    if (this.#setting.delayUs > 0) yield* this.#sys.sleep(this.#setting.delayUs);
  }

  *#send(to: readonly Client[], bytes: Uint8Array): Blocking<void> {
    for (const { fd } of to) {
      try {
        yield* writeAll(this.#sys, fd, bytes);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }

  /** False when the last connection of a server that does not stay is over. */
  *#fromClient(client: Client): Blocking<boolean> {
    const { keep, broker, chat, sendOnly } = this.#setting;
    let bytes: Uint8Array;
    try {
      bytes = yield* this.#sys.read(client.fd, 65536);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      bytes = new Uint8Array(0);
    }
    if (bytes.length === 0) {
      this.#sys.close(client.fd);
      this.#clients = this.#clients.filter((one) => one !== client);
      if (chat) yield* this.#send(this.#clients, encode(`<announce> <user${client.number}> is disconnected.\n`));
      return keep || this.#clients.length > 0;
    }
    yield* this.#copies.note(bytes);
    if (broker || chat) {
      const head = chat ? encode(`<user${client.number}> `) : new Uint8Array(0);
      yield* this.#send(this.#clients.filter((one) => one !== client), Uint8Array.from([...head, ...bytes]));
    } else if (!sendOnly) yield* writeAll(this.#sys, 1, bytes);
    return true;
  }
}

/** The first datagram names the peer; from then on it is a conversation with it. */
function* runDatagrams(sys: Sys, io: Io, setting: Setting, copies: Copies, fd: number): Blocking<number> {
  let peer: SocketAddress | undefined;
  let input = !setting.receiveOnly;
  for (;;) {
    const inputNow = input && peer !== undefined;
    const ready = yield* sys.poll([{ fd, events: POLL.IN }, ...(inputNow ? [{ fd: 0, events: POLL.IN }] : [])], peer === undefined ? null : (setting.idleTimeoutUs ?? null));
    if (ready.length === 0) {
      yield* io.stderr(`Ncat: Idle timeout expired (${Math.round((setting.idleTimeoutUs ?? 0) / 1e3)} ms).\n`);
      return 1;
    }
    if (ready.some((one) => one.fd === fd)) {
      const { bytes, from } = yield* sys.recvfrom(fd, 65536);
      if (from !== undefined && peer === undefined) {
        if (setting.verbose) yield* io.stderr(`Ncat: Connection from ${hostOf(from)}.\n`);
        peer = from;
        if (setting.command) {
          yield* sys.connect(fd, from);
          return yield* runOn(sys, fd, setting, from);
        }
      } else if (setting.keep && from !== undefined) peer = from;
      yield* copies.note(bytes);
      if (!setting.sendOnly) yield* writeAll(sys, 1, bytes);
    }
    if (inputNow && ready.some((one) => one.fd === 0)) {
      const bytes = yield* sys.read(0, 16384);
      if (bytes.length === 0) input = false;
      else if (peer !== undefined) yield* sys.sendto(fd, bytes, peer);
    }
  }
}

export function* runServer(sys: Sys, io: Io, setting: Setting, copies: Copies): Blocking<number> {
  const made = yield* listeners(sys, setting);
  if (setting.verbose) for (const { address } of made) yield* io.stderr(`Ncat: Listening on ${shownAddress(address)}\n`);
  const first = made.at(-1);
  if (setting.udp && first) return yield* runDatagrams(sys, io, setting, copies, first.fd);
  return yield* new Server(sys, io, setting, copies, made.map(({ fd }) => fd)).run();
}
