// gpg-connect-agent: lines for gpg-agent by hand (gpg-connect-agent(1)).
import { askAgent, ensureAgent } from "../gpg-agent/_agent-socket.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

export default program(
  {
    name: "gpg-connect-agent", summary: "communicate with a running agent", synopsis: ["[options] [commands]"], failureStatus: 2,
    options: [flag(["--no-autostart"], "start no agent"), flag(["-q", "--quiet"], "say less"), flag(["--hex"], "data in hexadecimal"), flag(["--decode"], "decode data"), text(["--homedir"], "DIR", "the home directory")],
  },
  function* (sys, argv, io: Io) {
    let home = sys.environment.get("GNUPGHOME") ?? `${sys.environment.get("HOME") ?? "/"}/.gnupg`;
    let starts = true;
    const lines: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "--homedir") home = argv[++at] ?? home;
      else if (word === "--no-autostart") starts = false;
      else if (!word.startsWith("-")) lines.push(word);
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
