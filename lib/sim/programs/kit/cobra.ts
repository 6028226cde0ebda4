// The cobra/pflag dialect of docker (and kubectl): a tree of commands, flags that may stand anywhere before "--", pflag's error texts.
//
//   export const rm = cobra({
//     use: "rm [OPTIONS] CONTAINER [CONTAINER...]", short: "Remove one or more containers", args: atLeast(1),
//     flags: { force: bool("force", "f", "…"), volumes: bool("volumes", "v", "…") },
//     *run({ flags, args }, env) { … return 0; },
//   });
//
// Flags are declared with pflag.ts; a run gets their values typed. Usage goes to
// standard output for --help and to standard error behind an error, as docker 20.10 does. Sources of wording: transcripts of docker 20.10.24.

import { type Blocking, type Sys, encode } from "../../kernel/sys.ts";
import type { Declaration, OptionDeclaration } from "./command.ts";
import { FlagError, type Flags, type FlagValues, flagsHelp, type ParsedFlags, parseFlags } from "./pflag.ts";

export type ArgumentRule = { readonly minimum: number; readonly maximum: number };
export const noArgs: ArgumentRule = { minimum: 0, maximum: 0 };
export const anyArgs: ArgumentRule = { minimum: 0, maximum: Number.POSITIVE_INFINITY };
export const exactly = (count: number): ArgumentRule => ({ minimum: count, maximum: count });
export const atLeast = (count: number): ArgumentRule => ({ minimum: count, maximum: Number.POSITIVE_INFINITY });
export const between = (minimum: number, maximum: number): ArgumentRule => ({ minimum, maximum });
export const atMost = (count: number): ArgumentRule => ({ minimum: 0, maximum: count });

export interface CobraInput<F extends Flags> {
  readonly flags: FlagValues<F>;
  readonly args: readonly string[];
  /** flags that the command line set */
  readonly changed: ReadonlySet<keyof F & string>;
}

export interface CobraSpec<F extends Flags, Env> {
  /** "rm [OPTIONS] CONTAINER [CONTAINER...]"; a second line is printed under Usage with a tab. */
  readonly use: string;
  readonly short: string;
  readonly aliases?: readonly string[];
  readonly args: ArgumentRule;
  readonly flags: F;
  /** Flags end at the first operand (run, exec): what follows belongs to the container's command. */
  readonly stopAtOperand?: boolean;
  readonly hidden?: boolean;
  readonly run: (input: CobraInput<F>, env: Env) => Blocking<number>;
}

/** A leaf, whatever its flags: what a parent keeps. */
export interface CobraLeaf<Env> {
  readonly kind: "leaf";
  readonly name: string;
  readonly use: string;
  readonly short: string;
  readonly aliases: readonly string[];
  readonly args: ArgumentRule;
  readonly flags: Flags;
  readonly hidden: boolean;
  invoke(path: string, words: readonly string[], env: Env, io: CobraIo): Blocking<number>;
}

export interface CobraGroup<Env> {
  readonly kind: "group";
  readonly name: string;
  readonly short: string;
  readonly children: readonly CobraNode<Env>[];
  readonly hidden: boolean;
}

export type CobraNode<Env> = CobraLeaf<Env> | CobraGroup<Env>;

/** Where a command line writes its usage and errors. */
export interface CobraIo {
  out(text: string): Blocking<void>;
  err(text: string): Blocking<void>;
}

export function cobraIo(sys: Sys): CobraIo {
  return {
    *out(text) {
      yield* sys.write(1, encode(text));
    },
    *err(text) {
      yield* sys.write(2, encode(text));
    },
  };
}

/** "docker rm" + "rm [OPTIONS] CONTAINER" → "docker rm [OPTIONS] CONTAINER" */
function usageLine(path: string, use: string): string {
  const name = path.slice(path.lastIndexOf(" ") + 1);
  const parent = path.slice(0, path.length - name.length);
  return use.split("\n").map((line) => `${parent}${name}${line.slice(line.indexOf(" ") < 0 ? line.length : line.indexOf(" "))}`).join("\n\t");
}

export function leafUsage(path: string, leaf: Pick<CobraLeaf<never>, "use" | "short" | "flags" | "aliases">): string {
  const aliases = leaf.aliases.length === 0 ? "" : `\nAliases:\n  ${[leaf.use.split(/[ \n]/)[0] ?? "", ...leaf.aliases].join(", ")}\n`;
  const options = Object.keys(leaf.flags).length === 0 ? "" : `\nOptions:\n${flagsHelp(leaf.flags)}`;
  return `\nUsage:  ${usageLine(path, leaf.use)}\n\n${leaf.short}\n${aliases}${options}`;
}

export function groupUsage<Env>(path: string, group: CobraGroup<Env>): string {
  const children = group.children.filter((child) => !child.hidden).sort((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.max(11, ...children.map((child) => child.name.length + 1));
  const rows = children.map((child) => `  ${child.name.padEnd(width)} ${child.short}\n`).join("");
  return `\nUsage:  ${path} COMMAND\n\n${group.short}\n\nCommands:\n${rows}\nRun '${path} COMMAND --help' for more information on a command.\n`;
}

function argumentError(rule: ArgumentRule, count: number): string | undefined {
  if (count >= rule.minimum && count <= rule.maximum) return undefined;
  const plural = (number: number) => `${number} argument${number === 1 ? "" : "s"}`;
  if (rule.maximum === 0) return "accepts no arguments";
  if (rule.minimum === rule.maximum) return `requires exactly ${plural(rule.minimum)}`;
  if (rule.maximum === Number.POSITIVE_INFINITY) return `requires at least ${plural(rule.minimum)}`;
  if (rule.minimum === 0) return `requires at most ${plural(rule.maximum)}`;
  return `requires at least ${rule.minimum} and at most ${plural(rule.maximum)}`;
}

/** Exit status of a flag error (docker's cli.StatusError). */
const FLAG_ERROR_STATUS = 125;

export function cobra<const F extends Flags, Env>(spec: CobraSpec<F, Env>): CobraLeaf<Env> {
  const name = spec.use.split(/[ \n]/)[0] ?? "";
  const leaf: CobraLeaf<Env> = {
    kind: "leaf",
    name,
    use: spec.use,
    short: spec.short,
    aliases: spec.aliases ?? [],
    args: spec.args,
    flags: spec.flags,
    hidden: spec.hidden ?? false,
    *invoke(path, words, env, io) {
      let parsed: ParsedFlags;
      try {
        parsed = parseFlags(spec.flags, words, spec.stopAtOperand ?? false);
      } catch (error) {
        if (!(error instanceof FlagError)) throw error;
        yield* io.err(`${error.message}\nSee '${path} --help'.\n`);
        return FLAG_ERROR_STATUS;
      }
      if (parsed.help) {
        yield* io.out(leafUsage(path, leaf));
        return 0;
      }
      const wrong = argumentError(spec.args, parsed.args.length);
      if (wrong !== undefined) {
        yield* io.err(`"${path}" ${wrong}.\nSee '${path} --help'.\n\nUsage:  ${usageLine(path, spec.use)}\n\n${spec.short}\n`);
        return 1;
      }
      for (const key of parsed.changed) {
        const flag = spec.flags[key];
        if (flag && typeof flag.support === "object" && "refused" in flag.support) {
          yield* io.err(`${path}: --${flag.name} is not simulated: ${flag.support.refused}\n`);
          return FLAG_ERROR_STATUS;
        }
      }
      const values = Object.fromEntries(parsed.values) as FlagValues<F>;
      return yield* spec.run({ flags: values, args: parsed.args, changed: parsed.changed as Set<keyof F & string> }, env);
    },
  };
  return leaf;
}

export function group<Env>(name: string, short: string, children: readonly CobraNode<Env>[], hidden = false): CobraGroup<Env> {
  return { kind: "group", name, short, children, hidden };
}

export function findChild<Env>(children: readonly CobraNode<Env>[], word: string): CobraNode<Env> | undefined {
  return children.find((child) => child.name === word || (child.kind === "leaf" && child.aliases.includes(word)));
}

/** Below the root: a group without or with an unknown subcommand prints its usage (status 0 or 1, standard error). */
export function* invokeNode<Env>(node: CobraNode<Env>, path: string, words: readonly string[], env: Env, io: CobraIo): Blocking<number> {
  if (node.kind === "leaf") return yield* node.invoke(path, words, env, io);
  const word = words[0];
  if (word === undefined) {
    yield* io.err(groupUsage(path, node));
    return 0;
  }
  if (word === "--help" || word === "-h") {
    yield* io.out(groupUsage(path, node));
    return 0;
  }
  const child = findChild(node.children, word);
  if (child) return yield* invokeNode(child, `${path} ${child.name}`, words.slice(1), env, io);
  if (word.startsWith("-")) {
    yield* io.err(`${word.startsWith("--") ? `unknown flag: ${word.split("=")[0]}` : `unknown shorthand flag: '${word.charAt(1)}' in ${word}`}\nSee '${path} --help'.\n`);
    return FLAG_ERROR_STATUS;
  }
  yield* io.err(groupUsage(path, node));
  return 1;
}

/** For man, completion and the support table. */
export function cobraDeclaration<Env>(node: CobraNode<Env>): Declaration {
  const options: OptionDeclaration[] = node.kind === "group" ? [] : Object.values(node.flags).map((flag) => ({
    names: [...(flag.shorthand === undefined ? [] : [`-${flag.shorthand}`]), `--${flag.name}`],
    argument: flag.type,
    argumentOptional: false,
    help: flag.help,
    support: flag.support,
  }));
  return {
    name: node.name,
    summary: node.short,
    synopsis: [node.kind === "group" ? "COMMAND" : node.use.slice(node.name.length + 1)],
    options,
    ...(node.kind === "group" && { subcommands: node.children.filter((child) => !child.hidden).map((child) => cobraDeclaration(child)) }),
  };
}
