// grcat: the lines of the group file as getgrent(3) tells them; group.awk reads them.
import { readTextFile } from "../kit/accounts.ts";
import { program } from "../kit/program.ts";

export default program(
  { name: "grcat", path: "/usr/lib/x86_64-linux-gnu/awk/grcat", summary: "print the lines of the group file", synopsis: [""], options: [], operands: "none" },
  function* (sys, _argv, io) {
    io.out.put((yield* readTextFile(sys, "/etc/group")) ?? "");
    return 0;
  },
);
