// A unified difference of two XML texts, and which devices a selector means: what virt-xml says and does before anything is defined.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { Xml } from "../../daemons/libvirt/api/xml.ts";
import { lineChanges, numberLines } from "../kit/line-difference.ts";
import { matches, parsed } from "./_domain-options.ts";
import type { DomainOption } from "./_option-table.ts";
import { VirtinstError } from "./_virtinst.ts";

const contextLines = 3;

/** As Python's difflib writes it: "@@ -1,8 +1,8 @@". Empty when both are equal. */
export function* unifiedDifference(sys: Sys, before: string, after: string): Blocking<string> {
  const [a, b] = [before.split("\n").slice(0, -1), after.split("\n").slice(0, -1)];
  const changes = yield* lineChanges(sys, ...(yield* numberLines(sys, a, b)));
  if (changes.length === 0) return "";
  const hunks: (typeof changes)[] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.from - (last.from + last.deleted) <= 2 * contextLines) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  const range = (from: number, length: number): string => (length === 1 ? String(from + 1) : `${length === 0 ? from : from + 1},${length}`);
  let text = "--- Original XML\n+++ Altered XML\n";
  for (const hunk of hunks) {
    const [first] = hunk;
    const last = hunk.at(-1);
    if (first === undefined || last === undefined) continue;
    const fromA = Math.max(0, first.from - contextLines);
    const toA = Math.min(a.length, last.from + last.deleted + contextLines);
    const fromB = Math.max(0, first.to - contextLines);
    const toB = Math.min(b.length, last.to + last.inserted + contextLines);
    text += `@@ -${range(fromA, toA - fromA)} +${range(fromB, toB - fromB)} @@\n`;
    let at = fromA;
    for (const change of hunk) {
      text += a.slice(at, change.from).map((line) => ` ${line}\n`).join("");
      text += a.slice(change.from, change.from + change.deleted).map((line) => `-${line}\n`).join("");
      text += b.slice(change.to, change.to + change.inserted).map((line) => `+${line}\n`).join("");
      at = change.from + change.deleted;
    }
    text += a.slice(at, toA).map((line) => ` ${line}\n`).join("");
  }
  return text;
}

/** "1", "-1", "all", "target=vda,...". Errors: VirtinstError. */
export function selected(domain: Xml, given: DomainOption, selector: string, action: "--edit" | "--remove-device"): readonly Xml[] {
  const devices = (domain.find("devices")?.all(given.device ?? "") ?? []);
  if (devices.length === 0) throw new VirtinstError(`No --${given.name} objects found in the XML`);
  if (selector === "all") return devices;
  if (/^-?\d+$/.test(selector)) {
    const number = Number(selector);
    if (number === 0) throw new VirtinstError(`Invalid ${action} option '${selector}'`);
    const found = number > 0 ? devices[number - 1] : devices.at(number);
    if (found === undefined) throw new VirtinstError(`${action} ${selector} requested but there's only ${devices.length} --${given.name} object${devices.length === 1 ? "" : "s"} in the XML`);
    return [found];
  }
  const wanted = parsed(given, selector);
  const found = devices.filter((device) => matches(device, given, wanted));
  if (found.length === 0) throw new VirtinstError(`No matching objects found for ${action} ${selector}`);
  return found;
}
