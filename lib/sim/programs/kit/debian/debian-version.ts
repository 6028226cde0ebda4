// Order of Debian versions (deb-version(7)): epoch, then upstream version and revision by alternating non-digits and numbers.

import type { Relation } from "./deb822.ts";

function order(character: string): number {
  if (character === "~") return -1;
  if (character === "" || /\d/.test(character)) return 0;
  return /[a-zA-Z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
}

function compareParts(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !/\d/.test(a.charAt(i))) || (j < b.length && !/\d/.test(b.charAt(j)))) {
      const difference = order(a.charAt(i)) - order(b.charAt(j));
      if (difference !== 0) return difference;
      i++;
      j++;
    }
    const first = /^\d*/.exec(a.slice(i))?.[0] ?? "";
    const second = /^\d*/.exec(b.slice(j))?.[0] ?? "";
    const difference = Number(first || "0") - Number(second || "0");
    if (difference !== 0) return difference;
    i += first.length;
    j += second.length;
  }
  return 0;
}

function split(version: string): readonly [epoch: number, upstream: string, revision: string] {
  const colon = version.indexOf(":");
  const rest = colon < 0 ? version : version.slice(colon + 1);
  const dash = rest.lastIndexOf("-");
  return [colon < 0 ? 0 : Number(version.slice(0, colon)), dash < 0 ? rest : rest.slice(0, dash), dash < 0 ? "" : rest.slice(dash + 1)];
}

/** Negative, zero, positive. */
export function compareVersions(a: string, b: string): number {
  const [epochA, upstreamA, revisionA] = split(a);
  const [epochB, upstreamB, revisionB] = split(b);
  return epochA - epochB || compareParts(upstreamA, upstreamB) || compareParts(revisionA, revisionB);
}

export function satisfies(version: string, relation: Relation): boolean {
  if (relation.operator === undefined) return true;
  const compared = compareVersions(version, relation.version);
  switch (relation.operator) {
    case "<<":
      return compared < 0;
    case "<=":
      return compared <= 0;
    case "=":
      return compared === 0;
    case ">=":
      return compared >= 0;
    case ">>":
      return compared > 0;
  }
}
