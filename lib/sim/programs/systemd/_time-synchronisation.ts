// timedatectl's side of NTP: which service keeps the clock (ntp-units.d of systemd-timedated.service(8)), and what systemd-timesyncd tells.
import { names, readFile } from "../../daemons/systemd/api/files.ts";
import { isFailure, type ManagerConnection } from "../../daemons/systemd/api/protocol.ts";
import { civilTime, formatTimeSpan, WEEKDAYS } from "../../daemons/systemd/api/time-span.ts";
import { disableUnits, enableUnits, UnitPaths } from "../../daemons/systemd/api/unit-files.ts";
import type { TimesyncState } from "../../daemons/timesync/api.ts";
import type { Blocking, Sys } from "../../kernel/sys.ts";

interface NtpUnits {
  /** the first one that is installed */
  readonly unit: string | undefined;
  readonly active: boolean;
  readonly all: readonly string[];
}

export function* ntpUnits(sys: Sys, bus: ManagerConnection): Blocking<NtpUnits> {
  const lists = new Map<string, string>();
  for (const directory of ["/lib/systemd/ntp-units.d", "/usr/lib/systemd/ntp-units.d", "/run/systemd/ntp-units.d", "/etc/systemd/ntp-units.d"]) for (const name of names(sys, directory)) if (name.endsWith(".list")) lists.set(name, `${directory}/${name}`);
  const all: string[] = [];
  for (const [, path] of [...lists].sort(([a], [b]) => (a < b ? -1 : 1))) for (const line of (yield* readFile(sys, path)).split("\n")) if (line.trim() !== "" && !line.startsWith("#") && !all.includes(line.trim())) all.push(line.trim());
  const loaded = all.length === 0 ? undefined : yield* bus.call<"load">({ op: "load", units: all });
  const found = loaded === undefined || isFailure(loaded) ? [] : loaded.units.filter((unit) => unit.load === "loaded");
  return { unit: found[0]?.name, active: found.some((unit) => unit.active === "active" || unit.active === "activating"), all: found.map((unit) => unit.name) };
}

/** The first unit is enabled and started, or all are stopped and disabled. */
export function* switchNtp(sys: Sys, bus: ManagerConnection, units: readonly string[], on: boolean): Blocking<void> {
  const first = units.slice(0, 1);
  if (on) yield* enableUnits(new UnitPaths(sys), first, { runtime: false, force: false });
  else yield* disableUnits(new UnitPaths(sys), units, { runtime: false });
  yield* bus.call<"reload">({ op: "reload" });
  for (const unit of on ? first : units) {
    const job = yield* bus.call<"job">({ op: "job", kind: on ? "start" : "stop", unit, mode: "replace" });
    if (!isFailure(job)) yield* bus.call<"wait-job">({ op: "wait-job", id: job.id });
  }
}

export function parseBoolean(word: string | undefined): boolean | undefined {
  if (word === undefined) return undefined;
  if (/^(?:1|yes|y|true|t|on)$/i.test(word)) return true;
  return /^(?:0|no|n|false|f|off)$/i.test(word) ? false : undefined;
}

const hex = (value: number): string => (value >>> 0).toString(16).toUpperCase().padStart(8, "0");
const letters = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).filter((byte) => byte !== 0).map((byte) => String.fromCharCode(byte)).join("");
const span = (us: number): string => (us === 0 ? "0" : us < 1000 ? `${us}us` : us < 1e6 ? `${Math.floor(us / 1000)}${us % 1000 === 0 ? "" : `.${String(us % 1000).padStart(3, "0")}`}ms` : formatTimeSpan(us));
const signed = (us: number): string => `${us < 0 ? "-" : "+"}${span(Math.abs(us))}`;

export function timesyncStatus(state: TimesyncState): string {
  const rows: (readonly [string, string])[] = [
    ["Server:", state.serverAddress === undefined ? `${state.serverName ?? "n/a"}` : `${state.serverAddress} (${state.serverName ?? ""})`],
    ["Poll interval:", `${span(state.pollUs)} (min: ${span(state.pollMinUs)}; max ${span(state.pollMaxUs)})`],
  ];
  const { message } = state;
  if (message === undefined) rows.push(["Packet count:", "0"]);
  else {
    const { packet } = message;
    rows.push(
      ["Leap:", ["normal", "last minute of the day has 61 seconds", "last minute of the day has 59 seconds", "not synchronized"][packet.leap] ?? "normal"], ["Version:", String(packet.version)], ["Stratum:", String(packet.stratum)],
      ["Reference:", packet.stratum <= 1 ? letters(packet.referenceId) : hex(packet.referenceId)], ["Precision:", `${span(Math.max(1, Math.ceil(2 ** packet.precision * 1e6)))} (${packet.precision})`],
      ["Root distance:", `${span(Math.round((packet.rootDelaySeconds / 2 + packet.rootDispersionSeconds) * 1e6))} (max: ${span(state.rootDistanceMaxUs)})`], ["Offset:", signed(message.offsetUs)], ["Delay:", span(message.delayUs)], ["Jitter:", span(message.jitterUs)], ["Packet count:", String(message.count)], ["Frequency:", "+0.000ppm"],
    );
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padStart(width)} ${value}\n`).join("");
}

function stamp(us: number): string {
  const t = civilTime(us);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${WEEKDAYS[t.weekday] ?? ""} ${t.year}-${two(t.month)}-${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} UTC`;
}

export function timesyncProperties(state: TimesyncState, wanted: readonly string[], valuesOnly: boolean, all: boolean): string {
  const { message } = state;
  const packet = message?.packet;
  const properties: readonly (readonly [string, string])[] = [
    ["LinkNTPServers", ""], ["SystemNTPServers", state.systemServers.join(" ")], ["RuntimeNTPServers", ""], ["FallbackNTPServers", state.fallbackServers.join(" ")], ["ServerName", state.serverName ?? ""], ["ServerAddress", state.serverAddress ?? ""],
    ["RootDistanceMaxUSec", span(state.rootDistanceMaxUs)], ["PollIntervalMinUSec", span(state.pollMinUs)], ["PollIntervalMaxUSec", span(state.pollMaxUs)], ["PollIntervalUSec", span(state.pollUs)],
    ["NTPMessage", packet === undefined || message === undefined ? "" : `{ Leap=${packet.leap}, Version=${packet.version}, Mode=${packet.mode}, Stratum=${packet.stratum}, Precision=${packet.precision}, RootDelay=${span(Math.round(packet.rootDelaySeconds * 1e6))}, RootDispersion=${span(Math.round(packet.rootDispersionSeconds * 1e6))}, Reference=${packet.stratum <= 1 ? letters(packet.referenceId) : hex(packet.referenceId)}, OriginateTimestamp=${stamp(packet.originUs)}, ReceiveTimestamp=${stamp(packet.receiveUs)}, TransmitTimestamp=${stamp(packet.transmitUs)}, DestinationTimestamp=${stamp(message.destinationUs)}, Ignored=no, PacketCount=${message.count}, Jitter=${span(message.jitterUs)} }`],
    ["Frequency", "0"],
  ];
  return properties.filter(([name, value]) => (wanted.length === 0 ? all || value !== "" : wanted.includes(name))).map(([name, value]) => (valuesOnly ? `${value}\n` : `${name}=${value}\n`)).join("");
}
