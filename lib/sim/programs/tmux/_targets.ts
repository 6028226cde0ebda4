// What -t and -s of tmux's commands mean: "session:window.pane", each of them by name, number or sign (tmux(1), COMMANDS).
import { Wrong } from "./_command-table.ts";
import { type FormatPlace, orderedWindows } from "./_format.ts";
import { panesOf } from "./_layout.ts";
import type { Client, Pane, Server, Session, Window } from "./_server.ts";

function sessionNamed(server: Server, name: string): Session | undefined {
  return server.sessions.find((one) => one.name === name.replace(/^=/, "")) ?? server.sessions.find((one) => `$${one.id}` === name) ?? (name.startsWith("=") ? undefined : server.sessions.find((one) => one.name.startsWith(name)));
}

function usualSession(server: Server, client: Client): Session | undefined {
  const inside = new Map(client.command.environment).get("TMUX_PANE");
  return client.session ?? server.sessions.find((session) => [...session.windows.values()].some((window) => panesOf(window.layout).some((pane) => `%${pane.id}` === inside))) ?? server.sessions.at(-1);
}

function windowNamed(session: Session, word: string): readonly [number, Window] | undefined {
  const all = orderedWindows(session);
  const at = all.findIndex(([number]) => number === session.current);
  const step = /^([+-])(\d*)$/.exec(word);
  if (step) return all[(((at + (step[1] === "+" ? 1 : -1) * Number(step[2] || 1)) % all.length) + all.length) % all.length];
  if (word === "" || word === "{current}") return all[at];
  if (word === "!" || word === "{last}") return all.find(([number]) => number === session.last);
  if (word === "^" || word === "{start}") return all[0];
  if (word === "$" || word === "{end}") return all.at(-1);
  const plain = word.replace(/^=/, "");
  return all.find(([number]) => String(number) === plain) ?? all.find(([, window]) => `@${window.id}` === plain || window.name === plain) ?? (word.startsWith("=") ? undefined : all.find(([, window]) => window.name.startsWith(plain)));
}

function paneNamed(server: Server, session: Session, window: Window, word: string): Pane | undefined {
  const panes = panesOf(window.layout);
  const at = panes.indexOf(window.active);
  if (word === "") return window.active;
  if (word === "!" || word === "{last}") return window.lastPane;
  const step = /^([+-])(\d*)$/.exec(word);
  if (step) return panes[(((at + (step[1] === "+" ? 1 : -1) * Number(step[2] || 1)) % panes.length) + panes.length) % panes.length];
  const side = /^\{(up|down|left|right)-of\}$/.exec(word)?.[1];
  if (side !== undefined) return server.neighbour(session, window, side === "up" ? "U" : side === "down" ? "D" : side === "left" ? "L" : "R");
  if (word.startsWith("%")) return panes.find((pane) => `%${pane.id}` === word);
  return /^\d+$/.test(word) ? panes[Number(word) - server.options.number("pane-base-index", window.options)] : undefined;
}

/** Throws Wrong when there is no such place. */
export function target(server: Server, client: Client, text: string | undefined, kind: "pane" | "window" | "session" = "pane"): FormatPlace {
  let rest = text ?? "";
  if (/^%\d+$/.test(rest)) {
    for (const one of server.sessions) for (const [number, window] of one.windows) for (const pane of panesOf(window.layout)) if (`%${pane.id}` === rest) return { session: one, number, window, pane };
    throw new Wrong(`can't find pane: ${rest}`);
  }
  let session = usualSession(server, client);
  const colon = rest.indexOf(":");
  if (colon > 0) {
    const name = rest.slice(0, colon);
    session = sessionNamed(server, name);
    if (!session) throw new Wrong(`can't find session: ${name}`);
  }
  if (colon >= 0) rest = rest.slice(colon + 1);
  if (!session) throw new Wrong("no current session");
  const dot = rest.lastIndexOf(".");
  let [windowWord, paneWord] = dot >= 0 ? [rest.slice(0, dot), rest.slice(dot + 1)] : [rest, ""];
  if (colon < 0 && dot < 0 && rest !== "") {
    // a bare word is a session for some commands, a window or a pane for others
    const own = session;
    const pane = kind === "pane" ? paneNamed(server, own, server.windowOf(own) ?? [...own.windows.values()][0] ?? missing(kind, rest), rest) : undefined;
    if (pane) [windowWord, paneWord] = ["", rest];
    else if (kind === "session" || !windowNamed(own, rest)) {
      const named = sessionNamed(server, rest);
      if (!named) throw new Wrong(`can't find ${kind}: ${rest}`);
      session = named;
      windowWord = "";
    }
  }
  const [number, window] = windowNamed(session, windowWord) ?? [];
  if (number === undefined || !window) throw new Wrong(`can't find window: ${windowWord.replace(/^=/, "")}`);
  const pane = paneNamed(server, session, window, paneWord);
  if (!pane) throw new Wrong(`can't find pane: ${paneWord}`);
  return { session, number, window, pane };
}

function missing(kind: string, word: string): never {
  throw new Wrong(`can't find ${kind}: ${word}`);
}

export function sessionTarget(server: Server, client: Client, text: string | undefined): Session {
  if (text === undefined || text === "") return target(server, client, undefined).session;
  const name = text.replace(/:.*$/, "");
  const found = sessionNamed(server, name);
  if (!found) throw new Wrong(`can't find session: ${name}`);
  return found;
}

/** Where a window goes to: a session, and a number in it (undefined: the next free one). */
export function windowPlace(server: Server, client: Client, text: string | undefined): { readonly session: Session; readonly number: number | undefined } {
  if (text === undefined) return { session: target(server, client, undefined).session, number: undefined };
  const [, name, word = ""] = /^(?:([^:]*):)?(.*)$/s.exec(text) ?? [];
  const session = name === undefined || name === "" ? target(server, client, undefined).session : sessionTarget(server, client, name);
  if (/^\d+$/.test(word)) return { session, number: Number(word) };
  if (word === "") return { session, number: undefined };
  const found = windowNamed(session, word);
  if (found) return { session, number: found[0] };
  if (name === undefined) return { session: sessionTarget(server, client, word), number: undefined };
  throw new Wrong(`can't find window: ${word}`);
}
