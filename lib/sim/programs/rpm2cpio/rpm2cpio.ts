// rpm2cpio: the files of a package of rpm, as a cpio archive on standard output (rpm2cpio(8)).
import { O, SysError } from "../../kernel/sys.ts";
import { program } from "../kit/program.ts";
import { parseRpm, unpackPayload } from "./_rpm-file.ts";
import { readAll } from "./_read-all.ts";

export default program(
  { name: "rpm2cpio", manSection: 8, summary: "write the cpio archive that an RPM package holds", synopsis: ["[filename]"], operands: "files", options: [], description: ["Without a name, or with -, the package comes from standard input. cpio -idmv unpacks what comes out: rpm2cpio PACKAGE.rpm | cpio -idmv"], seeAlso: ["rpm(8)", "cpio(1)"] },
  function* (sys, argv, io) {
    const name = argv[1];
    let fd = 0;
    if (name !== undefined && name !== "-") {
      try {
        fd = yield* sys.open(name, O.RDONLY);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`${io.argv0}: ${name}: ${error.message}\n`);
        return 1;
      }
    } else if (sys.isatty(0)) {
      yield* io.stderr(`Usage: ${io.argv0} file.rpm\n`);
      return 1;
    }
    const file = parseRpm(yield* readAll(sys, fd));
    if (file === undefined) {
      yield* io.stderr("argument is not an RPM package\n");
      return 1;
    }
    yield* io.out.flush();
    yield* sys.write(1, yield* unpackPayload(file));
    return 0;
  },
);
