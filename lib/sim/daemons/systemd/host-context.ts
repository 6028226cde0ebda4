// What PID 1 knows of the machine and says to it: identity, clocks, accounts, the journal.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile, tryWriteFile } from "./api/files.ts";
import { bootId, machineId, sendToJournal } from "./api/journal.ts";
import { linkDbusCopy, setUpMachineId } from "./api/machine-id.ts";
import { formatTimeSpan } from "./api/time-span.ts";
import { nameParts } from "./api/unit-name.ts";
import { expandSpecifiers, type SpecifierFacts } from "./specifiers.ts";

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
  readonly groups: readonly number[];
}

export class HostContext {
  readonly sys: Sys;
  readonly environment = new Map<string, string>();
  machineId = "";
  bootId = "";
  /** when PID 1 began, realtime */
  startedRealtimeUs = 0;
  /** when the boot was over, realtime; 0: not yet */
  finishedRealtimeUs = 0;
  readonly logSettings: { level: string; target: string } = { level: "info", target: "journal-or-kmsg" };
  readonly #journalFd: number;
  #facts: SpecifierFacts | undefined;

  constructor(sys: Sys) {
    this.sys = sys;
    this.#journalFd = sys.socket("unix", "dgram");
    sys.setCloexec(this.#journalFd, true);
  }

  *begin(): Blocking<void> {
    this.machineId = yield* this.#ownMachineId();
    this.bootId = yield* bootId(this.sys);
    this.startedRealtimeUs = this.realtimeUs();
  }

  /** On a root that cannot be written to it is worked out for this boot only. */
  *#ownMachineId(): Blocking<string> {
    try {
      const { id, made } = yield* setUpMachineId(this.sys);
      if (made !== undefined) yield* tryWriteFile(this.sys, "/dev/kmsg", `<30>systemd[1]: Initializing machine ID from ${made.source}.\n`);
      linkDbusCopy(this.sys);
      return id;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* machineId(this.sys);
    }
  }

  nowUs(): number {
    return this.sys.clockUs("monotonic");
  }

  realtimeUs(): number {
    return this.sys.clockUs("realtime");
  }

  bootRealtimeUs(): number {
    return this.realtimeUs() - this.nowUs();
  }

  formatSpan(us: number): string {
    return formatTimeSpan(us, us >= 1_000_000 ? 1000 : 1);
  }

  newId(): string {
    return [...this.sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  expand(text: string, name: string): string {
    if (!text.includes("%")) return text;
    this.#facts ??= { hostname: this.sys.uname().nodename, machineId: this.machineId, bootId: this.bootId, release: this.sys.uname().release };
    return expandSpecifiers(text, name, this.#facts);
  }

  slicePath(slice: string): string {
    if (slice === "-.slice" || slice === "") return "";
    const stem = slice.slice(0, -".slice".length);
    const parts = stem.split("-");
    return parts.map((_, index) => `/${parts.slice(0, index + 1).join("-")}.slice`).join("");
  }

  /** "getty@tty1.service" lives in system-getty.slice. */
  templateSlice(name: string): string {
    return `system-${nameParts(name).prefix.replace(/-/g, "\\x2d")}.slice`;
  }

  *log(unit: string, priority: number, message: string): Blocking<void> {
    yield* sendToJournal(this.sys, this.#journalFd, { PRIORITY: String(priority), SYSLOG_FACILITY: "3", SYSLOG_IDENTIFIER: "systemd", UNIT: unit, MESSAGE: message });
  }

  *logSelf(priority: number, message: string): Blocking<void> {
    yield* sendToJournal(this.sys, this.#journalFd, { PRIORITY: String(priority), SYSLOG_FACILITY: "3", SYSLOG_IDENTIFIER: "systemd", MESSAGE: message });
  }

  *account(name: string): Blocking<Account | undefined> {
    const passwd = (yield* tryReadFile(this.sys, "/etc/passwd")) ?? "";
    const fields = passwd.split("\n").map((line) => line.split(":")).find((one) => one[0] === name || (/^\d+$/.test(name) && one[2] === name));
    if (fields === undefined) return undefined;
    const [own = "", , uid = "", gid = "", , home = "/", shell = ""] = fields;
    const groups = ((yield* tryReadFile(this.sys, "/etc/group")) ?? "").split("\n").map((line) => line.split(":")).filter((one) => (one[3] ?? "").split(",").includes(own)).map((one) => Number(one[2]));
    return { name: own, uid: Number(uid), gid: Number(gid), home, shell, groups };
  }

  *groupId(name: string): Blocking<number | undefined> {
    if (/^\d+$/.test(name)) return Number(name);
    const fields = ((yield* tryReadFile(this.sys, "/etc/group")) ?? "").split("\n").map((line) => line.split(":")).find((one) => one[0] === name);
    return fields === undefined ? undefined : Number(fields[2]);
  }

  *commOf(pid: number): Blocking<string> {
    return ((yield* tryReadFile(this.sys, `/proc/${pid}/comm`)) ?? "n/a").trim();
  }

  *removeTree(path: string): Blocking<void> {
    try {
      for (const entry of this.sys.readdir(path)) {
        if (entry.type === 0o040000) yield* this.removeTree(`${path}/${entry.name}`);
        else this.sys.unlink(`${path}/${entry.name}`);
      }
      this.sys.rmdir(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** The host's name may have changed. */
  forgetFacts(): void {
    this.#facts = undefined;
  }
}
