// bash and dash, put together from what a machine has and the shell may not import: regular expressions, the line editor with the completions of
// the installed programs.
import { RegexLimitError, RegexSyntaxError, compileRegex } from "../programs/kit/regex/compile-regex.ts";
import { shellCollation, shellDecimalPoint, translateShell } from "../programs/kit/messages/translate.ts";
import { makeBash, makeDash } from "../shell/bash.ts";
import type { BashDependencies, CompileRegex, RegexGroups } from "../shell/front-end.ts";
import { makeLineEditing } from "../shell/readline/line-editing.ts";
import { completionProviders } from "./completion-providers.ts";

/** bash's =~ is regcomp(3) with REG_EXTENDED. */
const compileExtended: CompileRegex = (pattern, options) => {
  try {
    const regex = compileRegex(pattern, { syntax: "ere", ignoreCase: options.ignoreCase });
    return {
      takeWork: () => regex.takeWork(),
      exec(text): RegexGroups | undefined {
        try {
          const offsets = regex.exec(text);
          if (!offsets) return undefined;
          return Array.from({ length: regex.groupCount + 1 }, (_, group) => {
            const start = offsets[group * 2] ?? -1;
            return start < 0 ? undefined : ([start, offsets[group * 2 + 1] ?? start] as const);
          });
        } catch (error) {
          if (error instanceof RegexLimitError) return undefined;
          throw error;
        }
      },
    };
  } catch (error) {
    if (error instanceof RegexSyntaxError || error instanceof RegexLimitError) return undefined;
    throw error;
  }
};

export const shellDependencies: BashDependencies = { compileRegex: compileExtended, lineEditing: makeLineEditing(completionProviders), translate: translateShell, decimalPoint: shellDecimalPoint, collation: shellCollation };

export const bashProgram = makeBash(shellDependencies);
export const dashProgram = makeDash(shellDependencies);
