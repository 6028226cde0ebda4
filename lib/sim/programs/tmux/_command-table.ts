// tmux's commands: their short names, options and how many words they take (tmux(1), 3.3a; the errors are those of its cmd-parse.c and arguments.c).
import { INNER_SEPARATOR } from "./_command-words.ts";

interface CommandShape {
  readonly alias: string;
  /** letters as for getopt: a colon behind those with an argument */
  readonly options: string;
  readonly least: number;
  /** no bound: undefined */
  readonly most: number | undefined;
}

const shape = (alias: string, options: string, least = 0, most: number | undefined = 0): CommandShape => ({ alias, options, least, most });
const many = (alias: string, options: string, least = 0): CommandShape => ({ alias, options, least, most: undefined });

const SHAPES: ReadonlyMap<string, CommandShape> = new Map([
  ["attach-session", shape("attach", "c:dEf:rt:x")], ["bind-key", many("bind", "nrN:T:", 1)], ["break-pane", shape("breakp", "abdPF:n:s:t:")], ["capture-pane", shape("capturep", "ab:CeE:JNpPqS:Tt:")], ["choose-buffer", shape("", "F:f:K:NO:rt:Z", 0, 1)], ["choose-client", shape("", "F:f:K:NO:rt:Z", 0, 1)], ["choose-tree", shape("", "F:f:GK:NO:rst:wZ", 0, 1)],
  ["clear-history", shape("clearhist", "t:")], ["clock-mode", shape("", "t:")], ["command-prompt", shape("", "1bFkiI:Np:t:T:", 0, 1)], ["confirm-before", shape("confirm", "bc:p:t:y", 1, 1)], ["copy-mode", shape("", "deHMs:t:uq")], ["delete-buffer", shape("deleteb", "b:")], ["detach-client", shape("detach", "aE:s:t:P")], ["display-message", shape("display", "ac:d:F:INpt:v", 0, 1)],
  ["display-panes", shape("displayp", "bd:Nt:", 0, 1)], ["find-window", shape("findw", "CiNrt:TZ", 1, 1)], ["has-session", shape("has", "t:")], ["if-shell", shape("if", "bFt:", 2, 3)], ["join-pane", shape("joinp", "bdfhvp:l:s:t:")], ["kill-pane", shape("killp", "at:")], ["kill-server", shape("", "")], ["kill-session", shape("", "aCt:")], ["kill-window", shape("killw", "at:")], ["last-pane", shape("lastp", "det:Z")],
  ["last-window", shape("last", "t:")], ["list-buffers", shape("lsb", "F:f:")], ["list-clients", shape("lsc", "F:t:")], ["list-commands", shape("lscm", "F:", 0, 1)], ["list-keys", shape("lsk", "1aNP:T:", 0, 1)], ["list-panes", shape("lsp", "asF:f:t:")], ["list-sessions", shape("ls", "F:f:")], ["list-windows", shape("lsw", "F:f:at:")], ["load-buffer", shape("loadb", "b:t:w", 1, 1)], ["move-pane", shape("movep", "bdfhvp:l:s:t:")],
  ["move-window", shape("movew", "abdkrs:t:")], ["new-session", many("new", "Ac:dDe:EF:f:n:Ps:t:x:Xy:")], ["new-window", many("neww", "abc:de:F:kn:PSt:")], ["next-layout", shape("nextl", "t:")], ["next-window", shape("next", "at:")], ["paste-buffer", shape("pasteb", "db:prs:t:")], ["previous-layout", shape("prevl", "t:")], ["previous-window", shape("prev", "at:")], ["refresh-client", shape("refresh", "A:B:cC:Df:F:l:LRSt:U", 0, 1)],
  ["rename-session", shape("rename", "t:", 1, 1)], ["rename-window", shape("renamew", "t:", 1, 1)], ["resize-pane", shape("resizep", "DLMRTt:Ux:y:Z", 0, 1)], ["resize-window", shape("resizew", "aADLRt:Ux:y:", 0, 1)], ["rotate-window", shape("rotatew", "Dt:UZ")], ["run-shell", shape("run", "bd:Ct:", 0, 1)], ["save-buffer", shape("saveb", "ab:", 1, 1)], ["select-layout", shape("selectl", "Enopt:", 0, 1)],
  ["select-pane", shape("selectp", "DdegLlMmP:RT:t:UZ")], ["select-window", shape("selectw", "lnpTt:")], ["send-keys", many("send", "FHKlMN:Rt:X")], ["send-prefix", shape("", "2t:")], ["set-buffer", shape("setb", "ab:t:n:w", 0, 1)], ["set-environment", shape("setenv", "Fhgrt:u", 1, 2)], ["set-option", shape("set", "aFgopqst:uUw", 1, 2)], ["set-window-option", shape("setw", "aFgoqt:u", 1, 2)], ["show-buffer", shape("showb", "b:")],
  ["show-environment", shape("showenv", "hgst:", 0, 1)], ["show-messages", shape("showmsgs", "JTt:")], ["show-options", shape("show", "AgHpqst:vw", 0, 1)], ["show-window-options", shape("showw", "gvt:", 0, 1)], ["source-file", many("source", "t:Fnqv", 1)], ["split-window", many("splitw", "bc:de:fF:hIl:p:Pt:vZ")], ["start-server", shape("start", "")], ["suspend-client", shape("suspendc", "t:")],
  ["swap-pane", shape("swapp", "dDs:t:UZ")], ["swap-window", shape("swapw", "ds:t:")], ["switch-client", shape("switchc", "lc:EFnpt:rT:Z")], ["unbind-key", shape("unbind", "anqT:", 0, 1)],
]);

export const COMMANDS: readonly string[] = [...SHAPES.keys()];
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([["split-pane", "split-window"], ["splitp", "split-window"], ["choose-window", "choose-tree"], ["choose-session", "choose-tree"], ["info", "show-messages"], ["server-info", "show-messages"]]);

/** What tmux says is wrong. */
export class Wrong extends Error {}

export interface ParsedTmuxCommand {
  readonly command: string;
  readonly flags: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

/** The command with that name, alias or beginning. Throws Wrong. */
function commandNamed(first: string): readonly [string, CommandShape] {
  const name = OTHER_NAMES.get(first) ?? first;
  for (const one of SHAPES) if (one[0] === name || one[1].alias === name) return one;
  const near = [...SHAPES].filter(([one]) => one.startsWith(name));
  const [only] = near;
  if (near.length > 1) throw new Wrong(`ambiguous command: ${first}, could be: ${near.map(([one]) => one).join(", ")}`);
  if (!only) throw new Wrong(`unknown command: ${first}`);
  return only;
}

export function parseCommand(words: readonly string[]): ParsedTmuxCommand {
  const [first = "new-session", ...rest] = words;
  const [command, { options, least, most }] = commandNamed(first);
  const flags = new Map<string, string>();
  if (first === "choose-session") flags.set("s", "");
  if (first === "choose-window") flags.set("w", "");
  let at = 0;
  for (; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    if (!/^-[^-]/.test(word) || (word.length > 1 && /^-\d/.test(word) && !options.includes(word.charAt(1)))) break;
    for (let index = 1; index < word.length; index++) {
      const letter = word.charAt(index);
      const found = letter === ":" ? -1 : options.indexOf(letter);
      if (found < 0) throw new Wrong(`command ${command}: unknown flag -${letter}`);
      if (options[found + 1] !== ":") {
        flags.set(letter, "");
        continue;
      }
      const value = index + 1 < word.length ? word.slice(index + 1) : rest[++at];
      if (value === undefined) throw new Wrong(`command ${command}: -${letter} expects an argument`);
      flags.set(letter, value);
      break;
    }
  }
  const operands = rest.slice(at);
  if (operands.length < least) throw new Wrong(`command ${command}: too few arguments (need at least ${least})`);
  if (most !== undefined && operands.length > most) throw new Wrong(`command ${command}: too many arguments (need at most ${most})`);
  return { command, flags, operands };
}

/** The words of list-commands: name, alias and options. */
export function commandUsages(only: string | undefined): readonly string[] {
  const shown = only === undefined ? [...SHAPES] : [commandNamed(only)];
  return shown.map(([name, { alias, options }]) => {
    const flags = [...options].filter((letter, at) => letter !== ":" && options[at + 1] !== ":").join("");
    const valued = [...options].flatMap((letter, at) => (options[at + 1] === ":" ? [` [-${letter} ${letter === "t" ? `target-${name.includes("session") ? "session" : name.includes("window") ? "window" : "pane"}` : "value"}]`] : []));
    return `${name}${alias === "" ? "" : ` (${alias})`}${flags === "" ? "" : ` [-${flags}]`}${valued.join("")}`;
  });
}

/** The command line cut at ";". */
export function commandGroups(words: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [[]];
  for (const word of words) {
    if (word === ";") groups.push([]);
    else if (word.endsWith(";") && word.length > 1 && word !== INNER_SEPARATOR && !word.endsWith("\\;")) {
      groups.at(-1)?.push(word.slice(0, -1));
      groups.push([]);
    } else groups.at(-1)?.push(word);
  }
  return groups.length > 1 ? groups.filter((group) => group.length > 0) : groups;
}
