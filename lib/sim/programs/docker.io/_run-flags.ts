// The options that docker run and docker create share, and what they ask of the API.

import { S, type Sys } from "../../kernel/sys.ts";
import { bool, FlagValueError, int, list, parseInt64, parseMemoryBytes, string, value } from "../kit/pflag.ts";
import type { FlagValues } from "../kit/pflag.ts";

const memory = (name: string, shorthand: string, help: string) => value(name, shorthand, help, "bytes", 0, parseMemoryBytes);

function parseCpus(text: string): number {
  if (!/^\d*\.?\d+$|^\d+\.$/.test(text)) throw new FlagValueError(`failed to parse ${text} as a rational number`);
  return Math.round(Number(text) * 1e9);
}

const ulimits = new Set(["core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"]);

function checkUlimit(text: string): void {
  const [name = "", limits = ""] = text.split("=");
  if (!text.includes("=")) throw new FlagValueError(`invalid ulimit argument: ${text}`);
  if (!ulimits.has(name)) throw new FlagValueError(`invalid ulimit type: ${name}`);
  for (const limit of limits.split(":")) parseInt64(limit);
}

function checkHost(text: string): void {
  const [name = "", address = ""] = text.split(/:(.*)/s);
  if (!text.includes(":") || name === "") throw new FlagValueError(`bad format for add-host: ${JSON.stringify(text)}`);
  if (address !== "host-gateway" && !/^[0-9a-fA-F.:]+$/.test(address)) throw new FlagValueError(`invalid IP address in add-host: ${JSON.stringify(address)}`);
}

function checkSysctl(text: string): void {
  const [name = ""] = text.split("=");
  if (!/^(net\.|kernel\.(msg|sem|shm)|fs\.mqueue\.)/.test(name)) throw new FlagValueError(`sysctl '${text}' is not whitelisted`);
}

export interface MountWish {
  readonly Type: "bind" | "volume" | "tmpfs";
  readonly Source: string;
  readonly Target: string;
  readonly ReadOnly: boolean;
  readonly CreateSource: boolean;
  readonly Options?: string;
}

export function parseMount(text: string): MountWish {
  let type: MountWish["Type"] = "volume";
  let source = "";
  let target = "";
  let readOnly = false;
  const options: string[] = [];
  for (const field of text.split(",")) {
    const equals = field.indexOf("=");
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    const of = equals < 0 ? "" : field.slice(equals + 1);
    if (equals < 0 && (key === "readonly" || key === "ro")) {
      readOnly = true;
      continue;
    }
    if (equals < 0) throw new FlagValueError(`invalid field '${field}' must be a key=value pair`);
    if (key === "type") {
      // the daemon says what it does not know
      type = of.toLowerCase() as MountWish["Type"];
    } else if (key === "source" || key === "src") source = of;
    else if (key === "target" || key === "dst" || key === "destination") target = of;
    else if (key === "readonly" || key === "ro") readOnly = of === "true" || of === "1";
    else if (key === "tmpfs-size") options.push(`size=${of}`);
    else if (key === "tmpfs-mode") options.push(`mode=${of}`);
    else if (!["bind-propagation", "volume-driver", "volume-opt", "volume-nocopy", "volume-label", "consistency"].includes(key)) throw new FlagValueError(`unexpected key '${key}' in '${field}'`);
  }
  if (target === "") throw new FlagValueError("target is required");
  return { Type: type, Source: source, Target: target, ReadOnly: readOnly, CreateSource: false, ...(options.length > 0 && { Options: options.join(",") }) };
}

export function parseDurationNs(text: string): number {
  const parts = [...text.matchAll(/([\d.]+)(ns|us|ms|s|m|h)/g)];
  if (text !== "0" && (parts.length === 0 || parts.map((match) => match[0]).join("") !== text)) throw new FlagValueError(`time: invalid duration ${JSON.stringify(text)}`);
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * ({ ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }[unit ?? "s"] ?? 0), 0);
}

export const runFlags = {
  addHost: list("add-host", "", "Add a line host:ip to /etc/hosts", { check: checkHost }),
  attach: list("attach", "a", "Attach to STDIN, STDOUT or STDERR"),
  capAdd: list("cap-add", "", "Give a capability"),
  capDrop: list("cap-drop", "", "Take a capability away"),
  cidfile: string("cidfile", "", "Write the container's id to a file"),
  cpuPeriod: int("cpu-period", "", "Period of the CPU limit in microseconds"),
  cpuQuota: int("cpu-quota", "", "Microseconds of CPU in a period"),
  cpuShares: int("cpu-shares", "c", "Relative weight when CPUs are short"),
  cpus: value("cpus", "", "Number of CPUs", "decimal", 0, parseCpus),
  cpuset: string("cpuset-cpus", "", "CPUs that may be used (0-3, 0,1)"),
  device: list("device", "", "Add a device of the host"),
  dns: list("dns", "", "Set name servers"),
  dnsSearch: list("dns-search", "", "Set search domains"),
  dnsOption: list("dns-option", "", "Set options of the resolver"),
  dnsOpt: list("dns-opt", "", "", { hidden: true }),
  domainname: string("domainname", "", "Domain name of the container"),
  entrypoint: string("entrypoint", "", "Replace the ENTRYPOINT of the image"),
  env: list("env", "e", "Set environment variables"),
  envFile: list("env-file", "", "Read environment variables from a file"),
  expose: list("expose", "", "Expose ports without publishing them"),
  groupAdd: list("group-add", "", "Add groups"),
  healthCmd: string("health-cmd", "", "Command that checks health"),
  healthInterval: value("health-interval", "", "Time between two checks (ms|s|m|h)", "duration", 0, parseDurationNs),
  healthRetries: int("health-retries", "", "Failures in a row until it counts as unhealthy"),
  healthStartPeriod: value("health-start-period", "", "Time at the start in which failures do not count", "duration", 0, parseDurationNs),
  healthTimeout: value("health-timeout", "", "Longest time for one check", "duration", 0, parseDurationNs),
  hostname: string("hostname", "h", "Host name of the container"),
  init: bool("init", "", "Run an init that reaps processes"),
  interactive: bool("interactive", "i", "Keep STDIN open even if nothing is attached"),
  ip: string("ip", "", "IPv4 address"),
  ipc: string("ipc", "", "IPC mode"),
  isolation: string("isolation", "", "Isolation technology"),
  runtime: string("runtime", "", "Runtime of this container"),
  label: list("label", "l", "Set labels"),
  link: list("link", "", "Add a link to another container"),
  logDriver: string("log-driver", "", "Logging driver"),
  logOpt: list("log-opt", "", "Options of the logging driver"),
  mac: string("mac-address", "", "MAC address"),
  memory: memory("memory", "m", "Memory limit"),
  memoryReservation: memory("memory-reservation", "", "Soft memory limit"),
  memorySwap: value("memory-swap", "", "Memory and swap together; -1 for unlimited swap", "bytes", 0, (text) => (text === "-1" ? -1 : parseMemoryBytes(text))),
  mount: list("mount", "", "Attach a file system", { type: "mount", check: (text) => void parseMount(text) }),
  name: string("name", "", "Name of the container"),
  network: string("network", "", "Connect to a network", { type: "network" }),
  net: string("net", "", "", { hidden: true, type: "network" }),
  networkAlias: list("network-alias", "", "Another name on that network"),
  noHealthcheck: bool("no-healthcheck", "", "Turn the image's HEALTHCHECK off"),
  oomScoreAdj: int("oom-score-adj", "", "Preference of the host's OOM killer (-1000 to 1000)"),
  pid: string("pid", "", "PID namespace"),
  pidsLimit: value("pids-limit", "", "Most processes (-1 for unlimited)", "int", 0, parseInt64),
  platform: string("platform", "", "Platform of the image"),
  privileged: bool("privileged", "", "Give all rights to the container"),
  publish: list("publish", "p", "Publish a port on the host"),
  publishAll: bool("publish-all", "P", "Publish all exposed ports on random ports"),
  pull: string("pull", "", "Pull the image first (always|missing|never)", { initial: "missing", defaultText: '"missing"' }),
  readOnly: bool("read-only", "", "Mount the root file system read-only"),
  restart: string("restart", "", "Restart policy when it ends", { initial: "no", defaultText: '"no"' }),
  rm: bool("rm", "", "Remove the container when it ends"),
  securityOpt: list("security-opt", "", "Security options"),
  shmSize: memory("shm-size", "", "Size of /dev/shm"),
  stopSignal: string("stop-signal", "", "Signal that stops it"),
  stopTimeout: int("stop-timeout", "", "Seconds until a stop becomes a kill"),
  sysctl: list("sysctl", "", "Kernel settings of its namespaces", { type: "map", check: checkSysctl }),
  tmpfs: list("tmpfs", "", "Mount a tmpfs directory"),
  tty: bool("tty", "t", "Give it a terminal"),
  ulimit: list("ulimit", "", "Resource limits", { type: "ulimit", check: checkUlimit }),
  user: string("user", "u", "User name or id (NAME|UID[:GROUP|GID])"),
  userns: string("userns", "", "User namespace"),
  uts: string("uts", "", "UTS namespace"),
  volume: list("volume", "v", "Bind a directory or a volume"),
  volumesFrom: list("volumes-from", "", "Mount the volumes of another container"),
  workdir: string("workdir", "w", "Working directory inside"),
  disableContentTrust: bool("disable-content-trust", "", "Skip the check of image signatures", { initial: true, defaultText: "true" }),
} as const;

export type RunValues = FlagValues<typeof runFlags>;

/** Bad wishes that docker finds itself: `status` 125. */
export class RunError extends Error {}

interface Published {
  readonly port: string;
  readonly binding: { readonly HostIp: string; readonly HostPort: string };
}

function parseRange(text: string): number[] {
  const [from = "", to = from] = text.split("-");
  if (!/^\d+$/.test(from) || !/^\d+$/.test(to) || Number(from) > 65_535 || Number(to) > 65_535) return [];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_none, place) => Number(from) + place);
}

/** -p [ip:][host:]container[/protocol], ranges too. Errors: RunError. */
export function parsePublish(text: string): Published[] {
  const [spec = "", protocol = "tcp"] = text.split("/");
  if (!["tcp", "udp", "sctp"].includes(protocol)) throw new RunError(`Invalid proto: ${protocol}`);
  const fields = spec.split(":");
  const container = fields.pop() ?? "";
  const host = fields.pop() ?? "";
  const ip = fields.join(":").replace(/^\[|\]$/g, "");
  const inner = parseRange(container);
  if (container === "") throw new RunError(`No port specified: ${text}<empty>`);
  if (inner.length === 0) throw new RunError(`Invalid containerPort: ${container}`);
  const outer = host === "" ? [] : parseRange(host);
  if (host !== "" && outer.length === 0) throw new RunError(`Invalid hostPort: ${host}`);
  if (ip !== "" && !/^[0-9.]+$/.test(ip) && !ip.includes(":")) throw new RunError(`Invalid ip address: ${ip}`);
  if (outer.length > 0 && outer.length !== inner.length) throw new RunError(`Invalid ranges specified for container and host Ports: ${container} and ${host}`);
  return inner.map((port, place) => ({ port: `${port}/${protocol}`, binding: { HostIp: ip, HostPort: outer.length === 0 ? "" : String(outer[place]) } }));
}

/** What POST /containers/create gets. `files`: texts of --env-file. Errors: RunError. */
export function createBody(sys: Sys, flags: RunValues, image: string, command: readonly string[], files: readonly string[], detach: boolean): Record<string, unknown> {
  const network = flags.network === "" ? flags.net : flags.network;
  if (flags.rm && flags.restart !== "no" && flags.restart !== "") throw new RunError("Conflicting options: --restart and --rm");
  const published = flags.publish.flatMap(parsePublish);
  const portBindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  const exposed: Record<string, object> = {};
  for (const { port, binding } of published) {
    portBindings[port] = [...(portBindings[port] ?? []), binding];
    exposed[port] = {};
  }
  for (const port of flags.expose) exposed[port.includes("/") ? port : `${port}/tcp`] = {};
  const fromHost = (entry: string) => {
    if (entry.includes("=")) return [entry];
    const own = sys.environment.get(entry);
    return own === undefined ? [] : [`${entry}=${own}`];
  };
  for (const line of files.flatMap((text) => text.split("\n")).map((one) => one.trimStart())) {
    const name = line.split("=")[0] ?? "";
    if (line !== "" && !line.startsWith("#") && /\s/.test(name)) throw new RunError(`poorly formatted environment: variable '${name}' contains whitespaces.`.replace(/\.$/, ""));
  }
  const fileEntries = files.flatMap((text) => text.split("\n").map((line) => line.trimStart()).filter((line) => line !== "" && !line.startsWith("#"))).flatMap(fromHost);
  const [restartName = "", retries] = flags.restart.split(":");
  if (retries !== undefined && !/^\d+$/.test(retries)) throw new RunError("maximum retry count must be an integer");
  const labels = Object.fromEntries(flags.label.map((label) => [label.split("=")[0] ?? "", label.includes("=") ? label.slice(label.indexOf("=") + 1) : ""]));
  const health = flags.noHealthcheck ? { Test: ["NONE"] } : flags.healthCmd !== "" || flags.healthInterval > 0 || flags.healthTimeout > 0 || flags.healthRetries > 0 || flags.healthStartPeriod > 0 ? {
    ...(flags.healthCmd !== "" && { Test: ["CMD-SHELL", flags.healthCmd] }), ...(flags.healthInterval > 0 && { Interval: flags.healthInterval }), ...(flags.healthTimeout > 0 && { Timeout: flags.healthTimeout }), ...(flags.healthStartPeriod > 0 && { StartPeriod: flags.healthStartPeriod }), ...(flags.healthRetries > 0 && { Retries: flags.healthRetries }),
  } : undefined;
  const volumes: Record<string, object> = {};
  const binds: string[] = [];
  for (const volume of flags.volume) {
    if (volume.includes(":")) binds.push(volume);
    else volumes[volume] = {};
  }
  return {
    Hostname: flags.hostname, Domainname: flags.domainname, User: flags.user, AttachStdin: flags.interactive && !detach, AttachStdout: !detach, AttachStderr: !detach, Tty: flags.tty, OpenStdin: flags.interactive, StdinOnce: flags.interactive && !detach,
    Env: [...fileEntries, ...flags.env.flatMap(fromHost)], Cmd: command.length === 0 ? null : command, Image: image, Volumes: Object.keys(volumes).length === 0 ? null : volumes, WorkingDir: flags.workdir,
    Entrypoint: flags.entrypoint === "" ? null : [flags.entrypoint], OnBuild: null, Labels: labels, ...(Object.keys(exposed).length > 0 && { ExposedPorts: exposed }), ...(flags.stopSignal !== "" && { StopSignal: flags.stopSignal }), ...(flags.stopTimeout > 0 && { StopTimeout: flags.stopTimeout }),
    ...(health && { Healthcheck: health }),
    HostConfig: {
      Binds: binds.length === 0 ? null : binds, NetworkMode: network === "" ? "default" : network, PortBindings: portBindings, RestartPolicy: { Name: restartName, MaximumRetryCount: Number(retries ?? 0) }, AutoRemove: flags.rm,
      VolumesFrom: flags.volumesFrom.length === 0 ? null : flags.volumesFrom, CapAdd: flags.capAdd.length === 0 ? null : flags.capAdd, CapDrop: flags.capDrop.length === 0 ? null : flags.capDrop, Dns: flags.dns, DnsSearch: flags.dnsSearch, DnsOptions: flags.dnsOption, ExtraHosts: flags.addHost.length === 0 ? null : flags.addHost,
      GroupAdd: flags.groupAdd.length === 0 ? null : flags.groupAdd, ...(flags.ipc !== "" && { IpcMode: flags.ipc }), PidMode: flags.pid, Privileged: flags.privileged, PublishAllPorts: flags.publishAll, ReadonlyRootfs: flags.readOnly,
      SecurityOpt: flags.securityOpt.length === 0 ? null : flags.securityOpt, UTSMode: flags.uts, ...(flags.tmpfs.length > 0 && { Tmpfs: Object.fromEntries(flags.tmpfs.map((mount) => [mount.split(":")[0] ?? "", mount.split(":")[1] ?? ""])) }),
      ...(flags.shmSize > 0 && { ShmSize: flags.shmSize }), CpuShares: flags.cpuShares, Memory: flags.memory, MemorySwap: flags.memorySwap === 0 && flags.memory > 0 ? flags.memory * 2 : flags.memorySwap, MemoryReservation: flags.memoryReservation, NanoCpus: flags.cpus, CpuPeriod: flags.cpuPeriod, CpuQuota: flags.cpuQuota, CpusetCpus: flags.cpuset,
      PidsLimit: flags.pidsLimit === 0 ? null : flags.pidsLimit, Ulimits: flags.ulimit.length === 0 ? null : flags.ulimit.map(ulimitOf), ...(flags.init && { Init: true }),
      ...(flags.sysctl.length > 0 && { Sysctls: Object.fromEntries(flags.sysctl.map((entry) => [entry.split("=")[0] ?? "", entry.slice(entry.indexOf("=") + 1)])) }), ...(flags.mount.length > 0 && { Mounts: flags.mount.map(parseMount) }),
      LogConfig: { Type: flags.logDriver === "" ? "json-file" : flags.logDriver, Config: Object.fromEntries(flags.logOpt.map((entry) => [entry.split("=")[0] ?? "", entry.slice(entry.indexOf("=") + 1)])) },
      ...(flags.isolation !== "" && { Isolation: flags.isolation }), ...(flags.runtime !== "" && { Runtime: flags.runtime }), Links: flags.link.length === 0 ? null : flags.link, Devices: flags.device.map(parseDevice), OomScoreAdj: flags.oomScoreAdj,
    },
    NetworkingConfig: { Aliases: flags.networkAlias, Address: flags.ip, Mac: flags.mac },
  };
}

/** HOST[:CONTAINER][:rwm] */
function parseDevice(text: string): { PathOnHost: string; PathInContainer: string; CgroupPermissions: string } {
  const [host = "", second, third] = text.split(":");
  const mode = (word: string | undefined) => word !== undefined && /^[rwm]{1,3}$/.test(word);
  return { PathOnHost: host, PathInContainer: second === undefined || mode(second) ? host : second, CgroupPermissions: mode(second) ? (second ?? "rwm") : (third ?? "rwm") };
}

function ulimitOf(text: string): { Name: string; Soft: number; Hard: number } {
  const [name = "", limits = ""] = text.split("=");
  const [soft = "0", hard = soft] = limits.split(":");
  return { Name: name, Soft: Number(soft), Hard: Number(hard) };
}

export function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch {
    return false;
  }
}
