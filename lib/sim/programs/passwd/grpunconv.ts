// grpunconv: group passwords move from /etc/gshadow back to /etc/group, and /etc/gshadow goes.
import { nameExists } from "../kit/presence.ts";
import { type Io, text } from "../kit/gnu.ts";
import { Databases, DATABASES, mayChange } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "grpunconv",
  path: "/usr/sbin/grpunconv",
  manSection: 8,
  summary: "move group passwords from /etc/gshadow back to /etc/group",
  synopsis: ["[options]"],
  operands: "none",
  options: { root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage();
    const prefix = options.root ?? "";
    if (!nameExists(sys, prefix + DATABASES.gshadow)) return 0;
    if (!(yield* mayChange(sys, io.argv0, "/etc/group"))) return 5;
    const databases = yield* Databases.open(sys, prefix);
    for (const [name = "", password = ""] of [...databases.rows("group")]) {
      const secret = databases.find("gshadow", name)?.[1];
      if (password === "x" && secret !== undefined) databases.setField("group", name, 1, secret);
      if (sys.charge(5)) yield* sys.preempt();
    }
    yield* databases.save();
    sys.unlink(prefix + DATABASES.gshadow);
    return 0;
  },
});
