// gpg-connect-agent: lines for gpg-agent by hand (gpg-connect-agent(1)).
import { askAgent, ensureAgent } from "../gpg-agent/_agent-socket.ts";
import { gnupgHelp, gnupgVersion } from "./_gnupg-help.ts";
import type { Command } from "../kit/command.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

const command: Command = program(
  {
    name: "gpg-connect-agent", summary: "talk to the agent of GnuPG, command by command", synopsis: ["[options] [commands]"], failureStatus: 2,
    options: [flag(["--no-autostart"], "start no agent"), flag(["-q", "--quiet"], "say less"), flag(["--hex"], "data in hexadecimal"), flag(["--decode"], "decode data"), text(["--homedir"], "DIR", "the home directory"), flag(["--version"], "the version"), flag(["-h", "--help"], "this help")],
  },
  function* (sys, argv, io: Io) {
    let home = sys.environment.get("GNUPGHOME") ?? `${sys.environment.get("HOME") ?? "/"}/.gnupg`;
    let starts = true;
    const lines: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--homedir") home = argv[++at] ?? home;
      else if (word === "--no-autostart") starts = false;
      else if (word === "--help" || word === "-h" || word === "--version") {
        io.out.put(word === "--version" ? gnupgVersion("gpg-connect-agent", false) : gnupgHelp(command.declaration, false));
        return 0;
      } else if (!word.startsWith("-")) lines.push(word);
      else if (!command.declaration.options.some(({ names }) => names.includes(word))) {
        yield* io.stderr(`invalid option "${word}"\n`);
        return 2;
      }
    }
    const there = starts ? yield* ensureAgent(sys, home) : (yield* askAgent(sys, home, ["NOP"])) !== undefined;
    if (!there) {
      yield* io.stderr("gpg-connect-agent: no gpg-agent running in this session\n");
      return 2;
    }
    const run = function* (line: string) {
      for (const answer of (yield* askAgent(sys, home, [line])) ?? []) io.out.put(`${answer}\n`);
      yield* io.out.flush();
    };
    for (const line of lines) {
      if (line === "/bye") return 0;
      yield* run(line);
    }
    for (;;) {
      if (sys.isatty(0)) yield* io.out.print("> ");
      yield* io.out.flush();
      const line = yield* io.stdin.line();
      if (line === undefined || line === "/bye") return 0;
      yield* run(line);
    }
  },
);

export default command;
