// A message as rsyslogd knows it: RFC 3164 and RFC 5424 taken apart, and its properties by their names (rsyslog.conf(5), AVAILABLE PROPERTIES).
// What the parsers make of each form was recorded from rsyslogd 8.2302.0.
import { FACILITIES } from "../../daemons/systemd/api/journal.ts";
import { daysFromCivil } from "../../kernel/sys.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { epochOfLocal, type Zone } from "../kit/zones.ts";

export const SEVERITIES = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

/** When, and how it was written: the file formats show it as exactly as the sender did. */
interface MessageTime {
  readonly us: number;
  /** digits behind the second */
  readonly digits: number;
  /** "+01:00" or "Z" as the sender wrote it; undefined: this machine's zone */
  readonly zone?: string;
  /** of the sender's clock */
  readonly offsetSeconds?: number;
}

export interface SyslogMessage {
  readonly facility: number;
  readonly severity: number;
  /** "sshd" */
  readonly program: string;
  /** "sshd[12]:", as it was sent */
  readonly tag: string;
  readonly processId: string;
  readonly messageId: string;
  readonly structuredData: string;
  readonly version: 0 | 1;
  readonly host: string;
  /** what comes behind the tag, with the space before it */
  readonly text: string;
  readonly raw: string;
  readonly reported: MessageTime;
  readonly receivedUs: number;
  readonly fromHost: string;
  readonly fromAddress: string;
  readonly input: string;
}

/** Where and when a datagram or line came in. */
export interface Arrival {
  readonly host: string;
  readonly address: string;
  readonly input: string;
  readonly nowUs: number;
  readonly zone: Zone;
  /** the journal's lines name no host, and their stamps are the journal's */
  readonly local: boolean;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function parse5424(body: string, { nowUs }: Arrival): Pick<SyslogMessage, "program" | "tag" | "processId" | "messageId" | "structuredData" | "host" | "text" | "reported"> | undefined {
  const match = /^1 (-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)) (\S+) (\S+) (\S+) (\S+) (-|(?:\[(?:[^\]"\\]|\\.|"(?:[^"\\]|\\.)*")*\])+)(?: ([^]*))?$/.exec(body);
  if (match === null) return undefined;
  const [, stamp = "", host = "", name = "", processId = "", messageId = "", structuredData = "-", text = ""] = match;
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|([+-])(\d\d):(\d\d))$/.exec(stamp);
  let reported: MessageTime = { us: nowUs, digits: 6 };
  if (parts !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
    const offsetSeconds = parts[8] === "Z" ? 0 : (parts[9] === "-" ? -1 : 1) * (Number(parts[10]) * 3600 + Number(parts[11]) * 60);
    const fraction = parts[7] ?? "";
    reported = { us: (daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offsetSeconds) * 1e6 + Number(fraction.padEnd(6, "0")), digits: fraction.length, zone: parts[8] ?? "Z", offsetSeconds };
  }
  return { program: name === "-" ? "" : name, tag: name === "-" ? "" : `${name}${processId === "-" ? "" : `[${processId}]`}`, processId, messageId, structuredData, host, text: text.replace(/^\ufeff/, ""), reported };
}

function parse3164(body: string, arrival: Arrival): Pick<SyslogMessage, "program" | "tag" | "processId" | "messageId" | "structuredData" | "host" | "text" | "reported"> {
  const { nowUs, zone, local } = arrival;
  const stamp = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) /.exec(body);
  let rest = body;
  let reported: MessageTime = { us: nowUs, digits: 6 };
  const month = MONTHS.indexOf(stamp?.[1] ?? "");
  if (stamp !== null && month >= 0) {
    rest = body.slice(stamp[0].length);
    const { year } = civilAtUs(zone, nowUs);
    if (!local) reported = { us: epochOfLocal(zone, daysFromCivil(year, month + 1, Number(stamp[2])) * 86_400 + Number(stamp[3]) * 3600 + Number(stamp[4]) * 60 + Number(stamp[5])) * 1e6, digits: 0 };
  }
  let host = arrival.host;
  const named = local ? null : /^([A-Za-z0-9._-]+) /.exec(rest);
  if (named !== null) {
    host = named[1] ?? host;
    rest = rest.slice(named[0].length);
  }
  const tag = /^[^\s:]{1,64}(?:\[[^\]\s]*\])?:?/.exec(rest)?.[0] ?? "";
  const program = /^[^[:/\s]*/.exec(tag)?.[0] ?? "";
  return { program, tag, processId: /\[([^\]]*)\]/.exec(tag)?.[1] ?? "-", messageId: "-", structuredData: "-", host, text: rest.slice(tag.length), reported };
}

/** Any bytes are a message: those without a priority are user.notice. */
export function parseSyslog(datagram: string, arrival: Arrival): SyslogMessage {
  const raw = datagram.replace(/[\n\0]+$/, "");
  const [, number = "13", body = raw] = /^<(\d{1,3})>([^]*)$/.exec(raw) ?? [];
  const priority = Number(number) > 191 ? 13 : Number(number);
  const newer = parse5424(body, arrival);
  const parsed = newer ?? parse3164(body, arrival);
  return { ...parsed, facility: priority >> 3, severity: priority & 7, version: newer === undefined ? 0 : 1, text: escapeControls(parsed.text), raw, receivedUs: arrival.nowUs, fromHost: arrival.host, fromAddress: arrival.address, input: arrival.input };
}

/** $EscapeControlCharactersOnReceive: "#012" for a newline. */
const escapeControls = (text: string): string => text.replace(/[\0-\x1f\x7f]/g, (control) => `#${control.charCodeAt(0).toString(8).padStart(3, "0")}`);

export function formatTime(time: MessageTime, format: string, zone: Zone): string {
  const own: Zone = time.offsetSeconds === undefined ? zone : { name: "", standard: { offsetSeconds: time.offsetSeconds, abbreviation: "", summer: false }, summer: undefined, starts: undefined, ends: undefined };
  const local = civilAtUs(own, time.us);
  const fraction = time.digits === 0 ? "" : `.${String(((time.us % 1e6) + 1e6) % 1e6).padStart(6, "0").slice(0, time.digits)}`;
  switch (format) {
    case "rfc3339": return `${strftime("%Y-%m-%dT%H:%M:%S", local)}${fraction}${time.zone ?? strftime("%:z", local)}`;
    case "mysql": return strftime("%Y%m%d%H%M%S", local);
    case "pgsql": return strftime("%Y-%m-%d %H:%M:%S", local);
    case "unixtimestamp": return String(Math.floor(time.us / 1e6));
    case "year": case "month": case "day": case "hour": case "minute": case "second": return strftime({ year: "%Y", month: "%m", day: "%d", hour: "%H", minute: "%M", second: "%S" }[format], local);
    case "subseconds": return fraction.slice(1);
    case "wday": return strftime("%w", local);
    case "wdayname": return strftime("%a", local);
    case "tzoffsdirection": return strftime("%z", local).charAt(0);
    case "tzoffshour": return strftime("%z", local).slice(1, 3);
    case "tzoffsmin": return strftime("%z", local).slice(3);
    default: return strftime("%b %e %H:%M:%S", local);
  }
}

/** Undefined: there is no such property. */
export function propertyOf(message: SyslogMessage, name: string, zone: Zone, dateFormat = ""): string | undefined {
  const received: MessageTime = { us: message.receivedUs, digits: 6 };
  switch (name.toLowerCase()) {
    case "msg": return message.text;
    case "rawmsg": return message.raw;
    case "rawmsg-after-pri": return message.raw.replace(/^<\d+>/, "");
    case "hostname": case "source": return message.host;
    case "fromhost": return message.fromHost;
    case "fromhost-ip": return message.fromAddress;
    case "syslogtag": return message.tag;
    case "programname": case "app-name": return message.program;
    case "procid": return message.processId;
    case "msgid": return message.messageId;
    case "structured-data": return message.structuredData;
    case "protocol-version": return String(message.version);
    case "inputname": return message.input;
    case "iut": return "1";
    case "pri": return String(message.facility * 8 + message.severity);
    case "pri-text": return `${FACILITIES[message.facility] ?? ""}.${SEVERITIES[message.severity] ?? ""}`;
    case "syslogfacility": return String(message.facility);
    case "syslogfacility-text": return FACILITIES[message.facility] ?? "";
    case "syslogseverity": case "syslogpriority": return String(message.severity);
    case "syslogseverity-text": case "syslogpriority-text": return SEVERITIES[message.severity] ?? "";
    case "timereported": case "timestamp": return formatTime(message.reported, dateFormat, zone);
    case "timegenerated": return formatTime(received, dateFormat, zone);
    case "$now": return formatTime(received, "rfc3339", zone).slice(0, 10);
    case "$year": return formatTime(received, "year", zone);
    case "$month": return formatTime(received, "month", zone);
    case "$day": return formatTime(received, "day", zone);
    case "$hour": return formatTime(received, "hour", zone);
    case "$minute": return formatTime(received, "minute", zone);
    case "$myhostname": return message.fromHost;
    case "$bom": return "\ufeff";
    default: return name.startsWith("$!") || name.startsWith("!") || name.startsWith(".") || name.startsWith("$.") ? "" : undefined;
  }
}
