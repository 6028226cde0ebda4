// One address by HTTP: the request, its answer, the file, and what is said of each (src/http.c of wget 1.21).
// (More than 400 lines: tries, logins and redirections of one download share its state.)
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { base64Of } from "../kit/base64.ts";
import { HttpBody, type HttpHead, headerOf, writeAll } from "../kit/http-message.ts";
import { directoryOf, lastComponent } from "../kit/paths.ts";
import { exists } from "../kit/presence.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { acceptable } from "./_acceptance.ts";
import { type Connection, Connections } from "./_connection.ts";
import { Cookies, httpDateUs } from "./_cookies.ts";
import { Failure, STATUS } from "./_failure.ts";
import { type Log, uniqueName } from "./_log.ts";
import { Bar, DOT_STYLES, type DotStyle, Dots, type Meter, readableSize, speed } from "./_progress.ts";
import type { Settings } from "./_settings.ts";
import { type WgetUrl, hostPort, localName, mergeUrl, parseWgetUrl, requestPath, shownUrl, withScheme } from "./_url.ts";

export interface Retrieved {
  readonly status: number;
  /** the file it is in, when there is one */
  readonly file: string | undefined;
  readonly html: boolean;
  readonly css: boolean;
  /** the address in the end, when the server sent us on */
  readonly redirected: WgetUrl | undefined;
}

/** One address while it is tried. */
interface Attempt {
  readonly url: WgetUrl;
  readonly referer: string | undefined;
  readonly count: number;
  readonly headOnly: boolean;
  readonly name: string;
  readonly method: string;
  readonly withBody: boolean;
}

type Answer =
  | { readonly kind: "redirect"; readonly url: WgetUrl; readonly keepMethod: boolean }
  | { readonly kind: "done"; readonly file: string | undefined; readonly html: boolean; readonly css: boolean }
  | { readonly kind: "head"; readonly html: boolean; readonly css: boolean; readonly status: number; readonly words: string }
  | { readonly kind: "refused"; readonly status: number; readonly words: string };

const isHtmlName = (name: string): boolean => /\.(?:html?|[a-z]html)$/i.test(name);

export class HttpClient {
  readonly #sys: Sys;
  readonly #log: Log;
  readonly #settings: Settings;
  readonly #connections: Connections;
  readonly cookies: Cookies;
  /** of -O; opened before anything is asked */
  readonly #outputFd: number | undefined;
  readonly #withLogin = new Set<string>();
  #retrievals = 0;
  files = 0;
  bytes = 0;
  tookUs = 0;

  constructor(log: Log, settings: Settings, outputFd: number | undefined) {
    this.#log = log;
    this.#sys = log.sys;
    this.#settings = settings;
    this.#connections = new Connections(log, settings);
    this.#outputFd = outputFd;
    this.cookies = new Cookies(() => Math.floor(this.#sys.clockUs("realtime") / 1e6));
  }

  end(): void {
    this.#connections.end();
  }

  /** Follows redirections. Says what went wrong. */
  *retrieve(first: WgetUrl, referer: string | undefined): Blocking<Retrieved> {
    const settings = this.#settings;
    let url = first;
    let method = settings.method ?? (settings.postData !== undefined || settings.postFile !== undefined ? "POST" : "GET");
    let withBody = true;
    try {
      for (let redirects = 0; ; redirects++) {
        const answer = yield* this.#tries(url, first, referer, method, withBody);
        if (answer.kind === "done") return { status: 0, file: answer.file, html: answer.html, css: answer.css, redirected: url === first ? undefined : url };
        if (redirects >= settings.maxRedirect) {
          yield* this.#log.report(`${settings.maxRedirect} redirections exceeded.\n`);
          throw new Failure(STATUS.server);
        }
        if (!answer.keepMethod) {
          if (method !== "HEAD") method = "GET";
          withBody = false;
        }
        url = answer.url;
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { status: error.status, file: undefined, html: false, css: false, redirected: url === first ? undefined : url };
    }
  }

  #nameOf(url: WgetUrl): string {
    const settings = this.#settings;
    return localName(url, { prefix: settings.prefix, directories: settings.directories, hostDirectories: settings.hostDirectories, protocolDirectories: settings.protocolDirectories, cutDirectories: settings.cutDirectories, defaultPage: settings.defaultPage });
  }

  *#tries(url: WgetUrl, original: WgetUrl, referer: string | undefined, method: string, withBody: boolean): Blocking<Exclude<Answer, { kind: "head" | "refused" }>> {
    const settings = this.#settings;
    const log = this.#log;
    let name = settings.outputDocument ?? this.#nameOf(settings.trustServerNames ? url : original);
    if (url.scheme.startsWith("ftp")) return yield* this.#ftp(url, name);
    if (settings.noClobber && settings.outputDocument === undefined && exists(this.#sys, name)) {
      yield* log.say(`File ‘${name}’ already there; not retrieving.\n\n`);
      return { kind: "done", file: name, html: isHtmlName(name), css: /\.css$/i.test(name) };
    }
    let headFirst = settings.spider;
    for (let count = 1; ; count++) {
      yield* this.#pause(count);
      if (headFirst) yield* log.say("Spider mode enabled. Check if remote file exists.\n");
      yield* log.say(`--${log.now}--  ${count > 1 ? `(try:${String(count).padStart(2)})  ` : ""}${shownUrl(url)}\n`);
      if (settings.outputDocument === undefined && (settings.deleteAfter || settings.spider || (settings.recursive && !acceptable(name, settings)))) name += count > 1 && !settings.spider ? "" : ".tmp";
      try {
        const answer = yield* this.#ask({ url, referer, count, headOnly: headFirst, name, method: headFirst ? "HEAD" : method, withBody });
        if (answer.kind === "redirect" || answer.kind === "done") return answer;
        if (answer.kind === "refused") {
          if (headFirst && (answer.status === 500 || answer.status === 501)) {
            headFirst = false;
            continue;
          }
          yield* log.brief(`${shownUrl(url)}:\n`);
          if (settings.spider) {
            this.broken.add(url.text);
            yield* log.report("Remote file does not exist -- broken link!!!\n");
          } else yield* log.report(`${log.now} ERROR ${answer.status}: ${answer.words || "(no description)"}.\n`);
          yield* log.say("\n");
          throw new Failure(STATUS.server);
        }
        const page = answer.html || answer.css;
        if (settings.recursive && page) {
          yield* log.say("Remote file exists and could contain links to other resources -- retrieving.\n\n");
          headFirst = false;
          count = 0;
          continue;
        }
        yield* log.say(settings.recursive ? "Remote file exists but does not contain any link -- not retrieving.\n\n" : page ? "Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n" : "Remote file exists.\n\n");
        yield* log.brief(`${log.now} URL: ${url.text} ${answer.status} ${answer.words}\n`);
        return { kind: "done", file: name, html: false, css: false };
      } catch (error) {
        if (!(error instanceof Failure) || !error.retry) throw error;
        if (count >= settings.tries) {
          yield* log.say("Giving up.\n\n");
          throw error;
        }
        yield* log.say("Retrying.\n\n");
      }
    }
  }

  /** What --spider found nothing at. */
  readonly broken = new Set<string>();

  *#ftp(url: WgetUrl, name: string): Blocking<never> {
    const log = this.#log;
    yield* log.say(`--${log.now}--  ${shownUrl(url)}\n           => ‘${name}’\n`);
    const connection = yield* this.#connections.to(url);
    this.#connections.release(connection, false);
    this.#sys.observe({ kind: "unsimulated", command: "wget", detail: "ftp" });
    yield* log.report("wget: FTP is not simulated here\n");
    throw new Failure(STATUS.protocol);
  }

  *#pause(count: number): Blocking<void> {
    const settings = this.#settings;
    const first = this.#retrievals++ === 0;
    if (settings.waitRetry > 0 && count > 1) yield* this.#sys.sleep(Math.min(count - 1, settings.waitRetry) * 1e6);
    else if (settings.wait > 0 && !first) yield* this.#sys.sleep(settings.wait * (settings.randomWait ? 0.5 + (this.#retrievals % 5) / 4 : 1) * 1e6);
  }

  *#bodyOf(attempt: Attempt): Blocking<Uint8Array | undefined> {
    const settings = this.#settings;
    if (!attempt.withBody || attempt.headOnly) return undefined;
    const given = settings.postData ?? settings.bodyData;
    if (given !== undefined) return encode(given);
    const file = settings.postFile ?? settings.bodyFile;
    if (file === undefined) return undefined;
    const text = yield* readTextFile(this.#sys, file);
    if (text === undefined) {
      yield* this.#log.report(`BODY data file ‘${file}’ missing: No such file or directory\n`);
      throw new Failure(STATUS.file);
    }
    return encode(text);
  }

  /** The proxy for an address, when one is to be used. */
  #proxyFor(url: WgetUrl): WgetUrl | undefined {
    const settings = this.#settings;
    if (!settings.useProxy) return undefined;
    const without = (settings.noProxy ?? this.#sys.environment.get("no_proxy") ?? "").split(",").map((one) => one.trim());
    if (without.some((one) => one !== "" && (url.host === one || url.host.endsWith(one.startsWith(".") ? one : `.${one}`)))) return undefined;
    const given = (url.scheme === "http" ? settings.httpProxy : undefined) ?? this.#sys.environment.get(`${url.scheme}_proxy`);
    if (given === undefined || given === "") return undefined;
    const parsed = parseWgetUrl(withScheme(given) ?? given);
    if ("error" in parsed || parsed.scheme !== "http") throw new Failure(STATUS.server);
    return parsed;
  }

  *#ask(attempt: Attempt): Blocking<Answer> {
    const settings = this.#settings;
    const log = this.#log;
    const { url, name } = attempt;
    const body = yield* this.#bodyOf(attempt);
    const existing = exists(this.#sys, name) ? this.#sys.stat(name) : undefined;
    const from = settings.startPosition ?? (settings.continue && name !== "-" && !attempt.headOnly ? (existing?.sizeBytes ?? 0) : this.#broken.get(name)?.bytes ?? 0);
    const sinceUs = settings.timestamping && settings.ifModifiedSince && settings.outputDocument === undefined && !attempt.headOnly ? existing?.mtimeUs : undefined;
    const user = url.user ?? settings.user ?? settings.httpUser;
    const password = url.password ?? settings.password ?? settings.httpPassword;
    let login = user !== undefined && (settings.authNoChallenge || this.#withLogin.has(hostPort(url)));
    for (;;) {
      const proxy = this.#proxyFor(url);
      const connection = yield* this.#connections.to(proxy ?? url);
      let reusable = false;
      try {
        const headers = new Map<string, string>([["Host", hostPort(url)]]);
        if (attempt.referer !== undefined || settings.referer !== undefined) headers.set("Referer", attempt.referer ?? settings.referer ?? "");
        if (!settings.cache) headers.set("Cache-Control", "no-cache").set("Pragma", "no-cache");
        if (sinceUs !== undefined) headers.set("If-Modified-Since", strftime("%a, %d %b %Y %H:%M:%S GMT", civilAtUs(UTC, sinceUs)));
        if (from > 0) headers.set("Range", `bytes=${from}-`);
        if (settings.agent !== "") headers.set("User-Agent", settings.agent ?? "Wget/1.21.3");
        headers.set("Accept", "*/*").set("Accept-Encoding", "identity");
        if (login) headers.set("Authorization", `Basic ${base64Of(encode(`${user ?? ""}:${password ?? ""}`))}`);
        headers.set(proxy === undefined ? "Connection" : "Proxy-Connection", settings.keepAlive ? "Keep-Alive" : "Close");
        if (body !== undefined) headers.set("Content-Type", "application/x-www-form-urlencoded").set("Content-Length", String(body.length));
        const cookie = settings.cookies ? this.cookies.header(url) : undefined;
        if (cookie !== undefined) headers.set("Cookie", cookie);
        for (const header of settings.headers) {
          const colon = header.indexOf(":");
          const known = [...headers.keys()].find((key) => key.toLowerCase() === header.slice(0, colon).toLowerCase());
          headers.set(known ?? header.slice(0, colon), header.slice(colon + 1).trim());
        }
        yield* writeAll(this.#sys, connection.fd, encode(`${attempt.method} ${proxy === undefined ? requestPath(url) : url.text} HTTP/1.1\r\n${[...headers].map(([key, value]) => `${key}: ${value}\r\n`).join("")}\r\n`));
        if (body !== undefined) yield* writeAll(this.#sys, connection.fd, body);
        yield* log.say(`${proxy === undefined ? "HTTP" : "Proxy"} request sent, awaiting response... `);
        const head = yield* this.#head(connection);
        const [, code = "0", ...said] = head.startLine.split(" ");
        const status = Number(code);
        const words = said.join(" ");
        if (settings.serverResponse) {
          yield* log.say("\n");
          yield* log.always(`  ${head.startLine}\n${head.headers.map(([key, value]) => `  ${key}: ${value}\n`).join("")}`);
        } else yield* log.say(`${status} ${words}\n`);
        if (settings.cookies) for (const [key, value] of head.headers) if (key.toLowerCase() === "set-cookie") this.cookies.receive(value, url);
        const content = new HttpBody(connection.reader, head, { none: attempt.method === "HEAD" || status === 204 || status === 304 });
        const stays = settings.keepAlive && (attempt.method !== "HEAD" || settings.recursive) && head.startLine.startsWith("HTTP/1.1") && !/close/i.test(headerOf(head, "Connection") ?? "");
        if (status === 401 && user !== undefined && !login) {
          const challenge = headerOf(head, "WWW-Authenticate") ?? "";
          if (/^basic/i.test(challenge)) {
            yield* log.report(`Authentication selected: ${challenge}\n`);
            reusable = stays && (yield* passBy(content));
            login = true;
            continue;
          }
          yield* log.report("Unknown authentication scheme.\n");
        }
        if (login && status !== 401) this.#withLogin.add(hostPort(url));
        const answer = yield* this.#answer(attempt, from, sinceUs, status, words, head, content);
        reusable = stays && (content.complete || (yield* passBy(content)));
        return answer;
      } finally {
        this.#connections.release(connection, reusable);
      }
    }
  }

  /** Parts that broke off: where the next try goes on. */
  readonly #broken = new Map<string, { readonly name: string; readonly bytes: number }>();

  *#head(connection: Connection): Blocking<HttpHead> {
    const log = this.#log;
    try {
      const head = yield* connection.reader.head();
      if (head !== undefined) return head;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* log.report(`Read error (${error.errno === "EAGAIN" ? "Connection timed out" : error.message}) in headers.\n`);
      throw new Failure(STATUS.network, true);
    }
    if (connection.reader.hasMore) return { startLine: "HTTP/0.9 200 No headers, assuming HTTP/0.9", headers: [] };
    yield* log.report("No data received.\n");
    throw new Failure(STATUS.network, true);
  }

  *#answer(attempt: Attempt, from: number, sinceUs: number | undefined, status: number, words: string, head: HttpHead, content: HttpBody): Blocking<Answer> {
    const settings = this.#settings;
    const log = this.#log;
    const { url, name } = attempt;
    const type = (headerOf(head, "Content-Type") ?? "").split(";")[0]?.trim() ?? "";
    const html = /^(?:text\/html|application\/xhtml\+xml)$/i.test(type);
    const css = /^text\/css$/i.test(type);
    if (status === 401) {
      yield* log.say("\n");
      yield* log.report("Username/Password Authentication Failed.\n");
      throw new Failure(STATUS.login);
    }
    if (status === 304 && sinceUs !== undefined) {
      yield* log.say(`File ‘${name}’ not modified on server. Omitting download.\n\n`);
      return { kind: "done", file: name, html: false, css: false };
    }
    const location = headerOf(head, "Location");
    if ([301, 302, 303, 307, 308].includes(status) || (status === 300 && location !== undefined)) {
      yield* log.say(`Location: ${location === undefined ? "unspecified" : `${location} [following]`}\n`);
      const next = parseWgetUrl(mergeUrl(url.text, location ?? ""));
      if ("error" in next) {
        yield* log.report(`${location ?? ""}: ${next.error}.\n`);
        throw new Failure(STATUS.generic);
      }
      return { kind: "redirect", url: next, keepMethod: status === 307 || status === 308 };
    }
    if (status === 204) {
      yield* log.say(`${log.now} (0.00 B/s) - ‘${name}’ saved [0]\n\n`);
      return { kind: "done", file: undefined, html: false, css: false };
    }
    const length = settings.ignoreLength ? undefined : content.lengthBytes;
    if (status === 416 || (from > 0 && status === 200 && !settings.timestamping && length !== undefined && from >= length)) {
      if (from > 0) {
        yield* log.say("\n    The file is already fully retrieved; nothing to do.\n\n");
        return { kind: "done", file: name, html, css };
      }
    }
    if (status >= 400 || status < 200) {
      if (settings.contentOnError && !attempt.headOnly) yield* this.#save(attempt, 0, head, content, html, css, false);
      return { kind: "refused", status, words };
    }
    const start = status === 206 ? from : 0;
    yield* log.say(`Length: ${length === undefined ? (settings.ignoreLength ? "ignored" : "unspecified") : `${length + start}${length + start >= 1024 ? ` (${readableSize(length + start, 10, 1)})` : ""}${start > 0 ? `, ${length}${length >= 1024 ? ` (${readableSize(length, 10, 1)})` : ""} remaining` : ""}`}${type === "" ? "" : ` [${type}]`}\n`);
    if (sinceUs !== undefined && !attempt.headOnly) {
      const modified = httpDateUs(headerOf(head, "Last-Modified") ?? "");
      if (modified !== undefined && modified <= sinceUs && (length === undefined || length === this.#sys.stat(name).sizeBytes)) {
        yield* log.say(`Server ignored If-Modified-Since header for file ‘${name}’.\nYou might want to add --no-if-modified-since option.\n\n`);
        return { kind: "done", file: name, html, css };
      }
    }
    if (attempt.headOnly) return { kind: "head", html, css, status, words };
    return { kind: "done", file: yield* this.#save(attempt, start, head, content, html, css, true), html, css };
  }

  /** The name that a file gets in the end: with an extension, and none that is there already. */
  #finalName(wanted: string, head: HttpHead, start: number, html: boolean, css: boolean): string {
    const settings = this.#settings;
    if (settings.outputDocument !== undefined) return wanted;
    let name = wanted;
    const disposition = settings.contentDisposition ? /filename="?([^";/]+)/.exec(headerOf(head, "Content-Disposition") ?? "")?.[1] : undefined;
    if (disposition !== undefined) name = wanted.includes("/") ? `${directoryOf(wanted)}/${disposition}` : disposition;
    if (settings.adjustExtension && html && !/\.html?$/i.test(name)) name += ".html";
    if (settings.adjustExtension && css && !/\.css$/i.test(name)) name += ".css";
    if (settings.backups > 0 && exists(this.#sys, name)) {
      for (let number = settings.backups; number > 1; number--) if (exists(this.#sys, `${name}.${number - 1}`)) this.#sys.rename(`${name}.${number - 1}`, `${name}.${number}`);
      this.#sys.rename(name, `${name}.1`);
    }
    const overwrites = settings.noClobber || settings.continue || settings.timestamping || settings.directories || settings.backups > 0 || start > 0;
    return overwrites ? name : uniqueName(this.#sys, name);
  }

  *#open(name: string, start: number): Blocking<number> {
    const settings = this.#settings;
    if (this.#outputFd !== undefined) return this.#outputFd;
    if (name === "-") return 1;
    try {
      let made = "";
      for (const part of name.split("/").slice(0, -1)) {
        made += `${part}/`;
        if (made !== "/" && !exists(this.#sys, made)) this.#sys.mkdir(made.slice(0, -1), 0o777);
      }
      return yield* this.#sys.open(name, O.WRONLY | O.CREAT | (start > 0 || settings.continue ? O.APPEND : O.TRUNC), 0o666);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#log.report(`${name}: ${error.message}\n`);
      yield* this.#log.say("\n");
      yield* this.#log.report(`Cannot write to ‘${name}’ (${error.message}).\n`);
      throw new Failure(STATUS.file);
    }
  }

  *#save(attempt: Attempt, start: number, head: HttpHead, content: HttpBody, html: boolean, css: boolean, told: boolean): Blocking<string> {
    const settings = this.#settings;
    const sys = this.#sys;
    const log = this.#log;
    const name = this.#broken.get(attempt.name)?.name ?? this.#finalName(attempt.name, head, start, html, css);
    const target = yield* this.#open(name, start);
    yield* log.say(`Saving to: ‘${name === "-" ? "STDOUT" : name}’\n`);
    const length = settings.ignoreLength ? undefined : content.lengthBytes;
    const total = length === undefined ? undefined : length + start;
    const meter = yield* this.#meter(lastComponent(name), start, total);
    const startUs = sys.clockUs("monotonic");
    const took = (): number => sys.clockUs("monotonic") - startUs;
    let bytes = 0;
    let failure: SysError | undefined;
    try {
      if (settings.saveHeaders) yield* this.#put(target, encode(`${head.startLine}\r\n${head.headers.map(([key, value]) => `${key}: ${value}\r\n`).join("")}\r\n`));
      for (;;) {
        let part: Uint8Array;
        try {
          part = yield* content.read();
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          failure = error;
          break;
        }
        if (part.length === 0) break;
        bytes += part.length;
        yield* this.#put(target, part);
        if (settings.limitRate > 0) yield* sys.sleep(Math.max(0, (bytes / settings.limitRate) * 1e6 - took()));
        if (meter !== undefined) yield* meter.more(part.length, took());
      }
      if (target === 1) yield* this.#log.io.out.flush();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* log.say("\n\n");
      yield* log.report(`Cannot write to ‘${name}’ (${error.message}).\n`);
      throw new Failure(STATUS.file);
    } finally {
      if (target !== 1 && target !== this.#outputFd) sys.close(target);
    }
    const tookUs = took();
    if (meter !== undefined) yield* meter.end(tookUs);
    if (!told) return name;
    const complete = failure === undefined && content.complete;
    const line = `${log.now} (${speed(bytes, tookUs)})`;
    if (!complete) {
      this.#broken.set(attempt.name, { name, bytes: start + bytes });
      const at = `${start + bytes}${total === undefined ? "" : `/${total}`}`;
      yield* log.say(failure === undefined ? `${line} - Connection closed at byte ${start + bytes}. ` : `${line} - Read error at byte ${at} (${failure.errno === "EAGAIN" ? "Connection timed out" : failure.message}). `);
      throw new Failure(STATUS.network, true);
    }
    this.#broken.delete(attempt.name);
    yield* this.#stamp(name, head);
    this.files++;
    this.bytes += bytes;
    this.tookUs += tookUs;
    const amount = total === undefined ? `[${start + bytes}]` : `[${start + bytes}/${total}]`;
    yield* log.say(settings.outputDocument === "-" ? `${line} - written to stdout ${amount}\n\n` : `${line} - ‘${name}’ saved ${amount}\n\n`);
    yield* log.brief(`${log.now} URL:${attempt.url.text} ${amount} -> "${name}" [${attempt.count}]\n`);
    return name;
  }

  *#put(target: number, bytes: Uint8Array): Blocking<void> {
    if (target === 1) yield* this.#log.io.out.printBytes(bytes);
    else yield* writeAll(this.#sys, target, bytes);
  }

  /** The file's time is the server's. */
  *#stamp(name: string, head: HttpHead): Blocking<void> {
    const settings = this.#settings;
    const given = headerOf(head, "Last-Modified");
    const modified = httpDateUs(given ?? "");
    if (settings.timestamping && modified === undefined) yield* this.#log.report(given === undefined ? "Last-modified header missing -- time-stamps turned off.\n" : "Last-modified header invalid -- time-stamp ignored.\n");
    if (modified === undefined || !settings.serverTimestamps || name === "-") return;
    try {
      this.#sys.utimes(name, undefined, modified);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#log.report(`utime(${name}): ${error.message}\n`);
    }
  }

  *#meter(name: string, start: number, total: number | undefined): Blocking<Meter | undefined> {
    const log = this.#log;
    if (!log.showProgress) return undefined;
    const of = { name, fromBytes: start, totalBytes: total, put: (text: string) => log.progress(text), putVerbose: (text: string) => log.say(text) };
    const [kind = "bar", ...styles] = (this.#settings.progress ?? "bar").split(":");
    if (kind === "bar" && (log.onTerminal || styles.includes("force"))) {
      const bar = new Bar(of, log.onTerminal ? this.#sys.getWindowSize(2).cols || 80 : 80, !styles.includes("noscroll"));
      yield* bar.begin();
      return bar;
    }
    const dots = new Dots(of, dotStyle(kind === "dot" ? styles[0] : undefined));
    yield* dots.begin();
    return dots;
  }
}

const dotStyle = (name = "default"): DotStyle => DOT_STYLES.get(name) ?? { bytes: 1024, spacing: 10, perLine: 50 };

/** Reads what is left of a short answer, so that the connection can serve again. */
function* passBy(content: HttpBody): Blocking<boolean> {
  if (content.complete) return true;
  if ((content.lengthBytes ?? 0) > 4096) return false;
  try {
    for (let read = 0; read <= 4096; ) {
      const part = yield* content.read();
      if (part.length === 0) return content.complete;
      read += part.length;
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return false;
}
