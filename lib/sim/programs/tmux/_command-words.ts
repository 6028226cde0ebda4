// Command lines of tmux in files, key bindings and at its prompt: words, quotes, braces, comments and ";" (tmux(1), COMMAND PARSING AND EXECUTION).

/** Stands for a ";" that belongs to the command of a key binding. */
export const INNER_SEPARATOR = "\\;";

/** What is wrong with the text. */
export class CommandSyntaxError extends Error {}

interface ParsedCommand {
  readonly line: number;
  readonly words: readonly string[];
}

/** Each command with its words. Throws CommandSyntaxError with the message that tmux gives. */
export function commandsOf(source: string, variable: (name: string) => string = () => "", home = "~"): readonly ParsedCommand[] {
  const commands: ParsedCommand[] = [];
  let words: string[] = [];
  let line = 1, startLine = 1;
  let at = 0;
  const finish = (): void => {
    if (words.length > 0) commands.push({ line: startLine, words });
    words = [];
    startLine = line;
  };
  const expand = (): string => {
    const [whole = "", , braced, plain] = /^(\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*))/.exec(source.slice(at)) ?? [];
    if (whole === "") return source[at++] ?? "";
    at += whole.length;
    return variable(braced ?? plain ?? "");
  };
  while (at < source.length) {
    const char = source[at] ?? "";
    if (char === "\n") {
      at++;
      line++;
      finish();
      startLine = line;
    } else if (char === " " || char === "\t" || char === "\r") at++;
    else if (char === "\\" && source[at + 1] === "\n") {
      at += 2;
      line++;
    } else if (char === "#") while (at < source.length && source[at] !== "\n") at++;
    else if (char === ";") {
      at++;
      finish();
    } else if (char === "}") throw new CommandSyntaxError("syntax error");
    else if (char === "{") {
      const [inner, until, lines] = block(source, at);
      words.push(inner);
      at = until;
      line += lines;
    } else {
      let word = "";
      if (char === "~" && /^~(?=[/\s]|$)/.test(source.slice(at, at + 2))) {
        word = home;
        at++;
      }
      for (let next = source[at]; next !== undefined && !/[\s;]/.test(next); next = source[at]) {
        if (next === "'") {
          const end = source.indexOf("'", at + 1);
          if (end < 0) throw new CommandSyntaxError("syntax error");
          word += source.slice(at + 1, end);
          at = end + 1;
        } else if (next === '"') {
          at++;
          for (let inside = source[at]; inside !== '"'; inside = source[at]) {
            if (inside === undefined) throw new CommandSyntaxError("syntax error");
            if (inside === "\\") {
              word += escaped(source[at + 1] ?? "");
              at += 2;
            } else if (inside === "$") word += expand();
            else {
              word += inside;
              at++;
            }
          }
          at++;
        } else if (next === "\\") {
          const after = source[at + 1] ?? "";
          if (after === "\n") break;
          word += after === ";" && word === "" && /[\s]|^$/.test(source[at + 2] ?? "") ? INNER_SEPARATOR : after;
          at += 2;
        } else if (next === "$") word += expand();
        else {
          word += next;
          at++;
        }
      }
      words.push(word);
    }
  }
  finish();
  return commands;
}

function escaped(char: string): string {
  return char === "n" ? "\n" : char === "t" ? "\t" : char === "e" ? "\u001b" : char === "r" ? "\r" : char;
}

/** What stands between braces, where it ends, and how many lines it has. */
function block(source: string, from: number): readonly [inner: string, until: number, lines: number] {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (char === "\\") at++;
    else if (char === "'" || char === '"') {
      const end = source.indexOf(char, at + 1);
      if (end < 0) break;
      at = end;
    } else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) {
      const inner = source.slice(from + 1, at);
      return [inner.trim(), at + 1, inner.split("\n").length - 1];
    }
  }
  throw new CommandSyntaxError("syntax error");
}

/** Words as one command line that reads back to them. */
export function commandText(words: readonly string[]): string {
  return words.map((word) => (word === INNER_SEPARATOR ? word : word === "" ? "''" : /[\s"'$;{}#~\\]/.test(word) ? `"${word.replaceAll(/["\\$]/g, (char) => `\\${char}`)}"` : word)).join(" ");
}
