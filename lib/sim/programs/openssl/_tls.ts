// TLS between s_client and s_server: the records of RFC 8446 with hellos, the server's certificates and its signature over both hellos. Nothing is
// encrypted: nobody in the simulation reads the wire but tcpdump, which shows lengths. What a key proves and what a chain is worth is real.
import { type Blocking, concatBytes, decode, encode, POLL, type Sys, SysError } from "../../kernel/sys.ts";
import type { Call } from "./_call.ts";
import { type Certificate, parseCertificate } from "./_certificate.ts";
import { BadDer } from "../kit/crypto/der.ts";
import type { SecretKey } from "../kit/crypto/key-der.ts";
import { signWith, verifyWith } from "./_keys.ts";

const RECORD = { ALERT: 0x15, HANDSHAKE: 0x16, DATA: 0x17 } as const;
const HANDSHAKE = { CLIENT_HELLO: 1, SERVER_HELLO: 2, CERTIFICATE: 11, CERTIFICATE_VERIFY: 15, FINISHED: 20 } as const;

export const ALERT = { CLOSE_NOTIFY: 0, BAD_CERTIFICATE: 42, UNKNOWN_CA: 48 } as const;
const LARGEST_RECORD_BYTES = 16_384;
const RANDOM_BYTES = 32;
const PATIENCE_US = 5_000_000;

interface TlsRecord {
  readonly type: number;
  readonly body: Uint8Array;
}

/** What the other end speaks is no TLS. */
export class NoTls extends Error {}

/** The other end hung up in the handshake. */
export class TlsEnded extends Error {}

export class TlsConnection {
  readonly #sys: Sys;
  readonly fd: number;
  #buffered: Uint8Array = new Uint8Array(0);
  readBytes = 0;
  writtenBytes = 0;

  constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.fd = fd;
  }

  *#send(type: number, body: Uint8Array): Blocking<void> {
    const bytes = concatBytes([Uint8Array.of(type, 3, 3, body.length >> 8, body.length & 255), body]);
    for (let at = 0; at < bytes.length; ) at += yield* this.#sys.write(this.fd, bytes.subarray(at));
    this.writtenBytes += bytes.length;
  }

  *alert(description: number): Blocking<void> {
    yield* this.#send(RECORD.ALERT, Uint8Array.of(description === ALERT.CLOSE_NOTIFY ? 1 : 2, description));
  }

  *data(bytes: Uint8Array): Blocking<void> {
    for (let at = 0; at < bytes.length; at += LARGEST_RECORD_BYTES) yield* this.#send(RECORD.DATA, bytes.subarray(at, at + LARGEST_RECORD_BYTES));
  }

  *handshake(type: number, body: Uint8Array): Blocking<void> {
    yield* this.#send(RECORD.HANDSHAKE, concatBytes([Uint8Array.of(type, body.length >> 16, (body.length >> 8) & 255, body.length & 255), body]));
  }

  /** The next whole record; undefined at the end. Throws NoTls. */
  *record(): Blocking<TlsRecord | undefined> {
    for (;;) {
      const [type = 0, major = 3, , high = 0, low = 0] = this.#buffered;
      if (this.#buffered.length > 1 && (type < RECORD.ALERT || type > RECORD.DATA || major !== 3)) throw new NoTls();
      const end = 5 + high * 256 + low;
      if (this.#buffered.length >= 5 && this.#buffered.length >= end) {
        const body = this.#buffered.slice(5, end);
        this.#buffered = this.#buffered.slice(end);
        return { type, body };
      }
      const bytes = yield* this.#sys.read(this.fd, 65_536);
      if (bytes.length === 0) return undefined;
      this.readBytes += bytes.length;
      this.#buffered = concatBytes([this.#buffered, bytes]);
    }
  }

  /** Whether a whole record was read already, so that poll would wait in vain. */
  get pending(): boolean {
    const [, , , high = 0, low = 0] = this.#buffered;
    return this.#buffered.length >= 5 && this.#buffered.length >= 5 + high * 256 + low;
  }

  /** A message of the handshake. Throws NoTls, TlsEnded. */
  *expect(wanted: number): Blocking<Uint8Array> {
    const record = yield* this.record();
    if (record === undefined || record.type !== RECORD.HANDSHAKE || record.body[0] !== wanted) throw new TlsEnded();
    return record.body.subarray(4);
  }
}

function certificatesDer(chain: readonly Certificate[]): Uint8Array {
  return concatBytes(chain.map(({ whole }) => concatBytes([Uint8Array.of(whole.length >> 16, (whole.length >> 8) & 255, whole.length & 255), whole])));
}

function certificatesOf(bytes: Uint8Array): Certificate[] {
  const list: Certificate[] = [];
  for (let at = 0; at + 3 <= bytes.length; ) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const length = a * 65_536 + b * 256 + c;
    list.push(parseCertificate(bytes.slice(at + 3, at + 3 + length)));
    at += 3 + length;
  }
  return list;
}

const verifyContext = encode("TLS 1.3, server CertificateVerify\0");

export interface ServerFacts {
  readonly chain: readonly Certificate[];
  /** the server has the key of its certificate */
  readonly proven: boolean;
}

/** The client's side, up to the server's proof. Throws NoTls, TlsEnded. */
export function* greetServer(call: Call, connection: TlsConnection, serverName: string): Blocking<ServerFacts> {
  const hello = concatBytes([call.sys.random(RANDOM_BYTES), encode(serverName)]);
  yield* connection.handshake(HANDSHAKE.CLIENT_HELLO, hello);
  // a server of another protocol may wait for the end of a line that never comes
  if ((yield* call.sys.poll([{ fd: connection.fd, events: POLL.IN }], PATIENCE_US)).length === 0) throw new TlsEnded();
  const answer = yield* connection.expect(HANDSHAKE.SERVER_HELLO);
  let chain: Certificate[];
  try {
    chain = certificatesOf(yield* connection.expect(HANDSHAKE.CERTIFICATE));
  } catch (error) {
    if (error instanceof BadDer) throw new TlsEnded();
    throw error;
  }
  const signature = yield* connection.expect(HANDSHAKE.CERTIFICATE_VERIFY);
  const [leaf] = chain;
  const message = concatBytes([verifyContext, hello, answer]);
  return { chain, proven: leaf !== undefined && (yield* verifyWith(call, leaf.key, leaf.key.kind === "ed25519" ? "" : "sha256", message, signature)) };
}

/** The end of the client's handshake. */
export function* finish(connection: TlsConnection): Blocking<void> {
  yield* connection.handshake(HANDSHAKE.FINISHED, new Uint8Array(32));
}

/** The server's side, up to the client's last word; the alert that it sent instead where it did. Throws NoTls, TlsEnded. */
export function* greetClient(call: Call, connection: TlsConnection, chain: readonly Certificate[], key: SecretKey): Blocking<{ readonly serverName: string; readonly alert: number | undefined }> {
  const hello = yield* connection.expect(HANDSHAKE.CLIENT_HELLO);
  const answer = call.sys.random(RANDOM_BYTES);
  yield* connection.handshake(HANDSHAKE.SERVER_HELLO, answer);
  yield* connection.handshake(HANDSHAKE.CERTIFICATE, certificatesDer(chain));
  yield* connection.handshake(HANDSHAKE.CERTIFICATE_VERIFY, yield* signWith(call, key, key.kind === "ed25519" ? "" : "sha256", concatBytes([verifyContext, hello, answer])));
  const serverName = decode(hello.subarray(RANDOM_BYTES));
  const last = yield* connection.record();
  if (last === undefined) throw new TlsEnded();
  return { serverName, alert: last.type === RECORD.ALERT ? (last.body[1] ?? 0) : undefined };
}

/** Carries bytes both ways until one end is through: "input" when `take` says so or standard input ends, "peer" when the other end closes. */
export function* exchange(sys: Sys, connection: TlsConnection, take: (bytes: Uint8Array) => Blocking<boolean>, show: (bytes: Uint8Array) => Blocking<void>): Blocking<"input" | "peer" | "eof"> {
  try {
    for (;;) {
      const ready = connection.pending ? [{ fd: connection.fd }] : yield* sys.poll([{ fd: connection.fd, events: POLL.IN }, { fd: 0, events: POLL.IN }], null);
      if (ready.some(({ fd }) => fd === connection.fd)) {
        const record = yield* connection.record();
        if (record === undefined) return "eof";
        if (record.type === RECORD.ALERT) return "peer";
        if (record.type === RECORD.DATA) yield* show(record.body);
        continue;
      }
      const bytes = yield* sys.read(0, 8192);
      if (!(yield* take(bytes))) return "input";
    }
  } catch (error) {
    if (error instanceof SysError) return "eof";
    throw error;
  }
}
