// Secrets for TSIG and rndc: as many random bytes as the digest has, in base64.
import type { Sys } from "../../kernel/sys.ts";
import { base64Of } from "../kit/base64.ts";

const BITS = new Map([["hmac-md5", 128], ["hmac-sha1", 160], ["hmac-sha224", 224], ["hmac-sha256", 256], ["hmac-sha384", 384], ["hmac-sha512", 512]]);

export function algorithmOf(word: string): string | undefined {
  const name = word.toLowerCase().startsWith("hmac-") ? word.toLowerCase() : `hmac-${word.toLowerCase()}`;
  return BITS.has(name) ? name : undefined;
}

export function keyClause(sys: Sys, name: string, algorithm: string, bits = BITS.get(algorithm) ?? 256): string {
  return `key "${name}" {\n\talgorithm ${algorithm};\n\tsecret "${base64Of(sys.random(Math.ceil(bits / 8)))}";\n};\n`;
}
