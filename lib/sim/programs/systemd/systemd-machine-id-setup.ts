// systemd-machine-id-setup: fills /etc/machine-id when it is missing, empty or "uninitialized".
import { SysError } from "../../kernel/sys.ts";
import { setUpMachineId } from "../../daemons/systemd/api/machine-id.ts";
import { flag, text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

export default systemdTool({
  name: "systemd-machine-id-setup",
  path: "/bin/systemd-machine-id-setup",
  summary: "initialise the machine's identifier",
  synopsis: ["[OPTIONS...]"],
  options: {
    root: text(["--root"], "PATH", "below this directory"),
    image: text(["--image"], "PATH", "in this disk image"),
    commit: flag(["--commit"], "store a transient identifier"),
    print: flag(["--print"], "show the identifier"),
  },
  *run({ options, operands, sys }, io) {
    if (operands.length > 0) {
      yield* complain(io, "Extraneous arguments");
      return 1;
    }
    const root = options.root ?? "";
    if (options.commit) return 0;
    try {
      const { id, made } = yield* setUpMachineId(sys, root);
      if (made !== undefined) yield* complain(io, `Initializing machine ID from ${made.source}.`, "info");
      if (options.print) io.out.put(`${id}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* complain(io, `Cannot open ${root}/etc/machine-id for writing: ${error.message}`);
      return 1;
    }
    return 0;
  },
});
