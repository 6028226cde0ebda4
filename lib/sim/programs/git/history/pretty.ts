// Commits as text: the named formats and the placeholders of --format (git-log(1), "PRETTY FORMATS").
import { type Blocking, decode } from "../../../kernel/sys.ts";
import { textWidth } from "../../kit/width.ts";
import { Die } from "../base/die.ts";
import { type DateMode, DEFAULT_DATES, dateMode, showDate } from "../base/git-date.ts";
import { type Git, colorSequence } from "../base/git.ts";
import { defaultAbbrev } from "../diff/diff-output.ts";
import { type Commit, type Signature, bodyOf, subjectOf } from "../store/commit-object.ts";
import type { ObjectId } from "../store/object-id.ts";
import { shortRefName } from "../store/ref-name.ts";
import { commits, peel } from "./commits.ts";

export type PrettyKind = "oneline" | "short" | "medium" | "full" | "fuller" | "reference" | "email" | "raw" | "user";

export interface PrettyFormat {
  readonly kind: PrettyKind;
  /** of "user" */
  readonly format: string;
  /** a newline after each, not between */
  readonly terminator: boolean;
}

const NAMED: ReadonlySet<string> = new Set(["oneline", "short", "medium", "full", "fuller", "reference", "email", "raw"]);

/** Throws Die. */
export function prettyFormat(git: Git, text: string): PrettyFormat {
  if (text === "" ) return { kind: "medium", format: "", terminator: false };
  if (text.startsWith("format:")) return { kind: "user", format: text.slice(7), terminator: false };
  if (text.startsWith("tformat:")) return { kind: "user", format: text.slice(8), terminator: true };
  if (text.includes("%")) return { kind: "user", format: text, terminator: true };
  if (NAMED.has(text)) return { kind: text as PrettyKind, format: "", terminator: text === "oneline" || text === "reference" };
  const own = git.config.get(`pretty.${text.toLowerCase()}`);
  if (own !== undefined) return prettyFormat(git, own);
  const beginning = [...NAMED].find((name) => name.startsWith(text));
  if (beginning !== undefined) return prettyFormat(git, beginning);
  throw new Die(`invalid --pretty format: ${text}`);
}

export interface Decoration {
  readonly kind: "head" | "branch" | "remote" | "tag" | "stash" | "other";
  readonly name: string;
  readonly full: string;
}

/** commit → the references that lead to it, as --decorate shows them. */
export class Decorations {
  readonly #git: Git;
  readonly #full: boolean;
  #byId: Map<ObjectId, Decoration[]> | undefined;
  #headBranch: string | undefined;

  constructor(git: Git, full = false) {
    this.#git = git;
    this.#full = full;
  }

  *#load(): Blocking<Map<ObjectId, Decoration[]>> {
    if (this.#byId) return this.#byId;
    const map = new Map<ObjectId, Decoration[]>();
    const add = (id: ObjectId, decoration: Decoration) => map.set(id, [decoration, ...(map.get(id) ?? [])]);
    const { refs } = this.#git;
    for (const { name, id } of yield* refs.list()) {
      const kind = name.startsWith("refs/heads/") ? "branch" : name.startsWith("refs/remotes/") ? "remote" : name.startsWith("refs/tags/") ? "tag" : name === "refs/stash" ? "stash" : "other";
      if (kind === "other") continue;
      const decoration: Decoration = { kind, name: this.#full ? name : shortRefName(name), full: name };
      const commit = kind === "tag" ? ((yield* peel(this.#git, id, "any")) ?? id) : id;
      add(commit, decoration);
    }
    const head = yield* refs.read("HEAD");
    if (head !== undefined) add(head, { kind: "head", name: "HEAD", full: "HEAD" });
    this.#headBranch = yield* refs.symbolicTarget("HEAD");
    this.#byId = map;
    return map;
  }

  /** "HEAD -> master, tag: v1", with colours when wanted; empty without any. */
  *text(id: ObjectId, colored: boolean, around: readonly [string, string] = [" (", ")"]): Blocking<string> {
    const list = (yield* this.#load()).get(id) ?? [];
    if (list.length === 0) return "";
    const color = (slot: string, usual: string, text: string) => (colored ? `${this.#git.colorOf("decorate", slot, usual)}${text}\x1b[m` : text);
    const punctuation = (text: string) => (colored ? `${this.#git.colorOf("diff", "commit", "yellow")}${text}\x1b[m` : text);
    const shown = (one: Decoration) => (one.kind === "tag" ? color("tag", "bold yellow", "tag: ") + color("tag", "bold yellow", one.name) : one.kind === "remote" ? color("remoteBranch", "bold red", one.name) : one.kind === "stash" ? color("stash", "bold magenta", one.name) : color("branch", "bold green", one.name));
    const current = list.find((one) => one.full === this.#headBranch);
    const parts: string[] = [];
    for (const one of list) {
      if (one.kind === "head") parts.push(current ? `${color("HEAD", "bold cyan", "HEAD -> ")}${color("branch", "bold green", current.name)}` : color("HEAD", "bold cyan", "HEAD"));
      else if (one !== current || !list.some((other) => other.kind === "head")) parts.push(shown(one));
    }
    return `${punctuation(around[0])}${parts.join(punctuation(", "))}${around[1] === "" ? "" : punctuation(around[1])}`;
  }
}

export interface LogLine {
  /** "HEAD@{0}" and what happened: of a walk along a reflog */
  readonly selector: string;
  readonly who: Signature;
  readonly message: string;
}

export interface PrettyOptions {
  readonly format: PrettyFormat;
  readonly dates: DateMode;
  readonly abbrevCommit: boolean;
  readonly abbrev: number | undefined;
  readonly decorations: Decorations | undefined;
  readonly colored: boolean;
  readonly expandTabs: boolean;
  readonly showParents: boolean;
}

export class Pretty {
  readonly #git: Git;
  readonly options: PrettyOptions;

  constructor(git: Git, options: PrettyOptions) {
    this.#git = git;
    this.options = options;
  }

  *#short(id: ObjectId): Blocking<string> {
    return yield* this.#git.objects.abbreviate(id, this.options.abbrev ?? (yield* defaultAbbrev(this.#git)));
  }

  *shownId(id: ObjectId): Blocking<string> {
    return this.options.abbrevCommit ? yield* this.#short(id) : this.options.abbrev !== undefined && this.options.abbrev < 40 ? yield* this.#short(id) : id;
  }

  *#date(who: Signature, mode = this.options.dates): Blocking<string> {
    return yield* showDate(this.#git.calendar, who, mode);
  }

  /** The whole text of a commit; without a newline at its end for formats that are ended by one. */
  *text(id: ObjectId, parents: readonly ObjectId[], mark = "", log?: LogLine): Blocking<string> {
    const commit = yield* commits(this.#git).get(id);
    const { format } = this.options;
    if (format.kind === "user") return yield* this.#expand(format.format, id, commit, log);
    const yellow = this.options.colored ? this.#git.colorOf("diff", "commit", "yellow") : "";
    const reset = yellow === "" ? "" : "\x1b[m";
    const decoration = this.options.decorations ? yield* this.options.decorations.text(id, this.options.colored) : "";
    const shown = yield* this.shownId(id);
    const behind = this.options.showParents ? yield* this.#parentIds(parents) : "";
    if (format.kind === "oneline") {
      const reflog = log ? `${log.selector}: ${log.message}` : subjectOf(commit.message);
      return `${yellow}${mark === "" ? "" : `${mark} `}${shown}${behind}${reset}${decoration} ${reflog}`;
    }
    if (format.kind === "reference") return `${yield* this.#short(id)} (${subjectOf(commit.message)}, ${yield* this.#date(commit.author, this.options.dates === DEFAULT_DATES ? dateMode("short") : this.options.dates)})`;
    if (format.kind === "email") {
      return `From ${id} Mon Sep 17 00:00:00 2001\nFrom: ${commit.author.name} <${commit.author.email}>\nDate: ${yield* this.#date(commit.author, dateMode("rfc"))}\nSubject: [PATCH] ${subjectOf(commit.message)}\n\n${bodyOf(commit.message)}`;
    }
    const whole = commit.message.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
    const lines = (format.kind === "short" ? [subjectOf(commit.message)] : whole.split("\n")).map((line) => `    ${format.kind === "raw" || !this.options.expandTabs ? line.trimEnd() : expandTabs(line.trimEnd())}`);
    const body = whole === "" ? "" : `${lines.join("\n")}\n`;
    let out = `${yellow}commit ${mark === "" ? "" : `${mark} `}${shown}${behind}${reset}${decoration}\n`;
    if (log) out += `Reflog: ${log.selector} (${log.who.name} <${log.who.email}>)\nReflog message: ${log.message}\n`;
    if (format.kind === "raw") {
      const object = yield* this.#git.objects.read(id);
      const head = decode(object.body).split("\n\n", 1)[0] ?? "";
      return `${out}${head}\n${body === "" ? "" : `\n${body}`}`;
    }
    if (parents.length > 1 || commit.parents.length > 1) {
      const short: string[] = [];
      for (const parent of commit.parents) short.push(yield* this.#short(parent));
      out += `Merge: ${short.join(" ")}\n`;
    }
    const person = (who: Signature) => `${who.name} <${who.email}>`;
    if (format.kind === "fuller") {
      out += `Author:     ${person(commit.author)}\nAuthorDate: ${yield* this.#date(commit.author)}\nCommit:     ${person(commit.committer)}\nCommitDate: ${yield* this.#date(commit.committer)}\n`;
    } else {
      out += `Author: ${person(commit.author)}\n`;
      if (format.kind === "medium") out += `Date:   ${yield* this.#date(commit.author)}\n`;
      if (format.kind === "full") out += `Commit: ${person(commit.committer)}\n`;
    }
    return `${out}\n${body}`;
  }

  *#parentIds(parents: readonly ObjectId[]): Blocking<string> {
    let out = "";
    for (const parent of parents) out += ` ${yield* this.shownId(parent)}`;
    return out;
  }

  *#expand(format: string, id: ObjectId, commit: Commit, log: LogLine | undefined): Blocking<string> {
    let out = "";
    let padding: { readonly width: number; readonly align: "left" | "right" | "both"; readonly cut: string; readonly toColumn: boolean } | undefined;
    for (let i = 0; i < format.length; i++) {
      if (format[i] !== "%") {
        out += format[i];
        continue;
      }
      const rest = format.slice(i + 1);
      const pad = /^(<|>|>>|><)(\|?)\((\d+)(?:,(trunc|ltrunc|mtrunc))?\)/.exec(rest);
      if (pad) {
        padding = { width: Number(pad[3]), align: pad[1] === "<" ? "left" : pad[1] === "><" ? "both" : "right", cut: pad[4] ?? "", toColumn: pad[2] === "|" };
        i += pad[0].length;
        continue;
      }
      const modifier = /^[-+ ](?=[A-Za-z(])/.exec(rest)?.[0] ?? "";
      const found = yield* this.#placeholder(rest.slice(modifier.length), id, commit, log);
      if (!found) {
        out += "%";
        continue;
      }
      i += modifier.length + found.length;
      let { text } = found;
      if (padding) {
        const width = padding.toColumn ? padding.width - textWidth(out.slice(out.lastIndexOf("\n") + 1)) : padding.width;
        text = padded(text, width, padding.align, padding.cut);
        padding = undefined;
      }
      if (modifier === "+" && text !== "") text = `\n${text}`;
      else if (modifier === " " && text !== "") text = ` ${text}`;
      else if (modifier === "-" && text === "") out = out.replace(/\n+$/, "");
      out += text;
    }
    return out;
  }

  *#placeholder(rest: string, id: ObjectId, commit: Commit, log: LogLine | undefined): Blocking<{ readonly text: string; readonly length: number } | undefined> {
    const answer = (text: string, length: number) => ({ text, length });
    const color = /^C\(([^)]*)\)/.exec(rest);
    if (color) {
      const spec = color[1] ?? "";
      const always = spec.startsWith("always,");
      if (spec === "auto") return answer(this.options.colored ? "\x1b[m" : "", color[0].length);
      return answer(this.options.colored || always ? colorSequence(spec.replace(/^(?:auto|always),/, "")) : "", color[0].length);
    }
    const plain = /^C(red|green|blue|reset)/.exec(rest);
    if (plain) return answer(this.options.colored ? colorSequence(plain[1] ?? "") : "", plain[0].length);
    const hex = /^x([0-9a-fA-F]{2})/.exec(rest);
    if (hex) return answer(String.fromCharCode(Number.parseInt(hex[1] ?? "0", 16)), 3);
    const trailers = /^\(trailers(?::[^)]*)?\)/.exec(rest);
    if (trailers) return answer(trailerLines(commit.message), trailers[0].length);
    const wrapping = /^w\([^)]*\)/.exec(rest);
    if (wrapping) return answer("", wrapping[0].length);
    const [first = "", second = ""] = rest;
    if (first === "a" || first === "c") {
      const who = first === "a" ? commit.author : commit.committer;
      const dates = { d: this.options.dates, D: dateMode("rfc"), r: dateMode("relative"), i: dateMode("iso"), I: dateMode("iso-strict"), s: dateMode("short"), h: dateMode("human"), t: dateMode("unix") } as const;
      if (second === "n" || second === "N") return answer(who.name, 2);
      if (second === "e" || second === "E") return answer(who.email, 2);
      if (second === "l" || second === "L") return answer(who.email.split("@")[0] ?? "", 2);
      const mode = new Map(Object.entries(dates)).get(second);
      return mode ? answer(yield* this.#date(who, mode), 2) : undefined;
    }
    if (first === "g") {
      if (second === "d" || second === "D") return answer(log?.selector ?? "", 2);
      if (second === "s") return answer(log?.message ?? "", 2);
      if (second === "n") return answer(log?.who.name ?? "", 2);
      if (second === "e") return answer(log?.who.email ?? "", 2);
      return undefined;
    }
    if (first === "G") return answer(second === "?" ? "N" : "", 2);
    switch (first) {
      case "H": return answer(id, 1);
      case "h": return answer(yield* this.#short(id), 1);
      case "T": return answer(commit.tree, 1);
      case "t": return answer(yield* this.#short(commit.tree), 1);
      case "P": return answer(commit.parents.join(" "), 1);
      case "p": {
        const short: string[] = [];
        for (const parent of commit.parents) short.push(yield* this.#short(parent));
        return answer(short.join(" "), 1);
      }
      case "d": return answer(yield* (this.options.decorations ?? new Decorations(this.#git)).text(id, this.options.colored), 1);
      case "D": return answer(yield* (this.options.decorations ?? new Decorations(this.#git)).text(id, this.options.colored, ["", ""]), 1);
      case "s": return answer(subjectOf(commit.message), 1);
      case "f": return answer(fileName(subjectOf(commit.message)), 1);
      case "b": return answer(bodyOf(commit.message), 1);
      case "B": return answer(commit.message, 1);
      case "e": return answer(commit.encoding ?? "", 1);
      case "n": return answer("\n", 1);
      case "m": return answer(">", 1);
      case "N": case "S": return answer("", 1);
      case "%": return answer("%", 1);
      default: return undefined;
    }
  }
}

export function fileName(subject: string): string {
  return subject.replace(/[^A-Za-z0-9._]+/g, "-").replace(/\.{2,}/g, ".").replace(/^-|[-.]+$/g, "").slice(0, 52);
}

function trailerLines(message: string): string {
  const paragraphs = message.trim().split(/\n\n+/);
  const last = paragraphs.length > 1 ? (paragraphs.at(-1) ?? "") : "";
  return /^(?:[A-Za-z0-9-]+: .*(?:\n|$))+$/.test(last) ? `${last}\n` : "";
}

function expandTabs(line: string): string {
  let out = "";
  for (const char of line) out += char === "\t" ? " ".repeat(8 - (textWidth(out) % 8)) : char;
  return out;
}

function padded(text: string, width: number, align: "left" | "right" | "both", cut: string): string {
  const own = textWidth(text);
  if (own > width && cut !== "") {
    if (cut === "trunc") return `${text.slice(0, Math.max(0, width - 2))}..`;
    if (cut === "ltrunc") return `..${text.slice(text.length - Math.max(0, width - 2))}`;
    const half = Math.floor(width / 2);
    return `${text.slice(0, half - 1)}..${text.slice(text.length - (width - half - 1))}`;
  }
  const space = Math.max(0, width - own);
  if (align === "left") return text + " ".repeat(space);
  if (align === "right") return " ".repeat(space) + text;
  return " ".repeat(Math.floor(space / 2)) + text + " ".repeat(space - Math.floor(space / 2));
}
