// The daemon's end of a guest's monitor (QMP): a thread reads it, others send commands and wait for their answers.
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { VirError } from "./error.ts";

const pollUs = 2_000;
const tries = 500;
const answerTimeoutUs = 30_000_000;

export type MonitorEvent = { readonly event: string; readonly data: ReadonlyMap<string, unknown> };

export class QemuMonitor {
  readonly #fd: number;
  readonly #answers = new Map<string, { readonly value: unknown; readonly error: string | undefined }>();
  #next = 1;
  #buffered = "";
  closed = false;

  readonly #onEnd: ((reason: string) => void) | undefined;

  private constructor(fd: number, onEnd?: (reason: string) => void) {
    this.#fd = fd;
    this.#onEnd = onEnd;
  }

  /** Of the test driver: every command succeeds, and nothing is behind it. */
  static mock(onEnd: (reason: string) => void): QemuMonitor {
    return new QemuMonitor(-1, onEnd);
  }

  /** True when it was a mock one, whose domain has ended by this. */
  endMock(reason: string): boolean {
    this.#onEnd?.(reason);
    return this.#onEnd !== undefined;
  }

  /** Waits until the process listens. Undefined: it did not come up. */
  static *connect(sys: Sys, path: string, alive: () => boolean): Blocking<QemuMonitor | undefined> {
    for (let attempt = 0; attempt < tries; attempt++) {
      const fd = sys.socket("unix", "stream");
      try {
        yield* sys.connect(fd, { family: "unix", path });
        sys.setCloexec(fd, true);
        return new QemuMonitor(fd);
      } catch (error) {
        sys.close(fd);
        if (!(error instanceof SysError)) throw error;
      }
      if (attempt > 5 && !alive()) return undefined;
      yield* sys.sleep(pollUs);
    }
    return undefined;
  }

  /** The reading thread: until the other side closes. */
  *read(sys: Sys, onEvent: (event: MonitorEvent) => Blocking<void>): Blocking<void> {
    for (;;) {
      let bytes: Uint8Array;
      try {
        bytes = yield* sys.read(this.#fd, 65_536);
      } catch (error) {
        if (error instanceof SysError && error.errno === "EINTR") continue;
        if (!(error instanceof SysError)) throw error;
        bytes = new Uint8Array(0);
      }
      if (bytes.length === 0) break;
      this.#buffered += decode(bytes);
      for (let end = this.#buffered.indexOf("\n"); end >= 0; end = this.#buffered.indexOf("\n")) {
        const line = this.#buffered.slice(0, end).trim();
        this.#buffered = this.#buffered.slice(end + 1);
        if (line === "") continue;
        const message: unknown = JSON.parse(line);
        if (typeof message !== "object" || message === null) continue;
        const fields = new Map<string, unknown>(Object.entries(message));
        const event = fields.get("event");
        if (typeof event === "string") {
          const data = fields.get("data");
          yield* onEvent({ event, data: new Map(typeof data === "object" && data !== null ? Object.entries(data) : []) });
        } else if (fields.has("id")) {
          const failure = fields.get("error");
          const description = typeof failure === "object" && failure !== null && "desc" in failure ? String(failure.desc) : undefined;
          this.#answers.set(String(fields.get("id")), { value: fields.get("return"), error: description });
        }
      }
    }
    this.closed = true;
    try {
      sys.close(this.#fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** Errors: VirError. */
  *execute(sys: Sys, command: string, given: Readonly<Record<string, unknown>> = {}): Blocking<unknown> {
    if (this.#onEnd !== undefined) {
      yield* sys.preempt();
      if (command === "system_powerdown") this.#onEnd("shutdown");
      return {};
    }
    const id = `libvirt-${this.#next++}`;
    try {
      yield* sys.write(this.#fd, encode(`${JSON.stringify({ execute: command, arguments: given, id })}\r\n`));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new VirError("internal", "End of file from qemu monitor");
    }
    const deadlineUs = sys.clockUs("monotonic") + answerTimeoutUs;
    for (;;) {
      const answer = this.#answers.get(id);
      if (answer !== undefined) {
        this.#answers.delete(id);
        if (answer.error !== undefined) throw new VirError("internal", `unable to execute QEMU command '${command}': ${answer.error}`);
        return answer.value;
      }
      if (this.closed) throw new VirError("internal", "End of file from qemu monitor");
      if (sys.clockUs("monotonic") > deadlineUs) throw new VirError("plain", "Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomain)");
      yield* sys.sleep(100);
    }
  }
}
