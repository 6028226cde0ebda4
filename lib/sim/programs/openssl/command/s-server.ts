// openssl s_server: waits for a connection, shows what comes and sends what is typed.
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { openKeyDer, openOf, type SecretKey } from "../../kit/crypto/key-der.ts";
import { sameBytes } from "../../kit/openpgp/public-key.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import type { Certificate } from "../_certificate.ts";
import { loadCertificates } from "../_chain.ts";
import { loadSecretKey } from "../_keys.ts";
import { ALERT, exchange, greetClient, NoTls, TlsConnection, TlsEnded } from "../_tls.ts";

export const sServerShape: Shape = {
  flags: ["quiet", "4", "6", "no_dhe", "tls1_2", "tls1_3", "state", "debug", "crlf"], values: ["accept", "port", "cert", "key", "cert_chain", "CAfile", "CApath", "naccept", "passin", "verify", "Verify", "cipher"],
};

function listenOn(sys: Sys, port: number): number {
  const fd = sys.socket("inet6", "stream");
  try {
    sys.setsockopt(fd, "reuseaddr", 1);
    sys.bind(fd, { family: "inet6", address: "::", port });
    sys.listen(fd, 128);
    return fd;
  } catch (error) {
    sys.close(fd);
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(`${errorLine(error.errno === "EACCES" ? "8000000D" : "80000062", "system library", "BIO_bind", error.message, "../crypto/bio/bio_sock2.c:161", "calling bind()")}\n${errorLine("10000075", "BIO routines", "BIO_bind", "unable to bind socket", "../crypto/bio/bio_sock2.c:162")}\n   0 items in the session cache\n`);
  }
}

/** One connection to its end; false when the person at the terminal ends the server. */
function* serve(call: Call, fd: number, chain: readonly Certificate[], key: SecretKey): Blocking<boolean> {
  const connection = new TlsConnection(call.sys, fd);
  const say = function* (text: string): Blocking<void> {
    if (!call.has("quiet")) call.put(text);
    yield* call.io.out.flush();
  };
  try {
    const { alert } = yield* greetClient(call, connection, chain, key);
    if (alert !== undefined) {
      const name = alert === ALERT.UNKNOWN_CA ? "tlsv1 alert unknown ca" : "sslv3 alert bad certificate";
      yield* say("ERROR\n");
      yield* call.note(`${errorLine(alert === ALERT.UNKNOWN_CA ? "0A000418" : "0A000412", "SSL routines", "ssl3_read_bytes", name, "../ssl/record/rec_layer_s3.c:1601", `SSL alert number ${alert}`)}\n`);
      yield* say("shutting down SSL\nCONNECTION CLOSED\n");
      return true;
    }
  } catch (error) {
    if (!(error instanceof NoTls || error instanceof TlsEnded || error instanceof SysError)) throw error;
    yield* say("ERROR\n");
    yield* call.note(error instanceof NoTls ? `${errorLine("0A00009C", "SSL routines", "ssl3_get_record", "http request", "../ssl/record/ssl3_record.c:345")}\n` : `${errorLine("0A000126", "SSL routines", "ssl3_read_n", "unexpected eof while reading", "../ssl/record/rec_layer_s3.c:322")}\n`);
    yield* say("shutting down SSL\nCONNECTION CLOSED\n");
    return true;
  }
  yield* say("CIPHER is TLS_AES_256_GCM_SHA384\nThis TLS version forbids renegotiation.\n");
  let quit = false;
  let lineStart = true;
  const end = yield* exchange(call.sys, connection, function* (bytes) {
    if (bytes.length === 0) {
      quit = true;
      return false;
    }
    const [first] = bytes;
    // Q ends the server, q the connection
    if (lineStart && (first === 0x51 || first === 0x71)) {
      quit = first === 0x51;
      return false;
    }
    lineStart = bytes.at(-1) === 10;
    yield* connection.data(bytes);
    return true;
  }, function* (bytes) {
    yield* call.io.out.printBytes(bytes);
    yield* call.io.out.flush();
  });
  if (end === "input") yield* connection.alert(ALERT.CLOSE_NOTIFY);
  yield* say(`${end === "input" ? "" : "DONE\n"}shutting down SSL\nCONNECTION CLOSED\n`);
  return !quit;
}

export function* sServer(call: Call): Blocking<number> {
  const file = call.get("cert") ?? "server.pem";
  const key = yield* loadSecretKey(call, call.get("key") ?? file, call.get("passin"));
  const certificates = yield* loadCertificates(call, file, "server certificate");
  const [leaf] = certificates;
  if (leaf === undefined || !sameBytes(leaf.keyBytes, openKeyDer(openOf(key)))) throw new OpensslFailure(`error setting private key\n${errorLine("05800074", "x509 certificate routines", "X509_check_private_key", "key values mismatch", "../crypto/x509/x509_cmp.c:405")}\n`);
  const more = call.has("cert_chain") ? yield* loadCertificates(call, call.get("cert_chain"), "certificate chain") : [];
  const authorities = call.has("CAfile") ? yield* loadCertificates(call, call.get("CAfile"), "certificate file") : [];
  const chain = [leaf, ...more];
  for (let last = chain.at(-1); last !== undefined && chain.length < 16; last = chain.at(-1)) {
    const { issuer, subject } = last;
    const next = sameBytes(issuer, subject) ? undefined : authorities.find((one) => sameBytes(one.subject, issuer));
    if (next === undefined) break;
    chain.push(next);
  }
  const place = call.get("accept") ?? call.get("port") ?? "4433";
  const listener = listenOn(call.sys, Number(place.slice(place.lastIndexOf(":") + 1)));
  if (!call.has("quiet")) call.put("Using default temp DH parameters\nACCEPT\n");
  yield* call.io.out.flush();
  const most = Number(call.get("naccept") ?? Number.POSITIVE_INFINITY);
  for (let count = 0; count < most; count++) {
    const { fd } = yield* call.sys.accept(listener);
    const goesOn = yield* serve(call, fd, chain, key);
    call.sys.close(fd);
    if (!goesOn) break;
  }
  call.sys.close(listener);
  return 0;
}
