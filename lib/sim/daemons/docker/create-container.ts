// POST /containers/create: checks the wish, joins it with the image's configuration, makes the read-write layer and the files.

import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { isCapability } from "./container-init.ts";
import { containerDirectory, type HostConfig, type MountPoint, type RestartPolicy, type StoredContainer, ZERO_TIME } from "./container.ts";
import { DOCKER_ROOT, makeDirectories, randomHex } from "./disk.ts";
import { type Engine, EngineError } from "./engine.ts";
import type { ContainerConfig, Image } from "./image-store.ts";
import { generatedName } from "./name-generator.ts";

export interface CreateRequest {
  readonly name: string;
  readonly config: ContainerConfig;
  readonly host: HostConfig;
  readonly networkAliases: readonly string[];
  readonly address: string;
  readonly mac: string;
}

const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const CPUS = 2;
const LOG_DRIVERS = new Set(["json-file", "local", "none", "journald", "syslog", "gelf", "fluentd", "awslogs", "splunk", "etwlogs", "gcplogs", "logentries"]);
const LOG_OPTIONS = new Map([["json-file", new Set(["max-file", "max-size", "compress", "labels", "labels-regex", "env", "env-regex", "tag", "mode", "max-buffer-size"])], ["local", new Set(["max-file", "max-size", "compress", "mode", "max-buffer-size"])]]);

/** "0-2,5" */
function cpusOf(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [from = "0", to = from] = part.split("-");
    return Array.from({ length: Math.max(0, Math.min(1024, Number(to) - Number(from) + 1)) }, (_none, place) => Number(from) + place);
  });
}

const MINIMUM_MEMORY = 6 * 1024 * 1024;

function checkHost(host: HostConfig, hostname: string): void {
  if (hostname !== "" && host.UTSMode === "host") throw new EngineError(400, "conflicting options: hostname and the UTS mode");
  if (hostname !== "" && host.NetworkMode === "host") throw new EngineError(400, "conflicting options: hostname and the network mode");
  if (host.Isolation !== undefined && host.Isolation !== "" && host.Isolation !== "default") throw new EngineError(400, `Invalid isolation: "${host.Isolation}" - linux only supports 'default'`);
  if (host.Runtime !== undefined && !["", "runc", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux"].includes(host.Runtime)) throw new EngineError(400, `Unknown runtime specified ${host.Runtime}`);
  for (const mount of host.Mounts ?? []) if (!["bind", "volume", "tmpfs"].includes(mount.Type)) throw new EngineError(400, `invalid mount config for type "${mount.Type}": mount type unknown`);
  if (host.Memory > 0 && host.Memory < MINIMUM_MEMORY) throw new EngineError(400, "Minimum memory limit allowed is 6MB");
  if (host.Memory > 0 && host.MemorySwap > 0 && host.MemorySwap < host.Memory) throw new EngineError(400, "Minimum memoryswap limit should be larger than memory limit, see usage");
  if (host.Memory === 0 && host.MemorySwap > 0) throw new EngineError(400, "You should always set the Memory limit when using Memoryswap limit, see usage");
  if (host.Memory > 0 && host.MemoryReservation > host.Memory) throw new EngineError(400, "Minimum memory limit can not be less than memory reservation limit, see usage");
  if (host.NanoCpus > 0 && host.CpuQuota > 0) throw new EngineError(400, "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
  if (host.NanoCpus > 0 && host.CpuPeriod > 0) throw new EngineError(400, "Conflicting options: Nano CPUs and CPU Period cannot both be set");
  if (host.NanoCpus < 0 || host.NanoCpus > 2_000_000_000) throw new EngineError(400, "Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available");
  const policy: RestartPolicy = host.RestartPolicy;
  if (!["", "no", "always", "unless-stopped", "on-failure"].includes(policy.Name)) throw new EngineError(400, `invalid restart policy '${policy.Name}'`);
  if (policy.MaximumRetryCount !== 0 && policy.Name !== "on-failure") throw new EngineError(400, `maximum retry count cannot be used with restart policy '${policy.Name}'`);
  if (host.AutoRemove && policy.Name !== "" && policy.Name !== "no") throw new EngineError(400, "can't create 'AutoRemove' container with restart policy");
  if (host.CpusetCpus !== "" && cpusOf(host.CpusetCpus).some((cpu) => cpu >= CPUS)) throw new EngineError(400, `Requested CPUs are not available - requested ${host.CpusetCpus}, available: 0-${CPUS - 1}`);
  const driver = host.LogConfig.Type;
  if (!LOG_DRIVERS.has(driver)) throw new EngineError(400, `error looking up logging plugin ${driver}: plugin "${driver}" not found`);
  const unknown = Object.keys(host.LogConfig.Config).find((option) => !(LOG_OPTIONS.get(driver)?.has(option) ?? true));
  if (unknown !== undefined) throw new EngineError(400, `unknown log opt '${unknown}' for ${driver} log driver`);
  for (const name of [...(host.CapAdd ?? []), ...(host.CapDrop ?? [])]) if (!isCapability(name)) throw new EngineError(400, `invalid ${(host.CapAdd ?? []).includes(name) ? "CapAdd" : "CapDrop"}: unknown capability: "CAP_${name.toUpperCase().replace(/^CAP_/, "")}"`);
}

/** The image's environment under the container's own. */
function mergeEnvironment(image: readonly string[] | null, own: readonly string[] | null): string[] {
  const merged = [...(own ?? [])];
  const names = new Set(merged.map((entry) => entry.split("=")[0]));
  return [...merged, ...(image ?? []).filter((entry) => !names.has(entry.split("=")[0] ?? ""))];
}

/** runconfig.Merge: what the command line left open comes from the image. */
function mergeConfig(wanted: ContainerConfig, image: Image | undefined): ContainerConfig {
  if (!image) return wanted;
  const of = image.config.config;
  const entrypointGiven = wanted.Entrypoint !== null;
  const merged: ContainerConfig = {
    ...wanted,
    User: wanted.User === "" ? of.User : wanted.User,
    Env: mergeEnvironment(of.Env, wanted.Env),
    Labels: { ...of.Labels, ...wanted.Labels },
    WorkingDir: wanted.WorkingDir === "" ? of.WorkingDir : wanted.WorkingDir,
    Cmd: wanted.Cmd !== null && wanted.Cmd.length > 0 ? wanted.Cmd : entrypointGiven ? wanted.Cmd : of.Cmd,
    Entrypoint: entrypointGiven ? (wanted.Entrypoint?.join("") === "" ? null : wanted.Entrypoint) : of.Entrypoint,
    Volumes: { ...of.Volumes, ...wanted.Volumes },
    OnBuild: null,
  };
  if (of.ExposedPorts || wanted.ExposedPorts) merged.ExposedPorts = { ...of.ExposedPorts, ...wanted.ExposedPorts };
  if (Object.keys(merged.Volumes ?? {}).length === 0) merged.Volumes = null;
  const stopSignal = wanted.StopSignal ?? of.StopSignal;
  if (stopSignal !== undefined) merged.StopSignal = stopSignal;
  const health = wanted.Healthcheck ? { ...of.Healthcheck, ...wanted.Healthcheck } : of.Healthcheck;
  if (health) merged.Healthcheck = health;
  return merged;
}

function* bindMount(engine: Engine, sys: Sys, spec: string, created: string): Blocking<MountPoint> {
  const parts = spec.split(":");
  const invalid = () => new EngineError(400, `invalid volume specification: '${spec}'`);
  if (parts.length > 3 || parts[0] === "" || parts[1] === "") throw invalid();
  const [first = "", second, third] = parts;
  const target = second ?? first;
  const mode = third ?? "";
  if (!target.startsWith("/")) throw new EngineError(400, `invalid volume specification: '${spec}': invalid mount config for type "${first.startsWith("/") ? "bind" : "volume"}": invalid mount path: '${target}' mount path must be absolute`);
  if (target.replace(/\/+$/, "") === "") throw new EngineError(400, `invalid volume specification: '${spec}': invalid mount config for type "${first.startsWith("/") ? "bind" : "volume"}": invalid specification: destination can't be '/'`);
  if (mode !== "" && !mode.split(",").every((word) => ["ro", "rw", "z", "Z", "nocopy", "cached", "delegated", "consistent", "rprivate", "private", "rshared", "shared", "rslave", "slave"].includes(word))) throw new EngineError(400, `invalid mode: ${mode}`);
  const writable = !mode.split(",").includes("ro");
  const destination = target.replace(/\/+$/, "");
  if (second === undefined) return yield* volumeMount(engine, sys, randomHex(sys, 64), destination, "", true, created);
  if (first.startsWith("/")) {
    const source = first.replace(/\/+$/, "") || "/";
    if (!pathExists(sys, source)) makeDirectories(sys, source);
    return { Type: "bind", Source: source, Destination: destination, Mode: mode, RW: writable, Propagation: "rprivate" };
  }
  return yield* volumeMount(engine, sys, first, destination, mode === "" ? "z" : mode, writable, created);
}

function pathExists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* volumeMount(engine: Engine, sys: Sys, name: string, destination: string, mode: string, writable: boolean, created: string): Blocking<MountPoint> {
  const known = engine.volumes.volumes.has(name);
  const volume = yield* engine.volumes.create(sys, name, created);
  if (!known) yield* engine.emit(sys, "volume", "create", name, [["driver", "local"]]);
  return { Type: "volume", Name: name, Source: volume.Mountpoint, Destination: destination, Driver: "local", Mode: mode, RW: writable, Propagation: "" };
}

function* mountPoints(engine: Engine, sys: Sys, config: ContainerConfig, host: HostConfig, created: string): Blocking<MountPoint[]> {
  const mounts = new Map<string, MountPoint>();
  for (const from of host.VolumesFrom ?? []) {
    const [name = "", mode] = from.split(":");
    for (const mount of engine.container(name).Mounts) mounts.set(mount.Destination, { ...mount, RW: mode === "ro" ? false : mount.RW, Mode: "" });
  }
  for (const spec of host.Binds ?? []) {
    const mount = yield* bindMount(engine, sys, spec, created);
    if ((host.Binds ?? []).filter((other) => (other.split(":")[1] ?? other) === mount.Destination).length > 1) throw new EngineError(400, `Duplicate mount point: ${mount.Destination}`);
    mounts.set(mount.Destination, mount);
  }
  for (const mount of host.Mounts ?? []) {
    if (mount.Type === "bind") {
      if (!pathExists(sys, mount.Source)) throw new EngineError(400, `invalid mount config for type "bind": bind source path does not exist: ${mount.Source}`);
      mounts.set(mount.Target, { Type: "bind", Source: mount.Source, Destination: mount.Target, Mode: "", RW: !mount.ReadOnly, Propagation: "rprivate" });
    } else if (mount.Type === "volume") mounts.set(mount.Target, yield* volumeMount(engine, sys, mount.Source === "" ? randomHex(sys, 64) : mount.Source, mount.Target, "z", !mount.ReadOnly, created));
    else mounts.set(mount.Target, { Type: "tmpfs", Source: "", Destination: mount.Target, Mode: mount.Options ?? "", RW: !mount.ReadOnly, Propagation: "" });
  }
  for (const [target, options] of Object.entries(host.Tmpfs ?? {})) mounts.set(target, { Type: "tmpfs", Source: "", Destination: target, Mode: options, RW: true, Propagation: "" });
  for (const target of Object.keys(config.Volumes ?? {})) if (!mounts.has(target)) mounts.set(target, yield* volumeMount(engine, sys, randomHex(sys, 64), target, "", true, created));
  return [...mounts.values()];
}

/** Returns the container. Errors: EngineError, ImageError, VolumeError. */
export function* createContainer(engine: Engine, sys: Sys, request: CreateRequest): Blocking<StoredContainer> {
  const image = engine.images.find(request.config.Image);
  checkHost(request.host, request.config.Hostname);
  let name = request.name.replace(/^\//, "");
  if (name === "") {
    do name = generatedName(sys.random(6));
    while (name === "boring_wozniak" || [...engine.containers.values()].some((container) => container.Name === name));
  } else if (!namePattern.test(name)) throw new EngineError(400, `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  const conflict = [...engine.containers.values()].find((container) => container.Name === name);
  if (conflict) throw new EngineError(409, `Conflict. The container name "/${name}" is already in use by container "${conflict.Id}". You have to remove (or rename) that container to be able to reuse that name.`);
  const id = randomHex(sys, 64);
  const created = engine.now(sys);
  const config = mergeConfig(request.config, image);
  const argv = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
  if (argv.length === 0 || argv[0] === "") throw new EngineError(400, "No command specified");
  if (config.WorkingDir !== "" && !config.WorkingDir.startsWith("/")) throw new EngineError(400, `the working directory '${config.WorkingDir}' is invalid, it needs to be an absolute path`);
  const mode = request.host.NetworkMode === "default" || request.host.NetworkMode === "" ? "bridge" : request.host.NetworkMode;
  if (config.Hostname === "" && mode !== "host" && !mode.startsWith("container:")) config.Hostname = id.slice(0, 12);
  const mounts = yield* mountPoints(engine, sys, config, request.host, created);
  const layerId = randomHex(sys, 64);
  for (const part of ["diff", "work", "merged"]) makeDirectories(sys, `${DOCKER_ROOT}/overlay2/${layerId}/${part}`);
  makeInitLayer(sys, layerId, mounts);
  makeDirectories(sys, containerDirectory(id));
  const container: StoredContainer = {
    Id: id, Created: created, Name: name, Image: image.id, Path: argv[0] ?? "", Args: argv.slice(1), Config: config, HostConfig: { ...request.host, NetworkMode: request.host.NetworkMode === "" ? "default" : request.host.NetworkMode },
    State: { Status: "created", Running: false, Paused: false, Restarting: false, OOMKilled: false, Dead: false, Pid: 0, ExitCode: 0, Error: "", StartedAt: ZERO_TIME, FinishedAt: ZERO_TIME },
    RestartCount: 0, Mounts: mounts, Ports: {}, StoppedByHand: false, LayerId: layerId,
    Networks: mode.startsWith("container:") ? {} : {
      [mode]: { NetworkID: "", EndpointID: "", Gateway: "", IPAddress: "", IPPrefixLen: 0, MacAddress: request.mac, Aliases: mode === "bridge" || mode === "host" || mode === "none" ? null : [...request.networkAliases, id.slice(0, 12)], WantedAddress: request.address },
    },
  };
  engine.containers.set(id, container);
  yield* engine.save(sys, container);
  yield* engine.emitContainer(sys, "create", container);
  return container;
}

/** Files that docker puts into every container below the read-write layer, so that bind mounts find their places. */
function makeInitLayer(sys: Sys, layerId: string, mounts: readonly MountPoint[]): void {
  const root = `${DOCKER_ROOT}/overlay2/${layerId}-init/diff`;
  for (const name of ["dev/console", "etc/hostname", "etc/hosts", "etc/resolv.conf", ".dockerenv"]) {
    const path = `${root}/${name}`;
    makeDirectories(sys, path.slice(0, path.lastIndexOf("/")));
    sys.mknod(path, S.IFREG | 0o755, 0);
  }
  for (const name of ["dev/pts", "dev/shm", "proc", "sys"]) makeDirectories(sys, `${root}/${name}`);
  if (!mounts.some((mount) => mount.Destination === "/etc/mtab")) sys.symlink("/proc/mounts", `${root}/etc/mtab`);
}
