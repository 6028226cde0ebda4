// apache2 (httpd in images): serves files by HTTP. A master, and workers that take connections in threads (mpm_event).
// (More than 400 lines: the server's configuration and its answers share their words.)
import { type Blocking, O, S, SIGNALS, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { reapChildren } from "../kit/reap-children.ts";
import { HttpBody, HttpReader, headerOf, sendText, writeAll } from "../kit/http-message.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { type Configuration, ConfigurationError, type Host, readConfiguration } from "./_configuration.ts";

const RELEASE = "2.4.71";
const REASONS = new Map([[200, "OK"], [301, "Moved Permanently"], [302, "Found"], [304, "Not Modified"], [400, "Bad Request"], [403, "Forbidden"], [404, "Not Found"], [405, "Method Not Allowed"], [500, "Internal Server Error"]]);
const SENTENCES = new Map([[301, "The document has moved <a href=\"URL\">here</a>."], [302, "The document has moved <a href=\"URL\">here</a>."], [400, "Your browser sent a request that this server could not understand.<br />"], [403, "You don't have permission to access this resource."], [404, "The requested URL was not found on this server."], [405, "The requested method METHOD is not allowed for this URL."]]);
const TYPES = new Map([["html", "text/html"], ["htm", "text/html"], ["css", "text/css"], ["js", "text/javascript"], ["json", "application/json"], ["txt", "text/plain"], ["xml", "application/xml"], ["png", "image/png"], ["jpg", "image/jpeg"], ["jpeg", "image/jpeg"], ["gif", "image/gif"], ["svg", "image/svg+xml"], ["ico", "image/vnd.microsoft.icon"], ["pdf", "application/pdf"], ["gz", "application/x-gzip"], ["tar", "application/x-tar"]]);

interface Layout {
  /** as it calls itself: httpd, apache2 */
  readonly name: string;
  readonly product: string;
  readonly root: string;
  readonly file: string;
  readonly logs: string;
}

const layoutOf = (name: string): Layout => name === "httpd"
  ? { name, product: `Apache/${RELEASE} (Unix)`, root: "/usr/local/apache2", file: "/usr/local/apache2/conf/httpd.conf", logs: "/usr/local/apache2/logs" }
  : { name: "apache2", product: `Apache/${RELEASE} (Debian)`, root: "/etc/apache2", file: "/etc/apache2/apache2.conf", logs: "/var/log/apache2" };

const httpDate = (us: number): string => strftime("%a, %d %b %Y %H:%M:%S GMT", civilAt(UTC, Math.floor(us / 1e6)));

/** "[Sat Nov 21 21:10:00.123456 2026] [core:notice] [pid 1:tid 1] AH00094: …" */
const logLine = (sys: Sys, kind: string, message: string): string => {
  const us = sys.clockUs("realtime");
  const civil = civilAt(UTC, Math.floor(us / 1e6));
  return `[${strftime("%a %b %d %H:%M:%S", civil)}.${String(us % 1e6).padStart(6, "0")} ${strftime("%Y", civil)}] [${kind}] [pid ${sys.getpid()}:tid ${sys.getpid()}] ${message}\n`;
};

function* append(sys: Sys, path: string, line: string): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.APPEND, 0o644);
    yield* sys.write(fd, encode(line));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

const USAGE = (name: string): string => `Usage: ${name} [-D name] [-d directory] [-f file]\n               [-C "directive"] [-c "directive"]\n               [-k start|restart|graceful|graceful-stop|stop]\n               [-v] [-V] [-h] [-l] [-L] [-t] [-T] [-S] [-X]\n`;

export default program(
  { name: "apache2", path: "/usr/sbin/apache2", manSection: 8, summary: "Apache Hypertext Transfer Protocol Server", synopsis: ["[-D parameter] [-d directory] [-f config] [-k start|restart|graceful|stop|graceful-stop] [-v] [-V] [-S] [-t]"], options: [text(["-D"], "parameter", "define a name; FOREGROUND stays in the foreground"), text(["-d"], "directory", "another ServerRoot"), text(["-f"], "config", "another configuration file"), text(["-k"], "action", "start, restart, graceful, stop or graceful-stop"), flag(["-t"], "run a syntax check"), flag(["-S"], "show the virtual hosts"), flag(["-v"], "version"), flag(["-X"], "one worker in the foreground")] },
  function* (sys, argv, io: Io) {
    const layout = layoutOf((argv[0] ?? "apache2").split("/").at(-1) === "httpd" ? "httpd" : "apache2");
    let { root, file } = layout;
    let foreground = false;
    let test = false;
    let show = false;
    let action = "start";
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      const value = (): string => (word.length > 2 ? word.slice(2) : (argv[++at] ?? ""));
      if (word.startsWith("-D")) foreground = value() === "FOREGROUND" || foreground;
      else if (word === "-X") foreground = true;
      else if (word.startsWith("-d")) root = value();
      else if (word.startsWith("-f")) file = value();
      else if (word.startsWith("-k")) action = value();
      else if (word.startsWith("-c") || word.startsWith("-C") || word.startsWith("-e") || word.startsWith("-E")) value();
      else if (word === "-t") test = true;
      else if (word === "-S") show = true;
      else if (word === "-v" || word === "-V") {
        io.out.put(`Server version: ${layout.product}\nServer built:   2026-10-02T11:14:03\n`);
        return 0;
      } else {
        yield* io.stderr(USAGE(layout.name));
        return 1;
      }
    }
    let configuration: Configuration;
    try {
      configuration = yield* readConfiguration(sys, file.startsWith("/") ? file : `${root}/${file}`, root);
      if (configuration.listens.length === 0) throw new ConfigurationError("no listening sockets available, shutting down\nAH00015: Unable to open logs");
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      yield* io.stderr(`${error.message}\n`);
      return 1;
    }
    if (configuration.main.serverName === undefined) {
      const address = sys.rtnetlink({ op: "address-list" }).find((one) => one.family === "inet" && one.scope === "global")?.address ?? "127.0.1.1";
      yield* io.stderr(`AH00558: ${layout.name}: Could not reliably determine the server's fully qualified domain name, using ${layout.name === "httpd" ? address : "127.0.1.1"}. Set the 'ServerName' directive globally to suppress this message\n`);
    }
    if (test) {
      yield* io.stderr("Syntax OK\n");
      return 0;
    }
    if (show) {
      io.out.put(`VirtualHost configuration:\n${configuration.hosts.map((host) => `*:${String(host.port).padEnd(22)} ${host.serverName ?? "localhost"} (${host.place})\n`).join("")}ServerRoot: "${configuration.root}"\nMain DocumentRoot: "${configuration.main.documentRoot ?? "/var/www/html"}"\nMain ErrorLog: "${configuration.main.errorLog ?? `${layout.logs}/error.log`}"\nPidFile: "${configuration.pidFile ?? "/run/apache2/apache2.pid"}"\n`);
      return 0;
    }
    const pidFile = configuration.pidFile ?? (layout.name === "httpd" ? `${layout.logs}/httpd.pid` : "/run/apache2/apache2.pid");
    const running = Number((yield* readTextFile(sys, pidFile)) ?? "");
    const alive = running > 0 && isAlive(sys, running);
    if (action !== "start") {
      const signal = new Map<string, number>([["stop", SIGNALS.TERM], ["graceful-stop", SIGNALS.WINCH], ["restart", SIGNALS.HUP], ["graceful", SIGNALS.USR1]]).get(action);
      if (signal === undefined) {
        yield* io.stderr(USAGE(layout.name));
        return 1;
      }
      if (alive) {
        sys.kill(running, signal);
        return 0;
      }
      if (action === "stop" || action === "graceful-stop") {
        yield* io.stderr(`${layout.name} (${running > 0 ? `pid ${running}?` : "no pid file"}) not running\n`);
        return 0;
      }
      yield* io.stderr(`${layout.name} not running, trying to start\n`);
    } else if (alive && !foreground) {
      io.out.put(`${layout.name} (pid ${running}) already running\n`);
      return 0;
    }
    const listeners: number[] = [];
    for (const { address, port } of configuration.listens) {
      for (const one of address === undefined ? ["::", "0.0.0.0"] : [address]) {
        const family = one.includes(":") ? "inet6" : "inet";
        try {
          const fd = sys.socket(family, "stream");
          sys.setsockopt(fd, "reuseaddr", 1);
          if (family === "inet6") sys.setsockopt(fd, "v6only", 1);
          sys.bind(fd, { family, address: one, port });
          sys.listen(fd, 511);
          listeners.push(fd);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (family === "inet6" && address === undefined && error.errno !== "EADDRINUSE" && error.errno !== "EACCES") continue;
          yield* io.stderr(`(${error.errno === "EACCES" ? 13 : 98})${error.message}: AH00072: make_sock: could not bind to address ${family === "inet6" ? `[${one}]` : one}:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`);
          return 1;
        }
      }
    }
    const master = (self: Sys): Blocking<number> => runMaster(self, layout, configuration, pidFile, listeners, argv);
    if (foreground) return yield* master(sys);
    sys.fork(function* (child) {
      child.setsid();
      return yield* master(child);
    });
    return 0;
  },
);

function isAlive(sys: Sys, pid: number): boolean {
  try {
    sys.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof SysError) return error.errno === "EPERM";
    throw error;
  }
}

function* runMaster(sys: Sys, layout: Layout, configuration: Configuration, pidFile: string, listeners: readonly number[], argv: readonly string[]): Blocking<number> {
  try {
    sys.mkdir(pidFile.slice(0, pidFile.lastIndexOf("/")));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  try {
    const fd = yield* sys.open(pidFile, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, encode(`${sys.getpid()}\n`));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const errorLog = configuration.main.errorLog ?? `${layout.logs}/${layout.name === "httpd" ? "error_log" : "error.log"}`;
  yield* append(sys, errorLog, logLine(sys, "mpm_event:notice", `AH00489: ${layout.product} configured -- resuming normal operations`));
  yield* append(sys, errorLog, logLine(sys, "core:notice", `AH00094: Command line: '${[layout.name, ...argv.slice(1)].join(" ").replace(/-DFOREGROUND/, "-D FOREGROUND")}'`));
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP, SIGNALS.USR1, SIGNALS.WINCH, SIGNALS.CHLD]) sys.sigaction(signal, "catch");
  const account = (yield* Accounts.read(sys)).userByName(configuration.user ?? "www-data");
  const workers = new Set<number>();
  const start = (): void => {
    while (workers.size < 2) workers.add(sys.fork((child) => runWorker(child, layout, configuration, listeners, account, argv)));
  };
  start();
  for (;;) {
    yield* sys.pause();
    for (const signal of sys.takeSignals()) {
      if (signal === SIGNALS.CHLD) {
        for (const pid of yield* reapChildren(sys)) workers.delete(pid);
        start();
        continue;
      }
      if (signal === SIGNALS.HUP || signal === SIGNALS.USR1) {
        yield* append(sys, errorLog, logLine(sys, "mpm_event:notice", signal === SIGNALS.HUP ? "AH00494: SIGHUP received.  Attempting to restart" : "AH00493: SIGUSR1 received.  Doing graceful restart"));
        try {
          configuration = yield* readConfiguration(sys, layout.file, configuration.root);
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          yield* append(sys, errorLog, `${error.message}\n`);
          return 1;
        }
        stop(sys, workers);
        workers.clear();
        start();
        yield* append(sys, errorLog, logLine(sys, "mpm_event:notice", `AH00489: ${layout.product} configured -- resuming normal operations`));
        continue;
      }
      stop(sys, workers);
      yield* append(sys, errorLog, logLine(sys, "mpm_event:notice", signal === SIGNALS.WINCH ? "AH00492: caught SIGWINCH, shutting down gracefully" : "AH00491: caught SIGTERM, shutting down"));
      try {
        sys.unlink(pidFile);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      return 0;
    }
  }
}

function stop(sys: Sys, workers: ReadonlySet<number>): void {
  for (const pid of workers) {
    try {
      sys.kill(pid, SIGNALS.TERM);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

function* runWorker(sys: Sys, layout: Layout, configuration: Configuration, listeners: readonly number[], account: { readonly uid: number; readonly gid: number } | undefined, argv: readonly string[]): Blocking<number> {
  sys.setTitle(layout.name, [...argv]);
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP, SIGNALS.USR1, SIGNALS.WINCH, SIGNALS.CHLD]) sys.sigaction(signal, "default");
  sys.sigaction(SIGNALS.WINCH, "ignore");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  // logs are opened as root: the worker itself may not
  const logs = new Map<string, number>();
  for (const host of [configuration.main, ...configuration.hosts]) {
    for (const path of [host.accessLog, host.errorLog ?? `${layout.logs}/error.log`]) {
      if (path === undefined || logs.has(path)) continue;
      try {
        logs.set(path, yield* sys.open(path, O.WRONLY | O.APPEND | O.CREAT, 0o644));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }
  if (account !== undefined && sys.getcred().euid === 0) {
    sys.setgroups([]);
    sys.setgid(account.gid);
    sys.setuid(account.uid);
  }
  for (const fd of listeners) sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
  for (;;) {
    for (const { fd: listener } of yield* sys.poll(listeners.map((fd) => ({ fd, events: 1 })), null)) {
      let fd: number;
      try {
        ({ fd } = yield* sys.accept(listener));
      } catch (error) {
        if (error instanceof SysError && (error.errno === "EAGAIN" || error.errno === "ECONNABORTED")) continue;
        throw error;
      }
      sys.fork(function* (thread) {
        try {
          yield* serve(thread, fd, layout, configuration, logs);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        } finally {
          thread.close(fd);
        }
        return 0;
      }, { thread: true });
    }
  }
}

function chooseHost(configuration: Configuration, port: number, name: string): Host {
  const candidates = configuration.hosts.filter((host) => host.port === 0 || host.port === port);
  const wanted = name.replace(/:\d+$/, "").toLowerCase();
  return candidates.find((host) => host.serverName === wanted || host.aliases.includes(wanted)) ?? candidates[0] ?? configuration.main;
}

/** Without "." and ".."; undefined when it leads out. */
function cleanPath(target: string): string | undefined {
  const bytes: number[] = [];
  const plain = target.split(/[?#]/)[0] ?? "/";
  for (let at = 0; at < plain.length; at++) {
    const code = plain[at] === "%" ? Number.parseInt(plain.slice(at + 1, at + 3), 16) : Number.NaN;
    if (Number.isNaN(code)) bytes.push(plain.charCodeAt(at) & 255);
    else {
      bytes.push(code);
      at += 2;
    }
  }
  const text = decode(Uint8Array.from(bytes));
  const parts: string[] = [];
  for (const part of text.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.pop() === undefined) return undefined;
    if (part !== "..") parts.push(part);
  }
  return `/${parts.join("/")}${text.endsWith("/") && parts.length > 0 ? "/" : ""}`;
}

function* serve(sys: Sys, fd: number, layout: Layout, configuration: Configuration, logs: ReadonlyMap<string, number>): Blocking<void> {
  const reader = new HttpReader(sys, fd);
  const peer = sys.getpeername(fd);
  const local = sys.getsockname(fd);
  const remote = peer.family === "unix" ? "-" : peer.address;
  const port = local.family === "unix" ? 80 : local.port;
  sys.setsockopt(fd, "rcvtimeo", 5_000_000);
  for (;;) {
    const head = yield* reader.head();
    if (head === undefined) return;
    const [method = "", target = "/", version = ""] = head.startLine.split(" ");
    const body = new HttpBody(reader, head, { request: true });
    for (let part = yield* body.read(); part.length > 0; ) part = yield* body.read();
    const name = headerOf(head, "Host") ?? "";
    const host = chooseHost(configuration, port, name);
    const main = configuration.main;
    const keep = version === "HTTP/1.1" && !/close/i.test(headerOf(head, "Connection") ?? "");
    let status = 200;
    let type = "text/html; charset=iso-8859-1";
    let content: Uint8Array = new Uint8Array(0);
    const extra: string[] = [];
    const fail = function* (code: number, location?: string): Blocking<void> {
      status = code;
      if (location !== undefined) extra.push(`Location: ${location}`);
      const custom = host.errorDocuments.get(code) ?? main.errorDocuments.get(code);
      const page = custom?.startsWith("/") ? yield* readTextFile(sys, `${host.documentRoot ?? main.documentRoot ?? ""}${custom}`) : custom;
      const signature = layout.name === "httpd" ? "" : `<hr>\n<address>${layout.product} Server at ${name.replace(/:\d+$/, "") || "localhost"} Port ${port}</address>\n`;
      content = encode(page ?? `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${code} ${REASONS.get(code) ?? ""}</title>\n</head><body>\n<h1>${REASONS.get(code) ?? ""}</h1>\n<p>${(location === undefined ? (SENTENCES.get(code) ?? "") : (SENTENCES.get(code) ?? "").replace("URL", location)).replace("METHOD", method)}</p>\n${signature}</body></html>\n`);
    };
    const path = cleanPath(target);
    const redirect = path === undefined ? undefined : [...host.redirects, ...main.redirects].find(([from]) => path === from || path.startsWith(from.endsWith("/") ? from : `${from}/`));
    if (path === undefined || !/^HTTP\/1\.[01]$/.test(version)) yield* fail(400);
    else if (redirect !== undefined) yield* fail(redirect[2], redirect[1] + path.slice(redirect[0].length));
    else if (method !== "GET" && method !== "HEAD" && method !== "POST" && method !== "OPTIONS") yield* fail(405);
    else {
      const alias = [...host.paths, ...main.paths].find(([from]) => path === from || path.startsWith(from.endsWith("/") ? from : `${from}/`));
      let fileName = alias !== undefined ? alias[1] + path.slice(alias[0].length) : `${host.documentRoot ?? main.documentRoot ?? ""}${path}`;
      try {
        let stat = sys.stat(fileName);
        if ((stat.mode & S.IFMT) === S.IFDIR) {
          if (!path.endsWith("/")) throw new Redirect(`http://${name}${path}/`);
          const index = (host.directoryIndex ?? main.directoryIndex ?? ["index.html"]).find((one) => isFile(sys, `${fileName}${one}`));
          if (index !== undefined) {
            fileName += index;
            stat = sys.stat(fileName);
          } else {
            type = "text/html;charset=UTF-8";
            content = encode(listing(sys, path, fileName));
          }
        }
        if ((stat.mode & S.IFMT) !== S.IFDIR) {
          const file = yield* sys.open(fileName, O.RDONLY);
          try {
            const bytes = new Uint8Array(stat.sizeBytes);
            let at = 0;
            while (at < bytes.length) {
              const part = yield* sys.read(file, bytes.length - at);
              if (part.length === 0) break;
              bytes.set(part, at);
              at += part.length;
            }
            content = bytes.subarray(0, at);
          } finally {
            sys.close(file);
          }
          const tag = `"${stat.sizeBytes.toString(16)}-${Math.floor(stat.mtimeUs).toString(16)}"`;
          extra.push(`Last-Modified: ${httpDate(stat.mtimeUs)}`, `ETag: ${tag}`, "Accept-Ranges: bytes");
          type = TYPES.get(fileName.split(".").at(-1) ?? "") ?? "";
          if (headerOf(head, "If-None-Match") === tag) {
            status = 304;
            content = new Uint8Array(0);
          }
        }
      } catch (error) {
        if (error instanceof Redirect) yield* fail(301, error.message);
        else if (error instanceof SysError) {
          const denied = error.errno === "EACCES";
          if (denied) {
            const log = logs.get(host.errorLog ?? main.errorLog ?? `${layout.logs}/error.log`);
            if (log !== undefined) yield* sys.write(log, encode(logLine(sys, "core:error", `(13)Permission denied: [client ${remote}:${peer.family === "unix" ? 0 : peer.port}] AH00132: file permissions deny server access: ${fileName}`)));
          }
          yield* fail(denied ? 403 : 404);
        } else throw error;
      }
    }
    const lines = [`HTTP/1.1 ${status} ${REASONS.get(status) ?? ""}`, `Date: ${httpDate(sys.clockUs("realtime"))}`, `Server: ${layout.product}`, ...extra, ...(status === 304 ? [] : [`Content-Length: ${content.length}`]), ...(keep ? [] : ["Connection: close"]), ...(status === 304 || type === "" ? [] : [`Content-Type: ${type}`])];
    yield* sendText(sys, fd, `${lines.join("\r\n")}\r\n\r\n`);
    if (method !== "HEAD" && content.length > 0) yield* writeAll(sys, fd, content);
    const log = logs.get(host.accessLog ?? main.accessLog ?? "");
    if (log !== undefined) {
      const when = strftime("%d/%b/%Y:%H:%M:%S %z", civilAt(UTC, Math.floor(sys.clockUs("realtime") / 1e6)));
      const tail = (host.accessLog === undefined ? main : host).accessFormat === "combined" ? ` "${headerOf(head, "Referer") ?? "-"}" "${headerOf(head, "User-Agent") ?? "-"}"` : "";
      yield* sys.write(log, encode(`${remote} - - [${when}] "${head.startLine}" ${status} ${content.length === 0 ? "-" : content.length}${tail}\n`));
    }
    if (!keep) return;
  }
}

class Redirect extends Error {}

function isFile(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFREG;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function listing(sys: Sys, uri: string, directory: string): string {
  const rows = sys.readdir(directory).filter((entry) => !entry.name.startsWith(".")).map((entry) => (entry.type === S.IFDIR ? `${entry.name}/` : entry.name)).sort().map((name) => `<li><a href="${name}"> ${name}</a></li>\n`);
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>Index of ${uri.replace(/(.)\/$/, "$1")}</title>\n </head>\n <body>\n<h1>Index of ${uri.replace(/(.)\/$/, "$1")}</h1>\n<ul>${uri === "/" ? "" : '<li><a href="/"> Parent Directory</a></li>\n'}${rows.join("")}</ul>\n</body></html>\n`;
}
