// GET /containers/json: the rows of docker ps.

import type { Blocking } from "../../../kernel/sys.ts";
import { humanDuration, parseTime } from "../api/human.ts";
import { upperSizeBytes } from "../commit-container.ts";
import { endpointJson, type StoredContainer } from "../container.ts";
import { type Engine, EngineError } from "../engine.ts";
import { answerJson, type Call, filters, flag } from "./route.ts";

/** "Up 2 minutes (healthy)", "Exited (0) 3 seconds ago" */
function statusText(container: StoredContainer, nowUs: number): string {
  const { State: state } = container;
  const since = (time: string) => humanDuration(nowUs - parseTime(time));
  if (state.Running) {
    if (state.Restarting) return `Restarting (${state.ExitCode}) ${since(state.FinishedAt)} ago`;
    const up = `Up ${since(state.StartedAt)}`;
    if (state.Paused) return `${up} (Paused)`;
    if (state.Health) return `${up} (${state.Health.Status === "starting" ? "health: starting" : state.Health.Status})`;
    return up;
  }
  if (state.Status === "removing") return "Removal In Progress";
  if (state.Dead) return "Dead";
  if (state.Status === "created") return "Created";
  return `Exited (${state.ExitCode}) ${since(state.FinishedAt)} ago`;
}

/** strconv.Quote-like words of ps: words with blanks or quotes are quoted. */
function commandText(container: StoredContainer): string {
  const args = container.Args.map((word) => (/[\s"']/.test(word) || word === "" ? `'${word.replaceAll("'", "'\\''")}'` : word));
  return [container.Path, ...args].join(" ");
}

function imageName(engine: Engine, container: StoredContainer): string {
  const wanted = container.Config.Image;
  const id = engine.images.resolve(wanted);
  // the name moved on to another image: ps shows the id then
  return id !== undefined && id !== container.Image ? container.Image.slice("sha256:".length, "sha256:".length + 12) : wanted.startsWith("sha256:") ? wanted.slice(7, 19) : wanted;
}

interface Port {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

function portsOf(container: StoredContainer): Port[] {
  const ports: Port[] = [];
  for (const [port, bindings] of Object.entries(container.Ports)) {
    const [number = "", type = "tcp"] = port.split("/");
    if (!bindings || bindings.length === 0) ports.push({ PrivatePort: Number(number), Type: type });
    for (const binding of bindings ?? []) ports.push({ IP: binding.HostIp, PrivatePort: Number(number), PublicPort: Number(binding.HostPort), Type: type });
  }
  return ports;
}

const knownFilters = new Set(["ancestor", "before", "exited", "expose", "health", "id", "is-task", "isolation", "label", "name", "network", "publish", "since", "status", "volume"]);

function matches(engine: Engine, container: StoredContainer, wanted: ReadonlyMap<string, readonly string[]>): boolean {
  const any = (name: string, test: (value: string) => boolean) => !wanted.has(name) || (wanted.get(name) ?? []).some(test);
  const all = (name: string, test: (value: string) => boolean) => (wanted.get(name) ?? []).every(test);
  const order = [...engine.containers.keys()];
  return (
    any("id", (value) => container.Id.startsWith(value)) &&
    any("name", (value) => `/${container.Name}`.includes(value.replace(/^\^\/?/, "").replace(/\$$/, "")) && (!value.startsWith("^") || container.Name.startsWith(value.replace(/^\^\/?/, "").replace(/\$$/, ""))) && (!value.endsWith("$") || container.Name.endsWith(value.replace(/^\^\/?/, "").replace(/\$$/, "")))) &&
    all("label", (value) => {
      const [key = "", expected] = value.split("=", 2);
      const labels = container.Config.Labels ?? {};
      return Object.hasOwn(labels, key) && (expected === undefined || labels[key] === expected);
    }) &&
    any("status", (value) => container.State.Status === value) &&
    any("exited", (value) => !container.State.Running && container.State.ExitCode === Number(value) && container.State.Status === "exited") &&
    any("health", (value) => (container.State.Health?.Status ?? "none") === value) &&
    any("ancestor", (value) => {
      const id = engine.images.resolve(value) ?? [...engine.images.images.keys()].find((one) => one.startsWith(`sha256:${value}`) || one === value);
      if (id === undefined) return false;
      for (let at = engine.images.images.get(container.Image); at; at = engine.images.images.get(at.parent)) if (at.id === id) return true;
      const base = engine.images.images.get(id)?.config.rootfs.diff_ids ?? [];
      const own = engine.images.images.get(container.Image)?.config.rootfs.diff_ids ?? [];
      return container.Image === id || (base.length > 0 && base.every((diff, place) => own[place] === diff));
    }) &&
    any("network", (value) => Object.entries(container.Networks).some(([name, endpoint]) => (name === "default" ? "bridge" : name) === value || endpoint.NetworkID.startsWith(value))) &&
    any("volume", (value) => container.Mounts.some((mount) => mount.Name === value || mount.Destination === value || mount.Source === value)) &&
    any("publish", (value) => portsOf(container).some((port) => port.PublicPort === Number(value.split("/")[0]))) &&
    any("expose", (value) => portsOf(container).some((port) => port.PrivatePort === Number(value.split("/")[0]))) &&
    all("before", (value) => order.indexOf(container.Id) < order.indexOf(engine.container(value).Id)) &&
    all("since", (value) => order.indexOf(container.Id) > order.indexOf(engine.container(value).Id))
  );
}

export function* listContainers(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const wanted = filters(call);
  for (const name of wanted.keys()) if (!knownFilters.has(name)) throw new EngineError(400, `Invalid filter '${name}'`);
  for (const status of wanted.get("status") ?? []) if (!["created", "restarting", "running", "removing", "paused", "exited", "dead"].includes(status)) throw new EngineError(400, `Invalid filter 'status=${status}'`);
  const everything = flag(call, "all") || wanted.has("status") || wanted.has("exited") || call.query.has("limit");
  const nowUs = sys.clockUs("realtime");
  let containers = engine.sortedContainers().filter((container) => (everything || container.State.Running) && matches(engine, container, wanted));
  const limit = Number(call.query.get("limit") ?? 0);
  if (limit > 0) containers = containers.slice(0, limit);
  const rows: unknown[] = [];
  for (const container of containers) {
    rows.push({
      Id: container.Id,
      Names: [`/${container.Name}`],
      Image: imageName(engine, container),
      ImageID: container.Image,
      Command: commandText(container),
      Created: Math.floor(parseTime(container.Created) / 1_000_000),
      Ports: portsOf(container),
      ...(flag(call, "size") && { SizeRw: yield* upperSizeBytes(sys, container), SizeRootFs: (yield* upperSizeBytes(sys, container)) + engine.images.sizeBytes(engine.images.images.get(container.Image)?.config ?? { architecture: "", config: container.Config, created: "", history: [], os: "", rootfs: { type: "layers", diff_ids: [] } }) }),
      Labels: container.Config.Labels ?? {},
      State: container.State.Status,
      Status: statusText(container, nowUs),
      HostConfig: { NetworkMode: container.HostConfig.NetworkMode },
      NetworkSettings: { Networks: Object.fromEntries(Object.entries(container.Networks).map(([name, endpoint]) => [name === "default" ? "bridge" : name, endpointJson(endpoint)])) },
      Mounts: container.Mounts,
    });
  }
  yield* answerJson(call, rows);
}
