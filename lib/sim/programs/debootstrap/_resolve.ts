// Which packages debootstrap takes: those of a priority, and what they depend on. Of alternatives it takes the first; versions do not count.

import type { Paragraph } from "../kit/debian/deb822.ts";

export type Index = ReadonlyMap<string, Paragraph>;

export function withPriority(index: Index, priority: string): readonly string[] {
  return [...index].filter(([, fields]) => fields.get("Priority") === priority).map(([name]) => name);
}

function dependencies(fields: Paragraph): readonly string[] {
  return [fields.get("Depends"), fields.get("Pre-Depends")].flatMap((field) => (field ?? "").split(",").map((group) => (group.split("|")[0] ?? "").replace(/\(.*\)|\[.*\]|<.*>/g, "").trim().replace(/:.*$/, ""))).filter((name) => name !== "");
}

/** In order of the names; what the index does not have stays only where it was asked for. */
export function closure(index: Index, wanted: readonly string[], without: ReadonlySet<string>): readonly string[] {
  const all = new Set(wanted);
  for (const name of all) for (const needed of dependencies(index.get(name) ?? new Map())) if (index.has(needed) && !without.has(needed)) all.add(needed);
  return [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
