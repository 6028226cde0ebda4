// The messages of a workspace's WebSocket, and nothing else: shared by components/terminal (client), lib/server (upgrade, ticket)
// and lib/session (the other end). JSON text frames, one message a frame, each checked with zod on arrival.
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
// zod/mini: the browser loads this file, and mini is a quarter of the whole.
import * as z from "zod/mini";
import { fileAnswer, filePath, fileRequest, maxWatched } from "./protocol-files.ts";
import { machinePicture } from "./protocol-picture.ts";

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

const terminal = z.int().check(z.minimum(1), z.maximum(10_000));
const cols = z.int().check(z.minimum(2), z.maximum(500));
const rows = z.int().check(z.minimum(1), z.maximum(300));
const seq = z.int().check(z.minimum(0));

export const clientMessage = z.discriminatedUnion("type", [
  /** First message. `lastSeq`: the last `seq` this page has handled, null when it has none (fresh load). */
  z.object({ type: z.literal("hello"), version: z.literal(protocolVersion), ticket: z.string().check(z.minLength(20), z.maxLength(200)), lastSeq: z.nullable(seq), cols, rows }),
  /** What was typed or pasted, as text; the server encodes it as UTF-8 for the tty. */
  z.object({ type: z.literal("input"), terminal, data: z.string().check(z.minLength(1), z.maxLength(maxInputChars)) }),
  z.object({ type: z.literal("resize"), terminal, cols, rows }),
  /** Another terminal on the same host (or on another machine of the world, by its name). Answered by `terminal` (change "opened"). */
  z.object({ type: z.literal("open"), cols, rows, machine: z.optional(z.string().check(z.maxLength(64))) }),
  /** Hangs up: SIGHUP to its session. Answered by `terminal` (change "closed"). The last one may be closed too; `open` makes a new one. */
  z.object({ type: z.literal("close"), terminal }),
  /** Total characters of `output` drawn for this terminal on this connection. */
  z.object({ type: z.literal("ack"), terminal, chars: z.int().check(z.minimum(0)) }),
  /** Takes back the last command of this terminal: the world is replayed without it. Answered by `screen` per terminal, `steps`, and notice "undone" or "nothing-to-undo". */
  z.object({ type: z.literal("undo"), terminal }),
  /** Starts the machine anew as a new attempt. Answered by notice "reset", then `ready` (new `attempt`, `resumed` false) and what follows it. */
  z.object({ type: z.literal("reset") }),
  /** "Check now": answered by `steps` with `asked` true, for one task or for all. */
  z.object({ type: z.literal("check"), task: z.optional(z.string().check(z.maxLength(80))) }),
  /** Which panels are open from now on: they are sent what they show, whole, then when it changes (see the messages without `seq`). To be said again after each `ready`. */
  z.object({ type: z.literal("watch"), picture: z.boolean(), commands: z.boolean(), files: z.array(filePath).check(z.maxLength(maxWatched)) }),
  /** A question of the file editor, answered by `file` with the same number. The client numbers them. */
  z.object({ type: z.literal("file"), request: seq, ask: fileRequest }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

/** A fact of a verdict: what a sentence of the lab's words is filled with. */
const facts = z.record(z.string().check(z.maxLength(40)), z.union([z.string().check(z.maxLength(2_000)), z.number()]));

/** `code` is absent when passed; otherwise it names the `:::when{code=…}` block of the lab's words that explains it. */
export const stepVerdict = z.object({
  task: z.string().check(z.maxLength(80)),
  passed: z.boolean(),
  code: z.optional(z.string().check(z.maxLength(80))),
  /** as lib/lab's Verdict; `found` and `expected` are shown in a table when the words have no block for the code */
  facts: z.optional(facts),
});
export type StepVerdict = z.infer<typeof stepVerdict>;

export const terminalState = z.object({ terminal, title: z.string().check(z.maxLength(80)), machine: z.string().check(z.maxLength(64)), cols, rows });
export type TerminalState = z.infer<typeof terminalState>;

/** A command of the transcript. `place` counts them in an attempt; the same place again replaces what was sent before. */
export const commandRecord = z.object({
  place: z.int(), terminal: z.int(),
  /** how many commands it was entered within: 1 for what is typed in `sudo -i` */
  depth: z.int(),
  line: z.string(),
  /** what it printed, without escape sequences */
  output: z.string(),
  /** the beginning of the output is left out */
  truncated: z.boolean(),
  /** it drew on the whole screen, as editors do */
  fullScreen: z.boolean(),
  running: z.boolean(),
  /** absent while it runs, and when its shell ended with it */
  status: z.optional(z.int()),
  /** virtual time since the machine's start */
  startedMs: z.number(),
  endedMs: z.optional(z.number()),
});
export type CommandRecord = z.infer<typeof commandRecord>;

/** Each has its sentence in lib/i18n (namespace `notices`). */
export const noticeCodes = [
  "restored", // the world was replayed from its journal (server or worker restarted)
  "differs", // replayed on a newer build and the output is not the same; passed steps stay passed
  "frozen", // nobody was attached for a while: the machine's clock stood still meanwhile
  "undone",
  "nothing-to-undo",
  "reset",
  "output-limit", // a program printed faster than is sent; the screen is up to date, some lines were skipped
  "session-limit", // the world ran into a limit (journal size, terminals)
  "not-simulated", // facts.what: a command that exists in Debian and is not simulated
  "slow", // the machine is busy: input is queued
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

export const serverMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), attempt: z.string(), seq, resumed: z.boolean(), terminals: z.array(terminalState) }),
  z.object({ type: z.literal("output"), terminal, seq, data: z.string() }),
  /** The terminal as it stands: reset it, resize it to cols × rows, write `data` (ANSI text that draws scrollback, screen, cursor and modes). */
  z.object({ type: z.literal("screen"), terminal, seq, cols, rows, data: z.string() }),
  z.object({ type: z.literal("terminal"), seq, change: z.enum(["opened", "closed"]), state: terminalState }),
  /** The verdicts that changed, or all of them after ready/undo/reset, or those asked for by `check`. */
  z.object({ type: z.literal("steps"), seq, asked: z.boolean(), steps: z.array(stepVerdict) }),
  z.object({ type: z.literal("notice"), seq, code: z.enum(noticeCodes), facts: z.optional(facts) }),
  // What follows is state, not history: without `seq`, never sent again by itself after a reconnection.
  /** The machine as it is now; at most about twice a second, only when it differs. */
  z.object({ type: z.literal("picture"), picture: machinePicture }),
  /** Commands that are new or changed; `anew`: these are all there are. */
  z.object({ type: z.literal("commands"), anew: z.boolean(), commands: z.array(commandRecord) }),
  z.object({ type: z.literal("file"), request: z.int(), answer: fileAnswer }),
  /** Watched files and directories that changed on the machine; null: not there, or not to be reached. */
  z.object({ type: z.literal("stamps"), stamps: z.array(z.object({ path: z.string(), stamp: z.nullable(z.string()) })) }),
  z.object({ type: z.literal("alive") }),
  z.object({ type: z.literal("closed"), reason: z.enum(closedReasons) }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;

/** Reads one frame; undefined when it is not JSON or not a message of `schema`. */
export function readMessage<T>(schema: z.ZodMiniType<T>, text: string): T | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
