import { SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { gnu, type Io } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { grubProgram, tryGrub } from "./_grub-program.ts";

export default gnu({
  ...grubProgram("grub-mkrelpath", "/usr/bin/grub-mkrelpath", 1),
  summary: "express a path from the root of its file system", synopsis: ["PATH"], operands: "files", options: {},
  *run({ operands, sys }, io: Io) {
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr(`${path === undefined ? "No path is specified." : `Unknown extra argument \`${operands[1]}'.`}\nUsage: grub-mkrelpath [OPTION...] PATH\n${tryGrub("grub-mkrelpath")}`);
      return 64;
    }
    let full: string;
    try {
      full = canonicalPath(sys, path, "existing");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`grub-mkrelpath: error: failed to get canonical path of \`${path}'.\n`);
      return 1;
    }
    const mounted = (yield* readMounts(sys)).map(({ target }) => target).filter((target) => target !== "/" && (full === target || full.startsWith(`${target}/`))).sort((a, b) => b.length - a.length)[0];
    io.out.put(`${mounted === undefined ? full : full === mounted ? "/" : full.slice(mounted.length)}\n`);
    return 0;
  },
});
