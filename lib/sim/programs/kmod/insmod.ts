import { encode, O, SysError } from "../../kernel/sys.ts";
import { type Io, counted, flag, gnu } from "../kit/gnu.ts";
import { readModuleFile } from "./_module-tree.ts";

export default gnu({
  name: "insmod", path: "/sbin/insmod", manSection: 8, project: "kmod", tryLine: () => "", versionLetter: "V", helpLetter: "h", versionText: "kmod version 30\n+ZSTD +XZ -ZLIB +LIBCRYPTO -EXPERIMENTAL\n", summary: "load one module file into the kernel", synopsis: ["[options] filename [args]"],
  options: { force: flag(["-f", "--force"], "force"), syslog: flag(["-s", "--syslog"], "to the log"), verbose: counted(["-v", "--verbose"], "say what is done") }, operands: "files", parsing: { stopAtOperand: true },
  *run({ operands, sys }, io: Io) {
  const [file, ...parameters] = operands;
  if (file === undefined) {
    yield* io.stderr("insmod: ERROR: missing filename.\n");
    return 1;
  }
  try {
    const info = yield* readModuleFile(sys, file);
    if (info === undefined) {
      // a file without bytes is not even looked at
      yield* io.stderr(`insmod: ERROR: could not insert module ${file}: ${sys.stat(file).sizeBytes === 0 ? "Invalid parameters" : "Invalid module format"}\n`);
      return 1;
    }
    const value = (key: string): string => info.strings.find(([name]) => name === key)?.[1] ?? "";
    const { release } = sys.uname();
    const magic = value("vermagic");
    if (magic !== "" && magic.split(" ")[0] !== release) {
      const log = yield* sys.open("/dev/kmsg", O.WRONLY);
      yield* sys.write(log, encode(`<3>${value("name")}: version magic '${magic}' should be '${[release, ...magic.split(" ").slice(1)].join(" ")}'\n`));
      sys.close(log);
      yield* io.stderr(`insmod: ERROR: could not insert module ${file}: Invalid module format\n`);
      return 1;
    }
    sys.initModule(value("name"), parameters.join(" "), value("depends").split(",").filter((one) => one !== ""));
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    const opened = error.errno === "ENOENT" && !isThere();
    yield* io.stderr(opened || error.errno === "EACCES" ? `insmod: ERROR: could not load module ${file}: ${error.message}\n` : `insmod: ERROR: could not insert module ${file}: ${error.errno === "ENOENT" ? "Unknown symbol in module" : error.message}\n`);
    return 1;
  }

  function isThere(): boolean {
    try {
      sys.stat(file ?? "");
      return true;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }
  },
});
