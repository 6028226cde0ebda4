// What PID 1 and its clients say to each other over /run/systemd/private: one JSON value a line, one answer a request.
import { type Blocking, encode, type Sys } from "../../../kernel/sys.ts";
import type { UnitTimes } from "./boot-times.ts";
import { SocketLines } from "../../socket-lines.ts";

export const PRIVATE_SOCKET = "/run/systemd/private";
export const NOTIFY_SOCKET = "/run/systemd/notify";

export type JobKind = "start" | "stop" | "restart" | "try-restart" | "reload" | "reload-or-restart" | "try-reload-or-restart" | "verify-active";

export type JobResult = "done" | "failed" | "canceled" | "timeout" | "dependency" | "skipped" | "invalid" | "assert" | "unsupported" | "once";

export interface UnitInfo {
  readonly name: string;
  readonly description: string;
  readonly load: string;
  readonly active: string;
  readonly sub: string;
  readonly job: string;
  readonly jobId: number;
}

export interface JobOutcome {
  readonly unit: string;
  readonly result: JobResult;
  /** the service's own result ("exit-code", "timeout"...), for systemctl's explanation */
  readonly serviceResult?: string;
  /** systemctl warns when a unit's file changed since it was loaded */
  readonly needsReload?: boolean;
}

/** An ordered property list: systemd shows the unit type's own interface first. */
export type Properties = readonly (readonly [name: string, value: string])[];

export type Request =
  | { readonly op: "list-units" }
  | { readonly op: "list-jobs" }
  | { readonly op: "job"; readonly kind: JobKind; readonly unit: string; readonly mode: string }
  | { readonly op: "isolate"; readonly unit: string }
  /** Waits for a job that `job` made. */
  | { readonly op: "wait-job"; readonly id: number }
  | { readonly op: "show"; readonly unit: string }
  | { readonly op: "load"; readonly units: readonly string[] }
  | { readonly op: "manager" }
  /** Of all units, in the order in which they may start. */
  | { readonly op: "times" }
  | { readonly op: "reload" }
  | { readonly op: "reexec" }
  | { readonly op: "reset-failed"; readonly unit?: string }
  | { readonly op: "kill"; readonly unit: string; readonly who: "all" | "main" | "control"; readonly signal: number }
  | { readonly op: "set-property"; readonly unit: string; readonly runtime: boolean; readonly assignments: readonly (readonly [string, string])[] }
  | { readonly op: "transient"; readonly unit: string; readonly text: string; readonly pids?: readonly number[]; readonly also?: { readonly unit: string; readonly text: string } }
  /** Answered when the unit has become inactive or failed. */
  | { readonly op: "wait-unit"; readonly unit: string }
  | { readonly op: "freeze"; readonly unit: string; readonly frozen: boolean }
  /** `kinds`: runtime, state, cache, logs, configuration */
  | { readonly op: "clean"; readonly unit: string; readonly kinds: readonly string[] }
  /** Without a value it is told. */
  | { readonly op: "log"; readonly key: "level" | "target"; readonly value?: string }
  | { readonly op: "environment"; readonly set?: readonly string[]; readonly unset?: readonly string[] }
  | { readonly op: "power"; readonly action: "reboot" | "poweroff" | "halt"; /** realtime; now when it is left out */ readonly atUs?: number }
  | { readonly op: "cancel-power" };

export interface Failure {
  readonly error: string;
  /** D-Bus error name where systemctl behaves by it: "NoSuchUnit", "UnitMasked", "AccessDenied", "UnitExists"... */
  readonly code: string;
}

export interface UnitShow {
  readonly name: string;
  readonly info: UnitInfo;
  readonly properties: Properties;
}

export interface Replies {
  "list-units": { readonly units: readonly UnitInfo[] };
  "list-jobs": { readonly jobs: readonly { readonly id: number; readonly unit: string; readonly kind: string; readonly state: string }[] };
  job: { readonly id: number };
  isolate: { readonly id: number };
  "wait-job": JobOutcome;
  show: UnitShow;
  load: { readonly units: readonly UnitInfo[] };
  manager: { readonly properties: Properties };
  /** since power-on, in microseconds; `finishedUs`: 0 while the boot lasts */
  times: { readonly units: readonly UnitTimes[]; readonly startedUs: number; readonly finishedUs: number };
  reload: object;
  reexec: object;
  "reset-failed": object;
  kill: object;
  "set-property": object;
  transient: { readonly id: number };
  "wait-unit": { readonly properties: Properties };
  freeze: object;
  clean: object;
  log: { readonly value: string };
  environment: { readonly environment: readonly string[] };
  power: object;
  "cancel-power": object;
}

export type Reply<Op extends Request["op"]> = Replies[Op] | Failure;

export function isFailure(reply: object): reply is Failure {
  return "error" in reply && "code" in reply;
}

/** A connection of a client. Errors: ENOENT, ECONNREFUSED when PID 1 does not answer. */
export class ManagerConnection {
  readonly #sys: Sys;
  readonly #fd: number;
  readonly #lines: SocketLines;

  private constructor(sys: Sys, fd: number) {
    this.#sys = sys;
    this.#fd = fd;
    this.#lines = new SocketLines(sys, fd);
  }

  static *open(sys: Sys): Blocking<ManagerConnection> {
    const fd = sys.socket("unix", "stream");
    yield* sys.connect(fd, { family: "unix", path: PRIVATE_SOCKET });
    return new ManagerConnection(sys, fd);
  }

  *call<Op extends Request["op"]>(request: Extract<Request, { readonly op: Op }>): Blocking<Reply<Op>> {
    yield* this.#sys.write(this.#fd, encode(`${JSON.stringify(request)}\n`));
    const line = (yield* this.#lines.next()) ?? '{"error":"Connection reset by peer","code":"Disconnected"}';
    const reply: Reply<Op> = JSON.parse(line);
    return reply;
  }

  close(): void {
    this.#sys.close(this.#fd);
  }
}
