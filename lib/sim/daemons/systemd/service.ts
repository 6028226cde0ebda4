// A service: its processes and the states between "dead" and "running" (systemd.service(5)). Each step forks at most one process and returns; the supervisor
// calls back when that process ends, a message comes or a time is up.
// (More than 400 lines: one state machine; what it runs is in execute.ts, what it shows in service-properties.ts.)
import { type Blocking, SIGNALS, SysError, type WaitStatus } from "../../kernel/sys.ts";
import { tryReadFile, tryWriteFile } from "./api/files.ts";
import type { JobResult, Properties } from "./api/protocol.ts";
import { parseTimeSpan } from "./api/time-span.ts";
import { parseBoolean } from "./api/unit-text.ts";
import { type ExecCommand, parseCommands } from "./command.ts";
import { describeStatus } from "./exit-status.ts";
import { CgroupFiles } from "./cgroup-files.ts";
import { forkCommand } from "./execute.ts";
import { dynamicAccount, isDynamic, makePrivateTmp, removePrivateTmp } from "./sandbox.ts";
import { serviceProperties } from "./service-properties.ts";
import { serviceRefusal } from "./api/service-refusal.ts";
import { type Begun, Unit } from "./unit.ts";
import { signalNumber } from "./api/signal-word.ts";

export type ServiceResult = "success" | "exit-code" | "signal" | "core-dump" | "timeout" | "oom-kill" | "start-limit-hit" | "resources" | "protocol" | "watchdog" | "exec-condition";

type CommandList = "ExecCondition" | "ExecStartPre" | "ExecStart" | "ExecStartPost" | "ExecReload" | "ExecStop" | "ExecStopPost";
export const COMMAND_LISTS: readonly CommandList[] = ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost"];

const defaultTimeoutUs = 90_000_000;
const defaultRestartUs = 100_000;
const startLimitIntervalUs = 10_000_000;
const startLimitBurst = 5;
/** A CPU time below this is not worth a line in the journal. */
const mentionworthyCpuUs = 1_000_000;

export interface MainExit {
  readonly code: "exited" | "killed" | "dumped";
  readonly status: number;
}

export class ServiceUnit extends Unit {
  commands = new Map<CommandList, ExecCommand[]>();
  mainPid = 0;
  controlPid = 0;
  mainExit: MainExit | undefined;
  /** the process that was the main one last, for "Main PID: 12 (code=exited...)" */
  lastMainPid = 0;
  mainStartedUs = 0;
  mainExitedUs = 0;
  result: ServiceResult = "success";
  reloadResult: ServiceResult = "success";
  restarts = 0;
  statusText = "";
  lastCpuUs = 0;
  readonly cgroup: CgroupFiles;
  #queue: ExecCommand[] = [];
  #current: ExecCommand | undefined;
  #deadlineUs: number | undefined;
  #restartAtUs: number | undefined;
  #starts: number[] = [];
  #stopRequested = false;
  #forceKill = false;
  #oom = 0;

  constructor(supervisor: Unit["supervisor"], name: string) {
    super(supervisor, name, "service");
    this.cgroup = new CgroupFiles(supervisor.sys, () => this.text, () => this.section, () => `${this.slicePath}/${this.name}`);
  }

  get slicePath(): string {
    const slice = this.setting("Slice") ?? (this.name.includes("@") ? this.supervisor.templateSlice(this.name) : "system.slice");
    return this.supervisor.slicePath(slice);
  }

  override get cgroupPath(): string {
    return this.cgroup.made ? `${this.slicePath}/${this.name}` : "";
  }

  get serviceType(): string {
    const type = this.setting("Type");
    if (type !== undefined) return type;
    return this.setting("BusName") !== undefined ? "dbus" : this.text.all("Service", "ExecStart").length === 0 ? "oneshot" : "simple";
  }

  get remainAfterExit(): boolean {
    return this.text.flag("Service", "RemainAfterExit", false);
  }

  #span(key: string, otherwise: number): number {
    const value = this.setting(key);
    return value === undefined ? otherwise : (parseTimeSpan(value) ?? otherwise);
  }

  get startTimeoutUs(): number {
    const value = this.#span("TimeoutStartSec", this.#span("TimeoutSec", this.serviceType === "oneshot" ? Number.POSITIVE_INFINITY : defaultTimeoutUs));
    return value === 0 ? Number.POSITIVE_INFINITY : value;
  }

  get stopTimeoutUs(): number {
    const value = this.#span("TimeoutStopSec", this.#span("TimeoutSec", defaultTimeoutUs));
    return value === 0 ? Number.POSITIVE_INFINITY : value;
  }

  get restartUs(): number {
    return this.#span("RestartSec", defaultRestartUs);
  }

  override get canReload(): boolean {
    return (this.commands.get("ExecReload")?.length ?? 0) > 0;
  }

  override get canStart(): boolean {
    return true;
  }

  override *configured(): Blocking<void> {
    this.commands = new Map();
    for (const list of COMMAND_LISTS) {
      const parsed: ExecCommand[] = [];
      for (const line of this.text.all("Service", list)) {
        const commands = parseCommands(this.supervisor.sys, this.supervisor.expand(line, this.name));
        if (commands === undefined) {
          if (list === "ExecStart") this.load = "bad-setting";
          continue;
        }
        parsed.push(...commands);
      }
      if (parsed.length > 0) this.commands.set(list, parsed);
    }
    const refusal = this.load === "loaded" ? this.#refusal() : undefined;
    if (refusal === undefined) return;
    this.load = "bad-setting";
    if (!this.supervisor.isQuiet) yield* this.supervisor.log(this.name, 4, `${this.name}: ${refusal} Refusing.`);
  }

  /** service_verify of systemd. */
  #refusal(): string | undefined {
    return serviceRefusal({ type: this.serviceType, restart: this.setting("Restart") ?? "no", starts: this.commands.get("ExecStart")?.length ?? 0, stops: this.commands.get("ExecStop")?.length ?? 0, busName: this.setting("BusName"), hasSuccessAction: this.text.all("Unit", "SuccessAction").length > 0 });
  }

  // ---- starting ------------------------------------------------------------------------------------------------------------------------

  override *start(): Blocking<Begun> {
    if (this.isActive || this.active === "activating") {
      if (this.sub !== "auto-restart") return this.isActive ? "done" : "pending";
    }
    if (this.active === "deactivating") return "pending";
    const { supervisor } = this;
    if (!this.#withinStartLimit()) {
      this.isStartLimitHit = true;
      yield* supervisor.log(this.name, 4, `${this.name}: Start request repeated too quickly.`);
      if (this.result === "success") this.result = "start-limit-hit";
      yield* this.#logResult();
      this.#restartAtUs = undefined;
      this.changeState("failed", "failed");
      return { failed: "failed" };
    }
    this.isStartLimitHit = false;
    const fromRestart = this.sub === "auto-restart";
    if (!fromRestart) this.restarts = 0;
    this.result = "success";
    this.reloadResult = "success";
    this.mainExit = undefined;
    this.lastMainPid = 0;
    this.#restartAtUs = undefined;
    this.#stopRequested = false;
    this.#forceKill = false;
    this.#oom = 0;
    this.statusText = "";
    this.invocationId = supervisor.newId();
    for (const list of this.commands.values()) {
      for (const command of list) Object.assign(command, { startedUs: 0, exitedUs: 0, pid: 0, code: "", status: 0 });
    }
    yield* this.cgroup.make();
    yield* this.#runtimeDirectories();
    makePrivateTmp(this);
    this.#armStart();
    return yield* this.#enter("ExecCondition");
  }

  #withinStartLimit(): boolean {
    const nowUs = this.supervisor.nowUs();
    const interval = this.text.last("Unit", "StartLimitIntervalSec") ?? this.text.last("Unit", "StartLimitInterval") ?? this.text.last("Service", "StartLimitInterval");
    const burst = this.text.last("Unit", "StartLimitBurst") ?? this.text.last("Service", "StartLimitBurst");
    const intervalUs = interval === undefined ? startLimitIntervalUs : (parseTimeSpan(interval) ?? startLimitIntervalUs);
    const most = burst === undefined ? startLimitBurst : Number(burst);
    if (intervalUs === 0 || most === 0) return true;
    this.#starts = this.#starts.filter((atUs) => nowUs - atUs < intervalUs);
    if (this.#starts.length >= most) return false;
    this.#starts = this.#starts.concat(nowUs);
    return true;
  }

  #armStart(): void {
    const timeout = this.startTimeoutUs;
    this.#deadlineUs = timeout === Number.POSITIVE_INFINITY ? undefined : this.supervisor.nowUs() + timeout;
  }

  /** Runs the lists from that one on until one waits for a process. */
  *#enter(list: CommandList): Blocking<Begun> {
    const commands = this.commands.get(list) ?? [];
    switch (list) {
      case "ExecCondition":
      case "ExecStartPre":
        if (commands.length === 0) return yield* this.#enter(list === "ExecCondition" ? "ExecStartPre" : "ExecStart");
        this.#queue = [...commands];
        this.changeState("activating", list === "ExecCondition" ? "condition" : "start-pre");
        return yield* this.#runNextControl();
      case "ExecStart":
        return yield* this.#startMain();
      case "ExecStartPost":
        if (commands.length === 0) return yield* this.#enterRunning();
        this.#queue = [...commands];
        this.changeState("activating", "start-post");
        return yield* this.#runNextControl();
      default:
        return "done";
    }
  }

  *#startMain(): Blocking<Begun> {
    const commands = this.commands.get("ExecStart") ?? [];
    const [first, ...rest] = commands;
    if (first === undefined) return yield* this.#enter("ExecStartPost");
    const type = this.serviceType;
    this.#queue = type === "oneshot" ? rest : [];
    const pid = yield* this.#fork(first);
    if (pid === undefined) return yield* this.#failStart("resources");
    this.#current = first;
    if (type === "forking") {
      this.controlPid = pid;
      this.changeState("activating", "start");
      return "pending";
    }
    this.#becomeMain(pid);
    if (type === "oneshot" || type === "notify" || type === "exec") {
      this.changeState("activating", "start");
      if (type === "exec") return yield* this.#enter("ExecStartPost");
      return "pending";
    }
    return yield* this.#enter("ExecStartPost");
  }

  #becomeMain(pid: number): void {
    this.mainPid = pid;
    this.lastMainPid = pid;
    this.mainExit = undefined;
    this.mainStartedUs = this.supervisor.realtimeUs();
    this.mainExitedUs = 0;
  }

  *#enterRunning(): Blocking<Begun> {
    this.#deadlineUs = undefined;
    if (this.mainPid > 0 || (this.serviceType === "forking" && (yield* this.cgroup.populated()))) {
      this.changeState("active", "running");
      const limit = this.setting("RuntimeMaxSec");
      if (limit !== undefined) this.#deadlineUs = this.supervisor.nowUs() + (parseTimeSpan(limit) ?? Number.POSITIVE_INFINITY);
      return "done";
    }
    if (this.remainAfterExit) {
      this.changeState("active", "exited");
      return "done";
    }
    return yield* this.#enterStop(this.result);
  }

  *#runNextControl(): Blocking<Begun> {
    const next = this.#queue.shift();
    if (next === undefined) return yield* this.#controlListDone();
    const pid = yield* this.#fork(next);
    this.#current = next;
    if (pid === undefined) return next.ignoreFailure ? yield* this.#runNextControl() : yield* this.#failStart("resources");
    this.controlPid = pid;
    return "pending";
  }

  /** The last command of a list of control processes has ended well. */
  *#controlListDone(): Blocking<Begun> {
    switch (this.sub) {
      case "condition":
        return yield* this.#enter("ExecStartPre");
      case "start-pre":
        return yield* this.#enter("ExecStart");
      case "start-post":
        return yield* this.#enterRunning();
      case "reload":
        this.changeState("active", this.mainPid > 0 || this.serviceType === "forking" ? "running" : "exited");
        this.#deadlineUs = undefined;
        yield* this.supervisor.jobDone(this, this.reloadResult === "success" ? "done" : "failed");
        return "done";
      case "stop":
        return yield* this.#enterSignal("stop-sigterm");
      case "stop-post":
        return yield* this.#enterDead();
      default:
        return "done";
    }
  }

  *#failStart(result: ServiceResult): Blocking<Begun> {
    if (this.result === "success") this.result = result;
    return yield* this.#enterStop(this.result);
  }

  *#fork(command: ExecCommand): Blocking<number | undefined> {
    const pid = yield* forkCommand(this, command);
    if (pid === undefined) return undefined;
    Object.assign(command, { pid, startedUs: this.supervisor.realtimeUs(), exitedUs: 0, code: "", status: 0 });
    this.supervisor.watch(pid, this);
    return pid;
  }

  *#runtimeDirectories(): Blocking<void> {
    const { sys } = this.supervisor;
    for (const [key, root] of [["RuntimeDirectory", "/run"], ["StateDirectory", "/var/lib"], ["CacheDirectory", "/var/cache"], ["LogsDirectory", "/var/log"], ["ConfigurationDirectory", "/etc"]] as const) {
      for (const name of this.text.words("Service", key)) {
        const mode = Number.parseInt(this.setting(`${key}Mode`) ?? "755", 8);
        let path = root;
        for (const part of this.supervisor.expand(name, this.name).split("/")) {
          path += `/${part}`;
          try {
            sys.mkdir(path, mode);
            const user = this.setting("User");
            const known = user === undefined ? undefined : yield* this.supervisor.account(user);
            const dynamic = known === undefined && isDynamic(this) ? dynamicAccount(this).uid : undefined;
            const account = known ?? (dynamic === undefined ? undefined : { uid: dynamic, gid: dynamic });
            if (account !== undefined && key !== "ConfigurationDirectory") sys.chown(path, account.uid, account.gid);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
      }
    }
  }

  // ---- stopping --------------------------------------------------------------------------------------------------------------------------

  override *stop(): Blocking<Begun> {
    this.#stopRequested = true;
    this.#restartAtUs = undefined;
    if (this.isDead) return "done";
    if (this.sub === "auto-restart") {
      this.changeState("inactive", "dead");
      return "done";
    }
    if (this.active === "deactivating") return "pending";
    return yield* this.#enterStop("success");
  }

  *#enterStop(result: ServiceResult): Blocking<Begun> {
    if (this.result === "success") this.result = result;
    const commands = this.commands.get("ExecStop") ?? [];
    if (commands.length > 0 && (this.isActive || this.mainPid > 0)) {
      this.#queue = [...commands];
      this.#armStop();
      this.changeState("deactivating", "stop");
      return yield* this.#runNextControl();
    }
    return yield* this.#enterSignal("stop-sigterm");
  }

  #armStop(): void {
    const timeout = this.stopTimeoutUs;
    this.#deadlineUs = timeout === Number.POSITIVE_INFINITY ? undefined : this.supervisor.nowUs() + timeout;
  }

  *#enterSignal(sub: "stop-sigterm" | "stop-sigkill" | "final-sigterm" | "final-sigkill"): Blocking<Begun> {
    const final = sub.startsWith("final");
    const kill = sub.endsWith("sigkill");
    const sent = yield* this.#signalProcesses(kill ? SIGNALS.KILL : (signalNumber(this.setting("KillSignal") ?? "SIGTERM") ?? SIGNALS.TERM), kill);
    if (sent) {
      this.#armStop();
      this.changeState("deactivating", sub);
      return "pending";
    }
    if (sub === "stop-sigterm" && !kill && !this.#forceKill) return yield* this.#enterStopPost();
    if (!final) return yield* this.#enterStopPost();
    return yield* this.#enterDead();
  }

  /** True when a process got the signal that must be waited for. */
  *#signalProcesses(signal: number, kill: boolean): Blocking<boolean> {
    const mode = this.setting("KillMode") ?? "control-group";
    const { sys } = this.supervisor;
    const own = [this.mainPid, this.controlPid].filter((pid) => pid > 0);
    let targets = own;
    if (mode === "control-group" || (mode === "mixed" && kill)) targets = [...new Set([...own, ...(yield* this.cgroup.processes())])];
    if (mode === "none") return false;
    const send = mode === "mixed" && !kill ? targets.filter((pid) => pid === this.mainPid || pid === this.controlPid) : targets;
    let sent = false;
    for (const pid of send) {
      try {
        sys.kill(pid, signal);
        if (signal !== SIGNALS.KILL && signal !== SIGNALS.CONT && (this.text.flag("Service", "SendSIGHUP", false))) sys.kill(pid, SIGNALS.HUP);
        if (signal !== SIGNALS.KILL) sys.kill(pid, SIGNALS.CONT);
        sent = true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    if (mode === "control-group" || mode === "mixed") return sent;
    return sent && own.length > 0;
  }

  *#enterStopPost(): Blocking<Begun> {
    const commands = this.commands.get("ExecStopPost") ?? [];
    if (commands.length > 0) {
      this.#queue = [...commands];
      this.#armStop();
      this.changeState("deactivating", "stop-post");
      return yield* this.#runNextControl();
    }
    if ((yield* this.cgroup.populated()) && (this.setting("KillMode") ?? "control-group") === "control-group") {
      const rest = yield* this.cgroup.processes();
      if (rest.length > 0 && this.sub !== "final-sigterm") return yield* this.#enterSignal("final-sigterm");
    }
    return yield* this.#enterDead();
  }

  *#enterDead(): Blocking<Begun> {
    const { supervisor } = this;
    this.#deadlineUs = undefined;
    this.lastCpuUs = yield* this.cgroup.cpuUs();
    yield* this.#logResult();
    if (this.lastCpuUs >= mentionworthyCpuUs) yield* supervisor.log(this.name, 6, `${this.name}: Consumed ${supervisor.formatSpan(this.lastCpuUs)} CPU time.`);
    const failed = this.result !== "success";
    const restart = !this.#stopRequested && this.#wantsRestart();
    yield* this.cgroup.remove();
    this.mainPid = 0;
    this.controlPid = 0;
    if (!parseBoolean(this.setting("RuntimeDirectoryPreserve") ?? "no")) yield* this.#removeRuntimeDirectories();
    yield* removePrivateTmp(this);
    if (restart) {
      this.#restartAtUs = supervisor.nowUs() + this.restartUs;
      this.changeState(failed ? "failed" : "inactive", failed ? "failed" : "dead");
      yield* supervisor.jobDone(this, failed ? "failed" : "done");
      this.changeState("activating", "auto-restart");
      return failed ? { failed: "failed" } : "done";
    }
    this.changeState(failed ? "failed" : "inactive", failed ? "failed" : "dead");
    const outcome: JobResult = failed ? "failed" : "done";
    yield* supervisor.jobDone(this, outcome);
    return failed ? { failed: outcome } : "done";
  }

  *#removeRuntimeDirectories(): Blocking<void> {
    for (const name of this.text.words("Service", "RuntimeDirectory")) yield* this.supervisor.removeTree(`/run/${this.supervisor.expand(name, this.name)}`);
  }

  *#logResult(): Blocking<void> {
    if (this.result === "success") yield* this.supervisor.log(this.name, 6, `${this.name}: Deactivated successfully.`);
    else yield* this.supervisor.log(this.name, 4, `${this.name}: Failed with result '${this.result}'.`);
  }

  #wantsRestart(): boolean {
    const policy = this.setting("Restart") ?? "no";
    const status = this.mainExit;
    if (status !== undefined && status.code === "exited" && this.text.words("Service", "RestartPreventExitStatus").includes(String(status.status))) return false;
    const clean = this.result === "success";
    switch (policy) {
      case "always":
        return true;
      case "on-success":
        return clean;
      case "on-failure":
        return !clean;
      case "on-abnormal":
        return !clean && this.result !== "exit-code";
      case "on-abort":
        return this.result === "signal" || this.result === "core-dump";
      default:
        return false;
    }
  }

  // ---- reloading --------------------------------------------------------------------------------------------------------------------------

  override *reload(): Blocking<Begun> {
    const commands = this.commands.get("ExecReload") ?? [];
    if (commands.length === 0) return { failed: "failed" };
    this.#queue = [...commands];
    this.reloadResult = "success";
    this.changeState("reloading", "reload");
    return yield* this.#runNextControl();
  }

  // ---- what happens to it --------------------------------------------------------------------------------------------------------------------

  override *processEnded(pid: number, status: WaitStatus): Blocking<void> {
    if (status.kind !== "exited" && status.kind !== "signaled") return;
    const code = status.kind === "exited" ? "exited" : status.coreDumped ? "dumped" : "killed";
    const number = status.kind === "exited" ? status.status : status.signal;
    const command = this.#current?.pid === pid ? this.#current : [...this.commands.values()].flat().find((one) => one.pid === pid);
    if (command !== undefined) Object.assign(command, { exitedUs: this.supervisor.realtimeUs(), code, status: number });
    const result = this.#resultOf(code, number, command?.ignoreFailure === true, pid === this.mainPid);
    if (pid === this.mainPid) yield* this.#mainEnded(code, number, result);
    else if (pid === this.controlPid) yield* this.#controlEnded(code, number, result);
    else if (this.active === "deactivating" && this.mainPid === 0 && this.controlPid === 0 && (this.sub === "stop-sigterm" || this.sub === "stop-sigkill" || this.sub.startsWith("final"))) yield* this.#afterSignal();
  }

  #resultOf(code: MainExit["code"], status: number, ignore: boolean, main: boolean): ServiceResult {
    if (ignore) return "success";
    const extra = this.text.words("Service", "SuccessExitStatus");
    if (code === "exited") return status === 0 || extra.includes(String(status)) ? "success" : "exit-code";
    const clean: readonly number[] = [SIGNALS.HUP, SIGNALS.INT, SIGNALS.TERM, SIGNALS.PIPE];
    if ((main || this.active === "deactivating") && this.serviceType !== "oneshot" && clean.includes(status)) return "success";
    if (extra.some((word) => signalNumber(word) === status)) return "success";
    return code === "dumped" ? "core-dump" : "signal";
  }

  *#mainEnded(code: MainExit["code"], status: number, result: ServiceResult): Blocking<void> {
    const { supervisor } = this;
    this.mainPid = 0;
    this.mainExit = { code, status };
    this.mainExitedUs = supervisor.realtimeUs();
    const oom = result === "signal" && status === SIGNALS.KILL ? yield* this.cgroup.oomKills() : 0;
    const counted: ServiceResult = oom > this.#oom ? "oom-kill" : result;
    this.#oom = oom;
    if (counted === "oom-kill") yield* supervisor.log(this.name, 4, `${this.name}: A process of this unit has been killed by the OOM killer.`);
    if (result !== "success") yield* supervisor.log(this.name, 5, `${this.name}: Main process exited, code=${code}, status=${describeStatus(code, status)}`);
    if (this.result === "success" && !(this.active === "deactivating" && this.#stopRequested && counted === "signal")) this.result = counted;
    switch (this.sub) {
      case "start":
        if (this.serviceType === "oneshot") {
          if (counted !== "success") return yield* this.#ended(yield* this.#enterStop(counted));
          const next = this.#queue.shift();
          if (next !== undefined) {
            const pid = yield* this.#fork(next);
            if (pid === undefined) return yield* this.#ended(yield* this.#failStart("resources"));
            this.#current = next;
            this.#becomeMain(pid);
            return;
          }
          return yield* this.#ended(yield* this.#enter("ExecStartPost"));
        }
        if (this.result === "success") this.result = "protocol";
        return yield* this.#ended(yield* this.#enterStop(this.result));
      case "start-post":
        return;
      case "running":
        if (counted === "success" && this.remainAfterExit) {
          this.changeState("active", "exited");
          return;
        }
        yield* this.#enterStop(counted);
        return;
      case "stop":
        return;
      case "stop-sigterm":
      case "stop-sigkill":
      case "final-sigterm":
      case "final-sigkill":
        if (this.controlPid === 0) yield* this.#afterSignal();
        return;
      default:
        return;
    }
  }

  *#ended(begun: Begun): Blocking<void> {
    if (begun === "done") yield* this.supervisor.jobDone(this, "done");
  }

  *#afterSignal(): Blocking<void> {
    const waitForAll = (this.setting("KillMode") ?? "control-group") === "control-group";
    if (waitForAll && (yield* this.cgroup.processes()).length > 0) return;
    if (this.sub.startsWith("final")) yield* this.#enterDead();
    else yield* this.#enterStopPost();
  }

  *#controlEnded(code: MainExit["code"], status: number, result: ServiceResult): Blocking<void> {
    const { supervisor } = this;
    this.controlPid = 0;
    if (result !== "success") yield* supervisor.log(this.name, 5, `${this.name}: Control process exited, code=${code}, status=${describeStatus(code, status)}`);
    if (this.sub === "condition" && result === "exit-code" && status < 255) {
      this.result = "exec-condition";
      yield* this.#enterDead();
      return;
    }
    if (this.sub === "reload") {
      this.reloadResult = result;
      if (result === "success" && this.#queue.length > 0) yield* this.#runNextControl();
      else {
        this.#queue = [];
        yield* this.#controlListDone();
      }
      return;
    }
    if (result !== "success") {
      if (this.result === "success") this.result = result;
      if (this.sub === "stop") {
        this.#queue = [];
        yield* this.#enterSignal("stop-sigterm");
      } else if (this.sub === "stop-post") yield* this.#enterDead();
      else if (this.active === "deactivating") yield* this.#afterSignal();
      else yield* this.#enterStop(result);
      return;
    }
    if (this.sub === "start" && this.serviceType === "forking") {
      const pid = yield* this.#forkedMain();
      if (pid > 0) {
        this.#becomeMain(pid);
        supervisor.watch(pid, this);
      }
      yield* this.#ended(yield* this.#enter("ExecStartPost"));
      return;
    }
    const begun = yield* this.#runNextControl();
    if (this.sub !== "stop-post" && this.active !== "deactivating" && this.active !== "reloading") yield* this.#ended(begun);
  }

  /** Of a forking service: what its PID file says, or the only process that is left. */
  *#forkedMain(): Blocking<number> {
    const file = this.setting("PIDFile");
    if (file !== undefined) {
      const text = yield* tryReadFile(this.supervisor.sys, file.startsWith("/") ? file : `/run/${file}`);
      const pid = Number(text?.trim());
      if (Number.isInteger(pid) && pid > 0) return pid;
    }
    const processes = yield* this.cgroup.processes();
    return processes[0] ?? 0;
  }

  override *notified(pid: number, message: ReadonlyMap<string, string>): Blocking<void> {
    const status = message.get("STATUS");
    if (status !== undefined) this.statusText = status;
    const main = Number(message.get("MAINPID"));
    if (Number.isInteger(main) && main > 0) {
      this.mainPid = main;
      this.lastMainPid = main;
      this.supervisor.watch(main, this);
    }
    if (message.get("READY") === "1" && this.sub === "start" && this.serviceType === "notify") yield* this.#ended(yield* this.#enter("ExecStartPost"));
    void pid;
  }

  override get wakeUs(): number | undefined {
    return this.#restartAtUs ?? this.#deadlineUs;
  }

  override *timeout(): Blocking<void> {
    const { supervisor } = this;
    if (this.#restartAtUs !== undefined) {
      this.#restartAtUs = undefined;
      this.restarts++;
      yield* supervisor.log(this.name, 6, `${this.name}: Scheduled restart job, restart counter is at ${this.restarts}.`);
      yield* supervisor.log(this.name, 6, `Stopped ${this.title}.`);
      yield* supervisor.queueStart(this.name);
      return;
    }
    this.#deadlineUs = undefined;
    switch (this.sub) {
      case "condition":
      case "start-pre":
      case "start":
      case "start-post":
        yield* supervisor.log(this.name, 4, `${this.name}: ${this.sub} operation timed out. Terminating.`);
        this.result = "timeout";
        yield* this.#enterSignal("stop-sigterm");
        return;
      case "running":
        yield* supervisor.log(this.name, 4, `${this.name}: Service reached runtime time limit. Stopping.`);
        yield* this.#enterStop("timeout");
        return;
      case "stop":
      case "stop-sigterm":
        yield* supervisor.log(this.name, 4, `${this.name}: State '${this.sub}' timed out. Killing.`);
        if (this.result === "success") this.result = "timeout";
        this.#forceKill = true;
        for (const pid of yield* this.cgroup.processes()) yield* supervisor.log(this.name, 5, `${this.name}: Killing process ${pid} (${yield* supervisor.commOf(pid)}) with signal SIGKILL.`);
        yield* this.#enterSignal("stop-sigkill");
        return;
      case "stop-sigkill":
      case "stop-post":
      case "final-sigterm":
        yield* this.#enterSignal("final-sigkill");
        return;
      default:
        yield* this.#enterDead();
    }
  }

  override resetFailed(): void {
    super.resetFailed();
    this.result = "success";
    this.reloadResult = "success";
    this.restarts = 0;
    this.#starts = [];
  }

  /** A control-group setting changed while it runs. */
  *applyResources(): Blocking<void> {
    yield* this.cgroup.apply();
  }

  override *ownProperties(): Blocking<Properties> {
    return yield* serviceProperties(this);
  }

  *setOomScore(pid: number): Blocking<void> {
    const value = this.setting("OOMScoreAdjust");
    if (value !== undefined) yield* tryWriteFile(this.supervisor.sys, `/proc/${pid}/oom_score_adj`, value);
  }

  /** systemd's own daemons are there from the first instant: the boot does not wait for their messages. */
  *presume(): Blocking<void> {
    if (this.sub === "start" && this.serviceType === "notify") yield* this.#ended(yield* this.#enter("ExecStartPost"));
  }
}
