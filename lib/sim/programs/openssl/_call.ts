// What every command of openssl has: its arguments in OpenSSL's manner, input and output, passwords, messages.
import { type Blocking, concatBytes, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/program.ts";
import { askPassword } from "../login/_password-prompt.ts";

/** Ends the command: lines for standard error, as they are. */
export class OpensslFailure extends Error {
  readonly status: number;
  constructor(text: string, status = 1) {
    super(text);
    this.status = status;
  }
}

/** Names without their dash: those that stand alone, and those with a value. */
export interface Shape {
  readonly flags: readonly string[];
  readonly values: readonly string[];
  /** any other word with a dash that is taken too (digests, ciphers) */
  readonly other?: (name: string) => boolean;
}

export class Call {
  readonly sys: Sys;
  readonly io: Io;
  readonly name: string;
  readonly #values = new Map<string, string[]>();
  readonly others: string[] = [];
  /** names of options as they came */
  readonly order: string[] = [];
  readonly words: readonly string[];

  /** Throws OpensslFailure. */
  constructor(sys: Sys, io: Io, name: string, argv: readonly string[], shape: Shape) {
    this.sys = sys;
    this.io = io;
    this.name = name;
    let at = 0;
    for (; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (!word.startsWith("-") || word === "-") break;
      if (word === "--") {
        at++;
        break;
      }
      const [, option = "", inline] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      if (shape.flags.includes(option)) this.#add(option, "");
      else if (shape.values.includes(option)) {
        const value = inline ?? argv[++at];
        if (value === undefined) throw new OpensslFailure(`${name}: Option -${option} needs a value\n${name}: Use -help for summary.\n`);
        this.#add(option, value);
      } else if (shape.other?.(option) === true) this.others.push(option);
      else {
        const what = shape.other === undefined ? "Unknown option" : name === "enc" ? "Unknown cipher" : "Unknown option or message digest";
        const shown = shape.other === undefined ? `-${option}` : option;
        throw new OpensslFailure(`${name}: ${what}: ${shown}\n${name}: Use -help for summary.\n${shape.other === undefined ? "" : `${errorLine("0308010C", "digital envelope routines", "inner_evp_generic_fetch", "unsupported", "../crypto/evp/evp_fetch.c:386", `Global default library context, Algorithm (${option} : 0), Properties (<null>)`)}\n`}`);
      }
    }
    this.words = argv.slice(at);
  }

  #add(name: string, value: string): void {
    this.order.push(name);
    const list = this.#values.get(name);
    if (list === undefined) this.#values.set(name, [value]);
    else list.push(value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  put(text: string): void {
    this.io.out.put(text);
  }

  *note(text: string): Blocking<void> {
    yield* this.io.stderr(text);
  }

  get nowSeconds(): number {
    return Math.floor(this.sys.clockUs("realtime") / 1_000_000);
  }

  /** Standard input without a name. Throws SysError. */
  *read(file: string | undefined): Blocking<Uint8Array> {
    const fd = file === undefined || file === "-" ? 0 : yield* this.sys.open(file, O.RDONLY | O.CLOEXEC);
    const parts: Uint8Array[] = [];
    try {
      for (;;) {
        const bytes = yield* this.sys.read(fd, 65_536);
        if (bytes.length === 0) return concatBytes(parts);
        parts.push(bytes);
        if (this.sys.charge(1 + (bytes.length >> 6))) yield* this.sys.preempt();
      }
    } finally {
      if (fd !== 0) this.sys.close(fd);
    }
  }

  /** To -out, or standard output. `secret`: nobody else may read the file. */
  *write(content: Uint8Array | string, secret = false, file = this.get("out")): Blocking<void> {
    const bytes = typeof content === "string" ? encode(content) : content;
    if (file === undefined || file === "-") {
      yield* this.io.out.printBytes(bytes);
      return;
    }
    try {
      const fd = yield* this.sys.open(file, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, secret ? 0o600 : 0o666);
      yield* this.sys.write(fd, bytes);
      this.sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new OpensslFailure(`Can't open "${file}" for writing, ${error.message}\n${errorLine("80000002", "system library", "BIO_new_file", error.message, "../crypto/bio/bss_file.c:67", `calling fopen(${file}, w)`)}\n`);
    }
  }

  /** pass:, env:, file:, fd:, stdin (openssl-passphrase-options(1)). */
  *passwordFrom(source: string): Blocking<string> {
    const colon = source.indexOf(":");
    const kind = colon < 0 ? source : source.slice(0, colon);
    const rest = source.slice(colon + 1);
    if (kind === "pass") return rest;
    if (kind === "env") {
      const value = this.sys.environment.get(rest);
      if (value === undefined) throw new OpensslFailure(`No environment variable ${rest}\n`);
      return value;
    }
    if (kind === "file") {
      const text = yield* readTextFile(this.sys, rest);
      if (text === undefined) throw new OpensslFailure(`Can't open file ${rest}\n`);
      return text.split("\n")[0] ?? "";
    }
    if (kind === "stdin" || kind === "fd") return (yield* this.line(kind === "stdin" ? 0 : Number(rest))) ?? "";
    throw new OpensslFailure(`Invalid password argument, missing ':' within the first 5 chars\n`);
  }

  /** One line, byte by byte: what follows belongs to others. Undefined at the end. */
  *line(fd: number): Blocking<string | undefined> {
    const bytes: number[] = [];
    for (;;) {
      const [byte] = yield* this.sys.read(fd, 1);
      if (byte === undefined) return bytes.length === 0 ? undefined : decode(Uint8Array.from(bytes));
      if (byte === 10) return decode(Uint8Array.from(bytes));
      bytes.push(byte);
    }
  }

  *ask(prompt: string): Blocking<string> {
    yield* this.io.out.flush();
    const answer = yield* askPassword(this.sys, prompt);
    if (answer.kind !== "text") throw new OpensslFailure("", 1);
    return answer.text;
  }

  /** Asked for twice. Undefined when the two differ. */
  *askTwice(prompt: string): Blocking<string | undefined> {
    const first = yield* this.ask(`${prompt}:`);
    const second = yield* this.ask(`Verifying - ${prompt}:`);
    return first === second ? first : undefined;
  }
}

/** A line of OpenSSL's error queue. The number in front is the thread's, which differs from run to run in the real one. */
export function errorLine(code: string, library: string, place: string, reason: string, where: string, data = ""): string {
  return `40B7D6C3A17F0000:error:${code}:${library}:${place}:${reason}:${where}:${data}`;
}

/** What the store's loader says of a file that is not there. */
export function storeFailure(what: string, file: string, reason: string): string {
  return `Could not open file or uri for loading ${what} from ${file}\n${errorLine("16000069", "STORE routines", "ossl_store_get0_loader_int", "unregistered scheme", "../crypto/store/store_register.c:237", "scheme=file")}\n${errorLine("80000002", "system library", "file_open", reason, "../providers/implementations/storemgmt/file_store.c:266", `calling stat(${file})`)}\n`;
}

/** Lines of fifteen bytes with colons. */
export function colonLines(bytes: Uint8Array, indent: string, width = 15): string {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  let text = "";
  for (let at = 0; at < pairs.length; at += width) text += `${indent}${pairs.slice(at, at + width).join(":")}${at + width < pairs.length ? ":" : ""}\n`;
  return text;
}
