import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, counted, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "rmmod", path: "/sbin/rmmod", manSection: 8, project: "kmod", tryLine: () => "", versionLetter: "V", helpLetter: "h", versionText: "kmod version 30\n+ZSTD +XZ -ZLIB +LIBCRYPTO -EXPERIMENTAL\n", summary: "take a module that nothing uses out of the kernel", synopsis: ["[options] modulename ..."],
  options: { force: flag(["-f", "--force"], "force"), syslog: flag(["-s", "--syslog"], "to the log"), verbose: counted(["-v", "--verbose"], "say what is done") },
  *run({ options: { force }, operands: names, sys }, io: Io) {
  if (names.length === 0) {
    yield* io.stderr("rmmod: ERROR: missing module name.\n");
    return 1;
  }
  for (const given of names) {
    const name = (given.split("/").at(-1) ?? "").replace(/\.ko.*$/, "").replaceAll("-", "_");
    const line = ((yield* readTextFile(sys, "/proc/modules")) ?? "").split("\n").map((one) => one.split(" ")).find((one) => one[0] === name);
    if (!line) {
      yield* io.fail(`ERROR: Module ${name} is not currently loaded`);
      continue;
    }
    if (line[3] !== undefined && line[3] !== "-") {
      yield* io.fail(`ERROR: Module ${name} is in use by: ${line[3].replace(/,$/, "").replaceAll(",", " ")}`);
      continue;
    }
    if (Number(line[2]) > 0 && !force) {
      yield* io.fail(`ERROR: Module ${name} is in use`);
      continue;
    }
    try {
      sys.deleteModule(name, force);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(error.errno === "EAGAIN" || error.errno === "EBUSY" ? `ERROR: Module ${name} is in use` : `ERROR: could not remove '${name}': ${error.message}\nrmmod: ERROR: could not remove module ${name}: ${error.message}`);
    }
  }
  return undefined;
  },
});
