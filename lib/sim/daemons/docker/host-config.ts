// What a container gets when nothing else is said.

import type { HostConfig } from "./container.ts";
import type { ContainerConfig } from "./image-store.ts";

export function emptyConfig(): ContainerConfig {
  return {
    Hostname: "", Domainname: "", User: "", AttachStdin: false, AttachStdout: false, AttachStderr: false, Tty: false, OpenStdin: false, StdinOnce: false, Env: [], Cmd: null, Image: "", Volumes: null,
    WorkingDir: "", Entrypoint: null, OnBuild: null, Labels: {},
  };
}

export function defaultHostConfig(): HostConfig {
  return {
    Binds: null, NetworkMode: "default", PortBindings: {}, RestartPolicy: { Name: "no", MaximumRetryCount: 0 }, AutoRemove: false, VolumesFrom: null, CapAdd: null, CapDrop: null, Dns: [], DnsSearch: [], DnsOptions: [], ExtraHosts: null, GroupAdd: null,
    IpcMode: "private", PidMode: "", Privileged: false, PublishAllPorts: false, ReadonlyRootfs: false, SecurityOpt: null, UTSMode: "", ShmSize: 67_108_864, CpuShares: 0, Memory: 0, NanoCpus: 0, CpuPeriod: 0, CpuQuota: 0, CpusetCpus: "",
    MemoryReservation: 0, MemorySwap: 0, PidsLimit: null, Ulimits: null, LogConfig: { Type: "json-file", Config: {} }, Links: null, Devices: [], OomScoreAdj: 0,
  };
}
