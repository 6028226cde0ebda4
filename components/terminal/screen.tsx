"use client";
// One xterm.js screen. Keys that are ours and not the shell's: F6, Shift+F6 and Ctrl+Shift+Esc leave (no keyboard trap), Ctrl+Shift+C/V copy and
// paste, Ctrl+C copies when something is selected, Ctrl+V pastes.
import "@xterm/xterm/css/xterm.css";
import type { Terminal } from "@xterm/xterm";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { Sink } from "./use-workspace.ts";
import { terminalFont, terminalTheme } from "./theme.ts";

export interface ScreenHandle {
  focus(): void;
  selection(): string;
  paste(text: string): void;
}

export interface ScreenProps {
  readonly ref?: Ref<ScreenHandle>;
  readonly active: boolean;
  readonly fontSize: number;
  readonly screenReader: boolean;
  readonly words: { readonly input: string; readonly tooMuchOutput: string };
  /** Shows what is written and answers how to stop. */
  readonly attach: (sink: Sink) => () => void;
  readonly onInput?: (data: string) => void;
  readonly onSize?: (cols: number, rows: number) => void;
  /** `forward`: to what follows the terminal on the page, else to what comes before it */
  readonly onLeave?: (forward: boolean) => void;
  /** it can take the focus now */
  readonly onReady?: () => void;
  /** a recording keeps its own size */
  readonly fixedSize?: boolean;
}

/** Only public sites are opened: an address of the simulated network means nothing to the browser. */
function isPublicSite(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text);
    return /^https?:$/.test(protocol) && hostname.includes(".") && !/^[\d.]+$|^\[|\.(lan|local|localhost|internal)$/.test(hostname);
  } catch {
    return false;
  }
}

/** xterm.js and its add-ons: asked for as soon as a page with a terminal loads, not when the machine has answered. */
const loadXterm = () => Promise.all([import("@xterm/xterm"), import("@xterm/addon-fit"), import("@xterm/addon-web-links"), import("@xterm/addon-unicode-graphemes")]);
if (typeof window !== "undefined") void loadXterm().catch(() => {});

interface Live {
  readonly term: Terminal;
  readonly refit: () => void;
}

export function Screen({ ref, active, fontSize, screenReader, words, attach, onInput, onSize, onLeave, onReady, fixedSize = false }: ScreenProps) {
  const place = useRef<HTMLDivElement>(null);
  const live = useRef<Live | undefined>(undefined);
  const latest = useRef({ onInput, onSize, onLeave, onReady, attach, words, fontSize, screenReader });
  latest.current = { onInput, onSize, onLeave, onReady, attach, words, fontSize, screenReader };

  useImperativeHandle(ref, () => ({
    focus: () => live.current?.term.focus(),
    selection: () => live.current?.term.getSelection() ?? "",
    paste: (text) => live.current?.term.paste(text),
  }));

  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    void start().then((end) => {
      if (gone) end?.();
      else stop = end;
    });
    async function start(): Promise<(() => void) | undefined> {
      const [{ Terminal }, { FitAddon }, { WebLinksAddon }, { UnicodeGraphemesAddon }] = await loadXterm();
      const element = place.current;
      if (!element || gone) return undefined;
      Terminal.strings.promptLabel = latest.current.words.input;
      Terminal.strings.tooMuchOutput = latest.current.words.tooMuchOutput;
      const term = new Terminal({
        allowProposedApi: true,
        theme: terminalTheme,
        fontFamily: terminalFont,
        fontSize: latest.current.fontSize,
        lineHeight: 1.15,
        minimumContrastRatio: 4.5,
        scrollback: 5_000,
        cursorBlink: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
        screenReaderMode: latest.current.screenReader,
        macOptionIsMeta: true,
        disableStdin: latest.current.onInput === undefined,
      });
      const fitAddon = new FitAddon();
      term.loadAddon(fitAddon);
      term.loadAddon(new UnicodeGraphemesAddon());
      term.loadAddon(
        new WebLinksAddon((_event, uri) => {
          if (isPublicSite(uri)) window.open(uri, "_blank", "noopener,noreferrer");
        }),
      );
      term.open(element);
      term.attachCustomKeyEventHandler((event) => handleKey(event, term));
      term.onData((data) => latest.current.onInput?.(data));
      term.onBinary((data) => latest.current.onInput?.(data));

      const refit = () => {
        if (fixedSize || element.clientWidth === 0 || element.clientHeight === 0) return;
        const size = fitAddon.proposeDimensions();
        if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return;
        const cols = Math.min(Math.max(size.cols, 20), 400);
        const rows = Math.min(Math.max(size.rows, 5), 200);
        if (cols === term.cols && rows === term.rows) return;
        term.resize(cols, rows);
        latest.current.onSize?.(cols, rows);
      };
      const observer = new ResizeObserver(() => requestAnimationFrame(refit));
      observer.observe(element);
      live.current = { term, refit };
      refit();
      latest.current.onSize?.(term.cols, term.rows);
      const detach = latest.current.attach({
        output: (data, drawn) => term.write(data, drawn),
        screen: (cols, rows, data) => {
          term.reset();
          term.resize(cols, rows);
          term.write(data, refit);
        },
        resize: (cols, rows) => term.resize(cols, rows),
      });
      latest.current.onReady?.();
      return () => {
        detach();
        observer.disconnect();
        live.current = undefined;
        term.dispose();
      };
    }
    function handleKey(event: KeyboardEvent, term: Terminal): boolean {
      if (event.type !== "keydown") return true;
      const leaves = event.key === "F6" || (event.key === "Escape" && event.ctrlKey && event.shiftKey);
      if (leaves) {
        event.preventDefault();
        latest.current.onLeave?.(event.key === "F6" && event.shiftKey);
        return false;
      }
      if (!event.ctrlKey || event.altKey || event.metaKey) return true;
      const letter = event.key.toLowerCase();
      if (letter === "v") return false;
      if (letter === "c" && (event.shiftKey || term.hasSelection())) {
        event.preventDefault();
        const text = term.getSelection();
        if (text !== "") void navigator.clipboard?.writeText(text).then(() => term.clearSelection());
        return false;
      }
      return true;
    }
    return () => {
      gone = true;
      stop?.();
    };
  }, [fixedSize]);

  useEffect(() => {
    const { term, refit } = live.current ?? {};
    if (!term) return;
    term.options.fontSize = fontSize;
    term.options.screenReaderMode = screenReader;
    refit?.();
  }, [fontSize, screenReader]);

  useEffect(() => {
    if (active) live.current?.refit();
  }, [active]);

  return <div ref={place} translate="no" className="h-full w-full overflow-hidden" />;
}
