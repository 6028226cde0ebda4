// ~/.gnupg/private-keys-v1.d/KEYGRIP.key: s-expressions, in the clear or protected by a passphrase (agent/keyformat.txt of GnuPG).
import { type Blocking, concatBytes, decode, encode } from "../../kernel/sys.ts";
import type { Pace, RandomPace } from "../kit/pace.ts";
import { aesOcb } from "../kit/crypto/aes.ts";
import { bytesOfNumber, numberOf } from "../kit/crypto/big-number.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { ALGORITHM, type PublicKeyPacket, sameBytes } from "../kit/openpgp/public-key.ts";
import { COUNT_CODE, decodedCount, passphraseKey, type SecretNumbers } from "../kit/openpgp/secret-key.ts";

type Expression = Uint8Array | readonly Expression[];

const isList = (expression: Expression | undefined): expression is readonly Expression[] => Array.isArray(expression);

/** Both forms: lengths and colons, or tokens, strings and #hex#. Undefined when it is none. */
export function parseExpression(bytes: Uint8Array): Expression | undefined {
  let at = 0;
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  const one = (depth: number): Expression | undefined => {
    while (/\s/.test(text(at, at + 1))) at++;
    const first = text(at, at + 1);
    if (first === "(" && depth < 32) {
      at++;
      const list: Expression[] = [];
      for (;;) {
        while (/\s/.test(text(at, at + 1))) at++;
        if (text(at, at + 1) === ")") {
          at++;
          return list;
        }
        const item = one(depth + 1);
        if (item === undefined) return undefined;
        list.push(item);
      }
    }
    if (first === "#" || first === '"') {
      const end = bytes.indexOf(first.charCodeAt(0), at + 1);
      if (end < 0) return undefined;
      const inner = bytes.subarray(at + 1, end);
      at = end + 1;
      if (first === '"') return inner.slice();
      const digits = decode(inner).replace(/\s+/g, "");
      return /^([0-9a-fA-F]{2})*$/.test(digits) ? Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : undefined;
    }
    let end = at;
    while (end < bytes.length && /[-0-9A-Za-z./_:*+=]/.test(text(end, end + 1)) && text(end, end + 1) !== ":") end++;
    if (end === at) return undefined;
    const token = text(at, end);
    if (text(end, end + 1) === ":" && /^\d+$/.test(token)) {
      const from = end + 1;
      const to = from + Number(token);
      if (to > bytes.length) return undefined;
      at = to;
      return bytes.slice(from, to);
    }
    at = end;
    return encode(token);
  };
  return one(0);
}

function canonical(expression: Expression): Uint8Array {
  if (!isList(expression)) return concatBytes([encode(`${expression.length}:`), expression]);
  return concatBytes([encode("("), ...expression.map(canonical), encode(")")]);
}

/** With numbers as #hex#; lines are broken below. */
function advanced(expression: Expression): string {
  if (isList(expression)) return `(${expression.map(advanced).join(" ").replaceAll(" (", "(").replaceAll("# #", "##")})`;
  const text = String.fromCharCode(...expression);
  return /^[A-Za-z][-A-Za-z0-9]*$/.test(text) ? text : /^\d[\dTZ]*$/.test(text) && expression.length < 18 ? `"${text}"` : `#${toHex(expression).toUpperCase()}#`;
}

const word = (text: string): Uint8Array => encode(text);

const signed = (value: bigint): Uint8Array => {
  const bytes = bytesOfNumber(value);
  return ((bytes[0] ?? 0) & 0x80) === 0 ? bytes : concatBytes([Uint8Array.of(0), bytes]);
};

function publicItems(key: PublicKeyPacket): Expression[] {
  if (key.curve === undefined) return [[word("n"), signed(key.numbers[0] ?? 0n)], [word("e"), signed(key.numbers[1] ?? 0n)]];
  const flags = key.algorithm === ALGORITHM.EDDSA ? ["eddsa"] : key.curve.shown === "cv25519" ? ["djb-tweak"] : undefined;
  return [[word("curve"), word(key.curve.name)], ...(flags === undefined ? [] : [[word("flags"), ...flags.map(word)]]), [word("q"), bytesOfNumber(key.numbers[0] ?? 0n)]];
}

function secretItems(key: PublicKeyPacket, secret: SecretNumbers): Expression[] {
  const names = key.curve === undefined ? ["d", "p", "q", "u"] : ["d"];
  return names.map((name, i) => [word(name), key.curve === undefined ? signed(secret[i] ?? 0n) : bytesOfNumber(secret[i] ?? 0n, key.curve.shown.endsWith("25519") ? 32 : undefined)]);
}

const algorithmWord = (key: PublicKeyPacket): Uint8Array => word(key.curve === undefined ? "rsa" : "ecc");

function fileText(expression: Expression, stamp: string): string {
  // lines break within numbers or before a list, never within a word
  const lines: string[] = [];
  let line = "";
  for (const piece of advanced(expression).match(/#?[0-9A-F]{1,16}(?:#|(?=[0-9A-F#]))|\(?[^(#]*[^(#0-9A-F]?|./g) ?? []) {
    if (line.length + piece.length > 64 && line !== "") {
      lines.push(line);
      line = "";
    }
    line += piece;
  }
  lines.push(line);
  return `Created: ${stamp}\nKey: ${lines.join("\n ")}\n`;
}

/** `stamp`: 20261122T114451. An empty passphrase leaves the numbers in the clear. */
export function* privateKeyFile(sys: RandomPace, key: PublicKeyPacket, secret: SecretNumbers, passphrase: string, stamp: string): Blocking<string> {
  const open = publicItems(key);
  const hidden = secretItems(key, secret);
  if (passphrase === "") return fileText([word("private-key"), [algorithmWord(key), ...open, ...hidden]], stamp);
  const salt = sys.random(8);
  const nonce = sys.random(12);
  const count = decodedCount(COUNT_CODE);
  const time: Expression = [word("protected-at"), word(stamp)];
  const associated = canonical([algorithmWord(key), ...open, time]);
  const plain = canonical([hidden]);
  const aesKey = yield* passphraseKey(sys, passphrase, salt, count, 2, 16);
  const { output, tag } = aesOcb(aesKey, nonce, associated, plain, true);
  const protection: Expression = [word("protected"), word("openpgp-s2k3-ocb-aes"), [[word("sha1"), salt, word(String(count))], nonce], concatBytes([output, tag])];
  return fileText([word("protected-private-key"), [algorithmWord(key), ...open, protection, time]], stamp);
}

type PrivateKeyFile =
  | { readonly kind: "numbers"; readonly numbers: SecretNumbers; readonly protected: boolean }
  | { readonly kind: "locked" }
  | { readonly kind: "wrong-passphrase" }
  | { readonly kind: "unusable" };

const named = (list: readonly Expression[], name: string): readonly Expression[] | undefined =>
  list.find((item): item is readonly Expression[] => isList(item) && item[0] instanceof Uint8Array && decode(item[0]) === name);

function numbersOf(list: readonly Expression[]): SecretNumbers | undefined {
  // q of a curve is the public point
  const values = (named(list, "p") === undefined ? ["d"] : ["d", "p", "q", "u"]).flatMap((name) => {
    const value = named(list, name)?.[1];
    return value instanceof Uint8Array ? [numberOf(value)] : [];
  });
  return values.length === 0 ? undefined : values;
}

/** The s-expression behind "Key:", or the whole file in the older form. */
function expressionOf(file: Uint8Array): Expression | undefined {
  if (file[0] === 0x28) return parseExpression(file);
  const text = decode(file);
  const from = /^Key:/m.exec(text);
  return from === null ? undefined : parseExpression(encode(text.slice(from.index + 4)));
}

/** Passphrase undefined: none is known. */
export function* readPrivateKeyFile(sys: Pace, file: Uint8Array, passphrase: string | undefined): Blocking<PrivateKeyFile> {
  const whole = expressionOf(file);
  const inner = isList(whole) ? whole[1] : undefined;
  if (!isList(whole) || !isList(inner)) return { kind: "unusable" };
  const protection = named(inner, "protected");
  if (protection === undefined) {
    const numbers = numbersOf(inner);
    return numbers === undefined ? { kind: "unusable" } : { kind: "numbers", numbers, protected: false };
  }
  if (passphrase === undefined) return { kind: "locked" };
  const [, mode, parameters, encrypted] = protection;
  const [derivation, nonce] = isList(parameters) ? parameters : [];
  const [, salt, count] = isList(derivation) ? derivation : [];
  if (!(mode instanceof Uint8Array) || decode(mode) !== "openpgp-s2k3-ocb-aes" || !(salt instanceof Uint8Array) || !(count instanceof Uint8Array) || !(nonce instanceof Uint8Array) || !(encrypted instanceof Uint8Array) || nonce.length !== 12 || encrypted.length < 17) return { kind: "unusable" };
  const associated = canonical(inner.filter((item) => item !== protection));
  const aesKey = yield* passphraseKey(sys, passphrase, salt, Number(decode(count)), 2, 16);
  const { output, tag } = aesOcb(aesKey, nonce, associated, encrypted.subarray(0, -16), false);
  if (!sameBytes(tag, encrypted.subarray(-16))) return { kind: "wrong-passphrase" };
  const plain = parseExpression(output);
  const list = isList(plain) ? plain[0] : undefined;
  const numbers = isList(list) ? numbersOf(list) : undefined;
  return numbers === undefined ? { kind: "unusable" } : { kind: "numbers", numbers, protected: true };
}
