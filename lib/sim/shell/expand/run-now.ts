// Runs what cannot really wait (a regular file, an expansion without command substitution) to its end at once.
import { type Blocking, O, type Sys, decode } from "../../kernel/sys.ts";

export class WouldWait extends Error {
  constructor() {
    super("would wait");
    this.name = "WouldWait";
  }
}

/** A few resumptions are allowed: a system call hands over to the scheduler when a signal is pending, without really waiting. */
export function runNow<T>(generator: Blocking<T>): T {
  for (let turn = 0; turn < 8; turn++) {
    const step = generator.next();
    if (step.done) return step.value;
  }
  throw new WouldWait();
}

export function readFileNow(sys: Sys, path: string): string | undefined {
  try {
    return runNow(readWhole(sys, path));
  } catch {
    return undefined;
  }
}

/** Files that every session reads (profile, .bashrc, completion): one text for all of them, also for the functions that are cut out of it. */
const sharedTexts = new Map<string, string>();
const LONGEST_SHARED = 16_384;
const MOST_SHARED = 200;

function shared(text: string): string {
  if (text.length < 256 || text.length > LONGEST_SHARED) return text;
  const known = sharedTexts.get(text);
  if (known !== undefined) return known;
  if (sharedTexts.size < MOST_SHARED) sharedTexts.set(text, text);
  return text;
}

/** The text of bytes that are a file's of the image, thus the same array in every session and never changed. */
const textsOfImages = new WeakMap<ArrayBufferLike, string>();

function textOf(bytes: Uint8Array): string {
  const whole = bytes.length === bytes.buffer.byteLength;
  const known = whole ? textsOfImages.get(bytes.buffer) : undefined;
  if (known !== undefined) return known;
  const text = decode(bytes);
  // read before: most likely by another session, and then these are no bytes of this one alone
  const kept = sharedTexts.get(text);
  if (kept === undefined) return shared(text);
  if (whole) textsOfImages.set(bytes.buffer, kept);
  return kept;
}

const ACCOUNTED_FROM_BYTES = 1 << 20;

/** Errors: those of open(2) and read(2). */
export function* readWhole(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const bytes = yield* sys.read(fd, 65536);
      if (bytes.length === 0) break;
      chunks.push(bytes);
      length += bytes.length;
      // beyond any file that is meant to be read: memory of the process
      if (length > ACCOUNTED_FROM_BYTES) sys.allocate(2 * bytes.length);
    }
    const [first] = chunks;
    if (first !== undefined && chunks.length === 1) return textOf(first);
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return shared(decode(whole));
  } finally {
    sys.close(fd);
  }
}
