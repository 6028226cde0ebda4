// curl over simulated TCP. HTTP only; over https the same HTTP is spoken (TLS is not simulated). The options are in _options.ts.

import { base64Of } from "../kit/base64.ts";
import { optionLines } from "../kit/help-text.ts";
import { type Blocking, O, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { readTextFile } from "../kit/accounts.ts";
import { HttpBody, type HttpHead, HttpReader, type Url, connectStream, headerOf, hostHeader, parseUrl, resolveUrl, sendText, urlText, writeAll } from "../kit/http-message.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { type CurlOptions, CurlUsage, parseCurl } from "./_options.ts";

/** A failed transfer: curl's own number (libcurl-errors(3)) and words. */
class CurlFailure extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Outcome {
  readonly status: number;
  readonly head: HttpHead | undefined;
  readonly url: Url;
  readonly downloadedBytes: number;
  readonly uploadedBytes: number;
  readonly redirects: number;
  readonly startUs: number;
  readonly connectedUs: number;
  readonly firstByteUs: number;
  readonly endUs: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  readonly headerBytes: number;
}

const OPTIONS = [
  text(["-d", "--data"], "data", "send this by POST, as a form does"), flag(["-f", "--fail"], "an answer of 400 and up is an error, status 22, and its text is dropped"), flag(["-h", "--help"], "show help, of a category or of all"), flag(["-i", "--include"], "show the headers of the answer before its text"), text(["-o", "--output"], "file", "the name of the file that receives the answer"),
  flag(["-O", "--remote-name"], "save under the last part of the URL's path"), flag(["-s", "--silent"], "silent mode"), flag(["-S", "--show-error"], "report errors even with -s"), text(["-T", "--upload-file"], "file", "send FILE to the URL"), text(["-u", "--user"], "user:password", "name and password to log in with"),
  text(["-A", "--user-agent"], "name", "what curl calls itself in the header User-Agent"), flag(["-v", "--verbose"], "also show the connection, TLS and the headers of both sides"), flag(["-V", "--version"], "version, protocols and features of curl"), flag(["-I", "--head"], "ask only for the headers (HEAD)"), flag(["-L", "--location"], "follow redirects"),
  text(["-X", "--request"], "method", "the method: GET, POST, PUT, DELETE..."), text(["-H", "--header"], "header", "one more header of the request"), text(["-w", "--write-out"], "format", "print this text at the end, with %{variables} filled in"), text(["-m", "--max-time"], "seconds", "give up when the whole transfer takes longer than this many seconds"), text(["--connect-timeout"], "seconds", "give up connecting after so many seconds"),
  text(["--retry"], "num", "try again so many times after a failure that may pass (408, 429, 500, 502, 503, 504, no answer in time)"), flag(["--retry-connrefused"], "--retry counts for refused connections too"), text(["--retry-delay"], "seconds", "pause between two tries"), text(["--unix-socket"], "path", "talk to this Unix socket, whatever host the URL names"), flag(["-k", "--insecure"], "accept a certificate that cannot be verified"),
  flag(["-4", "--ipv4"], "use only the IPv4 addresses of a name"), flag(["-6", "--ipv6"], "use only the IPv6 addresses of a name"), text(["--resolve"], "host:port:addr", "for this host and port, use this address without asking DNS"), text(["-e", "--referer"], "URL", "referrer URL"), text(["-b", "--cookie"], "data", "send cookies"),
];

export default program(
  {
    name: "curl", summary: "transfer a URL", synopsis: ["[options...] <url>"],
    options: OPTIONS,
  },
  function* (sys, argv, io: Io) {
    let options: CurlOptions;
    try {
      options = parseCurl(argv.slice(1));
    } catch (error) {
      if (!(error instanceof CurlUsage)) throw error;
      yield* io.stderr(`curl: ${error.message}\ncurl: try 'curl --help' for more information\n`);
      return 2;
    }
    if (options.version) {
      io.out.put("curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nRelease-Date: 2023-02-20, security patched: 7.88.1-10+deb12u14\nProtocols: http https \nFeatures: IPv6 Largefile UnixSockets\n");
      return 0;
    }
    if (options.help && options.urls.includes("all")) {
      io.out.put(`Usage: curl [options...] <url>\n${OPTIONS.map((option) => optionLines(option)).join("")}`);
      return 0;
    }
    if (options.help) {
      io.out.put("Usage: curl [options...] <url>\n -d, --data <data>          Send this by POST\n -f, --fail                 An answer of 400 and up is an error\n -h, --help <category>      Show help\n -i, --include              The headers of the answer too\n -o, --output <file>        The answer goes to this file\n -O, --remote-name          The file has the name that the URL ends in\n -s, --silent               No progress, no errors\n -T, --upload-file <file>   Send this file to the URL\n -u, --user <user:password> Who logs in at the server\n -A, --user-agent <name>    What curl calls itself\n -v, --verbose              Show the connection and all headers\n -V, --version              Show the version\n\nThese are the most used options.\n\"--help all\" and the manual page have all of them.\n");
      return 0;
    }
    if (options.urls.length === 0) {
      yield* io.stderr("curl: no URL specified!\ncurl: try 'curl --help' for more information\n");
      return 2;
    }
    let status = 0;
    for (const [index, given] of options.urls.entries()) status = yield* one(sys, io, options, given, index);
    return status;
  },
);

function* one(sys: Sys, io: Io, options: CurlOptions, given: string, index: number): Blocking<number> {
  const attempts = options.retry + 1;
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = yield* transfer(sys, io, options, given, index);
      yield* io.out.flush();
      if (options.fail && outcome.status >= 400) throw new CurlFailure(22, `The requested URL returned error: ${outcome.status}`);
      if (options.writeOut !== undefined) io.out.put(writeOut(options.writeOut, outcome, 0));
      yield* io.out.flush();
      return 0;
    } catch (error) {
      if (!(error instanceof CurlFailure)) throw error;
      const transient = error.code === 28 || error.code === 6 || (error.code === 7 && options.retryRefused) || (error.code === 22 && /error: (408|429|5\d\d)/.test(error.message));
      if (attempt < attempts && transient) {
        const waitSeconds = options.retryDelaySeconds ?? 2 ** (attempt - 1);
        if (!options.silent) yield* io.stderr(`Warning: Problem: ${error.code === 7 ? "connection refused" : error.code === 28 ? "timeout" : "transient error"}. Will retry in ${waitSeconds} second${waitSeconds === 1 ? "" : "s"}. ${attempts - attempt} retr${attempts - attempt === 1 ? "y" : "ies"} left.\n`);
        yield* sys.sleep(waitSeconds * 1e6);
        continue;
      }
      if (!options.silent || options.showError) {
        if (!options.silent && !options.progressBar && error.code !== 3) yield* progress(sys, io, options, 0, undefined);
        yield* io.stderr(`curl: (${error.code}) ${error.message}\n`);
      }
      if (options.writeOut !== undefined) io.out.put(writeOut(options.writeOut, undefined, error.code));
      yield* io.out.flush();
      return error.code;
    }
  }
}

/** The meter: shown when the body does not go to the terminal. */
function* progress(sys: Sys, io: Io, options: CurlOptions, bytes: number, total: number | undefined): Blocking<void> {
  if (options.silent || (options.outputs.length === 0 && !options.remoteNames && isTerminal(sys))) return;
  const size = (value: number): string => (value < 100_000 ? String(value) : value < 10_240_000 ? `${Math.floor(value / 1024)}k` : `${(value / 1048576).toFixed(1)}M`).padStart(5);
  yield* io.stderr("  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n");
  const percent = bytes === 0 ? "  0" : "100";
  yield* io.stderr(`\r${percent} ${size(total ?? bytes)}  ${percent} ${size(bytes)}    0     0  ${bytes === 0 ? "    0" : size(bytes * 100)}      0 --:--:-- --:--:-- --:--:-- ${bytes === 0 ? "    0" : size(bytes * 100)}\n`);
}

function isTerminal(sys: Sys): boolean {
  try {
    return sys.isatty(1);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* connect(sys: Sys, options: CurlOptions, url: Url, startUs: number): Blocking<{ readonly fd: number; readonly address: string }> {
  const took = (): number => Math.floor((sys.clockUs("monotonic") - startUs) / 1000);
  if (options.unixSocket !== undefined) {
    const fd = sys.socket("unix", "stream");
    try {
      yield* sys.connect(fd, { family: "unix", path: options.unixSocket });
      return { fd, address: options.unixSocket };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new CurlFailure(7, `Couldn't connect to server`);
    }
  }
  if (url.scheme !== "http" && url.scheme !== "https") throw new CurlFailure(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
  let addresses: readonly string[];
  const fixed = options.resolve.find((entry) => entry.startsWith(`${url.host}:${url.port}:`));
  if (fixed !== undefined) addresses = [fixed.slice(`${url.host}:${url.port}:`.length)];
  else if (url.host.includes(":")) addresses = [url.host];
  else {
    try {
      addresses = yield* lookUpHost(sys, url.host);
    } catch (error) {
      if (error instanceof ResolveError) throw new CurlFailure(6, `Could not resolve host: ${url.host}`);
      throw error;
    }
    if (url.host === "localhost" && !options.ipv4) addresses = ["::1", ...addresses];
  }
  const limits = [options.connectTimeoutSeconds, options.maxSeconds].filter((value) => value !== undefined);
  const limitUs = limits.length === 0 ? undefined : Math.min(...limits) * 1e6;

  for (const address of addresses) {
    try {
      return { fd: yield* connectStream(sys, address, url.port, limitUs), address };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ETIMEDOUT" && limitUs !== undefined) throw new CurlFailure(28, `Failed to connect to ${url.host} port ${url.port} after ${took()} ms: Timeout was reached`);

    }
  }

  throw new CurlFailure(7, `Failed to connect to ${url.host} port ${url.port} after ${took()} ms: Couldn't connect to server`);
}

function* requestBody(sys: Sys, io: Io, options: CurlOptions): Blocking<Uint8Array | undefined> {
  if (options.upload !== undefined) {
    const content = yield* readTextFile(sys, options.upload);
    if (content === undefined) throw new CurlFailure(26, `Failed to open/read local data from file/application`);
    return encode(content);
  }
  if (options.data.length === 0) return undefined;
  const parts: string[] = [];
  for (const { text: piece, raw } of options.data) {
    if (!piece.startsWith("@") || raw) {
      parts.push(piece);
      continue;
    }
    const name = piece.slice(1);
    let content: string | undefined;
    if (name === "-") {
      content = "";
      for (;;) {
        const bytes = yield* io.stdin.chunk();
        if (bytes.length === 0) break;
        content += decode(bytes);
      }
    } else content = yield* readTextFile(sys, name);
    parts.push((content ?? "").replace(/[\r\n]/g, ""));
  }
  return encode(parts.join("&"));
}

function* transfer(sys: Sys, io: Io, options: CurlOptions, given: string, index: number): Blocking<Outcome> {
  const startUs = sys.clockUs("monotonic");
  let url = parseUrl(given);
  if (!url) throw new CurlFailure(3, "URL using bad/illegal format or missing URL");
  let body = yield* requestBody(sys, io, options);
  let method = options.method ?? (options.head ? "HEAD" : options.upload !== undefined ? "PUT" : body !== undefined ? "POST" : "GET");
  const verbose = (line: string): Blocking<void> => (options.verbose ? io.stderr(`${line}\n`) : quiet());
  for (let redirects = 0; ; redirects++) {
    const { fd, address } = yield* connect(sys, options, url, startUs);
    const connectedUs = sys.clockUs("monotonic");
    try {
      yield* verbose(`*   Trying ${address}:${url.port}...\n* Connected to ${url.host} (${address}) port ${url.port} (#${redirects})`);
      if (options.maxSeconds !== undefined) sys.setsockopt(fd, "rcvtimeo", Math.max(1, options.maxSeconds * 1e6 - (connectedUs - startUs)));
      const headers = new Map<string, string>([["Host", hostHeader(url)]]);
      if (options.user !== undefined || url.user !== undefined) headers.set("Authorization", `Basic ${base64Of(encode(options.user ?? url.user ?? ""))}`);
      headers.set("User-Agent", options.userAgent ?? "curl/7.88.1");
      headers.set("Accept", "*/*");
      if (options.referer !== undefined) headers.set("Referer", options.referer);
      if (options.cookie !== undefined) headers.set("Cookie", options.cookie);
      if (body !== undefined) {
        headers.set("Content-Length", String(body.length));
        if (options.upload === undefined) headers.set("Content-Type", options.json ? "application/json" : "application/x-www-form-urlencoded");
      }
      for (const header of options.headers) {
        const at = header.search(/[:;]/);
        const name = at < 0 ? header : header.slice(0, at);
        for (const key of [...headers.keys()]) if (key.toLowerCase() === name.toLowerCase()) headers.delete(key);
        const value = header.slice(at + 1).trim();
        if (value !== "" || header[at] === ";") headers.set(name, value);
      }
      const request = `${method} ${url.path} HTTP/1.1\r\n${[...headers].map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
      for (const line of request.replace(/\r\n$/, "").split("\r\n")) yield* verbose(`> ${line}`.replace(/ $/, " "));
      yield* sendText(sys, fd, request);
      if (body !== undefined) yield* writeAll(sys, fd, body);
      const reader = new HttpReader(sys, fd);
      let head: HttpHead | undefined;
      try {
        head = yield* reader.head();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EAGAIN") throw new CurlFailure(28, `Operation timed out after ${Math.floor((sys.clockUs("monotonic") - startUs) / 1000)} milliseconds with 0 bytes received`);
        throw new CurlFailure(56, `Recv failure: ${error.message}`);
      }
      if (!head) throw new CurlFailure(52, "Empty reply from server");
      if (!/^HTTP\//.test(head.startLine)) throw new CurlFailure(1, "Received HTTP/0.9 when not allowed");
      const firstByteUs = sys.clockUs("monotonic");
      const headText = `${head.startLine}\r\n${head.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
      for (const line of headText.replace(/\r\n$/, "").split("\r\n")) yield* verbose(`< ${line}`);
      const status = Number(head.startLine.split(" ")[1]);
      const location = headerOf(head, "Location");
      const follows = options.follow && location !== undefined && status >= 300 && status < 400;
      const target = follows ? -1 : yield* openOutput(sys, options, url, index);
      if (options.include || options.head) yield* writeOutput(sys, io, target < 0 ? 1 : target, encode(headText));
      if (options.dumpHeader !== undefined) yield* dumpHeader(sys, io, options.dumpHeader, headText);
      const content = new HttpBody(reader, head, { none: method === "HEAD" || status === 204 || status === 304 });
      let downloaded = 0;
      try {
        for (;;) {
          const part = yield* content.read();
          if (part.length === 0) break;
          downloaded += part.length;
          if (!follows && !(options.fail && status >= 400)) yield* writeOutput(sys, io, target, part);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EAGAIN") throw new CurlFailure(28, `Operation timed out after ${Math.floor((sys.clockUs("monotonic") - startUs) / 1000)} milliseconds with ${downloaded}${content.lengthBytes === undefined ? "" : ` out of ${content.lengthBytes}`} bytes received`);
        if (error.errno === "EPIPE") throw new CurlFailure(23, "Failure writing output to destination");
        throw new CurlFailure(56, `Recv failure: ${error.message}`);
      }
      if (!content.complete) throw new CurlFailure(18, `transfer closed with ${(content.lengthBytes ?? downloaded) - downloaded} bytes remaining to read`);
      yield* verbose(`* Connection #${redirects} to host ${url.host} left intact`);
      if (target > 1) sys.close(target);
      const local = options.unixSocket === undefined ? sys.getsockname(fd) : undefined;
      if (!follows) {
        if (!options.head && !(options.fail && status >= 400)) yield* progress(sys, io, options, downloaded, content.lengthBytes);
        return {
          status, head, url, downloadedBytes: downloaded, uploadedBytes: body?.length ?? 0, redirects, startUs, connectedUs, firstByteUs, endUs: sys.clockUs("monotonic"), remoteAddress: address, remotePort: url.port,
          localAddress: local && local.family !== "unix" ? local.address : "", localPort: local && local.family !== "unix" ? local.port : 0, headerBytes: headText.length,
        };
      }
      if (redirects >= options.maxRedirects) throw new CurlFailure(47, `Maximum (${options.maxRedirects}) redirects followed`);
      const next = resolveUrl(url, location ?? "");
      if (!next) throw new CurlFailure(3, "URL using bad/illegal format or missing URL");
      if ((status === 301 || status === 302 || status === 303) && method === "POST" && options.method === undefined) {
        method = "GET";
        body = undefined;
      }
      url = next;
    } finally {
      sys.close(fd);
    }
  }
}

function* quiet(): Blocking<void> {
  // not verbose
}

function* openOutput(sys: Sys, options: CurlOptions, url: Url, index: number): Blocking<number> {
  const name = options.remoteNames ? (url.path.split("?")[0]?.split("/").at(-1) ?? "") : options.outputs[index];
  if (options.remoteNames && name === "") throw new CurlFailure(23, "Failed writing received data to disk/application");
  if (name === undefined || name === "-") return 1;
  try {
    return yield* sys.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
  } catch (error) {
    if (error instanceof SysError) throw new CurlFailure(23, "Failure writing output to destination");
    throw error;
  }
}

function* writeOutput(sys: Sys, io: Io, fd: number, bytes: Uint8Array): Blocking<void> {
  if (fd === 1) yield* io.out.printBytes(bytes);
  else yield* writeAll(sys, fd, bytes);
}

function* dumpHeader(sys: Sys, io: Io, path: string, content: string): Blocking<void> {
  if (path === "-") {
    io.out.put(content);
    return;
  }
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
  yield* sendText(sys, fd, content);
  sys.close(fd);
}

function writeOut(format: string, outcome: Outcome | undefined, code: number): string {
  const seconds = (us: number | undefined): string => ((us === undefined || outcome === undefined ? 0 : us - outcome.startUs) / 1e6).toFixed(6);
  const total = outcome === undefined ? 0 : (outcome.endUs - outcome.startUs) / 1e6;
  const values = new Map<string, string>([
    ["http_code", String(outcome?.status ?? 0).padStart(3, "0")], ["response_code", String(outcome?.status ?? 0).padStart(3, "0")], ["size_download", String(outcome?.downloadedBytes ?? 0)], ["size_upload", String(outcome?.uploadedBytes ?? 0)], ["size_header", String(outcome?.headerBytes ?? 0)],
    ["time_total", total.toFixed(6)], ["time_connect", seconds(outcome?.connectedUs)], ["time_starttransfer", seconds(outcome?.firstByteUs)], ["time_namelookup", "0.000000"], ["time_pretransfer", seconds(outcome?.connectedUs)], ["time_redirect", "0.000000"], ["time_appconnect", "0.000000"],
    ["url_effective", outcome ? urlText(outcome.url) : ""], ["num_redirects", String(outcome?.redirects ?? 0)], ["content_type", outcome?.head ? (headerOf(outcome.head, "Content-Type") ?? "") : ""], ["remote_ip", outcome?.remoteAddress ?? ""], ["remote_port", String(outcome?.remotePort ?? 0)], ["local_ip", outcome?.localAddress ?? ""], ["local_port", String(outcome?.localPort ?? 0)],
    ["http_version", outcome ? "1.1" : "0"], ["scheme", outcome ? outcome.url.scheme.toUpperCase() : ""], ["exitcode", String(code)], ["errormsg", ""], ["num_connects", outcome ? "1" : "0"], ["method", "GET"], ["redirect_url", ""], ["speed_download", outcome && total > 0 ? String(Math.floor(outcome.downloadedBytes / total)) : "0"], ["speed_upload", "0"], ["ssl_verify_result", "0"],
  ]);
  return format.replace(/%\{([^}]*)\}|%%|\\([nrt\\])/g, (whole, name: string | undefined, escape: string | undefined) => {
    if (whole === "%%") return "%";
    if (escape !== undefined) return escape === "n" ? "\n" : escape === "r" ? "\r" : escape === "t" ? "\t" : "\\";
    return values.get(name ?? "") ?? "";
  });
}
