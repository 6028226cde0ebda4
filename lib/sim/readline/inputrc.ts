// Reads inputrc: /etc/inputrc, ~/.inputrc, `bind` arguments (readline(3), "Initialization File").

import { type Keymap, type KeyBinding, type Keymaps, bindSequence } from "./keymap.ts";
import { parseKeyName, parseKeySequence } from "./key-sequence.ts";
import type { ReadlineSettings } from "./settings.ts";

export interface InputrcTarget {
  readonly settings: ReadlineSettings;
  readonly maps: Keymaps;
  /** Names that a key can be bound to. */
  isFunction(name: string): boolean;
  /** $TERM, for $if term=. */
  readonly term: string;
  /** The program's name for $if, "bash" when not given. */
  readonly application?: string;
}

export function keymapByName(maps: Keymaps, name: string): Keymap | undefined {
  switch (name.toLowerCase()) {
    case "emacs":
    case "emacs-standard":
      return maps.emacs;
    case "emacs-meta":
      return maps.meta;
    case "emacs-ctlx":
      return maps.ctlx;
    case "vi":
    case "vi-move":
    case "vi-command":
      return maps.viCommand;
    case "vi-insert":
      return maps.viInsert;
    default:
      return undefined;
  }
}

/** End of a quoted string that starts at 0; -1 when it is not closed. */
function closingQuote(text: string): number {
  const quote = text[0];
  for (let i = 1; i < text.length; i += 1) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === quote) return i;
  }
  return -1;
}

/** One binding or `set` line. An error text, or undefined. `keymap` wins over `set keymap`. */
export function parseInputrcLine(line: string, target: InputrcTarget, keymap?: Keymap): string | undefined {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) return undefined;
  const setting = /^set\s+(\S+)\s*(.*)$/i.exec(text);
  if (setting && !/^set\s*:/i.test(text)) {
    const name = (setting[1] ?? "").toLowerCase();
    const value = (setting[2] ?? "").trim();
    const unquoted = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? parseKeySequence(value.slice(1, -1)) : value;
    if (!target.settings.set(name, name.includes("string") || name.includes("color") ? unquoted : (unquoted.split(/\s/)[0] ?? ""))) return `${name}: unknown variable name`;
    if (name === "editing-mode") target.settings.set("keymap", target.settings.text(name) === "vi" ? "vi-insert" : "emacs");
    return undefined;
  }
  const map = keymap ?? keymapByName(target.maps, target.settings.text("keymap")) ?? target.maps.emacs;
  let keys: string | undefined;
  let rest: string;
  if (text.startsWith('"')) {
    const end = closingQuote(text);
    if (end < 0) return `${text}: no closing \`"' in key binding`;
    keys = parseKeySequence(text.slice(1, end));
    rest = text.slice(end + 1).trim();
    if (rest === "") return `${text}: no key sequence terminator`;
    if (!rest.startsWith(":")) return `${text}: missing colon separator`;
    rest = rest.slice(1).trim();
  } else {
    const colon = text.indexOf(":", 1);
    if (colon < 0) return `${text}: no key sequence terminator`;
    const name = text.slice(0, colon).trim();
    keys = parseKeyName(name);
    rest = text.slice(colon + 1).trim();
  }
  if (keys === undefined || keys === "") return undefined;
  const binding = parseTarget(rest, target);
  if (binding) bindSequence(map, keys, binding);
  else if (rest !== "") bindSequence(map, keys, undefined);
  return undefined;
}

function parseTarget(text: string, target: InputrcTarget): Exclude<KeyBinding, { kind: "prefix" }> | undefined {
  if (text.startsWith('"') || text.startsWith("'")) {
    const end = closingQuote(text);
    return { kind: "macro", text: parseKeySequence(text.slice(1, end < 0 ? undefined : end)) };
  }
  const name = (text.split(/\s/)[0] ?? "").toLowerCase();
  return target.isFunction(name) ? { kind: "function", name } : undefined;
}

export type Complain = (problem: string, line: number) => void;

/** A whole file. `include` reads the file that $include names. */
export function parseInputrc(text: string, target: InputrcTarget, include: (path: string) => string | undefined, complain: Complain = () => undefined, depth = 0): void {
  const conditions: boolean[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    const directive = /^\$(\w+)\s*(.*)$/.exec(line);
    const active = conditions.every((holds) => holds);
    if (directive) {
      const argument = (directive[2] ?? "").trim();
      switch (directive[1]?.toLowerCase()) {
        case "if":
          conditions.push(holds(argument, target));
          break;
        case "else":
          if (conditions.length > 0) conditions.push(!conditions.pop());
          break;
        case "endif":
          conditions.pop();
          break;
        case "include": {
          const included = active && depth < 8 ? include(argument) : undefined;
          if (included !== undefined) parseInputrc(included, target, include, complain, depth + 1);
          break;
        }
      }
    } else if (active) {
      const problem = parseInputrcLine(line, target);
      if (problem !== undefined) complain(problem, index + 1);
    }
  }
}

function holds(condition: string, target: InputrcTarget): boolean {
  const comparison = /^(\S+?)\s*(==|!=|<=|>=|<|>|=)\s*(\S*)$/.exec(condition);
  if (!comparison) return condition.toLowerCase() === (target.application ?? "bash").toLowerCase();
  const name = (comparison[1] ?? "").toLowerCase();
  const operator = comparison[2] ?? "=";
  const value = comparison[3] ?? "";
  if (name === "mode") return value.toLowerCase() === target.settings.text("editing-mode");
  if (name === "term") return value === target.term || value === target.term.split("-")[0];
  if (name === "version") {
    const difference = Math.sign(8.2 - Number.parseFloat(value));
    const by: Record<string, boolean> = {
      "=": difference === 0, "==": difference === 0, "!=": difference !== 0, "<=": difference <= 0, ">=": difference >= 0, "<": difference < 0, ">": difference > 0,
    };
    return by[operator] ?? false;
  }
  const current = target.settings.list().find(([setting]) => setting === name)?.[1];
  return operator === "!=" ? current !== value : current === value;
}
