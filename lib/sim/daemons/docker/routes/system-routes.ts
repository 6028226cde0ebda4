// /_ping, /version, /info, /events, /system/df.

import { base64 } from "../api/base64.ts";
import { EngineError } from "../engine.ts";
import { askRegistry, endpointOf } from "../registry/registry-client.ts";
import { type Blocking, encode } from "../../../kernel/sys.ts";
import { startChunked } from "../api/http.ts";
import { upperSizeBytes } from "../commit-container.ts";
import { readText } from "../disk.ts";
import type { EngineEvent } from "../engine.ts";
import { ImageStore } from "../image-store.ts";
import type { SwarmState } from "../swarm.ts";
import { answerJson, bodyJson, type Call, filters, type Route } from "./route.ts";

const ENGINE_VERSION = "20.10.24+dfsg1";

function* version(call: Call): Blocking<void> {
  const { release } = call.sys.uname();
  yield* answerJson(call, {
    Platform: { Name: "" },
    Components: [
      { Name: "Engine", Version: ENGINE_VERSION, Details: { ApiVersion: "1.41", Arch: "amd64", BuildTime: "Thu May  7 21:09:36 2026", Experimental: "false", GitCommit: "5d6db84", GoVersion: "go1.19.8", KernelVersion: release, MinAPIVersion: "1.12", Os: "linux" } },
      { Name: "containerd", Version: "1.6.20~ds1", Details: { GitCommit: "1.6.20~ds1-1+deb12u3" } },
      { Name: "runc", Version: "1.1.5+ds1", Details: { GitCommit: "1.1.5+ds1-1+deb12u1" } },
      { Name: "docker-init", Version: "0.19.0", Details: { GitCommit: "" } },
    ],
    Version: ENGINE_VERSION, ApiVersion: "1.41", MinAPIVersion: "1.12", GitCommit: "5d6db84", GoVersion: "go1.19.8", Os: "linux", Arch: "amd64", KernelVersion: release, BuildTime: "Thu May  7 21:09:36 2026",
  });
}

function swarmInfo(state: SwarmState | undefined): Record<string, unknown> {
  if (!state) return { NodeID: "", NodeAddr: "", LocalNodeState: "inactive", ControlAvailable: false, Error: "", RemoteManagers: null };
  return {
    NodeID: state.nodeId, NodeAddr: state.address, LocalNodeState: "active", ControlAvailable: true, Error: "", RemoteManagers: [{ NodeID: state.nodeId, Addr: `${state.address}:2377` }], Nodes: 1, Managers: 1,
    Cluster: { ID: state.clusterId, CreatedAt: state.createdAt, DataPathPort: 4789, DefaultAddrPool: ["10.0.0.0/8"], SubnetSize: 24 },
  };
}

function* info(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const containers = [...engine.containers.values()];
  const paused = containers.filter((container) => container.State.Paused).length;
  const running = containers.filter((container) => container.State.Running).length - paused;
  const uname = sys.uname();
  const os = /^PRETTY_NAME="(.*)"$/m.exec((yield* readText(sys, "/etc/os-release")) ?? "")?.[1] ?? "Linux";
  const memoryKiB = Number(/^MemTotal:\s+(\d+)/m.exec((yield* readText(sys, "/proc/meminfo")) ?? "")?.[1] ?? 0);
  const cpus = ((yield* readText(sys, "/proc/cpuinfo")) ?? "").match(/^processor/gm)?.length ?? 1;
  yield* answerJson(call, {
    ID: engine.id, Containers: containers.length, ContainersRunning: running, ContainersPaused: paused, ContainersStopped: containers.length - running - paused,
    Images: [...engine.images.images.values()].length, Driver: "overlay2", DriverStatus: [["Backing Filesystem", "extfs"], ["Supports d_type", "true"], ["Native Overlay Diff", "true"], ["userxattr", "false"]],
    Plugins: { Volume: ["local"], Network: ["bridge", "host", "ipvlan", "macvlan", "null", "overlay"], Authorization: null, Log: ["awslogs", "fluentd", "gcplogs", "gelf", "journald", "json-file", "local", "logentries", "splunk", "syslog"] },
    MemoryLimit: true, SwapLimit: true, KernelMemory: true, CpuCfsPeriod: true, CpuCfsQuota: true, CPUShares: true, CPUSet: true, PidsLimit: true, IPv4Forwarding: true, BridgeNfIptables: true, BridgeNfIp6tables: true, Debug: false, NFd: 24, OomKillDisable: false,
    NGoroutines: 34, SystemTime: engine.now(sys), LoggingDriver: "json-file", CgroupDriver: "systemd", CgroupVersion: "2", NEventsListener: engine.eventListeners.size, KernelVersion: uname.release, OperatingSystem: os, OSVersion: "12", OSType: "linux",
    Architecture: uname.machine, IndexServerAddress: "https://index.docker.io/v1/", RegistryConfig: { IndexConfigs: { "docker.io": { Name: "docker.io", Mirrors: [], Secure: true, Official: true } }, InsecureRegistryCIDRs: ["127.0.0.0/8"], Mirrors: [] },
    NCPU: cpus, MemTotal: memoryKiB * 1024, GenericResources: null, DockerRootDir: "/var/lib/docker", HttpProxy: "", HttpsProxy: "", NoProxy: "", Name: uname.nodename, Labels: [], ExperimentalBuild: false, ServerVersion: ENGINE_VERSION,
    Runtimes: { "io.containerd.runc.v2": { path: "runc" }, "io.containerd.runtime.v1.linux": { path: "runc" }, runc: { path: "runc" } }, DefaultRuntime: "runc",
    Swarm: swarmInfo(engine.swarm.state), LiveRestoreEnabled: false, Isolation: "", InitBinary: "docker-init",
    ContainerdCommit: { ID: "1.6.20~ds1-1+deb12u3", Expected: "1.6.20~ds1-1+deb12u3" }, RuncCommit: { ID: "1.1.5+ds1-1+deb12u1", Expected: "1.1.5+ds1-1+deb12u1" }, InitCommit: { ID: "", Expected: "" },
    SecurityOptions: ["name=apparmor", "name=seccomp,profile=default", "name=cgroupns"], Warnings: null,
  });
}

function eventJson(event: EngineEvent): Record<string, unknown> {
  return {
    ...(event.type === "container" || event.type === "image" ? { status: event.action, id: event.id, ...(event.attributes.has("image") && { from: event.attributes.get("image") }) } : {}),
    Type: event.type, Action: event.action, Actor: { ID: event.id, Attributes: Object.fromEntries(event.attributes) }, scope: "local", time: Math.floor(event.timeUs / 1_000_000), timeNano: event.timeUs * 1000,
  };
}

/** Seconds since the epoch, or a duration before now, as µs. */
function timeUs(text: string | undefined, nowUs: number): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000_000;
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return parts.length === 0 ? undefined : nowUs - parts.reduce((sum, [, number, unit]) => sum + Number(number) * ({ ms: 1_000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000 }[unit ?? "s"] ?? 0), 0);
}

function* events(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const nowUs = sys.clockUs("realtime");
  const since = timeUs(call.query.get("since"), nowUs);
  const until = timeUs(call.query.get("until"), nowUs);
  const wanted = filters(call);
  const chosen = (event: EngineEvent) => {
    const any = (name: string, test: (value: string) => boolean) => !wanted.has(name) || (wanted.get(name) ?? []).some(test);
    return any("event", (value) => event.action === value || event.action.startsWith(`${value}:`)) && any("type", (value) => event.type === value) && any("container", (value) => event.type === "container" && (event.id.startsWith(value) || event.attributes.get("name") === value)) && any("image", (value) => event.attributes.get("image") === value || event.id === value);
  };
  const stream = yield* startChunked(sys, call.fd, "application/json");
  let seen = 0;
  const send = function* (from: number | undefined): Blocking<void> {
    for (const event of engine.events) {
      if (event.timeUs <= seen && from === undefined) continue;
      if (from !== undefined && event.timeUs < from) continue;
      if (until !== undefined && event.timeUs > until) continue;
      seen = Math.max(seen, event.timeUs);
      if (chosen(event)) yield* stream.chunk(encode(`${JSON.stringify(eventJson(event))}\n`));
    }
  };
  seen = nowUs;
  if (since !== undefined) yield* send(since);
  if (until === undefined || until > nowUs) {
    const [read, write] = sys.pipe();
    engine.eventListeners.add(write);
    for (;;) {
      const left = until === undefined ? null : until - sys.clockUs("realtime");
      if (left !== null && left <= 0) break;
      const ready = yield* sys.poll([{ fd: read, events: 1 }, { fd: call.fd, events: 1 }], left);
      if (ready.some((one) => one.fd === call.fd)) break;
      if (ready.length === 0) break;
      yield* sys.read(read, 64);
      yield* send(undefined);
    }
    engine.eventListeners.delete(write);
    sys.close(read);
    sys.close(write);
  }
  yield* stream.end();
}

function* diskUsage(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const containers: unknown[] = [];
  for (const container of engine.sortedContainers()) containers.push({ Id: container.Id, State: container.State.Status, SizeRw: yield* upperSizeBytes(sys, container) });
  const usedLayers = new Set<string>();
  for (const container of engine.containers.values()) {
    const diffs = engine.images.images.get(container.Image)?.config.rootfs.diff_ids ?? [];
    for (let length = 1; length <= diffs.length; length++) usedLayers.add(ImageStore.chainOf(diffs.slice(0, length)));
  }
  const layersSize = [...engine.images.layers.values()].reduce((sum, layer) => sum + layer.sizeBytes, 0);
  const usedSize = [...usedLayers].reduce((sum, chain) => sum + (engine.images.layers.get(chain)?.sizeBytes ?? 0), 0);
  const volumes: unknown[] = [];
  for (const volume of engine.volumes.sorted()) {
    let size = 0;
    const walk = function* (path: string): Blocking<void> {
      for (const { name } of sys.readdir(path)) {
        if (sys.charge(5)) yield* sys.preempt();
        const stat = sys.lstat(`${path}/${name}`);
        if ((stat.mode & 0o170000) === 0o040000) yield* walk(`${path}/${name}`);
        else size += stat.sizeBytes;
      }
    };
    yield* walk(volume.Mountpoint);
    volumes.push({ ...volume, UsageData: { RefCount: engine.usersOfVolume(volume.Name).length, Size: size } });
  }
  const images = [...engine.images.images.values()].filter((image) => {
    const names = engine.images.namesOf(image.id);
    return names.tags.length > 0 || names.digests.length > 0 || engine.images.childrenOf(image.id).length === 0;
  });
  yield* answerJson(call, {
    LayersSize: layersSize, UsedSize: usedSize, Images: images.map((image) => ({ Id: image.id, Size: engine.images.sizeBytes(image.config), Containers: engine.usersOfImage(image.id).length, RepoTags: engine.images.namesOf(image.id).tags, Created: image.config.created })), Containers: containers, Volumes: volumes, BuildCache: [],
  });
}

/** docker login: the registry is asked whether it lets this person in. */
function* auth(call: Call): Blocking<void> {
  const body = bodyJson<{ username?: string; password?: string; serveraddress?: string }>(call);
  const server = body.serveraddress === undefined || body.serveraddress === "" ? "docker.io" : body.serveraddress;
  const reply = yield* askRegistry(call.sys, endpointOf(server, base64(`${body.username ?? ""}:${body.password ?? ""}`)), "GET", "/v2/");
  if (reply.status === 401) throw new EngineError(401, `Get "https://${server === "docker.io" ? "registry-1.docker.io" : server}/v2/": unauthorized: incorrect username or password`);
  yield* answerJson(call, { IdentityToken: "", Status: "Login Succeeded" });
}

export const systemRoutes: readonly Route[] = [
  { method: "GET", pattern: "/_ping", handle: (call) => answerJson(call, "OK") },
  { method: "GET", pattern: "/version", handle: version },
  { method: "GET", pattern: "/info", handle: info },
  { method: "POST", pattern: "/auth", handle: auth },
  { method: "GET", pattern: "/events", handle: events },
  { method: "GET", pattern: "/system/df", handle: diskUsage },
];
