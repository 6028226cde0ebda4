import { compilePattern } from "../expand/pattern.ts";
import type { Shell } from "../interp/shell.ts";
import { type HelpTopic, helpTopics } from "./help-topics.ts";
import { type Builtin, parseOptions, print } from "./builtin.ts";

const HEAD = "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nThese shell commands are defined internally.  Type `help' to see this list.\nType `help name' to find out more about the function `name'.\n"
  + "Use `info bash' to find out more about the shell in general.\nUse `man -k' or `info' to find out more about commands not in this list.\n\nA star (*) next to a name means that the command is disabled.\n\n";

function topicsOf(shell: Shell): ReadonlyMap<string, HelpTopic> {
  const topics = new Map<string, HelpTopic>(helpTopics.map((topic) => [topic.name, topic]));
  for (const name of shell.language.builtinNames()) {
    const text = shell.language.builtinText(name);
    if (text) topics.set(name, { name, usage: text.usage, help: text.help });
  }
  return new Map([...topics].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Two columns of the terminal's width, the second half beside the first; what does not fit ends in ">" (help.def: show_builtin_command_help). */
function columns(shell: Shell, topics: ReadonlyMap<string, HelpTopic>): string {
  const given = Number.parseInt(shell.getVariable("COLUMNS") ?? "", 10);
  const width = Math.min(Math.floor((given > 0 ? given : 80) / 2), 256);
  const cell = (topic: HelpTopic | undefined, room: number): string => {
    const text = topic === undefined ? "" : `${shell.disabledBuiltins.has(topic.name) ? "*" : " "}${topic.usage}`;
    return text.length >= room ? `${text.slice(0, room - 1)}>` : text;
  };
  const list = [...topics.values()];
  const height = Math.ceil(list.length / 2);
  let out = "";
  for (let row = 0; row < height; row++) {
    const right = cell(list[row + height], width - 2);
    out += `${right === "" ? cell(list[row], width - 1) : cell(list[row], width - 1).padEnd(width) + right}\n`;
  }
  return out;
}

const help: Builtin = {
  name: "help", usage: "help [-dms] [pattern ...]",
  help: "Describes builtins: all of them in a list, or those whose names match a PATTERN. -s only the usage, -d only a short description, -m like a manual page.",
  *run(shell, args) {
    const parsed = parseOptions(args, "dms");
    const topics = topicsOf(shell);
    const all = [...topics.keys()];
    if (parsed.rest.length === 0) return yield* print(shell, shell.translated(HEAD) + columns(shell, topics));
    let found = false;
    if (/[*?]|\[.*\]/.test(parsed.rest[0] ?? "")) yield* print(shell, `Shell commands matching keyword${parsed.rest.length > 1 ? "s" : ""} \`${parsed.rest.join(", ")}'\n\n`);
    for (const text of parsed.rest) {
      const exact = all.filter((name) => name === text);
      const pattern = compilePattern(text, { extglob: false, ignoreCase: false });
      const matching = exact.length > 0 ? exact : all.filter((name) => pattern.matches(name));
      const names = matching.length > 0 ? matching : all.filter((name) => name.startsWith(text));
      if (names.length > 0) found = true;
      for (const name of names) {
        const words = topics.get(name);
        if (!words) continue;
        const [first = "", ...more] = words.help.split("\n").map((line) => shell.translated(line));
        if (parsed.has("s")) yield* print(shell, `${name}: ${words.usage}\n`);
        else if (parsed.has("d")) yield* print(shell, `${name} - ${first}\n`);
        else if (parsed.has("m")) yield* print(shell, `NAME\n    ${name} - ${first}\n\nSYNOPSIS\n    ${words.usage}\n\nDESCRIPTION\n${[first, ...more].map((line) => `    ${line}\n`).join("")}\nSEE ALSO\n    bash(1)\n`);
        else yield* print(shell, `${name}: ${words.usage}\n${[first, ...more].map((line) => `    ${line}\n`).join("")}`);
      }
    }
    if (found) return 0;
    const last = parsed.rest[parsed.rest.length - 1] ?? "";
    yield* shell.complain(`no help topics match \`${last}'.  Try \`help help' or \`man -k ${last}' or \`info ${last}'.`);
    return 1;
  },
};
export default help;
