// The command line's mappings: :map, :noremap, :unmap, :mapclear and their forms for single modes.

import type { Blocking } from "../../kernel/sys.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { type MapMode, mapKeys, mapModes, shownKeys } from "./_mappings.ts";
import { Failure } from "./_failure.ts";
import { listRows } from "./_messages.ts";
import type { Vim } from "./_vim.ts";

function modeLetters(modes: readonly MapMode[]): string {
  const joined = modes.join("");
  if (joined === "nvo") return " ";
  if (joined === "ic") return "!";
  return joined;
}

function* listMappings(vim: Vim, modes: readonly MapMode[], from: readonly string[] | undefined): Blocking<void> {
  const rows = [...vim.mappings.list]
    .sort((a, b) => (a.from.join("") < b.from.join("") ? -1 : 1))
    .filter((mapping) => mapping.modes.some((mode) => modes.includes(mode)) && (from === undefined || from.every((key, i) => mapping.from[i] === key)))
    .map((mapping) => {
      const keys = shownKeys(mapping.from);
      return `${modeLetters(mapping.modes).padEnd(3)}${keys}${" ".repeat(Math.max(1, 12 - keys.length))}${mapping.remap ? " " : "*"} ${mapping.to.length === 0 ? "<Nop>" : shownKeys(mapping.to)}`;
    });
  if (rows.length === 0) vim.message("No mapping found");
  else yield* listRows(vim, rows, true);
}

function* map(name: string, { vim, bang, argument }: Ex): Blocking<void> {
  const modes = mapModes(name, bang);
  const words = argument.replace(/^(?:<(?:silent|buffer|nowait|unique|expr|script)>\s*)+/, "").trimStart();
  const found = /^((?:\u0016.|[^\s])+)(?:\s+([\s\S]+))?$/.exec(words);
  if (!found) {
    yield* listMappings(vim, modes, undefined);
    return;
  }
  const leader = vim.leader;
  const from = mapKeys(found[1] ?? "", leader);
  if (found[2] === undefined) {
    yield* listMappings(vim, modes, from);
    return;
  }
  vim.mappings.set({ modes, from, to: mapKeys(found[2], leader), remap: !name.includes("nore") });
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

function* unmap(name: string, { vim, bang, argument }: Ex): Blocking<void> {
  if (argument.trim() === "") throw new Failure("E474: Invalid argument");
  if (!vim.mappings.remove(mapModes(name, bang), mapKeys(argument.trim(), vim.leader))) throw new Failure("E31: No such mapping");
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

function* abbreviate(name: string, { vim, argument }: Ex): Blocking<void> {
  const modes: readonly MapMode[] = name.startsWith("i") ? ["i"] : name.startsWith("c") ? ["c"] : ["i", "c"];
  const found = /^(\S+)(?:\s+([\s\S]+))?$/.exec(argument.trim());
  const [, from, to] = found ?? [];
  if (from === undefined || to === undefined) {
    const rows = vim.abbreviations.filter((one) => one.modes.some((mode) => modes.includes(mode)) && (from === undefined || one.from.startsWith(from)))
      .map((one) => `${(one.modes.length === 2 ? "!" : (one.modes[0] ?? "")).padEnd(3)}${one.from.padEnd(12)}${one.remap ? " " : "*"} ${one.to}`);
    if (rows.length === 0) vim.message("No abbreviation found");
    else yield* listRows(vim, rows, true);
    return;
  }
  vim.abbreviations = [{ modes, from, to, remap: !name.includes("nore") }, ...vim.abbreviations.filter((one) => one.from !== from || !one.modes.some((mode) => modes.includes(mode)))];
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

function* unabbreviate(name: string, { vim, argument }: Ex): Blocking<void> {
  const modes: readonly MapMode[] = name.startsWith("i") ? ["i"] : name.startsWith("c") ? ["c"] : ["i", "c"];
  const word = argument.trim();
  const left = vim.abbreviations.filter((one) => (one.from !== word && one.to !== word) || !one.modes.some((mode) => modes.includes(mode)));
  if (left.length === vim.abbreviations.length) throw new Failure("E24: No such abbreviation");
  vim.abbreviations = left;
  if (vim.sys.charge(1)) yield* vim.sys.preempt();
}

const ABBREVIATIONS: readonly ExCommand[] = [
  ...[["abbreviate", 2], ["iabbrev", 2], ["cabbrev", 2], ["noreabbrev", 6], ["inoreabbrev", 5], ["cnoreabbrev", 5]].map(([name, least]): ExCommand => ({ name: String(name), least: Number(least), run: (ex) => abbreviate(String(name), ex) })),
  ...[["unabbreviate", 3], ["iunabbrev", 4], ["cunabbrev", 4]].map(([name, least]): ExCommand => ({ name: String(name), least: Number(least), run: (ex) => unabbreviate(String(name), ex) })),
  { name: "abclear", least: 3, *run({ vim }) {
    vim.abbreviations = [];
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
];

const MODES = ["", "n", "v", "x", "s", "o", "i", "c"];

export const MAPPING_COMMANDS: readonly ExCommand[] = [...ABBREVIATIONS, ...MODES.flatMap((mode): ExCommand[] => [
  { name: `${mode}map`, least: mode === "" ? 3 : 2, run: (ex) => map(`${mode}map`, ex) },
  { name: `${mode}noremap`, least: mode === "" ? 2 : 3, run: (ex) => map(`${mode}noremap`, ex) },
  { name: `${mode}unmap`, least: 3, run: (ex) => unmap(`${mode}unmap`, ex) },
  { name: `${mode}mapclear`, least: mode === "" ? 4 : 5, *run({ vim, bang }) {
    vim.mappings.clear(mapModes(`${mode}mapclear`, bang));
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
])];
