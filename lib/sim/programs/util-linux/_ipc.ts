// System V objects as /proc/sysvipc lists them, for ipcs, ipcrm and lsipc.
import type { Blocking, IpcKind, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export interface IpcRow {
  readonly kind: IpcKind;
  readonly key: number;
  readonly id: number;
  /** octal digits */
  readonly perms: number;
  readonly uid: number;
  readonly gid: number;
  readonly cuid: number;
  readonly cgid: number;
  readonly size: number;
  readonly attached: number;
  readonly creatorPid: number;
  readonly changedSeconds: number;
}

export function* readIpc(sys: Sys, kind: IpcKind): Blocking<readonly IpcRow[]> {
  const [heading = "", ...lines] = ((yield* readTextFile(sys, `/proc/sysvipc/${kind}`)) ?? "").split("\n");
  const names = heading.trim().split(/\s+/);
  return lines.filter((line) => line.trim() !== "").map((line) => {
    const values = line.trim().split(/\s+/);
    const of = (name: string): number => Number(values[names.indexOf(name)] ?? 0);
    return { kind, key: of("key") >>> 0, id: of(`${kind}id`), perms: Number.parseInt(String(of("perms")), 8), uid: of("uid"), gid: of("gid"), cuid: of("cuid"), cgid: of("cgid"), size: kind === "shm" ? of("size") : kind === "sem" ? of("nsems") : of("cbytes"), attached: kind === "shm" ? of("nattch") : of("qnum"), creatorPid: kind === "shm" ? of("cpid") : 0, changedSeconds: of("ctime") };
  });
}

export const keyText = (key: number): string => `0x${key.toString(16).padStart(8, "0")}`;
