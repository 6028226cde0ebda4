// Images and layers as the daemon keeps them on disk (image/overlay2, overlay2) with their tags. Memory is only a reading of the disk.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { sha256Hex } from "../sha256.ts";
import { type TarEntry, unpackEntry } from "./api/tar.ts";
import { familiarName, parseReference, type Reference, BadReference, withDefaultTag } from "./api/reference.ts";
import { DOCKER_ROOT, exists, makeDirectories, randomHex, readText, removeTree, writeText } from "./disk.ts";

const IMAGE_ROOT = `${DOCKER_ROOT}/image/overlay2`;
const REPOSITORIES = `${IMAGE_ROOT}/repositories.json`;

export interface HealthConfig {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly Retries?: number;
}

export interface ContainerConfig {
  Hostname: string;
  Domainname: string;
  User: string;
  AttachStdin: boolean;
  AttachStdout: boolean;
  AttachStderr: boolean;
  ExposedPorts?: Record<string, Record<string, never>>;
  Tty: boolean;
  OpenStdin: boolean;
  StdinOnce: boolean;
  Env: readonly string[] | null;
  Cmd: readonly string[] | null;
  Healthcheck?: HealthConfig;
  ArgsEscaped?: boolean;
  Image: string;
  Volumes: Record<string, Record<string, never>> | null;
  WorkingDir: string;
  Entrypoint: readonly string[] | null;
  OnBuild: readonly string[] | null;
  Labels: Record<string, string> | null;
  StopSignal?: string;
  StopTimeout?: number;
  Shell?: readonly string[];
}

export interface HistoryEntry {
  readonly created: string;
  readonly created_by: string;
  readonly author?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

/** The image configuration of the OCI image specification, with docker's additions. */
export interface ImageConfig {
  readonly architecture: string;
  readonly author?: string;
  readonly comment?: string;
  readonly config: ContainerConfig;
  readonly container?: string;
  readonly container_config?: ContainerConfig;
  readonly created: string;
  readonly docker_version?: string;
  readonly history: readonly HistoryEntry[];
  readonly os: string;
  readonly rootfs: { readonly type: "layers"; readonly diff_ids: readonly string[] };
}

export interface Image {
  /** sha256:… */
  readonly id: string;
  readonly config: ImageConfig;
  readonly json: string;
  readonly parent: string;
}

export interface Layer {
  readonly chainId: string;
  readonly diffId: string;
  readonly cacheId: string;
  readonly sizeBytes: number;
  readonly parent: string | undefined;
}

/** Errors: an object that is not there, or a name that is none. `message` is docker's. */
export class ImageError extends Error {
  readonly status: 400 | 404 | 409;
  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

const digestOf = (text: string) => `sha256:${sha256Hex(encode(text))}`;
const hexOf = (id: string) => id.slice("sha256:".length);

export class ImageStore {
  readonly images = new Map<string, Image>();
  readonly layers = new Map<string, Layer>();
  /** "python" → "python:3" or "python@sha256:…" → image id */
  readonly repositories = new Map<string, Map<string, string>>();
  #loaded = false;

  *load(sys: Sys): Blocking<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    const text = yield* readText(sys, REPOSITORIES);
    const stored = text === undefined ? {} : (JSON.parse(text) as { Repositories: Record<string, Record<string, string>> }).Repositories;
    for (const [name, references] of Object.entries(stored)) this.repositories.set(name, new Map(Object.entries(references)));
    const content = `${IMAGE_ROOT}/imagedb/content/sha256`;
    if (!exists(sys, content)) return;
    for (const { name } of sys.readdir(content)) {
      const json = yield* readText(sys, `${content}/${name}`);
      if (json === undefined) continue;
      const parent = (yield* readText(sys, `${IMAGE_ROOT}/imagedb/metadata/sha256/${name}/parent`)) ?? "";
      this.images.set(`sha256:${name}`, { id: `sha256:${name}`, config: JSON.parse(json) as ImageConfig, json, parent });
    }
    for (const { name } of sys.readdir(`${IMAGE_ROOT}/layerdb/sha256`)) {
      const at = `${IMAGE_ROOT}/layerdb/sha256/${name}`;
      const diffId = yield* readText(sys, `${at}/diff`);
      const cacheId = yield* readText(sys, `${at}/cache-id`);
      if (diffId === undefined || cacheId === undefined) continue;
      this.layers.set(`sha256:${name}`, { chainId: `sha256:${name}`, diffId, cacheId, sizeBytes: Number(yield* readText(sys, `${at}/size`)), parent: yield* readText(sys, `${at}/parent`) });
    }
  }

  // ---- layers -------------------------------------------------------------------------------------------------------------------

  static chainOf(diffIds: readonly string[]): string {
    let chain = "";
    for (const diffId of diffIds) chain = chain === "" ? diffId : digestOf(`${chain} ${diffId}`);
    return chain;
  }

  chainOfNext(parents: readonly string[], diffId: string): string {
    return ImageStore.chainOf([...parents, diffId]);
  }

  /** Top first: directories for overlay's lowerdir. */
  lowerDirectories(diffIds: readonly string[]): string[] {
    const directories: string[] = [];
    for (let length = diffIds.length; length > 0; length--) {
      const layer = this.layers.get(ImageStore.chainOf(diffIds.slice(0, length)));
      if (layer) directories.push(`${DOCKER_ROOT}/overlay2/${layer.cacheId}/diff`);
    }
    return directories;
  }

  sizeBytes(config: ImageConfig): number {
    const { diff_ids } = config.rootfs;
    let size = 0;
    for (let length = 1; length <= diff_ids.length; length++) size += this.layers.get(ImageStore.chainOf(diff_ids.slice(0, length)))?.sizeBytes ?? 0;
    return size;
  }

  *#registerLayer(sys: Sys, layer: Layer): Blocking<void> {
    const at = `${IMAGE_ROOT}/layerdb/sha256/${hexOf(layer.chainId)}`;
    makeDirectories(sys, at);
    yield* writeText(sys, `${at}/cache-id`, layer.cacheId);
    yield* writeText(sys, `${at}/diff`, layer.diffId);
    yield* writeText(sys, `${at}/size`, String(layer.sizeBytes));
    if (layer.parent !== undefined) yield* writeText(sys, `${at}/parent`, layer.parent);
    this.layers.set(layer.chainId, layer);
  }

  /** A layer from entries (pull, load). Does nothing when it is there. */
  *addLayer(sys: Sys, parentDiffIds: readonly string[], diffId: string, sizeBytes: number, entries: Iterable<TarEntry>): Blocking<void> {
    const chainId = ImageStore.chainOf([...parentDiffIds, diffId]);
    if (this.layers.has(chainId)) return;
    const cacheId = randomHex(sys, 64);
    const diff = `${DOCKER_ROOT}/overlay2/${cacheId}/diff`;
    makeDirectories(sys, diff);
    for (const entry of entries) {
      if (sys.charge(20)) yield* sys.preempt();
      yield* unpackEntry(sys, diff, entry);
    }
    yield* this.#linkFiles(sys, cacheId, parentDiffIds);
    yield* this.#registerLayer(sys, { chainId, diffId, cacheId, sizeBytes, parent: parentDiffIds.length === 0 ? undefined : ImageStore.chainOf(parentDiffIds) });
  }

  /** A container's upper directory becomes a layer (commit, build): it is moved, not copied, when `take` is its path. */
  *adoptLayer(sys: Sys, parentDiffIds: readonly string[], diffId: string, sizeBytes: number, upper: string): Blocking<void> {
    const chainId = ImageStore.chainOf([...parentDiffIds, diffId]);
    if (this.layers.has(chainId)) return;
    const cacheId = randomHex(sys, 64);
    makeDirectories(sys, `${DOCKER_ROOT}/overlay2/${cacheId}`);
    sys.rename(upper, `${DOCKER_ROOT}/overlay2/${cacheId}/diff`);
    yield* this.#linkFiles(sys, cacheId, parentDiffIds);
    yield* this.#registerLayer(sys, { chainId, diffId, cacheId, sizeBytes, parent: parentDiffIds.length === 0 ? undefined : ImageStore.chainOf(parentDiffIds) });
  }

  *#linkFiles(sys: Sys, cacheId: string, parentDiffIds: readonly string[]): Blocking<void> {
    const link = randomHex(sys, 26).toUpperCase();
    const at = `${DOCKER_ROOT}/overlay2/${cacheId}`;
    yield* writeText(sys, `${at}/link`, link);
    makeDirectories(sys, `${DOCKER_ROOT}/overlay2/l`);
    sys.symlink(`../${cacheId}/diff`, `${DOCKER_ROOT}/overlay2/l/${link}`);
    if (parentDiffIds.length === 0) return;
    const lower: string[] = [];
    for (const directory of this.lowerDirectories(parentDiffIds)) {
      const of = yield* readText(sys, directory.replace(/diff$/, "link"));
      if (of !== undefined) lower.push(`l/${of}`);
    }
    yield* writeText(sys, `${at}/lower`, lower.join(":"));
    makeDirectories(sys, `${at}/work`);
  }

  // ---- images -------------------------------------------------------------------------------------------------------------------

  *addImage(sys: Sys, json: string, parent: string): Blocking<Image> {
    const id = digestOf(json);
    const known = this.images.get(id);
    if (known) return known;
    makeDirectories(sys, `${IMAGE_ROOT}/imagedb/content/sha256`);
    yield* writeText(sys, `${IMAGE_ROOT}/imagedb/content/sha256/${hexOf(id)}`, json, 0o600);
    if (parent !== "") {
      makeDirectories(sys, `${IMAGE_ROOT}/imagedb/metadata/sha256/${hexOf(id)}`);
      yield* writeText(sys, `${IMAGE_ROOT}/imagedb/metadata/sha256/${hexOf(id)}/parent`, parent);
    }
    const image = { id, config: JSON.parse(json) as ImageConfig, json, parent };
    this.images.set(id, image);
    return image;
  }

  *#saveRepositories(sys: Sys): Blocking<void> {
    makeDirectories(sys, IMAGE_ROOT);
    const stored = Object.fromEntries([...this.repositories].map(([name, references]) => [name, Object.fromEntries(references)]));
    yield* writeText(sys, REPOSITORIES, JSON.stringify({ Repositories: stored }), 0o600);
  }

  *tag(sys: Sys, reference: Reference, id: string): Blocking<void> {
    const name = familiarName(reference);
    const references = this.repositories.get(name) ?? new Map<string, string>();
    references.set(reference.digest === undefined ? `${name}:${reference.tag ?? "latest"}` : `${name}@${reference.digest}`, id);
    this.repositories.set(name, references);
    yield* this.#saveRepositories(sys);
  }

  *untag(sys: Sys, name: string): Blocking<void> {
    for (const [repository, references] of this.repositories) {
      if (!references.delete(name)) continue;
      if (references.size === 0) this.repositories.delete(repository);
    }
    yield* this.#saveRepositories(sys);
  }

  /** "python:3" names of an image, sorted; digests apart. */
  namesOf(id: string): { readonly tags: string[]; readonly digests: string[] } {
    const tags: string[] = [];
    const digests: string[] = [];
    for (const references of this.repositories.values()) for (const [name, target] of references) if (target === id) (name.includes("@") ? digests : tags).push(name);
    return { tags: tags.sort(), digests: digests.sort() };
  }

  resolve(name: string): string | undefined {
    let reference: Reference;
    try {
      reference = withDefaultTag(parseReference(name));
    } catch (error) {
      if (error instanceof BadReference) return undefined;
      throw error;
    }
    const repository = familiarName(reference);
    return this.repositories.get(repository)?.get(reference.digest === undefined ? `${repository}:${reference.tag}` : `${repository}@${reference.digest}`);
  }

  /** By name, id or the beginning of an id. Errors: ImageError 404 "No such image: NAME:TAG". */
  find(name: string): Image {
    const hex = name.startsWith("sha256:") ? name.slice(7) : name;
    if (/^[0-9a-f]{64}$/.test(hex)) {
      const image = this.images.get(`sha256:${hex}`);
      if (image) return image;
    }
    const id = this.resolve(name);
    const byName = id === undefined ? undefined : this.images.get(id);
    if (byName) return byName;
    if (/^[0-9a-f]{1,64}$/.test(hex)) {
      const matching = [...this.images.values()].filter((image) => hexOf(image.id).startsWith(hex));
      const [only] = matching;
      if (only && matching.length === 1) return only;
    }
    const shown = /^sha256:/.test(name) || /[:@]/.test(name.slice(name.lastIndexOf("/") + 1)) ? name : `${name}:latest`;
    throw new ImageError(404, `No such image: ${shown}`);
  }

  childrenOf(id: string): Image[] {
    return [...this.images.values()].filter((image) => image.parent === id);
  }

  /** Removes the image and its layers that no other image uses, then its nameless parents. Returns what was deleted, docker's order. */
  *remove(sys: Sys, image: Image, withParents: boolean): Blocking<string[]> {
    const deleted: string[] = [];
    let current: Image | undefined = image;
    while (current) {
      const one: Image = current;
      this.images.delete(one.id);
      sys.unlink(`${IMAGE_ROOT}/imagedb/content/sha256/${hexOf(one.id)}`);
      yield* removeTree(sys, `${IMAGE_ROOT}/imagedb/metadata/sha256/${hexOf(one.id)}`);
      deleted.push(one.id);
      const { diff_ids } = one.config.rootfs;
      for (let length = diff_ids.length; length > 0; length--) {
        const chainId = ImageStore.chainOf(diff_ids.slice(0, length));
        const used = [...this.images.values()].some((other) => ImageStore.chainOf(other.config.rootfs.diff_ids.slice(0, length)) === chainId && other.config.rootfs.diff_ids.length >= length);
        if (used) break;
        yield* this.#removeLayer(sys, chainId);
        deleted.push(chainId);
      }
      const parent: Image | undefined = withParents && one.parent !== "" ? this.images.get(one.parent) : undefined;
      const names = parent && this.namesOf(parent.id);
      current = parent && names && names.tags.length === 0 && names.digests.length === 0 && this.childrenOf(parent.id).length === 0 ? parent : undefined;
    }
    return deleted;
  }

  *#removeLayer(sys: Sys, chainId: string): Blocking<void> {
    const layer = this.layers.get(chainId);
    if (!layer) return;
    this.layers.delete(chainId);
    const at = `${DOCKER_ROOT}/overlay2/${layer.cacheId}`;
    const link = yield* readText(sys, `${at}/link`);
    if (link !== undefined) yield* removeTree(sys, `${DOCKER_ROOT}/overlay2/l/${link}`);
    yield* removeTree(sys, at);
    yield* removeTree(sys, `${IMAGE_ROOT}/layerdb/sha256/${hexOf(chainId)}`);
  }
}
