// lab.fr.md / lab.en.md: the words of a lab as a Markdown tree per task.
//
//   # Title
//   introduction
//   ## Task title {#task-id}
//   what to do
//   :::hint              opened one at a time, in order
//   :::
//   :::when{code=docker.permission}     shown when the check answers that code; facts in braces: {found}
//   :::
//   ## … {#done}         shown when everything is done

import type { Root, RootContent } from "mdast";
import { directiveFromMarkdown } from "mdast-util-directive";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { directive } from "micromark-extension-directive";
import { gfmTable } from "micromark-extension-gfm-table";

export interface TaskWords {
  readonly title: string;
  readonly body: readonly RootContent[];
  readonly hints: readonly (readonly RootContent[])[];
  /** feedback by code */
  readonly when: ReadonlyMap<string, readonly RootContent[]>;
}

export interface LabWords {
  readonly title: string;
  readonly introduction: readonly RootContent[];
  /** by anchor, in the order of the file */
  readonly tasks: ReadonlyMap<string, TaskWords>;
  readonly conclusion: readonly RootContent[];
}

export class LabWordsError extends Error {}

/** Markdown with tables and ::: blocks; ":word" inside a sentence stays text (image names are full of colons). */
function parseMarkdown(source: string): Root {
  const tree = fromMarkdown(source, { extensions: [directive(), gfmTable()], mdastExtensions: [directiveFromMarkdown(), gfmTableFromMarkdown()] });
  restoreInlineColons(tree, source);
  return tree;
}

function restoreInlineColons(node: Root | RootContent, source: string): void {
  if (!("children" in node)) return;
  const children: RootContent[] = node.children;
  for (const [index, child] of children.entries()) {
    if (child.type === "textDirective" || child.type === "leafDirective") {
      const text = source.slice(child.position?.start.offset ?? 0, child.position?.end.offset ?? 0);
      children[index] = child.type === "textDirective" ? { type: "text", value: text } : { type: "paragraph", children: [{ type: "text", value: text }] };
    } else restoreInlineColons(child, source);
  }
}

function plainText(node: RootContent): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map((child) => plainText(child)).join("") : "";
}

/** Shape: see the top of the file. Errors: LabWordsError that names the line. */
export function parseLabWords(source: string): LabWords {
  let title: string | undefined;
  const introduction: RootContent[] = [];
  const conclusion: RootContent[] = [];
  const tasks = new Map<string, { title: string; body: RootContent[]; hints: RootContent[][]; when: Map<string, RootContent[]> }>();
  let current: { title: string; body: RootContent[]; hints: RootContent[][]; when: Map<string, RootContent[]> } | undefined;
  let inConclusion = false;
  for (const node of parseMarkdown(source).children) {
    const line = node.position?.start.line ?? 0;
    if (node.type === "heading" && node.depth === 1) {
      if (title !== undefined) throw new LabWordsError(`line ${line}: a second title; tasks begin with ##`);
      title = plainText(node);
    } else if (node.type === "heading" && node.depth === 2) {
      const match = /^(.*?)\s*\{#([a-z0-9-]+)\}$/.exec(plainText(node));
      const heading = match?.[1];
      const anchor = match?.[2];
      if (heading === undefined || anchor === undefined) throw new LabWordsError(`line ${line}: a task's heading ends with its anchor, {#task-id}`);
      inConclusion = anchor === "done";
      if (inConclusion) {
        current = undefined;
        continue;
      }
      if (tasks.has(anchor)) throw new LabWordsError(`line ${line}: the anchor {#${anchor}} stands twice`);
      current = { title: heading, body: [], hints: [], when: new Map() };
      tasks.set(anchor, current);
    } else if (node.type === "containerDirective" && (node.name === "hint" || node.name === "when")) {
      if (!current) throw new LabWordsError(`line ${line}: :::${node.name} stands outside a task`);
      if (node.name === "hint") current.hints.push(node.children);
      else {
        const code = node.attributes?.["code"];
        if (!code) throw new LabWordsError(`line ${line}: :::when needs a code, as in :::when{code="file.missing"}`);
        if (current.when.has(code)) throw new LabWordsError(`line ${line}: feedback for ${code} stands twice in this task`);
        current.when.set(code, node.children);
      }
    } else if (inConclusion) conclusion.push(node);
    else if (current) current.body.push(node);
    else introduction.push(node);
  }
  if (title === undefined) throw new LabWordsError("line 1: the file begins with the lab's title, # Title");
  return { title, introduction, tasks, conclusion };
}
