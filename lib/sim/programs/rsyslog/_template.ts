// Templates of rsyslog.conf(5): texts with "%property:from:to:options%", lists of constants and properties, and those that rsyslogd has of its own.
import { compileRegex } from "../kit/regex/compile-regex.ts";
import { RegexSyntaxError } from "../kit/regex/regex-syntax-error.ts";
import type { Zone } from "../kit/zones.ts";
import { propertyOf, type SyslogMessage } from "./_message.ts";

export type TemplatePart = (message: SyslogMessage, zone: Zone) => string;

/** What goes wrong when one is read. */
export class TemplateError extends Error {}

/** rsyslogd's own, in its own notation (RSYSLOG_* of the manual, "Templates", RESERVED TEMPLATE NAMES). */
const OWN: ReadonlyMap<string, string> = new Map([
  ["RSYSLOG_FileFormat", "%TIMESTAMP:::date-rfc3339% %HOSTNAME% %syslogtag%%msg:::sp-if-no-1st-sp%%msg:::drop-last-lf%\\n"],
  ["RSYSLOG_TraditionalFileFormat", "%TIMESTAMP% %HOSTNAME% %syslogtag%%msg:::sp-if-no-1st-sp%%msg:::drop-last-lf%\\n"],
  ["RSYSLOG_ForwardFormat", "<%PRI%>%TIMESTAMP:::date-rfc3339% %HOSTNAME% %syslogtag:1:32%%msg:::sp-if-no-1st-sp%%msg%"],
  ["RSYSLOG_TraditionalForwardFormat", "<%PRI%>%TIMESTAMP% %HOSTNAME% %syslogtag:1:32%%msg:::sp-if-no-1st-sp%%msg%"],
  ["RSYSLOG_SyslogProtocol23Format", "<%PRI%>1 %TIMESTAMP:::date-rfc3339% %HOSTNAME% %APP-NAME% %PROCID% %MSGID% %STRUCTURED-DATA% %msg%\\n"],
  ["RSYSLOG_WallFmt", "\\r\\n\\7Message from syslogd@%HOSTNAME% at %timegenerated% ...\\r\\n %syslogtag%%msg%\\n\\r"],
  ["RSYSLOG_StdUsrMsgFmt", " %syslogtag%%msg%\\n\\r"],
  ["RSYSLOG_DebugFormat", "Debug line with all properties:\\nFROMHOST: '%FROMHOST%', fromhost-ip: '%fromhost-ip%', HOSTNAME: '%HOSTNAME%', PRI: %PRI%,\\nsyslogtag '%syslogtag%', programname: '%programname%', APP-NAME: '%APP-NAME%', PROCID: '%PROCID%', MSGID: '%MSGID%',\\nTIMESTAMP: '%TIMESTAMP%', STRUCTURED-DATA: '%STRUCTURED-DATA%',\\nmsg: '%msg%'\\nescaped msg: '%msg:::drop-cc%'\\ninputname: %inputname% rawmsg: '%rawmsg%'\\n$!:\\n$.:\\n$/:\\n\\n"],
]);

const ESCAPES: ReadonlyMap<string, string> = new Map([["n", "\n"], ["t", "\t"], ["r", "\r"], ["7", "\x07"], ["a", "\x07"]]);

const unescaped = (text: string): string => text.replace(/\\([^])/g, (_, letter: string) => ESCAPES.get(letter) ?? letter);

export interface PropertyWish {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  readonly options: readonly string[];
}

/** "F,44:2" and "R,ERE,1,DFLT:(.*)--end" stand where "from" and "to" do. */
function cut(value: string, { from = "", to = "" }: PropertyWish): string {
  const [kind, ...rest] = from.split(",");
  if (kind === "F") return value.split(String.fromCharCode(Number(rest[0] ?? 9)))[Number(to || 1) - 1] ?? "**FIELD NOT FOUND**";
  if (kind === "R") {
    const [syntax = "BRE", group = "0", otherwise = "DFLT"] = rest;
    const match = compileRegex(to, { syntax: syntax === "ERE" ? "ere" : "bre" }).exec(value);
    const at = Number(group) * 2;
    if (match?.[at] !== undefined && match[at + 1] !== undefined) return value.slice(match[at], match[at + 1]);
    return otherwise === "BLANK" ? "" : otherwise === "FIELD" ? value : otherwise === "ZERO" ? "0" : "**NO MATCH**";
  }
  const first = from === "" ? 1 : Number(from);
  const last = to === "" || to === "$" ? value.length : Number(to);
  return value.slice(Math.max(0, first - 1), last);
}

/** The text of a property as a template wants it. Throws TemplateError for a property that there is not. */
export function propertyPart(wish: PropertyWish): TemplatePart {
  const sample: SyslogMessage = { facility: 0, severity: 0, program: "", tag: "", processId: "", messageId: "", structuredData: "", version: 0, host: "", text: "", raw: "", reported: { us: 0, digits: 0 }, receivedUs: 0, fromHost: "", fromAddress: "", input: "" };
  const plainZone: Zone = { name: "", standard: { offsetSeconds: 0, abbreviation: "", summer: false }, summer: undefined, starts: undefined, ends: undefined };
  if (propertyOf(sample, wish.name, plainZone) === undefined) throw new TemplateError(`invalid property '${wish.name}'`);
  if (wish.from?.startsWith("R")) {
    try {
      compileRegex(wish.to ?? "", { syntax: wish.from.split(",")[1] === "ERE" ? "ere" : "bre" });
    } catch (error) {
      if (error instanceof RegexSyntaxError) throw new TemplateError(`error compiling regex '${wish.to ?? ""}'`);
      throw error;
    }
  }
  const date = wish.options.find((option) => option.startsWith("date-"))?.slice(5) ?? "";
  const has = (option: string): boolean => wish.options.includes(option);
  return (message, zone) => {
    const whole = propertyOf(message, wish.name, zone, date) ?? "";
    if (has("sp-if-no-1st-sp")) return whole.startsWith(" ") ? "" : " ";
    let value = cut(whole, wish);
    if (has("uppercase")) value = value.toUpperCase();
    if (has("lowercase")) value = value.toLowerCase();
    if (has("drop-last-lf")) value = value.replace(/\n$/, "");
    if (has("drop-cc")) value = value.replace(/[\0-\x1f]/g, "");
    if (has("space-cc")) value = value.replace(/[\0-\x1f]/g, " ");
    if (has("secpath-replace")) value = value.replaceAll("/", "_");
    if (has("secpath-drop")) value = value.replaceAll("/", "");
    if (has("csv")) value = `"${value.replaceAll('"', '""')}"`;
    if (has("json")) value = JSON.stringify(value).slice(1, -1);
    return has("jsonf") ? `"${wish.name}":${JSON.stringify(value)}` : value;
  };
}

export const constantPart = (text: string): TemplatePart => () => unescaped(text);

/** "text %property:::option% text", with the escapes of C strings. */
export function textTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf("%", at);
    if (start < 0) {
      parts.push(constantPart(text.slice(at)));
      break;
    }
    if (start > at) parts.push(constantPart(text.slice(at, start)));
    const regex = /^%([^:%]+):(R(?:,[^:,]*)*):([^]*?)--end(?::([^%]*))?%/.exec(text.slice(start));
    const end = regex === null ? text.indexOf("%", start + 1) : start + regex[0].length - 1;
    if (end < 0) throw new TemplateError(`template '%' not terminated`);
    if (end === start + 1) parts.push(constantPart("%"));
    else if (regex !== null) parts.push(propertyPart({ name: regex[1] ?? "", from: regex[2] ?? "", to: regex[3] ?? "", options: (regex[4] ?? "").split(",") }));
    else {
      const [name = "", from = "", to = "", options = ""] = text.slice(start + 1, end).split(":");
      parts.push(propertyPart({ name, from, to, options: options.toLowerCase().split(",") }));
    }
    at = end + 1;
  }
  return parts;
}

export class Templates {
  readonly #named = new Map<string, readonly TemplatePart[]>();

  add(name: string, parts: readonly TemplatePart[]): void {
    this.#named.set(name, parts);
  }

  find(name: string): readonly TemplatePart[] | undefined {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const own = OWN.get(name);
    if (own === undefined) return undefined;
    const parts = textTemplate(own);
    this.#named.set(name, parts);
    return parts;
  }

  render(name: string, message: SyslogMessage, zone: Zone): string {
    return (this.find(name) ?? []).map((part) => part(message, zone)).join("");
  }
}
