// What becomes of a log after its rotation: compressed, mailed, removed.

import { type Blocking, decode, encode, O, SysError } from "../../kernel/sys.ts";
import { waitFor } from "../kit/shell-command.ts";
import { exists, wordsOf } from "./_configuration.ts";
import type { LogOptions } from "./_log-options.ts";
import type { Run } from "./_run.ts";

export class Disposal {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  *finish(first: string, doomed: readonly string[], options: LogOptions, pattern: string): Blocking<void> {
    let fresh = first;
    if (options.compress && !options.delaycompress) {
      if (!(yield* this.compress(first, options))) return;
      fresh = `${first}${options.compressext}`;
    }
    if (options.mail !== undefined && options.mailfirst && !(yield* this.#mail(fresh, options.mail, options))) return;
    for (const path of options.rotate === 0 && !options.copy && !options.copytruncate ? [fresh] : doomed) {
      if (options.mail !== undefined && !options.mailfirst && !(yield* this.#mail(path, options.mail, options))) continue;
      yield* this.remove(path, options, pattern);
    }
  }

  *remove(path: string, options: LogOptions, pattern = ""): Blocking<void> {
    yield* this.#run.say(`removing old log ${path}`);
    if (options.scripts.has("preremove")) {
      yield* this.#run.say("running preremove script");
      if (!(yield* this.#run.script("preremove", options, [path]))) {
        yield* this.#run.complain(`error running preremove script for ${path} of '${pattern}'. Not removing this file.`);
        yield* this.#run.complain(`Failed to remove old log ${path}: No data available`);
        return;
      }
    }
    if (options.shred) yield* this.#run.say(`Using shred to remove the file ${path}`);
    if (this.#run.settings.debug) return;
    try {
      if (options.shred && (yield* this.#run.program("shred", ["shred", "-u", ...(options.shredcycles > 0 ? ["-n", String(options.shredcycles)] : []), path]))) return;
      this.#run.sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#run.complain(`Failed to remove old log ${path}: ${error.message}`);
    }
  }

  /** False: it was not sent. */
  *#mail(path: string, address: string, options: LogOptions): Blocking<boolean> {
    const { mailCommand, debug } = this.#run.settings;
    const { sys } = this.#run;
    if (!exists(sys, path)) {
      yield* this.#run.complain(`failed to open ${path} for mailing: No such file or directory`);
      return false;
    }
    if (debug) return true;
    const packed = options.compress && path.endsWith(options.compressext);
    const unpack = packed ? `${options.uncompresscmd} < "$1"` : 'cat "$1"';
    if (!exists(sys, mailCommand)) yield* this.#run.complain("cannot execute mail command: No such file or directory");
    else if (yield* this.#run.program("/bin/sh", ["sh", "-c", `${unpack} | "$2" -s "$1" "$3"`, "logrotate", path, mailCommand, address])) return true;
    yield* this.#run.complain(`mail command failed for ${path}`);
    return false;
  }

  /** False: it is as it was. */
  *compress(path: string, options: LogOptions): Blocking<boolean> {
    yield* this.#run.say(`compressing log with: ${options.compresscmd}`);
    if (this.#run.settings.debug || !exists(this.#run.sys, path)) return true;
    const sys = this.#run.sys;
    const stat = sys.stat(path);
    const packed = `${path}${options.compressext}`;
    const input = yield* sys.open(path, O.RDONLY);
    const output = yield* sys.open(packed, O.WRONLY | O.CREAT | O.TRUNC, stat.mode & 0o777);
    const [said, says] = sys.pipe();
    const pid = sys.fork(function* (child) {
      child.dup2(input, 0);
      child.dup2(output, 1);
      child.dup2(says, 2);
      for (const fd of [input, output, said, says]) child.close(fd);
      try {
        return yield* child.exec(options.compresscmd, [options.compresscmd, ...wordsOf(options.compressoptions)], child.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* child.write(2, encode(`error: cannot execute compress command '${options.compresscmd}': ${error.message}\n`));
        return 1;
      }
    });
    sys.close(says);
    let told = "";
    for (;;) {
      const bytes = yield* sys.read(said, 4096);
      if (bytes.length === 0) break;
      told += decode(bytes);
    }
    for (const fd of [input, output, said]) sys.close(fd);
    const status = yield* waitFor(sys, pid);
    if (told !== "") yield* this.#run.complain(`Compressing program wrote following message to stderr when compressing log ${path}:\n${told.replace(/\n$/, "")}`);
    if (status.kind !== "exited" || status.status !== 0) {
      yield* this.#run.complain(`failed to compress log ${path}`);
      sys.unlink(packed);
      return false;
    }
    sys.utimes(packed, stat.atimeUs, stat.mtimeUs);
    if (sys.getcred().euid === 0) sys.chown(packed, stat.uid, stat.gid);
    sys.unlink(path);
    return true;
  }
}
