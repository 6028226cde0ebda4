import { readTextFile } from "../kit/accounts.ts";
import { type Io, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "hostid",
  summary: "print the number of this host (8 hexadecimal digits)",
  synopsis: ["[OPTION]"],
  options: {},
  operands: "none",
  *run({ operands, sys }, io: Io) {
    if (operands[0] !== undefined) io.usage(`extra operand ${io.quote(operands[0])}`);
    // gethostid(3) of glibc without /etc/hostid: the address of the host's own name, its 16-bit halves swapped.
    const name = sys.uname().nodename;
    const hosts = (yield* readTextFile(sys, "/etc/hosts")) ?? "";
    let id = 0;
    for (const line of hosts.split("\n")) {
      const [address = "", ...names] = (line.split("#")[0] ?? "").trim().split(/\s+/);
      const bytes = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
      if (!bytes || !names.includes(name)) continue;
      const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(1).map(Number);
      id = (((b << 8) | a) << 16 | ((d << 8) | c)) >>> 0;
      break;
    }
    io.out.put(id.toString(16).padStart(8, "0") + "\n");
  },
});
