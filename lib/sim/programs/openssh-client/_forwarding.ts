// Forwarded connections inside of a session's connection (RFC 4254 section 7): each is a channel with a number, opened by whichever side has accepted a
// connection. The client's numbers are even, the server's odd.
import { type Blocking, POLL, type PollRequest, type PollResult, type Sys, SysError, concatBytes } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { bodyOf, MESSAGE, type Message, type Wire } from "./_wire.ts";

interface OpenMessage {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

interface FailedMessage {
  readonly id: number;
  readonly reason: string;
}

interface ForwardMessage {
  readonly address: string;
  readonly port: number;
}

export interface Listener {
  readonly fd: number;
  /** where connections go on the other side; undefined: a SOCKS proxy, the client says it */
  readonly target: { readonly host: string; readonly port: number } | undefined;
}

interface Channel {
  /** undefined while SOCKS is spoken or the other side connects */
  readonly input: number;
  readonly output: number;
  state: "socks" | "opening" | "open";
  socks: Uint8Array;
  /** of the socks request, to be answered */
  version: number;
  inputOpen: boolean;
  closed: boolean;
}

const EMPTY = new Uint8Array(0);

/** Sockets that listen on a port: on the loopback addresses, or on `address`. Errors: SysError. */
export function listenOn(sys: Sys, address: string, port: number): readonly number[] {
  const places = address === "" || address === "localhost" ? (["127.0.0.1", "::1"] as const) : address === "*" || address === "0.0.0.0" ? (["0.0.0.0"] as const) : [address];
  const made: number[] = [];
  for (const place of places) {
    const family = place.includes(":") ? "inet6" : "inet";
    let fd: number | undefined;
    try {
      fd = sys.socket(family, "stream");
      sys.setsockopt(fd, "reuseaddr", 1);
      if (family === "inet6") sys.setsockopt(fd, "v6only", 1);
      sys.bind(fd, { family, address: place, port });
      sys.listen(fd);
      sys.setCloexec(fd, true);
      made.push(fd);
    } catch (error) {
      if (fd !== undefined) sys.close(fd);
      if (!(error instanceof SysError)) throw error;
      // no IPv6 there is no failure
      if (family === "inet6" && made.length > 0) continue;
      for (const one of made) sys.close(one);
      throw error;
    }
  }
  return made;
}

/** "[bind:]port:host:hostport", brackets around IPv6 addresses. */
export function parseForward(text: string): { readonly address: string; readonly port: number; readonly host: string; readonly hostPort: number } | undefined {
  const parts = text.match(/\[[^\]]*\]|[^:]+|(?<=:)(?=:)|^(?=:)/g)?.map((part) => part.replace(/^\[(.*)\]$/, "$1")) ?? [];
  const [address = "", port = "", host = "", hostPort = ""] = parts.length === 3 ? ["", ...parts] : parts;
  const good = (word: string): boolean => /^\d+$/.test(word) && Number(word) <= 65_535;
  if (parts.length < 3 || parts.length > 4 || !good(port) || !good(hostPort) || host === "" || Number(hostPort) === 0) return undefined;
  return { address, port: Number(port), host, hostPort: Number(hostPort) };
}

/** What the other side may have us do. */
export interface ForwardingRules {
  mayConnect(host: string, port: number): boolean;
  /** The address to listen on for it; undefined: it may not. */
  listenAddress(address: string, port: number): string | undefined;
}

export const NO_FORWARDING: ForwardingRules = { mayConnect: () => false, listenAddress: () => undefined };

export class Channels {
  readonly #sys: Sys;
  readonly #wire: Wire;
  readonly #channels = new Map<number, Channel>();
  readonly #listeners: Listener[] = [];
  #next: number;
  /** What is said of a failed opening. */
  readonly #complain: (text: string) => Blocking<void>;
  /** of -R: where the client takes what comes to the server's port */
  readonly #reverse = new Map<number, { readonly host: string; readonly port: number }>();
  readonly #rules: ForwardingRules;

  constructor(sys: Sys, wire: Wire, side: "client" | "server", rules: ForwardingRules, complain: (text: string) => Blocking<void>) {
    this.#sys = sys;
    this.#wire = wire;
    this.#next = side === "client" ? 2 : 1;
    this.#rules = rules;
    this.#complain = complain;
  }

  get busy(): boolean {
    return this.#channels.size > 0;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  reverse(port: number, target: { readonly host: string; readonly port: number }): void {
    this.#reverse.set(port, target);
  }

  /** What the other side of a channel is joined to: our standard input and output (ssh -W). */
  *openWith(input: number, output: number, host: string, port: number): Blocking<number> {
    const id = this.#take({ input, output, state: "opening", socks: EMPTY, version: 0, inputOpen: true, closed: false });
    yield* this.#wire.send(MESSAGE.CHANNEL_OPEN, { id, host, port } satisfies OpenMessage);
    return id;
  }

  #take(channel: Channel): number {
    const id = this.#next;
    this.#next += 2;
    this.#channels.set(id, channel);
    return id;
  }

  has(id: number): boolean {
    return this.#channels.has(id);
  }

  requests(): readonly PollRequest[] {
    const out: PollRequest[] = this.#listeners.map(({ fd }) => ({ fd, events: POLL.IN }));
    for (const channel of this.#channels.values()) if (channel.inputOpen && channel.state !== "opening") out.push({ fd: channel.input, events: POLL.IN });
    return out;
  }

  /** True when one of the descriptors was ours. */
  *ready(results: readonly PollResult[]): Blocking<void> {
    for (const { fd } of results) {
      const listener = this.#listeners.find((one) => one.fd === fd);
      if (listener) {
        yield* this.#accepted(listener);
        continue;
      }
      for (const [id, channel] of this.#channels) if (channel.input === fd && channel.inputOpen && channel.state !== "opening") yield* this.#fromSocket(id, channel);
    }
  }

  *#accepted(listener: Listener): Blocking<void> {
    const { fd } = yield* this.#sys.accept(listener.fd);
    this.#sys.setCloexec(fd, true);
    const id = this.#take({ input: fd, output: fd, state: listener.target ? "opening" : "socks", socks: EMPTY, version: 0, inputOpen: true, closed: false });
    if (listener.target) yield* this.#wire.send(MESSAGE.CHANNEL_OPEN, { id, ...listener.target } satisfies OpenMessage);
  }

  *#fromSocket(id: number, channel: Channel): Blocking<void> {
    let bytes: Uint8Array;
    try {
      bytes = yield* this.#sys.read(channel.input, 32_768);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
      bytes = EMPTY;
    }
    if (channel.state === "socks") {
      if (bytes.length === 0) this.#drop(id, channel);
      else yield* this.#socks(id, channel, bytes);
      return;
    }
    if (bytes.length > 0) yield* this.#send(id, bytes);
    else {
      channel.inputOpen = false;
      yield* this.#wire.send(MESSAGE.CHANNEL_EOF, { id });
    }
  }

  *#send(id: number, bytes: Uint8Array): Blocking<void> {
    yield* this.#wire.send(MESSAGE.CHANNEL_DATA, concatBytes([Uint8Array.of(id >>> 24, id >>> 16, id >>> 8, id), bytes]));
  }

  /** SOCKS 4, 4a and 5 (RFC 1928) without authentication. */
  *#socks(id: number, channel: Channel, bytes: Uint8Array): Blocking<void> {
    channel.socks = concatBytes([channel.socks, bytes]);
    const data = channel.socks;
    const write = (answer: readonly number[]): Blocking<number> => this.#sys.write(channel.output, Uint8Array.from(answer));
    const ascii = (part: Uint8Array): string => String.fromCharCode(...part);
    if (data[0] === 4) {
      const end = data.indexOf(0, 8);
      if (data.length < 9 || end < 0) return;
      const named = data[4] === 0 && data[5] === 0 && data[6] === 0;
      const nameEnd = named ? data.indexOf(0, end + 1) : end;
      if (nameEnd < 0) return;
      channel.version = 4;
      channel.state = "opening";
      yield* this.#wire.send(MESSAGE.CHANNEL_OPEN, { id, host: named ? ascii(data.subarray(end + 1, nameEnd)) : data.subarray(4, 8).join("."), port: ((data[2] ?? 0) << 8) | (data[3] ?? 0) } satisfies OpenMessage);
      return;
    }
    if (data[0] !== 5) {
      this.#drop(id, channel);
      return;
    }
    if (channel.version === 0) {
      if (data.length < 2 || data.length < 2 + (data[1] ?? 0)) return;
      channel.version = 5;
      channel.socks = data.slice(2 + (data[1] ?? 0));
      yield* write([5, 0]);
      if (channel.socks.length > 0) yield* this.#socks(id, channel, EMPTY);
      return;
    }
    const kind = data[3];
    const length = kind === 1 ? 4 : kind === 4 ? 16 : 1 + (data[4] ?? 0);
    if (data.length < 4 + length + 2) return;
    const address = data.subarray(4, 4 + length);
    const host = kind === 1 ? address.join(".") : kind === 4 ? Array.from({ length: 8 }, (_, index) => (((address[2 * index] ?? 0) << 8) | (address[2 * index + 1] ?? 0)).toString(16)).join(":") : ascii(address.subarray(1));
    channel.state = "opening";
    yield* this.#wire.send(MESSAGE.CHANNEL_OPEN, { id, host, port: ((data[4 + length] ?? 0) << 8) | (data[5 + length] ?? 0) } satisfies OpenMessage);
  }

  #drop(id: number, channel: Channel): void {
    this.#channels.delete(id);
    if (channel.input === channel.output && channel.input > 2) this.#sys.close(channel.input);
    else if (channel.output <= 2) channel.closed = true;
  }

  /** False when the message is none of a channel. */
  *receive(message: Message): Blocking<boolean> {
    const sys = this.#sys;
    switch (message.type) {
      case MESSAGE.CHANNEL_OPEN: {
        const { id = 0, host = "", port = 0 } = bodyOf<OpenMessage>(message);
        const to = this.#reverse.size > 0 && host === "" ? this.#reverse.get(port) : { host, port };
        if (!to || (this.#reverse.size === 0 && !this.#rules.mayConnect(to.host, to.port))) {
          yield* this.#wire.send(MESSAGE.CHANNEL_FAILED, { id, reason: "administratively prohibited: open failed" } satisfies FailedMessage);
          return true;
        }
        const made = yield* this.#connect(to.host, to.port);
        if (typeof made === "string") yield* this.#wire.send(MESSAGE.CHANNEL_FAILED, { id, reason: `connect failed: ${made}` } satisfies FailedMessage);
        else {
          this.#channels.set(id, { input: made, output: made, state: "open", socks: EMPTY, version: 0, inputOpen: true, closed: false });
          yield* this.#wire.send(MESSAGE.CHANNEL_OPENED, { id });
        }
        return true;
      }
      case MESSAGE.CHANNEL_OPENED: {
        const channel = this.#channels.get(bodyOf<OpenMessage>(message).id ?? 0);
        if (channel?.state === "opening") {
          channel.state = "open";
          if (channel.version === 5) yield* sys.write(channel.output, Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          else if (channel.version === 4) yield* sys.write(channel.output, Uint8Array.of(0, 90, 0, 0, 0, 0, 0, 0));
        }
        return true;
      }
      case MESSAGE.CHANNEL_FAILED: {
        const { id = 0, reason = "" } = bodyOf<FailedMessage>(message);
        const channel = this.#channels.get(id);
        if (channel) {
          yield* this.#complain(`channel ${id}: open failed: ${reason}`);
          this.#drop(id, channel);
        }
        return true;
      }
      case MESSAGE.CHANNEL_DATA: {
        const view = new DataView(message.body.buffer, message.body.byteOffset, message.body.byteLength);
        const id = message.body.length >= 4 ? view.getUint32(0) : 0;
        const channel = this.#channels.get(id);
        if (!channel) return true;
        try {
          for (let at = 4; at < message.body.length; ) at += yield* sys.write(channel.output, message.body.subarray(at));
        } catch (error) {
          if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
          yield* this.#wire.send(MESSAGE.CHANNEL_CLOSE, { id });
          this.#drop(id, channel);
        }
        return true;
      }
      case MESSAGE.CHANNEL_EOF: {
        const id = bodyOf<OpenMessage>(message).id ?? 0;
        const channel = this.#channels.get(id);
        if (!channel) return true;
        if (channel.inputOpen && channel.output > 2) {
          try {
            sys.shutdown(channel.output, "write");
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
          // what is left of the other direction comes; with nothing to come it is over
          if (channel.input !== channel.output) this.#drop(id, channel);
        } else {
          yield* this.#wire.send(MESSAGE.CHANNEL_CLOSE, { id });
          this.#drop(id, channel);
        }
        return true;
      }
      case MESSAGE.CHANNEL_CLOSE: {
        const id = bodyOf<OpenMessage>(message).id ?? 0;
        const channel = this.#channels.get(id);
        if (channel) this.#drop(id, channel);
        return true;
      }
      case MESSAGE.FORWARD: {
        const { address = "", port = 0 } = bodyOf<ForwardMessage>(message);
        try {
          const place = this.#rules.listenAddress(address, port);
          if (place === undefined) throw new SysError("EPERM");
          for (const fd of listenOn(sys, place, port)) this.#listeners.push({ fd, target: { host: "", port } });
          yield* this.#wire.send(MESSAGE.FORWARDED, { port });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* this.#wire.send(MESSAGE.FORWARD_FAILED, { port });
        }
        return true;
      }
      case MESSAGE.FORWARDED: return true;
      case MESSAGE.FORWARD_FAILED:
        yield* this.#complain(`Warning: remote port forwarding failed for listen port ${bodyOf<ForwardMessage>(message).port ?? 0}`);
        return true;
      default: return false;
    }
  }

  /** A connected socket, or why there is none. */
  *#connect(host: string, port: number): Blocking<number | string> {
    const sys = this.#sys;
    let problem = "Connection refused";
    try {
      const addresses = host.includes(":") ? [host] : yield* lookUpHost(sys, host);
      for (const address of addresses) {
        const family = address.includes(":") ? "inet6" : "inet";
        const fd = sys.socket(family, "stream");
        sys.setCloexec(fd, true);
        try {
          yield* sys.connect(fd, { family, address, port });
          return fd;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          problem = error.message;
          sys.close(fd);
        }
      }
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      return error.message;
    }
    return problem;
  }
}
