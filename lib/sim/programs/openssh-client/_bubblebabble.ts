// Bubble Babble (Huima, "The Bubble Babble Binary Data Encoding", 2000): a fingerprint in syllables that can be spoken.
import { digestOf } from "../kit/crypto/named-digest.ts";

const VOWELS = "aeiouy";
const CONSONANTS = "bcdfghklmnprstvzx";

/** Of the SHA-1 of those bytes. */
export function bubblebabble(bytes: Uint8Array): string {
  const digest = digestOf("sha1", bytes);
  const rounds = Math.floor(digest.length / 2) + 1;
  let seed = 1;
  let text = "x";
  for (let i = 0; i < rounds; i++) {
    const one = digest[2 * i];
    if (one === undefined) {
      // an even number of bytes ends with the seed alone
      text += `${VOWELS.charAt(seed % 6)}${CONSONANTS.charAt(16)}${VOWELS.charAt(Math.floor(seed / 6))}`;
      continue;
    }
    text += `${VOWELS.charAt((((one >> 6) & 3) + seed) % 6)}${CONSONANTS.charAt((one >> 2) & 15)}${VOWELS.charAt(((one & 3) + Math.floor(seed / 6)) % 6)}`;
    const other = digest[2 * i + 1];
    if (other === undefined) continue;
    text += `${CONSONANTS.charAt((other >> 4) & 15)}-${CONSONANTS.charAt(other & 15)}`;
    seed = (seed * 5 + one * 7 + other) % 36;
  }
  return `${text}x`;
}
