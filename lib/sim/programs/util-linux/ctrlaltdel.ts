// ctrlaltdel(8): what the keys Ctrl-Alt-Del do: restart the machine at once (hard), or send SIGINT to process 1 (soft).
import { encode, O, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, utilLinux } from "../kit/util-linux.ts";

const SETTING = "/proc/sys/kernel/ctrl-alt-del";

export default utilLinux({
  name: "ctrlaltdel", path: "/sbin/ctrlaltdel", manSection: 8, summary: "set what the keys Ctrl-Alt-Del do", synopsis: ["hard|soft"], operands: "none", options: {},
  description: ["Without an argument the setting is shown. With soft, process 1 gets the signal INT: systemd then starts ctrl-alt-del.target."],
  *run({ operands, sys }, io: Io) {
    const [word] = operands;
    const before = (yield* readTextFile(sys, SETTING))?.trim() ?? "0";
    if (word === undefined) {
      io.out.put(before === "0" ? "soft\n" : before === "1" ? "hard\n" : `implicit ${before}\n`);
      return 0;
    }
    if (sys.getcred().euid !== 0) io.die("You must be root to set the Ctrl-Alt-Del behavior");
    if (word !== "hard" && word !== "soft") io.die(`unknown argument: ${word}`);
    try {
      const fd = yield* sys.open(SETTING, O.WRONLY);
      yield* sys.write(fd, encode(word === "hard" ? "1" : "0"));
      sys.close(fd);
    } catch (error) {
      if (error instanceof SysError) io.die(`reboot: ${error.message}`);
      throw error;
    }
    return 0;
  },
});
