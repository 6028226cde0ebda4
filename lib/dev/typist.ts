// Somebody who types at a session's first terminal and measures how long the echo takes: for benches and tests of workers.
import type { ClientMessage, ServerMessage } from "../session/protocol.ts";

const GIVEN_UP_MS = 15_000;
const firstTerminal = 1;

/** A way to a session: what it is told by, given who listens. */
export type Connect = (attempt: string, hear: (message: ServerMessage) => void) => Promise<(message: ClientMessage) => void>;

export class Typist {
  readonly #receive: (data: string) => void;
  #text = "";
  #waiting: { readonly text: string; readonly resolve: () => void } | undefined;

  private constructor(receive: (data: string) => void) {
    this.#receive = receive;
  }

  static async open(connect: Connect, attempt: string): Promise<Typist> {
    const state: { typist: Typist | undefined; early: ServerMessage[] } = { typist: undefined, early: [] };
    const say = await connect(attempt, (message) => {
      if (state.typist) state.typist.#hear(message);
      else state.early.push(message);
    });
    const typist = new Typist((data) => {
      say({ type: "input", terminal: firstTerminal, data });
      say({ type: "ack", terminal: firstTerminal, chars: typist.#drawn });
    });
    state.typist = typist;
    for (const message of state.early) typist.#hear(message);
    return typist;
  }

  #drawn = 0;

  #hear(message: ServerMessage): void {
    if (message.type !== "output" && message.type !== "screen") return;
    if (message.type === "output") this.#drawn += message.data.length;
    this.#text = (this.#text + message.data).slice(-4000);
    const waiting = this.#waiting;
    if (waiting && this.#text.includes(waiting.text)) {
      this.#waiting = undefined;
      waiting.resolve();
    }
  }

  async until(text: string): Promise<void> {
    if (this.#text.includes(text)) return;
    await new Promise<void>((resolve) => {
      this.#waiting = { text, resolve };
    });
  }

  type(data: string): void {
    this.#receive(data);
  }

  /** From the key to its echo, in milliseconds. */
  async echo(letter: string): Promise<number> {
    this.#text = "";
    const startMs = performance.now();
    this.#receive(letter);
    // a worker that was restarted has forgotten the key
    await Promise.race([this.until(letter), new Promise((resolve) => setTimeout(resolve, GIVEN_UP_MS))]);
    return performance.now() - startMs;
  }
}

