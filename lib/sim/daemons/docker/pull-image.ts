// Registries: pulling and searching (the distribution API v2 and the Hub's index). The registry is a peer on the network: without a route
// or a name server there is no answer.

import { type Blocking, decode, type Sys } from "../../kernel/sys.ts";
import { humanSize } from "./api/human.ts";
import { familiar, familiarName, parseReference, type Reference, BadReference, withDefaultTag } from "./api/reference.ts";
import { readTar } from "./api/tar.ts";
import { type Engine, EngineError } from "./engine.ts";
import type { ImageConfig } from "./image-store.ts";
import { askRegistry, endpointOf } from "./registry/registry-client.ts";

export interface PullStatus {
  readonly status: string;
  readonly id?: string;
  readonly progress?: string;
}

interface Manifest {
  readonly config: { readonly digest: string; readonly size: number };
  readonly layers: readonly { readonly digest: string; readonly size: number; /** real size on the registry: what a download takes */ readonly transferBytes?: number }[];
}

/** Bytes a second of the simulated line to a registry. */
const DOWNLOAD_BYTES_PER_SECOND = 40_000_000;
const CHUNKS = 8;

function shownRef(reference: Reference): string {
  return reference.digest === undefined ? (reference.tag ?? "latest") : reference.digest;
}

/** Errors: EngineError with the daemon's text (404 when the registry does not have it). */
export function* pullImage(engine: Engine, sys: Sys, name: string, credentials: string | undefined, say: (message: PullStatus) => Blocking<void>): Blocking<void> {
  let reference: Reference;
  try {
    reference = withDefaultTag(parseReference(name));
  } catch (error) {
    if (error instanceof BadReference) throw new EngineError(400, error.message);
    throw error;
  }
  const endpoint = endpointOf(reference.registry, credentials);
  const answer = yield* askRegistry(sys, endpoint, "GET", `/v2/${reference.path}/manifests/${shownRef(reference)}`);
  const shown = familiarName(reference);
  if (answer.status === 401 || answer.status === 403) throw new EngineError(404, `pull access denied for ${shown}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`);
  if (answer.status !== 200) throw new EngineError(404, `manifest for ${familiar(reference)} not found: manifest unknown: manifest unknown`);
  const manifest = JSON.parse(decode(answer.body)) as Manifest;
  const digest = answer.headers.get("docker-content-digest") ?? "";
  yield* say({ status: `Pulling from ${reference.registry === "docker.io" ? reference.path : shown.slice(shown.indexOf("/") + 1)}`, id: shownRef(reference) });
  const configBlob = yield* askRegistry(sys, endpoint, "GET", `/v2/${reference.path}/blobs/${manifest.config.digest}`);
  const json = decode(configBlob.body);
  const config = JSON.parse(json) as ImageConfig;
  const known = engine.images.images.has(manifest.config.digest);
  if (!known) {
    const short = (blob: string) => blob.slice("sha256:".length, "sha256:".length + 12);
    for (const layer of manifest.layers) yield* say({ status: "Pulling fs layer", id: short(layer.digest) });
    const parents: string[] = [];
    for (const [place, layer] of manifest.layers.entries()) {
      const diffId = config.rootfs.diff_ids[place] ?? "";
      const id = short(layer.digest);
      if (engine.images.layers.has(engine.images.chainOfNext(parents, diffId))) {
        yield* say({ status: "Already exists", id });
        parents.push(diffId);
        continue;
      }
      const total = layer.transferBytes ?? layer.size;
      for (let chunk = 1; chunk <= CHUNKS; chunk++) {
        yield* sys.sleep(Math.round((total / CHUNKS / DOWNLOAD_BYTES_PER_SECOND) * 1_000_000));
        yield* say({ status: "Downloading", id, progress: progressBar((total * chunk) / CHUNKS, total) });
      }
      const blob = yield* askRegistry(sys, endpoint, "GET", `/v2/${reference.path}/blobs/${layer.digest}`);
      if (blob.status !== 200) throw new EngineError(500, `error pulling image configuration: unexpected status ${blob.status}`);
      yield* say({ status: "Verifying Checksum", id });
      yield* say({ status: "Download complete", id });
      yield* say({ status: "Extracting", id, progress: progressBar(total, total) });
      yield* engine.images.addLayer(sys, parents, diffId, layer.size, readTar(blob.body));
      yield* say({ status: "Pull complete", id });
      parents.push(diffId);
    }
    yield* engine.images.addImage(sys, json, "");
  }
  const image = engine.images.find(manifest.config.digest);
  const before = engine.images.resolve(familiar(reference));
  if (reference.tag !== undefined) yield* engine.images.tag(sys, { ...reference, digest: undefined }, image.id);
  yield* engine.images.tag(sys, { ...reference, tag: undefined, digest }, image.id);
  yield* say({ status: `Digest: ${digest}` });
  yield* say({ status: `Status: ${before === image.id ? "Image is up to date for" : "Downloaded newer image for"} ${familiar(reference)}` });
  yield* engine.emit(sys, "image", "pull", familiar(reference), [["name", shown]]);
}

/** jsonmessage's bar: [====>   ]  1.2MB/3.4MB */
function progressBar(current: number, total: number): string {
  const width = 50;
  const filled = Math.min(width, Math.floor((current / total) * width));
  const bar = filled >= width ? "=".repeat(width) : `${"=".repeat(filled)}>${" ".repeat(width - filled - 1)}`;
  return `[${filled >= width ? `${bar.slice(0, -1)}>` : bar}]  ${humanSize(current, 4).padStart(7)}/${humanSize(total, 4)}`;
}

/** Tags of a repository on its registry. Errors: EngineError. */
export function* listTags(sys: Sys, name: string, credentials: string | undefined): Blocking<readonly string[]> {
  const reference = parseReference(name);
  const answer = yield* askRegistry(sys, endpointOf(reference.registry, credentials), "GET", `/v2/${reference.path}/tags/list`);
  if (answer.status !== 200) throw new EngineError(404, `pull access denied for ${familiarName(reference)}, repository does not exist or may require 'docker login'`);
  return (JSON.parse(decode(answer.body)) as { tags: string[] }).tags;
}

export interface SearchResult {
  readonly name: string;
  readonly description: string;
  readonly star_count: number;
  readonly is_official: boolean;
  readonly is_automated: boolean;
}

export function* searchHub(sys: Sys, term: string, limit: number): Blocking<readonly SearchResult[]> {
  const answer = yield* askRegistry(sys, { host: "index.docker.io", port: 443 }, "GET", `/v1/search?q=${encodeURIComponent(term)}&n=${limit}`);
  return (JSON.parse(decode(answer.body)) as { results: SearchResult[] }).results;
}
