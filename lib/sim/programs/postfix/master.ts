// master: takes messages from sendmail on its socket and delivers them, looks at the deferred queue now and then (master(8)).

import { type Blocking, decode, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { program } from "../kit/program.ts";
import { flag } from "../kit/option.ts";
import { deliverMessage, logMail } from "./_deliver.ts";
import { dropMessage, PICKUP_SOCKET, QUEUE, queued } from "./_queue.ts";

const PID_FILE = `${QUEUE}/pid/master.pid`;
/** minimal_backoff_time: so long a deferred message waits */
const BACKOFF_US = 300_000_000;

function* deliverAll(sys: Sys, folder: "maildrop" | "deferred"): Blocking<void> {
  for (const message of yield* queued(sys, folder)) {
    dropMessage(sys, folder, message.id);
    if (folder === "maildrop") {
      yield* logMail(sys, "pickup", `${message.id}: uid=${message.senderUid} from=<${message.sender.replace(/@.*$/, "")}>`);
      yield* logMail(sys, "cleanup", `${message.id}: message-id=${/^Message-Id: *(<[^>]*>)/im.exec(message.text)?.[1] ?? "<>"}`);
    }
    yield* deliverMessage(sys, message);
  }
}

function* serve(sys: Sys): Blocking<number> {
  for (const signal of [SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  try {
    sys.unlink(PICKUP_SOCKET);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const listener = sys.socket("unix", "dgram");
  sys.bind(listener, { family: "unix", path: PICKUP_SOCKET });
  sys.chmod(PICKUP_SOCKET, 0o666);
  sys.setStatusFlags(listener, sys.getStatusFlags(listener) | O.NONBLOCK);
  const fd = yield* sys.open(PID_FILE, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  yield* sys.write(fd, encode(`${String(sys.getpid()).padStart(16)}\n`));
  sys.close(fd);
  yield* logMail(sys, "master", `daemon started -- version 3.7.11, configuration /etc/postfix`);
  for (;;) {
    yield* deliverAll(sys, "maildrop");
    const waiting = (yield* queued(sys, "deferred")).length > 0;
    try {
      const ready = yield* sys.poll([{ fd: listener, events: POLL.IN }], waiting ? BACKOFF_US : null);
      const asked = ready.length === 0 ? "flush" : decode((yield* sys.recvfrom(listener, 100)).bytes);
      if (asked === "flush") yield* deliverAll(sys, "deferred");
    } catch (error) {
      if (!(error instanceof SysError) || (error.errno !== "EINTR" && error.errno !== "EAGAIN")) throw error;
      const signals = sys.takeSignals();
      if (signals.includes(SIGNALS.HUP)) yield* logMail(sys, "master", "reload -- version 3.7.11, configuration /etc/postfix");
      if (signals.includes(SIGNALS.TERM)) {
        yield* logMail(sys, "master", "terminating on signal 15");
        sys.unlink(PICKUP_SOCKET);
        sys.unlink(PID_FILE);
        return 0;
      }
    }
  }
}

export default program({ name: "master", path: "/usr/lib/postfix/sbin/master", manSection: 8, summary: "Postfix master process", synopsis: ["[-d] [-w]"], options: [flag(["-d"], "stay in the foreground"), flag(["-w"], "wait until it is ready")], operands: "none" }, function* (sys, argv, io) {
  const wrong = argv.slice(1).find((word) => !/^-[dwv]+$/.test(word));
  if (wrong !== undefined) {
    yield* io.stderr(`master: fatal: usage: master [-c config_dir] [-D (debug)] [-d (don't detach from terminal)] [-e exit_time] [-t (test)] [-v] [-w (wait for initialization)]\n`);
    return 1;
  }
  if (argv.includes("-d")) return yield* serve(sys);
  sys.fork(function* (child) {
    child.setsid();
    return yield* serve(child);
  });
  // until its socket is there
  for (let turn = 0; turn < 50; turn++) {
    try {
      sys.stat(PICKUP_SOCKET);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    yield* sys.sleep(2_000);
  }
  return 1;
});
