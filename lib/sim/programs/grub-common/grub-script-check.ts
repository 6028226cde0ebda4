import { latin1 } from "../kit/latin1.ts";
import { flag, gnu, type Io, reason } from "../kit/gnu.ts";
import { grubProgram, tryGrub } from "./_grub-program.ts";
import { checkScript, errorText } from "./_script.ts";

export default gnu({
  ...grubProgram("grub-script-check", "/usr/bin/grub-script-check", 1),
  summary: "read a grub.cfg and report errors of syntax", synopsis: ["[OPTION...] [PATH]"], operands: "files", options: { verbose: flag(["-v", "--verbose"], "print each line that is read") },
  exitStatuses: [["0", "it has commands, and no error was found"], ["1", "an error was found, or no command"]],
  *run({ options, operands }, io: Io) {
    const usage = `Usage: grub-script-check [OPTION...] [PATH]\n${tryGrub("grub-script-check")}`;
    if (operands.length > 1) {
      yield* io.stderr(`Unknown extra argument \`${operands[1]}'.\n${usage}`);
      return 64;
    }
    let text = "";
    try {
      const input = yield* io.open(operands[0] ?? "-");
      for (;;) {
        const bytes = yield* input.chunk();
        if (bytes.length === 0) break;
        text += latin1(bytes);
      }
      io.close(input);
    } catch (error) {
      yield* io.stderr(`cannot open \`${operands[0]}': ${reason(error)}${usage}`);
      return 1;
    }
    const { error, hasCommands } = yield* checkScript(io.sys, text);
    if (options.verbose) {
      const lines = text.split("\n");
      for (const line of text.endsWith("\n") ? lines.slice(0, error?.line ?? -1) : lines.slice(0, error?.line ?? lines.length)) io.out.putLatin1(`${line}\n`);
    }
    if (error) {
      yield* io.stderr(errorText(error));
      return 1;
    }
    if (!hasCommands) {
      yield* io.stderr(`Script \`${operands[0] ?? "<stdin>"}' contains no commands and will do nothing\n`);
      return 1;
    }
    return 0;
  },
});
