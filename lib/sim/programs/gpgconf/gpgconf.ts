// gpgconf: directories and components of GnuPG (gpgconf(1)).
import { askAgent, ensureAgent, socketDirectory } from "../gpg-agent/_agent-socket.ts";
import { gnupgHelp, gnupgVersion } from "./_gnupg-help.ts";
import type { Command } from "../kit/command.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

const COMPONENTS = [
  ["gpg", "OpenPGP", "/usr/bin/gpg"], ["gpgsm", "S/MIME", "/usr/bin/gpgsm"], ["gpg-agent", "Private Keys", "/usr/bin/gpg-agent"],
  ["scdaemon", "Smartcards", "/usr/lib/gnupg/scdaemon"], ["dirmngr", "Network", "/usr/bin/dirmngr"], ["pinentry", "Passphrase Entry", "/usr/bin/pinentry"],
] as const;

const gpgconf: Command = program(
  {
    name: "gpgconf", summary: "modify .gnupg home directories", synopsis: ["[options]"], failureStatus: 2,
    options: [flag(["--list-components"], "list all components"), flag(["-L", "--list-dirs"], "list directories"), flag(["-K", "--kill"], "end a component"), flag(["-R", "--reload"], "reload a component"), flag(["--launch"], "start a component"), flag(["--create-socketdir"], "make the directory of sockets"), flag(["--version"], "the version"), flag(["-h", "--help"], "this help"), text(["--homedir"], "DIR", "the home directory")],
  },
  function* (sys, argv, io: Io) {
    let home = sys.environment.get("GNUPGHOME") ?? `${sys.environment.get("HOME") ?? "/"}/.gnupg`;
    const words: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      if (argv[at] === "--homedir") home = argv[++at] ?? home;
      else words.push(argv[at] ?? "");
    }
    const [command = "--list-components", name] = words;
    if (command === "--version") {
      io.out.put(gnupgVersion("gpgconf", false));
    } else if (command === "--help" || command === "-h") {
      io.out.put(gnupgHelp(gpgconf.declaration, false));
    } else if (command === "--list-components") {
      for (const part of COMPONENTS) io.out.put(`${part.join(":")}\n`);
    } else if (command === "-L" || command === "--list-dirs" || command === "--list-dir") {
      const sockets = socketDirectory(sys, home);
      const all = [
        ["sysconfdir", "/etc/gnupg"], ["bindir", "/usr/bin"], ["libexecdir", "/usr/lib/gnupg"], ["libdir", "/usr/lib/x86_64-linux-gnu/gnupg"], ["datadir", "/usr/share/gnupg"], ["localedir", "/usr/share/locale"], ["socketdir", sockets],
        ["dirmngr-socket", `${sockets}/S.dirmngr`], ["agent-ssh-socket", `${sockets}/S.gpg-agent.ssh`], ["agent-extra-socket", `${sockets}/S.gpg-agent.extra`], ["agent-browser-socket", `${sockets}/S.gpg-agent.browser`], ["agent-socket", `${sockets}/S.gpg-agent`], ["homedir", home],
      ] as const;
      for (const [key, value] of all) if (name === undefined) io.out.put(`${key}:${value}\n`);
      else if (words.slice(1).includes(key)) io.out.put(`${value}\n`);
    } else if (["-K", "--kill", "-R", "--reload", "--launch"].includes(command)) {
      if (name === undefined && command !== "-R" && command !== "--reload") {
        yield* io.stderr("gpgconf: error: Need one component argument\n");
        return 2;
      }
      if (name !== undefined && name !== "all" && !COMPONENTS.some(([known]) => known === name)) {
        yield* io.stderr("Component not found\n");
        return 1;
      }
      if (name === "gpg-agent" || name === "all" || name === undefined) {
        if (command === "--launch") yield* ensureAgent(sys, home);
        else yield* askAgent(sys, home, [command.startsWith("-R") || command === "--reload" ? "RELOADAGENT" : "KILLAGENT"]);
      }
    } else if (command !== "--create-socketdir") {
      yield* io.stderr(`invalid option "${command}"\n`);
      return 2;
    }
    return 0;
  },
);

export default gpgconf;
