import { encode } from "../../kernel/sys.ts";
import { type Io, gnu } from "../kit/gnu.ts";
import { WriteError } from "../kit/output.ts";

export default gnu({
  name: "yes",
  summary: "print a text again and again until it is stopped",
  synopsis: ["[STRING]...", "OPTION"],
  options: {},
  operands: "none",
  *run({ operands, sys }, io: Io) {
    const line = encode((operands.length === 0 ? "y" : operands.join(" ")) + "\n");
    const copies = Math.max(1, Math.floor(8192 / line.length));
    const block = new Uint8Array(line.length * copies);
    for (let i = 0; i < copies; i++) block.set(line, i * line.length);
    for (;;) {
      try {
        yield* io.out.printBytes(block);
      } catch (error) {
        if (error instanceof WriteError) io.die(`standard output: ${error.message}`);
        throw error;
      }
      if (sys.charge(10)) yield* sys.preempt();
    }
  },
});
