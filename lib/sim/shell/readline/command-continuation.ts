// What an unfinished command is waiting for, seen from its text only: bash joins the lines of a command into one history entry by
// "; ", by a blank or by a newline, depending on it (cmdhist in bash(1)). A light scan, not a parse: the interpreter owns the grammar.

export interface Continuation {
  /** An open quote: a newline belongs to the text. */
  readonly quoted: boolean;
  /** In the body of a here-document; "ended" when its delimiter was the last line. */
  readonly hereDocument: "none" | "body" | "ended";
  /** The last line ends in a backslash that continues it. */
  readonly backslash: boolean;
  /** The last word or operator before the end; empty at the start. */
  readonly lastToken: string;
}

interface HereDocument {
  readonly delimiter: string;
  readonly stripTabs: boolean;
}

const OPERATORS = ["&&", "||", ";;&", ";;", ";&", "|&", "<<<", "<<-", "<<", ">>", "&>", "<(", ">(", "((", "))", ";", "&", "|", "(", ")", "<", ">"].sort((a, b) => b.length - a.length);

export function scanContinuation(text: string): Continuation {
  let quote = "";
  let backslash = false;
  let lastToken = "";
  let word = "";
  const pending: HereDocument[] = [];
  let awaitingDelimiter: "" | "<<" | "<<-" = "";
  let hereDocument: Continuation["hereDocument"] = "none";
  let index = 0;
  const endWord = (): void => {
    if (word === "") return;
    lastToken = word;
    if (awaitingDelimiter !== "") pending.push({ delimiter: word.replace(/['"\\]/g, ""), stripTabs: awaitingDelimiter === "<<-" });
    awaitingDelimiter = "";
    word = "";
  };
  while (index < text.length) {
    const character = text[index] ?? "";
    if (quote !== "") {
      if (character === "\\" && quote !== "'") {
        backslash = index + 1 >= text.length;
        word += text.slice(index, index + 2);
        index += 2;
        continue;
      }
      if (character === quote) quote = "";
      word += character;
      index += 1;
      continue;
    }
    if (character === "\\") {
      backslash = index + 1 >= text.length;
      if (text[index + 1] !== "\n") word += text.slice(index, index + 2);
      index += 2;
      continue;
    }
    if (character === "'" || character === '"' || character === "`") {
      quote = character;
      word += character;
      index += 1;
      continue;
    }
    if (character === "\n") {
      endWord();
      index += 1;
      hereDocument = "none";
      while (pending.length > 0) {
        const body = pending[0];
        if (!body) break;
        hereDocument = "body";
        let ended = false;
        while (!ended && index < text.length) {
          const newline = text.indexOf("\n", index);
          const raw = text.slice(index, newline < 0 ? undefined : newline);
          ended = (body.stripTabs ? raw.replace(/^\t+/, "") : raw) === body.delimiter;
          index = newline < 0 ? text.length : newline + 1;
        }
        if (!ended) return { quoted: false, hereDocument: "body", backslash: false, lastToken };
        pending.shift();
        hereDocument = "ended";
        lastToken = "\n";
      }
      continue;
    }
    if (character === " " || character === "\t") {
      endWord();
      index += 1;
      continue;
    }
    if (character === "#" && word === "") {
      const newline = text.indexOf("\n", index);
      index = newline < 0 ? text.length : newline;
      continue;
    }
    const operator = OPERATORS.find((candidate) => text.startsWith(candidate, index));
    if (operator !== undefined && !word.endsWith("$")) {
      endWord();
      lastToken = operator;
      if (operator === "<<" || operator === "<<-") awaitingDelimiter = operator;
      index += operator.length;
      hereDocument = "none";
      continue;
    }
    word += character;
    hereDocument = "none";
    index += 1;
  }
  endWord();
  if (pending.length > 0) hereDocument = "body";
  return { quoted: quote !== "", hereDocument, backslash, lastToken };
}

const NO_SEMICOLON_AFTER = new Set(["{", "(", "((", ")", ";", "&", "|", "|&", "case", "do", "else", "elif", "if", ";;", ";&", ";;&", "then", "until", "while", "&&", "||", "in", "!", "", "\n"]);

/** What stands between the lines of an entry. `command` is all of it so far with its real newlines. */
export function joinBy(command: string): string {
  const state = scanContinuation(command);
  if (state.quoted) return "\n";
  if (state.hereDocument === "body") return "\n";
  if (state.hereDocument === "ended") return "";
  return NO_SEMICOLON_AFTER.has(state.lastToken) ? " " : "; ";
}
