// in.fingerd (bsd-finger 0.17): one line from the network becomes the operands of finger, whose output goes back. inetd(8) starts it with the connection as 0, 1 and 2.

import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { Input } from "../kit/input.ts";
import { latin1 } from "../kit/latin1.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { waitFor } from "../kit/shell-command.ts";

const LONGEST_LINE = 1024;
const DEFAULT_TIMEOUT_SECONDS = 60;

interface Setting {
  readonly letters: ReadonlySet<string>;
  readonly finger: string;
  readonly timeoutSeconds: number;
}

export default program({
  name: "in.fingerd", path: "/usr/sbin/in.fingerd", manSection: 8, summary: "answer finger from other hosts", synopsis: ["[-wulf] [-p PATH] [-t SECONDS]"], operands: "none", showsHelp: true,
  description: ["inetd starts it for a connection to port 79. The line that comes names the people to show; an empty one asks who is logged in."],
  options: [
    flag(["-w"], "greet with the system's name and how long it has been up"),
    flag(["-u"], "refuse questions that name nobody"),
    flag(["-l"], "note each question in the system's log"),
    flag(["-f"], "pass questions for other hosts (user@host) on"),
    text(["-p", "-L"], "PATH", "the finger program to run"),
    text(["-t"], "SECONDS", "how long to wait for the line; 0: without limit (60)"),
  ],
  seeAlso: ["finger(1)", "inetd(8)"],
}, function* (sys, argv, io) {
  const setting = settingOf(argv);
  const log = (priority: number, message: string): Blocking<void> => syslog(sys, { identifier: "fingerd", facility: FACILITY.daemon, priority, message, withPid: true });
  const answer = function* (line: string): Blocking<void> {
    io.out.put(`${line}\r\n`);
    yield* io.out.flush();
  };
  let peer: string;
  try {
    const address = sys.getpeername(0);
    peer = address.family === "unix" ? "localhost" : address.address;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* answer(`fingerd: getpeername: ${error.message}`);
    return 1;
  }
  if (!setting) {
    yield* log(PRIORITY.err, "usage: fingerd [-wulf][-pL /path/finger] [-t timeout]");
    return 1;
  }
  if (setting.timeoutSeconds > 0) sys.setsockopt(0, "rcvtimeo", setting.timeoutSeconds * 1e6);
  const line = yield* requestLine(sys, io);
  if (line === undefined) return 1;
  if (setting.letters.has("w")) yield* welcome(sys, io);
  const words = line.split(/[ \t]+/).filter((word) => word !== "").map((word) => (/^\/w$/i.test(word) ? "-l" : word));
  const people = words.filter((word) => !word.startsWith("-"));
  if (people.length === 0 && setting.letters.has("u")) {
    if (setting.letters.has("l")) yield* log(PRIORITY.notice, `rejected finger @host from ${peer}`);
    yield* answer("Please supply a username");
    return 0;
  }
  for (const person of people) {
    if (!person.includes("@") || setting.letters.has("f")) continue;
    if (setting.letters.has("l")) yield* log(PRIORITY.notice, `rejected ${person} from ${peer}`);
    yield* answer("fingerd: forwarding not allowed");
    return 1;
  }
  if (setting.letters.has("l")) for (const person of people.length === 0 ? ["@host"] : people) yield* log(PRIORITY.notice, `fingered ${person} from ${peer}`);
  return yield* pass(sys, io, setting.finger, words);
});

function settingOf(argv: readonly string[]): Setting | undefined {
  const letters = new Set<string>();
  let finger = "/usr/bin/finger";
  let timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "-") break;
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? "";
      if ("wulf".includes(letter)) letters.add(letter);
      else if ("pLt".includes(letter)) {
        const value = i + 1 < word.length ? word.slice(i + 1) : argv[++at];
        if (value === undefined) return undefined;
        if (letter === "t") timeoutSeconds = Number.parseInt(value, 10) || 0;
        else finger = value;
        break;
      } else return undefined;
    }
  }
  return { letters, finger, timeoutSeconds };
}

/** Without its end; undefined when the client went away or took too long. */
function* requestLine(sys: Sys, io: Io): Blocking<string | undefined> {
  let line = "";
  try {
    while (!line.includes("\n") && line.length < LONGEST_LINE) {
      const bytes = yield* sys.read(0, LONGEST_LINE);
      if (bytes.length === 0) return line === "" ? undefined : line;
      line += decode(bytes);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "EAGAIN") io.out.put("Input timeout\r\n");
    return undefined;
  }
  return (line.split("\n")[0] ?? "").replace(/\r$/, "");
}

function* welcome(sys: Sys, io: Io): Blocking<void> {
  const { sysname, release, nodename } = sys.uname();
  io.out.put(`\r\nWelcome to ${sysname} version ${release} at ${nodename} !\r\n\n`);
  yield* pass(sys, io, "/usr/bin/uptime", []);
  io.out.put("\r\n");
}

/** What the program says goes out with the network's line ends, its complaints too. */
function* pass(sys: Sys, io: Io, path: string, words: readonly string[]): Blocking<number> {
  yield* io.out.flush();
  const [read, write] = sys.pipe();
  const name = path.slice(path.lastIndexOf("/") + 1);
  const pid = sys.fork(function* (child) {
    child.close(read);
    child.dup2(write, 1);
    child.dup2(write, 2);
    child.close(write);
    try {
      return yield* child.exec(path, [name, ...words], child.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* child.write(2, encode("Finger program not found\n"));
      return 1;
    }
  });
  sys.close(write);
  const input = new Input(sys, read);
  for (;;) {
    const bytes = yield* input.chunk();
    if (bytes.length === 0) break;
    yield* io.out.printLatin1(latin1(bytes).replaceAll("\n", "\r\n"));
  }
  sys.close(read);
  yield* waitFor(sys, pid);
  return 0;
}
