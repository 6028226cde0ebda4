import { SysError } from "../../kernel/sys.ts";
import { program } from "../kit/program.ts";

export default program({ name: "batch", summary: "queue commands for when the load allows it", synopsis: [""], options: [], operands: "none", seeAlso: ["at(1)"] }, function* (sys, argv, io) {
  if (argv.length > 1) {
    io.out.put("batch accepts no parameters\n");
    return 1;
  }
  try {
    return yield* sys.exec("/usr/bin/at", ["/usr/bin/at", "-qb", "now"], sys.environment);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return 127;
  }
});
