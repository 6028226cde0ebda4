// What is ignored: .gitignore files, .git/info/exclude, core.excludesFile (gitignore(5)).
import type { Blocking } from "../../../kernel/sys.ts";
import type { Git } from "../base/git.ts";
import { readText } from "../store/file-bytes.ts";
import { hasWildcard, wildmatch } from "./wildmatch.ts";

export interface IgnoreRule {
  /** as written */
  readonly text: string;
  readonly source: string;
  readonly line: number;
  readonly negated: boolean;
  readonly directoryOnly: boolean;
  /** the pattern, without "!" and slashes at its ends */
  readonly pattern: string;
  /** has a slash: stands for a path from where the file is */
  readonly anchored: boolean;
}

function withoutTrailingSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === " " && line[end - 2] !== "\\") end--;
  return line.slice(0, end);
}

export function parseIgnore(text: string, source: string): IgnoreRule[] {
  const rules: IgnoreRule[] = [];
  for (const [i, raw] of text.replace(/^\ufeff/, "").split("\n").entries()) {
    const line = withoutTrailingSpaces(raw.replace(/\r$/, ""));
    if (line === "" || line.startsWith("#")) continue;
    const negated = line.startsWith("!");
    let pattern = negated ? line.slice(1) : line.replace(/^\\(?=[!#])/, "");
    const directoryOnly = pattern.endsWith("/");
    if (directoryOnly) pattern = pattern.slice(0, -1);
    const anchored = pattern.includes("/");
    if (pattern.startsWith("/")) pattern = pattern.slice(1);
    if (pattern !== "") rules.push({ text: line, source, line: i + 1, negated, directoryOnly, pattern, anchored });
  }
  return rules;
}

function ruleMatches(rule: IgnoreRule, path: string, isDirectory: boolean): boolean {
  if (rule.directoryOnly && !isDirectory) return false;
  const subject = rule.anchored ? path : path.slice(path.lastIndexOf("/") + 1);
  return hasWildcard(rule.pattern) ? wildmatch(rule.pattern, subject, { pathname: true }) : rule.pattern === subject;
}

export class Ignore {
  readonly #git: Git;
  readonly #extra: readonly IgnoreRule[];
  readonly #standard: boolean;
  #common: readonly (readonly IgnoreRule[])[] | undefined;
  /** rules of a directory's own .gitignore */
  readonly #folders = new Map<string, readonly IgnoreRule[]>();
  readonly #directories = new Map<string, IgnoreRule | undefined>();

  /** `extra`: patterns of the command line, which come first. */
  constructor(git: Git, extra: readonly string[] = [], standard = true) {
    this.#git = git;
    this.#extra = parseIgnore(extra.join("\n"), "");
    this.#standard = standard;
  }

  *#commonRules(): Blocking<readonly (readonly IgnoreRule[])[]> {
    if (this.#common) return this.#common;
    const { sys, config, repository } = this.#git;
    const home = sys.environment.get("HOME") ?? "";
    const usual = `${sys.environment.get("XDG_CONFIG_HOME") || `${home}/.config`}/git/ignore`;
    const chosen = config.path("core.excludesfile") ?? usual;
    const info = `${repository.gitDir}/info/exclude`;
    const shownInfo = repository.place.shownGitDir === ".git" || repository.place.workTree !== undefined ? ".git/info/exclude" : info;
    this.#common = this.#standard ? [parseIgnore((yield* readText(sys, info)) ?? "", shownInfo), parseIgnore((yield* readText(sys, chosen)) ?? "", chosen)] : [];
    return this.#common;
  }

  *#folderRules(folder: string): Blocking<readonly IgnoreRule[]> {
    const known = this.#folders.get(folder);
    if (known) return known;
    const file = folder === "" ? ".gitignore" : `${folder}/.gitignore`;
    const rules = this.#standard ? parseIgnore((yield* readText(this.#git.sys, file)) ?? "", file) : [];
    this.#folders.set(folder, rules);
    return rules;
  }

  /** The rule that decides about the path itself, with its directories left aside. */
  *#own(path: string, isDirectory: boolean): Blocking<IgnoreRule | undefined> {
    const last = (rules: readonly IgnoreRule[], subject: string) => rules.findLast((rule) => ruleMatches(rule, subject, isDirectory));
    const given = last(this.#extra, path);
    if (given) return given;
    for (let folder = path; folder !== ""; ) {
      folder = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
      const found = last(yield* this.#folderRules(folder), folder === "" ? path : path.slice(folder.length + 1));
      if (found) return found;
    }
    for (const rules of yield* this.#commonRules()) {
      const found = last(rules, path);
      if (found) return found;
    }
    return undefined;
  }

  /** The rule that decides, also that of a directory above; it may be a negated one. */
  *rule(path: string, isDirectory: boolean): Blocking<IgnoreRule | undefined> {
    const slash = path.lastIndexOf("/");
    if (slash > 0) {
      const parent = path.slice(0, slash);
      if (!this.#directories.has(parent)) this.#directories.set(parent, yield* this.rule(parent, true));
      const above = this.#directories.get(parent);
      if (above && !above.negated) return above;
    }
    return yield* this.#own(path, isDirectory);
  }

  *ignores(path: string, isDirectory: boolean): Blocking<boolean> {
    const rule = yield* this.rule(path, isDirectory);
    return rule !== undefined && !rule.negated;
  }
}
