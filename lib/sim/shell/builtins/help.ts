import { compilePattern } from "../expand/pattern.ts";
import { type Builtin, parseOptions, print } from "./builtin.ts";

const help: Builtin = {
  name: "help", usage: "help [-dms] [pattern ...]",
  help: "Describes builtins: all of them in a list, or those whose names match a PATTERN. -s only the usage, -d only a short description, -m like a manual page.",
  *run(shell, args) {
    const parsed = parseOptions(args, "dms");
    const all = shell.language.builtinNames();
    if (parsed.rest.length === 0) {
      const head = "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nThese shell commands are defined internally.  Type `help' to see this list.\nType `help name' to find out more about the function `name'.\n\n";
      return yield* print(shell, shell.translated(head) + all.map((name) => ` ${shell.language.builtinText(name)?.usage ?? name}\n`).join(""));
    }
    let status = 0;
    for (const text of parsed.rest) {
      const exact = all.filter((name) => name === text);
      const pattern = compilePattern(text, { extglob: false, ignoreCase: false });
      const names = exact.length > 0 ? exact : all.filter((name) => pattern.matches(name) || name.startsWith(text));
      if (names.length === 0) {
        yield* shell.complain(`no help topics match \`${text}'.  Try \`help help' or \`man -k ${text}' or \`info ${text}'.`);
        status = 1;
        continue;
      }
      for (const name of names) {
        const words = shell.language.builtinText(name);
        if (!words) continue;
        const [first = "", ...more] = words.help.split("\n").map((line) => shell.translated(line));
        if (parsed.has("s")) yield* print(shell, `${name}: ${words.usage}\n`);
        else if (parsed.has("d")) yield* print(shell, `${name} - ${first}\n`);
        else if (parsed.has("m")) yield* print(shell, `NAME\n    ${name} - ${first}\n\nSYNOPSIS\n    ${words.usage}\n\nDESCRIPTION\n${[first, ...more].map((line) => `    ${line}\n`).join("")}\nSEE ALSO\n    bash(1)\n`);
        else yield* print(shell, `${name}: ${words.usage}\n${[first, ...more].map((line) => `    ${line}\n`).join("")}`);
      }
    }
    return status;
  },
};
export default help;
