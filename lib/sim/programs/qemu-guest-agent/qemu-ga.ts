// qemu-ga: answers the host's questions over the channel that the hypervisor gives the machine (qemu-ga(8)).
import { decode, encode, O, SIGNALS, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { AgentError, type Arguments, type Json } from "./_agent-error.ts";
import { type AgentState, commands, VERSION } from "./_commands.ts";

const defaultChannel = "/dev/virtio-ports/org.qemu.guest_agent.0";

const help = `Usage: qemu-ga [-m <method> -p <path>] [<options>]
QEMU Guest Agent ${VERSION} (Debian 1:7.2+dfsg-7+deb12u18+b3)
Copyright (c) 2003-2022 Fabrice Bellard and the QEMU Project developers

  -m, --method      how the host is reached: virtio-serial (the default) or isa-serial
  -p, --path        the device of the channel (${defaultChannel})
  -l, --logfile     write messages to this file
  -f, --pidfile     keep the process id in this file
  -d, --daemonize   go to the background
  -v, --verbose     say more
  -b, --block-rpcs  commands that are refused, separated by commas; "help" lists the commands
  -V, --version     print the version
  -h, --help        this help
`;

interface Question {
  readonly execute: string;
  readonly given: Arguments;
  readonly id: Json | undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined when the line is no question of the protocol. */
function questionOf(line: string): Question | undefined {
  try {
    const value: unknown = JSON.parse(line.replace(/\u00ff/g, ""));
    if (!isRecord(value) || typeof value["execute"] !== "string") return undefined;
    const { id } = value;
    return { execute: value["execute"], given: isRecord(value["arguments"]) ? value["arguments"] : {}, id: typeof id === "string" || typeof id === "number" ? id : undefined };
  } catch {
    return undefined;
  }
}

export default program(
  {
    name: "qemu-ga", path: "/usr/sbin/qemu-ga", manSection: 8, summary: "QEMU guest agent", operands: "none", synopsis: ["[-m method] [-p path] [options]"],
    options: [text(["-m", "--method"], "method", "how the host is reached"), text(["-p", "--path"], "path", "the device of the channel"), text(["-b", "--block-rpcs"], "list", "commands that are refused"), flag(["-d", "--daemonize"], "go to the background"), flag(["-V", "--version"], "print the version")],
  },
  function* (sys, argv, io: Io) {
    let path = defaultChannel;
    let blocked = new Set<string>();
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-V" || word === "--version") {
        io.out.put(`QEMU Guest Agent ${VERSION}\n`);
        return 0;
      }
      if (word === "-h" || word === "--help") {
        io.out.put(help);
        return 0;
      }
      if (word === "-p" || word === "--path") path = argv[++at] ?? "";
      else if (word.startsWith("--path=")) path = word.slice(7);
      else if (word === "-b" || word === "--block-rpcs" || word === "--blacklist") {
        const list = argv[++at] ?? "";
        if (list === "help" || list === "?") {
          io.out.put(`${[...commands.keys()].sort().join("\n")}\n`);
          return 0;
        }
        blocked = new Set(list.split(","));
      } else if (/^(-m|-l|-f|-F|-t|--method|--logfile|--pidfile|--statedir)$/.test(word)) at++;
      else if (/^(-d|-v|-r|-D|--daemonize|--verbose|--retry-path|--(method|logfile|pidfile|statedir)=.*)$/.test(word)) continue;
      else {
        yield* io.stderr(`qemu-ga: ${word.startsWith("--") ? `unrecognized option '${word}'` : `invalid option -- '${word.charAt(1)}'`}\nUnknown option, try 'qemu-ga --help' for more information.\n`);
        return 1;
      }
    }
    const critical = function* (message: string) {
      yield* io.stderr(`${(sys.clockUs("realtime") / 1e6).toFixed(6)}: critical: ${message}\n`);
    };
    let channel: number;
    try {
      channel = yield* sys.open(path, O.RDWR);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* critical(`error opening channel '${path}': ${error.message}`);
      yield* critical("failed to create guest agent channel");
      yield* critical("failed to initialize guest agent channel");
      return 1;
    }
    sys.sigaction(SIGNALS.TERM, "catch");
    const state: AgentState = { frozen: false, processes: new Map(), files: new Map() };
    let buffered = "";
    for (;;) {
      try {
        const bytes = yield* sys.read(channel, 65_536);
        if (bytes.length === 0) return 0;
        buffered += decode(bytes);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
      }
      for (let end = buffered.indexOf("\n"); end >= 0; end = buffered.indexOf("\n")) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 1);
        if (line.trim() === "") continue;
        const question = questionOf(line);
        let answer: Record<string, Json> | undefined;
        try {
          if (question === undefined) throw new AgentError("GenericError", "Invalid JSON syntax");
          const handler = commands.get(question.execute);
          if (handler === undefined) throw new AgentError("CommandNotFound", `The command ${question.execute} has not been found`);
          if (blocked.has(question.execute)) throw new AgentError("CommandNotFound", `Command ${question.execute} has been disabled`);
          if (state.frozen && !/^guest-(fsfreeze-(status|thaw)|ping|info|sync.*)$/.test(question.execute)) throw new AgentError("CommandNotFound", `Command ${question.execute} has been disabled: the agent is in frozen state`);
          const result = yield* handler(sys, question.given, state);
          if (result !== undefined) answer = { return: result };
        } catch (error) {
          if (error instanceof SysError) answer = { error: { class: "GenericError", desc: error.message } };
          else if (error instanceof AgentError) answer = { error: { class: error.class, desc: error.message } };
          else throw error;
        }
        if (answer !== undefined && question?.id !== undefined) answer = { ...answer, id: question.id };
        if (answer !== undefined) yield* sys.write(channel, encode(`${question?.execute === "guest-sync-delimited" ? "\udcff" : ""}${JSON.stringify(answer)}\n`));
      }
    }
  },
);
