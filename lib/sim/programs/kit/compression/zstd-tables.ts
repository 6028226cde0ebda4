// The codes of zstd's sequences (RFC 8878, sections 3.1.1.3.2 and appendix A): what a code stands for, and the predefined distributions.

import type { Distribution } from "./fse.ts";

export interface CodeTable {
  /** the smallest value of each code, and how many bits come on top */
  readonly bases: readonly number[];
  readonly bits: readonly number[];
}

function codeTable(first: number, widths: readonly number[]): CodeTable {
  const bases: number[] = [];
  let base = first;
  for (const width of widths) {
    bases.push(base);
    base += 2 ** width;
  }
  return { bases, bits: widths };
}

const zeros = (count: number): number[] => new Array<number>(count).fill(0);

export const LITERAL_LENGTHS = codeTable(0, [...zeros(16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
export const MATCH_LENGTHS = codeTable(3, [...zeros(32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

/** The code of a value. */
export function codeOf({ bases }: CodeTable, value: number): number {
  let low = 0;
  let high = bases.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((bases[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

export const LITERAL_LENGTH_DISTRIBUTION: Distribution = {
  accuracy: 6,
  counts: [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
};
export const MATCH_LENGTH_DISTRIBUTION: Distribution = {
  accuracy: 6,
  counts: [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
  ],
};
export const OFFSET_DISTRIBUTION: Distribution = {
  accuracy: 5, counts: [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
};
export const MOST_LITERAL_ACCURACY = 9;
export const MOST_MATCH_ACCURACY = 9;
export const MOST_OFFSET_ACCURACY = 8;
export const OFFSET_CODES = 32;
export const LONGEST_BLOCK = 1 << 17;
export const LONGEST_HUFFMAN_CODE = 11;
