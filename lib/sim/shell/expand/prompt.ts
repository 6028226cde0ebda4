// Prompt strings: backslash escapes, then the expansions of promptvars (bash(1), PROMPTING).
import type { Blocking } from "../../kernel/sys.ts";
import type { Shell } from "../interp/shell.ts";
import { Word } from "../syntax/tree.ts";
import { strftime } from "./strftime.ts";
import { accounts } from "./tilde.ts";

const VERSION = "5.2";
const RELEASE = "5.2.15";

/** As in bash, which looks itself up once (shell.c, get_current_user_info). */
const userNames = new WeakMap<Shell, { readonly uid: number; readonly name: string }>();

function userName(shell: Shell): string {
  const uid = shell.sys.getcred().euid;
  const known = userNames.get(shell);
  if (known?.uid === uid) return known.name;
  const name = accounts(shell).find((account) => account.uid === uid)?.name ?? "I have no name!";
  userNames.set(shell, { uid, name });
  return name;
}

/** `~` for the home directory, and what PROMPT_DIRTRIM leaves of the rest. */
function workingDirectory(shell: Shell, lastOnly: boolean): string {
  const directory = shell.getVariable("PWD") ?? shell.sys.getcwd();
  const home = shell.getVariable("HOME") ?? "";
  if (lastOnly) {
    if (home !== "" && directory === home) return "~";
    const at = directory.lastIndexOf("/");
    return directory === "/" || directory === "//" ? directory : directory.slice(at + 1);
  }
  let shown = directory;
  if (home !== "" && home !== "/" && (directory === home || directory.startsWith(`${home}/`))) shown = `~${directory.slice(home.length)}`;
  const trim = Number.parseInt(shell.getVariable("PROMPT_DIRTRIM") ?? "", 10);
  if (trim > 0) {
    const prefix = shown.startsWith("~") ? "~/" : "/";
    const parts = shown.slice(shown.startsWith("~") ? 1 : 0).split("/").filter((part) => part !== "");
    if (parts.length > trim) return `${prefix === "/" ? "" : prefix}.../${parts.slice(-trim).join("/")}`;
  }
  return shown;
}

/** `\[` and `\]` come out as U+0001 and U+0002. */
function decodePrompt(shell: Shell, text: string): string {
  let out = "";
  const quote = (value: string) => (shell.shopts.promptvars ? value.replace(/[\\"$`]/g, "\\$&") : value);
  const now = () => shell.sys.clockUs("realtime");
  for (let i = 0; i < text.length; i++) {
    const escape = text.indexOf("\\", i);
    if (escape !== i) {
      out += escape < 0 ? text.slice(i) : text.slice(i, escape);
      if (escape < 0) break;
      i = escape;
    }
    const next = text.charAt(++i);
    switch (next) {
      case "": out += "\\"; break;
      case "a": out += "\x07"; break;
      case "d": out += strftime(shell, "%a %b %d", now()); break;
      case "D": {
        const end = text.indexOf("}", i);
        if (text.charAt(i + 1) !== "{" || end < 0) {
          out += "\\D";
          break;
        }
        out += strftime(shell, text.slice(i + 2, end) || "%X", now());
        i = end;
        break;
      }
      case "e": out += "\x1b"; break;
      case "h": out += quote(shell.sys.uname().nodename.replace(/\..*/, "")); break;
      case "H": out += quote(shell.sys.uname().nodename); break;
      case "j": out += String(shell.jobs.all.length); break;
      case "l": {
        let name = "tty";
        try {
          name = shell.sys.ttyname(0).replace(/^\/dev\//, "");
        } catch {
          // no terminal
        }
        out += name.slice(name.lastIndexOf("/") + 1);
        break;
      }
      case "n": out += "\n"; break;
      case "r": out += "\r"; break;
      case "s": out += quote(shell.arg0.slice(shell.arg0.lastIndexOf("/") + 1).replace(/^-/, "")); break;
      case "t": out += strftime(shell, "%H:%M:%S", now()); break;
      case "T": out += strftime(shell, "%I:%M:%S", now()); break;
      case "@": out += strftime(shell, "%I:%M %p", now()); break;
      case "A": out += strftime(shell, "%H:%M", now()); break;
      case "u": out += quote(userName(shell)); break;
      case "v": out += VERSION; break;
      case "V": out += RELEASE; break;
      case "w": out += quote(workingDirectory(shell, false)); break;
      case "W": out += quote(workingDirectory(shell, true)); break;
      case "!": out += String(shell.history.base + shell.history.entries.length); break;
      case "#": out += String(shell.commandNumber); break;
      case "$": out += shell.sys.getcred().euid === 0 ? "#" : shell.shopts.promptvars ? "\\$" : "$"; break;
      case "\\": out += shell.shopts.promptvars ? "\\\\" : "\\"; break;
      case "[": out += "\x01"; break;
      case "]": out += "\x02"; break;
      default: {
        const octal = /^[0-7]{3}/.exec(text.slice(i, i + 3))?.[0];
        if (octal !== undefined) {
          out += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
          i += 2;
        } else out += shell.shopts.promptvars && next === '"' ? `\\\\\\"` : `\\${next}`;
      }
    }
  }
  return out;
}

const MOST_WORDS = 50;
/** A prompt is mostly what it was before. Without command substitutions, which are parsed as the shell that runs them reads. */
const words = new Map<string, Word>();

function wordOf(decoded: string): Word {
  const known = words.get(decoded);
  if (known !== undefined) return known;
  const word = new Word(decoded.replaceAll('"', '\\"').replaceAll('\\\\"', '\\"'), [], "heredoc");
  if (decoded.includes("`") || decoded.includes("$(") || decoded.length > 1000) return word;
  if (words.size >= MOST_WORDS) words.clear();
  words.set(decoded, word);
  return word;
}

export function* expandPrompt(shell: Shell, text: string): Blocking<string> {
  if (shell.strict) return yield* shell.language.expandString(shell, new Word(text, [], "heredoc"));
  const decoded = decodePrompt(shell, text);
  if (!shell.shopts.promptvars || !/[$`\\]/.test(decoded)) return decoded;
  const status = shell.lastStatus;
  const expanded = yield* shell.language.expandString(shell, wordOf(decoded));
  shell.lastStatus = status;
  return expanded.replaceAll('\\"', '"');
}
