// sponge: all of its input first, then the file. A file that exists keeps its permissions; a symbolic link or a device is written through.

import { concatBytes, O, S, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program } from "../kit/program.ts";

export default program(
  { name: "sponge", summary: "take in all of standard input, then write it to a file", synopsis: ["[-a] [FILE]"], options: [flag(["-a"], "add to what the file has"), flag(["-h"], "show how it is called")], operands: "files", showsHelp: true },
  function* (sys, argv, io: Io) {
    let adds = false;
    let at = 1;
    for (; at < argv.length && (argv[at] ?? "").startsWith("-") && argv[at] !== "-"; at++) {
      if (argv[at] === "--") {
        at++;
        break;
      }
      for (const letter of (argv[at] ?? "").slice(1)) {
        if (letter === "a") adds = true;
        else if (letter === "h") {
          io.out.put("sponge [-a] <file>: soak up all input from stdin and write it to <file>\n");
          return 0;
        } else yield* io.warn(`invalid option -- '${letter}'`);
      }
    }
    const [name] = argv.slice(at);
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* sys.read(0, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes);
    }
    const all = concatBytes(parts);
    if (name === undefined) {
      yield* io.out.printBytes(all);
      return 0;
    }
    try {
      const known = lookedUp(name);
      const regular = known !== undefined && (known.mode & S.IFMT) === S.IFREG;
      // a plain file is replaced at one stroke, as rename(2) does it; what is no plain file is written as it stands
      const target = regular || known === undefined ? `${name}.sponge${sys.getpid()}` : name;
      const fd = yield* sys.open(target, O.WRONLY | O.CREAT | (target === name ? (adds ? O.APPEND : O.TRUNC) : O.EXCL), 0o666);
      if (target !== name && known !== undefined) {
        if (adds) {
          const old = yield* sys.open(name, O.RDONLY);
          for (;;) {
            const bytes = yield* sys.read(old, 65_536);
            if (bytes.length === 0) break;
            yield* sys.write(fd, bytes);
          }
          sys.close(old);
        }
        sys.fchmod(fd, known.mode & 0o7777);
      }
      if (all.length > 0) yield* sys.write(fd, all);
      sys.close(fd);
      if (target !== name) sys.rename(target, name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`error opening output file: ${error.message}\n`);
      return 1;
    }
    return 0;

    function lookedUp(path: string) {
      try {
        return sys.lstat(path);
      } catch (error) {
        if (error instanceof SysError && error.errno === "ENOENT") return undefined;
        throw error;
      }
    }
  },
);
