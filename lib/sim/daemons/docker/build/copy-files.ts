// COPY and ADD: which entries of the context (or of another image) go where, and the layer that they become.

import { type Blocking, encode, S, type Sys } from "../../../kernel/sys.ts";
import { sha256Hex } from "../../sha256.ts";
import { packTree, readDataBytes, readTar, type TarEntry, unpackEntry, isDirectory } from "../api/tar.ts";
import { resolveUser } from "../container-user.ts";
import { DOCKER_ROOT, makeDirectories, randomHex, readText, removeTree } from "../disk.ts";
import type { Engine } from "../engine.ts";
import { type Image, ImageStore } from "../image-store.ts";
import { globMatches } from "../api/glob.ts";
import { BuildFailed } from "./build-failed.ts";
import { fileSum, sumOf } from "./tar-sum.ts";

export type CopySource = { readonly kind: "context"; readonly entries: readonly TarEntry[] } | { readonly kind: "image"; readonly image: Image };

export interface CopyWish {
  readonly name: string;
  readonly sources: readonly string[];
  readonly target: string;
  readonly workdir: string;
  readonly source: CopySource;
  readonly chown: string | undefined;
  readonly chmod: string | undefined;
  readonly image: Image | undefined;
}

export interface CopyPlan {
  readonly kind: "file" | "dir" | "multi";
  readonly digest: string;
  readonly shownTarget: string;
  readonly entries: readonly TarEntry[];
}

/** An image's root, mounted read-only for a while. */
function* withImageRoot<T>(engine: Engine, sys: Sys, image: Image, use: (root: string) => Blocking<T>): Blocking<T> {
  const lower = engine.images.lowerDirectories(image.config.rootfs.diff_ids);
  const root = `${DOCKER_ROOT}/tmp/${randomHex(sys, 16)}`;
  makeDirectories(sys, root);
  const [only] = lower;
  if (only !== undefined && lower.length === 1) sys.mount(only, root, "", { bind: true });
  else if (lower.length > 0) sys.mount("overlay", root, "overlay", { readOnly: true }, `lowerdir=${lower.join(":")}`);
  try {
    return yield* use(root);
  } finally {
    if (lower.length > 0) sys.umount(root, { lazy: true });
    sys.rmdir(root);
  }
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

interface Match {
  /** the name that was asked for */
  readonly path: string;
  readonly directory: boolean;
  /** itself (for a file) or everything below it, names relative to it */
  readonly entries: readonly TarEntry[];
}

function matchContext(entries: readonly TarEntry[], wanted: string): Match[] {
  const path = clean(wanted);
  if (path.startsWith("..")) throw new BuildFailed(`COPY failed: forbidden path outside the build context: ${wanted} ()`);
  if (path === "") return [{ path: "", directory: true, entries }];
  const matching = /[*?[]/.test(path) ? entries.filter((entry) => globMatches(path, entry.name)) : entries.filter((entry) => entry.name === path);
  return matching.map((entry) => {
    if (entry.kind !== "directory") return { path: entry.name, directory: false, entries: [entry] };
    const below = entries.filter((other) => other.name.startsWith(`${entry.name}/`)).map((other) => ({ ...other, name: other.name.slice(entry.name.length + 1) }));
    return { path: entry.name, directory: true, entries: below };
  });
}

function* matchImage(engine: Engine, sys: Sys, image: Image, wanted: string): Blocking<Match[]> {
  return yield* withImageRoot(engine, sys, image, function* (root): Blocking<Match[]> {
    const path = `${root}/${clean(wanted)}`;
    let stat: ReturnType<Sys["stat"]>;
    try {
      stat = sys.stat(path);
    } catch {
      return [];
    }
    if ((stat.mode & S.IFMT) === S.IFDIR) return [{ path: clean(wanted), directory: true, entries: yield* packTree(sys, path, () => false) }];
    const bytes = yield* readDataBytes(sys, path);
    const name = clean(wanted);
    return [{ path: name, directory: false, entries: [{ name, kind: "file", mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, mtimeUs: stat.mtimeUs, target: "", rdev: 0, bytes, sizeBytes: stat.sizeBytes }] }];
  });
}

function* ownerOf(engine: Engine, sys: Sys, wish: CopyWish): Blocking<{ uid: number; gid: number }> {
  const { chown, image } = wish;
  if (chown === undefined) return { uid: 0, gid: 0 };
  if (!image) return resolveUser(chown, "", "");
  return yield* withImageRoot(engine, sys, image, function* (root): Blocking<{ uid: number; gid: number }> {
    try {
      return resolveUser(chown, (yield* readText(sys, `${root}/etc/passwd`)) ?? "", (yield* readText(sys, `${root}/etc/group`)) ?? "");
    } catch (error) {
      throw new BuildFailed(error instanceof Error ? error.message : String(error));
    }
  });
}

/** Errors: BuildFailed with the builder's text. */
export function* planCopy(engine: Engine, sys: Sys, wish: CopyWish): Blocking<CopyPlan> {
  const { sources, source, name } = wish;
  const matches: Match[] = [];
  for (const wanted of sources) {
    if (name === "ADD" && /^https?:\/\//.test(wanted)) throw new BuildFailed(`ADD failed: Get "${wanted}": dial tcp: lookup ${wanted.split("/")[2] ?? ""}: no such host`);
    const found = source.kind === "context" ? matchContext(source.entries, wanted) : yield* matchImage(engine, sys, source.image, wanted);
    if (found.length === 0) {
      if (/[*?[]/.test(wanted)) throw new BuildFailed(`${name} failed: no source files were specified`);
      throw new BuildFailed(source.kind === "context" ? `${name} failed: file not found in build context or excluded by .dockerignore: stat ${clean(wanted)}: file does not exist` : `${name} failed: stat ${clean(wanted)}: file does not exist`);
    }
    matches.push(...found);
  }
  const base = wish.workdir === "" ? "/" : wish.workdir;
  const shownTarget = wish.target.startsWith("/") ? wish.target : `${wish.target === "." || wish.target === "./" ? `${base.replace(/\/$/, "")}/` : `${base.replace(/\/$/, "")}/${wish.target.replace(/^\.\//, "")}`}`;
  const intoDirectory = shownTarget.endsWith("/") || matches.length > 1 || sources.length > 1;
  if ((matches.length > 1 || sources.length > 1) && !wish.target.endsWith("/") && wish.target !== ".") throw new BuildFailed(`When using ${name} with more than one source file, the destination must be a directory and end with a /`);
  const owner = yield* ownerOf(engine, sys, wish);
  const root = clean(shownTarget);
  const entries: TarEntry[] = [];
  const own = (entry: TarEntry, place: string): TarEntry => ({ ...entry, name: place, uid: owner.uid, gid: owner.gid, mode: wish.chmod === undefined ? entry.mode : Number.parseInt(wish.chmod, 8) });
  const existingDirectory = wish.image !== undefined && !intoDirectory ? yield* isDirectoryIn(engine, sys, wish.image, root) : false;
  for (const match of matches) {
    if (match.directory) {
      if (root !== "") entries.push(own({ name: root, kind: "directory", mode: 0o755, uid: 0, gid: 0, mtimeUs: sys.clockUs("realtime"), target: "", rdev: 0, bytes: new Uint8Array(0), sizeBytes: 0 }, root));
      for (const entry of match.entries) entries.push(own(entry, root === "" ? entry.name : `${root}/${entry.name}`));
      continue;
    }
    const [entry] = match.entries;
    if (!entry) continue;
    const last = entry.name.slice(entry.name.lastIndexOf("/") + 1);
    if (name === "ADD" && /\.tar$/.test(last)) {
      for (const inner of readTar(entry.bytes)) entries.push({ ...inner, name: root === "" ? inner.name : `${root}/${inner.name}` });
      continue;
    }
    entries.push(own(entry, intoDirectory || existingDirectory ? (root === "" ? last : `${root}/${last}`) : root));
  }
  const ownerIn = (entry: TarEntry) => (source.kind === "image" ? { uid: entry.uid, gid: entry.gid } : { uid: 0, gid: 0 });
  const sums = matches.map((match) => {
    const [only] = match.entries;
    if (!match.directory && only !== undefined) return { kind: "file" as const, digest: fileSum(only, match.path, ownerIn(only)) };
    return { kind: "dir" as const, digest: sumOf(match.entries.map((entry) => fileSum(entry, match.path === "" ? entry.name : `${match.path}/${entry.name}`, ownerIn(entry))).sort()) };
  });
  const [only] = sums;
  const summed = only !== undefined && sums.length === 1 ? only : { kind: "multi" as const, digest: sumOf(sums.map((sum) => `${sum.kind}:${sum.digest}`)) };
  return { ...summed, shownTarget, entries };
}

function* isDirectoryIn(engine: Engine, sys: Sys, image: Image, path: string): Blocking<boolean> {
  return yield* withImageRoot(engine, sys, image, function* (root): Blocking<boolean> {
    return isDirectory(sys, `${root}/${path}`);
  });
}

/** A new layer with those entries on top of the image. Undefined when `onlyMissing` and everything is there already. */
export function* copyIntoImage(engine: Engine, sys: Sys, image: Image | undefined, entries: readonly TarEntry[], onlyMissing: boolean): Blocking<{ readonly diffId: string; readonly sizeBytes: number } | undefined> {
  const parents = image?.config.rootfs.diff_ids ?? [];
  let kept: readonly TarEntry[] = entries;
  const modes = new Map<string, { mode: number; uid: number; gid: number }>();
  if (image) {
    kept = yield* withImageRoot(engine, sys, image, function* (root): Blocking<readonly TarEntry[]> {
      const needed: TarEntry[] = [];
      for (const entry of entries) {
        if (sys.charge(10)) yield* sys.preempt();
        // directories above an entry keep the attributes that they have in the image
        const parts = entry.name.split("/");
        for (let length = 1; length < parts.length; length++) {
          const parent = parts.slice(0, length).join("/");
          if (!modes.has(parent) && isDirectory(sys, `${root}/${parent}`)) modes.set(parent, sys.lstat(`${root}/${parent}`));
        }
        if (entry.kind === "directory" && isDirectory(sys, `${root}/${entry.name}`)) {
          if (!onlyMissing) modes.set(entry.name, sys.lstat(`${root}/${entry.name}`));
          continue;
        }
        needed.push(entry);
      }
      return needed;
    });
  }
  if (kept.length === 0) return undefined;
  const upper = `${DOCKER_ROOT}/tmp/${randomHex(sys, 16)}`;
  makeDirectories(sys, upper);
  for (const [path, attributes] of modes) {
    makeDirectories(sys, `${upper}/${path}`);
    sys.chmod(`${upper}/${path}`, attributes.mode & 0o7777);
    sys.chown(`${upper}/${path}`, attributes.uid, attributes.gid);
  }
  for (const entry of kept) yield* unpackEntry(sys, upper, entry);
  const sizeBytes = kept.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const diffId = `sha256:${sha256Hex(encode(`${parents.join(" ")}\n${kept.map((entry) => `${entry.name} ${entry.mode} ${entry.uid} ${entry.gid} ${entry.mtimeUs} ${sha256Hex(entry.bytes)}`).join("\n")}`))}`;
  if (engine.images.layers.has(ImageStore.chainOf([...parents, diffId]))) yield* removeTree(sys, upper);
  else yield* engine.images.adoptLayer(sys, parents, diffId, sizeBytes, upper);
  return { diffId, sizeBytes };
}
