// The settings that unit files may have, by section and by what is written behind them (systemd 252: systemd --dump-configuration-items).
import type { UnitType } from "./unit-name.ts";

type Kind = "boolean" | "span" | "unsigned" | "mode" | "path" | "paths" | "action" | "units" | "signal" | "command" | "condition" | "conditionPath" | "url" | "weight" | "memory" | "rlimit" | "output" | "level" | "status" | "address" | "timer" | "jobMode" | "other";

/** Names of settings, by what their values are. */
type Keys = Readonly<Partial<Record<Kind, string>>>;

const UNIT: Keys = {
  other: "Description RequiresOverridable RequisiteOverridable JobTimeoutSec JobRunningTimeoutSec JobTimeoutRebootArgument FailureActionExitStatus SuccessActionExitStatus RebootArgument CollectMode",
  url: "Documentation",
  path: "SourcePath",
  units: "Requires Requisite Wants BindsTo BindTo Upholds Conflicts Before After OnSuccess OnFailure PropagatesReloadTo PropagateReloadTo ReloadPropagatedFrom PropagateReloadFrom PropagatesStopTo StopPropagatedFrom PartOf JoinsNamespaceOf",
  paths: "RequiresMountsFor",
  boolean: "StopWhenUnneeded RefuseManualStart RefuseManualStop AllowIsolate DefaultDependencies OnFailureIsolate IgnoreOnIsolate",
  jobMode: "OnSuccessJobMode OnFailureJobMode",
  action: "JobTimeoutAction StartLimitAction FailureAction SuccessAction",
  span: "StartLimitIntervalSec StartLimitInterval",
  unsigned: "StartLimitBurst",
};

const CGROUP: Keys = {
  other: "Slice AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes CPUShares StartupCPUShares CPUQuota CPUQuotaPeriodSec DeviceAllow DevicePolicy IODeviceWeight IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax IOWriteIOPSMax IODeviceLatencyTargetSec BlockIODeviceWeight BlockIOReadBandwidth BlockIOWriteBandwidth TasksMax Delegate DisableControllers IPAddressAllow IPAddressDeny IPIngressFilterPath IPEgressFilterPath ManagedOOMSwap ManagedOOMMemoryPressure ManagedOOMMemoryPressureLimit ManagedOOMPreference BPFProgram SocketBindAllow SocketBindDeny RestrictNetworkInterfaces",
  boolean: "CPUAccounting MemoryAccounting IOAccounting BlockIOAccounting TasksAccounting IPAccounting",
  weight: "CPUWeight StartupCPUWeight IOWeight StartupIOWeight BlockIOWeight StartupBlockIOWeight",
  memory: "MemoryMin DefaultMemoryMin DefaultMemoryLow MemoryLow MemoryHigh MemoryMax MemorySwapMax MemoryLimit",
};

const KILL: Keys = {
  signal: "FinalKillSignal KillSignal RestartKillSignal WatchdogSignal",
  other: "KillMode",
  boolean: "SendSIGHUP SendSIGKILL",
};

const EXEC: Keys = {
  span: "TimeoutSec LogRateLimitIntervalSec TimeoutCleanSec",
  other: "WorkingDirectory RootImageOptions RootHash RootHashSignature ExtensionImages MountImages User Group SupplementaryGroups Nice OOMScoreAdjust CoredumpFilter IOSchedulingClass IOSchedulingPriority CPUSchedulingPolicy CPUSchedulingPriority CPUAffinity NUMAPolicy NUMAMask Environment EnvironmentFile PassEnvironment UnsetEnvironment StandardInput StandardInputText StandardInputData TTYRows TTYColumns SyslogIdentifier SyslogFacility LogExtraFields SecureBits CapabilityBoundingSet AmbientCapabilities TimerSlackNSec KeyringMode ProtectProc ProcSubset SystemCallFilter SystemCallArchitectures SystemCallErrorNumber SystemCallLog RestrictNamespaces RestrictAddressFamilies RestrictFileSystems BindPaths BindReadOnlyPaths TemporaryFileSystem LogNamespace ProtectSystem ProtectHome MountFlags MountAPIVFS Personality RuntimeDirectoryPreserve RuntimeDirectory StateDirectory CacheDirectory LogsDirectory ConfigurationDirectory SetCredential SetCredentialEncrypted LoadCredential LoadCredentialEncrypted PAMName UtmpIdentifier UtmpMode SELinuxContext AppArmorProfile SmackProcessLabel",
  path: "RootDirectory RootImage RootVerity TTYPath ExecSearchPath NetworkNamespacePath IPCNamespacePath",
  paths: "ExtensionDirectories ReadWriteDirectories ReadOnlyDirectories InaccessibleDirectories ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths",
  boolean: "CPUSchedulingResetOnFork DynamicUser RemoveIPC TTYReset TTYVHangup TTYVTDisallocate SyslogLevelPrefix NoNewPrivileges MemoryDenyWriteExecute RestrictRealtime RestrictSUIDSGID LockPersonality PrivateTmp PrivateDevices ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectClock ProtectControlGroups PrivateNetwork PrivateUsers PrivateMounts PrivateIPC IgnoreSIGPIPE ProtectHostname",
  mode: "UMask RuntimeDirectoryMode StateDirectoryMode CacheDirectoryMode LogsDirectoryMode ConfigurationDirectoryMode",
  output: "StandardOutput StandardError",
  level: "SyslogLevel LogLevelMax",
  unsigned: "LogRateLimitBurst",
  rlimit: "LimitCPU LimitFSIZE LimitDATA LimitSTACK LimitCORE LimitRSS LimitNOFILE LimitAS LimitNPROC LimitMEMLOCK LimitLOCKS LimitSIGPENDING LimitMSGQUEUE LimitNICE LimitRTPRIO LimitRTTIME",
};

const SERVICE: Keys = {
  other: "PIDFile TimeoutStopSec TimeoutAbortSec TimeoutStartFailureMode TimeoutStopFailureMode RebootArgument Type ExitType Restart BusName NotifyAccess Sockets OOMPolicy",
  command: "ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload ExecStop ExecStopPost",
  span: "RestartSec TimeoutStartSec RuntimeMaxSec RuntimeRandomizedExtraSec WatchdogSec StartLimitInterval",
  unsigned: "StartLimitBurst FileDescriptorStoreMax",
  action: "StartLimitAction FailureAction",
  boolean: "PermissionsStartOnly RootDirectoryStartOnly RemainAfterExit GuessMainPID NonBlocking",
  status: "RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus",
  path: "USBFunctionDescriptors USBFunctionStrings",
};

const SOCKET: Keys = {
  address: "ListenStream ListenDatagram ListenSequentialPacket ListenFIFO ListenNetlink ListenSpecial ListenMessageQueue ListenUSBFunction",
  other: "SocketProtocol BindIPv6Only BindToDevice SocketUser SocketGroup Priority ReceiveBuffer SendBuffer IPTOS IPTTL Mark PipeSize Timestamping TCPCongestion MessageQueueMaxMessages MessageQueueMessageSize Symlinks FileDescriptorName Service SmackLabel SmackLabelIPIn SmackLabelIPOut",
  unsigned: "Backlog MaxConnections MaxConnectionsPerSource KeepAliveProbes TriggerLimitBurst",
  command: "ExecStartPre ExecStartPost ExecStopPre ExecStopPost",
  mode: "SocketMode DirectoryMode",
  boolean: "Accept FlushPending Writable KeepAlive NoDelay FreeBind Transparent Broadcast PassCredentials PassSecurity PassPacketInfo ReusePort RemoveOnStop SELinuxContextFromNet",
  span: "KeepAliveTimeSec KeepAliveIntervalSec DeferAcceptSec TriggerLimitIntervalSec",
};

const MOUNT: Keys = {
  other: "What Options Type",
  path: "Where",
  mode: "DirectoryMode",
  boolean: "SloppyOptions LazyUnmount ForceUnmount ReadWriteOnly",
};

const SWAP: Keys = {
  path: "What",
  other: "Priority Options",
};

const TIMER: Keys = {
  timer: "OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec",
  boolean: "OnClockChange OnTimezoneChange Persistent WakeSystem RemainAfterElapse FixedRandomDelay",
  span: "AccuracySec RandomizedDelaySec",
  other: "Unit",
};

const PATH: Keys = {
  path: "PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty",
  other: "Unit",
  boolean: "MakeDirectory",
  mode: "DirectoryMode",
  span: "TriggerLimitIntervalSec",
  unsigned: "TriggerLimitBurst",
};

const AUTOMOUNT: Keys = {
  path: "Where",
  other: "ExtraOptions TimeoutIdleSec",
  mode: "DirectoryMode",
};

const INSTALL: Keys = {
  other: "Alias WantedBy RequiredBy Also DefaultInstance",
};

const SCOPE: Keys = {
  span: "RuntimeMaxSec RuntimeRandomizedExtraSec",
  other: "TimeoutStopSec OOMPolicy",
};

const CONDITIONS = "PathExists PathExistsGlob PathIsDirectory PathIsSymbolicLink PathIsMountPoint PathIsReadWrite PathIsEncrypted DirectoryNotEmpty FileNotEmpty FileIsExecutable NeedsUpdate FirstBoot Architecture Firmware Virtualization Host KernelCommandLine KernelVersion Credential Security Capability ACPower Memory CPUFeature CPUs Environment User Group ControlGroupController OSRelease MemoryPressure CPUPressure IOPressure";

const TABLES: Readonly<Record<string, readonly Keys[]>> = {
  Unit: [UNIT], Install: [INSTALL], Service: [SERVICE, EXEC, KILL, CGROUP], Socket: [SOCKET, EXEC, KILL, CGROUP], Mount: [MOUNT, EXEC, KILL, CGROUP], Swap: [SWAP, EXEC, KILL, CGROUP],
  Timer: [TIMER], Path: [PATH], Automount: [AUTOMOUNT], Slice: [CGROUP], Scope: [SCOPE, KILL, CGROUP],
};

const kinds = new Map<string, ReadonlyMap<string, Kind>>();

function isKind(word: string): word is Kind {
  return word in EVERY_KIND;
}

const EVERY_KIND: Readonly<Record<Kind, true>> = {
  boolean: true, span: true, unsigned: true, mode: true, path: true, paths: true, action: true, units: true, signal: true, command: true, condition: true, conditionPath: true, url: true, weight: true, memory: true, rlimit: true, output: true,
  level: true, status: true, address: true, timer: true, jobMode: true, other: true,
};

/** What the settings of a section are; undefined for a section that systemd does not know. */
function settingsOf(section: string): ReadonlyMap<string, Kind> | undefined {
  const tables = TABLES[section];
  if (tables === undefined) return undefined;
  let found = kinds.get(section);
  if (found === undefined) {
    const made = new Map<string, Kind>();
    for (const table of tables) for (const [kind, names] of Object.entries(table)) if (isKind(kind)) for (const name of names.split(" ")) if (!made.has(name)) made.set(name, kind);
    if (section === "Unit") {
      for (const name of CONDITIONS.split(" ")) {
        const kind = /^(?:Path|DirectoryNot|FileNot|FileIs)/.test(name) ? "conditionPath" : "condition";
        made.set(`Condition${name}`, kind);
        if (name !== "Firmware") made.set(`Assert${name}`, kind);
      }
    }
    kinds.set(section, made);
    found = made;
  }
  return found;
}

/** The sections of a unit of that type. */
export function isSectionOf(section: string, type: UnitType): boolean {
  if (section === "Unit" || section === "Install") return true;
  return section === type.charAt(0).toUpperCase() + type.slice(1);
}

/** Undefined: no such setting in this section. Targets and devices have none of their own. */
export function kindOf(section: string, key: string): Kind | undefined {
  return settingsOf(section)?.get(key);
}
