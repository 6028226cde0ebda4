// cifsiostat: the traffic of mounted CIFS shares (cifsiostat(1), sysstat 12.6.1). Without a share only the heads are shown.

import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { firstLine, nowSeconds, processorCount, readTimes } from "./_times.ts";
import { digits, usage, VERSION_TEXT } from "./_usage.ts";

export default program(
  {
    name: "cifsiostat", summary: "the traffic of mounted CIFS shares", synopsis: ["[OPTION]... [INTERVAL [COUNT]]"], operands: "none", seeAlso: ["iostat(1)"],
    options: [text(["--dec"], "0|1|2", "so many decimals"), flag(["--human"], "units that people read easily"), flag(["--pretty"], "names at the end of the line"), flag(["-h"], "as --human --pretty"), flag(["-k"], "in kilobytes"), flag(["-m"], "in megabytes"), flag(["-t"], "the time above each report"), flag(["-V"], "show the version")],
  },
  function* (sys, argv, io: Io) {
    let pretty = false;
    let unit = "";
    let stamped = false;
    const numbers: number[] = [];
    for (const word of argv.slice(1)) {
      const number = digits(word);
      if (word === "--pretty") pretty = true;
      else if (word === "--human" || /^--dec=[012]$/.test(word)) continue;
      else if (/^-[hkmtV]+$/.test(word)) {
        if (word.includes("V")) {
          io.out.put(VERSION_TEXT);
          return 0;
        }
        pretty ||= word.includes("h");
        stamped ||= word.includes("t");
        unit = word.includes("m") ? "M" : word.includes("k") ? "k" : unit;
      } else if (number !== undefined && numbers.length < 2 && !(numbers.length === 1 && number === 0)) numbers.push(number);
      else return yield* usage(io, "cifsiostat");
    }
    const times = yield* readTimes(sys);
    const [interval = 0, count] = numbers;
    io.out.put(`${firstLine(sys.uname(), times.date(times.civil(nowSeconds(sys))), processorCount(sys))}\n`);
    const heads = `${`r${unit}B/s`.padStart(pretty ? 12 : 18)} ${`w${unit}B/s`.padStart(12)}    rops/s    wops/s         fo/s         fc/s         fd/s`;
    const rounds = interval === 0 ? 1 : count ?? Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      if (round > 0) {
        yield* io.out.flush();
        try {
          yield* sys.sleep(interval * 1e6);
        } catch (error) {
          if (error instanceof SysError && error.errno === "EINTR") return 0;
          throw error;
        }
      }
      const civil = times.civil(nowSeconds(sys));
      if (stamped) io.out.put(`${times.date(civil)} ${times.time(civil)}\n`);
      io.out.put(pretty ? ` ${heads} Filesystem\n\n` : `Filesystem       ${heads}\n\n`);
    }
    return 0;
  },
);
