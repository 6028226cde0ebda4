// --checkpoint: what is done after every so many records (checkpoint.c of GNU tar).

import { type Blocking, encode, O, SIGNALS, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { runShell } from "../kit/shell-command.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { Fatal } from "./_arguments.ts";
import { transferred } from "./_listing.ts";

const DEFAULT_RECORDS = 10;
const DEFAULT_TTY = "%{%Y-%m-%d %H:%M:%S}t: %ds, %{read,wrote}T%*\r";

type Action =
  | { readonly kind: "dot" | "bell" | "totals" }
  | { readonly kind: "echo" | "ttyout" | "exec"; readonly text: string }
  | { readonly kind: "sleep"; readonly seconds: number }
  | { readonly kind: "wait"; readonly signal: number };

export interface CheckpointFacts {
  readonly archive: string;
  readonly format: string;
  readonly operation: string;
  readonly blockingFactor: number;
}

function parseAction(text: string): Action {
  const equals = text.indexOf("=");
  const word = equals < 0 ? text : text.slice(0, equals);
  const rest = equals < 0 ? undefined : text.slice(equals + 1);
  if (text === "." || text === "dot") return { kind: "dot" };
  if (text === "bell" || text === "totals") return { kind: text };
  if (word === "echo") return { kind: "echo", text: rest ?? "" };
  if (word === "ttyout") return { kind: "ttyout", text: rest ?? DEFAULT_TTY };
  if (word === "exec" && rest !== undefined) return { kind: "exec", text: rest };
  if (word === "sleep" && rest !== undefined) {
    if (!/^\d+$/.test(rest)) throw new Fatal(`${text}: not a valid timeout`);
    return { kind: "sleep", seconds: Number(rest) };
  }
  if (word === "wait" && rest !== undefined) {
    const signal = Object.entries(SIGNALS).find(([name]) => name === rest.replace(/^SIG/, ""))?.[1];
    if (signal === undefined) throw new Fatal(`unknown signal name: ${rest}`);
    return { kind: "wait", signal };
  }
  throw new Fatal(`${text}: unknown checkpoint action`);
}

export class Checkpoints {
  readonly #every: number;
  readonly #actions: readonly Action[];
  readonly #facts: CheckpointFacts;
  readonly #startUs: number;
  #count = 0;

  /** `every`: the value of --checkpoint ("" for none), with the actions in their order. Throws Fatal. */
  constructor(io: Io, every: string, actions: readonly string[], facts: CheckpointFacts) {
    const dots = every.startsWith(".");
    const digits = dots ? every.slice(1) : every;
    if (digits !== "" && !/^\d+$/.test(digits)) throw new Fatal("--checkpoint value is not an integer");
    this.#every = digits === "" ? DEFAULT_RECORDS : Number(digits);
    const given = (dots ? ["dot", ...actions] : actions).map(parseAction);
    this.#actions = given.length > 0 ? given : [{ kind: "echo", text: "" }];
    this.#facts = facts;
    this.#startUs = io.sys.clockUs("monotonic");
  }

  /** A record is about to be read or written; so many bytes went before it. */
  *record(io: Io, isWriting: boolean, bytes: number): Blocking<void> {
    this.#count++;
    if (this.#every === 0 || this.#count % this.#every !== 0) return;
    for (const action of this.#actions) yield* this.#run(io, action, isWriting, bytes);
  }

  *#run(io: Io, action: Action, isWriting: boolean, bytes: number): Blocking<void> {
    const { sys } = io;
    switch (action.kind) {
      case "dot":
        yield* io.out.print(".");
        yield* io.out.flush();
        return;
      case "bell":
        yield* this.#terminal(io, "\x07");
        return;
      case "totals":
        yield* io.stderr(`${isWriting ? "Total bytes written" : "Total bytes read"}: ${transferred(bytes, sys.clockUs("monotonic") - this.#startUs)}\n`);
        return;
      case "echo":
        yield* io.warn(action.text === "" ? `${isWriting ? "Write" : "Read"} checkpoint ${this.#count}` : yield* this.#expand(io, action.text, isWriting, bytes));
        return;
      case "ttyout":
        yield* this.#terminal(io, yield* this.#expand(io, action.text.replace(/\\n/g, "\n").replace(/\\r/g, "\r").replace(/\\t/g, "\t"), isWriting, bytes));
        return;
      case "exec": {
        const { archive, format, operation, blockingFactor } = this.#facts;
        const environment = new Map([...sys.environment, ["TAR_VERSION", "1.34"], ["TAR_ARCHIVE", archive], ["TAR_CHECKPOINT", String(this.#count)], ["TAR_BLOCKING_FACTOR", String(blockingFactor)], ["TAR_SUBCOMMAND", operation], ["TAR_FORMAT", format]] as const);
        yield* io.out.flush();
        yield* runShell(sys, action.text, "/bin/sh", environment);
        return;
      }
      case "sleep":
        yield* sys.sleep(action.seconds * 1_000_000);
        return;
      case "wait":
        sys.sigaction(action.signal, "catch");
        yield* sys.pause();
    }
  }

  *#terminal(io: Io, text: string): Blocking<void> {
    try {
      const fd = yield* io.sys.open("/dev/tty", O.WRONLY | O.CLOEXEC);
      yield* io.sys.write(fd, encode(text));
      io.sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *#expand(io: Io, format: string, isWriting: boolean, bytes: number): Blocking<string> {
    const elapsedUs = io.sys.clockUs("monotonic") - this.#startUs;
    const zone = yield* readZone(io.sys);
    const now = civilAtUs(zone, io.sys.clockUs("realtime"));
    const letter = isWriting ? 1 : 0;
    let out = "";
    const expand = (text: string): void => {
      for (const [whole, argument, directive] of text.matchAll(/%(?:\{([^}]*)\})?([\s\S])|[^%]+|%/g)) {
        switch (directive) {
          case undefined: out += whole; break;
          case "%": out += "%"; break;
          case "u": out += this.#count; break;
          case "s": out += isWriting ? "write" : "read"; break;
          case "d": out += Math.floor(elapsedUs / 1e6); break;
          case "t": out += strftime(argument ?? "%c", now); break;
          case "T": out += `${argument?.split(",")[letter] ?? (isWriting ? "W" : "R")}: ${transferred(bytes, elapsedUs)}`; break;
          case "c": expand("%{%Y-%m-%d %H:%M:%S}t: %ds, %{read,wrote}T%*"); break;
          case "*": {
            const columns = Number(argument ?? io.sys.environment.get("COLUMNS") ?? 80) || 80;
            out += " ".repeat(Math.max(0, columns - (out.length - out.lastIndexOf("\n") - 1) - 1));
            break;
          }
          default: out += whole;
        }
      }
    };
    expand(format);
    return out;
  }
}
