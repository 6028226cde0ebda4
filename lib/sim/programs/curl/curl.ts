// curl 7.88.1 over simulated TCP: HTTP, FILE and TELNET; over https the same HTTP is spoken (TLS is not simulated). What a call does, URL by URL
// (tool_operate.c). Options: _options.ts; URLs and series: _url.ts, _glob.ts; one transfer: _http.ts.
// (More than 400 lines: one call with its tries, outputs and reports shares one state.)

import { type Blocking, O, POLL, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { optionLines } from "../kit/help-text.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";
import { civilAt, civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC, readZone } from "../kit/zones.ts";
import { Account } from "./_account.ts";
import { Connections } from "./_connections.ts";
import { CookieJar } from "./_cookies.ts";
import { CurlFailure } from "./_failure.ts";
import { getdate } from "./_getdate.ts";
import { GlobError, type GlobbedUrl, expandGlob, fillName } from "./_glob.ts";
import { transferHttp } from "./_http.ts";
import { Meter } from "./_meter.ts";
import { declarations } from "./_option-table.ts";
import { CurlUsage, type Globals, type Operation, OptionReader, RefusedOption, isKnownProtocol } from "./_options.ts";
import { OutputFile } from "./_output.ts";
import { type RequestBody, dataBytes, fileBytes, formBody } from "./_request-body.ts";
import { type Url, parseUrl, urlText } from "./_url.ts";
import { type Report, newReport, writeOut } from "./_write-out.ts";

/** What has gone so far, in bytes; a total that nobody knows is undefined. */
interface Transferred {
  readonly down: number;
  readonly downTotal: number | undefined;
  readonly up: number;
  readonly upTotal: number | undefined;
}

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information\n";
const CATEGORIES: readonly (readonly [name: string, meaning: string])[] = [
  ["auth", "Who logs in, and how"], ["connection", "Connections"], ["curl", "The command itself"], ["dns", "Names and addresses"], ["file", "FILE"], ["ftp", "FTP"], ["http", "HTTP and HTTPS"], ["imap", "IMAP"], ["misc", "All that fits nowhere else"], ["output", "Files that are written"], ["pop3", "POP3"], ["post", "What a form sends"], ["proxy", "Proxies"],
  ["scp", "SCP"], ["sftp", "SFTP"], ["smtp", "SMTP"], ["ssh", "SSH"], ["telnet", "TELNET"], ["tftp", "TFTP"], ["tls", "TLS and certificates"], ["upload", "What is sent"], ["verbose", "What the command tells"],
];
const CATEGORY_LINES = CATEGORIES.map(([name, meaning]) => ` ${name.padEnd(11)} ${meaning}\n`).join("");

export default program(
  { name: "curl", summary: "transfer a URL", synopsis: ["[options...] <url>"], options: declarations },
  function* (sys, argv, io: Io) {
    const call = new Call(sys, io);
    try {
      return yield* call.run(argv.slice(1));
    } catch (error) {
      if (error instanceof RefusedOption) {
        sys.observe({ kind: "unsimulated", command: "curl", detail: error.option });
        yield* io.stderr(`curl: ${error.option} is not simulated: ${error.message}\n`);
        return 2;
      }
      if (!(error instanceof CurlUsage)) throw error;
      yield* call.warnings();
      yield* io.stderr(`curl: ${error.message}\n${TRY}`);
      return error.status;
    }
  },
);

class Call {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #reader: OptionReader;
  readonly #connections: Connections;
  #errors = "";
  #errorFd = 2;
  #warned = 0;
  #terminal = false;
  #meter: Meter | undefined;
  #urlNumber = 0;
  #account = new Account(() => {}, "none", false, () => "");
  #headerFiles = new Map<string, number>();

  constructor(sys: Sys, io: Io) {
    this.#sys = sys;
    this.#io = io;
    this.#reader = new OptionReader(sys, () => this.#inputText());
    this.#connections = new Connections(sys);
  }

  get #globals(): Globals {
    return this.#reader.globals;
  }

  *#inputBytes(): Blocking<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let part = yield* this.#io.stdin.chunk(); part.length > 0; part = yield* this.#io.stdin.chunk()) parts.push(part.slice());
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  *#inputText(): Blocking<string> {
    return decode(yield* this.#inputBytes());
  }

  /** What was put for standard error so far. */
  *#drain(): Blocking<void> {
    if (this.#errors === "") return;
    const bytes = encode(this.#errors);
    this.#errors = "";
    for (let at = 0; at < bytes.length; ) at += yield* this.#sys.write(this.#errorFd, bytes.subarray(at));
  }

  /** "Warning: …", folded at 79 columns. */
  #warn(text: string): void {
    if (this.#globals.silent) return;
    if (text.startsWith("\n")) {
      this.#errors += `${text.slice(1)}\n`;
      return;
    }
    for (let rest = text; rest.length > 0; ) {
      let cut = rest.length;
      if (rest.length > 70) {
        cut = 69;
        while (cut > 0 && rest[cut] !== " ") cut--;
        cut = (cut === 0 ? 69 : cut) + 1;
      }
      this.#errors += `Warning: ${rest.slice(0, cut)}\n`;
      rest = rest.slice(cut);
    }
  }

  /** What reading the options had to say. */
  *warnings(): Blocking<void> {
    for (const text of this.#reader.warnings.slice(this.#warned)) {
      const silent = this.#globals.silent;
      this.#globals.silent = false;
      this.#warn(text);
      this.#globals.silent = silent;
    }
    this.#warned = this.#reader.warnings.length;
    yield* this.#drain();
  }

  *run(args: readonly string[]): Blocking<number> {
    const sys = this.#sys;
    const globals = this.#globals;
    if (args[0] !== "-q" && args[0] !== "--disable") {
      const home = sys.environment.get("CURL_HOME") ?? sys.environment.get("HOME");
      for (const name of home === undefined ? [] : [`${home}/.curlrc`, `${sys.environment.get("XDG_CONFIG_HOME") ?? `${home}/.config`}/curlrc`]) {
        const text = yield* readTextFile(sys, name);
        if (text === undefined) continue;
        yield* this.#reader.file(text, name);
        break;
      }
    }
    if (args.length === 0 && this.#reader.operations.every((operation) => operation.rows.length === 0)) {
      yield* this.#io.stderr(TRY);
      return 2;
    }
    if (yield* this.#reader.words(args)) return globals.help ? this.#help() : this.#version();
    yield* this.warnings();
    if (this.#reader.operations.every((operation) => operation.rows.length === 0)) throw new CurlUsage("no URL specified!");
    if (globals.stderr !== undefined && globals.stderr !== "-") {
      try {
        this.#errorFd = yield* sys.open(globals.stderr, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        this.#warn(`Failed to open ${globals.stderr}!`);
      }
    } else if (globals.stderr === "-") this.#errorFd = 1;
    this.#terminal = isTerminal(sys, 1);
    yield* this.#openAccount();
    let status = 0;
    for (const operation of this.#reader.operations) {
      status = yield* this.#operate(operation);
      if (status !== 0 && globals.failEarly) break;
    }
    yield* this.#drain();
    yield* this.#io.out.flush();
    return status;
  }

  *#openAccount(): Blocking<void> {
    const globals = this.#globals;
    const zone = yield* readZone(this.#sys);
    const stamp = (): string => (globals.traceTime ? `${strftime("%H:%M:%S.%N", civilAtUs(zone, this.#sys.clockUs("realtime"))).slice(0, 15)} ` : "");
    if (globals.trace === undefined) {
      if (globals.verbose) this.#account = new Account((text) => { this.#errors += text; }, "verbose", this.#terminal, stamp);
      return;
    }
    const mode = globals.traceAscii ? "ascii" : "trace";
    if (globals.trace === "-") this.#account = new Account((text) => this.#io.out.put(text), mode, false, stamp);
    else if (globals.trace === "%") this.#account = new Account((text) => { this.#errors += text; }, mode, false, stamp);
    else {
      try {
        this.#traceFd = yield* this.#sys.open(globals.trace, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
        this.#account = new Account((text) => { this.#traceText += text; }, mode, false, stamp);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        this.#warn(`Failed to create/open output`);
      }
    }
  }

  #traceFd: number | undefined;
  #traceText = "";

  *#flushTrace(): Blocking<void> {
    if (this.#traceFd === undefined || this.#traceText === "") return;
    const bytes = encode(this.#traceText);
    this.#traceText = "";
    for (let at = 0; at < bytes.length; ) at += yield* this.#sys.write(this.#traceFd, bytes.subarray(at));
  }

  #version(): number {
    this.#io.out.put("curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.20 zlib/1.2.13 brotli/1.0.9 zstd/1.5.4 libidn2/2.3.3 libpsl/0.21.2 (+libidn2/2.3.3) libssh2/1.10.0 nghttp2/1.52.0 librtmp/2.3 OpenLDAP/2.5.13\nRelease-Date: 2023-02-20, security patched: 7.88.1-10+deb12u15\nProtocols: dict file ftp ftps gopher gophers http https imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp\nFeatures: alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM NTLM_WB PSL SPNEGO SSL threadsafe TLS-SRP UnixSockets zstd\n");
    return 0;
  }

  #help(): number {
    const category = this.#globals.helpCategory;
    const put = (text: string): void => this.#io.out.put(text);
    put("Usage: curl [options...] <url>\n");
    if (category === undefined) put(" -d, --data <data>          Send this by POST\n -f, --fail                 An answer of 400 and up is an error\n -h, --help <category>      Show help\n -i, --include              The headers of the answer too\n -o, --output <file>        The answer goes to this file\n -O, --remote-name          The file has the name that the URL ends in\n -s, --silent               No progress, no errors\n -T, --upload-file <file>   Send this file to the URL\n -u, --user <user:password> Who logs in at the server\n -A, --user-agent <name>    What curl calls itself\n -v, --verbose              Show the connection and all headers\n -V, --version              Show the version\n\nThese are the most used options.\n\"--help all\" and the manual page have all of them.\n");
    else if (category === "all" || CATEGORIES.some(([name]) => name === category)) for (const option of declarations) put(optionLines(option));
    else put(`${category === "category" ? "" : "Invalid category provided, here is a list of all categories:\n\n"}${CATEGORY_LINES}`);
    return 0;
  }

  *#operate(operation: Operation): Blocking<number> {
    const sys = this.#sys;
    let outputs = [...operation.outputs];
    if (outputs.length > operation.rows.length) this.#pendingWarning = "Got more output options than URLs";
    if (operation.requests.length > 0) {
      const kinds = [...new Set([...operation.requests.filter((kind) => kind !== "head"), ...(operation.uploads.length > 0 ? ["put" as const] : []), ...(operation.flags.has("head") && !operation.flags.has("get") ? ["head" as const] : [])])];
      const [first, second] = kinds;
      if (first !== undefined && second !== undefined && !(operation.flags.has("get") && (first === "head" || second === "head"))) {
        const named = { post: "POST (-d, --data)", form: "multipart formpost (-F, --form)", put: "PUT (-T, --upload-file)", head: "HEAD (-I, --head)" };
        const [one, other] = first === "post" && second === "put" ? [second, first] : [first, second];
        this.#warn(`You can only select one HTTP request method! You asked for both ${named[one]} and ${named[other]}.`);
        return 2;
      }
    }
    if (operation.texts.get("cacert") !== undefined && !readable(sys, operation.texts.get("cacert") ?? "") && operation.rows.some((row) => row.url.startsWith("https:"))) {
      this.#complain(77, `error setting certificate file: ${operation.texts.get("cacert") ?? ""}`);
      yield* this.#drain();
      return 77;
    }
    const jarUsed = operation.texts.has("cookie-jar") || operation.cookies.some((one) => !one.includes("="));
    const jar = jarUsed ? new CookieJar(() => Math.floor(sys.clockUs("realtime") / 1e6)) : undefined;
    let status = 0;
    const all = operation.flags.has("remote-name-all");
    for (const [rowNumber, row] of operation.rows.entries()) {
      const output = outputs[0];
      outputs = outputs.slice(1);
      let found: readonly GlobbedUrl[];
      try {
        found = operation.flags.has("globoff") ? [{ url: row.url, parts: [] }] : expandGlob(row.url);
      } catch (error) {
        if (!(error instanceof GlobError)) throw error;
        this.#complain(3, error.message);
        status = 3;
        continue;
      }
      for (const one of found) {
        const name = output === undefined ? (all ? undefined : "-") : output.name === undefined ? undefined : fillName(output.name, one.parts);
        status = yield* this.#withRetries(operation, one.url, name, operation.uploads[rowNumber], jar);
        if (this.#globals.rateSeconds > 0 && one !== found.at(-1)) yield* sys.sleep(this.#globals.rateSeconds * 1e6);
        if (status !== 0 && this.#globals.failEarly) return status;
      }
    }
    if (this.#pendingWarning !== undefined) this.#warn(this.#pendingWarning);
    this.#pendingWarning = undefined;
    const jarFile = operation.texts.get("cookie-jar");
    if (jar !== undefined && jarFile !== undefined) {
      if (jarFile === "-") this.#io.out.put(jar.text());
      else if (!(yield* this.#writeFile(jarFile, jar.text()))) this.#account.info(`WARNING: failed to save cookies in ${jarFile}: No such file or directory`);
    }
    return status;
  }

  #pendingWarning: string | undefined;

  *#writeFile(name: string, text: string): Blocking<boolean> {
    try {
      const fd = yield* this.#sys.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      yield* this.#sys.write(fd, encode(text));
      this.#sys.close(fd);
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }

  #complain(code: number, text: string): void {
    if (!this.#globals.silent || this.#globals.showError) this.#errors += `curl: (${code}) ${text}\n`;
  }

  *#withRetries(operation: Operation, url: string, outputName: string | undefined, upload: string | undefined, jar: CookieJar | undefined): Blocking<number> {
    const sys = this.#sys;
    if (upload !== undefined && upload !== "-" && upload !== "." && !readable(sys, upload)) {
      this.#errors += `curl: Can't open '${upload}'!\n${TRY}`;
      this.#complain(26, "Failed to open/read local data from file/application");
      yield* this.#drain();
      return 26;
    }
    const number = this.#urlNumber++;
    const beganUs = sys.clockUs("monotonic");
    let left = operation.numbers.get("retry") ?? 0;
    let pauseSeconds = operation.numbers.get("retry-delay") ?? 0;
    const fixedPause = pauseSeconds > 0;
    if (!fixedPause) pauseSeconds = 1;
    let output: OutputFile | undefined;
    for (;;) {
      const report = newReport(url, number, sys.clockUs("monotonic"));
      const opened: { output: OutputFile | undefined; modified: number | undefined; retryAfter: number | undefined } = { output, modified: undefined, retryAfter: undefined };
      let failure: CurlFailure | undefined;
      try {
        yield* this.#transfer(operation, url, outputName, upload, jar, report, opened);
      } catch (error) {
        if (!(error instanceof CurlFailure)) throw error;
        failure = error;
      }
      output = opened.output;
      yield* this.#flushTrace();
      report.endUs = sys.clockUs("monotonic");
      if (failure === undefined && operation.flags.has("fail-with-body") && report.status >= 400) failure = new CurlFailure(22, `The requested URL returned error: ${report.status}`);
      report.exitCode = failure?.code ?? 0;
      report.error = failure?.message;
      if (failure !== undefined) this.#complain(failure.code, failure.message);
      const maximum = operation.numbers.get("retry-max-time") ?? 0;
      const reason = left > 0 && (maximum === 0 || (sys.clockUs("monotonic") - beganUs) / 1e6 + pauseSeconds <= maximum) ? whyAgain(operation, failure, report) : undefined;
      if (reason !== undefined) {
        const after = Number(report.headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1] ?? "0") || 0;
        const pause = after > 0 && !fixedPause ? after : pauseSeconds;
        this.#warn(`Problem ${reason}. Will retry in ${pause} seconds. ${left} retries left.`);
        left--;
        let undo = true;
        if (output !== undefined && output.bytes > 0 && output.plan.name !== undefined) {
          if (!this.#globals.silent) this.#errors += `Throwing away ${output.bytes} bytes\n`;
          try {
            output.truncate();
          } catch (error) {
            if (!(error instanceof CurlFailure)) throw error;
            this.#complain(error.code, error.message);
            report.exitCode = error.code;
            undo = false;
          }
        }
        yield* this.#drain();
        if (!undo) return report.exitCode;
        yield* sys.sleep(pause * 1e6);
        if (!fixedPause) pauseSeconds = Math.min(600, pauseSeconds * 2);
        continue;
      }
      try {
        yield* this.#conclude(operation, report, output, opened.modified, failure);
      } catch (error) {
        if (!(error instanceof CurlFailure)) throw error;
        this.#complain(error.code, error.message);
        report.exitCode = error.code;
      }
      return report.exitCode;
    }
  }

  *#conclude(operation: Operation, report: Report, output: OutputFile | undefined, modified: number | undefined, failure: CurlFailure | undefined): Blocking<void> {
    if (output !== undefined) yield* output.finish(failure === undefined);
    const name = output?.plan.name;
    if (name !== undefined && failure !== undefined && operation.flags.has("remove-on-error")) {
      try {
        this.#sys.unlink(name);
        this.#errors += `Note: Removed output file: ${name}\n`;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    if (name !== undefined) report.filename = name;
    if (operation.flags.has("remote-time") && name !== undefined && modified !== undefined && failure === undefined) this.#sys.utimes(name, modified * 1e6, modified * 1e6);
    let format = operation.texts.get("write-out");
    if (format?.startsWith("@")) {
      const text = format === "@-" ? yield* this.#inputText() : yield* readTextFile(this.#sys, format.slice(1));
      if (text === undefined) this.#warn(`Failed to open ${format.slice(1)}!`);
      format = text?.replace(/\n/g, "");
    }
    if (format !== undefined) {
      for (const piece of writeOut(format, report)) {
        if (piece.toError) this.#errors += piece.text;
        else this.#io.out.put(piece.text);
      }
    }
    yield* this.#drain();
    if (this.#terminal) yield* this.#io.out.flush();
  }

  *#transfer(operation: Operation, given: string, outputName: string | undefined, upload: string | undefined, jar: CookieJar | undefined, report: Report, opened: { output: OutputFile | undefined; modified: number | undefined }): Blocking<void> {
    const sys = this.#sys;
    const globals = this.#globals;
    const asIs = operation.flags.has("path-as-is");
    let url = parseUrl(given, { asIs, defaultScheme: operation.texts.get("proto-default") });
    if (url === undefined) throw new CurlFailure(3, "URL using bad/illegal format or missing URL");
    if (!isKnownProtocol(url.scheme)) throw new CurlFailure(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
    if (upload !== undefined && upload !== "-" && upload !== "." && url.path.endsWith("/")) url = { ...url, path: url.path + encodeURIComponent(upload.split("/").at(-1) ?? "") };
    if (operation.flags.has("disallow-username-in-url") && url.user !== undefined) throw new CurlFailure(67, "URL using bad/illegal format or missing URL");
    for (const queries of [operation.queries, operation.flags.has("get") ? operation.data : []]) {
      if (queries.length === 0) continue;
      const text = decode(yield* dataBytes(sys, queries, () => this.#inputBytes(), (text) => this.#warn(text)));
      const query = text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
      url = { ...url, query: `${url.query === "" ? "?" : `${url.query}&`}${query}` };
    }
    report.effectiveUrl = urlText(url);
    opened.output ??= this.#output(operation, url, outputName);
    const output = opened.output;
    if (output.plan.name !== undefined) report.filename = output.plan.name;
    let resumeFrom = 0;
    const at = operation.texts.get("continue-at");
    if (at === "-" && output.plan.name !== undefined) resumeFrom = sizeOf(sys, output.plan.name);
    else if (at !== undefined && at !== "-") resumeFrom = Number(at);
    const quiet = globals.silent || globals.noProgress || (output.plan.name === undefined && this.#terminal && upload === undefined) || operation.flags.has("head") && this.#terminal && output.plan.name === undefined;
    const meter = quiet ? undefined : (this.#meter ??= new Meter((text) => { this.#errors += text; }, globals.progressBar, this.#columns()));
    meter?.begin();
    let last: Transferred = { down: 0, downTotal: undefined, up: 0, upTotal: undefined };
    const self = this;
    const progress = function* (down: number, downTotal: number | undefined, up: number, upTotal: number | undefined, force: boolean): Blocking<void> {
      last = { down, downTotal, up, upTotal };
      meter?.show({ ...last, elapsedUs: sys.clockUs("monotonic") - report.startUs }, force);
      yield* self.#drain();
    };
    if (!globals.progressBar) yield* progress(0, undefined, 0, undefined, true);
    this.#connections.fix(report.urlNumber === 0 ? operation.resolve : [], this.#account);
    try {
      if (url.scheme === "file") yield* this.#file(url, operation, output, report, resumeFrom, upload, progress);
      else if (url.scheme === "telnet") yield* this.#telnet(url, operation, output, report, progress);
      else if (url.scheme === "http" || url.scheme === "https") yield* this.#http(operation, url, upload, jar, report, opened, output, resumeFrom, progress);
      else {
        yield* this.#connections.connect({ host: url.host, port: url.port, key: "", isProxy: false }, operation, this.#account, url, report.startUs, () => {});
        sys.observe({ kind: "unsimulated", command: "curl", detail: url.scheme });
        throw new CurlFailure(1, `${url.scheme.toUpperCase()} is not simulated: only HTTP, FILE and TELNET are spoken`);
      }
      if (url.scheme !== "http" && url.scheme !== "https") yield* progress(last.down, last.downTotal, last.up, last.upTotal, true);
      meter?.end();
    } catch (error) {
      if (!(error instanceof CurlFailure)) throw error;
      const unresolved = error.code === 5 || error.code === 6;
      const malformed = error.code === 1 && report.connects === 0;
      if (unresolved) this.#account.info(error.message);
      else if (!malformed) {
        this.#account.info(error.message);
        meter?.show({ ...last, elapsedUs: sys.clockUs("monotonic") - report.startUs }, true);
        meter?.end();
      }
      if (!malformed || globals.verbose) this.#account.info(`Closing connection ${report.connects === 0 ? this.#connections.lastId : report.connectionId}`);
      throw error;
    } finally {
      yield* this.#drain();
    }
  }

  #columns(): number {
    return isTerminal(this.#sys, 2) ? Math.max(20, this.#sys.getWindowSize(2).cols - 1) : 79;
  }

  #output(operation: Operation, url: Url, name: string | undefined): OutputFile {
    let file = name === "-" ? undefined : name;
    if (name === undefined) {
      file = url.path.split("/").at(-1) ?? "";
      if (file === "") throw new CurlFailure(23, "Failed writing received data to disk/application");
    }
    const directory = operation.texts.get("output-dir");
    if (file !== undefined && directory !== undefined) file = `${directory}/${file}`;
    const mode = Number.parseInt(operation.texts.get("create-file-mode") ?? "666", 8);
    const plan = { name: file, makesDirectories: operation.flags.has("create-dirs"), clobbers: !operation.flags.has("no-clobber"), appends: operation.texts.has("continue-at"), serverNamed: operation.flags.has("remote-header-name"), mode };
    return new OutputFile(this.#sys, plan, (bytes) => this.#standardOutput(bytes, operation), (text) => this.#warn(text));
  }

  *#standardOutput(bytes: Uint8Array, operation: Operation): Blocking<void> {
    yield* this.#drain();
    if (this.#terminal && bytes.includes(0) && !operation.outputs.some((one) => one.name === "-")) {
      this.#warn("Binary output can mess up your terminal. Use \"--output -\" to tell curl to output it to your terminal anyway, or consider \"--output <FILE>\" to save to a file.");
      throw new CurlFailure(23, "Failure writing output to destination");
    }
    yield* this.#io.out.printBytes(bytes);
    if (this.#terminal || operation.flags.has("no-buffer")) yield* this.#io.out.flush();
  }

  *#http(operation: Operation, url: Url, upload: string | undefined, jar: CookieJar | undefined, report: Report, opened: { modified: number | undefined }, output: OutputFile, resumeFrom: number, progress: (down: number, downTotal: number | undefined, up: number, upTotal: number | undefined, force: boolean) => Blocking<void>): Blocking<void> {
    const sys = this.#sys;
    for (const file of operation.cookies.filter((one) => !one.includes("="))) {
      const text = file === "" ? "" : file === "-" ? yield* this.#inputText() : yield* readTextFile(sys, file);
      if (text === undefined) this.#account.info(`WARNING: failed to open cookie file "${file}"`);
      else if (report.urlNumber === 0) jar?.read(text, url, operation.flags.has("junk-session-cookies"));
    }
    const condition = yield* this.#condition(operation);
    const compare = operation.texts.get("etag-compare");
    const etag = compare === undefined ? undefined : (yield* readTextFile(sys, compare))?.split("\n")[0]?.trim() || '""';
    const self = this;
    const shows = operation.flags.has("include") || operation.flags.has("head");
    const dump = operation.texts.get("dump-header");
    const save = operation.texts.get("etag-save");
    yield* transferHttp({
      sys, operation, url, report, account: this.#account, connections: this.#connections, jar, resumeFrom, condition, etag, progress,
      body: yield* this.#body(operation, upload),
      seenModified: (seconds) => { opened.modified = seconds; },
      sink: {
        *header(line) {
          if (dump !== undefined) yield* self.#dump(dump, line);
          const disposition = /^content-disposition:.*filename=(?:"([^"]*)"|([^;\s]+))/i.exec(line);
          if (disposition !== null && output.plan.serverNamed && output.plan.name !== undefined) {
            output.plan.name = (disposition[1] ?? disposition[2] ?? "").split("/").at(-1) ?? "";
            output.exclusive = true;
          }
          if (save !== undefined && /^etag:/i.test(line)) yield* self.#writeFile(save, `${line.slice(5).trim()}\n`);
          if (shows) yield* output.write(styled(line, self.#terminal && self.#globals.styled && output.plan.name === undefined));
        },
        *body(bytes) {
          if (!operation.flags.has("head")) yield* output.write(bytes);
        },
      },
    });
  }

  *#dump(name: string, line: string): Blocking<void> {
    if (name === "-") {
      this.#io.out.put(line);
      if (this.#terminal) yield* this.#io.out.flush();
      return;
    }
    let fd = this.#headerFiles.get(name);
    if (fd === undefined) {
      try {
        fd = yield* this.#sys.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        this.#warn(`Failed to open ${name}`);
        throw new CurlFailure(23, "Failure writing output to destination");
      }
      this.#headerFiles.set(name, fd);
    }
    yield* this.#sys.write(fd, encode(line));
  }

  *#condition(operation: Operation): Blocking<{ readonly header: string; readonly seconds: number; readonly older: boolean } | undefined> {
    const given = operation.texts.get("time-cond");
    if (given === undefined) return undefined;
    const sign = /^[-+=]/.exec(given)?.[0];
    const word = sign === undefined ? given : given.slice(1);
    let seconds = getdate(word);
    if (seconds === undefined) {
      try {
        seconds = Math.floor(this.#sys.stat(word).mtimeUs / 1e6);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        this.#warn("Illegal date format for -z, --time-cond (and not a file name). Disabling time condition. See curl_getdate(3) for valid date syntax.");
        return undefined;
      }
    }
    return { header: sign === "-" ? "If-Unmodified-Since" : "If-Modified-Since", seconds, older: sign === "-" };
  }

  *#body(operation: Operation, upload: string | undefined): Blocking<RequestBody | undefined> {
    const sys = this.#sys;
    if (upload !== undefined) {
      const standard = upload === "-" || upload === ".";
      const bytes = standard ? yield* this.#inputBytes() : yield* fileBytes(sys, upload);
      if (bytes === undefined) throw new CurlFailure(26, "Failed to open/read local data from file/application");
      return { bytes, contentType: undefined, streamed: true, chunked: standard };
    }
    if (operation.form.length > 0) {
      const boundary = `------------------------${Array.from(sys.random(8), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
      return yield* formBody(sys, operation.form, () => this.#inputBytes(), boundary);
    }
    if (operation.data.length === 0 || operation.flags.has("get")) return undefined;
    const bytes = yield* dataBytes(sys, operation.data, () => this.#inputBytes(), (text) => this.#warn(text));
    return { bytes, contentType: operation.flags.has("json") ? undefined : "application/x-www-form-urlencoded", streamed: false, chunked: false };
  }

  *#file(url: Url, operation: Operation, output: OutputFile, report: Report, resumeFrom: number, upload: string | undefined, progress: (down: number, downTotal: number | undefined, up: number, upTotal: number | undefined, force: boolean) => Blocking<void>): Blocking<void> {
    const sys = this.#sys;
    const path = decodeURIComponentOr(url.path);
    report.scheme = "FILE";
    if (upload !== undefined) {
      const body = yield* this.#body(operation, upload);
      const target = new OutputFile(sys, { name: path, makesDirectories: false, clobbers: true, appends: false, serverNamed: false, mode: 0o644 }, () => this.#drain(), () => {});
      yield* target.write(body?.bytes ?? new Uint8Array(0));
      yield* target.finish(true);
      return;
    }
    const bytes = yield* fileBytes(sys, path);
    if (bytes === undefined) throw new CurlFailure(37, `Couldn't open file ${path}`);
    if (operation.flags.has("head")) {
      const modified = strftime("%a, %d %b %Y %H:%M:%S GMT", civilAt(UTC, Math.floor(sys.stat(path).mtimeUs / 1e6)));
      yield* output.write(encode(`Content-Length: ${bytes.length}\r\nAccept-ranges: bytes\r\nLast-Modified: ${modified}\r\n`));
      return;
    }
    const range = /^(\d*)-(\d*)$/.exec(operation.texts.get("range") ?? "");
    const from = range === null ? resumeFrom : range[1] === "" ? Math.max(0, bytes.length - Number(range[2])) : Number(range[1]);
    if (from > bytes.length) throw new CurlFailure(36, "Couldn't resume download");
    const to = range === null || range[2] === "" || range[1] === "" ? bytes.length : Math.min(bytes.length, Number(range[2]) + 1);
    const part = bytes.subarray(from, to);
    report.downBytes = part.length;
    yield* output.write(part);
    yield* progress(part.length, part.length, 0, undefined, false);
  }

  /** Bytes both ways until the server ends. */
  *#telnet(url: Url, operation: Operation, output: OutputFile, report: Report, progress: (down: number, downTotal: number | undefined, up: number, upTotal: number | undefined, force: boolean) => Blocking<void>): Blocking<void> {
    const sys = this.#sys;
    const wire = yield* this.#connections.connect({ host: url.host, port: url.port, key: "telnet", isProxy: false }, operation, this.#account, url, report.startUs, () => {});
    report.scheme = "TELNET";
    report.connectionId = wire.id;
    let input = true;
    let down = 0;
    const endUs = (operation.numbers.get("max-time") ?? 0) * 1e6;
    for (;;) {
      const ready = yield* sys.poll([{ fd: wire.fd, events: POLL.IN }, ...(input ? [{ fd: 0, events: POLL.IN }] : [])], 1_000_000);
      yield* progress(down, undefined, 0, undefined, false);
      if (endUs > 0 && sys.clockUs("monotonic") - report.startUs >= endUs) throw new CurlFailure(28, "Time-out");
      if (input && (ready[1]?.revents ?? 0) !== 0) {
        const typed = yield* sys.read(0, 4096);
        if (typed.length === 0) input = false;
        else yield* sys.write(wire.fd, typed);
      }
      if ((ready[0]?.revents ?? 0) === 0) continue;
      const bytes = yield* sys.read(wire.fd, 65_536);
      if (bytes.length === 0) break;
      down += bytes.length;
      yield* output.write(bytes);
    }
    report.downBytes = down;
    sys.close(wire.fd);
    this.#account.info(`Closing connection ${wire.id}`);
  }
}

/** Names of headers in bold, as on a terminal. */
function styled(line: string, bold: boolean): Uint8Array {
  const colon = line.indexOf(":");
  return encode(bold && colon > 0 ? `\u001b[1m${line.slice(0, colon)}\u001b[0m${line.slice(colon)}` : line);
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** curl's words for why a transfer is tried again. */
function whyAgain(operation: Operation, failure: CurlFailure | undefined, report: Report): string | undefined {
  if (failure?.code === 28 || failure?.code === 6 || failure?.code === 5) return ": timeout";
  if (failure?.code === 7 && failure.refused && operation.flags.has("retry-connrefused")) return ": connection refused";
  if ((failure === undefined || failure.code === 22) && [408, 429, 500, 502, 503, 504].includes(report.status)) return ": HTTP error";
  return failure !== undefined && operation.flags.has("retry-all-errors") ? "(retrying all errors)" : undefined;
}

function isTerminal(sys: Sys, fd: number): boolean {
  try {
    return sys.isatty(fd);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function readable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, 4);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function sizeOf(sys: Sys, path: string): number {
  try {
    return sys.stat(path).sizeBytes;
  } catch (error) {
    if (error instanceof SysError) return 0;
    throw error;
  }
}
