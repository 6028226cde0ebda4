import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { runClient } from "./_client.ts";
import { COMMANDS } from "./_command-table.ts";
import { tmuxManner } from "./_manner.ts";
import { commandOf, reach, startServer } from "./_start.ts";

const USAGE = "usage: tmux [-2CDlNuvV] [-c shell-command] [-f file] [-L socket-name]\n            [-S socket-path] [-T features] [command [flags]]\n";

function* main(sys: Sys, io: Io, argv: readonly string[]): Blocking<number> {
  let path = `${sys.environment.get("TMUX_TMPDIR") ?? "/tmp"}/tmux-${sys.getcred().euid}/default`;
  const inside = sys.environment.get("TMUX")?.split(",")[0];
  if (inside !== undefined && inside !== "") path = inside;
  let configuration: string | undefined;
  let at = 1;
  for (; at < argv.length && (argv[at] ?? "").startsWith("-") && argv[at] !== "-"; at++) {
    const word = argv[at] ?? "";
    for (let index = 1; index < word.length; index++) {
      const letter = word.charAt(index);
      if (letter === "V") {
        io.out.put("tmux 3.3a\n");
        return 0;
      }
      if ("cfLST".includes(letter)) {
        const value = index + 1 < word.length ? word.slice(index + 1) : argv[++at];
        if (value === undefined) {
          yield* io.stderr(`tmux: option requires an argument -- ${letter}\n${USAGE}`);
          return 1;
        }
        if (letter === "f") configuration = value;
        if (letter === "S") path = value;
        if (letter === "L") path = `/tmp/tmux-${sys.getcred().euid}/${value}`;
        break;
      }
      if (!"2CDlNuv".includes(letter)) {
        yield* io.stderr(`${letter === "h" ? "" : `tmux: unknown option -- ${letter}\n`}${USAGE}`);
        return letter === "h" ? 0 : 1;
      }
    }
  }
  const words = argv.slice(at);
  const command = words[0] ?? "new-session";
  const starts = "new-session".startsWith(command) || command === "new" || command === "start-server" || command === "start";
  let fd: number;
  try {
    fd = yield* reach(sys, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (!starts) {
      yield* io.stderr(error.errno === "ECONNREFUSED" ? `no server running on ${path}\n` : `error connecting to ${path} (${error.message})\n`);
      return 1;
    }
    try {
      yield* startServer(sys, path, tmuxManner(configuration), "tmux: server", argv);
      fd = yield* reach(sys, path);
    } catch (second) {
      if (!(second instanceof SysError)) throw second;
      yield* io.stderr(`error creating ${path} (${second.message})\n`);
      return 1;
    }
  }
  yield* io.out.flush();
  return yield* runClient(sys, fd, commandOf(sys, words));
}

export default program(
  {
    name: "tmux", summary: "terminal multiplexer", operands: "none", synopsis: ["[-2CDlNuVv] [-c shell-command] [-f file] [-L socket-name] [-S socket-path] [-T features] [command [flags]]"],
    description: [
      "tmux keeps programs running on terminals of their own, several to a screen, and lets go of them and comes back to them.",
      "Behind C-b: ? the list of keys, c new window, n p l and digits other windows, w and s the tree of windows and sessions, d detach, % and \" split, arrows o ; other panes, z zoom, q their numbers, M-arrows and C-arrows resize, { } swap, ! break off, Space other layouts, x and & kill, comma and $ rename, t a clock, [ copy mode (keys of emacs, or of vi with mode-keys vi), ] paste, : a command.",
      "~/.tmux.conf is read when the server starts: set -g, setw -g, bind, unbind, source-file. tmux list-commands lists the commands, tmux list-keys the keys, tmux show -g, show -gw and show -s the options. Menus, popups, hooks, the mouse, linked windows and control mode are not simulated.",
    ],
    options: [flag(["-V"], "print the version"), flag(["-2"], "256 colours (always so here)"), flag(["-u"], "UTF-8 (always so here)"), text(["-f"], "file", "this configuration instead of /etc/tmux.conf and ~/.tmux.conf"), text(["-L"], "socket-name", "another server"), text(["-S"], "socket-path", "the server's socket")],
    subcommands: COMMANDS.map((name) => ({ name, summary: `tmux's command ${name}`, synopsis: [""], options: [] })),
    seeAlso: ["screen(1)"],
  },
  function* (sys, argv, io: Io) {
    return yield* main(sys, io, argv);
  },
);
