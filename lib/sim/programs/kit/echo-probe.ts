// ICMP echo as ping of iputils and of busybox send and receive it (RFC 792, RFC 4443).

import { type Blocking, POLL, type Sys, SysError } from "../../kernel/sys.ts";

export type EchoAnswer =
  | { readonly kind: "reply"; readonly bytes: number; readonly sequence: number; readonly ttl: number; readonly from: string; readonly sentUs: number }
  /** destination unreachable (3, or 1 for IPv6) and time exceeded (11) */
  | { readonly kind: "error"; readonly type: number; readonly code: number; readonly from: string; readonly sequence: number };

export class EchoProbe {
  readonly #sys: Sys;
  readonly #fd: number;
  readonly #raw: boolean;
  readonly identifier: number;
  readonly #family: "inet" | "inet6";
  readonly #address: string;
  readonly #sent = new Map<number, number>();
  #pattern: readonly number[] | undefined;

  /** Throws SysError (EPERM without CAP_NET_RAW where unprivileged echo sockets are not allowed either). */
  constructor(sys: Sys, address: string) {
    this.#sys = sys;
    this.#family = address.includes(":") ? "inet6" : "inet";
    this.#address = address;
    this.identifier = sys.getpid() & 0xffff;
    let fd: number;
    let raw = true;
    try {
      fd = sys.socket(this.#family, "raw", "icmp");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      fd = sys.socket(this.#family, "dgram", "icmp");
      raw = false;
    }
    this.#fd = fd;
    this.#raw = raw;
  }

  setTtl(ttl: number): void {
    this.#sys.setsockopt(this.#fd, "ttl", ttl);
  }

  /** Throws SysError: ENODEV, EADDRNOTAVAIL (`from` is no address of this machine). `pattern`: hexadecimal digits. */
  configure(how: { readonly ttl?: number; readonly linkIndex?: number; readonly from?: string; readonly broadcast?: boolean; readonly pattern?: string }): void {
    if (how.ttl !== undefined) this.setTtl(how.ttl);
    if (how.broadcast === true) this.#sys.setsockopt(this.#fd, "broadcast", 1);
    if (how.linkIndex !== undefined) this.#sys.setsockopt(this.#fd, "bindtodevice", how.linkIndex);
    if (how.from !== undefined) this.#sys.bind(this.#fd, { family: this.#family, address: how.from, port: 0 });
    if (how.pattern !== undefined) this.#pattern = (how.pattern.match(/../g) ?? [how.pattern]).map((pair) => Number.parseInt(pair, 16));
  }

  /** Throws SysError: ENETUNREACH, EHOSTUNREACH, EPERM (a firewall), EACCES (broadcast). */
  *send(sequence: number, dataBytes: number): Blocking<void> {
    const message = new Uint8Array(8 + dataBytes);
    message[0] = this.#family === "inet6" ? 128 : 8;
    message[4] = this.identifier >> 8;
    message[5] = this.identifier & 255;
    message[6] = (sequence >> 8) & 255;
    message[7] = sequence & 255;
    for (let i = 0; i < dataBytes; i++) message[8 + i] = this.#pattern === undefined ? i & 255 : (this.#pattern[i % this.#pattern.length] ?? 0);
    this.#sent.set(sequence & 0xffff, this.#sys.clockUs("monotonic"));
    yield* this.#sys.sendto(this.#fd, message, this.#family === "inet6" ? { family: "inet6", address: this.#address, port: 0 } : { family: "inet", address: this.#address, port: 0 });
  }

  /** Undefined when nothing of ours came until then. Throws SysError EINTR when a signal came. */
  *receive(deadlineUs: number): Blocking<EchoAnswer | undefined> {
    for (;;) {
      const left = deadlineUs - this.#sys.clockUs("monotonic");
      if (left < 0) return undefined;
      const ready = yield* this.#sys.poll([{ fd: this.#fd, events: POLL.IN }], left);
      if (ready.length === 0) return undefined;
      const { bytes, from } = yield* this.#sys.recvfrom(this.#fd, 65536);
      const header = this.#raw && this.#family === "inet" ? ((bytes[0] ?? 0x45) & 15) * 4 : 0;
      const ttl = header > 0 ? (bytes[8] ?? 64) : 64;
      const message = bytes.subarray(header);
      const sender = from !== undefined && from.family !== "unix" ? from.address : this.#address;
      const type = message[0] ?? 0;
      const word = (at: number): number => ((message[at] ?? 0) << 8) | (message[at + 1] ?? 0);
      if (type === (this.#family === "inet6" ? 129 : 0)) {
        const sentUs = this.#sent.get(word(6));
        if (sentUs === undefined || (this.#raw && word(4) !== this.identifier)) continue;
        return { kind: "reply", bytes: message.length, sequence: word(6), ttl, from: sender, sentUs };
      }
      if (type === 3 || type === 11 || type === 1) {
        // 8 bytes of this message, then the header and the first bytes of ours
        const inner = 8 + 20;
        if (this.#family === "inet" && word(inner + 4) !== this.identifier) continue;
        return { kind: "error", type, code: message[1] ?? 0, from: sender, sequence: word(inner + 6) };
      }
    }
  }

  close(): void {
    this.#sys.close(this.#fd);
  }
}
