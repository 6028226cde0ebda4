import { type Blocking, SIGNALS, type Sys, SysError, signalName } from "../../kernel/sys.ts";
import { parseDuration } from "../kit/duration.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { decimalPoint } from "../kit/locale.ts";
import { signalNumber } from "./_signals.ts";

const TIMED_OUT = 124;

export default gnu({
  name: "timeout",
  summary: "run a command for at most a given time (limit)",
  synopsis: ["[OPTION] DURATION COMMAND [ARG]..."],
  description: ["A DURATION is a number, followed by s (seconds, the default), m (minutes), h (hours) or d (days). 0 means no limit."],
  options: {
    foreground: flag(["--foreground"], "let COMMAND use the terminal, for scripts that run something interactive; its children are not stopped then"),
    killAfter: text(["-k", "--kill-after"], "DURATION", "DURATION after the first signal, send KILL to a COMMAND that still runs"),
    preserveStatus: flag(["--preserve-status"], "return what COMMAND returned, even if it was stopped"),
    signal: text(["-s", "--signal"], "SIGNAL", "SIGNAL for a COMMAND that takes too long (TERM), by name or number"),
    verbose: flag(["-v", "--verbose"], "print a line on standard error for each signal"),
  },
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "commands",
  exitStatuses: [["124", "COMMAND took too long (without --preserve-status)"], ["125", "timeout itself failed"], ["126", "COMMAND could not be started"],
    ["127", "COMMAND was not found"], ["137", "KILL was sent, to COMMAND or to timeout itself"], ["-", "any other: what COMMAND itself returned"]],
  seeAlso: ["kill(1)"],
  *run({ options, operands, sys }, io: Io) {
    const [durationText, command] = operands;
    let killAfterUs = 0;
    if (options.killAfter !== undefined) {
      const parsed = parseDuration(options.killAfter, decimalPoint(sys));
      if (parsed === undefined) io.usage(`invalid time interval ${io.quote(options.killAfter)}`);
      killAfterUs = parsed;
    }
    let signal: number = SIGNALS.TERM;
    if (options.signal !== undefined) {
      const parsed = signalNumber(options.signal);
      if (parsed === undefined) io.usage(`${io.quote(options.signal)}: invalid signal`);
      signal = parsed;
    }
    if (durationText === undefined) io.usage();
    if (command === undefined) io.usage();
    const durationUs = parseDuration(durationText, decimalPoint(sys));
    if (durationUs === undefined) io.usage(`invalid time interval ${io.quote(durationText)}`);

    if (!options.foreground) {
      try {
        sys.setpgid(0, 0);
      } catch (error) {
        // a session's leader leads its group already
        if (!(error instanceof SysError)) throw error;
      }
    }
    const watched = [SIGNALS.CHLD, SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP, SIGNALS.QUIT, SIGNALS.ALRM];
    for (const one of [SIGNALS.TTIN, SIGNALS.TTOU]) sys.sigaction(one, "ignore");
    yield* io.out.flush();
    const argv = operands.slice(1);
    const pid = sys.fork(function* (child: Sys): Blocking<number> {
      for (const one of [SIGNALS.TTIN, SIGNALS.TTOU, ...watched]) child.sigaction(one, "default");
      const failure: SysError = yield* execSearching(child, command, argv);
      yield* io.warn(`failed to run command ${io.quote(command)}: ${failure.message}`);
      return failure.errno === "ENOENT" ? 127 : 126;
    });
    for (const one of watched) sys.sigaction(one, "catch");

    let timedOut = false;
    let sent = signal;
    let deadlineUs = durationUs > 0 && durationUs !== Number.POSITIVE_INFINITY ? sys.clockUs("monotonic") + durationUs : undefined;
    const send = function* (number: number): Blocking<void> {
      if (options.verbose) yield* io.warn(`sending signal ${signalName(number)?.replace(/^SIG/, "") ?? number} to command ${io.quote(command)}`);
      sys.kill(pid, number);
      if (options.foreground) return;
      // KILL cannot be ignored: it ends timeout itself as well, and the shell then says so.
      const former = number === SIGNALS.KILL ? undefined : sys.sigaction(number, "ignore");
      try {
        sys.kill(0, number);
        if (number !== SIGNALS.KILL && number !== SIGNALS.CONT) {
          sys.kill(pid, SIGNALS.CONT);
          const continued = sys.sigaction(SIGNALS.CONT, "ignore");
          sys.kill(0, SIGNALS.CONT);
          sys.sigaction(SIGNALS.CONT, continued);
        }
      } finally {
        if (former !== undefined) sys.sigaction(number, former);
      }
    };
    for (;;) {
      const ended = yield* sys.waitpid(pid, { nohang: true });
      if (ended) {
        if (timedOut && !options.preserveStatus) return sent === SIGNALS.KILL && ended.status.kind === "signaled" ? 128 + 9 : TIMED_OUT;
        if (ended.status.kind === "exited") return ended.status.status;
        if (ended.status.kind !== "signaled") return 1;
        if (ended.status.coreDumped) yield* io.warn("the monitored command dumped core");
        if (!timedOut) {
          // it ends as the command did, so that a shell tells of it
          sys.setrlimit("core", { soft: 0, hard: 0 });
          sys.sigaction(ended.status.signal, "default");
          sys.kill(sys.getpid(), ended.status.signal);
          yield* sys.preempt();
        }
        return 128 + ended.status.signal;
      }
      if (deadlineUs === undefined) yield* sys.pause();
      else sys.alarm(Math.max(1, deadlineUs - sys.clockUs("monotonic")));
      if (deadlineUs !== undefined) yield* sys.pause();
      for (const arrived of sys.takeSignals()) {
        if (arrived === SIGNALS.CHLD) continue;
        const expired = arrived === SIGNALS.ALRM;
        if (expired && (deadlineUs === undefined || sys.clockUs("monotonic") < deadlineUs)) continue;
        if (expired) {
          sent = timedOut ? SIGNALS.KILL : signal;
          timedOut = true;
          deadlineUs = undefined;
          if (killAfterUs > 0 && sent !== SIGNALS.KILL) deadlineUs = sys.clockUs("monotonic") + killAfterUs;
          killAfterUs = 0;
          yield* send(sent);
        } else {
          yield* send(arrived);
          if (killAfterUs > 0) {
            deadlineUs = sys.clockUs("monotonic") + killAfterUs;
            killAfterUs = 0;
            timedOut = true;
          }
        }
      }
    }
  },
});
