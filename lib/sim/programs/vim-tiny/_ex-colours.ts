// :syntax, :filetype, :highlight, :colorscheme, :nohlsearch: what belongs to colours and types of files.

import type { Blocking } from "../../kernel/sys.ts";
import type { Ex, ExCommand } from "./_ex-command.ts";
import { Failure } from "./_failure.ts";
import { detectFileType, setFileType, setSyntax } from "./_file-types.ts";
import { listRows } from "./_messages.ts";
import type { Vim } from "./_vim.ts";

/** The grammars are built in: what would make or show one, and other colours, is refused in vim's words for what a build lacks. */
const SCHEMES = ["default"];
const NOT_HERE = "E319: Sorry, the command is not available in this version";

/** :set filetype=…, :set syntax=…  */
export function fileTypeChanged(vim: Vim, option: "filetype" | "syntax"): void {
  const value = vim.options.text(option);
  if (option === "filetype") setFileType(vim, vim.buffer, value);
  else setSyntax(vim, vim.buffer, /^(?:off|OFF)$/.test(value) ? "" : value);
  vim.redrawAll();
}

function switchColours(vim: Vim, on: boolean): void {
  vim.colours = on;
  for (const buffer of vim.buffers) setSyntax(vim, buffer, String(buffer.local.get("filetype") ?? ""));
  vim.redrawAll();
}

function* syntax({ vim, argument }: Ex): Blocking<void> {
  if (!vim.huge) throw new Failure(NOT_HERE);
  const [word = ""] = argument.trim().split(/\s+/);
  switch (word) {
    case "on":
    case "enable":
    case "reset":
      if (!vim.fileTypes.detection && word !== "reset") {
        vim.fileTypes = { ...vim.fileTypes, detection: true };
        for (const buffer of vim.buffers) if (buffer.loaded) detectFileType(vim, buffer);
      }
      if (word !== "enable") vim.look.reset();
      switchColours(vim, word === "reset" ? vim.colours : true);
      break;
    case "off":
      switchColours(vim, false);
      break;
    case "clear":
      setSyntax(vim, vim.buffer, "");
      vim.redrawAll();
      break;
    case "":
    case "list":
      if (vim.buffer.colouring) throw new Failure(NOT_HERE);
      vim.message("No Syntax items defined for this buffer");
      break;
    case "match":
    case "region":
    case "keyword":
    case "cluster":
    case "include":
      throw new Failure(NOT_HERE);
    case "sync":
    case "case":
    case "spell":
    case "iskeyword":
    case "conceal":
    case "foldlevel":
    case "manual":
      break;
    default:
      throw new Failure(`E410: Invalid :syntax subcommand: ${argument.trim()}`);
  }
}

function* fileType({ vim, argument }: Ex): Blocking<void> {
  if (!vim.huge) throw new Failure(NOT_HERE);
  const words = argument.trim().split(/\s+/).filter((word) => word !== "");
  const types = vim.fileTypes;
  const say = (on: boolean) => (on ? "ON" : "OFF");
  if (words.length === 0) {
    vim.message(`filetype detection:${say(types.detection)}  plugin:${types.detection ? say(types.plugin) : `(${types.plugin ? "on" : "off"})`}  indent:${types.detection ? say(types.indent) : `(${types.indent ? "on" : "off"})`}`, "", true);
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
    return;
  }
  const last = words.at(-1);
  const plugin = words.includes("plugin");
  const indent = words.includes("indent");
  if ((last !== "on" && last !== "off" && last !== "detect") || words.slice(0, -1).some((word) => word !== "plugin" && word !== "indent")) throw new Failure(`E475: Invalid argument: ${argument.trim()}`);
  if (last === "off") vim.fileTypes = { detection: plugin || indent ? types.detection : false, plugin: plugin ? false : types.plugin, indent: indent ? false : types.indent };
  else {
    vim.fileTypes = { detection: true, plugin: plugin || types.plugin, indent: indent || types.indent };
    for (const buffer of vim.buffers) if (buffer.loaded) detectFileType(vim, buffer);
  }
  vim.redrawAll();
}

/** "xxx" as the group looks, names of attributes as directories do. */
function stylesOf(vim: Vim, row: string): (readonly [number, number, string])[] {
  const name = row.split(" ", 1)[0] ?? "";
  const directory = vim.look.style("Directory");
  const at = row.indexOf(" xxx ") + 1;
  return [[at, at + 3, vim.look.style(name)], ...[...row.matchAll(/[a-z]+=|(?<=xxx )links(?= )|(?<=xxx links )to/g)].map((found) => [found.index, found.index + found[0].length, directory] as const)];
}

function* highlight({ vim, bang, argument }: Ex): Blocking<void> {
  const { look } = vim;
  const words = argument.trim().split(/\s+/).filter((word) => word !== "" && word !== "default" && word !== "def");
  const row = (name: string) => `${name.padEnd(14)} xxx ${look.shown(name)}`;
  const [first] = words;
  if (first === undefined) {
    yield* listRows(vim, look.names.filter((name) => vim.huge || look.shown(name) !== "cleared").map(row), false, (text) => stylesOf(vim, text));
    return;
  }
  if (first === "clear") {
    const [, name] = words;
    if (name === undefined) {
      look.reset();
      vim.wipeMessage();
    } else look.clear(look.named(name) ?? name);
    vim.redrawAll();
    return;
  }
  if (first === "link") {
    const [, from, to] = words;
    if (from === undefined || to === undefined) throw new Failure(`E412: Not enough arguments: ":highlight link ${words.slice(1).join(" ")}"`);
    if (words.length > 3) throw new Failure(`E413: Too many arguments: ":highlight link ${words.slice(1).join(" ")}"`);
    const own = look.named(from) ?? from;
    if (bang || look.shown(own).startsWith("links") || look.shown(own) === "cleared") look.link(own, to);
    else throw new Failure("E414: Group has settings, highlight link ignored");
    vim.redrawAll();
    return;
  }
  const name = look.named(first);
  if (words.length === 1) {
    if (!name) throw new Failure(`E411: Highlight group not found: ${first}`);
    yield* listRows(vim, [row(name)], false, (text) => stylesOf(vim, text));
    return;
  }
  for (const word of words.slice(1)) {
    const at = word.indexOf("=");
    if (word.toUpperCase() === "NONE") {
      look.clear(name ?? first);
      continue;
    }
    if (at < 0) throw new Failure(`E416: Missing equal sign: ${word}`);
    const [key, value] = [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
    if (value === "") throw new Failure(`E417: Missing argument: ${word.slice(0, at)}`);
    if (!/^(?:term|cterm|ctermfg|ctermbg|ctermul|ctermfont|gui|guifg|guibg|guisp|font|start|stop)$/.test(key)) throw new Failure(`E423: Illegal argument: ${word}`);
    if (/^(?:term|cterm|gui)$/.test(key) && !/^(?:bold|italic|underline|undercurl|underdouble|underdotted|underdashed|reverse|inverse|standout|strikethrough|nocombine|none|,)+$/i.test(value)) throw new Failure(`E418: Illegal value: ${value}`);
    if (/^cterm[fb]g$/.test(key) && !look.isColour(value)) throw new Failure(`E421: Color name or number not recognized: ${word}`);
    look.set(name ?? first, key, value);
  }
  vim.redrawAll();
}

export const colourCommands: readonly ExCommand[] = [
  { name: "syntax", least: 2, run: syntax },
  { name: "filetype", least: 5, run: fileType },
  { name: "highlight", least: 2, run: highlight },
  { name: "colorscheme", least: 4, *run({ vim, argument }) {
    const wanted = argument.trim();
    if (wanted === "") vim.message(vim.huge ? vim.scheme : "unknown");
    else if (!vim.huge || !SCHEMES.includes(wanted)) throw new Failure(`E185: Cannot find color scheme '${wanted}'`);
    else {
      vim.scheme = wanted;
      vim.look.reset();
      vim.redrawAll();
    }
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
  { name: "nohlsearch", least: 3, *run({ vim }) {
    if (!vim.huge) throw new Failure(NOT_HERE);
    vim.matchesHidden = true;
    vim.redrawAll();
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  } },
];
