// logresolve: the addresses at the beginning of a web server's log lines become names (Apache 2.4).
import { type Blocking, O, SysError, encode } from "../../kernel/sys.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import { flag, program, text } from "../kit/program.ts";
import { nameOfAddress } from "../kit/tcp-wrappers.ts";

const OPTIONS = [text(["-s"], "STATFILE", "write counts to that file at the end"), flag(["-c"], "look every name up again, as a check")];

export default program(
  { name: "logresolve", summary: "replace addresses in web logs by names", synopsis: ["[-s STATFILE] [-c] < LOG"], options: OPTIONS, operands: "none", showsHelp: true },
  function* (sys, argv, io) {
    let given: ReadonlyMap<string, string | undefined>;
    try {
      given = new Map(getopt(new Map(OPTIONS.map((option) => [option.names[0] ?? "", option])), argv.slice(1)).given.map(({ name, argument }) => [name, argument]));
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      yield* io.stderr(`logresolve: illegal option -- ${/'(.)'/u.exec(error.message)?.[1] ?? "-"}\nlogresolve -- Resolve IP-addresses to hostnames in Apache log files.\nUsage: logresolve [-s STATFILE] [-c]\n\nOptions:\n  -s   Record statistics to STATFILE when finished.\n\n  -c   Perform double lookups when resolving IP addresses.\n`);
      return 1;
    }
    const known = new Map<string, string | undefined>();
    let [entries, withNames, hits] = [0, 0, 0];
    const find = function* (address: string): Blocking<string | undefined> {
      if (known.has(address)) hits++;
      else known.set(address, yield* nameOfAddress(sys, address));
      return known.get(address);
    };
    for (;;) {
      const lines = yield* io.stdin.lines();
      if (lines.length === 0) break;
      for (const line of lines) {
        entries++;
        const [address = ""] = line.split(" ");
        if (!/^[\d.]+$|^[0-9a-f:]*:[0-9a-f:.]*$/i.test(address) || address === "") {
          if (line !== "") withNames++;
          io.out.put(`${line}\n`);
          continue;
        }
        const name = yield* find(address);
        io.out.put(`${name ?? address}${line.slice(address.length)}\n`);
      }
      if (io.out.full) yield* io.out.flush();
    }
    const path = given.get("-s");
    if (path !== undefined) {
      try {
        const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
        yield* sys.write(fd, encode(`logresolve Statistics:\nEntries: ${entries}\n    With name   : ${withNames}\n    Resolves    : ${known.size}\n    - Not found : ${[...known.values()].filter((name) => name === undefined).length}\nCache hits      : ${hits}\nCache size      : ${known.size}\n`));
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`Could not open statistics file '${path}'`);
      }
    }
    return 0;
  },
);
