// curl's command line (curl(1)): options with and without arguments, clusters of short ones, --no-OPTION.

export class CurlUsage extends Error {}

export interface CurlOptions {
  readonly urls: string[];
  silent: boolean;
  showError: boolean;
  fail: boolean;
  include: boolean;
  head: boolean;
  follow: boolean;
  verbose: boolean;
  readonly outputs: string[];
  remoteNames: boolean;
  method: string | undefined;
  readonly headers: string[];
  readonly data: { readonly text: string; readonly raw: boolean }[];
  json: boolean;
  upload: string | undefined;
  user: string | undefined;
  userAgent: string | undefined;
  referer: string | undefined;
  cookie: string | undefined;
  writeOut: string | undefined;
  maxSeconds: number | undefined;
  connectTimeoutSeconds: number | undefined;
  retry: number;
  retryRefused: boolean;
  retryDelaySeconds: number | undefined;
  unixSocket: string | undefined;
  readonly resolve: string[];
  ipv4: boolean;
  dumpHeader: string | undefined;
  progressBar: boolean;
  maxRedirects: number;
  version: boolean;
  help: boolean;
}

/** short and long names; "a" takes an argument */
const OPTIONS: readonly (readonly [short: string, long: string, argument: "a" | ""])[] = [
  ["s", "silent", ""], ["S", "show-error", ""], ["f", "fail", ""], ["i", "include", ""], ["I", "head", ""], ["L", "location", ""], ["v", "verbose", ""], ["o", "output", "a"], ["O", "remote-name", ""], ["X", "request", "a"], ["H", "header", "a"], ["d", "data", "a"], ["", "data-raw", "a"], ["", "data-binary", "a"], ["", "data-urlencode", "a"], ["", "json", "a"],
  ["T", "upload-file", "a"], ["u", "user", "a"], ["A", "user-agent", "a"], ["e", "referer", "a"], ["b", "cookie", "a"], ["c", "cookie-jar", "a"], ["w", "write-out", "a"], ["m", "max-time", "a"], ["", "connect-timeout", "a"], ["", "retry", "a"], ["", "retry-connrefused", ""], ["", "retry-delay", "a"], ["", "retry-max-time", "a"], ["", "retry-all-errors", ""],
  ["", "unix-socket", "a"], ["", "resolve", "a"], ["4", "ipv4", ""], ["6", "ipv6", ""], ["k", "insecure", ""], ["g", "globoff", ""], ["G", "get", ""], ["N", "no-buffer", ""], ["D", "dump-header", "a"], ["#", "progress-bar", ""], ["", "max-redirs", "a"], ["V", "version", ""], ["h", "help", ""], ["", "compressed", ""], ["", "url", "a"], ["", "create-dirs", ""], ["C", "continue-at", "a"],
  ["x", "proxy", "a"], ["", "noproxy", "a"], ["", "cacert", "a"], ["E", "cert", "a"], ["", "key", "a"], ["", "tlsv1.2", ""], ["", "proto", "a"], ["0", "http1.0", ""], ["", "http1.1", ""], ["", "http2", ""], ["", "interface", "a"], ["F", "form", "a"], ["", "limit-rate", "a"], ["q", "disable", ""], ["", "fail-with-body", ""], ["J", "remote-header-name", ""], ["", "no-progress-meter", ""], ["R", "remote-time", ""], ["z", "time-cond", "a"], ["", "output-dir", "a"], ["r", "range", "a"],
];

export function parseCurl(args: readonly string[]): CurlOptions {
  const options: CurlOptions = {
    urls: [], silent: false, showError: false, fail: false, include: false, head: false, follow: false, verbose: false, outputs: [], remoteNames: false, method: undefined, headers: [], data: [], json: false, upload: undefined, user: undefined, userAgent: undefined, referer: undefined, cookie: undefined,
    writeOut: undefined, maxSeconds: undefined, connectTimeoutSeconds: undefined, retry: 0, retryRefused: false, retryDelaySeconds: undefined, unixSocket: undefined, resolve: [], ipv4: false, dumpHeader: undefined, progressBar: false, maxRedirects: 50, version: false, help: false,
  };
  let asQuery = false;
  const number = (name: string, value: string): number => {
    if (!/^\d*\.?\d+$/.test(value)) throw new CurlUsage(`option ${name}: expected a proper numerical parameter`);
    return Number(value);
  };
  const apply = (long: string, shown: string, value: string): void => {
    switch (long) {
      case "silent": options.silent = true; break;
      case "no-progress-meter": options.progressBar = true; break;
      case "show-error": options.showError = true; break;
      case "fail": case "fail-with-body": options.fail = true; break;
      case "include": options.include = true; break;
      case "head": options.head = true; break;
      case "location": options.follow = true; break;
      case "verbose": options.verbose = true; break;
      case "output": options.outputs.push(value); break;
      case "remote-name": options.remoteNames = true; break;
      case "request": options.method = value; break;
      case "header": options.headers.push(value); break;
      case "data": case "data-binary": options.data.push({ text: value, raw: false }); break;
      case "data-raw": options.data.push({ text: value, raw: true }); break;
      case "data-urlencode": options.data.push({ text: value.replace(/[^A-Za-z0-9._~=-]/g, (char) => encodeURIComponent(char)), raw: true }); break;
      case "json":
        options.data.push({ text: value, raw: false });
        options.json = true;
        options.headers.push("Accept: application/json");
        break;
      case "form": options.data.push({ text: value, raw: true }); break;
      case "upload-file": options.upload = value; break;
      case "user": options.user = value; break;
      case "user-agent": options.userAgent = value; break;
      case "referer": options.referer = value; break;
      case "cookie": options.cookie = value; break;
      case "write-out": options.writeOut = value; break;
      case "max-time": options.maxSeconds = number(shown, value); break;
      case "connect-timeout": options.connectTimeoutSeconds = number(shown, value); break;
      case "retry": options.retry = number(shown, value); break;
      case "retry-connrefused": case "retry-all-errors": options.retryRefused = true; break;
      case "retry-delay": options.retryDelaySeconds = number(shown, value); break;
      case "unix-socket": options.unixSocket = value; break;
      case "resolve": options.resolve.push(value); break;
      case "ipv4": options.ipv4 = true; break;
      case "dump-header": options.dumpHeader = value; break;
      case "progress-bar": options.progressBar = true; break;
      case "max-redirs": options.maxRedirects = number(shown, value); break;
      case "version": options.version = true; break;
      case "help": options.help = true; break;
      case "url": options.urls.push(value); break;
      case "get": asQuery = true; break;
      default:
    }
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg.startsWith("--") && arg.length > 2) {
      const name = arg.slice(2);
      const candidates = OPTIONS.filter(([, long]) => long === name);
      const found = candidates[0] ?? OPTIONS.find(([, long]) => long === name.replace(/^no-/, "")) ?? unique(name);
      if (!found) throw new CurlUsage(`option ${arg}: is unknown`);
      if (found[2] === "a") {
        const value = args[++at];
        if (value === undefined) throw new CurlUsage(`option ${arg}: requires parameter`);
        apply(found[1], arg, value);
      } else if (!name.startsWith("no-") || found[1] === name) apply(found[1], arg, "");
      continue;
    }
    if (arg.startsWith("-") && arg.length > 1) {
      for (let i = 1; i < arg.length; i++) {
        const letter = arg[i] ?? "";
        const found = OPTIONS.find(([short]) => short === letter);
        if (!found) throw new CurlUsage(`option -${arg.slice(1)}: is unknown`);
        if (found[2] !== "a") {
          apply(found[1], `-${letter}`, "");
          continue;
        }
        const value = i + 1 < arg.length ? arg.slice(i + 1) : args[++at];
        if (value === undefined) throw new CurlUsage(`option -${letter}: requires parameter`);
        apply(found[1], `-${letter}`, value);
        break;
      }
      continue;
    }
    options.urls.push(arg);
  }
  if (asQuery && options.data.length > 0) {
    const query = options.data.map((piece) => piece.text).join("&");
    options.data.length = 0;
    for (const [index, url] of options.urls.entries()) options.urls[index] = `${url}${url.includes("?") ? "&" : "?"}${query}`;
  }
  return options;
}

function unique(name: string): (typeof OPTIONS)[number] | undefined {
  const found = OPTIONS.filter(([, long]) => long.startsWith(name));
  return found.length === 1 ? found[0] : undefined;
}
