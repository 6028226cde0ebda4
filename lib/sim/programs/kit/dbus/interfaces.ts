// What the objects of systemd 252's services have: methods name(in)out, signals name*types, properties name+type (+ tells of changes, = never changes, ~ tells without the value,
// - says nothing), w: may be set, ? no reply. Facts of `systemd --bus-introspect` and its kin; the bus's own by introspection.
const tables: readonly (readonly [name: string, members: string])[] = [
  ["org.freedesktop.DBus.Introspectable", `Introspect()s`],
  ["org.freedesktop.DBus.Peer", `GetMachineId()s Ping()`],
  ["org.freedesktop.DBus.Properties", `Get(ss)v GetAll(s)a{sv} Set(ssv) PropertiesChanged*sa{sv}as`],
  ["org.freedesktop.DBus.ObjectManager", `GetManagedObjects()a{oa{sa{sv}}} InterfacesAdded*oa{sa{sv}} InterfacesRemoved*oas`],
  ["org.freedesktop.DBus", `AddMatch(s) GetAdtAuditSessionData(s)ay GetConnectionCredentials(s)a{sv} GetConnectionSELinuxSecurityContext(s)ay GetConnectionUnixProcessID(s)u
    GetConnectionUnixUser(s)u GetId()s GetNameOwner(s)s Hello()s ListActivatableNames()as ListNames()as ListQueuedOwners(s)as NameHasOwner(s)b ReleaseName(s)u ReloadConfig() RemoveMatch(s)
    RequestName(su)u StartServiceByName(su)u UpdateActivationEnvironment(a{ss}) Features=as Interfaces=as ActivatableServicesChanged* NameAcquired*s NameLost*s NameOwnerChanged*sss`],
  ["org.freedesktop.DBus.Monitoring", `BecomeMonitor(asu)`],
  ["org.freedesktop.systemd1.Manager", `Version=s Features=s Virtualization=s Architecture=s Tainted=s FirmwareTimestamp=t FirmwareTimestampMonotonic=t LoaderTimestamp=t
    LoaderTimestampMonotonic=t KernelTimestamp=t KernelTimestampMonotonic=t InitRDTimestamp=t InitRDTimestampMonotonic=t UserspaceTimestamp=t
    UserspaceTimestampMonotonic=t FinishTimestamp=t FinishTimestampMonotonic=t SecurityStartTimestamp=t SecurityStartTimestampMonotonic=t
    SecurityFinishTimestamp=t SecurityFinishTimestampMonotonic=t GeneratorsStartTimestamp=t GeneratorsStartTimestampMonotonic=t
    GeneratorsFinishTimestamp=t GeneratorsFinishTimestampMonotonic=t UnitsLoadStartTimestamp=t UnitsLoadStartTimestampMonotonic=t
    UnitsLoadFinishTimestamp=t UnitsLoadFinishTimestampMonotonic=t UnitsLoadTimestamp=t UnitsLoadTimestampMonotonic=t InitRDSecurityStartTimestamp=t
    InitRDSecurityStartTimestampMonotonic=t InitRDSecurityFinishTimestamp=t InitRDSecurityFinishTimestampMonotonic=t InitRDGeneratorsStartTimestamp=t
    InitRDGeneratorsStartTimestampMonotonic=t InitRDGeneratorsFinishTimestamp=t InitRDGeneratorsFinishTimestampMonotonic=t InitRDUnitsLoadStartTimestamp=t
    InitRDUnitsLoadStartTimestampMonotonic=t InitRDUnitsLoadFinishTimestamp=t InitRDUnitsLoadFinishTimestampMonotonic=t LogLevel-sw LogTarget-sw NNames-u
    NFailedUnits+u NJobs-u NInstalledJobs-u NFailedJobs-u Progress-d Environment-as ConfirmSpawn=b ShowStatus-b UnitPath=as DefaultStandardOutput=s
    DefaultStandardError=s WatchdogDevice=s WatchdogLastPingTimestamp-t WatchdogLastPingTimestampMonotonic-t RuntimeWatchdogUSec-tw
    RuntimeWatchdogPreUSec-tw RuntimeWatchdogPreGovernor-sw RebootWatchdogUSec-tw KExecWatchdogUSec-tw ServiceWatchdogs-bw ControlGroup-s SystemState-s
    ExitCode-y DefaultTimerAccuracyUSec=t DefaultTimeoutStartUSec=t DefaultTimeoutStopUSec=t DefaultTimeoutAbortUSec-t DefaultDeviceTimeoutUSec=t
    DefaultRestartUSec=t DefaultStartLimitIntervalUSec=t DefaultStartLimitBurst=u DefaultCPUAccounting=b DefaultBlockIOAccounting=b
    DefaultMemoryAccounting=b DefaultTasksAccounting=b DefaultLimitCPU=t DefaultLimitCPUSoft=t DefaultLimitFSIZE=t DefaultLimitFSIZESoft=t
    DefaultLimitDATA=t DefaultLimitDATASoft=t DefaultLimitSTACK=t DefaultLimitSTACKSoft=t DefaultLimitCORE=t DefaultLimitCORESoft=t DefaultLimitRSS=t
    DefaultLimitRSSSoft=t DefaultLimitNOFILE=t DefaultLimitNOFILESoft=t DefaultLimitAS=t DefaultLimitASSoft=t DefaultLimitNPROC=t DefaultLimitNPROCSoft=t
    DefaultLimitMEMLOCK=t DefaultLimitMEMLOCKSoft=t DefaultLimitLOCKS=t DefaultLimitLOCKSSoft=t DefaultLimitSIGPENDING=t DefaultLimitSIGPENDINGSoft=t
    DefaultLimitMSGQUEUE=t DefaultLimitMSGQUEUESoft=t DefaultLimitNICE=t DefaultLimitNICESoft=t DefaultLimitRTPRIO=t DefaultLimitRTPRIOSoft=t
    DefaultLimitRTTIME=t DefaultLimitRTTIMESoft=t DefaultTasksMax-t TimerSlackNSec=t DefaultOOMPolicy=s DefaultOOMScoreAdjust=i CtrlAltDelBurstAction=s
    GetUnit(s)o GetUnitByPID(u)o GetUnitByInvocationID(ay)o GetUnitByControlGroup(s)o LoadUnit(s)o StartUnit(ss)o StartUnitWithFlags(sst)o
    StartUnitReplace(sss)o StopUnit(ss)o ReloadUnit(ss)o RestartUnit(ss)o TryRestartUnit(ss)o ReloadOrRestartUnit(ss)o ReloadOrTryRestartUnit(ss)o
    EnqueueUnitJob(sss)uososa(uosos) KillUnit(ssi) CleanUnit(sas) FreezeUnit(s) ThawUnit(s) ResetFailedUnit(s) SetUnitProperties(sba(sv))
    BindMountUnit(sssbb) MountImageUnit(sssbba(ss)) RefUnit(s) UnrefUnit(s) StartTransientUnit(ssa(sv)a(sa(sv)))o GetUnitProcesses(s)a(sus)
    AttachProcessesToUnit(ssau) AbandonScope(s) GetJob(u)o GetJobAfter(u)a(usssoo) GetJobBefore(u)a(usssoo) CancelJob(u) ClearJobs() ResetFailed()
    SetShowStatus(s) ListUnits()a(ssssssouso) ListUnitsFiltered(as)a(ssssssouso) ListUnitsByPatterns(asas)a(ssssssouso) ListUnitsByNames(as)a(ssssssouso)
    ListJobs()a(usssoo) Subscribe() Unsubscribe() Dump()s DumpUnitsMatchingPatterns(as)s DumpByFileDescriptor()h
    DumpUnitsMatchingPatternsByFileDescriptor(as)h Reload() Reexecute()? Exit() Reboot() PowerOff() Halt() KExec() SwitchRoot(ss) SetEnvironment(as)
    UnsetEnvironment(as) UnsetAndSetEnvironment(asas) EnqueueMarkedJobs()ao ListUnitFiles()a(ss) ListUnitFilesByPatterns(asas)a(ss) GetUnitFileState(s)s
    EnableUnitFiles(asbb)ba(sss) DisableUnitFiles(asb)a(sss) EnableUnitFilesWithFlags(ast)ba(sss) DisableUnitFilesWithFlags(ast)a(sss)
    ReenableUnitFiles(asbb)ba(sss) LinkUnitFiles(asbb)a(sss) PresetUnitFiles(asbb)ba(sss) PresetUnitFilesWithMode(assbb)ba(sss) MaskUnitFiles(asbb)a(sss)
    UnmaskUnitFiles(asb)a(sss) RevertUnitFiles(as)a(sss) SetDefaultTarget(sb)a(sss) GetDefaultTarget()s PresetAllUnitFiles(sbb)a(sss)
    AddDependencyUnitFiles(asssbb)a(sss) GetUnitFileLinks(sb)as SetExitCode(y) LookupDynamicUserByName(s)u LookupDynamicUserByUID(u)s
    GetDynamicUsers()a(us) UnitNew*so UnitRemoved*so JobNew*uos JobRemoved*uoss StartupFinished*tttttt UnitFilesChanged* Reloading*b`],
  ["org.freedesktop.systemd1.Unit", `Id=s Names=as Following-s Requires=as Requisite=as Wants=as BindsTo=as PartOf=as Upholds=as RequiredBy=as RequisiteOf=as WantedBy=as BoundBy=as
    UpheldBy=as ConsistsOf=as Conflicts=as ConflictedBy=as Before=as After=as OnSuccess=as OnSuccessOf=as OnFailure=as OnFailureOf=as Triggers=as
    TriggeredBy=as PropagatesReloadTo=as ReloadPropagatedFrom=as PropagatesStopTo=as StopPropagatedFrom=as JoinsNamespaceOf=as SliceOf=as
    RequiresMountsFor=as Documentation=as Description=s AccessSELinuxContext=s LoadState=s ActiveState+s FreezerState+s SubState+s FragmentPath=s
    SourcePath=s DropInPaths=as UnitFileState-s UnitFilePreset-s StateChangeTimestamp+t StateChangeTimestampMonotonic+t InactiveExitTimestamp+t
    InactiveExitTimestampMonotonic+t ActiveEnterTimestamp+t ActiveEnterTimestampMonotonic+t ActiveExitTimestamp+t ActiveExitTimestampMonotonic+t
    InactiveEnterTimestamp+t InactiveEnterTimestampMonotonic+t CanStart=b CanStop=b CanReload=b CanIsolate=b CanClean=as CanFreeze=b Job+(uo)
    StopWhenUnneeded=b RefuseManualStart=b RefuseManualStop=b AllowIsolate=b DefaultDependencies=b OnSuccessJobMode=s OnFailureJobMode=s IgnoreOnIsolate=b
    NeedDaemonReload-b Markers-as JobTimeoutUSec=t JobRunningTimeoutUSec=t JobTimeoutAction=s JobTimeoutRebootArgument=s ConditionResult+b AssertResult+b
    ConditionTimestamp+t ConditionTimestampMonotonic+t AssertTimestamp+t AssertTimestampMonotonic+t Conditions~a(sbbsi) Asserts~a(sbbsi) LoadError=(ss)
    Transient=b Perpetual=b StartLimitIntervalUSec=t StartLimitBurst=u StartLimitAction=s FailureAction=s FailureActionExitStatus=i SuccessAction=s
    SuccessActionExitStatus=i RebootArgument=s InvocationID+ay CollectMode=s Refs-as ActivationDetails+a(ss) Start(s)o Stop(s)o Reload(s)o Restart(s)o
    TryRestart(s)o ReloadOrRestart(s)o ReloadOrTryRestart(s)o EnqueueJob(ss)uososa(uosos) Kill(si) ResetFailed() SetProperties(ba(sv)) Ref() Unref()
    Clean(as) Freeze() Thaw()`],
  ["org.freedesktop.login1.Manager", `EnableWallMessages-bw WallMessage-sw NAutoVTs=u KillOnlyUsers=as KillExcludeUsers=as KillUserProcesses=b RebootParameter-s RebootToFirmwareSetup-b
    RebootToBootLoaderMenu-t RebootToBootLoaderEntry-s BootLoaderEntries=as IdleHint+b IdleSinceHint+t IdleSinceHintMonotonic+t BlockInhibited+s
    DelayInhibited+s InhibitDelayMaxUSec=t UserStopDelayUSec=t HandlePowerKey=s HandlePowerKeyLongPress=s HandleRebootKey=s HandleRebootKeyLongPress=s
    HandleSuspendKey=s HandleSuspendKeyLongPress=s HandleHibernateKey=s HandleHibernateKeyLongPress=s HandleLidSwitch=s HandleLidSwitchExternalPower=s
    HandleLidSwitchDocked=s HoldoffTimeoutUSec=t IdleAction=s IdleActionUSec=t PreparingForShutdown-b PreparingForSleep-b ScheduledShutdown-(st) Docked-b
    LidClosed-b OnExternalPower-b RemoveIPC=b RuntimeDirectorySize=t RuntimeDirectoryInodesMax=t InhibitorsMax=t NCurrentInhibitors-t SessionsMax=t
    NCurrentSessions-t StopIdleSessionUSec=t GetSession(s)o GetSessionByPID(u)o GetUser(u)o GetUserByPID(u)o GetSeat(s)o ListSessions()a(susso)
    ListUsers()a(uso) ListSeats()a(so) ListInhibitors()a(ssssuu) CreateSession(uusssssussbssa(sv))soshusub ReleaseSession(s) ActivateSession(s)
    ActivateSessionOnSeat(ss) LockSession(s) UnlockSession(s) LockSessions() UnlockSessions() KillSession(ssi) KillUser(ui) TerminateSession(s)
    TerminateUser(u) TerminateSeat(s) SetUserLinger(ubb) AttachDevice(ssb) FlushDevices(b) PowerOff(b) PowerOffWithFlags(t) Reboot(b) RebootWithFlags(t)
    Halt(b) HaltWithFlags(t) Suspend(b) SuspendWithFlags(t) Hibernate(b) HibernateWithFlags(t) HybridSleep(b) HybridSleepWithFlags(t)
    SuspendThenHibernate(b) SuspendThenHibernateWithFlags(t) CanPowerOff()s CanReboot()s CanHalt()s CanSuspend()s CanHibernate()s CanHybridSleep()s
    CanSuspendThenHibernate()s ScheduleShutdown(st) CancelScheduledShutdown()b Inhibit(ssss)h CanRebootParameter()s SetRebootParameter(s)
    CanRebootToFirmwareSetup()s SetRebootToFirmwareSetup(b) CanRebootToBootLoaderMenu()s SetRebootToBootLoaderMenu(t) CanRebootToBootLoaderEntry()s
    SetRebootToBootLoaderEntry(s) SetWallMessage(sb) SessionNew*so SessionRemoved*so UserNew*uo UserRemoved*uo SeatNew*so SeatRemoved*so
    PrepareForShutdown*b PrepareForSleep*b`],
  ["org.freedesktop.login1.Seat", `Id=s ActiveSession+(so) CanTTY=b CanGraphical+b Sessions-a(so) IdleHint+b IdleSinceHint+t IdleSinceHintMonotonic+t Terminate() ActivateSession(s)
    SwitchTo(u) SwitchToNext() SwitchToPrevious()`],
  ["org.freedesktop.login1.Session", `Id=s User=(uo) Name=s Timestamp=t TimestampMonotonic=t VTNr=u Seat=(so) TTY=s Display+s Remote=b RemoteHost=s RemoteUser=s Service=s Desktop=s Scope=s
    Leader=u Audit=u Type+s Class=s Active+b State+s IdleHint+b IdleSinceHint+t IdleSinceHintMonotonic+t LockedHint+b Terminate() Activate() Lock()
    Unlock() SetIdleHint(b) SetLockedHint(b) Kill(si) TakeControl(b) ReleaseControl() SetType(s) SetDisplay(s) TakeDevice(uu)hb ReleaseDevice(uu)
    PauseDeviceComplete(uu) SetBrightness(ssu) PauseDevice*uus ResumeDevice*uuh Lock* Unlock*`],
  ["org.freedesktop.login1.User", `UID=u GID=u Name=s Timestamp=t TimestampMonotonic=t RuntimePath=s Service=s Slice=s Display+(so) State-s Sessions-a(so) IdleHint+b IdleSinceHint+t
    IdleSinceHintMonotonic+t Linger-b Terminate() Kill(i)`],
  ["org.freedesktop.hostname1", `Hostname+s StaticHostname+s PrettyHostname+s DefaultHostname=s HostnameSource+s IconName+s Chassis+s Deployment+s Location+s KernelName=s
    KernelRelease=s KernelVersion=s OperatingSystemPrettyName=s OperatingSystemCPEName=s HomeURL=s HardwareVendor=s HardwareModel=s FirmwareVersion=s
    SetHostname(sb) SetStaticHostname(sb) SetPrettyHostname(sb) SetIconName(sb) SetChassis(sb) SetDeployment(sb) SetLocation(sb) GetProductUUID(b)ay
    GetHardwareSerial()s Describe()s`],
  ["org.freedesktop.timedate1", `Timezone+s LocalRTC+b CanNTP-b NTP+b NTPSynchronized-b TimeUSec-t RTCTimeUSec-t SetTime(xbb) SetTimezone(sb) SetLocalRTC(bbb) SetNTP(bb)
    ListTimezones()as`],
  ["org.freedesktop.locale1", `Locale+as X11Layout+s X11Model+s X11Variant+s X11Options+s VConsoleKeymap+s VConsoleKeymapToggle+s SetLocale(asb) SetVConsoleKeyboard(ssbb)
    SetX11Keyboard(ssssbb)`],
  ["org.freedesktop.LogControl1", `LogLevel-sw LogTarget-sw SyslogIdentifier-s`],
];

export interface Member {
  readonly kind: "method" | "property" | "signal";
  readonly name: string;
  /** of the arguments; of the property's value */
  readonly signature: string;
  readonly result: string;
  readonly writable: boolean;
  readonly flags: string;
}

const changeFlags: ReadonlyMap<string, string> = new Map([["+", "emits-change"], ["=", "const"], ["~", "emits-invalidation"], ["-", ""]]);

/** Where the bracket that opens at `at` is closed. */
function closing(word: string, at: number): number {
  let depth = 0;
  for (let index = at; index < word.length; index++) {
    if (word[index] === "(") depth++;
    else if (word[index] === ")" && --depth === 0) return index;
  }
  return word.length;
}

function parseMember(word: string): Member {
  const at = word.search(/[(*+=~-]/);
  const name = word.slice(0, at);
  const mark = word[at] ?? "";
  const rest = word.slice(at + 1);
  if (mark === "(") {
    const end = closing(word, at);
    const result = word.slice(end + 1);
    return { kind: "method", name, signature: word.slice(at + 1, end), result: result.replace("?", ""), writable: false, flags: result.endsWith("?") ? "no-reply" : "" };
  }
  if (mark === "*") return { kind: "signal", name, signature: rest, result: "", writable: false, flags: "" };
  const writable = rest.endsWith("w");
  return { kind: "property", name, signature: writable ? rest.slice(0, -1) : rest, result: "", writable, flags: [changeFlags.get(mark) ?? "", writable ? "writable" : ""].filter((flag) => flag !== "").join(" ") };
}

const byName: ReadonlyMap<string, string> = new Map(tables);

/** Undefined for an interface that is not known. */
export function membersOf(name: string): readonly Member[] | undefined {
  return byName.get(name)?.split(/\s+/).map(parseMember);
}
