// Whether a log is to be rotated now.

import { type Blocking, S, type Stat, SysError } from "../../kernel/sys.ts";
import type { LogOptions } from "./_log-options.ts";
import { DAY_S, dayNumber, type Run } from "./_run.ts";
import type { Rotated } from "./_state-file.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** Says what it looks at, and why not; undefined: something is wrong with it. */
export function* needsRotation(run: Run, file: string, options: LogOptions, pattern: string): Blocking<boolean | undefined> {
  yield* run.say(`considering log ${file}`);
  let stat: Stat;
  try {
    stat = run.sys.lstat(file);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    const skips = options.missingok && (error.errno === "ENOENT" || error.errno === "ENOTDIR");
    if (skips) yield* run.say(`  log ${file} does not exist -- skipping`);
    else yield* run.complain(`stat of ${file} failed: ${error.message}`);
    yield* run.known(file);
    return skips ? false : undefined;
  }
  const directory = run.sys.stat(file.slice(0, file.lastIndexOf("/")) || "/");
  if (options.su === undefined && run.sys.getcred().euid === 0 && ((directory.mode & 0o002) !== 0 || ((directory.mode & 0o020) !== 0 && directory.gid !== 0))) {
    yield* run.complain(`skipping "${file}" because parent directory has insecure permissions (It's world writable or writable by group which is not "root") Set "su" directive in config file to tell logrotate which user/group should be used for rotation.`);
    return undefined;
  }
  const last = yield* run.known(file);
  if ((stat.mode & S.IFMT) === S.IFLNK) {
    yield* run.say(`  log ${file} is symbolic link. Rotation of symbolic links is not allowed to avoid security issues -- skipping.`);
    return false;
  }
  if ((stat.mode & S.IFMT) === S.IFREG && !options.allowhardlink && stat.nlink !== 1) {
    yield* run.say(`  log ${file} has multiple (${stat.nlink}) hard links. Rotation of files with multiple hard links is not allowed for ${pattern} -- skipping.`);
    return false;
  }
  const { year, month, day, hour, minute } = run.now;
  const lastText = `${last.year}-${two(last.month)}-${two(last.day)} ${two(last.hour)}:${two(last.minute)}`;
  yield* run.say(`  Now: ${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`);
  yield* run.say(`  Last rotated at ${lastText}`);
  let rotates = run.settings.force || (options.maxsize > 0 && stat.sizeBytes > options.maxsize);
  if (rotates) {
    // so it is said, or so large
  } else if (options.interval === "size") {
    rotates = stat.sizeBytes >= options.sizeBytes;
    if (!rotates) yield* run.say("  log does not need rotating (log size is below the 'size' threshold)");
  } else if (run.seconds(last) > run.nowS) {
    yield* run.complain(`log ${file} last rotated in the future -- rotation forced`);
    rotates = true;
  } else {
    rotates = yield* elapsed(run, last, lastText, options);
    if (rotates && options.minsize > 0 && stat.sizeBytes < options.minsize) {
      rotates = false;
      yield* run.say("  log does not need rotating ('minsize' directive is used and the log size is smaller than the minsize value)");
    }
    if (rotates && options.minageDays > 0 && options.minageDays * DAY_S >= run.nowS - Math.floor(stat.mtimeUs / 1e6)) {
      rotates = false;
      yield* run.say("  log does not need rotating ('minage' directive is used and the log age is smaller than the minage days)");
    }
  }
  if (rotates && !options.ifempty && stat.sizeBytes === 0) {
    yield* run.say("  log does not need rotating (log is empty)");
    return false;
  }
  if (rotates) yield* run.say("  log needs rotating");
  return rotates;
}

function* elapsed(run: Run, last: Rotated, lastText: string, options: LogOptions): Blocking<boolean> {
  const now = run.now;
  const sameYear = last.year === now.year;
  const sameMonth = sameYear && last.month === now.month;
  const sameDay = sameMonth && last.day === now.day;
  if (sameDay && last.hour === now.hour) {
    yield* run.say("  log does not need rotating (log has already been rotated)");
    return false;
  }
  const days = dayNumber(run.stamp()) - dayNumber(last);
  const weekly = days >= 7 || (days >= 1 && now.weekday === options.weekday);
  const [due, span] = options.interval === "weekly" ? [weekly, "a week"] : options.interval === "hourly" ? [true, "an hour"] : options.interval === "daily" ? [!sameDay, "a day"] : options.interval === "monthly" ? [!sameMonth, "a month"] : [!sameYear, "a year"];
  if (!due) yield* run.say(`  log does not need rotating (log has been rotated at ${lastText}, which is less than ${span} ago)`);
  return due;
}
