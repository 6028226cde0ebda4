// `bash -D`, --dump-strings and --dump-po-strings: the texts in $"..." of a script, which is read but not run (bash(1); locale.c, localetrans).
import type { Blocking } from "../kernel/sys.ts";
import { reportSyntax } from "./interp/report-syntax.ts";
import type { Shell } from "./interp/shell.ts";
import { Parser } from "./syntax/parser.ts";
import { SyntaxProblem } from "./syntax/syntax-error.ts";

export interface TranslatedString {
  /** With its quotes. */
  readonly text: string;
  readonly line: number;
}

/** As a PO file has it: a text of several lines begins with an empty one. */
function poEntry(found: TranslatedString, file: string): string {
  const lines = found.text.slice(1, -1).replace(/[\\"]/g, "\\$&").split("\n");
  const message = lines.length === 1 ? `"${lines[0]}"` : ['""', ...lines.map((line, index) => `"${line}${index < lines.length - 1 ? "\\n" : ""}"`)].join("\n");
  return `#: ${file}:${found.line}\nmsgid ${message}\nmsgstr ""\n`;
}

export function* dumpStrings(shell: Shell, text: string, form: "plain" | "po"): Blocking<number> {
  const translated: TranslatedString[] = [];
  const parser = new Parser(text, { extglob: shell.shopts.extglob, alias: undefined, posix: shell.options.posix, complete: true, firstLine: 1, translated });
  let problem: SyntaxProblem | undefined;
  try {
    while (parser.nextCommand());
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    problem = error;
  }
  yield* shell.writeText(1, translated.map((found) => (form === "plain" ? `${found.text}\n` : poEntry(found, shell.arg0))).join(""));
  if (problem) yield* reportSyntax(shell, problem, "");
  return problem?.status ?? 0;
}
