// Long texts become strings piece by piece: other processes run between.
import { type Blocking, StreamDecoder, type Sys } from "../../kernel/sys.ts";

/** What a step decodes. */
const BYTES_A_STEP = 256;

export function* decodePieces(sys: Sys, pieces: readonly Uint8Array[]): Blocking<string> {
  const decoder = new StreamDecoder();
  let text = "";
  for (const piece of pieces) {
    text += decoder.push(piece);
    if (sys.charge(Math.ceil(piece.length / BYTES_A_STEP))) yield* sys.preempt();
  }
  return text + decoder.end();
}
