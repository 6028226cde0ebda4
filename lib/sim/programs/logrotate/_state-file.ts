// When each log was rotated last (/var/lib/logrotate/status, version 2).

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { wordsOf } from "./_configuration.ts";

export interface Rotated {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export interface StateReport {
  readonly say: (text: string) => Blocking<void>;
  readonly complain: (text: string) => Blocking<void>;
}

/** The lines up to the first that is wrong. */
export function* readState(sys: Sys, path: string, report: StateReport): Blocking<Map<string, Rotated>> {
  const state = new Map<string, Rotated>();
  const content = (yield* readTextFile(sys, path)) ?? "";
  const [top = "", ...lines] = content.replace(/\n$/, "").split("\n");
  if (content === "") return state;
  if (!/^logrotate state -- version [12]$/.test(top)) {
    yield* report.complain(`bad top line in state file ${path}`);
    return state;
  }
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const [name, when = "", ...more] = wordsOf(line);
    const numbers = /^(\d+)-(\d+)-(\d+)(?:-(\d+):(\d+):(\d+))?$/.exec(when);
    if (name === undefined || numbers === null || more.length > 0) {
      yield* report.complain(`bad line ${index + 2} in state file ${path}`);
      return state;
    }
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers.slice(1).map((part) => Number(part ?? 0));
    const bounds: readonly (readonly [string, number, number, number])[] = [["year", year, 1996, 2100], ["month", month, 1, 12], ["day", day, 1, 31], ["hour", hour, 0, 23], ["minute", minute, 0, 59], ["second", second, 0, 61]];
    const beyond = bounds.find(([, value, least, most]) => value < least || value > most);
    if (beyond !== undefined) {
      yield* report.complain(`bad ${beyond[0]} ${beyond[1]} for file ${name} in state file ${path}`);
      return state;
    }
    state.set(name, { year, month, day, hour, minute, second });
    yield* report.say("Creating new state");
  }
  return state;
}

export function* writeState(sys: Sys, path: string, state: ReadonlyMap<string, Rotated>, complain: (text: string) => Blocking<void>): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o640);
    yield* sys.write(fd, encode(`logrotate state -- version 2\n${[...state].map(([name, at]) => `"${name.replace(/["\\]/g, "\\$&")}" ${at.year}-${at.month}-${at.day}-${at.hour}:${at.minute}:${at.second}\n`).join("")}`));
    sys.fchmod(fd, 0o640);
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* complain(`error opening state file ${path}: ${error.message}`);
  }
}
