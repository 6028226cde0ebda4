// The functions that @load brings: ordchr, readfile, time, inplace (gawk(1), "DYNAMICALLY LOADABLE FUNCTIONS"; 3am pages of Debian's gawk).

import { type Blocking, O, S, SysError } from "../../kernel/sys.ts";
import { Input } from "../kit/input.ts";
import { GawkArray } from "./_array.ts";
import { GawkFatalError } from "./_format.ts";
import type { Runtime } from "./_runtime.ts";
import { toNumber, type Value } from "./_value.ts";

/** The file that is being edited in place: what it is replaced by, and standard output as it was. */
interface InPlace {
  readonly temporary: string;
  readonly output: number;
}

const editing = new WeakMap<Runtime, InPlace>();

export function* callExtension(runtime: Runtime, name: string, args: readonly (Value | GawkArray)[]): Blocking<Value> {
  const text = (at: number): string => {
    const value = args[at];
    return value instanceof GawkArray ? "" : runtime.text(value);
  };
  const number = (at: number): number => {
    const value = args[at];
    return value instanceof GawkArray ? 0 : toNumber(value);
  };
  const { sys } = runtime.io;
  switch (name) {
    case "ord":
      return text(0).codePointAt(0) ?? 0;
    case "chr":
      return runtime.format("%c", [number(0)]);
    case "readfile":
      try {
        const fd = yield* sys.open(runtime.native(text(0)), O.RDONLY | O.CLOEXEC);
        const content = yield* new Input(sys, fd).all();
        sys.close(fd);
        return runtime.read(content);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        runtime.setGlobal("ERRNO", error.message);
        return "";
      }
    case "gettimeofday":
      return sys.clockUs("realtime") / 1e6;
    case "sleep":
      yield* runtime.streams.flushAll();
      yield* sys.sleep(Math.max(0, number(0)) * 1e6);
      return 0;
    case "inplace::begin":
      return yield* beginInPlace(runtime, text(0), text(1));
    case "inplace::end":
      return yield* endInPlace(runtime, text(0), text(1));
    default:
      throw new GawkFatalError(`function \`${name}' not defined`);
  }
}

/** From here on standard output is a new file beside it. */
function* beginInPlace(runtime: Runtime, filename: string, _suffix: string): Blocking<number> {
  const { sys, out } = runtime.io;
  const path = runtime.native(filename);
  if (filename === "-" || filename === "") {
    runtime.warn(`inplace::begin: disabling in-place editing for invalid FILENAME \`${filename}'`);
    return -1;
  }
  let mode: number;
  try {
    mode = sys.stat(path).mode;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    runtime.warn(`inplace::begin: Cannot stat \`${filename}' (${error.message})`);
    return -1;
  }
  if ((mode & S.IFMT) !== S.IFREG) {
    runtime.warn(`inplace::begin: \`${filename}' is not a regular file`);
    return -1;
  }
  yield* out.flush();
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const ending = Array.from(sys.random(6), (byte) => letters[byte % letters.length] ?? "a").join("");
  const temporary = `${path.includes("/") ? path.replace(/[^/]*$/, "") : ""}gawk.${ending}`;
  try {
    const fd = yield* sys.open(temporary, O.WRONLY | O.CREAT | O.EXCL, mode & 0o7777);
    const output = sys.dup(1);
    sys.setCloexec(output, true);
    sys.dup2(fd, 1);
    sys.close(fd);
    editing.set(runtime, { temporary, output });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new GawkFatalError(`inplace::begin: mkstemp \`${temporary.replace(ending, "XXXXXX")}' failed (${error.message})`);
  }
  return 0;
}

/** The new file takes the old one's name; with a suffix the old one keeps its contents under NAME and SUFFIX. */
function* endInPlace(runtime: Runtime, filename: string, suffix: string): Blocking<number> {
  const { sys, out } = runtime.io;
  const state = editing.get(runtime);
  if (!state) return -1;
  yield* out.flush();
  sys.dup2(state.output, 1);
  sys.close(state.output);
  editing.delete(runtime);
  const path = runtime.native(filename);
  try {
    if (suffix !== "") {
      const ending = runtime.native(suffix);
      const backup = ending.startsWith(".") || !ending.includes("/") ? `${path}${ending}` : ending;
      try {
        sys.unlink(backup);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      sys.link(path, backup);
    }
    const { uid, gid, mode } = sys.stat(path);
    try {
      sys.chown(state.temporary, uid, gid);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.chmod(state.temporary, mode & 0o7777);
    sys.rename(state.temporary, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new GawkFatalError(`inplace::end: rename(\`${state.temporary}', \`${path}') failed (${error.message})`);
  }
  return 0;
}
