// Where sed writes: standard output, the file edited in place, w files. A last line without newline stays so, unless more is written behind it.

import { type Blocking, O, type Sys } from "../../kernel/sys.ts";
import { Output } from "../kit/output.ts";

export class SedOutput {
  readonly out: Output;
  readonly #delimiter: string;
  #missingNewline = false;

  constructor(out: Output, delimiter: string) {
    this.out = out;
    this.#delimiter = delimiter;
  }

  line(text: string, terminated: boolean): void {
    this.raw(terminated ? text + this.#delimiter : text);
    this.#missingNewline = !terminated;
  }

  /** Text as it is. */
  raw(text: string): void {
    if (this.#missingNewline) {
      this.out.put(this.#delimiter);
      this.#missingNewline = false;
    }
    this.out.put(text);
  }

  bytes(bytes: Uint8Array): void {
    this.raw("");
    this.out.putBytes(bytes);
  }
}

export class SedOutputs {
  readonly #sys: Sys;
  readonly #delimiter: string;
  readonly #files = new Map<string, SedOutput>();
  readonly standard: SedOutput;

  constructor(sys: Sys, standard: Output, delimiter: string) {
    this.#sys = sys;
    this.#delimiter = delimiter;
    this.standard = new SedOutput(standard, delimiter);
    this.#files.set("/dev/stdout", this.standard);
  }

  /** Opens (and empties) a w file; the same name is the same file. Throws SysError. */
  *open(name: string): Blocking<SedOutput> {
    let output = this.#files.get(name);
    if (!output) {
      const fd = name === "/dev/stderr" ? 2 : yield* this.#sys.open(name, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC);
      output = new SedOutput(new Output(this.#sys, fd), this.#delimiter);
      this.#files.set(name, output);
    }
    return output;
  }

  get(name: string): SedOutput | undefined {
    return this.#files.get(name);
  }

  /** ck_fwrite flushes w files at each line: another program may read them. */
  *flushFiles(): Blocking<void> {
    for (const output of this.#files.values()) if (output !== this.standard && output.out.pendingBytes > 0) yield* output.out.flush();
  }
}
