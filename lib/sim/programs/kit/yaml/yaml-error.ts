// Where in a YAML text something stands, and errors worded and placed as PyYAML's (yaml/error.py: Mark, MarkedYAMLError).

const SNIPPET_LENGTH = 75;
const BREAKS = "\0\r\n\x85\u2028\u2029";

export class YamlMark {
  readonly source: string;
  readonly text: string;
  readonly pointer: number;
  /** from 0 */
  readonly line: number;
  /** from 0 */
  readonly column: number;

  constructor(source: string, text: string, pointer: number, line: number, column: number) {
    this.source = source;
    this.text = text;
    this.pointer = pointer;
    this.line = line;
    this.column = column;
  }

  /** The line with a caret below the place. */
  snippet(): string {
    let start = this.pointer;
    let head = "";
    while (start > 0 && !BREAKS.includes(this.text.charAt(start - 1))) {
      start--;
      if (this.pointer - start > SNIPPET_LENGTH / 2 - 1) {
        head = " ... ";
        start += 5;
        break;
      }
    }
    let end = this.pointer;
    let tail = "";
    while (end < this.text.length && !BREAKS.includes(this.text.charAt(end))) {
      end++;
      if (end - this.pointer > SNIPPET_LENGTH / 2 - 1) {
        tail = " ... ";
        end -= 5;
        break;
      }
    }
    return `    ${head}${this.text.slice(start, end)}${tail}\n${" ".repeat(4 + this.pointer - start + head.length)}^`;
  }

  toString(): string {
    return `  in "${this.source}", line ${this.line + 1}, column ${this.column + 1}:\n${this.snippet()}`;
  }
}

export class YamlError extends Error {
  readonly context: string | undefined;
  readonly contextMark: YamlMark | undefined;
  readonly problem: string;
  readonly problemMark: YamlMark | undefined;

  constructor(problem: string, problemMark?: YamlMark, context?: string, contextMark?: YamlMark) {
    const lines: string[] = [];
    if (context !== undefined) lines.push(context);
    if (contextMark !== undefined && (problemMark === undefined || contextMark.line !== problemMark.line || contextMark.column !== problemMark.column)) lines.push(contextMark.toString());
    lines.push(problem);
    if (problemMark !== undefined) lines.push(problemMark.toString());
    super(lines.join("\n"));
    this.problem = problem;
    this.problemMark = problemMark;
    this.context = context;
    this.contextMark = contextMark;
  }
}
