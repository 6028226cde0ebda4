import { SysError } from "../../kernel/sys.ts";
import { type Io, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "pivot_root", path: "/sbin/pivot_root", manSection: 8, summary: "make another mounted filesystem the root", synopsis: ["[options] new_root put_old"], options: {}, operands: "directories",
  *run({ operands, sys }, io: Io) {
    const [root, old] = operands;
    if (root === undefined || old === undefined || operands.length !== 2) io.usage("bad usage");
    try {
      sys.pivotRoot(root, old);
    } catch (error) {
      if (error instanceof SysError) io.die(`failed to change root from \`${root}' to \`${old}': ${error.message}`);
      throw error;
    }
    return 0;
  },
});
