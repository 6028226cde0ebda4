// The picture of a machine: what hosts, containers, networks, images and volumes there are, as one plain JSON value made from the view.
// Whoever draws it needs nothing else. A guest is drawn in its host, with a picture of its own inside while it runs.
import type { ContainerView, DockerView, GuestView, View } from "./view.ts";

export interface NetworkPicture {
  /** how containers and guests name it */
  readonly id: string;
  readonly name: string;
  /** "outside" is what the machine's own card is plugged into */
  readonly kind: "outside" | "bridge" | "isolated";
  /** the host's interface on it, "" when it has none */
  readonly interface: string;
  /** the host's addresses on it */
  readonly addresses: readonly string[];
  readonly subnet: string;
  readonly up: boolean;
  readonly docker: boolean;
}

export interface Attachment {
  readonly network: string;
  readonly address: string;
}

export interface ProcessPicture {
  readonly pid: number;
  readonly pidInside: number;
  readonly command: string;
}

export interface ContainerPicture {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly state: ContainerView["state"];
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly command: string;
  /** its processes on the host, the first is its PID 1 */
  readonly processes: readonly ProcessPicture[];
  readonly attachments: readonly Attachment[];
  /** it has the host's own interfaces (--network host) */
  readonly hostNetwork: boolean;
  readonly ports: readonly { readonly hostPort: number; readonly containerPort: number; readonly protocol: string }[];
  readonly mounts: readonly { readonly source: string; readonly target: string; readonly kind: "bind" | "volume" | "tmpfs" }[];
  /** memory.max of its cgroup, 0 without */
  readonly memoryLimitBytes: number;
}

export interface ImagePicture {
  readonly id: string;
  /** empty for a dangling image */
  readonly tags: readonly string[];
  readonly sizeBytes: number;
  /** base first; the same name in two images is the same layer on disk */
  readonly layers: readonly string[];
  /** names of the containers made from it */
  readonly containers: readonly string[];
}

/** A named network namespace (ip netns). */
export interface NetworkNamespacePicture {
  readonly name: string;
  readonly interfaces: readonly {
    readonly name: string;
    readonly up: boolean;
    readonly addresses: readonly string[];
    /** the other end of its cable: "veth0", "red: veth1"; "" without */
    readonly peer: string;
  }[];
  /** the host's networks that a cable leads to */
  readonly attachments: readonly Attachment[];
}

export interface VolumePicture {
  readonly name: string;
  readonly users: readonly { readonly container: string; readonly target: string }[];
}

export interface DiskPicture {
  /** as the guest calls it: "vda" */
  readonly target: string;
  readonly path: string;
  readonly format: string;
  readonly sizeBytes: number;
  /** what it is based on, nearest first */
  readonly backing: readonly string[];
}

export interface GuestPicture {
  readonly name: string;
  readonly state: "running" | "paused" | "saved" | "off" | "crashed";
  /** of the process that runs it on its host, 0 when it does not run */
  readonly pid: number;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly disks: readonly DiskPicture[];
  readonly attachments: readonly Attachment[];
  /** while its system runs */
  readonly inside: MachinePicture | undefined;
}

export interface MachinePicture {
  readonly name: string;
  readonly system: string;
  readonly kernel: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly docker: "absent" | "stopped" | "running";
  readonly networks: readonly NetworkPicture[];
  readonly containers: readonly ContainerPicture[];
  readonly guests: readonly GuestPicture[];
  readonly namespaces: readonly NetworkNamespacePicture[];
  readonly images: readonly ImagePicture[];
  readonly volumes: readonly VolumePicture[];
}

/** More than this of a kind is no picture any more. */
const MOST_OF_A_KIND = 100;
const MOST_PROCESSES = 20;
const MOST_COMMAND_CHARS = 120;
const SHORT_ID = 12;

function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, SHORT_ID);
}

function systemName(view: View): string {
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(view.file("/etc/os-release")?.text ?? "")?.[1] ?? "Linux";
}

function networksOf(view: View, docker: DockerView | undefined): NetworkPicture[] {
  const interfaces = view.interfaces;
  const drawn: NetworkPicture[] = [];
  for (const one of interfaces) {
    if (one.kind !== "ether" || one.master !== undefined) continue;
    drawn.push({ id: one.name, name: one.name, kind: "outside", interface: one.name, addresses: one.addresses.filter(isShown), subnet: "", up: one.up, docker: false });
  }
  const ofDocker = docker?.networks.filter((network) => network.bridge !== "") ?? [];
  for (const network of ofDocker) {
    const own = interfaces.find((one) => one.name === network.bridge);
    drawn.push({ id: network.name, name: network.name, kind: network.internal ? "isolated" : "bridge", interface: network.bridge, addresses: own?.addresses.filter(isShown) ?? [], subnet: network.subnet, up: own?.up ?? false, docker: true });
  }
  for (const one of interfaces) {
    if (one.kind !== "bridge" || ofDocker.some((network) => network.bridge === one.name)) continue;
    const virtual = view.virtualNetworks.find((network) => network.bridge === one.name);
    const uplink = interfaces.some((port) => port.master === one.name && port.kind === "ether");
    const isolated = virtual ? !virtual.forwards : one.addresses.length === 0;
    drawn.push({ id: one.name, name: virtual?.name ?? one.name, kind: uplink ? "outside" : isolated ? "isolated" : "bridge", interface: one.name, addresses: one.addresses.filter(isShown), subnet: "", up: one.up, docker: false });
  }
  return drawn.slice(0, MOST_OF_A_KIND);
}

/** Link-local IPv6 says nothing in a picture. */
function isShown(address: string): boolean {
  return !address.startsWith("fe80:");
}

function processesOf(view: View, container: ContainerView): ProcessPicture[] {
  if (container.pid === 0) return [];
  const first = view.processes.find((process) => process.pid === container.pid);
  const namespace = first?.namespaces.get("pid");
  if (!first || namespace === undefined) return [];
  return view.processes
    .filter((process) => process.namespaces.get("pid") === namespace && process.state !== "Z")
    .sort((a, b) => (a.namespacePids.at(-1) ?? 0) - (b.namespacePids.at(-1) ?? 0))
    .slice(0, MOST_PROCESSES)
    .map((process) => ({ pid: process.pid, pidInside: process.namespacePids.at(-1) ?? process.pid, command: (process.argv.length > 0 ? process.argv.join(" ") : process.comm).slice(0, MOST_COMMAND_CHARS) }));
}

function guestOf(guest: GuestView): GuestPicture {
  return {
    name: guest.name, state: guest.state, pid: guest.pid, cpus: guest.cpuCount, memoryBytes: guest.memoryBytes, disks: guest.disks,
    attachments: guest.cards.filter((card) => card.network !== "").map((card) => ({ network: card.network, address: card.addresses[0] ?? "" })),
    inside: guest.inside && pictureOf(guest.inside),
  };
}

function namespacesOf(view: View, networks: readonly NetworkPicture[]): NetworkNamespacePicture[] {
  return view.networkNamespaces.slice(0, MOST_OF_A_KIND).map(({ name, interfaces }) => {
    const shown = interfaces.filter((one) => one.kind !== "loopback" || one.up);
    return {
      name,
      interfaces: shown.map(({ name, up, addresses, peer }) => ({ name, up, addresses: addresses.filter(isShown), peer: peer === undefined ? "" : peer.namespace === "" ? peer.name : `${peer.namespace}: ${peer.name}` })),
      attachments: shown.flatMap(({ addresses, peer }) => {
        const network = peer?.namespace === "" && peer.master !== undefined ? networks.find((one) => one.interface === peer.master) : undefined;
        return network ? [{ network: network.id, address: addresses.find(isShown)?.replace(/\/.*/, "") ?? "" }] : [];
      }),
    };
  });
}

export function pictureOf(view: View): MachinePicture {
  const { docker } = view;
  const networks = networksOf(view, docker);
  const drawnNetworks = new Set(networks.map((network) => network.id));
  const containers = docker?.containers.slice(0, MOST_OF_A_KIND) ?? [];
  return {
    name: view.hostname, system: systemName(view), kernel: view.hardware.kernelRelease, cpus: view.hardware.cpuCount, memoryBytes: view.hardware.memoryBytes, processes: view.processes.length,
    docker: docker === undefined ? "absent" : view.service("docker").active === "active" ? "running" : "stopped",
    networks, guests: view.guests.slice(0, MOST_OF_A_KIND).map(guestOf), namespaces: namespacesOf(view, networks),
    containers: containers.map((container) => ({
      id: shortId(container.id), name: container.name, image: container.image, imageId: shortId(container.imageId), state: container.state, exitCode: container.exitCode, oomKilled: container.oomKilled,
      command: container.argv.join(" ").slice(0, MOST_COMMAND_CHARS), processes: processesOf(view, container),
      attachments: container.networks.filter((network) => drawnNetworks.has(network.name)).map((network) => ({ network: network.name, address: network.address })),
      hostNetwork: container.networks.some((network) => network.name === "host"),
      ports: container.ports.filter((port, place) => container.ports.findIndex((other) => other.hostPort === port.hostPort && other.containerPort === port.containerPort && other.protocol === port.protocol) === place),
      mounts: container.mounts, memoryLimitBytes: container.memoryLimitBytes,
    })),
    images: (docker?.images ?? []).slice(0, MOST_OF_A_KIND).map((image) => ({
      id: shortId(image.id), tags: image.tags, sizeBytes: image.sizeBytes, layers: image.layers.map(shortId),
      containers: containers.filter((container) => container.imageId === image.id).map((container) => container.name),
    })),
    volumes: (docker?.volumes ?? []).slice(0, MOST_OF_A_KIND).map(({ name }) => ({
      name, users: containers.flatMap((container) => container.mounts.filter((mount) => mount.kind === "volume" && mount.source === name).map((mount) => ({ container: container.name, target: mount.target }))),
    })),
  };
}
