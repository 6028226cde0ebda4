// Authors type ordinary spaces and straight apostrophes; readers of French get the right ones, everywhere that words of labs and questions are shown.
import type { RootContent } from "mdast";
import { frenchSpaces } from "../i18n/french-spaces.ts";
import type { Catalogue } from "../lab/load.ts";

/** Not inside `code`. */
function typeset(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : frenchSpaces(part)))
    .join("");
}

function typesetNodes(nodes: readonly RootContent[]): void {
  for (const node of nodes) {
    if (node.type === "text") node.value = frenchSpaces(node.value);
    if ("children" in node) typesetNodes(node.children);
  }
}

/** Every pair { fr, en } inside, wherever it stands. A text that is the same in both languages is a name or a command. */
function typesetPairs(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if ("fr" in value && "en" in value && typeof value.fr === "string" && value.fr !== value.en) value.fr = typeset(value.fr);
  for (const inner of Object.values(value)) typesetPairs(inner);
}

/** Changes the catalogue that was just read. */
export function typesetFrench({ modules, labs }: Catalogue): void {
  for (const module of modules) typesetPairs(module);
  for (const { words } of labs.values()) {
    const { fr } = words;
    Object.assign(fr, { title: typeset(fr.title) });
    typesetNodes(fr.introduction);
    typesetNodes(fr.conclusion);
    for (const task of fr.tasks.values()) {
      Object.assign(task, { title: typeset(task.title) });
      typesetNodes(task.body);
      for (const nodes of [...task.hints, ...task.when.values()]) typesetNodes(nodes);
    }
  }
}
