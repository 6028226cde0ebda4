// pwcat: the lines of the passwd file as getpwent(3) tells them; passwd.awk reads them.
import { readTextFile } from "../kit/accounts.ts";
import { program } from "../kit/program.ts";

export default program(
  { name: "pwcat", path: "/usr/lib/x86_64-linux-gnu/awk/pwcat", summary: "print the lines of the passwd file", synopsis: [""], options: [], operands: "none" },
  function* (sys, _argv, io) {
    io.out.put((yield* readTextFile(sys, "/etc/passwd")) ?? "");
    return 0;
  },
);
