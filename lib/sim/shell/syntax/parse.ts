// Parsing text that is at hand whole: eval, source, -c, traps, command substitutions.
import { Parser } from "./parser.ts";
import type { List } from "./tree.ts";

export interface ParseSettings {
  readonly extglob?: boolean;
  readonly posix?: boolean;
  readonly dash?: boolean;
  readonly noArrays?: boolean;
  readonly alias?: ((name: string) => string | undefined) | undefined;
  readonly firstLine?: number;
}

export function parserFor(text: string, settings: ParseSettings = {}): Parser {
  return new Parser(text, {
    extglob: settings.extglob ?? false,
    alias: settings.alias,
    posix: settings.posix ?? false,
    dash: settings.dash ?? false,
    noArrays: settings.noArrays ?? false,
    complete: true,
    firstLine: settings.firstLine ?? 1,
  });
}

/** Throws SyntaxProblem. */
export function parseAll(text: string, settings: ParseSettings = {}): List {
  return parserFor(text, settings).wholeList();
}
