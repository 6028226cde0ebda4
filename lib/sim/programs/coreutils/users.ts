import { compareBytes } from "../kit/collate.ts";
import { type Io, gnu } from "../kit/gnu.ts";
import { UT, UTMP_PATH, readUtmp } from "../kit/utmp.ts";

export default gnu({
  name: "users",
  summary: "print the names of those who are logged in (users)",
  synopsis: ["[OPTION]... [FILE]"],
  description: ["Without a FILE, /var/run/utmp is read. /var/log/wtmp holds past logins."],
  options: {},
  operands: "files",
  seeAlso: ["who(1)"],
  *run({ operands, sys }, io: Io) {
    if (operands[1] !== undefined) io.usage(`extra operand ${io.quote(operands[1])}`);
    const records = yield* readUtmp(sys, operands[0] ?? UTMP_PATH);
    const names = records.filter((record) => record.type === UT.USER_PROCESS && record.user !== "").map((record) => record.user).sort(compareBytes);
    if (names.length > 0) io.out.put(names.join(" ") + "\n");
  },
});
