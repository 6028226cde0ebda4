import { type Io, flag, gnu, text } from "../kit/gnu.ts";

export default gnu({
  name: "runcon",
  summary: "run command with specified security context",
  synopsis: ["CONTEXT COMMAND [args]", "[ -c ] [-u USER] [-r ROLE] [-t TYPE] [-l RANGE] COMMAND [args]"],
  options: {
    compute: flag(["-c", "--compute"], "compute process transition context before modifying"),
    type: text(["-t", "--type"], "TYPE", "type (for same role as parent)"),
    user: text(["-u", "--user"], "USER", "user identity"),
    role: text(["-r", "--role"], "ROLE", "role"),
    range: text(["-l", "--range"], "RANGE", "levelrange"),
  },
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "commands",
  *run(_call, io: Io) {
    io.die("runcon may be used only on a SELinux kernel");
  },
});
