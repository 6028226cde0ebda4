// pwconv: passwords move from /etc/passwd to /etc/shadow.
import { type Io, text } from "../kit/gnu.ts";
import { Databases, loginDefs, mayChange, shadowLine, todayOf } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "pwconv",
  path: "/usr/sbin/pwconv",
  manSection: 8,
  summary: "move passwords from /etc/passwd to /etc/shadow",
  synopsis: ["[options]"],
  operands: "none",
  options: { root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage();
    if (!(yield* mayChange(sys, io.argv0, "/etc/passwd"))) return 5;
    const databases = yield* Databases.open(sys, options.root ?? "");
    const defs = yield* loginDefs(sys);
    const number = (key: string): number | undefined => (defs.has(key) ? Number(defs.get(key)) : undefined);
    for (const [name = ""] of [...databases.rows("shadow")]) if (databases.find("passwd", name) === undefined) databases.remove("shadow", name);
    for (const row of [...databases.rows("passwd")]) {
      const [name = "", password = ""] = row;
      const old = databases.find("shadow", name);
      if (old === undefined) databases.append("shadow", shadowLine({ name, password, lastChangeDay: todayOf(sys), minDays: number("PASS_MIN_DAYS"), maxDays: number("PASS_MAX_DAYS"), warnDays: number("PASS_WARN_AGE"), inactiveDays: undefined, expireDay: undefined }).split(":"));
      else if (password !== "x") databases.replace("shadow", name, [name, password, String(todayOf(sys)), ...old.slice(3)]);
      databases.setField("passwd", name, 1, "x");
      if (sys.charge(5)) yield* sys.preempt();
    }
    yield* databases.save();
    return 0;
  },
});
