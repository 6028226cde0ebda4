// What was sent and a client whose connection broke may still want: as far back as there is room for.
import type { ServerMessage } from "./protocol.ts";

const MOST_CHARS = 262_144;
/** Messages that are kept one by one; the output of older ones is joined. */
const MOST_SINGLE = 64;
const MOST_JOINED_CHARS = 16_384;
/** About what a message is beside its text. */
const MESSAGE_CHARS = 200;

interface Kept {
  readonly fromSeq: number;
  readonly seq: number;
  readonly message: ServerMessage;
  readonly chars: number;
}

export class MissedMessages {
  #joined: Kept[] = [];
  #single: Kept[] = [];
  #chars = 0;

  push(message: ServerMessage & { readonly seq: number }): void {
    const chars = "data" in message ? message.data.length : MESSAGE_CHARS;
    this.#single.push({ fromSeq: message.seq, seq: message.seq, message, chars });
    this.#chars += chars;
    if (this.#single.length > 2 * MOST_SINGLE) this.#join();
    while (this.#chars > MOST_CHARS) {
      const dropped = this.#joined.shift() ?? this.#single.shift();
      if (dropped === undefined) break;
      this.#chars -= dropped.chars;
    }
  }

  clear(): void {
    this.#joined = [];
    this.#single = [];
    this.#chars = 0;
  }

  /** What followed `lastSeq`, `seq` being the last that was sent; undefined when part of it is gone, or no longer known by its number. */
  after(lastSeq: number, seq: number): readonly ServerMessage[] | undefined {
    const kept = [...this.#joined, ...this.#single];
    const oldest = kept[0]?.fromSeq ?? seq + 1;
    if (lastSeq < oldest - 1 || lastSeq > seq || kept.some((one) => one.fromSeq <= lastSeq && lastSeq < one.seq)) return undefined;
    return kept.filter((one) => one.seq > lastSeq).map((one) => one.message);
  }

  #join(): void {
    let run: Kept[] = [];
    const close = (): void => {
      const first = run[0];
      const last = run.at(-1);
      if (first === undefined || last === undefined) return;
      const data = run.map(({ message }) => ("data" in message ? message.data : "")).join("");
      this.#joined.push(run.length === 1 ? first : { fromSeq: first.fromSeq, seq: last.seq, message: { ...last.message, data } as ServerMessage, chars: data.length });
      run = [];
    };
    let chars = 0;
    for (const kept of this.#single.splice(0, MOST_SINGLE)) {
      const before = run[0]?.message;
      const follows = before?.type === "output" && kept.message.type === "output" && before.terminal === kept.message.terminal && chars + kept.chars <= MOST_JOINED_CHARS;
      if (!follows) {
        close();
        chars = 0;
      }
      run.push(kept);
      chars += kept.chars;
    }
    close();
  }
}
