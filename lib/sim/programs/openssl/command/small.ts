// Small commands of openssl: version, rand, prime, ciphers, asn1parse, rehash's hash, pkeyutl.
import { type Blocking, decode } from "../../../kernel/sys.ts";
import { isPrime } from "../../kit/crypto/prime.ts";
import { BadDer, type DerItem, oidOf, readDer } from "../../kit/crypto/der.ts";
import { pemBlocks } from "../../kit/crypto/pem.ts";
import { rsaDecrypt, rsaEncrypt } from "../../kit/crypto/rsa.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import { openOf } from "../../kit/crypto/key-der.ts";
import { loadOpenKey, loadSecretKey } from "../_keys.ts";
import { objectName } from "../_names.ts";
import { base64Lines } from "./enc.ts";

const VERSION = "OpenSSL 3.0.20 7 Apr 2026";

export const versionShape: Shape = { flags: ["a", "b", "c", "d", "e", "f", "m", "o", "p", "r", "v"], values: [] };

export function version(call: Call): number {
  const all = call.has("a");
  const lines: readonly (readonly [flag: string, text: string])[] = [
    ["v", `${VERSION} (Library: ${VERSION})`], ["b", "built on: Wed Apr  8 09:12:44 2026 UTC"], ["p", "platform: debian-amd64"], ["o", "options:  bn(64,64)"],
    ["f", "compiler: gcc -fPIC -pthread -m64 -Wa,--noexecstack -Wall -fzero-call-used-regs=used-gpr -DOPENSSL_TLS_SECURITY_LEVEL=2 -Wa,--noexecstack -g -O2"],
    ["d", "OPENSSLDIR: \"/usr/lib/ssl\""], ["e", "ENGINESDIR: \"/usr/lib/x86_64-linux-gnu/engines-3\""], ["m", "MODULESDIR: \"/usr/lib/x86_64-linux-gnu/ossl-modules\""], ["r", "Seeding source: os-specific"], ["c", "CPUINFO: OPENSSL_ia32cap=0x0:0x0"],
  ];
  const chosen = lines.filter(([flag]) => all || call.has(flag));
  for (const [, text] of chosen.length === 0 ? lines.slice(0, 1) : chosen) call.put(`${text}\n`);
  return 0;
}

export const randShape: Shape = { flags: ["hex", "base64"], values: ["out", "rand", "writerand"] };

export function* rand(call: Call): Blocking<number> {
  const [count] = call.words;
  if (count === undefined || !/^\d+$/.test(count) || Number(count) < 1) throw new OpensslFailure(count === undefined ? "rand: Use -help for summary.\n" : `rand: Can't parse "${count}" as a number\nrand: Use -help for summary.\n`);
  let left = Number(count);
  if (call.has("hex") || call.has("base64")) {
    const bytes = call.sys.random(left);
    yield* call.write(call.has("hex") ? `${toHex(bytes)}\n` : base64Lines(bytes));
    return 0;
  }
  while (left > 0 && call.get("out") === undefined) {
    const piece = Math.min(left, 4096);
    yield* call.write(call.sys.random(piece));
    left -= piece;
    if (call.sys.charge(40)) yield* call.sys.preempt();
  }
  if (left > 0) yield* call.write(call.sys.random(left));
  return 0;
}

export const primeShape: Shape = { flags: ["hex", "generate", "safe"], values: ["bits", "checks"] };

export function* prime(call: Call): Blocking<number> {
  for (const word of call.words) {
    if (!/^[0-9A-Fa-f]+$/.test(word) || (!call.has("hex") && !/^\d+$/.test(word))) throw new OpensslFailure(`Failed to process value (${word})\n`);
    const value = BigInt(call.has("hex") ? `0x${word}` : word);
    if (call.sys.charge(word.length ** 2)) yield* call.sys.preempt();
    call.put(`${value.toString(16).toUpperCase()} (${word}) is${isPrime(value) ? "" : " not"} prime\n`);
  }
  return 0;
}

/** name, protocol, key exchange, authentication, encryption, sum: the default list of Debian 12. */
const CIPHERS: readonly (readonly [string, string, string, string, string, string])[] = [
  ["TLS_AES_256_GCM_SHA384", "TLSv1.3", "any", "any", "AESGCM(256)", "AEAD"], ["TLS_CHACHA20_POLY1305_SHA256", "TLSv1.3", "any", "any", "CHACHA20/POLY1305(256)", "AEAD"], ["TLS_AES_128_GCM_SHA256", "TLSv1.3", "any", "any", "AESGCM(128)", "AEAD"],
  ["ECDHE-ECDSA-AES256-GCM-SHA384", "TLSv1.2", "ECDH", "ECDSA", "AESGCM(256)", "AEAD"], ["ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.2", "ECDH", "RSA", "AESGCM(256)", "AEAD"], ["DHE-RSA-AES256-GCM-SHA384", "TLSv1.2", "DH", "RSA", "AESGCM(256)", "AEAD"],
  ["ECDHE-ECDSA-CHACHA20-POLY1305", "TLSv1.2", "ECDH", "ECDSA", "CHACHA20/POLY1305(256)", "AEAD"], ["ECDHE-RSA-CHACHA20-POLY1305", "TLSv1.2", "ECDH", "RSA", "CHACHA20/POLY1305(256)", "AEAD"], ["DHE-RSA-CHACHA20-POLY1305", "TLSv1.2", "DH", "RSA", "CHACHA20/POLY1305(256)", "AEAD"],
  ["ECDHE-ECDSA-AES128-GCM-SHA256", "TLSv1.2", "ECDH", "ECDSA", "AESGCM(128)", "AEAD"], ["ECDHE-RSA-AES128-GCM-SHA256", "TLSv1.2", "ECDH", "RSA", "AESGCM(128)", "AEAD"], ["DHE-RSA-AES128-GCM-SHA256", "TLSv1.2", "DH", "RSA", "AESGCM(128)", "AEAD"],
  ["ECDHE-ECDSA-AES256-SHA384", "TLSv1.2", "ECDH", "ECDSA", "AES(256)", "SHA384"], ["ECDHE-RSA-AES256-SHA384", "TLSv1.2", "ECDH", "RSA", "AES(256)", "SHA384"], ["DHE-RSA-AES256-SHA256", "TLSv1.2", "DH", "RSA", "AES(256)", "SHA256"],
  ["ECDHE-ECDSA-AES128-SHA256", "TLSv1.2", "ECDH", "ECDSA", "AES(128)", "SHA256"], ["ECDHE-RSA-AES128-SHA256", "TLSv1.2", "ECDH", "RSA", "AES(128)", "SHA256"], ["DHE-RSA-AES128-SHA256", "TLSv1.2", "DH", "RSA", "AES(128)", "SHA256"],
];

export const ciphersShape: Shape = { flags: ["v", "V", "s", "tls1_2", "tls1_3", "stdname"], values: ["ciphersuites"] };

export function ciphers(call: Call): number {
  if (!call.has("v") && !call.has("V")) {
    call.put(`${CIPHERS.map(([name]) => name).join(":")}\n`);
    return 0;
  }
  for (const [name, protocol, exchange, authentication, encryption, sum] of CIPHERS) {
    call.put(`${name.padEnd(30)} ${protocol.padEnd(7)} ${`Kx=${exchange}`.padEnd(11)} ${`Au=${authentication}`.padEnd(8)} ${`Enc=${encryption}`.padEnd(26)} Mac=${sum}\n`);
  }
  return 0;
}

export const asn1parseShape: Shape = { flags: ["i", "noout", "dump"], values: ["in", "inform", "offset", "length", "strparse", "out"] };

const TYPES = new Map([
  [0x01, "BOOLEAN"], [0x02, "INTEGER"], [0x03, "BIT STRING"], [0x04, "OCTET STRING"], [0x05, "NULL"], [0x06, "OBJECT"], [0x0a, "ENUMERATED"], [0x0c, "UTF8STRING"], [0x10, "SEQUENCE"], [0x11, "SET"], [0x13, "PRINTABLESTRING"],
  [0x14, "T61STRING"], [0x16, "IA5STRING"], [0x17, "UTCTIME"], [0x18, "GENERALIZEDTIME"], [0x1e, "BMPSTRING"],
]);

export function* asn1parse(call: Call): Blocking<number> {
  const bytes = yield* call.read(call.get("in"));
  const body = bytes[0] === 0x30 || call.get("inform")?.toUpperCase() === "DER" ? bytes : pemBlocks(decode(bytes))[0]?.bytes;
  if (body === undefined) throw new OpensslFailure("Error: can't read PEM\n");
  const value = ({ tag, body: inner }: DerItem): string => {
    const number = tag & 31;
    if ((tag & 0xc0) !== 0) return "";
    if (number === 1) return `:${inner[0] ?? 0}`;
    if (number === 2 || number === 10) {
      const hex = toHex(inner).toUpperCase();
      return `:${hex.replace(/^00(?=..)/, "")}`;
    }
    if (number === 6) return `:${objectName(oidOf({ tag, body: inner, whole: inner, headBytes: 0 })).long}`;
    if (number === 4) {
      const text = String.fromCharCode(...inner);
      return /^[\x20-\x7e\r\n]+$/.test(text) ? `:${text}` : `      [HEX DUMP]:${toHex(inner).toUpperCase()}`;
    }
    return [0x0c, 0x13, 0x14, 0x16, 0x17, 0x18].includes(number) ? `:${decode(inner)}` : "";
  };
  const walk = (from: Uint8Array, base: number, depth: number): void => {
    for (let at = 0; at < from.length; ) {
      const item = readDer(from, at);
      const constructed = (item.tag & 0x20) !== 0;
      const kind = item.tag & 0xc0;
      const name = kind === 0 ? (TYPES.get(item.tag & 31) ?? `<ASN1 ${item.tag & 31}>`) : kind === 0x80 ? `cont [ ${item.tag & 31} ]` : `appl [ ${item.tag & 31} ]`;
      const indent = call.has("i") ? " ".repeat(depth) : "";
      call.put(`${String(base + at).padStart(5)}:d=${depth}  hl=${item.headBytes} l=${String(item.body.length).padStart(4)} ${constructed ? "cons" : "prim"}: ${`${indent}${name}`.padEnd(18)}${constructed ? "" : value(item)}\n`);
      if (constructed) walk(item.body, base + at + item.headBytes, depth + 1);
      at += item.whole.length;
    }
  };
  try {
    const offset = Number(call.get("strparse") ?? -1);
    if (offset >= 0) {
      const inner = readDer(body, offset);
      walk((inner.tag & 31) === 3 ? inner.body.slice(1) : inner.body, 0, 0);
    } else walk(body, 0, 0);
    return 0;
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
    throw new OpensslFailure("Error parsing structure\n");
  }
}

export const pkeyutlShape: Shape = { flags: ["encrypt", "decrypt", "pubin", "certin", "hexdump"], values: ["in", "out", "inkey", "passin", "pkeyopt", "keyform"] };

export function* pkeyutl(call: Call): Blocking<number> {
  const secret = call.has("pubin") ? undefined : yield* loadSecretKey(call, call.get("inkey"), call.get("passin"));
  const open = secret === undefined ? yield* loadOpenKey(call, call.get("inkey")) : openOf(secret);
  const bytes = yield* call.read(call.get("in"));
  if (open.kind !== "rsa") throw new OpensslFailure("Public Key operation error\n");
  if (call.has("decrypt")) {
    const plain = secret?.kind === "rsa" ? rsaDecrypt(secret.rsa, bytes) : undefined;
    if (plain === undefined) throw new OpensslFailure(`Public Key operation error\n${errorLine("0200009F", "rsa routines", "RSA_padding_check_PKCS1_type_2", "pkcs decoding error", "../crypto/rsa/rsa_pk1.c:269")}\n`);
    yield* call.write(plain);
    return 0;
  }
  if (!call.has("encrypt")) throw new OpensslFailure("pkeyutl: only -encrypt and -decrypt are simulated here; dgst signs\n");
  const most = Math.ceil(open.rsa.n.toString(2).length / 8) - 11;
  if (bytes.length > most) throw new OpensslFailure(`Public Key operation error\n${errorLine("0200006E", "rsa routines", "ossl_rsa_padding_add_PKCS1_type_2_ex", "data too large for key size", "../crypto/rsa/rsa_pk1.c:133")}\n`);
  yield* call.write(rsaEncrypt(open.rsa, bytes, (length) => call.sys.random(length)));
  return 0;
}
