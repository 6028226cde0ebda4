// dockerd: one process that listens on /run/docker.sock, a thread per client. It makes containers with fork, mount, cgroups and rtnetlink
// through Sys, as the real one does by way of containerd and runc. State is below /var/lib/docker; what runs is in engine.ts.

import { type Blocking, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { notify } from "../systemd/api/notify.ts";
import { HttpError, HttpReader } from "./api/http.ts";
import { TarDamaged } from "./api/tar.ts";
import { DOCKER_ROOT, makeDirectories, readText, writeText } from "./disk.ts";
import { Engine, EngineError } from "./engine.ts";
import { prepareFirewall } from "./firewall.ts";
import { ImageError } from "./image-store.ts";
import { NetworkError } from "./networks.ts";
import { containerRoutes } from "./routes/container-routes.ts";
import { imageRoutes } from "./routes/image-routes.ts";
import { networkRoutes } from "./routes/network-routes.ts";
import { answerError, type Call, type Route } from "./routes/route.ts";
import { swarmRoutes } from "./routes/swarm-routes.ts";
import { systemRoutes } from "./routes/system-routes.ts";
import { endLeftBehind, startContainer } from "./start-container.ts";
import { stopContainer } from "./stop-container.ts";
import { VolumeError } from "./volumes.ts";

const SOCKET = "/run/docker.sock";
const routes: readonly Route[] = [...containerRoutes, ...imageRoutes, ...networkRoutes, ...swarmRoutes, ...systemRoutes];

/** "/images/**\/json" against ["images", "me", "app", "json"]: the captured parts, or undefined. */
function matchRoute(pattern: string, parts: readonly string[]): string[] | undefined {
  const wanted = pattern.split("/").slice(1);
  const captured: string[] = [];
  let at = 0;
  for (const [place, word] of wanted.entries()) {
    if (word === "**") {
      const after = wanted.length - place - 1;
      const end = parts.length - after;
      if (end <= at) return undefined;
      captured.push(parts.slice(at, end).join("/"));
      at = end;
    } else if (at >= parts.length) return undefined;
    else if (word === "*") captured.push(parts[at++] ?? "");
    else if (parts[at++] !== word) return undefined;
  }
  return at === parts.length ? captured : undefined;
}

function statusOf(error: unknown): { readonly status: number; readonly message: string } | undefined {
  if (error instanceof EngineError || error instanceof ImageError || error instanceof NetworkError || error instanceof VolumeError) return { status: error.status, message: error.message };
  if (error instanceof TarDamaged) return { status: 400, message: error.message };
  if (error instanceof SyntaxError) return { status: 400, message: `invalid character in request body` };
  if (error instanceof SysError) return { status: 500, message: error.message.toLowerCase() };
  return undefined;
}

function* answer(engine: Engine, sys: Sys, fd: number, reader: HttpReader): Blocking<boolean> {
  const request = yield* reader.request();
  if (!request) return false;
  const [target = "", queryText = ""] = request.target.split("?");
  const parts = target.replace(/^\/v\d+\.\d+(?=\/)/, "").split("/").slice(1).map((part) => decodeURIComponent(part));
  const query = new Map(queryText.split("&").filter((pair) => pair !== "").map((pair) => {
    const equals = pair.indexOf("=");
    return equals < 0 ? [decodeURIComponent(pair), ""] : [decodeURIComponent(pair.slice(0, equals)), decodeURIComponent(pair.slice(equals + 1).replaceAll("+", "%20"))];
  }));
  for (const route of routes) {
    if (route.method !== request.method) continue;
    const path = matchRoute(route.pattern, parts);
    if (!path) continue;
    const call: Call = { engine, sys, fd, request, path, query };
    try {
      yield* route.handle(call);
    } catch (error) {
      const known = statusOf(error);
      if (!known) throw error;
      yield* answerError(sys, fd, known.status, known.message);
    }
    return false;
  }
  yield* answerError(sys, fd, 404, "page not found");
  return false;
}

function* serve(engine: Engine, sys: Sys, fd: number): Blocking<number> {
  try {
    const reader = new HttpReader(sys, fd);
    while (yield* answer(engine, sys, fd, reader));
  } catch (error) {
    // the client is gone, or never spoke HTTP
    if (!(error instanceof SysError || error instanceof HttpError)) throw error;
  } finally {
    try {
      sys.close(fd);
    } catch {
      // closed by the streams
    }
  }
  return 0;
}

function groupId(groupFile: string, name: string): number {
  return Number(groupFile.split("\n").find((line) => line.startsWith(`${name}:`))?.split(":")[2] ?? 0);
}

/** The socket that systemd keeps for docker.socket, or one of our own. */
function* listen(sys: Sys): Blocking<number> {
  if (sys.environment.has("LISTEN_FDS")) return 3;
  try {
    sys.unlink(SOCKET);
  } catch {
    // there was none
  }
  const fd = sys.socket("unix", "stream");
  sys.bind(fd, { family: "unix", path: SOCKET });
  sys.listen(fd, 128);
  sys.chmod(SOCKET, 0o660);
  const group = groupId((yield* readText(sys, "/etc/group")) ?? "", "docker");
  sys.chown(SOCKET, 0, group);
  return fd;
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function* identity(sys: Sys): Blocking<string> {
  const file = "/etc/docker/key.json";
  const known = yield* readText(sys, file);
  if (known !== undefined) return String((JSON.parse(known) as { kid: string }).kid);
  makeDirectories(sys, "/etc/docker");
  const letters = [...sys.random(48)].map((byte) => BASE32.charAt(byte & 31)).join("");
  const id = letters.replace(/(.{4})(?=.)/g, "$1:");
  yield* writeText(sys, file, `${JSON.stringify({ crv: "P-256", kid: id, kty: "EC" })}\n`, 0o600);
  return id;
}

/** The program of /usr/sbin/dockerd. */
export function* dockerd(sys: Sys, _argv: readonly string[]): Blocking<number> {
  if (sys.getcred().euid !== 0) {
    yield* sys.write(2, Uint8Array.from("dockerd needs to be started with root privileges. To run dockerd in rootless mode as an unprivileged user, see https://docs.docker.com/go/rootless/\n", (character) => character.charCodeAt(0)));
    return 1;
  }
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  makeDirectories(sys, "/run/docker");
  makeDirectories(sys, `${DOCKER_ROOT}/tmp`);
  const engine = new Engine();
  engine.id = yield* identity(sys);
  prepareFirewall(sys, yield* enableForwarding(sys));
  yield* engine.load(sys);
  yield* endLeftBehind(engine, sys);
  const listener = yield* listen(sys);
  for (const container of [...engine.containers.values()]) {
    const policy = container.HostConfig.RestartPolicy.Name;
    if (policy === "always" || (policy === "unless-stopped" && !container.StoppedByHand)) {
      try {
        yield* startContainer(engine, sys, container);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
      }
    }
  }
  yield* engine.swarm.load(sys);
  yield* notify(sys, "READY=1");
  for (;;) {
    try {
      const { fd } = yield* sys.accept(listener);
      sys.fork((thread) => serve(engine, thread, fd), { thread: true });
    } catch (error) {
      if (!(error instanceof SysError && error.errno === "EINTR")) throw error;
      if (sys.takeSignals().some((signal) => signal !== SIGNALS.HUP)) break;
    }
  }
  engine.shuttingDown = true;
  for (const container of [...engine.containers.values()]) {
    if (!container.State.Running) continue;
    const byHand = container.StoppedByHand;
    yield* stopContainer(engine, sys, container, undefined);
    container.StoppedByHand = byHand;
    yield* engine.save(sys, container);
  }
  return 0;
}

/** True when it was off before. */
function* enableForwarding(sys: Sys): Blocking<boolean> {
  try {
    const fd = yield* sys.open("/proc/sys/net/ipv4/ip_forward", O.RDWR | O.CLOEXEC);
    const before = (yield* sys.read(fd, 16))[0];
    yield* sys.write(fd, Uint8Array.of(49, 10));
    sys.close(fd);
    return before !== 49;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
}
