// Volumes of the local driver: directories below /var/lib/docker/volumes.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { DOCKER_ROOT, exists, makeDirectories, readText, removeTree, writeText } from "./disk.ts";

export interface Volume {
  readonly CreatedAt: string;
  readonly Driver: "local";
  readonly Labels: Record<string, string> | null;
  readonly Mountpoint: string;
  readonly Name: string;
  readonly Options: Record<string, string> | null;
  readonly Scope: "local";
}

export class VolumeError extends Error {
  readonly status: 400 | 404 | 409;
  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

const VOLUMES = `${DOCKER_ROOT}/volumes`;

export class VolumeStore {
  readonly volumes = new Map<string, Volume>();

  *load(sys: Sys): Blocking<void> {
    if (!exists(sys, VOLUMES)) return;
    for (const { name } of sys.readdir(VOLUMES)) {
      const text = yield* readText(sys, `${VOLUMES}/${name}/opts.json`);
      if (text !== undefined) this.volumes.set(name, JSON.parse(text) as Volume);
    }
  }

  /** Idempotent. Errors: VolumeError 400 for a bad name. */
  *create(sys: Sys, name: string, created: string, labels: Record<string, string> | null = null, options: Record<string, string> | null = null): Blocking<Volume> {
    const known = this.volumes.get(name);
    if (known) return known;
    if (name.length < 2) throw new VolumeError(400, `create ${name}: volume name is too short, names should be at least two alphanumeric characters`);
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) throw new VolumeError(400, `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`);
    const volume: Volume = { CreatedAt: created, Driver: "local", Labels: labels, Mountpoint: `${VOLUMES}/${name}/_data`, Name: name, Options: options, Scope: "local" };
    makeDirectories(sys, volume.Mountpoint);
    yield* writeText(sys, `${VOLUMES}/${name}/opts.json`, JSON.stringify(volume), 0o600);
    this.volumes.set(name, volume);
    return volume;
  }

  /** Errors: VolumeError 404. */
  find(name: string): Volume {
    const volume = this.volumes.get(name);
    if (!volume) throw new VolumeError(404, `get ${name}: no such volume`);
    return volume;
  }

  sorted(): Volume[] {
    return [...this.volumes.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1));
  }

  *remove(sys: Sys, volume: Volume): Blocking<void> {
    this.volumes.delete(volume.Name);
    yield* removeTree(sys, `${VOLUMES}/${volume.Name}`);
  }
}
