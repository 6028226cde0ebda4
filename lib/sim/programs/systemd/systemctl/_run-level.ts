// What systemd-update-utmp-runlevel.service notes when a target that stands for a run level is reached: the new level and the former one, in utmp and wtmp.
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { appendWtmp, putUtmp, readUtmp, UT } from "../../kit/utmp.ts";

const LEVELS: ReadonlyMap<string, string> = new Map([["rescue.target", "1"], ["runlevel1.target", "1"], ["multi-user.target", "3"], ["runlevel2.target", "3"], ["runlevel3.target", "3"], ["runlevel4.target", "3"], ["graphical.target", "5"], ["runlevel5.target", "5"]]);

export function* noteRunLevel(sys: Sys, target: string): Blocking<void> {
  const level = LEVELS.get(target)?.charCodeAt(0);
  if (level === undefined) return;
  const former = (yield* readUtmp(sys)).findLast((one) => one.type === UT.RUN_LVL)?.pid ?? 0;
  if ((former & 255) === level) return;
  const record = { type: UT.RUN_LVL, pid: level | ((former & 255) << 8), line: "~", id: "~~", user: "runlevel", host: sys.uname().release, timeUs: sys.clockUs("realtime") };
  try {
    yield* putUtmp(sys, record);
    yield* appendWtmp(sys, record);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}
