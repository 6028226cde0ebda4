// tmux's manner: its key bindings and its status line (tmux(1), STATUS LINE).
import type { Blocking } from "../../kernel/sys.ts";
import { strftime, civilAtUs } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { startBindings } from "./_bindings.ts";
import { readConfiguration, run, runText } from "./_commands.ts";
import { expandFormat, expandWithDate, orderedWindows } from "./_format.ts";
import { bytesOfKey, keyName } from "./_key-names.ts";
import type { CommandMessage } from "./_messages.ts";
import { sgrOf } from "./_options.ts";
import { type Client, type Manner, type Server, type Session, STYLE_MARK } from "./_server.ts";

/** "#[fg=red]" within a line becomes a mark that the drawing reads. */
function styled(text: string): string {
  return text.replace(/#\[([^\]]*)\]/g, (_, style: string) => `${STYLE_MARK}${style === "default" ? "" : sgrOf(style)}${STYLE_MARK}`);
}

/** Without the marks. */
function plain(text: string): string {
  return text.split(STYLE_MARK).filter((_, at) => at % 2 === 0).join("");
}

/** So many columns of it. */
function cut(text: string, columns: number): string {
  let left = columns;
  return text.split(STYLE_MARK).map((part, at) => {
    if (at % 2 === 1) return `${STYLE_MARK}${part}${STYLE_MARK}`;
    const shown = [...part].slice(0, left).join("");
    left -= [...shown].length;
    return shown;
  }).join("");
}

function wrapped(text: string, style: string): string {
  return style === "" ? text : `${STYLE_MARK}${style}${STYLE_MARK}${text}${STYLE_MARK}${STYLE_MARK}`;
}

/** A part of the list in which the current window can be seen, with "<" and ">" where there is more (format-draw.c). */
function listPart({ text, from, to }: ReturnType<typeof windowList>, room: number): string {
  const { length } = plain(text);
  if (length <= room) return text;
  const middle = from + Math.floor((to - from) / 2);
  const start = Math.min(middle < Math.floor(room / 2) ? 0 : middle - Math.floor(room / 2), length - room);
  const before = start > 0 && room > 1 ? "<" : "", behind = start + room < length && room > 1 ? ">" : "";
  return `${before}${cut(dropped(text, start + before.length), room - before.length - behind.length)}${behind}`;
}

/** Without so many columns at its beginning. */
function dropped(text: string, columns: number): string {
  let left = columns;
  return text.split(STYLE_MARK).map((part, at) => {
    if (at % 2 === 1) return `${STYLE_MARK}${part}${STYLE_MARK}`;
    const chars = [...part];
    const gone = Math.min(left, chars.length);
    left -= gone;
    return chars.slice(gone).join("");
  }).join("");
}

/** All windows, and where the current one stands among them. */
function windowList(server: Server, session: Session): { readonly text: string; readonly from: number; readonly to: number } {
  const separator = server.options.get("window-status-separator");
  const parts = windowParts(server, session);
  const at = orderedWindows(session).findIndex(([number]) => number === session.current);
  const from = plain(parts.slice(0, at).map((part) => `${part}${separator}`).join("")).length;
  return { text: parts.join(separator), from, to: from + plain(parts[at] ?? "").length };
}

function windowParts(server: Server, session: Session): readonly string[] {
  return orderedWindows(session).map(([number, window]) => {
    const current = number === session.current;
    const format = server.options.get(current ? "window-status-current-format" : "window-status-format", window.options);
    const own = server.options.get(current ? "window-status-current-style" : "window-status-style", window.options);
    const style = own !== "default" ? sgrOf(own) : !current && number === session.last ? sgrOf(server.options.get("window-status-last-style", window.options)) : "";
    return wrapped(styled(expandWithDate(server, format, { session, number, window, pane: window.active })), style);
  });
}

function statusLine(server: Server, session: Session, columns: number): { readonly text: string; readonly style: string } {
  const window = server.windowOf(session);
  const now = civilAtUs(UTC, server.sys.clockUs("realtime"));
  const get = (name: string): string => server.options.get(name, session.options);
  const side = (name: string): string => {
    const text = window ? styled(expandFormat(server, strftime(get(name), now), { session, number: session.current, window, pane: window.active })) : "";
    return wrapped(cut(text, server.options.number(`${name}-length`, session.options)), sgrOf(get(`${name}-style`)));
  };
  const left = cut(side("status-left"), columns), whole = side("status-right");
  // what does not fit is lost at its beginning
  const right = dropped(whole, Math.max(0, plain(whole).length - (columns - plain(left).length)));
  const room = Math.max(0, columns - plain(left).length - plain(right).length);
  const list = listPart(windowList(server, session), room);
  const spare = Math.max(0, room - plain(list).length);
  const justify = get("status-justify");
  const before = justify === "right" ? spare : justify === "left" ? 0 : Math.min(spare, Math.floor(room / 2) - Math.floor(plain(list).length / 2));
  const ground = [["fg", get("status-fg")], ["bg", get("status-bg")]].filter(([, colour]) => colour !== "default").map(([name, colour]) => `${name ?? ""}=${colour ?? ""}`);
  return { text: `${left}${" ".repeat(before)}${list}${" ".repeat(spare - before)}${right}`, style: sgrOf([get("status-style"), ...ground].join(",")) };
}

/** What tmux is for one server; `configuration` is the file of -f. */
export function tmuxManner(configuration: string | undefined): Manner {
  const bindings = startBindings();
  let complaints: readonly string[] = [];
  let read = false;
  const bound = function* (server: Server, client: Client, table: string, name: string, repeatedOnly: boolean): Blocking<boolean> {
    const binding = bindings.get(table)?.get(name);
    if (!binding || (repeatedOnly && !binding.repeats)) return false;
    if (binding.repeats) client.repeatUntilUs = server.sys.clockUs("monotonic") + server.options.number("repeat-time") * 1000;
    server.log(client, `key ${name}: ${binding.command}`);
    yield* runText(server, client, binding.command, bindings);
    return true;
  };
  return {
    term: "screen", viKeys: false,
    statusRows: (server, session) => {
      const status = server.options.get("status", ...(session ? [session.options] : []));
      return status === "off" ? 0 : Number(status) || 1;
    },
    isPrefix: (server, client, key) => {
      const options = client.session?.options ?? new Map<string, string>();
      return [server.options.get("prefix", options), server.options.get("prefix2", options)].some((name) => name !== "None" && bytesOfKey(name) === key);
    },
    plainKey: (server, client, key) => bound(server, client, "root", keyName(key), false),
    environment: (server, pane) => [["TMUX", `${server.socketPath},${server.sys.getpid()},${server.sessions.at(-1)?.id ?? 0}`], ["TMUX_PANE", `%${pane}`]],
    goodbye: (why, session) => (why === "detached" ? `[detached (from session ${session.name})]` : "[exited]"),
    status: statusLine,
    *run(server: Server, client: Client, message: CommandMessage) {
      if (!read) {
        read = true;
        complaints = yield* readConfiguration(server, client, configuration, bindings);
      }
      yield* run(server, client, message, bindings);
      if (complaints.length > 0 && client.session) {
        server.viewText(client, complaints.join("\n"));
        complaints = [];
      }
    },
    *key(server, client, key, repeated) {
      return yield* bound(server, client, "prefix", keyName(key), repeated);
    },
  };
}
