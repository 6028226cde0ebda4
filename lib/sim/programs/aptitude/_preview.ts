// What aptitude is going to do, as it says it before it asks.

import { sizeText } from "../apt/_download.ts";
import type { Load } from "../apt/_execute.ts";
import { upgradable } from "../apt/_lists.ts";
import type { Plan } from "../apt/_resolve.ts";
import type { Universe } from "./_universe.ts";

export interface Marks {
  /** asked for by name */
  readonly asked: ReadonlySet<string>;
  /** nobody needs them any more */
  readonly unused: ReadonlySet<string>;
  readonly purge: boolean;
}

export interface PreviewStyle {
  /** -V */
  readonly versions: boolean;
  /** -Z */
  readonly sizes: boolean;
  /** undefined: lines as long as they get */
  readonly width: number | undefined;
}

function listed(names: readonly string[], style: PreviewStyle): string {
  const gap = style.versions || style.sizes ? "  " : " ";
  let text = "";
  let line = "  ";
  for (const name of names) {
    if (style.width !== undefined && line.trim() !== "" && line.length + name.length + gap.length > style.width) {
      text += `${line}\n`;
      line = "  ";
    }
    line += `${name}${gap}`;
  }
  return `${text}${line}\n`;
}

/** By how much the disk fills, in bytes. */
export function unpackedBytes(plan: Plan, { lists }: Universe): number {
  const offered = (name: string): number => Number(lists.candidates.get(name)?.paragraph.get("Installed-Size") ?? 0);
  const there = (name: string): number => (lists.database.version(name) === undefined ? 0 : Number(lists.database.packages.get(name)?.get("Installed-Size") ?? 0));
  const comes = [...plan.install, ...plan.upgrade, ...plan.downgrade].reduce((sum, name) => sum + offered(name) - there(name), 0);
  return (comes - plan.remove.reduce((sum, name) => sum + there(name), 0)) * 1024;
}

export const isEmpty = (plan: Plan): boolean => plan.install.length + plan.upgrade.length + plan.downgrade.length + plan.remove.length + plan.reinstall.length === 0;

export function previewText(plan: Plan, universe: Universe, marks: Marks, load: Load, style: PreviewStyle): string {
  const { lists } = universe;
  const here = (name: string): string => lists.database.version(name) ?? "";
  const next = (name: string): string => lists.candidates.get(name)?.version.version ?? "";
  const sized = (name: string, removed: boolean): string => {
    if (!style.sizes) return "";
    const one: Plan = { ...plan, install: removed ? [] : [name], upgrade: [], downgrade: [], reinstall: [], remove: removed ? [name] : [] };
    const bytes = unpackedBytes(one, universe);
    return bytes === 0 ? "" : ` <${bytes > 0 ? "+" : "-"}${sizeText(Math.abs(bytes))}>`;
  };
  let text = "";
  const block = (head: string, names: readonly string[], shown: (name: string) => string): void => {
    if (names.length > 0) text += `${head}\n${listed([...names].sort().map(shown), style)}`;
  };
  const automatic = (name: string): string => (marks.asked.has(name) ? "" : "{a}");
  const change = (name: string): string => `${name}${style.versions ? ` [${here(name)} -> ${next(name)}]` : ""}${sized(name, false)}`;
  block("The following packages will be DOWNGRADED:", plan.downgrade, change);
  block("The following packages will be REINSTALLED:", plan.reinstall, (name) => name);
  block("The following NEW packages will be installed:", plan.install, (name) => `${name}${automatic(name)}${style.versions ? ` [${next(name)}]` : ""}${sized(name, false)}`);
  block("The following packages will be REMOVED:", plan.remove, (name) => `${name}${marks.unused.has(name) ? "{u}" : marks.asked.has(name) ? (marks.purge ? "{p}" : "") : "{a}"}${style.versions ? ` [${here(name)}]` : ""}${sized(name, true)}`);
  block("The following packages will be upgraded:", plan.upgrade, change);
  if (isEmpty(plan)) text += "No packages will be installed, upgraded, or removed.\n";
  block("The following packages are RECOMMENDED but will NOT be installed:", plan.recommended.filter((name) => !plan.install.includes(name)), (name) => name);
  const left = upgradable(lists).filter((name) => !plan.upgrade.includes(name) && !plan.remove.includes(name) && !plan.downgrade.includes(name)).length;
  text += `${plan.upgrade.length} packages upgraded, ${plan.install.length} newly installed, ${plan.downgrade.length > 0 ? `${plan.downgrade.length} downgraded, ` : ""}${plan.reinstall.length > 0 ? `${plan.reinstall.length} reinstalled, ` : ""}${plan.remove.length} to remove and ${left} not upgraded.\n`;
  const total = load.fetching.reduce((sum, name) => sum + Number(lists.candidates.get(name)?.paragraph.get("Size") ?? 0), 0);
  const bytes = unpackedBytes(plan, universe);
  text += `Need to get ${load.needed === total ? sizeText(load.needed) : `${sizeText(load.needed)}/${sizeText(total)}`} of archives. After unpacking ${sizeText(Math.abs(bytes))} will be ${bytes < 0 ? "freed" : "used"}.\n`;
  return text;
}
