// The line that uptime, w and top begin with.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { localNumber } from "../kit/locale.ts";
import { readSystemTimes } from "../kit/processes.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UT, readUtmp } from "../kit/utmp.ts";
import { readZone } from "../kit/zones.ts";

export function* uptimeLine(sys: Sys): Blocking<string> {
  const { uptimeSeconds } = yield* readSystemTimes(sys);
  const total = Math.floor(uptimeSeconds);
  const days = Math.floor(total / 86400);
  const hours = Math.floor(total / 3600) % 24;
  const minutes = Math.floor(total / 60) % 60;
  const load = ((yield* readTextFile(sys, "/proc/loadavg")) ?? "0.00 0.00 0.00").split(" ").slice(0, 3);
  const users = (yield* readUtmp(sys)).filter((record) => record.type === UT.USER_PROCESS).length;
  const clock = strftime(" %H:%M:%S", civilAt(yield* readZone(sys), Math.floor(sys.clockUs("realtime") / 1e6)));
  return `${clock} up ${days > 0 ? `${days} day${days > 1 ? "s" : ""}, ` : ""}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, "0")}` : `${minutes} min`}, ${String(users).padStart(2)} user${users > 1 ? "s" : ""},  load average: ${load.map((one) => localNumber(sys, one)).join(", ")}`;
}
