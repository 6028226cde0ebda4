// rotatelogs: log lines from a pipe into files that follow one another by time or by size (Apache 2.4).
import { type Blocking, O, SysError, decode } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import { flag, program, text } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UTC, readZone } from "../kit/zones.ts";

const OPTIONS = [flag(["-v"], "tell what happens on standard error"), flag(["-l"], "count by local time, not UTC"), text(["-L"], "LINK", "a hard link to the log of now"), text(["-p"], "PROGRAM", "run it with each new log, and the one before it"), flag(["-f"], "open the log at once, not with the first line"), flag(["-D"], "make the directories of the log"), flag(["-t"], "empty the log instead of taking another"), flag(["-T"], "empty logs that are taken again, but not the first"), flag(["-e"], "write the lines to standard output too"), flag(["-c"], "make logs even without lines"), text(["-n"], "NUMBER", "logs in turn: LOG, LOG.1, LOG.2 …")];

export default program(
  { name: "rotatelogs", summary: "log from a pipe into files by time or size", synopsis: ["[-vlfDtTec] [-L LINK] [-p PROGRAM] [-n NUMBER] LOG SECONDS|SIZE(B|K|M|G) [MINUTES]"], options: OPTIONS, operands: "files", showsHelp: true },
  function* (sys, argv, io) {
    const wrong = function* (why: string): Blocking<number> {
      yield* io.stderr(`${why}\nUsage: rotatelogs [-vlfDtTec] [-L linkname] [-p prog] [-n number] <logfile> {<rotation time in seconds>|<rotation size>(B|K|M|G)} [offset minutes from UTC]\n`);
      return 1;
    };
    const given = new Map<string, string>();
    let operands: readonly string[];
    try {
      const parsed = getopt(new Map(OPTIONS.map((option) => [option.names[0] ?? "", option])), argv.slice(1), { stopAtOperand: true });
      for (const { name, argument } of parsed.given) given.set(name.slice(1), argument ?? "");
      ({ operands } = parsed);
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      return yield* wrong(`rotatelogs: illegal option -- ${/'(.)'/u.exec(error.message)?.[1] ?? "-"}`);
    }
    const [log, when = "", minutes = "0"] = operands;
    if (log === undefined || operands.length < 2 || operands.length > 3) return yield* wrong("Incorrect number of arguments");
    const [, digits, unit = ""] = /^(\d+)([BKMG]?)$/.exec(when) ?? [];
    const amount = Number(digits ?? 0);
    if (amount <= 0) return yield* wrong("Invalid rotation time or size specification");
    const sizeBytes = unit === "" ? undefined : amount * (new Map([["K", 1024], ["M", 1024 ** 2], ["G", 1024 ** 3]]).get(unit) ?? 1);
    const zone = given.has("l") ? yield* readZone(sys) : UTC;
    const dated = log.includes("%");
    const count = Number(given.get("n") ?? 0);
    let fd: number | undefined;
    let [name, written, endsAt, turn] = ["", 0, 0, 0];
    const say = function* (message: string): Blocking<void> {
      if (given.has("v")) yield* io.stderr(`${message}\n`);
    };
    const open = function* (): Blocking<boolean> {
      const now = Math.floor(sys.clockUs("realtime") / 1e6) + Number(minutes) * 60;
      const starts = sizeBytes === undefined ? now - (now % amount) : now;
      const before = name;
      if (count > 0) name = turn % count === 0 ? log : `${log}.${turn % count}`;
      else name = dated ? strftime(log, civilAt(zone, sizeBytes === undefined ? starts : now)) : given.has("t") ? log : `${log}.${String(starts).padStart(10, "0")}`;
      turn++;
      endsAt = sizeBytes === undefined ? starts + amount - Number(minutes) * 60 : Number.POSITIVE_INFINITY;
      if (given.has("D")) {
        const parts = name.split("/").slice(0, -1);
        for (let at = 1; at <= parts.length; at++) {
          try {
            if (parts.slice(0, at).join("/") !== "") sys.mkdir(parts.slice(0, at).join("/"), 0o755);
          } catch (error) {
            if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
          }
        }
      }
      yield* say(`Opening file ${name}`);
      try {
        const again = before !== "" && (given.has("T") || given.has("t") || count > 0);
        const next = yield* sys.open(name, O.WRONLY | O.CREAT | O.APPEND | (again ? O.TRUNC : 0), 0o644);
        if (fd !== undefined) sys.close(fd);
        fd = next;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`${fd === undefined ? `Could not open log file '${name}' (${error.message})` : `Error opening new log file, still writing to the old one: ${error.message}`}\n`);
        return fd !== undefined;
      }
      written = sys.fstat(fd).sizeBytes;
      const link = given.get("L");
      if (link !== undefined) {
        try {
          sys.unlink(link);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        sys.link(name, link);
      }
      const command = given.get("p");
      if (command !== undefined) {
        const words = [command, name, ...(before === "" ? [] : [before])];
        const pid = sys.fork(function* (child) {
          yield* execSearching(child, command, words);
          return 127;
        });
        yield* sys.waitpid(pid);
      }
      return true;
    };
    if ((given.has("f") || given.has("c")) && !(yield* open())) return 2;
    for (;;) {
      const waitUs = given.has("c") && Number.isFinite(endsAt) ? Math.max(0, endsAt * 1e6 - sys.clockUs("realtime")) : null;
      if ((yield* sys.poll([{ fd: 0, events: 1 }], waitUs)).length === 0) {
        if (!(yield* open())) return 2;
        continue;
      }
      const bytes = yield* sys.read(0, 65_536);
      if (bytes.length === 0) return 0;
      const due = fd === undefined || sys.clockUs("realtime") >= endsAt * 1e6 || (sizeBytes !== undefined && written >= sizeBytes);
      if (due && !(yield* open())) return 2;
      if (fd !== undefined) yield* sys.write(fd, bytes);
      written += bytes.length;
      if (given.has("e")) yield* io.out.print(decode(bytes));
    }
  },
);
