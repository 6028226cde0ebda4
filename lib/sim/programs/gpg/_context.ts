// What every command of gpg has at hand: options, the home directory, messages, questions, the clock.
import { type Blocking, concatBytes, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { ProgramLineReader } from "../../readline/program-line-reader.ts";
import { LineInterrupted } from "../../readline/line-interrupted.ts";
import { directoryOf } from "../kit/paths.ts";
import { exists } from "../kit/presence.ts";
import type { Io } from "../kit/program.ts";
import { messageLanguage } from "../kit/messages/translate.ts";
import { civilAt, strftime, timeLocale } from "../kit/time-format.ts";
import { readZone, UTC, type Zone } from "../kit/zones.ts";

/** Ends gpg: the text goes to standard error as it is, with the status. */
export class GpgFailure extends Error {
  readonly status: number;
  constructor(text: string, status = 2) {
    super(text);
    this.status = status;
  }
}

export class Settings {
  readonly #values = new Map<string, string[]>();

  add(name: string, value: string): void {
    const list = this.#values.get(name);
    if (list === undefined) this.#values.set(name, [value]);
    else list.push(value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The last one given. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

export function* readBytes(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = path === "-" ? 0 : yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) return concatBytes(parts);
      parts.push(bytes);
      if (sys.charge(1 + (bytes.length >> 6))) yield* sys.preempt();
    }
  } finally {
    if (fd !== 0) sys.close(fd);
  }
}

export function* writeBytes(sys: Sys, path: string, content: Uint8Array | string, mode = 0o666): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, mode);
  try {
    yield* sys.write(fd, typeof content === "string" ? encode(content) : content);
  } finally {
    sys.close(fd);
  }
}

export class Context {
  readonly sys: Sys;
  readonly io: Io;
  readonly settings: Settings;
  readonly home: string;
  readonly zone: Zone;
  /** gpg or gpgv: what messages begin with */
  readonly program: string;
  #reader: ProgramLineReader | undefined;
  #commandText: string | undefined;

  private constructor(sys: Sys, io: Io, settings: Settings, home: string, zone: Zone, program: string) {
    this.sys = sys;
    this.io = io;
    this.settings = settings;
    this.home = home;
    this.zone = zone;
    this.program = program;
  }

  static *open(sys: Sys, io: Io, settings: Settings, program = "gpg"): Blocking<Context> {
    const home = settings.get("homedir") ?? sys.environment.get("GNUPGHOME") ?? `${sys.environment.get("HOME") ?? "/"}/.gnupg`;
    const absolute = home.startsWith("/") ? home : `${sys.getcwd()}/${home}`;
    return new Context(sys, io, settings, absolute.replace(/(.)\/+$/, "$1"), yield* readZone(sys), program);
  }

  get batch(): boolean {
    return this.settings.has("batch");
  }

  get nowSeconds(): number {
    return Math.floor(this.sys.clockUs("realtime") / 1_000_000);
  }

  /** "gpg: TEXT" on standard error. */
  *log(text: string): Blocking<void> {
    yield* this.io.stderr(`${this.program}: ${text}\n`);
  }

  *note(text: string): Blocking<void> {
    if (!this.settings.has("quiet")) yield* this.log(text);
  }

  /** A line of --status-fd. */
  *status(text: string): Blocking<void> {
    const fd = this.settings.get("status-fd");
    if (fd === undefined) return;
    yield* this.io.out.flush();
    try {
      yield* this.sys.write(Number(fd), encode(`[GNUPG:] ${text}\n`));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  put(text: string): void {
    this.io.out.put(text);
  }

  /** A text of ours in the language of the environment; the white space at its end stays. */
  word(english: string): string {
    const body = english.trimEnd();
    return this.io.word(body) + english.slice(body.length);
  }

  /** A letter, as typed where the question was asked in another language, as the one that it means here. */
  answered(letter: string, meanings: Readonly<Record<string, string>>): string {
    return messageLanguage(this.sys) === undefined ? letter : (meanings[letter.toLowerCase()] ?? letter);
  }

  /** To the terminal where there is one: dialogues of gpg do not go to standard output. */
  *tell(english: string): Blocking<void> {
    const text = this.word(english);
    yield* this.io.out.flush();
    const fd = yield* this.#terminal(O.WRONLY);
    if (fd === undefined) {
      yield* this.sys.write(2, encode(text));
      return;
    }
    yield* this.sys.write(fd, encode(text));
    this.sys.close(fd);
  }

  *#terminal(flags: number): Blocking<number | undefined> {
    if (this.settings.has("no-tty")) return undefined;
    try {
      return yield* this.sys.open("/dev/tty", flags | O.CLOEXEC);
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }

  /** An answer on the terminal, or a line of --command-fd. Ends gpg where neither is there. */
  *ask(english: string): Blocking<string> {
    const prompt = this.word(english);
    const commandFd = this.settings.get("command-fd");
    if (commandFd !== undefined) {
      this.#commandText ??= decode(yield* readFd(this.sys, Number(commandFd)));
      const end = this.#commandText.indexOf("\n");
      const line = end < 0 ? this.#commandText : this.#commandText.slice(0, end);
      if (end < 0 && line === "") throw new GpgFailure("");
      this.#commandText = end < 0 ? "" : this.#commandText.slice(end + 1);
      return line.trim();
    }
    if (this.batch) throw new GpgFailure("gpg: Sorry, we are in batchmode - can't get input\n");
    if (this.settings.has("no-tty")) throw new GpgFailure("gpg: Sorry, no terminal at all requested - can't get input\n");
    const fd = yield* this.#terminal(O.RDWR);
    if (fd === undefined) throw new GpgFailure("gpg: cannot open '/dev/tty': No such device or address\n");
    this.sys.close(fd);
    yield* this.io.out.flush();
    if (this.sys.isatty(0)) {
      this.#reader ??= new ProgramLineReader(this.sys);
      try {
        const line = yield* this.#reader.readLine(prompt);
        if (line === undefined) throw new GpgFailure("\n");
        return line.trim();
      } catch (error) {
        if (error instanceof LineInterrupted) throw new GpgFailure("\ngpg: signal Interrupt caught ... exiting\n\n", 2);
        throw error;
      }
    }
    const terminal = yield* this.sys.open("/dev/tty", O.RDWR | O.CLOEXEC);
    try {
      yield* this.sys.write(terminal, encode(prompt));
      const bytes = yield* this.sys.read(terminal, 4096);
      if (bytes.length === 0) throw new GpgFailure("\n");
      return decode(bytes).trim();
    } finally {
      this.sys.close(terminal);
    }
  }

  /** (y/N) */
  *agree(prompt: string): Blocking<boolean> {
    if (this.settings.has("yes")) return true;
    return /^y(es)?$/i.test(this.answered(yield* this.ask(prompt), { o: "y", oui: "y" }));
  }

  date(seconds: number): string {
    return strftime("%Y-%m-%d", civilAt(this.zone, seconds));
  }

  /** "Sun Nov 22 11:46:09 2026 UTC" */
  time(seconds: number): string {
    const locale = timeLocale(this.sys);
    return strftime(locale === undefined ? "%a %b %e %H:%M:%S %Y %Z" : "%a %d %b %Y %H:%M:%S %Z", civilAt(this.zone, seconds), locale);
  }

  /** "20261122T114451" */
  stamp(): string {
    return strftime("%Y%m%dT%H%M%S", civilAt(UTC, this.nowSeconds));
  }

  path(name: string): string {
    return `${this.home}/${name}`;
  }

  /** The home directory and the keyring, made at the first use. Ends gpg where a given home is missing. */
  *prepareHome(): Blocking<void> {
    if (!exists(this.sys, this.home)) {
      const isDefault = this.home === `${this.sys.environment.get("HOME") ?? "/"}/.gnupg`;
      if (!isDefault) throw new GpgFailure(`gpg: keyblock resource '${this.path("pubring.kbx")}': No such file or directory\ngpg: Fatal: ${this.home}: directory does not exist!\n`);
      try {
        this.sys.mkdir(this.home, 0o700);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new GpgFailure(`gpg: Fatal: can't create directory '${this.home}': ${error.message}\n`);
      }
      yield* this.log(`directory '${this.home}' created`);
    }
    const facts = this.sys.stat(this.home);
    if ((facts.mode & 0o77) !== 0) yield* this.log(`WARNING: unsafe permissions on homedir '${this.home}'`);
    else if (facts.uid !== this.sys.getcred().euid) yield* this.log(`WARNING: unsafe ownership on homedir '${this.home}'`);
  }

  /** Where output goes: --output, or what the command makes of the input's name; standard output without both. */
  *writeOutput(name: string | undefined, content: Uint8Array, failed = "signing failed"): Blocking<void> {
    let target = this.settings.get("output") ?? name;
    if (target === undefined || target === "-") {
      yield* this.io.out.printBytes(content);
      yield* this.io.out.flush();
      return;
    }
    while (exists(this.sys, target) && !this.settings.has("yes")) {
      if (this.batch || this.settings.has("no")) throw new GpgFailure(`gpg: ${failed}: File exists\n`);
      yield* this.tell(`File '${target}' exists. `);
      if (yield* this.agree("Overwrite? (y/N) ")) break;
      const other = yield* this.ask("Enter new filename: ");
      if (other === "") throw new GpgFailure(`gpg: ${failed}: File exists\n`);
      target = other;
    }
    try {
      yield* writeBytes(this.sys, target, content);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new GpgFailure(`gpg: can't create '${target}': ${error.message}\n`);
    }
  }

  /** A file of the home that others may see half written otherwise. */
  *replace(name: string, content: Uint8Array | string, mode: number): Blocking<void> {
    const path = name.startsWith("/") ? name : this.path(name);
    const temporary = `${directoryOf(path)}/.#lk0x${this.sys.getpid().toString(16).padStart(16, "0")}`;
    yield* writeBytes(this.sys, temporary, content, mode);
    this.sys.chmod(temporary, mode);
    this.sys.rename(temporary, path);
  }
}

function* readFd(sys: Sys, fd: number): Blocking<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 4096);
    if (bytes.length === 0) return concatBytes(parts);
    parts.push(bytes);
  }
}
