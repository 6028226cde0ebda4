// The kinds of options that a declaration may hold. An option folds its occurrences into one typed value: `initial`, then `accept` for
// each time it is given, in order. Where the order between different options matters, a command reads `given` (kit/gnu.ts).

import type { OptionDeclaration } from "./command.ts";

export interface Option<T> extends OptionDeclaration {
  readonly initial: T;
  /** Throws BadWord. */
  accept(previous: T, argument: string | undefined): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** An argument that is none of an option's words (gnulib's argmatch). */
export class BadWord extends Error {
  readonly argument: string;
  readonly groups: readonly (readonly string[])[];
  readonly ambiguous: boolean;
  constructor(argument: string, groups: readonly (readonly string[])[], ambiguous: boolean) {
    super(argument);
    this.argument = argument;
    this.groups = groups;
    this.ambiguous = ambiguous;
  }
}

/** An option that is declared but not simulated was given. */
export class Unsimulated extends Error {
  readonly option: string;
  readonly why: string;
  constructor(option: string, why: string) {
    super(why);
    this.option = option;
    this.why = why;
  }
}

type Names = readonly string[];

const base = (names: Names, help: string, argument: string | undefined, argumentOptional = false) =>
  ({ names, help, argument, argumentOptional, support: "simulated" }) as const;

export function flag(names: Names, help: string): Option<boolean> {
  return { ...base(names, help, undefined), initial: false, accept: () => true };
}

/** How many times it is given. */
export function counted(names: Names, help: string): Option<number> {
  return { ...base(names, help, undefined), initial: 0, accept: (previous) => previous + 1 };
}

/** The last one given counts. */
export function text(names: Names, argument: string, help: string): Option<string | undefined> {
  return { ...base(names, help, argument), initial: undefined, accept: (_, given) => given };
}

/** All of them, in order. */
export function texts(names: Names, argument: string, help: string): Option<readonly string[]> {
  return { ...base(names, help, argument), initial: [], accept: (previous, given) => (given === undefined ? previous : [...previous, given]) };
}

/** `true` when given without an argument. */
export function optionalText(names: Names, argument: string, help: string): Option<string | true | undefined> {
  return { ...base(names, help, argument, true), initial: undefined, accept: (_, given) => given ?? true };
}

/** The index of the group in `groups` that the argument (or an unambiguous beginning of it) belongs to, as gnulib's argmatch finds it. */
export function matchWord(argument: string, groups: readonly (readonly string[])[]): number {
  let found = -1;
  let ambiguous = false;
  for (const [index, group] of groups.entries()) {
    for (const candidate of group) {
      if (candidate === argument) return index;
      if (candidate.startsWith(argument)) {
        if (found >= 0 && found !== index) ambiguous = true;
        found = index;
      }
    }
  }
  if (found < 0 || ambiguous) throw new BadWord(argument, groups, ambiguous);
  return found;
}

/** One word of fixed groups of synonyms; the value is the first word of the group. */
export function word<const G extends readonly (readonly [string, ...string[]])[]>(
  names: Names, argument: string, groups: G, help: string,
): Option<G[number][0] | undefined> {
  return {
    ...base(names, help, argument), values: groups.flat(), initial: undefined,
    accept: (_, given) => groups[matchWord(given ?? "", groups)]?.[0],
  };
}

/** As `word`, where no abbreviation of the words is taken. */
export function wholeWord<const G extends readonly (readonly [string, ...string[]])[]>(
  names: Names, argument: string, groups: G, help: string,
): Option<G[number][0] | undefined> {
  return {
    ...word(names, argument, groups, help),
    accept: (_, given) => (groups.find((group) => group.some((one) => one === given)) ?? refuseWord(given ?? "", groups))[0],
  };
}

function refuseWord(argument: string, groups: readonly (readonly string[])[]): never {
  throw new BadWord(argument, groups, false);
}

/** As `word`; `true` when given without an argument. */
export function optionalWord<const G extends readonly (readonly [string, ...string[]])[]>(
  names: Names, argument: string, groups: G, help: string,
): Option<G[number][0] | true | undefined> {
  return {
    ...base(names, help, argument, true), values: groups.flat(), initial: undefined,
    accept: (_, given) => (given === undefined ? true : groups[matchWord(given, groups)]?.[0]),
  };
}

/** Only the long name of the option takes its optional argument; letters may follow the short one. */
export function longArgument<T>(option: Option<T>): Option<T> {
  return { ...option, argumentOfLongName: true };
}

/** The real program has it, we don't: listed in --help, refused with one clear line when given. */
export function unsimulated(names: Names, help: string, why: string, argument?: string): Option<undefined> {
  return {
    ...base(names, help, argument), support: { refused: why }, initial: undefined,
    accept: () => { throw new Unsimulated(names[0] ?? "", why); },
  };
}

/** Marks an option as simulated only in part, with a note for --help and the support table. */
export function partly<T>(option: Option<T>, note: string): Option<T> {
  return { ...option, support: { partly: note } };
}
