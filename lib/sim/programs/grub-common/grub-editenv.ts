import { flag, gnu, type Io } from "../kit/gnu.ts";
import { fitsEnvironment, readEnvironment, writeEnvironment } from "./_environment.ts";
import { grubProgram, tryGrub } from "./_grub-program.ts";

export default gnu({
  ...grubProgram("grub-editenv", "/usr/bin/grub-editenv", 1),
  summary: "edit GRUB environment block", synopsis: ["FILENAME create", "FILENAME list", "FILENAME set [NAME=VALUE]...", "FILENAME unset [NAME]..."], operands: "files", options: { verbose: flag(["-v", "--verbose"], "say more") },
  description: ["FILENAME may be -: /boot/grub/grubenv."],
  *run({ operands, sys }, io: Io) {
    const [given = "", verb, ...words] = operands;
    if (verb === undefined || !["create", "list", "set", "unset"].includes(verb)) {
      yield* io.stderr(`${operands.length === 0 ? "You need to specify at least one command." : `Unknown command \`${verb ?? given}'.`}\nUsage: grub-editenv [OPTION...] FILENAME COMMAND\n${tryGrub("grub-editenv")}`);
      return operands.length === 0 ? 64 : 1;
    }
    const path = given === "-" ? "/boot/grub/grubenv" : given;
    const refuse = function* (why: string) {
      yield* io.stderr(`grub-editenv: error: ${why}.\n`);
      return 1;
    };
    if (verb === "create") return (yield* writeEnvironment(sys, path, new Map())) ? 0 : yield* refuse(`cannot open \`${path}.new': No such file or directory`);
    // a block that is not there is made, whatever is asked
    let values = yield* readEnvironment(sys, path);
    if (values === undefined) {
      values = new Map();
      if (!(yield* writeEnvironment(sys, path, values))) return yield* refuse(`cannot open \`${path}.new': No such file or directory`);
    }
    if (values === "invalid") return yield* refuse("invalid environment block");
    if (verb === "list") {
      for (const [name, value] of values) io.out.put(`${name}=${value}\n`);
      return 0;
    }
    for (const word of words) {
      if (verb === "unset") values.delete(word);
      else if (word.includes("=")) values.set(word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1));
      else return yield* refuse(`invalid parameter ${word}`);
      if (!fitsEnvironment(values)) return yield* refuse("environment block too small");
    }
    return (yield* writeEnvironment(sys, path, values)) ? 0 : yield* refuse(`cannot open \`${path}.new': No such file or directory`);
  },
});
