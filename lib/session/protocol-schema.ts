// What a client may send (protocol.ts says what it means), checked on arrival. The browser does not load this file.
import * as z from "zod/mini";
import { type ClientMessage, maxInputChars, protocolVersion } from "./protocol.ts";
import { maxPieceChars, maxWatched } from "./protocol-files.ts";

const terminal = z.int().check(z.minimum(1), z.maximum(10_000));
const cols = z.int().check(z.minimum(2), z.maximum(500));
const rows = z.int().check(z.minimum(1), z.maximum(300));
const count = z.int().check(z.minimum(0));
const filePath = z.string().check(z.minLength(1), z.maxLength(4_096), z.startsWith("/"));

const fileRequest = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("home") }),
  z.object({ kind: z.literal("list"), path: filePath }),
  z.object({ kind: z.literal("read"), path: filePath }),
  z.object({ kind: z.literal("piece"), text: z.string().check(z.maxLength(maxPieceChars)) }),
  z.object({ kind: z.literal("save"), path: filePath, stamp: z.nullable(z.string().check(z.maxLength(200))), isNew: z.boolean() }),
]);

const clientMessage: z.ZodMiniType<ClientMessage> = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), version: z.literal(protocolVersion), ticket: z.string().check(z.minLength(20), z.maxLength(200)), lastSeq: z.nullable(count), cols, rows }),
  z.object({ type: z.literal("input"), terminal, data: z.string().check(z.minLength(1), z.maxLength(maxInputChars)) }),
  z.object({ type: z.literal("resize"), terminal, cols, rows }),
  z.object({ type: z.literal("open"), cols, rows, machine: z.optional(z.string().check(z.maxLength(64))) }),
  z.object({ type: z.literal("close"), terminal }),
  z.object({ type: z.literal("ack"), terminal, chars: count }),
  z.object({ type: z.literal("undo"), terminal }),
  z.object({ type: z.literal("reset") }),
  z.object({ type: z.literal("check"), task: z.optional(z.string().check(z.maxLength(80))) }),
  z.object({ type: z.literal("watch"), picture: z.boolean(), commands: z.boolean(), files: z.array(filePath).check(z.maxLength(maxWatched)) }),
  z.object({ type: z.literal("file"), request: count, ask: fileRequest }),
]);

/** Reads one frame; undefined when it is not JSON or not a message of this protocol. */
export function readClientMessage(text: string): ClientMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = clientMessage.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
