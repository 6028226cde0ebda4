// screen: windows on one terminal that go on when it is gone (screen(1), 4.9). Its server is that of tmux with screen's manner.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { runClient } from "../tmux/_client.ts";
import { commandOf, reach, startServer } from "../tmux/_start.ts";
import { screenManner } from "./_manner.ts";

const directoryOf = (user: string): string => `/run/screen/S-${user}`;

interface Found {
  /** PID.NAME */
  readonly name: string;
  readonly path: string;
  readonly state: string;
  readonly startedUs: number;
}

/** Asks the server at that socket; undefined when it is dead. */
function* ask(sys: Sys, path: string, words: readonly string[]): Blocking<{ readonly status: number; readonly out: string } | undefined> {
  let fd: number;
  try {
    fd = yield* reach(sys, path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  const [read, write] = sys.pipe();
  const pid = sys.fork(function* (own) {
    own.dup2(write, 1);
    return yield* runClient(own, fd, { ...commandOf(own, words), terminal: false });
  });
  sys.close(write);
  sys.close(fd);
  let out = "";
  for (;;) {
    const bytes = yield* sys.read(read, 4096);
    if (bytes.length === 0) break;
    out += String.fromCharCode(...bytes);
  }
  sys.close(read);
  const waited = yield* sys.waitpid(pid);
  return { status: waited?.status.kind === "exited" ? waited.status.status : 1, out };
}

function* find(sys: Sys, directory: string): Blocking<readonly Found[]> {
  let names: readonly string[] = [];
  try {
    names = sys.readdir(directory).map((entry) => entry.name);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const found: Found[] = [];
  for (const name of names) {
    const path = `${directory}/${name}`;
    const state = yield* ask(sys, path, ["state"]);
    found.push({ name, path, state: state?.out ?? "Dead ???", startedUs: sys.stat(path).mtimeUs });
  }
  return found.sort((a, b) => (a.name < b.name ? 1 : -1));
}

function* main(sys: Sys, io: Io, argv: readonly string[]): Blocking<number> {
  const flags = new Map<string, string>();
  const operands: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (operands.length > 0 || !word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    if (word === "-ls" || word === "-list") flags.set("ls", "");
    else if (word === "-wipe") flags.set("wipe", "");
    else if (word === "-v" || word === "--version") {
      io.out.put("Screen version 4.09.00 (GNU) 30-Jan-22\n");
      return 0;
    } else {
      for (let index = 1; index < word.length; index++) {
        const letter = word.charAt(index);
        if ("STcehpst".includes(letter)) {
          flags.set(letter, index + 1 < word.length ? word.slice(index + 1) : (argv[++at] ?? ""));
          break;
        }
        if (letter === "X") {
          flags.set("X", "");
          operands.push(...argv.slice(at + 1));
          at = argv.length;
          break;
        }
        if (!"aAdDfiLlmOqQRrUx".includes(letter)) {
          yield* io.stderr(`Use: screen [-opts] [cmd [args]]\n or: screen -r [host.tty]\n\nError: Unknown option -${letter}\n`);
          return 1;
        }
        flags.set(letter, "");
      }
    }
  }
  const user = sys.environment.get("USER") ?? sys.environment.get("LOGNAME") ?? "root";
  const directory = sys.environment.get("SCREENDIR") || directoryOf(user);
  const all = yield* find(sys, directory);
  const wanted = flags.get("S") ?? (flags.has("r") || flags.has("R") || flags.has("x") || flags.has("d") || flags.has("D") ? operands[0] : undefined);
  const match = all.filter((one) => wanted === undefined || one.name === wanted || one.name.startsWith(wanted) || one.name.slice(one.name.indexOf(".") + 1).startsWith(wanted));
  const listing = (list: readonly Found[]): string => `${list.map((one) => `\t${one.name}\t(${strftime("%m/%d/%y %H:%M:%S", civilAtUs(UTC, one.startedUs))})\t(${one.state})\n`).join("")}`;
  const sockets = (count: number): string => `${count} Socket${count === 1 ? "" : "s"} in ${directory}.\n`;
  if (flags.has("ls") || flags.has("wipe")) {
    io.out.put(all.length === 0 ? `No Sockets found in ${directory}.\n\n` : `There ${all.length === 1 ? "is a screen" : "are screens"} on:\n${listing(all)}${sockets(all.length)}`);
    return all.length === 0 ? 1 : 0;
  }
  if (flags.has("X")) {
    const [one] = match;
    if (!one) {
      io.out.put("No screen session found.\n");
      return 1;
    }
    return (yield* ask(sys, one.path, operands))?.status ?? 1;
  }
  if (flags.has("d") && !flags.has("m") && !flags.has("r") && !flags.has("R")) {
    const attached = match.filter((one) => one.state === "Attached");
    const [one] = attached;
    if (!one) {
      io.out.put("There is no screen to be detached.\n");
      return 1;
    }
    yield* ask(sys, one.path, ["detach"]);
    io.out.put(`[${one.name} detached.]\n\n`);
    return 0;
  }
  const terminal = sys.isatty(0) && sys.isatty(1);
  if (flags.has("r") || flags.has("R") || flags.has("x")) {
    const steal = flags.has("d") || flags.has("D");
    const usable = match.filter((one) => flags.has("x") || steal || one.state === "Detached");
    const [one] = usable;
    if (one && (usable.length === 1 || flags.has("R"))) {
      if (!terminal) {
        yield* io.stderr("Must be connected to a terminal.\n");
        return 1;
      }
      yield* io.out.flush();
      return yield* runClient(sys, yield* reach(sys, one.path), commandOf(sys, [steal ? "steal" : "attach"]));
    }
    if (!flags.has("R")) {
      io.out.put(usable.length > 1 ? `There are several suitable screens on:\n${listing(usable)}Type "screen [-d] -r [pid.]tty.host" to resume one of them.\n` : match.length > 0 ? `There is a screen on:\n${listing(match)}There is no screen to be resumed${wanted === undefined ? "" : ` matching ${wanted}`}.\n` : `There is no screen to be resumed${wanted === undefined ? "" : ` matching ${wanted}`}.\n`);
      return 1;
    }
  }
  const detached = flags.has("d") && flags.has("m");
  if (!detached && !terminal) {
    yield* io.stderr("Must be connected to a terminal.\n");
    return 1;
  }
  const tty = terminal ? sys.ttyname(0).replace(/^\/dev\//, "").replaceAll("/", "-") : "tty";
  const name = `${sys.getpid()}.${flags.get("S") ?? `${tty}.${sys.uname().nodename}`}`;
  const path = `${directory}/${name}`;
  try {
    yield* startServer(sys, path, screenManner(), "screen", ["SCREEN", ...argv.slice(1)]);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`Cannot make directory '${directory}': ${error.message}\n`);
    return 1;
  }
  yield* io.out.flush();
  return yield* runClient(sys, yield* reach(sys, path), commandOf(sys, [detached ? "start" : "new", name, ...operands]));
}

export default program(
  {
    name: "screen", summary: "several shells in one terminal, which go on when it closes", operands: "commands", synopsis: ["[-opts] [cmd [args]]", "-r [[pid.]tty[.host]]", "-ls", "-S name [cmd [args]]"],
    description: ["screen runs programs in windows that go on when the terminal goes. Behind C-a: c new window, n p space and digits other windows, C-a the last one, d detach, k kill, A title, w and \" lists, N number, t time, i about the window, : a command, [ copy mode, ] paste, \\ quit. /etc/screenrc and ~/.screenrc are read: bind, escape, hardstatus alwayslastline, screen, title, msgwait. Regions, logging and the page at the start are not simulated."],
    options: [flag(["-d"], "detach a session elsewhere; -d -m starts one without attaching"), flag(["-m"], "a new session even inside of one"), flag(["-r"], "resume a detached session"), flag(["-R"], "resume if possible, else start"), flag(["-x"], "attach to a session that is attached"), flag(["-ls"], "list sessions"), text(["-S"], "sockname", "name of the session"), text(["-X"], "cmd", "send stuff, quit or detach to a session"), flag(["-v"], "print the version")],
    seeAlso: ["tmux(1)"],
  },
  function* (sys, argv, io: Io) {
    return yield* main(sys, io, argv);
  },
);
