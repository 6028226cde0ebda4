// The server's side of the distribution API v2 (https://distribution.github.io/distribution/spec/api/): what registry:2 and the Hub answer.
// Storage is in the layout of the reference registry, on whatever keeps paths and bytes.

import { type Blocking, decode, encode } from "../../../kernel/sys.ts";
import { sha256Hex } from "../../sha256.ts";
import type { HttpRequest } from "../api/http.ts";

export interface BlobStorage {
  get(path: string): Blocking<Uint8Array | undefined>;
  put(path: string, bytes: Uint8Array): Blocking<void>;
  remove(path: string): Blocking<void>;
  /** names directly below, sorted */
  list(path: string): Blocking<readonly string[]>;
}

export interface RegistryAnswer {
  readonly status: number;
  readonly body: Uint8Array;
  readonly type: string;
  readonly headers: readonly (readonly [string, string])[];
}

export const MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";
const ROOT = "docker/registry/v2";
const NOTHING = new Uint8Array(0);

const answer = (status: number, body: Uint8Array = NOTHING, type = "application/json; charset=utf-8", headers: RegistryAnswer["headers"] = []): RegistryAnswer => ({ status, body, type, headers: [["Docker-Distribution-Api-Version", "registry/2.0"], ...headers] });
const json = (status: number, value: unknown, headers: RegistryAnswer["headers"] = []): RegistryAnswer => answer(status, encode(`${JSON.stringify(value)}\n`), undefined, headers);
const failure = (status: number, code: string, message: string, detail: unknown = null): RegistryAnswer => json(status, { errors: [{ code, message, detail }] });

const blobPath = (digest: string) => `${ROOT}/blobs/sha256/${digest.slice(7, 9)}/${digest.slice(7)}/data`;
const repositoryPath = (name: string) => `${ROOT}/repositories/${name}`;
const linkPath = (name: string, digest: string) => `${repositoryPath(name)}/_layers/sha256/${digest.slice(7)}/link`;
const tagPath = (name: string, tag: string) => `${repositoryPath(name)}/_manifests/tags/${tag}/current/link`;
const revisionPath = (name: string, digest: string) => `${repositoryPath(name)}/_manifests/revisions/sha256/${digest.slice(7)}/link`;

export class Distribution {
  readonly #storage: BlobStorage;
  #uploads = 0;

  constructor(storage: BlobStorage) {
    this.#storage = storage;
  }

  *handle(request: HttpRequest): Blocking<RegistryAnswer> {
    const [path = "", queryText = ""] = request.target.split("?");
    const query = new Map(queryText.split("&").map((pair): [string, string] => [pair.split("=")[0] ?? "", decodeURIComponent(pair.slice(pair.indexOf("=") + 1))]));
    if (path === "/v2/" || path === "/v2") return json(200, {});
    if (path === "/v2/_catalog") return json(200, { repositories: yield* this.#repositories("") });
    const match = /^\/v2\/(.+?)\/(tags\/list|manifests\/([^/]+)|blobs\/uploads\/([^/]*)|blobs\/([^/]+))$/.exec(path);
    if (!match) return failure(404, "NOT_FOUND", "page not found");
    const [, name = "", what = "", reference, upload, digest] = match;
    if (what === "tags/list") return yield* this.#tags(name);
    if (reference !== undefined) return yield* this.#manifest(request, name, reference);
    if (upload !== undefined) return yield* this.#upload(request, name, upload, query);
    return yield* this.#blob(request, name, digest ?? "");
  }

  *#repositories(below: string): Blocking<string[]> {
    const found: string[] = [];
    for (const entry of yield* this.#storage.list(repositoryPath(below).replace(/\/$/, ""))) {
      if (entry === "_manifests") found.push(below);
      else if (!entry.startsWith("_")) found.push(...(yield* this.#repositories(below === "" ? entry : `${below}/${entry}`)));
    }
    return found.sort();
  }

  *#tags(name: string): Blocking<RegistryAnswer> {
    const tags = yield* this.#storage.list(`${repositoryPath(name)}/_manifests/tags`);
    return tags.length === 0 ? failure(404, "NAME_UNKNOWN", "repository name not known to registry", { name }) : json(200, { name, tags });
  }

  *#manifest(request: HttpRequest, name: string, reference: string): Blocking<RegistryAnswer> {
    if (request.method === "PUT") {
      const digest = `sha256:${sha256Hex(request.body)}`;
      yield* this.#storage.put(blobPath(digest), request.body);
      yield* this.#storage.put(revisionPath(name, digest), encode(digest));
      if (!reference.startsWith("sha256:")) yield* this.#storage.put(tagPath(name, reference), encode(digest));
      return answer(201, NOTHING, undefined, [["Docker-Content-Digest", digest], ["Location", `/v2/${name}/manifests/${digest}`]]);
    }
    const link = yield* this.#storage.get(reference.startsWith("sha256:") ? revisionPath(name, reference) : tagPath(name, reference));
    const bytes = link && (yield* this.#storage.get(blobPath(decode(link))));
    if (!link || !bytes) return failure(404, "MANIFEST_UNKNOWN", "manifest unknown", { Tag: reference });
    if (request.method === "DELETE") {
      yield* this.#storage.remove(revisionPath(name, reference));
      return answer(202);
    }
    return answer(200, bytes, MANIFEST_TYPE, [["Docker-Content-Digest", decode(link)]]);
  }

  *#upload(request: HttpRequest, name: string, upload: string, query: ReadonlyMap<string, string>): Blocking<RegistryAnswer> {
    if (request.method === "POST") {
      const mount = query.get("mount");
      const from = query.get("from");
      if (mount !== undefined && from !== undefined && (yield* this.#storage.get(linkPath(from, mount)))) {
        yield* this.#storage.put(linkPath(name, mount), encode(mount));
        return answer(201, NOTHING, undefined, [["Docker-Content-Digest", mount]]);
      }
      const id = `upload-${++this.#uploads}`;
      return answer(202, NOTHING, undefined, [["Location", `/v2/${name}/blobs/uploads/${id}`], ["Docker-Upload-UUID", id]]);
    }
    const digest = query.get("digest");
    if (request.method !== "PUT" || digest === undefined || upload === "") return failure(405, "UNSUPPORTED", "The operation is unsupported.");
    if (digest !== `sha256:${sha256Hex(request.body)}`) return failure(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
    yield* this.#storage.put(blobPath(digest), request.body);
    yield* this.#storage.put(linkPath(name, digest), encode(digest));
    return answer(201, NOTHING, undefined, [["Docker-Content-Digest", digest], ["Location", `/v2/${name}/blobs/${digest}`]]);
  }

  *#blob(request: HttpRequest, name: string, digest: string): Blocking<RegistryAnswer> {
    const bytes = (yield* this.#storage.get(linkPath(name, digest))) && (yield* this.#storage.get(blobPath(digest)));
    if (!bytes) return failure(404, "BLOB_UNKNOWN", "blob unknown to registry", digest);
    return answer(200, request.method === "HEAD" ? NOTHING : bytes, "application/octet-stream", [["Docker-Content-Digest", digest]]);
  }
}

/** For a registry that nobody keeps on a disk. */
export function memoryStorage(): BlobStorage {
  const files = new Map<string, Uint8Array>();
  return {
    *get(path) { return files.get(path); },
    *put(path, bytes) { files.set(path, bytes); },
    *remove(path) { files.delete(path); },
    *list(path) {
      const names = new Set<string>();
      for (const file of files.keys()) if (file.startsWith(`${path}/`)) names.add(file.slice(path.length + 1).split("/")[0] ?? "");
      return [...names].sort();
    },
  };
}
