// --format and --sort of for-each-ref, branch and tag (git-for-each-ref(1), "FIELD NAMES").
import type { Blocking } from "../../../kernel/sys.ts";
import { compareVersions } from "../../kit/version-order.ts";
import { Die } from "../base/die.ts";
import { type DateMode, DEFAULT_DATES, dateMode, showDate } from "../base/git-date.ts";
import { type Git, colorSequence } from "../base/git.ts";
import { type Signature, bodyOf, parseCommit, parseTag, subjectOf } from "../store/commit-object.ts";
import { shortRefName } from "../store/ref-name.ts";
import type { Ref } from "../store/refs.ts";
import { commits } from "./commits.ts";
import { upstreamName, upstreamOf } from "./upstream.ts";

interface Facts {
  readonly type: string;
  readonly size: number;
  readonly author?: Signature;
  readonly committer?: Signature;
  readonly tagger?: Signature;
  readonly message: string;
  readonly object?: string;
  readonly objectType?: string;
  readonly tree?: string;
  readonly parents?: readonly string[];
}

function* factsOf(git: Git, id: string): Blocking<Facts> {
  const object = yield* git.objects.read(id);
  if (object.type === "commit") {
    const commit = parseCommit(object.body);
    return { type: object.type, size: object.body.length, author: commit.author, committer: commit.committer, message: commit.message, tree: commit.tree, parents: commit.parents };
  }
  if (object.type === "tag") {
    const tag = parseTag(object.body);
    return { type: object.type, size: object.body.length, ...(tag.tagger && { tagger: tag.tagger }), message: tag.message, object: tag.object, objectType: tag.type };
  }
  return { type: object.type, size: object.body.length, message: "" };
}

function cut(name: string, how: string | undefined): string {
  const match = /^(?:lstrip|strip)=(-?\d+)$/.exec(how ?? "");
  if (match) {
    const parts = name.split("/");
    const count = Number(match[1]);
    return (count >= 0 ? parts.slice(count) : parts.slice(count)).join("/");
  }
  const right = /^rstrip=(-?\d+)$/.exec(how ?? "");
  if (right) return name.split("/").slice(0, -Number(right[1])).join("/");
  return how === "short" ? shortRefName(name) : name;
}

/** The value of one field. Throws Die for an unknown one. */
function* field(git: Git, ref: Ref, text: string, cache: Map<string, Facts>): Blocking<string> {
  const peeled = text.startsWith("*");
  const [name = "", how] = (peeled ? text.slice(1) : text).split(/:(.*)/s);
  const load = function* (id: string): Blocking<Facts> {
    const known = cache.get(id) ?? (yield* factsOf(git, id));
    cache.set(id, known);
    return known;
  };
  let id = ref.id;
  let facts = yield* load(id);
  if (peeled) {
    if (facts.object === undefined) return "";
    id = facts.object;
    facts = yield* load(id);
  }
  const date = function* (who: Signature | undefined): Blocking<string> {
    const mode: DateMode = how === undefined ? DEFAULT_DATES : dateMode(how);
    return who ? yield* showDate(git.calendar, who, mode) : "";
  };
  const creator = facts.tagger ?? facts.committer;
  switch (name) {
    case "refname": return cut(ref.name, how);
    case "objecttype": return facts.type;
    case "objectsize": return String(facts.size);
    case "objectname": return how === "short" ? yield* git.objects.abbreviate(id) : how?.startsWith("short=") ? yield* git.objects.abbreviate(id, Number(how.slice(6))) : id;
    case "object": return facts.object ?? "";
    case "type": return facts.objectType ?? "";
    case "tree": return facts.tree ?? "";
    case "parent": return (facts.parents ?? []).join(" ");
    case "numparent": return String(facts.parents?.length ?? "");
    case "subject": return subjectOf(facts.message);
    case "body": return bodyOf(facts.message);
    case "contents": return how === "subject" ? subjectOf(facts.message) : how === "body" ? bodyOf(facts.message) : how?.startsWith("lines=") ? facts.message.split("\n").slice(0, Number(how.slice(6))).join("\n    ") : facts.message;
    case "HEAD": return (yield* git.refs.symbolicTarget("HEAD")) === ref.name ? "*" : " ";
    case "symref": {
      const target = yield* git.refs.symbolicTarget(ref.name);
      return target === undefined ? "" : cut(target, how);
    }
    case "upstream": case "push": {
      const upstream = ref.name.startsWith("refs/heads/") ? upstreamOf(git, ref.name.slice(11)) : undefined;
      if (!upstream) return "";
      if (how?.startsWith("track")) {
        const theirs = upstream.tracking === undefined ? undefined : yield* git.refs.read(upstream.tracking);
        if (how === "trackshort") {
          if (theirs === undefined) return "";
          const { ahead, behind } = yield* commits(git).aheadBehind(ref.id, theirs);
          return ahead > 0 && behind > 0 ? "<>" : ahead > 0 ? ">" : behind > 0 ? "<" : "=";
        }
        if (theirs === undefined) return `[${git.inLanguage("gone")}]`;
        const { ahead, behind } = yield* commits(git).aheadBehind(ref.id, theirs);
        const counts = [...(ahead > 0 ? [git.inLanguage(`ahead ${ahead}`)] : []), ...(behind > 0 ? [git.inLanguage(`behind ${behind}`)] : [])].join(", ");
        return counts === "" ? "" : how.includes("nobracket") ? counts : `[${counts}]`;
      }
      if (how === "remotename") return upstream.remote;
      return how === "short" ? upstreamName(upstream) : (upstream.tracking ?? "");
    }
    case "creator": return creator ? `${creator.name} <${creator.email}> ${creator.seconds} ${creator.zone}` : "";
    case "creatordate": return yield* date(creator);
    default:
  }
  const person = /^(author|committer|tagger)(name|email|date)?$/.exec(name);
  if (person) {
    const who = facts[person[1] as "author"];
    if (!who) return "";
    if (person[2] === "name") return who.name;
    if (person[2] === "email") return how === "trim" ? who.email : how === "localpart" ? (who.email.split("@")[0] ?? "") : `<${who.email}>`;
    return person[2] === "date" ? yield* date(who) : `${who.name} <${who.email}> ${who.seconds} ${who.zone}`;
  }
  throw new Die(`unknown field name: ${name}`);
}

export function* formatRef(git: Git, ref: Ref, format: string): Blocking<string> {
  const cache = new Map<string, Facts>();
  let out = "";
  const open: { kind: "align" | "if"; text: string; width: number; position: string; condition: boolean | undefined }[] = [];
  const emit = (text: string) => {
    const top = open.at(-1);
    if (top) top.text += text;
    else out += text;
  };
  for (const match of format.matchAll(/%\(([^)]*)\)|%%|%([0-9a-fA-F]{2})|[^%]+|%/g)) {
    const name = match[1];
    if (name === undefined) {
      emit(match[0] === "%%" ? "%" : match[2] !== undefined ? String.fromCharCode(Number.parseInt(match[2], 16)) : match[0]);
      continue;
    }
    if (name.startsWith("color:")) emit(git.colors("branch") ? colorSequence(name.slice(6)) : "");
    else if (name.startsWith("align:")) {
      const words = name.slice(6).split(",");
      open.push({ kind: "align", text: "", width: Number(words.find((word) => /^(?:width=)?\d+$/.test(word))?.replace("width=", "") ?? 0), position: words.find((word) => /left|right|middle/.test(word))?.replace("position=", "") ?? "left", condition: undefined });
    } else if (name === "if" || name.startsWith("if:")) open.push({ kind: "if", text: "", width: 0, position: name, condition: undefined });
    else if (name === "then" || name === "else") {
      const top = open.at(-1);
      if (!top) throw new Die(`format: %(${name}) atom used without an %(if) atom`);
      if (name === "then") {
        const [, operator = "", wanted = ""] = /^if:(notequals|equals)=(.*)$/.exec(top.position) ?? [];
        top.condition = operator === "equals" ? top.text === wanted : operator === "notequals" ? top.text !== wanted : top.text.trim() !== "";
        top.text = "";
        top.position = "";
      } else {
        if (top.condition) top.position = top.text;
        top.text = "";
        top.width = 1;
      }
    } else if (name === "end") {
      const top = open.pop();
      if (!top) throw new Die("format: %(end) atom used without corresponding atom");
      if (top.kind === "if") emit(top.width === 1 ? (top.condition ? top.position : top.text) : top.condition ? top.text : "");
      else {
        const space = Math.max(0, top.width - top.text.length);
        const before = top.position === "right" ? space : top.position === "middle" ? Math.floor(space / 2) : 0;
        emit(" ".repeat(before) + top.text + " ".repeat(space - before));
      }
    } else emit(yield* field(git, ref, name, cache));
  }
  return out;
}

/** By the keys, the last one first; "-key" turns it round. */
export function* sortRefs(git: Git, list: readonly Ref[], keys: readonly string[], ignoreCase: boolean): Blocking<Ref[]> {
  let sorted = [...list];
  const cache = new Map<string, Facts>();
  for (const raw of keys) {
    const down = raw.startsWith("-");
    const key = down ? raw.slice(1) : raw;
    const version = /^(?:version|v):/.test(key);
    const name = key.replace(/^(?:version|v):/, "");
    const values = new Map<Ref, string | number>();
    for (const ref of sorted) {
      const text = yield* field(git, ref, /date$/.test(name) ? `${name}:unix` : name, cache);
      values.set(ref, /date$/.test(name) || name === "objectsize" || name === "numparent" ? Number(text) : ignoreCase ? text.toLowerCase() : text);
    }
    const compare = (a: Ref, b: Ref) => {
      const [x, y] = [values.get(a) ?? "", values.get(b) ?? ""];
      const order = version ? compareVersions(String(x), String(y)) : x < y ? -1 : x > y ? 1 : 0;
      return down ? -order : order;
    };
    sorted = sorted.map((ref, i) => ({ ref, i })).sort((a, b) => compare(a.ref, b.ref) || a.i - b.i).map(({ ref }) => ref);
  }
  return sorted;
}
