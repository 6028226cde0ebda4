// /images, /build, /commit's relatives: the API's verbs on images.

import { type Blocking, decode, encode } from "../../../kernel/sys.ts";
import { familiar, familiarName, parseReference, BadReference, withDefaultTag } from "../api/reference.ts";
import { humanSize, parseTime } from "../api/human.ts";
import { packTree, readTar, type TarEntry, writeTar } from "../api/tar.ts";
import { BuildFailed } from "../build/build-failed.ts";
import { buildImage } from "../build/build-image.ts";
import { DockerfileError } from "../build/dockerfile.ts";
import type { HostConfig } from "../container.ts";
import { DOCKER_ROOT } from "../disk.ts";
import { type Engine, EngineError } from "../engine.ts";
import { globMatches } from "../api/glob.ts";
import { type ContainerConfig, type Image, ImageError, ImageStore } from "../image-store.ts";
import { pushImage } from "../push-image.ts";
import { importImage } from "../import-image.ts";
import { listTags, pullImage, searchHub } from "../pull-image.ts";
import { answerBytes, answerJson, answerNothing, type Call, filters, flag, openStream, type Route } from "./route.ts";

function summary(engine: Engine, image: Image, containers: number) {
  const { tags, digests } = engine.images.namesOf(image.id);
  const dangling = tags.length === 0 && digests.length === 0;
  return {
    Containers: containers, Created: Math.floor(parseTime(image.config.created) / 1_000_000), Id: image.id, Labels: image.config.config.Labels, ParentId: image.parent,
    RepoDigests: dangling ? ["<none>@<none>"] : digests, RepoTags: dangling ? ["<none>:<none>"] : tags, SharedSize: -1, Size: engine.images.sizeBytes(image.config), VirtualSize: engine.images.sizeBytes(image.config),
  };
}

function* list(call: Call): Blocking<void> {
  const { engine } = call;
  const wanted = filters(call);
  for (const name of wanted.keys()) if (!["dangling", "label", "before", "since", "reference"].includes(name)) throw new EngineError(400, `Invalid filter '${name}'`);
  const dangling = wanted.get("dangling")?.[0];
  if (dangling !== undefined && !["true", "false", "1", "0"].includes(dangling)) throw new EngineError(400, `Invalid filter 'dangling=[${dangling}]'`);
  const limit = (name: string) => wanted.get(name)?.map((one) => parseTime(engine.images.find(one).config.created))[0];
  const before = limit("before");
  const since = limit("since");
  const rows: ReturnType<typeof summary>[] = [];
  for (const image of engine.images.images.values()) {
    const names = engine.images.namesOf(image.id);
    const nameless = names.tags.length === 0 && names.digests.length === 0;
    if (nameless && engine.images.childrenOf(image.id).length > 0 && !flag(call, "all")) continue;
    if (dangling !== undefined && (dangling === "true" || dangling === "1") !== nameless) continue;
    const createdUs = parseTime(image.config.created);
    if ((before !== undefined && createdUs >= before) || (since !== undefined && createdUs <= since)) continue;
    const labels = image.config.config.Labels ?? {};
    if (!(wanted.get("label") ?? []).every((label) => Object.hasOwn(labels, label.split("=")[0] ?? "") && (!label.includes("=") || labels[label.split("=")[0] ?? ""] === label.slice(label.indexOf("=") + 1)))) continue;
    const patterns = wanted.get("reference");
    const row = summary(engine, image, -1);
    if (patterns) {
      const matching = names.tags.filter((tag) => patterns.some((pattern) => globMatches(pattern, tag) || globMatches(pattern, tag.slice(0, tag.lastIndexOf(":")))));
      if (matching.length === 0) continue;
      row.RepoTags = matching;
    }
    rows.push(row);
  }
  rows.sort((a, b) => parseTime(engine.images.images.get(b.Id)?.config.created ?? "") - parseTime(engine.images.images.get(a.Id)?.config.created ?? ""));
  yield* answerJson(call, rows);
}

function imageName(call: Call): string {
  return call.path[0] ?? "";
}

function* inspect(call: Call): Blocking<void> {
  const { engine } = call;
  const image = engine.images.find(imageName(call));
  const { tags, digests } = engine.images.namesOf(image.id);
  const lower = engine.images.lowerDirectories(image.config.rootfs.diff_ids);
  const [top, ...rest] = lower;
  const size = engine.images.sizeBytes(image.config);
  const base = top?.replace(/\/diff$/, "");
  yield* answerJson(call, {
    Id: image.id, RepoTags: tags, RepoDigests: digests, Parent: image.parent, Comment: image.config.comment ?? "", Created: image.config.created, Container: image.config.container ?? "",
    ContainerConfig: image.config.container_config ?? image.config.config, DockerVersion: image.config.docker_version ?? "", Author: image.config.author ?? "", Config: image.config.config, Architecture: image.config.architecture, Os: image.config.os,
    Size: size, VirtualSize: size,
    GraphDriver: { Data: { ...(rest.length > 0 && { LowerDir: rest.join(":") }), MergedDir: `${base}/merged`, UpperDir: `${base}/diff`, WorkDir: `${base}/work` }, Name: "overlay2" },
    RootFS: { Type: "layers", Layers: image.config.rootfs.diff_ids }, Metadata: { LastTagTime: "0001-01-01T00:00:00Z" },
  });
}

function* history(call: Call): Blocking<void> {
  const { engine } = call;
  const image = engine.images.find(imageName(call));
  const rows: unknown[] = [];
  const layers: string[] = [];
  for (const entry of image.config.history) {
    let size = 0;
    if (!entry.empty_layer) {
      layers.push(image.config.rootfs.diff_ids[layers.length] ?? "");
      size = engine.images.layers.get(ImageStore.chainOf(layers))?.sizeBytes ?? 0;
    }
    rows.unshift({ Id: "<missing>", Created: Math.floor(parseTime(entry.created) / 1_000_000), CreatedBy: entry.created_by, Tags: null as string[] | null, Size: size, Comment: entry.comment ?? "" });
  }
  // images of the build chain that are here bear their ids
  let at: Image | undefined = image;
  for (const row of rows as { Id: string; Tags: string[] | null }[]) {
    if (!at) break;
    row.Id = at.id;
    const { tags } = engine.images.namesOf(at.id);
    row.Tags = tags.length === 0 ? null : tags;
    at = at.parent === "" ? undefined : engine.images.images.get(at.parent);
  }
  yield* answerJson(call, rows);
}

function* tag(call: Call): Blocking<void> {
  const image = call.engine.images.find(imageName(call));
  const repo = call.query.get("repo") ?? "";
  const name = call.query.get("tag") ?? "";
  try {
    yield* call.engine.images.tag(call.sys, withDefaultTag(parseReference(name === "" ? repo : `${repo}:${name}`)), image.id);
  } catch (error) {
    if (error instanceof BadReference) throw new EngineError(400, error.message);
    throw error;
  }
  yield* answerNothing(call, 201);
}

const shortId = (id: string) => id.slice("sha256:".length, "sha256:".length + 12);

/** DELETE /images/NAME: takes a name off, and the image when it was the last one. */
function* remove(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const name = imageName(call);
  const force = flag(call, "force");
  const image = engine.images.find(name);
  const names = engine.images.namesOf(image.id);
  const byId = engine.images.resolve(name) !== image.id;
  const answer: ({ Untagged: string } | { Deleted: string })[] = [];
  const users = engine.usersOfImage(image.id);
  const running = users.find((container) => container.State.Running);
  if (!byId && (names.tags.length > 1 || (names.tags.length === 1 && users.length > 0 && force && !running))) {
    const reference = familiar(withDefaultTag(parseReference(name)));
    yield* engine.images.untag(sys, reference);
    answer.push({ Untagged: reference });
    const repository = reference.slice(0, reference.lastIndexOf(":"));
    if (!engine.images.namesOf(image.id).tags.some((one) => one.startsWith(`${repository}:`))) {
      for (const digest of names.digests.filter((one) => one.startsWith(`${repository}@`))) {
        yield* engine.images.untag(sys, digest);
        answer.push({ Untagged: digest });
      }
    }
    yield* engine.emit(sys, "image", "untag", image.id, [["name", image.id]]);
    return yield* answerJson(call, answer);
  }
  if (byId && names.tags.length > 1 && !force) throw new EngineError(409, `conflict: unable to delete ${shortId(image.id)} (must be forced) - image is referenced in multiple repositories`);
  const shown = byId ? shortId(image.id) : name;
  if (running) throw new EngineError(409, byId || names.tags.length <= 1 ? (byId ? `conflict: unable to delete ${shown} (cannot be forced) - image is being used by running container ${running.Id.slice(0, 12)}` : `conflict: unable to remove repository reference "${shown}" (must force) - container ${running.Id.slice(0, 12)} is using its referenced image ${shortId(image.id)}`) : "");
  const stopped = users[0];
  if (stopped && !force) {
    throw new EngineError(409, byId ? `conflict: unable to delete ${shown} (must be forced) - image is being used by stopped container ${stopped.Id.slice(0, 12)}` : `conflict: unable to remove repository reference "${shown}" (must force) - container ${stopped.Id.slice(0, 12)} is using its referenced image ${shortId(image.id)}`);
  }
  const children = engine.images.childrenOf(image.id);
  if (byId && children.length > 0) throw new EngineError(409, `conflict: unable to delete ${shown} (cannot be forced) - image has dependent child images`);
  for (const one of [...names.tags, ...names.digests]) {
    yield* engine.images.untag(sys, one);
    answer.push({ Untagged: one });
  }
  if (children.length === 0 && !stopped) {
    for (const id of yield* engine.images.remove(sys, image, !flag(call, "noprune"))) answer.push({ Deleted: id });
    yield* engine.emit(sys, "image", "delete", image.id, [["name", image.id]]);
  }
  yield* answerJson(call, answer);
}

/** The stream of a pull, push or import: opened by its first message; an error before that is an answer of its own. */
function* streaming(call: Call, work: (say: (message: object) => Blocking<void>) => Blocking<void>): Blocking<void> {
  const opened: { say(message: object): Blocking<void>; end(): Blocking<void> }[] = [];
  const say = function* (message: object): Blocking<void> {
    if (opened.length === 0) opened.push(yield* openStream(call));
    const [only] = opened;
    if (only) yield* only.say(message);
  };
  try {
    yield* work(say);
  } catch (error) {
    if (!(error instanceof EngineError) || opened.length === 0) throw error;
    yield* say({ error: error.message, errorDetail: { message: error.message } });
  }
  const [only] = opened;
  if (only) yield* only.end();
}

function* push(call: Call): Blocking<void> {
  yield* streaming(call, (say) => pushImage(call.engine, call.sys, call.path[0] ?? "", call.query.get("tag") ?? "", call.query.get("auth"), say));
}

/** POST /images/create?fromSrc=-: the body is the archive of a root file system. */
function* importArchive(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const id = yield* importImage(engine, sys, call.request.body, { repository: call.query.get("repo") ?? "", message: call.query.get("message") ?? "", config: JSON.parse(call.query.get("config") ?? "{}") as Partial<ContainerConfig> });
  const stream = yield* openStream(call);
  yield* stream.say({ status: id });
  yield* stream.end();
}

function* create(call: Call): Blocking<void> {
  if (call.query.has("fromSrc")) return yield* importArchive(call);
  const { engine, sys } = call;
  const from = call.query.get("fromImage") ?? "";
  const tagName = call.query.get("tag") ?? "";
  const name = tagName === "" ? from : tagName.startsWith("sha256:") ? `${from}@${tagName}` : `${from}:${tagName}`;
  const credentials = call.query.get("auth");
  yield* streaming(call, function* (say) {
    if (!flag(call, "all")) return yield* pullImage(engine, sys, name, credentials, say);
    // the status of each tag is not said, but that of all at the end
    let newer = false;
    const shown = familiarName(parseReference(from));
    for (const tag of yield* listTags(sys, from, credentials)) {
      yield* pullImage(engine, sys, `${from}:${tag}`, credentials, function* (message) {
        newer ||= message.status.startsWith("Status: Downloaded");
        if (!message.status.startsWith("Status: ")) yield* say(message);
      });
    }
    yield* say({ status: `Status: ${newer ? "Downloaded newer image for" : "Image is up to date for"} ${shown}` });
  });
}

function* search(call: Call): Blocking<void> {
  const results = yield* searchHub(call.sys, call.query.get("term") ?? "", Number(call.query.get("limit") ?? 25));
  const wanted = filters(call);
  const official = wanted.get("is-official")?.[0];
  const stars = Number(wanted.get("stars")?.[0] ?? 0);
  yield* answerJson(call, results.filter((result) => (official === undefined || String(result.is_official) === official) && result.star_count >= stars));
}

function* build(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const stream: { say(message: object): Blocking<void>; end(): Blocking<void> }[] = [];
  const say = function* (message: object): Blocking<void> {
    if (stream.length === 0) stream.push(yield* openStream(call));
    const [only] = stream;
    if (only) yield* only.say(message);
  };
  const json = <T>(name: string, otherwise: T): T => {
    const text = call.query.get(name);
    return text === undefined || text === "" ? otherwise : (JSON.parse(text) as T);
  };
  try {
    yield* buildImage(engine, sys, {
      context: readTar(call.request.body), dockerfile: call.query.get("dockerfile") ?? "Dockerfile", tags: json<readonly string[]>("tags", []), buildArgs: new Map(Object.entries(json<Record<string, string | null>>("buildargs", {}))),
      target: call.query.get("target") ?? "", noCache: flag(call, "nocache"), remove: call.query.get("rm") !== "0", forceRemove: flag(call, "forcerm"), pull: flag(call, "pull"), labels: new Map(Object.entries(json<Record<string, string>>("labels", {}))),
      host: json<Partial<HostConfig>>("host", {}),
    }, {
      stream: (text) => say({ stream: text }),
      status: (message) => say(message),
      aux: (id) => say({ aux: { ID: id } }),
    });
  } catch (error) {
    if (error instanceof DockerfileError && stream.length === 0) throw new EngineError(400, error.message);
    if (error instanceof EngineError && stream.length === 0) throw error;
    if (!(error instanceof BuildFailed || error instanceof EngineError || error instanceof DockerfileError)) throw error;
    const code = error instanceof BuildFailed ? error.code : 1;
    yield* say({ errorDetail: { code, message: error.message }, error: error.message });
  }
  const [only] = stream;
  if (only) yield* only.end();
}

function* prune(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const all = filters(call).get("dangling")?.[0] === "false" || filters(call).get("dangling")?.[0] === "0";
  const deleted: ({ Untagged: string } | { Deleted: string })[] = [];
  let space = 0;
  for (const image of [...engine.images.images.values()].reverse()) {
    if (!engine.images.images.has(image.id) || engine.images.childrenOf(image.id).length > 0) continue;
    const names = engine.images.namesOf(image.id);
    const dangling = names.tags.length === 0 && names.digests.length === 0;
    if ((!dangling && !all) || engine.usersOfImage(image.id).length > 0) continue;
    const before = [...engine.images.layers.values()].reduce((sum, layer) => sum + layer.sizeBytes, 0);
    for (const name of [...names.tags, ...names.digests]) {
      yield* engine.images.untag(sys, name);
      deleted.push({ Untagged: name });
    }
    for (const id of yield* engine.images.remove(sys, image, true)) deleted.push({ Deleted: id });
    space += before - [...engine.images.layers.values()].reduce((sum, layer) => sum + layer.sizeBytes, 0);
  }
  yield* answerJson(call, { ImagesDeleted: deleted.length === 0 ? null : deleted, SpaceReclaimed: space });
}

/** docker save names the image as it was typed. Errors: ImageError. */
function findExactly(engine: Engine, name: string): Image {
  try {
    return engine.images.find(name);
  } catch (error) {
    if (error instanceof ImageError && error.status === 404) throw new ImageError(404, `No such image: ${name}`);
    throw error;
  }
}

function* save(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const names = (call.query.get("names") ?? "").split(",").filter((name) => name !== "");
  const entries: TarEntry[] = [];
  const file = (name: string, bytes: Uint8Array): TarEntry => ({ name, kind: "file", mode: 0o644, uid: 0, gid: 0, mtimeUs: 0, target: "", rdev: 0, bytes, sizeBytes: bytes.length });
  const manifest: { Config: string; RepoTags: string[]; Layers: string[] }[] = [];
  for (const name of names) {
    const image = findExactly(engine, name);
    const tagged = engine.images.resolve(name) === image.id ? [familiar(withDefaultTag(parseReference(name)))] : [];
    const known = manifest.find((one) => one.Config === `${image.id.slice(7)}.json`);
    if (known) {
      known.RepoTags.push(...tagged);
      continue;
    }
    const layers: string[] = [];
    for (let length = 1; length <= image.config.rootfs.diff_ids.length; length++) {
      const layer = engine.images.layers.get(ImageStore.chainOf(image.config.rootfs.diff_ids.slice(0, length)));
      if (!layer) continue;
      const path = `${layer.chainId.slice(7)}/layer.tar`;
      layers.push(path);
      if (!entries.some((entry) => entry.name === path)) {
        const bytes = writeTar(yield* packTree(sys, `${DOCKER_ROOT}/overlay2/${layer.cacheId}/diff`, () => false));
        entries.push(file(path, bytes), file(`${layer.chainId.slice(7)}/json`, encode(JSON.stringify({ id: layer.chainId.slice(7), size: layer.sizeBytes }))), file(`${layer.chainId.slice(7)}/VERSION`, encode("1.0")));
      }
    }
    manifest.push({ Config: `${image.id.slice(7)}.json`, RepoTags: tagged, Layers: layers });
    entries.push(file(`${image.id.slice(7)}.json`, encode(image.json)));
  }
  entries.push(file("manifest.json", encode(`${JSON.stringify(manifest)}\n`)));
  yield* answerBytes(call, writeTar(entries), "application/x-tar");
}

function* load(call: Call): Blocking<void> {
  const { engine, sys } = call;
  const entries = new Map(readTar(call.request.body).map((entry) => [entry.name, entry.bytes]));
  const text = (name: string) => entries.get(name);
  const manifestBytes = text("manifest.json");
  if (!manifestBytes && entries.size === 0) {
    const refusal = yield* openStream(call);
    yield* refusal.say({ error: "Error processing tar file(exit status 1): unexpected EOF" });
    return yield* refusal.end();
  }
  if (!manifestBytes) throw new EngineError(500, "open /var/lib/docker/tmp/docker-import/repositories: no such file or directory");
  const manifest = JSON.parse(decode(manifestBytes)) as { Config: string; RepoTags: string[] | null; Layers: string[] }[];
  const stream = yield* openStream(call);
  for (const one of manifest) {
    const json = decode(text(one.Config) ?? new Uint8Array(0));
    const config = JSON.parse(json) as Image["config"];
    const parents: string[] = [];
    for (const [place, path] of one.Layers.entries()) {
      const diffId = config.rootfs.diff_ids[place] ?? "";
      const bytes = text(path) ?? new Uint8Array(0);
      const facts = text(path.replace(/layer\.tar$/, "json"));
      if (!engine.images.layers.has(engine.images.chainOfNext(parents, diffId))) {
        const shown = humanSize(Math.max(bytes.length, facts ? (JSON.parse(decode(facts)) as { size: number }).size : 0), 4);
        yield* stream.say({ status: "Loading layer", id: diffId.slice(7, 19), progress: ` ${shown}/${shown}` });
      }
      yield* engine.images.addLayer(sys, parents, diffId, facts ? (JSON.parse(decode(facts)) as { size: number }).size : bytes.length, readTar(bytes));
      parents.push(diffId);
    }
    const image = yield* engine.images.addImage(sys, json, "");
    for (const name of one.RepoTags ?? []) {
      yield* engine.images.tag(sys, parseReference(name), image.id);
      yield* stream.say({ stream: `Loaded image: ${name}\n` });
    }
    if ((one.RepoTags ?? []).length === 0) yield* stream.say({ stream: `Loaded image ID: ${image.id}\n` });
  }
  yield* stream.end();
}

export const imageRoutes: readonly Route[] = [
  { method: "GET", pattern: "/images/json", handle: list },
  { method: "GET", pattern: "/images/search", handle: search },
  { method: "GET", pattern: "/images/get", handle: save },
  { method: "POST", pattern: "/images/load", handle: load },
  { method: "POST", pattern: "/images/create", handle: create },
  { method: "POST", pattern: "/images/prune", handle: prune },
  { method: "GET", pattern: "/images/**/json", handle: inspect },
  { method: "GET", pattern: "/images/**/history", handle: history },
  { method: "POST", pattern: "/images/**/push", handle: push },
  { method: "POST", pattern: "/images/**/tag", handle: tag },
  { method: "DELETE", pattern: "/images/**", handle: remove },
  { method: "POST", pattern: "/build", handle: build },
];
