// What a simulated binary's file holds. It begins as an ELF file does (elf(5)), so that file(1), `head -c4` and exec(2) see one; then
// comes a note that names the program, its interpreter and its libraries. The rest of its believable size is a hole.

import { decode, encode } from "./bytes.ts";

export interface Executable {
  /** what the loader knows it by: "coreutils/ls" */
  readonly program: string;
  readonly kind: "program" | "library";
  /** "/lib64/ld-linux-x86-64.so.2"; undefined for a static one */
  readonly interpreter: string | undefined;
  /** DT_NEEDED: "libc.so.6" */
  readonly needed: readonly string[];
  /** what the file's size shall be */
  readonly sizeBytes: number;
  /** memory it takes when it starts */
  readonly residentBytes: number;
  /** hexadecimal build id, as file(1) shows it */
  readonly buildId: string;
  /** of its Debian package, when that is not the version which the simulation was recorded from: programs print it as theirs */
  readonly version?: string;
}

export const DYNAMIC_LINKER = "/lib64/ld-linux-x86-64.so.2";
const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const MARK = "HoteProgram\n";

/** The bytes at the start of the file; the caller makes the file `sizeBytes` long. */
export function encodeExecutable(executable: Executable): Uint8Array {
  const interpreter = executable.interpreter === undefined ? new Uint8Array(0) : encode(`${executable.interpreter}\0`);
  const note = encode(`${MARK}${[
    `program=${executable.program}`, `kind=${executable.kind}`, ...(executable.interpreter === undefined ? [] : [`interpreter=${executable.interpreter}`]),
    ...executable.needed.map((library) => `needed=${library}`), `size=${executable.sizeBytes}`, `resident=${executable.residentBytes}`, `build-id=${executable.buildId}`, ...(executable.version === undefined ? [] : [`version=${executable.version}`]),
  ].join("\n")}\n\0`);
  const headers = executable.interpreter === undefined ? 1 : 2;
  const start = HEADER_BYTES + headers * PROGRAM_HEADER_BYTES;
  const bytes = new Uint8Array(start + interpreter.length + note.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]);
  // dynamically linked ones are position independent (ET_DYN), static ones ET_EXEC
  view.setUint16(16, executable.interpreter === undefined && executable.kind === "program" ? 2 : 3, true);
  view.setUint16(18, 62, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(24, 0x1040n, true);
  view.setBigUint64(32, BigInt(HEADER_BYTES), true);
  view.setUint16(52, HEADER_BYTES, true);
  view.setUint16(54, PROGRAM_HEADER_BYTES, true);
  view.setUint16(56, headers, true);
  view.setUint16(58, 64, true);
  const segment = (index: number, type: number, offset: number, length: number): void => {
    const at = HEADER_BYTES + index * PROGRAM_HEADER_BYTES;
    view.setUint32(at, type, true);
    view.setUint32(at + 4, type === 1 ? 5 : 4, true);
    view.setBigUint64(at + 8, BigInt(offset), true);
    view.setBigUint64(at + 16, BigInt(offset), true);
    view.setBigUint64(at + 24, BigInt(offset), true);
    view.setBigUint64(at + 32, BigInt(length), true);
    view.setBigUint64(at + 40, BigInt(length), true);
    view.setBigUint64(at + 48, type === 1 ? 4096n : 1n, true);
  };
  if (executable.interpreter !== undefined) segment(0, 3, start, interpreter.length);
  segment(headers - 1, 1, 0, Math.max(executable.sizeBytes, bytes.length));
  bytes.set(interpreter, start);
  bytes.set(note, start + interpreter.length);
  return bytes;
}

export function isElf(head: Uint8Array): boolean {
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}

const parsed = new WeakMap<Uint8Array, Executable>();

/** Undefined when the bytes are no simulated binary (or were damaged). The kernel and its loader ask about the same array. */
export function parseExecutable(head: Uint8Array): Executable | undefined {
  const known = parsed.get(head);
  if (known) return known;
  const executable = parse(head);
  if (executable) parsed.set(head, executable);
  return executable;
}

function parse(head: Uint8Array): Executable | undefined {
  if (!isElf(head)) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < HEADER_BYTES) return undefined;
  let at = HEADER_BYTES + view.getUint16(56, true) * PROGRAM_HEADER_BYTES;
  // past the interpreter's name
  if (head[at] === 0x2f) while (at < head.length && head[at] !== 0) at++;
  if (head[at] === 0) at++;
  let end = at;
  while (end < head.length && head[end] !== 0) end++;
  const note = decode(head.subarray(at, end));
  if (!note.startsWith(MARK)) return undefined;
  let program = "", interpreter: string | undefined, buildId = "", version: string | undefined;
  let kind: "program" | "library" = "program";
  let sizeBytes = 0, residentBytes = 1_500_000;
  const needed: string[] = [];
  for (const line of note.slice(MARK.length).split("\n")) {
    const split = line.indexOf("=");
    const value = line.slice(split + 1);
    switch (line.slice(0, split)) {
      case "program": program = value; break;
      case "kind": kind = value === "library" ? "library" : "program"; break;
      case "interpreter": interpreter = value; break;
      case "needed": needed.push(value); break;
      case "size": sizeBytes = Number(value); break;
      case "resident": residentBytes = Number(value); break;
      case "build-id": buildId = value; break;
      case "version": version = value; break;
    }
  }
  return { program, kind, interpreter, needed, sizeBytes, residentBytes, buildId, ...(version !== undefined && { version }) };
}
