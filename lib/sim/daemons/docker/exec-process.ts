// docker exec: another process in a running container's namespaces and cgroup.

import { type Blocking, decode, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { type Attached, closeQuietly, ContainerIo } from "./container-io.ts";
import { becomeUser, capabilityMask, execProgram, InitError, lookUp } from "./container-init.ts";
import type { StoredContainer } from "./container.ts";
import { type Engine, EngineError, type ExecInstance } from "./engine.ts";
import { moveStreams } from "./start-container.ts";

interface ExecWish {
  readonly argv: readonly string[];
  readonly user: string;
  readonly environment: readonly string[];
  readonly workdir: string;
  readonly privileged: boolean;
  readonly terminal: boolean;
}

interface Spawned {
  readonly pid: number;
  /** what the process writes, when it has no terminal */
  readonly out: number | undefined;
  readonly err: number | undefined;
  readonly input: number | undefined;
  readonly master: number | undefined;
}

/** Starts it; the caller reads the streams and waits. Errors: EngineError with runc's text. */
function* spawnInside(engine: Engine, sys: Sys, container: StoredContainer, wish: ExecWish, withInput: boolean): Blocking<Spawned> {
  const target = container.State.Pid;
  const cgroup = engine.runtime(sys, container).cgroup;
  const [statusRead, statusWrite] = sys.pipe();
  let master: number | undefined;
  let slavePath: string | undefined;
  const streams: { out?: readonly [number, number]; err?: readonly [number, number]; input?: readonly [number, number] } = {};
  if (wish.terminal) ({ master, slavePath } = sys.openpt());
  else {
    streams.out = sys.pipe();
    streams.err = sys.pipe();
    if (withInput) streams.input = sys.pipe();
  }
  const keep = [statusWrite, streams.out?.[1], streams.err?.[1], streams.input?.[0]].filter((fd) => fd !== undefined);

  function* inside(own: Sys): Blocking<number> {
    own.setTitle("runc:[2:INIT]", ["runc", "init"]);
    own.setsid();
    if (slavePath !== undefined) {
      const slave = yield* own.open(slavePath, O.RDWR);
      own.setControllingTerminal(slave);
      moveStreams(own, [slave, slave, slave], [statusWrite]);
    } else {
      const input = streams.input?.[0] ?? (yield* own.open("/dev/null", O.RDONLY));
      moveStreams(own, [input, streams.out?.[1] ?? input, streams.err?.[1] ?? input], [statusWrite]);
    }
    const status = own.dup(statusWrite, 10);
    own.setCloexec(status, true);
    for (const fd of own.descriptors()) if (fd > 2 && fd !== status) own.close(fd);
    const environment = new Map<string, string>();
    for (const entry of [...(container.Config.Env ?? []), `HOSTNAME=${container.Config.Hostname}`, ...(wish.terminal ? ["TERM=xterm"] : []), ...wish.environment]) {
      const equals = entry.indexOf("=");
      if (equals > 0) environment.set(entry.slice(0, equals), entry.slice(equals + 1));
    }
    if (!environment.has("PATH")) environment.set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    try {
      yield* becomeUser(own, { user: wish.user === "" ? container.Config.User : wish.user, extraGroups: [], capabilities: capabilityMask({ ...container.HostConfig, Privileged: wish.privileged || container.HostConfig.Privileged }), workdir: wish.workdir === "" ? container.Config.WorkingDir : wish.workdir, makeDirectory: false, noNewPrivileges: false }, environment);
      const file = lookUp(own, wish.argv[0] ?? "", environment.get("PATH") ?? "");
      return yield* execProgram(own, file, wish.argv, environment);
    } catch (error) {
      const failure = error instanceof InitError ? error : error instanceof SysError ? new InitError(126, `unable to start container process: ${error.message.toLowerCase()}: unknown`) : undefined;
      if (!failure) throw error;
      yield* own.write(status, encode(`error ${failure.message}\n`));
      return 126;
    }
  }

  /** Joins the namespaces; the pid namespace counts for its child, so that one is forked here. */
  function* joiner(own: Sys): Blocking<number> {
    for (const fd of own.descriptors()) if (!keep.includes(fd)) own.close(fd);
    const opened: (readonly [number, "mnt" | "pid" | "net" | "uts" | "ipc" | "cgroup"])[] = [];
    for (const kind of ["pid", "net", "uts", "ipc", "cgroup", "mnt"] as const) opened.push([yield* own.open(`/proc/${target}/ns/${kind}`, O.RDONLY | O.CLOEXEC), kind]);
    const knob = yield* own.open(`${cgroup}/cgroup.procs`, O.WRONLY | O.CLOEXEC);
    yield* own.write(knob, encode("0"));
    own.close(knob);
    for (const [fd, kind] of opened) own.setns(fd, kind);
    for (const [fd] of opened) own.close(fd);
    own.chdir("/");
    const child = own.fork(inside);
    yield* own.write(statusWrite, encode(`pid ${child}\n`));
    for (const fd of keep) own.close(fd);
    const waited = yield* own.waitpid(child);
    const status = waited?.status;
    return status?.kind === "exited" ? status.status : status?.kind === "signaled" ? 128 + status.signal : 0;
  }

  const pid = sys.fork(joiner);
  for (const fd of keep) sys.close(fd);
  let text = "";
  for (;;) {
    const bytes = yield* sys.read(statusRead, 4096);
    if (bytes.length === 0) break;
    text += decode(bytes);
  }
  sys.close(statusRead);
  const failed = /^error (.*)$/m.exec(text)?.[1];
  if (failed !== undefined) {
    for (const fd of [master, streams.out?.[0], streams.err?.[0], streams.input?.[1]]) if (fd !== undefined) closeQuietly(sys, fd);
    yield* sys.waitpid(pid);
    const user = /setup user: (.*): unknown$/.exec(failed)?.[1];
    throw new EngineError(400, user ?? `OCI runtime exec failed: exec failed: ${failed}`);
  }
  return { pid, out: streams.out?.[0], err: streams.err?.[0], input: streams.input?.[1], master };
}

/** The streams of an exec go to one connection; returns when it has ended. */
export function* runExec(engine: Engine, sys: Sys, instance: ExecInstance, client: number | undefined): Blocking<void> {
  const container = engine.container(instance.container);
  const io = new ContainerIo(undefined);
  const attached: Attached | undefined = client === undefined ? undefined : { fd: client, terminal: instance.terminal, stdout: true, stderr: true };
  if (attached) io.attached.add(attached);
  let spawned: Spawned;
  try {
    spawned = yield* spawnInside(engine, sys, container, instance, instance.stdin);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    instance.exitCode = /executable file not found|no such file/.test(error.message) ? 126 : 126;
    if (attached) yield* io.broadcast(sys, "stdout", encode(`${error.message}${instance.terminal ? "\r" : ""}\n`), instance.terminal);
    else throw error;
    return;
  }
  instance.running = true;
  instance.pid = spawned.pid;
  instance.master = spawned.master;
  yield* engine.emitContainer(sys, `exec_start: ${instance.argv.join(" ")}`, container, [["execID", instance.id]]);
  const ends: number[] = [];
  const start = (body: (thread: Sys) => Blocking<void>): void => {
    const [read, write] = sys.pipe();
    ends.push(read);
    sys.fork(
      function* (thread) {
        yield* body(thread);
        closeQuietly(thread, write);
        return 0;
      },
      { thread: true },
    );
  };
  if (spawned.master !== undefined) {
    const { master } = spawned;
    start((thread) => io.pump(thread, master, "stdout", true));
  } else {
    const { out, err } = spawned;
    if (out !== undefined) start((thread) => io.pump(thread, out, "stdout", false));
    if (err !== undefined) start((thread) => io.pump(thread, err, "stderr", false));
  }
  const into = spawned.master ?? spawned.input;
  if (client !== undefined && into !== undefined) {
    sys.fork(
      function* (thread) {
        try {
          for (;;) {
            const bytes = yield* thread.read(client, 65_536);
            if (bytes.length === 0) break;
            yield* thread.write(into, bytes);
          }
        } catch {
          // the process or the client is gone
        }
        if (spawned.input !== undefined) closeQuietly(thread, spawned.input);
        return 0;
      },
      { thread: true },
    );
  }
  const waited = yield* sys.waitpid(spawned.pid);
  for (const end of ends) {
    yield* sys.read(end, 1);
    sys.close(end);
  }
  instance.running = false;
  instance.exitCode = waited?.status.kind === "exited" ? waited.status.status : waited?.status.kind === "signaled" ? 128 + waited.status.signal : 0;
  for (const fd of [spawned.out, spawned.err, spawned.master]) if (fd !== undefined) closeQuietly(sys, fd);
  yield* engine.emitContainer(sys, "exec_die", container, [["execID", instance.id], ["exitCode", String(instance.exitCode)]]);
}

/** A health probe: its status and what it wrote. After `timeoutUs` it is killed. */
export function* runProbe(engine: Engine, sys: Sys, container: StoredContainer, argv: readonly string[], timeoutUs: number): Blocking<{ readonly status: number; readonly output: string }> {
  let spawned: Spawned;
  try {
    spawned = yield* spawnInside(engine, sys, container, { argv, user: "", environment: [], workdir: "", privileged: false, terminal: false }, false);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { status: -1, output: error.message };
  }
  const { out, err, pid } = spawned;
  const deadlineUs = sys.clockUs("monotonic") + timeoutUs;
  let output = "";
  let timedOut = false;
  const open = new Set([out, err].filter((fd) => fd !== undefined));
  while (open.size > 0) {
    const left = deadlineUs - sys.clockUs("monotonic");
    const ready = left <= 0 ? [] : yield* sys.poll([...open].map((fd) => ({ fd, events: 1 })), left);
    if (ready.length === 0) {
      timedOut = true;
      sys.kill(pid, SIGNALS.KILL);
      break;
    }
    for (const { fd } of ready) {
      const bytes = yield* sys.read(fd, 4096);
      if (bytes.length === 0) open.delete(fd);
      else output += decode(bytes);
    }
  }
  const waited = yield* sys.waitpid(pid);
  for (const fd of [out, err]) if (fd !== undefined) closeQuietly(sys, fd);
  if (timedOut) return { status: -1, output: `Health check exceeded timeout (${timeoutUs / 1_000_000}s)` };
  return { status: waited?.status.kind === "exited" ? waited.status.status : 137, output };
}
