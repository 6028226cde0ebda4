// registry-1.docker.io (distribution API v2) and index.docker.io (search), from the image recipes of lib/sim/machine/images.

import { type Blocking, daysFromCivil, decode, encode, S } from "../../kernel/sys.ts";
import { encodeExecutable } from "../../kernel/executable.ts";
import type { HttpRequest } from "../../daemons/docker/api/http.ts";
import { fromBase64 } from "../../daemons/docker/api/base64.ts";
import { Distribution, memoryStorage } from "../../daemons/docker/registry/distribution.ts";
import { type TarEntry, writeTar } from "../../daemons/docker/api/tar.ts";
import { hubImages, hubRepositories } from "../../machine/images/hub.ts";
import { type BuiltImage, type BuiltLayer, buildImage } from "../../machine/images/image-recipe.ts";
import type { RootFile } from "../../machine/rootfs/frozen-root.ts";
import { systemGroupId, systemUserId } from "../../machine/rootfs/accounts.ts";
import type { WebAnswer } from "./web-server.ts";

const json = (status: number, value: unknown, headers: readonly (readonly [string, string])[] = []): WebAnswer => ({ status, type: "application/json", body: encode(JSON.stringify(value)), headers });
const NO_BYTES = new Uint8Array(0);

function entryOf(file: RootFile, mtimeUs: number): TarEntry {
  const common = { name: file.path.slice(1), uid: file.owner === undefined ? 0 : systemUserId(file.owner), gid: file.group === undefined ? 0 : systemGroupId(file.group), mtimeUs, target: "", rdev: 0 };
  if (file.directory === true) return { ...common, kind: "directory", mode: file.mode ?? 0o755, bytes: NO_BYTES, sizeBytes: 0 };
  if (file.symlink !== undefined) return { ...common, kind: "symlink", mode: 0o777, target: file.symlink, bytes: NO_BYTES, sizeBytes: 0 };
  const bytes = file.executable ? encodeExecutable(file.executable) : file.text === undefined ? (file.content?.() ?? NO_BYTES) : encode(file.text);
  return { ...common, kind: "file", mode: (file.mode ?? 0o644) & ~S.IFMT, bytes, sizeBytes: Math.max(bytes.length, file.executable?.sizeBytes ?? 0) };
}

const blobs = new Map<string, Uint8Array>();

/** The layer as an archive; made once a process. Later files of a path win, as when a root file system is frozen. */
function blobOf(layer: BuiltLayer, created: string): Uint8Array {
  const known = blobs.get(layer.digest);
  if (known) return known;
  const mtimeUs = timeUs(created);
  const byPath = new Map<string, RootFile>();
  for (const file of layer.files()) {
    const before = byPath.get(file.path);
    if (before?.directory === true && file.directory === true && file.mode === undefined) continue;
    byPath.set(file.path, file);
  }
  // links of directories come first, so that what lies below them finds its place
  const files = [...byPath.values()].sort((a, b) => Number(b.symlink !== undefined && !a.path.slice(1).includes("/")) - Number(a.symlink !== undefined && !b.path.slice(1).includes("/")) || depth(a.path) - depth(b.path));
  const bytes = writeTar(files.map((file) => entryOf(file, mtimeUs)));
  blobs.set(layer.digest, bytes);
  return bytes;
}

const depth = (path: string) => path.split("/").length;

function timeUs(rfc3339: string): number {
  const [year = 1970, month = 1, day = 1] = rfc3339.slice(0, 10).split("-").map(Number);
  return daysFromCivil(year, month, day) * 86_400_000_000;
}

function findImage(path: string, reference: string): BuiltImage | undefined {
  for (const recipe of hubImages) {
    if (recipe.path !== path) continue;
    if (recipe.tags.includes(reference)) return buildImage(recipe);
    if (reference.startsWith("sha256:")) {
      const image = buildImage(recipe);
      if (image.digest === reference) return image;
    }
  }
  return undefined;
}

/** A Docker ID has at least four characters, its password nine: whoever gives such a pair has an account. */
function accountOf(request: HttpRequest): string | undefined {
  const encoded = /^Basic (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  const [user = "", password = ""] = encoded === undefined ? [] : fromBase64(encoded).split(/:(.*)/s);
  return /^[a-z0-9]{4,30}$/.test(user) && password.length >= 9 ? user : undefined;
}

const refused = () => json(401, { errors: [{ code: "UNAUTHORIZED", message: "authentication required", detail: null }] });

/** The Hub of one world: its official images, and what was pushed to it. */
export class Hub {
  readonly #pushed = new Distribution(memoryStorage());

  *answer(request: HttpRequest): Blocking<WebAnswer> {
    const account = accountOf(request);
    if (request.headers.has("authorization") && account === undefined) return refused();
    const owner = /^\/v2\/([^/]+)\/[^/]+\/(?:manifests|blobs|tags)\//.exec(request.target)?.[1];
    if (request.method === "GET") {
      const own = owner === undefined || owner === "library" ? undefined : yield* this.#pushed.handle(request);
      return own?.status === 200 ? own : answerRegistry(request);
    }
    if (owner === undefined || owner !== account) return refused();
    return yield* this.#pushed.handle(request);
  }
}

function answerRegistry(request: HttpRequest): WebAnswer {
  if (request.target === "/v2/") return json(200, {});
  const match = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(request.target);
  const [, path = "", kind, reference = ""] = match ?? [];
  if (!hubImages.some((image) => image.path === path)) return json(401, { errors: [{ code: "UNAUTHORIZED", message: "authentication required", detail: null }] });
  if (kind === "manifests") {
    const image = findImage(path, reference);
    if (!image) return json(404, { errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown", detail: { Tag: reference } }] });
    return json(200, { schemaVersion: 2, mediaType: "application/vnd.docker.distribution.manifest.v2+json", config: { digest: image.id, size: image.configJson.length }, layers: image.layers.map((layer) => ({ digest: layer.digest, size: layer.sizeBytes, transferBytes: layer.compressedBytes })) }, [["Docker-Content-Digest", image.digest]]);
  }
  for (const recipe of hubImages) {
    if (recipe.path !== path) continue;
    const image = buildImage(recipe);
    if (image.id === reference) return { status: 200, type: "application/octet-stream", body: encode(image.configJson) };
    const layer = image.layers.find((one) => one.digest === reference);
    if (layer) return { status: 200, type: "application/octet-stream", body: blobOf(layer, recipe.created) };
  }
  return json(404, { errors: [{ code: "BLOB_UNKNOWN", message: "blob unknown to registry", detail: null }] });
}

/** Names that contain the word, official ones first, then by stars. */
export function answerIndex(request: HttpRequest): WebAnswer {
  const query = /^\/v1\/search\?(.*)$/.exec(request.target)?.[1] ?? "";
  const values = new Map(query.split("&").map((pair): [string, string] => [pair.split("=")[0] ?? "", decodeURIComponent((pair.split("=")[1] ?? "").replaceAll("+", " "))]));
  const term = (values.get("q") ?? "").toLowerCase();
  const limit = Number(values.get("n") ?? 25);
  const results = hubRepositories
    .filter((repository) => repository.name.toLowerCase().includes(term) || repository.description.toLowerCase().includes(term))
    .toSorted((a, b) => Number(b.name === term) - Number(a.name === term) || Number(b.official) - Number(a.official) || b.stars - a.stars)
    .slice(0, limit)
    .map((repository) => ({ name: repository.name, description: repository.description, star_count: repository.stars, is_official: repository.official, is_automated: repository.automated }));
  return json(200, { num_results: results.length, query: decode(encode(term)), results });
}
