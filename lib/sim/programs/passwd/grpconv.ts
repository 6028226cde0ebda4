// grpconv: passwords and members of /etc/group move to /etc/gshadow.
import { type Io, text } from "../kit/gnu.ts";
import { Databases, mayChange } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "grpconv",
  path: "/usr/sbin/grpconv",
  manSection: 8,
  summary: "move group passwords from /etc/group to /etc/gshadow",
  synopsis: ["[options]"],
  operands: "none",
  options: { root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage();
    if (!(yield* mayChange(sys, io.argv0, "/etc/group"))) return 5;
    const databases = yield* Databases.open(sys, options.root ?? "");
    for (const [name = ""] of [...databases.rows("gshadow")]) if (databases.find("group", name) === undefined) databases.remove("gshadow", name);
    for (const [name = "", password = "", , members = ""] of [...databases.rows("group")]) {
      const old = databases.find("gshadow", name);
      if (old === undefined) databases.append("gshadow", [name, password, "", members]);
      else databases.replace("gshadow", name, [name, password === "x" ? (old[1] ?? "") : password, old[2] ?? "", members]);
      databases.setField("group", name, 1, "x");
      if (sys.charge(5)) yield* sys.preempt();
    }
    yield* databases.save();
    return 0;
  },
});
