// /swarm, /nodes, /services, /tasks.

import type { Blocking, Sys } from "../../../kernel/sys.ts";
import { EngineError } from "../engine.ts";
import type { Service, ServiceSpec, SwarmState } from "../swarm.ts";
import { answerJson, answerNothing, bodyJson, type Call, flag, type Route } from "./route.ts";

const ENGINE_VERSION = "20.10.24+dfsg1";

function addressOf(sys: Sys): string {
  const first = sys.rtnetlink({ op: "address-list" }).find((one) => one.family === "inet" && one.scope === "global");
  return first?.address ?? "127.0.0.1";
}

function* init(call: Call): Blocking<void> {
  const body = bodyJson<{ AdvertiseAddr?: string }>(call);
  const wanted = (body.AdvertiseAddr ?? "").replace(/:\d+$/, "");
  const device = call.sys.rtnetlink({ op: "link-list" }).find((link) => link.name === wanted);
  const address = device ? call.sys.rtnetlink({ op: "address-list" }).find((one) => one.linkIndex === device.index && one.family === "inet")?.address : wanted === "" ? addressOf(call.sys) : wanted;
  if (address === undefined || !/^\d+\.\d+\.\d+\.\d+$/.test(address)) throw new EngineError(400, "advertise address must be a non-zero IP address or network interface (with optional port number)");
  yield* answerJson(call, (yield* call.engine.swarm.init(call.sys, address)).nodeId);
}

function* leave(call: Call): Blocking<void> {
  yield* call.engine.swarm.leave(call.sys, flag(call, "force"));
  yield* answerNothing(call, 200);
}

function* join(call: Call): Blocking<void> {
  if (call.engine.swarm.state) throw new EngineError(503, 'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.');
  const body = bodyJson<{ RemoteAddrs?: readonly string[]; JoinToken?: string }>(call);
  if (!/^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/.test(body.JoinToken ?? "")) throw new EngineError(400, "invalid join token");
  throw new EngineError(500, `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial tcp ${body.RemoteAddrs?.[0] ?? ""}: connect: connection refused"`);
}

function nodeJson(call: Call, state: SwarmState): Record<string, unknown> {
  const { cpus, memoryKiB } = hardware(call.sys);
  return {
    ID: state.nodeId, Version: { Index: 9 }, CreatedAt: state.createdAt, UpdatedAt: state.createdAt, Spec: { Labels: state.labels, Role: "manager", Availability: state.availability },
    Description: { Hostname: call.sys.uname().nodename, Platform: { Architecture: "x86_64", OS: "linux" }, Resources: { NanoCPUs: cpus * 1e9, MemoryBytes: memoryKiB * 1024 }, Engine: { EngineVersion: ENGINE_VERSION, Plugins: [] } },
    Status: { State: "ready", Addr: state.address }, ManagerStatus: { Leader: true, Reachability: "reachable", Addr: `${state.address}:2377` },
  };
}

function hardware(sys: Sys): { readonly cpus: number; readonly memoryKiB: number } {
  const cpus = sys.readdir("/sys/devices/system/cpu").filter((entry) => /^cpu\d+$/.test(entry.name)).length;
  return { cpus, memoryKiB: 2_621_440 };
}

/** Errors: 404 "No such node". */
function nodeNamed(call: Call): SwarmState {
  const { swarm } = call.engine;
  const state = swarm.active;
  if (!swarm.isNode(call.sys, call.path[0] ?? "")) throw new EngineError(404, `node ${call.path[0] ?? ""} not found`);
  return state;
}

function* updateNode(call: Call): Blocking<void> {
  const state = nodeNamed(call);
  const body = bodyJson<{ Availability?: SwarmState["availability"]; Role?: string; Labels?: Record<string, string>; RemoveLabels?: readonly string[] }>(call);
  if (body.Role === "worker") throw new EngineError(500, "rpc error: code = FailedPrecondition desc = attempting to demote the last manager of the swarm");
  if (body.Availability !== undefined) state.availability = body.Availability;
  Object.assign(state.labels, body.Labels ?? {});
  for (const label of body.RemoveLabels ?? []) delete state.labels[label];
  yield* call.engine.swarm.save(call.sys);
  call.engine.swarm.poke(call.sys);
  yield* answerNothing(call, 200);
}

function serviceJson(call: Call, service: Service): Record<string, unknown> {
  const { Spec: spec } = service;
  const running = call.engine.swarm.targets(service).length;
  const desired = spec.Mode === "global" ? 1 : spec.Replicas;
  return {
    ID: service.ID, Version: { Index: service.version + 10 }, CreatedAt: service.CreatedAt, UpdatedAt: service.UpdatedAt,
    Spec: {
      Name: spec.Name, Labels: spec.Labels,
      TaskTemplate: { ContainerSpec: { Image: spec.Image, ...(spec.Args.length > 0 && { Args: spec.Args }), ...(spec.Env.length > 0 && { Env: spec.Env }), ...(spec.Mounts.length > 0 && { Mounts: spec.Mounts }) }, RestartPolicy: { Condition: spec.Restart, Delay: 5_000_000_000, MaxAttempts: 0 }, ...(spec.Networks.length > 0 && { Networks: spec.Networks.map((Target) => ({ Target })) }), ForceUpdate: spec.Force, Runtime: "container" },
      Mode: spec.Mode === "global" ? { Global: {} } : { Replicated: { Replicas: spec.Replicas } },
      EndpointSpec: { Mode: "vip", ...(spec.Ports.length > 0 && { Ports: spec.Ports.map((port) => ({ ...port, PublishMode: "ingress" })) }) },
    },
    Endpoint: { Spec: { Mode: "vip" }, ...(spec.Ports.length > 0 && { Ports: spec.Ports.map((port) => ({ ...port, PublishMode: "ingress" })) }) },
    ServiceStatus: { RunningTasks: running, DesiredTasks: desired, CompletedTasks: 0 },
  };
}

function* createService(call: Call): Blocking<void> {
  const service = yield* call.engine.swarm.createService(call.sys, bodyJson<ServiceSpec>(call));
  yield* answerJson(call, { ID: service.ID }, 201);
}

function* updateService(call: Call): Blocking<void> {
  const service = call.engine.swarm.service(call.path[0] ?? "");
  const change = bodyJson<Partial<ServiceSpec> & { AddForce?: boolean }>(call);
  if (change.Replicas !== undefined && service.Spec.Mode === "global") throw new EngineError(400, "scale can only be used with replicated or replicated-job mode");
  const { AddForce = false, ...rest } = change;
  Object.assign(service.Spec, rest);
  if (AddForce) service.Spec.Force++;
  yield* call.engine.swarm.updated(call.sys, service);
  yield* answerJson(call, { Warnings: null });
}

function* tasks(call: Call): Blocking<void> {
  const state = call.engine.swarm.active;
  const node = call.sys.uname().nodename;
  yield* answerJson(call, state.tasks.map((task) => {
    const service = state.services.find((one) => one.ID === task.service);
    return { ID: task.id, ServiceID: task.service, ServiceName: service?.Spec.Name ?? task.service, Global: service?.Spec.Mode === "global", Slot: task.slot, Image: task.image, Node: node, NodeID: state.nodeId, DesiredState: task.desired, State: task.state, SinceUs: task.sinceUs, Error: task.error, Container: task.container };
  }));
}

export const swarmRoutes: readonly Route[] = [
  { method: "POST", pattern: "/swarm/init", handle: init },
  { method: "POST", pattern: "/swarm/join", handle: join },
  { method: "POST", pattern: "/swarm/leave", handle: leave },
  {
    method: "GET", pattern: "/swarm",
    *handle(call) {
      const state = call.engine.swarm.active;
      yield* answerJson(call, { ID: state.clusterId, CreatedAt: state.createdAt, UpdatedAt: state.createdAt, Spec: { Name: "default", Labels: {} }, JoinTokens: { Worker: state.workerToken, Manager: state.managerToken }, Address: state.address });
    },
  },
  { method: "GET", pattern: "/nodes", handle: (call) => answerJson(call, [nodeJson(call, call.engine.swarm.active)]) },
  {
    method: "GET", pattern: "/nodes/*",
    *handle(call) {
      yield* answerJson(call, nodeJson(call, nodeNamed(call)));
    },
  },
  { method: "POST", pattern: "/nodes/*/update", handle: updateNode },
  {
    method: "DELETE", pattern: "/nodes/*",
    *handle(call) {
      const { nodeId } = nodeNamed(call);
      throw new EngineError(400, `rpc error: code = FailedPrecondition desc = node ${nodeId} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`);
    },
  },
  {
    method: "GET", pattern: "/services",
    *handle(call) {
      yield* answerJson(call, [...call.engine.swarm.active.services].sort((a, b) => (a.Spec.Name < b.Spec.Name ? -1 : 1)).map((service) => serviceJson(call, service)));
    },
  },
  { method: "POST", pattern: "/services/create", handle: createService },
  {
    method: "GET", pattern: "/services/*",
    *handle(call) {
      yield* answerJson(call, serviceJson(call, call.engine.swarm.service(call.path[0] ?? "")));
    },
  },
  { method: "POST", pattern: "/services/*/update", handle: updateService },
  {
    method: "DELETE", pattern: "/services/*",
    *handle(call) {
      yield* call.engine.swarm.removeService(call.sys, call.engine.swarm.service(call.path[0] ?? ""));
      yield* answerNothing(call, 200);
    },
  },
  { method: "GET", pattern: "/tasks", handle: tasks },
  ...["secrets", "configs"].map((kind): Route => ({
    method: "GET", pattern: `/${kind}`,
    *handle(call) {
      void call.engine.swarm.active;
      yield* answerJson(call, []);
    },
  })),
];
