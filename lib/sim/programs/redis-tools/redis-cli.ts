import { type Blocking, SysError, encode } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { connectStream } from "../kit/http-message.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { type RespValue, RespReader, request } from "../kit/resp.ts";

const quoted = (value: string): string => `"${value.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;

/** As on a terminal: types are shown, arrays are numbered. */
function shown(value: RespValue, indent = ""): string {
  switch (value.kind) {
    case "simple": return `${value.text}\n`;
    case "error": return `(error) ${value.text}\n`;
    case "integer": return `(integer) ${value.value}\n`;
    case "nil": return "(nil)\n";
    case "bulk": return `${quoted(value.text)}\n`;
    case "array": {
      if (value.items.length === 0) return "(empty array)\n";
      const width = String(value.items.length).length;
      return value.items.map((item, index) => `${index === 0 ? "" : indent}${String(index + 1).padStart(width)}) ${shown(item, `${indent}${" ".repeat(width + 2)}`)}`).join("");
    }
  }
}

function raw(value: RespValue): string {
  switch (value.kind) {
    case "simple": case "bulk": case "error": return `${value.text}\n`;
    case "integer": return `${value.value}\n`;
    case "nil": return "\n";
    case "array": return value.items.length === 0 ? "\n" : value.items.map(raw).join("");
  }
}

/** Words of a line with quotes; undefined when a quote is open. */
function splitLine(line: string): readonly string[] | undefined {
  const words: string[] = [];
  for (let at = 0; at < line.length; ) {
    if (/\s/.test(line.charAt(at))) {
      at++;
      continue;
    }
    let word = "";
    const quote = line.charAt(at);
    if (quote === '"' || quote === "'") {
      for (at++; line.charAt(at) !== quote; at++) {
        if (at >= line.length) return undefined;
        if (line.charAt(at) === "\\") at++;
        word += line.charAt(at);
      }
      at++;
    } else while (at < line.length && !/\s/.test(line.charAt(at))) word += line.charAt(at++);
    words.push(word);
  }
  return words;
}

export default program(
  { name: "redis-cli", summary: "Redis client", synopsis: ["[OPTIONS] [cmd [arg [arg ...]]]"], options: [text(["-h"], "hostname", "host of the server (127.0.0.1)"), text(["-p"], "port", "port of the server (6379)"), text(["-a"], "password", "password for the server (AUTH)"), text(["-n"], "db", "database number"), text(["-r"], "repeat", "the command N times, one after another"), flag(["--raw"], "answers as they are, without quotes and numbers"), flag(["--no-raw"], "answers as on a terminal, into files and pipes too")], operands: "hosts" },
  function* (sys, argv, io: Io) {
    let host = "127.0.0.1";
    let port = 6379;
    let database = 0;
    let password: string | undefined;
    let repeat = 1;
    let formatted = sys.isatty(1);
    let at = 1;
    for (; at < argv.length && (argv[at] ?? "").startsWith("-"); at++) {
      const word = argv[at] ?? "";
      if (word === "-h") host = argv[++at] ?? host;
      else if (word === "-p") port = Number(argv[++at]);
      else if (word === "-n") database = Number(argv[++at]);
      else if (word === "-a") password = argv[++at];
      else if (word === "-r") repeat = Number(argv[++at]);
      else if (word === "--raw") formatted = false;
      else if (word === "--no-raw") formatted = true;
      else if (word === "-v" || word === "--version") {
        io.out.put("redis-cli 7.0.15\n");
        return 0;
      } else if (word === "--help") {
        io.out.put("redis-cli 7.0.15\n\nUsage: redis-cli [OPTIONS] [cmd [arg [arg ...]]]\n  -h <hostname>      server (default: 127.0.0.1)\n  -p <port>          its port (default: 6379)\n  -a <password>      password\n  -n <db>            number of the database\n  -r <repeat>        so many times\n  --raw, --no-raw    how replies are shown\n");
        return 0;
      } else {
        yield* io.stderr(`Unrecognized option or bad number of args for: '${word}'\n`);
        return 1;
      }
    }
    const words = argv.slice(at);
    let fd: number | undefined;
    let reader: RespReader | undefined;
    const connect = function* (): Blocking<boolean> {
      let problem: string;
      try {
        const [address = "127.0.0.1"] = yield* lookUpHost(sys, host);
        fd = yield* connectStream(sys, address, port, undefined);
        reader = new RespReader(sys, fd);
        if (password !== undefined) yield* send(["AUTH", password]);
        if (database !== 0) yield* send(["SELECT", String(database)]);
        return true;
      } catch (error) {
        if (error instanceof SysError) problem = error.message;
        else if (error instanceof ResolveError) problem = error.message;
        else throw error;
      }
      yield* io.stderr(`Could not connect to Redis at ${host}:${port}: ${problem}\n`);
      return false;
    };
    const send = function* (command: readonly string[]): Blocking<RespValue | undefined> {
      if (fd === undefined || reader === undefined) return undefined;
      try {
        yield* sys.write(fd, encode(request(command)));
        return yield* reader.read();
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    };
    const perform = function* (command: readonly string[]): Blocking<number> {
      const reply = yield* send(command);
      if (reply === undefined) {
        if (/^shutdown$/i.test(command[0] ?? "")) return 0;
        yield* io.stderr("Error: Server closed the connection\n");
        return 1;
      }
      io.out.put(formatted ? shown(reply) : raw(reply));
      if (reply.kind === "error" && formatted) io.out.put(words.length > 0 ? "\n" : "");
      yield* io.out.flush();
      if (/^(?:subscribe|psubscribe|monitor)$/i.test(command[0] ?? "") && reply.kind !== "error") {
        if (formatted) io.out.put("Reading messages... (press Ctrl-C to quit)\n");
        for (let next = yield* (reader ?? new RespReader(sys, 0)).read(); next !== undefined; next = yield* (reader ?? new RespReader(sys, 0)).read()) {
          io.out.put(formatted ? shown(next) : raw(next));
          yield* io.out.flush();
        }
      }
      return reply.kind === "error" ? 1 : 0;
    };
    if (words.length > 0) {
      if (!(yield* connect())) return 1;
      let status = 0;
      for (let turn = 0; turn < repeat; turn++) status = yield* perform(words);
      return status;
    }
    let connected = yield* connect();
    const pending: string[] = [];
    for (;;) {
      if (sys.isatty(0)) io.out.put(connected ? `${host}:${port}${database === 0 ? "" : `[${database}]`}> ` : "not connected> ");
      yield* io.out.flush();
      if (pending.length === 0) pending.push(...(yield* io.stdin.lines()));
      const line = pending.shift();
      if (line === undefined) return 0;
      const command = splitLine(line);
      if (command === undefined) {
        io.out.put("Invalid argument(s)\n");
        continue;
      }
      const [first] = command;
      if (first === undefined) continue;
      if (/^(?:quit|exit)$/i.test(first)) return 0;
      if (/^clear$/i.test(first)) {
        io.out.put("\x1b[H\x1b[2J");
        continue;
      }
      if (!connected) connected = yield* connect();
      if (!connected) continue;
      const status = yield* perform(command);
      if (/^select$/i.test(first) && status === 0) database = Number(command[1]);
    }
  },
);
