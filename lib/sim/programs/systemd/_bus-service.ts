// What stands behind the names of the system bus: objects with properties and methods. A method does what the tool of the same package does, in the caller's process.
import { type Blocking, decode, O, type Sys } from "../../kernel/sys.ts";
import type { BusConnection, DbusValue } from "../../daemons/dbus/api.ts";
import type { Member } from "../kit/dbus/interfaces.ts";

/** An error that goes over the bus. */
export class DbusError extends Error {
  readonly errorName: string;

  constructor(errorName: string, message: string) {
    super(message);
    this.errorName = errorName.includes(".") ? errorName : `org.freedesktop.DBus.Error.${errorName}`;
  }
}

export interface Outcome {
  readonly signature: string;
  readonly body: readonly DbusValue[];
}

export const nothing: Outcome = { signature: "", body: [] };

export interface BusService {
  readonly name: string;
  /** every object that has an interface of its own */
  paths(sys: Sys, bus: BusConnection): Blocking<readonly string[]>;
  /** the interfaces of an object beside the three that all have; empty where there is no object */
  interfaces(sys: Sys, path: string, bus: BusConnection): Blocking<readonly string[]>;
  /** members of an interface that has no table */
  members?(sys: Sys, path: string, face: string): Blocking<readonly Member[]>;
  /** values of the interface's properties by name */
  properties(sys: Sys, path: string, face: string, bus: BusConnection): Blocking<ReadonlyMap<string, DbusValue>>;
  /** undefined: no such method. Errors: DbusError. */
  call(sys: Sys, path: string, face: string, method: string, body: readonly DbusValue[], bus: BusConnection): Blocking<Outcome | undefined>;
}

/** A tool that is run for its effect: its exit status and what it wrote. */
export function* runTool(sys: Sys, argv: readonly string[]): Blocking<{ readonly status: number; readonly output: string; readonly complaint: string }> {
  const [outRead, outWrite] = sys.pipe();
  const [errorRead, errorWrite] = sys.pipe();
  const pid = sys.fork(function* tool(child) {
    const none = yield* child.open("/dev/null", O.RDONLY);
    child.dup2(none, 0);
    child.dup2(outWrite, 1);
    child.dup2(errorWrite, 2);
    for (const fd of [none, outRead, outWrite, errorRead, errorWrite]) if (fd > 2) child.close(fd);
    return yield* child.exec(argv[0] ?? "", argv, new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"], ["LANG", "C.UTF-8"], ["SYSTEMD_COLORS", "0"]]));
  });
  sys.close(outWrite);
  sys.close(errorWrite);
  const output = yield* drain(sys, outRead);
  const complaint = yield* drain(sys, errorRead);
  const ended = yield* sys.waitpid(pid);
  return { status: ended !== undefined && ended.status.kind === "exited" ? ended.status.status : 1, output, complaint };
}

function* drain(sys: Sys, fd: number): Blocking<string> {
  const parts: string[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) break;
    parts.push(decode(bytes));
  }
  sys.close(fd);
  return parts.join("");
}

/** A tool whose failure is the method's. Errors: DbusError. */
export function* doWithTool(sys: Sys, argv: readonly string[]): Blocking<Outcome> {
  const { status, complaint } = yield* runTool(sys, argv);
  if (status === 0) return nothing;
  const text = complaint.trim().split("\n")[0] ?? "";
  const reason = text.slice(text.indexOf(": ") + 2);
  throw new DbusError(/denied/.test(reason) ? "AccessDenied" : "InvalidArgs", reason);
}

/** "NAME=VALUE" lines. */
export function assignments(text: string): ReadonlyMap<string, string> {
  return new Map(text.split("\n").filter((line) => line.includes("=")).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
