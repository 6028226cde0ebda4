// /etc/pam.d: the lines of a service, with what they include (pam.d(5)).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { nameExists } from "../kit/presence.ts";

export type ManagementGroup = "auth" | "account" | "password" | "session";

/** What is done with a module's answer: a number of modules to jump over, or one of the six words. */
type Action = number | "ok" | "done" | "bad" | "die" | "ignore" | "reset";

export interface ModuleLine {
  readonly kind: "module";
  readonly actions: ReadonlyMap<string, Action>;
  readonly module: string;
  readonly args: readonly string[];
  /** "-auth": nothing is said when the module is missing */
  readonly silent: boolean;
}

/** A stack of its own: what it decides counts as one module's answer. */
export interface Substack {
  readonly kind: "substack";
  readonly lines: readonly StackLine[];
}

export type StackLine = ModuleLine | Substack;

const KEYWORDS: ReadonlyMap<string, ReadonlyMap<string, Action>> = new Map([
  ["required", new Map<string, Action>([["success", "ok"], ["new_authtok_reqd", "ok"], ["ignore", "ignore"], ["default", "bad"]])],
  ["requisite", new Map<string, Action>([["success", "ok"], ["new_authtok_reqd", "ok"], ["ignore", "ignore"], ["default", "die"]])],
  ["sufficient", new Map<string, Action>([["success", "done"], ["new_authtok_reqd", "done"], ["default", "ignore"]])],
  ["optional", new Map<string, Action>([["success", "ok"], ["new_authtok_reqd", "ok"], ["default", "ignore"]])],
]);

/** Words between blanks; one in brackets keeps its blanks, "\]" is a bracket. */
export function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const found of line.matchAll(/\[((?:\\\]|[^\]])*)\]|(\S+)/g)) words.push(found[1]?.replaceAll("\\]", "]") ?? found[2] ?? "");
  return words;
}

function controlOf(text: string): ReadonlyMap<string, Action> | undefined {
  const keyword = KEYWORDS.get(text.toLowerCase());
  if (keyword !== undefined) return keyword;
  const actions = new Map<string, Action>();
  for (const part of text.split(/\s+/).filter((one) => one !== "")) {
    const [name = "", word = ""] = part.split("=");
    if (/^\d+$/.test(word)) actions.set(name, Number(word));
    else if (word === "ok" || word === "done" || word === "bad" || word === "die" || word === "ignore" || word === "reset") actions.set(name, word);
    else return undefined;
  }
  return actions.size === 0 ? undefined : actions;
}

/** A line without comment, joined with those that a backslash at its end asks for. */
function logicalLines(text: string): readonly string[] {
  return text.replace(/\\\n/g, " ").split("\n").map((line) => line.replace(/#.*/, "").trim()).filter((line) => line !== "");
}

const deepest = 32;

/** Undefined when there is no such file. */
function* linesOf(sys: Sys, service: string, group: ManagementGroup, depth: number): Blocking<readonly StackLine[] | undefined> {
  if (depth > deepest) return [];
  const text = (yield* readTextFile(sys, service.startsWith("/") ? service : `/etc/pam.d/${service}`)) ?? (yield* readTextFile(sys, `/usr/lib/pam.d/${service}`));
  if (text === undefined) return undefined;
  const lines: StackLine[] = [];
  for (const line of logicalLines(text)) {
    const words = wordsOf(line);
    const [first = "", second = ""] = words;
    if (first === "@include") {
      lines.push(...((yield* linesOf(sys, second, group, depth + 1)) ?? []));
      continue;
    }
    const silent = first.startsWith("-");
    if (first.replace(/^-/, "").toLowerCase() !== group) continue;
    const [, , third] = words;
    if (second.toLowerCase() === "include") {
      lines.push(...((yield* linesOf(sys, third ?? "", group, depth + 1)) ?? []));
      continue;
    }
    if (second.toLowerCase() === "substack") {
      lines.push({ kind: "substack", lines: (yield* linesOf(sys, third ?? "", group, depth + 1)) ?? [] });
      continue;
    }
    const actions = controlOf(second);
    // a control that makes no sense counts as a module that fails
    lines.push({ kind: "module", actions: actions ?? new Map<string, Action>([["default", "bad"]]), module: actions === undefined ? "" : (third ?? ""), args: words.slice(3), silent });
  }
  return lines;
}

/** The stack of a service; that of "other" when the service has no file or names no module of this group. Undefined: PAM is not configured at all. */
export function* stackOf(sys: Sys, service: string, group: ManagementGroup): Blocking<readonly StackLine[] | undefined> {
  const own = yield* linesOf(sys, service, group, 0);
  if (own !== undefined && own.length > 0) return own;
  return (yield* linesOf(sys, "other", group, 0)) ?? own;
}

const moduleDirectory = "/lib/x86_64-linux-gnu/security";

/** Whether the module's file is there. A file system without the directory (an image that holds only a few files) has the usual modules. */
export function moduleExists(sys: Sys, module: string): boolean {
  if (module.startsWith("/")) return nameExists(sys, module);
  return nameExists(sys, `${moduleDirectory}/${module}`) || !nameExists(sys, moduleDirectory);
}
