// Starting a container: overlay, cgroup, shim and first process, network, streams; and what follows its end (status, restart, removal).
// (More than 400 lines: one start, in runc's order; what fails undoes what was done.)

import { type Blocking, decode, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { InitError, runInit } from "./container-init.ts";
import { closeQuietly } from "./container-io.ts";
import { containerDirectory, type Endpoint, mergedDirectory, type StoredContainer, upperDirectory } from "./container.ts";
import { DOCKER_ROOT, exists, makeDirectories, randomHex, readText, writeText } from "./disk.ts";
import { resolvConf, startEmbeddedDns, stopEmbeddedDns, upstreamServers } from "./embedded-dns.ts";
import { type Engine, EngineError, type Runtime } from "./engine.ts";
import { watchHealth } from "./health.ts";
import { bringUpLoopback, bridgeName, isBridged, isUserNetwork, linkNamed, macOf, type Network, NetworkError, plugIn, removeCable } from "./networks.ts";
import { choosePorts, startProxies, stopProxies } from "./ports.ts";
import { signalNumber } from "./stop-container.ts";
import { removeContainer } from "./remove-container.ts";

const DEFAULT_STOP_US = 10_000_000;
const STOP_POLL_US = 50_000;
const CGROUP_ROOT = "/sys/fs/cgroup";
const DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

function* writeKnob(sys: Sys, path: string, text: string): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CLOEXEC);
    yield* sys.write(fd, encode(text));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** The scope in system.slice, as the systemd driver makes it, with the limits of the command line. */
function* makeCgroup(sys: Sys, container: StoredContainer): Blocking<string> {
  const { HostConfig: host } = container;
  const scope = `${CGROUP_ROOT}/system.slice/docker-${container.Id}.scope`;
  yield* writeKnob(sys, `${CGROUP_ROOT}/cgroup.subtree_control`, "+memory +pids +cpu +cpuset");
  makeDirectories(sys, `${CGROUP_ROOT}/system.slice`);
  yield* writeKnob(sys, `${CGROUP_ROOT}/system.slice/cgroup.subtree_control`, "+memory +pids +cpu +cpuset");
  makeDirectories(sys, scope);
  yield* applyLimits(sys, scope, host);
  return scope;
}

export function* applyLimits(sys: Sys, scope: string, host: StoredContainer["HostConfig"]): Blocking<void> {
  if (host.Memory > 0) {
    yield* writeKnob(sys, `${scope}/memory.max`, String(host.Memory));
    const swap = host.MemorySwap === 0 ? host.Memory : host.MemorySwap < 0 ? "max" : host.MemorySwap - host.Memory;
    yield* writeKnob(sys, `${scope}/memory.swap.max`, String(swap));
  }
  if (host.MemoryReservation > 0) yield* writeKnob(sys, `${scope}/memory.low`, String(host.MemoryReservation));
  if (host.PidsLimit !== null && host.PidsLimit > 0) yield* writeKnob(sys, `${scope}/pids.max`, String(host.PidsLimit));
  if (host.NanoCpus > 0) yield* writeKnob(sys, `${scope}/cpu.max`, `${Math.round(host.NanoCpus / 10_000)} 100000`);
  if (host.CpuQuota > 0) yield* writeKnob(sys, `${scope}/cpu.max`, `${host.CpuQuota} ${host.CpuPeriod || 100_000}`);
  // OCI's conversion of cpu.shares (2..262144) to cpu.weight (1..10000)
  if (host.CpuShares > 0) yield* writeKnob(sys, `${scope}/cpu.weight`, String(1 + Math.floor(((host.CpuShares - 2) * 9999) / 262_142)));
  if (host.CpusetCpus !== "") yield* writeKnob(sys, `${scope}/cpuset.cpus`, host.CpusetCpus);
}

function mountRoot(engine: Engine, sys: Sys, container: StoredContainer): void {
  const image = engine.images.images.get(container.Image);
  const lower = [`${DOCKER_ROOT}/overlay2/${container.LayerId}-init/diff`, ...engine.images.lowerDirectories(image?.config.rootfs.diff_ids ?? [])];
  sys.mount("overlay", mergedDirectory(container), "overlay", {}, `lowerdir=${lower.join(":")},upperdir=${upperDirectory(container)},workdir=${DOCKER_ROOT}/overlay2/${container.LayerId}/work`);
}

function* writeHostFiles(engine: Engine, sys: Sys, container: StoredContainer): Blocking<void> {
  const directory = containerDirectory(container.Id);
  const hostname = container.Config.Hostname;
  const own = Object.values(container.Networks).filter((endpoint) => endpoint.IPAddress !== "").map((endpoint) => `${endpoint.IPAddress}\t${container.Config.Domainname === "" ? hostname : `${hostname}.${container.Config.Domainname} ${hostname}`}`);
  const extra = (container.HostConfig.ExtraHosts ?? []).map((entry) => {
    const colon = entry.indexOf(":");
    const address = entry.slice(colon + 1);
    return `${address === "host-gateway" ? "172.17.0.1" : address}\t${entry.slice(0, colon)}`;
  });
  const links = (container.HostConfig.Links ?? []).flatMap((link) => {
    const [target = "", alias = ""] = link.split(":");
    const other = engine.container(target);
    const address = other.Networks.bridge?.IPAddress ?? "";
    return address === "" ? [] : [`${address}\t${[alias === "" ? other.Name : alias, other.Config.Hostname, ...(alias === "" || alias === other.Name ? [] : [other.Name])].join(" ")}`];
  });
  yield* writeText(sys, `${directory}/hostname`, `${hostname}\n`);
  yield* writeText(sys, `${directory}/hosts`, `${["127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback", "fe00::0\tip6-localnet", "ff00::0\tip6-mcastprefix", "ff02::1\tip6-allnodes", "ff02::2\tip6-allrouters", ...extra, ...links, ...own].join("\n")}\n`);
  yield* writeText(sys, `${directory}/resolv.conf`, resolvConf((yield* readText(sys, "/etc/resolv.conf")) ?? "", container.HostConfig, Object.keys(container.Networks).some(isUserNetwork)));
}

/** When the container is on a user network: from its start, or from when it is connected to one. */
export function* ensureEmbeddedDns(engine: Engine, sys: Sys, container: StoredContainer, runtime: Runtime, pid: number): Blocking<void> {
  if (runtime.resolver !== undefined || !Object.keys(container.Networks).some(isUserNetwork)) return;
  const host = (yield* readText(sys, "/etc/resolv.conf")) ?? "";
  const reaches = Object.values(container.Networks).some((endpoint) => endpoint.NetworkID !== "" && !engine.networks.find(endpoint.NetworkID).Internal);
  yield* startEmbeddedDns(engine, sys, container, runtime, pid, reaches ? upstreamServers(host, container.HostConfig.Dns) : []);
  yield* writeText(sys, `${containerDirectory(container.Id)}/resolv.conf`, resolvConf(host, container.HostConfig, true));
}

/** Addresses of the container's endpoints, before its files are written. */
function leaseAddresses(engine: Engine, sys: Sys, container: StoredContainer): void {
  for (const [name, endpoint] of Object.entries(container.Networks)) {
    // a network of the same name that was made later is another one
    const network = engine.networks.find(endpoint.NetworkID !== "" ? endpoint.NetworkID : name === "default" ? "bridge" : name);
    endpoint.NetworkID = network.Id;
    endpoint.EndpointID = randomHex(sys, 64);
    if (!isBridged(network)) continue;
    const wanted = endpoint.WantedAddress;
    if (wanted !== "" && !network.UserSubnet && isUserNetwork(network.Name)) throw new NetworkError(400, "user specified IP address is supported only when connecting to networks with user configured subnets");
    fillEndpoint(endpoint, network, engine.networks.lease(network, endpoint.EndpointID, wanted));
  }
}

export function fillEndpoint(endpoint: Endpoint, network: Network, address: string): void {
  endpoint.IPAddress = address;
  endpoint.Gateway = network.Internal ? "" : network.Gateway;
  endpoint.IPPrefixLen = Number(network.Subnet.split("/")[1] ?? 16);
  if (endpoint.MacAddress === "") endpoint.MacAddress = macOf(address);
}

function releaseAddresses(engine: Engine, container: StoredContainer): void {
  for (const endpoint of Object.values(container.Networks)) {
    engine.networks.release(endpoint.NetworkID, endpoint.EndpointID);
    Object.assign(endpoint, { EndpointID: "", Gateway: "", IPAddress: "", IPPrefixLen: 0, MacAddress: "" });
  }
}

interface Pipes {
  /** what the container's process gets as 0, 1, 2 */
  readonly inner: readonly number[];
  /** ends to be closed in the daemon once the shim has its copies */
  readonly given: readonly number[];
  readonly terminal: string | undefined;
}

function openStreams(sys: Sys, container: StoredContainer, runtime: Runtime): { pipes: Pipes; pumps: readonly (readonly [number, "stdout" | "stderr"])[] } {
  const { io } = runtime;
  if (container.Config.Tty) {
    const { master, slavePath } = sys.openpt();
    io.master = master;
    io.openInput(sys, master);
    return { pipes: { inner: [], given: [], terminal: slavePath }, pumps: [[master, "stdout"]] };
  }
  const [outRead, outWrite] = sys.pipe();
  const [errRead, errWrite] = sys.pipe();
  const given = [outWrite, errWrite];
  let inRead: number | undefined;
  if (container.Config.OpenStdin) {
    const [read, write] = sys.pipe();
    inRead = read;
    io.openInput(sys, write);
    given.push(read);
  }
  return { pipes: { inner: [inRead ?? -1, outWrite, errWrite], given, terminal: undefined }, pumps: [[outRead, "stdout"], [errRead, "stderr"]] };
}

function environmentOf(container: StoredContainer): Map<string, string> {
  const environment = new Map<string, string>();
  const entries = [...(container.Config.Env ?? [])];
  if (!entries.some((entry) => entry.startsWith("PATH="))) entries.unshift(DEFAULT_PATH);
  const put = (entry: string) => {
    const equals = entry.indexOf("=");
    if (equals > 0) environment.set(entry.slice(0, equals), entry.slice(equals + 1));
  };
  put(entries.find((entry) => entry.startsWith("PATH=")) ?? DEFAULT_PATH);
  environment.set("HOSTNAME", container.Config.Hostname);
  if (container.Config.Tty) environment.set("TERM", "xterm");
  for (const entry of entries) put(entry);
  return environment;
}

/** Waits for one line (up to newline or end) on a pipe. */
function* readLine(sys: Sys, fd: number, before: { text: string }): Blocking<string | undefined> {
  for (;;) {
    const newline = before.text.indexOf("\n");
    if (newline >= 0) {
      const line = before.text.slice(0, newline);
      before.text = before.text.slice(newline + 1);
      return line;
    }
    const bytes = yield* sys.read(fd, 4096);
    if (bytes.length === 0) return undefined;
    before.text += decode(bytes);
  }
}

/** Errors: EngineError; the container then is in state "created" with State.Error and the exit code of docker run. */
export function* startContainer(engine: Engine, sys: Sys, container: StoredContainer): Blocking<void> {
  if (container.State.Running && !container.State.Restarting) return;
  const runtime = engine.runtime(sys, container);
  let cleanNetwork = false;
  try {
    const shared = /^container:(.+)$/.exec(container.HostConfig.NetworkMode)?.[1];
    const sharedPid = shared === undefined ? undefined : runningPid(engine, shared);
    leaseAddresses(engine, sys, container);
    cleanNetwork = true;
    for (const { PathOnHost } of container.HostConfig.Devices) if (!exists(sys, PathOnHost)) throw new EngineError(500, `error gathering device information while adding custom device ${JSON.stringify(PathOnHost)}: no such file or directory`);
    container.Ports = choosePorts(engine, sys, container);
    yield* writeHostFiles(engine, sys, container);
    mountRoot(engine, sys, container);
    const scope = yield* makeCgroup(sys, container);
    runtime.cgroup = scope;
    const { pipes, pumps } = openStreams(sys, container, runtime);
    yield* launch(engine, sys, container, runtime, pipes, pumps, sharedPid);
  } catch (error) {
    if (cleanNetwork) releaseAddresses(engine, container);
    container.Ports = {};
    yield* stopProxies(sys, runtime);
    stopEmbeddedDns(sys, runtime);
    try {
      sys.umount(mergedDirectory(container), { lazy: true });
    } catch {
      // it was never mounted
    }
    yield* removeGroup(sys, runtime.cgroup);
    runtime.io.finish(sys);
    engine.runtimes.delete(container.Id);
    const message = error instanceof InitError ? `failed to create shim task: OCI runtime create failed: runc create failed: ${error.message}` : error instanceof Error ? error.message : String(error);
    const status = error instanceof InitError ? error.status : 128;
    container.State = { ...container.State, Status: "created", Running: false, Pid: 0, ExitCode: status, Error: message };
    yield* engine.save(sys, container);
    if (error instanceof InitError) throw new EngineError(error.status === 125 ? 500 : 400, message);
    throw error;
  }
}

/** A daemon that begins ends what an earlier one left running: asks as `docker stop` does, then takes the rest away (without live-restore). */
export function* endLeftBehind(engine: Engine, sys: Sys): Blocking<void> {
  const left: { readonly container: StoredContainer; readonly cgroup: string; readonly pid: number }[] = [];
  for (const container of engine.leftBehind.splice(0)) {
    const cgroup = `${CGROUP_ROOT}/system.slice/docker-${container.Id}.scope`;
    const first = (yield* readText(sys, `${cgroup}/cgroup.procs`))?.split("\n")[0] ?? "";
    if (first !== "") {
      left.push({ container, cgroup, pid: Number(first) });
      yield* writeKnob(sys, `${cgroup}/cgroup.freeze`, "0");
      sys.kill(Number(first), signalNumber(container.Config.StopSignal ?? "SIGTERM"));
    } else yield* removeGroup(sys, cgroup);
    try {
      sys.umount(mergedDirectory(container), { lazy: true });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  for (let waitedUs = 0; left.length > 0 && waitedUs < DEFAULT_STOP_US; waitedUs += STOP_POLL_US) {
    yield* sys.sleep(STOP_POLL_US);
    for (const [index, one] of [...left.entries()].reverse()) {
      if (((yield* readText(sys, `${one.cgroup}/cgroup.procs`)) ?? "") !== "") continue;
      one.container.State = { ...one.container.State, ExitCode: 0, FinishedAt: engine.now(sys) };
      yield* removeGroup(sys, one.cgroup);
      left.splice(index, 1);
    }
  }
  for (const { container, cgroup } of left) {
    yield* writeKnob(sys, `${cgroup}/cgroup.kill`, "1");
    yield* removeGroup(sys, cgroup);
    container.State = { ...container.State, ExitCode: 128 + SIGNALS.KILL, FinishedAt: engine.now(sys) };
    yield* engine.save(sys, container);
  }
}

/** Its process was killed a moment ago: until the shim has reaped it the group is busy. */
function* removeGroup(sys: Sys, path: string): Blocking<void> {
  for (let tries = 0; path !== "" && tries < 100; tries++) {
    try {
      sys.rmdir(path);
      return;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EBUSY") return;
      yield* sys.sleep(10_000);
    }
  }
}

function runningPid(engine: Engine, name: string): number {
  const other = engine.container(name);
  if (!other.State.Running) throw new EngineError(409, `cannot join network of a non running container: ${other.Id}`);
  return other.State.Pid;
}

function* launch(engine: Engine, sys: Sys, container: StoredContainer, runtime: Runtime, pipes: Pipes, pumps: readonly (readonly [number, "stdout" | "stderr"])[], sharedPid: number | undefined): Blocking<void> {
  const { HostConfig: host } = container;
  const [goRead, goWrite] = sys.pipe();
  const [statusRead, statusWrite] = sys.pipe();
  const [exitRead, exitWrite] = sys.pipe();
  const hostNetwork = host.NetworkMode === "host";
  const directory = containerDirectory(container.Id);
  const plan = {
    container, rootfs: mergedDirectory(container), environment: environmentOf(container), terminal: pipes.terminal, ownNetwork: !hostNetwork && sharedPid === undefined,
    files: { hosts: `${directory}/hosts`, hostname: `${directory}/hostname`, resolvConf: `${directory}/resolv.conf` },
    hostname: hostNetwork && container.Config.Hostname === "" ? sys.uname().nodename : container.Config.Hostname,
  };

  function* init(inner: Sys): Blocking<number> {
    inner.setTitle("runc:[2:INIT]", ["runc", "init"]);
    for (const fd of inner.descriptors()) if (![goRead, statusWrite, ...pipes.inner].includes(fd)) inner.close(fd);
    if (plan.ownNetwork) {
      // no network of docker's has IPv6 unless it was asked for; links that come up later are told here
      yield* writeKnob(inner, "/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
    }
    yield* writeKnob(inner, "/proc/self/oom_score_adj", String(host.OomScoreAdj));
    yield* inner.write(statusWrite, encode("prepared\n"));
    yield* inner.read(goRead, 1);
    for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP, SIGNALS.PIPE]) inner.sigaction(signal, "default");
    inner.setsid();
    if (sharedPid !== undefined) {
      const fd = yield* inner.open(`/proc/${sharedPid}/ns/net`, O.RDONLY | O.CLOEXEC);
      inner.setns(fd, "net");
      inner.close(fd);
    }
    if (pipes.terminal !== undefined) {
      const slave = yield* inner.open(pipes.terminal, O.RDWR);
      inner.setControllingTerminal(slave);
      moveStreams(inner, [slave, slave, slave], [statusWrite]);
    } else {
      const nothing = yield* inner.open("/dev/null", O.RDONLY);
      const [input = -1, output = -1, errors = -1] = pipes.inner;
      moveStreams(inner, [input < 0 ? nothing : input, output, errors], [statusWrite]);
    }
    const status = inner.dup(statusWrite, 10);
    inner.setCloexec(status, true);
    for (const fd of inner.descriptors()) if (fd > 2 && fd !== status) inner.close(fd);
    try {
      // not with the others: its root is the group of who asks for it, and that is the container's own only now (cgroup_namespaces(7))
      inner.unshare(["cgroup"]);
      return yield* runInit(inner, plan);
    } catch (error) {
      const failure = error instanceof InitError ? error : error instanceof SysError ? new InitError(125, `unable to start container process: ${error.message.toLowerCase()}: unknown`) : undefined;
      if (!failure) throw error;
      yield* inner.write(status, encode(`error ${failure.status} ${failure.message}\n`));
      return failure.status;
    }
  }

  function* shim(own: Sys): Blocking<number> {
    own.setsid();
    own.sigaction(SIGNALS.PIPE, "ignore");
    own.setTitle("containerd-shim", ["/usr/bin/containerd-shim-runc-v2", "-namespace", "moby", "-id", container.Id, "-address", "/run/containerd/containerd.sock"]);
    own.prctl("child-subreaper", 1);
    for (const fd of own.descriptors()) if (![goRead, statusWrite, exitWrite, ...pipes.inner].includes(fd)) own.close(fd);
    const kinds = ["mnt", ...(host.PidMode === "host" ? [] : (["pid"] as const)), ...(plan.ownNetwork ? (["net"] as const) : []), ...(host.UTSMode === "host" ? [] : (["uts"] as const)), ...(host.IpcMode === "host" ? [] : (["ipc"] as const))] as const;
    const pid = own.fork(init, { newNamespaces: [...kinds], cgroup: runtime.cgroup.slice(CGROUP_ROOT.length) });
    yield* own.write(statusWrite, encode(`pid ${pid}\n`));
    own.close(statusWrite);
    own.close(goRead);
    for (const fd of pipes.inner) if (fd >= 0) closeQuietly(own, fd);
    for (;;) {
      const waited = yield* own.waitpid(-1);
      if (waited?.pid !== pid) continue;
      const status = waited.status.kind === "exited" ? waited.status.status : waited.status.kind === "signaled" ? 128 + waited.status.signal : 0;
      try {
        yield* own.write(exitWrite, encode(`${status}\n`));
      } catch (error) {
        // the daemon is gone, or has given up on the start
        if (!(error instanceof SysError)) throw error;
      }
      return 0;
    }
  }

  // forked twice, so that the shim's parent is PID 1 as on a real host
  const middle = sys.fork(function* (own) {
    own.fork(shim);
    return 0;
  });
  yield* sys.waitpid(middle);
  for (const fd of [goRead, statusWrite, exitWrite, ...pipes.given]) sys.close(fd);
  const buffer = { text: "" };
  let pid = 0;
  // the shim's line and the first process's own come in either order
  for (let lines = 0; lines < 2; lines++) pid = Number(/^pid (\d+)$/.exec((yield* readLine(sys, statusRead, buffer)) ?? "")?.[1] ?? pid);
  const abort = function* (): Blocking<void> {
    if (pid > 0) {
      try {
        sys.kill(pid, SIGNALS.KILL);
      } catch {
        // it has ended by itself
      }
    }
    for (const fd of [goWrite, statusRead, exitRead]) closeQuietly(sys, fd);
    for (const [fd] of pumps) if (fd !== runtime.io.master) closeQuietly(sys, fd);
  };
  try {
    if (plan.ownNetwork) {
      yield* joinNetworks(engine, sys, container, pid);
      yield* ensureEmbeddedDns(engine, sys, container, runtime, pid);
    }
    yield* startProxies(engine, sys, container, runtime);
    yield* sys.write(goWrite, Uint8Array.of(1));
    const second = yield* readLine(sys, statusRead, buffer);
    const failed = /^error (\d+) (.*)$/.exec(second ?? "");
    if (failed) throw new InitError(Number(failed[1]), failed[2] ?? "");
  } catch (error) {
    yield* abort();
    throw error;
  }
  sys.close(goWrite);
  sys.close(statusRead);
  container.State = { ...container.State, Status: "running", Running: true, Paused: false, Restarting: false, OOMKilled: false, Dead: false, Pid: pid, ExitCode: 0, Error: "", StartedAt: engine.now(sys) };
  container.StoppedByHand = false;
  const health = container.Config.Healthcheck;
  if (health?.Test && health.Test[0] !== "NONE") container.State.Health = { Status: "starting", FailingStreak: 0, Log: [] };
  yield* engine.save(sys, container);
  yield* engine.emitContainer(sys, "start", container);
  let pumping = pumps.length;
  const [drained, drainSignal] = sys.pipe();
  for (const [fd, stream] of pumps) {
    sys.fork(
      function* (thread) {
        yield* runtime.io.pump(thread, fd, stream, container.Config.Tty);
        if (fd !== runtime.io.master) closeQuietly(thread, fd);
        if (--pumping === 0) closeQuietly(thread, drainSignal);
        return 0;
      },
      { thread: true },
    );
  }
  sys.fork(
    function* (thread) {
      const line = yield* readLine(thread, exitRead, { text: "" });
      thread.close(exitRead);
      // no namespace of PIDs of its own ends the others with the first process: the shim does (shouldKillAllOnExit)
      if (container.HostConfig.PidMode !== "") yield* writeKnob(thread, `${runtime.cgroup}/cgroup.kill`, "1");
      yield* thread.read(drained, 1);
      thread.close(drained);
      yield* ended(engine, thread, container, runtime, Number(line ?? "137"));
      return 0;
    },
    { thread: true },
  );
  if (container.State.Health) sys.fork((thread) => watchHealth(engine, thread, container, pid), { thread: true });
}

/** Streams become 0, 1, 2 whatever numbers they had; `spare` descriptors are not overwritten. */
export function moveStreams(sys: Sys, streams: readonly number[], spare: readonly number[]): void {
  const above = streams.map((fd) => sys.dup(fd, 20 + Math.max(0, ...spare)));
  for (const [place, fd] of above.entries()) sys.dup2(fd, place);
  for (const fd of above) sys.close(fd);
}

function* joinNetworks(engine: Engine, sys: Sys, container: StoredContainer, pid: number): Blocking<void> {
  yield* bringUpLoopback(sys, pid);
  for (const [name, endpoint] of Object.entries(container.Networks)) {
    const network = engine.networks.find(name === "default" ? "bridge" : name);
    if (!isBridged(network)) continue;
    if (!linkNamed(sys, bridgeName(network))) continue;
    yield* plugIn(sys, network, endpoint, pid);
  }
}

function* oomKilled(sys: Sys, cgroup: string): Blocking<boolean> {
  try {
    const fd = yield* sys.open(`${cgroup}/memory.events`, O.RDONLY | O.CLOEXEC);
    const text = decode(yield* sys.read(fd, 4096));
    sys.close(fd);
    return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0) > 0;
  } catch {
    return false;
  }
}

function* ended(engine: Engine, sys: Sys, container: StoredContainer, runtime: Runtime, status: number): Blocking<void> {
  const oom = yield* oomKilled(sys, runtime.cgroup);
  yield* stopProxies(sys, runtime);
  stopEmbeddedDns(sys, runtime);
  for (const endpoint of Object.values(container.Networks)) removeCable(sys, endpoint);
  releaseAddresses(engine, container);
  container.Ports = {};
  runtime.io.finish(sys);
  engine.runtimes.delete(container.Id);
  try {
    sys.umount(mergedDirectory(container), { lazy: true });
  } catch {
    // unmounted with the machine
  }
  // processes of exec end with the namespace of PIDs that they share, or by this
  if (runtime.cgroup !== "") yield* writeKnob(sys, `${runtime.cgroup}/cgroup.kill`, "1");
  yield* removeGroup(sys, runtime.cgroup);
  const { Health, ...state } = container.State;
  container.State = { ...state, Status: "exited", Running: false, Paused: false, Restarting: false, OOMKilled: oom, Pid: 0, ExitCode: status, FinishedAt: engine.now(sys), ...(Health && { Health: { ...Health, Status: "unhealthy" } }) };
  yield* engine.save(sys, container);
  if (oom) yield* engine.emitContainer(sys, "oom", container);
  yield* engine.emitContainer(sys, "die", container, [["exitCode", String(status)]]);
  const again = shouldRestart(container, status) && !engine.shuttingDown;
  for (const waiter of runtime.waiters) {
    try {
      yield* sys.write(waiter, encode(`${status}\n`));
    } catch {
      // nobody waits any more
    }
    closeQuietly(sys, waiter);
  }
  runtime.waiters.clear();
  if (again) yield* restartLater(engine, sys, container);
  else if (container.HostConfig.AutoRemove) yield* removeContainer(engine, sys, container, { force: false, volumes: true });
}

function shouldRestart(container: StoredContainer, status: number): boolean {
  const policy = container.HostConfig.RestartPolicy;
  if (container.StoppedByHand) return false;
  if (policy.Name === "always" || policy.Name === "unless-stopped") return true;
  return policy.Name === "on-failure" && status !== 0 && (policy.MaximumRetryCount === 0 || container.RestartCount < policy.MaximumRetryCount);
}

/** docker's restart manager: 100 ms, doubled up to a minute. */
function* restartLater(engine: Engine, sys: Sys, container: StoredContainer): Blocking<void> {
  container.State = { ...container.State, Status: "restarting", Running: true, Restarting: true };
  yield* engine.save(sys, container);
  yield* sys.sleep(Math.min(100_000 * 2 ** container.RestartCount, 60_000_000));
  if (!engine.containers.has(container.Id) || container.StoppedByHand || engine.shuttingDown) return;
  container.RestartCount++;
  try {
    yield* startContainer(engine, sys, container);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}
