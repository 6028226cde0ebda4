import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands } from "../sim/machine/registry.generated.ts";
import type { Declaration } from "../sim/programs/kit/command.ts";
import { supportFile, supportTable } from "./support-table.ts";

test("docs/SUPPORT.md is what the declarations say (else: npm run generate)", () => {
  expect(readFileSync(supportFile, "utf8")).toBe(supportTable());
});

test("every refused option is in it, with its reason", () => {
  const table = supportTable();
  const refused = (declaration: Declaration): readonly (readonly [string, string])[] => [
    ...declaration.options.flatMap(({ names, support }) => (typeof support !== "string" && "refused" in support ? [[names.join(", "), support.refused] as const] : [])),
    ...(declaration.subcommands ?? []).flatMap(refused),
  ];
  const all = [...commands.values()].flatMap(({ declaration }) => refused(declaration));
  expect(all.length).toBeGreaterThan(40);
  expect(all.filter(([names, why]) => !table.includes(names) || !table.includes(why.replaceAll("|", "\\|").replaceAll("<", "&lt;")))).toEqual([]);
});
