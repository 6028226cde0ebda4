// tapestat: the traffic of tape drives (tapestat(1), sysstat 12.6.1). The machine has none: /sys/class/scsi_tape is empty.

import { flag, type Io, program } from "../kit/program.ts";
import { firstLine, nowSeconds, processorCount, readTimes } from "./_times.ts";
import { digits, usage, VERSION_TEXT } from "./_usage.ts";

export default program(
  {
    name: "tapestat", summary: "the traffic of tape drives", synopsis: ["[OPTION]... [INTERVAL [COUNT]]"], operands: "none", seeAlso: ["iostat(1)", "mpstat(1)"],
    options: [flag(["--human"], "units that people read easily"), flag(["-k"], "in kilobytes"), flag(["-m"], "in megabytes"), flag(["-t"], "the time above each report"), flag(["-V"], "show the version"), flag(["-y"], "leave out the report since the start"), flag(["-z"], "leave out drives without traffic")],
  },
  function* (sys, argv, io: Io) {
    let numbers = 0;
    for (const word of argv.slice(1)) {
      if (word === "--human") continue;
      if (/^-[kmtyzV]+$/.test(word)) {
        if (!word.includes("V")) continue;
        io.out.put(VERSION_TEXT);
        return 0;
      }
      if (digits(word) === undefined || ++numbers > 2) return yield* usage(io, "tapestat");
    }
    const times = yield* readTimes(sys);
    io.out.put(`${firstLine(sys.uname(), times.date(times.civil(nowSeconds(sys))), processorCount(sys))}\n`);
    yield* io.stderr("No tape drives with statistics found\n");
    return 1;
  },
);
