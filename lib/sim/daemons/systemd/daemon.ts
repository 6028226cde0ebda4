// PID 1: brings the machine up, then serves whatever comes: ends of processes, messages of services, clients, times.
import { type Blocking, decode, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { bootMachine } from "./boot.ts";
import { answer, type Client } from "./connections.ts";
import { CAUGHT_SIGNALS } from "./execute.ts";
import { Supervisor } from "./supervisor.ts";

const chunkBytes = 65_536;

/** Called as init by another process than PID 1, it is telinit. */
export function* systemdProgram(sys: Sys, argv: readonly string[]): Blocking<number> {
  if (sys.getpid() !== 1 && /(?:^|\/)(?:tel)?init$/.test(argv[0] ?? "")) return yield* sys.exec("/bin/systemctl", argv, sys.environment);
  return yield* superviseMachine(sys, () => undefined);
}

/** `onStart` gets the supervisor: the machine's read-only view asks it for the states of units. */
export function* superviseMachine(sys: Sys, onStart: (supervisor: Supervisor) => void): Blocking<number> {
  sys.setTitle("systemd", ["/sbin/init"]);
  for (const signal of CAUGHT_SIGNALS) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  sys.umask(0);
  const supervisor = new Supervisor(sys);
  onStart(supervisor);
  const sockets = yield* bootMachine(sys, supervisor);
  const clients = new Map<number, Client>();
  yield* supervisor.followBoot(false);
  for (;;) {
    const signals = sys.takeSignals();
    yield* reap(sys, supervisor);
    if (signals.includes(SIGNALS.INT)) yield* supervisor.logSelf(5, "Received SIGINT.");
    yield* supervisor.timeouts();
    yield* supervisor.finishShutdown();
    for (const client of clients.values()) {
      if (client.closing) {
        sys.close(client.fd);
        clients.delete(client.fd);
      }
    }
    const activations = supervisor.socketRequests();
    const nextUs = supervisor.nextWakeUs;
    const endOfBoot = supervisor.journalOfBoot?.endDescriptor;
    let isBootOver = false;
    let ready: readonly { readonly fd: number; readonly revents: number }[] = [];
    try {
      ready = yield* sys.poll(
        [...sockets.all, ...(endOfBoot === undefined ? [] : [endOfBoot]), ...clients.keys(), ...activations.map((one) => one.fd)].map((fd) => ({ fd, events: POLL.IN })),
        nextUs === undefined ? null : Math.max(0, nextUs - supervisor.nowUs()),
      );
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
    }
    for (const { fd } of ready) {
      if (fd === sockets.listen) {
        const accepted = yield* sys.accept(fd);
        sys.setCloexec(accepted.fd, true);
        clients.set(accepted.fd, { fd: accepted.fd, buffered: "", closing: false, uid: sys.getPeerCredentials(accepted.fd).uid, pid: sys.getPeerCredentials(accepted.fd).pid });
      } else if (fd === endOfBoot) isBootOver = true;
      else if (fd === sockets.notify) yield* takeNotification(sys, supervisor, fd);
      else {
        const client = clients.get(fd);
        if (client !== undefined) yield* takeRequest(sys, supervisor, client);
        else {
          const activation = activations.find((one) => one.fd === fd);
          if (activation !== undefined) yield* activation.unit.incoming(fd);
        }
      }
    }
    yield* supervisor.runJobs();
    yield* supervisor.followBoot(isBootOver);
  }
}

function* reap(sys: Sys, supervisor: Supervisor): Blocking<void> {
  for (;;) {
    try {
      const waited = yield* sys.waitpid(-1, { nohang: true });
      if (waited === undefined) return;
      yield* supervisor.reaped(waited.pid, waited.status);
    } catch (error) {
      if (error instanceof SysError && (error.errno === "ECHILD" || error.errno === "EINTR")) return;
      throw error;
    }
  }
}

function* takeNotification(sys: Sys, supervisor: Supervisor, fd: number): Blocking<void> {
  const { bytes } = yield* sys.recvfrom(fd, chunkBytes);
  const message = new Map<string, string>();
  for (const line of decode(bytes).split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0) message.set(line.slice(0, equals), line.slice(equals + 1));
  }
  // datagrams carry no credentials here: the sender names itself
  const pid = Number(message.get("HOTE_PID") ?? 0);
  const unit = supervisor.unitOf(pid);
  if (unit !== undefined) yield* unit.notified(pid, message);
}

function* takeRequest(sys: Sys, supervisor: Supervisor, client: Client): Blocking<void> {
  let bytes: Uint8Array;
  try {
    bytes = yield* sys.read(client.fd, chunkBytes);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    client.closing = true;
    return;
  }
  if (bytes.length === 0) {
    client.closing = true;
    return;
  }
  client.buffered += decode(bytes);
  for (let end = client.buffered.indexOf("\n"); end >= 0; end = client.buffered.indexOf("\n")) {
    const line = client.buffered.slice(0, end);
    client.buffered = client.buffered.slice(end + 1);
    yield* answer(sys, supervisor, client, line);
  }
}
