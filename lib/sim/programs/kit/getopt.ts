// getopt_long(3) of glibc: clusters of short options, abbreviated long ones, permutation of operands, `--`, and its error messages.

import type { OptionDeclaration } from "./command.ts";

export interface Occurrence<K extends string = string> {
  readonly option: K;
  /** The name as declared: "-n" or "--lines". */
  readonly name: string;
  readonly argument: string | undefined;
}

/** `text` is getopt's message without the program's name. */
export class GetoptError extends Error {}

export interface GetoptOptions {
  /** The first operand ends the options ("+" in the option string, or POSIXLY_CORRECT). */
  readonly stopAtOperand?: boolean;
  /** An argument that looks like a negative number is an operand (seq). */
  readonly negativeNumbers?: boolean;
  /** getopt_long_only(3): long options may begin with one dash. */
  readonly longOnly?: boolean;
  /** The long names in the order of the program's own table, without dashes: so an ambiguous abbreviation lists them. */
  readonly longOrder?: string;
}

export interface GetoptResult<K extends string> {
  readonly given: readonly Occurrence<K>[];
  readonly operands: readonly string[];
  /** Operands before `--`, when there was one. */
  readonly operandsBeforeDashes: number | undefined;
}

interface Known<K extends string> {
  readonly key: K;
  readonly declaration: OptionDeclaration;
}

interface Names<K extends string> {
  readonly short: ReadonlyMap<string, Known<K>>;
  readonly long: ReadonlyMap<string, Known<K>>;
}

/** A command's declaration stays the same, and it is run again and again. */
const names = new WeakMap<ReadonlyMap<string, OptionDeclaration>, Names<string>>();

function namesOf(options: ReadonlyMap<string, OptionDeclaration>): Names<string> {
  const known = names.get(options);
  if (known) return known;
  const short = new Map<string, Known<string>>();
  const long = new Map<string, Known<string>>();
  for (const [key, declaration] of options) {
    for (const name of declaration.names) {
      if (name.startsWith("--")) long.set(name.slice(2), { key, declaration });
      else if (name.startsWith("-") && [...name].length === 2) short.set(name.slice(1), { key, declaration });
      else if (name.startsWith("-")) long.set(name.slice(1), { key, declaration });
    }
  }
  const made = { short, long };
  names.set(options, made);
  return made;
}

/**
 * `onOccurrence` is called in order while parsing, so that --help before an error wins and after it does not. Throws GetoptError.
 */
export function getopt<K extends string>(
  options: ReadonlyMap<K, OptionDeclaration>, args: readonly string[], how: GetoptOptions = {},
  onOccurrence?: (occurrence: Occurrence<K>) => void,
): GetoptResult<K> {
  const { short, long } = namesOf(options) as Names<K>;
  const given: Occurrence<K>[] = [];
  const operands: string[] = [];
  let operandsBeforeDashes: number | undefined;
  const found = (option: K, name: string, argument: string | undefined): void => {
    const occurrence = { option, name, argument };
    given.push(occurrence);
    onOccurrence?.(occurrence);
  };

  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") {
      operandsBeforeDashes = operands.length;
      operands.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-" || (how.negativeNumbers && /^-[.0-9]/.test(arg))) {
      operands.push(arg);
      if (how.stopAtOperand) {
        operands.push(...args.slice(i + 1));
        break;
      }
      continue;
    }
    const dashes = arg.startsWith("--") ? "--" : "-";
    if (dashes === "--" || (how.longOnly && (arg.length > 2 || !short.has(arg.slice(1))))) {
      const body = arg.slice(dashes.length);
      const equals = body.indexOf("=");
      const typed = equals < 0 ? body : body.slice(0, equals);
      const attached = equals < 0 ? undefined : body.slice(equals + 1);
      const match = findLong(long, typed, body, dashes, how.longOrder);
      if (match === undefined) {
        if (dashes === "--" || !short.has(arg.slice(1, 2))) throw new GetoptError(`unrecognized option '${dashes}${body}'`);
      } else {
        const [name, known] = match;
        if (known.declaration.argument === undefined) {
          if (attached !== undefined) throw new GetoptError(`option '${dashes}${name}' doesn't allow an argument`);
          found(known.key, dashes + name, undefined);
        } else if (attached !== undefined || known.declaration.argumentOptional) {
          found(known.key, dashes + name, attached);
        } else {
          const next = args[++i];
          if (next === undefined) throw new GetoptError(`option '${dashes}${name}' requires an argument`);
          found(known.key, dashes + name, next);
        }
        continue;
      }
    }
    const letters = arg.slice(1);
    for (let at = 0; at < letters.length; ) {
      const letter = String.fromCodePoint(letters.codePointAt(at) ?? 0);
      at += letter.length;
      const known = short.get(letter);
      if (known === undefined) throw new GetoptError(`invalid option -- '${letter}'`);
      if (known.declaration.argument === undefined || known.declaration.argumentOfLongName === true) {
        found(known.key, "-" + letter, undefined);
        continue;
      }
      const rest = letters.slice(at);
      if (rest !== "" || known.declaration.argumentOptional) {
        found(known.key, "-" + letter, rest === "" ? undefined : rest);
      } else {
        const next = args[++i];
        if (next === undefined) throw new GetoptError(`option requires an argument -- '${letter}'`);
        found(known.key, "-" + letter, next);
      }
      break;
    }
  }
  return { given, operands, operandsBeforeDashes };
}

function findLong<K extends string>(
  long: ReadonlyMap<string, Known<K>>, typed: string, body: string, dashes: string, order: string | undefined,
): readonly [string, Known<K>] | undefined {
  const exact = long.get(typed);
  if (exact !== undefined) return [typed, exact];
  const candidates = [...long].filter(([name]) => name.startsWith(typed));
  const first = candidates[0];
  if (first === undefined) return undefined;
  if (candidates.some(([, known]) => known.key !== first[1].key)) {
    const table = order?.split(" ") ?? [];
    const place = (name: string): number => (table.includes(name) ? table.indexOf(name) : table.length);
    const names = candidates.toSorted(([a], [b]) => place(a) - place(b)).map(([name]) => ` '${dashes}${name}'`).join("");
    throw new GetoptError(`option '${dashes}${body}' is ambiguous; possibilities:${names}`);
  }
  return first;
}
