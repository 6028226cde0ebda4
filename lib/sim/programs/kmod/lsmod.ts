import { readTextFile } from "../kit/accounts.ts";
import { type Io, program } from "../kit/program.ts";

export default program({ name: "lsmod", path: "/sbin/lsmod", links: ["/bin/lsmod"], manSection: 8, summary: "list the modules loaded in the kernel, with their users", synopsis: [""], options: [] }, function* (sys, argv, io: Io) {
  if (argv.length > 1) {
    yield* io.stderr("Usage: lsmod\n");
    return 1;
  }
  io.out.put("Module                  Size  Used by\n");
  for (const line of ((yield* readTextFile(sys, "/proc/modules")) ?? "").split("\n")) {
    const [name, size, count, users] = line.split(" ");
    if (name === undefined || size === undefined || count === undefined) continue;
    io.out.put(`${name.padEnd(19)} ${size.padStart(8)}  ${count}${users === undefined || users === "-" ? "" : ` ${users.replace(/,$/, "")}`}\n`);
  }
  return 0;
});
