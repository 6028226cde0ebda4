// Work that packages leave for others to do once at the end: the index of the manual pages, the linker's cache, the initial RAM disk.

import type { Blocking } from "../../kernel/sys.ts";
import { qualifiedName } from "../kit/debian/dpkg-database.ts";
import { runShell } from "../kit/shell-command.ts";
import type { DpkgRun } from "./_run.ts";

interface Trigger {
  readonly package: string;
  /** the name by which a script activates it (dpkg-trigger) */
  readonly named?: string;
  readonly interestedIn: (path: string) => boolean;
  readonly run?: string;
}

const triggers: readonly Trigger[] = [
  { package: "man-db", interestedIn: (path) => /^\/usr\/share\/man\/(?:[^/]+\/)?man\d\/./.test(path) },
  { package: "libc-bin", named: "ldconfig", interestedIn: (path) => /^(?:\/usr)?\/lib\/x86_64-linux-gnu\/[^/]+\.so(?:\.|$)/.test(path), run: "command -v ldconfig >/dev/null && ldconfig || true" },
  { package: "initramfs-tools", named: "update-initramfs", interestedIn: (path) => path.startsWith("/usr/share/initramfs-tools/"), run: "command -v update-initramfs >/dev/null && update-initramfs -u || true" },
  { package: "ca-certificates", named: "update-ca-certificates", interestedIn: (path) => path.startsWith("/usr/share/ca-certificates/") || path.startsWith("/usr/local/share/ca-certificates/"), run: "command -v update-ca-certificates >/dev/null && update-ca-certificates || true" },
];

/** Those that want to know of a trigger by its name, or of a path. */
export function interestedPackages(name: string): readonly string[] {
  return triggers.filter((one) => one.named === name || (name.startsWith("/") && one.interestedIn(name))).map((one) => one.package);
}

/** Files have come or gone: who cares about them is put down. A package that brings only its documentation here (`section` of its facts) would have brought libraries or manual pages. */
export function activate(run: DpkgRun, paths: readonly string[], section: string | undefined): void {
  if (paths.every((path) => path === "/." || "/usr/share/doc/".startsWith(`${path}/`) || path.startsWith("/usr/share/doc/"))) {
    const name = section === "libs" ? "libc-bin" : "man-db";
    if (run.database.state(name) === "installed" && section !== undefined && section !== "metapackages" && section !== "kernel") run.database.enter(name, "triggers-pending");
  }
  for (const trigger of triggers) {
    if (run.database.state(trigger.package) === "installed" && paths.some(trigger.interestedIn)) run.database.enter(trigger.package, "triggers-pending");
  }
}

/** Does what is pending. */
export function* processTriggers(run: DpkgRun, names?: readonly string[]): Blocking<void> {
  const pending = [...run.database.packages.keys()].filter((name) => run.database.state(name) === "triggers-pending" && (names === undefined || names.includes(name)));
  for (const name of pending) {
    const paragraph = run.database.packages.get(name);
    if (!paragraph) continue;
    yield* run.log(`trigproc ${run.logName(name)} ${paragraph.get("Version") ?? ""} <none>`);
    yield* run.enter(name, "half-configured");
    yield* run.say(`Processing triggers for ${qualifiedName(paragraph)} (${paragraph.get("Version") ?? ""}) ...\n`);
    const command = triggers.find((one) => one.package === name)?.run;
    if (command !== undefined) yield* runShell(run.sys, command);
    yield* run.enter(name, "installed");
  }
}
