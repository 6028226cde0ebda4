// systemd-journald: takes messages from its sockets and appends them to the journal's file. (The kernel's ring stays where it is: journalctl reads it.)
import { type Blocking, decode, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { makeDirectories, tryReadFile } from "../systemd/api/files.ts";
import { notify } from "../systemd/api/notify.ts";
import { bootId, encodeEntry, FACILITIES, JOURNAL_MAGIC, journalPath, parseDatagram, SYSLOG_SOCKET } from "../systemd/api/journal.ts";
import { formatSyslogTime } from "../systemd/api/time-span.ts";
import { JOURNALD_DESCRIPTORS } from "../systemd/journal-descriptors.ts";

interface Stream {
  readonly fd: number;
  readonly pid: number;
  readonly uid: number;
  identifier: string;
  unit: string;
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
      if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
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
        const stream: Stream = { fd: accepted.fd, pid: peer.pid, uid: peer.uid, identifier: "", unit: "", headerLines: 0, buffered: "" };
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

class Journal {
  readonly #sys: Sys;
  #fd = -1;
  #boot = "";
  #machine = "";
  #offset = 0;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  *open(): Blocking<void> {
    const sys = this.#sys;
    this.#boot = yield* bootId(sys);
    this.#machine = ((yield* tryReadFile(sys, "/etc/machine-id")) ?? "").trim();
    const path = yield* journalPath(sys);
    makeDirectories(sys, path.slice(0, path.lastIndexOf("/")));
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

  *write(realtimeUs: number, monotonicUs: number, fields: ReadonlyMap<string, string>): Blocking<void> {
    const bytes = encode(encodeEntry({ realtimeUs, monotonicUs, bootId: this.#boot, fields }));
    try {
      yield* this.#sys.pwrite(this.#fd, bytes, this.#offset);
      this.#offset += bytes.length;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (fields.has("MESSAGE")) yield* this.#forward(realtimeUs, fields);
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
      stream.headerLines++;
      return;
    }
    if (line === "") return;
    const prefix = /^<([0-7])>/.exec(line);
    const fields: Record<string, string> = {
      PRIORITY: prefix?.[1] ?? "6", SYSLOG_FACILITY: "3", SYSLOG_IDENTIFIER: stream.identifier, MESSAGE: prefix === null ? line : line.slice(3), _PID: String(stream.pid), _UID: String(stream.uid), _TRANSPORT: "stdout",
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
