// The old logs of one log: numbers that move up by one, or dates in names; what is too many or too old.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { exists, oldDirectoryOf } from "./_configuration.ts";
import type { Disposal } from "./_disposal.ts";
import type { LogOptions } from "./_log-options.ts";
import { DAY_S, type Run } from "./_run.ts";

export interface Names {
  readonly file: string;
  /** what the log becomes */
  readonly first: string;
  /** what goes in the end */
  readonly doomed: readonly string[];
}

export class OldLogs {
  readonly #run: Run;
  readonly #disposal: Disposal;

  constructor(run: Run, disposal: Disposal) {
    this.#run = run;
    this.#disposal = disposal;
  }

  /** The names of the old logs; those that exist move up by one. Undefined: one of them cannot. */
  *shift(file: string, options: LogOptions): Blocking<Names | undefined> {
    yield* this.#run.say(`rotating log ${file}, log->rotateCount is ${options.rotate}`);
    const directory = options.olddir === undefined ? file.slice(0, file.lastIndexOf("/")) : oldDirectoryOf(file, options.olddir);
    let base = file.slice(file.lastIndexOf("/") + 1);
    let extension = "";
    if (options.extension !== "" && base.endsWith(options.extension)) {
      base = base.slice(0, -options.extension.length);
      extension = options.extension;
    }
    if (options.addextension !== "") extension = options.addextension;
    const packed = options.compress ? options.compressext : "";
    const format = yield* this.#format(options);
    const shownS = this.#run.nowS - (options.dateyesterday ? DAY_S : 0) - (options.datehourago ? 3600 : 0);
    const suffix = strftime(format.replaceAll("%s", String(this.#run.nowS)), civilAt(this.#run.zone, shownS));
    yield* this.#run.say(`dateext suffix '${suffix}'`);
    yield* this.#run.say(`glob pattern '${globOf(format)}'`);
    if (options.olddir !== undefined && options.createolddir !== undefined && !exists(this.#run.sys, directory) && !this.#run.settings.debug) {
      const { mode, uid, gid } = options.createolddir;
      this.#run.sys.mkdir(directory, mode ?? 0o755);
      this.#run.sys.chmod(directory, mode ?? 0o755);
      if (uid >= 0 || gid >= 0) this.#run.sys.chown(directory, uid, gid);
    }
    const stem = `${directory}/${base}`;
    if (options.dateext) return yield* this.#shiftDated(file, directory, base, extension, packed, format, suffix, options);
    if (options.compress && options.delaycompress) {
      // the last one was left as it is: now it is compressed
      const previous = `${stem}.${options.start}${extension}`;
      if (exists(this.#run.sys, previous)) yield* this.#disposal.compress(previous, options);
      else yield* this.#run.say(`previous log ${previous} does not exist`);
    }
    const name = (number: number): string => `${stem}.${number}${extension}${packed}`;
    const first = `${stem}.${options.start}${extension}`;
    // without old logs one is made all the same, and removed at the end; with all of them kept as many as there are
    const count = options.rotate < 0 ? this.#highest(directory, base, extension + packed) : Math.max(1, options.rotate);
    const doomed: string[] = [];
    for (let number = options.start + count - 1; count > 0 && number >= options.start; number--) {
      const from = name(number);
      const to = name(number + 1);
      const age = options.maxageDays === 0 ? undefined : this.#ageDays(from);
      if (options.maxageDays > 0 && age === undefined) {
        yield* this.#run.say(`old log ${from} does not exist`);
        continue;
      }
      if (age !== undefined && age > options.maxageDays) {
        yield* this.#disposal.remove(from, options);
        continue;
      }
      yield* this.#run.say(`renaming ${from} to ${to} (rotatecount ${count}, logstart ${options.start}, i ${number}), `);
      if (this.#run.settings.debug) continue;
      try {
        this.#run.sys.rename(from, to);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "ENOENT") yield* this.#run.say(`old log ${from} does not exist`);
        else {
          yield* this.#run.complain(`error renaming ${from} to ${to}: ${error.message}`);
          yield* this.#run.say(`log ${name(options.start + count)} doesn't exist -- won't try to dispose of it`);
          return undefined;
        }
      }
    }
    if (options.rotate < 0) return { file, first, doomed };
    const last = name(options.start + count);
    if (!exists(this.#run.sys, last)) yield* this.#run.say(`log ${last} doesn't exist -- won't try to dispose of it`);
    else doomed.push(last);
    return { file, first, doomed };
  }

  /** Logs whose names tell when: those that are too many go, those that were left as they are are compressed. */
  *#shiftDated(file: string, directory: string, base: string, extension: string, packed: string, format: string, suffix: string, options: LogOptions): Blocking<Names> {
    const first = `${directory}/${base}${suffix}${extension}`;
    if (options.compress && options.delaycompress) {
      const plain = this.#dated(directory, base, format, extension);
      if (plain.length === 0) yield* this.#run.say("glob finding logs to compress failed");
      for (const path of plain) yield* this.#disposal.compress(path, options);
    }
    const old = this.#dated(directory, base, format, extension + packed);
    if (old.length === 0) yield* this.#run.say("glob finding old rotated logs failed");
    const left: string[] = [];
    const doomed: string[] = [];
    // the new one counts: of the old ones all but `rotate` go at once, one more in the end
    const many = options.rotate < 0 ? 0 : Math.max(0, old.length - Math.max(1, options.rotate));
    for (const [index, path] of old.entries()) {
      const age = options.maxageDays === 0 ? undefined : this.#ageDays(path);
      if (age !== undefined && age > options.maxageDays) doomed.push(path);
      else if (index < many) {
        yield* this.#run.say(`removing ${path}`);
        yield* this.#disposal.remove(path, options);
      } else left.push(path);
    }
    if (options.rotate > 0 && left.length >= options.rotate) doomed.push(...left.slice(0, left.length - options.rotate + 1));
    return { file, first, doomed };
  }

  /** What dates look like: conversions that logrotate does not know stand for themselves. */
  *#format(options: LogOptions): Blocking<string> {
    if (options.dateformat === undefined) return options.interval === "hourly" ? "-%Y%m%d%H" : "-%Y%m%d";
    const converted = options.dateformat.replace(/%(.?)/g, (whole: string, letter: string) => ("YmdHMSVsz".includes(letter) && letter !== "" ? whole : `%${whole}`));
    yield* this.#run.say(`Converted '${options.dateformat}' -> '${converted}'`);
    return converted;
  }

  #dated(directory: string, base: string, format: string, ending: string): readonly string[] {
    const matches = compileFnmatch(`${base}${globOf(format)}${ending}`);
    try {
      return this.#run.sys.readdir(directory).map((entry) => entry.name).filter(matches).sort().map((name) => `${directory}/${name}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return [];
    }
  }

  #highest(directory: string, base: string, ending: string): number {
    let highest = 0;
    for (const { name } of this.#run.sys.readdir(directory)) {
      if (!name.startsWith(`${base}.`) || !name.endsWith(ending)) continue;
      const number = /^\d+$/.exec(name.slice(base.length + 1, name.length - ending.length));
      if (number !== null) highest = Math.max(highest, Number(number[0]));
    }
    return highest;
  }

  #ageDays(path: string): number | undefined {
    try {
      return (this.#run.nowS - Math.floor(this.#run.sys.lstat(path).mtimeUs / 1e6)) / DAY_S;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return undefined;
    }
  }
}

/** A pattern for all names that a format of dates can give. */
function globOf(format: string): string {
  return format.replace(/[*?[\]\\]/g, "\\$&").replaceAll("%%", "%").replaceAll("%Y", "[0-9]".repeat(4)).replaceAll(/%[mdHMSV]/g, "[0-9]".repeat(2)).replaceAll("%s", "[0-9]".repeat(10)).replaceAll("%z", "[-+]" + "[0-9]".repeat(4));
}
