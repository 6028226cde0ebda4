// What was sent and a client whose connection broke may still want: as far back as there is room for.
import type { ServerMessage } from "./protocol.ts";

type Output = Extract<ServerMessage, { type: "output" }>;

const MOST_CHARS = 262_144;
/** Messages that are known one by one; the output of older ones is joined. */
const MOST_SINGLE = 64;
const MOST_JOINED_CHARS = 16_384;
/** About what a message is beside its text. */
const MESSAGE_CHARS = 200;

interface Joined {
  readonly fromSeq: number;
  readonly seq: number;
  readonly message: ServerMessage;
  readonly chars: number;
}

/** Outputs of one terminal that followed one another: texts alone, since somebody who types makes one with each key. */
interface Run {
  fromSeq: number;
  readonly terminal: number;
  readonly texts: string[];
}

interface Single {
  readonly fromSeq: number;
  readonly message: ServerMessage;
}

function charsOf(message: ServerMessage): number {
  return "data" in message ? message.data.length : MESSAGE_CHARS;
}

function outputs({ fromSeq, terminal, texts }: Run): readonly Output[] {
  return texts.map((data, at) => ({ type: "output", terminal, data, seq: fromSeq + at }));
}

export class MissedMessages {
  #joined: Joined[] = [];
  #recent: (Run | Single)[] = [];
  #recentCount = 0;
  #chars = 0;

  push(message: ServerMessage & { readonly seq: number }): void {
    const last = this.#recent.at(-1);
    if (message.type !== "output") this.#recent.push({ fromSeq: message.seq, message });
    else if (last !== undefined && "texts" in last && last.terminal === message.terminal && last.fromSeq + last.texts.length === message.seq) last.texts.push(message.data);
    else this.#recent.push({ fromSeq: message.seq, terminal: message.terminal, texts: [message.data] });
    this.#recentCount++;
    this.#chars += charsOf(message);
    if (this.#recentCount > 2 * MOST_SINGLE) this.#join();
    while (this.#chars > MOST_CHARS) {
      const chars = this.#joined.shift()?.chars ?? this.#takeOldest();
      if (chars === undefined) break;
      this.#chars -= chars;
    }
  }

  clear(): void {
    this.#joined = [];
    this.#recent = [];
    this.#recentCount = 0;
    this.#chars = 0;
  }

  /** What followed `lastSeq`, `seq` being the last that was sent; undefined when part of it is gone, or no longer known by its number. */
  after(lastSeq: number, seq: number): readonly ServerMessage[] | undefined {
    const oldest = this.#joined[0]?.fromSeq ?? this.#recent[0]?.fromSeq ?? seq + 1;
    if (lastSeq < oldest - 1 || lastSeq > seq || this.#joined.some((one) => one.fromSeq <= lastSeq && lastSeq < one.seq)) return undefined;
    const older = this.#joined.filter((one) => one.seq > lastSeq).map((one) => one.message);
    const recent = this.#recent.flatMap((one) => ("texts" in one ? outputs(one).filter((output) => output.seq > lastSeq) : one.fromSeq > lastSeq ? [one.message] : []));
    return [...older, ...recent];
  }

  /** The size of what went, in characters; undefined when there was nothing. */
  #takeOldest(): number | undefined {
    const [first] = this.#recent;
    if (first === undefined) return undefined;
    this.#recentCount--;
    if (!("texts" in first) || first.texts.length === 1) this.#recent.shift();
    if (!("texts" in first)) return charsOf(first.message);
    first.fromSeq++;
    return first.texts.shift()?.length;
  }

  #join(): void {
    for (let left = MOST_SINGLE; left > 0; ) {
      const first = this.#recent[0];
      if (first === undefined) break;
      if ("texts" in first) {
        const texts = first.texts.splice(0, left);
        this.#joinTexts(first, texts);
        first.fromSeq += texts.length;
        left -= texts.length;
        this.#recentCount -= texts.length;
        if (first.texts.length > 0) break;
      } else {
        this.#joined.push({ fromSeq: first.fromSeq, seq: first.fromSeq, message: first.message, chars: charsOf(first.message) });
        left--;
        this.#recentCount--;
      }
      this.#recent.shift();
    }
  }

  #joinTexts({ fromSeq, terminal }: Run, texts: readonly string[]): void {
    let from = 0;
    while (from < texts.length) {
      let data = texts[from] ?? "";
      let end = from + 1;
      for (; end < texts.length && data.length + (texts[end]?.length ?? 0) <= MOST_JOINED_CHARS; end++) data += texts[end] ?? "";
      const seq = fromSeq + end - 1;
      this.#joined.push({ fromSeq: fromSeq + from, seq, message: { type: "output", terminal, data, seq }, chars: data.length });
      from = end;
    }
  }
}
