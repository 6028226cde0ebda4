// Paths in lab.yaml: "~/x" is looked up in the learner's home and, since many labs may be done as root, in root's.

import type { FileView, View } from "../../sim/machine/view.ts";
import type { CheckContext } from "./check.ts";

/** The places where that path may be, the learner's own first. */
function candidatePaths(view: View, path: string, context: CheckContext): readonly string[] {
  if (!path.startsWith("~/")) return [path];
  const homes = [view.user(context.user)?.home, view.user("root")?.home].filter((home) => home !== undefined);
  return [...new Set(homes)].map((home) => `${home}/${path.slice(2)}`);
}

export function findFile(view: View, path: string, context: CheckContext): FileView | undefined {
  for (const candidate of candidatePaths(view, path, context)) {
    const file = view.file(candidate);
    if (file) return file;
  }
  return undefined;
}
