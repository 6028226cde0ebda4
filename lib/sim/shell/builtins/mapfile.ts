import { type Blocking, SysError } from "../../kernel/sys.ts";
import { decodePieces } from "../expand/decode-pieces.ts";
import { AssignmentError, assignElement, isName, setArray } from "../interp/assign.ts";
import type { Shell } from "../interp/shell.ts";
import { ATTRIBUTE } from "../interp/variables.ts";
import { handleSignals } from "../interp/traps.ts";
import { quoteSingle } from "../syntax/quote.ts";
import { type Builtin, BuiltinError, parseOptions } from "./builtin.ts";

const LINE_BYTES = 48;

function* readAll(shell: Shell, fd: number): Blocking<string> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    try {
      const bytes = yield* shell.sys.read(fd, 65536);
      if (bytes.length === 0) break;
      chunks.push(bytes);
      // twice for the bytes and their text, and an element for each line
      let lines = 0;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
      shell.accountMemory(2 * bytes.length + LINE_BYTES * lines);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      // zgetline takes any error for the end of the input
      if (error.errno !== "EINTR") break;
      yield* handleSignals(shell);
    }
  }
  return yield* decodePieces(shell.sys, chunks);
}

export function* runMapfile(shell: Shell, args: readonly string[]): Blocking<number> {
  const parsed = parseOptions(args, "d:u:n:O:s:tC:c:");
  const number = (letter: string, what: string): number | undefined => {
    const text = parsed.value(letter);
    if (text === undefined) return undefined;
    if (!/^[0-9]+$/.test(text)) throw new BuiltinError(`${text}: invalid ${what}`, 1);
    return Number(text);
  };
  const fd = number("u", "file descriptor specification") ?? 0;
  if (!shell.sys.descriptors().includes(fd)) throw new BuiltinError(`${fd}: invalid file descriptor: Bad file descriptor`, 1);
  const limit = number("n", "line count") ?? 0;
  const skip = number("s", "line count") ?? 0;
  const origin = number("O", "array origin");
  const quantum = number("c", "callback quantum") ?? 5000;
  if (quantum === 0) throw new BuiltinError("0: invalid callback quantum", 1);
  const callback = parsed.value("C");
  const name = parsed.rest[0] ?? "MAPFILE";
  if (name === "") throw new BuiltinError("empty array variable name", 2);
  if (!isName(name)) throw new BuiltinError(`\`${name}': not a valid identifier`, 1);
  const found = shell.variables.find(name);
  if (found && (found.flags & ATTRIBUTE.READONLY) !== 0) {
    shell.builtinName = "";
    throw new BuiltinError(`${name}: readonly variable`, 1);
  }
  if (found && (found.flags & ATTRIBUTE.ASSOCIATIVE) !== 0) throw new BuiltinError(`${name}: not an indexed array`, 1);
  const delimiterText = parsed.value("d");
  const delimiter = delimiterText === undefined ? "\n" : delimiterText === "" ? "\0" : delimiterText.charAt(0);
  const text = yield* readAll(shell, fd);
  const lines: string[] = [];
  let at = 0;
  while (at < text.length && (limit === 0 || lines.length < limit + skip)) {
    const end = text.indexOf(delimiter, at);
    const stop = end < 0 ? text.length : end + 1;
    let line = text.slice(at, stop);
    if ((parsed.has("t") || delimiter === "\0") && line.endsWith(delimiter)) line = line.slice(0, -1);
    const nul = line.indexOf("\0");
    lines.push(nul < 0 ? line : line.slice(0, nul));
    at = stop;
    if ((lines.length & 511) === 0 && shell.sys.charge(512)) yield* shell.sys.preempt();
  }
  const wanted = skip === 0 ? lines : lines.slice(skip);
  if (shell.sys.charge(lines.length & 511)) shell.attention = true;
  // What was not wanted is still there for the next reader of a file.
  if (at < text.length && limit > 0) {
    try {
      shell.sys.lseek(fd, -encodeLength(text.slice(at)), "current");
    } catch {
      // a pipe cannot go back
    }
  }
  try {
    if (origin === undefined && callback === undefined) setArray(shell, name, wanted);
    else {
      if (origin === undefined) setArray(shell, name, []);
      const start = origin ?? 0;
      for (let i = 0; i < wanted.length; i++) {
        if (callback !== undefined && (i + 1) % quantum === 0) {
          shell.builtinName = "";
          yield* shell.language.runText(shell, `${callback} ${start + i} ${quoteSingle(wanted[i] ?? "")}`, { inputName: "mapfile" });
        }
        assignElement(shell, name, String(start + i), wanted[i] ?? "");
      }
    }
  } catch (error) {
    if (error instanceof AssignmentError) throw new BuiltinError(error.message, 1);
    throw error;
  }
  return 0;
}

function encodeLength(text: string): number {
  let length = 0;
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xdc80 && code <= 0xdcff ? 1 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

const mapfile: Builtin = {
  name: "mapfile", usage: "mapfile [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]",
  help: "Reads lines into an array (MAPFILE unless told). -t drops the newlines, -n takes so many lines, -s skips some, -O starts at an index,\n-d uses another delimiter, -u another descriptor, -C calls a command each -c lines.",
  run: runMapfile,
};
export default mapfile;
