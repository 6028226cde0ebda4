// .dockerignore: patterns that leave files out of a build context; "!" brings some back (moby's patternmatcher).

import { globMatches } from "../../daemons/docker/api/glob.ts";

export interface IgnoreRules {
  /** `directory`: left out with everything below, unless an exception may lie there */
  skips(name: string, directory: boolean): boolean;
  keepsDirectory(name: string): boolean;
}

export function ignoreRules(text: string): IgnoreRules {
  const rules = text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
    const exception = line.startsWith("!");
    return { exception, pattern: (exception ? line.slice(1).trim() : line).replace(/^\/+/, "").replace(/\/+$/, "").replace(/^\.\//, "") };
  });
  const hasExceptions = rules.some((rule) => rule.exception);
  const excluded = (name: string): boolean => {
    let skip = false;
    const parts = name.split("/");
    for (const { exception, pattern } of rules) {
      const hit = parts.some((_part, place) => globMatches(pattern, parts.slice(0, place + 1).join("/")));
      if (hit) skip = !exception;
    }
    return skip;
  };
  return {
    skips: (name, directory) => excluded(name) && !(directory && hasExceptions),
    keepsDirectory: (name) => !excluded(name),
  };
}
