// deborphan: packages that no other package needs (deborphan(1), 1.7.35).

import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text, texts, unsimulated } from "../kit/gnu.ts";

interface Package {
  readonly name: string;
  readonly section: string;
  readonly priority: string;
  readonly sizeKib: number;
  readonly installed: boolean;
  readonly configured: boolean;
  readonly needs: readonly string[];
  readonly recommends: readonly string[];
  readonly provides: readonly string[];
}

const names = (field: string | undefined): readonly string[] => (field ?? "").split(/[,|]/).map((one) => one.trim().replace(/[\s(:].*$/s, "")).filter((one) => one !== "");

function parse(status: string): readonly Package[] {
  return status.split(/\n\n+/).flatMap((paragraph) => {
    const fields = new Map([...paragraph.matchAll(/^([A-Za-z-]+):\s*(.*(?:\n[ \t].*)*)/gm)].map((match) => [match[1] ?? "", match[2] ?? ""] as const));
    const name = fields.get("Package");
    if (name === undefined) return [];
    const state = fields.get("Status") ?? "";
    return [{
      name, section: fields.get("Section") ?? "", priority: fields.get("Priority") ?? "", sizeKib: Number(fields.get("Installed-Size") ?? 0), installed: / installed$/.test(state), configured: / config-files$/.test(state),
      needs: [...names(fields.get("Depends")), ...names(fields.get("Pre-Depends"))], recommends: [...names(fields.get("Recommends")), ...names(fields.get("Suggests"))], provides: names(fields.get("Provides")),
    }];
  });
}

const PRIORITIES = ["required", "important", "standard", "optional", "extra"];

export default gnu({
  name: "deborphan", summary: "packages that no other package needs", synopsis: ["[OPTION]... [PACKAGE]..."], operands: "packages", helpLetter: "h", versionLetter: "v", versionText: "deborphan 1.7.30 - Find packages without other packages depending on them\n", seeAlso: ["apt-get(8)", "dpkg(1)"],
  description: ["Libraries and what was renamed, unless -a is given. What is required or important is left out."],
  options: {
    all: flag(["-a", "--all-packages"], "packages of every section"), section: flag(["-s", "--show-section"], "the section, too"), size: flag(["-z", "--show-size"], "the size, too"), priority: flag(["-P", "--show-priority"], "the priority, too"),
    nice: flag(["-n", "--nice-mode"], "what is only recommended or suggested counts as not needed"), exclude: texts(["-e", "--exclude"], "LIST", "as if these were not installed"), least: text(["-p", "--priority"], "PRIORITY", "only those of this priority or a lower one"),
    file: text(["-f", "--status-file"], "FILE", "read this file"), configuration: flag(["--find-config"], "packages whose settings alone are left"), hold: flag(["-H", "--ignore-hold"], "held packages, too"), libdevel: flag(["--libdevel"], "libraries for developers, too"), guess: flag(["--guess-all"], "guess by the names of packages, too"),
    deps: unsimulated(["-d", "--show-deps"], "show what needs each package", "apt-cache rdepends shows it."), keep: unsimulated(["-A", "--add-keep"], "never show these packages", "There is no list of packages to keep.", "LIST"),
  },
  tryLine: (argv0) => `Usage: ${argv0} [OPTIONS] [PACKAGE]...\n`,
  *run({ options, operands, sys }, io: Io) {
    const status = yield* readTextFile(sys, options.file ?? "/var/lib/dpkg/status");
    if (status === undefined) io.die(`${options.file ?? "/var/lib/dpkg/status"}: No such file or directory`);
    const excluded = new Set(options.exclude.flatMap((list) => list.split(",")));
    const packages = parse(status).filter(({ name }) => !excluded.has(name));
    if (options.configuration) {
      for (const one of packages) if (one.configured) io.out.put(`${one.name}\n`);
      return;
    }
    const installed = packages.filter((one) => one.installed);
    const needed = new Set(installed.flatMap((one) => [...one.needs, ...(options.nice ? [] : one.recommends)]));
    const least = options.least === undefined ? 2 : PRIORITIES.includes(options.least) ? PRIORITIES.indexOf(options.least) : Number(options.least) - 1;
    const everywhere = options.all || operands.length > 0;
    for (const one of installed) {
      if (operands.length > 0 && !operands.includes(one.name)) continue;
      const section = one.section.replace(/^.*\//, "");
      if (!everywhere && !["libs", "oldlibs", "introspection"].includes(section) && !(options.libdevel && section === "libdevel")) continue;
      if (PRIORITIES.indexOf(one.priority) < least || [one.name, ...one.provides].some((name) => needed.has(name))) continue;
      const place = one.section.includes("/") ? one.section : `main/${one.section}`;
      const sections = options.section || options.all;
      io.out.put(`${options.size ? `${String(one.sizeKib).padStart(10)} ` : ""}${sections ? `${place.padEnd(25)} ` : ""}${options.priority ? `${one.name.padEnd(24)} ${one.priority}` : one.name}\n`);
      if (io.out.full) yield* io.out.flush();
    }
  },
});
