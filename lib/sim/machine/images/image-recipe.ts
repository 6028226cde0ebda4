// Images of the simulated Docker Hub as data: what their layers put on disk, and the configuration that `docker inspect` shows. A recipe
// becomes a built image (identities, chain) once a process; hosts have some of them loaded, the world's registry serves all.

import { sha256Hex } from "../../daemons/sha256.ts";
import { encode } from "../../kernel/sys.ts";
import type { RootFile } from "../rootfs/frozen-root.ts";

export interface LayerRecipe {
  /** CREATED BY of docker history */
  readonly createdBy: string;
  /** What docker says its size is; the files of the simulation are fewer. Without files it is an entry of the history only. */
  readonly sizeBytes?: number;
  readonly files?: () => readonly RootFile[];
}

export interface ImageConfiguration {
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: readonly string[];
  readonly workdir?: string;
  readonly user?: string;
  readonly exposedPorts?: readonly string[];
  readonly volumes?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly stopSignal?: string;
  readonly healthcheck?: Readonly<Record<string, unknown>>;
}

export interface ImageRecipe {
  /** "library/python" */
  readonly path: string;
  /** the tags that name this image on the Hub */
  readonly tags: readonly string[];
  /** RFC 3339 */
  readonly created: string;
  readonly layers: readonly LayerRecipe[];
  readonly config: ImageConfiguration;
}

export interface BuiltLayer {
  readonly diffId: string;
  readonly chainId: string;
  /** directory name below /var/lib/docker/overlay2 */
  readonly cacheId: string;
  /** sha256 of the compressed blob, as pull shows it */
  readonly digest: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly files: () => readonly RootFile[];
}

export interface BuiltImage {
  readonly recipe: ImageRecipe;
  /** sha256:… of the configuration */
  readonly id: string;
  readonly configJson: string;
  readonly layers: readonly BuiltLayer[];
  /** sha256:… of the manifest */
  readonly digest: string;
}

const digestOf = (text: string): string => `sha256:${sha256Hex(encode(text))}`;

/** docker's Config of an image, keys in its order. */
function dockerConfig(config: ImageConfiguration, image = ""): Record<string, unknown> {
  return {
    Hostname: "",
    Domainname: "",
    User: config.user ?? "",
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    ...(config.exposedPorts && { ExposedPorts: Object.fromEntries(config.exposedPorts.map((port) => [port, {}])) }),
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env: config.env ?? ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    Cmd: config.cmd ?? null,
    ...(config.healthcheck && { Healthcheck: config.healthcheck }),
    Image: image,
    Volumes: config.volumes ? Object.fromEntries(config.volumes.map((volume) => [volume, {}])) : null,
    WorkingDir: config.workdir ?? "",
    Entrypoint: config.entrypoint ?? null,
    OnBuild: null,
    Labels: config.labels ?? null,
    ...(config.stopSignal !== undefined && { StopSignal: config.stopSignal }),
  };
}

const built = new Map<ImageRecipe, BuiltImage>();

export function buildImage(recipe: ImageRecipe): BuiltImage {
  const known = built.get(recipe);
  if (known) return known;
  const layers: BuiltLayer[] = [];
  let chainId = "";
  for (const [place, layer] of recipe.layers.entries()) {
    if (!layer.files) continue;
    // Contents are made when read: a layer is known by who made it when, which is as unique here as its bytes would be.
    const lower = recipe.layers.slice(0, place + 1).map((one) => one.createdBy).join("\n");
    const diffId = digestOf(`layer ${place === 0 ? "" : recipe.path}\n${lower}`);
    chainId = chainId === "" ? diffId : digestOf(`${chainId} ${diffId}`);
    const sizeBytes = layer.sizeBytes ?? 0;
    layers.push({ diffId, chainId, cacheId: sha256Hex(encode(`cache ${chainId}`)), digest: digestOf(`blob ${diffId}`), sizeBytes, compressedBytes: Math.max(120, Math.round(sizeBytes * 0.39)), files: layer.files });
  }
  const configJson = JSON.stringify({
    architecture: "amd64",
    config: dockerConfig(recipe.config),
    container: "",
    container_config: dockerConfig(recipe.config),
    created: recipe.created,
    docker_version: "20.10.24+dfsg1",
    history: recipe.layers.map((layer) => ({ created: recipe.created, created_by: layer.createdBy, ...(!layer.files && { empty_layer: true }) })),
    os: "linux",
    rootfs: { type: "layers", diff_ids: layers.map((layer) => layer.diffId) },
  });
  const image = { recipe, id: digestOf(configJson), configJson, layers, digest: digestOf(`manifest ${configJson}`) };
  built.set(recipe, image);
  return image;
}
