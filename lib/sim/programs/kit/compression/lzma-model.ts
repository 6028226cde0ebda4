// What the LZMA decoder and encoder share: the adaptive probabilities of every kind of decision (LZMA specification, 7-zip's lzma-specification.txt).

const PROBABILITY_HALF = 1024;
export const PROBABILITY_BITS = 11;
export const MOVE_BITS = 5;
export const SHORTEST_MATCH = 2;
export const LONGEST_MATCH = 273;
/** Slots below 4 are the distance itself; from 14 on the low four bits have a table of their own. */
export const FIRST_ALIGNED_SLOT = 14;

const filled = (length: number): Uint16Array => new Uint16Array(length).fill(PROBABILITY_HALF);

export class LengthModel {
  /** [0]: 8 or more, [1]: 16 or more */
  readonly choice = filled(2);
  readonly low = filled(16 << 3);
  readonly middle = filled(16 << 3);
  readonly high = filled(256);
}

export class LzmaModel {
  readonly literalContextBits: number;
  readonly literalPositionMask: number;
  readonly positionMask: number;
  readonly literals: Uint16Array;
  readonly isMatch = filled(12 << 4);
  readonly isRepeat = filled(12);
  readonly isRepeat0 = filled(12);
  readonly isRepeat1 = filled(12);
  readonly isRepeat2 = filled(12);
  readonly isRepeat0Long = filled(12 << 4);
  readonly slots = filled(4 << 6);
  readonly special = filled(128);
  readonly align = filled(16);
  readonly matchLength = new LengthModel();
  readonly repeatLength = new LengthModel();
  state = 0;
  /** the last four distances, less 1 */
  repeat0 = 0;
  repeat1 = 0;
  repeat2 = 0;
  repeat3 = 0;

  constructor(literalContextBits: number, literalPositionBits: number, positionBits: number) {
    this.literalContextBits = literalContextBits;
    this.literalPositionMask = (1 << literalPositionBits) - 1;
    this.positionMask = (1 << positionBits) - 1;
    this.literals = filled(0x300 << (literalContextBits + literalPositionBits));
  }

  literalOffset(position: number, previous: number): number {
    return 0x300 * (((position & this.literalPositionMask) << this.literalContextBits) + (previous >> (8 - this.literalContextBits)));
  }

  afterLiteral(): void {
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
  }

  afterMatch(): void {
    this.state = this.state < 7 ? 7 : 10;
  }

  afterRepeat(): void {
    this.state = this.state < 7 ? 8 : 11;
  }

  afterShortRepeat(): void {
    this.state = this.state < 7 ? 9 : 11;
  }
}
