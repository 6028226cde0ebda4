// MIME::Base64, Digest::MD5, Digest::SHA, Encode.

import { decode, encode } from "../../../kernel/sys.ts";
import { bytesOfLatin1, latin1 } from "../../kit/latin1.ts";
import type { Hasher } from "../../kit/digest/hasher.ts";
import { Md5 } from "../../kit/digest/md5.ts";
import { Sha1 } from "../../kit/digest/sha1.ts";
import { Sha256 } from "../../kit/digest/sha256.ts";
import { Sha512 } from "../../kit/digest/sha512.ts";
import { text } from "../values/convert.ts";
import { PerlError, PerlHash, type Scalar, type Value } from "../values/value.ts";
import type { Vm } from "../vm/vm.ts";
import { declareExports } from "./exporter.ts";
import { defineModule, defineSub } from "./registry.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += ALPHABET.charAt(word >> 18) + ALPHABET.charAt((word >> 12) & 63) + (b === undefined ? "=" : ALPHABET.charAt((word >> 6) & 63)) + (c === undefined ? "=" : ALPHABET.charAt(word & 63));
  }
  return out;
}

function fromBase64(source: string): string {
  let out = "";
  let word = 0;
  let bits = 0;
  for (const c of source) {
    const value = ALPHABET.indexOf(c);
    if (c === "=") break;
    if (value < 0) continue;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += String.fromCharCode((word >> bits) & 255);
    }
  }
  return out;
}

defineModule({ name: "MIME::Base64", version: "3.16", install: (vm) => {
  defineSub(vm, "MIME::Base64::encode_base64", (_inner, args) => {
    const end = args.length > 1 ? text(args[1]?.v) : "\n";
    const all = base64(bytesOfLatin1(text(args[0]?.v)));
    return [all === "" ? "" : end === "" ? all : `${all.replace(/.{76}(?=.)/g, `$&${end}`)}${end}`];
  });
  defineSub(vm, "MIME::Base64::decode_base64", (_inner, args) => [fromBase64(text(args[0]?.v))]);
  declareExports(vm, "MIME::Base64", ["encode_base64", "decode_base64"]);
} });

defineModule({ name: "Encode", version: "3.17", install: (vm) => {
  const isUtf8 = (name: Value) => /^utf-?8(?:-strict)?$/i.test(text(name));
  const check = (name: Value) => {
    if (!/^(?:utf-?8(?:-strict)?|(?:iso-8859-1|latin-?1|ascii|us-ascii))$/i.test(text(name))) throw new PerlError(`Unknown encoding '${text(name)}'`);
  };
  const toBytes = (value: string) => latin1(encode(value));
  const toText = (value: string) => decode(bytesOfLatin1(value)).replace(/[\udc80-\udcff]/g, (c, at: number, all: string) => (/[\ud800-\udbff]/.test(all.charAt(at - 1)) ? c : "\ufffd"));
  const def = (name: string, make: (args: readonly Scalar[]) => Value) => defineSub(vm, `Encode::${name}`, (_inner, args) => [make(args)]);
  def("encode", (args) => {
    check(args[0]?.v);
    if (args[1]?.v === undefined) return undefined;
    return isUtf8(args[0]?.v) ? toBytes(text(args[1].v)) : text(args[1].v).replace(/[^\0-\xff]/g, "?");
  });
  def("decode", (args) => {
    check(args[0]?.v);
    if (args[1]?.v === undefined) return undefined;
    return isUtf8(args[0]?.v) ? toText(text(args[1].v)) : text(args[1].v);
  });
  def("encode_utf8", (args) => toBytes(text(args[0]?.v)));
  def("decode_utf8", (args) => toText(text(args[0]?.v)));
  def("is_utf8", (args) => (/[^\0-\xff]/.test(text(args[0]?.v)) ? 1 : ""));
  declareExports(vm, "Encode", ["encode", "decode", "encode_utf8", "decode_utf8", "find_encoding"], ["is_utf8", "FB_CROAK"]);
} });

function object(vm: Vm, name: string, digest: (data: string) => Uint8Array, encodings: readonly string[]): void {
  const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const shapes = new Map<string, (bytes: Uint8Array) => string>([["", latin1], ["_hex", hex], ["_base64", (bytes) => base64(bytes).replace(/=+$/, "")]]);
  for (const one of encodings) for (const [suffix, shape] of shapes) defineSub(vm, `${name}::${one}${suffix}`, (_inner, args) => [shape(digest(args.map((arg) => text(arg.v)).join("")))]);
  defineSub(vm, `${name}::new`, (_inner, args) => {
    const self = new PerlHash();
    self.blessed = text(args[0]?.v);
    self.at("data").v = "";
    return [self];
  });
  defineSub(vm, `${name}::add`, (_inner, args) => {
    const self = args[0]?.v;
    if (self instanceof PerlHash) self.at("data").v = text(self.at("data").v) + args.slice(1).map((arg) => text(arg.v)).join("");
    return [self];
  });
  for (const [method, shape] of [["digest", latin1], ["hexdigest", hex], ["b64digest", (bytes: Uint8Array) => base64(bytes).replace(/=+$/, "")]] as const) {
    defineSub(vm, `${name}::${method}`, (_inner, args) => {
      const self = args[0]?.v;
      return [self instanceof PerlHash ? shape(digest(text(self.at("data").v))) : undefined];
    });
  }
}

const hashed = (make: () => Hasher) => (data: string): Uint8Array => {
  const hasher = make();
  hasher.update(bytesOfLatin1(data));
  return hasher.digest();
};
defineModule({ name: "Digest::MD5", version: "2.58", install: (vm) => {
  object(vm, "Digest::MD5", hashed(() => new Md5()), ["md5"]);
  declareExports(vm, "Digest::MD5", [], ["md5", "md5_hex", "md5_base64"]);
} });
defineModule({ name: "Digest::SHA", version: "6.02", install: (vm) => {
  const kinds = [["sha1", () => new Sha1()], ["sha256", () => new Sha256(256)], ["sha512", () => new Sha512(512)]] as const;
  for (const [name, make] of kinds) object(vm, "Digest::SHA", hashed(make), [name]);
  declareExports(vm, "Digest::SHA", [], kinds.flatMap(([name]) => [name, `${name}_hex`, `${name}_base64`]));
} });
