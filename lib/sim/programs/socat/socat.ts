// socat: carries bytes between two ends, both ways, until one of them ends (socat(1), 1.7.4.4).
import { type Blocking, POLL, SIGNALS, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { optionLines } from "../kit/help-text.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { type End, Fatal, type Listener, type Spec, open, shownAddress, specOf } from "./_addresses.ts";

const OPTIONS = [
  flag(["-V"], "show the version"), flag(["-h", "-?"], "show this"), flag(["-d"], "say more, up to four times"), flag(["-u"], "data goes only from the first address to the second"), flag(["-U"], "only from the second to the first"), flag(["-v"], "show what passes"), flag(["-x"], "show what passes in hexadecimal"), flag(["-s"], "go on after errors"),
  text(["-t"], "SECONDS", "wait for the other side after an end (0.5)"), text(["-T"], "SECONDS", "end after so much silence"), text(["-b"], "BYTES", "size of the buffer"), text(["-lf"], "FILE", "log into FILE"), flag(["-ly"], "log to syslog"), flag(["-ls"], "log to standard error"), flag(["-lu"], "microseconds in the log"), text(["-lp"], "NAME", "this name in the log"), flag(["-4"], "IPv4"), flag(["-6"], "IPv6"),
];

interface Settings {
  readonly level: number;
  readonly direction: "both" | "first" | "second";
  readonly shows: boolean;
  readonly hex: boolean;
  readonly restUs: number;
  readonly silenceUs: number | undefined;
  readonly blockBytes: number;
}

class Relay {
  readonly #sys: Sys;
  readonly #settings: Settings;
  readonly #log: (level: "E" | "N", text: string) => Blocking<void>;

  constructor(sys: Sys, settings: Settings, log: (level: "E" | "N", text: string) => Blocking<void>) {
    this.#sys = sys;
    this.#settings = settings;
    this.#log = log;
  }

  *run(specs: readonly [Spec, Spec]): Blocking<number> {
    const notice = (text: string): Blocking<void> => this.#log("N", text);
    const { direction } = this.#settings;
    const first = yield* open(this.#sys, specs[0], direction === "both" ? "both" : direction === "first" ? "read" : "write", notice);
    if (!("fd" in first)) return yield* this.#join(first, specs[1]);
    for (;;) {
      const left = yield* this.#accepted(first);
      if (left === undefined) continue;
      if (!first.forks) {
        this.#sys.close(first.fd);
        return yield* this.#join(left, specs[1]);
      }
      const log = this.#log;
      const settings = this.#settings;
      this.#sys.fork(function* one(child) {
        child.close(first.fd);
        try {
          return yield* new Relay(child, settings, log).#join(left, specs[1]);
        } catch (error) {
          if (!(error instanceof Fatal)) throw error;
          yield* log("E", error.message);
          return 1;
        }
      });
      this.#sys.close(left.readFd);
    }
  }

  *#accepted(listener: Listener): Blocking<End | undefined> {
    try {
      const { fd, peer } = yield* this.#sys.accept(listener.fd);
      yield* this.#log("N", `accepting connection from ${shownAddress(peer)} on ${peer.family === "unix" ? listener.shown : shownAddress(this.#sys.getsockname(fd))}`);
      return { readFd: fd, writeFd: fd, socket: true, pid: undefined };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "EINTR") throw new Fatal(`accept(${listener.fd}): ${error.message}`);
      // children that ended are reaped
      this.#sys.takeSignals();
      return undefined;
    }
  }

  *#join(left: End, spec: Spec): Blocking<number> {
    const { direction } = this.#settings;
    const opened = yield* open(this.#sys, spec, direction === "both" ? "both" : direction === "first" ? "write" : "read", (text) => this.#log("N", text));
    let right: End | undefined = "fd" in opened ? undefined : opened;
    while (right === undefined && "fd" in opened) right = yield* this.#accepted(opened);
    if (right === undefined) return 1;
    yield* this.#log("N", `starting data transfer loop with FDs [${left.readFd},${left.writeFd}] and [${right.readFd},${right.writeFd}]`);
    yield* this.#carry(left, right);
    yield* this.#log("N", "exiting with status 0");
    return 0;
  }

  *#carry(left: End, right: End): Blocking<void> {
    const sys = this.#sys;
    const { direction, silenceUs, restUs, blockBytes } = this.#settings;
    const ways = [{ from: left, to: right, number: 1, mark: ">", open: direction !== "second" && left.readFd >= 0 }, { from: right, to: left, number: 2, mark: "<", open: direction !== "first" && right.readFd >= 0 }];
    let deadlineUs: number | undefined;
    while (ways.some((way) => way.open)) {
      const requests = ways.filter((way) => way.open).map((way) => ({ fd: way.from.readFd, events: POLL.IN }));
      const limit = deadlineUs === undefined ? (silenceUs ?? null) : Math.max(0, deadlineUs - sys.clockUs("monotonic"));
      let ready: readonly { readonly fd: number }[];
      try {
        ready = yield* sys.poll(requests, limit);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        sys.takeSignals();
        continue;
      }
      if (ready.length === 0) return;
      for (const way of ways) {
        if (!way.open || !ready.some((one) => one.fd === way.from.readFd)) continue;
        let bytes: Uint8Array;
        try {
          bytes = yield* sys.read(way.from.readFd, blockBytes);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          // the last user of a terminal has left
          if (error.errno !== "EIO") throw new Fatal(`read(${way.from.readFd}, 0x559c4b994000, ${blockBytes}): ${error.message}`);
          bytes = new Uint8Array(0);
        }
        if (bytes.length > 0) {
          yield* this.#show(way.mark, bytes);
          try {
            if (way.to.writeFd >= 0) yield* sys.write(way.to.writeFd, bytes);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            throw new Fatal(`write(${way.to.writeFd}, 0x559c4b994000, ${bytes.length}): ${error.message}`);
          }
          continue;
        }
        way.open = false;
        yield* this.#log("N", `socket ${way.number} (fd ${way.from.readFd}) is at EOF`);
        if (way.to.socket) {
          try {
            sys.shutdown(way.to.writeFd, "write");
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
        deadlineUs ??= sys.clockUs("monotonic") + restUs;
      }
    }
    // one way only: the program behind the end may still be at work
    for (const { pid } of [left, right]) {
      if (pid === undefined || direction === "both") continue;
      for (const end of [left, right]) if (end.pid !== undefined) sys.close(end.readFd);
      try {
        yield* sys.waitpid(pid);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }

  *#show(mark: string, bytes: Uint8Array): Blocking<void> {
    if (!this.#settings.shows) return;
    const at = civilAtUs(yield* readZone(this.#sys), this.#sys.clockUs("realtime"));
    const head = `${mark} ${strftime("%Y/%m/%d %H:%M:%S", at)}.${String(Math.floor(at.nanoseconds / 1000)).padStart(9, "0")}  length=${bytes.length} from=0 to=${bytes.length - 1}\n`;
    const body = this.#settings.hex ? `${[...bytes].map((byte) => ` ${byte.toString(16).padStart(2, "0")}`).join("")}\n--\n` : decode(bytes).replace(/\r/g, "\\r");
    yield* this.#sys.write(2, Uint8Array.from(head + body, (char) => char.charCodeAt(0) & 255));
  }
}

export default program({
  name: "socat", showsHelp: true, path: "/usr/bin/socat", summary: "multipurpose relay (SOcket CAT)", synopsis: ["[OPTIONS] ADDRESS ADDRESS"], options: OPTIONS, operands: "none",
  description: ["Addresses: - (STDIO), STDIN, STDOUT, FD:N, OPEN:FILE, CREATE:FILE, PIPE[:FILE], EXEC:COMMAND, SYSTEM:SHELL-COMMAND, TCP:HOST:PORT, TCP-LISTEN:PORT, UDP:HOST:PORT, UDP-RECV:PORT, UNIX-CONNECT:PATH, UNIX-LISTEN:PATH, PTY. Options follow behind commas: fork, reuseaddr, bind=, creat, append, trunc, mode=, link=, raw, echo=0, pty, stderr, unlink-early, connect-timeout=."],
  seeAlso: ["nc(1)"],
}, function* socat(sys: Sys, argv: readonly string[], io: Io) {
  let level = 0;
  let direction: Settings["direction"] = "both";
  let [shows, hex] = [false, false];
  let [restSeconds, silenceSeconds, blockBytes] = [0.5, 0, 8192];
  let name = "socat";
  const words: string[] = [];
  const log = function* (kind: "E" | "N", message: string): Blocking<void> {
    if (kind === "N" && level < 2) return;
    const at = civilAtUs(yield* readZone(sys), sys.clockUs("realtime"));
    yield* io.stderr(`${strftime("%Y/%m/%d %H:%M:%S", at)} ${name}[${sys.getpid()}] ${kind} ${message}\n`);
  };
  try {
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (!word.startsWith("-") || word === "-" || word.startsWith("-,")) {
        words.push(word);
        continue;
      }
      const valued = /^-([tTb])(.*)$/.exec(word);
      if (word === "-V") {
        io.out.put("socat by Gerhard Rieger and contributors - see www.dest-unreach.org\nsocat version 1.7.4.4 on 06 Nov 2022 08:15:51\n   running on Linux version #1 SMP PREEMPT_DYNAMIC Debian, release 6.1, machine x86_64\n");
        return 0;
      }
      if (/^-(?:h{1,3}|\?{1,3})$/.test(word)) {
        io.out.put(`socat by Gerhard Rieger and contributors - see www.dest-unreach.org\nUsage:\nsocat [options] <bi-address> <bi-address>\n   options:\n${OPTIONS.map((option) => optionLines(option)).join("")}`);
        return 0;
      }
      if (/^-d+$/.test(word)) level += word.length - 1;
      else if (/^-d\d$/.test(word)) level = Number(word.slice(2));
      else if (word === "-u") direction = "first";
      else if (word === "-U") direction = "second";
      else if (word === "-v") shows = true;
      else if (word === "-x") [shows, hex] = [true, true];
      else if (word === "-lf") at++;
      else if (word.startsWith("-lp")) name = word === "-lp" ? (argv[++at] ?? name) : word.slice(3);
      else if (word === "-s" || word === "-D" || word === "-4" || word === "-6" || word.startsWith("-l")) continue;
      else if (valued !== null) {
        const value = Number(valued[2] === "" ? argv[++at] : valued[2]);
        if (valued[1] === "t") restSeconds = value;
        else if (valued[1] === "T") silenceSeconds = value;
        else blockBytes = Math.max(1, Math.min(1_048_576, value));
      } else throw new Fatal(`unknown option "${word}"; use option "-h" for help`);
    }
    const [first, second, more] = words;
    if (first === undefined || second === undefined || more !== undefined) throw new Fatal(`exactly 2 addresses required (there are ${words.length}); use option "-h" for help`);
    sys.sigaction(SIGNALS.PIPE, "ignore");
    const settings: Settings = { level, direction, shows, hex, restUs: restSeconds * 1e6, silenceUs: silenceSeconds > 0 ? silenceSeconds * 1e6 : undefined, blockBytes };
    return yield* new Relay(sys, settings, log).run([specOf(first), specOf(second)]);
  } catch (error) {
    if (!(error instanceof Fatal)) throw error;
    yield* log("E", error.message);
    return 1;
  }
});
