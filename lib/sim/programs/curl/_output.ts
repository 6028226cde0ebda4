// Where an answer is written: standard output, or a file that is made with its first byte (tool_cb_wrt.c, tool_cb_hdr.c).

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { exists } from "../kit/presence.ts";
import { CurlFailure } from "./_failure.ts";

export interface OutputPlan {
  /** undefined: standard output */
  name: string | undefined;
  readonly makesDirectories: boolean;
  readonly clobbers: boolean;
  readonly appends: boolean;
  /** -J: never over a file */
  readonly serverNamed: boolean;
  readonly mode: number;
}

export class OutputFile {
  readonly plan: OutputPlan;
  readonly #sys: Sys;
  readonly #warn: (text: string) => void;
  readonly #standard: (bytes: Uint8Array) => Blocking<void>;
  #fd: number | undefined;
  bytes = 0;
  exclusive = false;

  constructor(sys: Sys, plan: OutputPlan, standard: (bytes: Uint8Array) => Blocking<void>, warn: (text: string) => void) {
    this.#sys = sys;
    this.plan = plan;
    this.#standard = standard;
    this.#warn = warn;
  }

  *write(bytes: Uint8Array): Blocking<void> {
    if (this.plan.name === undefined) {
      this.bytes += bytes.length;
      yield* this.#standard(bytes);
      return;
    }
    const fd = this.#fd ?? (yield* this.open());
    try {
      for (let at = 0; at < bytes.length; ) at += yield* this.#sys.write(fd, bytes.subarray(at));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new CurlFailure(23, "Failure writing output to destination");
    }
    this.bytes += bytes.length;
  }

  /** Throws CurlFailure. */
  *open(): Blocking<number> {
    const { plan } = this;
    const sys = this.#sys;
    let name = plan.name ?? "";
    try {
      if (plan.makesDirectories) for (let slash = name.indexOf("/", 1); slash > 0; slash = name.indexOf("/", slash + 1)) if (!exists(sys, name.slice(0, slash))) sys.mkdir(name.slice(0, slash), 0o750);
      if (!plan.clobbers) {
        for (let number = 1; exists(sys, name) && number < 100; number++) name = `${plan.name ?? ""}.${number}`;
        plan.name = name;
      }
      const flags = O.WRONLY | O.CREAT | (plan.appends ? O.APPEND : this.exclusive ? O.EXCL : O.TRUNC);
      this.#fd = yield* sys.open(name, flags, plan.mode);
      return this.#fd;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#warn(`Failed to open the file ${name}: ${error.message}`);
      throw new CurlFailure(23, "Failure writing output to destination");
    }
  }

  /** What a failed try wrote goes. */
  truncate(): void {
    if (this.#fd === undefined) return;
    try {
      this.#sys.ftruncate(this.#fd, 0);
      this.#sys.lseek(this.#fd, 0, "set");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new CurlFailure(23, "Failed to truncate file");
    }
    this.bytes = 0;
  }

  /** A transfer without a byte makes an empty file all the same. */
  *finish(makes: boolean): Blocking<void> {
    if (makes && this.#fd === undefined && this.plan.name !== undefined && !this.plan.serverNamed) yield* this.open();
    if (this.#fd !== undefined) this.#sys.close(this.#fd);
    this.#fd = undefined;
  }
}
