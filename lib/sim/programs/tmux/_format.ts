// Formats: #{variable}, #{?condition,then,else}, #{=LENGTH:variable}, comparisons, the one-letter forms and the date (tmux(1), FORMATS).
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { panesOf } from "./_layout.ts";
import type { Pane, Server, Session, Window } from "./_server.ts";

export interface FormatPlace {
  readonly session: Session;
  readonly number: number;
  readonly window: Window;
  readonly pane: Pane;
}

const SHORT: ReadonlyMap<string, string> = new Map([["D", "pane_id"], ["F", "window_flags"], ["H", "host"], ["h", "host_short"], ["I", "window_index"], ["P", "pane_index"], ["S", "session_name"], ["T", "pane_title"], ["W", "window_name"]]);

export const flagsOf = (session: Session, number: number, window: Window): string => `${number === session.current ? "*" : number === session.last ? "-" : ""}${window.zoomed ? "Z" : ""}`;
export const orderedWindows = (session: Session): [number, Window][] => [...session.windows].sort(([a], [b]) => a - b);

function valueOf(server: Server, name: string, { session, number, window, pane }: FormatPlace): string {
  const host = server.sys.uname().nodename;
  const panes = panesOf(window.layout);
  const at = panes.indexOf(pane) + server.options.number("pane-base-index", window.options);
  const attached = server.clients.filter((client) => client.session === session).length;
  const numbers = orderedWindows(session).map(([one]) => one);
  switch (name) {
    case "session_name": return session.name;
    case "session_id": return `$${session.id}`;
    case "session_windows": return String(session.windows.size);
    case "session_attached": return String(attached);
    case "session_created": return String(Math.floor(session.createdUs / 1e6));
    case "session_path": return session.cwd;
    case "window_index": return String(number);
    case "window_name": return window.name;
    case "window_id": return `@${window.id}`;
    case "window_flags": case "window_raw_flags": return flagsOf(session, number, window);
    case "window_active": return number === session.current ? "1" : "0";
    case "window_last_flag": return number === session.last ? "1" : "0";
    case "window_zoomed_flag": return window.zoomed ? "1" : "0";
    case "window_panes": return String(panes.length);
    case "window_width": return String(session.columns);
    case "window_height": return String(session.rows);
    case "window_layout": return server.layoutText(session, window);
    case "window_start_flag": return number === numbers[0] ? "1" : "0";
    case "window_end_flag": return number === numbers.at(-1) ? "1" : "0";
    case "pane_index": return String(at);
    case "pane_id": return `%${pane.id}`;
    case "pane_title": return pane.grid.title || host;
    case "pane_pid": return String(pane.pid);
    case "pane_tty": return pane.tty;
    case "pane_width": return String(pane.grid.columns);
    case "pane_height": return String(pane.grid.rows);
    case "pane_active": return pane === window.active ? "1" : "0";
    case "pane_dead": return pane.dead ? "1" : "0";
    case "pane_in_mode": return server.clients.some((client) => client.copy?.of(pane.grid) ?? false) ? "1" : "0";
    case "pane_synchronized": return server.options.get("synchronize-panes", window.options) === "on" ? "1" : "0";
    case "pane_current_command": return pane.command;
    case "pane_current_path": return server.workingDirectory(pane);
    case "pane_start_command": return "";
    case "history_size": return String(pane.grid.history.length);
    case "history_limit": return "2000";
    case "cursor_x": return String(pane.grid.cursor.column);
    case "cursor_y": return String(pane.grid.cursor.row);
    case "host": return host;
    case "host_short": return host.split(".")[0] ?? "";
    case "client_session": return session.name;
    case "client_width": return String(session.columns);
    case "client_height": return String(session.rows + 1);
    case "client_prefix": return server.clients.some((client) => client.session === session && client.prefix) ? "1" : "0";
    case "pid": return String(server.sys.getpid());
    case "socket_path": return server.socketPath;
    case "version": return "3.3a";
    default: return name.startsWith("@") ? server.options.get(name, session.options, window.options) : "";
  }
}

/** Where the brace that opens at `from` closes; commas and braces within count their own. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

function parts(text: string): string[] {
  const found = [""];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "{") depth++;
    if (char === "}") depth--;
    if (char === "," && depth === 0 && text[at - 1] !== "#") found.push("");
    else found[found.length - 1] += char;
  }
  return found;
}

const isTrue = (value: string): boolean => value !== "" && value !== "0";
/** How deep formats may stand in each other. */
const DEEPEST = 20;

function inside(server: Server, text: string, place: FormatPlace, depth: number): string {
  const again = (inner: string): string => expandFormat(server, inner, place, depth + 1);
  const value = (name: string): string => (name.includes("#{") ? again(name) : valueOf(server, name, place));
  if (text.startsWith("?")) {
    const [condition = "", yes = "", no = ""] = parts(text.slice(1));
    return again(isTrue(value(condition)) ? yes : no);
  }
  const [, operator, rest = ""] = /^(==|!=|<|>|\|\||&&):(.*)$/s.exec(text) ?? [];
  if (operator !== undefined) {
    const [a = "", b = ""] = parts(rest).map((one) => again(one));
    const fits = operator === "==" ? a === b : operator === "!=" ? a !== b : operator === "<" ? a < b : operator === ">" ? a > b : operator === "||" ? isTrue(a) || isTrue(b) : isTrue(a) && isTrue(b);
    return fits ? "1" : "0";
  }
  const [, length, cut = ""] = /^=(-?\d+):(.*)$/s.exec(text) ?? [];
  if (length !== undefined) return Number(length) < 0 ? value(cut).slice(Number(length)) : value(cut).slice(0, Number(length));
  const [, modifier, name = ""] = /^([bdqtET]):(.*)$/s.exec(text) ?? [];
  if (modifier === "b") return value(name).replace(/^.*\//, "");
  if (modifier === "d") return value(name).replace(/\/[^/]*$/, "");
  if (modifier === "t") return strftime("%a %b %e %H:%M:%S %Y", civilAtUs(UTC, Number(value(name)) * 1e6));
  if (modifier === "E" || modifier === "T") return again(value(name));
  return modifier === "q" ? value(name) : value(text);
}

/** The text with what the format asks for; dates are left alone. */
export function expandFormat(server: Server, format: string, place: FormatPlace, depth = 0): string {
  if (depth > DEEPEST) return "";
  let out = "";
  for (let at = 0; at < format.length; at++) {
    const next = format[at + 1] ?? "";
    if (format[at] !== "#") out += format[at] ?? "";
    else if (next === "{") {
      const end = closing(format, at + 1);
      if (end < 0) return out;
      out += inside(server, format.slice(at + 2, end), place, depth);
      at = end;
    } else if (next === "#" || next === "," || next === "}") {
      out += next;
      at++;
    } else if (next === "[") {
      // styles within the line are left to whoever draws it
      const end = format.indexOf("]", at);
      out += end < 0 ? "" : format.slice(at, end + 1);
      at = end < 0 ? format.length : end;
    } else if (SHORT.has(next)) {
      out += valueOf(server, SHORT.get(next) ?? "", place);
      at++;
    } else out += "#";
  }
  return out;
}

/** The same with the date filled in. */
export function expandWithDate(server: Server, format: string, place: FormatPlace): string {
  return expandFormat(server, strftime(format, civilAtUs(UTC, server.sys.clockUs("realtime"))), place);
}
