// openssl s_client: a connection by hand, and what the server's certificates are worth.
import { type Blocking, decode, SysError } from "../../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../../daemons/resolver/api.ts";
import { bitLength } from "../../kit/crypto/big-number.ts";
import type { OpenKey } from "../../kit/crypto/key-der.ts";
import { pem } from "../../kit/crypto/pem.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import { type Certificate, nameText, timeText } from "../_certificate.ts";
import { type ChainError, type ChainPool, chainPool, checkChain } from "../_chain.ts";
import { objectName } from "../_names.ts";
import { ALERT, exchange, finish, greetServer, NoTls, type ServerFacts, TlsConnection, TlsEnded } from "../_tls.ts";

export const sClientShape: Shape = {
  flags: ["quiet", "showcerts", "brief", "debug", "4", "6", "tls1_2", "tls1_3", "no_tls1_3", "ign_eof", "no_ign_eof", "status", "crlf", "verify_return_error", "prexit", "noservername", "crl_check", "crl_check_all", "partial_chain", "no_check_time"],
  values: ["connect", "host", "port", "servername", "starttls", "CAfile", "CApath", "cert", "key", "verify", "verify_hostname", "cipher", "alpn", "attime"],
};

/** A connected socket. Throws OpensslFailure. */
function* connected(call: Call): Blocking<{ readonly fd: number; readonly host: string }> {
  const target = call.get("connect") ?? call.words[0] ?? `${call.get("host") ?? "localhost"}:${call.get("port") ?? "4433"}`;
  const colon = target.lastIndexOf(":");
  const host = (colon < 0 ? target : target.slice(0, colon)).replace(/^\[(.*)\]$/, "$1") || "localhost";
  const port = colon < 0 ? 4433 : Number(target.slice(colon + 1).replace(/^https$/, "443").replace(/^ssh$/, "22").replace(/^http$/, "80").replace(/^smtp$/, "25"));
  if (Number.isNaN(port)) throw new OpensslFailure(`${errorLine("10080002", "BIO routines", "BIO_lookup_ex", "system lib", "../crypto/bio/bio_addr.c:746", "Servname not supported for ai_socktype")}\nconnect:errno=0\n`);
  let addresses: readonly string[];
  try {
    addresses = host.includes(":") ? [host] : yield* lookUpHost(call.sys, host);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    throw new OpensslFailure(`${errorLine("10080002", "BIO routines", "BIO_lookup_ex", "system lib", "../crypto/bio/bio_addr.c:746", error.message)}\nconnect:errno=22\n`);
  }
  let fd = -1;
  let failure: SysError | undefined;
  for (const address of addresses) {
    const family = address.includes(":") ? "inet6" : "inet";
    fd = call.sys.socket(family, "stream");
    try {
      yield* call.sys.connect(fd, { family, address, port });
      failure = undefined;
      break;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      failure = error;
      call.sys.close(fd);
    }
  }
  if (failure !== undefined) {
    const number = new Map([["ECONNREFUSED", 111], ["ETIMEDOUT", 110], ["EHOSTUNREACH", 113], ["ENETUNREACH", 101], ["EACCES", 13]]).get(failure.errno) ?? 111;
    throw new OpensslFailure(`${errorLine(`800000${number.toString(16).toUpperCase().padStart(2, "0")}`, "system library", "BIO_connect", failure.message, "../crypto/bio/bio_sock2.c:117", "calling connect()")}\n${errorLine("10000067", "BIO routines", "BIO_connect", "connect error", "../crypto/bio/bio_sock2.c:119")}\nconnect:errno=${number}\n`);
  }
  return { fd, host };
}

const subjectLine = (one: Certificate, depth: number): string => `depth=${depth} ${nameText(one.subject)}\n`;

/** What the callback tells of each certificate, from the authority down; the code that stays. */
function verdictLines(chain: readonly Certificate[], error: ChainError | undefined, brief: boolean): { readonly text: string; readonly code: number; readonly reason: string } {
  let [code, reason, text] = [error?.code ?? 0, error?.text ?? "ok", ""];
  if (error !== undefined) {
    text += `${subjectLine(error.certificate, error.depth)}verify error:num=${error.code}:${error.text}\n`;
    if (error.code === 10) text += `notAfter=${timeText(error.certificate.notAfter)}\n`;
    if (!brief) text += "verify return:1\n";
    if (error.code === 20) {
      [code, reason] = [21, "unable to verify the first certificate"];
      text += `${subjectLine(error.certificate, error.depth)}verify error:num=21:${reason}\n${brief ? "" : "verify return:1\n"}`;
    }
  }
  if (!brief) for (const [index, one] of [...chain.entries()].reverse()) text += `${subjectLine(one, index)}${error?.code === 10 && one === error.certificate ? `notAfter=${timeText(one.notAfter)}\n` : ""}verify return:1\n`;
  return { text, code, reason };
}

function keyWords(key: OpenKey): { readonly name: string; readonly bits: number; readonly signature: string } {
  if (key.kind === "rsa") return { name: "rsaEncryption", bits: bitLength(key.rsa.n), signature: "RSA-PSS" };
  return key.kind === "ec" ? { name: "id-ecPublicKey", bits: bitLength(key.curve.order), signature: "ECDSA" } : { name: "ED25519", bits: 256, signature: "Ed25519" };
}

function chainText(call: Call, chain: readonly Certificate[]): string {
  return `Certificate chain\n${chain.map((one, index) => {
    const { name, bits } = keyWords(one.key);
    return ` ${index} s:${nameText(one.subject)}\n   i:${nameText(one.issuer)}\n   a:PKEY: ${name}, ${bits} (bit); sigalg: ${objectName(one.signatureOid).short}\n   v:NotBefore: ${timeText(one.notBefore)}; NotAfter: ${timeText(one.notAfter)}\n${call.has("showcerts") ? pem("CERTIFICATE", one.whole) : ""}`;
  }).join("")}---\n`;
}

/** The whole report on standard output. */
function report(call: Call, connection: TlsConnection, facts: ServerFacts | undefined, code: number, reason: string, failed: boolean): string {
  const leaf = facts?.chain[0];
  const head = facts === undefined ? "" : chainText(call, facts.chain);
  const certificate = leaf === undefined || failed ? "no peer certificate available\n" : `Server certificate\n${call.has("showcerts") ? "" : pem("CERTIFICATE", leaf.whole)}subject=${nameText(leaf.subject)}\nissuer=${nameText(leaf.issuer)}\n`;
  const words = leaf === undefined ? undefined : keyWords(leaf.key);
  const signing = words === undefined || failed ? "" : `${words.signature === "Ed25519" ? "" : "Peer signing digest: SHA256\n"}Peer signature type: ${words.signature}\n`;
  const exchanged = words === undefined ? "" : "Server Temp Key: X25519, 253 bits\n";
  const suite = leaf === undefined ? "New, (NONE), Cipher is (NONE)\n" : `New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384\n${failed || words === undefined ? "" : `Server public key is ${words.bits} bit\n`}`;
  return `---\n${head}${certificate}---\nNo client certificate CA names sent\n${signing}${exchanged}---\nSSL handshake has read ${connection.readBytes} bytes and written ${connection.writtenBytes} bytes\n${code === 0 ? "Verification: OK" : `Verification error: ${reason}`}\n---\n${suite}Secure Renegotiation IS NOT supported\nCompression: NONE\nExpansion: NONE\nNo ALPN negotiated\nEarly data was not sent\nVerify return code: ${code} (${reason})\n---\n`;
}

/** The server's certificates, what they are worth, and the end of the handshake. Undefined where it failed. */
function* shakeHands(call: Call, connection: TlsConnection, host: string, pool: ChainPool): Blocking<{ readonly facts: ServerFacts; readonly code: number; readonly reason: string } | undefined> {
  const brief = call.has("brief");
  let facts: ServerFacts;
  // only a name with a domain is told to the server by itself
  const ownName = host.includes(".") && !/^[\d.]+$/.test(host) ? host : "";
  const serverName = call.has("noservername") ? "" : (call.get("servername") ?? ownName);
  try {
    facts = yield* greetServer(call, connection, serverName);
  } catch (error) {
    if (!(error instanceof NoTls || error instanceof TlsEnded || error instanceof SysError)) throw error;
    yield* call.note(error instanceof NoTls
      ? `${errorLine("0A00010B", "SSL routines", "ssl3_get_record", "wrong version number", "../ssl/record/ssl3_record.c:354")}\n`
      : `${errorLine("0A000126", "SSL routines", "ssl3_read_n", "unexpected eof while reading", "../ssl/record/rec_layer_s3.c:322")}\n`);
    if (!brief && !call.has("quiet")) call.put(report(call, connection, undefined, 0, "ok", true));
    return undefined;
  }
  const [leaf] = facts.chain;
  if (leaf === undefined) return undefined;
  if (serverName === "") yield* call.note("Can't use SSL_get_servername\n");
  const { chain, error } = yield* checkChain(call, leaf, { ...pool, untrusted: [...pool.untrusted, ...facts.chain.slice(1)] });
  const refused = (error !== undefined && call.has("verify_return_error")) || !facts.proven;
  const { text, code, reason } = verdictLines(chain, error, brief || refused);
  yield* call.note(brief && error === undefined ? "" : text);
  if (!refused) {
    yield* finish(connection);
    return { facts, code, reason };
  }
  yield* connection.alert(error?.code === 20 || error?.code === 19 || error?.code === 18 ? ALERT.UNKNOWN_CA : ALERT.BAD_CERTIFICATE);
  yield* call.note(`${facts.proven ? errorLine("0A000086", "SSL routines", "tls_post_process_server_certificate", "certificate verify failed", "../ssl/statem/statem_clnt.c:1889") : errorLine("0A00007B", "SSL routines", "tls_process_cert_verify", "bad signature", "../ssl/statem/statem_lib.c:531")}\n`);
  if (!brief && !call.has("quiet")) call.put(report(call, connection, facts, code, reason, true));
  return undefined;
}

export function* sClient(call: Call): Blocking<number> {
  const pool = yield* chainPool(call);
  const { fd, host } = yield* connected(call);
  const [brief, quiet] = [call.has("brief"), call.has("quiet")];
  if (!brief && !quiet) {
    call.put("CONNECTED(00000003)\n");
    yield* call.io.out.flush();
  }
  const connection = new TlsConnection(call.sys, fd);
  const hands = yield* shakeHands(call, connection, host, pool);
  if (hands === undefined) {
    call.sys.close(fd);
    return 1;
  }
  const { facts, code, reason } = hands;
  const [leaf] = facts.chain;
  if (brief && leaf !== undefined) {
    const { signature } = keyWords(leaf.key);
    yield* call.note(`CONNECTION ESTABLISHED\nProtocol version: TLSv1.3\nCiphersuite: TLS_AES_256_GCM_SHA384\nPeer certificate: ${nameText(leaf.subject)}\n${signature === "Ed25519" ? "" : "Hash used: SHA256\n"}Signature type: ${signature}\n${code === 0 ? "Verification: OK" : `Verification error: ${reason}`}\nServer Temp Key: X25519, 253 bits\n`);
  } else if (!quiet) call.put(report(call, connection, facts, code, reason, false));
  yield* call.io.out.flush();
  const keepsOpen = call.has("ign_eof") || quiet;
  let lineStart = true;
  let ended = false;
  const end = yield* exchange(call.sys, connection, function* (bytes) {
    const text = decode(bytes);
    if (bytes.length === 0) {
      ended = true;
      // without input there is only the server to wait for
      return keepsOpen && (yield* waitForPeer(call, connection));
    }
    if (!keepsOpen && lineStart && text.startsWith("Q")) return false;
    lineStart = text.endsWith("\n");
    yield* connection.data(bytes);
    return true;
  }, function* (bytes) {
    yield* call.io.out.printBytes(bytes);
    yield* call.io.out.flush();
  });
  if (end === "input" && !(ended && keepsOpen)) {
    yield* call.note("DONE\n");
    yield* connection.alert(ALERT.CLOSE_NOTIFY);
  } else if (end === "eof") yield* call.note(`${errorLine("0A000126", "SSL routines", "ssl3_read_n", "unexpected eof while reading", "../ssl/record/rec_layer_s3.c:322")}\n`);
  else if (!quiet) call.put("closed\n");
  call.sys.close(fd);
  return end === "eof" ? 1 : 0;
}

/** Shows what still comes; false at its end. */
function* waitForPeer(call: Call, connection: TlsConnection): Blocking<boolean> {
  for (;;) {
    const record = yield* connection.record();
    if (record === undefined || record.type === 0x15) return false;
    yield* call.io.out.printBytes(record.body);
    yield* call.io.out.flush();
  }
}
