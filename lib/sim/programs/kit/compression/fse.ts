// Finite state entropy, the coder of zstd's codes (RFC 8878 section 4.1), and the bit streams that are written forwards and read backwards.

import { CorruptData } from "./byte-source.ts";

export const highBit = (value: number): number => 31 - Math.clz32(value);

/** Reads from the end: the last byte's highest one bit is the end mark. */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  /** bits that are left; below zero: so many beyond the start, which read as zero */
  left: number;

  constructor(bytes: Uint8Array) {
    const last = bytes[bytes.length - 1] ?? 0;
    if (last === 0) throw new CorruptData();
    this.#bytes = bytes;
    this.left = bytes.length * 8 - 8 + highBit(last);
  }

  #extract(position: number, count: number): number {
    const byte = position >> 3;
    const bytes = this.#bytes;
    const word = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16) | ((bytes[byte + 3] ?? 0) << 24);
    return (word >>> (position & 7)) & ((1 << count) - 1);
  }

  /** The next `count` bits (up to 24) without taking them. */
  peek(count: number): number {
    const position = this.left - count;
    if (position >= 0) return this.#extract(position, count);
    return count + position > 0 ? this.#extract(0, count + position) << -position : 0;
  }

  read(count: number): number {
    if (count > 24) {
      const high = this.read(count - 16);
      return high * 65536 + this.read(16);
    }
    const value = count === 0 ? 0 : this.peek(count);
    this.left -= count;
    return value;
  }
}

/** Written forwards; `end` adds the mark. */
export class ForwardBits {
  #bytes = new Uint8Array(1024);
  #length = 0;
  #buffer = 0;
  #count = 0;

  add(value: number, count: number): void {
    if (count > 16) {
      this.add(value & 0xffff, 16);
      this.add(Math.floor(value / 65536), count - 16);
      return;
    }
    this.#buffer |= (value & ((1 << count) - 1)) << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#byte(this.#buffer & 0xff);
      this.#buffer >>>= 8;
      this.#count -= 8;
    }
  }

  #byte(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }

  end(): Uint8Array {
    this.add(1, 1);
    return this.pad();
  }

  pad(): Uint8Array {
    if (this.#count > 0) this.#byte(this.#buffer & 0xff);
    this.#count = 0;
    this.#buffer = 0;
    return this.#bytes.slice(0, this.#length);
  }
}

/** Probabilities in parts of 1 << accuracy; -1 = less than one part. */
export interface Distribution {
  readonly accuracy: number;
  readonly counts: readonly number[];
}

/** Reads a distribution; gives how many bytes it took. */
export function readDistribution(bytes: Uint8Array, most: number, symbols: number): Distribution & { readonly length: number } {
  let position = 4;
  const bits = (count: number): number => {
    const byte = position >> 3;
    if (byte >= bytes.length) throw new CorruptData();
    const word = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
    return (word >>> (position & 7)) & ((1 << count) - 1);
  };
  const accuracy = ((bytes[0] ?? 0) & 15) + 5;
  if (accuracy > most) throw new CorruptData();
  const counts: number[] = [];
  let remaining = 1 << accuracy;
  while (remaining > 0 && counts.length < symbols) {
    const width = highBit(remaining + 1) + 1;
    let value = bits(width);
    const half = (1 << (width - 1)) - 1;
    const threshold = (1 << width) - 1 - (remaining + 1);
    if ((value & half) < threshold) {
      position += width - 1;
      value &= half;
    } else {
      position += width;
      if (value > half) value -= threshold;
    }
    const count = value - 1;
    remaining -= Math.abs(count);
    counts.push(count);
    if (count === 0) {
      for (let repeat = 3; repeat === 3; ) {
        repeat = bits(2);
        position += 2;
        for (let i = 0; i < repeat; i++) counts.push(0);
      }
    }
  }
  if (remaining !== 0 || counts.length > symbols) throw new CorruptData();
  return { accuracy, counts, length: (position + 7) >> 3 };
}

export function writeDistribution({ accuracy, counts }: Distribution): Uint8Array {
  const bits = new ForwardBits();
  bits.add(accuracy - 5, 4);
  let remaining = 1 << accuracy;
  for (let symbol = 0; symbol < counts.length && remaining > 0; ) {
    const count = counts[symbol++] ?? 0;
    const width = highBit(remaining + 1) + 1;
    const threshold = (1 << width) - 1 - (remaining + 1);
    const value = count + 1;
    if (value < threshold) bits.add(value, width - 1);
    else bits.add(value >= 1 << (width - 1) ? value + threshold : value, width);
    remaining -= Math.abs(count);
    if (count === 0) {
      let zeros = 0;
      while ((counts[symbol] ?? 1) === 0) {
        zeros++;
        symbol++;
      }
      for (; zeros >= 3; zeros -= 3) bits.add(3, 2);
      bits.add(zeros, 2);
    }
  }
  return bits.pad();
}

/** Scales the frequencies to a distribution; every symbol that occurs keeps a part. */
export function distributionOf(frequencies: readonly number[], accuracy: number): Distribution {
  const total = frequencies.reduce((sum, count) => sum + count, 0);
  const size = 1 << accuracy;
  const counts = frequencies.map((count) => (count === 0 ? 0 : Math.max(1, Math.floor((count * size) / total))));
  let rest = size - counts.reduce((sum, count) => sum + count, 0);
  while (rest !== 0) {
    const largest = counts.indexOf(Math.max(...counts));
    const step = rest > 0 ? rest : -Math.min(-rest, Math.max(1, (counts[largest] ?? 0) >> 2));
    counts[largest] = (counts[largest] ?? 0) + step;
    rest -= step;
  }
  while (counts.length > 0 && counts[counts.length - 1] === 0) counts.pop();
  return { accuracy, counts };
}

/** The symbol of every state. */
function spread({ accuracy, counts }: Distribution): Uint8Array {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  let high = size;
  counts.forEach((count, symbol) => {
    if (count === -1) symbols[--high] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let position = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      symbols[position] = symbol;
      do position = (position + step) & (size - 1);
      while (position >= high);
    }
  });
  return symbols;
}

export interface FseDecoder {
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

export function fseDecoder(distribution: Distribution): FseDecoder {
  const { accuracy, counts } = distribution;
  const size = 1 << accuracy;
  const symbols = spread(distribution);
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  const next = counts.map((count) => Math.abs(count));
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] ?? 0;
    const value = next[symbol] ?? 1;
    next[symbol] = value + 1;
    const width = accuracy - highBit(value);
    bits[state] = width;
    bases[state] = (value << width) - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** The decoder of one symbol that takes no bits. */
export const runDecoder = (symbol: number): FseDecoder => ({ accuracy: 0, symbols: Uint8Array.of(symbol), bits: Uint8Array.of(0), bases: Uint16Array.of(0) });

export class FseEncoder {
  readonly #accuracy: number;
  readonly #states: Uint16Array;
  /** per symbol: from which state on one bit more is written, and where its states begin */
  readonly #widths: number[] = [];
  readonly #starts: number[] = [];
  #state = 0;

  constructor(distribution: Distribution) {
    const { accuracy, counts } = distribution;
    const size = 1 << accuracy;
    this.#accuracy = accuracy;
    this.#states = new Uint16Array(size);
    const symbols = spread(distribution);
    let total = 0;
    const places: number[] = [];
    for (const count of counts) {
      places.push(total);
      const parts = Math.abs(count);
      if (parts === 0) {
        this.#widths.push(0);
        this.#starts.push(0);
        continue;
      }
      const width = parts === 1 ? accuracy : accuracy - highBit(parts - 1);
      this.#widths.push((width << 16) - (parts << width));
      this.#starts.push(total - parts);
      total += parts;
    }
    for (let state = 0; state < size; state++) {
      const symbol = symbols[state] ?? 0;
      const place = places[symbol] ?? 0;
      places[symbol] = place + 1;
      this.#states[place] = size + state;
    }
  }

  /** The state for the symbol that the decoder sees last. */
  begin(symbol: number): void {
    const width = this.#widths[symbol] ?? 0;
    const bits = (width + (1 << 15)) >> 16;
    this.#state = this.#states[(((bits << 16) - width) >> bits) + (this.#starts[symbol] ?? 0)] ?? 0;
  }

  encode(out: ForwardBits, symbol: number): void {
    const bits = (this.#state + (this.#widths[symbol] ?? 0)) >> 16;
    out.add(this.#state & ((1 << bits) - 1), bits);
    this.#state = this.#states[(this.#state >> bits) + (this.#starts[symbol] ?? 0)] ?? 0;
  }

  end(out: ForwardBits): void {
    out.add(this.#state & ((1 << this.#accuracy) - 1), this.#accuracy);
  }
}
