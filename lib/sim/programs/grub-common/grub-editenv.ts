import { flag, gnu, type Io } from "../kit/gnu.ts";
import { readEnvironment, writeEnvironment } from "./_environment.ts";

export default gnu({
  name: "grub-editenv", path: "/usr/bin/grub-editenv", project: "GRUB", version: "2.06-13+deb12u2", versionText: "grub-editenv (GRUB) 2.06-13+deb12u2\n", summary: "edit GRUB environment block", synopsis: ["FILENAME create", "FILENAME list", "FILENAME set NAME=VALUE...", "FILENAME unset NAME..."], operands: "files", options: { verbose: flag(["-v", "--verbose"], "say more") },
  *run({ operands, sys }, io: Io) {
    const [given = "", verb, ...words] = operands;
    if (verb === undefined) io.usage("You need to specify at least one command.");
    const path = given === "-" ? "/boot/grub/grubenv" : given;
    const refuse = function* (why: string) {
      yield* io.stderr(`grub-editenv: error: ${why}.\n`);
      return 1;
    };
    if (verb === "create") return (yield* writeEnvironment(sys, path, new Map())) ? 0 : yield* refuse(`cannot open \`${path}.new': No such file or directory`);
    const values = (yield* readEnvironment(sys, path)) ?? (verb === "set" ? new Map<string, string>() : undefined);
    if (!values) return yield* refuse(`cannot open \`${path}': No such file or directory`);
    if (verb === "list") {
      for (const [name, value] of values) io.out.put(`${name}=${value}\n`);
      return 0;
    }
    for (const word of words) {
      if (verb === "unset") values.delete(word);
      else if (verb === "set" && word.includes("=")) values.set(word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1));
      else return yield* refuse(`invalid parameter ${word}`);
    }
    return (yield* writeEnvironment(sys, path, values)) ? 0 : yield* refuse(`cannot open \`${path}.new': No such file or directory`);
  },
});
