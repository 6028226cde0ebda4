// One connection of nginx: find the server and the location, send the file (or redirect, index of a directory, proxied answer, error page), write
// the access log in its "combined" format.

import { type Blocking, O, S, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { readTextFile } from "../kit/accounts.ts";
import { bytesOfBase64 } from "../kit/base64.ts";
import { bcryptCrypt } from "../kit/crypto/bcrypt-pbkdf.ts";
import { md5Crypt, shaCrypt } from "../kit/crypto/password-hash.ts";
import { HttpBody, type HttpHead, HttpReader, connectStream, headerOf, parseUrl, sendText, writeAll } from "../kit/http-message.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { type Configuration, type Directive, type Location, type Server, find } from "./_configuration.ts";

const REASONS = new Map([[200, "OK"], [204, "No Content"], [206, "Partial Content"], [301, "Moved Permanently"], [302, "Moved Temporarily"], [303, "See Other"], [304, "Not Modified"], [307, "Temporary Redirect"], [308, "Permanent Redirect"], [400, "Bad Request"], [401, "Unauthorized"], [403, "Forbidden"], [404, "Not Found"], [405, "Not Allowed"], [406, "Not Acceptable"], [408, "Request Time-out"], [409, "Conflict"], [410, "Gone"], [411, "Length Required"], [412, "Precondition Failed"], [414, "Request-URI Too Large"], [415, "Unsupported Media Type"], [413, "Request Entity Too Large"], [416, "Requested Range Not Satisfiable"], [421, "Misdirected Request"], [429, "Too Many Requests"], [500, "Internal Server Error"], [501, "Not Implemented"], [502, "Bad Gateway"], [503, "Service Temporarily Unavailable"], [504, "Gateway Time-out"], [505, "HTTP Version Not Supported"], [507, "Insufficient Storage"]]);
const VERSION = "nginx/1.22.1";

const httpDate = (us: number): string => strftime("%a, %d %b %Y %H:%M:%S GMT", civilAt(UTC, Math.floor(us / 1e6)));
/** The title of a page of nginx's own; those of 302 and 401 are not the words of the status line. */
const titleOf = (status: number): string => (status === 302 ? "302 Found" : status === 401 ? "401 Authorization Required" : `${status} ${REASONS.get(status) ?? ""}`);
const errorPage = (status: number): string => `<html>\r\n<head><title>${titleOf(status)}</title></head>\r\n<body>\r\n<center><h1>${titleOf(status)}</h1></center>\r\n<hr><center>${VERSION}</center>\r\n</body>\r\n</html>\r\n`;

interface Request {
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly head: HttpHead;
  readonly host: string;
  readonly remote: string;
  readonly line: string;
}

function chooseServer(configuration: Configuration, port: number, host: string): Server | undefined {
  const listening = configuration.servers.filter((server) => server.listens.some((one) => one.port === port));
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return listening.find((server) => server.names.includes(name)) ?? listening.find((server) => server.names.some((one) => one.startsWith("*.") && name.endsWith(one.slice(1)))) ?? listening.find((server) => server.listens.some((one) => one.port === port && one.isDefault)) ?? listening[0];
}

function chooseLocation(server: Server, path: string): Location | undefined {
  const exact = server.locations.find((one) => one.kind === "exact" && one.pattern === path);
  if (exact) return exact;
  const prefix = server.locations.filter((one) => (one.kind === "prefix" || one.kind === "strong") && path.startsWith(one.pattern)).sort((a, b) => b.pattern.length - a.pattern.length)[0];
  if (prefix?.kind === "strong") return prefix;
  for (const one of server.locations) {
    if (one.kind !== "regex") continue;
    try {
      // PCRE in nginx; the extended syntax covers what configurations use
      if (compileRegex(one.pattern.replace(/\\\./g, "[.]"), { syntax: "ere", ignoreCase: false }).exec(path)) return one;
    } catch {
      continue;
    }
  }
  return prefix;
}

export type Log = (kind: "access" | "error", line: string) => Blocking<void>;

/** Serves requests of one connection until it is closed. */
export function* serveConnection(sys: Sys, fd: number, port: number, configuration: Configuration, log: Log): Blocking<void> {
  const reader = new HttpReader(sys, fd);
  const peer = sys.getpeername(fd);
  const remote = peer.family === "unix" ? "unix:" : peer.address;
  sys.setsockopt(fd, "rcvtimeo", 75_000_000);
  for (;;) {
    const head = yield* reader.head();
    if (!head) return;
    const match = /^([A-Z_-]+) (\S+) HTTP\/1\.[01]$/.exec(head.startLine);
    // what a proxy is asked: the whole URL
    const target = (match?.[2] ?? "/").replace(/^https?:\/\/[^/]*(?=\/|$)/i, "") || "/";
    const request: Request = { method: match?.[1] ?? "", target, path: normalized(target), head, host: headerOf(head, "Host") ?? "", remote, line: head.startLine };
    const keep = !/close/i.test(headerOf(head, "Connection") ?? "") && !head.startLine.endsWith("1.0");
    const body = new HttpBody(reader, head, { request: true });
    const parts: Uint8Array[] = [];
    if (/^100-continue$/i.test(headerOf(head, "Expect") ?? "")) yield* sendText(sys, fd, "HTTP/1.1 100 Continue\r\n\r\n");
    for (let part = yield* body.read(); part.length > 0; part = yield* body.read()) parts.push(part);
    const server = chooseServer(configuration, port, request.host);
    const done = match && server ? yield* answer(sys, fd, configuration, server, request, parts, keep, log) : yield* reply(sys, fd, request, 400, "text/html", encode(errorPage(400)), [], false);
    const when = strftime("%d/%b/%Y:%H:%M:%S %z", civilAt(UTC, Math.floor(sys.clockUs("realtime") / 1e6)));
    yield* log("access", `${remote} - - [${when}] "${head.startLine}" ${done.status} ${done.bytes} "${headerOf(head, "Referer") ?? "-"}" "${headerOf(head, "User-Agent") ?? "-"}"\n`);
    if (!keep || !match || ENDING.has(done.status)) return;
  }
}

function normalized(target: string): string {
  const plain = target.split(/[?#]/)[0] ?? "/";
  const bytes: number[] = [];
  for (let at = 0; at < plain.length; at++) {
    const code = plain[at] === "%" ? Number.parseInt(plain.slice(at + 1, at + 3), 16) : Number.NaN;
    if (Number.isNaN(code)) bytes.push(plain.charCodeAt(at) & 255);
    else {
      bytes.push(code);
      at += 2;
    }
  }
  const parts: string[] = [];
  const text = decode(Uint8Array.from(bytes));
  for (const part of text.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}${text.endsWith("/") && parts.length > 0 ? "/" : ""}`;
}

interface Done {
  readonly status: number;
  readonly bytes: number;
}

/** After these nginx keeps no connection (ngx_http_special_response_handler). */
const ENDING: ReadonlySet<number> = new Set([400, 413, 414, 500, 501]);

/** `listed`: made while it is sent, so its length is not known before. */
function* reply(sys: Sys, fd: number, request: Request, status: number, type: string, body: Uint8Array, extra: readonly string[], kept: boolean, listed = false): Blocking<Done> {
  const old = request.line.endsWith("1.0");
  const keep = kept && !ENDING.has(status) && !(listed && old);
  const early = (line: string): boolean => /^(?:Last-Modified|Location):/.test(line);
  const headers = [`Server: ${VERSION}`, `Date: ${httpDate(sys.clockUs("realtime"))}`, ...(status === 304 || status === 204 ? [] : [`Content-Type: ${type}`, ...(listed ? (old ? [] : ["Transfer-Encoding: chunked"]) : [`Content-Length: ${body.length}`])]), ...extra.filter(early), `Connection: ${keep ? "keep-alive" : "close"}`, ...extra.filter((line) => !early(line)).map((line) => (line.startsWith("Location :") ? line.replace(" :", ":") : line))];
  yield* sendText(sys, fd, `HTTP/1.1 ${status} ${REASONS.get(status) ?? ""}\r\n${headers.join("\r\n")}\r\n\r\n`);
  const sends = request.method !== "HEAD" && status !== 304 && status !== 204;
  if (sends && listed && !old) {
    yield* sendText(sys, fd, `${body.length.toString(16)}\r\n`);
    yield* writeAll(sys, fd, body);
    yield* sendText(sys, fd, "\r\n0\r\n\r\n");
  } else if (sends) yield* writeAll(sys, fd, body);
  return { status, bytes: sends ? body.length : 0 };
}

function* readWhole(sys: Sys, path: string): Blocking<{ readonly bytes: Uint8Array; readonly mtimeUs: number }> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    const stat = sys.fstat(fd);
    const bytes = new Uint8Array(stat.sizeBytes);
    let at = 0;
    while (at < bytes.length) {
      const part = yield* sys.read(fd, bytes.length - at);
      if (part.length === 0) break;
      bytes.set(part, at);
      at += part.length;
    }
    return { bytes: bytes.subarray(0, at), mtimeUs: stat.mtimeUs };
  } finally {
    sys.close(fd);
  }
}

function kindOf(sys: Sys, path: string): "file" | "directory" | undefined {
  try {
    const kind = sys.stat(path).mode & S.IFMT;
    return kind === S.IFDIR ? "directory" : "file";
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function* answer(sys: Sys, fd: number, configuration: Configuration, server: Server, request: Request, body: readonly Uint8Array[], keep: boolean, log: Log): Blocking<Done> {
  const location = chooseLocation(server, request.path);
  const lists: readonly (readonly Directive[])[] = [location?.directives ?? [], server.directives, configuration.http];
  const added = (lists.find((list) => list.some((one) => one.name === "add_header")) ?? []).filter((one) => one.name === "add_header").map((one) => `${one.words[0] ?? ""}: ${one.words[1] ?? ""}`);
  const variables = (text: string): string => text.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => {
    switch (name) {
      case "uri": case "document_uri": return request.path;
      case "request_uri": return request.target;
      case "host": return request.host.replace(/:\d+$/, "");
      case "remote_addr": return request.remote;
      case "hostname": return sys.uname().nodename;
      case "scheme": return "http";
      case "server_name": return server.names[0] ?? "";
      case "args": case "query_string": return request.target.split("?")[1] ?? "";
      case "request_method": return request.method;
      case "proxy_add_x_forwarded_for": return request.remote;
      case "content_type": case "content_length": return headerOf(request.head, name.replace("_", "-")) ?? "";
      case "remote_user": return credentials(request)?.split(":")[0] ?? "";
      case "server_addr": case "server_port": return whole;
      default: return name.startsWith("http_") ? (headerOf(request.head, name.slice(5).replace(/_/g, "-")) ?? "") : "";
    }
  });
  const fail = function* (status: number): Blocking<Done> {
    const custom = lists.flatMap((list) => list.filter((one) => one.name === "error_page" && one.words.slice(0, -1).includes(String(status)))).at(0);
    const root = find(lists, "root")?.[0];
    const page = custom?.words.at(-1);
    if (page?.startsWith("/") && root !== undefined) {
      const path = `${root.replace(/\/$/, "")}${page}`;
      if (kindOf(sys, path) === "file") return yield* reply(sys, fd, request, status, "text/html", (yield* readWhole(sys, path)).bytes, [], keep);
    }
    return yield* reply(sys, fd, request, status, "text/html", encode(errorPage(status)), [], keep);
  };
  const returned = find([location?.directives ?? [], server.directives], "return");
  if (returned) {
    const status = /^\d{3}$/.test(returned[0] ?? "") ? Number(returned[0]) : 302;
    const text = variables(returned[1] ?? (returned[0] ?? "").replace(/^\d{3}$/, ""));
    // a place of this server is made a whole URL and stands before Connection, another one behind it
    if (status >= 300 && status < 400 && status !== 304) return yield* reply(sys, fd, request, status, "text/html", encode(errorPage(status)), [text.startsWith("/") ? `Location: http://${request.host}${text}` : `Location :${text === "" ? "" : ` ${text}`}`, ...added], keep);
    if (text === "" && status >= 400) return yield* fail(status);
    return yield* reply(sys, fd, request, status, find(lists, "default_type")?.[0] ?? "text/plain", encode(text), added, keep);
  }
  const realm = find(lists, "auth_basic")?.[0];
  if (realm !== undefined && realm !== "off" && !(yield* allowed(sys, request, find(lists, "auth_basic_user_file")?.[0] ?? "", (line) => log("error", `${line}, client: ${request.remote}, server: ${server.names[0] ?? ""}, request: "${request.line}", host: "${request.host}"`)))) {
    return yield* reply(sys, fd, request, 401, "text/html", encode(errorPage(401)), [`WWW-Authenticate: Basic realm="${variables(realm)}"`], keep);
  }
  const proxy = find([location?.directives ?? []], "proxy_pass");
  if (proxy) return yield* proxied(sys, fd, configuration, request, location, variables(proxy[0] ?? ""), lists, body, keep, fail, log);
  if (request.method !== "GET" && request.method !== "HEAD") return yield* fail(405);
  const alias = find([location?.directives ?? []], "alias")?.[0];
  const root = (find(lists, "root")?.[0] ?? "/usr/share/nginx/html").replace(/(.)\/$/, "$1");
  const pathOf = (uri: string): string => (alias !== undefined && location ? alias + uri.slice(location.pattern.length) : (root.startsWith("/") ? root : `/usr/share/nginx/${root}`) + uri);
  let uri = request.path;
  const tries = find([location?.directives ?? [], server.directives], "try_files");
  if (tries) {
    let chosen: string | undefined;
    for (const [index, one] of tries.entries()) {
      const candidate = variables(one);
      if (index === tries.length - 1) {
        if (/^=\d+$/.test(candidate)) return chosen === undefined ? yield* missing(sys, request, pathOf(uri), Number(candidate.slice(1)), fail, log) : yield* fail(404);
        chosen ??= candidate;
        break;
      }
      const kind = kindOf(sys, pathOf(candidate));
      if ((candidate.endsWith("/") && kind === "directory") || (!candidate.endsWith("/") && kind === "file")) {
        chosen = candidate;
        break;
      }
      if (candidate === `${request.path}/` && kind === "directory") {
        chosen = request.path;
        break;
      }
    }
    uri = (chosen ?? uri).replace(/\/\/+$/, "/");
  }
  let path = pathOf(uri);
  let kind = kindOf(sys, path);
  if (kind === "directory") {
    if (!uri.endsWith("/")) return yield* reply(sys, fd, request, 301, "text/html", encode(errorPage(301)), [`Location: http://${request.host}${uri}/`, ...added], keep);
    const index = (find(lists, "index") ?? ["index.html"]).find((name) => kindOf(sys, path + name) === "file");
    if (index === undefined) {
      if (find(lists, "autoindex")?.[0] === "on") return yield* reply(sys, fd, request, 200, "text/html", encode(listing(sys, uri, path)), added, keep, true);
      yield* log("error", `directory index of "${path}" is forbidden`);
      return yield* fail(403);
    }
    path += index;
    kind = "file";
  }
  if (kind === undefined) return yield* missing(sys, request, path, 404, fail, log);
  try {
    const { bytes, mtimeUs } = yield* readWhole(sys, path);
    const tag = `"${Math.floor(mtimeUs / 1e6).toString(16)}-${bytes.length.toString(16)}"`;
    const since = headerOf(request.head, "If-Modified-Since");
    if (headerOf(request.head, "If-None-Match") === tag || (since !== undefined && since === httpDate(mtimeUs))) return yield* reply(sys, fd, request, 304, "", new Uint8Array(0), [`Last-Modified: ${httpDate(mtimeUs)}`, `ETag: ${tag}`], keep);
    const type = configuration.types.get(path.split(".").at(-1) ?? "") ?? find(lists, "default_type")?.[0] ?? "text/plain";
    const range = wantedRange(headerOf(request.head, "Range"), bytes.length);
    if (range === "none") return yield* reply(sys, fd, request, 416, "text/html", encode(errorPage(416)), [`Content-Range: bytes */${bytes.length}`], keep);
    if (range !== undefined) return yield* reply(sys, fd, request, 206, type, bytes.subarray(range.from, range.to), [`Last-Modified: ${httpDate(mtimeUs)}`, `ETag: ${tag}`, `Content-Range: bytes ${range.from}-${range.to - 1}/${bytes.length}`, ...added], keep);
    return yield* reply(sys, fd, request, 200, type, bytes, [`Last-Modified: ${httpDate(mtimeUs)}`, `ETag: ${tag}`, "Accept-Ranges: bytes", ...added], keep);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* log("error", `open() "${path}" failed (13: ${error.message}), client: ${request.remote}, server: ${server.names[0] ?? ""}, request: "${request.line}", host: "${request.host}"`);
    return yield* fail(error.errno === "EACCES" ? 403 : 404);
  }
}

/** One range of Range; several in one request are answered with the whole file. */
function wantedRange(header: string | undefined, length: number): { readonly from: number; readonly to: number } | "none" | undefined {
  const match = /^bytes=\s*(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return undefined;
  const from = match[1] === "" ? Math.max(0, length - Number(match[2])) : Number(match[1]);
  const to = match[1] === "" || match[2] === "" ? length : Math.min(length, Number(match[2]) + 1);
  return from >= to ? "none" : { from, to };
}

function credentials(request: Request): string | undefined {
  const basic = /^basic\s+(\S+)$/i.exec(headerOf(request.head, "Authorization") ?? "")?.[1];
  const bytes = basic === undefined ? undefined : bytesOfBase64(basic);
  return bytes === undefined ? undefined : decode(bytes);
}

/** crypt(3), with Apache's own kind of MD5 */
function* hashed(sys: Sys, password: string, hash: string): Blocking<string | undefined> {
  const [, kind = "", salt = ""] = hash.split("$");
  if (kind === "1" || kind === "apr1") return yield* md5Crypt(sys, password, salt, kind);
  if (kind === "5" || kind === "6") return yield* shaCrypt(sys, password, salt, kind);
  return hash.startsWith("$2") ? yield* bcryptCrypt(sys, password, hash) : undefined;
}

/** auth_basic: a line of the file fits name and password. */
function* allowed(sys: Sys, request: Request, file: string, problem: (line: string) => Blocking<void>): Blocking<boolean> {
  const given = credentials(request);
  if (given === undefined) {
    yield* problem("no user/password was provided for basic authentication");
    return false;
  }
  const colon = given.indexOf(":");
  const user = given.slice(0, colon);
  const text = yield* readTextFile(sys, file.startsWith("/") ? file : `/etc/nginx/${file}`);
  const line = text?.split("\n").find((one) => one.startsWith(`${user}:`));
  if (line === undefined) {
    yield* problem(`user "${user}" was not found in "${file}"`);
    return false;
  }
  const hash = line.split(":")[1] ?? "";
  if (hash.startsWith("{PLAIN}") ? hash.slice(7) === given.slice(colon + 1) : (yield* hashed(sys, given.slice(colon + 1), hash)) === hash) return true;
  yield* problem(`user "${user}": password mismatch`);
  return false;
}

function* missing(_sys: Sys, request: Request, path: string, status: number, fail: (status: number) => Blocking<Done>, log: Log): Blocking<Done> {
  if (status === 404) yield* log("error", `open() "${path}" failed (2: No such file or directory), client: ${request.remote}, server: localhost, request: "${request.line}", host: "${request.host}"`);
  return yield* fail(status);
}

function listing(sys: Sys, uri: string, path: string): string {
  const rows = sys.readdir(path).filter((entry) => !entry.name.startsWith(".")).sort((a, b) => (a.type === S.IFDIR ? 0 : 1) - (b.type === S.IFDIR ? 0 : 1) || (a.name < b.name ? -1 : 1)).map((entry) => {
    const stat = sys.stat(path + entry.name);
    const name = entry.type === S.IFDIR ? `${entry.name}/` : entry.name;
    const date = strftime("%d-%b-%Y %H:%M", civilAt(UTC, Math.floor(stat.mtimeUs / 1e6)));
    return `<a href="${name}">${name}</a>${" ".repeat(Math.max(1, 51 - name.length))}${date}${(entry.type === S.IFDIR ? "-" : String(stat.sizeBytes)).padStart(20)}\r\n`;
  });
  return `<html>\r\n<head><title>Index of ${uri}</title></head>\r\n<body>\r\n<h1>Index of ${uri}</h1><hr><pre><a href="../">../</a>\r\n${rows.join("")}</pre><hr></body>\r\n</html>\r\n`;
}

function* proxied(sys: Sys, fd: number, configuration: Configuration, request: Request, location: Location | undefined, target: string, lists: readonly (readonly Directive[])[], body: readonly Uint8Array[], keep: boolean, fail: (status: number) => Blocking<Done>, log: Log): Blocking<Done> {
  let url = parseUrl(target);
  if (!url) return yield* fail(500);
  const upstream = configuration.http.find((one) => one.name === "upstream" && one.words[0] === url?.host);
  if (upstream) {
    const servers = (upstream.block ?? []).filter((one) => one.name === "server").map((one) => one.words[0] ?? "");
    // round robin by the connection's own port: it changes from one connection to the next
    const peer = sys.getpeername(fd);
    const chosen = servers[(peer.family === "unix" ? 0 : peer.port) % Math.max(1, servers.length)] ?? "";
    url = parseUrl(`http://${chosen}`) ?? url;
  }
  const withPath = /^https?:\/\/[^/]+\//.test(target);
  const path = withPath && location ? `${url.path}${request.target.slice(location.pattern.length)}` : request.target;
  let upstreamFd: number;
  try {
    const address = (yield* lookUpHost(sys, url.host))[0] ?? "";
    upstreamFd = yield* connectStream(sys, address, url.port, 60_000_000);
  } catch (error) {
    if (!(error instanceof SysError) && !(error instanceof ResolveError)) throw error;
    yield* log("error", `connect() failed (111: ${error.message}) while connecting to upstream, client: ${request.remote}, server: ${""}, request: "${request.line}", upstream: "${target}", host: "${request.host}"`);
    return yield* fail(502);
  }
  try {
    const set = (lists.find((list) => list.some((one) => one.name === "proxy_set_header")) ?? []).filter((one) => one.name === "proxy_set_header");
    const headers = new Map<string, string>([["Host", url.port === 80 ? url.host : `${url.host}:${url.port}`], ["Connection", "close"]]);
    for (const [name, value] of request.head.headers) if (!["host", "connection"].includes(name.toLowerCase())) headers.set(name, value);
    for (const one of set) headers.set(one.words[0] ?? "", one.words[1] === "$host" || one.words[1] === "$http_host" ? request.host : one.words[1] === "$remote_addr" || one.words[1] === "$proxy_add_x_forwarded_for" ? request.remote : (one.words[1] ?? ""));
    yield* sendText(sys, upstreamFd, `${request.method} ${path} HTTP/1.0\r\n${[...headers].map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
    for (const part of body) yield* writeAll(sys, upstreamFd, part);
    const reader = new HttpReader(sys, upstreamFd);
    const head = yield* reader.head();
    if (!head) return yield* fail(502);
    const content = new HttpBody(reader, head, { none: request.method === "HEAD" });
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let part = yield* content.read(); part.length > 0; part = yield* content.read()) {
      parts.push(part);
      length += part.length;
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    const status = Number(head.startLine.split(" ")[1]) || 502;
    const extra = head.headers.filter(([name]) => !["server", "date", "content-type", "content-length", "connection", "transfer-encoding"].includes(name.toLowerCase())).map(([name, value]) => `${name}: ${value}`);
    return yield* reply(sys, fd, request, status, headerOf(head, "Content-Type") ?? "text/plain", whole, extra, keep);
  } finally {
    sys.close(upstreamFd);
  }
}
