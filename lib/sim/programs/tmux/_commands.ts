// tmux's own manner: its commands, the keys behind C-b and the status line (tmux(1), 3.3a).
// (More than 400 lines: a table of commands, a few lines each.)
import { type Blocking, encode } from "../../kernel/sys.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { arranged, divided, type Layout, LAYOUTS, panesOf, type Place, swapped } from "./_layout.ts";
import type { CommandMessage } from "./_messages.ts";
import type { Client, Manner, Pane, Server, Session, Window } from "./_server.ts";

const ALIASES: ReadonlyMap<string, string> = new Map([
  ["new", "new-session"], ["attach", "attach-session"], ["at", "attach-session"], ["a", "attach-session"], ["ls", "list-sessions"], ["neww", "new-window"], ["splitw", "split-window"], ["lsw", "list-windows"], ["lsp", "list-panes"], ["lsc", "list-clients"], ["selectw", "select-window"], ["selectp", "select-pane"], ["killp", "kill-pane"], ["killw", "kill-window"],
  ["rename", "rename-session"], ["renamew", "rename-window"], ["send", "send-keys"], ["capturep", "capture-pane"], ["display", "display-message"], ["detach", "detach-client"], ["has", "has-session"], ["next", "next-window"], ["prev", "previous-window"], ["last", "last-window"], ["resizep", "resize-pane"], ["set", "set-option"], ["setw", "set-option"], ["set-window-option", "set-option"], ["show", "show-options"], ["showw", "show-options"], ["breakp", "break-pane"], ["swapp", "swap-pane"], ["nextl", "next-layout"], ["selectl", "select-layout"], ["pasteb", "paste-buffer"], ["displayp", "display-panes"], ["lsk", "list-keys"], ["lscm", "list-commands"], ["source", "source-file"], ["info", "show-info"], ["start", "start-server"], ["switchc", "switch-client"],
]);
export const COMMANDS = ["attach-session", "break-pane", "capture-pane", "copy-mode", "detach-client", "display-message", "display-panes", "has-session", "kill-pane", "kill-server", "kill-session", "kill-window", "last-window", "list-clients", "list-commands", "list-panes", "list-sessions", "list-windows", "new-session", "new-window", "next-layout", "next-window", "paste-buffer", "previous-window", "rename-session", "rename-window", "resize-pane", "select-layout", "select-pane", "select-window", "send-keys", "set-option", "show-options", "split-window", "start-server", "swap-pane", "switch-client"];
/** letters that take an argument */
const WITH_ARGUMENT: ReadonlyMap<string, string> = new Map([["new-session", "cetnsxyF"], ["attach-session", "ctf"], ["new-window", "cenFt"], ["split-window", "cFltpe"], ["kill-session", "t"], ["kill-window", "t"], ["kill-pane", "t"], ["list-windows", "Ft"], ["list-panes", "Ft"], ["list-sessions", "Ff"], ["select-window", "t"], ["select-pane", "tT"], ["rename-session", "t"], ["rename-window", "t"], ["send-keys", "tN"], ["capture-pane", "tSEb"], ["display-message", "tcF"], ["has-session", "t"], ["detach-client", "ts"], ["resize-pane", "txy"], ["list-clients", "tF"], ["switch-client", "ct"], ["set-option", "t"], ["show-options", "t"]]);
const KEYS: ReadonlyMap<string, string> = new Map([["Enter", "\r"], ["Space", " "], ["Tab", "\t"], ["Escape", "\u001b"], ["BSpace", "\u007f"], ["Up", "\u001b[A"], ["Down", "\u001b[B"], ["Right", "\u001b[C"], ["Left", "\u001b[D"], ["Home", "\u001b[1~"], ["End", "\u001b[4~"], ["PPage", "\u001b[5~"], ["NPage", "\u001b[6~"]]);

/** Options that can be set, with what they are at the start; those without an effect here are kept and shown. */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ["base-index", "0"], ["default-command", ""], ["default-shell", "/bin/bash"], ["default-terminal", "screen"], ["display-time", "750"], ["escape-time", "500"], ["history-limit", "2000"], ["mode-keys", "emacs"], ["mouse", "off"], ["pane-base-index", "0"], ["prefix", "C-b"], ["renumber-windows", "off"], ["set-titles", "off"], ["status", "on"], ["status-interval", "15"], ["status-keys", "emacs"],
  ["status-left", "[#{session_name}] "], ["status-right", "\"#{=21:pane_title}\" %H:%M %d-%b-%y"], ["status-style", "bg=green,fg=black"], ["visual-bell", "off"],
]);
const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** "bg=blue,fg=white,bold" as SGR parameters. */
function sgrOf(style: string): string {
  const parts: string[] = [];
  for (const word of style.split(/[, ]+/)) {
    const [, ground, name = ""] = /^(fg|bg)=(?:bright)?([a-z]+|colou?r\d+)$/.exec(word) ?? [];
    const number = /^colou?r(\d+)$/.exec(name)?.[1];
    if (ground !== undefined && number !== undefined) parts.push(`${ground === "fg" ? "38" : "48"};5;${number}`);
    else if (ground !== undefined && COLOURS.includes(name)) parts.push(String((ground === "fg" ? 30 : 40) + COLOURS.indexOf(name)));
    else if (word === "bold" || word === "bright") parts.push("1");
    else if (word === "reverse") parts.push("7");
  }
  return parts.join(";");
}

class Wrong extends Error {}

interface Parsed {
  readonly command: string;
  readonly flags: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

function parse(words: readonly string[]): Parsed {
  const [first = "new-session", ...rest] = words;
  let command = ALIASES.get(first) ?? first;
  if (!COMMANDS.includes(command)) {
    const near = COMMANDS.filter((one) => one.startsWith(command));
    if (near.length > 1) throw new Wrong(`ambiguous command: ${first}, could be: ${near.join(", ")}`);
    if (near[0] === undefined) throw new Wrong(["choose-tree", "list-keys", "bind-key", "unbind-key", "source-file", "swap-window", "join-pane", "pipe-pane", "if-shell", "run-shell", "link-window", "move-window", "clock-mode", "respawn-pane", "show-info"].includes(command) ? `${command}: not simulated here` : `unknown command: ${first}`);
    command = near[0];
  }
  const taking = WITH_ARGUMENT.get(command) ?? "";
  const flags = new Map<string, string>();
  let at = 0;
  for (; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    if (!/^-[A-Za-z0-9]/.test(word)) break;
    for (let index = 1; index < word.length; index++) {
      const letter = word.charAt(index);
      if (!taking.includes(letter)) {
        flags.set(letter, "");
        continue;
      }
      const value = index + 1 < word.length ? word.slice(index + 1) : rest[++at];
      if (value === undefined) throw new Wrong(`command ${command}: -${letter} expects an argument`);
      flags.set(letter, value);
      break;
    }
  }
  return { command, flags, operands: rest.slice(at) };
}

const flagsOf = (session: Session, number: number, window: Window): string => `${number === session.current ? "*" : number === session.last ? "-" : ""}${window.zoomed ? "Z" : ""}`;
const ordered = (session: Session): [number, Window][] => [...session.windows].sort(([a], [b]) => a - b);
const stamp = (us: number): string => strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, us));

/** "main:1.0": session, window, pane; parts may be missing. */
function target(server: Server, client: Client, text: string | undefined, kind: "pane" | "window" | "session" = "pane"): { readonly session: Session; readonly number: number; readonly window: Window; readonly pane: Pane } {
  const inside = client.session ?? server.sessions.find((session) => [...session.windows.values()].some((window) => panesOf(window.layout).some((pane) => `%${pane.id}` === new Map(client.command.environment).get("TMUX_PANE"))));
  const usual = inside ?? server.sessions.at(-1);
  let session = usual;
  let rest = text ?? "";
  if (rest.startsWith("%")) {
    for (const one of server.sessions) for (const [number, window] of one.windows) for (const pane of panesOf(window.layout)) if (`%${pane.id}` === rest) return { session: one, number, window, pane };
    throw new Wrong(`can't find pane: ${rest}`);
  }
  const colon = rest.indexOf(":");
  const sessionName = colon >= 0 ? rest.slice(0, colon) : undefined;
  const find = (name: string): Session | undefined => server.sessions.find((one) => one.name === name.replace(/^=/, "")) ?? server.sessions.find((one) => `$${one.id}` === name) ?? server.sessions.find((one) => one.name.startsWith(name));
  if (sessionName !== undefined && sessionName !== "") {
    session = find(sessionName);
    if (!session) throw new Wrong(`can't find session: ${sessionName}`);
    rest = rest.slice(colon + 1);
  } else if (colon === 0) rest = rest.slice(1);
  if (!session) throw new Wrong("no current session");
  let [windowWord = "", paneWord = ""] = rest.split(".");
  if (colon < 0 && rest !== "" && !rest.includes(".")) {
    // a bare word is a session for some commands, a window or pane for others
    const named = find(rest);
    const byWindow = ordered(session).some(([number, window]) => String(number) === rest || window.name === rest || `@${window.id}` === rest);
    if (named && (!byWindow || named.name === rest)) {
      session = named;
      [windowWord, paneWord] = ["", ""];
    }
  }
  const found = windowWord === "" ? ([session.current, session.windows.get(session.current)] as const) : ordered(session).find(([number, window]) => String(number) === windowWord || window.name === windowWord || `@${window.id}` === windowWord);
  const [number, window] = found ?? [];
  if (number === undefined || !window) throw new Wrong(`can't find ${colon < 0 && !rest.includes(".") ? kind : "window"}: ${windowWord}`);
  const pane = paneWord === "" ? window.active : panesOf(window.layout)[Number(paneWord)];
  if (!pane) throw new Wrong(`can't find pane: ${paneWord}`);
  return { session, number, window, pane };
}

function sessionTarget(server: Server, client: Client, text: string | undefined): Session {
  if (text === undefined) return target(server, client, undefined).session;
  const name = text.replace(/:.*$/, "").replace(/^=/, "");
  const found = server.sessions.find((one) => one.name === name) ?? server.sessions.find((one) => one.name.startsWith(name));
  if (!found) throw new Wrong(`can't find session: ${text}`);
  return found;
}

function sessionLine(server: Server, session: Session): string {
  return `${session.name}: ${session.windows.size} windows (created ${stamp(session.createdUs)})${server.clients.some((client) => client.session === session) ? " (attached)" : ""}\n`;
}

/** #S #I #W #P #T #H and the long forms that people use. */
function expand(format: string, session: Session, number: number, window: Window, pane: Pane, host: string): string {
  const panes = panesOf(window.layout);
  const values = new Map<string, string>([
    ["session_name", session.name], ["S", session.name], ["window_index", String(number)], ["I", String(number)], ["window_name", window.name], ["W", window.name], ["pane_index", String(panes.indexOf(pane))], ["P", String(panes.indexOf(pane))], ["pane_id", `%${pane.id}`], ["D", `%${pane.id}`], ["pane_title", pane.grid.title || host], ["T", pane.grid.title || host], ["host", host], ["H", host], ["host_short", host.split(".")[0] ?? ""], ["h", host.split(".")[0] ?? ""],
    ["pane_pid", String(pane.pid)], ["pane_tty", pane.tty], ["pane_width", String(pane.grid.columns)], ["pane_height", String(pane.grid.rows)], ["window_id", `@${window.id}`], ["session_id", `$${session.id}`], ["session_windows", String(session.windows.size)], ["window_panes", String(panes.length)], ["window_flags", flagsOf(session, number, window)], ["F", flagsOf(session, number, window)], ["pane_current_command", window.name], ["pane_active", pane === window.active ? "1" : "0"], ["window_active", number === session.current ? "1" : "0"],
  ]);
  return format.replace(/#\{([a-z_]+)\}|#([A-Za-z])/g, (_, long: string | undefined, short: string | undefined) => values.get(long ?? short ?? "") ?? "");
}

function* run(server: Server, client: Client, message: CommandMessage): Blocking<void> {
  // several commands are divided by ";"
  const groups: string[][] = [[]];
  for (const word of message.words) {
    if (word === ";") groups.push([]);
    else if (word.endsWith(";") && word.length > 1 && !word.endsWith("\\;")) {
      groups.at(-1)?.push(word.slice(0, -1));
      groups.push([]);
    } else groups.at(-1)?.push(word);
  }
  let out = "";
  for (const words of groups) {
    if (words.length === 0 && groups.length > 1) continue;
    try {
      const said = yield* one(server, client, message, parse(words));
      if (said === undefined) return;
      out += said;
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      yield* server.reply(client, out, `${error.message}\n`, 1);
      return;
    }
  }
  if (!client.session || out !== "") yield* server.reply(client, out);
}

/** What it prints; undefined when the client was attached and has its answer. */
function* one(server: Server, client: Client, message: CommandMessage, { command, flags, operands }: Parsed): Blocking<string | undefined> {
  const host = server.sys.uname().nodename;
  switch (command) {
    case "new-session": {
      const name = flags.get("s")?.replace(/[.:]/g, "_");
      const known = name === undefined ? undefined : server.sessions.find((session) => session.name === name);
      const nested = new Map(message.environment).has("TMUX");
      if (known && !flags.has("A")) throw new Wrong(`duplicate session: ${name}`);
      if (!flags.has("d")) {
        if (nested) throw new Wrong("sessions should be nested with care, unset $TMUX to force");
        if (!message.terminal) throw new Wrong("open terminal failed: not a terminal");
      }
      // nobody looks at it yet: default-size
      const size = (letter: string, usual: number): number => Math.max(2, Math.min(1000, Number(flags.get(letter)) || usual));
      const rows = flags.has("d") ? size("y", 24) + 1 : message.rows, columns = flags.has("d") ? size("x", 80) : message.columns;
      const session = known ?? server.newSession(name, { ...message, rows, columns, cwd: flags.get("c") ?? message.cwd }, operands, flags.get("n"));
      if (flags.has("d")) return "";
      yield* server.attach(client, session);
      return undefined;
    }
    case "attach-session": {
      if (server.sessions.length === 0) throw new Wrong("no sessions");
      if (new Map(message.environment).has("TMUX")) throw new Wrong("sessions should be nested with care, unset $TMUX to force");
      if (!message.terminal) throw new Wrong("open terminal failed: not a terminal");
      const session = sessionTarget(server, client, flags.get("t"));
      if (flags.has("d")) for (const other of server.clients) if (other.session === session) yield* server.dismiss(other, "detached");
      yield* server.attach(client, session);
      return undefined;
    }
    case "start-server": return "";
    case "list-sessions":
      if (server.sessions.length === 0) throw new Wrong(`no server running on ${server.socketPath}`);
      return [...server.sessions].sort((a, b) => (a.name < b.name ? -1 : 1)).map((session) => {
        const window = server.windowOf(session);
        return flags.has("F") && window ? `${expand(flags.get("F") ?? "", session, session.current, window, window.active, host)}\n` : sessionLine(server, session);
      }).join("");
    case "has-session": sessionTarget(server, client, flags.get("t")); return "";
    case "kill-server": server.stopping = true; return "";
    case "kill-session": yield* server.removeSession(sessionTarget(server, client, flags.get("t"))); return "";
    case "kill-window": {
      const { window } = target(server, client, flags.get("t"), "window");
      for (const pane of panesOf(window.layout)) yield* server.removePane(pane);
      return "";
    }
    case "kill-pane": yield* server.removePane(target(server, client, flags.get("t")).pane); return "";
    case "new-window": {
      const { session } = target(server, client, flags.get("t"));
      server.newWindow(session, operands, flags.get("n"), !flags.has("d"));
      return "";
    }
    case "split-window": {
      const { session, number, window, pane } = target(server, client, flags.get("t"));
      const before = window.active;
      window.active = pane;
      const made = server.splitPane(session, window, flags.has("h") ? "h" : "v", operands, flags.has("b"));
      if (!made) throw new Wrong("no space for new pane");
      if (flags.has("d")) window.active = before;
      return flags.has("P") ? `${session.name}:${number}.${panesOf(window.layout).indexOf(made)}\n` : "";
    }
    case "list-windows": {
      const { session } = target(server, client, flags.get("t"));
      return ordered(session).map(([number, window]) => (flags.has("F") ? `${expand(flags.get("F") ?? "", session, number, window, window.active, host)}\n` : `${number}: ${window.name}${flagsOf(session, number, window)} (${panesOf(window.layout).length} panes) [${session.columns}x${session.rows}] [layout ${layoutText(session, window)}] @${window.id}${number === session.current ? " (active)" : ""}\n`)).join("");
    }
    case "list-panes": {
      const { session, number, window } = target(server, client, flags.get("t"));
      const row = (at: number, one: Window, pane: Pane, prefix: string): string => (flags.has("F") ? `${expand(flags.get("F") ?? "", session, at, one, pane, host)}\n` : `${prefix}${panesOf(one.layout).indexOf(pane)}: [${pane.grid.columns}x${pane.grid.rows}] [history ${pane.grid.history.length}/2000, ${(pane.grid.history.length + pane.grid.rows) * 32} bytes] %${pane.id}${pane === one.active ? " (active)" : ""}\n`);
      if (flags.has("a")) return server.sessions.flatMap((each) => ordered(each).flatMap(([at, one]) => panesOf(one.layout).map((pane) => row(at, one, pane, `${each.name}:${at}.`)))).join("");
      if (flags.has("s")) return ordered(session).flatMap(([at, one]) => panesOf(one.layout).map((pane) => row(at, one, pane, `${at}.`))).join("");
      return panesOf(window.layout).map((pane) => row(number, window, pane, "")).join("");
    }
    case "list-clients": return server.clients.filter((each) => each.session).map((each) => `/dev/pts: ${each.session?.name} [${each.screen.columns}x${each.screen.rows} xterm] (utf8)\n`).join("");
    case "list-commands": return COMMANDS.map((each) => `${each}\n`).join("");
    case "select-window": {
      const { session, number } = target(server, client, flags.get("t"), "window");
      server.selectWindow(session, flags.has("l") ? (session.last ?? number) : number);
      return "";
    }
    case "next-window": case "previous-window": case "last-window": {
      const { session } = target(server, client, flags.get("t"));
      move(server, session, command === "next-window" ? 1 : command === "previous-window" ? -1 : 0);
      return "";
    }
    case "select-pane": {
      const { session, window, pane } = target(server, client, flags.get("t"));
      const side = (["U", "D", "L", "R"] as const).find((each) => flags.has(each));
      if (flags.has("T")) pane.grid.title = flags.get("T") ?? "";
      else if (side) {
        const next = server.neighbour(session, window, side);
        if (next) server.selectPane(window, next);
      } else if (flags.has("l") && window.lastPane) server.selectPane(window, window.lastPane);
      else server.selectPane(window, pane);
      return "";
    }
    case "resize-pane": {
      const { session, window } = target(server, client, flags.get("t"));
      if (!flags.has("Z")) throw new Wrong("resize-pane: only -Z is simulated here");
      window.zoomed = !window.zoomed && panesOf(window.layout).length > 1;
      server.arrange(session);
      return "";
    }
    case "rename-session": {
      const session = sessionTarget(server, client, flags.get("t"));
      const [name = ""] = operands;
      if (server.sessions.some((each) => each.name === name && each !== session)) throw new Wrong(`duplicate session: ${name}`);
      session.name = name.replace(/[.:]/g, "_");
      return "";
    }
    case "rename-window": {
      const { window } = target(server, client, flags.get("t"), "window");
      window.name = operands[0] ?? "";
      window.automatic = false;
      return "";
    }
    case "send-keys": {
      const { pane } = target(server, client, flags.get("t"));
      for (const word of operands) {
        const control = /^(?:C-|\^)(.)$/.exec(word)?.[1];
        const text = flags.has("l") ? word : control !== undefined ? String.fromCharCode(control.toLowerCase().charCodeAt(0) & 31) : word.startsWith("M-") ? `\u001b${word.slice(2)}` : (KEYS.get(word) ?? word);
        yield* server.type(pane, encode(text));
      }
      return "";
    }
    case "capture-pane": {
      const { pane } = target(server, client, flags.get("t"));
      const { grid } = pane;
      const start = flags.get("S");
      const history = start === undefined ? [] : grid.history.slice(start === "-" ? 0 : Math.max(0, grid.history.length + Number(start)));
      const lines = [...history.map((line) => line.map((cell) => cell.text).join("").trimEnd()), ...Array.from({ length: grid.rows }, (_, row) => grid.rowText(row))];
      const text = `${lines.join("\n")}\n`;
      if (flags.has("p")) return text;
      server.buffer = text;
      return "";
    }
    case "display-message": {
      const { session, number, window, pane } = target(server, client, flags.get("t"));
      const text = expand(operands[0] ?? "[#S] #I:#W, current pane #P - (%H:%M %d-%b-%y)".replace(/\(.*\)$/, strftime("(%H:%M %d-%b-%y)", civilAtUs(UTC, server.sys.clockUs("realtime")))), session, number, window, pane, host);
      if (flags.has("p")) return `${text}\n`;
      for (const each of server.clients) if (each.session === session) server.show(each, text);
      return "";
    }
    case "detach-client": {
      const session = flags.has("s") ? sessionTarget(server, client, flags.get("s")) : target(server, client, undefined).session;
      for (const each of server.clients) if (each.session === session) yield* server.dismiss(each, "detached");
      return "";
    }
    case "switch-client":
      if (!client.session) throw new Wrong("no current client");
      client.session = sessionTarget(server, client, flags.get("t"));
      client.screen.forget();
      return "";
    case "set-option": {
      const [name = "", value] = operands;
      const usual = OPTIONS.get(name);
      if (usual === undefined) throw new Wrong(`invalid option: ${name}`);
      if (flags.has("u")) server.options.delete(name);
      else server.options.set(name, flags.has("a") ? `${server.options.get(name) ?? usual}${value ?? ""}` : (value ?? (usual === "on" ? "off" : "on")));
      return "";
    }
    case "show-options": {
      const shown = operands.length > 0 ? operands : [...OPTIONS.keys()].filter((name) => flags.has("g") || server.options.has(name));
      return shown.map((name) => {
        const value = server.options.get(name) ?? OPTIONS.get(name);
        if (value === undefined) throw new Wrong(`invalid option: ${name}`);
        return flags.has("v") ? `${value}\n` : `${name} ${/[ #"]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value}\n`;
      }).join("");
    }
    case "break-pane": {
      const { session, window, pane } = target(server, client, flags.get("s"));
      if (!server.breakPane(session, window, pane)) throw new Wrong("can't break with only one pane");
      return "";
    }
    case "swap-pane": {
      const { session, window } = target(server, client, flags.get("t"));
      swapPane(server, session, window, flags.has("U") ? -1 : 1);
      return "";
    }
    case "next-layout": case "select-layout": {
      const { session, window } = target(server, client, flags.get("t"));
      const name = operands[0];
      const at = name === undefined ? (window.arrangement + 1) % LAYOUTS.length : LAYOUTS.findIndex((each) => each.startsWith(name));
      const chosen = LAYOUTS[at];
      if (!chosen) throw new Wrong(`invalid layout: ${name}`);
      window.arrangement = at;
      window.layout = arranged(panesOf(window.layout), chosen);
      window.zoomed = false;
      server.arrange(session);
      return "";
    }
    case "copy-mode": server.copyMode(client); return "";
    case "paste-buffer": yield* server.type(target(server, client, flags.get("t")).pane, encode(server.buffer.replaceAll("\n", "\r"))); return "";
    case "display-panes": client.numbersUntilUs = server.sys.clockUs("monotonic") + 1_000_000; return "";
    default: throw new Wrong(`unknown command: ${command}`);
  }
}

/** "b25d,80x24,0,0,0": a checksum and the cells (layout-custom.c). */
function layoutText(session: Session, window: Window): string {
  const body = cellText(window.layout, { row: 0, column: 0, rows: session.rows, columns: session.columns });
  let sum = 0;
  for (const char of body) sum = (((sum >> 1) + ((sum & 1) << 15)) + char.charCodeAt(0)) & 0xffff;
  return `${sum.toString(16).padStart(4, "0")},${body}`;
}

function cellText(layout: Layout<Pane>, room: Place): string {
  const head = `${room.columns}x${room.rows},${room.column},${room.row}`;
  if ("pane" in layout) return `${head},${layout.pane.id}`;
  const [open, close] = layout.direction === "h" ? ["{", "}"] : ["[", "]"];
  const cells = divided(layout, room).map(({ layout: inner, place }) => cellText(inner, place));
  return `${head}${open}${cells.join(",")}${close}`;
}

/** The active pane changes places with the next or the former one. */
function swapPane(server: Server, session: Session, window: Window, by: number): void {
  const panes = panesOf(window.layout);
  const other = panes[(panes.indexOf(window.active) + by + panes.length) % panes.length];
  if (!other || other === window.active) return;
  window.layout = swapped(window.layout, window.active, other);
  window.zoomed = false;
  server.arrange(session);
}

/** The next or the former window round, or the last one for 0. */
function move(server: Server, session: Session, by: number): void {
  const numbers = ordered(session).map(([number]) => number);
  if (by === 0) {
    if (session.last !== undefined) server.selectWindow(session, session.last);
    return;
  }
  server.selectWindow(session, numbers[(numbers.indexOf(session.current) + by + numbers.length) % numbers.length] ?? session.current);
}

const ARROWS: ReadonlyMap<string, "U" | "D" | "L" | "R"> = new Map([["\u001b[A", "U"], ["\u001bOA", "U"], ["\u001b[B", "D"], ["\u001bOB", "D"], ["\u001b[C", "R"], ["\u001bOC", "R"], ["\u001b[D", "L"], ["\u001bOD", "L"]]);

/** Words with quotes, of the command prompt. */
const splitWords = (text: string): string[] => [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");

export const tmuxManner: Manner = {
  term: "screen", statusRows: 1, prefix: 2, viKeys: false,
  environment: (server, pane) => [["TMUX", `${server.socketPath},${server.sys.getpid()},${server.sessions.at(-1)?.id ?? 0}`], ["TMUX_PANE", `%${pane}`]],
  goodbye: (why, session) => (why === "detached" ? `[detached (from session ${session.name})]` : "[exited]"),
  status(server, session, columns) {
    const window = server.windowOf(session);
    const host = server.sys.uname().nodename;
    const now = civilAtUs(UTC, server.sys.clockUs("realtime"));
    const fill = (format: string): string => (window ? expand(strftime(format, now), session, session.current, window, window.active, host) : "");
    const left = (server.options.has("status-left") ? fill(server.options.get("status-left") ?? "") : `[${session.name}] `).slice(0, 10);
    const list = ordered(session).map(([number, each]) => `${number}:${each.name}${flagsOf(session, number, each)}`).map((text) => (/[*-]Z?$/.test(text) ? text : `${text} `)).join(" ");
    const right = server.options.has("status-right") ? fill(server.options.get("status-right") ?? "").slice(0, 40) : `"${(window?.active.grid.title || host).slice(0, 21)}" ${strftime("%H:%M %d-%b-%y", now)}`;
    const room = Math.max(0, columns - left.length - right.length);
    return { text: `${left}${list.slice(0, room).padEnd(room)}${right}`, style: sgrOf(`fg=black,bg=green,${server.options.get("status-style") ?? ""}`) };
  },
  run,
  *key(server, client, key) {
    const { session } = client;
    const window = session && server.windowOf(session);
    if (!session || !window) return;
    const side = ARROWS.get(key);
    const yes = (question: string, done: () => Blocking<void>): void => server.ask(client, question, "", true, function* (answer) {
      if (answer === "y" || answer === "Y" || answer === "\r") yield* done();
    });
    if (side) {
      const next = server.neighbour(session, window, side);
      if (next) server.selectPane(window, next);
      return;
    }
    if (/^\d$/.test(key)) {
      if (!server.selectWindow(session, Number(key))) server.show(client, `can't find window: ${key}`);
      return;
    }
    const panes = panesOf(window.layout);
    switch (key) {
      case "\u0002": yield* server.type(window.active, encode("\u0002")); break;
      case "c": server.newWindow(session, [], undefined, true); break;
      case "n": move(server, session, 1); break;
      case "p": move(server, session, -1); break;
      case "l": move(server, session, 0); break;
      case "d": yield* server.dismiss(client, "detached"); break;
      case "%": case '"': if (!server.splitPane(session, window, key === "%" ? "h" : "v", [])) server.show(client, "no space for new pane"); break;
      case "o": server.selectPane(window, panes[(panes.indexOf(window.active) + 1) % panes.length] ?? window.active); break;
      case ";": if (window.lastPane) server.selectPane(window, window.lastPane); break;
      case "z": window.zoomed = !window.zoomed && panes.length > 1; server.arrange(session); break;
      case "x": yes(`kill-pane ${panes.indexOf(window.active)}? (y/n) `, () => server.removePane(window.active)); break;
      case "&": yes(`kill-window ${window.name}? (y/n) `, function* () {
        for (const pane of panes) yield* server.removePane(pane);
      }); break;
      case ",": server.ask(client, "(rename-window) ", window.name, false, function* (answer) {
        window.name = answer;
        window.automatic = false;
        yield* [];
      }); break;
      case "$": server.ask(client, "(rename-session) ", session.name, false, function* (answer) {
        session.name = answer;
        yield* [];
      }); break;
      case ":": server.ask(client, ":", "", false, function* (answer) {
        yield* run(server, client, { ...client.command, words: splitWords(answer) });
      }); break;
      case " ": yield* run(server, client, { ...client.command, words: ["next-layout"] }); break;
      case "!": yield* run(server, client, { ...client.command, words: ["break-pane"] }); break;
      case "{": swapPane(server, session, window, -1); break;
      case "}": swapPane(server, session, window, 1); break;
      case "[": server.copyMode(client); break;
      case "\u001b[5~": server.copyMode(client)?.scroll(Math.max(1, window.active.grid.rows - 2)); break;
      case "]": yield* server.type(window.active, encode(server.buffer.replaceAll("\n", "\r"))); break;
      case "q": client.numbersUntilUs = server.sys.clockUs("monotonic") + 1_000_000; break;
      case "i": yield* run(server, client, { ...client.command, words: ["display-message"] }); break;
      case "t": case "w": case "s": case "?": server.show(client, `C-b ${key}: not simulated here`); break;
      default:
    }
  },
};

