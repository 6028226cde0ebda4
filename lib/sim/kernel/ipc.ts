// System V objects of an IPC namespace (sysvipc(7)): that they are there, whose they are and who may remove them. Messages, semaphore
// operations and attached memory are not simulated: no program here uses them.

import { SysError } from "./errno.ts";
import type { Process } from "./process.ts";
import type { IpcKind, IpcSettings } from "./sys.ts";
import { CAP } from "./vfs/caller.ts";
import { SmallMap } from "./small-map.ts";

export interface IpcObject {
  readonly kind: IpcKind;
  readonly id: number;
  readonly key: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** bytes of a segment, semaphores of a set, 0 for a queue */
  readonly size: number;
  readonly creatorPid: number;
  readonly createdSeconds: number;
}

/** IPC_PRIVATE: a new object whatever there is. */
const PRIVATE = 0;
/** kernel.msgmni, kernel.shmmni, kernel.sem */
const MOST = 4096;

export class IpcObjects {
  readonly #objects: IpcObject[] = [];
  readonly #next = new SmallMap<IpcKind, number>();

  list(kind: IpcKind): readonly IpcObject[] {
    return this.#objects.filter((one) => one.kind === kind);
  }

  add(object: Omit<IpcObject, "id">): number {
    const id = this.#next.get(object.kind) ?? 0;
    this.#next.set(object.kind, id + 1);
    this.#objects.push({ ...object, id });
    return id;
  }

  remove(object: IpcObject): void {
    this.#objects.splice(this.#objects.indexOf(object), 1);
  }
}

/** msgget(2), semget(2), shmget(2) with IPC_CREAT. Errors: EEXIST, EINVAL (size), ENOSPC. */
export function ipcCreate(process: Process, kind: IpcKind, { key, mode, size = 0 }: IpcSettings): number {
  const { objects } = process.namespaces.ipc;
  const there = objects.list(kind);
  if (key !== PRIVATE && there.some((one) => one.key === key)) throw new SysError("EEXIST");
  if (kind !== "msg" && size <= 0) throw new SysError("EINVAL");
  if (there.length >= MOST) throw new SysError("ENOSPC");
  const { euid, egid } = process.sys.getcred();
  return objects.add({ kind, key, mode: mode & 0o777, uid: euid, gid: egid, size, creatorPid: process.sys.getpid(), createdSeconds: Math.floor(process.kernel.realtimeUs() / 1e6) });
}

/** IPC_RMID. Errors: EINVAL (no such), EPERM. */
export function ipcRemove(process: Process, kind: IpcKind, id: number): void {
  const { objects } = process.namespaces.ipc;
  const found = objects.list(kind).find((one) => one.id === id);
  if (found === undefined) throw new SysError("EINVAL");
  if (process.sys.getcred().euid !== found.uid && !process.capableIn(process.namespaces.ipc.owner, CAP.SYS_ADMIN)) throw new SysError("EPERM");
  objects.remove(found);
}

const column = (value: number | string, width: number): string => String(value).padStart(width);

/** /proc/sysvipc/KIND */
export function ipcText(objects: IpcObjects, kind: IpcKind): string {
  const rows = objects.list(kind).map(({ key, id, mode, uid, gid, size, creatorPid, createdSeconds }) => {
    const head = `${column(key | 0, 10)} ${column(id, 10)} ${column(mode.toString(8), 5)}`;
    const owners = `${column(uid, 5)} ${column(gid, 5)} ${column(uid, 5)} ${column(gid, 5)}`;
    if (kind === "msg") return `${head}  ${column(0, 10)} ${column(0, 10)} ${column(0, 5)} ${column(0, 5)} ${owners} ${column(0, 10)} ${column(0, 10)} ${column(createdSeconds, 10)}\n`;
    if (kind === "sem") return `${head} ${column(size, 10)} ${owners} ${column(0, 10)} ${column(createdSeconds, 10)}\n`;
    return `${head} ${column(size, 21)} ${column(creatorPid, 5)} ${column(0, 5)}  ${column(0, 5)} ${owners} ${column(0, 10)} ${column(0, 10)} ${column(createdSeconds, 10)} ${column(0, 21)} ${column(0, 21)}\n`;
  });
  const heading = kind === "msg" ? "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n"
    : kind === "sem" ? "       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n"
    : "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap\n";
  return heading + rows.join("");
}
