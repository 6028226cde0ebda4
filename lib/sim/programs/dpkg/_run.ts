// One run of dpkg: what it was told, what it says (on the terminal, in its log and in apt's), and what it has found out so far.

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { countFiles, type DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { translated } from "../kit/messages/translate.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";

/** What --force-help lists as a thing that can be forced. */
export type Force = "confold" | "confnew" | "confdef" | "confmiss" | "confask" | "overwrite" | "overwrite-diverted" | "overwrite-dir" | "depends" | "depends-version" | "conflicts" | "breaks" | "architecture" | "bad-path" | "bad-verify" | "bad-version" | "configure-any" | "downgrade" | "hold" | "not-root" | "remove-essential" | "remove-protected" | "remove-reinstreq" | "script-chrootless" | "statoverride-add" | "statoverride-remove" | "unsafe-io" | "security-mac";

export interface RunOptions {
  readonly action: string;
  readonly forced: ReadonlySet<Force>;
  readonly simulate: boolean;
  readonly triggers: boolean;
  readonly log: string | undefined;
}

export class DpkgRun {
  readonly sys: Sys;
  readonly database: DpkgDatabase;
  readonly options: RunOptions;
  #counted = false;
  #zone: Zone | undefined;

  constructor(sys: Sys, database: DpkgDatabase, options: RunOptions) {
    this.sys = sys;
    this.database = database;
    this.options = options;
  }

  forces(what: Force): boolean {
    return this.options.forced.has(what);
  }

  *say(text: string): Blocking<void> {
    yield* this.sys.write(1, encode(translated(this.sys, "dpkg", text)));
    yield* this.#term(text);
  }

  /** On standard error. */
  *complain(text: string): Blocking<void> {
    yield* this.sys.write(2, encode(translated(this.sys, "dpkg", text)));
    yield* this.#term(text);
  }

  *warn(text: string): Blocking<void> {
    let terminal = false;
    try {
      terminal = this.sys.isatty(2);
    } catch {
      // a pipe
    }
    yield* this.complain(terminal ? `\x1b[1mdpkg:\x1b[0m \x1b[1;33mwarning:\x1b[0m ${text}\n` : `dpkg: warning: ${text}\n`);
  }

  /** "dpkg: error processing package NAME (--configure):\n reason". Its first words are coloured on a terminal. */
  *failed(what: string, reason: string): Blocking<void> {
    let terminal = false;
    try {
      terminal = this.sys.isatty(2);
    } catch {
      // a pipe
    }
    yield* this.complain(`${terminal ? "\x1b[1mdpkg:\x1b[0m " : "dpkg: "}error processing ${what} (--${this.options.action}):\n ${reason}\n`);
  }

  *#term(text: string): Blocking<void> {
    const file = this.sys.environment.get("APT_TERM_LOG");
    if (file !== undefined) yield* this.#append(file, text);
  }

  *#append(file: string, text: string): Blocking<void> {
    try {
      const fd = yield* this.sys.open(file, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, 0o644);
      yield* this.sys.write(fd, encode(text));
      this.sys.close(fd);
    } catch (error) {
      // a log that cannot be written stops nobody
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** A line of /var/log/dpkg.log. */
  *log(text: string): Blocking<void> {
    if (this.options.log === undefined) return;
    this.#zone ??= yield* readZone(this.sys);
    yield* this.#append(this.options.log, `${strftime("%Y-%m-%d %H:%M:%S", civilAtUs(this.#zone, this.sys.clockUs("realtime")))} ${text}\n`);
  }

  /** "tree:amd64" of the log. */
  logName(name: string): string {
    return `${name}:${this.database.packages.get(name)?.get("Architecture") ?? "amd64"}`;
  }

  /** Puts a package into a state, notes it in the journal and in the log. */
  *enter(name: string, state: string, error: "ok" | "reinstreq" = "ok"): Blocking<void> {
    const version = this.database.packages.get(name)?.get("Version") ?? "<none>";
    const shown = this.logName(name);
    this.database.enter(name, state, error);
    yield* this.database.note(this.sys, name);
    yield* this.log(`status ${state} ${shown} ${version}`);
  }

  *sayDatabase(): Blocking<void> {
    if (this.#counted) return;
    this.#counted = true;
    yield* this.say(`(Reading database ... ${yield* countFiles(this.sys)} files and directories currently installed.)\n`);
  }
}
