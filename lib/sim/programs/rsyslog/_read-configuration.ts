// rsyslogd's configuration with all the files that it includes.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { RulesParser, SyslogConfiguration } from "./_rules.ts";

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Files that a pattern of $IncludeConfig or include() names; undefined: its directory is not there. */
function* filesOf(sys: Sys, pattern: string): Blocking<Source[] | undefined> {
  const cut = pattern.lastIndexOf("/");
  const matches = compileFnmatch(pattern.slice(cut + 1), { period: true });
  const found: Source[] = [];
  try {
    for (const name of sys.readdir(pattern.slice(0, cut) || "/").map((entry) => entry.name).filter(matches).sort()) {
      const path = `${pattern.slice(0, cut)}/${name}`;
      const content = yield* readTextFile(sys, path);
      if (content !== undefined) found.push({ path, text: content });
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
  return found;
}

/** All files that are included, and those that they include: the parser does not wait. */
function* includedFiles(sys: Sys, content: string, into: Map<string, readonly Source[] | undefined>): Blocking<void> {
  for (const match of content.matchAll(/^\s*(?:\$IncludeConfig\s+(\S+)|include\(\s*(?:mode="[^"]*"\s*)?file="([^"]+)")/gim)) {
    const pattern = match[1] ?? match[2] ?? "";
    if (into.has(pattern)) continue;
    const found = yield* filesOf(sys, pattern);
    into.set(pattern, found);
    for (const one of found ?? []) yield* includedFiles(sys, one.text, into);
  }
}

/** Undefined: there is no such file. */
export function* readConfiguration(sys: Sys, path: string): Blocking<SyslogConfiguration | undefined> {
  const content = yield* readTextFile(sys, path);
  if (content === undefined) return undefined;
  const included = new Map<string, readonly Source[] | undefined>();
  yield* includedFiles(sys, content, included);
  const configuration = new SyslogConfiguration();
  new RulesParser(content, path, configuration, (pattern) => included.get(pattern)).read();
  if (configuration.broken) configuration.problems.push({ text: `could not interpret master config file '${path}'.`, code: 2207 });
  return configuration;
}
