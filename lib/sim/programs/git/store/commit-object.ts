// Commit and tag objects: head lines, an empty line, the message.
import { decode, encode } from "../../../kernel/sys.ts";
import type { ObjectId, ObjectType } from "./object-id.ts";

/** "Name <mail> seconds +hhmm" */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly seconds: number;
  /** "+0100" */
  readonly zone: string;
}

export interface Commit {
  readonly tree: ObjectId;
  readonly parents: readonly ObjectId[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly encoding: string | undefined;
  readonly message: string;
}

export interface Tag {
  readonly object: ObjectId;
  readonly type: ObjectType;
  readonly tag: string;
  readonly tagger: Signature | undefined;
  readonly message: string;
}

export function parseSignature(text: string): Signature {
  const open = text.indexOf("<");
  const close = text.indexOf(">", open);
  const [seconds = "0", zone = "+0000"] = text.slice(close + 1).trim().split(" ");
  return { name: text.slice(0, Math.max(0, open)).trim(), email: text.slice(open + 1, close), seconds: Number(seconds) || 0, zone };
}

export const signatureText = (who: Signature): string => `${who.name} <${who.email}> ${who.seconds} ${who.zone}`;

function split(body: Uint8Array): { readonly heads: readonly (readonly [string, string])[]; readonly message: string } {
  const text = decode(body);
  const end = text.indexOf("\n\n");
  const heads: [string, string][] = [];
  for (const line of (end < 0 ? text : text.slice(0, end)).split("\n")) {
    const last = heads.at(-1);
    if (line.startsWith(" ") && last) last[1] += `\n${line.slice(1)}`;
    else heads.push([line.split(" ", 1)[0] ?? "", line.slice(line.indexOf(" ") + 1)]);
  }
  return { heads, message: end < 0 ? "" : text.slice(end + 2) };
}

export function parseCommit(body: Uint8Array): Commit {
  const { heads, message } = split(body);
  const value = (name: string) => heads.find(([head]) => head === name)?.[1];
  return {
    tree: value("tree") ?? "", parents: heads.filter(([head]) => head === "parent").map(([, id]) => id), author: parseSignature(value("author") ?? ""), committer: parseSignature(value("committer") ?? ""),
    encoding: value("encoding"), message,
  };
}

export function serialiseCommit(commit: Omit<Commit, "encoding">): Uint8Array {
  return encode(`tree ${commit.tree}\n${commit.parents.map((id) => `parent ${id}\n`).join("")}author ${signatureText(commit.author)}\ncommitter ${signatureText(commit.committer)}\n\n${commit.message}`);
}

export function parseTag(body: Uint8Array): Tag {
  const { heads, message } = split(body);
  const value = (name: string) => heads.find(([head]) => head === name)?.[1];
  const type = value("type");
  const tagger = value("tagger");
  return { object: value("object") ?? "", type: type === "tree" || type === "blob" || type === "tag" ? type : "commit", tag: value("tag") ?? "", tagger: tagger === undefined ? undefined : parseSignature(tagger), message };
}

export function serialiseTag(tag: Tag): Uint8Array {
  return encode(`object ${tag.object}\ntype ${tag.type}\ntag ${tag.tag}\n${tag.tagger ? `tagger ${signatureText(tag.tagger)}\n` : ""}\n${tag.message}`);
}

/** The first paragraph as one line. */
export function subjectOf(message: string): string {
  const lines: string[] = [];
  for (const line of message.replace(/^\n+/, "").split("\n")) {
    if (line.trim() === "") break;
    lines.push(line.trim());
  }
  return lines.join(" ");
}

/** What stands below the first paragraph. */
export function bodyOf(message: string): string {
  const lines = message.replace(/^\n+/, "").split("\n");
  let at = 0;
  while (at < lines.length && lines[at]?.trim() !== "") at++;
  while (at < lines.length && lines[at]?.trim() === "") at++;
  return lines.slice(at).join("\n");
}
