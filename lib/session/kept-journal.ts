// The entries of a session that runs: those that are not stored yet as they are, the others encoded, since only an undo and a rest need them again.
import { decodeEntries, encodeEntries, type JournalEntry } from "./journal-codec.ts";

/** Room for a line that is typed. */
const LEAST_GROWTH_BYTES = 256;

export class KeptJournal {
  /** One batch of the codec, up to `#usedBytes`. */
  #bytes = new Uint8Array(0);
  #usedBytes = 0;
  #encoded = 0;
  #encodedUntilUs = 0;
  #tail: JournalEntry[] = [];
  #last: JournalEntry | undefined;

  constructor(entries: readonly JournalEntry[]) {
    for (const entry of entries) this.push(entry);
  }

  get length(): number {
    return this.#encoded + this.#tail.length;
  }

  get last(): JournalEntry | undefined {
    return this.#last;
  }

  push(entry: JournalEntry): void {
    this.#tail.push(entry);
    this.#last = entry;
  }

  /** Those that are there are stored: they will hardly be asked for again. */
  settle(): void {
    if (this.#tail.length === 0) return;
    const added = encodeEntries(this.#tail, this.#encodedUntilUs);
    const neededBytes = this.#usedBytes + added.length;
    if (neededBytes > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(neededBytes, this.#bytes.length + Math.max(LEAST_GROWTH_BYTES, this.#bytes.length >> 2)));
      grown.set(this.#bytes.subarray(0, this.#usedBytes));
      this.#bytes = grown;
    }
    this.#bytes.set(added, this.#usedBytes);
    this.#usedBytes = neededBytes;
    this.#encoded += this.#tail.length;
    this.#encodedUntilUs = this.#last?.atUs ?? 0;
    this.#tail = [];
  }

  /** From entry number `first` on. */
  from(first: number): readonly JournalEntry[] {
    return first >= this.#encoded ? this.#tail.slice(first - this.#encoded) : this.all().slice(first);
  }

  all(): readonly JournalEntry[] {
    return [...decodeEntries(this.#bytes.subarray(0, this.#usedBytes)), ...this.#tail];
  }

  /** All of it, as `decodeEntries` takes it. */
  encode(): Uint8Array {
    this.settle();
    return this.#bytes.slice(0, this.#usedBytes);
  }
}
