// Prompt prototypes (less(1), PROMPTS): %x inserts, ?x … : … . chooses, backslash quotes.

export interface PromptFacts {
  readonly fileName: string | undefined;
  readonly fileIndex: number;
  readonly fileCount: number;
  readonly nextFile: string | undefined;
  /** the first prompt of this file */
  readonly fresh: boolean;
  readonly atEnd: boolean;
  readonly topLine: number;
  readonly bottomLine: number;
  readonly lineCount: number | undefined;
  readonly topByte: number;
  readonly bottomByte: number;
  readonly sizeBytes: number | undefined;
  readonly column: number;
  readonly columns: number;
}

export const SHORT_PROMPT = "?n?f%f .?m(%T %i of %m) ..?e(END) ?x- Next\\: %x..%t";
export const MEDIUM_PROMPT = "?n?f%f .?m(%T %i of %m) ..?e(END) ?x- Next\\: %x.:?pB%pB\\%:byte %bB?s/%s...%t";
export const LONG_PROMPT = "?f%f .?n?m(%T %i of %m) ..?ltlines %lt-%lb?L/%L. :byte %bB?s/%s. .?e(END) ?x- Next\\: %x.:?pB%pB\\%..%t";
export const STATUS_PROMPT = "?f%f .?m(%T %i of %m) .?ltlines %lt-%lb?L/%L. .byte %bB?s/%s. ?e(END) :?pB%pB\\%..%t";
export const HELP_PROMPT = "HELP -- ?eEND -- Press g to see it again:Press RETURN for more., or q when done";
export const WAIT_PROMPT = "Waiting for data";

export function expandPrompt(prototype: string, facts: PromptFacts): string {
  let result = "";
  let at = 0;
  /** Skips the false part: up to the matching ":" (when `toElse`) or ".". */
  const skip = (toElse: boolean) => {
    let depth = 0;
    while (at < prototype.length) {
      const c = prototype[at++];
      if (c === "\\") at++;
      else if (c === "?") {
        depth++;
        at++;
      } else if (c === "." && depth-- === 0) return;
      else if (c === ":" && depth === 0 && toElse) return;
    }
  };
  const percent = (byte: number) => (facts.sizeBytes === undefined || facts.sizeBytes === 0 ? undefined : Math.round((100 * byte) / facts.sizeBytes));
  const place = (letter: string) => (letter === "t" ? facts.topLine : letter === "m" ? Math.round((facts.topLine + facts.bottomLine) / 2) : facts.bottomLine);
  const byteAt = (letter: string) => (letter === "t" ? facts.topByte : facts.bottomByte);
  while (at < prototype.length) {
    const c = prototype[at++] ?? "";
    if (c === "\\") {
      result += prototype[at++] ?? "";
      continue;
    }
    if (c === "?") {
      const condition = prototype[at++] ?? "";
      if ("lbpPd".includes(condition)) at++;
      if (!holds(condition, facts)) skip(true);
      continue;
    }
    if (c === ":") {
      skip(false);
      continue;
    }
    if (c === ".") continue;
    if (c !== "%") {
      result += c;
      continue;
    }
    const letter = prototype[at++] ?? "";
    switch (letter) {
      case "f":
      case "g":
        result += facts.fileName ?? "";
        break;
      case "F":
        result += (facts.fileName ?? "").replace(/^.*\//, "");
        break;
      case "t":
        result = result.trimEnd();
        break;
      case "T":
        result += "file";
        break;
      case "i":
        result += facts.fileIndex;
        break;
      case "m":
        result += facts.fileCount;
        break;
      case "x":
        result += facts.nextFile ?? "";
        break;
      case "l":
        result += place(prototype[at++] ?? "b");
        break;
      case "L":
        result += facts.lineCount ?? "?";
        break;
      case "b":
        result += byteAt(prototype[at++] ?? "b");
        break;
      case "s":
      case "B":
        result += facts.sizeBytes ?? "?";
        break;
      case "p":
        result += percent(byteAt(prototype[at++] ?? "b")) ?? "?";
        break;
      case "P":
        result += facts.lineCount ? Math.round((100 * place(prototype[at++] ?? "b")) / facts.lineCount) : "?";
        break;
      case "c":
        result += facts.column + 1;
        break;
      case "W":
        result += facts.columns;
        break;
      case "%":
        result += "%";
        break;
    }
  }
  return result;
}

function holds(condition: string, facts: PromptFacts): boolean {
  switch (condition) {
    case "a":
      return false;
    case "n":
      return facts.fresh;
    case "f":
      return facts.fileName !== undefined;
    case "m":
      return facts.fileCount > 1;
    case "e":
      return facts.atEnd;
    case "x":
      return facts.nextFile !== undefined;
    case "l":
    case "b":
      return true;
    case "L":
      return facts.lineCount !== undefined;
    case "s":
    case "B":
      return facts.sizeBytes !== undefined;
    case "p":
      return facts.sizeBytes !== undefined && facts.sizeBytes > 0;
    case "P":
      return facts.lineCount !== undefined;
    case "c":
      return facts.column > 0;
    default:
      return false;
  }
}
