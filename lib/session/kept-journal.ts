// The entries of a session that runs: the last ones as they are, the older ones encoded, since only an undo and a rest need them again.
import { decodeEntries, encodeEntries, type JournalEntry } from "./journal-codec.ts";

const CHUNK_ENTRIES = 128;

export class KeptJournal {
  readonly #chunks: Uint8Array[] = [];
  #tail: JournalEntry[] = [];

  constructor(entries: readonly JournalEntry[]) {
    for (const entry of entries) this.push(entry);
  }

  get length(): number {
    return this.#chunks.length * CHUNK_ENTRIES + this.#tail.length;
  }

  get last(): JournalEntry | undefined {
    return this.#tail.at(-1);
  }

  push(entry: JournalEntry): void {
    this.#tail.push(entry);
    if (this.#tail.length > 2 * CHUNK_ENTRIES) this.#chunks.push(encodeEntries(this.#tail.splice(0, CHUNK_ENTRIES)));
  }

  /** From entry number `first` on. */
  from(first: number): readonly JournalEntry[] {
    const encoded = this.#chunks.length * CHUNK_ENTRIES;
    return first >= encoded ? this.#tail.slice(first - encoded) : this.all().slice(first);
  }

  all(): readonly JournalEntry[] {
    return [...this.#chunks.flatMap((chunk) => decodeEntries(chunk)), ...this.#tail];
  }
}
