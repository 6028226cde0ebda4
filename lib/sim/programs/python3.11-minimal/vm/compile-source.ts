// From text to code, with SyntaxError as Python's exception.

import { compileModule, type CompileMode } from "../code/compile.ts";
import type { PyCode, SourceText } from "../code/code-object.ts";
import { exceptions, failure, PyException, PyRaise } from "../objects/exception.ts";
import { type PyClass, PyTuple, type Value } from "../objects/value.ts";
import { Parser } from "../syntax/parser.ts";
import { SyntaxProblem, TooNested } from "../syntax/syntax-problem.ts";

export function syntaxException(problem: SyntaxProblem, filename: string, lines: readonly string[]): PyRaise {
  const types: Record<SyntaxProblem["kind"], PyClass> = { SyntaxError: exceptions.SyntaxError, IndentationError: exceptions.IndentationError, TabError: exceptions.TabError };
  const text = problem.text ?? lines[problem.line - 1];
  const facts: Value[] = [filename, problem.line, problem.column + 1, text === undefined ? null : `${text}\n`, problem.endLine ?? problem.line, problem.endColumn === undefined ? -1 : problem.endColumn + 1];
  const exception = new PyException(types[problem.kind], [problem.message, new PyTuple(facts)]);
  exception.attributes = new Map<string, Value>([["msg", problem.message], ["filename", filename], ["lineno", problem.line], ["offset", problem.column + 1], ["text", facts[3] ?? null], ["end_lineno", facts[4] ?? null], ["end_offset", facts[5] ?? null]]);
  return new PyRaise(exception);
}

export interface CompileOptions {
  readonly internal?: boolean;
  /** tracebacks show its lines */
  readonly showLines?: boolean;
}

/** `warnings` takes what is to be written to standard error. */
export function compileText(text: string, filename: string, mode: CompileMode, options: CompileOptions = {}, warnings: string[] = []): PyCode {
  if (text.includes("\0")) throw failure(exceptions.ValueError, "source code string cannot contain null bytes");
  const parser = new Parser(mode === "eval" ? text.trimStart() : text);
  const { lines } = parser.tokenizer;
  const seen = new Set<string>();
  const source: SourceText = {
    filename, lines: options.showLines ? lines : undefined, internal: options.internal === true,
    warn: (line, message) => {
      const shown = options.showLines ? `\n  ${(lines[line - 1] ?? "").trim()}` : "";
      const warning = `${filename}:${line}: SyntaxWarning: ${message}${shown}\n`;
      if (!seen.has(`${line} ${message}`) || shown !== "") warnings.push(warning);
      seen.add(`${line} ${message}`);
    },
  };
  try {
    return compileModule(parser, source, mode);
  } catch (error) {
    if (error instanceof SyntaxProblem) throw syntaxException(error, filename, parser.tokenizer.lines);
    if (error instanceof TooNested) throw failure(exceptions.RecursionError, error.message);
    throw error;
  }
}
