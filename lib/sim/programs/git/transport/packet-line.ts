// The framing of git's protocol (gitprotocol-common(5), "pkt-line"): four hexadecimal digits of length, then the data; "0000" ends a section.
import { type Blocking, type Sys, SysError, concatBytes, decode, encode } from "../../../kernel/sys.ts";
import { writeFd } from "../store/file-bytes.ts";

/** The other side went away. */
export class HungUp extends Error {}

export class PacketReader {
  readonly #sys: Sys;
  readonly #fd: number;
  #buffer: Uint8Array = new Uint8Array(0);

  constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
  }

  *#fill(count: number): Blocking<boolean> {
    while (this.#buffer.length < count) {
      const more = yield* this.#sys.read(this.#fd, 65536);
      if (more.length === 0) return false;
      this.#buffer = new Uint8Array(concatBytes([this.#buffer, more]));
    }
    return true;
  }

  /** Undefined for a flush. Throws HungUp. */
  *packet(): Blocking<Uint8Array | undefined> {
    if (!(yield* this.#fill(4))) throw new HungUp();
    const length = Number.parseInt(decode(this.#buffer.subarray(0, 4)), 16);
    if (Number.isNaN(length)) throw new HungUp();
    if (length < 4) {
      this.#buffer = this.#buffer.slice(4);
      return undefined;
    }
    if (!(yield* this.#fill(length))) throw new HungUp();
    const data = this.#buffer.slice(4, length);
    this.#buffer = this.#buffer.slice(length);
    return data;
  }

  *line(): Blocking<string | undefined> {
    const data = yield* this.packet();
    return data === undefined ? undefined : decode(data).replace(/\n$/, "");
  }

  /** Everything up to the end: a pack. */
  *rest(): Blocking<Uint8Array> {
    const parts = [this.#buffer];
    for (;;) {
      const more = yield* this.#sys.read(this.#fd, 262144);
      if (more.length === 0) return concatBytes(parts);
      parts.push(more);
    }
  }
}

export function packet(data: Uint8Array | string): Uint8Array {
  const bytes = typeof data === "string" ? encode(data) : data;
  return concatBytes([encode((bytes.length + 4).toString(16).padStart(4, "0")), bytes]);
}

export const FLUSH = encode("0000");

export function* send(sys: Sys, fd: number, ...parts: readonly Uint8Array[]): Blocking<void> {
  try {
    yield* writeFd(sys, fd, concatBytes(parts));
  } catch (error) {
    if (error instanceof SysError && error.errno === "EPIPE") throw new HungUp();
    throw error;
  }
}
