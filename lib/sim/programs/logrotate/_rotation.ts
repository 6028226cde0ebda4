// What becomes of one section's logs: those that are due, with their scripts, one by one or together.

import { type Blocking, O, type Stat, SysError } from "../../kernel/sys.ts";
import { exists } from "./_configuration.ts";
import { Disposal } from "./_disposal.ts";
import { needsRotation } from "./_due.ts";
import type { LogOptions, LogSection } from "./_log-options.ts";
import { type Names, OldLogs } from "./_old-logs.ts";
import type { Run } from "./_run.ts";

export class Rotation {
  readonly #run: Run;
  readonly #disposal: Disposal;
  readonly #oldLogs: OldLogs;

  constructor(run: Run) {
    this.#run = run;
    this.#disposal = new Disposal(run);
    this.#oldLogs = new OldLogs(run, this.#disposal);
  }

  *section(section: LogSection): Blocking<void> {
    const { options, files, pattern } = section;
    const when = this.#run.settings.force ? "forced from command line" : options.interval === "size" ? `${options.sizeBytes} bytes` : options.interval === "daily" ? "after 1 days" : options.interval;
    const kept = options.rotate < 0 ? " " : options.rotate === 0 ? " (no old logs will be kept)\n" : ` (${options.rotate} rotations)\n`;
    const parts = [
      options.olddir === undefined ? "" : `olddir is ${options.olddir}, `, `empty log files are ${options.ifempty ? "" : "not "}rotated, `,
      options.minsize > 0 ? `only log files >= ${options.minsize} bytes are rotated, ` : "", options.maxsize > 0 ? `log files >= ${options.maxsize} are rotated earlier, ` : "",
      options.minageDays > 0 ? `only log files older than ${options.minageDays} days are rotated, ` : "", options.mail === undefined ? "old logs are removed" : `old logs mailed to ${options.mail}`,
    ];
    yield* this.#run.say(`\nrotating pattern: ${pattern} ${when}${kept}${parts.join("")}`);
    if (files.length === 0) {
      yield* this.#run.say("No logs found. Rotation not needed.");
      return;
    }
    if (!(yield* this.#become(options))) return;
    yield* this.#files(section);
    yield* this.#returnFrom(options);
  }

  *#files({ options, files, pattern }: LogSection): Blocking<void> {
    const due: string[] = [];
    let sound = true;
    for (const file of files) {
      const needs = yield* needsRotation(this.#run, file, options, pattern);
      if (needs === true) due.push(file);
      else if (needs === undefined) sound = false;
    }
    const { scripts } = options;
    if (scripts.has("firstaction")) {
      if (due.length === 0) yield* this.#run.say("not running first action script, since no logs will be rotated");
      else {
        yield* this.#run.say("running first action script");
        if (!(yield* this.#run.script("firstaction", options, [pattern, ""]))) {
          yield* this.#run.complain(`error running first action script for ${pattern}`);
          return;
        }
      }
    }
    if (options.sharedscripts) yield* this.#together(due, sound, options, pattern);
    else for (const file of due) yield* this.#alone(file, options, pattern);
    if (!scripts.has("lastaction")) return;
    if (due.length === 0) yield* this.#run.say("not running last action script, since no logs will be rotated");
    else {
      yield* this.#run.say("running last action script");
      if (!(yield* this.#run.script("lastaction", options, [pattern, ""]))) yield* this.#run.complain(`error running last action script for ${pattern}`);
    }
  }

  *#alone(file: string, options: LogOptions, pattern: string): Blocking<void> {
    const names = yield* this.#oldLogs.shift(file, options);
    if (names === undefined) return;
    if (options.scripts.has("prerotate")) {
      yield* this.#run.say("running prerotate script");
      if (!(yield* this.#run.script("prerotate", options, [file]))) {
        yield* this.#run.complain(`error running non-shared prerotate script for ${file} of '${pattern}'`);
        return;
      }
    }
    if (!(yield* this.#rotate(names, options))) return;
    if (options.scripts.has("postrotate")) {
      yield* this.#run.say("running postrotate script");
      if (!(yield* this.#run.script("postrotate", options, [file, names.first]))) {
        yield* this.#run.complain(`error running non-shared postrotate script for ${file} of '${pattern}'`);
        return;
      }
    }
    yield* this.#disposal.finish(names.first, names.doomed, options, pattern);
  }

  *#together(due: readonly string[], sound: boolean, options: LogOptions, pattern: string): Blocking<void> {
    const shifted: Names[] = [];
    for (const file of due) {
      const names = yield* this.#oldLogs.shift(file, options);
      if (names !== undefined) shifted.push(names);
    }
    // one that is wrong keeps all of them
    if (!sound || shifted.length < due.length) return;
    if (options.scripts.has("prerotate")) {
      if (shifted.length === 0) yield* this.#run.say("not running prerotate script, since no logs will be rotated");
      else {
        yield* this.#run.say("running prerotate script");
        if (!(yield* this.#run.script("prerotate", options, [pattern, ""]))) {
          yield* this.#run.complain(`error running shared prerotate script for '${pattern}'`);
          return;
        }
      }
    }
    const rotated: Names[] = [];
    for (const names of shifted) if (yield* this.#rotate(names, options)) rotated.push(names);
    if (options.scripts.has("postrotate")) {
      if (rotated.length === 0) yield* this.#run.say("not running postrotate script, since no logs were rotated");
      else {
        yield* this.#run.say("running postrotate script");
        if (!(yield* this.#run.script("postrotate", options, [pattern, ""]))) {
          yield* this.#run.complain(`error running shared postrotate script for '${pattern}'`);
          return;
        }
      }
    }
    for (const names of rotated) yield* this.#disposal.finish(names.first, names.doomed, options, pattern);
  }

  // ---- su

  /** False: it may not be another. */
  *#become({ su }: LogOptions): Blocking<boolean> {
    const { euid, egid } = this.#run.sys.getcred();
    if (su === undefined || (su.uid === euid && su.gid === egid)) return true;
    return yield* this.#switch(euid, egid, su.uid, su.gid);
  }

  *#returnFrom({ su }: LogOptions): Blocking<void> {
    const { euid, egid, ruid, rgid } = this.#run.sys.getcred();
    if (su === undefined || (euid === ruid && egid === rgid)) return;
    yield* this.#switch(euid, egid, ruid, rgid);
  }

  *#switch(fromUid: number, fromGid: number, uid: number, gid: number): Blocking<boolean> {
    const what = `switching euid from ${fromUid} to ${uid} and egid from ${fromGid} to ${gid} (pid ${this.#run.sys.getpid()})`;
    yield* this.#run.say(what);
    try {
      if (uid === 0) this.#run.sys.setresuid(-1, uid, -1);
      this.#run.sys.setresgid(-1, gid, -1);
      if (uid !== 0) this.#run.sys.setresuid(-1, uid, -1);
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#run.complain(`error ${what}: ${error.message}`);
      return false;
    }
  }

  // ---- the log itself

  /** False: it stays. */
  *#rotate({ file, first }: Names, options: LogOptions): Blocking<boolean> {
    const sys = this.#run.sys;
    const { debug } = this.#run.settings;
    const stat = sys.stat(file);
    const taken = options.dateext ? [first, `${first}${options.compressext}`].find((path, index) => (index === 0 || options.compress) && exists(sys, path)) : undefined;
    if (taken !== undefined) {
      yield* this.#run.complain(`destination ${taken} already exists, skipping rotation`);
      return false;
    }
    const copies = options.copy || options.copytruncate;
    const moved = options.renamecopy && !copies ? `${file}.tmp` : first;
    let doing = "";
    try {
      if (!copies) {
        doing = `failed to rename ${file} to ${moved}`;
        yield* this.#run.say(`renaming ${file} to ${moved}`);
        if (options.rotate === 0) yield* this.#run.say(`disposeName will be ${first}${options.compress ? options.compressext : ""}`);
        if (!debug) sys.rename(file, moved);
        if (options.create !== undefined) yield* this.#createAnew(file, stat, options.create);
      }
      if (copies || moved !== first) {
        const from = copies ? file : moved;
        // what is to be removed is not copied first
        const skips = options.rotate === 0;
        yield* this.#run.say(`${skips ? "skip copying" : "copying"} ${from} to ${first}`);
        doing = `error opening ${from}`;
        if (!debug) sys.access(from, options.copytruncate ? 6 : 4);
        if (!debug && !skips) yield* this.#copy(from, first, stat);
        if (options.copytruncate) {
          yield* this.#run.say(`truncating ${from}`);
          if (!debug) sys.truncate(from, 0);
        } else yield* this.#run.say(`Not truncating ${from}`);
        if (!copies) {
          yield* this.#run.say(`removing tmp log ${from}`);
          if (!debug) sys.unlink(from);
        }
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#run.complain(`${doing}: ${error.message}`);
      return false;
    }
    if (!debug) this.#run.state.set(file, this.#run.stamp());
    return true;
  }

  *#createAnew(file: string, old: Stat, wanted: NonNullable<LogOptions["create"]>): Blocking<void> {
    const mode = wanted.mode ?? old.mode & 0o7777;
    const uid = wanted.uid < 0 ? old.uid : wanted.uid;
    const gid = wanted.gid < 0 ? old.gid : wanted.gid;
    yield* this.#run.say(`creating new ${file} mode = 0${mode.toString(8)} uid = ${uid} gid = ${gid}`);
    if (this.#run.settings.debug) return;
    const sys = this.#run.sys;
    sys.close(yield* sys.open(file, O.WRONLY | O.CREAT, mode));
    try {
      sys.chown(file, uid, gid);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (sys.getcred().euid === 0) yield* this.#run.complain(`error setting owner of ${file} to uid ${uid} and gid ${gid}: ${error.message}`);
    }
    sys.chmod(file, mode);
  }

  *#copy(from: string, to: string, stat: Stat): Blocking<void> {
    const sys = this.#run.sys;
    const input = yield* sys.open(from, O.RDONLY);
    const output = yield* sys.open(to, O.WRONLY | O.CREAT | O.TRUNC, stat.mode & 0o777);
    for (;;) {
      const bytes = yield* sys.read(input, 65_536);
      if (bytes.length === 0) break;
      yield* sys.write(output, bytes);
    }
    sys.close(input);
    sys.close(output);
  }
}
