// Joins this terminal to a container's streams: raw mode, resizes, detach keys (Ctrl-P Ctrl-Q), input on one side and output on the other.

import { type Blocking, type Sys, SIGNALS, SysError, type Termios } from "../../kernel/sys.ts";
import { type Hijacked, readFrames, request } from "../../daemons/docker/api/client.ts";
import { type DockerEnv, isTerminal, query } from "./_docker-env.ts";

const CTRL_P = 16;
const CTRL_Q = 17;

function rawMode(termios: Termios): Termios {
  const off = new Set(["ignbrk", "brkint", "parmrk", "istrip", "inlcr", "igncr", "icrnl", "ixon", "opost", "echo", "echonl", "icanon", "isig", "iexten"]);
  return { ...termios, flags: new Set([...termios.flags].filter((flag) => !off.has(flag))), min: 1, time: 0 };
}

export function* sendSize(env: DockerEnv, target: string): Blocking<void> {
  try {
    const { rows, cols } = env.sys.getWindowSize(0);
    yield* request(env.sys, "POST", `${target}${query({ h: rows, w: cols })}`, undefined, env.host);
  } catch {
    // it has ended, or there is no terminal
  }
}

export interface Joined {
  /** Ctrl-P Ctrl-Q was typed */
  readonly detached: boolean;
  /** a signal came while nobody handled it in the container */
  readonly interrupted: number | undefined;
}

/**
 * Until the other side closes. `started`: called once the streams are joined (start the container there). `signal`: what a caught SIGINT or
 * SIGTERM does (docker's --sig-proxy).
 */
export function* join(env: DockerEnv, connection: Hijacked, options: { readonly terminal: boolean; readonly stdin: boolean; readonly resizeTarget: string; readonly started?: () => Blocking<void>; readonly signal?: (signal: number) => Blocking<void> }): Blocking<Joined> {
  const { sys } = env;
  const raw = options.terminal && options.stdin && isTerminal(sys, 0);
  const before = raw ? sys.tcgetattr(0) : undefined;
  if (before) yield* sys.tcsetattr(0, rawMode(before));
  let detached = false;
  let finished = false;
  const caught = options.signal ? [SIGNALS.INT, SIGNALS.TERM, SIGNALS.WINCH, SIGNALS.HUP, SIGNALS.QUIT] : [SIGNALS.WINCH];
  for (const signal of caught) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  const [doneRead, doneWrite] = sys.pipe();
  sys.fork(
    function* (thread) {
      try {
        yield* copyOut(thread, connection, options.terminal);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      finished = true;
      thread.close(doneWrite);
      return 0;
    },
    { thread: true },
  );
  try {
    if (options.started) yield* options.started();
    if (options.terminal) yield* sendSize(env, options.resizeTarget);
    let inputOpen = options.stdin;
    let prefix = false;
    while (!finished) {
      const requests = [{ fd: doneRead, events: 1 }, ...(inputOpen ? [{ fd: 0, events: 1 }] : [])];
      let ready: readonly { readonly fd: number }[] = [];
      try {
        ready = yield* sys.poll(requests, null);
      } catch (error) {
        if (!(error instanceof SysError && error.errno === "EINTR")) throw error;
      }
      for (const signal of sys.takeSignals()) {
        if (signal === SIGNALS.WINCH) {
          if (options.terminal) yield* sendSize(env, options.resizeTarget);
        } else if (options.signal) yield* options.signal(signal);
      }
      if (ready.some((one) => one.fd === doneRead)) break;
      if (!ready.some((one) => one.fd === 0)) continue;
      const bytes = yield* sys.read(0, 65_536);
      if (bytes.length === 0) {
        inputOpen = false;
        try {
          sys.shutdown(connection.fd, "write");
        } catch (error) {
          // the daemon closed first
          if (!(error instanceof SysError)) throw error;
        }
        continue;
      }
      const [first] = bytes;
      if (raw && bytes.length === 1 && first === CTRL_P && !prefix) {
        prefix = true;
        continue;
      }
      if (prefix && first === CTRL_Q) {
        detached = true;
        break;
      }
      try {
        if (prefix) yield* sys.write(connection.fd, Uint8Array.of(CTRL_P));
        yield* sys.write(connection.fd, bytes);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      prefix = false;
    }
  } finally {
    if (before) yield* sys.tcsetattr(0, before);
    for (const signal of caught) sys.sigaction(signal, "default");
    sys.close(doneRead);
    sys.close(connection.fd);
  }
  return { detached, interrupted: undefined };
}

function* copyOut(sys: Sys, connection: Hijacked, terminal: boolean): Blocking<void> {
  const reader = connection.reader.inThread(sys);
  if (!terminal) {
    yield* readFrames(reader, function* (stream, bytes) {
      yield* sys.write(stream, bytes);
    });
    return;
  }
  for (;;) {
    const bytes = yield* reader.some();
    if (bytes.length === 0) return;
    yield* sys.write(1, bytes);
  }
}
