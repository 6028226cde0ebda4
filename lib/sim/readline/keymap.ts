// Keymaps: what a key does. A key is one character; ESC and Ctrl-X lead to further maps. Defaults are those of readline 8.2 plus what
// bash 5.2 binds (bind -p of a fresh shell without inputrc).

export type KeyBinding =
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "macro"; readonly text: string }
  | { readonly kind: "shell"; readonly command: string }
  /** `fallback`: what the prefix alone does once no further key comes (vi's ESC). */
  | { readonly kind: "prefix"; readonly map: Keymap; readonly fallback: Exclude<KeyBinding, { kind: "prefix" }> | undefined };

/**
 * Keys and what they do. A map over a `base` holds only what differs from it, so that all shells share one set of defaults; undefined
 * stands for a key that was unbound.
 */
export class Keymap {
  readonly #base: Keymap | undefined;
  #own: Map<string, KeyBinding | undefined> | undefined;

  constructor(base?: Keymap) {
    this.#base = base;
  }

  get(key: string): KeyBinding | undefined {
    return this.#own?.has(key) ? this.#own.get(key) : this.#base?.get(key);
  }

  set(key: string, binding: KeyBinding): void {
    this.#own ??= new Map();
    this.#own.set(key, binding);
  }

  delete(key: string): void {
    this.#own ??= new Map();
    this.#own.set(key, undefined);
  }

  /** The map that a prefix key leads to, for writing: one of this map's own. */
  descend(key: string): Keymap {
    const present = this.get(key);
    if (present?.kind === "prefix" && this.#own?.get(key) === present) return present.map;
    const map = new Keymap(present?.kind === "prefix" ? present.map : undefined);
    this.set(key, { kind: "prefix", map, fallback: present?.kind === "prefix" ? present.fallback : present });
    return map;
  }

  /** In code order. */
  keys(): string[] {
    const keys = new Set([...(this.#base?.keys() ?? []), ...(this.#own?.keys() ?? [])]);
    return [...keys].filter((key) => this.get(key) !== undefined).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  }
}

const EMACS_CONTROL =
  "@ set-mark|A beginning-of-line|B backward-char|D delete-char|E end-of-line|F forward-char|G abort|H backward-delete-char|I complete|J accept-line|K kill-line|" +
  "L clear-screen|M accept-line|N next-history|O operate-and-get-next|P previous-history|Q quoted-insert|R reverse-search-history|S forward-search-history|" +
  "T transpose-chars|U unix-line-discard|V quoted-insert|W unix-word-rubout|Y yank|] character-search|_ undo|? backward-delete-char";

const EMACS_META_CONTROL =
  "B shell-backward-word|D shell-kill-word|E shell-expand-line|F shell-forward-word|G abort|H backward-kill-word|I dynamic-complete-history|L clear-display|R revert-line|" +
  "T shell-transpose-words|Y yank-nth-arg|" +
  "[ complete|] character-search-backward|? backward-kill-word";

const EMACS_META =
  "! complete-command|# insert-comment|$ complete-variable|& tilde-expand|* insert-completions|- digit-argument|. insert-last-argument|/ complete-filename|0 digit-argument|" +
  "1 digit-argument|2 digit-argument|3 digit-argument|4 digit-argument|5 digit-argument|6 digit-argument|7 digit-argument|8 digit-argument|9 digit-argument|" +
  "< beginning-of-history|= possible-completions|> end-of-history|? possible-completions|@ complete-hostname|\\ delete-horizontal-space|^ history-expand-line|" +
  "_ insert-last-argument|b backward-word|c capitalize-word|d kill-word|f forward-word|g glob-complete-word|l downcase-word|n non-incremental-forward-search-history|" +
  "p non-incremental-reverse-search-history|r revert-line|t transpose-words|u upcase-word|y yank-pop|{ complete-into-braces|~ complete-username";

const CTLX_CONTROL = "E edit-and-execute-command|G abort|R re-read-init-file|U undo|V display-shell-version|X exchange-point-and-mark|? backward-kill-line";

const CTLX =
  "! possible-command-completions|$ possible-variable-completions|( start-kbd-macro|) end-kbd-macro|* glob-expand-word|/ possible-filename-completions|" +
  "@ possible-hostname-completions|e call-last-kbd-macro|g glob-list-expansions|s spell-correct-word|~ possible-username-completions";

const VI_INSERT_CONTROL =
  "D vi-eof-maybe|H backward-delete-char|I complete|J accept-line|M accept-line|N menu-complete|P menu-complete-backward|R reverse-search-history|S forward-search-history|" +
  "T transpose-chars|U unix-line-discard|V quoted-insert|W vi-unix-word-rubout|Y yank|_ vi-undo|? backward-delete-char";

const VI_COMMAND_CONTROL =
  "D vi-eof-maybe|G abort|H backward-char|J accept-line|K kill-line|L clear-screen|M accept-line|N next-history|P previous-history|Q quoted-insert|" +
  "R reverse-search-history|S forward-search-history|T transpose-chars|U unix-line-discard|V quoted-insert|W vi-unix-word-rubout|Y yank|_ vi-undo";

const VI_COMMAND =
  "# insert-comment|$ end-of-line|% vi-match|& vi-tilde-expand|* bash-vi-complete|+ next-history|, vi-char-search|- previous-history|. vi-redo|/ vi-search|0 beginning-of-line|" +
  "1 vi-arg-digit|2 vi-arg-digit|3 vi-arg-digit|4 vi-arg-digit|5 vi-arg-digit|6 vi-arg-digit|7 vi-arg-digit|8 vi-arg-digit|9 vi-arg-digit|; vi-char-search|= bash-vi-complete|" +
  "? vi-search|A vi-append-eol|B vi-prev-word|C vi-change-to|D vi-delete-to|E vi-end-word|F vi-char-search|G vi-fetch-history|I vi-insert-beg|N vi-search-again|P vi-put|" +
  "R vi-replace|S vi-subst|T vi-char-search|U revert-line|W vi-next-word|X vi-rubout|Y vi-yank-to|\\ bash-vi-complete|^ vi-first-print|_ vi-yank-arg|` vi-goto-mark|a vi-append-mode|" +
  "b vi-prev-word|c vi-change-to|d vi-delete-to|e vi-end-word|f vi-char-search|h backward-char|i vi-insertion-mode|j next-history|k previous-history|l forward-char|m vi-set-mark|" +
  "n vi-search-again|p vi-put|r vi-change-char|s vi-subst|t vi-char-search|u vi-undo|v vi-edit-and-execute-command|w vi-next-word|x vi-delete|y vi-yank-to|| vi-column|~ vi-change-case";

const ARROWS: readonly (readonly [string, string])[] = [
  ["[A", "previous-history"], ["[B", "next-history"], ["[C", "forward-char"], ["[D", "backward-char"], ["[H", "beginning-of-line"], ["[F", "end-of-line"],
  ["OA", "previous-history"], ["OB", "next-history"], ["OC", "forward-char"], ["OD", "backward-char"], ["OH", "beginning-of-line"], ["OF", "end-of-line"],
  ["[3~", "delete-char"], ["[2~", "overwrite-mode"], ["[200~", "bracketed-paste-begin"],
];

/** Also with modifiers (readline.c: bind_arrow_keys_internal and the terminal's key names). */
const MORE_KEYS: readonly (readonly [string, string])[] = [
  ["[5~", "history-search-backward"], ["[6~", "history-search-forward"], ["[3;5~", "kill-word"], ["[1;5C", "forward-word"], ["[1;5D", "backward-word"], ["[1;3C", "forward-word"], ["[1;3D", "backward-word"],
];

function controlCharacter(letter: string): string {
  return letter === "?" ? "\x7f" : String.fromCharCode((letter.codePointAt(0) ?? 0) & 0x1f);
}

function bindTable(map: Keymap, table: string, key: (letter: string) => string): void {
  for (const item of table.split(/\|(?=.\x20|$)/)) {
    const letter = item.slice(0, 1);
    const name = item.slice(2);
    if (name !== "") map.set(key(letter), { kind: "function", name });
  }
}

function bindSelfInsert(map: Keymap, from: number): void {
  for (let code = from; code < 0x7f; code += 1) map.set(String.fromCharCode(code), { kind: "function", name: "self-insert" });
}

/** Binds a sequence, making the prefix maps on the way. `undefined` unbinds. */
export function bindSequence(map: Keymap, keys: string, binding: Exclude<KeyBinding, { kind: "prefix" }> | undefined): void {
  const characters = [...keys];
  const last = characters.pop();
  if (last === undefined) return;
  // what is bound so already stays shared with everybody
  const bound = lookUpSequence(map, keys);
  if (bound?.kind === "function" && binding?.kind === "function" && bound.name === binding.name) return;
  let current = map;
  for (const character of characters) current = current.descend(character);
  const present = current.get(last);
  if (present?.kind === "prefix") current.set(last, { ...present, fallback: binding });
  else if (binding) current.set(last, binding);
  else current.delete(last);
}

export function lookUpSequence(map: Keymap, keys: string): KeyBinding | undefined {
  let binding: KeyBinding | undefined;
  let current: Keymap | undefined = map;
  for (const character of keys) {
    binding = current?.get(character);
    current = binding?.kind === "prefix" ? binding.map : undefined;
  }
  return binding;
}

export interface Keymaps {
  readonly emacs: Keymap;
  readonly meta: Keymap;
  readonly ctlx: Keymap;
  readonly viInsert: Keymap;
  readonly viCommand: Keymap;
}

let shared: Keymaps | undefined;

/** A set of one's own over the shared defaults. */
export function defaultKeymaps(): Keymaps {
  shared ??= makeDefaults();
  return keymapsOver(shared);
}

/** A set of one's own over another one, which must not change any more. */
export function keymapsOver(base: Keymaps): Keymaps {
  const emacs = new Keymap(base.emacs);
  return { emacs, meta: emacs.descend("\x1b"), ctlx: emacs.descend("\x18"), viInsert: new Keymap(base.viInsert), viCommand: new Keymap(base.viCommand) };
}

function makeDefaults(): Keymaps {
  const emacs = new Keymap();
  const meta = new Keymap();
  const ctlx = new Keymap();
  bindSelfInsert(emacs, 0x20);
  bindTable(emacs, EMACS_CONTROL, controlCharacter);
  bindTable(meta, EMACS_META_CONTROL, controlCharacter);
  bindTable(meta, EMACS_META, (letter) => letter);
  meta.set(" ", { kind: "function", name: "set-mark" });
  for (let code = 0x41; code <= 0x5a; code += 1) {
    if (code !== 0x4f) meta.set(String.fromCharCode(code), { kind: "function", name: "do-lowercase-version" });
  }
  bindTable(ctlx, CTLX_CONTROL, controlCharacter);
  bindTable(ctlx, CTLX, (letter) => letter);
  emacs.set("\x1b", { kind: "prefix", map: meta, fallback: undefined });
  emacs.set("\x18", { kind: "prefix", map: ctlx, fallback: undefined });
  for (let code = 0x41; code <= 0x5a; code += 1) ctlx.set(String.fromCharCode(code), { kind: "function", name: "do-lowercase-version" });
  for (const [keys, name] of [...ARROWS, ...MORE_KEYS]) bindSequence(meta, keys, { kind: "function", name });

  const viInsert = new Keymap();
  bindSelfInsert(viInsert, 0x01);
  bindTable(viInsert, VI_INSERT_CONTROL, controlCharacter);
  const viEscape = new Keymap();
  for (const [keys, name] of [...ARROWS, ...MORE_KEYS]) bindSequence(viEscape, keys, { kind: "function", name });
  viInsert.set("\x1b", { kind: "prefix", map: viEscape, fallback: { kind: "function", name: "vi-movement-mode" } });

  const viCommand = new Keymap();
  bindTable(viCommand, VI_COMMAND_CONTROL, controlCharacter);
  bindTable(viCommand, VI_COMMAND, (letter) => letter);
  viCommand.set(" ", { kind: "function", name: "forward-char" });
  const viCommandEscape = new Keymap();
  for (const [keys, name] of [...ARROWS, ...MORE_KEYS]) if (name !== "bracketed-paste-begin") bindSequence(viCommandEscape, keys, { kind: "function", name });
  viCommand.set("\x1b", { kind: "prefix", map: viCommandEscape, fallback: undefined });
  return { emacs, meta, ctlx, viInsert, viCommand };
}

/** Every sequence of a map with what it does, keys in code order, prefixes followed; `alone`: what a prefix does when nothing follows. */
export function* bindingsOf(map: Keymap, prefix = ""): Generator<readonly [keys: string, binding: Exclude<KeyBinding, { kind: "prefix" }>, alone: boolean]> {
  for (const key of map.keys()) {
    const binding = map.get(key);
    if (!binding) continue;
    if (binding.kind !== "prefix") yield [prefix + key, binding, false];
    else {
      if (binding.fallback) yield [prefix + key, binding.fallback, true];
      yield* bindingsOf(binding.map, prefix + key);
    }
  }
}
