// What an activity ("lab:python-hello", "question:containers/pid-one") means for a world: the host it starts on, who sits there,
// and the tasks that are checked while it runs.

import { customChecks } from "../lab/custom-checks.generated.ts";
import type { CustomCheck } from "../lab/check/check.ts";
import { evaluateTask, type Task } from "../lab/evaluate.ts";
import { type Catalogue, loadCatalogue } from "../lab/load.ts";
import type { Verdict } from "../lab/verdict.ts";
import type { World } from "../sim/world/world.ts";

type WorldView = ReturnType<World["view"]>;

export interface ActivityPlan {
  readonly host: string;
  readonly user: string;
  readonly tasks: readonly Task[];
  evaluate(view: WorldView, task: Task): Verdict;
}

const noCustom: ReadonlyMap<string, CustomCheck> = new Map();

export function createActivityPlans(labsFolder: string): (activity: string) => ActivityPlan | undefined {
  let catalogue: Catalogue | undefined;
  return (activity) => {
    catalogue ??= loadCatalogue(labsFolder);
    const separator = activity.indexOf(":");
    const name = activity.slice(separator + 1);
    if (activity.slice(0, separator) === "lab") {
      const lab = catalogue.labs.get(name);
      if (!lab) return undefined;
      const context = { user: lab.user, custom: customChecks.get(`${lab.module}/${lab.id}`) ?? noCustom };
      return { host: lab.host, user: lab.user, tasks: lab.tasks, evaluate: (view, task) => evaluateTask(view, task, context) };
    }
    const question = catalogue.onHostQuestions.get(name);
    if (!question) return undefined;
    const context = { user: question.user, custom: noCustom };
    return { host: question.host, user: question.user, tasks: [question.task], evaluate: (view, task) => evaluateTask(view, task, context) };
  };
}
