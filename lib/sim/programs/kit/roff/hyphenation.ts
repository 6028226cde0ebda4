// Where a word may be divided at the end of a line (Liang's algorithm, as groff 1.22.4 applies it: .hy 4, the default of man pages).

import { ENGLISH_EXCEPTIONS, ENGLISH_PATTERNS } from "./hyphenation-english.ts";

interface Patterns {
  /** Letters of a pattern ("." = an end of the word) to the digits around them. */
  readonly digits: ReadonlyMap<string, readonly number[]>;
  readonly longest: number;
  /** Whole words to the places of their hyphens. */
  readonly exceptions: ReadonlyMap<string, readonly number[]>;
}

let english: Patterns | undefined;

function readPatterns(): Patterns {
  const digits = new Map<string, readonly number[]>();
  let longest = 0;
  for (const pattern of ENGLISH_PATTERNS.join(" ").split(" ")) {
    const numbers: number[] = [0];
    let letters = "";
    for (const char of pattern) {
      if (char >= "0" && char <= "9") numbers[letters.length] = Number(char);
      else {
        letters += char;
        numbers.push(0);
      }
    }
    digits.set(letters, numbers);
    longest = Math.max(longest, letters.length);
  }
  const exceptions = new Map<string, readonly number[]>();
  for (const word of ENGLISH_EXCEPTIONS.join(" ").split(" ")) {
    const places: number[] = [];
    let length = 0;
    for (const part of word.split("-").slice(0, -1)) {
      length += part.length;
      places.push(length);
    }
    exceptions.set(word.replaceAll("-", ""), places);
  }
  return { digits, longest, exceptions };
}

export interface HyphenationRules {
  /** The bits of the request .hy. */
  readonly mode: number;
  /** Words of the document (.hw) to the places of their hyphens. */
  readonly own: ReadonlyMap<string, readonly number[]>;
}

/** `word`: lower-case letters. After how many letters it may be divided. */
export function hyphenPlaces(word: string, { mode, own }: HyphenationRules): readonly number[] {
  english ??= readPatterns();
  const known = own.get(word) ?? english.exceptions.get(word);
  const first = (mode & 32) !== 0 ? 1 : 2;
  const last = word.length - ((mode & 16) !== 0 ? 1 : 2);
  const allowed = (letters: number): boolean => letters >= first && letters <= last && !((mode & 8) !== 0 && letters === 2) && !((mode & 4) !== 0 && letters === word.length - 2);
  if (known !== undefined) return known.filter(allowed);
  const dotted = `.${word}.`;
  const greatest: number[] = new Array<number>(dotted.length + 1).fill(0);
  for (let start = 0; start < dotted.length; start++) {
    for (let end = start + 1; end <= Math.min(dotted.length, start + english.longest); end++) {
      english.digits.get(dotted.slice(start, end))?.forEach((digit, index) => {
        greatest[start + index] = Math.max(greatest[start + index] ?? 0, digit);
      });
    }
  }
  // greatest[i] stands before dotted[i], that is after i - 1 letters
  const places: number[] = [];
  for (let letters = first; letters <= last; letters++) if (allowed(letters) && ((greatest[letters + 1] ?? 0) & 1) === 1) places.push(letters);
  return places;
}
