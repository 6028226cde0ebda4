// The options of tmux (tmux(1), OPTIONS): what each is at the start, of which kind it is, and what was set for the server, all sessions, one session or one window.

interface OptionKind {
  readonly usual: string;
  readonly scope: "server" | "session" | "window";
  readonly kind: "flag" | "number" | "choice" | "text";
  readonly choices?: readonly string[];
}

const flag = (usual: string): readonly ["flag", string] => ["flag", usual];
const number = (usual: string): readonly ["number", string] => ["number", usual];
const text = (usual: string): readonly ["text", string] => ["text", usual];
const choice = (usual: string, ...others: string[]): readonly ["choice", string, ...string[]] => ["choice", usual, ...others];

type Entry = readonly [name: string, kind: readonly [OptionKind["kind"], string, ...string[]]];

const SERVER: readonly Entry[] = [
  ["backspace", text("C-?")], ["buffer-limit", number("50")], ["copy-command", text("")], ["default-terminal", text("screen")], ["editor", text("/usr/bin/editor")], ["escape-time", number("500")], ["exit-empty", flag("on")], ["exit-unattached", flag("off")], ["extended-keys", choice("off", "on", "always")], ["focus-events", flag("off")], ["history-file", text("")],
  ["message-limit", number("1000")], ["prompt-history-limit", number("100")], ["set-clipboard", choice("external", "off", "on")],
];
const SESSION: readonly Entry[] = [
  ["activity-action", choice("other", "none", "any", "current")], ["assume-paste-time", number("1")], ["base-index", number("0")], ["bell-action", choice("any", "none", "current", "other")], ["default-command", text("")], ["default-shell", text("/bin/bash")], ["default-size", text("80x24")], ["destroy-unattached", flag("off")], ["detach-on-destroy", flag("on")],
  ["display-panes-active-colour", text("red")], ["display-panes-colour", text("blue")], ["display-panes-time", number("1000")], ["display-time", number("750")], ["history-limit", number("2000")], ["key-table", text("root")], ["lock-after-time", number("0")], ["lock-command", text("lock -np")], ["message-command-style", text("bg=black,fg=yellow")], ["message-style", text("bg=yellow,fg=black")],
  ["mouse", flag("off")], ["prefix", text("C-b")], ["prefix2", text("None")], ["renumber-windows", flag("off")], ["repeat-time", number("500")], ["set-titles", flag("off")], ["set-titles-string", text('#S:#I:#W - "#T" #{session_alerts}')], ["silence-action", choice("other", "none", "any", "current")], ["status", choice("on", "off", "2", "3", "4", "5")], ["status-bg", text("default")], ["status-fg", text("default")],
  ["status-interval", number("15")], ["status-justify", choice("left", "centre", "right", "absolute-centre")], ["status-keys", choice("emacs", "vi")], ["status-left", text("[#{session_name}] ")], ["status-left-length", number("10")], ["status-left-style", text("default")], ["status-position", choice("bottom", "top")], ["status-right", text('"#{=21:pane_title}" %H:%M %d-%b-%y')], ["status-right-length", number("40")],
  ["status-right-style", text("default")], ["status-style", text("bg=green,fg=black")], ["visual-activity", choice("off", "on", "both")], ["visual-bell", choice("off", "on", "both")], ["visual-silence", choice("off", "on", "both")], ["word-separators", text("!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~")],
];
const WINDOW: readonly Entry[] = [
  ["aggressive-resize", flag("off")], ["allow-rename", flag("off")], ["alternate-screen", flag("on")], ["automatic-rename", flag("on")], ["clock-mode-colour", text("blue")], ["clock-mode-style", choice("24", "12")], ["copy-mode-match-style", text("bg=cyan,fg=black")], ["copy-mode-current-match-style", text("bg=magenta,fg=black")], ["copy-mode-mark-style", text("bg=red,fg=black")],
  ["main-pane-height", text("24")], ["main-pane-width", text("80")], ["mode-keys", choice("emacs", "vi")], ["mode-style", text("bg=yellow,fg=black")], ["monitor-activity", flag("off")], ["monitor-bell", flag("on")], ["monitor-silence", number("0")], ["pane-active-border-style", text("fg=green")], ["pane-base-index", number("0")], ["pane-border-lines", choice("single", "double", "heavy", "simple", "number")],
  ["pane-border-status", choice("off", "top", "bottom")], ["pane-border-style", text("default")], ["remain-on-exit", flag("off")], ["synchronize-panes", flag("off")], ["window-active-style", text("default")], ["window-size", choice("latest", "largest", "smallest", "manual")], ["window-status-current-format", text("#I:#W#{?window_flags,#{window_flags}, }")], ["window-status-current-style", text("default")],
  ["window-status-format", text("#I:#W#{?window_flags,#{window_flags}, }")], ["window-status-last-style", text("default")], ["window-status-separator", text(" ")], ["window-status-style", text("default")], ["window-style", text("default")], ["wrap-search", flag("on")],
];

const OPTIONS: ReadonlyMap<string, OptionKind> = new Map([["server", SERVER] as const, ["session", SESSION] as const, ["window", WINDOW] as const].flatMap(([scope, entries]) => entries.map(([name, [kind, usual, ...others]]) => [name, { usual, scope, kind, choices: [usual, ...others] }] as const)));

/** What is wrong with a name or a value. */
export class OptionError extends Error {}

/** The option with that name or the only one that begins so; "@name" is anybody's own. Throws OptionError. */
function kindOf(name: string): readonly [string, OptionKind] {
  if (name.startsWith("@")) return [name, { usual: "", scope: "session", kind: "text" }];
  const base = name.replace(/\[\d*\]$/, "");
  const known = OPTIONS.get(base);
  if (known) return [base, known];
  const near = [...OPTIONS].filter(([one]) => one.startsWith(base));
  if (near.length > 1) throw new OptionError(`ambiguous option: ${name}`);
  const [only] = near;
  if (!only) throw new OptionError(`invalid option: ${name}`);
  return only;
}

export type OptionValues = Map<string, string>;

function checked(kind: OptionKind, value: string): string {
  if (kind.kind === "flag") {
    if (/^(on|yes|1)$/i.test(value)) return "on";
    if (/^(off|no|0)$/i.test(value)) return "off";
    throw new OptionError(`bad value: ${value}`);
  }
  if (kind.kind === "number" && !/^\d+$/.test(value)) throw new OptionError(`value is invalid: ${value}`);
  if (kind.kind === "choice" && !(kind.choices ?? []).includes(value)) throw new OptionError(`unknown value: ${value}`);
  return value;
}

export class TmuxOptions {
  readonly #global: OptionValues = new Map();

  /** Its value where it was set last: in the window, the session, for all, or as it is at the start. */
  get(name: string, ...own: readonly OptionValues[]): string {
    for (const values of own) {
      const value = values.get(name);
      if (value !== undefined) return value;
    }
    return this.#global.get(name) ?? OPTIONS.get(name)?.usual ?? "";
  }

  number(name: string, ...own: readonly OptionValues[]): number {
    return Number(this.get(name, ...own)) || 0;
  }

  /** Of a session, a window, or neither. Throws OptionError. */
  scopeOf(name: string): OptionKind["scope"] {
    return kindOf(name)[1].scope;
  }

  /** Without a value a switch turns over. Throws OptionError. */
  set(name: string, value: string | undefined, own: OptionValues | undefined, manner: { readonly append: boolean; readonly unset: boolean; readonly once: boolean }): void {
    const [whole, kind] = kindOf(name);
    const values = own ?? this.#global;
    if (manner.unset) values.delete(whole);
    else if (manner.once && values.has(whole)) throw new OptionError(`already set: ${name}`);
    else if (value === undefined && kind.kind !== "flag" && kind.kind !== "choice") throw new OptionError("empty value");
    else if (value === undefined) values.set(whole, this.get(whole, values) === "on" ? "off" : "on");
    else values.set(whole, checked(kind, manner.append ? `${this.get(whole, values)}${value}` : value));
  }

  /** Name and value pairs: one option, or all of a scope that are set there. Throws OptionError. */
  list(scope: OptionKind["scope"], own: OptionValues | undefined, name: string | undefined): readonly (readonly [string, string])[] {
    if (name !== undefined) {
      const [whole] = kindOf(name);
      if (own && !own.has(whole)) return [];
      return [[whole, own?.get(whole) ?? this.get(whole)]];
    }
    if (own) return [...own].sort(([a], [b]) => (a < b ? -1 : 1));
    const mine = [...this.#global].filter(([one]) => one.startsWith("@") && scope === "session");
    return [...mine, ...[...OPTIONS].filter(([, kind]) => kind.scope === scope).map(([one]) => [one, this.get(one)] as const)];
  }
}

/** A value as show-options writes it. */
export function shownValue(value: string): string {
  if (value === "") return "''";
  return /[ #"';${}%\\]/.test(value) ? `"${value.replaceAll(/["\\$]/g, (char) => `\\${char}`)}"` : value;
}

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** "bg=blue,fg=white,bold" as SGR parameters. */
export function sgrOf(style: string): string {
  const parts: string[] = [];
  for (const word of style.split(/[, ]+/)) {
    const [, ground, bright, name = ""] = /^(fg|bg)=(bright)?([a-z]+|colou?r\d+)$/.exec(word) ?? [];
    const index = /^colou?r(\d+)$/.exec(name)?.[1];
    if (ground !== undefined && index !== undefined) parts.push(`${ground === "fg" ? "38" : "48"};5;${index}`);
    else if (ground !== undefined && COLOURS.includes(name)) parts.push(String((ground === "fg" ? 30 : 40) + (bright === undefined ? 0 : 60) + COLOURS.indexOf(name)));
    else if (word === "bold" || word === "bright") parts.push("1");
    else if (word === "dim") parts.push("2");
    else if (word === "italics") parts.push("3");
    else if (word === "underscore") parts.push("4");
    else if (word === "reverse") parts.push("7");
  }
  return parts.join(";");
}
