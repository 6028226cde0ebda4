// nologin: politely refuses a login.
import { encode } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { translated } from "../kit/messages/translate.ts";

const command: Command = {
  name: "nologin", path: "/usr/sbin/nologin",
  declaration: { name: "nologin", summary: "refuse a login and say why", synopsis: [""], operands: "none", options: [], manSection: 8 },
  *program(sys) {
    yield* sys.write(1, encode(translated(sys, "nologin", "This account is currently not available.\n")));
    return 1;
  },
};

export default command;
