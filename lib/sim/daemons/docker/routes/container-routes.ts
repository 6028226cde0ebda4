// /containers and /exec: the API's verbs on containers, each a few lines over the engine's own files.
// (More than 400 lines: a table of short answers, one a path of the Engine API.)

import { type Blocking, decode, encode, type Sys, SysError } from "../../../kernel/sys.ts";
import { frame } from "../api/client.ts";
import { concatenate, startChunked } from "../api/http.ts";
import { entryOf, isDirectory, packTree, readTar, type TarEntry, unpackEntry, writeTar } from "../api/tar.ts";
import { parseTime } from "../api/human.ts";
import { changesOf, commitContainer, upperSizeBytes } from "../commit-container.ts";
import type { LogLine } from "../container-io.ts";
import { containerDirectory, hasProcess, type HostConfig, inspectContainer, mergedDirectory, type StoredContainer } from "../container.ts";
import { createContainer } from "../create-container.ts";
import { DOCKER_ROOT, randomHex, readText } from "../disk.ts";
import { type Engine, EngineError, type ExecInstance } from "../engine.ts";
import { runExec } from "../exec-process.ts";
import { defaultHostConfig, emptyConfig } from "../host-config.ts";
import type { ContainerConfig } from "../image-store.ts";
import { parseReference, BadReference, withDefaultTag } from "../api/reference.ts";
import { removeContainer } from "../remove-container.ts";
import { applyLimits, startContainer } from "../start-container.ts";
import { killContainer, pauseContainer, signalNumber, stopContainer, unpauseContainer, waitForEnd } from "../stop-container.ts";
import { listContainers } from "./container-list.ts";
import { answerBytes, answerJson, answerNothing, bodyJson, type Call, filters, flag, type Route, upgrade } from "./route.ts";

interface CreateBody extends Partial<ContainerConfig> {
  HostConfig?: Partial<HostConfig>;
  NetworkingConfig?: { Aliases?: readonly string[]; Address?: string; Mac?: string };
}

function* create(call: Call): Blocking<void> {
  const { HostConfig: host, NetworkingConfig: networking, ...config } = bodyJson<CreateBody>(call);
  const full: HostConfig = { ...defaultHostConfig(), ...host };
  const mode = full.NetworkMode;
  if (!["default", "bridge", "host", "none", ""].includes(mode) && !mode.startsWith("container:")) {
    try {
      full.NetworkMode = call.engine.networks.find(mode).Name;
    } catch {
      // reported when it starts, as docker does
    }
  }
  const container = yield* createContainer(call.engine, call.sys, { name: call.query.get("name") ?? "", config: { ...emptyConfig(), ...config }, host: full, networkAliases: networking?.Aliases ?? [], address: networking?.Address ?? "", mac: networking?.Mac ?? "" });
  yield* answerJson(call, { Id: container.Id, Warnings: [] }, 201);
}

function named(call: Call): StoredContainer {
  return call.engine.container(call.path[0] ?? "");
}

function* start(call: Call): Blocking<void> {
  const container = named(call);
  if (container.State.Running) return yield* answerNothing(call, 304);
  if (container.State.Paused) throw new EngineError(409, "cannot start a paused container, try unpause instead");
  yield* startContainer(call.engine, call.sys, container);
  yield* answerNothing(call);
}

function* stop(call: Call): Blocking<void> {
  const container = named(call);
  const wasRunning = container.State.Running;
  const seconds = call.query.get("t");
  yield* stopContainer(call.engine, call.sys, container, seconds === undefined ? undefined : Number(seconds));
  yield* answerNothing(call, wasRunning ? 204 : 304);
}

function* restart(call: Call): Blocking<void> {
  const container = named(call);
  const seconds = call.query.get("t");
  const autoRemove = container.HostConfig.AutoRemove;
  container.HostConfig.AutoRemove = false;
  if (container.State.Running) yield* stopContainer(call.engine, call.sys, container, seconds === undefined ? undefined : Number(seconds));
  container.HostConfig.AutoRemove = autoRemove;
  yield* startContainer(call.engine, call.sys, container);
  yield* call.engine.emitContainer(call.sys, "restart", container);
  yield* answerNothing(call);
}

function* kill(call: Call): Blocking<void> {
  const signal = signalNumber(call.query.get("signal") ?? "KILL");
  let container: StoredContainer;
  try {
    container = named(call);
  } catch (error) {
    if (error instanceof EngineError) throw new EngineError(error.status, `Cannot kill container: ${call.path[0] ?? ""}: ${error.message}`);
    throw error;
  }
  if (!container.State.Running) throw new EngineError(409, `Cannot kill container: ${call.path[0] ?? ""}: Container ${container.Id} is not running`);
  if (signal === 9) container.StoppedByHand = true;
  yield* killContainer(call.engine, call.sys, container, signal, signal === 9);
  yield* answerNothing(call);
}

function* remove(call: Call): Blocking<void> {
  yield* removeContainer(call.engine, call.sys, named(call), { force: flag(call, "force"), volumes: flag(call, "v") });
  yield* answerNothing(call);
}

/** With condition=next-exit or removed the answer's head leaves at once, the body when it happens. */
function* wait(call: Call): Blocking<void> {
  const container = named(call);
  const condition = call.query.get("condition") ?? "not-running";
  const stream = yield* startChunked(call.sys, call.fd, "application/json");
  let status: number | undefined;
  if (condition === "not-running") status = yield* waitForEnd(call.engine, call.sys, container, null);
  else {
    const [read, write] = call.sys.pipe();
    call.engine.runtime(call.sys, container).waiters.add(write);
    yield* stream.chunk(new Uint8Array(0));
    const line = decode(yield* call.sys.read(read, 64));
    call.sys.close(read);
    status = line === "" ? container.State.ExitCode : Number(line);
    if (condition === "removed") while (call.engine.containers.has(container.Id)) yield* call.sys.sleep(1_000);
  }
  yield* stream.chunk(encode(`${JSON.stringify({ Error: null, StatusCode: status ?? 0 })}\n`));
  yield* stream.end();
}

function* attach(call: Call): Blocking<void> {
  const container = named(call);
  const { sys, fd } = call;
  const runtime = call.engine.runtime(sys, container);
  yield* upgrade(call);
  if (flag(call, "logs")) yield* copyLogs(sys, container, (stream, bytes) => sys.write(fd, container.Config.Tty ? bytes : frame(stream, bytes)));
  runtime.io.attached.add({ fd, terminal: container.Config.Tty, stdout: flag(call, "stdout"), stderr: flag(call, "stderr") });
  const takesInput = flag(call, "stdin") && container.Config.OpenStdin;
  try {
    if (takesInput && (yield* runtime.io.inputIsOpen(sys))) {
      for (;;) {
        const bytes = yield* sys.read(fd, 65_536);
        if (bytes.length === 0) break;
        const into = runtime.io.stdin;
        if (into !== undefined) yield* sys.write(into, bytes);
      }
      if (container.Config.StdinOnce) runtime.io.closeStdin(sys);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  // the client has no more input; what the container prints still goes to it
  yield* runtime.io.untilFinished(sys);
  for (const client of runtime.io.attached) if (client.fd === fd) runtime.io.attached.delete(client);
}

function* logLines(sys: Sys, container: StoredContainer): Blocking<LogLine[]> {
  const text = (yield* readText(sys, `${containerDirectory(container.Id)}/${container.Id}-json.log`)) ?? "";
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as LogLine);
}

function* copyLogs(sys: Sys, container: StoredContainer, write: (stream: 1 | 2, bytes: Uint8Array) => Blocking<unknown>): Blocking<void> {
  for (const line of yield* logLines(sys, container)) yield* write(line.stream === "stdout" ? 1 : 2, encode(line.log));
}

function* logs(call: Call): Blocking<void> {
  const { sys, engine } = call;
  const container = named(call);
  if (container.HostConfig.LogConfig.Type === "none") throw new EngineError(500, "configured logging driver does not support reading");
  const stream = yield* startChunked(sys, call.fd, "application/octet-stream");
  const stdout = flag(call, "stdout");
  const stderr = flag(call, "stderr");
  const timestamps = flag(call, "timestamps");
  const since = timeArgument(call.query.get("since"), sys);
  const until = timeArgument(call.query.get("until"), sys);
  const tail = /^\d+$/.test(call.query.get("tail") ?? "") ? Number(call.query.get("tail")) : undefined;
  const chosen = (line: LogLine) => (line.stream === "stdout" ? stdout : stderr) && (since === undefined || parseTime(line.time) >= since) && (until === undefined || parseTime(line.time) <= until);
  const send = function* (lines: readonly LogLine[]): Blocking<void> {
    const parts = lines.map((line) => {
      const bytes = encode(`${timestamps ? `${line.time.replace(/(\.\d+)?Z$/, (fraction) => `${fraction.replace("Z", "").replace(".", "").padEnd(9, "0").replace(/^/, ".")}Z`)} ` : ""}${line.log}`);
      return container.Config.Tty ? bytes : frame(line.stream === "stdout" ? 1 : 2, bytes);
    });
    yield* stream.chunk(concatenate(parts));
  };
  let lines = yield* logLines(sys, container);
  let seen = lines.length;
  lines = lines.filter(chosen);
  yield* send(tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail)));
  if (flag(call, "follow") && container.State.Running) {
    const [read, write] = sys.pipe();
    const { io } = engine.runtime(sys, container);
    io.follow(write);
    for (;;) {
      const woken = yield* sys.read(read, 64);
      const all = yield* logLines(sys, container);
      yield* send(all.slice(seen).filter(chosen));
      seen = all.length;
      if (woken.length === 0) break;
    }
    io.unfollow(write);
    sys.close(read);
  }
  yield* stream.end();
}

/** A duration ("10m"), a Unix time or RFC 3339, as epoch µs. */
function timeArgument(text: string | undefined, sys: Sys): number | undefined {
  if (text === undefined || text === "" || text === "0") return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000_000;
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  if (parts.length > 0) return sys.clockUs("realtime") - parts.reduce((sum, [, number, unit]) => sum + Number(number) * ({ ms: 1_000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000 }[unit ?? "s"] ?? 0), 0);
  return parseTime(text) || undefined;
}

function* inspect(call: Call): Blocking<void> {
  const container = named(call);
  const lower = call.engine.images.lowerDirectories(call.engine.images.images.get(container.Image)?.config.rootfs.diff_ids ?? []);
  const value = inspectContainer(container, lower, call.engine.runtimes.get(container.Id)?.sandboxId ?? "");
  if (flag(call, "size")) value.SizeRw = yield* upperSizeBytes(call.sys, container);
  yield* answerJson(call, value);
}

function* rename(call: Call): Blocking<void> {
  const container = named(call);
  const name = (call.query.get("name") ?? "").replace(/^\//, "");
  if (name === "") throw new EngineError(400, "Neither old nor new names may be empty");
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) throw new EngineError(400, `Error when allocating new name: Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  if (container.Name === name) throw new EngineError(400, "Renaming a container with the same name as its current name");
  const other = [...call.engine.containers.values()].find((one) => one.Name === name);
  if (other) throw new EngineError(409, `Error when allocating new name: Conflict. The container name "/${name}" is already in use by container "${other.Id}". You have to remove (or rename) that container to be able to reuse that name.`);
  container.Name = name;
  yield* call.engine.save(call.sys, container);
  yield* call.engine.emitContainer(call.sys, "rename", container);
  yield* answerNothing(call);
}

function refuseRestarting(container: StoredContainer): void {
  if (container.State.Restarting) throw new EngineError(409, `Container ${container.Id} is restarting, wait until the container is running`);
}

function* top(call: Call): Blocking<void> {
  const container = named(call);
  if (!container.State.Running) throw new EngineError(500, `Container ${container.Id} is not running`);
  refuseRestarting(container);
  const cgroup = call.engine.runtime(call.sys, container).cgroup;
  const pids = ((yield* readText(call.sys, `${cgroup}/cgroup.procs`)) ?? "").split("\n").filter((line) => line !== "");
  yield* answerJson(call, { Pids: pids.map(Number) });
}

function* update(call: Call): Blocking<void> {
  const container = named(call);
  const body = bodyJson<Partial<HostConfig>>(call);
  const next = { ...container.HostConfig, ...body };
  if (next.Memory > 0 && next.MemorySwap > 0 && next.Memory > next.MemorySwap) throw new EngineError(409, `Cannot update container ${container.Id}: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time`);
  container.HostConfig = next;
  yield* call.engine.save(call.sys, container);
  const runtime = call.engine.runtimes.get(container.Id);
  if (hasProcess(container) && runtime) yield* applyLimits(call.sys, runtime.cgroup, container.HostConfig);
  yield* answerJson(call, { Warnings: null });
}

function* diff(call: Call): Blocking<void> {
  const container = named(call);
  const kinds = { changed: 0, added: 1, deleted: 2 };
  yield* answerJson(call, (yield* changesOf(call.engine, call.sys, container)).map((change) => ({ Path: change.path, Kind: kinds[change.kind] })));
}

/** The container's root for copying: where it runs, or its layers mounted for a moment. */
function* withRoot<T>(engine: Engine, sys: Sys, container: StoredContainer, use: (root: string) => Blocking<T>): Blocking<T> {
  if (hasProcess(container)) return yield* use(`/proc/${container.State.Pid}/root`);
  const lower = [`${DOCKER_ROOT}/overlay2/${container.LayerId}-init/diff`, ...engine.images.lowerDirectories(engine.images.images.get(container.Image)?.config.rootfs.diff_ids ?? [])];
  const merged = mergedDirectory(container);
  sys.mount("overlay", merged, "overlay", {}, `lowerdir=${lower.join(":")},upperdir=${DOCKER_ROOT}/overlay2/${container.LayerId}/diff,workdir=${DOCKER_ROOT}/overlay2/${container.LayerId}/work`);
  try {
    return yield* use(merged);
  } finally {
    sys.umount(merged, { lazy: true });
  }
}

function* getArchive(call: Call): Blocking<void> {
  const container = named(call);
  const wanted = call.query.get("path") ?? "";
  const archive = yield* withRoot(call.engine, call.sys, container, function* (root): Blocking<Uint8Array> {
    const path = `${root}/${wanted.replace(/^\/+/, "").replace(/\/+$/, "")}`;
    const name = wanted.replace(/\/+$/, "").split("/").at(-1) ?? "";
    let own: TarEntry | undefined;
    try {
      own = yield* entryOf(call.sys, path, name === "" || name === "." ? "." : name);
    } catch (error) {
      if (error instanceof SysError) throw new EngineError(404, `Could not find the file ${wanted} in container ${call.path[0] ?? ""}`);
      throw error;
    }
    if (!own) return writeTar([]);
    if (own.kind !== "directory") return writeTar([own]);
    const below = yield* packTree(call.sys, path, () => false);
    return writeTar([own, ...below.map((entry) => ({ ...entry, name: own.name === "." ? entry.name : `${own.name}/${entry.name}` }))]);
  });
  yield* answerBytes(call, archive, "application/x-tar");
}

function* putArchive(call: Call): Blocking<void> {
  const container = named(call);
  const wanted = call.query.get("path") ?? "";
  const entries = readTar(call.request.body);
  yield* withRoot(call.engine, call.sys, container, function* (root): Blocking<void> {
    const path = `${root}/${wanted.replace(/^\/+/, "").replace(/\/+$/, "")}`;
    if (!isDirectory(call.sys, path)) throw new EngineError(404, `Could not find the file ${wanted} in container ${call.path[0] ?? ""}`);
    for (const entry of entries) yield* unpackEntry(call.sys, path, entry);
  });
  yield* answerNothing(call, 200);
}

function* statArchive(call: Call): Blocking<void> {
  const container = named(call);
  const wanted = call.query.get("path") ?? "";
  const found = yield* withRoot(call.engine, call.sys, container, function* (root): Blocking<{ directory: boolean } | undefined> {
    try {
      return { directory: (call.sys.stat(`${root}/${wanted.replace(/^\/+/, "")}`).mode & 0o170000) === 0o040000 };
    } catch {
      return undefined;
    }
  });
  if (!found) throw new EngineError(404, `Could not find the file ${wanted} in container ${call.path[0] ?? ""}`);
  yield* answerJson(call, found);
}

function* exportContainer(call: Call): Blocking<void> {
  const container = named(call);
  const archive = yield* withRoot(call.engine, call.sys, container, function* (root): Blocking<Uint8Array> {
    return writeTar(yield* packTree(call.sys, root, (name) => /^(proc|sys|dev)\//.test(name)));
  });
  yield* answerBytes(call, archive, "application/x-tar");
}

function* commit(call: Call): Blocking<void> {
  const container = call.engine.container(call.query.get("container") ?? "");
  const repo = call.query.get("repo") ?? "";
  const tag = call.query.get("tag") ?? "";
  let reference: ReturnType<typeof parseReference> | undefined;
  if (repo !== "") {
    try {
      reference = withDefaultTag(parseReference(tag === "" ? repo : `${repo}:${tag}`));
    } catch (error) {
      if (error instanceof BadReference) throw new EngineError(400, error.message);
      throw error;
    }
  }
  const parent = call.engine.images.images.get(container.Image);
  const config = { ...container.Config, ...bodyJson<Partial<ContainerConfig>>(call), Image: container.Image, Hostname: container.Config.Hostname };
  const layer = yield* commitContainer(call.engine, call.sys, container);
  const created = call.engine.now(call.sys);
  const createdBy = [container.Path, ...container.Args].join(" ");
  const author = call.query.get("author") ?? "";
  const comment = call.query.get("comment") ?? "";
  const json = JSON.stringify({
    architecture: "amd64", ...(author !== "" && { author }), ...(comment !== "" && { comment }), config: { ...config, Hostname: "" }, container: container.Id, container_config: container.Config, created, docker_version: "20.10.24+dfsg1",
    history: [...(parent?.config.history ?? []), { created, created_by: createdBy, ...(author !== "" && { author }), ...(comment !== "" && { comment }), ...(!layer && { empty_layer: true }) }],
    os: "linux", rootfs: { type: "layers", diff_ids: [...(parent?.config.rootfs.diff_ids ?? []), ...(layer ? [layer.diffId] : [])] },
  });
  const image = yield* call.engine.images.addImage(call.sys, json, container.Image);
  if (reference) yield* call.engine.images.tag(call.sys, reference, image.id);
  yield* call.engine.emitContainer(call.sys, "commit", container);
  yield* answerJson(call, { Id: image.id }, 201);
}

function* prune(call: Call): Blocking<void> {
  const wanted = filters(call);
  const deleted: string[] = [];
  let space = 0;
  for (const container of call.engine.sortedContainers()) {
    if (container.State.Running) continue;
    const labels = wanted.get("label");
    if (labels && !labels.every((label) => Object.hasOwn(container.Config.Labels ?? {}, label.split("=")[0] ?? ""))) continue;
    space += yield* upperSizeBytes(call.sys, container);
    yield* removeContainer(call.engine, call.sys, container, { force: false, volumes: false });
    deleted.push(container.Id);
  }
  yield* answerJson(call, { ContainersDeleted: deleted.length === 0 ? null : deleted, SpaceReclaimed: space });
}

function* createExec(call: Call): Blocking<void> {
  const container = named(call);
  if (!container.State.Running) throw new EngineError(409, `Container ${container.Id} is not running`);
  refuseRestarting(container);
  if (container.State.Paused) throw new EngineError(409, `Container ${call.path[0] ?? ""} is paused, unpause the container before exec`);
  const body = bodyJson<{ Cmd?: readonly string[]; Tty?: boolean; AttachStdin?: boolean; User?: string; Env?: readonly string[]; WorkingDir?: string; Privileged?: boolean }>(call);
  const instance: ExecInstance = {
    id: randomHex(call.sys, 64), container: container.Id, argv: body.Cmd ?? [], terminal: body.Tty ?? false, stdin: body.AttachStdin ?? false, user: body.User ?? "", environment: body.Env ?? [], workdir: body.WorkingDir ?? "",
    privileged: body.Privileged ?? false, running: false, exitCode: null, pid: 0, master: undefined,
  };
  call.engine.execs.set(instance.id, instance);
  yield* answerJson(call, { Id: instance.id }, 201);
}

function execNamed(call: Call): ExecInstance {
  const instance = call.engine.execs.get(call.path[0] ?? "");
  if (!instance) throw new EngineError(404, `No such exec instance: ${call.path[0] ?? ""}`);
  return instance;
}

function* startExec(call: Call): Blocking<void> {
  const instance = execNamed(call);
  const { Detach = false } = bodyJson<{ Detach?: boolean }>(call);
  if (Detach) {
    call.sys.fork(
      function* (thread) {
        try {
          yield* runExec(call.engine, thread, instance, undefined);
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
        }
        return 0;
      },
      { thread: true },
    );
    return yield* answerNothing(call, 200);
  }
  yield* upgrade(call);
  yield* runExec(call.engine, call.sys, instance, call.fd);
}

function* resize(call: Call, master: number | undefined): Blocking<void> {
  if (master !== undefined) call.sys.setWindowSize(master, { rows: Number(call.query.get("h") ?? 24), cols: Number(call.query.get("w") ?? 80) });
  yield* answerNothing(call, 200);
}

/** Counters of the cgroup, for docker stats. */
function* stats(call: Call): Blocking<void> {
  const container = named(call);
  const runtime = call.engine.runtimes.get(container.Id);
  const knob = function* (name: string): Blocking<string> {
    return runtime && container.State.Running ? ((yield* readText(call.sys, `${runtime.cgroup}/${name}`)) ?? "").trim() : "";
  };
  const max = yield* knob("memory.max");
  let rx = 0;
  let tx = 0;
  if (container.State.Running) {
    const dev = (yield* readText(call.sys, `/proc/${container.State.Pid}/net/dev`)) ?? "";
    for (const match of dev.matchAll(/^\s*eth\d+:\s*(\d+)(?:\s+\d+){7}\s+(\d+)/gm)) {
      rx += Number(match[1]);
      tx += Number(match[2]);
    }
  }
  yield* answerJson(call, {
    id: container.Id, name: `/${container.Name}`, running: container.State.Running, memoryBytes: Number(yield* knob("memory.current")), memoryLimitBytes: max === "max" || max === "" ? 0 : Number(max), pids: Number(yield* knob("pids.current")),
    cpuUs: Number(/usage_usec (\d+)/.exec(yield* knob("cpu.stat"))?.[1] ?? 0), networkRx: rx, networkTx: tx,
  });
}

export const containerRoutes: readonly Route[] = [
  { method: "GET", pattern: "/containers/json", handle: listContainers },
  { method: "POST", pattern: "/containers/create", handle: create },
  { method: "POST", pattern: "/containers/prune", handle: prune },
  { method: "GET", pattern: "/containers/*/json", handle: inspect },
  { method: "POST", pattern: "/containers/*/start", handle: start },
  { method: "POST", pattern: "/containers/*/stop", handle: stop },
  { method: "POST", pattern: "/containers/*/restart", handle: restart },
  { method: "POST", pattern: "/containers/*/kill", handle: kill },
  { method: "POST", pattern: "/containers/*/wait", handle: wait },
  { method: "POST", pattern: "/containers/*/attach", handle: attach },
  { method: "POST", pattern: "/containers/*/rename", handle: rename },
  { method: "POST", pattern: "/containers/*/update", handle: update },
  {
    method: "POST", pattern: "/containers/*/pause",
    *handle(call) {
      yield* pauseContainer(call.engine, call.sys, named(call));
      yield* answerNothing(call);
    },
  },
  {
    method: "POST", pattern: "/containers/*/unpause",
    *handle(call) {
      yield* unpauseContainer(call.engine, call.sys, named(call));
      yield* answerNothing(call);
    },
  },
  { method: "POST", pattern: "/containers/*/resize", handle: (call) => resize(call, call.engine.runtimes.get(named(call).Id)?.io.master) },
  { method: "GET", pattern: "/containers/*/logs", handle: logs },
  { method: "GET", pattern: "/containers/*/top", handle: top },
  { method: "GET", pattern: "/containers/*/stats", handle: stats },
  { method: "GET", pattern: "/containers/*/changes", handle: diff },
  { method: "GET", pattern: "/containers/*/export", handle: exportContainer },
  { method: "GET", pattern: "/containers/*/archive", handle: getArchive },
  { method: "PUT", pattern: "/containers/*/archive", handle: putArchive },
  { method: "HEAD", pattern: "/containers/*/archive", handle: statArchive },
  { method: "DELETE", pattern: "/containers/*", handle: remove },
  { method: "POST", pattern: "/commit", handle: commit },
  { method: "POST", pattern: "/containers/*/exec", handle: createExec },
  { method: "POST", pattern: "/exec/*/start", handle: startExec },
  { method: "POST", pattern: "/exec/*/resize", handle: (call) => resize(call, execNamed(call).master) },
  {
    method: "GET", pattern: "/exec/*/json",
    *handle(call) {
      const { id, container, running, exitCode, pid } = execNamed(call);
      yield* answerJson(call, { ID: id, ContainerID: container, Running: running, ExitCode: exitCode, Pid: pid });
    },
  },
];
