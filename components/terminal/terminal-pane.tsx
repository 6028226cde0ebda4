"use client";
// Terminals of one workspace: tabs, screens, keys, and the state of the connection.
import { useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { maxTerminals } from "../../lib/session/protocol.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { withControl } from "./control-key.ts";
import { KeyBar } from "./key-bar.tsx";
import { Screen, type ScreenHandle } from "./screen.tsx";
import type { Workspace } from "./use-workspace.ts";

interface Settings {
  readonly fontSize: number;
  readonly screenReader: boolean;
}

const settingsKey = "hote.terminal";

function savedSettings(): Settings {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(settingsKey) ?? "{}");
    if (typeof saved !== "object" || saved === null) return { fontSize: 14, screenReader: false };
    const fontSize = "fontSize" in saved && typeof saved.fontSize === "number" ? Math.min(Math.max(saved.fontSize, 9), 28) : 14;
    return { fontSize, screenReader: "screenReader" in saved && saved.screenReader === true };
  } catch {
    return { fontSize: 14, screenReader: false };
  }
}

export interface TerminalPaneProps {
  readonly workspace: Workspace;
  /** where the focus goes when the leave key is pressed: an element's id */
  readonly leaveTo: string;
  readonly onActive?: (terminal: number | undefined) => void;
}

export function TerminalPane({ workspace, leaveTo, onActive }: TerminalPaneProps) {
  const t = useWords();
  const { terminals } = workspace;
  const [chosen, setChosen] = useState<number>();
  const [ctrl, setCtrl] = useState(false);
  const [settings, setSettings] = useState<Settings>({ fontSize: 14, screenReader: false });
  const [said, setSaid] = useState("");
  const screens = useRef(new Map<number, ScreenHandle>());
  const count = useRef(0);
  // Which terminal takes the focus once its screen is there: the first one for who has a mouse, and one that was just opened.
  const toFocus = useRef<number | "first" | undefined>("first");
  const active = terminals.some((one) => one.terminal === chosen) ? chosen : terminals[0]?.terminal;

  const mounted = useRef(new Set<number>());
  const shown = useRef<number | undefined>(undefined);
  // A screen takes the focus once it is both mounted and visible, whichever comes last.
  const focusWanted = useCallback(() => {
    const now = shown.current;
    if (now === undefined || !mounted.current.has(now)) return;
    const wanted = toFocus.current === "first" ? window.matchMedia("(min-width: 64rem) and (pointer: fine)").matches : toFocus.current === now;
    if (!wanted) return;
    toFocus.current = undefined;
    screens.current.get(now)?.focus();
  }, []);
  useEffect(() => {
    shown.current = active;
    focusWanted();
  }, [active, focusWanted]);

  useEffect(() => setSettings(savedSettings()), []);
  useEffect(() => onActive?.(active), [active, onActive]);
  useEffect(() => {
    // A terminal that the learner opened comes to the front.
    if (count.current > 0 && terminals.length > count.current) {
      toFocus.current = terminals.at(-1)?.terminal;
      setChosen(toFocus.current);
    }
    count.current = terminals.length;
  }, [terminals]);

  const change = (next: Settings) => {
    setSettings(next);
    localStorage.setItem(settingsKey, JSON.stringify(next));
  };
  const screen = () => (active === undefined ? undefined : screens.current.get(active));
  const type = (data: string) => {
    if (active === undefined) return;
    workspace.input(active, ctrl ? withControl(data) : data);
    if (ctrl) setCtrl(false);
  };
  const toolbar = useRef<HTMLDivElement>(null);
  const leave = (forward: boolean) => (forward ? toolbar.current?.querySelector("button") : document.getElementById(leaveTo))?.focus();
  const paste = async () => {
    try {
      screen()?.paste(await navigator.clipboard.readText());
    } catch {
      setSaid(t("terminal.clipboardDenied"));
    }
    screen()?.focus();
  };
  const copy = () => {
    const text = screen()?.selection() ?? "";
    if (text !== "") navigator.clipboard.writeText(text).then(() => setSaid(t("common.copied")), () => setSaid(t("terminal.clipboardDenied")));
  };

  return (
    <section aria-label={t("lab.terminalTab")} className="flex h-full min-h-0 flex-col overflow-hidden bg-terminal text-terminal-ink">
      <p id="terminal-leave" className="sr-only">
        {t("terminal.leave")}
      </p>
      <div className="flex items-stretch gap-1 overflow-x-auto border-b border-terminal-line bg-terminal-bar px-2 pt-1.5">
        <div role="tablist" aria-label={t("terminal.tabs")} className="flex gap-1">
          {terminals.map(({ terminal }) => (
            <Tab key={terminal} terminal={terminal} active={terminal === active} all={terminals.map((one) => one.terminal)} onChoose={setChosen} onEnter={() => screens.current.get(terminal)?.focus()} label={t("terminal.label", { number: terminal })} />
          ))}
        </div>
        {active !== undefined && terminals.length > 1 && (
          <button type="button" className="self-center rounded px-2 py-1 text-terminal-muted hover:text-terminal-ink focus-visible:outline-terminal-ink" aria-label={t("terminal.close", { number: active })} title={t("terminal.close", { number: active })} onClick={() => workspace.closeTerminal(active)}>
            ×
          </button>
        )}
        {terminals.length < maxTerminals && (
          <button type="button" className="self-center rounded px-2.5 py-1 text-lg leading-none text-terminal-muted hover:text-terminal-ink focus-visible:outline-terminal-ink disabled:opacity-50" aria-label={t("terminal.open")} title={t("terminal.open")} disabled={workspace.connection.kind !== "open"} onClick={workspace.openTerminal}>
            +
          </button>
        )}
        <span className="ms-auto hidden self-center whitespace-nowrap px-2 text-xs text-terminal-muted md:inline" aria-hidden="true">
          {t("terminal.leaveShort")}
        </span>
      </div>
      <ConnectionBanner workspace={workspace} />
      <div className="relative min-h-0 grow">
        {terminals.map(({ terminal }) => (
          <div
            key={terminal}
            id={`terminal-panel-${terminal}`}
            role="tabpanel"
            aria-labelledby={`terminal-tab-${terminal}`}
            aria-describedby="terminal-leave"
            className={`absolute inset-0 p-2 ${terminal === active ? "" : "invisible"}`}
          >
            <Screen
              ref={(handle) => {
                if (handle) screens.current.set(terminal, handle);
                else screens.current.delete(terminal);
              }}
              active={terminal === active}
              fontSize={settings.fontSize}
              screenReader={settings.screenReader}
              words={{ input: t("terminal.input"), tooMuchOutput: t("terminal.tooMuchOutput") }}
              attach={(sink) => workspace.attach(terminal, sink)}
              onInput={type}
              onSize={(cols, rows) => workspace.resize(terminal, cols, rows)}
              onLeave={leave}
              onReady={() => {
                mounted.current.add(terminal);
                focusWanted();
              }}
            />
          </div>
        ))}
        {terminals.length === 0 && <p className="p-4 text-terminal-muted">{workspace.ready ? t("terminal.none") : workspace.connection.kind === "connecting" || workspace.connection.kind === "open" ? t("lab.waiting") : ""}</p>}
      </div>
      <KeyBar
        ref={toolbar}
        ctrl={ctrl}
        onCtrl={() => {
          setCtrl(!ctrl);
          screen()?.focus();
        }}
        onKey={(data) => {
          type(data);
          screen()?.focus();
        }}
        onCopy={copy}
        onPaste={() => void paste()}
        onFontSize={(by) => change({ ...settings, fontSize: Math.min(Math.max(settings.fontSize + by, 9), 28) })}
        screenReader={settings.screenReader}
        onScreenReader={() => change({ ...settings, screenReader: !settings.screenReader })}
      />
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}

interface TabProps {
  readonly terminal: number;
  readonly active: boolean;
  readonly all: readonly number[];
  readonly onChoose: (terminal: number) => void;
  readonly onEnter: () => void;
  readonly label: string;
}

function Tab({ terminal, active, all, onChoose, onEnter, label }: TabProps) {
  const move = (by: number) => {
    const next = all[(all.indexOf(terminal) + by + all.length) % all.length];
    if (next === undefined) return;
    onChoose(next);
    document.getElementById(`terminal-tab-${next}`)?.focus();
  };
  return (
    <button
      type="button"
      role="tab"
      id={`terminal-tab-${terminal}`}
      aria-selected={active}
      aria-controls={`terminal-panel-${terminal}`}
      tabIndex={active ? 0 : -1}
      className="rounded-t-md border border-b-0 border-transparent px-3 py-1.5 text-sm whitespace-nowrap text-terminal-muted hover:text-terminal-ink focus-visible:outline-terminal-ink aria-selected:border-terminal-line aria-selected:bg-terminal aria-selected:text-terminal-ink"
      onClick={() => {
        onChoose(terminal);
        requestAnimationFrame(onEnter);
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") move(1);
        else if (event.key === "ArrowLeft") move(-1);
      }}
    >
      {label}
    </button>
  );
}
