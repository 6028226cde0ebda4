// One HTTP transfer with its redirections (lib/http.c, lib/transfer.c of 7.88.1). Over https the same is spoken: TLS is not simulated.
// (More than 400 lines: request, answer and what follows share the state of one transfer.)

import { type Blocking, POLL, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { base64Of } from "../kit/base64.ts";
import { ByteSource } from "../kit/compression/byte-source.ts";
import { readGzipHeader, gunzipMember } from "../kit/compression/gzip-format.ts";
import { inflate } from "../kit/compression/inflate.ts";
import { bytesOfLatin1 } from "../kit/latin1.ts";
import { strftime, civilAt } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import type { Account } from "./_account.ts";
import type { Connections, Target } from "./_connections.ts";
import { proxyFor } from "./_connections.ts";
import type { CookieJar } from "./_cookies.ts";
import { CurlFailure } from "./_failure.ts";
import { getdate } from "./_getdate.ts";
import { type Operation, allowsProtocol } from "./_options.ts";
import { type RequestBody, joined } from "./_request-body.ts";
import { type Url, hostText, isDefaultPort, redirectUrl, unescapeUrl, urlText } from "./_url.ts";
import type { Wire } from "./_wire.ts";
import type { Report } from "./_write-out.ts";

/** Where the answer goes. */
export interface Sink {
  /** one header line as it came, with what -i and -D do of it */
  header(line: string): Blocking<void>;
  body(bytes: Uint8Array): Blocking<void>;
}

export interface Transfer {
  readonly sys: Sys;
  readonly operation: Operation;
  readonly url: Url;
  readonly report: Report;
  readonly account: Account;
  readonly connections: Connections;
  readonly jar: CookieJar | undefined;
  readonly body: RequestBody | undefined;
  readonly sink: Sink;
  /** bytes of the output that are there already (-C) */
  readonly resumeFrom: number;
  readonly condition: { readonly header: string; readonly seconds: number; readonly older: boolean } | undefined;
  readonly etag: string | undefined;
  /** the meter's turn, with what has gone by */
  progress(down: number, downTotal: number | undefined, up: number, upTotal: number | undefined, force: boolean): Blocking<void>;
  /** -z, --etag-compare and -R ask for the server's time of the file */
  seenModified(seconds: number): void;
}

interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly version: string;
}

const headerOf = (answer: Answer, name: string): string | undefined => answer.headers.findLast(([key]) => key.toLowerCase() === name)?.[1];

/** Throws CurlFailure. */
export function* transferHttp(transfer: Transfer): Blocking<void> {
  yield* new HttpTransfer(transfer).run();
}

class HttpTransfer {
  readonly #t: Transfer;
  #url: Url;
  #method: string;
  #body: RequestBody | undefined;
  #noBody: boolean;
  #down = 0;
  #downTotal: number | undefined;
  #up = 0;
  #slowSince: number | undefined;

  constructor(transfer: Transfer) {
    this.#t = transfer;
    this.#url = transfer.url;
    this.#body = transfer.body;
    const { operation } = transfer;
    const kind = operation.requests.at(-1);
    this.#noBody = operation.flags.has("head");
    this.#method = this.#noBody ? "HEAD" : operation.uploads.length > 0 && transfer.body !== undefined && kind !== "post" && kind !== "form" ? "PUT" : transfer.body === undefined ? "GET" : "POST";
  }

  get #shownMethod(): string {
    return this.#t.operation.texts.get("request") ?? this.#method;
  }

  get #elapsedUs(): number {
    return this.#t.sys.clockUs("monotonic") - this.#t.report.startUs;
  }

  /** A second went by, or bytes came. */
  *#tick(): Blocking<void> {
    const { operation } = this.#t;
    const most = operation.numbers.get("max-time") ?? 0;
    if (most > 0 && this.#elapsedUs >= most * 1e6) throw new CurlFailure(28, `Operation timed out after ${Math.floor(this.#elapsedUs / 1000)} milliseconds with ${this.#down}${this.#downTotal === undefined ? "" : ` out of ${this.#downTotal}`} bytes received`);
    const slowest = operation.numbers.get("speed-limit") ?? (operation.numbers.has("speed-time") ? 1 : 0);
    if (slowest > 0) {
      const patience = operation.numbers.get("speed-time") ?? 30;
      if ((this.#down * 1e6) / Math.max(1, this.#elapsedUs) >= slowest) this.#slowSince = undefined;
      else if (this.#slowSince === undefined) this.#slowSince = this.#elapsedUs;
      else if (this.#elapsedUs - this.#slowSince >= patience * 1e6) throw new CurlFailure(28, `Operation too slow. Less than ${slowest} bytes/sec transferred the last ${patience} seconds`);
    }
    yield* this.#t.progress(this.#down, this.#downTotal, this.#up, this.#body?.bytes.length, false);
  }

  readonly #ticking = (): Blocking<void> => this.#tick();

  *run(): Blocking<void> {
    const { operation, report, account } = this.#t;
    for (;;) {
      const next = yield* this.#exchange();
      if (next === undefined) return;
      const most = operation.numbers.get("max-redirs") ?? 50;
      if (most >= 0 && report.redirects >= most) throw new CurlFailure(47, `Maximum (${most}) redirects followed`);
      report.redirects++;
      account.info(`Issue another request to this URL: '${urlText(next.url)}'`);
      if (next.url.host !== this.#url.host || next.url.port !== this.#url.port || next.url.scheme !== this.#url.scheme) this.#foreign = !operation.flags.has("location-trusted");
      this.#url = next.url;
      report.effectiveUrl = urlText(next.url);
      if (next.toGet && this.#body !== undefined) {
        account.info(`Switch from POST to GET`);
        this.#body = undefined;
        this.#method = "GET";
      } else if (next.toGet && this.#method !== "GET" && this.#method !== "HEAD") {
        account.info("Switch to GET");
        this.#method = "GET";
      }
      report.redirectUs = this.#elapsedUs;
      this.#down = 0;
      this.#downTotal = undefined;
    }
  }

  /** another host than the one that the password is for */
  #foreign = false;

  *#credentials(): Blocking<string | undefined> {
    const { operation, sys } = this.#t;
    if (this.#foreign) return undefined;
    const decoded = this.#url.user === undefined ? undefined : this.#url.user.split(":").map(unescapeUrl).join(":");
    const given = operation.texts.get("user") ?? decoded;
    const asks = operation.flags.has("netrc") || operation.flags.has("netrc-optional") || operation.texts.has("netrc-file");
    if (asks && (given === undefined || operation.flags.has("netrc") || operation.texts.has("netrc-file"))) {
      const text = yield* readTextFile(sys, operation.texts.get("netrc-file") ?? `${sys.environment.get("HOME") ?? ""}/.netrc`);
      const words = (text ?? "").split(/\s+/).filter((word) => word !== "");
      let matches = false;
      let login: string | undefined;
      let password: string | undefined;
      for (let at = 0; at < words.length; at++) {
        if (words[at] === "machine" || words[at] === "default") {
          if (login !== undefined && matches) break;
          matches = words[at] === "default" || words[at + 1]?.toLowerCase() === this.#url.host;
          if (words[at] === "machine") at++;
        } else if (matches && words[at] === "login") login = words[++at];
        else if (matches && words[at] === "password") password = words[++at];
      }
      if (login !== undefined) return `${login}:${password ?? ""}`;
    }
    return given === undefined ? undefined : given.includes(":") ? given : `${given}:`;
  }

  *#requestHead(proxy: Url | undefined, tunnel: boolean, credentials: string | undefined): Blocking<{ readonly text: string; readonly expects: boolean }> {
    const { operation, jar, report } = this.#t;
    const custom = new Map<string, string>();
    const extra: string[] = [];
    for (const given of operation.headers) {
      const mark = /[:;]/.exec(given);
      if (mark === null) continue;
      const name = given.slice(0, mark.index);
      const value = given.slice(mark.index + 1);
      custom.set(name.trim().toLowerCase(), given);
      if (mark[0] === ";") {
        if (value.trim() === "") extra.push(`${name}:`);
      } else if (value.trim() !== "") extra.push(given);
    }
    if (operation.flags.has("json")) for (const [name, line] of [["content-type", "Content-Type: application/json"], ["accept", "Accept: application/json"]] as const) {
      if (custom.has(name)) continue;
      custom.set(name, line);
      extra.push(line);
    }
    const version = operation.flags.has("http1.0") ? "1.0" : "1.1";
    const target = operation.texts.get("request-target") ?? `${this.#url.path}${this.#url.query}`;
    const whole = proxy !== undefined && !tunnel ? `${this.#url.scheme}://${hostText(this.#url)}${isDefaultPort(this.#url) ? "" : `:${this.#url.port}`}${target}` : target;
    let head = `${this.#shownMethod} ${bytesToUrl(whole)} HTTP/${version}\r\n`;
    const put = (name: string, value: string | undefined): void => {
      if (value !== undefined && !custom.has(name.toLowerCase())) head += `${name}: ${value}\r\n`;
    };
    const host = extra.find((line) => /^host\s*:/i.test(line));
    if (host !== undefined) head += `Host:${host.slice(host.indexOf(":") + 1)}\r\n`;
    else put("Host", `${hostText(this.#url)}${isDefaultPort(this.#url) ? "" : `:${this.#url.port}`}`);
    const proxyUser = operation.texts.get("proxy-user") ?? proxy?.user;
    if (proxy !== undefined && !tunnel && proxyUser !== undefined) put("Proxy-Authorization", `Basic ${base64Of(encode(proxyUser))}`);
    const bearer = operation.texts.get("oauth2-bearer");
    if (bearer !== undefined) put("Authorization", `Bearer ${bearer}`);
    else if (credentials !== undefined) put("Authorization", `Basic ${base64Of(encode(credentials))}`);
    const range = operation.texts.get("range");
    if (range !== undefined && this.#body === undefined) put("Range", `bytes=${range}`);
    else if (this.#t.resumeFrom > 0 && this.#body === undefined) put("Range", `bytes=${this.#t.resumeFrom}-`);
    const agent = operation.texts.get("user-agent");
    if (agent !== "") put("User-Agent", agent ?? "curl/7.88.1");
    put("Accept", "*/*");
    if (operation.flags.has("tr-encoding")) head += "Connection: TE\r\nTE: gzip\r\n";
    if (operation.flags.has("compressed")) put("Accept-Encoding", "deflate, gzip, br, zstd");
    const referer = report.referer ?? operation.texts.get("referer")?.replace(/;auto$/, "");
    if (referer !== undefined && referer !== "") {
      put("Referer", referer);
      report.referer = referer;
    }
    if (proxy !== undefined && !tunnel) put("Proxy-Connection", "Keep-Alive");
    const cookies = [jar?.header(this.#url), ...operation.cookies.filter((one) => one.includes("="))].filter((one) => one !== undefined);
    if (cookies.length > 0) put("Cookie", cookies.join("; "));
    if (operation.flags.has("http2") && version === "1.1" && this.#url.scheme === "http") head += "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n";
    const condition = this.#t.condition;
    if (condition !== undefined) put(condition.header, strftime("%a, %d %b %Y %H:%M:%S GMT", civilAt(UTC, condition.seconds)));
    for (const line of extra) {
      if (/^host\s*:/i.test(line) || (this.#foreign && /^(authorization|cookie)\s*:/i.test(line))) continue;
      head += `${line}\r\n`;
    }
    if (this.#t.etag !== undefined) put("If-None-Match", this.#t.etag);
    let expects = false;
    const body = this.#body;
    if (body !== undefined) {
      if (body.chunked) put("Transfer-Encoding", "chunked");
      else put("Content-Length", String(body.bytes.length));
      if (body.contentType !== undefined) put("Content-Type", body.contentType);
      const wants = (this.#method === "PUT" || body.bytes.length > 1_048_576) && version === "1.1";
      const said = custom.get("expect");
      expects = said === undefined ? wants : /100-continue/i.test(said);
      if (wants) put("Expect", "100-continue");
    }
    return { text: `${head}\r\n`, expects };
  }

  /** One request and its answer. Where to go on, if anywhere. */
  *#exchange(): Blocking<{ readonly url: Url; readonly toGet: boolean } | undefined> {
    const { sys, operation, report, account, connections } = this.#t;
    const url = this.#url;
    if (!allowsProtocol(operation.texts.get(report.redirects > 0 ? "proto-redir" : "proto"), url.scheme) || !allowsProtocol(operation.texts.get("proto"), url.scheme) || (url.scheme !== "http" && url.scheme !== "https")) throw new CurlFailure(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
    const proxy = proxyFor(sys, operation, url, account);
    const tunnel = proxy !== undefined && (url.scheme === "https" || operation.flags.has("proxytunnel"));
    const place = proxy ?? url;
    const socket = operation.texts.get("unix-socket") ?? "";
    const target: Target = { host: place.host, port: place.port, isProxy: proxy !== undefined, key: `${url.scheme}|${proxy === undefined || tunnel ? `${url.host}:${url.port}` : ""}|${proxy === undefined ? "" : `${proxy.host}:${proxy.port}`}|${socket}` };
    for (let attempt = 0; ; attempt++) {
      const reused = connections.reuse(target, account);
      const wire = reused ?? (yield* connections.connect(target, operation, account, url, report.startUs, () => { report.lookupUs = this.#elapsedUs; }));
      if (reused === undefined) {
        report.connects++;
        report.connectUs = this.#elapsedUs;
      }
      report.connectionId = wire.id;
      this.#remember(wire, url);
      let failed = true;
      try {
        if (tunnel && reused === undefined) yield* this.#openTunnel(wire, url, proxy);
        if (wire.ended) throw new CurlFailure(52, "Empty reply from server");
        const outcome = yield* this.#converse(wire, proxy, tunnel, reused !== undefined);
        failed = false;
        if (outcome === "died") {
          account.info(`Connection died, retrying a fresh connect (retry count: ${attempt + 1})`);
          account.info(`Closing connection ${wire.id}`);
          account.info(`Issue another request to this URL: '${urlText(url)}'`);
          wire.usable = false;
          sys.close(wire.fd);
          continue;
        }
        yield* this.#t.progress(this.#down, this.#downTotal, this.#up, this.#body?.bytes.length, true);
        if (outcome.ended !== undefined) outcome.ended();
        if (wire.usable && !wire.ended) {
          account.info(`Connection #${wire.id} to host ${target.host} left intact`);
          connections.keep(target, wire);
        } else {
          account.info(`Closing connection ${wire.id}`);
          sys.close(wire.fd);
        }
        return outcome.next;
      } catch (error) {
        if (error instanceof SysError) throw new CurlFailure(error.errno === "EPIPE" ? 55 : 56, `${error.errno === "EPIPE" ? "Send" : "Recv"} failure: ${error.message}`);
        throw error;
      } finally {
        if (failed) sys.close(wire.fd);
      }
    }
  }

  #remember(wire: Wire, url: Url): void {
    const { sys, operation, report } = this.#t;
    report.scheme = url.scheme.toUpperCase();
    report.preUs = this.#elapsedUs;
    report.method = this.#shownMethod;
    if (operation.texts.has("unix-socket") || operation.texts.has("abstract-unix-socket")) return;
    const local = sys.getsockname(wire.fd);
    if (local.family === "unix") return;
    report.localAddress = local.address;
    report.localPort = local.port;
    report.remoteAddress = wire.address;
    report.remotePort = wire.port;
  }

  *#openTunnel(wire: Wire, url: Url, proxy: Url): Blocking<void> {
    const { operation, account, report, sink } = this.#t;
    const place = `${hostText(url)}:${url.port}`;
    account.info("allocate connect buffer");
    account.info(`Establish HTTP proxy tunnel to ${place}`);
    const user = operation.texts.get("proxy-user") ?? proxy.user;
    const agent = operation.texts.get("user-agent") ?? "curl/7.88.1";
    const head = `CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n${user === undefined ? "" : `Proxy-Authorization: Basic ${base64Of(encode(user))}\r\n`}${agent === "" ? "" : `User-Agent: ${agent}\r\n`}Proxy-Connection: Keep-Alive\r\n\r\n`;
    account.header("out", head);
    yield* this.#send(wire, encode(head));
    const answer = yield* this.#head(wire, operation.flags.has("suppress-connect-headers") ? undefined : sink);
    if (answer === undefined || answer === "odd") throw new CurlFailure(56, "Proxy CONNECT aborted");
    report.connectStatus = answer.status;
    if (answer.status >= 200 && answer.status < 300) {
      account.info(`CONNECT phase completed`);
      account.info(`CONNECT tunnel established, response ${answer.status}`);
      return;
    }
    throw new CurlFailure(56, `CONNECT tunnel failed, response ${answer.status}`);
  }

  *#send(wire: Wire, bytes: Uint8Array): Blocking<void> {
    for (let at = 0; at < bytes.length; ) at += yield* this.#t.sys.write(wire.fd, bytes.subarray(at));
  }

  /** The head of an answer; each line is told and given away. "odd": no HTTP. */
  *#head(wire: Wire, sink: Sink | undefined): Blocking<Answer | "odd" | undefined> {
    const { account, report, jar, operation } = this.#t;
    const headers: (readonly [string, string])[] = [];
    let first = "";
    let said: Answer | undefined;
    for (;;) {
      const line = yield* wire.line(this.#ticking);
      if (line === undefined) return first === "" && wire.pendingBytes === 0 ? undefined : "odd";
      const plain = line.replace(/\r?\n$/, "");
      if (first === "") {
        if (!/^HTTP\/\d/.test(plain)) return "odd";
        first = plain;
        said = { status: Number(/^HTTP\/[\d.]+ +(\d+)/.exec(plain)?.[1] ?? "0"), headers, version: /^HTTP\/([\d.]+)/.exec(plain)?.[1] ?? "1.1" };
        if (said.version === "1.0") account.info("HTTP 1.0, assume close after body");
        report.firstByteUs = this.#elapsedUs;
      } else if (plain !== "") {
        const colon = plain.indexOf(":");
        if (colon > 0) {
          const name = plain.slice(0, colon);
          const value = plain.slice(colon + 1).trim();
          headers.push([name, value]);
          if (name.toLowerCase() === "set-cookie" && jar !== undefined) {
            const told = jar.receive(value, this.#url);
            if (told !== undefined) account.info(told);
          }
          if (name.toLowerCase() === "www-authenticate" && said?.status === 401 && /^basic/i.test(value) && this.#sentBasic) account.info("Authentication problem. Ignoring this.");
        }
      }
      const fatal = plain === "" && said !== undefined && said.status >= 400 && operation.flags.has("fail") && said.status !== 416;
      if (!fatal) account.header("in", line);
      report.headerBytes += line.length;
      if (!fatal && sink !== undefined) yield* sink.header(line);
      if (plain === "") return said;
    }
  }

  #sentBasic = false;

  *#converse(wire: Wire, proxy: Url | undefined, tunnel: boolean, reused: boolean): Blocking<"died" | { readonly next: { readonly url: Url; readonly toGet: boolean } | undefined; readonly ended: (() => void) | undefined }> {
    const { sys, operation, report, account, sink } = this.#t;
    const credentials = yield* this.#credentials();
    const any = operation.flags.has("anyauth");
    const sends = credentials !== undefined && (!any || this.#sentBasic || this.#anyauth === "basic") ? credentials : undefined;
    if (operation.texts.has("oauth2-bearer")) account.info("Server auth using Bearer with user ''");
    else if (sends !== undefined) {
      account.info(`Server auth using Basic with user '${sends.slice(0, sends.indexOf(":"))}'`);
      this.#sentBasic = true;
    }
    const { text, expects } = yield* this.#requestHead(proxy, tunnel, sends);
    account.header("out", text);
    report.requestBytes += text.length;
    yield* this.#send(wire, bytesOfLatin1(text));
    let answer: Answer | "odd" | undefined;
    const body = this.#body;
    if (body !== undefined && expects) answer = yield* this.#waitForContinue(wire);
    if (body !== undefined && answer === undefined) {
      const bytes = body.chunked ? joined([encode(`${body.bytes.length.toString(16)}\r\n`), body.bytes, encode("\r\n0\r\n\r\n")]) : body.bytes;
      if (!body.streamed && !expects && bytes.length > 0) account.data("out", bytes);
      yield* this.#send(wire, bytes);
      this.#up = body.bytes.length;
      report.upBytes = body.bytes.length;
      if (!body.streamed) report.requestBytes += bytes.length;
    }
    for (;;) {
      answer ??= yield* this.#head(wire, sink);
      if (answer === undefined) {
        if (reused) return "died";
        throw new CurlFailure(52, "Empty reply from server");
      }
      if (answer === "odd") throw new CurlFailure(1, "Received HTTP/0.9 when not allowed");
      if (answer.status >= 200 || answer.status === 101) break;
      answer = undefined;
    }
    report.status = answer.status;
    report.httpVersion = answer.version === "1.1" ? "1.1" : answer.version === "1.0" ? "1" : answer.version;
    report.headers = [...answer.headers];
    report.contentType = headerOf(answer, "content-type");
    const said = headerOf(answer, "connection")?.toLowerCase() ?? "";
    if (said.includes("close") || (answer.version === "1.0" && !said.includes("keep-alive")) || operation.flags.has("http1.0")) wire.usable = false;
    const location = headerOf(answer, "location");
    const moves = location !== undefined && answer.status >= 300 && answer.status < 400;
    const target = moves ? redirectUrl(this.#url, location, operation.flags.has("path-as-is")) : undefined;
    const follows = moves && (operation.flags.has("location") || operation.flags.has("location-trusted"));
    report.redirectUrl = moves && !follows && target !== undefined ? urlText(target) : undefined;
    if (answer.status >= 400 && operation.flags.has("fail") && !(answer.status === 416 && this.#t.resumeFrom > 0)) {
      wire.usable = false;
      const length = headerOf(answer, "content-length");
      this.#downTotal = length === undefined ? undefined : Number(length);
      throw new CurlFailure(22, `The requested URL returned error: ${answer.status}`);
    }
    const challenged = answer.status === 401 && any && sends === undefined && credentials !== undefined && answer.headers.some(([name, value]) => name.toLowerCase() === "www-authenticate" && /^basic/i.test(value));
    let ignores = false;
    if (follows || challenged) {
      if (body !== undefined && follows) account.info("Please rewind output before next send");
      account.info("Ignoring the response-body");
      ignores = true;
    }
    if (this.#t.resumeFrom > 0 && this.#method === "GET") {
      if (answer.status === 416) ignores = true;
      else if (answer.status === 200) throw new CurlFailure(33, "HTTP server doesn't seem to support byte ranges. Cannot resume.");
    }
    const modified = headerOf(answer, "last-modified");
    const seconds = modified === undefined ? undefined : getdate(modified);
    if (seconds !== undefined) this.#t.seenModified(seconds);
    const condition = this.#t.condition;
    if (condition !== undefined && seconds !== undefined && answer.status === 200 && (condition.older ? seconds >= condition.seconds : seconds <= condition.seconds)) {
      account.info(`The requested document is not ${condition.older ? "old" : "new"} enough`);
      account.info("Simulate an HTTP 304 response");
      report.status = 304;
      wire.usable = false;
      return { next: undefined, ended: undefined };
    }
    yield* this.#receive(wire, answer, ignores);
    if (body?.streamed === true || (body !== undefined && expects && this.#up > 0)) account.info("We are completely uploaded and fine");
    report.endUs = sys.clockUs("monotonic");
    if (challenged) {
      this.#anyauth = "basic";
      return { next: { url: this.#url, toGet: false }, ended: () => { report.redirects--; } };
    }
    if (!follows) return { next: undefined, ended: undefined };
    if (target === undefined) throw new CurlFailure(3, "URL using bad/illegal format or missing URL");
    if (operation.texts.get("referer")?.endsWith(";auto")) report.referer = urlText(this.#url);
    const keepsPost = operation.flags.has(`post${answer.status}`) || operation.texts.has("request");
    const toGet = (answer.status === 303 && !operation.flags.has("post303") && this.#method !== "HEAD") || ((answer.status === 301 || answer.status === 302) && this.#method === "POST" && !keepsPost);
    const fragment = target.fragment === "" && this.#url.fragment !== "" ? { ...target, fragment: this.#url.fragment } : target;
    return { next: { url: fragment, toGet: toGet || (operation.texts.has("request") && this.#method === "POST" && answer.status < 304 && !operation.flags.has(`post${answer.status}`)) }, ended: undefined };
  }

  #anyauth: "basic" | undefined;

  /** The server's word before the body goes; undefined: send it. */
  *#waitForContinue(wire: Wire): Blocking<Answer | "odd" | undefined> {
    const { sys, operation, account, sink } = this.#t;
    const most = (operation.numbers.get("expect100-timeout") ?? 1) * 1e6;
    if (wire.pendingBytes === 0) {
      const ready = yield* sys.poll([{ fd: wire.fd, events: POLL.IN }], most);
      if (ready.every((one) => one.revents === 0)) {
        account.info("Done waiting for 100-continue");
        return undefined;
      }
    }
    const answer = yield* this.#head(wire, sink);
    if (answer === undefined || answer === "odd") return answer;
    if (answer.status >= 200) {
      wire.usable = false;
      return answer;
    }
    return undefined;
  }

  *#receive(wire: Wire, answer: Answer, ignores: boolean): Blocking<void> {
    const { operation, report, account, sink, sys } = this.#t;
    const none = this.#noBody || this.#method === "HEAD" || answer.status === 204 || answer.status === 304;
    const chunked = /chunked/i.test(headerOf(answer, "transfer-encoding") ?? "");
    const length = chunked || operation.flags.has("ignore-content-length") ? undefined : headerOf(answer, "content-length");
    const total = length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
    const most = operation.numbers.get("max-filesize") ?? 0;
    if (total !== undefined && most > 0 && total > most) throw new CurlFailure(63, "Maximum file size exceeded");
    if (!none) this.#downTotal = total;
    else if (this.#noBody && total !== undefined) this.#downTotal = total;
    if (none) return;
    const coding = (headerOf(answer, "content-encoding") ?? "").toLowerCase();
    const decodes = operation.flags.has("compressed") && (coding === "gzip" || coding === "x-gzip" || coding === "deflate");
    const held: Uint8Array[] = [];
    const rate = operation.numbers.get("limit-rate") ?? 0;
    const beginUs = sys.clockUs("monotonic");
    const take = function* (this: HttpTransfer, bytes: Uint8Array): Blocking<void> {
      this.#down += bytes.length;
      report.downBytes += ignores ? 0 : bytes.length;
      if (most > 0 && this.#down > most) throw new CurlFailure(63, "Maximum file size exceeded");
      if (decodes) held.push(bytes);
      else if (!ignores) yield* sink.body(bytes);
      if (rate > 0) {
        const dueUs = (this.#down * 1e6) / rate;
        const behindUs = dueUs - (sys.clockUs("monotonic") - beginUs);
        for (let left = behindUs; left > 0; left -= 1e6) {
          yield* sys.sleep(Math.min(left, 1e6));
          yield* this.#tick();
        }
      }
      yield* this.#tick();
    }.bind(this);
    const piece = rate > 0 ? Math.min(65_536, Math.max(1, rate)) : 65_536;
    report.downBytes = ignores ? report.downBytes : 0;
    if (chunked && !operation.flags.has("raw")) {
      if (wire.pendingBytes === 0 && !(yield* wire.more(this.#ticking))) throw new CurlFailure(18, "transfer closed with outstanding read data remaining");
      account.data("in", wire.peek());
      for (;;) {
        const line = yield* wire.line(this.#ticking);
        if (line === undefined) throw new CurlFailure(18, "transfer closed with outstanding read data remaining");
        if (!/^[0-9A-Fa-f]/.test(line)) throw new CurlFailure(56, "Illegal or missing hexadecimal sequence in chunked-encoding");
        let left = Number.parseInt(line, 16);
        if (left === 0) {
          for (let trailer = yield* wire.line(this.#ticking); trailer !== undefined && trailer.trim() !== ""; ) trailer = yield* wire.line(this.#ticking);
          break;
        }
        while (left > 0) {
          const part = yield* wire.some(Math.min(left, piece), this.#ticking);
          if (part.length === 0) throw new CurlFailure(18, "transfer closed with outstanding read data remaining");
          left -= part.length;
          yield* take(part);
        }
        yield* wire.line(this.#ticking);
      }
    } else {
      for (let left = total ?? Number.POSITIVE_INFINITY; left > 0; ) {
        const part = yield* wire.some(Math.min(left, piece), this.#ticking);
        if (part.length === 0) {
          wire.usable = false;
          if (total !== undefined) throw new CurlFailure(18, `transfer closed with ${left} bytes remaining to read`);
          break;
        }
        left -= part.length;
        account.data("in", part);
        yield* take(part);
      }
      if (total === undefined) wire.usable = false;
    }
    if (decodes && !ignores) yield* sink.body(yield* decoded(joined(held), coding));
  }
}

/** Bytes above 127 of a URL go out as %XX, small letters. */
function bytesToUrl(text: string): string {
  return Array.from(encode(text), (byte) => (byte > 127 ? `%${byte.toString(16)}` : String.fromCharCode(byte))).join("");
}

function* decoded(bytes: Uint8Array, coding: string): Blocking<Uint8Array> {
  let given = false;
  const source = new ByteSource(function* () {
    if (given) return new Uint8Array(0);
    given = true;
    return bytes;
  });
  const parts: Uint8Array[] = [];
  const output = function* (part: Uint8Array): Blocking<void> {
    parts.push(part.slice());
  };
  try {
    if (coding === "deflate") {
      yield* source.bytes(2);
      yield* inflate(source, output);
    } else {
      yield* readGzipHeader(source);
      yield* gunzipMember(source, output);
    }
  } catch (error) {
    if (error instanceof Error && !(error instanceof SysError)) throw new CurlFailure(61, "Error while processing content unencoding: incorrect header check");
    throw error;
  }
  return joined(parts);
}
