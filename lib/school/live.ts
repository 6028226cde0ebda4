// What just happened, told to whoever watches: the instructor's matrix and the sockets of revoked sign-ins. One emitter a process,
// shared by the server's bundle and Next's; LISTEN/NOTIFY carries it to the other servers of a PostgreSQL.
import { EventEmitter } from "node:events";
import { z } from "zod";
import { store } from "./store.ts";

const event = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("progress"), user: z.string(), activity: z.string() }),
  z.object({ kind: z.literal("members"), cohort: z.string() }),
  z.object({ kind: z.literal("signed-out"), sids: z.array(z.string()) }),
]);
export type LiveEvent = z.infer<typeof event>;

const channel = "hote_live";
const key = Symbol.for("hote.live");
const shared: { [key: symbol]: unknown } = globalThis;

interface Hub {
  readonly emitter: EventEmitter;
  listening: boolean;
}

function isHub(value: unknown): value is Hub {
  return typeof value === "object" && value !== null && "emitter" in value && "listening" in value;
}

function hub(): Hub {
  const known = shared[key];
  if (isHub(known)) return known;
  const made: Hub = { emitter: new EventEmitter().setMaxListeners(0), listening: false };
  shared[key] = made;
  return made;
}

export async function publish(happened: LiveEvent): Promise<void> {
  const s = await store();
  if (s.dialect === "pg") await s.bus.notify(channel, JSON.stringify(happened));
  else hub().emitter.emit("event", happened);
}

/** Answers how to stop listening. */
export async function watch(hear: (happened: LiveEvent) => void): Promise<() => void> {
  const s = await store();
  const { emitter } = hub();
  if (s.dialect === "pg" && !hub().listening) {
    hub().listening = true;
    await s.bus.listen(channel, (text) => {
      const parsed = event.safeParse(JSON.parse(text));
      if (parsed.success) emitter.emit("event", parsed.data);
    });
  }
  emitter.on("event", hear);
  return () => emitter.off("event", hear);
}
