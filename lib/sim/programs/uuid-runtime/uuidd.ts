// uuidd: makes UUIDs for programs that ask on its socket (uuidd(8)). The options -r and -t ask a running one.
import { type Blocking, decode, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { flag, type Io, optionalText, text, utilLinux } from "../kit/util-linux.ts";
import { randomUuid, timeUuid } from "./_uuid.ts";

const MOST = 1000;

/** A line "random N" or "time N" is answered by as many UUIDs. */
function* serve(sys: Sys, listener: number, seconds: number): Blocking<number> {
  sys.sigaction(SIGNALS.TERM, "catch");
  sys.sigaction(SIGNALS.PIPE, "ignore");
  for (;;) {
    try {
      if ((yield* sys.poll([{ fd: listener, events: POLL.IN }], seconds > 0 ? seconds * 1e6 : null)).length === 0) return 0;
      const { fd } = yield* sys.accept(listener);
      const [kind, count] = decode(yield* sys.read(fd, 100)).trim().split(" ");
      yield* sys.write(fd, encode(Array.from({ length: Math.min(MOST, Number(count) || 1) }, (_, index) => `${uuidText(kind === "time" ? timeUuid(sys, index) : randomUuid(sys))}\n`).join("")));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
    }
  }
}

export default utilLinux({
  name: "uuidd", path: "/usr/sbin/uuidd", manSection: 8, summary: "hand out UUIDs to programs (daemon)", synopsis: ["[options]"],
  options: {
    pid: text(["-p", "--pid"], "path", "the file that names the process ID"), socket: text(["-s", "--socket"], "path", "where the socket lies"), timeout: text(["-T", "--timeout"], "sec", "end after so many idle seconds"), kill: flag(["-k", "--kill"], "end the daemon that runs"),
    random: flag(["-r", "--random"], "ask the daemon for a random UUID"), time: flag(["-t", "--time"], "ask the daemon for a UUID made of the time"), count: text(["-n", "--uuids"], "num", "ask for so many UUIDs at once"), noPid: flag(["-P", "--no-pid"], "do not write the process ID"), noFork: flag(["-F", "--no-fork"], "stay in the foreground"),
    activation: flag(["-S", "--socket-activation"], "take the socket that systemd hands over"), clock: optionalText(["-C", "--cont-clock"], "NUM[hd]", "time-based UUIDs may use past times, so that nobody waits for one"), debug: flag(["-d", "--debug"], "stay in the foreground and write debugging messages"), quiet: flag(["-q", "--quiet"], "pass over some failures in silence"),
  },
  *run({ options, sys }, io: Io) {
    const path = options.socket ?? "/run/uuidd/request";
    const pidPath = options.pid ?? "/run/uuidd/uuidd.pid";
    if (options.kill) {
      const pid = Number((yield* readTextFile(sys, pidPath))?.trim());
      if (Number.isInteger(pid) && pid > 0) sys.kill(pid, SIGNALS.TERM);
      return 0;
    }
    if (options.random || options.time) {
      const fd = sys.socket("unix", "stream");
      try {
        yield* sys.connect(fd, { family: "unix", path });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`error calling uuidd daemon (connect): ${error.message}`);
      }
      yield* sys.write(fd, encode(`${options.time ? "time" : "random"} ${options.count ?? 1}\n`));
      let answer = "";
      for (;;) {
        const bytes = yield* sys.read(fd, 65_536);
        if (bytes.length === 0) break;
        answer += decode(bytes);
      }
      sys.close(fd);
      if (options.count === undefined) io.out.put(answer);
      else io.say(`List of UUIDs:\n${answer.replace(/^(?=.)/gm, "\t")}`);
      return 0;
    }
    const listener = sys.socket("unix", "stream");
    try {
      sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    try {
      sys.bind(listener, { family: "unix", path });
      sys.chmod(path, 0o666);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`couldn't bind unix socket ${path}: ${error.message}`);
    }
    sys.listen(listener);
    sys.setStatusFlags(listener, sys.getStatusFlags(listener) | O.NONBLOCK);
    const seconds = Number(options.timeout ?? 0);
    const main = function* (own: Sys): Blocking<number> {
      if (!options.noPid) {
        const fd = yield* own.open(pidPath, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
        yield* own.write(fd, encode(`${own.getpid()}\n`));
        own.close(fd);
      }
      return yield* serve(own, listener, seconds);
    };
    if (options.noFork || options.debug) return yield* main(sys);
    sys.fork(function* (own) {
      own.setsid();
      return yield* main(own);
    });
    return 0;
  },
});
