import { type Blocking, O, SIGNALS, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { reapChildren } from "../kit/reap-children.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { type Configuration, ConfigurationError, find, interpret, parseDirectives, readDirectives } from "./_configuration.ts";
import { serveConnection } from "./_serve.ts";

interface Options {
  configuration: string;
  test: boolean;
  quiet: boolean;
  signal: string | undefined;
  directives: string;
}

const stamp = (sys: Sys): string => strftime("%Y/%m/%d %H:%M:%S", civilAt(UTC, Math.floor(sys.clockUs("realtime") / 1e6)));

export default program(
  {
    name: "nginx", path: "/usr/sbin/nginx", manSection: 8, summary: "web server and reverse proxy", synopsis: ["[-?hvVtTq] [-s signal] [-p prefix] [-e filename] [-c filename] [-g directives]"],
    options: [flag(["-t"], "only read the configuration and report errors"), flag(["-q"], "with -t, nothing but errors"), flag(["-v"], "show the version"), flag(["-V"], "show the version and how nginx was built"), flag(["-T"], "as -t, and print the whole configuration"), text(["-s"], "signal", "tell the running nginx: stop, quit, reopen or reload"), text(["-c"], "filename", "another configuration file"), text(["-g"], "directives", "directives to read before the file")],
  },
  function* (sys, argv, io: Io) {
    const options: Options = { configuration: "/etc/nginx/nginx.conf", test: false, quiet: false, signal: undefined, directives: "" };
    for (let at = 1; at < argv.length; at++) {
      const arg = argv[at] ?? "";
      if (!arg.startsWith("-")) {
        yield* io.stderr(`nginx: invalid option: "${arg}"\n`);
        return 1;
      }
      for (let i = 1; i < arg.length; i++) {
        const letter = arg[i] ?? "";
        const value = (): string => {
          const rest = arg.slice(i + 1);
          i = arg.length;
          return rest !== "" ? rest : (argv[++at] ?? "");
        };
        if (letter === "t" || letter === "T") options.test = true;
        else if (letter === "q") options.quiet = true;
        else if (letter === "c") options.configuration = value();
        else if (letter === "g") options.directives = value();
        else if (letter === "s") options.signal = value();
        else if (letter === "p" || letter === "e") value();
        else if (letter === "v" || letter === "V") {
          yield* io.stderr("nginx version: nginx/1.22.1\n");
          return 0;
        } else if (letter === "h" || letter === "?") {
          yield* io.stderr("nginx version: nginx/1.22.1\nUsage: nginx [-?hvVtTq] [-s signal] [-p prefix]\n             [-e filename] [-c filename] [-g directives]\n");
          return 0;
        } else {
          yield* io.stderr(`nginx: invalid option: "${letter}"\n`);
          return 1;
        }
      }
    }
    const emergency = function* (message: string): Blocking<number> {
      yield* io.stderr(`nginx: [emerg] ${message}\n`);
      return 1;
    };
    const load = function* (): Blocking<Configuration> {
      const extra = options.directives === "" ? [] : parseDirectives(options.directives, "command line");
      const cpus = [...((yield* readTextFile(sys, "/proc/cpuinfo")) ?? "").matchAll(/^processor/gm)].length || 1;
      return interpret([...(yield* readDirectives(sys, options.configuration)), ...extra], cpus);
    };
    let configuration: Configuration;
    try {
      configuration = yield* load();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      const status = yield* emergency(error.message);
      if (options.test) yield* io.stderr(`nginx: configuration file ${options.configuration} test failed\n`);
      return status;
    }
    if (options.test) {
      if (!options.quiet) yield* io.stderr(`nginx: the configuration file ${options.configuration} syntax is ok\nnginx: configuration file ${options.configuration} test is successful\n`);
      return 0;
    }
    const pidFile = find([configuration.main], "pid")?.[0] ?? "/run/nginx.pid";
    if (options.signal !== undefined) {
      const signals = new Map<string, number>([["stop", SIGNALS.TERM], ["quit", SIGNALS.QUIT], ["reload", SIGNALS.HUP], ["reopen", SIGNALS.USR1]]);
      const signal = signals.get(options.signal);
      if (signal === undefined) {
        yield* io.stderr(`nginx: invalid option: "-s ${options.signal}"\n`);
        return 1;
      }
      const pid = Number((yield* readTextFile(sys, pidFile)) ?? "");
      if (!(pid > 0)) {
        yield* io.stderr(`nginx: [error] open() "${pidFile}" failed (2: No such file or directory)\n`);
        return 1;
      }
      try {
        sys.kill(pid, signal);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`nginx: [alert] kill(${pid}, ${signal}) failed (3: ${error.message})\n`);
        return 1;
      }
      return 0;
    }
    const listeners = new Map<string, { readonly fd: number; readonly port: number }>();
    for (const server of configuration.servers) {
      for (const { address, port } of server.listens) {
        const six = address.includes(":");
        const key = `${six ? `[${address}]` : address}:${port}`;
        if (listeners.has(key)) continue;
        try {
          const fd = sys.socket(six ? "inet6" : "inet", "stream");
          sys.setsockopt(fd, "reuseaddr", 1);
          if (six) sys.setsockopt(fd, "v6only", 1);
          sys.bind(fd, six ? { family: "inet6", address, port } : { family: "inet", address, port });
          sys.listen(fd, 511);
          listeners.set(key, { fd, port });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (six && (error.errno === "EAFNOSUPPORT" || error.errno === "EADDRNOTAVAIL")) continue;
          return yield* emergency(`bind() to ${key} failed (${error.errno === "EACCES" ? 13 : 98}: ${error.message})`);
        }
      }
    }
    const foreground = find([configuration.main], "daemon")?.[0] === "off";
    const master = (self: Sys): Blocking<number> => runMaster(self, configuration, load, pidFile, [...listeners.values()], argv);
    if (foreground) return yield* master(sys);
    sys.fork(function* (child) {
      child.setsid();
      return yield* master(child);
    });
    return 0;
  },
);

function* writePid(sys: Sys, path: string): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
    yield* sys.write(fd, encode(`${sys.getpid()}\n`));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** Keeps the workers alive; QUIT and TERM end it, HUP reads the configuration again. */
function* runMaster(sys: Sys, first: Configuration, load: () => Blocking<Configuration>, pidFile: string, listeners: readonly { readonly fd: number; readonly port: number }[], argv: readonly string[]): Blocking<number> {
  sys.setTitle("nginx", [`nginx: master process ${argv.join(" ")}`]);
  yield* writePid(sys, pidFile);
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.QUIT, SIGNALS.HUP, SIGNALS.USR1, SIGNALS.CHLD]) sys.sigaction(signal, "catch");
  let configuration = first;
  const account = (yield* Accounts.read(sys)).userByName(find([configuration.main], "user")?.[0] ?? "www-data");
  const workers = new Set<number>();
  const start = (): void => {
    const current = configuration;
    for (let number = workers.size; number < current.workers; number++) workers.add(sys.fork((child) => runWorker(child, current, listeners, account)));
  };
  const notice = (message: string): Blocking<void> => errorLog(sys, configuration, `[notice] ${sys.getpid()}#${sys.getpid()}: ${message}`);
  yield* notice("using the \"epoll\" event method");
  yield* notice("nginx/1.22.1");
  yield* notice(`OS: Linux ${sys.uname().release}`);
  yield* notice("start worker processes");
  start();
  for (;;) {
    yield* sys.pause();
    for (const signal of sys.takeSignals()) {
      if (signal === SIGNALS.CHLD) {
        for (const pid of yield* reapChildren(sys)) workers.delete(pid);
        start();
        continue;
      }
      if (signal === SIGNALS.HUP) {
        try {
          configuration = yield* load();
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          yield* errorLog(sys, configuration, `[emerg] ${sys.getpid()}#${sys.getpid()}: ${error.message}`);
          continue;
        }
        for (const pid of workers) sys.kill(pid, SIGNALS.QUIT);
        workers.clear();
        start();
        continue;
      }
      if (signal === SIGNALS.USR1) continue;
      yield* notice(signal === SIGNALS.QUIT ? "signal 3 (SIGQUIT) received, shutting down" : `signal ${signal} received, exiting`);
      for (const pid of workers) {
        try {
          sys.kill(pid, signal === SIGNALS.QUIT ? SIGNALS.QUIT : SIGNALS.TERM);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      for (const pid of workers) {
        try {
          yield* sys.waitpid(pid);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      yield* notice("exit");
      try {
        sys.unlink(pidFile);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      return 0;
    }
  }
}

function* append(sys: Sys, path: string, line: string): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.APPEND | O.CREAT, 0o644);
    yield* sys.write(fd, encode(line));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* errorLog(sys: Sys, configuration: Configuration, message: string): Blocking<void> {
  const [path = "/var/log/nginx/error.log", level = "error"] = find([configuration.main], "error_log") ?? [];
  if (message.startsWith("[notice]") && level !== "notice" && level !== "info" && level !== "debug") return;
  yield* append(sys, path === "stderr" ? "/dev/stderr" : path, `${stamp(sys)} ${message}\n`);
}

function* runWorker(sys: Sys, configuration: Configuration, listeners: readonly { readonly fd: number; readonly port: number }[], account: { readonly uid: number; readonly gid: number } | undefined): Blocking<number> {
  sys.setTitle("nginx", ["nginx: worker process"]);
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP, SIGNALS.USR1, SIGNALS.CHLD]) sys.sigaction(signal, "default");
  sys.sigaction(SIGNALS.QUIT, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  const accessPath = find([configuration.http], "access_log")?.[0] ?? "/var/log/nginx/access.log";
  let accessFd: number | undefined;
  try {
    // opened as root: the worker itself may not
    if (accessPath !== "off") accessFd = yield* sys.open(accessPath, O.WRONLY | O.APPEND | O.CREAT, 0o644);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (account && sys.getcred().euid === 0) {
    sys.setgroups([]);
    sys.setgid(account.gid);
    sys.setuid(account.uid);
  }
  for (;;) {
    try {
      const ready = yield* sys.poll(listeners.map(({ fd }) => ({ fd, events: 1 })), null);
      for (const { fd: listener } of ready) {
        const port = listeners.find((one) => one.fd === listener)?.port ?? 80;
        sys.setStatusFlags(listener, sys.getStatusFlags(listener) | O.NONBLOCK);
        let accepted: { readonly fd: number };
        try {
          accepted = yield* sys.accept(listener);
        } catch (error) {
          if (error instanceof SysError && (error.errno === "EAGAIN" || error.errno === "ECONNABORTED")) continue;
          throw error;
        }
        const { fd } = accepted;
        sys.fork(function* (thread) {
          try {
            yield* serveConnection(thread, fd, port, configuration, function* (kind, line) {
              if (kind === "error") yield* errorLog(thread, configuration, `[error] ${thread.getpid()}#${thread.getpid()}: *1 ${line}`);
              else if (accessFd !== undefined) yield* thread.write(accessFd, encode(line));
            });
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          } finally {
            thread.close(fd);
          }
          return 0;
        }, { thread: true });
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      if (sys.takeSignals().includes(SIGNALS.QUIT)) return 0;
    }
  }
}
