// Running commands for find's -exec family and for xargs.

import { type Blocking, encode, type Sys, type SysError, type WaitStatus } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import type { Io } from "../kit/io.ts";
import { waitFor } from "../kit/shell-command.ts";
import type { Entry } from "./_entry.ts";
import type { WalkState } from "./_expression.ts";

/** Starts a command; when it cannot be run, `complain` says so from the child, which ends with 126 or 127. */
export function startCommand(sys: Sys, argv: readonly string[], complain: (error: SysError) => string, prepare?: (child: Sys) => Blocking<void>, environment?: ReadonlyMap<string, string>): number {
  return sys.fork(function* (child) {
    if (prepare) yield* prepare(child);
    const error = yield* execSearching(child, argv[0] ?? "", argv, environment);
    yield* child.write(2, encode(complain(error)));
    return error.errno === "ENOENT" ? 127 : 126;
  });
}

interface ExecOptions {
  readonly many: boolean;
  readonly asks: boolean;
  readonly inDirectory: boolean;
}

/** A command line may take this much (find's default: 128 KiB of arguments). */
const BATCH_BYTES = 131072 - 2048;

export class ExecAction {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #state: WalkState;
  readonly #words: readonly string[];
  readonly #options: ExecOptions;
  #batch: string[] = [];
  #batchBytes = 0;
  #batchDirectory: string | undefined;

  constructor(sys: Sys, io: Io, state: WalkState, words: readonly string[], options: ExecOptions) {
    this.#sys = sys;
    this.#io = io;
    this.#state = state;
    this.#words = words;
    this.#options = options;
  }

  *run(entry: Entry): Blocking<boolean> {
    const directory = this.#options.inDirectory ? entry.directory : undefined;
    const name = this.#options.inDirectory ? (entry.name === "/" ? "/" : `./${entry.name}`) : entry.path;
    if (this.#options.many) {
      const size = encode(name).length + 9;
      if (this.#batch.length > 0 && (this.#batchBytes + size > BATCH_BYTES || directory !== this.#batchDirectory)) yield* this.finish();
      this.#batch.push(name);
      this.#batchBytes += size;
      this.#batchDirectory = directory;
      return true;
    }
    const argv = this.#words.map((word) => word.replaceAll("{}", () => name));
    if (this.#options.asks && !(yield* this.#ask(entry))) return false;
    const status = yield* this.#spawn(argv, directory);
    return status.kind === "exited" && status.status === 0;
  }

  *#ask(entry: Entry): Blocking<boolean> {
    yield* this.#io.stderr(`< ${this.#words[0]} ... ${entry.path} > ? `);
    const answer = yield* this.#io.stdin.line();
    return answer !== undefined && /^[yY]/.test(answer);
  }

  *#spawn(argv: readonly string[], directory: string | undefined): Blocking<WaitStatus> {
    yield* this.#io.out.flush();
    const { argv0 } = this.#io;
    const pid = startCommand(this.#sys, argv, (error) => `${argv0}: ${this.#io.quote(argv[0] ?? "")}: ${error.message}\n`, directory === undefined ? undefined : function* (child) {
      child.chdir(directory);
    });
    return yield* waitFor(this.#sys, pid);
  }

  /** -exec … +: what has gathered is run; a failure makes find's own status 1. */
  *finish(): Blocking<void> {
    if (this.#batch.length === 0) return;
    const argv = [...this.#words.slice(0, -1), ...this.#batch];
    this.#batch = [];
    this.#batchBytes = 0;
    const status = yield* this.#spawn(argv, this.#batchDirectory);
    if (status.kind !== "exited" || status.status !== 0) this.#state.failed = true;
  }
}
