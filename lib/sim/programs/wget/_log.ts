// What wget says, and where: standard error, a file, and wget-log as soon as the shell has put it in the background (src/log.c of wget 1.21).
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";
import { nameExists } from "../kit/presence.ts";
import { strftime, civilAtUs } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";

/** "wget-log", else "wget-log.1"… */
export function uniqueName(sys: Sys, name: string): string {
  if (!nameExists(sys, name)) return name;
  for (let number = 1; ; number++) if (!nameExists(sys, `${name}.${number}`)) return `${name}.${number}`;
}

export class Log {
  readonly sys: Sys;
  readonly io: Io;
  readonly #zone: Zone;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly showProgress: boolean;
  #file: number | undefined;
  readonly #given: boolean;
  #behind = false;
  #lines: string[] = [];

  constructor(sys: Sys, io: Io, zone: Zone, how: { readonly quiet: boolean; readonly verbose: boolean; readonly showProgress: boolean; readonly file: number | undefined }) {
    this.sys = sys;
    this.io = io;
    this.#zone = zone;
    this.quiet = how.quiet;
    this.verbose = how.verbose;
    this.showProgress = how.showProgress;
    this.#file = how.file;
    this.#given = how.file !== undefined;
  }

  get now(): string {
    return strftime("%Y-%m-%d %H:%M:%S", civilAtUs(this.#zone, this.sys.clockUs("realtime")));
  }

  /** Messages go to a terminal. */
  get onTerminal(): boolean {
    return !this.#given && this.sys.isatty(2);
  }

  /** A shell with a terminal tells by the terminal's foreground group that we are behind it. */
  *#look(): Blocking<void> {
    if (this.#given || this.quiet || !this.sys.isatty(0)) return;
    const behind = this.sys.tcgetpgrp(0) !== this.sys.getpgid();
    if (behind === this.#behind) return;
    this.#behind = behind;
    if (!behind) return;
    const name = this.#file === undefined ? uniqueName(this.sys, "wget-log") : "wget-log";
    this.#file ??= yield* this.sys.open(name, O.WRONLY | O.CREAT | O.APPEND, 0o666);
    yield* this.io.stderr(`\nRedirecting output to ‘${name}’.\n`);
    yield* this.sys.write(this.#file, encode(this.#lines.join("")));
  }

  *always(message: string): Blocking<void> {
    const text = this.io.utf8 ? message : message.replace(/[‘’]/g, "'");
    yield* this.#look();
    if (!this.#given) {
      this.#lines.push(text);
      if (this.#lines.length > 24) this.#lines.shift();
    }
    if (this.#file === undefined || (!this.#given && !this.#behind)) return yield* this.io.stderr(text);
    try {
      yield* this.sys.write(this.#file, encode(this.io.word(text)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** Neither with -q nor with -nv. */
  *say(text: string): Blocking<void> {
    if (this.verbose) yield* this.always(text);
  }

  /** Not with -q. */
  *report(text: string): Blocking<void> {
    if (!this.quiet) yield* this.always(text);
  }

  /** With -nv only. */
  *brief(text: string): Blocking<void> {
    if (!this.verbose && !this.quiet) yield* this.always(text);
  }

  *progress(text: string): Blocking<void> {
    if (this.showProgress) yield* this.always(text);
  }
}
