// Splits a history line into words as the shell's tokenizer would (history_tokenize of readline): for word designators and Alt-.

const OPERATORS = ["<<<", "<<-", "<<", ">>", ">&", "<&", "&>", "<>", ">|", "&&", "||", ";;", "|&", "<(", ">(", "(", ")", "<", ">", ";", "&", "|"];

interface HistoryWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function historyWords(line: string): HistoryWord[] {
  const words: HistoryWord[] = [];
  let index = 0;
  while (index < line.length) {
    const character = line[index] ?? "";
    if (character === " " || character === "\t" || character === "\n") {
      index += 1;
      continue;
    }
    const start = index;
    const digits = /^\d+(?=[<>])/.exec(line.slice(index))?.[0];
    const operatorStart = index + (digits?.length ?? 0);
    const operator = OPERATORS.find((candidate) => line.startsWith(candidate, operatorStart));
    if (operator !== undefined && !(digits !== undefined && !/^[<>]/.test(operator)) && operator !== "<(" && operator !== ">(") index = operatorStart + operator.length;
    else index = wordEnd(line, index);
    words.push({ text: line.slice(start, index), start, end: index });
  }
  return words;
}

function wordEnd(line: string, index: number): number {
  let quote = "";
  let depth = 0;
  while (index < line.length) {
    const character = line[index] ?? "";
    if (character === "\\" && quote !== "'") {
      index += 2;
      continue;
    }
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === "'" || character === '"' || character === "`") quote = character;
    else if (character === "(" && /[$<>=?+*@!]/.test(line[index - 1] ?? "")) depth += 1;
    else if (character === "{" && line[index - 1] === "$") depth += 1;
    else if (depth > 0 && (character === ")" || character === "}")) depth -= 1;
    else if (depth === 0 && /[\s<>;&|()]/.test(character) && !(/[<>]/.test(character) && line[index + 1] === "(")) break;
    index += 1;
  }
  return Math.min(index, line.length);
}
