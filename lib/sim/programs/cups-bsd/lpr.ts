// lpr: prints files, with the options of BSD (lpr(1) of CUPS).
import { CONNECTION, cups } from "../cups-client/_client.ts";
import { submit } from "../cups-client/_submit.ts";
import { SysError } from "../../kernel/sys.ts";

export default cups({
  name: "lpr", summary: "print files", usage: ["[options] [file(s)]"],
  options: [["-# num-copies", "How many copies"], ...CONNECTION.filter(([head]) => !head.startsWith("-h")), ["-H server[:port]", "The server to ask"], ["-h", "No banner page"], ["-l", "Send the file as it is"], ["-m", "Tell by mail when it is printed"], ["-o option[=value]", "An option of the printer"], ["-p", "Format plain text with a heading"], ["-P destination", "The queue to print on"], ["-q", "Hold the job"], ["-r", "Remove the files after sending them"], ["-C title", "A name for the job"], ["-J title", "A name for the job"], ["-T title", "A name for the job"]],
  *run({ sys, operands, has, value }, io) {
    const sent = yield* submit(io, { destination: value("P"), files: operands, title: value("T") ?? value("J") ?? value("C"), copies: Math.max(1, Number(value("#") ?? 1) || 1), priority: 50, hold: has("q") });
    if (sent === undefined) return 1;
    if (has("r")) {
      for (const file of operands) {
        try {
          sys.unlink(file);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
    }
    return 0;
  },
});
