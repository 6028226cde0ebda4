// /networks and /volumes.

import type { Blocking } from "../../../kernel/sys.ts";
import { hasProcess } from "../container.ts";
import { randomHex } from "../disk.ts";
import { type Engine, EngineError } from "../engine.ts";
import { isBridged, type Network, plugIn, unplug } from "../networks.ts";
import { ensureEmbeddedDns, fillEndpoint } from "../start-container.ts";
import { answerJson, answerNothing, bodyJson, type Call, filters, flag, type Route } from "./route.ts";

function networkJson(engine: Engine, network: Network, withContainers: boolean): Record<string, unknown> {
  const containers = engine.endpointsOf(network.Id).map((container) => {
    const endpoint = Object.values(container.Networks).find((one) => one.NetworkID === network.Id);
    return [container.Id, { Name: container.Name, EndpointID: endpoint?.EndpointID ?? "", MacAddress: endpoint?.MacAddress ?? "", IPv4Address: endpoint && endpoint.IPAddress !== "" ? `${endpoint.IPAddress}/${endpoint.IPPrefixLen}` : "", IPv6Address: "" }];
  });
  return {
    Name: network.Name, Id: network.Id, Created: network.Created, Scope: network.Driver === "overlay" ? "swarm" : "local", Driver: network.Driver, EnableIPv6: false,
    IPAM: { Driver: "default", Options: network.Name === "bridge" || network.Driver !== "bridge" ? null : {}, Config: network.Subnet === "" ? [] : [{ Subnet: network.Subnet, ...(network.IPRange !== "" && { IPRange: network.IPRange }), ...(network.Name !== "bridge" && { Gateway: network.Gateway }) }] },
    Internal: network.Internal, Attachable: network.Attachable, Ingress: network.Name === "ingress", ConfigFrom: { Network: "" }, ConfigOnly: false, Containers: withContainers ? Object.fromEntries(containers) : {}, Options: network.Options, Labels: network.Labels,
  };
}

function* listNetworks(call: Call): Blocking<void> {
  const wanted = filters(call);
  const predefined = ["bridge", "host", "none"];
  const rows = call.engine.networks.sorted().filter((network) => {
    const any = (name: string, test: (value: string) => boolean) => !wanted.has(name) || (wanted.get(name) ?? []).some(test);
    return (
      any("name", (value) => network.Name.includes(value)) && any("id", (value) => network.Id.includes(value)) && any("driver", (value) => network.Driver === value) && any("type", (value) => (value === "builtin") === predefined.includes(network.Name)) && any("scope", (value) => value === "local") &&
      any("label", (value) => Object.hasOwn(network.Labels, value.split("=")[0] ?? "")) && any("dangling", (value) => (value === "true" || value === "1") === (!predefined.includes(network.Name) && call.engine.endpointsOf(network.Id).length === 0))
    );
  });
  yield* answerJson(call, rows.map((network) => networkJson(call.engine, network, false)));
}

interface CreateBody {
  readonly Name: string;
  readonly Driver?: string;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Options?: Record<string, string>;
  readonly Labels?: Record<string, string>;
  readonly Subnet?: string;
  readonly Gateway?: string;
  readonly IPRange?: string;
}

function* createNetwork(call: Call): Blocking<void> {
  const body = bodyJson<CreateBody>(call);
  const network = yield* call.engine.networks.create(call.sys, {
    name: body.Name, driver: body.Driver ?? "bridge", subnet: body.Subnet ?? "", gateway: body.Gateway ?? "", ipRange: body.IPRange ?? "", internal: body.Internal ?? false, attachable: body.Attachable ?? false, options: body.Options ?? {}, labels: body.Labels ?? {},
    created: call.engine.now(call.sys),
  });
  yield* call.engine.emit(call.sys, "network", "create", network.Id, [["name", network.Name], ["type", network.Driver]]);
  yield* answerJson(call, { Id: network.Id, Warning: "" }, 201);
}

function* removeNetwork(call: Call): Blocking<void> {
  const network = call.engine.networks.find(call.path[0] ?? "");
  if (["bridge", "host", "none"].includes(network.Name)) throw new EngineError(403, `${network.Name} is a pre-defined network and cannot be removed`);
  if (call.engine.endpointsOf(network.Id).length > 0) throw new EngineError(403, `error while removing network: network ${network.Name} id ${network.Id} has active endpoints`);
  yield* call.engine.networks.remove(call.sys, network);
  yield* call.engine.emit(call.sys, "network", "destroy", network.Id, [["name", network.Name], ["type", network.Driver]]);
  yield* answerNothing(call);
}

function* connect(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const network = engine.networks.find(call.path[0] ?? "");
  const body = bodyJson<{ Container: string; Aliases?: readonly string[]; Address?: string }>(call);
  const container = engine.container(body.Container);
  const hasNetwork = Object.values(container.Networks).some((endpoint) => endpoint.NetworkID === network.Id) || Object.keys(container.Networks).some((name) => (name === "default" ? "bridge" : name) === network.Name);
  if (hasNetwork) throw new EngineError(403, `endpoint with name ${container.Name} already exists in network ${network.Name}`);
  if (container.HostConfig.NetworkMode === "host") throw new EngineError(403, "container cannot be connected to host network or disconnected from host network");
  if (network.Name === "host") throw new EngineError(403, "cannot connect container to host network - container must be created in host network mode");
  const endpoint = { NetworkID: network.Id, EndpointID: "", Gateway: "", IPAddress: "", IPPrefixLen: 0, MacAddress: "", Aliases: network.Name === "bridge" ? null : [...(body.Aliases ?? []), container.Id.slice(0, 12)], WantedAddress: body.Address ?? "" };
  if (hasProcess(container) && isBridged(network)) {
    endpoint.EndpointID = randomHex(sys, 64);
    fillEndpoint(endpoint, network, engine.networks.lease(network, endpoint.EndpointID, endpoint.WantedAddress));
    yield* plugIn(sys, network, endpoint, container.State.Pid);
  }
  container.Networks[network.Name] = endpoint;
  if (hasProcess(container)) yield* ensureEmbeddedDns(engine, sys, container, engine.runtime(sys, container), container.State.Pid);
  yield* engine.save(sys, container);
  yield* engine.emit(sys, "network", "connect", network.Id, [["container", container.Id], ["name", network.Name], ["type", network.Driver]]);
  yield* answerNothing(call, 200);
}

function* disconnect(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const network = engine.networks.find(call.path[0] ?? "");
  const body = bodyJson<{ Container: string }>(call);
  const container = engine.container(body.Container);
  const name = Object.keys(container.Networks).find((one) => (one === "default" ? "bridge" : one) === network.Name);
  const endpoint = name === undefined ? undefined : container.Networks[name];
  if (name === undefined || !endpoint) throw new EngineError(403, `container ${container.Id} is not connected to network ${network.Name}`);
  if (hasProcess(container) && endpoint.IPAddress !== "") {
    yield* unplug(sys, endpoint, container.State.Pid, Object.values(container.Networks).filter((one) => one !== endpoint));
    engine.networks.release(network.Id, endpoint.EndpointID);
  }
  delete container.Networks[name];
  yield* engine.save(sys, container);
  yield* engine.emit(sys, "network", "disconnect", network.Id, [["container", container.Id], ["name", network.Name], ["type", network.Driver]]);
  yield* answerNothing(call, 200);
}

function* pruneNetworks(call: Call): Blocking<void> {
  const deleted: string[] = [];
  for (const network of call.engine.networks.sorted()) {
    if (["bridge", "host", "none"].includes(network.Name) || call.engine.endpointsOf(network.Id).length > 0) continue;
    if ([...call.engine.containers.values()].some((container) => Object.keys(container.Networks).includes(network.Name))) continue;
    yield* call.engine.networks.remove(call.sys, network);
    deleted.push(network.Name);
  }
  yield* answerJson(call, { NetworksDeleted: deleted.length === 0 ? null : deleted });
}

// ---- volumes --------------------------------------------------------------------------------------------------------------------

function* listVolumes(call: Call): Blocking<void> {
  const wanted = filters(call);
  const rows = call.engine.volumes.sorted().filter((volume) => {
    const dangling = wanted.get("dangling")?.[0];
    if (dangling !== undefined && (dangling === "true" || dangling === "1") !== (call.engine.usersOfVolume(volume.Name).length === 0)) return false;
    const names = wanted.get("name");
    if (names && !names.some((name) => volume.Name.includes(name))) return false;
    const labels = wanted.get("label");
    if (labels && !labels.every((label) => Object.hasOwn(volume.Labels ?? {}, label.split("=")[0] ?? ""))) return false;
    const drivers = wanted.get("driver");
    return !drivers || drivers.includes(volume.Driver);
  });
  yield* answerJson(call, { Volumes: rows, Warnings: null });
}

function* createVolume(call: Call): Blocking<void> {
  const body = bodyJson<{ Name?: string; Driver?: string; Labels?: Record<string, string>; DriverOpts?: Record<string, string> }>(call);
  if (body.Driver !== undefined && body.Driver !== "" && body.Driver !== "local") throw new EngineError(404, `create ${body.Name ?? ""}: error looking up volume plugin ${body.Driver}: plugin "${body.Driver}" not found`);
  const name = body.Name === undefined || body.Name === "" ? randomHex(call.sys, 64) : body.Name;
  const known = call.engine.volumes.volumes.has(name);
  const volume = yield* call.engine.volumes.create(call.sys, name, call.engine.now(call.sys).replace(/\.\d+/, ""), body.Labels ?? {}, body.DriverOpts ?? {});
  if (!known) yield* call.engine.emit(call.sys, "volume", "create", name, [["driver", "local"]]);
  yield* answerJson(call, volume, 201);
}

function* removeVolume(call: Call): Blocking<void> {
  const name = call.path[0] ?? "";
  const volume = call.engine.volumes.volumes.get(name);
  if (!volume) {
    if (flag(call, "force")) return yield* answerNothing(call);
    call.engine.volumes.find(name);
    return;
  }
  const users = call.engine.usersOfVolume(name);
  if (users.length > 0) throw new EngineError(409, `remove ${name}: volume is in use - [${users.map((container) => container.Id).join(", ")}]`);
  yield* call.engine.volumes.remove(call.sys, volume);
  yield* call.engine.emit(call.sys, "volume", "destroy", name, [["driver", "local"]]);
  yield* answerNothing(call);
}

function* pruneVolumes(call: Call): Blocking<void> {
  const deleted: string[] = [];
  for (const volume of call.engine.volumes.sorted()) {
    if (call.engine.usersOfVolume(volume.Name).length > 0) continue;
    yield* call.engine.volumes.remove(call.sys, volume);
    deleted.push(volume.Name);
  }
  yield* answerJson(call, { VolumesDeleted: deleted.length === 0 ? null : deleted, SpaceReclaimed: 0 });
}

export const networkRoutes: readonly Route[] = [
  { method: "GET", pattern: "/networks", handle: listNetworks },
  { method: "POST", pattern: "/networks/create", handle: createNetwork },
  { method: "POST", pattern: "/networks/prune", handle: pruneNetworks },
  { method: "POST", pattern: "/networks/*/connect", handle: connect },
  { method: "POST", pattern: "/networks/*/disconnect", handle: disconnect },
  {
    method: "GET", pattern: "/networks/*",
    *handle(call) {
      const network = call.engine.networks.find(call.path[0] ?? "");
      yield* answerJson(call, networkJson(call.engine, network, true));
    },
  },
  { method: "DELETE", pattern: "/networks/*", handle: removeNetwork },
  { method: "GET", pattern: "/volumes", handle: listVolumes },
  { method: "POST", pattern: "/volumes/create", handle: createVolume },
  { method: "POST", pattern: "/volumes/prune", handle: pruneVolumes },
  {
    method: "GET", pattern: "/volumes/*",
    *handle(call) {
      yield* answerJson(call, call.engine.volumes.find(call.path[0] ?? ""));
    },
  },
  { method: "DELETE", pattern: "/volumes/*", handle: removeVolume },
];
