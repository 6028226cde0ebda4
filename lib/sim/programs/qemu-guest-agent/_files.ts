// Files of the guest for its host: guest-file-open and what is done with its handles (qga/commands-posix.c).
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { AgentError, type Arguments, type Json } from "./_agent-error.ts";

export interface OpenFile {
  readonly fd: number;
  atEnd: boolean;
}

const firstHandle = 1000;
const usualCount = 4096;
const mostCount = 48 * 1024 * 1024;

/** fopen(3)'s. */
const modes = new Map([["r", O.RDONLY], ["w", O.WRONLY | O.CREAT | O.TRUNC], ["a", O.WRONLY | O.CREAT | O.APPEND], ["r+", O.RDWR], ["w+", O.RDWR | O.CREAT | O.TRUNC], ["a+", O.RDWR | O.CREAT | O.APPEND]]);

type Files = Map<number, OpenFile>;
type FileHandler = (sys: Sys, given: Arguments, state: { readonly files: Files }) => Blocking<Json>;

function opened(given: Arguments, files: Files): OpenFile {
  const { handle } = given;
  if (typeof handle !== "number") throw new AgentError("GenericError", "Parameter 'handle' is missing");
  const file = files.get(handle);
  if (file === undefined) throw new AgentError("GenericError", `handle '${handle}' has not been found`);
  return file;
}

const whences = [["set", 0, "set"], ["cur", 1, "current"], ["end", 2, "end"]] as const;

const failed = (what: string, error: unknown): AgentError => {
  if (!(error instanceof SysError)) throw error;
  return new AgentError("GenericError", `${what}: ${error.message}`);
};

export const fileCommands: readonly (readonly [name: string, handler: FileHandler])[] = [
  ["guest-file-open", function* (sys, given, { files }) {
    const { path, mode = "r" } = given;
    if (typeof path !== "string") throw new AgentError("GenericError", "Parameter 'path' is missing");
    const flags = typeof mode === "string" ? modes.get(mode.replace(/b/g, "")) : undefined;
    if (flags === undefined) throw new AgentError("GenericError", `invalid file open mode '${String(mode)}'`);
    let handle = firstHandle;
    while (files.has(handle)) handle++;
    try {
      files.set(handle, { fd: yield* sys.open(path, flags | O.CLOEXEC, 0o666), atEnd: false });
    } catch (error) {
      throw failed(`failed to open file '${path}' (mode: '${String(mode)}')`, error);
    }
    return handle;
  }],
  ["guest-file-read", function* (sys, given, { files }) {
    const file = opened(given, files);
    const count = typeof given["count"] === "number" ? given["count"] : usualCount;
    if (count < 0 || count >= mostCount) throw new AgentError("GenericError", `value '${count}' is invalid for argument count`);
    const parts: Uint8Array[] = [];
    let length = 0;
    try {
      while (length < count) {
        const bytes = yield* sys.read(file.fd, count - length);
        file.atEnd = bytes.length === 0;
        if (file.atEnd) break;
        parts.push(bytes);
        length += bytes.length;
      }
    } catch (error) {
      throw failed("failed to read file", error);
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return { count: length, "buf-b64": base64Of(whole), eof: file.atEnd };
  }],
  ["guest-file-write", function* (sys, given, { files }) {
    const file = opened(given, files);
    const bytes = typeof given["buf-b64"] === "string" ? bytesOfBase64(given["buf-b64"]) : undefined;
    if (bytes === undefined) throw new AgentError("GenericError", "failed to decode buffer");
    const count = typeof given["count"] === "number" ? given["count"] : bytes.length;
    if (count < 0 || count > bytes.length) throw new AgentError("GenericError", `value '${count}' is invalid for argument count`);
    try {
      for (let done = 0; done < count;) done += yield* sys.write(file.fd, bytes.subarray(done, count));
    } catch (error) {
      throw failed("failed to write to file", error);
    }
    return { count, eof: false };
  }],
  ["guest-file-seek", function* (sys, given, { files }) {
    const file = opened(given, files);
    const whence = whences.find(([name, number]) => given["whence"] === name || given["whence"] === number)?.[2];
    if (typeof given["offset"] !== "number" || whence === undefined) throw new AgentError("GenericError", "Parameter 'whence' is missing");
    yield* sys.preempt();
    file.atEnd = false;
    return { position: sys.lseek(file.fd, given["offset"], whence), eof: false };
  }],
  ["guest-file-flush", function* (sys, given, { files }) {
    opened(given, files);
    yield* sys.preempt();
    return {};
  }],
  ["guest-file-close", function* (sys, given, { files }) {
    const file = opened(given, files);
    yield* sys.preempt();
    sys.close(file.fd);
    files.delete(Number(given["handle"]));
    return {};
  }],
];
