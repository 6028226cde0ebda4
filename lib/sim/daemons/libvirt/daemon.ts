// libvirtd: listens on its socket, a thread a client; guests are processes that outlive it. What it answers is in handlers/.
import { type Blocking, decode, encode, POLL, type Program, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { notify } from "../systemd/api/notify.ts";
import { makeDirectories, tryReadFile } from "../systemd/api/files.ts";
import type { Call, Handlers } from "./call.ts";
import { Engine, isRunning, sessionPaths, systemPaths } from "./engine.ts";
import { VirError } from "./error.ts";
import { agentHandlers } from "./handlers/agent-handlers.ts";
import { blockJobHandlers } from "./handlers/block-job-handlers.ts";
import { checkpointHandlers } from "./handlers/checkpoint-handlers.ts";
import { deviceHandlers } from "./handlers/device-handlers.ts";
import { autostart, domainHandlers } from "./handlers/domain-handlers.ts";
import { migrationHandlers } from "./handlers/migration-handlers.ts";
import { findNetworks, networkHandlers, startNetwork } from "./handlers/network-handlers.ts";
import { nodeHandlers } from "./handlers/node-handlers.ts";
import { snapshotHandlers } from "./handlers/snapshot-handlers.ts";
import { storageHandlers } from "./handlers/storage-handlers.ts";
import { nodeDeviceHandlers } from "./handlers/node-device-handlers.ts";
import { tuningHandlers } from "./handlers/tuning-handlers.ts";
import { testDriverHandlers } from "./handlers/test-driver-handlers.ts";
import { testEngine } from "./test-engine.ts";
import { qemuAccount, reconnectDomains } from "./start-domain.ts";
import { XmlError } from "./api/xml.ts";

const all: readonly Handlers[] = [nodeHandlers, domainHandlers, agentHandlers, deviceHandlers, networkHandlers, storageHandlers, snapshotHandlers, nodeDeviceHandlers, blockJobHandlers, tuningHandlers, migrationHandlers, checkpointHandlers];
const directories = ["/run/libvirt", "/run/libvirt/qemu", "/run/libvirt/network", "/var/lib/libvirt/images", "/var/lib/libvirt/qemu/save", "/var/lib/libvirt/qemu/snapshot", "/var/lib/libvirt/dnsmasq", "/var/log/libvirt/qemu", "/etc/libvirt/qemu/networks"];

/** polkit's rule for the libvirt group; everybody else may only look. */
function* mayManage(sys: Sys, fd: number): Blocking<boolean> {
  const { uid } = sys.getPeerCredentials(fd);
  if (uid === 0) return true;
  const name = ((yield* tryReadFile(sys, "/etc/passwd")) ?? "").split("\n").find((line) => line.split(":")[2] === String(uid))?.split(":")[0];
  const group = ((yield* tryReadFile(sys, "/etc/group")) ?? "").split("\n").find((line) => line.startsWith("libvirt:"));
  return name !== undefined && (group?.split(":")[3] ?? "").split(",").includes(name);
}

/** A person's own daemon, which is nobody else's. */
const isOwn = (engine: Engine): boolean => engine.paths !== systemPaths;

function callOf(engine: Engine, sys: Sys, fd: number, given: ReadonlyMap<string, unknown>): Call {
  const optional = (name: string): string | undefined => {
    const value = given.get(name);
    return value === undefined || value === null ? undefined : String(value);
  };
  return { engine, sys, fd, optional, text: (name) => optional(name) ?? "", number: (name) => Number(given.get(name) ?? 0), flag: (name) => given.get(name) === true };
}

function* serve(shared: Engine, sys: Sys, fd: number): Blocking<number> {
  let engine = shared;
  let buffered = "";
  let readOnly = true;
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      buffered += decode(bytes);
      for (let end = buffered.indexOf("\n"); end >= 0; end = buffered.indexOf("\n")) {
        const request: unknown = JSON.parse(buffered.slice(0, end));
        buffered = buffered.slice(end + 1);
        const fields = new Map<string, unknown>(typeof request === "object" && request !== null ? Object.entries(request) : []);
        const params = fields.get("params");
        const given = new Map<string, unknown>(typeof params === "object" && params !== null ? Object.entries(params) : []);
        const name = String(fields.get("call"));
        let answer: unknown;
        try {
          if (name === "connectOpen") {
            readOnly = given.get("readOnly") === true;
            const uri = String(given.get("uri") ?? "");
            if (uri.startsWith("test:")) engine = yield* testEngine(sys, shared.main);
            else if (isOwn(shared)) readOnly = false;
            else if (!readOnly && !(yield* mayManage(sys, fd))) throw new VirError("plain", "authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'");
          }
          const own = engine.mock ? testDriverHandlers.get(name) : undefined;
          const handler = own ?? all.map((one) => one.get(name)).find((one) => one !== undefined);
          if (handler === undefined) throw new VirError("internal", `unknown procedure: ${name}`);
          if (engine.mock && own === undefined && handler.changes && /^(?:pool|volume|snapshot|device|domainSave|domainManagedSave|domainRestore|block)/.test(name)) throw new VirError("plain", `this function is not supported by the connection driver: vir${name.charAt(0).toUpperCase()}${name.slice(1)}`);
          if (handler.changes && readOnly) throw new VirError("plain", `operation forbidden: read only access prevents vir${name.charAt(0).toUpperCase()}${name.slice(1)}`);
          answer = { result: yield* handler.run(callOf(engine, sys, fd, given)) };
          // a stream has taken the connection
          if (name === "domainOpenConsole" || name === "connectEvents") return 0;
        } catch (error) {
          if (error instanceof VirError) answer = { error: error.message };
          else if (error instanceof XmlError) answer = { error: `(definition):${error.line}: ${error.message}\n(null)\n^` };
          else if (error instanceof SysError) answer = { error: error.message };
          else throw error;
        }
        yield* sys.write(fd, encode(`${JSON.stringify(answer)}\n`));
      }
    }
  } catch (error) {
    if (!(error instanceof SysError || error instanceof SyntaxError)) throw error;
  } finally {
    closeQuietly(sys, fd);
  }
  return 0;
}

/** A stream's thread may have closed it. */
function closeQuietly(sys: Sys, fd: number): void {
  if (sys.descriptors().includes(fd)) sys.close(fd);
}

export const libvirtd: Program = function* (sys, argv) {
  if (argv.includes("--version") || argv.includes("-V")) {
    yield* sys.write(1, encode("/usr/sbin/libvirtd (libvirt) 9.0.0\n"));
    return 0;
  }
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  const own = sys.getcred().euid !== 0;
  const engine = new Engine(sys, false, own ? sessionPaths(sys.environment) : systemPaths);
  const { socket } = engine.paths;
  if (own) makeDirectories(sys, socket.slice(0, socket.lastIndexOf("/")), 0o700);
  else {
    for (const directory of directories) makeDirectories(sys, directory);
    sys.chmod("/var/lib/libvirt/images", 0o711);
    const { uid, gid } = yield* qemuAccount(sys);
    sys.chown("/var/lib/libvirt/qemu", uid, gid);
  }
  yield* engine.load(sys);
  let listener = 3;
  if (!sys.environment.has("LISTEN_FDS")) {
    try {
      sys.unlink(socket);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    listener = sys.socket("unix", "stream");
    sys.bind(listener, { family: "unix", path: socket });
    sys.chmod(socket, own ? 0o700 : 0o777);
    sys.listen(listener, 64);
  }
  sys.setCloexec(listener, true);
  yield* reconnectDomains(sys, engine);
  if (!own) yield* findNetworks(sys, engine);
  yield* notify(sys, "READY=1");
  for (const network of engine.networks.values()) {
    if (!network.autostart || network.active) continue;
    try {
      yield* startNetwork(sys, network);
    } catch (error) {
      if (!(error instanceof SysError || error instanceof VirError)) throw error;
    }
  }
  for (const pool of engine.pools.values()) if (pool.autostart) pool.active = true;
  try {
    yield* autostart(sys, engine);
  } catch (error) {
    if (!(error instanceof SysError || error instanceof VirError)) throw error;
  }
  const timeoutSeconds = Number(argv.find((word) => word.startsWith("--timeout="))?.slice("--timeout=".length) ?? 0);
  let clients = 0;
  for (;;) {
    try {
      if (timeoutSeconds > 0 && (yield* sys.poll([{ fd: listener, events: POLL.IN }], timeoutSeconds * 1_000_000)).length === 0) {
        if (clients > 0 || [...engine.domains.values()].some(isRunning)) continue;
        sys.unlink(socket);
        return 0;
      }
      const { fd } = yield* sys.accept(listener);
      sys.setCloexec(fd, true);
      clients++;
      sys.fork(function* client(thread) {
        const status = yield* serve(engine, thread, fd);
        clients--;
        return status;
      }, { thread: true });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      const signals = sys.takeSignals();
      if (signals.includes(SIGNALS.TERM) || signals.includes(SIGNALS.INT)) return 0;
    }
  }
};
