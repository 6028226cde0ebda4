import { SIGNALS } from "../../kernel/sys.ts";
import { type Builtin, BuiltinError, parseOptions } from "./builtin.ts";
import { tooManyArguments } from "./numeric-argument.ts";

const suspend: Builtin = {
  name: "suspend", usage: "suspend [-f]",
  help: "Stops the shell until it gets SIGCONT. A login shell only with -f.",
  *run(shell, args) {
    const parsed = parseOptions(args, "f");
    if (parsed.rest.length > 0) yield* tooManyArguments(shell);
    if (!shell.jobControl) throw new BuiltinError("cannot suspend: no job control", 1);
    if (shell.login && !parsed.has("f")) throw new BuiltinError("cannot suspend a login shell", 1);
    const old = shell.sys.sigaction(SIGNALS.TSTP, "default");
    shell.sys.kill(0, SIGNALS.STOP);
    yield* shell.sys.preempt();
    shell.sys.sigaction(SIGNALS.TSTP, old);
    return 0;
  },
};
export default suspend;
