// Swarm mode on one node: the cluster's identity, its services, and the tasks that keep them running. A task is a container; a service's
// published port is held by the daemon, which shares connections out among the running tasks.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { closeQuietly } from "./container-io.ts";
import type { MountSpec, StoredContainer } from "./container.ts";
import { createContainer } from "./create-container.ts";
import { DOCKER_ROOT, makeDirectories, readText, removeTree, writeText } from "./disk.ts";
import { type Engine, EngineError } from "./engine.ts";
import { defaultHostConfig, emptyConfig } from "./host-config.ts";
import { ImageError } from "./image-store.ts";
import { carry } from "./ports.ts";
import { pullImage } from "./pull-image.ts";
import { removeContainer } from "./remove-container.ts";
import { startContainer } from "./start-container.ts";
import { stopContainer } from "./stop-container.ts";

export interface PublishedServicePort {
  readonly Protocol: string;
  readonly TargetPort: number;
  PublishedPort: number;
}

export interface ServiceSpec {
  Name: string;
  Image: string;
  readonly Args: readonly string[];
  Env: readonly string[];
  readonly Labels: Record<string, string>;
  readonly Networks: readonly string[];
  readonly Mounts: readonly MountSpec[];
  readonly Mode: "replicated" | "global";
  Replicas: number;
  Ports: PublishedServicePort[];
  /** "none": a task that ended stays so */
  readonly Restart: "any" | "on-failure" | "none";
  readonly MemoryBytes: number;
  /** counts updates with --force */
  Force: number;
}

export interface Service {
  readonly ID: string;
  readonly CreatedAt: string;
  UpdatedAt: string;
  version: number;
  readonly Spec: ServiceSpec;
}

export interface Task {
  readonly id: string;
  readonly service: string;
  readonly slot: number;
  readonly image: string;
  /** the specification that it was made of: another one replaces it */
  readonly made: string;
  desired: "Running" | "Shutdown";
  state: "Preparing" | "Running" | "Complete" | "Failed" | "Rejected" | "Shutdown";
  error: string;
  container: string;
  sinceUs: number;
}

export interface SwarmState {
  readonly clusterId: string;
  readonly nodeId: string;
  readonly address: string;
  readonly workerToken: string;
  readonly managerToken: string;
  readonly createdAt: string;
  availability: "active" | "pause" | "drain";
  readonly labels: Record<string, string>;
  services: Service[];
  tasks: Task[];
}

const STORE = `${DOCKER_ROOT}/swarm/state.json`;
const RESTART_DELAY_US = 5_000_000;
const KEPT_TASKS = 5;
const FIRST_PORT = 30_000;
const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

const NOT_A_MANAGER = 'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

function swarmId(sys: Sys, length = 25): string {
  return [...sys.random(length)].map((byte) => LETTERS.charAt(byte % 36)).join("");
}

export class Swarm {
  readonly #engine: Engine;
  state: SwarmState | undefined;
  /** listeners of published ports, by port */
  readonly #listeners = new Map<number, number>();
  #wake: number | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Errors: 503 outside a swarm. */
  get active(): SwarmState {
    if (!this.state) throw new EngineError(503, NOT_A_MANAGER);
    return this.state;
  }

  *load(sys: Sys): Blocking<void> {
    const text = yield* readText(sys, STORE);
    if (text === undefined) return;
    this.state = JSON.parse(text) as SwarmState;
    this.#run(sys);
  }

  *save(sys: Sys): Blocking<void> {
    if (!this.state) return;
    makeDirectories(sys, `${DOCKER_ROOT}/swarm`);
    yield* writeText(sys, STORE, JSON.stringify(this.state), 0o600);
  }

  *init(sys: Sys, address: string): Blocking<SwarmState> {
    if (this.state) throw new EngineError(503, 'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.');
    const key = swarmId(sys, 50);
    this.state = {
      clusterId: swarmId(sys), nodeId: swarmId(sys), address, workerToken: `SWMTKN-1-${key}-${swarmId(sys)}`, managerToken: `SWMTKN-1-${key}-${swarmId(sys)}`, createdAt: this.#engine.now(sys), availability: "active", labels: {}, services: [], tasks: [],
    };
    yield* this.#engine.networks.joinSwarm(sys, this.#engine.now(sys));
    yield* this.save(sys);
    this.#run(sys);
    return this.state;
  }

  *leave(sys: Sys, force: boolean): Blocking<void> {
    if (!this.state) throw new EngineError(503, "This node is not part of a swarm");
    if (!force) throw new EngineError(503, "You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message.");
    for (const service of [...this.state.services]) yield* this.removeService(sys, service);
    this.state = undefined;
    this.poke(sys);
    yield* removeTree(sys, `${DOCKER_ROOT}/swarm`);
    yield* this.#engine.networks.leaveSwarm(sys);
  }

  /** By id, its beginning, or name. Errors: 404. */
  service(name: string): Service {
    const { services } = this.active;
    const found = services.find((one) => one.ID === name || one.Spec.Name === name) ?? services.find((one) => name !== "" && one.ID.startsWith(name));
    if (!found) throw new EngineError(404, `service ${name} not found`);
    return found;
  }

  isNode(sys: Sys, name: string): boolean {
    return name === "self" || name === sys.uname().nodename || (name !== "" && this.active.nodeId.startsWith(name));
  }

  *createService(sys: Sys, spec: ServiceSpec): Blocking<Service> {
    const { services } = this.active;
    if (services.some((one) => one.Spec.Name === spec.Name)) throw new EngineError(409, `rpc error: code = AlreadyExists desc = name conflicts with an existing object: service ${spec.Name} already exists`);
    for (const network of spec.Networks) this.#engine.networks.find(network);
    this.#choosePorts(spec);
    const service: Service = { ID: swarmId(sys), CreatedAt: this.#engine.now(sys), UpdatedAt: this.#engine.now(sys), version: 1, Spec: spec };
    services.push(service);
    yield* this.save(sys);
    this.poke(sys);
    return service;
  }

  /** Errors: 400 when another service has a port. */
  #choosePorts(spec: ServiceSpec): void {
    const taken = new Set(this.active.services.filter((one) => one.Spec !== spec).flatMap((one) => one.Spec.Ports.map((port) => port.PublishedPort)));
    for (const port of spec.Ports) {
      if (port.PublishedPort === 0) {
        let free = FIRST_PORT;
        while (taken.has(free)) free++;
        port.PublishedPort = free;
      } else if (taken.has(port.PublishedPort)) {
        const owner = this.active.services.find((one) => one.Spec.Ports.some((other) => other.PublishedPort === port.PublishedPort));
        throw new EngineError(400, `rpc error: code = InvalidArgument desc = port '${port.PublishedPort}' is already in use by service '${owner?.Spec.Name ?? ""}' (${owner?.ID ?? ""}) as an ingress port`);
      }
      taken.add(port.PublishedPort);
    }
  }

  *updated(sys: Sys, service: Service): Blocking<void> {
    this.#choosePorts(service.Spec);
    service.version++;
    service.UpdatedAt = this.#engine.now(sys);
    yield* this.save(sys);
    this.poke(sys);
  }

  *removeService(sys: Sys, service: Service): Blocking<void> {
    const { services, tasks } = this.active;
    services.splice(services.indexOf(service), 1);
    for (const task of tasks.filter((one) => one.service === service.ID)) {
      tasks.splice(tasks.indexOf(task), 1);
      yield* this.#removeContainer(sys, task);
    }
    this.#listen(sys);
    yield* this.save(sys);
  }

  *#removeContainer(sys: Sys, task: Task): Blocking<void> {
    const container = this.#engine.containers.get(task.container);
    if (!container) return;
    if (container.State.Running) yield* stopContainer(this.#engine, sys, container, undefined);
    if (this.#engine.containers.has(container.Id)) yield* removeContainer(this.#engine, sys, container, { force: true, volumes: true });
  }

  // ---- keeping what was asked for

  /** Something changed: the manager looks again. */
  poke(sys: Sys): void {
    if (this.#wake === undefined) return;
    closeQuietly(sys, this.#wake);
    this.#wake = undefined;
  }

  #run(sys: Sys): void {
    const swarm = this;
    sys.fork(
      function* (thread) {
        while (swarm.state && !swarm.#engine.shuttingDown) {
          const [read, write] = thread.pipe();
          swarm.#wake = write;
          swarm.#engine.eventListeners.add(write);
          const waitUs = yield* swarm.#reconcile(thread);
          yield* thread.poll([{ fd: read, events: 1 }], waitUs);
          swarm.#engine.eventListeners.delete(write);
          if (swarm.#wake === write) closeQuietly(thread, write);
          swarm.#wake = undefined;
          closeQuietly(thread, read);
        }
        swarm.#listen(thread);
        return 0;
      },
      { thread: true },
    );
  }

  #specOf(service: Service): string {
    const { Replicas: _replicas, Ports: _ports, ...rest } = service.Spec;
    return JSON.stringify(rest);
  }

  /** Returns how long nothing is to be done, µs, unless something happens. */
  *#reconcile(sys: Sys): Blocking<number | null> {
    const { state } = this;
    if (!state) return null;
    let waitUs: number | null = null;
    const nowUs = sys.clockUs("realtime");
    for (const task of state.tasks) {
      const container = this.#engine.containers.get(task.container);
      if (task.state !== "Running" || container?.State.Running) continue;
      const status = container?.State.ExitCode ?? 137;
      task.state = task.desired === "Shutdown" ? "Shutdown" : status === 0 ? "Complete" : "Failed";
      task.error = task.state === "Failed" ? `"task: non-zero exit (${status})"` : "";
      task.desired = "Shutdown";
      task.sinceUs = nowUs;
    }
    for (const service of [...state.services]) {
      const spec = this.#specOf(service);
      const own = () => state.tasks.filter((task) => task.service === service.ID);
      const wanted = state.availability === "drain" ? 0 : service.Spec.Mode === "global" ? 1 : service.Spec.Replicas;
      for (const task of own()) {
        if (task.state !== "Running" || (task.slot <= wanted && task.made === spec)) continue;
        task.desired = "Shutdown";
        task.state = "Shutdown";
        task.sinceUs = nowUs;
        const container = this.#engine.containers.get(task.container);
        if (container?.State.Running) yield* stopContainer(this.#engine, sys, container, undefined);
        if (task.slot > wanted) {
          state.tasks.splice(state.tasks.indexOf(task), 1);
          yield* this.#removeContainer(sys, task);
        }
      }
      for (let slot = 1; slot <= wanted; slot++) {
        const inSlot = own().filter((task) => task.slot === slot);
        if (inSlot.some((task) => task.state === "Running")) continue;
        const last = inSlot.at(-1);
        if (last && last.made === spec) {
          const ended = last.state === "Complete" ? service.Spec.Restart === "any" : last.state !== "Failed" || service.Spec.Restart !== "none";
          if (!ended) continue;
          const dueUs = last.sinceUs + RESTART_DELAY_US - nowUs;
          if (dueUs > 0 && last.state !== "Shutdown") {
            waitUs = waitUs === null ? dueUs : Math.min(waitUs, dueUs);
            continue;
          }
        }
        yield* this.#startTask(sys, state, service, slot, spec);
        for (const old of inSlot.slice(0, Math.max(0, inSlot.length + 1 - KEPT_TASKS))) {
          state.tasks.splice(state.tasks.indexOf(old), 1);
          yield* this.#removeContainer(sys, old);
        }
      }
    }
    this.#listen(sys);
    yield* this.save(sys);
    return waitUs;
  }

  *#startTask(sys: Sys, state: SwarmState, service: Service, slot: number, made: string): Blocking<void> {
    const { Spec: spec } = service;
    const task: Task = { id: swarmId(sys), service: service.ID, slot, image: spec.Image, made, desired: "Running", state: "Preparing", error: "", container: "", sinceUs: sys.clockUs("realtime") };
    state.tasks.push(task);
    try {
      try {
        this.#engine.images.find(spec.Image);
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        yield* pullImage(this.#engine, sys, spec.Image, undefined, function* () {});
      }
      const container = yield* createContainer(this.#engine, sys, {
        name: `${spec.Name}.${spec.Mode === "global" ? state.nodeId : slot}.${task.id}`, networkAliases: [spec.Name, `tasks.${spec.Name}`], address: "", mac: "",
        config: { ...emptyConfig(), Image: spec.Image, Cmd: spec.Args.length === 0 ? null : spec.Args, Env: spec.Env, Labels: { "com.docker.swarm.node.id": state.nodeId, "com.docker.swarm.service.id": service.ID, "com.docker.swarm.service.name": spec.Name, "com.docker.swarm.task": "", "com.docker.swarm.task.id": task.id, "com.docker.swarm.task.name": `${spec.Name}.${slot}.${task.id}` } },
        host: { ...defaultHostConfig(), NetworkMode: spec.Networks[0] === undefined ? "docker_gwbridge" : this.#engine.networks.find(spec.Networks[0]).Name, Mounts: spec.Mounts, Memory: spec.MemoryBytes },
      });
      task.container = container.Id;
      yield* startContainer(this.#engine, sys, container);
      task.state = "Running";
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      task.state = error instanceof EngineError && task.container !== "" ? "Failed" : "Rejected";
      task.desired = "Shutdown";
      task.error = JSON.stringify(task.state === "Rejected" && error.message.includes("pull access denied") ? `No such image: ${spec.Image}` : error.message);
    }
    task.sinceUs = sys.clockUs("realtime");
  }

  // ---- published ports

  targets(service: Service): StoredContainer[] {
    return this.active.tasks.filter((task) => task.service === service.ID && task.state === "Running").map((task) => this.#engine.containers.get(task.container)).filter((container) => container !== undefined);
  }

  /** The daemon listens on every published port of every service, and on no other. */
  #listen(sys: Sys): void {
    const wanted = new Map((this.state?.services ?? []).flatMap((service) => service.Spec.Ports.filter((port) => port.Protocol === "tcp").map((port) => [port.PublishedPort, { service, port }] as const)));
    for (const [port, fd] of this.#listeners) {
      if (wanted.has(port)) continue;
      try {
        sys.shutdown(fd, "both");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      closeQuietly(sys, fd);
      this.#listeners.delete(port);
    }
    for (const number of wanted.keys()) {
      if (this.#listeners.has(number)) continue;
      const listener = sys.socket("inet6", "stream");
      try {
        sys.setsockopt(listener, "reuseaddr", 1);
        sys.bind(listener, { family: "inet6", address: "::", port: number });
        sys.listen(listener, 128);
      } catch (error) {
        closeQuietly(sys, listener);
        if (!(error instanceof SysError)) throw error;
        continue;
      }
      this.#listeners.set(number, listener);
      const swarm = this;
      let turn = 0;
      sys.fork(
        function* (thread) {
          while (swarm.#listeners.get(number) === listener) {
            let fd: number;
            try {
              ({ fd } = yield* thread.accept(listener));
            } catch (error) {
              if (error instanceof SysError) return 0;
              throw error;
            }
            const service = swarm.state?.services.find((one) => one.Spec.Ports.some((port) => port.PublishedPort === number));
            const targets = service ? swarm.targets(service) : [];
            const address = Object.values(targets[turn++ % Math.max(1, targets.length)]?.Networks ?? {}).find((endpoint) => endpoint.IPAddress !== "")?.IPAddress;
            const target = service?.Spec.Ports.find((port) => port.PublishedPort === number)?.TargetPort;
            if (address === undefined || target === undefined) closeQuietly(thread, fd);
            else thread.fork((own) => carry(own, fd, { family: "inet", address, port: target }), { thread: true });
          }
          return 0;
        },
        { thread: true },
      );
    }
  }
}
