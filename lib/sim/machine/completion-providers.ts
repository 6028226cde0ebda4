// What bash's completion learns of the programs: their declarations by the names that they are called by.
import type { CompletableCommand, CompletionProviders } from "../shell/completion/providers.ts";
import { commands } from "./registry.generated.ts";

let byName: ReadonlyMap<string, CompletableCommand> | undefined;

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function declarations(): ReadonlyMap<string, CompletableCommand> {
  if (byName) return byName;
  const map = new Map<string, CompletableCommand>();
  for (const command of commands.values()) for (const name of [command.name, ...(command.links ?? []).map(baseName)]) map.set(name, command.declaration);
  byName = map;
  return map;
}

export const completionProviders: CompletionProviders = {
  declaration: (command) => declarations().get(baseName(command)),
  *candidates() {
    return undefined;
  },
};
