// Which packages apt autoremove leaves alone though nobody needs them: those of APT::NeverAutoRemove, and kernels (apt.conf(5)).
import type { Sys } from "../../kernel/sys.ts";
import { compareVersions } from "../kit/debian/debian-version.ts";
import type { DpkgDatabase } from "../kit/debian/dpkg-database.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import type { Configuration } from "./_configuration.ts";

/** Two kernels stay at least: the newest and the one that runs, or the one before. */
const FEWEST_KERNELS = 2;

/** Names that APT::NeverAutoRemove protects: extended regular expressions; one that cannot be read protects nothing. */
function patternsOf(patterns: readonly string[]): (name: string) => boolean {
  const compiled = patterns.flatMap((pattern) => {
    try {
      return [compileRegex(pattern, { syntax: "ere" })];
    } catch (error) {
      if (error instanceof RegexSyntaxError) return [];
      throw error;
    }
  });
  return (name) => compiled.some((regex) => regex.test(name));
}

/** The versions, as uname -r says them, of the kernels that stay. */
function keptKernels(sys: Sys, database: DpkgDatabase, configuration: Configuration): ReadonlySet<string> {
  const builds = new Map<string, string>();
  for (const name of database.packages.keys()) {
    const version = database.version(name);
    const release = /^linux-image-(\d.*)$/.exec(name)?.[1];
    if (release !== undefined && version !== undefined) builds.set(release, version);
  }
  const newestFirst = [...builds].sort(([, a], [, b]) => compareVersions(b, a)).map(([release]) => release);
  const kept = new Set(newestFirst.slice(0, 1));
  const { release: running } = sys.uname();
  if (builds.has(running)) kept.add(running);
  const count = Math.max(FEWEST_KERNELS, configuration.number("APT::NeverAutoRemove::KernelCount", FEWEST_KERNELS));
  for (const release of newestFirst) if (kept.size < count) kept.add(release);
  return kept;
}

export function neverRemoved(sys: Sys, database: DpkgDatabase, configuration: Configuration): (name: string) => boolean {
  const named = patternsOf(configuration.list("APT::NeverAutoRemove"));
  const kernels = configuration.flag("APT::Protect-Kernels", true) ? keptKernels(sys, database, configuration) : new Set<string>();
  return (name) => named(name) || kernels.has(/^linux-(?:image|headers|modules|tools)-(\d.*)$/.exec(name)?.[1] ?? "");
}
