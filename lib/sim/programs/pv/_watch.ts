// --watchfd: how far another process is in a file that it has open, by its offset in /proc/PID/fdinfo. Follows watchpid.c of pv 1.6.20.

import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Zone } from "../kit/zones.ts";
import { FAILED, mayShow, Monitor, type Settings, tell } from "./_transfer.ts";

interface Watched {
  readonly fd: number;
  readonly target: string;
  readonly flags: string;
  readonly size: number;
  readonly monitor: Monitor;
  total: number;
}

const NONE = new Uint8Array(0);

function alive(sys: Sys, pid: number): boolean {
  try {
    sys.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof SysError && error.errno === "EPERM";
  }
}

function* look(sys: Sys, pid: number, fd: number): Blocking<{ readonly target: string; readonly flags: string; readonly position: number } | undefined> {
  try {
    const target = sys.readlink(`/proc/${pid}/fd/${fd}`);
    const info = (yield* readTextFile(sys, `/proc/${pid}/fdinfo/${fd}`)) ?? "";
    return { target, flags: /^flags:\s*0*[0-7]*([0-3])$/m.exec(info)?.[1] ?? "0", position: Number(/^pos:\s*(\d+)/m.exec(info)?.[1] ?? "0") };
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function sizeOf(sys: Sys, pid: number, fd: number, flags: string, given: number): number | undefined {
  const { mode, sizeBytes } = sys.stat(`/proc/${pid}/fd/${fd}`);
  const kind = mode & S.IFMT;
  if (kind !== S.IFREG && kind !== S.IFBLK) return undefined;
  return given > 0 ? given : flags === "0" ? sizeBytes : 0;
}

/** The middle goes where a path is longer than the name's place. */
function shortened(path: string, width: number): string {
  if (path.length <= width) return path;
  const left = Math.floor((width - 3) / 2);
  return `${path.slice(0, left)}...${path.slice(path.length - (width - 3 - left))}`;
}

export function* watchOne(sys: Sys, pid: number, fd: number, settings: Settings, zone: Zone, name: (text: string) => string): Blocking<number> {
  if (!alive(sys, pid)) {
    yield* tell(sys, `${name(`pid ${pid}: No such process`)}\n`);
    return FAILED.open;
  }
  let target = "";
  try {
    target = sys.readlink(`/proc/${pid}/fd/${fd}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* tell(sys, `${name(`pid ${pid}: fd ${fd}: ${error.message}`)}\n`);
    return FAILED.open;
  }
  const first = yield* look(sys, pid, fd);
  const size = first === undefined ? undefined : sizeOf(sys, pid, fd, first.flags, settings.size);
  if (first === undefined || size === undefined) {
    yield* tell(sys, `${name(`pid ${pid}: fd ${fd}: ${target}: not a regular file or block device`)}\n`);
    return FAILED.open;
  }
  const monitor = new Monitor(sys, settings, zone);
  let total = first.position;
  for (;;) {
    yield* sys.sleep(settings.intervalUs);
    const now = yield* look(sys, pid, fd);
    const gone = now === undefined || now.target !== first.target || now.flags !== first.flags;
    if (!gone) total = now.position;
    if (mayShow(sys, settings)) yield* tell(sys, monitor.text(total, size, gone, 0, NONE) + (gone && !settings.numeric ? "\n" : ""));
    if (gone) return 0;
  }
}

/** Every regular file and block device that the process has open, a line each. */
export function* watchAll(sys: Sys, pid: number, settings: Settings, zone: Zone, name: (text: string) => string): Blocking<number> {
  if (!alive(sys, pid)) {
    yield* tell(sys, `${name(`pid ${pid}: No such process`)}\n`);
    return FAILED.open;
  }
  const watched = new Map<number, Watched>();
  let height = 0;
  const width = settings.width;
  for (;;) {
    let numbers: readonly number[] = [];
    try {
      numbers = sys.readdir(`/proc/${pid}/fd`).map((entry) => Number(entry.name)).sort((left, right) => left - right);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (numbers.length === 0 || !alive(sys, pid)) break;
    for (const fd of new Set([...watched.keys(), ...numbers])) {
      const now = yield* look(sys, pid, fd);
      const known = watched.get(fd);
      if (now === undefined || (known !== undefined && (known.target !== now.target || known.flags !== now.flags))) watched.delete(fd);
      if (now === undefined) continue;
      const size = sizeOf(sys, pid, fd, now.flags, 0);
      if (size === undefined) continue;
      const kept = watched.get(fd);
      if (kept === undefined) watched.set(fd, { fd, target: now.target, flags: now.flags, size, monitor: new Monitor(sys, { ...settings, widthGiven: true }, zone), total: now.position });
      else kept.total = now.position;
    }
    if (mayShow(sys, settings)) {
      const rows = [...watched.values()].sort((left, right) => left.fd - right.fd).map((one) => {
        const label = `${String(one.fd).padStart(4)}:${shortened(one.target, Math.floor(width / 2) - 6)}: `;
        return one.monitor.text(one.total, one.size, false, 0, NONE, `${label.replaceAll("%", "%%")}${settings.format}`);
      });
      const blank = Array.from({ length: Math.max(0, height - rows.length) }, () => `${" ".repeat(width)}\r`);
      const all = [...rows, ...blank];
      height = rows.length;
      if (all.length > 0) yield* tell(sys, all.join("\n") + "\u001b[A".repeat(all.length - 1));
    }
    yield* sys.sleep(settings.intervalUs);
  }
  if (mayShow(sys, settings) && height > 0) yield* tell(sys, Array.from({ length: height }, () => `${" ".repeat(width)}\r`).join("\n") + "\u001b[A".repeat(height - 1));
  return 0;
}
