// What pwck and grpck have in common: the lines of a file as they are, questions that are answered yes, no, or not at all, and writing what is left.
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/gnu.ts";

/** One of the files, line by line; lines that make no sense are kept until somebody says otherwise. */
export class CheckedFile {
  readonly path: string;
  lines: string[];
  changed = false;

  private constructor(path: string, lines: string[]) {
    this.path = path;
    this.lines = lines;
  }

  /** Undefined when it cannot be opened. */
  static *read(sys: Sys, path: string): Blocking<CheckedFile | undefined> {
    const text = yield* readTextFile(sys, path);
    return text === undefined ? undefined : new CheckedFile(path, text.replace(/\n$/, "").split("\n").filter((line, _at, all) => line !== "" || all.length > 1));
  }

  entry(name: string): readonly string[] | undefined {
    return this.lines.map((line) => line.split(":")).find((fields) => fields[0] === name);
  }

  delete(at: number): void {
    this.lines.splice(at, 1);
    this.changed = true;
  }

  append(line: string): void {
    this.lines.push(line);
    this.changed = true;
  }

  replace(at: number, line: string): void {
    this.lines[at] = line;
    this.changed = true;
  }

  /** By the number in the third field; lines without one at the end. */
  sort(): void {
    const id = (line: string): number => {
      const field = line.split(":")[2] ?? "";
      return /^\d+$/.test(field) ? Number(field) : Number.POSITIVE_INFINITY;
    };
    this.lines = [...this.lines].sort((a, b) => id(a) - id(b));
    this.changed = true;
  }

  /** In the order of the names of another file. */
  sortLike(other: CheckedFile): void {
    const names = other.lines.map((line) => line.split(":")[0] ?? "");
    const place = (line: string): number => {
      const at = names.indexOf(line.split(":")[0] ?? "");
      return at < 0 ? names.length : at;
    };
    this.lines = [...this.lines].sort((a, b) => place(a) - place(b));
    this.changed = true;
  }

  /** The file before is kept with a dash. */
  *write(sys: Sys): Blocking<void> {
    const { mode, uid, gid } = sys.stat(this.path);
    const fd = yield* sys.open(`${this.path}+`, O.WRONLY | O.CREAT | O.TRUNC, mode & 0o7777);
    sys.fchmod(fd, mode & 0o7777);
    sys.fchown(fd, uid, gid);
    yield* sys.write(fd, encode(this.lines.map((line) => `${line}\n`).join("")));
    sys.close(fd);
    sys.rename(this.path, `${this.path}-`);
    sys.rename(`${this.path}+`, this.path);
  }
}

export class Check {
  readonly #io: Io;
  readonly #readOnly: boolean;
  errors = 0;

  constructor(io: Io, readOnly: boolean) {
    this.#io = io;
    this.#readOnly = readOnly;
  }

  error(text: string): void {
    this.#io.say(`${text}\n`);
    this.errors++;
  }

  /** The question stands at the end of a line; without changes the answer is No, and shown. */
  *ask(question: string): Blocking<boolean> {
    this.#io.say(question);
    if (this.#readOnly) {
      this.#io.say("No\n");
      return false;
    }
    yield* this.#io.out.flush();
    const line = yield* this.#io.stdin.line();
    return /^y/i.test(line ?? "");
  }

  *finish(sys: Sys, name: string, files: readonly CheckedFile[]): Blocking<number> {
    const changed = files.filter((file) => file.changed);
    try {
      for (const file of changed) yield* file.write(sys);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.warn(`failure while writing changes to ${changed[0]?.path ?? ""}`);
      return 5;
    }
    if (this.errors > 0) this.#io.say(changed.length > 0 ? `${name}: the files have been updated\n` : `${name}: no changes\n`);
    return this.errors > 0 ? 2 : 0;
  }
}
