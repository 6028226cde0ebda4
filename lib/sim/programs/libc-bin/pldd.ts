// pldd(1): the libraries that a running process has loaded.
import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { gnu, type Io } from "../kit/gnu.ts";

const isLinker = (name: string): boolean => /\/ld-linux[^/]*$/.test(name);

export default gnu({
  name: "pldd", summary: "list the shared libraries that a running process has loaded", synopsis: ["[OPTION...] PID"], operands: "pids", options: {}, project: "Debian GLIBC 2.36-9+deb12u14", version: "2.36", versionLetter: "V", helpLetter: "?", tryLine: () => "Try `pldd --help' or `pldd --usage' for more information.\n",
  seeAlso: ["ldd(1)"],
  *run({ operands, sys }, io: Io) {
    const [pid] = operands;
    if (operands.length !== 1 || pid === undefined) {
      yield* io.stderr("Exactly one parameter with process ID required.\nTry `pldd --help' or `pldd --usage' for more information.\n");
      return 1;
    }
    if (!/^\d+$/.test(pid)) io.die(`invalid process ID '${pid}'`);
    const maps = yield* readTextFile(sys, `/proc/${pid}/maps`);
    if (maps === undefined) io.die(`cannot open /proc/${pid}/task: No such file or directory`);
    if (sys.getcred().euid !== 0 && sys.stat(`/proc/${pid}`).uid !== sys.getcred().euid) io.die(`cannot attach to process ${pid}: Operation not permitted`);
    // in the order of the link map, by the names that the linker found: the last in memory was loaded first, the linker itself is behind all
    const mapped = [...new Set([...maps.matchAll(/^.* (\/\S+\.so\S*)$/gm)].map((match) => match[1] ?? ""))].map((name) => name.replace(/^\/usr(?=\/lib\/)/, ""));
    const libraries = ["linux-vdso.so.1", ...mapped.filter((name) => !isLinker(name)).reverse(), ...mapped.filter(isLinker).map((name) => name.replace(/^.*\//, "/lib64/"))];
    let program = "";
    try {
      program = sys.readlink(`/proc/${pid}/exe`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`no valid link_map for process ${pid}`);
    }
    io.out.put(`${pid}:\t${program}\n${libraries.map((name) => `${name}\n`).join("")}`);
    return 0;
  },
});
