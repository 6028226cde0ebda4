// systemd-logind, -hostnamed, -timedated, -localed: processes that hold a name on the bus. What their methods do is done in the caller's process (api.ts says why); those
// that are started on demand end when nobody came for half a minute, as the real ones do.
import { type Blocking, POLL, SIGNALS, type Program, type Sys, SysError } from "../../kernel/sys.ts";
import { notify } from "../systemd/api/notify.ts";
import { BusConnection } from "./api.ts";

const idleUs = 30_000_000;

function busService(name: string, endsWhenIdle: boolean): Program {
  return function* serve(sys: Sys): Blocking<number> {
    sys.sigaction(SIGNALS.TERM, "catch");
    sys.sigaction(SIGNALS.HUP, "catch");
    let bus: BusConnection | undefined;
    try {
      bus = yield* BusConnection.open(sys);
      yield* bus.ask({ op: "own", name });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    yield* notify(sys, "READY=1");
    for (;;) {
      try {
        const ready = yield* sys.poll(bus === undefined ? [] : [{ fd: bus.fd, events: POLL.IN }], endsWhenIdle ? idleUs : null);
        if (ready.length === 0 && endsWhenIdle) return 0;
        // without its bus a service ends; PID 1 starts systemd-logind again
        if (ready.length > 0 && (yield* bus?.next() ?? noMessage()) === undefined) {
          bus?.close();
          bus = undefined;
          if (endsWhenIdle) return 0;
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
      }
    }
  };
}

function* noMessage(): Blocking<undefined> {
  return undefined;
}

export const logindProgram = busService("org.freedesktop.login1", false);
export const hostnamedProgram = busService("org.freedesktop.hostname1", true);
export const timedatedProgram = busService("org.freedesktop.timedate1", true);
export const localedProgram = busService("org.freedesktop.locale1", true);
