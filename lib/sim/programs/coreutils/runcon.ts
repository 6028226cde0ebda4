import { type Io, flag, gnu, text } from "../kit/gnu.ts";

export default gnu({
  name: "runcon",
  summary: "run a command in another security context (SELinux)",
  synopsis: ["CONTEXT COMMAND [args]", "[ -c ] [-u USER] [-r ROLE] [-t TYPE] [-l RANGE] COMMAND [args]"],
  options: {
    compute: flag(["-c", "--compute"], "start from the context that the policy would give COMMAND"),
    type: text(["-t", "--type"], "TYPE", "the type; the role stays the same"),
    user: text(["-u", "--user"], "USER", "the user"),
    role: text(["-r", "--role"], "ROLE", "role"),
    range: text(["-l", "--range"], "RANGE", "the range of levels"),
  },
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "commands",
  *run(_call, io: Io) {
    io.die("runcon may be used only on a SELinux kernel");
  },
});
