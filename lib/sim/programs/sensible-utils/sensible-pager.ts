// sensible-pager: the user's pager (sensible-pager(1)).
import { encode } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { execSearching } from "../kit/exec-path.ts";

const command: Command = {
  name: "sensible-pager",
  declaration: { name: "sensible-pager", summary: "sensibly choose a user's pager", synopsis: ["[arguments]"], operands: "files", options: [] },
  *program(sys, argv) {
    for (const pager of [sys.environment.get("PAGER"), "/usr/bin/pager", "less", "more"]) {
      if (pager === undefined || pager === "") continue;
      const words = pager.split(" ").filter((word) => word !== "");
      yield* execSearching(sys, words[0] ?? pager, [...words, ...argv.slice(1)]);
    }
    yield* sys.write(2, encode("Couldn't find a pager!\nSet the PAGER environment variable to your desired pager.\n"));
    return 1;
  },
};

export default command;
