// A container as the daemon knows it, and its JSON as `docker inspect` prints it (keys in docker 20.10's order).

import type { ContainerConfig } from "./image-store.ts";
import { DOCKER_ROOT } from "./disk.ts";

export interface PortBinding {
  HostIp: string;
  HostPort: string;
}

export interface RestartPolicy {
  Name: "" | "no" | "always" | "unless-stopped" | "on-failure";
  MaximumRetryCount: number;
}

export interface MountSpec {
  readonly Type: "bind" | "volume" | "tmpfs";
  readonly Source: string;
  readonly Target: string;
  readonly ReadOnly: boolean;
  /** --mount refuses a missing source, -v makes it */
  readonly CreateSource: boolean;
  readonly Options?: string;
}

export interface HostConfig {
  Binds: readonly string[] | null;
  NetworkMode: string;
  PortBindings: Record<string, PortBinding[]>;
  RestartPolicy: RestartPolicy;
  AutoRemove: boolean;
  VolumesFrom: readonly string[] | null;
  CapAdd: readonly string[] | null;
  CapDrop: readonly string[] | null;
  Dns: readonly string[];
  DnsSearch: readonly string[];
  DnsOptions: readonly string[];
  ExtraHosts: readonly string[] | null;
  GroupAdd: readonly string[] | null;
  IpcMode: string;
  PidMode: string;
  Privileged: boolean;
  PublishAllPorts: boolean;
  ReadonlyRootfs: boolean;
  SecurityOpt: readonly string[] | null;
  UTSMode: string;
  Tmpfs?: Record<string, string>;
  ShmSize: number;
  CpuShares: number;
  Memory: number;
  NanoCpus: number;
  CpuPeriod: number;
  CpuQuota: number;
  CpusetCpus: string;
  MemoryReservation: number;
  MemorySwap: number;
  PidsLimit: number | null;
  Ulimits: readonly { Name: string; Hard: number; Soft: number }[] | null;
  Init?: boolean;
  Sysctls?: Record<string, string>;
  Mounts?: readonly MountSpec[];
  LogConfig: { Type: string; Config: Record<string, string> };
  Links: readonly string[] | null;
  Devices: readonly { PathOnHost: string; PathInContainer: string; CgroupPermissions: string }[];
  OomScoreAdj: number;
  Isolation?: string;
  Runtime?: string;
}

export interface HealthState {
  Status: "starting" | "healthy" | "unhealthy";
  FailingStreak: number;
  Log: { Start: string; End: string; ExitCode: number; Output: string }[];
}

export interface ContainerState {
  Status: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  Running: boolean;
  Paused: boolean;
  Restarting: boolean;
  OOMKilled: boolean;
  Dead: boolean;
  Pid: number;
  ExitCode: number;
  Error: string;
  StartedAt: string;
  FinishedAt: string;
  Health?: HealthState;
}

export interface Endpoint {
  NetworkID: string;
  EndpointID: string;
  Gateway: string;
  IPAddress: string;
  IPPrefixLen: number;
  MacAddress: string;
  Aliases: string[] | null;
  /** asked for with --ip */
  readonly WantedAddress: string;
}

export interface MountPoint {
  readonly Type: "bind" | "volume" | "tmpfs";
  readonly Name?: string;
  readonly Source: string;
  readonly Destination: string;
  readonly Driver?: string;
  readonly Mode: string;
  readonly RW: boolean;
  readonly Propagation: string;
}

export const ZERO_TIME = "0001-01-01T00:00:00Z";

/** What config.v2.json keeps. */
export interface StoredContainer {
  readonly Id: string;
  readonly Created: string;
  Name: string;
  /** sha256:… */
  readonly Image: string;
  readonly Path: string;
  readonly Args: readonly string[];
  readonly Config: ContainerConfig;
  HostConfig: HostConfig;
  State: ContainerState;
  RestartCount: number;
  Mounts: MountPoint[];
  Networks: Record<string, Endpoint>;
  /** published ports while it runs */
  Ports: Record<string, PortBinding[] | null>;
  /** docker stop asked for the end: restart policies leave it */
  StoppedByHand: boolean;
  /** name of its read-write layer below overlay2 */
  readonly LayerId: string;
}

export const containerDirectory = (id: string) => `${DOCKER_ROOT}/containers/${id}`;
export const mergedDirectory = (container: StoredContainer) => `${DOCKER_ROOT}/overlay2/${container.LayerId}/merged`;
export const upperDirectory = (container: StoredContainer) => `${DOCKER_ROOT}/overlay2/${container.LayerId}/diff`;

const masked = ["/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware"];
const readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

function hostConfigJson(host: HostConfig): Record<string, unknown> {
  return {
    Binds: host.Binds,
    ContainerIDFile: "",
    LogConfig: host.LogConfig,
    NetworkMode: host.NetworkMode,
    PortBindings: host.PortBindings,
    RestartPolicy: host.RestartPolicy,
    AutoRemove: host.AutoRemove,
    VolumeDriver: "",
    VolumesFrom: host.VolumesFrom,
    CapAdd: host.CapAdd,
    CapDrop: host.CapDrop,
    CgroupnsMode: "private",
    Dns: host.Dns,
    DnsOptions: host.DnsOptions,
    DnsSearch: host.DnsSearch,
    ExtraHosts: host.ExtraHosts,
    GroupAdd: host.GroupAdd,
    IpcMode: host.IpcMode,
    Cgroup: "",
    Links: host.Links,
    OomScoreAdj: host.OomScoreAdj,
    PidMode: host.PidMode,
    Privileged: host.Privileged,
    PublishAllPorts: host.PublishAllPorts,
    ReadonlyRootfs: host.ReadonlyRootfs,
    SecurityOpt: host.SecurityOpt,
    ...(host.Tmpfs && { Tmpfs: host.Tmpfs }),
    UTSMode: host.UTSMode,
    UsernsMode: "",
    ShmSize: host.ShmSize,
    ...(host.Sysctls && { Sysctls: host.Sysctls }),
    Runtime: "runc",
    ConsoleSize: [0, 0],
    Isolation: "",
    CpuShares: host.CpuShares,
    Memory: host.Memory,
    NanoCpus: host.NanoCpus,
    CgroupParent: "",
    BlkioWeight: 0,
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: null,
    BlkioDeviceWriteBps: null,
    BlkioDeviceReadIOps: null,
    BlkioDeviceWriteIOps: null,
    CpuPeriod: host.CpuPeriod,
    CpuQuota: host.CpuQuota,
    CpuRealtimePeriod: 0,
    CpuRealtimeRuntime: 0,
    CpusetCpus: host.CpusetCpus,
    CpusetMems: "",
    Devices: host.Devices,
    DeviceCgroupRules: null,
    DeviceRequests: null,
    KernelMemory: 0,
    KernelMemoryTCP: 0,
    MemoryReservation: host.MemoryReservation,
    MemorySwap: host.MemorySwap,
    MemorySwappiness: null,
    OomKillDisable: null,
    PidsLimit: host.PidsLimit,
    Ulimits: host.Ulimits,
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    ...(host.Mounts && host.Mounts.length > 0 && { Mounts: host.Mounts.map((mount) => ({ Type: mount.Type, Source: mount.Source, Target: mount.Target, ...(mount.ReadOnly && { ReadOnly: true }) })) }),
    MaskedPaths: host.Privileged ? null : masked,
    ReadonlyPaths: host.Privileged ? null : readonlyPaths,
    ...(host.Init !== undefined && { Init: host.Init }),
  };
}

/** False between two runs too, when it "is running" and restarting. */
export function hasProcess({ State }: StoredContainer): boolean {
  return State.Running && !State.Restarting;
}

export function endpointJson(endpoint: Endpoint | undefined): Record<string, unknown> {
  return {
    IPAMConfig: endpoint && endpoint.WantedAddress !== "" ? { IPv4Address: endpoint.WantedAddress } : null,
    Links: null,
    Aliases: endpoint?.Aliases ?? null,
    NetworkID: endpoint?.NetworkID ?? "",
    EndpointID: endpoint?.EndpointID ?? "",
    Gateway: endpoint?.Gateway ?? "",
    IPAddress: endpoint?.IPAddress ?? "",
    IPPrefixLen: endpoint?.IPPrefixLen ?? 0,
    IPv6Gateway: "",
    GlobalIPv6Address: "",
    GlobalIPv6PrefixLen: 0,
    MacAddress: endpoint?.MacAddress ?? "",
    DriverOpts: null,
  };
}

/** GET /containers/ID/json */
export function inspectContainer(container: StoredContainer, lowerDirectories: readonly string[], sandboxId: string): Record<string, unknown> {
  const directory = containerDirectory(container.Id);
  const bridge = container.Networks.bridge;
  const { Health, ...state } = container.State;
  return {
    Id: container.Id,
    Created: container.Created,
    Path: container.Path,
    Args: container.Args,
    State: { ...state, ...(Health && { Health }) },
    Image: container.Image,
    ResolvConfPath: `${directory}/resolv.conf`,
    HostnamePath: `${directory}/hostname`,
    HostsPath: `${directory}/hosts`,
    LogPath: container.HostConfig.LogConfig.Type === "json-file" ? `${directory}/${container.Id}-json.log` : "",
    Name: `/${container.Name}`,
    RestartCount: container.RestartCount,
    Driver: "overlay2",
    Platform: "linux",
    MountLabel: "",
    ProcessLabel: "",
    AppArmorProfile: container.HostConfig.Privileged ? "unconfined" : "docker-default",
    ExecIDs: null,
    HostConfig: hostConfigJson(container.HostConfig),
    GraphDriver: {
      Data: {
        LowerDir: [`${DOCKER_ROOT}/overlay2/${container.LayerId}-init/diff`, ...lowerDirectories].join(":"),
        MergedDir: mergedDirectory(container),
        UpperDir: upperDirectory(container),
        WorkDir: `${DOCKER_ROOT}/overlay2/${container.LayerId}/work`,
      },
      Name: "overlay2",
    },
    Mounts: container.Mounts,
    Config: container.Config,
    NetworkSettings: {
      Bridge: "",
      SandboxID: container.State.Running ? sandboxId : "",
      HairpinMode: false,
      LinkLocalIPv6Address: "",
      LinkLocalIPv6PrefixLen: 0,
      Ports: container.Ports,
      SandboxKey: container.State.Running ? `/var/run/docker/netns/${sandboxId.slice(0, 12)}` : "",
      SecondaryIPAddresses: null,
      SecondaryIPv6Addresses: null,
      EndpointID: bridge?.EndpointID ?? "",
      Gateway: bridge?.Gateway ?? "",
      GlobalIPv6Address: "",
      GlobalIPv6PrefixLen: 0,
      IPAddress: bridge?.IPAddress ?? "",
      IPPrefixLen: bridge?.IPPrefixLen ?? 0,
      IPv6Gateway: "",
      MacAddress: bridge?.MacAddress ?? "",
      Networks: Object.fromEntries(Object.entries(container.Networks).map(([name, endpoint]) => [name, endpointJson(endpoint)])),
    },
  };
}
