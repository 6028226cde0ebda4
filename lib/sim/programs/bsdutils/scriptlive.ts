// scriptlive(1): types the recorded input of a session again, into a new shell, with the pauses that it had.
import { type Blocking, O, POLL, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, text, utilLinux } from "../kit/util-linux.ts";

interface Stroke {
  readonly delaySeconds: number;
  readonly bytes: number;
  readonly isInput: boolean;
}

/** Of the advanced form "I 0.5 3" the input, of the classic one ("0.5 3") everything. */
function strokes(words: string): readonly Stroke[] {
  return words.split("\n").flatMap((line) => {
    const match = /^(?:([IO]) )?([\d.]+) (\d+)$/.exec(line);
    return match === null ? [] : [{ delaySeconds: Number(match[2]), bytes: Number(match[3]), isInput: match[1] !== "O" }];
  });
}

/** What the shell shows comes to us until it is silent for so long. */
function* relay(sys: Sys, master: number, forUs: number): Blocking<boolean> {
  const until = sys.clockUs("monotonic") + forUs;
  for (;;) {
    const left = until - sys.clockUs("monotonic");
    const ready = yield* sys.poll([{ fd: master, events: POLL.IN }], Math.max(0, left));
    if (ready.length === 0) return true;
    try {
      const bytes = yield* sys.read(master, 4096);
      if (bytes.length === 0) return false;
      yield* sys.write(1, bytes);
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }
}

export default utilLinux({
  name: "scriptlive", summary: "run a recorded session again at its own pace", synopsis: ["[options]", "[-t] timingfile [-I|-B] typescript"], operands: "files",
  options: { timing: text(["-t", "--timing", "-T", "--log-timing"], "file", "the file with the times"), input: text(["-I", "--log-in"], "file", "the file with what was typed"), both: text(["-B", "--log-io"], "file", "the file with what was typed and shown"), command: text(["-c", "--command"], "command", "play into this command instead of a shell"), divisor: text(["-d", "--divisor"], "num", "divide all pauses by this number"), most: text(["-m", "--maxdelay"], "num", "no pause is longer than so many seconds") },
  description: ["The commands really run: a recording made with script --log-in and --log-timing is done again. scriptreplay only shows what was written."],
  seeAlso: ["script(1)", "scriptreplay(1)"],
  *run({ options, operands, sys }, io: Io) {
    const rest = [...operands];
    const timingName = options.timing ?? rest.shift();
    if (timingName === undefined) io.die("timing file not specified");
    const name = options.input ?? options.both ?? rest.shift();
    if (name === undefined) io.die("stdin typescript file not specified");
    const divisor = Number(options.divisor ?? 1);
    if (!(divisor > 0)) io.die(`failed to parse number: '${options.divisor ?? ""}'`);
    const timing = yield* readTextFile(sys, timingName);
    if (timing === undefined) io.die(`cannot open ${timingName}: No such file or directory`);
    let log: number;
    try {
      log = yield* sys.open(name, O.RDONLY);
    } catch (error) {
      if (error instanceof SysError) io.die(`${name}: log file open failed: ${error.message}`);
      throw error;
    }
    yield* io.tell(`>>> scriptlive: Starting your typescript execution by ${options.command ?? sys.environment.get("SHELL") ?? "/bin/sh"}.\n`);
    const { master, slavePath } = sys.openpt();
    if (sys.isatty(0)) sys.setWindowSize(master, sys.getWindowSize(0));
    const shell = sys.environment.get("SHELL") ?? "/bin/sh";
    const child = sys.fork(function* (own): Blocking<number> {
      own.close(master);
      own.setsid();
      let slave: number;
      try {
        slave = yield* own.open(slavePath, O.RDWR);
      } catch (error) {
        // scriptlive itself has ended
        if (error instanceof SysError) return 1;
        throw error;
      }
      own.setControllingTerminal(slave);
      for (const fd of [0, 1, 2]) own.dup2(slave, fd);
      if (slave > 2) own.close(slave);
      return yield* own.exec(shell, options.command === undefined ? [shell, "-i"] : [shell, "-c", options.command], own.environment);
    });
    let at = (yield* headLength(sys, log));
    let open = yield* relay(sys, master, 500_000);
    for (const { delaySeconds, bytes, isInput } of strokes(timing)) {
      const wait = Math.min(delaySeconds, Number(options.most ?? Number.POSITIVE_INFINITY)) / divisor;
      if (open) open = yield* relay(sys, master, Math.round(wait * 1e6));
      if (!isInput) continue;
      const typed = yield* sys.pread(log, bytes, at);
      at += typed.length;
      if (open) yield* sys.write(master, typed);
    }
    if (open) yield* relay(sys, master, 500_000);
    sys.close(master);
    yield* sys.waitpid(child);
    yield* io.tell("\n>>> scriptlive: done.\n");
    return 0;
  },
});

function* headLength(sys: Sys, log: number): Blocking<number> {
  const head = yield* sys.pread(log, 512, 0);
  const first = String.fromCharCode(...head);
  return first.startsWith("Script started") ? first.indexOf("\n") + 1 : 0;
}
