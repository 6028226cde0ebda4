"use client";
// A workspace as React sees it: terminals, verdicts, notices, and the verbs. Output bypasses React: it goes straight to the screens.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ackEvery, type ClientMessage, type CommandRecord, maxInputChars, type ServerMessage, type StepVerdict, type TerminalState } from "../../lib/session/protocol.ts";
import { type FileAnswer, type FileRequest, maxPieceChars } from "../../lib/session/protocol-files.ts";
import type { MachinePicture } from "../../lib/session/protocol-picture.ts";
import { type Connection, type ConnectionState, connect } from "./connection.ts";

/** Where a terminal's output is drawn. `drawn` is called when that many characters are on the screen. */
export interface Sink {
  output(data: string, drawn: () => void): void;
  screen(cols: number, rows: number, data: string): void;
  /** of a recording, whose size is not the window's */
  resize?(cols: number, rows: number): void;
}

interface Notice {
  readonly id: number;
  readonly code: Extract<ServerMessage, { type: "notice" }>["code"];
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface Step extends StepVerdict {
  /** the learner asked for it, or it changed while they worked: its reason may be shown */
  readonly telling: boolean;
}

/** What the panels beside the terminal want to be told. */
export type Watch = Omit<Extract<ClientMessage, { type: "watch" }>, "type">;

const nothingWatched: Watch = { picture: false, commands: false, files: [] };

export interface Workspace {
  readonly attempt: string;
  readonly connection: ConnectionState;
  /** the machine was there at least once: what is on the screen stays during a reconnection */
  readonly ready: boolean;
  readonly terminals: readonly TerminalState[];
  readonly steps: ReadonlyMap<string, Step>;
  readonly notice: Notice | undefined;
  readonly checking: boolean;
  /** of the machine, once it was watched */
  readonly picture: MachinePicture | undefined;
  /** of the transcript, oldest first; undefined until it was watched */
  readonly commands: readonly CommandRecord[] | undefined;
  /** of watched files and directories; null: not there */
  readonly stamps: ReadonlyMap<string, string | null>;
  watch(what: Watch): void;
  /** A question of the file editor; undefined when the connection was lost before the answer. `text` is what a save writes. */
  askFile(ask: FileRequest, text?: string): Promise<FileAnswer | undefined>;
  input(terminal: number, data: string): void;
  resize(terminal: number, cols: number, rows: number): void;
  openTerminal(): void;
  closeTerminal(terminal: number): void;
  undo(terminal: number): void;
  reset(): void;
  check(task?: string): void;
  reconnect(): void;
  /** Shows what came and what comes; answers how to stop. */
  attach(terminal: number, sink: Sink): () => void;
}

type Pending = { readonly kind: "output"; readonly data: string } | { readonly kind: "screen"; readonly cols: number; readonly rows: number; readonly data: string };

/** What a terminal was sent and has drawn on this connection; output waits here until its screen is mounted. */
interface Line {
  sink: Sink | undefined;
  pending: Pending[];
  drawnChars: number;
  ackedChars: number;
}

/** Cuts a text into messages, never inside a surrogate pair. */
export function cutInput(data: string, maxChars = maxInputChars): string[] {
  const parts: string[] = [];
  let at = 0;
  while (at < data.length) {
    let end = Math.min(at + maxChars, data.length);
    const code = data.charCodeAt(end - 1);
    if (end < data.length && code >= 0xd800 && code <= 0xdbff) end--;
    parts.push(data.slice(at, end));
    at = end;
  }
  return parts;
}

function merged(before: ReadonlyMap<string, Step>, message: Extract<ServerMessage, { type: "steps" }>): ReadonlyMap<string, Step> {
  const next = new Map(before);
  for (const verdict of message.steps) {
    const known = before.get(verdict.task);
    const changed = known?.code !== undefined && !verdict.passed && known.code !== verdict.code;
    next.set(verdict.task, { ...verdict, telling: message.asked || changed || (known?.telling ?? false) });
  }
  return next;
}

function withChanges(before: readonly CommandRecord[] | undefined, message: Extract<ServerMessage, { type: "commands" }>): readonly CommandRecord[] {
  const all = new Map(message.anew ? [] : before?.map((one) => [one.place, one]));
  for (const one of message.commands) all.set(one.place, one);
  return [...all.values()].sort((a, b) => a.place - b.place).slice(-mostCommands);
}

const mostCommands = 300;

export function useWorkspace(activity: string): Workspace {
  const [attempt, setAttempt] = useState("");
  const [connection, setConnection] = useState<ConnectionState>({ kind: "connecting" });
  const [ready, setReady] = useState(false);
  const [terminals, setTerminals] = useState<readonly TerminalState[]>([]);
  const [steps, setSteps] = useState<ReadonlyMap<string, Step>>(new Map());
  const [notice, setNotice] = useState<Notice>();
  const [checking, setChecking] = useState(false);
  const [picture, setPicture] = useState<MachinePicture>();
  const [commands, setCommands] = useState<readonly CommandRecord[]>();
  const [stamps, setStamps] = useState<ReadonlyMap<string, string | null>>(new Map());
  const watched = useRef(nothingWatched);
  const asked = useRef(new Map<number, (answer: FileAnswer | undefined) => void>());
  const requests = useRef(0);
  const own = useRef<Connection | undefined>(undefined);
  const lines = useRef(new Map<number, Line>());
  const size = useRef({ cols: 80, rows: 24 });
  const sizes = useRef(new Map<number, string>());
  const notices = useRef(0);

  const lineOf = useCallback((terminal: number): Line => {
    const known = lines.current.get(terminal);
    if (known) return known;
    const made: Line = { sink: undefined, pending: [], drawnChars: 0, ackedChars: 0 };
    lines.current.set(terminal, made);
    return made;
  }, []);

  const send = useCallback((message: ClientMessage) => own.current?.send(message), []);

  const draw = useCallback(
    (terminal: number, what: Pending) => {
      const line = lineOf(terminal);
      if (!line.sink) {
        // A screen replaces whatever waited before it.
        if (what.kind === "screen") line.pending = [];
        line.pending.push(what);
        return;
      }
      if (what.kind === "screen") return line.sink.screen(what.cols, what.rows, what.data);
      const session = own.current;
      line.sink.output(what.data, () => {
        if (session !== own.current) return;
        line.drawnChars += what.data.length;
        if (line.drawnChars - line.ackedChars < ackEvery) return;
        line.ackedChars = line.drawnChars;
        send({ type: "ack", terminal, chars: line.drawnChars });
      });
    },
    [lineOf, send],
  );

  useEffect(() => {
    const onMessage = (message: ServerMessage) => {
      switch (message.type) {
        case "ready":
          setAttempt(message.attempt);
          sizes.current = new Map(message.terminals.map((one) => [one.terminal, `${one.cols}x${one.rows}`]));
          setTerminals(message.terminals);
          setReady(true);
          setChecking(false);
          for (const line of lines.current.values()) {
            line.drawnChars = 0;
            line.ackedChars = 0;
          }
          if (!message.resumed) setSteps(new Map());
          for (const answer of asked.current.values()) answer(undefined);
          asked.current.clear();
          if (watched.current !== nothingWatched) send({ type: "watch", ...watched.current });
          break;
        case "picture":
          setPicture(message.picture);
          break;
        case "commands":
          setCommands((before) => withChanges(before, message));
          break;
        case "stamps":
          setStamps((before) => new Map([...before, ...message.stamps.map(({ path, stamp }): [string, string | null] => [path, stamp])]));
          break;
        case "file":
          asked.current.get(message.request)?.(message.answer);
          asked.current.delete(message.request);
          break;
        case "output":
          draw(message.terminal, { kind: "output", data: message.data });
          break;
        case "screen":
          draw(message.terminal, { kind: "screen", cols: message.cols, rows: message.rows, data: message.data });
          break;
        case "terminal":
          setTerminals((before) => {
            const others = before.filter((one) => one.terminal !== message.state.terminal);
            return message.change === "closed" ? others : [...others, message.state].sort((a, b) => a.terminal - b.terminal);
          });
          if (message.change === "closed") lines.current.delete(message.state.terminal);
          break;
        case "steps":
          setSteps((before) => merged(before, message));
          if (message.asked) setChecking(false);
          break;
        case "notice":
          setNotice({ id: ++notices.current, code: message.code, facts: message.facts ?? {} });
          break;
      }
    };
    const made = connect({ activity, size: () => size.current, onMessage, onState: setConnection });
    own.current = made;
    return () => {
      own.current = undefined;
      made.stop();
    };
  }, [activity, draw, send]);

  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice((now) => (now === notice ? undefined : now)), 9_000);
    return () => clearTimeout(timer);
  }, [notice]);

  const verbs = useMemo(
    () => ({
      input: (terminal: number, data: string) => {
        for (const part of cutInput(data)) send({ type: "input", terminal, data: part });
      },
      resize: (terminal: number, cols: number, rows: number) => {
        size.current = { cols, rows };
        if (sizes.current.get(terminal) === `${cols}x${rows}`) return;
        sizes.current.set(terminal, `${cols}x${rows}`);
        send({ type: "resize", terminal, cols, rows });
      },
      openTerminal: () => send({ type: "open", ...size.current }),
      closeTerminal: (terminal: number) => send({ type: "close", terminal }),
      undo: (terminal: number) => send({ type: "undo", terminal }),
      reset: () => send({ type: "reset" }),
      check: (task?: string) => {
        setChecking(true);
        setTimeout(() => setChecking(false), 4_000);
        send({ type: "check", ...(task !== undefined && { task }) });
      },
      watch: (what: Watch) => {
        if (JSON.stringify(what) === JSON.stringify(watched.current)) return;
        watched.current = what;
        send({ type: "watch", ...what });
      },
      askFile: (ask: FileRequest, text = "") =>
        new Promise<FileAnswer | undefined>((resolve) => {
          const request = ++requests.current;
          asked.current.set(request, resolve);
          if (ask.kind === "save") for (const piece of cutInput(text, maxPieceChars)) send({ type: "file", request, ask: { kind: "piece", text: piece } });
          send({ type: "file", request, ask });
        }),
      reconnect: () => own.current?.reconnect(),
      attach: (terminal: number, sink: Sink) => {
        const line = lineOf(terminal);
        line.sink = sink;
        for (const what of line.pending.splice(0)) draw(terminal, what);
        return () => {
          if (line.sink === sink) line.sink = undefined;
        };
      },
    }),
    [send, draw, lineOf],
  );

  return { attempt, connection, ready, terminals, steps, notice, checking, picture, commands, stamps, ...verbs };
}
