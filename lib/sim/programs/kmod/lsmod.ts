import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";
import { moduleTable } from "./_module-tree.ts";

export default program({ name: "lsmod", path: "/sbin/lsmod", links: ["/bin/lsmod"], manSection: 8, summary: "list the modules loaded in the kernel, with their users", synopsis: [""], options: [] }, function* (sys, argv, io: Io) {
  if (argv.length > 1) {
    yield* io.stderr("Usage: lsmod\n");
    return 1;
  }
  io.out.put(moduleTable((yield* readTextFile(sys, "/proc/modules")) ?? ""));
  return 0;
});
