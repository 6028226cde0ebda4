// A container's changes: what they are (docker diff), and the layer that they become (docker commit, RUN).

import { type Blocking, encode, S, type Sys } from "../../kernel/sys.ts";
import { sha256Hex } from "../sha256.ts";
import { entryOf, isDirectory } from "./api/tar.ts";
import { type StoredContainer, upperDirectory } from "./container.ts";
import { DOCKER_ROOT, makeDirectories, randomHex } from "./disk.ts";
import type { Engine } from "./engine.ts";
import { ImageStore } from "./image-store.ts";

export interface Change {
  readonly path: string;
  readonly kind: "added" | "changed" | "deleted";
}

const isWhiteout = (mode: number, rdev: number) => (mode & S.IFMT) === S.IFCHR && rdev === 0;

function existsBelow(sys: Sys, lower: readonly string[], path: string): boolean {
  for (const directory of lower) {
    try {
      const stat = sys.lstat(`${directory}${path}`);
      return !isWhiteout(stat.mode, stat.rdev);
    } catch {
      // not in this layer
    }
  }
  return false;
}

/** Sorted by path, parents first. */
export function* changesOf(engine: Engine, sys: Sys, container: StoredContainer): Blocking<Change[]> {
  const image = engine.images.images.get(container.Image);
  const lower = [`${DOCKER_ROOT}/overlay2/${container.LayerId}-init/diff`, ...engine.images.lowerDirectories(image?.config.rootfs.diff_ids ?? [])];
  const upper = upperDirectory(container);
  const changes: Change[] = [];
  function* walk(path: string): Blocking<void> {
    for (const { name } of sys.readdir(`${upper}${path}`)) {
      if (sys.charge(10)) yield* sys.preempt();
      const at = `${path}/${name}`;
      const stat = sys.lstat(`${upper}${at}`);
      const before = existsBelow(sys, lower, at);
      if (isWhiteout(stat.mode, stat.rdev)) {
        if (before) changes.push({ path: at, kind: "deleted" });
        continue;
      }
      changes.push({ path: at, kind: before ? "changed" : "added" });
      if ((stat.mode & S.IFMT) === S.IFDIR) yield* walk(at);
    }
  }
  yield* walk("");
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Copies the read-write layer into a layer of its own. Undefined when nothing changed. */
export function* commitContainer(engine: Engine, sys: Sys, container: StoredContainer): Blocking<{ readonly diffId: string; readonly sizeBytes: number } | undefined> {
  const upper = upperDirectory(container);
  const parents = engine.images.images.get(container.Image)?.config.rootfs.diff_ids ?? [];
  const copy = `${DOCKER_ROOT}/tmp/${randomHex(sys, 16)}`;
  makeDirectories(sys, copy);
  const facts: string[] = [];
  let sizeBytes = 0;
  const mountPoints = new Set(container.Mounts.map((mount) => mount.Destination));
  function* walk(path: string): Blocking<void> {
    for (const { name } of sys.readdir(`${upper}${path}`).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (sys.charge(20)) yield* sys.preempt();
      const at = `${path}/${name}`;
      if (mountPoints.has(at) && isDirectory(sys, `${upper}${at}`) && sys.readdir(`${upper}${at}`).length === 0) continue;
      const entry = yield* entryOf(sys, `${upper}${at}`, at.slice(1));
      if (!entry) continue;
      facts.push(`${entry.name} ${entry.kind} ${entry.mode} ${entry.uid} ${entry.gid} ${entry.mtimeUs} ${entry.target} ${sha256Hex(entry.bytes)}`);
      sizeBytes += entry.sizeBytes;
      yield* copyEntry(sys, `${upper}${at}`, `${copy}${at}`);
      if (entry.kind === "directory") yield* walk(at);
    }
  }
  yield* walk("");
  if (facts.length === 0) {
    sys.rmdir(copy);
    return undefined;
  }
  const diffId = `sha256:${sha256Hex(encode(`${parents.join(" ")}\n${facts.join("\n")}`))}`;
  if (!engine.images.layers.has(ImageStore.chainOf([...parents, diffId]))) yield* engine.images.adoptLayer(sys, parents, diffId, sizeBytes, copy);
  return { diffId, sizeBytes };
}

/** With owner, mode, times, and the overlay's own marks (whiteouts, opaque directories). */
function* copyEntry(sys: Sys, from: string, to: string): Blocking<void> {
  const stat = sys.lstat(from);
  const type = stat.mode & S.IFMT;
  if (type === S.IFDIR) {
    sys.mkdir(to, 0o755);
    try {
      sys.setxattr(to, "trusted.overlay.opaque", sys.getxattr(from, "trusted.overlay.opaque"));
    } catch {
      // it is not opaque
    }
  } else if (type === S.IFLNK) sys.symlink(sys.readlink(from), to);
  else if (type === S.IFREG) {
    // one inode, two names: the container's layer is removed or goes on by copy-up of its own
    const input = yield* sys.open(from, 0);
    const output = yield* sys.open(to, 0o101, 0o644);
    for (;;) {
      const bytes = yield* sys.read(input, 65_536);
      if (bytes.length === 0) break;
      yield* sys.write(output, bytes);
    }
    sys.close(input);
    sys.close(output);
  } else sys.mknod(to, stat.mode, stat.rdev);
  sys.chown(to, stat.uid, stat.gid, false);
  if (type !== S.IFLNK) sys.chmod(to, stat.mode & 0o7777);
  sys.utimes(to, stat.atimeUs, stat.mtimeUs, false);
}

export function* upperSizeBytes(sys: Sys, container: StoredContainer): Blocking<number> {
  let size = 0;
  function* walk(path: string): Blocking<void> {
    for (const { name } of sys.readdir(path)) {
      if (sys.charge(5)) yield* sys.preempt();
      const stat = sys.lstat(`${path}/${name}`);
      if ((stat.mode & S.IFMT) === S.IFDIR) yield* walk(`${path}/${name}`);
      else if ((stat.mode & S.IFMT) === S.IFREG) size += stat.sizeBytes;
    }
  }
  yield* walk(upperDirectory(container));
  return size;
}
