// The sentences that the drawing and its list say alike.
import type { Locale } from "../../../lib/i18n/locale.ts";
import type { Words } from "../../../lib/i18n/words.ts";
import type { ContainerPicture, ImagePicture, MachinePicture, NamespacePicture, NetworkPicture } from "../../../lib/session/protocol-picture.ts";
import { binarySize, decimalSize } from "../../ui/byte-size.ts";

export function stateWords(t: Words, container: ContainerPicture): string {
  return t(`picture.state_${container.state}`, { code: container.exitCode });
}

export function networkKind(t: Words, network: NetworkPicture): string {
  if (network.docker) return t(network.kind === "isolated" ? "picture.dockerInternal" : "picture.dockerNetwork");
  return network.kind === "outside" ? t("picture.outside") : network.kind === "isolated" ? t("picture.isolated") : t("picture.bridge");
}

/** Docker's name for a volume that nobody named is 64 hexadecimal digits. */
export function volumeName(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? `${name.slice(0, 12)}…` : name;
}

/** "172.17.0.2", with its network's name when there are several. */
export function addresses(attached: readonly { readonly network: string; readonly address: string }[]): string {
  return attached.flatMap(({ network, address }) => (address === "" ? [] : [attached.length > 1 ? `${network} ${address}` : address])).join(" · ");
}

/** "veth0 10.0.0.1/24 ↔ veth1": an interface of a namespace and where its cable ends. */
export function interfaceFact(t: Words, { name, addresses, peer, up }: NamespacePicture["interfaces"][number]): string {
  return [name, ...addresses, ...(peer === "" ? [] : [`↔ ${peer}`]), ...(up ? [] : [`(${t("picture.down")})`])].join(" ");
}

/** What limits the container and what it shares with its host. */
export function containerFacts(t: Words, locale: Locale, container: ContainerPicture): string[] {
  const running = container.state === "running" || container.state === "paused";
  return [
    ...(container.oomKilled ? [t("picture.killed")] : []),
    ...(container.hostNetwork ? [t("picture.hostNetwork")] : running && container.attachments.length === 0 ? [t("picture.noNetwork")] : []),
    ...container.ports.map((port) => t("picture.port", { host: String(port.hostPort), container: `${port.containerPort}/${port.protocol}` })),
    ...(container.memoryLimitBytes > 0 ? [t("picture.limit", { size: binarySize(locale, container.memoryLimitBytes) })] : []),
    ...container.mounts.map((mount) => t("picture.mount", { source: mount.kind === "tmpfs" ? t("picture.temporary") : volumeName(mount.source), target: mount.target })),
  ];
}

export function imageName(t: Words, image: ImagePicture): string {
  return image.tags[0] ?? t("picture.untagged", { id: image.id });
}

/** Layers that are in several images. */
export function sharedLayers(images: readonly ImagePicture[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  for (const image of images) for (const layer of new Set(image.layers)) seen.set(layer, (seen.get(layer) ?? 0) + 1);
  return new Set([...seen].filter(([, count]) => count > 1).map(([layer]) => layer));
}

export function imageFacts(t: Words, locale: Locale, image: ImagePicture, shared: ReadonlySet<string>): string[] {
  const common = image.layers.filter((layer) => shared.has(layer)).length;
  const layers = t("picture.layers", { count: image.layers.length });
  return [
    decimalSize(locale, image.sizeBytes),
    common === 0 ? layers : `${layers}, ${t("picture.sharedLayers", { count: common })}`,
    ...(image.containers.length > 0 ? [t("picture.usedBy", { names: image.containers.join(", ") })] : []),
  ];
}

export function machineFacts(t: Words, locale: Locale, picture: MachinePicture): string[] {
  return [t("picture.cpus", { count: picture.cpus }), t("picture.memory", { size: binarySize(locale, picture.memoryBytes) }), t("picture.processes", { count: picture.processes })];
}

export function runningContainers(picture: MachinePicture): number {
  return picture.containers.filter((container) => container.state === "running" || container.state === "paused").length;
}
