// /etc/apt/sources.list and the indexes below /var/lib/apt/lists.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { type Paragraph, parseParagraphs } from "../kit/debian/deb822.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";

export const LISTS = "/var/lib/apt/lists";

export interface Source {
  /** without trailing slash */
  readonly url: string;
  readonly suite: string;
  readonly component: string;
}

export function* readSources(sys: Sys): Blocking<Source[]> {
  const files = ["/etc/apt/sources.list"];
  try {
    for (const { name } of sys.readdir("/etc/apt/sources.list.d")) if (name.endsWith(".list")) files.push(`/etc/apt/sources.list.d/${name}`);
  } catch {
    // there is none
  }
  const sources: Source[] = [];
  for (const file of files) {
    for (const line of (yield* readFile(sys, file)).split("\n")) {
      const match = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s*(.*)$/.exec((line.split("#")[0] ?? "").trim());
      if (!match) continue;
      for (const component of (match[3] ?? "").split(/\s+/).filter((one) => one !== "")) sources.push({ url: (match[1] ?? "").replace(/\/$/, ""), suite: match[2] ?? "", component });
    }
  }
  return sources;
}

/** "mirror.lan_debian_dists_bookworm_main_binary-amd64_Packages" */
export function listName(source: Source, file: "InRelease" | "Packages"): string {
  const base = `${source.url.replace(/^https?:\/\//, "").replaceAll("/", "_")}_dists_${source.suite.replaceAll("/", "_")}`;
  return file === "InRelease" ? `${base}_InRelease` : `${base}_${source.component}_binary-amd64_Packages`;
}

export interface Candidate {
  readonly paragraph: Paragraph;
  readonly source: Source;
}

/** Name → what the indexes offer (one version each on the simulated mirror). */
export function* readCandidates(sys: Sys): Blocking<Map<string, Candidate>> {
  const candidates = new Map<string, Candidate>();
  for (const source of yield* readSources(sys)) {
    const text = yield* readFile(sys, `${LISTS}/${listName(source, "Packages")}`);
    if (sys.charge(Math.ceil(text.length / 400))) yield* sys.preempt();
    for (const paragraph of parseParagraphs(text)) {
      const name = paragraph.get("Package") ?? "";
      if (!candidates.has(name)) candidates.set(name, { paragraph, source });
    }
  }
  return candidates;
}
