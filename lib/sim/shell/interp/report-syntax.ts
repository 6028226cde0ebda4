// Syntax errors in bash's words, and in dash's.
import type { Blocking } from "../../kernel/sys.ts";
import type { SyntaxProblem } from "../syntax/syntax-error.ts";
import type { Shell } from "./shell.ts";

/** bash's two lines about a syntax error. */
export function* reportSyntax(shell: Shell, problem: SyntaxProblem, inputName: string): Blocking<void> {
  const ename = shell.interactive ? shell.shellName : (shell.frames[0]?.source || shell.arg0);
  if (problem.message === "") return;
  let prefix: string;
  if (shell.ash) {
    const token = /unexpected token `(.*)'/s.exec(problem.message)?.[1];
    const message = token !== undefined ? `syntax error: unexpected ${token === "newline" ? "newline" : `"${token}"`}`
      : /end of file/.test(problem.message) ? "syntax error: unexpected end of file" : /matching `(.)'/.test(problem.message) ? "syntax error: unterminated quoted string" : problem.message;
    yield* shell.errorText(`${shell.arg0}: ${shell.interactive || shell.commandString !== undefined ? "" : `line ${problem.line}: `}${message}\n`);
    return;
  }
  if (shell.dash) {
    prefix = `${shell.arg0}: ${problem.line}: ${shell.builtinName === "" ? "" : `${shell.builtinName}: `}`;
    yield* shell.errorText(`${prefix}Syntax error: ${dashWords(problem)}\n`);
    return;
  }
  if (shell.interactive && inputName === "") prefix = `${ename}: `;
  else if (inputName === "" || inputName === ename) prefix = `${ename}: line `;
  else prefix = `${ename}: ${inputName}: line `;
  const place = prefix.endsWith("line ") ? (line: number) => `${prefix}${line}: ` : () => prefix;
  for (const message of problem.message.split("\0")) yield* shell.errorText(`${place(problem.line)}${message}\n`);
  if (problem.next) yield* shell.errorText(`${place(problem.next.line)}${problem.next.message}\n`);
  if (problem.quotedLine !== undefined && !(shell.interactive && inputName === "")) yield* shell.errorText(`${place(problem.line)}\`${problem.quotedLine}'\n`);
}

const RESERVED: ReadonlySet<string> = new Set(["if", "then", "else", "elif", "fi", "do", "done", "case", "esac", "while", "until", "for", "in", "{", "}", "!"]);

/** parser.c of dash: synexpect. */
function dashWords(problem: SyntaxProblem): string {
  const { message } = problem;
  if (message === "bad for loop variable") return "Bad for loop variable";
  if (message === "bad function name") return "Bad function name";
  if (message === "missing )) of arithmetic") return "Missing '))'";
  if (/matching `['"`]'/.test(message)) return message.includes("matching ``'") ? "EOF in backquote substitution" : "Unterminated quoted string";
  if (message.includes("matching `}'")) return "Missing '}'";
  if (/matching `\)'/.test(message)) return 'end of file unexpected (expecting ")")';
  const token = /unexpected token `(.*)'/s.exec(message)?.[1];
  const name = token === undefined ? "end of file" : token === "newline" ? "newline" : /^[<>]/.test(token) ? "redirection" : RESERVED.has(token) || /^[;&|()]+$/.test(token) ? `"${token}"` : "word";
  return `${name} unexpected${problem.expecting === undefined ? "" : ` (expecting ${problem.expecting === "word" ? "word" : `"${problem.expecting}"`})`}`;
}
