// Asking for a password: on the controlling terminal without echo, or on standard input when there is none.
import { type Blocking, decode, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";

export interface PromptOptions {
  /** read standard input and write to standard error even when there is a terminal */
  readonly useStandardInput?: boolean;
  /** Ctrl-C only drops the line (passwd) instead of ending the question */
  readonly ignoreInterrupt?: boolean;
}

export type Answer = { readonly kind: "text"; readonly text: string } | { readonly kind: "end" } | { readonly kind: "interrupted" };

/** One line without its newline. A newline is written when it ends, as echo is off. */
export function* askPassword(sys: Sys, prompt: string, options: PromptOptions = {}): Blocking<Answer> {
  let fd: number | undefined;
  if (options.useStandardInput !== true) {
    try {
      fd = yield* sys.open("/dev/tty", O.RDWR);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  if (fd === undefined) return yield* askStandardInput(sys, prompt);
  const before = sys.tcgetattr(fd);
  const flags = new Set(before.flags);
  flags.delete("echo");
  const former = sys.sigaction(SIGNALS.INT, "catch");
  let interrupted = false;
  try {
    yield* sys.tcsetattr(fd, { ...before, flags }, true);
    yield* sys.write(fd, encode(prompt));
    for (;;) {
      try {
        const bytes = yield* sys.read(fd, 4096);
        const line = decode(bytes);
        if (bytes.length === 0) return { kind: "end" };
        return { kind: "text", text: line.replace(/\n$/, "") };
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        if (sys.takeSignals().includes(SIGNALS.INT) && options.ignoreInterrupt !== true) {
          interrupted = true;
          return { kind: "interrupted" };
        }
      }
    }
  } finally {
    yield* sys.tcsetattr(fd, before, true);
    yield* sys.write(fd, encode("\n"));
    sys.sigaction(SIGNALS.INT, former);
    sys.close(fd);
    void interrupted;
  }
}

function* askStandardInput(sys: Sys, prompt: string): Blocking<Answer> {
  yield* sys.write(2, encode(prompt));
  const bytes: number[] = [];
  for (;;) {
    const one = yield* sys.read(0, 1);
    if (one.length === 0) return bytes.length === 0 ? { kind: "end" } : { kind: "text", text: decode(Uint8Array.from(bytes)) };
    const byte = one[0] ?? 10;
    if (byte === 10) return { kind: "text", text: decode(Uint8Array.from(bytes)) };
    bytes.push(byte);
  }
}
