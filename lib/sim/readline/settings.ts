// The variables of readline (`set NAME VALUE` in inputrc, `bind -v`), with the values of bash 5.2 in a UTF-8 locale.

const BOOLEANS: readonly (readonly [string, boolean])[] = [
  ["bind-tty-special-chars", true], ["blink-matching-paren", false], ["byte-oriented", false], ["colored-completion-prefix", false], ["colored-stats", false],
  ["completion-ignore-case", false], ["completion-map-case", false], ["convert-meta", false], ["disable-completion", false], ["echo-control-characters", true],
  ["enable-active-region", true], ["enable-bracketed-paste", true], ["enable-keypad", false], ["enable-meta-key", true], ["expand-tilde", false],
  ["history-preserve-point", false], ["horizontal-scroll-mode", false], ["input-meta", true], ["mark-directories", true], ["mark-modified-lines", false],
  ["mark-symlinked-directories", false], ["match-hidden-files", true], ["menu-complete-display-prefix", false], ["meta-flag", true], ["output-meta", true],
  ["page-completions", true], ["prefer-visible-bell", true], ["print-completions-horizontally", false], ["revert-all-at-newline", false],
  ["show-all-if-ambiguous", false], ["show-all-if-unmodified", false], ["show-mode-in-prompt", false], ["skip-completed-text", false], ["visible-stats", false],
];

const STRINGS: readonly (readonly [string, string])[] = [
  ["active-region-end-color", ""], ["active-region-start-color", ""], ["bell-style", "audible"], ["comment-begin", "#"], ["completion-display-width", "-1"],
  ["completion-prefix-display-length", "0"], ["completion-query-items", "100"], ["editing-mode", "emacs"], ["emacs-mode-string", "@"], ["history-size", "0"],
  ["isearch-terminators", ""], ["keymap", "emacs"], ["keyseq-timeout", "500"], ["vi-cmd-mode-string", "(cmd)"], ["vi-ins-mode-string", "(ins)"],
];

const DEFAULT_BOOLEANS = new Map(BOOLEANS);
const DEFAULT_STRINGS = new Map(STRINGS);

/** Holds only what differs from the defaults. */
export class ReadlineSettings {
  readonly #changed: Map<string, string>;

  constructor(changed: ReadonlyMap<string, string> = new Map()) {
    this.#changed = new Map(changed);
  }

  copy(): ReadlineSettings {
    return new ReadlineSettings(this.#changed);
  }

  on(name: string): boolean {
    const changed = this.#changed.get(name);
    return changed === undefined ? (DEFAULT_BOOLEANS.get(name) ?? false) : changed === "on";
  }

  text(name: string): string {
    return this.#changed.get(name) ?? DEFAULT_STRINGS.get(name) ?? "";
  }

  number(name: string): number {
    const value = Number.parseInt(this.text(name), 10);
    return Number.isNaN(value) ? 0 : value;
  }

  /** False for an unknown name. */
  set(name: string, value: string): boolean {
    name = name.toLowerCase();
    if (DEFAULT_BOOLEANS.has(name)) {
      const lower = value.toLowerCase();
      this.#changed.set(name, lower === "" || lower === "on" || lower === "1" ? "on" : "off");
      return true;
    }
    if (!DEFAULT_STRINGS.has(name)) return false;
    this.#changed.set(name, value);
    return true;
  }

  /** As `bind -v` lists them. */
  list(): readonly (readonly [name: string, value: string])[] {
    return [
      ...BOOLEANS.map(([name]) => [name, this.on(name) ? "on" : "off"] as const),
      ...STRINGS.map(([name]) => [name, this.text(name)] as const).filter(([, value]) => value !== ""),
    ];
  }
}
