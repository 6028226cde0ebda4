// wget: files from web servers, with its account of what it does (wget(1), 1.21.3).
// (More than 400 lines: one download with its retries, redirections and progress shares one state.)
import { type Blocking, daysFromCivil, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { base64Of } from "../kit/base64.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, counted, flag, gnu, text, texts, unsimulated } from "../kit/gnu.ts";
import { HttpBody, type HttpHead, HttpReader, type Url, connectStream, headerOf, hostHeader, parseUrl, resolveUrl, urlText } from "../kit/http-message.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { type Zone, readZone } from "../kit/zones.ts";
import { exists } from "../kit/presence.ts";

const STATUS = { ok: 0, generic: 1, parse: 2, file: 3, network: 4, tls: 5, login: 6, protocol: 7, server: 8 } as const;

/** It went wrong; what is to be said is said. */
class Failure extends Error {
  readonly status: number;
  readonly retry: boolean;
  constructor(status: number, retry = false) {
    super();
    this.status = status;
    this.retry = retry;
  }
}

/** "1.23K": three digits, as the meter shows them. */
function meterSize(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  let value = bytes;
  let power = 0;
  while (value >= 1024 && power < 4) {
    value /= 1024;
    power++;
  }
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)}${" KMGT".charAt(power)}`;
}

/** "(1.2K)" behind a length. */
function lengthSize(bytes: number): string {
  let value = bytes;
  let power = 0;
  while (value >= 1024 && power < 4) {
    value /= 1024;
    power++;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)}${" KMGT".charAt(power).trim()}`;
}

function speed(bytes: number, us: number): string {
  let value = bytes / (Math.max(1, us) / 1e6);
  let power = 0;
  while (value >= 1024 && power < 3) {
    value /= 1024;
    power++;
  }
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${["B/s", "KB/s", "MB/s", "GB/s"][power] ?? ""}`;
}

const seconds = (us: number): string => (us < 500 ? "0s" : us < 10e6 ? `${Number((us / 1e6).toPrecision(2))}s` : `${Math.round(us / 1e6)}s`);

export default gnu({
  name: "wget", project: "wget", versionText: "GNU Wget 1.21.3 built on linux-gnu.\n", usageStatus: 2, tryLine: () => "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n", summary: "download files from the network, without questions", synopsis: ["[OPTION]... [URL]..."],
  options: {
    quiet: flag(["-q", "--quiet"], "quiet (no output)"), verbose: flag(["-v", "--verbose"], "tell everything, as without options"), noVerbose: flag(["-nv", "--no-verbose"], "tell only the result and errors"), output: text(["-O", "--output-document"], "FILE", "everything received goes into FILE (-: standard output)"), log: text(["-o", "--output-file"], "FILE", "what wget says goes to FILE"), appendLog: text(["-a", "--append-output"], "FILE", "as -o, after what FILE already holds"), inputFile: text(["-i", "--input-file"], "FILE", "take the URLs from FILE, one a line"),
    tries: text(["-t", "--tries"], "NUMBER", "try NUMBER times; 0: again and again"), retryRefused: flag(["--retry-connrefused"], "a refused connection is tried again too"), noClobber: flag(["-nc", "--no-clobber"], "do not download a file again that is there"), continue: flag(["-c", "--continue"], "go on with a download that broke off"), progress: text(["--progress"], "TYPE", "how progress is shown: bar or dot"), showProgress: flag(["--show-progress"], "show the bar even with -q or -nv"), timestamping: flag(["-N", "--timestamping"], "download only what is newer on the server than here"),
    server: flag(["-S", "--server-response"], "show the headers of the answer too"), spider: flag(["--spider"], "only ask whether the file is there"), timeout: text(["-T", "--timeout"], "SECONDS", "give up when connecting or reading takes longer than SECONDS"), connectTimeout: text(["--connect-timeout"], "SECS", "give up connecting after SECS"), readTimeout: text(["--read-timeout"], "SECS", "give up when nothing comes for SECS"), wait: text(["-w", "--wait"], "SECONDS", "pause SECONDS from one file to the next"), waitRetry: text(["--waitretry"], "SECONDS", "after a failure, pause 1 second, then 2, up to SECONDS"),
    ipv4: flag(["-4", "--inet4-only"], "IPv4 and nothing else"), ipv6: flag(["-6", "--inet6-only"], "IPv6 and nothing else"), prefix: text(["-P", "--directory-prefix"], "PREFIX", "the directory for the files"), user: text(["--user"], "USER", "user at the server, by FTP or HTTP"), password: text(["--password"], "PASS", "password at the server, by FTP or HTTP"), httpUser: text(["--http-user"], "USER", "user at the server, by HTTP"), httpPassword: text(["--http-password"], "PASS", "password at the server, by HTTP"),
    header: texts(["--header"], "STRING", "STRING is one more header of the request"), maxRedirect: text(["--max-redirect"], "NUM", "how many redirections one after another are followed (20)"), agent: text(["-U", "--user-agent"], "AGENT", "what wget calls itself in the header User-Agent"), postData: text(["--post-data"], "STRING", "send STRING by POST"), postFile: text(["--post-file"], "FILE", "send what FILE holds by POST"), method: text(["--method"], "HTTPMethod", "the method of the request: PUT, DELETE..."), body: text(["--body-data"], "STRING", "STRING is what the request sends"), noCheck: flag(["--no-check-certificate"], "accept a certificate that cannot be verified"), contentOnError: flag(["--content-on-error"], "keep the text of an answer that is an error"), noProxy: flag(["--no-proxy"], "go without a proxy, whatever the environment says"), noCache: flag(["--no-cache"], "ask for a fresh copy, none from a cache"), noHsts: flag(["--no-hsts"], "disable HSTS"), contentDisposition: flag(["--content-disposition"], "the server may name the file (header Content-Disposition)"),
    background: unsimulated(["-b", "--background"], "go on in the background", "start it with & instead"), recursive: unsimulated(["-r", "--recursive"], "follow the links of pages", "following links"), mirror: unsimulated(["-m", "--mirror"], "as -N -r -l inf --no-remove-listing", "following links"), requisites: unsimulated(["-p", "--page-requisites"], "with the images, styles... that a page shows", "following links"), debug: counted(["-d", "--debug"], "report every step, to find errors"),
  },
  exitStatuses: [["0", "no problems"], ["1", "generic error"], ["2", "parse error"], ["3", "a file could not be written"], ["4", "network failure"], ["6", "authentication failure"], ["7", "protocol errors"], ["8", "the server answered with an error"]],
  // -nv, -nc: getopt knows no options of two letters
  rewrite: (args) => {
    const end = args.indexOf("--");
    return args.map((arg, index) => (end >= 0 && index > end ? arg : arg === "-nv" ? "--no-verbose" : arg === "-nc" ? "--no-clobber" : arg === "-nd" || arg === "-nH" ? "--verbose" : arg));
  },
  *run({ options, operands, sys }, io: Io) {
    const zone = yield* readZone(sys);
    const urls = [...operands];
    if (options.inputFile !== undefined) {
      const list = options.inputFile === "-" ? undefined : yield* readTextFile(sys, options.inputFile);
      if (options.inputFile === "-") {
        for (;;) {
          const lines = yield* io.stdin.lines();
          if (lines.length === 0) break;
          urls.push(...lines.map((line) => line.trim()).filter((line) => line !== ""));
        }
      } else if (list === undefined) yield* io.stderr(`${options.inputFile}: No such file or directory\nNo URLs found in ${options.inputFile}.\n`);
      else urls.push(...list.split("\n").map((line) => line.trim()).filter((line) => line !== ""));
    }
    if (urls.length === 0) {
      if (options.inputFile !== undefined) return STATUS.generic;
      yield* io.stderr("wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n");
      return STATUS.generic;
    }
    const logName = options.log ?? options.appendLog;
    const log = logName === undefined || logName === "-" ? undefined : yield* sys.open(logName, O.WRONLY | O.CREAT | (options.log === undefined ? O.APPEND : O.TRUNC), 0o666);
    const transfer = new Transfer(sys, io, zone, {
      ...options, log, showMeter: log === undefined && (!options.quiet || options.showProgress) && (!options.noVerbose || options.showProgress), user: options.user ?? options.httpUser, password: options.password ?? options.httpPassword,
      postBody: options.postData !== undefined ? encode(options.postData) : options.postFile !== undefined ? encode((yield* readTextFile(sys, options.postFile)) ?? "") : options.body !== undefined ? encode(options.body) : undefined, post: options.postData !== undefined || options.postFile !== undefined,
    });
    let status = 0;
    for (const given of urls) {
      const problem = yield* transfer.fetch(given);
      // the lowest number that is not 0 wins, 1 last (exits.c)
      if (problem !== 0 && (status === 0 || problem < status)) status = problem;
      if (options.wait !== undefined && given !== urls.at(-1)) yield* sys.sleep(Number(options.wait) * 1e6);
    }
    if (transfer.files > 1 && !options.quiet) yield* transfer.summary();
    return status;
  },
});

interface Settings {
  readonly quiet: boolean;
  readonly noVerbose: boolean;
  readonly output: string | undefined;
  readonly log: number | undefined;
  readonly tries: string | undefined;
  readonly retryRefused: boolean;
  readonly noClobber: boolean;
  readonly continue: boolean;
  readonly timestamping: boolean;
  readonly server: boolean;
  readonly spider: boolean;
  readonly timeout: string | undefined;
  readonly connectTimeout: string | undefined;
  readonly readTimeout: string | undefined;
  readonly waitRetry: string | undefined;
  readonly prefix: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly header: readonly string[];
  readonly maxRedirect: string | undefined;
  readonly agent: string | undefined;
  readonly method: string | undefined;
  readonly contentOnError: boolean;
  readonly contentDisposition: boolean;
  readonly showMeter: boolean;
  readonly progress: string | undefined;
  readonly postBody: Uint8Array | undefined;
  readonly post: boolean;
}

class Transfer {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #zone: Zone;
  readonly #settings: Settings;
  readonly #resolved = new Map<string, readonly string[]>();
  #outputFd: number | undefined;
  readonly #startUs: number;
  files = 0;
  #totalBytes = 0;
  #transferUs = 0;

  constructor(sys: Sys, io: Io, zone: Zone, settings: Settings) {
    this.#sys = sys;
    this.#io = io;
    this.#zone = zone;
    this.#settings = settings;
    this.#startUs = sys.clockUs("monotonic");
  }

  get #now(): string {
    return strftime("%Y-%m-%d %H:%M:%S", civilAtUs(this.#zone, this.#sys.clockUs("realtime")));
  }

  *#log(line: string): Blocking<void> {
    if (this.#settings.log === undefined) yield* this.#io.stderr(line);
    else yield* this.#sys.write(this.#settings.log, encode(line));
  }

  /** What only a verbose wget says. */
  *#say(line: string): Blocking<void> {
    if (!this.#settings.quiet && !this.#settings.noVerbose) yield* this.#log(line);
  }

  *#sayAlways(line: string): Blocking<void> {
    if (!this.#settings.quiet) yield* this.#log(line);
  }

  *summary(): Blocking<void> {
    const wall = this.#sys.clockUs("monotonic") - this.#startUs;
    yield* this.#log(`FINISHED --${this.#now}--\nTotal wall clock time: ${seconds(wall)}\nDownloaded: ${this.files} files, ${lengthSize(this.#totalBytes)} in ${seconds(this.#transferUs)} (${speed(this.#totalBytes, this.#transferUs)})\n`);
  }

  /** The exit status that follows from it. */
  *fetch(given: string): Blocking<number> {
    const url = parseUrl(given);
    if (url === undefined || (/^[a-z][a-z0-9+.-]*:/i.test(given) && !["http", "https", "ftp"].includes(url.scheme) && given.includes("://"))) {
      yield* this.#sayAlways(`${given}: ${url === undefined ? "Invalid host name" : `Unsupported scheme ‘${url.scheme}’`}.\n`);
      return STATUS.generic;
    }
    const tries = this.#settings.tries === undefined ? 20 : Number(this.#settings.tries) || Number.POSITIVE_INFINITY;
    for (let attempt = 1; ; attempt++) {
      try {
        yield* this.#follow(url, attempt);
        return 0;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (!error.retry || attempt >= tries) {
          if (error.retry && attempt > 1) yield* this.#say("Giving up.\n\n");
          return error.status;
        }
        yield* this.#say("Retrying.\n\n");
        yield* this.#sys.sleep(Math.min(attempt, Number(this.#settings.waitRetry ?? 10)) * 1e6);
      }
    }
  }

  *#addresses(host: string): Blocking<readonly string[]> {
    if (/^[\d.]+$/.test(host) || host.includes(":")) return [host];
    const known = this.#resolved.get(host);
    if (known !== undefined) return known;
    yield* this.#say(`Resolving ${host} (${host})... `);
    try {
      const found = [...(host === "localhost" ? ["::1"] : []), ...(yield* lookUpHost(this.#sys, host))];
      yield* this.#say(`${found.slice(0, 3).join(", ")}${found.length > 3 ? ", ..." : ""}\n`);
      this.#resolved.set(host, found);
      return found;
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      yield* this.#say(`failed: ${error.message}.\n`);
      yield* this.#sayAlways(`wget: unable to resolve host address ‘${host}’\n`);
      throw new Failure(STATUS.network);
    }
  }

  *#connect(url: Url): Blocking<number> {
    const literal = /^[\d.]+$/.test(url.host) || url.host.includes(":");
    const addresses = yield* this.#addresses(url.host);
    const limit = this.#settings.connectTimeout ?? this.#settings.timeout;
    let last: SysError | undefined;
    for (const address of addresses) {
      const shown = address.includes(":") ? `[${address}]` : address;
      yield* this.#say(literal ? `Connecting to ${shown}:${url.port}... ` : `Connecting to ${url.host} (${url.host})|${address}|:${url.port}... `);
      try {
        const fd = yield* connectStream(this.#sys, address, url.port, limit === undefined ? undefined : Number(limit) * 1e6);
        yield* this.#say("connected.\n");
        return fd;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        last = error;
        yield* this.#say(`failed: ${error.message}.\n`);
      }
    }
    throw new Failure(STATUS.network, last?.errno === "ETIMEDOUT" || (last?.errno === "ECONNREFUSED" && this.#settings.retryRefused));
  }

  *#follow(first: Url, attempt: number): Blocking<void> {
    let url = first;
    for (let redirects = 0; ; redirects++) {
      yield* this.#say(redirects === 0 && attempt > 1 ? `--${this.#now}--  (try:${String(attempt).padStart(2)})  ${urlText(url)}\n` : `--${this.#now}--  ${urlText(url)}\n`);
      if (url.scheme === "ftp") {
        this.#sys.observe({ kind: "unsimulated", command: "wget", detail: "ftp" });
        yield* this.#sayAlways("wget: FTP is not simulated here\n");
        throw new Failure(STATUS.protocol);
      }
      const next = yield* this.#request(url, first);
      if (next === undefined) return;
      if (redirects >= Number(this.#settings.maxRedirect ?? 20)) {
        yield* this.#say(`${Number(this.#settings.maxRedirect ?? 20)} redirections exceeded.\n`);
        throw new Failure(STATUS.server);
      }
      url = next;
    }
  }

  /** Where to go on, or nothing when it is done. */
  *#request(url: Url, first: Url): Blocking<Url | undefined> {
    const settings = this.#settings;
    const sys = this.#sys;
    const name = this.#localName(url, first);
    if (settings.noClobber && settings.output === undefined && exists(sys, name)) {
      yield* this.#say(`File ‘${name}’ already there; not retrieving.\n\n`);
      return undefined;
    }
    let from = 0;
    if (settings.continue && name !== "-" && exists(sys, name)) from = sys.stat(name).sizeBytes;
    const fd = yield* this.#connect(url);
    try {
      const timeout = settings.readTimeout ?? settings.timeout;
      if (timeout !== undefined) sys.setsockopt(fd, "rcvtimeo", Number(timeout) * 1e6);
      const method = settings.method ?? (settings.spider ? "HEAD" : settings.post ? "POST" : "GET");
      const headers = new Map<string, string>([["Host", hostHeader(url)], ["User-Agent", settings.agent ?? "Wget/1.21.3"], ["Accept", "*/*"], ["Accept-Encoding", "identity"], ["Connection", "Keep-Alive"]]);
      if (from > 0) headers.set("Range", `bytes=${from}-`);
      if (settings.user !== undefined || url.user !== undefined) headers.set("Authorization", `Basic ${base64Of(encode(url.user ?? `${settings.user ?? ""}:${settings.password ?? ""}`))}`);
      if (settings.postBody !== undefined) headers.set("Content-Type", "application/x-www-form-urlencoded").set("Content-Length", String(settings.postBody.length));
      for (const header of settings.header) {
        const colon = header.indexOf(":");
        if (colon > 0) headers.set(header.slice(0, colon), header.slice(colon + 1).trim());
      }
      yield* sys.write(fd, encode(`${method} ${url.path} HTTP/1.1\r\n${[...headers].map(([key, value]) => `${key}: ${value}\r\n`).join("")}\r\n`));
      if (settings.postBody !== undefined) yield* sys.write(fd, settings.postBody);
      yield* this.#say(`HTTP request sent, awaiting response... `);
      const reader = new HttpReader(sys, fd);
      let head: HttpHead | undefined;
      try {
        head = yield* reader.head();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#say(`Read error (${error.errno === "EAGAIN" ? "Connection timed out" : error.message}) in headers.\n`);
        throw new Failure(STATUS.network, true);
      }
      if (head === undefined) {
        yield* this.#say("No data received.\n");
        throw new Failure(STATUS.network, true);
      }
      const [, code = "0", ...words] = head.startLine.split(" ");
      const status = Number(code);
      if (settings.server) yield* this.#sayAlways(`\n  ${head.startLine}\n${head.headers.map(([key, value]) => `  ${key}: ${value}\n`).join("")}`);
      else yield* this.#say(`${status} ${words.join(" ")}\n`);
      const location = headerOf(head, "Location");
      if (status >= 300 && status < 400 && status !== 304 && location !== undefined) {
        const next = resolveUrl(url, location);
        yield* this.#say(`Location: ${location} [following]\n`);
        if (next === undefined) throw new Failure(STATUS.generic);
        return next;
      }
      if (status === 416 && from > 0) {
        yield* this.#say("\n    The file is already fully retrieved; nothing to do.\n\n");
        return undefined;
      }
      if (status >= 400 || status < 200) {
        if (settings.spider) {
          yield* this.#say(status === 404 ? "Remote file does not exist -- broken link!!!\n\n" : `${status} ${words.join(" ")}\n\n`);
          if (settings.noVerbose) yield* this.#sayAlways(`${urlText(url)}:\n`);
        }
        if (status === 401) yield* this.#say("\nUsername/Password Authentication Failed.\n");
        else if (!settings.spider) yield* this.#sayAlways(`${settings.noVerbose ? `${urlText(url)}:\n` : ""}${this.#now} ERROR ${status}: ${words.join(" ") || "(no description)"}.\n\n`.replace(/\n\n$/, settings.noVerbose ? "\n" : "\n\n"));
        if (settings.contentOnError) yield* this.#save(url, head, reader, name, 0);
        throw new Failure(status === 401 ? STATUS.login : STATUS.server);
      }
      const type = (headerOf(head, "Content-Type") ?? "").split(";")[0]?.trim() ?? "";
      const length = headerOf(head, "Content-Length");
      yield* this.#say(length === undefined ? `Length: unspecified${type === "" ? "" : ` [${type}]`}\n` : `Length: ${Number(length) + (status === 206 ? from : 0)}${Number(length) >= 1024 ? ` (${lengthSize(Number(length) + (status === 206 ? from : 0))})` : ""}${status === 206 ? `, ${length}${Number(length) >= 1024 ? ` (${lengthSize(Number(length))})` : ""} remaining` : ""}${type === "" ? "" : ` [${type}]`}\n`);
      if (settings.timestamping && settings.output === undefined && exists(sys, name)) {
        const modified = headerOf(head, "Last-Modified");
        if (modified !== undefined && (httpDateUs(modified) ?? Number.POSITIVE_INFINITY) <= sys.stat(name).mtimeUs && Number(length) === sys.stat(name).sizeBytes) {
          yield* this.#say(`Server file no newer than local file ‘${name}’ -- not retrieving.\n\n`);
          return undefined;
        }
      }
      if (settings.spider) {
        yield* this.#say("Remote file exists.\n\n");
        if (settings.noVerbose) yield* this.#sayAlways(`${this.#now} URL: ${urlText(url)} ${status} ${words.join(" ")}\n`);
        return undefined;
      }
      yield* this.#save(url, head, reader, name, status === 206 ? from : 0);
      return undefined;
    } finally {
      sys.close(fd);
    }
  }

  *#save(url: Url, head: HttpHead, reader: HttpReader, wanted: string, from: number): Blocking<void> {
    const settings = this.#settings;
    const sys = this.#sys;
    const disposition = settings.contentDisposition ? /filename="?([^";/]+)/.exec(headerOf(head, "Content-Disposition") ?? "")?.[1] : undefined;
    let name = disposition ?? wanted;
    // a file that is there is kept: the new one gets a number
    if (settings.output === undefined && !settings.timestamping && from === 0) for (let number = 1; exists(sys, name); number++) name = `${disposition ?? wanted}.${number}`;
    yield* this.#say(`Saving to: ‘${name === "-" ? "STDOUT" : name}’\n\n`);
    let target: number;
    try {
      if (name === "-") target = 1;
      else if (settings.output !== undefined) target = this.#outputFd ??= yield* sys.open(name, O.WRONLY | O.CREAT | (settings.continue ? O.APPEND : O.TRUNC), 0o666);
      else target = yield* sys.open(name, O.WRONLY | O.CREAT | (from > 0 ? O.APPEND : O.TRUNC), 0o666);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#sayAlways(`${name}: ${error.message}\n\nCannot write to ‘${name}’ (${error.message}).\n`);
      throw new Failure(STATUS.file);
    }
    const startUs = sys.clockUs("monotonic");
    const content = new HttpBody(reader, head);
    let bytes = 0;
    try {
      for (;;) {
        const part = yield* content.read();
        if (part.length === 0) break;
        bytes += part.length;
        if (target === 1) yield* this.#io.out.printBytes(part);
        else yield* sys.write(target, part);
      }
      if (target === 1) yield* this.#io.out.flush();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ENOSPC" || error.errno === "EDQUOT") {
        yield* this.#sayAlways(`\n\nCannot write to ‘${name}’ (${error.message}).\n`);
        throw new Failure(STATUS.file);
      }
      yield* this.#say(`\n\n${this.#now} (${speed(bytes, sys.clockUs("monotonic") - startUs)}) - Read error at byte ${bytes} (${error.message}). `);
      throw new Failure(STATUS.network, true);
    }
    const took = sys.clockUs("monotonic") - startUs;
    if (target > 2 && settings.output === undefined) {
      const modified = httpDateUs(headerOf(head, "Last-Modified") ?? "");
      sys.close(target);
      if (modified !== undefined) sys.utimes(name, undefined, modified);
    }
    if (settings.showMeter) yield* this.#meter(name, bytes, content.lengthBytes, took);
    this.files++;
    this.#totalBytes += bytes;
    this.#transferUs += took;
    const total = content.lengthBytes === undefined ? `[${bytes}]` : `[${bytes + from}/${content.lengthBytes + from}]`;
    if (!content.complete) {
      yield* this.#say(`${this.#now} (${speed(bytes, took)}) - Connection closed at byte ${bytes}. `);
      throw new Failure(STATUS.network, true);
    }
    yield* this.#say(name === "-" ? `${this.#now} (${speed(bytes, took)}) - written to stdout ${total}\n\n` : `${this.#now} (${speed(bytes, took)}) - ‘${name}’ saved ${total}\n\n`);
    if (settings.noVerbose) yield* this.#sayAlways(`${this.#now} URL:${urlText(url)} ${total} -> "${name}" [1]\n`);
  }

  /** A bar on a terminal, dots elsewhere (progress.c). */
  *#meter(name: string, bytes: number, length: number | undefined, us: number): Blocking<void> {
    const sys = this.#sys;
    const terminal = sys.isatty(2) && this.#settings.progress?.startsWith("dot") !== true;
    if (terminal || this.#settings.progress?.startsWith("bar:force")) {
      const columns = terminal ? sys.getWindowSize(2).cols || 80 : 80;
      const shown = (name === "-" ? "-" : (name.split("/").at(-1) ?? name)).slice(0, 20).padEnd(20);
      const width = Math.max(5, columns - 20 - 40);
      const full = length === undefined || length === 0 ? " ".repeat(Math.max(0, Math.floor(width / 2) - 1)) + "<=>" + " ".repeat(Math.max(0, width - Math.floor(width / 2) - 2)) : `${"=".repeat(width - 1)}>`;
      const rate = us < 1000 ? "--.-KB/s" : speed(bytes, us).replace(" ", "");
      yield* this.#log(`${shown}${length === undefined ? "    " : "100%"}[${full}] ${meterSize(bytes).padStart(7)}  ${rate}    in ${seconds(us).padEnd(6)} \n\n`);
      return;
    }
    const dots = Math.ceil(bytes / 1024);
    const rows = Math.max(1, Math.ceil(dots / 50));
    for (let row = 0; row < rows; row++) {
      let line = "";
      for (let column = 0; column < 50; column++) line += `${column > 0 && column % 10 === 0 ? " " : ""}${row * 50 + column < dots ? "." : " "}`;
      const percent = length === undefined || length === 0 ? "    " : `${Math.min(100, Math.floor(((row + 1) * 50 * 1024 * 100) / length))}%`.padStart(4);
      yield* this.#log(`${String(row * 50).padStart(6)}K ${line} ${percent}${row === rows - 1 ? ` ${speed(bytes, us).replace(/ (.)?B\/s/, (_, letter: string | undefined) => letter ?? "")}=${seconds(us)}` : ` ${speed(bytes, us).replace(/ (.)?B\/s/, (_, letter: string | undefined) => letter ?? "")} 0s`}\n`);
    }
    yield* this.#log("\n");
  }

  #localName(url: Url, first: Url): string {
    if (this.#settings.output !== undefined) return this.#settings.output;
    const path = first.path === url.path ? url.path : first.path;
    const file = (path.split("/").at(-1) ?? "").replace(/%([0-9A-Fa-f]{2})/g, (whole, digits: string) => (/^(?:2[0-9A-E]|[3-6][0-9A-F]|7[0-9A-E])$/i.test(digits) && digits.toLowerCase() !== "2f" ? String.fromCharCode(Number.parseInt(digits, 16)) : whole));
    const base = file === "" ? "index.html" : file.startsWith("?") ? `index.html${file}` : file;
    return this.#settings.prefix === undefined ? base : `${this.#settings.prefix.replace(/\/$/, "")}/${base}`;
  }
}

/** "Sat, 21 Nov 2026 21:10:00 GMT" */
function httpDateUs(text: string): number | undefined {
  const match = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text);
  if (match === null) return undefined;
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].indexOf(match[2] ?? "");
  return (daysFromCivil(Number(match[3]), month + 1, Number(match[1])) * 86400 + Number(match[4]) * 3600 + Number(match[5]) * 60 + Number(match[6])) * 1e6;
}
