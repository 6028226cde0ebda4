// virsh's ...-edit: an editor on a copy of the XML, and the question what to do when libvirt refuses it (virsh-edit.c, vsh.c).
import { type Blocking, decode, encode, O, SysError } from "../../kernel/sys.ts";
import { type VshCall, VshError } from "./_virsh.ts";

const DEFAULT_EDITOR = "/usr/bin/editor";

/** $VISUAL, $EDITOR or the machine's own on a temporary file, again while it is asked for. */
class Draft {
  readonly #call: VshCall;
  readonly #path: string;

  constructor(call: VshCall) {
    this.#call = call;
    this.#path = `/tmp/virsh${[...call.sys.random(6)].map((byte) => (byte % 36).toString(36).toUpperCase()).join("")}.xml`;
  }

  *write(text: string): Blocking<void> {
    const { sys } = this.#call;
    const fd = yield* sys.open(this.#path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
    yield* sys.write(fd, encode(text));
    sys.close(fd);
  }

  *edit(): Blocking<string> {
    const { sys } = this.#call;
    const editor = sys.environment.get("VISUAL") ?? sys.environment.get("EDITOR") ?? DEFAULT_EDITOR;
    const path = this.#path;
    const pid = sys.fork(function* edits(child) {
      try {
        return yield* child.exec("/bin/sh", ["sh", "-c", `${editor} ${path}`], sys.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    const waited = yield* sys.waitpid(pid);
    if (waited === undefined || waited.status.kind !== "exited" || waited.status.status !== 0) throw new VshError(`Editor '${editor}' returned non-zero status`);
    return yield* this.#call.file(path);
  }

  remove(): void {
    this.#call.sys.unlink(this.#path);
  }
}

const explained = "\r\ny - yes, start editor again\r\nn - no, throw away my changes\r\nRELAXf - force, try to redefine again\r\n? - print this help\r\n";

/** One key; undefined when nobody sits there. */
function* askReedit(call: VshCall, message: string, relax: boolean): Blocking<string | undefined> {
  const { sys } = call;
  if (!sys.isatty(0)) return undefined;
  const before = sys.tcgetattr(0);
  yield* sys.tcsetattr(0, { ...before, flags: new Set([...before.flags].filter((flag) => !["icanon", "echo", "isig", "iexten", "icrnl", "ixon"].includes(flag))) });
  try {
    for (;;) {
      yield* sys.write(1, encode(`\r${message} Try again? ${relax ? "[y,n,i,f,?]" : "[y,n,f,?]"}: `));
      const bytes = yield* sys.read(0, 1);
      const key = bytes.length === 0 ? "n" : decode(bytes).toLowerCase();
      if (key === "?") yield* sys.write(1, encode(explained.replace("RELAX", relax ? "i - turn off validation and try to redefine again\r\n" : "")));
      else if (key === "y" || key === "n" || key === "f" || (relax && key === "i")) {
        yield* sys.write(1, encode("\r\n"));
        return key;
      }
    }
  } finally {
    yield* sys.tcsetattr(0, before);
  }
}

export interface Editing {
  /** how it is now */
  read(): Blocking<string>;
  /** Errors: VshError. */
  define(text: string): Blocking<unknown>;
  readonly unchanged: string;
  readonly edited: string;
  /** what is defined is checked against the schema, unless that is switched off */
  readonly relaxable?: boolean;
  /** something else changes with it */
  readonly defineAnyway?: boolean;
}

export function* editXml(call: VshCall, editing: Editing): Blocking<void> {
  let before = yield* editing.read();
  const draft = new Draft(call);
  yield* draft.write(before);
  try {
    let after = yield* draft.edit();
    for (;;) {
      if (after === before && editing.defineAnyway !== true) {
        yield* call.extra(editing.unchanged);
        return;
      }
      const now = yield* editing.read();
      let failure: VshError;
      let message = "Failed.";
      if (now === before) {
        try {
          yield* editing.define(after);
          yield* call.extra(editing.edited);
          return;
        } catch (error) {
          if (!(error instanceof VshError)) throw error;
          failure = error;
        }
      } else {
        message = "ERROR: the XML configuration was changed by another user";
        failure = new VshError();
        before = now;
      }
      if (call.sys.isatty(0)) for (const line of failure.lines) yield* call.warn(line);
      const answer = yield* askReedit(call, message, editing.relaxable === true);
      if (answer === "y") after = yield* draft.edit();
      else if (answer !== "f" && answer !== "i") throw new VshError(message, ...(answer === undefined ? failure.lines : []));
    }
  } finally {
    draft.remove();
  }
}
