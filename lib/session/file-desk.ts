// The file editor's counterpart: lists and reads with the learner's permissions, and turns a save into a journalled write.

import type { World } from "../sim/world/world.ts";
import type { ServerMessage } from "./protocol.ts";
import { type FileAnswer, type FileRequest, maxEntries, maxFileBytes, maxSavedBytes } from "./protocol-files.ts";

type Refusal = Extract<FileAnswer, { kind: "refused" }>;

/** The part of a journal entry of kind "write" that is decided here. */
export interface SavedFile {
  readonly user: string;
  readonly path: string;
  readonly isNew: boolean;
  readonly bytes: Uint8Array;
}

const MOST_PIECED_REQUESTS = 8;
/** Answered at each of the world's turns: a client that asks without end has no more of the worker than that. */
const ASKS_A_TURN = 3;
const MOST_WAITING = 100;

type Ask = Exclude<FileRequest, { kind: "piece" }>;

export class FileDesk {
  readonly #world: () => World;
  readonly #user: string;
  readonly #say: (message: ServerMessage) => void;
  readonly #record: (file: SavedFile) => void;
  /** Text that waits for its `save`, by request. */
  readonly #pieces = new Map<number, string>();
  #writing: { readonly request: number; readonly path: string; readonly world: World; readonly handle: ReturnType<World["writeFile"]> }[] = [];
  #savedBytes = 0;
  #waiting: { readonly request: number; readonly ask: Ask }[] = [];

  /** `record` puts the write into the journal, before it is made. */
  constructor(world: () => World, user: string, say: (message: ServerMessage) => void, record: (file: SavedFile) => void) {
    this.#world = world;
    this.#user = user;
    this.#say = say;
    this.#record = record;
  }

  /** Bytes that the journal holds already. */
  count(bytes: number): void {
    this.#savedBytes += bytes;
  }

  /** Another connection: nobody waits for the answers any more. */
  forget(): void {
    this.#pieces.clear();
    this.#writing = [];
    this.#waiting = [];
  }

  /** Something is to be answered. */
  get pending(): boolean {
    return this.#writing.length > 0 || this.#waiting.length > 0;
  }

  ask(request: number, ask: FileRequest): void {
    if (ask.kind === "piece") {
      this.#addPiece(request, ask.text);
      return;
    }
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ request, ask });
    else this.#say({ type: "file", request, answer: refused("path" in ask ? ask.path : "/", "errno", "EAGAIN", "Resource temporarily unavailable") });
  }

  /** One turn: true when there is more to answer. */
  serve(): boolean {
    for (const { request, ask } of this.#waiting.splice(0, ASKS_A_TURN)) {
      const answer = this.#answer(request, ask);
      if (answer) this.#say({ type: "file", request, answer });
    }
    return this.#waiting.length > 0;
  }

  /** Undefined: the answer comes later. */
  #answer(request: number, ask: Ask): FileAnswer | undefined {
    switch (ask.kind) {
      case "home":
        return this.#list(this.#world().files(this.#user)?.home ?? "/");
      case "list":
        return this.#list(ask.path);
      case "read":
        return this.#read(ask.path);
      case "save":
        return this.#save(request, ask);
    }
  }

  #addPiece(request: number, text: string): void {
    const before = this.#pieces.get(request) ?? "";
    if (before === "" && this.#pieces.size >= MOST_PIECED_REQUESTS) return;
    // One more than may be saved is kept, so that the save is refused.
    this.#pieces.set(request, (before + text).slice(0, maxFileBytes + 1));
  }

  #list(path: string): FileAnswer {
    const files = this.#world().files(this.#user);
    const found = files?.list(path);
    if (!found) return refused(path, "errno", "EIO", "Input/output error");
    if ("problem" in found) return refused(path, "errno", found.problem.errno, found.problem.message);
    return { kind: "directory", path, entries: found.done.slice(0, maxEntries), truncated: found.done.length > maxEntries, stamp: files?.stamp(path) ?? "" };
  }

  #read(path: string): FileAnswer {
    const found = this.#world().files(this.#user)?.read(path, maxFileBytes);
    if (!found) return refused(path, "errno", "EIO", "Input/output error");
    if ("problem" in found) return refused(path, "errno", found.problem.errno, found.problem.message);
    const { kind, bytes, sizeBytes, stamp, writable } = found.done;
    if (kind === "special") return refused(path, "special");
    if (sizeBytes > maxFileBytes) return refused(path, "too-large");
    const text = textOf(bytes);
    return text === undefined ? refused(path, "not-text") : { kind: "file", path, text, stamp, writable };
  }

  /** Undefined: the answer comes when the machine has written. */
  #save(request: number, { path, stamp, isNew }: Extract<FileRequest, { kind: "save" }>): FileAnswer | undefined {
    const bytes = new TextEncoder().encode(this.#pieces.get(request) ?? "");
    this.#pieces.delete(request);
    if (bytes.length > maxFileBytes) return refused(path, "too-large");
    if (this.#savedBytes + bytes.length > maxSavedBytes) return refused(path, "journal-full");
    const world = this.#world();
    if (stamp !== null && (world.files(this.#user)?.stamp(path) ?? stamp) !== stamp) return refused(path, "changed");
    this.#savedBytes += bytes.length;
    const file: SavedFile = { user: this.#user, path, isNew, bytes };
    this.#record(file);
    this.#writing.push({ request, path, world, handle: world.writeFile(file) });
    return undefined;
  }

  /** Answers the saves that the machine has made or refused by now; true when there were any. */
  answerWrites(): boolean {
    if (this.#writing.length === 0) return false;
    const over = this.#writing.filter(({ handle, world }) => handle.ended || world !== this.#world());
    this.#writing = this.#writing.filter((one) => !over.includes(one));
    for (const { request, path, handle } of over) {
      const { problem } = handle;
      const stamp = this.#world().files(this.#user)?.stamp(path) ?? "";
      this.#say({ type: "file", request, answer: problem ? refused(path, "errno", problem.errno, problem.message) : { kind: "saved", path, stamp } });
    }
    return over.length > 0;
  }
}

function refused(path: string, reason: Refusal["reason"], errno = "", message = ""): Refusal {
  return { kind: "refused", path, reason, errno, message };
}

/** Undefined when it is no UTF-8 text. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
