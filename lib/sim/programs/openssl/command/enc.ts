// openssl enc, base64 and the ciphers as commands of their own: AES in CBC, CTR, CFB and ECB.
import { type Blocking, concatBytes, decode, encode, SysError } from "../../../kernel/sys.ts";
import { aesDecrypt, aesEncrypt, type CipherMode } from "../../kit/crypto/aes.ts";
import { pbkdf2 } from "../../kit/crypto/hmac.ts";
import { digestOf } from "../../kit/crypto/named-digest.ts";
import { base64Of, bytesOfBase64 } from "../../kit/base64.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import { padded, unpadded } from "../../kit/crypto/key-der.ts";
import { digestCalled } from "./dgst.ts";

interface Cipher {
  readonly keyBytes: number;
  readonly mode: CipherMode;
}

export function cipherCalled(name: string): Cipher | undefined {
  const word = name.toLowerCase().replace(/^aes(128|192|256)$/, "aes-$1-cbc");
  const match = /^aes-?(128|192|256)-(cbc|ctr|cfb|ecb)$/.exec(word);
  if (match === null) return undefined;
  return { keyBytes: Number(match[1]) / 8, mode: match[2] === "ctr" ? "ctr" : match[2] === "cfb" ? "cfb" : match[2] === "ecb" ? "ecb" : "cbc" };
}

export const encShape: Shape = {
  flags: ["e", "d", "a", "base64", "A", "p", "P", "nopad", "salt", "nosalt", "pbkdf2", "v", "debug", "list", "ciphers"], values: ["in", "out", "pass", "k", "kfile", "K", "iv", "S", "md", "iter", "bufsize"],
  other: (name) => cipherCalled(name) !== undefined,
};

function* hexBytes(call: Call, text: string, length: number): Blocking<Uint8Array> {
  if (!/^[0-9A-Fa-f]*$/.test(text)) throw new OpensslFailure("non-hex digit\ninvalid hex iv value\n");
  if (text.length > length * 2) yield* call.note("hex string is too long, ignoring excess\n");
  else if (text.length < length * 2) yield* call.note("hex string is too short, padding with zero bytes to length\n");
  const whole = text.slice(0, length * 2).padEnd(length * 2, "0");
  return Uint8Array.from(whole.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** EVP_BytesToKey with one round. */
function oldKey(digest: string, password: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let last: Uint8Array = new Uint8Array(0);
  for (let made = 0; made < length; made += last.length) {
    last = digestOf(digest, last, password, salt);
    parts.push(last);
  }
  return concatBytes(parts).slice(0, length);
}

export function base64Lines(bytes: Uint8Array): string {
  return (base64Of(bytes).match(/.{1,64}/g) ?? []).map((line) => `${line}\n`).join("");
}

/** `fixed`: the cipher that the command is named after, "base64" for none. */
export function* enc(call: Call, fixed: string | undefined): Blocking<number> {
  if (call.has("list") || call.has("ciphers")) {
    const names = [128, 192, 256].flatMap((size) => ["cbc", "cfb", "ctr", "ecb"].map((mode) => `-aes-${size}-${mode}`));
    let text = "Supported ciphers:\n";
    for (let i = 0; i < names.length; i += 3) text += `${names.slice(i, i + 3).map((name) => name.padEnd(27)).join("")}\n`;
    call.put(`${text}\n`);
    return 0;
  }
  const name = call.others.at(-1) ?? (fixed === undefined || fixed === "base64" || fixed === "enc" ? undefined : fixed);
  const cipher = name === undefined ? undefined : cipherCalled(name);
  const decrypts = call.has("d");
  const coded = call.has("a") || call.has("base64") || fixed === "base64";
  let input: Uint8Array;
  const read = function* (): Blocking<Uint8Array> {
    try {
      return yield* call.read(call.get("in"));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      const file = call.get("in") ?? "";
      throw new OpensslFailure(`Can't open "${file}" for reading, ${error.message}\n${errorLine("80000002", "system library", "BIO_new_file", error.message, "../crypto/bio/bss_file.c:67", `calling fopen(${file}, rb)`)}\n${errorLine("10000080", "BIO routines", "BIO_new_file", "no such file", "../crypto/bio/bss_file.c:75")}\n`);
    }
  };
  const uncoded = (bytes: Uint8Array): Uint8Array => {
    const text = decode(bytes).replace(/[^A-Za-z0-9+/=]/g, "");
    // without -A only lines are read
    return bytesOfBase64(text) ?? new Uint8Array(0);
  };
  const write = function* (bytes: Uint8Array): Blocking<void> {
    yield* call.write(!decrypts && coded ? (call.has("A") ? base64Of(bytes) : base64Lines(bytes)) : bytes);
  };
  if (cipher === undefined) {
    input = yield* read();
    yield* write(decrypts && coded ? uncoded(input) : input);
    return 0;
  }
  let [key, initial] = [new Uint8Array(0), new Uint8Array(16)];
  const direct = call.get("K");
  let salt: Uint8Array = new Uint8Array(0);
  let header: Uint8Array = new Uint8Array(0);
  const digest = digestCalled(call.get("md") ?? "sha256") ?? "sha256";
  const needsIv = cipher.mode !== "ecb";
  const kfile = call.get("kfile");
  let password: string | undefined;
  if (direct === undefined) {
    password = call.get("k") ?? (kfile === undefined ? undefined : yield* call.passwordFrom(`file:${kfile}`)) ?? (call.has("pass") ? yield* call.passwordFrom(call.get("pass") ?? "") : undefined);
    const word = `enter ${(name ?? "").toUpperCase()} ${decrypts ? "decryption" : "encryption"} password`;
    if (password === undefined) {
      if (decrypts) password = yield* call.ask(`${word}:`);
      else {
        password = yield* call.askTwice(word);
        if (password === undefined) throw new OpensslFailure("Verify failure\nbad password read\n");
      }
    }
  } else {
    key = new Uint8Array(yield* hexBytes(call, direct, cipher.keyBytes));
    const iv = call.get("iv");
    if (iv !== undefined) initial = new Uint8Array(yield* hexBytes(call, iv, 16));
    else if (needsIv) throw new OpensslFailure("iv undefined\n");
  }
  input = call.has("P") ? new Uint8Array(0) : yield* read();
  if (decrypts && coded) input = uncoded(input);
  if (password !== undefined) {
    const given = call.get("S");
    if (given !== undefined) salt = yield* hexBytes(call, given, 8);
    else if (call.has("nosalt")) salt = new Uint8Array(0);
    else if (decrypts) {
      if (decode(input.subarray(0, 8)) !== "Salted__") throw new OpensslFailure("bad magic number\n");
      salt = input.slice(8, 16);
      input = input.slice(16);
    } else {
      salt = call.sys.random(8);
      header = concatBytes([encode("Salted__"), salt]);
    }
    const modern = call.has("pbkdf2") || call.has("iter");
    if (!modern) yield* call.note("*** WARNING : deprecated key derivation used.\nUsing -iter or -pbkdf2 would be better.\n");
    const length = cipher.keyBytes + (needsIv ? 16 : 0);
    const bytes = encode(password);
    const material = modern ? yield* pbkdf2(call.sys, digest, bytes, salt, Number(call.get("iter") ?? 10_000), length) : oldKey(digest, bytes, salt, length);
    key = material.slice(0, cipher.keyBytes);
    const iv = call.get("iv");
    initial = iv === undefined ? new Uint8Array(16) : new Uint8Array(yield* hexBytes(call, iv, 16));
    if (iv === undefined && needsIv) initial.set(material.subarray(cipher.keyBytes));
  }
  if (call.has("p") || call.has("P")) {
    const hex = (bytes: Uint8Array): string => toHex(bytes).toUpperCase();
    call.put(`${salt.length > 0 ? `salt=${hex(salt)}\n` : ""}key=${hex(key)}\n${needsIv ? `iv =${hex(initial)}\n` : ""}`);
    if (call.has("P")) return 0;
  }
  if (call.sys.charge(input.length >> 3)) yield* call.sys.preempt();
  const blocks = cipher.mode === "cbc" || cipher.mode === "ecb";
  const pads = blocks && !call.has("nopad");
  if (decrypts) {
    const plain = blocks && input.length % 16 !== 0 ? undefined : aesDecrypt(cipher.mode, key, initial, input);
    const text = plain === undefined ? undefined : pads ? unpadded(plain) : plain;
    if (text === undefined) {
      if (plain !== undefined) yield* call.write(plain.subarray(0, Math.max(0, plain.length - 16)));
      yield* call.io.out.flush();
      const why = plain === undefined ? errorLine("1C80006B", "Provider routines", "ossl_cipher_generic_block_final", "wrong final block length", "../providers/implementations/ciphers/ciphercommon.c:443") : errorLine("1C800064", "Provider routines", "ossl_cipher_unpadblock", "bad decrypt", "../providers/implementations/ciphers/ciphercommon_block.c:124");
      throw new OpensslFailure(`bad decrypt\n${why}\n`);
    }
    yield* call.write(text);
    return 0;
  }
  if (blocks && !pads && input.length % 16 !== 0) throw new OpensslFailure(`bad encrypt\n${errorLine("1C80006A", "Provider routines", "ossl_cipher_generic_block_final", "wrong final block length", "../providers/implementations/ciphers/ciphercommon.c:395")}\n`);
  yield* write(concatBytes([header, aesEncrypt(cipher.mode, key, initial, pads ? padded(input) : input)]));
  return 0;
}
