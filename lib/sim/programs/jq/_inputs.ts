// What jq reads: its files (or standard input) one after the other, line by line, as JSON texts, raw lines or --stream events.

import { type Blocking, decode, O, type Sys, SysError, strerror } from "../../kernel/sys.ts";
import { JsonFailure, JsonParser } from "./_json-parser.ts";
import { type Json, isArray, isObject } from "./_value.ts";

export interface InputOptions {
  readonly raw: boolean;
  readonly slurp: boolean;
  readonly stream: boolean;
}

export class Inputs {
  readonly #sys: Sys;
  readonly #options: InputOptions;
  readonly #message: (text: string) => Blocking<void>;
  readonly #files: string[];
  readonly #parser = new JsonParser();
  #fd: number | undefined;
  /** undefined before the first file */
  name: string | undefined;
  fromFile = false;
  line = 0;
  #rest: Uint8Array = new Uint8Array(0);
  #raw = "";
  #ended = false;
  readonly queue: Json[] = [];
  /** a file could not be opened */
  failed = false;
  /** nothing more can be read after bad JSON */
  broken: string | undefined;

  constructor(sys: Sys, files: readonly string[], options: InputOptions, message: (text: string) => Blocking<void>) {
    this.#sys = sys;
    this.#files = files.length > 0 ? [...files] : ["-"];
    this.fromFile = files.length > 0;
    this.#options = options;
    this.#message = message;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Reads on until there is a value in the queue, or the end, or bad JSON. */
  *fill(): Blocking<void> {
    const slurped: Json[] = [];
    while (!this.#ended && this.broken === undefined && (this.queue.length === 0 || this.#options.slurp)) {
      const line = yield* this.#nextLine();
      try {
        if (line === undefined) {
          this.#finish(slurped);
          this.#ended = true;
          break;
        }
        if (this.#options.raw) this.#takeRaw(line);
        else this.#put(this.#parser.feed(line), slurped);
      } catch (error) {
        if (!(error instanceof JsonFailure)) throw error;
        if (!this.#options.slurp) this.#put(this.#parser.takeDone(), slurped);
        this.broken = error.message;
      }
      if (this.#sys.charge(1 + ((line?.length ?? 0) >> 4))) yield* this.#sys.preempt();
    }
  }

  #put(values: readonly Json[], slurped: Json[]): void {
    if (this.#options.slurp) slurped.push(...values);
    else for (const value of values) this.queue.push(...(this.#options.stream ? events(value) : [value]));
  }

  #takeRaw(line: string): void {
    if (this.#options.slurp) this.#raw += line;
    else {
      this.#raw += line;
      if (!this.#raw.endsWith("\n")) return;
      this.queue.push(this.#raw.slice(0, -1));
      this.#raw = "";
    }
  }

  #finish(slurped: Json[]): void {
    if (this.#options.raw) {
      if (this.#options.slurp || this.#raw !== "") this.queue.push(this.#raw);
      return;
    }
    this.#put(this.#parser.finish(), slurped);
    if (this.#options.slurp) this.queue.push(slurped);
  }

  /** The next piece of text, a line at most. */
  *#nextLine(): Blocking<string | undefined> {
    for (;;) {
      const newline = this.#rest.indexOf(10);
      if (newline >= 0) {
        const text = decode(this.#rest.subarray(0, newline + 1));
        this.#rest = this.#rest.subarray(newline + 1);
        this.line++;
        return text;
      }
      if (this.#fd === undefined && !(yield* this.#openNext())) return undefined;
      let bytes: Uint8Array;
      try {
        bytes = yield* this.#sys.read(this.#fd ?? 0, 65536);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        // A directory is an input that cannot be read, without a word.
        this.failed = true;
        bytes = new Uint8Array(0);
      }
      if (bytes.length === 0) {
        if (this.#fd !== undefined && this.#fd !== 0) this.#sys.close(this.#fd);
        this.#fd = undefined;
        const text = decode(this.#rest);
        this.#rest = new Uint8Array(0);
        if (text !== "") return text;
        continue;
      }
      const joined = new Uint8Array(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
      this.#rest = joined;
    }
  }

  *#openNext(): Blocking<boolean> {
    for (;;) {
      const file = this.#files.shift();
      if (file === undefined) return false;
      this.line = 0;
      if (file === "-") {
        this.#fd = 0;
        this.name = this.fromFile ? file : undefined;
        return true;
      }
      try {
        this.#fd = yield* this.#sys.open(file, O.RDONLY);
        this.name = file;
        return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        this.failed = true;
        yield* this.#message(`jq: error: Could not open file ${file}: ${strerror(error.errno)}\n`);
      }
    }
  }
}

/** --stream: [path, leaf] for each leaf, and [path] where an array or object ends. */
function events(value: Json): Json[] {
  const list: Json[] = [];
  const visit = (of: Json, path: readonly Json[]): void => {
    const keys: readonly Json[] = isArray(of) ? of.map((_, i) => i) : isObject(of) ? [...of.keys()] : [];
    if (keys.length === 0) {
      list.push([path, of]);
      return;
    }
    for (const key of keys) visit((isArray(of) ? of[Number(key)] : isObject(of) ? of.get(String(key)) : null) ?? null, [...path, key]);
    list.push([[...path, keys.at(-1) ?? null]]);
  };
  visit(value, []);
  return list;
}
