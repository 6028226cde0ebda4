import { BsdSum, SysvSum } from "../kit/digest/checksum.ts";
import { type Io, flag, gnu, reason } from "../kit/gnu.ts";

export default gnu({
  name: "sum",
  summary: "print a checksum of files and their size in blocks",
  synopsis: ["[OPTION]... [FILE]..."],
  options: {
    bsd: flag(["-r"], "as BSD does, with blocks of 1024 bytes (the default)"),
    sysv: flag(["-s", "--sysv"], "as System V does, with blocks of 512 bytes"),
  },
  operands: "files",
  seeAlso: ["cksum(1)"],
  *run({ operands, given, sys }, io: Io) {
    const sysv = given.at(-1)?.option === "sysv";
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        const sum = sysv ? new SysvSum() : new BsdSum();
        let lengthBytes = 0;
        for (;;) {
          const bytes = yield* input.chunk();
          if (bytes.length === 0) break;
          lengthBytes += bytes.length;
          sum.update(bytes);
          if (sys.charge(bytes.length >> 7)) yield* sys.preempt();
        }
        const label = operands.length > 0 ? ` ${name}` : "";
        if (sysv) io.out.put(`${sum.value()} ${Math.ceil(lengthBytes / 512)}${label}\n`);
        else io.out.put(`${String(sum.value()).padStart(5, "0")} ${String(Math.ceil(lengthBytes / 1024)).padStart(5)}${label}\n`);
        io.close(input);
      } catch (error) {
        yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
  },
});
