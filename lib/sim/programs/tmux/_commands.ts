// What tmux's commands do (tmux(1), 3.3a).
// (More than 400 lines: a table of commands, a few lines each.)
import { type Blocking, decode, encode, O, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { shellOutput } from "../kit/shell-command.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { type BindingTable, listBindings, listNotes } from "./_bindings.ts";
import { commandGroups, commandUsages, parseCommand, type ParsedTmuxCommand, Wrong } from "./_command-table.ts";
import { commandsOf, CommandSyntaxError, commandText, INNER_SEPARATOR } from "./_command-words.ts";
import { expandFormat, expandWithDate, flagsOf, type FormatPlace, orderedWindows } from "./_format.ts";
import { bytesOfKey, canonicalKey } from "./_key-names.ts";
import { arranged, LAYOUTS, panesOf, refilled, spread, swapped } from "./_layout.ts";
import type { CommandMessage } from "./_messages.ts";
import { OptionError, type OptionValues, shownValue } from "./_options.ts";
import { ClockMode, sessionTree, type TreeItem, TreeMode } from "./_pane-modes.ts";
import type { Client, Pane, Server, Session, Window } from "./_server.ts";
import { sessionTarget, target, windowPlace } from "./_targets.ts";

/** The tables of key bindings of a server. */
export type Bindings = Map<string, BindingTable>;

const stamp = (us: number): string => strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, us));

function sessionLine(server: Server, session: Session): string {
  return `${session.name}: ${session.windows.size} windows (created ${stamp(session.createdUs)})${server.clients.some((client) => client.session === session) ? " (attached)" : ""}\n`;
}

/** Runs command lines one after the other; the first that is wrong ends them. */
export function* run(server: Server, client: Client, message: CommandMessage, bindings: Bindings): Blocking<void> {
  let out = "";
  for (const words of commandGroups(message.words)) {
    try {
      const said = yield* one(server, client, message, parseCommand(words), bindings);
      if (said === undefined) return;
      out += said;
    } catch (error) {
      if (!(error instanceof Wrong) && !(error instanceof OptionError)) throw error;
      yield* server.reply(client, out, `${error.message}\n`, 1);
      return;
    }
  }
  if (!client.session || out !== "") yield* server.reply(client, out);
}

/** A command line as text: a key binding, a file's line, the prompt. */
export function* runText(server: Server, client: Client, text: string, bindings: Bindings): Blocking<void> {
  let words: string[];
  try {
    words = commandsOf(text).flatMap((command, at) => [...(at > 0 ? [";"] : []), ...command.words.map((word) => (word === INNER_SEPARATOR ? ";" : word))]);
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    yield* server.reply(client, "", `${error.message}\n`, 1);
    return;
  }
  if (words.length > 0) yield* run(server, client, { ...client.command, words }, bindings);
}

/** A configuration file; what is wrong in it. */
export function* source(server: Server, client: Client, path: string, text: string, bindings: Bindings): Blocking<readonly string[]> {
  const home = new Map(client.command.environment).get("HOME") ?? "/";
  let commands: ReturnType<typeof commandsOf>;
  const wrong: string[] = [];
  try {
    commands = commandsOf(text, (name) => new Map(client.command.environment).get(name) ?? "", home);
  } catch (error) {
    if (!(error instanceof CommandSyntaxError)) throw error;
    return [`${path}:1: ${error.message}`];
  }
  // one command that cannot be read, and nothing of the file is done
  for (const { line, words } of commands) {
    try {
      if (!/^%/.test(words[0] ?? "")) parseCommand(words);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      return [`${path}:${line}: ${error.message}`];
    }
  }
  for (const { line, words } of commands) {
    if (/^%(if|elif|else|endif|hidden)$/.test(words[0] ?? "")) continue;
    try {
      yield* one(server, client, client.command, parseCommand(words), bindings);
    } catch (error) {
      if (!(error instanceof Wrong) && !(error instanceof OptionError)) throw error;
      wrong.push(`${path}:${line}: ${error.message}`);
    }
    if (server.sys.charge(20)) yield* server.sys.preempt();
  }
  return wrong;
}

/** The files that are read when the server starts (tmux(1), -f). */
export function* readConfiguration(server: Server, client: Client, given: string | undefined, bindings: Bindings): Blocking<readonly string[]> {
  const home = new Map(client.command.environment).get("HOME") ?? "/";
  const wrong: string[] = [];
  for (const path of given === undefined ? ["/etc/tmux.conf", `${home}/.tmux.conf`, `${home}/.config/tmux/tmux.conf`] : [given]) {
    const text = yield* readTextFile(server.sys, path);
    if (text !== undefined) wrong.push(...(yield* source(server, client, path, text, bindings)));
    else if (given !== undefined) wrong.push(`${path}: No such file or directory`);
  }
  return wrong;
}

const SIDES = ["U", "D", "L", "R"] as const;

/** What it prints; undefined when the client was attached and has its answer. */
function* one(server: Server, client: Client, message: CommandMessage, parsed: ParsedTmuxCommand, bindings: Bindings): Blocking<string | undefined> {
  const { command, flags, operands } = parsed;
  const place = (kind: "pane" | "window" | "session" = "pane"): FormatPlace => target(server, client, flags.get("t"), kind);
  const expand = (format: string, at: FormatPlace): string => expandWithDate(server, format, at);
  const cwd = (at: FormatPlace | undefined): string | undefined => (flags.has("c") && at ? expandFormat(server, flags.get("c") ?? "", at) : undefined);
  switch (command) {
    case "new-session": return yield* newSession(server, client, message, parsed);
    case "attach-session": {
      if (server.sessions.length === 0) throw new Wrong("no sessions");
      if (new Map(message.environment).has("TMUX")) throw new Wrong("sessions should be nested with care, unset $TMUX to force");
      if (!message.terminal) throw new Wrong("open terminal failed: not a terminal");
      const session = sessionTarget(server, client, flags.get("t"));
      if (flags.has("d")) for (const other of server.clients) if (other.session === session) yield* server.dismiss(other, "detached");
      yield* server.attach(client, session);
      return undefined;
    }
    case "start-server": case "refresh-client": case "resize-window": return "";
    case "suspend-client": throw new Wrong("suspend-client: detach with C-b d and come back with tmux attach");
    case "list-sessions":
      if (server.sessions.length === 0) throw new Wrong(`no server running on ${server.socketPath}`);
      return [...server.sessions].sort((a, b) => (a.name < b.name ? -1 : 1)).map((session) => {
        const window = server.windowOf(session);
        return flags.has("F") && window ? `${expand(flags.get("F") ?? "", { session, number: session.current, window, pane: window.active })}\n` : sessionLine(server, session);
      }).join("");
    case "has-session": sessionTarget(server, client, flags.get("t")); return "";
    case "kill-server": server.stopping = true; return "";
    case "kill-session": {
      const session = sessionTarget(server, client, flags.get("t"));
      for (const each of flags.has("a") ? server.sessions.filter((other) => other !== session) : [session]) yield* server.removeSession(each);
      return "";
    }
    case "kill-window": {
      const { session, window } = place("window");
      for (const each of flags.has("a") ? [...session.windows.values()].filter((other) => other !== window) : [window]) yield* server.killWindow(each);
      return "";
    }
    case "kill-pane": {
      const { window, pane } = place();
      for (const each of flags.has("a") ? panesOf(window.layout).filter((other) => other !== pane) : [pane]) yield* server.removePane(each);
      return "";
    }
    case "new-window": {
      const { session, number } = windowPlace(server, client, flags.get("t"));
      if (number !== undefined && session.windows.has(number)) {
        if (!flags.has("k")) throw new Wrong(`create window failed: index ${number} in use`);
        const old = session.windows.get(number);
        if (old) yield* server.killWindow(old);
      }
      const window = server.newWindow(session, operands, flags.get("n"), !flags.has("d"), number, cwd(usualPlace(server, client)));
      const made = [...session.windows].find(([, each]) => each === window)?.[0] ?? 0;
      return flags.has("P") ? `${expand(flags.get("F") ?? "#{session_name}:#{window_index}.#{pane_index}", { session, number: made, window, pane: window.active })}\n` : "";
    }
    case "split-window": return splitWindow(server, parsed, place(), cwd(place()));
    case "list-windows": {
      const shown = flags.has("a") ? [...server.sessions].sort((a, b) => (a.name < b.name ? -1 : 1)) : [sessionTarget(server, client, flags.get("t"))];
      return shown.flatMap((session) => orderedWindows(session).map(([number, window]) => (flags.has("F") ? `${expand(flags.get("F") ?? "", { session, number, window, pane: window.active })}\n` : `${flags.has("a") ? `${session.name}:` : ""}${number}: ${window.name}${flagsOf(session, number, window)} (${panesOf(window.layout).length} panes) [${session.columns}x${session.rows}]${flags.has("a") ? "" : ` [layout ${server.layoutText(session, window)}] @${window.id}${number === session.current ? " (active)" : ""}`}\n`))).join("");
    }
    case "list-panes": {
      const { session, number, window } = place("window");
      const row = (own: Session, at: number, each: Window, pane: Pane, prefix: string): string => (flags.has("F") ? `${expand(flags.get("F") ?? "", { session: own, number: at, window: each, pane })}\n` : `${prefix}${panesOf(each.layout).indexOf(pane)}: [${pane.grid.columns}x${pane.grid.rows}] [history ${pane.grid.history.length}/2000, ${(pane.grid.history.length + pane.grid.rows) * 32} bytes] %${pane.id}${pane === each.active ? " (active)" : ""}\n`);
      if (flags.has("a")) return server.sessions.flatMap((own) => orderedWindows(own).flatMap(([at, each]) => panesOf(each.layout).map((pane) => row(own, at, each, pane, `${own.name}:${at}.`)))).join("");
      if (flags.has("s")) return orderedWindows(session).flatMap(([at, each]) => panesOf(each.layout).map((pane) => row(session, at, each, pane, `${at}.`))).join("");
      return panesOf(window.layout).map((pane) => row(session, number, window, pane, "")).join("");
    }
    case "list-clients": return server.clients.flatMap((each) => {
      const window = each.session && server.windowOf(each.session);
      if (!each.session || !window) return [];
      return [flags.has("F") ? `${expand(flags.get("F") ?? "", { session: each.session, number: each.session.current, window, pane: window.active })}\n` : `${each.command.tty}: ${each.session.name} [${each.screen.columns}x${each.screen.rows} xterm] (utf8)\n`];
    }).join("");
    case "list-commands": return commandUsages(operands[0]).map((usage) => `${usage}\n`).join("");
    case "list-keys": return listKeys(server, parsed, bindings);
    case "bind-key": {
      const table = flags.has("n") ? "root" : (flags.get("T") ?? "prefix");
      const key = canonicalKey(operands[0] ?? "");
      if (key === undefined) throw new Wrong(`unknown key: ${operands[0] ?? ""}`);
      const words = operands.slice(1);
      const [only = ""] = words;
      if (words.length > 0) for (const group of commandGroups(words.length === 1 ? commandsOf(only).flatMap((each) => [...each.words, ";"]).slice(0, -1) : words.map((word) => (word === INNER_SEPARATOR ? ";" : word)))) parseCommand(group);
      const own = bindings.get(table) ?? new Map();
      bindings.set(table, own);
      own.set(key, { command: words.length === 1 ? only : commandText(words), note: flags.get("N") ?? "", repeats: flags.has("r") });
      return "";
    }
    case "unbind-key": {
      const table = flags.has("n") ? "root" : (flags.get("T") ?? "prefix");
      if (flags.has("a")) {
        bindings.get(table)?.clear();
        return "";
      }
      if (operands[0] === undefined) throw new Wrong("missing key");
      const key = canonicalKey(operands[0]);
      if (key === undefined) throw new Wrong(`unknown key: ${operands[0]}`);
      bindings.get(table)?.delete(key);
      return "";
    }
    case "source-file": {
      const wrong: string[] = [];
      for (const path of operands) {
        const text = yield* readTextFile(server.sys, path.startsWith("/") ? path : `${message.cwd}/${path}`);
        if (text === undefined) {
          if (!flags.has("q")) throw new Wrong(`${path}: No such file or directory`);
        } else wrong.push(...(yield* source(server, client, path, text, bindings)));
      }
      if (wrong.length > 0) throw new Wrong(wrong.join("\n"));
      return "";
    }
    case "select-window": {
      const { session, number } = place("window");
      const by = flags.has("n") ? 1 : flags.has("p") ? -1 : undefined;
      if (by !== undefined) move(server, session, by);
      else server.selectWindow(session, flags.has("l") ? (session.last ?? number) : flags.has("T") && number === session.current ? (session.last ?? number) : number);
      return "";
    }
    case "next-window": case "previous-window": {
      const session = sessionTarget(server, client, flags.get("t"));
      if (session.windows.size < 2) throw new Wrong(command === "next-window" ? "no next window" : "no previous window");
      move(server, session, command === "next-window" ? 1 : -1);
      return "";
    }
    case "last-window": {
      const session = sessionTarget(server, client, flags.get("t"));
      if (session.last === undefined || !session.windows.has(session.last)) throw new Wrong("no last window");
      server.selectWindow(session, session.last);
      return "";
    }
    case "last-pane": {
      const { window } = place("window");
      if (!window.lastPane) throw new Wrong("no last pane");
      server.selectPane(window, window.lastPane);
      return "";
    }
    case "select-pane": {
      const { session, window, pane } = place();
      const side = SIDES.find((each) => flags.has(each));
      if (flags.has("T")) pane.grid.title = expandFormat(server, flags.get("T") ?? "", place());
      else if (side) {
        const next = server.neighbour(session, window, side);
        if (next) server.selectPane(window, next);
      } else if (flags.has("l") && window.lastPane) server.selectPane(window, window.lastPane);
      else server.selectPane(window, pane);
      return "";
    }
    case "resize-pane": return resizePane(server, parsed, place());
    case "rename-session": {
      const session = sessionTarget(server, client, flags.get("t"));
      const name = expandFormat(server, operands[0] ?? "", usualPlace(server, client) ?? place()).replace(/[.:]/g, "_");
      if (name === "") throw new Wrong("invalid session: ");
      if (server.sessions.some((each) => each.name === name && each !== session)) throw new Wrong(`duplicate session: ${name}`);
      session.name = name;
      return "";
    }
    case "rename-window": {
      const { window } = place("window");
      window.name = expandFormat(server, operands[0] ?? "", place("window"));
      window.automatic = false;
      return "";
    }
    case "send-keys": {
      const { pane } = place();
      const times = Math.max(1, Math.min(1000, Number(flags.get("N")) || 1));
      for (let turn = 0; turn < times; turn++) for (const word of operands) yield* server.type(pane, encode(flags.has("l") ? word : bytesOfKey(word)));
      return "";
    }
    case "send-prefix": yield* server.type(place().pane, encode(bytesOfKey(server.options.get(flags.has("2") ? "prefix2" : "prefix", place().session.options)))); return "";
    case "capture-pane": return capturePane(server, parsed, place().pane);
    case "clear-history": place().pane.grid.history.length = 0; return "";
    case "display-message": {
      const at = place();
      const text = expand(operands[0] ?? flags.get("F") ?? "[#{session_name}] #{window_index}:#{window_name}, current pane #{pane_index} - (%H:%M %d-%b-%y)", at);
      if (flags.has("p")) return `${text}\n`;
      for (const each of server.clients) if (each.session === at.session) server.show(each, text);
      return "";
    }
    case "show-messages": {
      if (client.session === undefined && flags.size === 0) throw new Wrong("no current client");
      return server.messages.map((text) => `${text}\n`).join("");
    }
    case "detach-client": {
      const own = flags.has("s") ? sessionTarget(server, client, flags.get("s")) : client.session ?? target(server, client, undefined).session;
      for (const each of [...server.clients]) if (flags.has("a") ? each !== client && each.session : each.session === own) yield* server.dismiss(each, "detached");
      return "";
    }
    case "switch-client": {
      if (!client.session) throw new Wrong("no current client");
      const all = [...server.sessions].sort((a, b) => (a.name < b.name ? -1 : 1));
      const by = flags.has("n") ? 1 : flags.has("p") ? -1 : 0;
      const next = flags.has("l") ? client.lastSession : by === 0 ? place("session").session : all[(all.indexOf(client.session) + by + all.length) % all.length];
      if (!next || !server.sessions.includes(next)) throw new Wrong(flags.has("l") ? "can't find last session" : "can't find session");
      if (by === 0 && !flags.has("l")) server.selectWindow(next, place("session").number);
      server.showSession(client, next);
      return "";
    }
    case "set-option": case "set-window-option": return setOption(server, client, parsed);
    case "show-options": case "show-window-options": return showOptions(server, client, parsed);
    case "set-environment": {
      const { environment } = place("session").session;
      const [name = "", value] = operands;
      if (flags.has("u") || flags.has("r")) environment.delete(name);
      else if (value === undefined) throw new Wrong("no value specified");
      else environment.set(name, value);
      return "";
    }
    case "show-environment": return [...place("session").session.environment].filter(([name]) => operands.length === 0 || name === operands[0]).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}\n`).join("");
    case "break-pane": {
      const { session, window, pane } = flags.has("s") ? target(server, client, flags.get("s")) : target(server, client, undefined);
      if (!server.breakPane(session, window, pane)) throw new Wrong("can't break with only one pane");
      if (flags.has("n")) renamed(server.windowOf(session), flags.get("n") ?? "");
      if (flags.has("d") && session.last !== undefined) server.selectWindow(session, session.last);
      return "";
    }
    case "join-pane": case "move-pane": {
      const from = target(server, client, flags.get("s"));
      const to = place();
      if (from.pane === to.pane) throw new Wrong("source and target panes must be different");
      server.joinPane(from, to, flags.has("h") ? "h" : "v", flags.has("b"), !flags.has("d"));
      return "";
    }
    case "swap-pane": {
      const { session, window, pane } = place();
      const panes = panesOf(window.layout);
      const by = flags.has("U") ? -1 : flags.has("D") ? 1 : 0;
      const other = by === 0 ? target(server, client, flags.get("s")).pane : panes[(panes.indexOf(pane) + by + panes.length) % panes.length];
      if (!other || other === pane || !panes.includes(other)) return "";
      window.layout = swapped(window.layout, pane, other);
      window.zoomed = false;
      if (by === 0 && !flags.has("d")) server.selectPane(window, pane);
      server.arrange(session);
      return "";
    }
    case "rotate-window": {
      const { session, window } = place("window");
      const panes = panesOf(window.layout);
      const at = panes.indexOf(window.active);
      window.layout = refilled(window.layout, flags.has("D") ? [...panes.slice(-1), ...panes.slice(0, -1)] : [...panes.slice(1), ...panes.slice(0, 1)]);
      const active = panesOf(window.layout)[at];
      if (active) server.selectPane(window, active);
      window.zoomed = false;
      server.arrange(session);
      return "";
    }
    case "swap-window": {
      const from = target(server, client, flags.get("s"), "window");
      const to = place("window");
      from.session.windows.set(from.number, to.window);
      to.session.windows.set(to.number, from.window);
      if (!flags.has("d")) server.selectWindow(to.session, to.number);
      server.arrange(from.session);
      return "";
    }
    case "move-window": return moveWindow(server, client, parsed);
    case "next-layout": case "previous-layout": case "select-layout": {
      const { session, window } = place("window");
      if (flags.has("E")) {
        window.layout = spread(window.layout, window.active, { row: 0, column: 0, rows: session.rows, columns: session.columns });
        server.arrange(session);
        return "";
      }
      const [name] = operands;
      const by = command === "previous-layout" || flags.has("p") ? LAYOUTS.length - 1 : 1;
      const at = name === undefined ? (command === "select-layout" && !flags.has("n") && !flags.has("p") ? Math.max(0, window.arrangement) : (Math.max(window.arrangement, by === 1 ? -1 : 0) + by) % LAYOUTS.length) : LAYOUTS.findIndex((each) => each.startsWith(name));
      const chosen = LAYOUTS[at];
      if (!chosen) throw new Wrong(`invalid layout: ${name}`);
      window.arrangement = at;
      window.layout = arranged(panesOf(window.layout), chosen, { rows: session.rows, columns: session.columns }, { rows: server.options.number("main-pane-height", window.options), columns: server.options.number("main-pane-width", window.options) });
      window.zoomed = false;
      server.arrange(session);
      return "";
    }
    case "copy-mode": {
      if (flags.has("q")) client.copy = undefined;
      else {
        const copy = server.copyMode(client);
        if (flags.has("u")) copy?.scroll(Math.max(1, place().pane.grid.rows - 2));
      }
      return "";
    }
    case "clock-mode": {
      const { pane } = place();
      for (const each of client.session ? [client] : server.clients.filter((other) => other.session === place().session)) server.setMode(each, new ClockMode(server, pane));
      return "";
    }
    case "choose-tree": case "choose-client": case "choose-buffer": case "find-window": return choose(server, client, parsed, bindings);
    case "command-prompt": case "confirm-before": return prompt(server, client, parsed, bindings);
    case "display-panes": client.numbersUntilUs = server.sys.clockUs("monotonic") + (Number(flags.get("d")) || server.options.number("display-panes-time")) * 1000; return "";
    case "paste-buffer": {
      const { pane, window } = place();
      const buffer = server.buffers.find((each) => !flags.has("b") || each.name === flags.get("b"));
      if (!buffer) {
        if (flags.has("b")) throw new Wrong(`no buffer ${flags.get("b") ?? ""}`);
        return "";
      }
      const text = flags.has("r") ? buffer.text : buffer.text.replaceAll("\n", flags.get("s") ?? "\r");
      const marked = flags.has("p") && pane.grid.bracketedPaste;
      yield* server.type(window.active === pane ? window.active : pane, encode(marked ? `\u001b[200~${text}\u001b[201~` : text));
      if (flags.has("d")) server.buffers.splice(server.buffers.indexOf(buffer), 1);
      return "";
    }
    case "list-buffers": return server.buffers.map(({ name, text }) => `${name}: ${encode(text).length} bytes: "${text.replaceAll("\n", "\\n").slice(0, 50)}${text.length > 50 ? "..." : ""}"\n`).join("");
    case "set-buffer": server.copied(flags.has("a") ? `${server.buffers.find((each) => each.name === flags.get("b"))?.text ?? ""}${operands[0] ?? ""}` : (operands[0] ?? ""), flags.get("b")); return "";
    case "show-buffer": case "save-buffer": case "delete-buffer": return yield* useBuffer(server, message, parsed);
    case "load-buffer": {
      const [path = ""] = operands;
      const text = yield* readTextFile(server.sys, path.startsWith("/") ? path : `${message.cwd}/${path}`);
      if (text === undefined) throw new Wrong(`${path}: No such file or directory`);
      server.copied(text, flags.get("b"));
      return "";
    }
    case "run-shell": {
      const { bytes, status } = yield* shellOutput(server.sys, expandFormat(server, operands[0] ?? "", place()));
      const code = status.kind === "exited" ? status.status : 1;
      return `${decode(bytes)}${code === 0 ? "" : `'${operands[0] ?? ""}' returned ${code}\n`}`;
    }
    case "if-shell": {
      const condition = expandFormat(server, operands[0] ?? "", usualPlace(server, client) ?? place());
      const status = flags.has("F") ? undefined : (yield* shellOutput(server.sys, condition)).status;
      const holds = status ? status.kind === "exited" && status.status === 0 : condition !== "" && condition !== "0";
      const chosen = operands[holds ? 1 : 2];
      if (chosen !== undefined) yield* runText(server, client, chosen, bindings);
      return client.session ? "" : undefined;
    }
    default: throw new Wrong(`unknown command: ${command}`);
  }
}

function renamed(window: Window | undefined, name: string): void {
  if (!window) return;
  window.name = name;
  window.automatic = false;
}

/** Where the client is, when there is any session. */
function usualPlace(server: Server, client: Client): FormatPlace | undefined {
  try {
    return target(server, client, undefined);
  } catch (error) {
    if (error instanceof Wrong) return undefined;
    throw error;
  }
}

function* newSession(server: Server, client: Client, message: CommandMessage, { flags, operands }: ParsedTmuxCommand): Blocking<string | undefined> {
  const name = flags.get("s")?.replace(/[.:]/g, "_");
  const known = name === undefined ? undefined : server.sessions.find((session) => session.name === name);
  const nested = new Map(message.environment).has("TMUX");
  if (known && !flags.has("A")) throw new Wrong(`duplicate session: ${name}`);
  if (!flags.has("d") && !client.session) {
    if (nested) throw new Wrong("sessions should be nested with care, unset $TMUX to force");
    if (!message.terminal) throw new Wrong("open terminal failed: not a terminal");
  }
  // nobody looks at it yet: default-size
  const [columnsUsual = 80, rowsUsual = 24] = server.options.get("default-size").split("x").map(Number);
  const size = (letter: string, usual: number): number => Math.max(2, Math.min(1000, Number(flags.get(letter)) || usual));
  const rows = flags.has("d") ? size("y", rowsUsual) + 1 : message.rows, columns = flags.has("d") ? size("x", columnsUsual) : message.columns;
  const session = known ?? server.newSession(name, { ...message, rows, columns, cwd: flags.get("c") ?? message.cwd }, operands, flags.get("n"));
  if (flags.has("d")) {
    const window = server.windowOf(session);
    return flags.has("P") && window ? `${expandWithDate(server, flags.get("F") ?? "#{session_name}:", { session, number: session.current, window, pane: window.active })}\n` : "";
  }
  if (client.session) {
    server.showSession(client, session);
    return "";
  }
  yield* server.attach(client, session);
  return undefined;
}

/** "10" cells, or "30%" of what there is. */
function sizeOf(text: string | undefined, whole: number): number | undefined {
  const [, number, percent] = /^(\d+)(%?)$/.exec(text ?? "") ?? [];
  if (number === undefined) return undefined;
  return percent === "%" ? Math.floor((whole * Number(number)) / 100) : Number(number);
}

function splitWindow(server: Server, { flags, operands }: ParsedTmuxCommand, { session, number, window, pane }: FormatPlace, cwd: string | undefined): string {
  const before = window.active;
  const direction = flags.has("h") ? "h" : "v";
  const whole = direction === "h" ? pane.grid.columns : pane.grid.rows;
  const wanted = sizeOf(flags.get("l") ?? (flags.has("p") ? `${flags.get("p") ?? ""}%` : undefined), whole);
  if ((flags.has("l") || flags.has("p")) && wanted === undefined) throw new Wrong("size invalid");
  window.active = pane;
  const made = server.splitPane(session, window, direction, operands, flags.has("b"), cwd);
  if (!made) throw new Wrong("no space for new pane");
  if (wanted !== undefined) {
    const now = direction === "h" ? made.grid.columns : made.grid.rows;
    const by = flags.has("b") ? wanted - now : now - wanted;
    if (by !== 0) server.resizePane(session, window, flags.has("b") ? made : pane, direction === "h" ? "R" : "D", by);
  }
  if (flags.has("d")) window.active = before;
  if (flags.has("Z")) {
    window.zoomed = true;
    server.arrange(session);
  }
  return flags.has("P") ? `${expandWithDate(server, flags.get("F") ?? "#{session_name}:#{window_index}.#{pane_index}", { session, number, window, pane: made })}\n` : "";
}

function resizePane(server: Server, { flags, operands }: ParsedTmuxCommand, { session, window, pane }: FormatPlace): string {
  if (flags.has("Z")) {
    window.zoomed = !window.zoomed && panesOf(window.layout).length > 1;
    if (window.zoomed) server.selectPane(window, pane);
    server.arrange(session);
    return "";
  }
  const side = SIDES.find((each) => flags.has(each));
  const by = operands[0] === undefined ? 1 : Number(operands[0]);
  if (!Number.isInteger(by) || by < 1) throw new Wrong(`adjustment ${Number.isInteger(by) ? "too small" : "invalid"}`);
  if (side) server.resizePane(session, window, pane, side, by);
  for (const [letter, whole, now, grow] of [["x", session.columns, pane.grid.columns, "R"], ["y", session.rows, pane.grid.rows, "D"]] as const) {
    if (!flags.has(letter)) continue;
    const wanted = sizeOf(flags.get(letter), whole);
    if (wanted === undefined) throw new Wrong(`${letter === "x" ? "width" : "height"} invalid`);
    // the last pane of a row or column grows to its other side
    const before = letter === "x" ? pane.grid.columns : pane.grid.rows;
    if (wanted === now) continue;
    server.resizePane(session, window, pane, grow, wanted - now);
    if (wanted > before === (letter === "x" ? pane.grid.columns : pane.grid.rows) < before) server.resizePane(session, window, pane, grow, 2 * (now - wanted));
  }
  return "";
}

function capturePane(server: Server, { flags }: ParsedTmuxCommand, { grid }: Pane): string {
  const lines = [...grid.history.map((line) => line.map((cell) => cell.text).join("").trimEnd()), ...Array.from({ length: grid.rows }, (_, row) => grid.rowText(row))];
  const at = (text: string | undefined, usual: number, all: number): number => (text === undefined ? usual : text === "-" ? all : Math.max(0, Math.min(lines.length - 1, grid.history.length + (Number(text) || 0))));
  const shown = lines.slice(at(flags.get("S"), grid.history.length, 0), at(flags.get("E"), lines.length - 1, lines.length - 1) + 1);
  const text = `${shown.join("\n")}\n`;
  if (flags.has("p")) return text;
  server.copied(text, flags.get("b"));
  return "";
}

function* useBuffer(server: Server, message: CommandMessage, { command, flags, operands }: ParsedTmuxCommand): Blocking<string> {
  const name = flags.get("b");
  const buffer = server.buffers.find((each) => name === undefined || each.name === name);
  if (!buffer) throw new Wrong(name === undefined ? (command === "delete-buffer" ? "no buffer" : "no buffers") : `${command === "delete-buffer" ? "unknown buffer:" : "no buffer"} ${name}`);
  if (command === "show-buffer") return buffer.text;
  if (command === "delete-buffer") {
    server.buffers.splice(server.buffers.indexOf(buffer), 1);
    return "";
  }
  const [path = ""] = operands;
  if (path === "-") return buffer.text;
  try {
    const fd = yield* server.sys.open(path.startsWith("/") ? path : `${message.cwd}/${path}`, O.WRONLY | O.CREAT | O.CLOEXEC | (flags.has("a") ? O.APPEND : O.TRUNC), 0o644);
    yield* server.sys.write(fd, encode(buffer.text));
    server.sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Wrong(`${path}: ${error.message}`);
  }
  return "";
}

function listKeys(server: Server, { flags, operands }: ParsedTmuxCommand, bindings: Bindings): string {
  const table = flags.get("T");
  if (table !== undefined && !bindings.has(table)) throw new Wrong(`table ${table} doesn't exist`);
  const key = operands[0] === undefined ? undefined : canonicalKey(operands[0]);
  const lines = flags.has("N") ? listNotes(bindings, server.options.get("prefix"), key) : listBindings(bindings, table, key);
  if (operands[0] !== undefined && lines.length === 0) throw new Wrong(`unknown key: ${operands[0]}`);
  return (flags.has("1") ? lines.slice(0, 1) : lines).map((line) => `${line}\n`).join("");
}

/** Of which session or window an option is meant, and whether of none. */
function optionPlace(server: Server, client: Client, { command, flags }: ParsedTmuxCommand, name: string | undefined): { readonly scope: "server" | "session" | "window"; readonly own: OptionValues | undefined; readonly session: Session | undefined } {
  const scope = name === undefined ? (flags.has("s") ? "server" : flags.has("w") || command.includes("window") ? "window" : "session") : server.options.scopeOf(name);
  if (flags.has("g") || scope === "server") return { scope, own: undefined, session: undefined };
  const at = target(server, client, flags.get("t"), scope === "window" ? "window" : "session");
  return { scope, own: scope === "window" ? at.window.options : at.session.options, session: at.session };
}

function setOption(server: Server, client: Client, parsed: ParsedTmuxCommand): string {
  const { flags, operands } = parsed;
  const [name = "", value] = operands;
  try {
    const { own } = optionPlace(server, client, parsed, name);
    const at = flags.has("F") ? usualPlace(server, client) : undefined;
    server.options.set(name, value !== undefined && at ? expandFormat(server, value, at) : value, own, { append: flags.has("a"), unset: flags.has("u") || flags.has("U"), once: flags.has("o") });
  } catch (error) {
    if (error instanceof OptionError && flags.has("q")) return "";
    throw error;
  }
  for (const session of server.sessions) server.refit(session);
  return "";
}

function showOptions(server: Server, client: Client, parsed: ParsedTmuxCommand): string {
  const { flags, operands } = parsed;
  try {
    const { scope, own } = optionPlace(server, client, parsed, operands[0]);
    return server.options.list(scope, own, operands[0]).map(([name, value]) => (flags.has("v") ? `${value}\n` : `${name} ${shownValue(value)}\n`)).join("");
  } catch (error) {
    if (error instanceof OptionError && flags.has("q")) return "";
    throw error;
  }
}

function moveWindow(server: Server, client: Client, { flags }: ParsedTmuxCommand): string {
  const from = target(server, client, flags.get("s"), "window");
  if (flags.has("r")) {
    server.renumber(sessionTarget(server, client, flags.get("t")));
    return "";
  }
  const { session, number } = windowPlace(server, client, flags.get("t"));
  let at = number ?? server.options.number("base-index", session.options);
  if (number === undefined) while (session.windows.has(at)) at++;
  else if (session.windows.has(at) && !flags.has("k")) throw new Wrong(session === from.session && at === from.number ? `same index: ${at}` : `index in use: ${at}`);
  const current = from.session.current === from.number;
  from.session.windows.delete(from.number);
  session.windows.set(at, from.window);
  if (session === from.session && current) session.current = at;
  else if (!flags.has("d")) server.selectWindow(session, at);
  server.arrange(session);
  return "";
}

const WINDOW_TEXT = '#{window_name}#{window_flags}#{?#{&&:#{==:#{window_panes},1},#{&&:#{pane_title},#{!=:#{pane_title},#{host_short}}}},: "#{pane_title}",}';
const PANE_TEXT = '#{pane_current_command}#{?pane_active,*,}#{?#{&&:#{pane_title},#{!=:#{pane_title},#{host_short}}},: "#{pane_title}",}';
const SESSION_TEXT = "#{session_windows} windows#{?session_attached, (attached),}";

/** The tree of sessions, the list of what was copied, the windows that have a text. */
function choose(server: Server, client: Client, { command, flags, operands }: ParsedTmuxCommand, bindings: Bindings): string {
  if (!client.session) return "";
  const { session, number, window, pane } = target(server, client, flags.get("t"));
  if (command === "choose-buffer") {
    if (server.buffers.length === 0) return "";
    const items = (): readonly TreeItem[] => server.buffers.map(({ name, text, createdUs }) => ({
      key: name, name, text: `${strftime("%H:%M", civilAtUs(UTC, createdUs))}: ${text.replaceAll("\n", "\\n").slice(0, 50)}${text.length > 50 ? "..." : ""}`, kind: "buffer", children: [], pictures: [], lines: text.split("\n"),
      choose: () => runText(server, client, `paste-buffer -p -b ${name}`, bindings), kill: () => runText(server, client, `delete-buffer -b ${name}`, bindings),
    }));
    server.setMode(client, new TreeMode(server, pane, items, { open: [], current: server.buffers[0]?.name ?? "" }));
    return "";
  }
  if (command === "choose-client") {
    const items = (): readonly TreeItem[] => server.clients.flatMap((each) => {
      const shown = each.session && server.windowOf(each.session);
      if (!each.session || !shown) return [];
      const text = `${strftime("%H:%M", civilAtUs(UTC, server.sys.clockUs("realtime")))}: session ${each.session.name}`;
      return [{ key: each.command.tty, name: each.command.tty, text, kind: "client" as const, children: [], lines: [], pictures: [{ pane: shown.active, label: "", current: true }], choose: () => server.dismiss(each, "detached"), kill: () => server.dismiss(each, "detached") }];
    });
    server.setMode(client, new TreeMode(server, pane, items, { open: [], current: client.command.tty }));
    return "";
  }
  const wanted = command === "find-window" ? (operands[0] ?? "") : undefined;
  const matches = (own: Session, at: Window, each: Pane): boolean => wanted === undefined || at.name.includes(wanted) || each.grid.title.includes(wanted) || each.grid.cells.some((line) => line.map((cell) => cell.text).join("").includes(wanted)) || own.name === `=${wanted}`;
  const any = wanted !== undefined && server.sessions.some((own) => [...own.windows.values()].some((at) => panesOf(at.layout).some((each) => matches(own, at, each))));
  const describe = (kind: "session" | "window" | "pane", own: Session, at: number, each: Window, one: Pane): string => expandFormat(server, kind === "session" ? SESSION_TEXT : kind === "window" ? WINDOW_TEXT : PANE_TEXT, { session: own, number: at, window: each, pane: one });
  const items = (): readonly TreeItem[] => sessionTree({ server, client, only: any ? matches : () => true }, describe);
  const sessionsOnly = flags.has("s");
  const open = sessionsOnly ? [] : [...server.sessions.map((own) => `$${own.id}`), ...(flags.has("w") ? [] : server.sessions.flatMap((own) => [...own.windows.values()].map((each) => `@${each.id}`)))];
  const zooms = flags.has("Z") && panesOf(window.layout).length > 1 && !window.zoomed;
  const left = (): void => {
    if (!zooms) return;
    window.zoomed = false;
    server.arrange(session);
  };
  const current = sessionsOnly ? `$${session.id}` : flags.has("w") || panesOf(window.layout).length < 2 ? `@${window.id}` : `%${window.active.id}`;
  server.setMode(client, new TreeMode(server, pane, items, { open, current, left, ...(wanted !== undefined && { filter: any ? "active" : "no matches" }) }));
  if (zooms) {
    window.zoomed = true;
    server.arrange(session);
  }
  server.selectWindow(session, number);
  return "";
}

/** Questions on the last line: command-prompt with its template, confirm-before with its command. */
function prompt(server: Server, client: Client, { command, flags, operands }: ParsedTmuxCommand, bindings: Bindings): string {
  if (!client.session) return "";
  const at = target(server, client, undefined);
  if (command === "confirm-before") {
    const text = operands[0] ?? "";
    const question = flags.has("p") ? expandFormat(server, flags.get("p") ?? "", at) : `Confirm '${text.split(" ")[0] ?? ""}'? (y/n)`;
    server.ask(client, `${question} `, "", true, function* (answer) {
      if (answer === "y" || answer === "Y" || (flags.has("y") && answer === "\r")) yield* runText(server, client, text, bindings);
    });
    return "";
  }
  const template = operands[0];
  const labels = flags.has("p") ? (flags.get("p") ?? "").split(",").map((label) => `${label} `) : [template === undefined ? ":" : `(${template.trim().split(/\s/)[0] ?? ""}) `];
  const inputs = flags.has("I") ? (flags.get("I") ?? "").split(",").map((text) => expandFormat(server, text, at)) : [];
  const single = flags.has("1") || flags.has("k");
  const answers: string[] = [];
  const askNext = (): void => {
    const index = answers.length;
    server.ask(client, labels[index] ?? "", inputs[index] ?? "", single, function* (answer) {
      answers.push(answer);
      if (index + 1 < labels.length) {
        askNext();
        return;
      }
      const text = template === undefined ? answer : answers.reduce((whole, one, place) => whole.replaceAll(`%${place + 1}`, () => one), template.replaceAll("%%", () => (answers[0] ?? "").replaceAll('"', '\\"')));
      yield* runText(server, client, text, bindings);
    });
  };
  askNext();
  return "";
}

/** The next or the former window round. */
function move(server: Server, session: Session, by: number): void {
  const numbers = orderedWindows(session).map(([number]) => number);
  server.selectWindow(session, numbers[(numbers.indexOf(session.current) + by + numbers.length) % numbers.length] ?? session.current);
}
