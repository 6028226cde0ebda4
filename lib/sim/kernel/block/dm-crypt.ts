// dm-crypt (Documentation/admin-guide/device-mapper/dm-crypt.rst): "crypt CIPHER KEY IV_OFFSET DEVICE OFFSET [OPTIONS]". The bytes below are not readable
// without the key, but the cipher is a keystream of ours for each sector (xoshiro128**), not AES: nothing real is protected by it, and a simulated disk
// stays quick. A sector of zeros stays one, so that an empty disk takes no memory.
import { SysError } from "../errno.ts";
import { fillDevice, SECTOR_BYTES } from "./block-device.ts";
import { deviceOfWord, numberOfWord, type TargetMaker } from "./dm-target.ts";

function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** Four words that stand for the key, whatever its length. */
function seedOf(key: Int32Array): readonly [number, number, number, number] {
  const word = (start: number): number => key.reduce((state, each, index) => mix(state ^ rotate(each, (index * 7 + start) % 31)), mix(start));
  return [word(1), word(2), word(3), word(4)];
}

/** Enciphers or deciphers one sector in place: both are the same. */
function cipherSector(words: Int32Array, seed: readonly [number, number, number, number], sector: number): void {
  let at = 0;
  while (at < words.length && words[at] === 0) at++;
  if (at === words.length) return;
  const low = mix(sector), high = mix(Math.floor(sector / 2 ** 32) ^ 0x5bd1e995);
  let a = mix(seed[0] ^ low), b = mix(seed[1] ^ low ^ high), c = mix(seed[2] ^ high), d = mix(seed[3] + low) | 1;
  for (let index = 0; index < words.length; index++) {
    const stream = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    words[index] = (words[index] ?? 0) ^ stream;
  }
}

export const crypt: TargetMaker = ({ devices, sectors }, [cipher = "", keyWord = "", ivOffset, deviceWord, start]) => {
  if (!/^[a-z0-9]+-[a-z0-9]+(-[a-z0-9:]+)?$/.test(cipher) || !/^(?:[0-9a-f]{32}|[0-9a-f]{64}|[0-9a-f]{128})$/.test(keyWord)) throw new SysError("EINVAL");
  const device = deviceOfWord(devices, deviceWord);
  const offset = numberOfWord(start) * SECTOR_BYTES;
  const firstSector = numberOfWord(ivOffset);
  if (offset + sectors * SECTOR_BYTES > device.sizeBytes) throw new SysError("EINVAL");
  const key = Int32Array.from(keyWord.match(/.{8}/g) ?? [], (digits) => Number.parseInt(digits, 16) | 0);
  const seed = seedOf(key);
  /** whole sectors from a copy of theirs */
  const ciphered = (position: number, bytes: Uint8Array): Uint8Array => {
    const copy = bytes.slice();
    const words = new Int32Array(copy.buffer, 0, copy.length >> 2);
    for (let at = 0; at < copy.length; at += SECTOR_BYTES) cipherSector(words.subarray(at >> 2, (at + SECTOR_BYTES) >> 2), seed, firstSector + (position + at) / SECTOR_BYTES);
    return copy;
  };
  const read = (position: number, length: number): Uint8Array => {
    const from = position - (position % SECTOR_BYTES);
    const to = Math.ceil((position + length) / SECTOR_BYTES) * SECTOR_BYTES;
    return ciphered(from, device.read(offset + from, to - from)).subarray(position - from, position - from + length);
  };
  return {
    below: [device], read,
    write(position, bytes) {
      const from = position - (position % SECTOR_BYTES);
      const to = Math.ceil((position + bytes.length) / SECTOR_BYTES) * SECTOR_BYTES;
      let whole = bytes;
      if (from !== position || to - from !== bytes.length) {
        whole = read(from, to - from).slice();
        whole.set(bytes, position - from);
      }
      device.write(offset + from, ciphered(from, whole));
    },
    fill: (position, length, how) => fillDevice(device, offset + position, length, how),
    status: () => "",
    flush: () => device.flush?.(),
  };
};
