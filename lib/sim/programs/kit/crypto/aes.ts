// AES (FIPS 197) and the modes of operation ECB, CBC, CTR (NIST SP 800-38A) and CFB-128, and key wrapping.

const SBOX = new Uint8Array(256);
const INVERSE_SBOX = new Uint8Array(256);
{
  // multiplicative inverses in GF(2^8) by powers of 3 and of its inverse, then the affine map (section 5.1.1)
  let [p, q] = [1, 1];
  do {
    p = (p ^ (p << 1) ^ ((p & 0x80) === 0 ? 0 : 0x11b)) & 0xff;
    q ^= q << 1;
    q ^= q << 2;
    q ^= q << 4;
    q &= 0xff;
    if ((q & 0x80) !== 0) q ^= 0x09;
    const rotate = (by: number): number => ((q << by) | (q >> (8 - by))) & 0xff;
    SBOX[p] = q ^ rotate(1) ^ rotate(2) ^ rotate(3) ^ rotate(4) ^ 0x63;
  } while (p !== 1);
  SBOX[0] = 0x63;
  for (let i = 0; i < 256; i++) INVERSE_SBOX[SBOX[i] ?? 0] = i;
}

const double = (value: number): number => ((value << 1) ^ ((value & 0x80) === 0 ? 0 : 0x11b)) & 0xff;

/** One column of SubBytes and MixColumns for each byte. */
const FORWARD = new Uint32Array(256).map((_, i) => {
  const s = SBOX[i] ?? 0;
  const two = double(s);
  return ((two << 24) | (s << 16) | (s << 8) | (two ^ s)) >>> 0;
});
const BACKWARD = new Uint32Array(256).map((_, i) => {
  const s = INVERSE_SBOX[i] ?? 0;
  const two = double(s);
  const four = double(two);
  const eight = double(four);
  return (((eight ^ four ^ two) << 24) | ((eight ^ s) << 16) | ((eight ^ four ^ s) << 8) | (eight ^ two ^ s)) >>> 0;
});

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

class Aes {
  readonly #forward: Uint32Array;
  readonly #backward: Uint32Array;
  readonly #rounds: number;

  /** 16, 24 or 32 bytes. */
  constructor(key: Uint8Array) {
    const words = key.length / 4;
    this.#rounds = words + 6;
    const total = 4 * (this.#rounds + 1);
    const schedule = new Uint32Array(total);
    for (let i = 0; i < words; i++) schedule[i] = (((key[4 * i] ?? 0) << 24) | ((key[4 * i + 1] ?? 0) << 16) | ((key[4 * i + 2] ?? 0) << 8) | (key[4 * i + 3] ?? 0)) >>> 0;
    const substituted = (word: number): number => (((SBOX[word >>> 24] ?? 0) << 24) | ((SBOX[(word >>> 16) & 255] ?? 0) << 16) | ((SBOX[(word >>> 8) & 255] ?? 0) << 8) | (SBOX[word & 255] ?? 0)) >>> 0;
    let constant = 1;
    for (let i = words; i < total; i++) {
      let word = schedule[i - 1] ?? 0;
      if (i % words === 0) {
        word = substituted(rotated(word, 24)) ^ (constant << 24);
        constant = double(constant);
      } else if (words > 6 && i % words === 4) word = substituted(word);
      schedule[i] = (schedule[i - words] ?? 0) ^ word;
    }
    this.#forward = schedule;
    this.#backward = schedule.map((word, i) => {
      if (i < 4 || i >= total - 4) return word;
      const t = (byte: number, by: number): number => rotated(BACKWARD[SBOX[byte] ?? 0] ?? 0, by);
      return (t(word >>> 24, 0) ^ t((word >>> 16) & 255, 8) ^ t((word >>> 8) & 255, 16) ^ t(word & 255, 24)) >>> 0;
    });
  }

  encrypt(block: Uint8Array, at: number, out: Uint8Array, outAt: number): void {
    this.#turn(block, at, out, outAt, this.#forward, 1, FORWARD, SBOX);
  }

  decrypt(block: Uint8Array, at: number, out: Uint8Array, outAt: number): void {
    this.#turn(block, at, out, outAt, this.#backward, -1, BACKWARD, INVERSE_SBOX);
  }

  #turn(block: Uint8Array, at: number, out: Uint8Array, outAt: number, schedule: Uint32Array, direction: 1 | -1, table: Uint32Array, box: Uint8Array): void {
    const rounds = this.#rounds;
    const first = direction === 1 ? 0 : 4 * rounds;
    const word = (i: number): number => ((block[at + i] ?? 0) << 24) | ((block[at + i + 1] ?? 0) << 16) | ((block[at + i + 2] ?? 0) << 8) | (block[at + i + 3] ?? 0);
    let a = word(0) ^ (schedule[first] ?? 0);
    let b = word(4) ^ (schedule[first + 1] ?? 0);
    let c = word(8) ^ (schedule[first + 2] ?? 0);
    let d = word(12) ^ (schedule[first + 3] ?? 0);
    const mixed = (w: number, x: number, y: number, z: number): number =>
      (table[w >>> 24] ?? 0) ^ rotated(table[(x >>> 16) & 255] ?? 0, 8) ^ rotated(table[(y >>> 8) & 255] ?? 0, 16) ^ rotated(table[z & 255] ?? 0, 24);
    for (let round = 1; round < rounds; round++) {
      const k = direction === 1 ? 4 * round : 4 * (rounds - round);
      const [one, two, three, four] = direction === 1
        ? [mixed(a, b, c, d), mixed(b, c, d, a), mixed(c, d, a, b), mixed(d, a, b, c)]
        : [mixed(a, d, c, b), mixed(b, a, d, c), mixed(c, b, a, d), mixed(d, c, b, a)];
      a = one ^ (schedule[k] ?? 0);
      b = two ^ (schedule[k + 1] ?? 0);
      c = three ^ (schedule[k + 2] ?? 0);
      d = four ^ (schedule[k + 3] ?? 0);
    }
    const k = direction === 1 ? 4 * rounds : 0;
    const last = (w: number, x: number, y: number, z: number, i: number): void => {
      const key = schedule[k + i] ?? 0;
      out[outAt + 4 * i] = (box[w >>> 24] ?? 0) ^ (key >>> 24);
      out[outAt + 4 * i + 1] = (box[(x >>> 16) & 255] ?? 0) ^ ((key >>> 16) & 255);
      out[outAt + 4 * i + 2] = (box[(y >>> 8) & 255] ?? 0) ^ ((key >>> 8) & 255);
      out[outAt + 4 * i + 3] = (box[z & 255] ?? 0) ^ (key & 255);
    };
    if (direction === 1) {
      last(a, b, c, d, 0);
      last(b, c, d, a, 1);
      last(c, d, a, b, 2);
      last(d, a, b, c, 3);
    } else {
      last(a, d, c, b, 0);
      last(b, a, d, c, 1);
      last(c, b, a, d, 2);
      last(d, c, b, a, 3);
    }
  }
}

export type CipherMode = "ecb" | "cbc" | "ctr" | "cfb";

/** Whole blocks in ECB and CBC, any length in the others. */
export function aesEncrypt(mode: CipherMode, key: Uint8Array, initial: Uint8Array, input: Uint8Array): Uint8Array {
  const aes = new Aes(key);
  const out = new Uint8Array(input.length);
  if (mode === "ctr" || mode === "cfb") return streamed(aes, mode, initial, input, true);
  const block = initial.slice();
  for (let at = 0; at + 16 <= input.length; at += 16) {
    for (let i = 0; i < 16; i++) block[i] = mode === "cbc" ? (block[i] ?? 0) ^ (input[at + i] ?? 0) : (input[at + i] ?? 0);
    aes.encrypt(block, 0, out, at);
    block.set(out.subarray(at, at + 16));
  }
  return out;
}

export function aesDecrypt(mode: CipherMode, key: Uint8Array, initial: Uint8Array, input: Uint8Array): Uint8Array {
  const aes = new Aes(key);
  if (mode === "ctr" || mode === "cfb") return streamed(aes, mode, initial, input, false);
  const out = new Uint8Array(input.length);
  for (let at = 0; at + 16 <= input.length; at += 16) {
    aes.decrypt(input, at, out, at);
    if (mode === "cbc") for (let i = 0; i < 16; i++) out[at + i] = (out[at + i] ?? 0) ^ ((at === 0 ? initial[i] : input[at - 16 + i]) ?? 0);
  }
  return out;
}

function streamed(aes: Aes, mode: "ctr" | "cfb", initial: Uint8Array, input: Uint8Array, encrypting: boolean): Uint8Array {
  const out = new Uint8Array(input.length);
  const register = initial.slice();
  const mask = new Uint8Array(16);
  for (let at = 0; at < input.length; at += 16) {
    aes.encrypt(register, 0, mask, 0);
    const end = Math.min(16, input.length - at);
    for (let i = 0; i < end; i++) out[at + i] = (input[at + i] ?? 0) ^ (mask[i] ?? 0);
    if (mode === "cfb") register.set((encrypting ? out : input).subarray(at, at + end));
    else {
      for (let i = 15; i >= 0; i--) {
        register[i] = ((register[i] ?? 0) + 1) & 255;
        if (register[i] !== 0) break;
      }
    }
  }
  return out;
}

/** RFC 3394, section 2.2. */
export function aesWrap(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const aes = new Aes(key);
  const out = new Uint8Array(plain.length + 8);
  out.fill(0xa6, 0, 8);
  out.set(plain, 8);
  const block = new Uint8Array(16);
  const count = plain.length / 8;
  for (let j = 0; j < 6; j++) {
    for (let i = 1; i <= count; i++) {
      block.set(out.subarray(0, 8));
      block.set(out.subarray(8 * i, 8 * i + 8), 8);
      aes.encrypt(block, 0, block, 0);
      block[7] = (block[7] ?? 0) ^ (count * j + i);
      out.set(block.subarray(0, 8));
      out.set(block.subarray(8), 8 * i);
    }
  }
  return out;
}

/** Undefined when the key is not the one that wrapped it. */
export function aesUnwrap(key: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
  if (wrapped.length < 24 || wrapped.length % 8 !== 0) return undefined;
  const aes = new Aes(key);
  const out = wrapped.slice();
  const block = new Uint8Array(16);
  const count = wrapped.length / 8 - 1;
  for (let j = 5; j >= 0; j--) {
    for (let i = count; i >= 1; i--) {
      block.set(out.subarray(0, 8));
      block[7] = (block[7] ?? 0) ^ (count * j + i);
      block.set(out.subarray(8 * i, 8 * i + 8), 8);
      aes.decrypt(block, 0, block, 0);
      out.set(block.subarray(0, 8));
      out.set(block.subarray(8), 8 * i);
    }
  }
  return out.subarray(0, 8).every((byte) => byte === 0xa6) ? out.slice(8) : undefined;
}

/** Doubling in GF(2^128). */
function doubled(block: Uint8Array): Uint8Array {
  const out = new Uint8Array(16);
  for (let i = 0; i < 16; i++) out[i] = ((block[i] ?? 0) << 1) | ((block[i + 1] ?? 0) >> 7);
  if (((block[0] ?? 0) & 0x80) !== 0) out[15] = (out[15] ?? 0) ^ 0x87;
  return out;
}

const blend = (into: Uint8Array, other: Uint8Array): void => {
  for (let i = 0; i < 16; i++) into[i] = (into[i] ?? 0) ^ (other[i] ?? 0);
};

/** OCB with a nonce of 12 bytes and a tag of 16 (RFC 7253): the text turned over, and the tag. */
export function aesOcb(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, input: Uint8Array, encrypting: boolean): { readonly output: Uint8Array; readonly tag: Uint8Array } {
  const aes = new Aes(key);
  const star = new Uint8Array(16);
  aes.encrypt(star, 0, star, 0);
  const dollar = doubled(star);
  const steps = [doubled(dollar)];
  const step = (index: number): Uint8Array => {
    const zeros = 31 - Math.clz32(index & -index);
    while (steps.length <= zeros) steps.push(doubled(steps.at(-1) ?? dollar));
    return steps[zeros] ?? dollar;
  };
  const top = new Uint8Array(16);
  top[3] = 1;
  top.set(nonce, 4);
  const bottom = (top[15] ?? 0) & 63;
  top[15] = (top[15] ?? 0) & 192;
  aes.encrypt(top, 0, top, 0);
  const stretch = new Uint8Array(24);
  stretch.set(top);
  for (let i = 0; i < 8; i++) stretch[16 + i] = (top[i] ?? 0) ^ (top[i + 1] ?? 0);
  const offset = new Uint8Array(16);
  for (let i = 0; i < 16; i++) {
    const from = i + (bottom >> 3);
    offset[i] = ((stretch[from] ?? 0) << (bottom & 7)) | ((stretch[from + 1] ?? 0) >> (8 - (bottom & 7)));
  }
  const output = new Uint8Array(input.length);
  const checksum = new Uint8Array(16);
  const block = new Uint8Array(16);
  let at = 0;
  for (let index = 1; at + 16 <= input.length; index++, at += 16) {
    blend(offset, step(index));
    block.set(input.subarray(at, at + 16));
    if (encrypting) blend(checksum, block);
    blend(block, offset);
    if (encrypting) aes.encrypt(block, 0, block, 0);
    else aes.decrypt(block, 0, block, 0);
    blend(block, offset);
    if (!encrypting) blend(checksum, block);
    output.set(block, at);
  }
  if (at < input.length) {
    blend(offset, star);
    aes.encrypt(offset, 0, block, 0);
    const last = new Uint8Array(16);
    for (let i = 0; at + i < input.length; i++) {
      output[at + i] = (input[at + i] ?? 0) ^ (block[i] ?? 0);
      last[i] = (encrypting ? input[at + i] : output[at + i]) ?? 0;
    }
    last[input.length - at] = 0x80;
    blend(checksum, last);
  }
  blend(checksum, offset);
  blend(checksum, dollar);
  const tag = new Uint8Array(16);
  aes.encrypt(checksum, 0, tag, 0);
  const moved = new Uint8Array(16);
  for (let index = 1, from = 0; from < associated.length; index++, from += 16) {
    const piece = new Uint8Array(16);
    piece.set(associated.subarray(from, from + 16));
    if (from + 16 <= associated.length) blend(moved, step(index));
    else {
      blend(moved, star);
      piece[associated.length - from] = 0x80;
    }
    blend(piece, moved);
    aes.encrypt(piece, 0, piece, 0);
    blend(tag, piece);
  }
  return { output, tag };
}
