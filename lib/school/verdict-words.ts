import type { RootContent } from "mdast";
import { fillFacts, generalFeedback } from "../lab/feedback.ts";
import { catalogue, labOf } from "./catalogue.ts";

export interface FailedVerdict {
  readonly activity: string;
  readonly task: string;
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** The words with the facts put in; the file's own tree stays as it is. */
function filled(nodes: readonly RootContent[], facts: FailedVerdict["facts"]): RootContent[] {
  const copy = structuredClone([...nodes]);
  const visit = (node: RootContent): void => {
    if (node.type === "text" || node.type === "inlineCode" || node.type === "code") node.value = fillFacts(node.value, facts);
    if ("children" in node) node.children.forEach(visit);
  };
  copy.forEach(visit);
  return copy;
}

/** Why a check has failed: the lab's own words for the code, else a question's or the general sentence; undefined when nobody has any. */
export function whyFailed(locale: "fr" | "en", { activity, task, code, facts }: FailedVerdict): { readonly words: readonly RootContent[] } | { readonly sentence: string } | undefined {
  const own = labOf(activity)?.words[locale].tasks.get(task)?.when.get(code);
  if (own) return { words: filled(own, facts) };
  const general = (activity.startsWith("question:") ? questionFeedback(activity.slice(9), code) : undefined) ?? generalFeedback.get(code);
  return general && { sentence: fillFacts(general[locale], facts) };
}

function questionFeedback(id: string, code: string) {
  const [moduleId, questionId] = id.split("/");
  const found = catalogue()
    .modules.find((module) => module.id === moduleId)
    ?.bank?.questions.find((question) => question.id === questionId);
  return found?.type === "on-host" && Object.hasOwn(found.feedback, code) ? found.feedback[code] : undefined;
}
