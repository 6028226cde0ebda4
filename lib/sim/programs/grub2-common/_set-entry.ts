// grub-reboot and grub-set-default: a menu entry noted in the environment block.
import type { Command } from "../kit/command.ts";
import { gnu, type Io, text } from "../kit/gnu.ts";
import { readEnvironment, writeEnvironment } from "../grub-common/_environment.ts";

export function entryCommand(name: string, summary: string, variable: "next_entry" | "saved_entry"): Command {
  return gnu({
    name, path: `/usr/sbin/${name}`, manSection: 8, project: "GRUB", version: "2.06-13+deb12u2", versionText: `${name} (GRUB) 2.06-13+deb12u2\n`, versionLetter: "V", helpLetter: "h", summary, synopsis: ["[OPTION] MENU_ENTRY"], options: { boot: text(["--boot-directory"], "DIR", "not /boot but this") }, operands: "none",
    *run({ options, operands, sys }, io: Io) {
      const [entry] = operands;
      if (entry === undefined || operands.length > 1) {
        yield* io.stderr(entry === undefined ? "No menu entry is specified.\n" : "More than one menu entry?\n");
        return 1;
      }
      const path = `${options.boot ?? "/boot"}/grub/grubenv`;
      const values = (yield* readEnvironment(sys, path)) ?? new Map<string, string>();
      if (values === "invalid") {
        yield* io.stderr("/usr/bin/grub-editenv: error: invalid environment block.\n");
        return 1;
      }
      values.set(variable, entry);
      if (yield* writeEnvironment(sys, path, values)) return 0;
      yield* io.stderr(`/usr/bin/grub-editenv: error: cannot open \`${path}.new': No such file or directory.\n`);
      return 1;
    },
  });
}
