// pwunconv: passwords move from /etc/shadow back to /etc/passwd, and /etc/shadow goes.
import { nameExists } from "../kit/presence.ts";
import { type Io, text } from "../kit/gnu.ts";
import { Databases, DATABASES, mayChange } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "pwunconv",
  path: "/usr/sbin/pwunconv",
  manSection: 8,
  summary: "move passwords from /etc/shadow back to /etc/passwd",
  synopsis: ["[options]"],
  operands: "none",
  options: { root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage();
    const prefix = options.root ?? "";
    if (!nameExists(sys, prefix + DATABASES.shadow)) return 0;
    if (!(yield* mayChange(sys, io.argv0, "/etc/passwd"))) return 5;
    const databases = yield* Databases.open(sys, prefix);
    for (const [name = "", password = ""] of [...databases.rows("passwd")]) {
      const secret = databases.find("shadow", name)?.[1];
      if (password === "x" && secret !== undefined) databases.setField("passwd", name, 1, secret);
      if (sys.charge(5)) yield* sys.preempt();
    }
    yield* databases.save();
    sys.unlink(prefix + DATABASES.shadow);
    return 0;
  },
});
