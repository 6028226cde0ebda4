// Search patterns (aptitude's manual, "Search term reference"): ~n ~d ~i …, ?name(…), ! | and brackets. A pattern becomes a test of a package's name.

import type { Version } from "../apt/_lists.ts";
import { satisfies } from "../kit/debian/debian-version.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import type { Universe } from "./_universe.ts";

/** Shown after "E: ". */
export class PatternError extends Error {}

type Test = (universe: Universe, name: string) => boolean;

const SHORT: ReadonlyMap<string, string> = new Map(Object.entries({
  n: "name", d: "description", i: "installed", g: "garbage", c: "config-files", U: "upgradable", N: "new", o: "obsolete", b: "broken", M: "automatic", E: "essential", v: "virtual", a: "action", A: "archive", O: "origin",
  V: "version", s: "section", p: "priority", m: "maintainer", r: "architecture", t: "task", G: "tag", D: "depends", R: "reverse-depends", P: "provides", C: "conflicts", T: "true", F: "false", e: "source-package",
}));
const BARE = new Set(["installed", "garbage", "config-files", "upgradable", "new", "obsolete", "broken", "automatic", "essential", "virtual", "true", "false", "any-version", "multiarch"]);
const ACTIONS = new Set(["install", "upgrade", "downgrade", "remove", "purge", "reinstall", "hold", "keep"]);
const RELATIONS: ReadonlyMap<string, readonly string[]> = new Map([["depends", ["Depends", "Pre-Depends"]], ["predepends", ["Pre-Depends"]], ["recommends", ["Recommends"]], ["suggests", ["Suggests"]], ["conflicts", ["Conflicts"]], ["breaks", ["Breaks"]], ["replaces", ["Replaces"]], ["enhances", ["Enhances"]]]);
const MOST_NESTED = 60;

function matcher(text: string): (value: string) => boolean {
  try {
    const regex = compileRegex(text, { syntax: "ere", ignoreCase: true });
    return (value) => regex.test(value);
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    throw new PatternError(`Regex compilation error: ${error.message}`);
  }
}

const versionsOf = (universe: Universe, name: string): readonly Version[] => {
  const shown = universe.shown(name);
  return shown === undefined ? [] : [shown];
};

/** A test of a field of the version that is shown. */
const field = (of: (version: Version) => string, text: string): Test => {
  const matches = matcher(text);
  return (universe, name) => versionsOf(universe, name).some((version) => matches(of(version)));
};

const released = (of: "archive" | "origin", text: string): Test => {
  const matches = matcher(text);
  return (universe, name) => universe.lists.versions(name).some((version) => version.indexes.some((index) => matches(index[of]) || (of === "archive" && matches(index.codename))));
};

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Test {
    const test = this.#either([]);
    if (this.#at < this.#text.length) throw new PatternError(`Unexpected ${this.#text.charAt(this.#at) === ")" ? "')'" : `text "${this.#text.slice(this.#at)}"`}`);
    return test;
  }

  #blanks(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
  }

  #either(ends: readonly string[]): Test {
    if (++this.#depth > MOST_NESTED) throw new PatternError("The pattern is nested too deeply");
    const tests = [this.#all(ends)];
    for (this.#blanks(); this.#text.charAt(this.#at) === "|"; this.#blanks()) {
      this.#at++;
      tests.push(this.#all(ends));
    }
    this.#depth--;
    const [only] = tests;
    return tests.length === 1 && only !== undefined ? only : (universe, name) => tests.some((test) => test(universe, name));
  }

  #all(ends: readonly string[]): Test {
    const tests: Test[] = [];
    for (this.#blanks(); this.#at < this.#text.length && this.#text.charAt(this.#at) !== "|" && !ends.includes(this.#text.charAt(this.#at)); this.#blanks()) {
      if (this.#text.charAt(this.#at) === ")") break;
      tests.push(this.#one(ends));
    }
    if (tests.length === 0) throw new PatternError("Can't search for \"\"");
    return (universe, name) => tests.every((test) => test(universe, name));
  }

  #one(ends: readonly string[]): Test {
    const letter = this.#text.charAt(this.#at);
    if (letter === "!") {
      this.#at++;
      this.#blanks();
      const test = this.#one(ends);
      return (universe, name) => !test(universe, name);
    }
    if (letter === "(") {
      this.#at++;
      const test = this.#either([")"]);
      if (this.#text.charAt(this.#at) !== ")") throw new PatternError("Unmatched '('");
      this.#at++;
      return test;
    }
    if (letter === "~") return this.#short(ends);
    if (letter === "?") return this.#long();
    return this.#named("name", this.#word(ends));
  }

  /** Up to a blank, a bracket or an operator; quotes and ~ keep what follows. */
  #word(ends: readonly string[]): string {
    this.#blanks();
    let word = "";
    if (this.#text.charAt(this.#at) === '"') {
      const close = this.#text.indexOf('"', this.#at + 1);
      if (close < 0) throw new PatternError("Unterminated literal string");
      word = this.#text.slice(this.#at + 1, close);
      this.#at = close + 1;
      return word;
    }
    for (; this.#at < this.#text.length; this.#at++) {
      const letter = this.#text.charAt(this.#at);
      if (letter === "~" && /[()|!~?"\s,]/.test(this.#text.charAt(this.#at + 1))) {
        word += this.#text.charAt(++this.#at);
        continue;
      }
      if (/[\s()|!~?]/.test(letter) || ends.includes(letter)) break;
      word += letter;
    }
    return word;
  }

  #short(ends: readonly string[]): Test {
    const letter = this.#text.charAt(++this.#at);
    this.#at++;
    const term = SHORT.get(letter);
    if (term === undefined) throw new PatternError(`Unknown pattern type: ${letter}`);
    if (BARE.has(term)) return this.#named(term, "");
    if (["depends", "reverse-depends", "conflicts", "provides"].includes(term)) {
      const typed = /^(\w+):/.exec(this.#text.slice(this.#at));
      const kind = typed?.[1]?.toLowerCase();
      if (typed !== null && kind !== undefined && RELATIONS.has(kind)) {
        this.#at += typed[0].length;
        return this.#named(term === "reverse-depends" ? `reverse-${kind}` : kind, this.#word(ends), this.#inner(ends));
      }
      const inner = this.#inner(ends);
      return this.#named(term, inner === undefined ? this.#word(ends) : "", inner);
    }
    return this.#named(term, this.#word(ends));
  }

  /** A pattern in the place of a name: ~D~nfoo, ~D(…). */
  #inner(ends: readonly string[]): Test | undefined {
    return /[~?(]/.test(this.#text.charAt(this.#at)) ? this.#one(ends) : undefined;
  }

  #long(): Test {
    const [, spelled = ""] = /^\?([a-zA-Z-]*)/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += spelled.length + 1;
    const term = spelled.toLowerCase();
    if (this.#text.charAt(this.#at) !== "(") return this.#named(term, "");
    this.#at++;
    const logical = new Set(["not", "and", "or", "narrow", "all-versions", "any-version"]);
    if (logical.has(term)) {
      const tests = [this.#either([",", ")"])];
      while (this.#text.charAt(this.#at) === ",") {
        this.#at++;
        tests.push(this.#either([",", ")"]));
      }
      this.#close();
      const [first] = tests;
      if (first === undefined || term === "not") return (universe, name) => !(first?.(universe, name) ?? false);
      return term === "or" ? (universe, name) => tests.some((test) => test(universe, name)) : (universe, name) => tests.every((test) => test(universe, name));
    }
    const relational = RELATIONS.has(term.replace(/^reverse-/, "")) || term === "provides";
    this.#blanks();
    if (relational && /[~?(!]/.test(this.#text.charAt(this.#at))) {
      const inner = this.#either([")"]);
      this.#close();
      return this.#named(term, "", inner);
    }
    const quoted = this.#text.charAt(this.#at) === '"';
    let word = "";
    if (quoted) word = this.#word([]);
    else for (let open = 0; this.#at < this.#text.length; this.#at++) {
      const letter = this.#text.charAt(this.#at);
      if (letter === ")" && open === 0) break;
      if (letter === "(") open++;
      if (letter === ")") open--;
      word += letter;
    }
    this.#blanks();
    this.#close();
    return this.#named(term, word.trim());
  }

  #close(): void {
    if (this.#text.charAt(this.#at) !== ")") throw new PatternError("Unmatched '('");
    this.#at++;
  }

  #named(term: string, word: string, inner?: Test): Test {
    switch (term) {
      case "true": return () => true;
      case "false": return () => false;
      case "name": {
        const matches = matcher(word);
        return (_, name) => matches(name);
      }
      case "exact-name": return (_, name) => name === word;
      case "description": return field((version) => version.paragraph.get("Description") ?? "", word);
      case "term":
      case "term-prefix": return field((version) => `${version.paragraph.get("Package") ?? ""} ${version.paragraph.get("Description") ?? ""}`, word);
      case "installed": return (universe, name) => universe.installed(name) !== undefined;
      case "garbage": return (universe, name) => universe.garbage(name);
      case "config-files": return (universe, name) => universe.lists.database.state(name) === "config-files";
      case "upgradable": return (universe, name) => universe.upgradable(name);
      case "new": return () => false;
      case "obsolete": return (universe, name) => universe.installed(name) !== undefined && universe.lists.versions(name).every((version) => version.indexes.length === 0);
      case "broken": return (universe, name) => universe.installed(name) !== undefined && !this.#whole(universe, name);
      case "automatic": return (universe, name) => universe.installed(name) !== undefined && universe.automatic.has(name);
      case "essential": return (universe, name) => versionsOf(universe, name).some((version) => version.paragraph.get("Essential") === "yes");
      case "virtual": return (universe, name) => universe.isVirtual(name);
      case "multiarch": return field((version) => version.paragraph.get("Multi-Arch") ?? "none", word);
      case "user-tag": {
        const matches = matcher(word);
        return (universe, name) => [...(universe.states.tags.get(name) ?? [])].some(matches);
      }
      case "action":
        if (!ACTIONS.has(word)) throw new PatternError(`Unknown action type: ${word}`);
        return (universe, name) => word === "hold" && universe.held(name);
      case "archive": return released("archive", word);
      case "origin": return released("origin", word);
      case "version": {
        if (word === "CURRENT") return (universe, name) => universe.installed(name) !== undefined;
        if (word === "CANDIDATE" || word === "TARGET") return (universe, name) => universe.candidate(name) !== undefined;
        const matches = matcher(word);
        return (universe, name) => universe.lists.versions(name).some((version) => matches(version.version));
      }
      case "section": return field((version) => version.paragraph.get("Section") ?? "", word);
      case "priority": {
        const wanted = word.toLowerCase();
        return (universe, name) => versionsOf(universe, name).some((version) => version.paragraph.get("Priority") === wanted);
      }
      case "maintainer": return field((version) => version.paragraph.get("Maintainer") ?? "", word);
      case "architecture": return field((version) => version.paragraph.get("Architecture") ?? "", word === "native" ? "^(amd64|all)$" : word);
      case "task": return field((version) => version.paragraph.get("Task") ?? "", word === "" ? "." : word);
      case "tag": return field((version) => version.paragraph.get("Tag") ?? "", word);
      case "source-package": return field((version) => (version.paragraph.get("Source") ?? version.paragraph.get("Package") ?? "").replace(/ .*/, ""), word);
      case "any-version": return () => true;
      case "provides": {
        const matches = inner ?? this.#named("name", word);
        return (universe, name) => versionsOf(universe, name).some((version) => universe.relations(version.paragraph, "Provides").flat().some((relation) => matches(universe, relation.name)));
      }
      default: break;
    }
    const reverse = term.startsWith("reverse-");
    const fields = RELATIONS.get(reverse ? term.slice(8) : term);
    if (fields === undefined) throw new PatternError(`Unknown term type: "${term}".`);
    // a bare word is a regular expression; the target may be a name that a package provides
    const matches = inner ?? this.#named("name", word);
    if (!reverse) return (universe, name) => versionsOf(universe, name).some((version) => fields.some((one) => universe.relations(version.paragraph, one).flat().some((relation) => matches(universe, relation.name))));
    let wanted: ReadonlySet<string> | undefined;
    return (universe, name) => {
      wanted ??= new Set(universe.lists.names().filter((other) => matches(universe, other)).flatMap((other) => versionsOf(universe, other).flatMap((version) => fields.flatMap((one) => universe.relations(version.paragraph, one).flat().map((relation) => relation.name)))));
      return wanted.has(name);
    };
  }

  #whole(universe: Universe, name: string): boolean {
    const paragraph = universe.lists.database.packages.get(name);
    if (paragraph === undefined) return true;
    return ["Depends", "Pre-Depends"].every((one) => universe.relations(paragraph, one).every((alternatives) => alternatives.some((relation) => {
      const version = universe.installed(relation.name);
      if (version !== undefined && satisfies(version, relation)) return true;
      return universe.providers(relation.name).some((provider) => universe.installed(provider.name) !== undefined);
    })));
  }
}

/** Errors: PatternError, RegexLimitError. */
export function parsePattern(text: string): Test {
  return new Parser(text).whole();
}

/** What a word of the command line must hold to be a pattern and not a name. */
export const isPattern = (word: string): boolean => /[~?]/.test(word);
