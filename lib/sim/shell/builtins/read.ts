// read: one line (or so many characters) of input, taken apart at IFS (bash(1), read).
import { type Blocking, POLL, SysError, type Termios, decode } from "../../kernel/sys.ts";
import { expandPrompt } from "../expand/prompt.ts";
import { AssignmentError, assignScalar, assignTarget, parseTarget, setArray } from "../interp/assign.ts";
import { unsetVariable } from "./unset.ts";
import type { Shell } from "../interp/shell.ts";
import { handleSignals } from "../interp/traps.ts";
import { joinBytes } from "../syntax/ansi-c.ts";
import { type Builtin, BuiltinError, parseOptions, refuse } from "./builtin.ts";

interface Request {
  readonly fd: number;
  readonly raw: boolean;
  /** A byte. */
  readonly delimiter: number;
  readonly count: number | undefined;
  /** -N: delimiters count as characters. */
  readonly exact: boolean;
  readonly deadlineUs: number | undefined;
  /** An interactive shell asks for the rest of a continued line with PS2. */
  readonly prompt: boolean;
}

interface Input {
  readonly text: string;
  /** Offsets of characters that a backslash protects: no delimiters. */
  readonly escaped: ReadonlySet<number> | undefined;
  readonly end: "delimiter" | "eof" | "timeout" | "count";
}

function seekable(shell: Shell, fd: number): boolean {
  try {
    shell.sys.lseek(fd, 0, "current");
    return true;
  } catch {
    return false;
  }
}

/** Bytes one by one; from a file in blocks, giving back what was read too far. */
class ByteReader {
  readonly #shell: Shell;
  readonly #fd: number;
  readonly #seekable: boolean;
  readonly #deadlineUs: number | undefined;
  #block: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(shell: Shell, fd: number, deadlineUs: number | undefined) {
    this.#shell = shell;
    this.#fd = fd;
    this.#seekable = seekable(shell, fd);
    this.#deadlineUs = deadlineUs;
  }

  /** What stands before the delimiter, when it is in the block at hand; the delimiter is taken too. */
  upTo(delimiter: number): Uint8Array | undefined {
    const end = this.#block.indexOf(delimiter, this.#at);
    if (end < 0) return undefined;
    const bytes = this.#block.subarray(this.#at, end);
    this.#at = end + 1;
    return bytes;
  }

  /** Puts the last byte back. */
  unread(): void {
    this.#at--;
  }

  rewind(count: number): void {
    this.#at -= count;
  }

  ready(): number | undefined {
    return this.#at < this.#block.length ? this.#block[this.#at++] : undefined;
  }

  *next(): Blocking<number | "eof" | "timeout"> {
    const { sys } = this.#shell;
    for (;;) {
      try {
        if (this.#deadlineUs !== undefined) {
          const left = this.#deadlineUs - sys.clockUs("monotonic");
          const result = yield* sys.poll([{ fd: this.#fd, events: POLL.IN }], Math.max(0, left));
          if (result.length === 0) return "timeout";
        }
        this.#block = yield* sys.read(this.#fd, this.#seekable ? 4096 : 1);
        this.#at = 0;
        const byte = this.ready();
        return byte === undefined ? "eof" : byte;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno !== "EINTR") throw error;
        yield* handleSignals(this.#shell);
      }
    }
  }

  giveBack(): void {
    const rest = this.#block.length - this.#at;
    if (this.#seekable && rest > 0) this.#shell.sys.lseek(this.#fd, -rest, "current");
    this.#at = this.#block.length;
  }
}

function* readInput(shell: Shell, request: Request): Blocking<Input> {
  const reader = new ByteReader(shell, request.fd, request.deadlineUs);
  let text = "";
  let escaped: Set<number> | undefined;
  let count = 0;
  let pending: number[] = [];
  let protectedNext = false;
  let end: Input["end"] = "eof";
  const push = (character: string) => {
    if (protectedNext) (escaped ??= new Set()).add(text.length);
    protectedNext = false;
    text += character;
    count++;
  };
  for (;;) {
    if (request.count !== undefined && pending.length === 0 && count >= request.count) {
      end = "count";
      break;
    }
    const byte = reader.ready() ?? (yield* reader.next());
    if (byte === "eof" || byte === "timeout") {
      end = byte;
      break;
    }
    if (count === 0 && pending.length === 0 && !protectedNext && request.count === undefined && !request.exact) {
      // The short way: a whole line lies there, without anything to look at.
      reader.unread();
      const line = reader.upTo(request.delimiter);
      if (line && (request.raw || !line.includes(0x5c))) {
        text = decode(line);
        if (line.includes(0)) text = text.replaceAll("\0", "");
        end = "delimiter";
        break;
      }
      if (line) reader.rewind(line.length + 1);
      reader.ready();
    }
    if (pending.length > 0 || byte >= 0x80) {
      // The bytes of one UTF-8 character belong together.
      pending.push(byte);
      const lead = pending[0] ?? 0;
      const need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
      if (pending.length < need && (pending.length === 1 || byte >= 0x80)) continue;
      push(decode(Uint8Array.from(pending)));
      pending = [];
      continue;
    }
    if (!request.raw && !protectedNext && byte === 0x5c) {
      protectedNext = true;
      continue;
    }
    if (protectedNext) {
      if (byte === 10) {
        protectedNext = false;
        if (request.prompt) yield* shell.errorText((yield* expandPrompt(shell, shell.getVariable("PS2") ?? "")).replace(/[\x01\x02]/g, ""));
      } else if (byte !== 0) push(String.fromCharCode(byte));
      continue;
    }
    if (byte === request.delimiter && !request.exact) {
      end = "delimiter";
      break;
    }
    if (byte !== 0) push(String.fromCharCode(byte));
  }
  if (pending.length > 0) push(decode(Uint8Array.from(pending)));
  reader.giveBack();
  return { text, escaped, end };
}

function isBlank(c: string): boolean {
  return c === " " || c === "\t" || c === "\n";
}

/** Fields for `count` names; the last one takes the rest. */
function splitFields(input: Input, ifs: string, count: number): string[] {
  const { text, escaped } = input;
  const { length } = text;
  const delimits = (at: number) => ifs.includes(text.charAt(at)) && !escaped?.has(at);
  const blankAt = (at: number) => isBlank(text.charAt(at)) && delimits(at);
  const fields: string[] = [];
  let at = 0;
  const skipBlanks = () => {
    while (at < length && blankAt(at)) at++;
  };
  skipBlanks();
  while (fields.length < count - 1 && at < length) {
    const start = at;
    while (at < length && !delimits(at)) at++;
    fields.push(text.slice(start, at));
    skipBlanks();
    if (at < length && delimits(at) && !blankAt(at)) {
      at++;
      skipBlanks();
    }
  }
  if (fields.length < count) {
    let end = length;
    while (end > at && blankAt(end - 1)) end--;
    // One delimiter after a single field is dropped with it.
    let first = at;
    while (first < end && !delimits(first)) first++;
    if (first < end && !blankAt(first) && first === end - 1) end--;
    else if (first < end) {
      let next = first;
      while (next < end && blankAt(next)) next++;
      if (next === end - 1 && delimits(next)) end = first;
    }
    fields.push(text.slice(at, end));
  }
  while (fields.length < count) fields.push("");
  return fields;
}

function splitAll(input: Input, ifs: string): string[] {
  const { text, escaped } = input;
  const out: string[] = [];
  let start = -1;
  let afterBlank = false;
  for (let at = 0; at < text.length; at++) {
    const c = text.charAt(at);
    if (ifs.includes(c) && !escaped?.has(at)) {
      const blank = isBlank(c);
      if (start >= 0) {
        out.push(text.slice(start, at));
        start = -1;
        afterBlank = blank;
      } else if (!blank) {
        if (afterBlank) afterBlank = false;
        else out.push("");
      }
    } else if (start < 0) start = at;
  }
  if (start >= 0) out.push(text.slice(start));
  return out;
}

function terminal(shell: Shell, fd: number): Termios | undefined {
  try {
    return shell.sys.isatty(fd) ? shell.sys.tcgetattr(fd) : undefined;
  } catch {
    return undefined;
  }
}

const read: Builtin = {
  name: "read", usage: "read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]",
  help: "Reads a line and gives its words to the NAMEs, the rest to the last; without names all of it to REPLY.\n-r leaves backslashes alone, -s does not show what is typed, -a fills an array, -d ends at another character, -n and -N read so many characters,\n-p prints a prompt, -t gives up after some seconds, -u reads another descriptor, -e edits the line, starting with the text of -i.",
  *run(shell, args) {
    const parsed = parseOptions(args, shell.strict ? "rp:" : "ersa:d:i:n:N:p:t:u:");
    if (shell.strict && parsed.rest.length === 0) throw new BuiltinError("arg count", 2);
    const number = (letter: string, message: string): number | undefined => {
      const text = parsed.value(letter);
      if (text === undefined) return undefined;
      if (!/^[0-9]+$/.test(text)) throw new BuiltinError(`${text}: ${message}`, 1);
      return Number(text);
    };
    const fd = number("u", "invalid file descriptor specification") ?? 0;
    if (!shell.sys.descriptors().includes(fd)) {
      if (parsed.has("u")) throw new BuiltinError(`${fd}: invalid file descriptor: Bad file descriptor`, 1);
      throw new BuiltinError(`read error: ${fd}: Bad file descriptor`, 1);
    }
    const exactCount = number("N", "invalid number");
    const count = exactCount ?? number("n", "invalid number");
    const timeoutText = parsed.value("t");
    let timeoutUs: number | undefined;
    if (timeoutText !== undefined) {
      if (!/^[0-9]*\.?[0-9]*$/.test(timeoutText) || timeoutText === "" || timeoutText === ".") throw new BuiltinError(`${timeoutText}: invalid timeout specification`, 1);
      timeoutUs = Math.round(Number(timeoutText) * 1_000_000);
    } else if (!shell.dash) {
      const seconds = Number(shell.getVariable("TMOUT") || "0");
      if (seconds > 0) timeoutUs = Math.round(seconds * 1_000_000);
    }
    for (const name of parsed.rest) if (!parseTarget(name)) throw shell.strict ? new BuiltinError(`${name}: bad variable name`, 2) : new BuiltinError(`\`${name}': not a valid identifier`, 1);
    if (timeoutUs === 0) {
      const ready = yield* shell.sys.poll([{ fd, events: POLL.IN }], 0);
      return ready.length > 0 ? 0 : 1;
    }
    const tty = terminal(shell, fd);
    const prompt = parsed.value("p");
    const delimiterText = parsed.value("d");
    const delimiter = delimiterText === undefined ? 10 : delimiterText === "" ? 0 : delimiterText.charCodeAt(0);
    let input: Input;
    if (parsed.has("e") && tty && shell.lineEditing) {
      const flags = new Set(tty.flags);
      if (parsed.has("s")) {
        flags.delete("echo");
        yield* shell.sys.tcsetattr(fd, { ...tty, flags });
      }
      const line = yield* shell.lineEditing.readLine(prompt ?? "", {
        data: true, ...(parsed.has("i") ? { initialText: parsed.value("i") ?? "" } : {}), ...(delimiter === 10 ? {} : { delimiter: String.fromCharCode(delimiter) }),
        ...(count === undefined ? {} : { count, exact: exactCount !== undefined }), ...(timeoutUs === undefined ? {} : { deadlineUs: shell.sys.clockUs("monotonic") + timeoutUs }),
      });
      if (parsed.has("s")) yield* shell.sys.tcsetattr(fd, tty);
      input = line === undefined ? { text: "", escaped: undefined, end: shell.lineEditing.timedOut ? "timeout" : "eof" } : inputOf(line, parsed.has("r"));
    } else {
      if (prompt !== undefined && tty) yield* shell.errorText(prompt);
      input = yield* readFrom(shell, {
        fd, raw: parsed.has("r"), delimiter, count, exact: exactCount !== undefined, prompt: shell.interactive && tty !== undefined, deadlineUs: timeoutUs === undefined ? undefined : shell.sys.clockUs("monotonic") + timeoutUs,
      }, tty, parsed.has("s"));
    }
    const status = input.end === "timeout" ? 142 : input.end === "eof" ? 1 : 0;
    try {
      store(shell, parsed.rest, parsed.value("a"), input, exactCount !== undefined);
    } catch (error) {
      if (!(error instanceof AssignmentError)) throw error;
      if (shell.strict) throw error;
      return yield* refuse(shell, error.message);
    }
    return status;
  },
};

/** An edited line, its backslashes taken out. */
function inputOf(line: string, raw: boolean): Input {
  if (raw || !line.includes("\\")) return { text: line, escaped: undefined, end: "delimiter" };
  let text = "";
  const escaped = new Set<number>();
  for (let at = 0; at < line.length; at++) {
    if (line.charAt(at) === "\\") {
      at++;
      escaped.add(text.length);
    }
    text += line.charAt(at);
  }
  return { text, escaped, end: "delimiter" };
}

function* readFrom(shell: Shell, request: Request, tty: Termios | undefined, silent: boolean): Blocking<Input> {
  const changed = tty && (silent || request.count !== undefined || request.delimiter !== 10);
  if (changed) {
    const flags = new Set(tty.flags);
    if (silent) for (const flag of ["echo", "echok", "echonl"]) flags.delete(flag);
    if (request.count !== undefined || request.delimiter !== 10) flags.delete("icanon");
    yield* shell.sys.tcsetattr(request.fd, { ...tty, flags, min: 1, time: 0 });
  }
  try {
    return yield* readInput(shell, request);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new BuiltinError(`read error: ${request.fd}: ${error.message}`, 1);
  } finally {
    if (changed) yield* shell.sys.tcsetattr(request.fd, tty);
  }
}

function store(shell: Shell, names: readonly string[], array: string | undefined, input: Input, whole: boolean): void {
  const ifs = shell.ifs;
  if (array !== undefined) {
    const target = parseTarget(array);
    if (!target || target.subscript !== undefined) throw new BuiltinError(`\`${array}': not a valid identifier`, 1);
    const variable = shell.variables.find(array);
    if (variable && (variable.flags & 256) !== 0) throw new BuiltinError(`${array}: cannot convert associative to indexed array`, 1);
    if (variable && (variable.flags & 2) === 0 && (variable.flags & 64) === 0) unsetVariableKeepingScope(shell, array);
    setArray(shell, array, whole ? [joinBytes(input.text)] : splitAll(input, ifs).map(joinBytes));
    return;
  }
  if (names.length === 0) {
    assignScalar(shell, "REPLY", joinBytes(input.text));
    return;
  }
  const fields = whole ? [input.text] : splitFields(input, ifs, names.length);
  names.forEach((name, index) => {
    if (!assignTarget(shell, name, joinBytes(fields[index] ?? ""))) throw new BuiltinError(`\`${name}': not a valid identifier`, 1);
  });
}

function unsetVariableKeepingScope(shell: Shell, name: string): void {
  const variable = shell.variables.find(name);
  if (variable && typeof variable.value === "string") {
    const scope = shell.variables.scopeOf(name);
    if (scope?.kind === "function") shell.variables.own(name, variable).value = undefined;
    else unsetVariable(shell, name);
  }
}

export default read;
