// One run of logrotate: its settings, its time, what it says and what it knows of the logs; scripts and other programs that it runs.

import { type Blocking, daysFromCivil, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import { type Civil, civilAt } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";
import type { LogOptions } from "./_log-options.ts";
import type { Rotated } from "./_state-file.ts";

export const DAY_S = 86_400;
export const dayNumber = ({ year, month, day }: Rotated): number => daysFromCivil(year, month, day);

export interface RunSettings {
  readonly debug: boolean;
  readonly force: boolean;
  readonly mailCommand: string;
}

/** How what is done is told: `say` when asked for, `complain` always. */
export interface Report {
  readonly say: (text: string) => Blocking<void>;
  readonly complain: (text: string) => Blocking<void>;
}

export class Run {
  readonly sys: Sys;
  readonly settings: RunSettings;
  readonly nowS: number;
  readonly now: Civil;
  readonly zone: Zone;
  readonly state: Map<string, Rotated>;
  readonly #io: Io;
  readonly #report: Report;

  constructor(io: Io, settings: RunSettings, report: Report, zone: Zone, state: Map<string, Rotated>) {
    this.#io = io;
    this.sys = io.sys;
    this.settings = settings;
    this.#report = report;
    this.zone = zone;
    this.state = state;
    this.nowS = Math.floor(this.sys.clockUs("realtime") / 1e6);
    this.now = civilAt(zone, this.nowS);
  }

  *say(text: string): Blocking<void> {
    yield* this.#report.say(text);
  }

  *complain(text: string): Blocking<void> {
    yield* this.#report.complain(text);
  }

  /** The logs that were rotated longer ago than that. */
  olderThan(days: number): readonly string[] {
    const today = dayNumber(this.stamp());
    return [...this.state].filter(([, last]) => today - dayNumber(last) > days).map(([file]) => file);
  }

  stamp(): Rotated {
    const { year, month, day, hour, minute, second } = this.now;
    return { year, month, day, hour, minute, second };
  }

  /** Both are of this machine's zone: of two times only the difference counts. */
  seconds(at: Rotated): number {
    const { year, month, day, hour, minute, second } = this.now;
    const here = daysFromCivil(year, month, day) * DAY_S + hour * 3600 + minute * 60 + second;
    return this.nowS + dayNumber(at) * DAY_S + at.hour * 3600 + at.minute * 60 + at.second - here;
  }

  *known(file: string): Blocking<Rotated> {
    const last = this.state.get(file);
    if (last !== undefined) return last;
    yield* this.say("Creating new state");
    const fresh = { ...this.stamp(), minute: 0, second: 0 };
    this.state.set(file, fresh);
    return fresh;
  }

  /** False: it failed. */
  *script(name: string, options: LogOptions, given: readonly string[]): Blocking<boolean> {
    const script = options.scripts.get(name);
    if (script === undefined) return true;
    if (this.settings.debug) {
      yield* this.say(`running script with args ${given[0] ?? ""} ${given[1] ?? ""}: "${script}"`);
      return true;
    }
    return yield* this.program("/bin/sh", ["sh", "-c", script, "logrotate_script", ...given.filter((word) => word !== "")]);
  }

  *program(path: string, argv: readonly string[]): Blocking<boolean> {
    const sys = this.sys;
    yield* this.#io.out.flush();
    const pid = sys.fork(function* (child) {
      try {
        return yield* child.exec(path.includes("/") ? path : `/usr/bin/${path}`, [...argv], child.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    const status = yield* waitFor(sys, pid);
    return status.kind === "exited" && status.status === 0;
  }
}
