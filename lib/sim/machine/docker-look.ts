// What the view shows of Docker: read from /var/lib/docker, where the daemon keeps its state, so that it is there also while the daemon is stopped.

import type { Kernel } from "../kernel/kernel.ts";
import type { Observation } from "../kernel/sys.ts";
import { ImageStore } from "../daemons/docker/image-store.ts";
import type { StoredContainer } from "../daemons/docker/container.ts";
import type { LogLine } from "../daemons/docker/container-io.ts";
import type { ImageConfig } from "../daemons/docker/image-store.ts";
import { bridgeName, type Network } from "../daemons/docker/networks.ts";
import type { ContainerView, DockerView, FileView, ImageView } from "./view.ts";

type ReadFile = (path: string, follow?: boolean) => FileView | undefined;

const KEPT_REMOVED = 50;
const ROOT = "/var/lib/docker";
const removed = new WeakMap<Kernel, ContainerView[]>();

/** Removed containers leave no file: the daemon says so when it removes one. */
export function noteRemovedContainer(kernel: Kernel, observation: Observation): void {
  if (observation.kind !== "container-removed") return;
  const list = removed.get(kernel) ?? [];
  removed.set(kernel, list);
  list.push(containerView(JSON.parse(observation.container) as StoredContainer, observation.logs));
  if (list.length > KEPT_REMOVED) list.shift();
}

function logText(log: string): string {
  let text = "";
  for (const line of log.split("\n")) {
    if (!line.startsWith("{")) continue;
    try {
      text += (JSON.parse(line) as LogLine).log;
    } catch {
      // the last line may be cut
    }
  }
  return text;
}

function containerView(container: StoredContainer, log: string): ContainerView {
  return {
    id: container.Id,
    name: container.Name,
    imageId: container.Image,
    image: container.Config.Image,
    state: container.State.Status === "removing" ? "dead" : container.State.Status,
    exitCode: container.State.ExitCode,
    oomKilled: container.State.OOMKilled,
    pid: container.State.Pid,
    argv: [container.Path, ...container.Args],
    logs: logText(log),
    autoRemove: container.HostConfig.AutoRemove,
    networks: Object.entries(container.Networks).map(([name, endpoint]) => ({ name: name === "default" ? "bridge" : name, address: endpoint.IPAddress })),
    ports: Object.entries(container.Ports).flatMap(([port, bindings]) => (bindings ?? []).map((binding) => ({ hostPort: Number(binding.HostPort), containerPort: Number(port.split("/")[0]), protocol: port.split("/")[1] ?? "tcp" }))),
    mounts: container.Mounts.map((mount) => ({ source: mount.Name ?? mount.Source, target: mount.Destination, kind: mount.Type })),
    memoryLimitBytes: container.HostConfig.Memory,
  };
}

/** Chain id → where the layer's files are and how large docker says it is. */
interface LayerPlace {
  readonly directory: string;
  readonly sizeBytes: number;
}

class DockerLook implements DockerView {
  readonly #file: ReadFile;
  readonly removed: readonly ContainerView[];
  #containers: readonly ContainerView[] | undefined;
  #images: readonly ImageView[] | undefined;

  constructor(file: ReadFile, gone: readonly ContainerView[]) {
    this.#file = file;
    this.removed = gone;
  }

  #entries(path: string): readonly string[] {
    return this.#file(path)?.entries ?? [];
  }

  #text(path: string): string | undefined {
    return this.#file(path)?.text;
  }

  get containers(): readonly ContainerView[] {
    this.#containers ??= this.#entries(`${ROOT}/containers`).flatMap((id) => {
      const text = this.#text(`${ROOT}/containers/${id}/config.v2.json`);
      return text === undefined || text === "" ? [] : [containerView(JSON.parse(text) as StoredContainer, this.#text(`${ROOT}/containers/${id}/${id}-json.log`) ?? "")];
    });
    return this.#containers;
  }

  #layer(chainId: string): LayerPlace | undefined {
    const at = `${ROOT}/image/overlay2/layerdb/sha256/${chainId.slice("sha256:".length)}`;
    const cacheId = this.#text(`${at}/cache-id`);
    return cacheId === undefined ? undefined : { directory: `${ROOT}/overlay2/${cacheId}/diff`, sizeBytes: Number(this.#text(`${at}/size`) ?? 0) };
  }

  get images(): readonly ImageView[] {
    if (this.#images) return this.#images;
    const stored = this.#text(`${ROOT}/image/overlay2/repositories.json`);
    const repositories = stored === undefined || stored === "" ? {} : (JSON.parse(stored) as { Repositories: Record<string, Record<string, string>> }).Repositories;
    const names = Object.values(repositories).flatMap((references) => Object.entries(references));
    this.#images = this.#entries(`${ROOT}/image/overlay2/imagedb/content/sha256`).flatMap((hex) => {
      const json = this.#text(`${ROOT}/image/overlay2/imagedb/content/sha256/${hex}`);
      if (json === undefined || json === "") return [];
      const { config, rootfs } = JSON.parse(json) as ImageConfig;
      const id = `sha256:${hex}`;
      const places = rootfs.diff_ids.map((_diff, place) => this.#layer(ImageStore.chainOf(rootfs.diff_ids.slice(0, place + 1)))).filter((place) => place !== undefined);
      return [{
        id, tags: names.filter(([name, target]) => target === id && !name.includes("@")).map(([name]) => name).sort(), layers: rootfs.diff_ids, entrypoint: config.Entrypoint ?? [], cmd: config.Cmd ?? [], env: config.Env ?? [], workdir: config.WorkingDir, user: config.User,
        sizeBytes: places.reduce((sum, place) => sum + place.sizeBytes, 0),
        file: (path: string) => this.#inLayers(places, path),
      }];
    });
    return this.#images;
  }

  #inLayers(places: readonly LayerPlace[], path: string): FileView | undefined {
    for (const { directory } of places.toReversed()) {
      const found = this.#file(`${directory}${path}`, false);
      // a character device 0/0 is the overlay's mark for a removed file
      if (found) return found.kind === "device" ? undefined : found;
    }
    return undefined;
  }

  get networks() {
    const text = this.#text(`${ROOT}/network/files/local-kv.db`);
    if (text === undefined || !text.startsWith("[")) return [];
    return (JSON.parse(text) as Network[]).map((network) => ({ id: network.Id, name: network.Name, driver: network.Driver, subnet: network.Subnet, bridge: network.Driver === "bridge" ? bridgeName(network) : "", internal: network.Internal }));
  }

  get volumes() {
    return this.#entries(`${ROOT}/volumes`).map((name) => ({ name, mountpoint: `${ROOT}/volumes/${name}/_data` }));
  }
}

export function lookAtDocker(kernel: Kernel, file: ReadFile): DockerView {
  return new DockerLook(file, [...(removed.get(kernel) ?? [])]);
}
