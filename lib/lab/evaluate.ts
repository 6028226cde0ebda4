// From lab.yaml's checks to verdicts. Pure: a view in, verdicts out.

import type { View } from "../sim/machine/view.ts";
import type { CheckContext } from "./check/check.ts";
import { words } from "./check/words.ts";
import type { Check, LabFacts } from "./schema.ts";
import { type Verdict, yes } from "./verdict.ts";

function evaluateCheck(view: View, check: Check, context: CheckContext): Verdict {
  if ("any" in check) {
    const verdicts = check.any.map((one) => evaluateCheck(view, one, context));
    return verdicts.find((verdict) => verdict.passed) ?? verdicts[0] ?? yes;
  }
  if ("container" in check) return words.container.evaluate(view, check, context);
  if ("custom" in check) return words.custom.evaluate(view, check, context);
  if ("directory" in check) return words.directory.evaluate(view, check, context);
  if ("file" in check) return words.file.evaluate(view, check, context);
  if ("guest" in check) return words.guest.evaluate(view, check, context);
  if ("image" in check) return words.image.evaluate(view, check, context);
  if ("package" in check) return words.package.evaluate(view, check, context);
  if ("virtual-network" in check) return words["virtual-network"].evaluate(view, check, context);
  return words.service.evaluate(view, check, context);
}

export type Task = LabFacts["tasks"][number];

/** The first check that fails decides, so the order in lab.yaml is the order in which a learner meets the reasons. */
export function evaluateTask(view: View, task: Task, context: CheckContext): Verdict {
  for (const check of task.checks) {
    const verdict = evaluateCheck(view, check, context);
    if (!verdict.passed) return verdict;
  }
  return yes;
}
