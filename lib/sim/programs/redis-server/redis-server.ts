// redis-server: keys in memory, a snapshot on disk when it is told to save and when it ends.
import { helpOptions } from "../kit/help-text.ts";
import { type Blocking, O, SIGNALS, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { type Io, program, text } from "../kit/program.ts";
import { type RespValue, RespReader, encodeResp } from "../kit/resp.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { CommandError, Store } from "./_store.ts";

const VERSION = "7.0.15";
const MAGIC = "REDIS0010";

class Server {
  readonly settings: Map<string, string>;
  readonly store: Store;
  readonly startMs: number;
  readonly subscribers = new Map<string, Set<{ readonly sys: Sys; readonly fd: number }>>();
  commands = 0;
  connections = 0;
  clients = 0;
  savedSeconds: number;
  ending = false;

  constructor(sys: Sys, settings: Map<string, string>) {
    this.settings = settings;
    this.startMs = Math.floor(sys.clockUs("realtime") / 1000);
    this.savedSeconds = Math.floor(this.startMs / 1000);
    this.store = new Store(() => Math.floor(sys.clockUs("realtime") / 1000), (pattern) => compileFnmatch(pattern));
  }

  *log(sys: Sys, mark: string, message: string, role = "M"): Blocking<void> {
    const us = sys.clockUs("realtime");
    const line = `${sys.getpid()}:${role} ${strftime("%d %b %Y %H:%M:%S", civilAt(UTC, Math.floor(us / 1e6)))}.${String(Math.floor((us % 1e6) / 1000)).padStart(3, "0")} ${mark} ${message}\n`;
    const file = this.settings.get("logfile") ?? "";
    try {
      if (file === "" || file === '""') yield* sys.write(1, encode(line));
      else {
        const fd = yield* sys.open(file, O.WRONLY | O.CREAT | O.APPEND, 0o660);
        yield* sys.write(fd, encode(line));
        sys.close(fd);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  get dumpPath(): string {
    return `${this.settings.get("dir") ?? "."}/${this.settings.get("dbfilename") ?? "dump.rdb"}`;
  }

  *load(sys: Sys): Blocking<void> {
    const content = yield* readTextFile(sys, this.dumpPath);
    if (content === undefined || !content.startsWith(MAGIC)) return;
    try {
      this.store.restore(content.slice(MAGIC.length));
      this.store.dirty = 0;
      yield* this.log(sys, "*", `Loading RDB produced by version ${VERSION}`);
      yield* this.log(sys, "*", "DB loaded from disk: 0.000 seconds");
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      yield* this.log(sys, "#", "Wrong signature trying to load DB from file");
    }
  }

  /** The reason why not. */
  *save(sys: Sys): Blocking<string | undefined> {
    try {
      const temporary = `${this.settings.get("dir") ?? "."}/temp-${sys.getpid()}.rdb`;
      const fd = yield* sys.open(temporary, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, encode(MAGIC + this.store.snapshot()));
      sys.close(fd);
      sys.rename(temporary, this.dumpPath);
      this.store.dirty = 0;
      this.savedSeconds = Math.floor(sys.clockUs("realtime") / 1e6);
      yield* this.log(sys, "*", "DB saved on disk");
      return undefined;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.log(sys, "#", `Failed opening the temp RDB file temp-${sys.getpid()}.rdb (in server root dir ${this.settings.get("dir") ?? "."}) for saving: ${error.message}`);
      return error.message;
    }
  }

  info(sys: Sys, section: string): string {
    const nowMs = Math.floor(sys.clockUs("realtime") / 1000);
    const sections: readonly (readonly [string, readonly string[]])[] = [
      ["Server", [`redis_version:${VERSION}`, "redis_mode:standalone", `os:Linux ${sys.uname().release} x86_64`, "arch_bits:64", `process_id:${sys.getpid()}`, `tcp_port:${this.settings.get("port") ?? "6379"}`, `uptime_in_seconds:${Math.floor((nowMs - this.startMs) / 1000)}`, "config_file:"]],
      ["Clients", [`connected_clients:${this.clients}`, "maxclients:10000", "blocked_clients:0"]],
      ["Memory", ["used_memory:862736", "used_memory_human:842.52K", "maxmemory:0", "maxmemory_policy:noeviction"]],
      ["Persistence", ["loading:0", `rdb_changes_since_last_save:${this.store.dirty}`, "rdb_bgsave_in_progress:0", `rdb_last_save_time:${this.savedSeconds}`, "rdb_last_bgsave_status:ok", "aof_enabled:0"]],
      ["Stats", [`total_connections_received:${this.connections}`, `total_commands_processed:${this.commands}`]],
      ["Replication", ["role:master", "connected_slaves:0"]],
      ["CPU", ["used_cpu_sys:0.010000", "used_cpu_user:0.010000"]],
      ["Keyspace", this.store.numbers.map((number) => `db${number}:keys=${this.store.database(number).size},expires=${[...this.store.database(number).values()].filter((one) => one.expiresMs !== undefined).length},avg_ttl=0`)],
    ];
    return sections.filter(([name]) => section === "" || section === "all" || section === "default" || name.toLowerCase() === section).map(([name, lines]) => `# ${name}\r\n${lines.map((line) => `${line}\r\n`).join("")}`).join("\r\n");
  }
}

interface Client {
  database: number;
  allowed: boolean;
  name: string;
}

/** Undefined: nothing is answered (the server ends). */
function* execute(sys: Sys, server: Server, client: Client, fd: number, name: string, args: readonly string[]): Blocking<RespValue | undefined> {
  const ok: RespValue = { kind: "simple", text: "OK" };
  const wrong = (): RespValue => ({ kind: "error", text: `ERR wrong number of arguments for '${name}' command` });
  server.commands++;
  if (!client.allowed && name !== "auth" && name !== "quit") return { kind: "error", text: "NOAUTH Authentication required." };
  switch (name) {
    case "ping": return args.length > 1 ? wrong() : args[0] === undefined ? { kind: "simple", text: "PONG" } : { kind: "bulk", text: args[0] };
    case "echo": return args.length === 1 ? { kind: "bulk", text: args[0] ?? "" } : wrong();
    case "quit": return ok;
    case "auth": {
      const password = server.settings.get("requirepass");
      if (password === undefined) return { kind: "error", text: "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?" };
      if (args.at(-1) !== password) return { kind: "error", text: "WRONGPASS invalid username-password pair or user is disabled." };
      client.allowed = true;
      return ok;
    }
    case "select": {
      const number = Number(args[0]);
      if (!Number.isInteger(number)) return { kind: "error", text: "ERR value is not an integer or out of range" };
      if (number < 0 || number > 15) return { kind: "error", text: "ERR DB index is out of range" };
      client.database = number;
      return ok;
    }
    case "info": return { kind: "bulk", text: server.info(sys, (args[0] ?? "").toLowerCase()) };
    case "time": { const us = sys.clockUs("realtime"); return { kind: "array", items: [{ kind: "bulk", text: String(Math.floor(us / 1e6)) }, { kind: "bulk", text: String(us % 1e6) }] }; }
    case "lastsave": return { kind: "integer", value: server.savedSeconds };
    case "save": { const problem = yield* server.save(sys); return problem === undefined ? ok : { kind: "error", text: "ERR" }; }
    case "bgsave": yield* server.save(sys); return { kind: "simple", text: "Background saving started" };
    case "config": {
      const [action = "", key = "", value = ""] = args;
      if (/^get$/i.test(action)) {
        const matches = compileFnmatch(key);
        return { kind: "array", items: [...server.settings].filter(([one]) => matches(one)).flatMap(([one, text]): RespValue[] => [{ kind: "bulk", text: one }, { kind: "bulk", text }]) };
      }
      if (/^set$/i.test(action)) {
        server.settings.set(key.toLowerCase(), value);
        return ok;
      }
      return /^resetstat$/i.test(action) ? ok : { kind: "error", text: `ERR unknown subcommand '${action}'. Try CONFIG HELP.` };
    }
    case "client": {
      if (/^setname$/i.test(args[0] ?? "")) client.name = args[1] ?? "";
      if (/^getname$/i.test(args[0] ?? "")) return client.name === "" ? { kind: "nil" } : { kind: "bulk", text: client.name };
      if (/^list$/i.test(args[0] ?? "")) { const peer = sys.getpeername(fd); return { kind: "bulk", text: `id=${fd} addr=${peer.family === "unix" ? "" : `${peer.address}:${peer.port}`} fd=${fd} name=${client.name} db=${client.database} cmd=client|list\n` }; }
      return ok;
    }
    case "command": return { kind: "array", items: [] };
    case "publish": {
      const [channel = "", message = ""] = args;
      const listeners = server.subscribers.get(channel) ?? new Set();
      for (const one of listeners) {
        try {
          yield* sys.write(one.fd, encode(encodeResp({ kind: "array", items: ["message", channel, message].map((text) => ({ kind: "bulk", text })) })));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      return { kind: "integer", value: listeners.size };
    }
    case "subscribe": {
      const replies: string[] = [];
      args.forEach((channel, index) => {
        const listeners = server.subscribers.get(channel) ?? new Set();
        listeners.add({ sys, fd });
        server.subscribers.set(channel, listeners);
        replies.push(encodeResp({ kind: "array", items: [{ kind: "bulk", text: "subscribe" }, { kind: "bulk", text: channel }, { kind: "integer", value: index + 1 }] }));
      });
      yield* sys.write(fd, encode(replies.slice(0, -1).join("")));
      return { kind: "array", items: [{ kind: "bulk", text: "subscribe" }, { kind: "bulk", text: args.at(-1) ?? "" }, { kind: "integer", value: args.length }] };
    }
    case "shutdown":
      server.ending = true;
      sys.kill(sys.getpid(), SIGNALS.TERM);
      return undefined;
    default: {
      try {
        const answer = server.store.run(client.database, name, args);
        if (answer !== undefined) return answer;
      } catch (error) {
        if (error instanceof CommandError) return { kind: "error", text: error.message };
        throw error;
      }
      return { kind: "error", text: `ERR unknown command '${name}', with args beginning with: ${args.map((one) => `'${one}' `).join("")}` };
    }
  }
}

function* serve(sys: Sys, server: Server, fd: number): Blocking<void> {
  const reader = new RespReader(sys, fd);
  const client: Client = { database: 0, allowed: server.settings.get("requirepass") === undefined, name: "" };
  const peer = sys.getpeername(fd);
  const isLocal = peer.family === "unix" || peer.address.startsWith("127.") || peer.address === "::1";
  if (server.settings.get("protected-mode") === "yes" && client.allowed && !isLocal) {
    yield* sys.write(fd, encode("-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the default user. In this mode connections are only accepted from the loopback interface.\r\n"));
    return;
  }
  for (;;) {
    const value = yield* reader.read();
    if (value === undefined) return;
    if (value.kind !== "array") continue;
    const words = value.items.map((one) => (one.kind === "bulk" || one.kind === "simple" ? one.text : ""));
    const [given] = words;
    if (given === undefined) continue;
    const answer = yield* execute(sys, server, client, fd, given.toLowerCase(), words.slice(1).map(String));
    if (sys.charge(20)) yield* sys.preempt();
    if (answer === undefined) return;
    const shown = answer.kind === "error" && answer.text.startsWith("ERR unknown command") ? { ...answer, text: answer.text.replace(`'${given.toLowerCase()}'`, `'${given}'`) } : answer;
    yield* sys.write(fd, encode(encodeResp(shown)));
    if (given.toLowerCase() === "quit") return;
  }
}

const OPTIONS = [text(["--port"], "port", "port to listen on"), text(["--bind"], "address", "address to listen on"), text(["--requirepass"], "password", "password of clients"), text(["--dir"], "directory", "where the snapshot is"), text(["--daemonize"], "yes|no", "go to the background")];

export default program(
  { name: "redis-server", summary: "persistent key-value database", synopsis: ["[/path/to/redis.conf] [options] [-]"], options: OPTIONS },
  function* (sys, argv, io: Io) {
    const settings = new Map<string, string>([["bind", "* -::*"], ["port", "6379"], ["dir", sys.getcwd()], ["dbfilename", "dump.rdb"], ["databases", "16"], ["maxmemory", "0"], ["appendonly", "no"], ["save", "3600 1 300 100 60 10000"], ["timeout", "0"], ["logfile", ""], ["daemonize", "no"], ["protected-mode", "no"]]);
    const args = argv.slice(1);
    if (args[0] === "-v" || args[0] === "--version") {
      io.out.put(`Redis server v=${VERSION} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`);
      return 0;
    }
    if (args[0] === "-h" || args[0] === "--help") {
      io.out.put("Usage: ./redis-server [/path/to/redis.conf] [options] [-]\n       ./redis-server -v or --version\n       ./redis-server -h or --help\n" + helpOptions(OPTIONS));
      return 0;
    }
    let file: string | undefined;
    if (args[0] !== undefined && !args[0].startsWith("-")) {
      file = args.shift();
      const content = yield* readTextFile(sys, file ?? "");
      if (content === undefined) {
        yield* io.stderr(`Fatal error, can't open config file '${file ?? ""}': No such file or directory\n`);
        return 1;
      }
      for (const line of content.split("\n")) {
        const match = /^\s*([a-z-]+)\s+(.*?)\s*$/i.exec(line);
        if (match !== null) settings.set((match[1] ?? "").toLowerCase(), (match[2] ?? "").replace(/^"(.*)"$/, "$1"));
      }
    }
    for (let at = 0; at < args.length; at++) {
      const name = /^--([a-z-]+)$/.exec(args[at] ?? "")?.[1];
      if (name === undefined) continue;
      const words: string[] = [];
      while (at + 1 < args.length && !(args[at + 1] ?? "").startsWith("--")) words.push(args[++at] ?? "");
      settings.set(name, words.join(" "));
    }
    const bare = args.findIndex((word, at) => /^--[a-z-]+$/.test(word) && (at + 1 === args.length || (args[at + 1] ?? "").startsWith("--")));
    if (bare >= 0) {
      yield* io.stderr(`\n*** FATAL CONFIG FILE ERROR (Redis ${VERSION}) ***\nReading the configuration file, at line ${bare + 2}\n>>> '${(args[bare] ?? "").slice(2)}'\nBad directive or wrong number of arguments\n`);
      return 1;
    }
    const server = new Server(sys, settings);
    const main = (self: Sys): Blocking<number> => run(self, server, file !== undefined || args.length > 0);
    if (settings.get("daemonize") === "yes") {
      sys.fork(function* (child) {
        child.setsid();
        return yield* main(child);
      });
      return 0;
    }
    return yield* main(sys);
  },
);

function* run(sys: Sys, server: Server, configured: boolean): Blocking<number> {
  const port = Number(server.settings.get("port"));
  sys.setTitle("redis-server", [`redis-server ${server.settings.get("bind")?.split(" ")[0] ?? "*"}:${port}`]);
  yield* server.log(sys, "#", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", "C");
  yield* server.log(sys, "#", `Redis version=${VERSION}, bits=64, commit=00000000, modified=0, pid=${sys.getpid()}, just started`, "C");
  yield* server.log(sys, "#", configured ? "Configuration loaded" : "Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf", "C");
  yield* server.log(sys, "*", "monotonic clock: POSIX clock_gettime");
  const listeners: number[] = [];
  for (const word of (server.settings.get("bind") ?? "*").split(/\s+/)) {
    const optional = word.startsWith("-");
    const address = word.replace(/^-/, "").replace(/^\*$/, "0.0.0.0").replace(/^::\*$/, "::");
    const family = address.includes(":") ? "inet6" : "inet";
    try {
      const fd = sys.socket(family, "stream");
      sys.setsockopt(fd, "reuseaddr", 1);
      if (family === "inet6") sys.setsockopt(fd, "v6only", 1);
      sys.bind(fd, { family, address, port });
      sys.listen(fd, 511);
      sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
      listeners.push(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (optional && error.errno !== "EADDRINUSE") continue;
      yield* server.log(sys, "#", `Warning: Could not create server TCP listening socket ${word}:${port}: bind: ${error.message}`);
      if (!optional) {
        yield* server.log(sys, "#", `Failed listening on port ${port} (TCP), aborting.`);
        return 1;
      }
    }
  }
  yield* server.log(sys, "*", `Running mode=standalone, port=${port}.`);
  yield* server.log(sys, "#", "Server initialized");
  yield* server.load(sys);
  yield* server.log(sys, "*", "Ready to accept connections");
  for (const signal of [SIGNALS.TERM, SIGNALS.INT]) sys.sigaction(signal, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  for (;;) {
    try {
      for (const { fd: listener } of yield* sys.poll(listeners.map((fd) => ({ fd, events: 1 })), null)) {
        let fd: number;
        try {
          ({ fd } = yield* sys.accept(listener));
        } catch (error) {
          if (error instanceof SysError && (error.errno === "EAGAIN" || error.errno === "ECONNABORTED")) continue;
          throw error;
        }
        server.connections++;
        server.clients++;
        sys.fork(function* (thread) {
          try {
            yield* serve(thread, server, fd);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          } finally {
            server.clients--;
            for (const listening of server.subscribers.values()) for (const one of listening) if (one.fd === fd) listening.delete(one);
            thread.close(fd);
          }
          return 0;
        }, { thread: true });
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      const signals = sys.takeSignals();
      if (!signals.includes(SIGNALS.TERM) && !signals.includes(SIGNALS.INT)) continue;
      if (!server.ending) yield* server.log(sys, "", `Received ${signals.includes(SIGNALS.INT) ? "SIGINT" : "SIGTERM"} scheduling shutdown...`, `signal-handler (${Math.floor(sys.clockUs("realtime") / 1e6)})`);
      yield* server.log(sys, "#", "User requested shutdown...");
      yield* server.log(sys, "*", "Saving the final RDB snapshot before exiting.");
      yield* server.save(sys);
      yield* server.log(sys, "#", "Redis is now ready to exit, bye bye...");
      return 0;
    }
  }
}
