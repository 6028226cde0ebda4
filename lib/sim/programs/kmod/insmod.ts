import { encode, O, SysError } from "../../kernel/sys.ts";
import { type Io, program } from "../kit/program.ts";
import { readModuleFile } from "./_module-tree.ts";

export default program({ name: "insmod", showsHelp: true, path: "/sbin/insmod", manSection: 8, summary: "load one module file into the kernel", synopsis: ["[options] filename [args]"], options: [], operands: "files" }, function* (sys, argv, io: Io) {
  const [file, ...parameters] = argv.slice(1).filter((word) => !word.startsWith("-"));
  if (file === undefined) {
    yield* io.stderr("insmod: ERROR: missing filename.\n");
    return 1;
  }
  try {
    const info = yield* readModuleFile(sys, file);
    if (info === undefined) {
      yield* io.stderr(`insmod: ERROR: could not insert module ${file}: Invalid module format\n`);
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
});
