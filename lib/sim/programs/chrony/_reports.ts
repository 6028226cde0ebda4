// The tables of chronyc, with the columns of the real one, and as comma-separated values (-c).

import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import type { Tracking } from "./_clock.ts";
import type { ClientReport, NtpReport, SourceReport } from "./_protocol.ts";

const NEVER = 4294967295;

const pad = (value: string | number, width: number): string => String(value).padStart(width);
const sign = (value: number): string => (value < 0 || Object.is(value, -0) ? "-" : "+");
const fixed = (value: number, digits: number, signed = false): string => `${signed ? sign(value) : value < 0 || Object.is(value, -0) ? "-" : ""}${Math.abs(value).toFixed(digits)}`;
const hex = (value: number): string => (value >>> 0).toString(16).toUpperCase().padStart(8, "0");

/** chronyc's %I: four columns. */
function interval(seconds: number | undefined): string {
  if (seconds === undefined) return "   -";
  if (seconds < 1200) return pad(seconds, 4);
  if (seconds < 36_000) return `${pad(Math.floor(seconds / 60), 3)}m`;
  if (seconds < 345_600) return `${pad(Math.floor(seconds / 3600), 3)}h`;
  return `${pad(Math.floor(seconds / 86_400), 3)}d`;
}

/** chronyc's %S and %+S. */
function length(seconds: number, signed: boolean): string {
  const size = Math.abs(seconds);
  const mark = signed ? sign(seconds) : "";
  const width = signed ? 5 : 4;
  if (size < 9999.5e-9) return `${pad(`${mark}${(size * 1e9).toFixed(0)}`, width)}ns`;
  if (size < 9999.5e-6) return `${pad(`${mark}${(size * 1e6).toFixed(0)}`, width)}us`;
  if (size < 9999.5e-3) return `${pad(`${mark}${(size * 1e3).toFixed(0)}`, width)}ms`;
  if (size < 999.5) return `${pad(`${mark}${size.toFixed(1)}`, width + 1)}s`;
  const [divisor, letter] = size < 99_999.5 ? [1, "s"] : size < 99_999.5 * 60 ? [60, "m"] : size < 99_999.5 * 3600 ? [3600, "h"] : size < 99_999.5 * 86_400 ? [86_400, "d"] : [31_557_600, "y"];
  return `${pad(`${mark}${(size / divisor).toFixed(0)}`, width + 1)}${letter}`;
}

const ppm = (value: number, signed: boolean): string => pad(fixed(value, Math.abs(value) < 99_999.5 ? 3 : 0, signed), 10);
const seconds9 = (value: number): string => fixed(value, 9);
const time = (us: number): string => strftime("%a %b %d %H:%M:%S %Y", civilAtUs(UTC, us));
const cut = (name: string, width: number): string => (name.length > width ? `${name.slice(0, width - 1)}>` : name.padEnd(width));
const LEAP = ["Normal", "Insert second", "Delete second", "Not synchronised"] as const;
const shown = (leap: number): string => LEAP[leap] ?? "Normal";
const modeOf = (kind: SourceReport["kind"]): string => (kind === "peer" ? "=" : kind === "refclock" ? "#" : "^");

const SOURCES_LEGEND = `
  .-- Source mode  '^' = server, '=' = peer, '#' = local clock.
 / .- Source state '*' = current best, '+' = combined, '-' = not combined,
| /             'x' = may be in error, '~' = too variable, '?' = unusable.
||                                                 .- xxxx [ yyyy ] +/- zzzz
||      Reachability register (octal) -.           |  xxxx = adjusted offset,
||      Log2(Polling interval) --.      |          |  yyyy = measured offset,
||                                \\     |          |  zzzz = estimated error.
||                                 |    |           \\
`;
const STATISTICS_LEGEND = `                             .- Number of sample points in measurement set.
                            /    .- Number of residual runs with same sign.
                           |    /    .- Length of measurement set (time).
                           |   |    /      .- Est. clock freq error (ppm).
                           |   |   |      /           .- Est. error in freq.
                           |   |   |     |           /         .- Est. offset.
                           |   |   |     |          |          |   On the -.
                           |   |   |     |          |          |   samples. \\
                           |   |   |     |          |          |             |
`;
const SELECTION_LEGEND = `  . State: N - noselect, s - unsynchronised, M - missing samples,
 /         d/D - large distance, ~ - jittery, w/W - waits for others,
|          S - stale, O - orphan, T - not trusted, P - not preferred,
|          U - waits for update,, x - falseticker, + - combined, * - best.
|   Effective options   ---------.  (N - noselect, P - prefer
|   Configured options  ----.     \\  T - trust, R - require)
|   Auth. enabled (Y/N) -.   \\     \\     Offset interval --.
|                        |    |     |                       |
`;
const AUTHENTICATION_LEGEND = `                             .- Auth. mechanism (NTS, SK - symmetric key)
                            |   Key length -.  Cookie length (bytes) -.
                            |       (bits)  |  Num. of cookies --.    |
                            |               |  Key est. attempts  |   |
                            |               |           |         |   |
`;

/** `name`: how an address is shown. */
export type Naming = (address: string, name: string) => string;

const heading = (line: string): string => `${line}\n${"=".repeat(line.length)}\n`;
const table = (csv: boolean, legend: string, head: string, lines: readonly string[]): string => `${csv ? "" : legend + heading(head)}${lines.map((line) => `${line}\n`).join("")}`;

export function trackingReport(tracking: Tracking, name: string, csv: boolean): string {
  const of = (label: string, value: string): string => `${label.padEnd(16)}: ${value}\n`;
  if (csv) {
    return `${[hex(tracking.referenceId), tracking.referenceAddress, tracking.stratum, fixed(tracking.referenceUs / 1e6, 9), seconds9(tracking.pendingSeconds), seconds9(tracking.lastOffsetSeconds), seconds9(tracking.rmsOffsetSeconds), fixed(tracking.frequencyPpm, 3), fixed(tracking.residualPpm, 3),
      fixed(tracking.skewPpm, 3), seconds9(tracking.rootDelaySeconds), seconds9(tracking.rootDispersionSeconds), fixed(tracking.intervalSeconds, 1), shown(tracking.leap)].join(",")}\n`;
  }
  return [
    of("Reference ID", `${hex(tracking.referenceId)} (${name})`), of("Stratum", String(tracking.stratum)), of("Ref time (UTC)", time(tracking.referenceUs)),
    of("System time", `${seconds9(Math.abs(tracking.pendingSeconds))} seconds ${tracking.pendingSeconds < 0 ? "slow" : "fast"} of NTP time`), of("Last offset", `${fixed(tracking.lastOffsetSeconds, 9, true)} seconds`), of("RMS offset", `${seconds9(tracking.rmsOffsetSeconds)} seconds`),
    of("Frequency", `${fixed(Math.abs(tracking.frequencyPpm), 3)} ppm ${tracking.frequencyPpm > 0 ? "fast" : "slow"}`), of("Residual freq", `${fixed(tracking.residualPpm, 3, true)} ppm`), of("Skew", `${fixed(tracking.skewPpm, 3)} ppm`),
    of("Root delay", `${seconds9(tracking.rootDelaySeconds)} seconds`), of("Root dispersion", `${seconds9(tracking.rootDispersionSeconds)} seconds`), of("Update interval", `${fixed(tracking.intervalSeconds, 1)} seconds`), of("Leap status", shown(tracking.leap)),
  ].join("");
}

export function sourcesReport(sources: readonly SourceReport[], name: Naming, csv: boolean, verbose: boolean): string {
  return table(csv, verbose ? SOURCES_LEGEND : "", "MS Name/IP address         Stratum Poll Reach LastRx Last sample               ", sources.map((source) => (csv
    ? [modeOf(source.kind), source.selection, name(source.address, source.name), source.stratum, source.poll, source.reach.toString(8), source.lastSeconds ?? NEVER, seconds9(source.adjustedSeconds), seconds9(source.measuredSeconds), seconds9(source.errorSeconds)].join(",")
    : `${modeOf(source.kind)}${source.selection} ${cut(name(source.address, source.name), 27)}  ${pad(source.stratum, 2)}  ${pad(source.poll, 2)}   ${pad(source.reach.toString(8), 3)}  ${interval(source.lastSeconds)}  ${length(source.adjustedSeconds, true)}[${length(source.measuredSeconds, true)}] +/- ${length(source.errorSeconds, false)}`)));
}

export function statisticsReport(sources: readonly SourceReport[], name: Naming, csv: boolean, verbose: boolean): string {
  return table(csv, verbose ? STATISTICS_LEGEND : "", "Name/IP Address            NP  NR  Span  Frequency  Freq Skew  Offset  Std Dev", sources.map(({ address, name: own, statistics }) => (csv
    ? [name(address, own), statistics.samples, statistics.runs, statistics.spanSeconds, fixed(statistics.frequencyPpm, 3), fixed(statistics.skewPpm, 3), seconds9(statistics.offsetSeconds), seconds9(statistics.deviationSeconds)].join(",")
    : `${cut(name(address, own), 25)} ${pad(statistics.samples, 3)} ${pad(statistics.runs, 3)}  ${interval(statistics.spanSeconds)} ${ppm(statistics.frequencyPpm, true)} ${ppm(statistics.skewPpm, false)}  ${length(statistics.offsetSeconds, true)}  ${length(statistics.deviationSeconds, false)}`)));
}

const LETTERS = [["noselect", "N"], ["prefer", "P"], ["trust", "T"], ["require", "R"]] as const;

export function selectionReport(sources: readonly SourceReport[], name: Naming, csv: boolean, verbose: boolean): string {
  return table(csv, verbose ? SELECTION_LEGEND : "", "S Name/IP Address        Auth COpts EOpts Last Score     Interval  Leap", sources.map((source) => {
    const state = source.options.includes("noselect") ? "N" : source.lastSeconds === undefined ? "s" : source.selection === "?" ? "M" : source.selection === "-" ? "+" : source.selection;
    const marks = `${LETTERS.map(([word, letter]) => (source.options.includes(word) ? letter : "-")).join("")}-`;
    const { offsetSeconds } = source.statistics;
    const [low, high] = source.lastSeconds === undefined ? [0, 0] : [offsetSeconds - source.errorSeconds, offsetSeconds + source.errorSeconds];
    const leap = source.lastSeconds === undefined ? "?" : "N";
    return csv
      ? [state, name(source.address, source.name), "N", marks, marks, source.lastSeconds ?? 0, "1.0", seconds9(low), seconds9(high), leap].join(",")
      : `${state} ${cut(name(source.address, source.name), 25)} N ${marks} ${marks} ${interval(source.lastSeconds ?? 0)} ${pad("1.0", 5)} ${length(low, true)} ${length(high, true)}  ${leap}`;
  }));
}

export function authenticationReport(sources: readonly SourceReport[], name: Naming, csv: boolean, verbose: boolean): string {
  return table(csv, verbose ? AUTHENTICATION_LEGEND : "", "Name/IP address             Mode KeyID Type KLen Last Atmp  NAK Cook CLen", sources.map((source) => (csv
    ? [name(source.address, source.name), "-", 0, 0, 0, NEVER, 0, 0, 0, 0].join(",")
    : `${cut(name(source.address, source.name), 27)} ${pad("-", 4)} ${pad(0, 5)} ${pad(0, 4)} ${pad(0, 4)} ${interval(undefined)} ${pad(0, 4)} ${pad(0, 4)} ${pad(0, 4)} ${pad(0, 4)}`)));
}

const addressHex = (address: string): string => (address.includes(".") ? hex(address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)) : "00000000");

/** The letters of a clock's name: GPS, PPS. */
export function referenceName(id: number): string {
  const bytes = [24, 16, 8, 0].map((shift) => (id >>> shift) & 255);
  const letters = bytes.filter((byte) => byte !== 0);
  return letters.length > 0 && letters.every((byte) => byte > 31 && byte < 127) ? String.fromCharCode(...letters) : "";
}

export function ntpReport(reports: readonly NtpReport[], csv: boolean): string {
  return reports.map((report) => {
    const power = (exponent: number, digits: number): string => `${exponent} (${(2 ** exponent).toFixed(digits)} seconds)`;
    const rows: readonly (readonly [string, string, string])[] = [
      ["Remote address", `${report.address} (${addressHex(report.address)})`, `${report.address},${addressHex(report.address)}`], ["Remote port", String(report.port), ""], ["Local address", report.localAddress === "" ? "[UNSPEC] (00000000)" : `${report.localAddress} (${addressHex(report.localAddress)})`, `${report.localAddress},${addressHex(report.localAddress)}`],
      ["Leap status", shown(report.leap), ""], ["Version", String(report.version), ""], ["Mode", report.received === 0 ? "Invalid" : "Server", ""], ["Stratum", String(report.stratum), ""], ["Poll interval", power(report.poll, 0), `${report.poll},${2 ** report.poll}`], ["Precision", power(report.precision, 9), `${report.precision},${(2 ** report.precision).toFixed(9)}`],
      ["Root delay", `${report.rootDelaySeconds.toFixed(6)} seconds`, report.rootDelaySeconds.toFixed(6)], ["Root dispersion", `${report.rootDispersionSeconds.toFixed(6)} seconds`, report.rootDispersionSeconds.toFixed(6)], ["Reference ID", `${hex(report.referenceId)} (${report.stratum === 1 ? referenceName(report.referenceId) : ""})`, `${hex(report.referenceId)},${report.stratum === 1 ? referenceName(report.referenceId) : ""}`],
      ["Reference time", time(report.referenceUs), fixed(report.referenceUs / 1e6, 9)], ["Offset", `${fixed(report.offsetSeconds, 9, true)} seconds`, seconds9(report.offsetSeconds)], ["Peer delay", `${seconds9(report.delaySeconds)} seconds`, seconds9(report.delaySeconds)], ["Peer dispersion", `${seconds9(report.dispersionSeconds)} seconds`, seconds9(report.dispersionSeconds)],
      ["Response time", `${seconds9(report.received === 0 ? 0 : 0.000052)} seconds`, seconds9(0)], ["Jitter asymmetry", fixed(0, 2, true), fixed(0, 2)], ["NTP tests", report.valid > 0 ? "111 111 1111" : "000 000 0000", report.valid > 0 ? "111,111,1111" : "000,000,0000"], ["Interleaved", "No", ""], ["Authenticated", "No", ""],
      ["TX timestamping", report.received === 0 ? "Invalid" : "Kernel", ""], ["RX timestamping", report.received === 0 ? "Invalid" : "Kernel", ""], ["Total TX", String(report.transmitted), ""], ["Total RX", String(report.received), ""], ["Total valid RX", String(report.valid), ""], ["Total good RX", String(report.valid), ""],
    ];
    return csv ? `${rows.map(([, plain, value]) => (value === "" ? plain : value)).join(",")}\n` : `${reports.length > 1 ? "\n" : ""}${rows.map(([label, value]) => `${label.padEnd(16)}: ${value}\n`).join("")}`;
  }).join("");
}

const COUNTERS = ["NTP packets received", "NTP packets dropped", "Command packets received", "Command packets dropped", "Client log records dropped", "NTS-KE connections accepted", "NTS-KE connections dropped", "Authenticated NTP packets", "Interleaved NTP packets", "NTP timestamps held", "NTP timestamp span"] as const;

export function counterReport(counters: readonly number[], csv: boolean): string {
  return csv ? `${counters.join(",")}\n` : COUNTERS.map((label, index) => `${label.padEnd(27)}: ${counters[index] ?? 0}\n`).join("");
}

export function clientsReport(clients: readonly ClientReport[], name: Naming, csv: boolean): string {
  const power = (value: number | undefined): string => (value === undefined ? " -" : pad(value, 2));
  return table(csv, "", "Hostname                      NTP   Drop Int IntL Last     Cmd   Drop Int  Last", clients.map((client) => (csv
    ? [name(client.address, client.address), client.ntp, client.ntpDropped, client.ntpInterval ?? 127, 127, client.ntpLastSeconds ?? NEVER, client.commands, 0, 127, client.commandLastSeconds ?? NEVER].join(",")
    : `${cut(name(client.address, client.address), 25)}  ${pad(client.ntp, 6)}  ${pad(client.ntpDropped, 5)}  ${power(client.ntpInterval)}  ${power(undefined)}  ${interval(client.ntpLastSeconds)}  ${pad(client.commands, 6)}  ${pad(0, 5)}  ${power(undefined)}  ${interval(client.commandLastSeconds)}`)));
}

export function activityReport(counts: readonly number[], csv: boolean): string {
  if (csv) return `${counts.join(",")}\n`;
  return ["sources online", "sources offline", "sources doing burst (return to online)", "sources doing burst (return to offline)", "sources with unknown address"].map((label, index) => `${counts[index] ?? 0} ${label}\n`).join("");
}

export function manualReport(entries: readonly { readonly atUs: number; readonly offsetSeconds: number }[]): string {
  return `210 n_samples = ${entries.length}\n#    Date     Time(UTC)    Slewed   Original   Residual\n${"=".repeat(55)}\n${entries.map(({ atUs, offsetSeconds }, index) => `${pad(index, 2)} ${strftime("%Y-%m-%d %H:%M:%S", civilAtUs(UTC, atUs))} ${pad(fixed(0, 2), 10)} ${pad(fixed(offsetSeconds, 2), 10)} ${pad(fixed(0, 2), 10)}\n`).join("")}`;
}
