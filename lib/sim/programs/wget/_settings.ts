// What governs a run: the commands of .wgetrc, which -e and the options give too (src/init.c of wget 1.21).
import { DOT_STYLES } from "./_progress.ts";

export interface Settings {
  quiet: boolean;
  /** undefined: neither -v nor -nv */
  verbose: boolean | undefined;
  outputDocument: string | undefined;
  logFile: string | undefined;
  appendLog: boolean;
  inputFile: string | undefined;
  base: string | undefined;
  forceHtml: boolean;
  background: boolean;
  tries: number;
  retryRefused: boolean;
  noClobber: boolean;
  continue: boolean;
  startPosition: number | undefined;
  progress: string | undefined;
  showProgress: boolean | undefined;
  timestamping: boolean;
  ifModifiedSince: boolean;
  serverTimestamps: boolean;
  serverResponse: boolean;
  spider: boolean;
  connectTimeout: number;
  readTimeout: number;
  wait: number;
  randomWait: boolean;
  waitRetry: number;
  quota: number;
  limitRate: number;
  ipv4: boolean;
  ipv6: boolean;
  prefix: string | undefined;
  user: string | undefined;
  password: string | undefined;
  httpUser: string | undefined;
  httpPassword: string | undefined;
  authNoChallenge: boolean;
  headers: string[];
  maxRedirect: number;
  agent: string | undefined;
  referer: string | undefined;
  postData: string | undefined;
  postFile: string | undefined;
  method: string | undefined;
  bodyData: string | undefined;
  bodyFile: string | undefined;
  saveHeaders: boolean;
  keepAlive: boolean;
  cache: boolean;
  cookies: boolean;
  loadCookies: string | undefined;
  saveCookies: string | undefined;
  keepSessionCookies: boolean;
  ignoreLength: boolean;
  contentOnError: boolean;
  contentDisposition: boolean;
  trustServerNames: boolean;
  defaultPage: string;
  adjustExtension: boolean;
  useProxy: boolean;
  httpProxy: string | undefined;
  noProxy: string | undefined;
  directories: boolean;
  noDirectories: boolean;
  hostDirectories: boolean;
  protocolDirectories: boolean;
  cutDirectories: number;
  backups: number;
  recursive: boolean;
  level: number;
  deleteAfter: boolean;
  convertLinks: boolean;
  backupConverted: boolean;
  pageRequisites: boolean;
  noParent: boolean;
  spanHosts: boolean;
  relativeOnly: boolean;
  accept: readonly string[];
  reject: readonly string[];
  acceptRegex: string | undefined;
  rejectRegex: string | undefined;
  domains: readonly string[];
  excludeDomains: readonly string[];
  followTags: readonly string[];
  ignoreTags: readonly string[];
  ignoreCase: boolean;
  includeDirectories: readonly string[];
  excludeDirectories: readonly string[];
  robots: boolean;
}

export const initialSettings = (): Settings => ({
  quiet: false, verbose: undefined, outputDocument: undefined, logFile: undefined, appendLog: false, inputFile: undefined, base: undefined, forceHtml: false, background: false, tries: 20, retryRefused: false, noClobber: false, continue: false, startPosition: undefined,
  progress: undefined, showProgress: undefined, timestamping: false, ifModifiedSince: true, serverTimestamps: true, serverResponse: false, spider: false, connectTimeout: 0, readTimeout: 900, wait: 0, randomWait: false, waitRetry: 10, quota: 0, limitRate: 0, ipv4: false, ipv6: false,
  prefix: undefined, user: undefined, password: undefined, httpUser: undefined, httpPassword: undefined, authNoChallenge: false, headers: [], maxRedirect: 20, agent: undefined, referer: undefined, postData: undefined, postFile: undefined, method: undefined, bodyData: undefined, bodyFile: undefined,
  saveHeaders: false, keepAlive: true, cache: true, cookies: true, loadCookies: undefined, saveCookies: undefined, keepSessionCookies: false, ignoreLength: false, contentOnError: false, contentDisposition: false, trustServerNames: false, defaultPage: "index.html", adjustExtension: false,
  useProxy: true, httpProxy: undefined, noProxy: undefined, directories: false, noDirectories: false, hostDirectories: true, protocolDirectories: false, cutDirectories: 0, backups: 0, recursive: false, level: 5, deleteAfter: false, convertLinks: false, backupConverted: false, pageRequisites: false,
  noParent: false, spanHosts: false, relativeOnly: false, accept: [], reject: [], acceptRegex: undefined, rejectRegex: undefined, domains: [], excludeDomains: [], followTags: [], ignoreTags: [], ignoreCase: false, includeDirectories: [], excludeDirectories: [], robots: true,
});

/** What is wrong with a value, without the command's name. */
export class WrongValue extends Error {}

type Setter = (settings: Settings, value: string) => void;

function truth(value: string): boolean {
  const word = value.toLowerCase();
  if (word === "on" || word === "yes" || word === "1") return true;
  if (word === "off" || word === "no" || word === "0") return false;
  throw new WrongValue(`Invalid boolean ‘${value}’; use \`on' or \`off'.`);
}

function wholeNumber(value: string): number {
  if (!/^[+-]?\d+$/.test(value.trim())) throw new WrongValue(`Invalid number ‘${value}’.`);
  return Number(value);
}

/** "inf" and 0 are no limit. What begins with no digit counts as 0 too. */
const numberOrInfinity = (value: string): number => (value === "inf" ? 0 : Number.parseInt(value, 10) || 0) || Number.POSITIVE_INFINITY;

function byteValue(value: string): number {
  const match = /^(\d+(?:\.\d*)?|\.\d+)([kmgt]?)$/i.exec(value.trim());
  if (value.trim() === "inf" || value.trim() === "0") return 0;
  if (match === null) throw new WrongValue(`Invalid byte value ‘${value}’`);
  return Number(match[1]) * 1024 ** " kmgt".indexOf((match[2] ?? "").toLowerCase() || " ");
}

function period(value: string): number {
  const match = /^(\d+(?:\.\d*)?|\.\d+)([smhdw]?)$/.exec(value.trim());
  if (match === null) throw new WrongValue(`Invalid time period ‘${value}’`);
  return Number(match[1]) * (({ s: 1, m: 60, h: 3600, d: 86400, w: 604800 } as Readonly<Record<string, number>>)[match[2] ?? ""] ?? 1);
}

const listOf = (value: string): readonly string[] => value.split(",").map((part) => part.trim()).filter((part) => part !== "");

type KeysOf<T> = { [K in keyof Settings]: Settings[K] extends T ? (T extends Settings[K] ? K : never) : never }[keyof Settings];

const bool = (key: KeysOf<boolean> | KeysOf<boolean | undefined>): Setter => (settings, value) => void (settings[key] = truth(value));
const word = (key: KeysOf<string | undefined>): Setter => (settings, value) => void (settings[key] = value);
const number = (key: KeysOf<number>, read: (value: string) => number): Setter => (settings, value) => void (settings[key] = read(value));
/** An empty value empties the list. */
const list = (key: KeysOf<readonly string[]>): Setter => (settings, value) => void (settings[key] = value === "" ? [] : [...settings[key], ...listOf(value)]);

const oneOf = (words: readonly string[], otherwise: (value: string) => string): Setter => (_, value) => {
  if (!value.split(",").every((part) => words.includes(part.toLowerCase()))) throw new WrongValue(otherwise(value));
};

/** Accepted, and without effect here. */
const without: Setter = () => undefined;

const SETTERS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ["accept", list("accept")], ["acceptregex", word("acceptRegex")], ["addhostdir", bool("hostDirectories")], ["adjustextension", bool("adjustExtension")], ["authnochallenge", bool("authNoChallenge")], ["background", bool("background")], ["backupconverted", bool("backupConverted")],
  ["backups", number("backups", wholeNumber)], ["base", word("base")], ["bodydata", word("bodyData")], ["bodyfile", word("bodyFile")], ["cache", bool("cache")], ["connecttimeout", number("connectTimeout", period)], ["contentdisposition", bool("contentDisposition")],
  ["contentonerror", bool("contentOnError")], ["continue", bool("continue")], ["convertlinks", bool("convertLinks")], ["cookies", bool("cookies")], ["cutdirs", number("cutDirectories", wholeNumber)], ["defaultpage", word("defaultPage")], ["deleteafter", bool("deleteAfter")],
  ["dirprefix", word("prefix")], ["dirstruct", (settings, value) => {
    settings.directories = truth(value);
    settings.noDirectories = !settings.directories;
  }], ["dnstimeout", (_, value) => void period(value)], ["domains", list("domains")], ["excludedirectories", list("excludeDirectories")], ["excludedomains", list("excludeDomains")], ["followtags", list("followTags")], ["forcehtml", bool("forceHtml")],
  ["header", (settings, value) => {
    if (value === "") settings.headers = [];
    else if (!/^[^\s:]+:/.test(value)) throw new WrongValue(`Invalid header ‘${value}’.`);
    else settings.headers = [...settings.headers, value];
  }],
  ["htmlextension", bool("adjustExtension")], ["httpkeepalive", bool("keepAlive")], ["httppassword", word("httpPassword")], ["httppasswd", word("httpPassword")], ["httpproxy", word("httpProxy")], ["httpuser", word("httpUser")], ["httpsproxy", without], ["ftpproxy", without], ["ifmodifiedsince", bool("ifModifiedSince")],
  ["ignorecase", bool("ignoreCase")], ["ignorelength", bool("ignoreLength")], ["ignoretags", list("ignoreTags")], ["includedirectories", list("includeDirectories")], ["inet4only", bool("ipv4")], ["inet6only", bool("ipv6")], ["input", word("inputFile")],
  ["keepsessioncookies", bool("keepSessionCookies")], ["limitrate", number("limitRate", byteValue)], ["loadcookies", word("loadCookies")], ["logfile", word("logFile")], ["maxredirect", number("maxRedirect", wholeNumber)], ["method", (settings, value) => void (settings.method = value.toUpperCase())],
  ["mirror", (settings, value) => {
    const on = truth(value);
    settings.timestamping = on;
    settings.recursive = on;
    settings.level = on ? Number.POSITIVE_INFINITY : 5;
    if (on && !settings.noDirectories) settings.directories = true;
  }],
  ["noclobber", bool("noClobber")], ["noparent", bool("noParent")], ["noproxy", word("noProxy")], ["outputdocument", word("outputDocument")], ["pagerequisites", bool("pageRequisites")], ["password", word("password")], ["postdata", word("postData")], ["postfile", word("postFile")],
  ["preferfamily", (_, value) => {
    if (!["ipv4", "ipv6", "none"].includes(value.toLowerCase())) throw new WrongValue(`Invalid value ‘${value}’.`);
  }],
  ["progress", (settings, value) => {
    if (!/^(?:dot|bar)(?::|$)/.test(value)) throw new WrongValue(`Invalid progress type ‘${value}’.`);
    settings.progress = value;
  }],
  ["protocoldirectories", bool("protocolDirectories")], ["quiet", bool("quiet")], ["quota", number("quota", byteValue)], ["randomwait", bool("randomWait")], ["readtimeout", number("readTimeout", period)], ["reclevel", number("level", numberOrInfinity)],
  ["recursive", (settings, value) => {
    settings.recursive = truth(value);
    if (settings.recursive && !settings.noDirectories) settings.directories = true;
  }],
  ["referer", word("referer")], ["reject", list("reject")], ["rejectregex", word("rejectRegex")], ["relativeonly", bool("relativeOnly")], ["removelisting", without], ["reportspeed", (_, value) => {
    if (value.toLowerCase() !== "bits") throw new WrongValue(`Invalid value ‘${value}’.`);
  }],
  ["restrictfilenames", oneOf(["unix", "windows", "vms", "lowercase", "uppercase", "nocontrol", "ascii"], (value) => `Invalid restriction ‘${value}’,\n    use [unix|vms|windows],[lowercase|uppercase],[nocontrol],[ascii].`)],
  ["retryconnrefused", bool("retryRefused")], ["robots", bool("robots")], ["savecookies", word("saveCookies")], ["saveheaders", bool("saveHeaders")], ["serverresponse", bool("serverResponse")], ["showprogress", bool("showProgress")], ["spanhosts", bool("spanHosts")], ["spider", bool("spider")],
  ["startpos", (settings, value) => void (settings.startPosition = byteValue(value))],
  ["timeout", (settings, value) => {
    settings.connectTimeout = period(value);
    settings.readTimeout = settings.connectTimeout;
  }],
  ["timestamping", bool("timestamping")], ["tries", number("tries", numberOrInfinity)], ["trustservernames", bool("trustServerNames")], ["unlink", without], ["useproxy", bool("useProxy")], ["user", word("user")],
  ["useragent", (settings, value) => {
    if (value.includes("\n")) throw new WrongValue(`Invalid value ‘${value}’.`);
    settings.agent = value;
  }],
  ["useservertimestamps", bool("serverTimestamps")], ["verbose", bool("verbose")], ["wait", number("wait", period)], ["waitretry", number("waitRetry", period)], ["checkcertificate", without], ["hsts", without], ["hstsfile", without], ["cacertificate", without], ["cadirectory", without], ["certificate", without], ["privatekey", without], ["secureprotocol", without], ["httpsonly", without], ["dnscache", without], ["followftp", without], ["passiveftp", without], ["glob", without], ["iri", without], ["localencoding", without], ["remoteencoding", without], ["debug", without], ["debugoutput", without],
  ["compression", oneOf(["auto", "gzip", "none"], (value) => `Invalid value ‘${value}’.`)], ["dotstyle", (settings, value) => void (settings.progress = DOT_STYLES.has(value) ? `dot:${value}` : settings.progress)], ["dotbytes", (_, value) => void byteValue(value)], ["loginaction", without],
]);

const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, "");

export const knownCommand = (name: string): boolean => SETTERS.has(plain(name));

/** Throws WrongValue. */
export function setCommand(settings: Settings, name: string, value: string): void {
  SETTERS.get(plain(name))?.(settings, value);
}

/** "name = value"; undefined when it is no such line, and "" as the name for a comment or an empty line. */
export function parseCommand(line: string): { readonly name: string; readonly value: string } | undefined {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) return { name: "", value: "" };
  const match = /^([A-Za-z0-9_-]+)\s*=\s*(.*)$/.exec(text);
  return match === null ? undefined : { name: match[1] ?? "", value: match[2] ?? "" };
}
