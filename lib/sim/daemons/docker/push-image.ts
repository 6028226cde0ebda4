// docker push: layers top first, each mounted from a repository that has it, or uploaded; then the configuration and the manifest.

import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { sha256Hex } from "../sha256.ts";
import { familiarName, parseReference, type Reference, BadReference } from "./api/reference.ts";
import { packTree, writeTar } from "./api/tar.ts";
import { DOCKER_ROOT } from "./disk.ts";
import { type Engine, EngineError } from "./engine.ts";
import { type Image, ImageStore } from "./image-store.ts";
import { askRegistry, endpointOf, type RegistryEndpoint } from "./registry/registry-client.ts";
import { MANIFEST_TYPE } from "./registry/distribution.ts";

export interface PushMessage {
  readonly status?: string;
  readonly id?: string;
  readonly aux?: { readonly Tag: string; readonly Digest: string; readonly Size: number };
}

type Say = (message: PushMessage) => Blocking<void>;

const denied = () => new EngineError(403, "denied: requested access to the resource is denied");

/** Where a layer was pushed to, so that it can be mounted instead of sent again: `registry diffId` to paths. */
const short = (digest: string) => digest.slice(7, 19);

function* pushLayer(engine: Engine, sys: Sys, endpoint: RegistryEndpoint, reference: Reference, image: Image, place: number, say: Say): Blocking<{ readonly digest: string; readonly size: number }> {
  const diffIds = image.config.rootfs.diff_ids;
  const diffId = diffIds[place] ?? "";
  const layer = engine.images.layers.get(ImageStore.chainOf(diffIds.slice(0, place + 1)));
  if (!layer) throw new EngineError(500, `layer does not exist`);
  const bytes = writeTar(yield* packTree(sys, `${DOCKER_ROOT}/overlay2/${layer.cacheId}/diff`, () => false));
  const digest = `sha256:${sha256Hex(bytes)}`;
  const size = Math.max(bytes.length, layer.sizeBytes);
  const key = `${reference.registry} ${diffId}`;
  const repositories = engine.pushedTo.get(key) ?? new Set<string>();
  engine.pushedTo.set(key, repositories);
  const known = yield* askRegistry(sys, endpoint, "HEAD", `/v2/${reference.path}/blobs/${digest}`);
  if (known.status === 401 || known.status === 403) throw denied();
  const from = [...repositories].at(-1);
  if (known.status === 200) yield* say({ status: "Layer already exists", id: short(diffId) });
  else {
    const mounted = from !== undefined && (yield* askRegistry(sys, endpoint, "POST", `/v2/${reference.path}/blobs/uploads/?mount=${digest}&from=${from}`)).status === 201;
    if (mounted) yield* say({ status: `Mounted from ${from}`, id: short(diffId) });
    else {
      yield* upload(sys, endpoint, reference.path, digest, bytes);
      yield* say({ status: "Pushed", id: short(diffId) });
    }
  }
  repositories.delete(reference.path);
  repositories.add(reference.path);
  return { digest, size };
}

function* upload(sys: Sys, endpoint: RegistryEndpoint, path: string, digest: string, bytes: Uint8Array): Blocking<void> {
  const begun = yield* askRegistry(sys, endpoint, "POST", `/v2/${path}/blobs/uploads/`);
  if (begun.status === 401 || begun.status === 403) throw denied();
  const location = begun.headers.get("location");
  if (begun.status !== 202 || location === undefined) throw new EngineError(500, `received unexpected HTTP status: ${begun.status}`);
  const done = yield* askRegistry(sys, endpoint, "PUT", `${location}?digest=${digest}`, bytes);
  if (done.status !== 201) throw new EngineError(500, `received unexpected HTTP status: ${done.status}`);
}

function* pushTag(engine: Engine, sys: Sys, endpoint: RegistryEndpoint, reference: Reference, image: Image, say: Say): Blocking<void> {
  const diffIds = image.config.rootfs.diff_ids;
  for (const diffId of [...diffIds].reverse()) yield* say({ status: "Preparing", id: short(diffId) });
  const layers: { readonly digest: string; readonly size: number }[] = [];
  for (let place = diffIds.length - 1; place >= 0; place--) layers.unshift(yield* pushLayer(engine, sys, endpoint, reference, image, place, say));
  const config = encode(image.json);
  yield* upload(sys, endpoint, reference.path, image.id, config);
  const manifest = encode(JSON.stringify({
    schemaVersion: 2, mediaType: MANIFEST_TYPE, config: { mediaType: "application/vnd.docker.container.image.v1+json", size: config.length, digest: image.id },
    layers: layers.map(({ digest, size }) => ({ mediaType: "application/vnd.docker.image.rootfs.diff.tar.gzip", size, digest })),
  }, null, 3));
  const tag = reference.tag ?? "latest";
  const done = yield* askRegistry(sys, endpoint, "PUT", `/v2/${reference.path}/manifests/${tag}`, manifest);
  if (done.status !== 201) throw new EngineError(500, `received unexpected HTTP status: ${done.status}`);
  const digest = `sha256:${sha256Hex(manifest)}`;
  yield* engine.images.tag(sys, { ...reference, tag: undefined, digest }, image.id);
  yield* say({ status: `${tag}: digest: ${digest} size: ${manifest.length}` });
  yield* say({ aux: { Tag: tag, Digest: digest, Size: manifest.length } });
}

/** `tag` "": all tags of the repository. Errors: EngineError. */
export function* pushImage(engine: Engine, sys: Sys, name: string, tag: string, credentials: string | undefined, say: Say): Blocking<void> {
  let reference: Reference;
  try {
    reference = parseReference(name);
  } catch (error) {
    if (error instanceof BadReference) throw new EngineError(400, error.message);
    throw error;
  }
  const repository = familiarName(reference);
  yield* say({ status: `The push refers to repository [${reference.registry}/${reference.path}]` });
  const tags = [...(engine.images.repositories.get(repository)?.keys() ?? [])].filter((one) => !one.includes("@")).sort();
  if (tags.length === 0) throw new EngineError(404, `An image does not exist locally with the tag: ${repository}`);
  const wanted = tag === "" ? tags : tags.filter((one) => one === `${repository}:${tag}`);
  if (wanted.length === 0) throw new EngineError(404, `tag does not exist: ${repository}:${tag}`);
  const endpoint = endpointOf(reference.registry, credentials);
  for (const one of wanted) {
    yield* pushTag(engine, sys, endpoint, { ...reference, tag: one.slice(repository.length + 1) }, engine.images.find(one), say);
    yield* engine.emit(sys, "image", "push", one, [["name", repository]]);
  }
}
