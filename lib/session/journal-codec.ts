// A session's journal: its inputs, each with its virtual time. One entry: kind byte, virtual time since the last entry of the batch
// (LEB128 varint, µs), then the kind's fields. A batch's first entry carries the whole time, so batches decode by themselves.

export type JournalEntry = { readonly atUs: number } & (
  | { readonly kind: "begin"; readonly host: string; readonly user: string; readonly epochUs: number; readonly seed: number }
  | { readonly kind: "open"; readonly terminal: number; readonly rows: number; readonly cols: number; readonly machine: string }
  | { readonly kind: "input"; readonly terminal: number; readonly bytes: Uint8Array }
  | { readonly kind: "resize"; readonly terminal: number; readonly rows: number; readonly cols: number }
  | { readonly kind: "close"; readonly terminal: number }
  /** Nothing came in, but something was shown at this time: a replay runs at least this far. */
  | { readonly kind: "advance" }
  /** The task passed here; a passed task stays passed whatever a later build of the simulation says. */
  | { readonly kind: "passed"; readonly task: string }
  /** The terminal's inputs from entry number `from` on (up to this entry) are taken back. */
  | { readonly kind: "undo"; readonly terminal: number; readonly from: number }
  /** A file saved in the editor, with the permissions of `user`; `isNew`: refused when the file exists. Undo of commands leaves it. */
  | { readonly kind: "write"; readonly machine: string; readonly user: string; readonly path: string; readonly isNew: boolean; readonly bytes: Uint8Array }
);

const kinds = ["begin", "open", "input", "resize", "close", "advance", "passed", "undo", "write"] as const;

/** Thrown by decodeEntries: the batch is damaged. */
export class JournalDamaged extends Error {}

class ByteWriter {
  #bytes: number[] = [];
  byte(value: number): void {
    this.#bytes.push(value & 0xff);
  }
  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
  }
  bytes(value: Uint8Array): void {
    this.varint(value.length);
    for (const byte of value) this.#bytes.push(byte);
  }
  text(value: string): void {
    this.bytes(new TextEncoder().encode(value));
  }
  take(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

class ByteReader {
  #at = 0;
  readonly #bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }
  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new JournalDamaged("the journal batch ends in the middle of an entry");
    return value;
  }
  varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
      if (factor > 2 ** 56) throw new JournalDamaged("a number of the journal batch is too long");
    }
  }
  bytes(): Uint8Array {
    const length = this.varint();
    if (this.#at + length > this.#bytes.length) throw new JournalDamaged("the journal batch ends in the middle of a text");
    const value = this.#bytes.slice(this.#at, this.#at + length);
    this.#at += length;
    return value;
  }
  text(): string {
    return new TextDecoder().decode(this.bytes());
  }
}

/** `entries` in the order of their times. `sinceUs`: of the entry before them, when they are to be joined to a batch that ends with it. */
export function encodeEntries(entries: readonly JournalEntry[], sinceUs = 0): Uint8Array {
  const out = new ByteWriter();
  let lastUs = sinceUs;
  for (const entry of entries) {
    out.byte(kinds.indexOf(entry.kind));
    out.varint(entry.atUs - lastUs);
    lastUs = entry.atUs;
    switch (entry.kind) {
      case "begin":
        out.text(entry.host);
        out.text(entry.user);
        out.varint(entry.epochUs);
        out.varint(entry.seed);
        break;
      case "open":
        out.varint(entry.terminal);
        out.varint(entry.rows);
        out.varint(entry.cols);
        out.text(entry.machine);
        break;
      case "input":
        out.varint(entry.terminal);
        out.bytes(entry.bytes);
        break;
      case "resize":
        out.varint(entry.terminal);
        out.varint(entry.rows);
        out.varint(entry.cols);
        break;
      case "close":
        out.varint(entry.terminal);
        break;
      case "passed":
        out.text(entry.task);
        break;
      case "undo":
        out.varint(entry.terminal);
        out.varint(entry.from);
        break;
      case "write":
        out.text(entry.machine);
        out.text(entry.user);
        out.text(entry.path);
        out.byte(entry.isNew ? 1 : 0);
        out.bytes(entry.bytes);
        break;
      case "advance":
        break;
    }
  }
  return out.take();
}

/** Errors: JournalDamaged. */
export function decodeEntries(bytes: Uint8Array): JournalEntry[] {
  const input = new ByteReader(bytes);
  const entries: JournalEntry[] = [];
  let atUs = 0;
  while (!input.done) {
    const kind = kinds[input.byte()];
    atUs += input.varint();
    switch (kind) {
      case "begin":
        entries.push({ kind, atUs, host: input.text(), user: input.text(), epochUs: input.varint(), seed: input.varint() });
        break;
      case "open":
        entries.push({ kind, atUs, terminal: input.varint(), rows: input.varint(), cols: input.varint(), machine: input.text() });
        break;
      case "input":
        entries.push({ kind, atUs, terminal: input.varint(), bytes: input.bytes() });
        break;
      case "resize":
        entries.push({ kind, atUs, terminal: input.varint(), rows: input.varint(), cols: input.varint() });
        break;
      case "close":
        entries.push({ kind, atUs, terminal: input.varint() });
        break;
      case "advance":
        entries.push({ kind, atUs });
        break;
      case "passed":
        entries.push({ kind, atUs, task: input.text() });
        break;
      case "undo":
        entries.push({ kind, atUs, terminal: input.varint(), from: input.varint() });
        break;
      case "write":
        entries.push({ kind, atUs, machine: input.text(), user: input.text(), path: input.text(), isNew: input.byte() === 1, bytes: input.bytes() });
        break;
      case undefined:
        throw new JournalDamaged("the journal batch holds an entry of an unknown kind");
    }
  }
  return entries;
}

/** An entry with its place in the whole journal. */
export interface NumberedEntry {
  readonly index: number;
  readonly entry: JournalEntry;
}

/** What is to be run: the journal without the inputs that were taken back. */
export function resolveUndo(entries: readonly JournalEntry[]): NumberedEntry[] {
  let kept: NumberedEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    if (entry.kind === "undo") kept = kept.filter((numbered) => !(numbered.index >= entry.from && numbered.entry.kind === "input" && numbered.entry.terminal === entry.terminal));
    else kept.push({ index, entry });
  }
  return kept;
}
