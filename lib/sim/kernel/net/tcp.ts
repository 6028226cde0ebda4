// TCP streams (tcp(7), RFC 9293) as far as programs can tell: handshake, ordered data with windows and retransmission, half-close,
// reset, time-outs. Segments are as large as the window allows: the link's MTU does not cut them.

import type { Errno } from "../errno.ts";
import { SysError } from "../errno.ts";
import { ByteQueue } from "../pipe.ts";
import type { SocketInfo } from "../sys.ts";
import type { Timer } from "../timer-queue.ts";
import { WaitQueue } from "../wait-queue.ts";
import type { Family } from "./address.ts";
import type { NetNamespace } from "./net-namespace.ts";
import type { TcpSegment } from "./packet.ts";

const RECEIVE_CAPACITY = 131072;
const SEND_CAPACITY = 131072;
const LARGEST_SEGMENT = 65160;
const FIRST_TIMEOUT_US = 1_000_000;
const DATA_TIMEOUT_US = 210_000;
/** tcp_syn_retries 6: ETIMEDOUT after 127 s; tcp_retries2 15. */
const SYN_RETRIES = 6;
const DATA_RETRIES = 15;
const TIME_WAIT_US = 60_000_000;
const EMPTY = new Uint8Array(0);

export type TcpState = "CLOSED" | "LISTEN" | "SYN-SENT" | "SYN-RECV" | "ESTAB" | "FIN-WAIT-1" | "FIN-WAIT-2" | "CLOSE-WAIT" | "CLOSING" | "LAST-ACK" | "TIME-WAIT";

interface Sent {
  readonly sequence: number;
  readonly length: number;
  readonly segment: Pick<TcpSegment, "syn" | "fin" | "data">;
}

export class TcpConnection {
  readonly namespace: NetNamespace;
  readonly family: Family;
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  readonly waiters = new WaitQueue();
  readonly inode: number;
  ownerUid = 0;
  state: TcpState = "CLOSED";
  error: Errno | undefined;
  readonly #received = new ByteQueue();
  readonly #toSend = new ByteQueue();
  #unacknowledged: Sent[] = [];
  #sendNext = 0;
  #inFlight = 0;
  #receiveNext = 0;
  #peerWindow = RECEIVE_CAPACITY;
  #advertised = RECEIVE_CAPACITY;
  #finQueued = false;
  #finSent = false;
  #finReceived = false;
  #readShut = false;
  #timer: Timer | undefined;
  #retries = 0;
  /** nobody holds a descriptor any more */
  #orphaned = false;
  onEstablished: (() => void) | undefined;

  constructor(namespace: NetNamespace, family: Family, local: { address: string; port: number }, remote: { address: string; port: number }) {
    this.namespace = namespace;
    this.family = family;
    this.local = local;
    this.remote = remote;
    this.inode = namespace.kernel.nextAnonymousInode();
  }

  get receiveQueueBytes(): number {
    return this.#received.length;
  }

  get sendQueueBytes(): number {
    return this.#toSend.length + this.#inFlight;
  }

  /** State as ss shows it. */
  shownState(): SocketInfo["state"] {
    switch (this.state) {
      case "SYN-SENT": return "SYN-SENT";
      case "TIME-WAIT": return "TIME-WAIT";
      case "CLOSE-WAIT":
      case "LAST-ACK": return "CLOSE-WAIT";
      case "LISTEN": return "LISTEN";
      case "CLOSED": return "UNCONN";
      default: return "ESTAB";
    }
  }

  // ---- opening

  open(): void {
    this.state = "SYN-SENT";
    this.namespace.statistics.tcp.activeOpens++;
    this.#transmit({ syn: true, fin: false, data: EMPTY });
  }

  openPassively(): void {
    this.state = "SYN-RECV";
    this.#receiveNext = 1;
    this.#transmit({ syn: true, fin: false, data: EMPTY });
  }

  // ---- the program's side

  /** Undefined: wait. Empty: end of stream. Errors: ECONNRESET, ETIMEDOUT... once. */
  read(maxBytes: number): Uint8Array | undefined {
    if (this.#received.length > 0) {
      const bytes = this.#received.shift(maxBytes);
      const free = RECEIVE_CAPACITY - this.#received.length;
      if (this.#advertised < RECEIVE_CAPACITY / 2 && free >= RECEIVE_CAPACITY / 2 && !this.#finReceived) this.#acknowledge();
      return bytes;
    }
    if (this.error) this.#throwError();
    if (this.#finReceived || this.#readShut || this.state === "CLOSED") return EMPTY;
    return undefined;
  }

  peek(): boolean {
    return this.#received.length > 0 || this.#finReceived || this.#readShut || this.error !== undefined || this.state === "CLOSED";
  }

  #throwError(): never {
    const error = this.error ?? "ECONNRESET";
    this.error = undefined;
    throw new SysError(error);
  }

  /** Bytes taken; 0: wait. Errors: EPIPE, ECONNRESET. */
  write(bytes: Uint8Array): number {
    if (this.error) this.#throwError();
    if (this.#finQueued || this.state === "CLOSED" || this.state === "TIME-WAIT") throw new SysError("EPIPE");
    const room = SEND_CAPACITY - this.#toSend.length - this.#inFlight;
    if (room <= 0) return 0;
    const count = Math.min(room, bytes.length);
    this.#toSend.push(count === bytes.length ? bytes : bytes.subarray(0, count));
    this.#flush();
    return count;
  }

  get writable(): boolean {
    return this.error !== undefined || this.#finQueued || this.state === "CLOSED" || ((this.state === "ESTAB" || this.state === "CLOSE-WAIT") && this.#toSend.length + this.#inFlight < SEND_CAPACITY / 2);
  }

  get peerClosed(): boolean {
    return this.#finReceived || this.state === "CLOSED";
  }

  shutdown(how: "read" | "write" | "both"): void {
    if (how !== "write") this.#readShut = true;
    if (how !== "read" && !this.#finQueued) {
      this.#finQueued = true;
      this.#flush();
    }
    this.waiters.wake();
  }

  /** The last descriptor went: data on its way still goes, unread data is refused by a reset. */
  close(): void {
    this.#orphaned = true;
    if (this.state === "SYN-SENT" || this.state === "CLOSED") {
      this.#end();
      return;
    }
    if (this.#received.length > 0 && this.state !== "TIME-WAIT") {
      this.namespace.statistics.tcpExt.abortOnClose++;
      this.#send({ syn: false, fin: false, rst: true, data: EMPTY }, this.#sendNext);
      this.#end();
      return;
    }
    this.shutdown("both");
    if (this.state === "FIN-WAIT-2") this.#armOrphan();
  }

  #armOrphan(): void {
    this.#disarm();
    const { kernel } = this.namespace;
    this.#timer = kernel.timers.arm(kernel.nowUs + TIME_WAIT_US, () => this.#end());
  }

  abort(): void {
    this.#send({ syn: false, fin: false, rst: true, data: EMPTY }, this.#sendNext);
    this.#end();
  }

  // ---- sending

  #flush(): void {
    if (this.state !== "ESTAB" && this.state !== "CLOSE-WAIT" && this.state !== "FIN-WAIT-1" && this.state !== "LAST-ACK") return;
    while (this.#toSend.length > 0 && this.#inFlight < this.#peerWindow) {
      const count = Math.min(LARGEST_SEGMENT, this.#toSend.length, this.#peerWindow - this.#inFlight);
      this.#transmit({ syn: false, fin: false, data: this.#toSend.shift(count) });
    }
    if (this.#finQueued && !this.#finSent && this.#toSend.length === 0) {
      this.#finSent = true;
      this.state = this.state === "CLOSE-WAIT" ? "LAST-ACK" : "FIN-WAIT-1";
      this.#transmit({ syn: false, fin: true, data: EMPTY });
    }
    if (this.#toSend.length > 0 && this.#unacknowledged.length === 0 && !this.#timer) this.#arm(DATA_TIMEOUT_US);
  }

  #transmit(part: Pick<TcpSegment, "syn" | "fin" | "data">): void {
    const length = part.data.length + Number(part.syn) + Number(part.fin);
    const sent: Sent = { sequence: this.#sendNext, length, segment: part };
    this.#unacknowledged.push(sent);
    this.#sendNext += length;
    this.#inFlight += part.data.length;
    if (!part.syn) this.namespace.statistics.tcpExt.origDataSent++;
    if (!this.#timer) this.#arm(part.syn ? FIRST_TIMEOUT_US : DATA_TIMEOUT_US);
    this.#send({ ...part, rst: false }, sent.sequence);
  }

  #send(part: Pick<TcpSegment, "syn" | "fin" | "data" | "rst">, sequence: number, again = false): void {
    this.#advertised = Math.max(0, RECEIVE_CAPACITY - this.#received.length);
    const { tcp } = this.namespace.statistics;
    if (part.rst) tcp.outRsts++;
    // what is sent again counts as RetransSegs only; a SYN-ACK is made anew (tcp_make_synack)
    if (again && this.state !== "SYN-RECV") tcp.retransSegs++;
    else {
      tcp.outSegs++;
      if (again) tcp.retransSegs++;
    }
    const first = part.syn && this.state === "SYN-SENT";
    try {
      this.namespace.send({
        family: this.family, source: this.local.address, destination: this.remote.address, ttl: this.namespace.defaultTtl(),
        payload: { protocol: "tcp", sourcePort: this.local.port, destinationPort: this.remote.port, ...part, ack: !first, sequence, acknowledged: this.#receiveNext, window: this.#advertised },
      });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      // a first SYN that cannot leave fails at once; later segments are tried again
      if (first && this.#retries === 0 && error.errno !== "EPERM") this.#fail(error.errno);
    }
  }

  #acknowledge(): void {
    this.#send({ syn: false, fin: false, rst: false, data: EMPTY }, this.#sendNext);
  }

  #arm(delayUs: number): void {
    const { kernel } = this.namespace;
    this.#timer = kernel.timers.arm(kernel.nowUs + delayUs, () => {
      this.#timer = undefined;
      this.#timeout(delayUs);
    });
  }

  #disarm(): void {
    if (this.#timer) this.namespace.kernel.timers.cancel(this.#timer);
    this.#timer = undefined;
  }

  #timeout(delayUs: number): void {
    const oldest = this.#unacknowledged[0];
    if (!oldest) {
      // the window is shut: ask whether it still is
      if (this.#toSend.length > 0) {
        this.#acknowledge();
        this.#arm(Math.min(120_000_000, delayUs * 2));
      }
      return;
    }
    const { tcpExt } = this.namespace.statistics;
    if (this.state !== "SYN-RECV") tcpExt.timeouts++;
    if (this.#retries >= (oldest.segment.syn ? SYN_RETRIES : DATA_RETRIES)) {
      tcpExt.abortOnTimeout++;
      this.#fail("ETIMEDOUT");
      return;
    }
    this.#retries++;
    this.#arm(Math.min(120_000_000, delayUs * 2));
    if (oldest.segment.syn) tcpExt.synRetrans++;
    this.#send({ ...oldest.segment, rst: false }, oldest.sequence, true);
  }

  #fail(error: Errno): void {
    this.error = error;
    if (this.state === "SYN-SENT") this.namespace.statistics.tcp.attemptFails++;
    this.#end();
  }

  #end(): void {
    this.#disarm();
    if (this.state === "ESTAB" || this.state === "CLOSE-WAIT") this.namespace.statistics.tcp.estabResets++;
    this.state = "CLOSED";
    this.namespace.sockets.removeConnection(this);
    this.waiters.wake();
  }

  // ---- receiving

  receive(segment: TcpSegment): void {
    if (segment.rst) {
      if (this.state === "SYN-RECV") {
        this.namespace.statistics.tcp.attemptFails++;
        this.namespace.statistics.tcpExt.embryonicRsts++;
      }
      if (this.state === "SYN-SENT") this.#fail("ECONNREFUSED");
      else if (this.state !== "TIME-WAIT") this.#fail(this.#finReceived && this.#finQueued ? "EPIPE" : "ECONNRESET");
      else this.#end();
      return;
    }
    this.#peerWindow = segment.window;
    if (this.state === "SYN-SENT") {
      if (!segment.syn) return;
      this.#receiveNext = segment.sequence + 1;
      this.#takeAcknowledgement(segment.acknowledged);
      this.state = "ESTAB";
      this.#acknowledge();
      this.onEstablished?.();
      this.waiters.wake();
      this.#flush();
      return;
    }
    if (segment.syn) {
      // a repeated SYN or SYN-ACK: its answer was lost
      if (this.state !== "SYN-RECV") this.#acknowledge();
      return;
    }
    if (segment.ack) this.#takeAcknowledgement(segment.acknowledged);
    if (this.state === "SYN-RECV" && segment.ack) {
      this.state = "ESTAB";
      this.namespace.statistics.tcp.passiveOpens++;
      this.onEstablished?.();
    }
    const length = segment.data.length + Number(segment.fin);
    if (length > 0) {
      if (segment.sequence === this.#receiveNext && segment.data.length <= Math.max(1, RECEIVE_CAPACITY * 2 - this.#received.length)) {
        this.#receiveNext += length;
        if (segment.data.length > 0) {
          if (this.#orphaned) {
            this.namespace.statistics.tcpExt.abortOnData++;
            this.abort();
            return;
          }
          if (!this.#readShut) this.#received.pushOwned(segment.data);
        }
        if (segment.fin) this.#takeFin();
      }
      if (this.state !== "CLOSED") this.#acknowledge();
    }
    this.#flush();
    this.waiters.wake();
  }

  #takeFin(): void {
    this.#finReceived = true;
    if (this.state === "ESTAB") this.state = "CLOSE-WAIT";
    else if (this.state === "FIN-WAIT-1") this.state = "CLOSING";
    else if (this.state === "FIN-WAIT-2") this.#timeWait();
  }

  #takeAcknowledgement(acknowledged: number): void {
    let progress = false;
    for (let first = this.#unacknowledged[0]; first && first.sequence + first.length <= acknowledged; first = this.#unacknowledged[0]) {
      this.#unacknowledged.shift();
      this.#inFlight -= first.segment.data.length;
      progress = true;
      if (first.segment.fin) {
        if (this.state === "FIN-WAIT-1") {
          this.state = "FIN-WAIT-2";
          if (this.#orphaned) this.#armOrphan();
        } else if (this.state === "CLOSING") this.#timeWait();
        else if (this.state === "LAST-ACK") {
          this.#end();
          return;
        }
      }
    }
    if (!progress) return;
    this.#retries = 0;
    if (this.state === "FIN-WAIT-2" || this.state === "TIME-WAIT") return;
    this.#disarm();
    if (this.#unacknowledged.length > 0) this.#arm(DATA_TIMEOUT_US);
  }

  #timeWait(): void {
    this.state = "TIME-WAIT";
    this.#disarm();
    const { kernel } = this.namespace;
    this.#timer = kernel.timers.arm(kernel.nowUs + TIME_WAIT_US, () => {
      this.namespace.statistics.tcpExt.timeWaited++;
      this.#end();
    });
  }

  /** ICMP said that the other end cannot be reached. */
  unreachable(code: number): void {
    const error: Errno = code === 3 || code === 2 ? "ECONNREFUSED" : code === 0 ? "ENETUNREACH" : "EHOSTUNREACH";
    if (this.state === "SYN-SENT") this.#fail(error);
  }
}
