// script: everything that a terminal session shows goes to a file too (script(1)).
import { type Blocking, O, POLL, SIGNALS, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";
import { readZone } from "../kit/zones.ts";

function* started(sys: Sys): Blocking<string> {
  const zone = yield* readZone(sys);
  return strftime("%Y-%m-%d %H:%M:%S%:z", civilAtUs(zone, sys.clockUs("realtime")));
}

export default utilLinux({
  name: "script", summary: "record a terminal session in a typescript", synopsis: ["[options] [file]"],
  options: {
    logIn: text(["-I", "--log-in"], "file", "keep what is typed in file"), logOut: text(["-O", "--log-out"], "file", "keep what is shown in file (the default)"), logIo: text(["-B", "--log-io"], "file", "keep what is typed and shown in one file"), timing: text(["-T", "--log-timing"], "file", "note when each piece came, for a replay"), oldTiming: optionalText(["-t", "--timing"], "file", "-T in its old form; without a file, on standard error"), format: text(["-m", "--logging-format"], "name", "how times are noted: classic or advanced"),
    append: flag(["-a", "--append"], "add to the end of the file"), command: text(["-c", "--command"], "command", "record this command, not a shell"), status: flag(["-e", "--return"], "end with the command's exit code"), flush: flag(["-f", "--flush"], "write everything at once, nothing waits in a buffer"), force: flag(["--force"], "follow a link to the output file"), echo: text(["-E", "--echo"], "when", "whether input is echoed: auto, always or never"), limit: text(["-o", "--output-limit"], "size", "stop when the files have grown to size"), quiet: flag(["-q", "--quiet"], "be quiet"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const name = options.logOut ?? options.logIo ?? operands[0] ?? "typescript";
    let log: number;
    try {
      log = yield* sys.open(name, O.WRONLY | O.CREAT | (options.append ? O.APPEND : O.TRUNC), 0o666);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (!options.quiet) io.say(`Script started, output log file is '${name}'.\n`);
      yield* io.stderr(`${io.argv0}: cannot open ${name}: ${error.message}\n`);
      if (!options.quiet) io.say("Script done.\n");
      return 1;
    }
    const timingName = options.timing ?? (typeof options.oldTiming === "string" ? options.oldTiming : undefined);
    const timing = timingName === undefined ? (options.oldTiming === true ? 2 : undefined) : yield* sys.open(timingName, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    const terminal = sys.isatty(0);
    const size = terminal ? sys.getWindowSize(0) : undefined;
    const saved = terminal ? sys.tcgetattr(0) : undefined;
    if (!options.quiet) io.say(`Script started, output log file is '${name}'${timingName === undefined ? "" : `, timing file is '${timingName}'`}.\n`);
    yield* io.out.flush();
    const facts = terminal ? `TERM="${sys.environment.get("TERM") ?? ""}" TTY="${sys.ttyname(0)}" COLUMNS="${size?.cols ?? 80}" LINES="${size?.rows ?? 24}"` : "<not executed on terminal>";
    yield* sys.write(log, encode(`Script started on ${yield* started(sys)} [${options.command === undefined ? "" : `COMMAND="${options.command}" `}${facts}]\n`));
    const { master, slavePath } = sys.openpt();
    if (size !== undefined) sys.setWindowSize(master, size);
    const shell = sys.environment.get("SHELL") ?? "/bin/sh";
    const pid = sys.fork(function* (child): Blocking<number> {
      child.close(master);
      child.close(log);
      child.setsid();
      const slave = yield* child.open(slavePath, O.RDWR);
      child.setControllingTerminal(slave);
      for (const fd of [0, 1, 2]) child.dup2(slave, fd);
      if (slave > 2) child.close(slave);
      try {
        return yield* child.exec(shell, options.command === undefined ? [shell.split("/").at(-1) ?? "sh", "-i"] : [shell.split("/").at(-1) ?? "sh", "-c", options.command], child.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* child.write(2, encode(`script: failed to execute ${shell}: ${error.message}\n`));
        return 127;
      }
    });
    if (saved !== undefined) {
      const raw = new Set([...saved.flags].filter((one) => !["echo", "icanon", "isig", "iexten", "icrnl", "ixon", "opost", "brkint", "inpck", "istrip"].includes(one)));
      yield* sys.tcsetattr(0, { ...saved, flags: raw, min: 1, time: 0 });
    }
    sys.sigaction(SIGNALS.WINCH, "catch");
    sys.sigaction(SIGNALS.CHLD, "catch");
    let status = 0;
    let ended = false;
    let inputOpen = true;
    let lastUs = sys.clockUs("monotonic");
    while (true) {
      try {
        const ready = yield* sys.poll([{ fd: master, events: POLL.IN }, ...(inputOpen ? [{ fd: 0, events: POLL.IN }] : [])], ended ? 0 : null);
        const output = ready.find((one) => one.fd === master);
        if (output !== undefined && (output.revents & POLL.IN) !== 0) {
          const bytes = yield* sys.read(master, 65536);
          if (bytes.length > 0) {
            yield* sys.write(1, bytes);
            yield* sys.write(log, bytes);
            if (timing !== undefined) {
              const now = sys.clockUs("monotonic");
              yield* sys.write(timing, encode(`${((now - lastUs) / 1e6).toFixed(6)} ${bytes.length}\n`));
              lastUs = now;
            }
            continue;
          }
        }
        if (ready.some((one) => one.fd === 0)) {
          const bytes = yield* sys.read(0, 4096);
          if (bytes.length === 0) {
            inputOpen = false;
            yield* sys.write(master, Uint8Array.of(4));
          } else yield* sys.write(master, bytes);
          continue;
        }
        if (ended || (output !== undefined && (output.revents & (POLL.HUP | POLL.ERR)) !== 0)) break;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EIO") break;
        if (error.errno !== "EINTR") throw error;
      }
      const signals = sys.takeSignals();
      if (signals.includes(SIGNALS.WINCH) && terminal) sys.setWindowSize(master, sys.getWindowSize(0));
      if (signals.includes(SIGNALS.CHLD)) {
        const waited = yield* sys.waitpid(pid, { nohang: true });
        if (waited !== undefined && waited.status.kind !== "stopped" && waited.status.kind !== "continued") {
          status = waited.status.kind === "exited" ? waited.status.status : 128 + waited.status.signal;
          ended = true;
        }
      }
    }
    if (!ended) {
      const waited = yield* sys.waitpid(pid);
      if (waited?.status.kind === "exited") status = waited.status.status;
    }
    if (saved !== undefined) yield* sys.tcsetattr(0, saved);
    yield* sys.write(log, encode(`\nScript done on ${yield* started(sys)} [COMMAND_EXIT_CODE="${status}"]\n`));
    sys.close(log);
    if (!options.quiet) io.out.put("Script done.\n");
    return options.status ? status : 0;
  },
});
