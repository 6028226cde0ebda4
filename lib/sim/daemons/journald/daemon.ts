// systemd-journald: takes messages from its sockets and appends them to the journal's file. (The kernel's ring stays where it is: journalctl reads it.)
import { type Blocking, decode, encode, O, POLL, SIGNALS, SIGRTMIN, type Sys, SysError } from "../../kernel/sys.ts";
import { makeDirectories, tryReadFile, tryWriteFile } from "../systemd/api/files.ts";
import { notify } from "../systemd/api/notify.ts";
import { bootId, decodeEntries, encodeEntry, FACILITIES, JOURNAL_MAGIC, parseDatagram, SYSLOG_SOCKET } from "../systemd/api/journal.ts";
import { journalFilesIn, type JournalSettings, journalSettings, PERSISTENT_ROOT, settingIsOn, sizeSetting, spanSetting, vacuumDirectory, VOLATILE_ROOT, writtenDirectory } from "../systemd/api/journal-files.ts";
import { formatSyslogTime, formatTimestamp } from "../systemd/api/time-span.ts";
import { decodeUtmp, UT, UTMP_PATH } from "../systemd/api/utmp-record.ts";
import { JOURNALD_DESCRIPTORS } from "../systemd/journal-descriptors.ts";

interface Stream {
  readonly fd: number;
  readonly pid: number;
  readonly uid: number;
  identifier: string;
  unit: string;
  /** of lines without one of their own */
  priority: string;
  /** "<3>text" names a priority */
  levelPrefix: boolean;
  headerLines: number;
  buffered: string;
}

/** What the real file is allocated at first. */
const initialBytes = 8 * 1024 * 1024;
const lineLimit = 48 * 1024;
const headerLines = 7;

export function* journaldProgram(sys: Sys): Blocking<number> {
  sys.sigaction(SIGNALS.TERM, "catch");
  sys.sigaction(SIGNALS.USR1, "catch");
  sys.sigaction(SIGNALS.USR2, "catch");
  sys.sigaction(SIGRTMIN + 1, "catch");
  const journal = new Journal(sys);
  yield* journal.open();
  const [native, streamListener, devLog] = JOURNALD_DESCRIPTORS;
  const streams = new Map<number, Stream>();
  yield* notify(sys, "READY=1");
  for (;;) {
    let ready: readonly { readonly fd: number }[];
    try {
      ready = yield* sys.poll([...streams.keys(), streamListener, native, devLog].map((fd) => ({ fd, events: POLL.IN })), null);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      const signals = sys.takeSignals();
      if (signals.includes(SIGNALS.USR1)) {
        yield* journal.flush();
        yield* journal.done("flushed");
      }
      if (signals.includes(SIGNALS.USR2)) {
        yield* journal.rotate();
        yield* journal.done("rotated");
      }
      if (signals.includes(SIGRTMIN + 1)) yield* journal.done("synced");
      if (signals.includes(SIGNALS.TERM)) return 0;
      continue;
    }
    // streams first: what a process printed comes before what is said about its end
    for (const { fd } of ready) {
      const stream = streams.get(fd);
      if (stream !== undefined && !(yield* journal.readStream(stream))) {
        streams.delete(fd);
        sys.close(fd);
      }
    }
    for (const { fd } of ready) {
      if (fd === streamListener) {
        const accepted = yield* sys.accept(fd);
        const peer = sys.getPeerCredentials(accepted.fd);
        const stream: Stream = { fd: accepted.fd, pid: peer.pid, uid: peer.uid, identifier: "", unit: "", priority: "6", levelPrefix: true, headerLines: 0, buffered: "" };
        streams.set(accepted.fd, stream);
      } else if (fd === native) {
        const { bytes } = yield* sys.recvfrom(fd, 262_144);
        const fields = parseDatagram(bytes);
        if (fields !== undefined) yield* journal.append(fields);
      } else if (fd === devLog) {
        const { bytes } = yield* sys.recvfrom(fd, 65_536);
        yield* journal.syslog(decode(bytes));
      }
    }
  }
}

const chunkBytes = 65_536;
/** header and hash tables: what an archived file has at least (journal_file_archive cuts the rest off) */
const tablesBytes = 3_733_848;
/** PRIORITY of what wall shows, where nothing else is said */
const levels = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

class Journal {
  readonly #sys: Sys;
  /** below 0: nothing is kept */
  #fd = -1;
  #path = "";
  #boot = "";
  #machine = "";
  #offset = 0;
  #settings: JournalSettings = new Map();
  #maximumFileBytes = Number.POSITIVE_INFINITY;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  *open(): Blocking<void> {
    const sys = this.#sys;
    this.#boot = yield* bootId(sys);
    this.#machine = ((yield* tryReadFile(sys, "/etc/machine-id")) ?? "").trim();
    this.#settings = yield* journalSettings(sys);
    const directory = yield* writtenDirectory(sys, this.#settings);
    if (directory === undefined) return;
    const kind = directory.startsWith(PERSISTENT_ROOT) ? "System" : "Runtime";
    const mostBytes = sizeSetting(this.#settings, `${kind}MaxUse`);
    this.#maximumFileBytes = sizeSetting(this.#settings, `${kind}MaxFileSize`) ?? (mostBytes === undefined ? Number.POSITIVE_INFINITY : Math.max(512 * 1024, Math.floor(mostBytes / 8)));
    makeDirectories(sys, directory);
    yield* this.#begin(`${directory}/system.journal`);
    this.#vacuum();
  }

  *#begin(path: string): Blocking<void> {
    const sys = this.#sys;
    this.#path = path;
    this.#fd = yield* sys.open(path, O.RDWR | O.CREAT | O.CLOEXEC, 0o640);
    this.#offset = yield* this.#usedBytes();
    if (this.#offset === 0) {
      yield* sys.pwrite(this.#fd, encode(JOURNAL_MAGIC), 0);
      this.#offset = JOURNAL_MAGIC.length;
      try {
        sys.fallocate(this.#fd, 0, initialBytes, "allocate");
        sys.fchown(this.#fd, 0, 999);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }

  /** Up to the room that was allocated beforehand: it is all zeros. */
  *#usedBytes(): Blocking<number> {
    for (let at = 0; ;) {
      const bytes = yield* this.#sys.pread(this.#fd, chunkBytes, at);
      const end = bytes.indexOf(0);
      if (end >= 0) return at + end;
      if (bytes.length === 0) return at;
      at += bytes.length;
    }
  }

  /** The file gets the name of an archived one: sequence numbers' ID, number and time of its first entry. A new one is begun. */
  *rotate(): Blocking<void> {
    if (this.#fd < 0) return;
    const sys = this.#sys;
    const text = (yield* tryReadFile(sys, this.#path)) ?? "";
    const [first] = decodeEntries(text);
    if (first !== undefined) {
      const hex = (value: number): string => value.toString(16).padStart(16, "0");
      const directory = this.#path.slice(0, this.#path.lastIndexOf("/"));
      const before = journalFilesIn(sys, directory).filter((path) => path.includes("/system@"));
      let sequence = 1;
      for (const path of before) sequence = Math.max(sequence, Number.parseInt(/-([0-9a-f]{16})-/.exec(path)?.[1] ?? "1", 16) + decodeEntries((yield* tryReadFile(sys, path)) ?? "").length);
      const id = before[0] === undefined ? [...sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("") : (/@([0-9a-f]{32})-/.exec(before[0])?.[1] ?? "");
      try {
        sys.ftruncate(this.#fd, Math.ceil((tablesBytes + this.#offset) / 4096) * 4096);
        sys.close(this.#fd);
        sys.rename(this.#path, `${directory}/system@${id}-${hex(sequence)}-${hex(first.realtimeUs)}.journal`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      yield* this.#begin(this.#path);
    }
    this.#vacuum();
  }

  /** What SystemMaxUse=, MaxRetentionSec= and SystemMaxFiles= (or Runtime…) leave no room for goes. */
  #vacuum(): void {
    const kind = this.#path.startsWith(PERSISTENT_ROOT) ? "System" : "Runtime";
    const most = sizeSetting(this.#settings, `${kind}MaxUse`);
    const files = Number(this.#settings.get(`${kind}MaxFiles`) || 100);
    const retention = spanSetting(this.#settings, "MaxRetentionSec");
    // what is in use counts too
    const room = most === undefined ? undefined : Math.max(0, most - initialBytes);
    vacuumDirectory(this.#sys, this.#path.slice(0, this.#path.lastIndexOf("/")), { maximumBytes: room, maximumFiles: files > 0 ? files : undefined, maximumAgeUs: retention === undefined || retention === 0 ? undefined : retention }, this.#sys.clockUs("realtime"));
  }

  /** SIGUSR1: what was kept in /run goes to /var, when it may (journalctl --flush). */
  *flush(): Blocking<void> {
    const sys = this.#sys;
    const storage = this.#settings.get("Storage") ?? "auto";
    if (this.#fd < 0 || storage === "volatile") return;
    if (storage === "persistent") makeDirectories(sys, PERSISTENT_ROOT);
    const directory = yield* writtenDirectory(sys, this.#settings);
    if (directory === undefined || !directory.startsWith(PERSISTENT_ROOT)) return;
    if (this.#path.startsWith(VOLATILE_ROOT)) {
      makeDirectories(sys, directory);
      sys.close(this.#fd);
      yield* this.#begin(`${directory}/system.journal`);
    }
    for (const path of journalFilesIn(sys, `${VOLATILE_ROOT}/${this.#machine}`)) {
      const bytes = encode(((yield* tryReadFile(sys, path)) ?? "").slice(JOURNAL_MAGIC.length).replace(/\0+$/, ""));
      yield* sys.pwrite(this.#fd, bytes, this.#offset);
      this.#offset += bytes.length;
      sys.unlink(path);
    }
  }

  /** Who asked waits for the time of this file (journalctl). */
  *done(what: "flushed" | "rotated" | "synced"): Blocking<void> {
    yield* tryWriteFile(this.#sys, `/run/systemd/journal/${what}`, `${this.#sys.clockUs("monotonic")}\n`);
  }

  *write(realtimeUs: number, monotonicUs: number, fields: ReadonlyMap<string, string>): Blocking<void> {
    const priority = Number(fields.get("PRIORITY") ?? 6);
    if (this.#fd >= 0 && priority <= this.#level("MaxLevelStore", 7)) {
      const bytes = encode(encodeEntry({ realtimeUs, monotonicUs, bootId: this.#boot, fields }));
      try {
        yield* this.#sys.pwrite(this.#fd, bytes, this.#offset);
        this.#offset += bytes.length;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      if (tablesBytes + this.#offset > Math.max(this.#maximumFileBytes, tablesBytes + 65_536)) yield* this.rotate();
    }
    if (!fields.has("MESSAGE")) return;
    if (settingIsOn(this.#settings, "ForwardToSyslog", true) && priority <= this.#level("MaxLevelSyslog", 7)) yield* this.#forward(realtimeUs, fields);
    if (settingIsOn(this.#settings, "ForwardToWall", true) && priority <= this.#level("MaxLevelWall", 0)) yield* this.#tellEverybody(realtimeUs, fields);
  }

  #level(key: string, otherwise: number): number {
    const word = this.#settings.get(key) ?? "";
    const level = levels.indexOf(word);
    return level >= 0 ? level : /^[0-7]$/.test(word) ? Number(word) : otherwise;
  }

  /** ForwardToWall=: an emergency reaches every terminal. */
  *#tellEverybody(realtimeUs: number, fields: ReadonlyMap<string, string>): Blocking<void> {
    const sys = this.#sys;
    const pid = fields.get("_PID") ?? fields.get("SYSLOG_PID");
    const text = `\r\nBroadcast message from systemd-journald@${sys.uname().nodename} (${formatTimestamp(realtimeUs)}):\r\n\r\n${fields.get("SYSLOG_IDENTIFIER") ?? fields.get("_COMM") ?? "unknown"}${pid === undefined ? "" : `[${pid}]`}: ${fields.get("MESSAGE") ?? ""}\r\n\r\n`;
    let bytes: Uint8Array;
    try {
      const fd = yield* sys.open(UTMP_PATH, O.RDONLY | O.CLOEXEC);
      bytes = yield* sys.read(fd, 1_048_576);
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return;
    }
    for (const record of decodeUtmp(bytes)) {
      if (record.type !== UT.USER_PROCESS || record.line === "") continue;
      try {
        const fd = yield* sys.open(`/dev/${record.line}`, O.WRONLY | O.NONBLOCK | O.NOCTTY | O.CLOEXEC);
        yield* sys.write(fd, encode(text));
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }

  /** ForwardToSyslog=, which Debian has on: to whoever listens (rsyslog). */
  *#forward(realtimeUs: number, fields: ReadonlyMap<string, string>): Blocking<void> {
    const sys = this.#sys;
    try {
      sys.lstat(SYSLOG_SOCKET);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return;
    }
    const fd = sys.socket("unix", "dgram");
    const pid = fields.get("SYSLOG_PID") ?? (fields.get("_TRANSPORT") === "syslog" ? undefined : fields.get("_PID"));
    const priority = Number(fields.get("SYSLOG_FACILITY") ?? 3) * 8 + Number(fields.get("PRIORITY") ?? 6);
    try {
      yield* sys.sendto(fd, encode(`<${priority}>${formatSyslogTime(realtimeUs)} ${fields.get("SYSLOG_IDENTIFIER") ?? fields.get("_COMM") ?? "unknown"}${pid === undefined ? "" : `[${pid}]`}: ${fields.get("MESSAGE") ?? ""}`), { family: "unix", path: SYSLOG_SOCKET });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.close(fd);
  }

  /** With the fields that journald adds from /proc where it knows the sender. */
  *append(fields: Readonly<Record<string, string>>): Blocking<void> {
    const sys = this.#sys;
    const all = new Map(Object.entries(fields));
    const identifier = all.get("SYSLOG_IDENTIFIER") ?? "";
    if (identifier === "systemd" && !all.has("_PID")) {
      all.set("_PID", "1").set("_UID", "0").set("_GID", "0").set("_COMM", "systemd").set("_EXE", "/usr/lib/systemd/systemd").set("_CMDLINE", "/sbin/init").set("_SYSTEMD_CGROUP", "/init.scope").set("_SYSTEMD_UNIT", "init.scope");
    }
    if (!all.has("_TRANSPORT")) all.set("_TRANSPORT", "journal");
    yield* this.#complete(all);
    yield* this.write(sys.clockUs("realtime"), sys.clockUs("monotonic"), all);
  }

  *#complete(all: Map<string, string>): Blocking<void> {
    const sys = this.#sys;
    const pid = all.get("_PID");
    if (pid !== undefined && (!all.has("_COMM") || !all.has("_SYSTEMD_UNIT"))) {
      const comm = all.get("_COMM") ?? (yield* tryReadFile(sys, `/proc/${pid}/comm`))?.trim();
      if (comm !== undefined) {
        all.set("_COMM", comm);
        const group = ((yield* tryReadFile(sys, `/proc/${pid}/cgroup`)) ?? "").trim().replace(/^0::/, "");
        if (group !== "") {
          all.set("_SYSTEMD_CGROUP", group);
          const unit = group.split("/").findLast((part) => /\.(?:service|scope)$/.test(part));
          if (unit !== undefined && !all.has("_SYSTEMD_UNIT")) all.set("_SYSTEMD_UNIT", unit);
        }
      }
    }
    all.set("_HOSTNAME", sys.uname().nodename);
    all.set("_MACHINE_ID", this.#machine);
    all.set("_BOOT_ID", this.#boot);
  }

  /** False when the other side is gone. */
  *readStream(stream: Stream): Blocking<boolean> {
    const sys = this.#sys;
    let bytes: Uint8Array;
    try {
      bytes = yield* sys.read(stream.fd, 65_536);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return false;
    }
    stream.buffered += decode(bytes);
    for (let end = stream.buffered.indexOf("\n"); end >= 0; end = stream.buffered.indexOf("\n")) {
      const line = stream.buffered.slice(0, end);
      stream.buffered = stream.buffered.slice(end + 1);
      yield* this.#streamLine(stream, line);
    }
    while (stream.buffered.length > lineLimit) {
      yield* this.#streamLine(stream, stream.buffered.slice(0, lineLimit));
      stream.buffered = stream.buffered.slice(lineLimit);
    }
    if (bytes.length > 0) return true;
    if (stream.buffered !== "") yield* this.#streamLine(stream, stream.buffered);
    return false;
  }

  *#streamLine(stream: Stream, line: string): Blocking<void> {
    if (stream.headerLines < headerLines) {
      if (stream.headerLines === 0) stream.identifier = line;
      else if (stream.headerLines === 1) stream.unit = line;
      else if (stream.headerLines === 2 && /^\d+$/.test(line)) stream.priority = String(Number(line) & 7);
      else if (stream.headerLines === 3) stream.levelPrefix = line !== "0";
      stream.headerLines++;
      return;
    }
    if (line === "") return;
    const prefix = stream.levelPrefix ? /^<([0-7])>/.exec(line) : null;
    const fields: Record<string, string> = {
      PRIORITY: prefix?.[1] ?? stream.priority, SYSLOG_FACILITY: "3", SYSLOG_IDENTIFIER: stream.identifier, MESSAGE: prefix === null ? line : line.slice(3), _PID: String(stream.pid), _UID: String(stream.uid), _TRANSPORT: "stdout",
    };
    if (stream.unit !== "") fields["_SYSTEMD_UNIT"] = stream.unit;
    yield* this.append(fields);
  }

  /** A line of syslog(3): "<13>Nov 21 21:00:00 tag[12]: text", the stamp may be missing. */
  *syslog(text: string): Blocking<void> {
    const match = /^<(\d{1,3})>(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )?(?:([^\s:[]+)(?:\[(\d+)\])?: ?)?([^]*)$/.exec(text.replace(/[\n\0]+$/, ""));
    if (match === null) return;
    const priority = Number(match[1]);
    const fields: Record<string, string> = { PRIORITY: String(priority & 7), SYSLOG_FACILITY: String(Math.min(priority >> 3, FACILITIES.length - 1)), MESSAGE: match[4] ?? "", _TRANSPORT: "syslog" };
    if (match[2] !== undefined) fields["SYSLOG_IDENTIFIER"] = match[2];
    if (match[3] !== undefined) {
      fields["SYSLOG_PID"] = match[3];
      fields["_PID"] = match[3];
    }
    yield* this.append(fields);
  }
}
