// wget: files from web servers, with its account of what it does (wget(1), 1.21.3).
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { Exit } from "../kit/io.ts";
import { type Io, counted, flag, gnu, text, texts, unsimulated } from "../kit/gnu.ts";
import { exists } from "../kit/presence.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { readZone } from "../kit/zones.ts";
import { Downloads, convertLinks } from "./_convert.ts";
import { STATUS } from "./_failure.ts";
import { HttpClient } from "./_http.ts";
import { htmlLinks } from "./_links.ts";
import { Log, uniqueName } from "./_log.ts";
import { DOT_STYLES, readableSize, secondsText, speed } from "./_progress.ts";
import { Recursion } from "./_recursion.ts";
import { type Settings, WrongValue, initialSettings, knownCommand, parseCommand, setCommand } from "./_settings.ts";
import { type WgetUrl, mergeUrl, parseWgetUrl, withScheme } from "./_url.ts";

const USAGE = "Usage: wget [OPTION]... [URL]...\n";
const TRY = `${USAGE}\nTry \`wget --help' for more options.\n`;

/** The options of two letters, as -n takes them in one word: -nv, -np, -nHd. */
const OF_N: Readonly<Record<string, string>> = { v: "--no-verbose", c: "--no-clobber", d: "--no-directories", H: "--no-host-directories", p: "--no-parent" };
const LETTERS_WITH_ARGUMENT = "aAeDIiltoOPQRTUwXB";

function withoutN(args: readonly string[]): readonly string[] {
  const made: string[] = [];
  for (const [index, arg] of args.entries()) {
    if (arg === "--") return [...made, ...args.slice(index)];
    const at = /^-[A-Za-z0-9]*n/.test(arg) && !arg.startsWith("--") ? arg.indexOf("n") : -1;
    if (at < 1 || [...arg.slice(1, at)].some((letter) => LETTERS_WITH_ARGUMENT.includes(letter))) {
      made.push(arg);
      continue;
    }
    if (at > 1) made.push(arg.slice(0, at));
    for (const letter of arg.slice(at + 1)) {
      const option = OF_N[letter];
      if (option === undefined) throw new Exit(STATUS.generic, `illegal option -- \`-n${letter}'\n${TRY.trimEnd()}`);
      made.push(option);
    }
    if (arg.length === at + 1) made.push("-n");
  }
  return made;
}

/** What of the options is no command of .wgetrc by its own name. */
const OPTION_COMMANDS: Readonly<Record<string, readonly [command: string, value: string]>> = {
  noVerbose: ["verbose", "off"], noDirectories: ["dirstruct", "off"], forceDirectories: ["dirstruct", "on"], noHostDirectories: ["addhostdir", "off"], noCache: ["cache", "off"], noCookies: ["cookies", "off"], noKeepAlive: ["httpkeepalive", "off"], noProxy: ["useproxy", "off"],
  noIfModifiedSince: ["ifmodifiedsince", "off"], noServerTimestamps: ["useservertimestamps", "off"], noCheckCertificate: ["checkcertificate", "off"], noHsts: ["hsts", "off"], noGlob: ["glob", "off"],
};

export default gnu({
  name: "wget", project: "wget", versionText: "GNU Wget 1.21.3 built on linux-gnu.\n", versionLetter: "V", helpLetter: "h", usageStatus: 2, tryLine: () => TRY, summary: "download files from the network, without questions", synopsis: ["[OPTION]... [URL]..."],
  options: {
    quiet: flag(["-q", "--quiet"], "quiet (no output)"), verbose: flag(["-v", "--verbose"], "tell everything, as without options"), noVerbose: flag(["-nv", "--no-verbose"], "tell only the result and errors"), outputDocument: text(["-O", "--output-document"], "FILE", "everything received goes into FILE (-: standard output)"), logfile: text(["-o", "--output-file"], "FILE", "what wget says goes to FILE"), appendLog: text(["-a", "--append-output"], "FILE", "as -o, after what FILE already holds"),
    input: text(["-i", "--input-file"], "FILE", "take the URLs from FILE, one a line"), forceHtml: flag(["-F", "--force-html"], "the file of -i is a page: take its links"), base: text(["-B", "--base"], "URL", "the links of the file of -i are relative to URL"), background: flag(["-b", "--background"], "go on in the background"), execute: texts(["-e", "--execute"], "COMMAND", "COMMAND as in .wgetrc"), config: text(["--config"], "FILE", "FILE instead of .wgetrc"), noConfig: flag(["--no-config"], "read no configuration file"),
    tries: text(["-t", "--tries"], "NUMBER", "try NUMBER times; 0: again and again"), retryConnrefused: flag(["--retry-connrefused"], "a refused connection is tried again too"), noClobber: flag(["-nc", "--no-clobber"], "do not download a file again that is there"), continue: flag(["-c", "--continue"], "go on with a download that broke off"), startPos: text(["--start-pos"], "OFFSET", "begin at byte OFFSET"), progress: text(["--progress"], "TYPE", "how progress is shown: bar or dot"), showProgress: flag(["--show-progress"], "show the bar even with -q or -nv"),
    timestamping: flag(["-N", "--timestamping"], "download only what is newer on the server than here"), noIfModifiedSince: flag(["--no-if-modified-since"], "with -N, do not ask the server to compare"), noServerTimestamps: flag(["--no-use-server-timestamps"], "files get the time of the download"), serverResponse: flag(["-S", "--server-response"], "show the headers of the answer too"), spider: flag(["--spider"], "only ask whether the file is there"),
    timeout: text(["-T", "--timeout"], "SECONDS", "give up when connecting or reading takes longer than SECONDS"), dnsTimeout: text(["--dns-timeout"], "SECS", "give up looking a name up after SECS"), connectTimeout: text(["--connect-timeout"], "SECS", "give up connecting after SECS"), readTimeout: text(["--read-timeout"], "SECS", "give up when nothing comes for SECS"), wait: text(["-w", "--wait"], "SECONDS", "pause SECONDS from one file to the next"), randomWait: flag(["--random-wait"], "pause half to one and a half of --wait"), waitRetry: text(["--waitretry"], "SECONDS", "after a failure, pause 1 second, then 2, up to SECONDS"),
    quota: text(["-Q", "--quota"], "NUMBER", "no more files after NUMBER bytes"), limitRate: text(["--limit-rate"], "RATE", "no more than RATE bytes a second"), inet4Only: flag(["-4", "--inet4-only"], "IPv4 and nothing else"), inet6Only: flag(["-6", "--inet6-only"], "IPv6 and nothing else"), preferFamily: text(["--prefer-family"], "FAMILY", "addresses of this family first: IPv4, IPv6 or none"), restrictFileNames: text(["--restrict-file-names"], "MODES", "characters that file names do not get"), ignoreCase: flag(["--ignore-case"], "upper and lower case are the same in patterns"), reportSpeed: text(["--report-speed"], "TYPE", "the unit of speeds: bits"),
    dirPrefix: text(["-P", "--directory-prefix"], "PREFIX", "the directory for the files"), noDirectories: flag(["-nd", "--no-directories"], "make no directories"), forceDirectories: flag(["-x", "--force-directories"], "make directories as on the server"), noHostDirectories: flag(["-nH", "--no-host-directories"], "no directory for the host"), protocolDirectories: flag(["--protocol-directories"], "a directory for the protocol"), cutDirs: text(["--cut-dirs"], "NUMBER", "leave out NUMBER directories of the server"), backups: text(["--backups"], "N", "keep N older files as FILE.1, FILE.2…"), unlink: flag(["--unlink"], "remove a file before it is written again"),
    user: text(["--user"], "USER", "user at the server, by FTP or HTTP"), password: text(["--password"], "PASS", "password at the server, by FTP or HTTP"), askPassword: flag(["--ask-password"], "ask for the password"), httpUser: text(["--http-user"], "USER", "user at the server, by HTTP"), httpPassword: text(["--http-password"], "PASS", "password at the server, by HTTP"), authNoChallenge: flag(["--auth-no-challenge"], "send the password without being asked"),
    header: texts(["--header"], "STRING", "STRING is one more header of the request"), maxRedirect: text(["--max-redirect"], "NUM", "how many redirections one after another are followed (20)"), userAgent: text(["-U", "--user-agent"], "AGENT", "what wget calls itself in the header User-Agent"), referer: text(["--referer"], "URL", "the page that we come from"), saveHeaders: flag(["--save-headers"], "keep the headers in the file"), noKeepAlive: flag(["--no-http-keep-alive"], "a connection for each file"),
    postData: text(["--post-data"], "STRING", "send STRING by POST"), postFile: text(["--post-file"], "FILE", "send what FILE holds by POST"), method: text(["--method"], "HTTPMethod", "the method of the request: PUT, DELETE..."), bodyData: text(["--body-data"], "STRING", "STRING is what the request sends"), bodyFile: text(["--body-file"], "FILE", "what FILE holds is what the request sends"), noCookies: flag(["--no-cookies"], "neither take nor send cookies"), loadCookies: text(["--load-cookies"], "FILE", "the cookies of FILE first"), saveCookies: text(["--save-cookies"], "FILE", "keep the cookies in FILE"), keepSessionCookies: flag(["--keep-session-cookies"], "keep those of the session too"),
    ignoreLength: flag(["--ignore-length"], "do not believe the header Content-Length"), contentOnError: flag(["--content-on-error"], "keep the text of an answer that is an error"), contentDisposition: flag(["--content-disposition"], "the server may name the file (header Content-Disposition)"), trustServerNames: flag(["--trust-server-names"], "name the file after the last redirection"), defaultPage: text(["--default-page"], "NAME", "the name of a page without one (index.html)"), adjustExtension: flag(["-E", "--adjust-extension"], "pages end in .html, style sheets in .css"), compression: text(["--compression"], "TYPE", "auto, gzip or none"),
    noProxy: flag(["--no-proxy"], "go without a proxy, whatever the environment says"), noCache: flag(["--no-cache"], "ask for a fresh copy, none from a cache"), noHsts: flag(["--no-hsts"], "disable HSTS"), hstsFile: text(["--hsts-file"], "FILE", "where HSTS is kept"), noCheckCertificate: flag(["--no-check-certificate"], "accept a certificate that cannot be verified"), caCertificate: text(["--ca-certificate"], "FILE", "the authorities to trust"), caDirectory: text(["--ca-directory"], "DIR", "a directory of authorities to trust"), secureProtocol: text(["--secure-protocol"], "PR", "the version of TLS"), httpsOnly: flag(["--https-only"], "follow links of HTTPS only"),
    recursive: flag(["-r", "--recursive"], "follow the links of pages"), reclevel: text(["-l", "--level"], "NUMBER", "how deep: 5 without it, inf or 0 without end"), deleteAfter: flag(["--delete-after"], "remove the files once they are here"), convertLinks: flag(["-k", "--convert-links"], "make the links of pages lead to the files here"), backupConverted: flag(["-K", "--backup-converted"], "keep a converted page as FILE.orig too"), mirror: flag(["-m", "--mirror"], "as -N -r -l inf --no-remove-listing"), pageRequisites: flag(["-p", "--page-requisites"], "with the images, styles... that a page shows"),
    accept: text(["-A", "--accept"], "LIST", "only files that end so or fit these patterns"), reject: text(["-R", "--reject"], "LIST", "no files that end so or fit these patterns"), acceptRegex: text(["--accept-regex"], "REGEX", "only addresses that fit"), rejectRegex: text(["--reject-regex"], "REGEX", "no addresses that fit"), regexType: text(["--regex-type"], "TYPE", "posix or pcre"), domains: text(["-D", "--domains"], "LIST", "only these domains"), excludeDomains: text(["--exclude-domains"], "LIST", "not these domains"),
    spanHosts: flag(["-H", "--span-hosts"], "go to other hosts too"), relative: flag(["-L", "--relative"], "follow relative links only"), includeDirectories: text(["-I", "--include-directories"], "LIST", "only these directories"), excludeDirectories: text(["-X", "--exclude-directories"], "LIST", "not these directories"), noParent: flag(["-np", "--no-parent"], "never go above the first directory"), noGlob: flag(["--no-glob"], "no patterns in addresses of FTP"), debug: counted(["-d", "--debug"], "report every step, to find errors"),
    strictComments: unsimulated(["--strict-comments"], "comments as SGML has them", "SGML comments"), warcFile: unsimulated(["--warc-file"], "keep what was said in a WARC file", "WARC archives"), rejectedLog: unsimulated(["--rejected-log"], "list what was not loaded", "the log of what was rejected"),
  },
  exitStatuses: [["0", "no problems"], ["1", "generic error"], ["2", "parse error"], ["3", "a file could not be written"], ["4", "network failure"], ["6", "authentication failure"], ["7", "protocol errors"], ["8", "the server answered with an error"]],
  rewrite: withoutN,
  *run({ options, operands, given, sys }, io: Io) {
    const settings = initialSettings();
    if (options.noConfig !== true) yield* readConfiguration(sys, io, settings, options.config);
    for (const one of given) {
      const [command, value] = OPTION_COMMANDS[one.option] ?? [one.option === "relative" ? "relativeonly" : one.option === "waitRetry" ? "waitretry" : one.option, one.argument ?? "on"];
      if (one.option === "execute") {
        const parsed = parseCommand(value);
        if (parsed === undefined || (parsed.name !== "" && !knownCommand(parsed.name))) io.die(`Invalid --execute command ${io.quote(value)}`, STATUS.parse);
        yield* setOne(io, settings, parsed.name, parsed.value, parsed.name);
      } else yield* setOne(io, settings, command, value, one.name.startsWith("--") ? one.name : longName(one.option, one.name));
    }
    if (options.logfile === undefined && options.appendLog !== undefined) settings.logFile = options.appendLog;
    const problem = yield* inconsistency(io, settings, operands, options.askPassword);
    if (problem !== undefined) return problem;
    if (options.askPassword) {
      const answer = yield* askPassword(sys, `Password for user ‘${settings.user ?? ""}’: `);
      if (answer.kind !== "text") return STATUS.generic;
      settings.password = answer.text;
    }
    const verbose = settings.verbose ?? !settings.quiet;
    if (settings.background) {
      let name = settings.logFile;
      if (name === undefined && !settings.quiet) name = uniqueName(sys, "wget-log");
      const file = name === undefined ? undefined : yield* sys.open(name, O.WRONLY | O.CREAT | (options.appendLog === undefined ? O.TRUNC : O.APPEND), 0o666);
      const child = sys.fork(function* background(own: Sys) {
        own.setsid();
        return yield* download(own, io, settings, operands, verbose, file);
      });
      yield* io.tell(`Continuing in background, pid ${child}.\n`);
      if (settings.logFile === undefined && name !== undefined) yield* io.tell(`Output will be written to ‘${name}’.\n`);
      return 0;
    }
    let file: number | undefined;
    if (settings.logFile !== undefined && settings.logFile !== "-") {
      try {
        file = yield* sys.open(settings.logFile, O.WRONLY | O.CREAT | (options.appendLog === undefined ? O.TRUNC : O.APPEND), 0o666);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`${settings.logFile}: ${error.message}`, STATUS.generic);
      }
    }
    return yield* download(sys, io, settings, operands, verbose, file);
  },
});

/** The long name of an option, for what is wrong with its value. */
const LONG_NAMES: Readonly<Record<string, string>> = { "-T": "--timeout", "-w": "--wait", "-Q": "--quota", "-t": "--tries", "-l": "--level" };
const longName = (_: string, name: string): string => LONG_NAMES[name] ?? name;

function* setOne(io: Io, settings: Settings, command: string, value: string, shown: string): Blocking<void> {
  if (!knownCommand(command)) return;
  try {
    setCommand(settings, command, value);
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    io.die(`${shown}: ${io.utf8 ? error.message : error.message.replace(/[‘’]/g, "'")}`, STATUS.parse);
  }
}

/** /etc/wgetrc, then the caller's own file or what WGETRC or --config names. */
function* readConfiguration(sys: Sys, io: Io, settings: Settings, given: string | undefined): Blocking<void> {
  const named = given ?? sys.environment.get("WGETRC");
  if (named !== undefined && !exists(sys, named)) {
    if (given !== undefined) {
      yield* io.stderr(`Exiting due to error in ${given}\n`);
      throw new Exit(STATUS.parse);
    }
    io.die(`WGETRC points to ${named}, which couldn't be accessed because of error: No such file or directory.`, STATUS.generic);
  }
  const home = sys.environment.get("HOME");
  const own = named ?? (home === undefined ? undefined : `${home}/.wgetrc`);
  for (const file of given === undefined ? ["/etc/wgetrc", own] : [given]) {
    const lines = file === undefined || !exists(sys, file) ? undefined : yield* readTextFile(sys, file);
    for (const [index, line] of (lines?.split("\n") ?? []).entries()) {
      const parsed = parseCommand(line);
      if (parsed === undefined) io.die(`Syntax error in ${file} at line ${index + 1}.`, STATUS.parse);
      if (parsed.name === "") continue;
      if (!knownCommand(parsed.name)) io.die(`Unknown command ${io.quote(parsed.name)} in ${file} at line ${index + 1}.`, STATUS.parse);
      try {
        setCommand(settings, parsed.name, parsed.value);
      } catch (error) {
        if (!(error instanceof WrongValue)) throw error;
        yield* io.stderr(`${io.argv0}: ${parsed.name}: ${error.message}\n`);
        io.die(`Error in ${file} at line ${index + 1}.`, STATUS.parse);
      }
    }
  }
}

/** Options that do not go together, and what is missing: the exit status that follows. */
function* inconsistency(io: Io, settings: Settings, urls: readonly string[], askPassword: boolean): Blocking<number | undefined> {
  if (settings.noClobber && settings.convertLinks) {
    yield* io.stderr("Both --no-clobber and --convert-links were specified, only --convert-links will be used.\n");
    settings.noClobber = false;
  }
  const wrong =
    settings.verbose === true && settings.quiet ? "Can't be verbose and quiet at the same time."
      : settings.timestamping && settings.noClobber ? "Can't timestamp and not clobber old files at the same time."
        : settings.ipv4 && settings.ipv6 ? "Cannot specify both --inet4-only and --inet6-only."
          : undefined;
  if (wrong !== undefined) {
    yield* io.stderr(`${wrong}\n`);
    yield* io.stderr(USAGE);
    return STATUS.generic;
  }
  if (settings.outputDocument !== undefined) {
    if (settings.convertLinks && (urls.length > 1 || settings.pageRequisites || settings.recursive)) {
      yield* io.stderr("Cannot specify both -k or --convert-file-only and -O if multiple URLs are given, or in combination\nwith -p or -r. See the manual for details.\n\n");
      yield* io.stderr(USAGE);
      return STATUS.generic;
    }
    if ((settings.pageRequisites || settings.recursive) && !settings.quiet) yield* io.stderr("WARNING: combining -O with -r or -p will mean that all downloaded content\nwill be placed in the single file you specified.\n\n");
    if (settings.timestamping) {
      if (!settings.quiet) yield* io.stderr("WARNING: timestamping does nothing in combination with -O. See the manual\nfor details.\n\n");
      settings.timestamping = false;
    }
    if (settings.noClobber && exists(io.sys, settings.outputDocument)) {
      if (settings.verbose ?? !settings.quiet) yield* io.stderr(`File ‘${settings.outputDocument}’ already there; not retrieving.\n`);
      return STATUS.generic;
    }
  }
  if (askPassword && settings.password !== undefined) {
    yield* io.stderr("Cannot specify both --ask-password and --password.\n");
    yield* io.stderr(USAGE);
    return STATUS.generic;
  }
  if (settings.startPosition !== undefined && settings.continue) {
    yield* io.stderr("Specifying both --start-pos and --continue is not recommended; --continue will be disabled.\n");
    settings.continue = false;
  }
  if (urls.length === 0 && settings.inputFile === undefined) {
    yield* io.stderr(`${io.argv0}: missing URL\n`);
    yield* io.stderr(TRY);
    return STATUS.generic;
  }
  const posted = settings.postData !== undefined || settings.postFile !== undefined;
  const body = settings.bodyData !== undefined || settings.bodyFile !== undefined;
  const method =
    settings.postData !== undefined && settings.postFile !== undefined ? "You cannot specify both --post-data and --post-file.\n"
      : posted && settings.method !== undefined ? "You cannot use --post-data or --post-file along with --method. --method expects data through --body-data and --body-file options\n"
        : body && settings.method === undefined ? "You must specify a method through --method=HTTPMethod to use with --body-data or --body-file.\n"
          : settings.bodyData !== undefined && settings.bodyFile !== undefined ? "You cannot specify both --body-data and --body-file.\n"
            : undefined;
  if (method === undefined) return undefined;
  yield* io.stderr(method);
  return STATUS.generic;
}

function* download(sys: Sys, io: Io, settings: Settings, operands: readonly string[], verbose: boolean, file: number | undefined): Blocking<number> {
  const zone = yield* readZone(sys);
  const log = new Log(sys, io, zone, { quiet: settings.quiet, verbose, showProgress: settings.showProgress ?? verbose, file });
  const startUs = sys.clockUs("monotonic");
  if (settings.progress?.startsWith("dot:") && !DOT_STYLES.has(settings.progress.slice(4))) yield* log.report(`Invalid dot style specification ‘${settings.progress.slice(4)}’; leaving unchanged.\n`);
  let outputFd: number | undefined;
  if (settings.outputDocument === "-") outputFd = 1;
  else if (settings.outputDocument !== undefined) {
    try {
      outputFd = yield* sys.open(settings.outputDocument, O.WRONLY | O.CREAT | (settings.continue ? O.APPEND : O.TRUNC), 0o666);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`${settings.outputDocument}: ${error.message}\n`);
      return STATUS.generic;
    }
  }
  const http = new HttpClient(log, settings, outputFd);
  const downloads = new Downloads();
  let status = 0;
  // the lowest number that is not 0 wins, 1 last (exits.c)
  const note = (one: number): void => {
    if (one !== 0 && (status === 0 || status === STATUS.generic || (one < status && one !== STATUS.generic))) status = one;
  };
  if (settings.loadCookies !== undefined) http.cookies.load((yield* readTextFile(sys, settings.loadCookies)) ?? "");
  if (settings.pageRequisites && !settings.recursive) {
    settings.level = 0;
    if (!settings.noDirectories) settings.directories = true;
  }
  const recursion = settings.recursive || settings.pageRequisites ? new Recursion(log, settings, http, downloads) : undefined;
  function* one(url: WgetUrl): Blocking<void> {
    if (recursion !== undefined && url.scheme.startsWith("http")) return yield* recursion.run(url, note);
    const got = yield* http.retrieve(url, undefined);
    note(got.status);
    if (got.status !== 0 || got.file === undefined) return;
    downloads.add((got.redirected ?? url).text, got.file);
    if (got.html || got.css) downloads.addPage((got.redirected ?? url).text, got.file, !got.html);
    if (settings.deleteAfter && exists(sys, got.file)) {
      yield* log.say(`Removing ${got.file}.\n`);
      sys.unlink(got.file);
    }
  }
  for (const given of operands) {
    const whole = withScheme(given);
    const url = given === "" ? { error: "Invalid host name" } : parseWgetUrl(whole ?? given);
    if ("error" in url) {
      yield* log.report(`${given === "" ? "http://" : (whole ?? given)}: ${url.error}.\n`);
      note(STATUS.generic);
    } else yield* one(url);
  }
  if (settings.inputFile !== undefined) {
    const urls = yield* urlsOfInput(sys, io, log, settings, settings.inputFile);
    if (urls.length === 0) yield* log.report(`No URLs found in ${settings.inputFile}.\n`);
    for (const url of urls) {
      if (settings.quota > 0 && http.bytes > settings.quota) break;
      yield* one(url);
    }
  }
  http.end();
  if (settings.recursive && settings.spider) {
    yield* log.report(http.broken.size === 0 ? "Found no broken links.\n\n" : `Found ${http.broken.size} broken link${http.broken.size === 1 ? "" : "s"}.\n\n`);
    if (http.broken.size > 0) yield* log.report(`${[...http.broken].map((url) => `${url}\n`).join("")}\n`);
  }
  if ((recursion !== undefined || operands.length > 1 || settings.inputFile !== undefined) && http.bytes > 0) {
    yield* log.report(`FINISHED --${log.now}--\n`);
    yield* log.report(`Total wall clock time: ${secondsText(sys.clockUs("monotonic") - startUs)}\n`);
    yield* log.report(`Downloaded: ${http.files} files, ${readableSize(http.bytes, 10, 1)} in ${secondsText(http.tookUs)} (${speed(http.bytes, http.tookUs)})\n`);
    if (settings.quota > 0 && http.bytes > settings.quota) yield* log.report(`Download quota of ${readableSize(settings.quota, 10, 1)} EXCEEDED!\n`);
  }
  if (settings.saveCookies !== undefined) {
    const jar = yield* sys.open(settings.saveCookies, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    yield* sys.write(jar, encode(http.cookies.file(settings.keepSessionCookies, log.now)));
    sys.close(jar);
  }
  if (settings.convertLinks && !settings.deleteAfter) yield* convertLinks(sys, log, downloads, settings.backupConverted);
  return status;
}

function* urlsOfInput(sys: Sys, io: Io, log: Log, settings: Settings, name: string): Blocking<readonly WgetUrl[]> {
  const lines: string[] = [];
  if (name === "-") {
    for (let more = yield* io.stdin.lines(); more.length > 0; more = yield* io.stdin.lines()) lines.push(...more);
  } else {
    const given = yield* readTextFile(sys, name);
    if (given === undefined) {
      yield* log.report(`${name}: No such file or directory\n`);
      return [];
    }
    lines.push(...given.split("\n"));
  }
  const targets = settings.forceHtml ? htmlLinks(lines.join("\n")).links.map((link) => link.target) : lines.map((line) => line.trim()).filter((line) => line !== "");
  const found: WgetUrl[] = [];
  for (const target of targets) {
    const merged = settings.base === undefined ? target : mergeUrl(settings.base, target);
    const whole = withScheme(merged) ?? merged;
    const url = parseWgetUrl(whole);
    if (!("error" in url)) found.push(url);
    else if (!settings.forceHtml) yield* log.report(`${name}: Invalid URL ${whole}: ${url.error}\n`);
  }
  return found;
}
