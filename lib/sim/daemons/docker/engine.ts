// The daemon's state in one place, and how objects are found. What is done with them stands in a file per verb beside this one.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { parseTime, rfc3339 } from "./api/human.ts";
import { containerDirectory, hasProcess, type StoredContainer } from "./container.ts";
import { ContainerIo } from "./container-io.ts";
import { DOCKER_ROOT, exists, readText, writeText } from "./disk.ts";
import type { PublishedPort } from "./firewall.ts";
import { ImageStore } from "./image-store.ts";
import { NetworkStore } from "./networks.ts";
import { Swarm } from "./swarm.ts";
import { VolumeStore } from "./volumes.ts";

/** An error of the API with its status; `message` as docker words it. */
export class EngineError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface EngineEvent {
  readonly timeUs: number;
  readonly type: "container" | "image" | "network" | "volume" | "daemon";
  readonly action: string;
  readonly id: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface ExecInstance {
  readonly id: string;
  readonly container: string;
  readonly argv: readonly string[];
  readonly terminal: boolean;
  readonly stdin: boolean;
  readonly user: string;
  readonly environment: readonly string[];
  readonly workdir: string;
  readonly privileged: boolean;
  running: boolean;
  exitCode: number | null;
  pid: number;
  master: number | undefined;
}

/** What runs now and is on no disk. */
export interface Runtime {
  readonly io: ContainerIo;
  readonly sandboxId: string;
  /** write ends of pipes: one byte and end when the container stops */
  readonly waiters: Set<number>;
  /** docker-proxy processes */
  readonly proxies: number[];
  /** what the firewall lets in while it runs */
  readonly published: PublishedPort[];
  cgroup: string;
  /** closing it ends the embedded name server */
  resolver: number | undefined;
  healthThread: boolean;
}

const MAX_EVENTS = 256;

export class Engine {
  readonly images = new ImageStore();
  readonly networks = new NetworkStore();
  readonly volumes = new VolumeStore();
  readonly swarm = new Swarm(this);
  readonly containers = new Map<string, StoredContainer>();
  readonly runtimes = new Map<string, Runtime>();
  readonly execs = new Map<string, ExecInstance>();
  readonly events: EngineEvent[] = [];
  /** write ends of pipes that want to hear of events */
  readonly eventListeners = new Set<number>();
  /** random host ports count up from here until the daemon ends */
  nextPort = 32_768;
  /** the id that `docker info` shows */
  id = "";
  shuttingDown = false;
  /** what ran when the daemon was last alive: until `endLeftBehind` */
  readonly leftBehind: StoredContainer[] = [];
  /** repositories that have a layer, the latest last: "REGISTRY DIFFID" to paths */
  readonly pushedTo = new Map<string, Set<string>>();

  *load(sys: Sys): Blocking<void> {
    yield* this.images.load(sys);
    yield* this.volumes.load(sys);
    yield* this.networks.load(sys, this.now(sys));
    const directory = `${DOCKER_ROOT}/containers`;
    if (!exists(sys, directory)) return;
    const found: StoredContainer[] = [];
    for (const { name } of sys.readdir(directory)) {
      const text = yield* readText(sys, `${containerDirectory(name)}/config.v2.json`);
      if (text === undefined) continue;
      const container = JSON.parse(text) as StoredContainer;
      if (container.State.Running) {
        // the machine or the daemon went down under it
        if (container.State.Pid > 0) this.leftBehind.push(container);
        container.State = { ...container.State, Status: "exited", Running: false, Paused: false, Restarting: false, Pid: 0, ExitCode: 255, FinishedAt: this.now(sys) };
      }
      for (const endpoint of Object.values(container.Networks)) Object.assign(endpoint, { IPAddress: "", Gateway: "", MacAddress: "", IPPrefixLen: 0, EndpointID: "" });
      found.push(container);
    }
    // in the order in which they were made: that is how they are listed
    const made = ({ Created }: StoredContainer): string => Created.replace(/Z$/, "").padEnd(29, "0");
    for (const container of found.sort((one, other) => (made(one) < made(other) ? -1 : 1))) this.containers.set(container.Id, container);
  }

  now(sys: Sys): string {
    return rfc3339(sys.clockUs("realtime"));
  }

  *save(sys: Sys, container: StoredContainer): Blocking<void> {
    if (!this.containers.has(container.Id)) return;
    yield* writeText(sys, `${containerDirectory(container.Id)}/config.v2.json`, JSON.stringify(container), 0o600);
  }

  runtime(sys: Sys, container: StoredContainer): Runtime {
    let runtime = this.runtimes.get(container.Id);
    if (!runtime) {
      const log = container.HostConfig.LogConfig.Type === "json-file" || container.HostConfig.LogConfig.Type === "local" ? `${containerDirectory(container.Id)}/${container.Id}-json.log` : undefined;
      runtime = { io: new ContainerIo(log), sandboxId: [...sys.random(32)].map((byte) => byte.toString(16).padStart(2, "0")).join(""), waiters: new Set(), proxies: [], published: [], cgroup: "", resolver: undefined, healthThread: false };
      this.runtimes.set(container.Id, runtime);
    }
    return runtime;
  }

  *emit(sys: Sys, type: EngineEvent["type"], action: string, id: string, attributes: Iterable<readonly [string, string]>): Blocking<void> {
    this.events.push({ timeUs: sys.clockUs("realtime"), type, action, id, attributes: new Map(attributes) });
    if (this.events.length > MAX_EVENTS) this.events.shift();
    for (const listener of this.eventListeners) {
      try {
        yield* sys.write(listener, Uint8Array.of(1));
      } catch {
        this.eventListeners.delete(listener);
      }
    }
  }

  *emitContainer(sys: Sys, action: string, container: StoredContainer, extra: Iterable<readonly [string, string]> = []): Blocking<void> {
    yield* this.emit(sys, "container", action, container.Id, [...extra, ["image", container.Config.Image], ["name", container.Name], ...Object.entries(container.Config.Labels ?? {})]);
  }

  /** By id, name or unique beginning of an id. Errors: 404 "No such container: NAME". */
  container(name: string): StoredContainer {
    const plain = name.replace(/^\//, "");
    const exact = this.containers.get(plain);
    if (exact) return exact;
    const byName = [...this.containers.values()].find((container) => container.Name === plain);
    if (byName) return byName;
    const byId = plain === "" ? [] : [...this.containers.values()].filter((container) => container.Id.startsWith(plain));
    const [only] = byId;
    if (only && byId.length === 1) return only;
    if (byId.length > 1) throw new EngineError(400, `Multiple IDs found with provided prefix: ${name}`);
    throw new EngineError(404, `No such container: ${name}`);
  }

  /** Newest created first. */
  sortedContainers(): StoredContainer[] {
    // a daemon that started again read them in the order of its directory
    return [...this.containers.values()].reverse().sort((a, b) => parseTime(b.Created) - parseTime(a.Created));
  }

  usersOfVolume(name: string): StoredContainer[] {
    return [...this.containers.values()].filter((container) => container.Mounts.some((mount) => mount.Name === name));
  }

  usersOfImage(id: string): StoredContainer[] {
    return [...this.containers.values()].filter((container) => container.Image === id);
  }

  /** Containers that run on a network, by endpoint. */
  endpointsOf(networkId: string): StoredContainer[] {
    return [...this.containers.values()].filter((container) => hasProcess(container) && Object.values(container.Networks).some((endpoint) => endpoint.NetworkID === networkId));
  }
}
