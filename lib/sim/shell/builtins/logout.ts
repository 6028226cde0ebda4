import { type Builtin, BuiltinError } from "./builtin.ts";
import { leaveShell } from "./exit.ts";

const logout: Builtin = {
  name: "logout", usage: "logout [n]",
  help: "Ends a login shell with status N.",
  run(shell, args) {
    if (!shell.login) throw new BuiltinError("not login shell: use `exit'", 1);
    return leaveShell(shell, args);
  },
};
export default logout;
