"use client";
// Keys that a touch screen or a keyboard layout lacks, and the terminal's settings.
import type { Ref } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";

const keys = [
  { text: "Esc", word: "terminal.keyEscape", data: "\x1b" },
  { text: "Tab", word: "terminal.keyTab", data: "\t" },
  { text: "^]", word: "terminal.keyBracket", data: "\x1d" },
  { text: "←", word: "terminal.keyLeft", data: "\x1b[D" },
  { text: "↑", word: "terminal.keyUp", data: "\x1b[A" },
  { text: "↓", word: "terminal.keyDown", data: "\x1b[B" },
  { text: "→", word: "terminal.keyRight", data: "\x1b[C" },
] as const;

export interface KeyBarProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly ctrl: boolean;
  readonly onCtrl: () => void;
  readonly onKey: (data: string) => void;
  readonly onCopy: () => void;
  readonly onPaste: () => void;
  readonly onFontSize: (change: 1 | -1) => void;
  readonly screenReader: boolean;
  readonly onScreenReader: () => void;
}

export function KeyBar({ ref, ctrl, onCtrl, onKey, onCopy, onPaste, onFontSize, screenReader, onScreenReader }: KeyBarProps) {
  const t = useWords();
  const key =
    "grid h-8 min-w-9 shrink-0 place-items-center rounded-md border border-terminal-line px-2 font-mono text-[13px] text-terminal-ink hover:border-terminal-muted focus-visible:outline-terminal-ink aria-pressed:border-terminal-ink aria-pressed:bg-terminal-ink aria-pressed:text-terminal";
  return (
    <div ref={ref} role="toolbar" aria-label={t("terminal.keys")} className="flex items-center gap-1.5 overflow-x-auto border-t border-terminal-line bg-terminal-bar px-2 py-1.5 max-sm:portrait:flex-wrap">
      <button type="button" className={key} aria-pressed={ctrl} aria-label={t("terminal.keyCtrl")} title={t("terminal.keyCtrl")} onClick={onCtrl}>
        Ctrl
      </button>
      {keys.map(({ text, word, data }) => (
        <button key={text} type="button" className={key} aria-label={t(word)} title={t(word)} onMouseDown={(event) => event.preventDefault()} onClick={() => onKey(data)}>
          {text}
        </button>
      ))}
      <span className="mx-1 h-5 w-px shrink-0 bg-terminal-line max-sm:portrait:hidden" />
      <button type="button" className={key} aria-label={t("terminal.keyCopy")} title={t("terminal.keyCopy")} onMouseDown={(event) => event.preventDefault()} onClick={onCopy}>
        <Icon path="M9 9h10v10H9zM5 15H4V5h10v1" />
      </button>
      <button type="button" className={key} aria-label={t("terminal.keyPaste")} title={t("terminal.keyPaste")} onClick={onPaste}>
        <Icon path="M9 5H6v15h12V5h-3M9 3h6v4H9zM9 12h6M9 16h4" />
      </button>
      <span className="mx-1 h-5 w-px shrink-0 bg-terminal-line sm:ms-auto" />
      <button type="button" className={key} aria-label={t("terminal.smaller")} title={t("terminal.smaller")} onClick={() => onFontSize(-1)}>
        A−
      </button>
      <button type="button" className={key} aria-label={t("terminal.larger")} title={t("terminal.larger")} onClick={() => onFontSize(1)}>
        A+
      </button>
      <button type="button" className={key} aria-pressed={screenReader} aria-label={t("terminal.screenReader")} title={t("terminal.screenReader")} onClick={onScreenReader}>
        <Icon path="M11 5 6 9H3v6h3l5 4zM15 9a4 4 0 0 1 0 6M18 6a8 8 0 0 1 0 12" />
      </button>
    </div>
  );
}

function Icon({ path }: { readonly path: string }) {
  return (
    <svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
