// The messages of a workspace's WebSocket, and nothing else: shared by components/terminal (client), lib/server (upgrade, ticket)
// and lib/session (the other end). JSON text frames, one message a frame. What a client sends is checked
// with zod (protocol-schema.ts); the browser checks the server's by hand, without a schema library to load.
//
// A connection's life
//   1. The page gets a one-use ticket for one attempt (POST /api/tickets). The browser opens GET /ws/session; lib/server has
//      checked cookie and Origin before it accepts, and expects `hello` as the first message, within 5 s.
//   2. `hello` → `ready`. Then, when `ready.resumed` is true, every message with a greater `seq` than hello.lastSeq again, in
//      order; when it is false, one `screen` per terminal (the whole of it, scrollback included) and one `steps` with all tasks.
//   3. Anything may follow in either direction until the socket closes. `closed` is the server's last word: the client then does
//      not reconnect, unless its reason says so (see `closedReasons`). A socket that drops without it is reconnected with a new ticket.
//
// Sequence numbers: one counter a workspace (attempt), starting at 1, across connections. Every message with a `seq` increments it.
// The server keeps the last ones (a ring of about 256 KiB); a client that is further behind gets `screen` again.
//
// Flow control: per terminal, the server stops sending `output` once more than `window` characters are unacknowledged (it goes
// on running the world; what a terminal prints meanwhile is kept up to the ring's size, then replaced by one `screen`). The client
// sends `ack` with the total number of characters it has drawn on this connection since `hello`, at least every `ackEvery`.
//
// Terminals are numbered from 1 in the order they were opened, and a number is never used again in an attempt.
import type { FileAnswer, FileRequest } from "./protocol-files.ts";
import type { MachinePicture } from "./protocol-picture.ts";

export const protocolVersion = 1;
/** characters of output in flight, per terminal */
export const window = 131_072;
/** a client acknowledges at least every so many drawn characters */
export const ackEvery = 16_384;
/** the server says `alive` this often; a client that heard nothing for twice and a half as long reconnects */
export const aliveEveryMs = 15_000;
/** longest text a client may send in one message: a paste is cut into several by the client */
export const maxInputChars = 4_096;
export const maxTerminals = 6;

export type ClientMessage =
  /** First message. `lastSeq`: the last `seq` this page has handled, null when it has none (fresh load). */
  | { readonly type: "hello"; readonly version: typeof protocolVersion; readonly ticket: string; readonly lastSeq: number | null; readonly cols: number; readonly rows: number }
  /** What was typed or pasted, as text; the server encodes it as UTF-8 for the tty. */
  | { readonly type: "input"; readonly terminal: number; readonly data: string }
  | { readonly type: "resize"; readonly terminal: number; readonly cols: number; readonly rows: number }
  /** Another terminal on the same host (or on another machine of the world, by its name). Answered by `terminal` (change "opened"). */
  | { readonly type: "open"; readonly cols: number; readonly rows: number; readonly machine?: string | undefined }
  /** Hangs up: SIGHUP to its session. Answered by `terminal` (change "closed"). The last one may be closed too; `open` makes a new one. */
  | { readonly type: "close"; readonly terminal: number }
  /** Total characters of `output` drawn for this terminal on this connection. */
  | { readonly type: "ack"; readonly terminal: number; readonly chars: number }
  /** Takes back the last command of this terminal: the world is replayed without it. Answered by `screen` per terminal, `steps`, and notice "undone" or "nothing-to-undo". */
  | { readonly type: "undo"; readonly terminal: number }
  /** Starts the machine anew as a new attempt. Answered by notice "reset", then `ready` (new `attempt`, `resumed` false) and what follows it. */
  | { readonly type: "reset" }
  /** "Check now": answered by `steps` with `asked` true, for one task or for all. */
  | { readonly type: "check"; readonly task?: string | undefined }
  /** Which panels are open from now on: they are sent what they show, whole, then when it changes (see the messages without `seq`). To be said again after each `ready`. */
  | { readonly type: "watch"; readonly picture: boolean; readonly commands: boolean; readonly files: readonly string[] }
  /** A question of the file editor, answered by `file` with the same number. The client numbers them. */
  | { readonly type: "file"; readonly request: number; readonly ask: FileRequest };

/** Facts of a verdict or notice: what a sentence of the lab's words is filled with. */
type Facts = Readonly<Record<string, string | number>>;

/** `code` is absent when passed; otherwise it names the `:::when{code=…}` block of the lab's words that explains it. */
export interface StepVerdict {
  readonly task: string;
  readonly passed: boolean;
  readonly code?: string | undefined;
  /** as lib/lab's Verdict; `found` and `expected` are shown in a table when the words have no block for the code */
  readonly facts?: Facts | undefined;
}

export interface TerminalState {
  readonly terminal: number;
  readonly title: string;
  readonly machine: string;
  readonly cols: number;
  readonly rows: number;
}

/** A command of the transcript. `place` counts them in an attempt; the same place again replaces what was sent before. */
export interface CommandRecord {
  readonly place: number;
  readonly terminal: number;
  /** how many commands it was entered within: 1 for what is typed in `sudo -i` */
  readonly depth: number;
  readonly line: string;
  /** what it printed, without escape sequences */
  readonly output: string;
  /** the beginning of the output is left out */
  readonly truncated: boolean;
  /** it drew on the whole screen, as editors do */
  readonly fullScreen: boolean;
  readonly running: boolean;
  /** absent while it runs, and when its shell ended with it */
  readonly status?: number | undefined;
  /** virtual time since the machine's start */
  readonly startedMs: number;
  readonly endedMs?: number | undefined;
}

/** Each has its sentence in lib/i18n (namespace `notices`). */
export const noticeCodes = [
  "restored", // the world was replayed from its journal (server or worker restarted)
  "differs", // replayed on a newer build and the output is not the same; passed steps stay passed
  "frozen", // nobody was attached for a while: the machine's clock stood still meanwhile
  "undone",
  "nothing-to-undo",
  "reset",
  "session-limit", // the world ran into a limit (journal size, terminals)
  "not-simulated", // facts.what: a command that exists in Debian and is not simulated
] as const;

export const closedReasons = [
  "bad-ticket", // reconnect: get a new ticket
  "restarting", // the server stops; reconnect
  "taken-over", // this attempt was opened in another window or on another server; no reconnect by itself
  "signed-out",
  "ended", // the attempt is closed (or its lab is gone)
  "unavailable", // no room or a failure; the learner may try again
  "protocol", // a message that is not of this protocol
] as const;
export type ClosedReason = (typeof closedReasons)[number];

export type ServerMessage =
  | { readonly type: "ready"; readonly attempt: string; readonly seq: number; readonly resumed: boolean; readonly terminals: readonly TerminalState[] }
  | { readonly type: "output"; readonly terminal: number; readonly seq: number; readonly data: string }
  /** The terminal as it stands: reset it, resize it to cols × rows, write `data` (ANSI text that draws scrollback, screen, cursor and modes). */
  | { readonly type: "screen"; readonly terminal: number; readonly seq: number; readonly cols: number; readonly rows: number; readonly data: string }
  | { readonly type: "terminal"; readonly seq: number; readonly change: "opened" | "closed"; readonly state: TerminalState }
  /** The verdicts that changed, or all of them after ready/undo/reset, or those asked for by `check`. */
  | { readonly type: "steps"; readonly seq: number; readonly asked: boolean; readonly steps: readonly StepVerdict[] }
  | { readonly type: "notice"; readonly seq: number; readonly code: (typeof noticeCodes)[number]; readonly facts?: Facts | undefined }
  // What follows is state, not history: without `seq`, never sent again by itself after a reconnection.
  /** The machine as it is now; at most about twice a second, only when it differs. */
  | { readonly type: "picture"; readonly picture: MachinePicture }
  /** Commands that are new or changed; `anew`: these are all there are. */
  | { readonly type: "commands"; readonly anew: boolean; readonly commands: readonly CommandRecord[] }
  | { readonly type: "file"; readonly request: number; readonly answer: FileAnswer }
  /** Watched files and directories that changed on the machine; null: not there, or not to be reached. */
  | { readonly type: "stamps"; readonly stamps: readonly { readonly path: string; readonly stamp: string | null }[] }
  | { readonly type: "alive" }
  | { readonly type: "closed"; readonly reason: ClosedReason };

type KindOf<Value> = Value extends string ? "string" : Value extends number ? "number" : Value extends boolean ? "boolean" : Value extends readonly unknown[] ? "list" : "object";
type RequiredFields<Message> = { [Field in keyof Message as Field extends "type" ? never : undefined extends Message[Field] ? never : Field]: KindOf<Message[Field]> };

/** What each message must carry: enough to tell another version of the server from this one. */
const fields: { readonly [Type in ServerMessage["type"]]: RequiredFields<Extract<ServerMessage, { type: Type }>> } = {
  ready: { attempt: "string", seq: "number", resumed: "boolean", terminals: "list" },
  output: { terminal: "number", seq: "number", data: "string" },
  screen: { terminal: "number", seq: "number", cols: "number", rows: "number", data: "string" },
  terminal: { seq: "number", change: "string", state: "object" },
  steps: { seq: "number", asked: "boolean", steps: "list" },
  notice: { seq: "number", code: "string" },
  picture: { picture: "object" },
  commands: { anew: "boolean", commands: "list" },
  file: { request: "number", answer: "object" },
  stamps: { stamps: "list" },
  alive: {},
  closed: { reason: "string" },
};

/** Reads one frame; undefined when it is not JSON or not a message of this server. */
export function readServerMessage(text: string): ServerMessage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isServerMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isServerMessage(value: unknown): value is ServerMessage {
  if (typeof value !== "object" || value === null || !("type" in value) || typeof value.type !== "string" || !Object.hasOwn(fields, value.type)) return false;
  const given = new Map<string, unknown>(Object.entries(value));
  const wanted = new Map<string, object>(Object.entries(fields)).get(value.type) ?? {};
  return Object.entries(wanted).every(([field, kind]) => {
    const found = given.get(field);
    return kind === "list" ? Array.isArray(found) : kind === "object" ? typeof found === "object" && found !== null : typeof found === kind;
  });
}
