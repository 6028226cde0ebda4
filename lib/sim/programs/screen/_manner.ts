// screen's manner: its commands by key, by colon and by -X, its settings files and its last line (screen(1), 4.9).
import { type Blocking, encode, SysError, O } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { panesOf } from "../tmux/_layout.ts";
import type { Client, Manner, Server, Session } from "../tmux/_server.ts";
import { WindowList } from "./_window-list.ts";

const KEYS: readonly (readonly [keys: string, command: string])[] = [
  ["a", "meta"], ["c\u0003", "screen"], ["n \u000e", "next"], ["p\u0010\u007f\b", "prev"], ["\u0001", "other"], ["d\u0004", "detach"], ["kK\u000b", "kill"], ["\\", "quit"], ["A", "title"], ["w\u0017", "windows"], ['"', "windowlist -b"], ["N", "number"], ["[\u001b", "copy"], ["]", "paste ."], ["t\u0014", "time"], ["i\t", "info"], ["v", "version"], [":", "colon"],
  ["'", "select"], ["l\f", "redisplay"], ["m\r", "lastmsg"], ["h", "hardcopy"], ["C", "clear"], ["?", "help"], ["S|QX", "split"],
];

const numbersOf = (session: Session): number[] => [...session.windows.keys()].sort((a, b) => a - b);

function cycle(server: Server, session: Session, by: number): void {
  const numbers = numbersOf(session);
  server.selectWindow(session, numbers[(numbers.indexOf(session.current) + by + numbers.length) % numbers.length] ?? session.current);
}

/** Words with quotes; "^X" and "\n" in them as screen understands them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|#.*|(\S+)/g)].flatMap((match) => (match[0].startsWith("#") ? [] : [match[1] ?? match[2] ?? match[3] ?? ""]));
}

/** "^Aa" and "\033" as the characters they stand for. */
function keysOf(text: string): string {
  return text.replace(/\^(.)|\\([0-7]{1,3})|\\(.)/g, (_, control: string | undefined, octal: string | undefined, plain: string | undefined) => (control !== undefined ? (control === "?" ? "\u007f" : String.fromCharCode(control.toUpperCase().charCodeAt(0) & 31)) : octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8)) : plain === "n" ? "\n" : (plain ?? "")));
}

/** On the last line the window before has no mark, and "$" tells nothing. */
function windowsText(session: Session, numbers: readonly number[], whole: boolean): string {
  return numbers.map((number) => `${number}${number === session.current ? "*" : whole && number === session.last ? "-" : ""}${whole ? "$" : ""} ${session.windows.get(number)?.name ?? ""}`).join("  ");
}

/** The escapes of hardstatus and caption (screen(1), STRING ESCAPES); colours are left out. */
function expand(server: Server, session: Session, format: string, columns: number): string {
  const now = civilAtUs(UTC, server.sys.clockUs("realtime"));
  const numbers = numbersOf(session);
  const at = numbers.indexOf(session.current);
  const sides = format.replace(/%\{[^}]*\}/g, "").split("%=").map((part) => part.replace(/%([-+]?)0?(\d*)([A-Za-z%?])/g, (_, sign: string, _width: string, letter: string) => {
    switch (letter) {
      case "H": return server.sys.uname().nodename;
      case "n": return String(session.current);
      case "t": return server.windowOf(session)?.name ?? "";
      case "w": case "W": return windowsText(session, sign === "-" ? numbers.slice(0, at) : sign === "+" ? numbers.slice(at + 1) : letter === "W" ? numbers.filter((one) => one !== session.current) : numbers, false);
      case "c": return strftime("%k:%M", now);
      case "C": return strftime("%l:%M", now);
      case "a": return strftime("%P", now);
      case "D": return strftime("%a", now);
      case "d": return strftime("%d", now);
      case "M": return strftime("%b", now);
      case "m": return strftime("%m", now);
      case "Y": return strftime("%Y", now);
      case "y": return strftime("%y", now);
      case "S": return session.name.slice(session.name.indexOf(".") + 1);
      case "%": return "%";
      default: return "";
    }
  }));
  const spare = Math.max(0, columns - sides.reduce((sum, side) => sum + side.length, 0));
  return sides.map((side, index) => (index === sides.length - 1 ? side : `${side}${" ".repeat(Math.floor((spare * (index + 1)) / (sides.length - 1)) - Math.floor((spare * index) / (sides.length - 1)))}`)).join("");
}

export function screenManner(): Manner {
  const bindings = new Map<string, string>();
  for (const [keys, command] of KEYS) for (const key of keys) bindings.set(key, command);
  for (let digit = 0; digit < 10; digit++) bindings.set(String(digit), `select ${digit}`);
  let prefix = "\u0001", literal = "a";
  let hardstatus = "", waitSeconds = 5, lastMessage = "";

  const say = (server: Server, client: Client, text: string): void => {
    lastMessage = text;
    server.show(client, text);
  };

  const killWindow = function* (server: Server, client: Client, session: Session): Blocking<void> {
    const window = server.windowOf(session);
    if (!window) return;
    const { current } = session;
    const last = session.windows.size === 1;
    for (const pane of panesOf(window.layout)) yield* server.removePane(pane);
    if (!last) say(server, client, `Window ${current} (${window.name}) killed.`);
  };

  /** One command; what is wrong with it. */
  const command = function* (server: Server, client: Client, session: Session, words: readonly string[], typed: boolean): Blocking<string | undefined> {
    const window = server.windowOf(session);
    const [verb = "", ...rest] = words;
    const [first = ""] = rest;
    if (!window) return undefined;
    switch (verb) {
      case "meta": yield* server.type(window.active, encode(prefix)); break;
      case "screen": {
        let name: string | undefined;
        const argv = [...rest];
        while (argv[0]?.startsWith("-")) if (argv.shift() === "-t") name = argv.shift();
        const number = /^\d+$/.test(argv[0] ?? "") ? Number(argv.shift()) : undefined;
        server.newWindow(session, argv, name, true, number);
        break;
      }
      case "next": cycle(server, session, 1); break;
      case "prev": cycle(server, session, -1); break;
      case "other":
        if (session.last !== undefined) server.selectWindow(session, session.last);
        else say(server, client, "No other window.");
        break;
      case "select": {
        if (first === "") {
          server.ask(client, "Switch to window: ", "", false, function* (answer) {
            yield* command(server, client, session, ["select", answer], true);
          });
          break;
        }
        const number = numbersOf(session).find((one) => String(one) === first || session.windows.get(one)?.name === first);
        if (number === undefined) say(server, client, windowsText(session, numbersOf(session), true));
        else if (number === session.current && typed) say(server, client, `This IS window ${number} (${window.name}).`);
        else server.selectWindow(session, number);
        break;
      }
      case "detach": case "pow_detach":
        for (const other of [...server.clients]) if (other.session) yield* server.dismiss(other, "detached");
        break;
      case "kill":
        if (!typed) yield* killWindow(server, client, session);
        else server.ask(client, "Really kill this window [y/n]", "", true, function* (answer) {
          if (answer === "y") yield* killWindow(server, client, session);
        });
        break;
      case "quit":
        if (!typed) server.stopping = true;
        else server.ask(client, "Really quit and kill all your windows [y/n]", "", true, function* (answer) {
          if (answer === "y") yield* server.removeSession(session);
        });
        break;
      case "title": {
        const rename = (name: string): void => {
          window.name = name;
          window.automatic = false;
        };
        if (first !== "") rename(first);
        else server.ask(client, "Set window's title to: ", window.name, false, function* (answer) {
          rename(answer);
          yield* [];
        });
        break;
      }
      case "windows": say(server, client, windowsText(session, numbersOf(session), true)); break;
      case "windowlist": server.setMode(client, new WindowList(server, session, window.active)); break;
      case "number": {
        if (first === "") say(server, client, `This is window ${session.current} (${window.name}).`);
        else if (/^\d+$/.test(first)) {
          const to = Number(first), other = session.windows.get(to);
          if (other) session.windows.set(session.current, other);
          else session.windows.delete(session.current);
          session.windows.set(to, window);
          session.current = to;
        }
        break;
      }
      case "copy": server.copyMode(client); break;
      case "paste": yield* server.type(window.active, encode((server.buffers[0]?.text ?? "").replaceAll("\n", "\r"))); break;
      case "stuff": yield* server.type(window.active, encode(keysOf(first).replaceAll("\n", "\r"))); break;
      case "time": {
        const load = ((yield* readTextFile(server.sys, "/proc/loadavg")) ?? "").split(" ").slice(0, 3).join(" ");
        say(server, client, `${strftime("%H:%M:%S %b %e", civilAtUs(UTC, server.sys.clockUs("realtime")))} ${server.sys.uname().nodename} ${load}`);
        break;
      }
      case "info": {
        const { grid } = window.active;
        say(server, client, `(${grid.cursor.column + 1},${grid.cursor.row + 1})/(${grid.columns},${grid.rows})+100 +flow UTF-8 ${session.current}(${window.name})`);
        break;
      }
      case "version": say(server, client, "screen 4.09.00 (GNU) 30-Jan-22"); break;
      case "lastmsg": say(server, client, lastMessage); break;
      case "colon": server.ask(client, ":", "", false, function* (answer) {
        const wrong = answer.trim() === "" ? undefined : yield* command(server, client, session, wordsOf(answer), true);
        if (wrong !== undefined) say(server, client, `: ${wrong}`);
      }); break;
      case "redisplay": client.screen.forget(); break;
      case "clear": yield* server.type(window.active, encode("\f")); break;
      case "hardcopy": {
        const { grid } = window.active;
        const path = `${session.cwd}/${first === "" ? `hardcopy.${session.current}` : first}`;
        try {
          const fd = yield* server.sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
          yield* server.sys.write(fd, encode(`${Array.from({ length: grid.rows }, (_, row) => grid.rowText(row)).join("\n")}\n`));
          server.sys.close(fd);
          say(server, client, `Screen image written to "${path.slice(path.lastIndexOf("/") + 1)}".`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          say(server, client, `Cannot open "${path}": ${error.message}`);
        }
        break;
      }
      case "echo": say(server, client, rest.join(" ")); break;
      case "bind":
        if (rest.length < 2) bindings.delete(keysOf(first));
        else bindings.set(keysOf(first), rest.slice(1).map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(" "));
        break;
      case "escape": {
        const keys = keysOf(first);
        if (keys.length !== 2) return "escape: two characters required after escape.";
        bindings.delete(literal);
        bindings.delete(prefix);
        [prefix = prefix, literal = literal] = [...keys];
        bindings.set(literal, "meta");
        bindings.set(prefix, "other");
        break;
      }
      case "hardstatus":
        hardstatus = first === "off" ? "" : /^(always)?lastline$|^string$/.test(first) ? (rest[1] ?? hardstatus) : hardstatus;
        server.refit(session);
        break;
      case "msgwait": waitSeconds = Number(first) || waitSeconds; break;
      case "help": say(server, client, "Keys: man screen; C-a d detaches, C-a \" lists the windows, C-a : asks for a command"); break;
      case "split": case "focus": case "remove": case "only": say(server, client, "regions are not simulated here: use tmux"); break;
      case "startup_message": case "defscrollback": case "scrollback": case "vbell": case "autodetach": case "shell": case "caption": case "term": case "termcapinfo": case "terminfo": case "defutf8": case "altscreen": case "logfile": case "deflog": case "shelltitle": case "multiuser": case "acladd": case "attrcolor": case "bufferfile": case "hardcopydir": case "activity": case "bell": case "vbell_msg": case "defbce": case "nethack": case "crlf": case "log": case "monitor": case "silence": case "wrap": break;
      default: return `unknown command '${verb}'`;
    }
    return undefined;
  };

  return {
    term: "screen", viKeys: true,
    statusRows: () => (hardstatus === "" ? 0 : 1),
    isPrefix: (_server, _client, key) => key === prefix,
    overlaidUs: () => waitSeconds * 1_000_000,
    *plainKey() {
      yield* [];
      return false;
    },
    environment: (server, _pane) => [["STY", server.socketPath.slice(server.socketPath.lastIndexOf("/") + 1)], ["WINDOW", String(server.sessions.at(-1)?.windows.size ?? 0)]],
    goodbye: (why, session) => (why === "detached" ? `[detached from ${session.name}]` : "[screen is terminating]"),
    status: (server, session, columns) => (hardstatus === "" ? { text: "", style: "" } : { text: expand(server, session, hardstatus, columns).slice(0, columns), style: "7" }),
    *run(server, client, message) {
      const [verb = "", name = "", ...argv] = message.words;
      const session = server.sessions[0];
      const start = function* (): Blocking<Session> {
        const made = server.newSession(name, message, argv, undefined);
        const home = new Map(message.environment).get("HOME") ?? "/";
        for (const path of ["/etc/screenrc", `${home}/.screenrc`]) {
          for (const line of ((yield* readTextFile(server.sys, path)) ?? "").split("\n")) {
            const words = wordsOf(line);
            if (words.length > 0) yield* command(server, client, made, words, false);
          }
        }
        return made;
      };
      switch (verb) {
        case "new": yield* server.attach(client, yield* start()); return;
        case "start":
          yield* start();
          return yield* server.reply(client, "");
        case "attach": case "steal": {
          if (!session) return yield* server.reply(client, "", "There is no screen to be resumed.\n", 1);
          if (verb === "steal") for (const other of server.clients) if (other.session) yield* server.dismiss(other, "detached");
          yield* server.attach(client, session);
          return;
        }
        case "state": return yield* server.reply(client, server.clients.some((one) => one.session) ? "Attached" : "Detached");
        default: {
          if (!session) return;
          const shown = server.clients.find((one) => one.session === session) ?? client;
          const wrong = yield* command(server, shown, session, message.words, false);
          // the session says what is wrong, not the one who asked
          if (wrong !== undefined && shown !== client) say(server, shown, `-X: ${wrong}`);
          return yield* server.reply(client, "");
        }
      }
    },
    *key(server, client, key, repeated) {
      const { session } = client;
      const bound = repeated ? undefined : bindings.get(key);
      if (!session || bound === undefined) return !repeated;
      yield* command(server, client, session, wordsOf(bound), true);
      return true;
    },
  };
}
