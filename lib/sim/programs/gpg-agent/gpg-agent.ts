// gpg-agent: keeps passphrases for a while (gpg-agent(1)). The keys themselves are read by gpg from ~/.gnupg/private-keys-v1.d.
import { type Blocking, encode, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { gnupgHelp, gnupgVersion } from "../gpgconf/_gnupg-help.ts";
import type { Command } from "../kit/command.ts";
import { exists } from "../kit/presence.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { askAgent, readAssuanLine, socketDirectory } from "./_agent-socket.ts";

interface Kept {
  readonly hex: string;
  untilUs: number;
  readonly mostUs: number;
}

const SOCKETS = ["S.gpg-agent", "S.gpg-agent.extra", "S.gpg-agent.browser", "S.gpg-agent.ssh"];

/** NAME VALUE lines of gpg-agent.conf. */
function* configuration(sys: Sys, home: string): Blocking<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, `${home}/gpg-agent.conf`)) ?? "").split("\n")) {
    const [name = "", value = ""] = line.replace(/^\s*#.*/, "").trim().split(/\s+/);
    if (name !== "") values.set(name.replace(/^--/, ""), value);
  }
  return values;
}

class Agent {
  readonly #sys: Sys;
  readonly #home: string;
  readonly #cache = new Map<string, Kept>();
  #ttlUs = 600_000_000;
  #mostUs = 7_200_000_000;
  ended = false;

  constructor(sys: Sys, home: string) {
    this.#sys = sys;
    this.#home = home;
  }

  *configure(): Blocking<void> {
    const values = yield* configuration(this.#sys, this.#home);
    this.#ttlUs = Number(values.get("default-cache-ttl") ?? 600) * 1_000_000;
    this.#mostUs = Number(values.get("max-cache-ttl") ?? 7200) * 1_000_000;
  }

  #kept(grip: string): Kept | undefined {
    const kept = this.#cache.get(grip);
    const nowUs = this.#sys.clockUs("monotonic");
    if (kept === undefined || kept.untilUs <= nowUs || kept.mostUs <= nowUs) {
      this.#cache.delete(grip);
      return undefined;
    }
    return kept;
  }

  *#keyInfo(): Blocking<string> {
    let lines = "";
    let names: readonly string[] = [];
    try {
      names = this.#sys.readdir(`${this.#home}/private-keys-v1.d`).map((entry) => entry.name).filter((name) => name.endsWith(".key")).sort();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    for (const name of names) {
      const grip = name.slice(0, -4);
      const content = (yield* readTextFile(this.#sys, `${this.#home}/private-keys-v1.d/${name}`)) ?? "";
      lines += `S KEYINFO ${grip} D - - ${this.#kept(grip) === undefined ? "-" : "1"} ${content.includes("protected-private-key") ? "P" : "C"} - - -\n`;
    }
    return lines;
  }

  *answer(line: string): Blocking<string> {
    const [command = "", ...words] = line.trim().split(/\s+/);
    switch (command.toUpperCase()) {
      case "": case "NOP": case "OPTION": case "RESET": return "OK\n";
      case "BYE": return "OK closing connection\n";
      case "GETINFO": {
        const [what] = words;
        const value = what === "version" ? "2.2.40" : what === "pid" ? String(this.#sys.getpid()) : what === "socket_name" ? `${socketDirectory(this.#sys, this.#home)}/S.gpg-agent` : undefined;
        return value === undefined ? "ERR 67109144 IPC parameter error <GPG Agent> - unknown value for WHAT\n" : `D ${value}\nOK\n`;
      }
      case "KEYINFO": return `${yield* this.#keyInfo()}OK\n`;
      case "HAVEKEY": return words.some((grip) => exists(this.#sys, `${this.#home}/private-keys-v1.d/${grip}.key`)) ? "OK\n" : "ERR 67108881 No secret key <GPG Agent>\n";
      case "GET_PASSPHRASE": {
        const kept = this.#kept(words.find((word) => !word.startsWith("--")) ?? "");
        if (kept === undefined) return "ERR 67108922 No data <GPG Agent>\n";
        kept.untilUs = this.#sys.clockUs("monotonic") + this.#ttlUs;
        return `D ${kept.hex}\nOK\n`;
      }
      case "PRESET_PASSPHRASE": {
        const [grip = "", , hex = ""] = words;
        const nowUs = this.#sys.clockUs("monotonic");
        if (this.#ttlUs > 0) this.#cache.set(grip, { hex, untilUs: nowUs + this.#ttlUs, mostUs: nowUs + this.#mostUs });
        return "OK\n";
      }
      case "CLEAR_PASSPHRASE":
        this.#cache.delete(words.at(-1) ?? "");
        return "OK\n";
      case "RELOADAGENT":
        this.#cache.clear();
        yield* this.configure();
        return "OK\n";
      case "KILLAGENT":
        this.ended = true;
        return "OK closing connection\n";
      default: return "ERR 67109139 Unknown IPC command <GPG Agent>\n";
    }
  }
}

function* serve(sys: Sys, home: string, listener: number, directory: string): Blocking<number> {
  const agent = new Agent(sys, home);
  yield* agent.configure();
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  while (!agent.ended) {
    try {
      // the real one looks every minute whether its socket is still there
      const ready = yield* sys.poll([{ fd: listener, events: POLL.IN }], 60_000_000);
      if (ready.length === 0) {
        if (!exists(sys, `${directory}/S.gpg-agent`)) return 0;
        continue;
      }
      const { fd } = yield* sys.accept(listener);
      yield* sys.write(fd, encode(`OK Pleased to meet you, process ${sys.getPeerCredentials(fd).pid}\n`));
      const state = { rest: "" };
      for (;;) {
        const line = yield* readAssuanLine(sys, fd, state);
        if (line === undefined) break;
        const answer = yield* agent.answer(line);
        yield* sys.write(fd, encode(answer));
        if (answer.startsWith("OK closing")) break;
      }
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const signals = sys.takeSignals();
    if (signals.includes(SIGNALS.HUP)) yield* agent.answer("RELOADAGENT");
    if (signals.some((signal) => signal !== SIGNALS.HUP)) agent.ended = true;
  }
  for (const name of SOCKETS) if (exists(sys, `${directory}/${name}`)) sys.unlink(`${directory}/${name}`);
  return 0;
}

const command: Command = program(
  {
    name: "gpg-agent", summary: "keep the secret keys of GnuPG and their passphrases", synopsis: ["[--homedir dir] [--daemon] [--supervised] [command [args]]"],
    options: [flag(["--daemon"], "run in the background"), flag(["--server"], "run with standard input and output"), flag(["--supervised"], "run under a supervisor"), text(["--homedir"], "DIR", "the home directory"), flag(["--use-standard-socket"], "always so"), flag(["-q", "--quiet"], "say less"), flag(["-v", "--verbose"], "say more"), flag(["--version"], "the version"), flag(["-h", "--help"], "this help")],
  },
  function* (sys, argv, io: Io) {
    let home = sys.environment.get("GNUPGHOME") ?? `${sys.environment.get("HOME") ?? "/"}/.gnupg`;
    let daemon = false;
    let started: readonly string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--homedir") home = argv[++at] ?? home;
      else if (word.startsWith("--homedir=")) home = word.slice(10);
      else if (word === "--daemon" || word === "--supervised") daemon = true;
      else if (word === "--version") {
        io.out.put(gnupgVersion("gpg-agent"));
        return 0;
      } else if (word === "--help" || word === "-h") {
        io.out.put(gnupgHelp(command.declaration));
        return 0;
      } else if (!word.startsWith("-")) {
        started = argv.slice(at);
        break;
      }
    }
    const me = `gpg-agent[${sys.getpid()}]`;
    const running = (yield* askAgent(sys, home, ["NOP"])) !== undefined;
    if (!daemon) {
      yield* io.stderr(running ? "gpg-agent: gpg-agent running and available\n" : `${me}: no gpg-agent running in this session\n`);
      return running ? 0 : 2;
    }
    if (running) {
      yield* io.stderr(`${me}: a gpg-agent is already running - not starting a new one\n`);
      return 2;
    }
    const directory = socketDirectory(sys, home);
    if (!exists(sys, directory)) sys.mkdir(directory, 0o700);
    let listener = -1;
    for (const name of SOCKETS) {
      const path = `${directory}/${name}`;
      if (exists(sys, path)) sys.unlink(path);
      const fd = sys.socket("unix", "stream");
      sys.bind(fd, { family: "unix", path });
      sys.chmod(path, 0o700);
      sys.listen(fd, 64);
      if (listener < 0) listener = fd;
    }
    sys.fork(function* background(own) {
      own.setsid();
      own.chdir("/");
      const nothing = yield* own.open("/dev/null", 2);
      for (const fd of [0, 1, 2]) own.dup2(nothing, fd);
      return yield* serve(own, home, listener, directory);
    });
    if (started.length === 0) return 0;
    const [name = ""] = started;
    return yield* sys.exec(name.includes("/") ? name : `/usr/bin/${name}`, started, sys.environment);
  },
);

export default command;
