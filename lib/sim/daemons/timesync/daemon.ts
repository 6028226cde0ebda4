// systemd-timesyncd: an SNTP client. One server at a time, the next one when it does not answer; the clock is stepped when it is wrong by more than 0.4 s
// (systemd-timesyncd.service(8), timesyncd.conf(5)).
import { type Blocking, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { askTime, type NtpMeasurement, NTP_PORT } from "../ntp/api.ts";
import { lookUpHost, ResolveError } from "../resolver/api.ts";
import { makeDirectories, names, tryReadFile, tryWriteFile } from "../systemd/api/files.ts";
import { notify } from "../systemd/api/notify.ts";
import { sendToJournal } from "../systemd/api/journal.ts";
import { formatTimestamp, parseTimeSpan } from "../systemd/api/time-span.ts";
import { TIMESYNC_SOCKET, type TimesyncState } from "./api.ts";

const FALLBACK = "0.debian.pool.ntp.org 1.debian.pool.ntp.org 2.debian.pool.ntp.org 3.debian.pool.ntp.org";
const ANSWER_TIMEOUT_US = 10_000_000;
/** beyond it the clock is stepped (NTP_MAX_ADJUST) */
const STEP_US = 400_000;
const HISTORY = 8;

class Settings {
  readonly #values = new Map<string, string[]>();

  static *read(sys: Sys): Blocking<Settings> {
    const settings = new Settings();
    const files = new Map<string, string>();
    for (const directory of ["/usr/lib/systemd/timesyncd.conf.d", "/lib/systemd/timesyncd.conf.d", "/run/systemd/timesyncd.conf.d", "/etc/systemd/timesyncd.conf.d"]) for (const name of names(sys, directory)) if (name.endsWith(".conf")) files.set(name, `${directory}/${name}`);
    for (const path of ["/etc/systemd/timesyncd.conf", ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)]) {
      for (const line of ((yield* tryReadFile(sys, path)) ?? "").split("\n")) {
        const match = /^([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line);
        if (match === null) continue;
        const [, key = "", value = ""] = match;
        if (value === "") settings.#values.set(key, []);
        else settings.#values.set(key, /^(?:Fallback)?NTP$/.test(key) ? [...(settings.#values.get(key) ?? []), ...value.split(/\s+/)] : [value]);
      }
    }
    return settings;
  }

  words(key: string, otherwise: string): readonly string[] {
    return this.#values.get(key) ?? (otherwise === "" ? [] : otherwise.split(" "));
  }

  spanUs(key: string, otherwiseSeconds: number): number {
    const value = this.#values.get(key)?.[0];
    return (value === undefined ? undefined : parseTimeSpan(value)) ?? otherwiseSeconds * 1e6;
  }
}

class Timesync {
  #sys: Sys;
  readonly #settings: Settings;
  readonly #pollMinUs: number;
  readonly #pollMaxUs: number;
  readonly #offsets: number[] = [];
  #pollUs: number;
  #serverName: string | undefined;
  #serverAddress: string | undefined;
  #measurement: NtpMeasurement | undefined;
  #count = 0;
  #synchronised = false;

  constructor(sys: Sys, settings: Settings) {
    this.#sys = sys;
    this.#settings = settings;
    this.#pollMinUs = settings.spanUs("PollIntervalMinSec", 32);
    this.#pollMaxUs = Math.max(this.#pollMinUs, settings.spanUs("PollIntervalMaxSec", 2048));
    this.#pollUs = this.#pollMinUs;
  }

  get state(): TimesyncState {
    const last = this.#measurement;
    const mean = this.#offsets.reduce((sum, one) => sum + one, 0) / Math.max(1, this.#offsets.length);
    return {
      systemServers: this.#settings.words("NTP", ""), fallbackServers: this.#settings.words("FallbackNTP", FALLBACK), serverName: this.#serverName, serverAddress: this.#serverAddress,
      rootDistanceMaxUs: this.#settings.spanUs("RootDistanceMaxSec", 5), pollMinUs: this.#pollMinUs, pollMaxUs: this.#pollMaxUs, pollUs: last === undefined ? 0 : this.#pollUs,
      message: last && {
        packet: last.packet, destinationUs: last.arrivedUs, offsetUs: Math.round(last.offsetSeconds * 1e6), delayUs: Math.round(last.delaySeconds * 1e6), count: this.#count,
        jitterUs: this.#offsets.length < 2 ? 0 : Math.round(Math.sqrt(this.#offsets.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (this.#offsets.length - 1))),
      },
    };
  }

  *#say(message: string): Blocking<void> {
    const fd = this.#sys.socket("unix", "dgram");
    yield* sendToJournal(this.#sys, fd, { PRIORITY: "6", SYSLOG_FACILITY: "3", SYSLOG_IDENTIFIER: "systemd-timesyncd", MESSAGE: message, _TRANSPORT: "journal", _PID: String(this.#sys.getpid()), _UID: String(this.#sys.getcred().ruid), _COMM: "systemd-timesyn" });
    this.#sys.close(fd);
  }

  /** For ever: each server in turn while it answers. `sys` is the thread's that it runs in. */
  *run(sys: Sys): Blocking<number> {
    this.#sys = sys;
    for (;;) {
      const configured = this.#settings.words("NTP", "");
      for (const name of configured.length > 0 ? configured : this.#settings.words("FallbackNTP", FALLBACK)) {
        let addresses: readonly string[] = [];
        try {
          addresses = yield* lookUpHost(sys, name);
        } catch (error) {
          if (!(error instanceof ResolveError)) throw error;
        }
        for (const address of addresses) {
          this.#serverName = name;
          this.#serverAddress = address;
          while (yield* this.#exchange(name, address)) yield* this.#rest(this.#pollUs);
        }
      }
      this.#measurement = undefined;
      yield* this.#rest(this.#settings.spanUs("ConnectionRetrySec", 30));
    }
  }

  *#rest(us: number): Blocking<void> {
    yield* this.#sys.sleep(us);
  }

  /** False: no answer that can be used. */
  *#exchange(name: string, address: string): Blocking<boolean> {
    const sys = this.#sys;
    const measurement = yield* askTime(sys, address, NTP_PORT, Math.round(Math.log2(this.#pollUs / 1e6)), ANSWER_TIMEOUT_US);
    if (measurement === undefined) {
      yield* this.#say(`Timed out waiting for reply from ${address}:${NTP_PORT} (${name}).`);
      return false;
    }
    const { packet } = measurement;
    const unusable = packet.leap === 3 || packet.stratum === 0 || packet.stratum > 15 ? "Server is not synchronized. Disconnecting." : packet.rootDelaySeconds / 2 + packet.rootDispersionSeconds > this.#settings.spanUs("RootDistanceMaxSec", 5) / 1e6 ? "Server has too large root distance. Disconnecting." : undefined;
    if (unusable !== undefined) {
      yield* this.#say(unusable);
      return false;
    }
    const first = this.#measurement === undefined;
    this.#measurement = measurement;
    this.#count++;
    const offsetUs = Math.round(measurement.offsetSeconds * 1e6);
    this.#offsets.push(offsetUs);
    if (this.#offsets.length > HISTORY) this.#offsets.shift();
    try {
      if (Math.abs(offsetUs) > STEP_US) sys.setClockUs(sys.clockUs("realtime") + offsetUs);
      sys.adjtimex({ synchronized: true, maximumErrorUs: 0, estimatedErrorUs: 0, ...(Math.abs(offsetUs) <= STEP_US && { shiftUs: offsetUs }) });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    // the kernel's eleven-minute mode, which is off where the hardware keeps local time
    if (!/^LOCAL$/m.test((yield* tryReadFile(sys, "/etc/adjtime")) ?? "")) {
      try {
        sys.setClockUs(sys.clockUs("realtime"), "rtc");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    yield* tryWriteFile(sys, "/run/systemd/timesync/synchronized", "");
    yield* tryWriteFile(sys, "/var/lib/systemd/timesync/clock", "");
    if (first) {
      yield* this.#say(`Contacted time server ${address}:${NTP_PORT} (${name}).`);
      yield* notify(sys, `STATUS=Contacted time server ${address}:${NTP_PORT} (${name}).`);
    }
    if (!this.#synchronised) yield* this.#say(`Initial clock synchronization to ${formatTimestamp(sys.clockUs("realtime")).replace(/ ([A-Z]+)$/, `.${String(Math.floor(sys.clockUs("realtime") % 1e6)).padStart(6, "0")} $1`)}.`);
    this.#synchronised = true;
    this.#pollUs = Math.abs(offsetUs) < 10_000 ? Math.min(this.#pollMaxUs, this.#pollUs * 2) : Math.abs(offsetUs) > STEP_US ? this.#pollMinUs : Math.max(this.#pollMinUs, this.#pollUs / 2);
    return true;
  }
}

export function* timesyncd(sys: Sys): Blocking<number> {
  sys.sigaction(SIGNALS.TERM, "catch");
  makeDirectories(sys, "/run/systemd/timesync");
  makeDirectories(sys, "/var/lib/systemd/timesync");
  const timesync = new Timesync(sys, yield* Settings.read(sys));
  const listener = sys.socket("unix", "stream");
  sys.bind(listener, { family: "unix", path: TIMESYNC_SOCKET });
  sys.listen(listener);
  sys.setStatusFlags(listener, sys.getStatusFlags(listener) | O.NONBLOCK);
  sys.fork((thread) => timesync.run(thread), { thread: true });
  yield* notify(sys, "READY=1");
  for (;;) {
    try {
      if ((yield* sys.poll([{ fd: listener, events: POLL.IN }], null)).length === 0) continue;
      const { fd } = yield* sys.accept(listener);
      yield* sys.write(fd, encode(JSON.stringify(timesync.state)));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
    }
  }
}
