// A subcommand of git: its declaration, and how it is run. One file each in command/.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Declaration, OptionDeclaration } from "../../kit/command.ts";
import { inFrench } from "../../kit/messages/declared-french.ts";
import { frenchPlaceholder, frenchSynopsis } from "../../kit/messages/placeholders.ts";
import { messageLanguage } from "../../kit/messages/translate.ts";
import { Die, Quit } from "./die.ts";
import type { Git } from "./git.ts";
import { type GitOptions, type ParsedOptions, declared, parseOptions, ShowUsage, UsageError, usageText } from "./options.ts";

export interface GitCommand {
  readonly name: string;
  readonly summary: string;
  readonly declaration: Declaration;
  /** not in the lists of help and completion */
  readonly plumbing: boolean;
  run(git: Git, words: readonly string[]): Blocking<number>;
}

/** repository: one must be found; work-tree: and it must have one; any: one is used when there. */
export type Needs = "repository" | "work-tree" | "any" | "none";

interface CommonSpec {
  readonly name: string;
  readonly summary: string;
  readonly usage: readonly string[];
  readonly needs: Needs;
  readonly plumbing?: boolean;
  readonly description?: readonly string[];
  readonly operands?: Declaration["operands"];
  readonly subcommands?: readonly string[];
}

export interface GitCommandSpec<O extends GitOptions> extends CommonSpec {
  readonly options: O;
  readonly stopAtOperand?: boolean;
  readonly run: (git: Git, parsed: ParsedOptions<O>) => Blocking<number>;
}

function declarationOf(spec: CommonSpec, options: readonly OptionDeclaration[]): Declaration {
  return {
    name: spec.name, summary: spec.summary, synopsis: spec.usage.map((line) => line.replace(new RegExp(`^git ${spec.name}\\b ?`), "")), options, operands: spec.operands ?? "files", ...(spec.description && { description: spec.description }),
    ...(spec.subcommands && { subcommands: spec.subcommands.map((name) => ({ name, summary: "", synopsis: [], options: [] })) }),
  };
}

function* prepare(git: Git, needs: Needs): Blocking<void> {
  if (needs === "none") {
    yield* git.config.load(undefined);
    return;
  }
  const found = yield* git.discover();
  if (!found && needs !== "any") throw new Die("not a git repository (or any of the parent directories): .git");
  if (needs === "work-tree") git.requireWorkTree();
}

interface UsageSpec {
  readonly usage: readonly string[];
  readonly options: GitOptions;
}

export class WrongUse extends Error {
  readonly spec: UsageSpec;
  readonly first: string | undefined;
  constructor(spec: UsageSpec, first: string | undefined) {
    super(first ?? "");
    this.spec = spec;
    this.first = first;
  }
}

/** The usage in the language of the environment. */
export function usageIn(git: Git, spec: UsageSpec): string {
  if (messageLanguage(git.sys) === undefined) return usageText(spec);
  return git.inLanguage(usageText({ usage: spec.usage.map(frenchSynopsis), options: Object.fromEntries(Object.entries(spec.options).map(([key, option]) => [key, { ...option, help: inFrench(option.help), ...(option.argument !== undefined && { argument: frenchPlaceholder(option.argument) }) }])) }));
}

export function gitCommand<const O extends GitOptions>(spec: GitCommandSpec<O>): GitCommand {
  const { name, summary, plumbing = false } = spec;
  return {
    name, summary, plumbing, declaration: declarationOf(spec, declared(spec.options)),
    *run(git, words) {
      if (words.length === 1 && words[0] === "-h") {
        git.put(usageIn(git, spec));
        return 129;
      }
      yield* prepare(git, spec.needs);
      let parsed: ParsedOptions<O>;
      try {
        parsed = parseOptions(spec, words, (option, why) => {
          git.sys.observe({ kind: "unsimulated", command: `git ${name}`, detail: option });
          throw new Quit(128, `git ${name}: ${option} is not simulated: ${why}`);
        });
      } catch (error) {
        if (error instanceof ShowUsage) {
          git.put(usageIn(git, spec));
          return 129;
        }
        if (!(error instanceof UsageError)) throw error;
        yield* git.err(`${error.message}\n${usageIn(git, spec)}`);
        return 129;
      }
      return yield* spec.run(git, parsed);
    },
  };
}

/** Reads its own words (log, diff, rev-parse). */
export function wordCommand(spec: CommonSpec & { readonly options: readonly OptionDeclaration[]; readonly run: (git: Git, words: readonly string[]) => Blocking<number> }): GitCommand {
  const { name, summary, plumbing = false } = spec;
  return {
    name, summary, plumbing, declaration: declarationOf(spec, spec.options),
    *run(git, words) {
      if (words.length === 1 && words[0] === "-h") {
        git.put(`${spec.usage.map((line, i) => `${i === 0 ? "usage: " : "   or: "}${line}\n`).join("")}\n`);
        return 129;
      }
      yield* prepare(git, spec.needs);
      return yield* spec.run(git, words);
    },
  };
}

/** A wrong use: usage on standard error, 129. */
export function usage(spec: UsageSpec, first?: string): WrongUse {
  return new WrongUse(spec, first);
}
