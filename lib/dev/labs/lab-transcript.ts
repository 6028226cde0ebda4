// solution.t, alternatives.t and mistakes.t of a lab: "[task]" or "[task: word]" opens a section; "$ " starts a command, "> " is what is typed while it
// runs (a password, the next line of a here-document), "# " is a remark. "> ^]" is the key that leaves a console. Order is the order of typing.
import { existsSync, readFileSync } from "node:fs";

/** Ctrl-]: a command that ends with it was typed into a console, by someone who waits for each answer. */
export const leaveConsole = "\x1d";

export interface Section {
  readonly task: string;
  /** of an alternative its name, of a mistake the code that it must give; "" in a solution */
  readonly word: string;
  /** Each as a terminal gets it: lines with "\n" between. */
  readonly commands: readonly string[];
  readonly line: number;
}

/** Errors: Error that names the file and the line. A file that does not exist has no sections. */
export function readTranscript(path: string): readonly Section[] {
  if (!existsSync(path)) return [];
  const sections: (Section & { commands: string[] })[] = [];
  for (const [index, line] of readFileSync(path, "utf8").split("\n").entries()) {
    const fail = (what: string): never => {
      throw new Error(`${path}:${index + 1}: ${what}`);
    };
    if (line.trim() === "" || line.startsWith("#")) continue;
    const head = /^\[([a-z0-9-]+)(?:: ([a-z0-9.-]+))?\]$/.exec(line);
    const section = sections.at(-1);
    if (head) sections.push({ task: head[1] ?? "", word: head[2] ?? "", commands: [], line: index + 1 });
    else if (!section) fail("a command before the first [task]");
    else if (line.startsWith("$ ")) section.commands.push(line.slice(2));
    else if (line === ">" || line.startsWith("> ")) {
      const last = section.commands.pop();
      section.commands.push(`${last ?? fail("nothing runs that this line could be typed into")}\n${line === "> ^]" ? leaveConsole : line.slice(2)}`);
    } else fail(`neither [task], "$ command", "> typed" nor "# remark": ${line}`);
  }
  return sections;
}
