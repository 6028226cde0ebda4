// What `bind` shows and changes: the keymaps and variables of one shell, made when first needed.

import type { KeyBindings } from "../front-end.ts";
import { functionTable } from "./function-table.ts";
import { type InputrcTarget, keymapByName, parseInputrc, parseInputrcLine } from "../../readline/inputrc.ts";
import { formatKeySequence, formatMacro, parseKeySequence } from "../../readline/key-sequence.ts";
import { bindingsOf, bindSequence, defaultKeymaps, keymapsOver, type Keymap, type Keymaps } from "../../readline/keymap.ts";
import { ReadlineSettings } from "../../readline/settings.ts";

/** Names that `bind -l` knows and that only ring the bell here. */
const SILENT_FUNCTIONS = [
  "arrow-key-prefix", "dabbrev-expand", "delete-char-or-list", "do-lowercase-version", "dump-functions", "dump-macros", "dump-variables", "old-menu-complete",
  "spell-correct-word", "tty-status", "vi-back-to-indent",
];

/** Functions that no inputrc can name. */
const UNNAMED: ReadonlySet<string> = new Set(["shell-command", "bash-vi-complete"]);

/** Two names of one function. */
const ALIASES: ReadonlyMap<string, string> = new Map([["yank-last-arg", "insert-last-argument"]]);

/** `set -o vi` and readline's editing-mode are one thing. */
export interface EditingMode {
  option(name: "vi" | "emacs"): boolean;
  setOption(name: "vi" | "emacs", on: boolean): void;
}

interface ReadlineConfiguration {
  readonly settings: ReadlineSettings;
  readonly maps: Keymaps;
}

/** Bytes above ASCII insert themselves; the maps hold characters. */
const HIGH_BYTES = Array.from({ length: 128 }, (_, index) => `\\${(128 + index).toString(8)}`);

/** What a file of bindings comes to, by the terminal's type and the file's text: all shells that read the same share it. */
const prepared = new Map<string, ReadlineConfiguration>();
const mostPrepared = 32;

export class ShellKeyBindings implements KeyBindings {
  readonly #term: () => string;
  readonly #mode: EditingMode;
  readonly #loadInitFile: (apply: (text: string, include: (path: string) => string | undefined) => void) => void;
  #configuration: ReadlineConfiguration | undefined;

  /** `loadInitFile` is run once, before the first use. */
  constructor(term: () => string, mode: EditingMode, loadInitFile: (apply: (text: string, include: (path: string) => string | undefined) => void) => void) {
    this.#term = term;
    this.#mode = mode;
    this.#loadInitFile = loadInitFile;
  }

  get configuration(): ReadlineConfiguration {
    if (!this.#configuration) {
      let alone = true;
      this.#loadInitFile((text, include) => {
        if (this.#configuration !== undefined || /^\s*\$include/m.test(text)) alone = false;
        if (alone) this.#configuration = this.#prepared(text);
        else parseInputrc(text, this.#target((this.#configuration ??= { settings: new ReadlineSettings(), maps: defaultKeymaps() })), include);
      });
      this.#configuration ??= { settings: new ReadlineSettings(), maps: defaultKeymaps() };
      if (this.#configuration.settings.text("editing-mode") === "vi") this.#mode.setOption("vi", true);
    }
    const { settings } = this.#configuration;
    const mode = this.#mode.option("vi") ? "vi" : "emacs";
    if (settings.text("editing-mode") !== mode) {
      settings.set("editing-mode", mode);
      settings.set("keymap", mode === "vi" ? "vi-insert" : "emacs");
    }
    return this.#configuration;
  }

  /** Reads with `parse`; where that says `set editing-mode`, the shell's option follows. */
  #reading<T>(parse: (configuration: ReadlineConfiguration) => T): T {
    const { configuration } = this;
    const before = configuration.settings.text("editing-mode");
    const result = parse(configuration);
    const after = configuration.settings.text("editing-mode");
    if (after !== before) this.#mode.setOption(after === "vi" ? "vi" : "emacs", true);
    return result;
  }

  #prepared(text: string): ReadlineConfiguration {
    const key = `${this.#term()}\n${text}`;
    let made = prepared.get(key);
    if (made === undefined) {
      made = { settings: new ReadlineSettings(), maps: defaultKeymaps() };
      parseInputrc(text, this.#target(made), () => undefined);
      if (prepared.size >= mostPrepared) prepared.clear();
      prepared.set(key, made);
    }
    return { settings: made.settings.copy(), maps: keymapsOver(made.maps) };
  }

  reload(): void {
    this.#reading((configuration) => this.#loadInitFile((text, include) => parseInputrc(text, this.#target(configuration), include)));
  }

  #target({ settings, maps } = this.configuration): InputrcTarget {
    return { settings, maps, isFunction: (name) => functionTable().has(name) || SILENT_FUNCTIONS.includes(name), term: this.#term() };
  }

  #map(name: string | undefined): Keymap {
    const { settings, maps } = this.configuration;
    const byName = name === undefined ? undefined : keymapByName(maps, name);
    return byName ?? keymapByName(maps, settings.text("keymap")) ?? maps.emacs;
  }

  parseLine(line: string, keymap?: string): string | undefined {
    return this.#reading((configuration) => parseInputrcLine(line, this.#target(configuration), keymap === undefined ? undefined : this.#map(keymap)));
  }

  parseFile(text: string, include: (path: string) => string | undefined): readonly string[] {
    const problems: string[] = [];
    this.#reading((configuration) => parseInputrc(text, this.#target(configuration), include, (problem, line) => problems.push(`line ${line}: ${problem}`)));
    return problems;
  }

  isKeymap(name: string): boolean {
    return keymapByName(this.configuration.maps, name) !== undefined;
  }

  functionNames(): readonly string[] {
    return [...new Set([...functionTable().keys(), ...SILENT_FUNCTIONS])].filter((name) => !UNNAMED.has(name)).sort();
  }

  keysOf(functionName: string, keymap?: string): readonly string[] {
    const wanted = ALIASES.get(functionName) ?? functionName;
    const map = this.#map(keymap);
    const keys = [...bindingsOf(map)]
      .filter(([, binding]) => binding.kind === "function" && (ALIASES.get(binding.name) ?? binding.name) === wanted)
      .map(([sequence, , alone]) => `${formatKeySequence(sequence)}${alone ? "\\000" : ""}`);
    const { maps } = this.configuration;
    return functionName === "self-insert" && (map === maps.emacs || map === maps.viInsert) ? [...keys, ...HIGH_BYTES] : keys;
  }

  variables(): readonly (readonly [name: string, value: string])[] {
    return this.configuration.settings.list();
  }

  macros(keymap?: string): readonly (readonly [keys: string, text: string])[] {
    const result: (readonly [string, string])[] = [];
    for (const [keys, binding] of bindingsOf(this.#map(keymap))) if (binding.kind === "macro") result.push([formatKeySequence(keys), formatMacro(binding.text)]);
    return result;
  }

  shellCommands(keymap?: string): readonly (readonly [keys: string, command: string])[] {
    const result: (readonly [string, string])[] = [];
    for (const [keys, binding] of bindingsOf(this.#map(keymap))) if (binding.kind === "shell") result.push([formatKeySequence(keys), binding.command.replace(/["\\]/g, "\\$&")]);
    return result;
  }

  bindShellCommand(line: string, keymap?: string): string | undefined {
    const text = line.trim();
    const match = /^"((?:[^"\\]|\\.)*)"\s*:\s*(.*)$/s.exec(text);
    if (!match) return text.startsWith('"') ? `${text}: missing colon separator` : `${text}: first non-whitespace character is not \`"'`;
    const command = (match[2] ?? "").replace(/^(["'])(.*)\1$/s, "$2");
    bindSequence(this.#map(keymap), parseKeySequence(match[1] ?? ""), { kind: "shell", command });
    return undefined;
  }

  unbindFunction(functionName: string, keymap?: string): void {
    const map = this.#map(keymap);
    for (const [keys, binding] of [...bindingsOf(map)]) if (binding.kind === "function" && binding.name === functionName) bindSequence(map, keys, undefined);
  }

  unbindKeys(keys: string, keymap?: string): void {
    bindSequence(this.#map(keymap), parseKeySequence(keys), undefined);
  }
}
