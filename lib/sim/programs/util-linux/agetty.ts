// agetty: opens a terminal, shows /etc/issue and asks for a name, then becomes login(1). Where nobody is at the other end of the line, it waits.
import { type Blocking, O, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { Io } from "../kit/io.ts";
import { withHelp } from "../kit/program.ts";

/** agetty(8), ISSUE FILES: the escapes that Debian's file and common ones use. */
function expandIssue(sys: Sys, issue: string, line: string, release: ReadonlyMap<string, string>): string {
  const names = sys.uname();
  return issue.replace(/\\(?:S\{([^}]*)\}|(.))/g, (_whole, key: string | undefined, letter: string | undefined) => {
    if (key !== undefined) return release.get(key) ?? "";
    switch (letter) {
      case "n": return names.nodename;
      case "l": return line;
      case "s": return names.sysname;
      case "r": return names.release;
      case "v": return names.version;
      case "m": return names.machine;
      case "o": return names.domainname;
      case "S": return release.get("PRETTY_NAME") ?? names.sysname;
      case "\\": return "\\";
      default: return "";
    }
  });
}

function* releaseOf(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, "/etc/os-release")) ?? "").split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0) found.set(line.slice(0, equals), line.slice(equals + 1).replace(/^"(.*)"$/, "$1"));
  }
  return found;
}

function* prompt(sys: Sys, line: string): Blocking<string | undefined> {
  const release = yield* releaseOf(sys);
  const issue = expandIssue(sys, (yield* readTextFile(sys, "/etc/issue")) ?? "", line, release);
  yield* sys.write(1, encode(`\r\n${issue.replaceAll("\n", "\r\n")}`));
  for (;;) {
    yield* sys.write(1, encode(`${sys.uname().nodename} login: `));
    const bytes = yield* sys.read(0, 256);
    if (bytes.length === 0) return undefined;
    const name = decode(bytes).replace(/[\r\n]+$/, "").trim();
    if (name !== "") return name;
    yield* sys.write(1, encode(`\r\n${issue.replaceAll("\n", "\r\n")}`));
  }
}

const command: Command = {
  name: "agetty", path: "/sbin/agetty", links: ["/sbin/getty"],
  declaration: {
    name: "agetty", summary: "prepare a terminal line and ask there for a login name", synopsis: ["[options] <line> [<baud_rate>,...] [<termtype>]"], operands: "none", manSection: 8,
    options: [
      { names: ["-a", "--autologin"], argument: "user", argumentOptional: false, help: "log this user in without a question", support: "simulated" },
      { names: ["-n", "--skip-login"], argument: undefined, argumentOptional: false, help: "let the login program ask for the name", support: "simulated" },
      { names: ["-o", "--login-options"], argument: "opts", argumentOptional: false, help: "what the login program gets as arguments", support: { partly: "ignored" } },
      { names: ["--noclear"], argument: undefined, argumentOptional: false, help: "the screen stays as it is", support: "simulated" },
      { names: ["--keep-baud"], argument: undefined, argumentOptional: false, help: "the speed stays as it is until a break comes", support: "simulated" },
    ],
  },
  *program(sys, argv) {
    let automatic: string | undefined;
    const operands: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-a" || word === "--autologin") automatic = argv[++at];
      else if (word === "-o" || word === "--login-options") at++;
      else if (word === "-" || !word.startsWith("-")) operands.push(word);
    }
    if (operands.length === 0) {
      yield* new Io(sys, "agetty").stderr("agetty: not enough arguments\n");
      return 1;
    }
    sys.setTitle("agetty");
    // agetty(8): LINE [BAUD] [TERM], or BAUD LINE [TERM]
    if (/^[\d,]+$/.test(operands[0] ?? "")) operands.shift();
    const [device = "-"] = operands;
    if (device !== "-") {
      const path = device.startsWith("/") ? device : `/dev/${device}`;
      for (const fd of sys.descriptors()) sys.close(fd);
      try {
        yield* sys.open(path, O.RDWR);
      } catch (error) {
        if (error instanceof SysError) return 1;
        throw error;
      }
      sys.dup(0);
      sys.dup(0);
    }
    if (!sys.isatty(0)) {
      for (;;) yield* sys.pause();
    }
    const line = sys.ttyname(0).replace(/^\/dev\//, "");
    try {
      const name = automatic ?? (yield* prompt(sys, line));
      if (name === undefined) return 0;
      const term = operands.find((word, index) => index > 0 && !/^[\d,]+$/.test(word)) ?? (line.startsWith("ttyS") ? "vt220" : "linux");
      return yield* sys.exec("/bin/login", ["login", "-p", ...(automatic === undefined ? ["--", name] : ["-f", name])], new Map([...sys.environment, ["TERM", term]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 1;
    }
  },
};

export default withHelp(command);
