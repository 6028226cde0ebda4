import { readTextFile } from "../kit/accounts.ts";
import { Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, unsimulated, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "swapon", path: "/sbin/swapon", manSection: 8, summary: "enable devices and files for paging and swapping", synopsis: ["[options] [<spec>]"],
  options: {
    all: flag(["-a", "--all"], "enable all swaps from /etc/fstab"), summary: flag(["-s", "--summary"], "display summary about used swap devices (DEPRECATED)"),
    show: optionalText(["--show"], "columns", "display summary in definable table"), noheadings: flag(["--noheadings"], "don't print table heading (with --show)"),
    raw: flag(["--raw"], "use the raw output format (with --show)"), bytes: flag(["--bytes"], "display swap size in bytes in --show output"), ifExists: flag(["-e", "--ifexists"], "silently skip devices that do not exist"),
    priority: text(["-p", "--priority"], "prio", "specify the priority of the swap device"), fixpgsz: unsimulated(["-f", "--fixpgsz"], "reinitialize the swap space if necessary", "swapping does not happen here"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const content = (yield* readTextFile(sys, "/proc/swaps")) ?? "";
    const rows = content.trim().split("\n").slice(1).map((line) => line.trim().split(/\s+/));
    if (options.summary) {
      if (rows.length > 0) io.out.put(content);
      return 0;
    }
    if (options.show !== undefined || operands.length === 0) {
      if (options.all) return 0;
      if (rows.length === 0) return 0;
      const table = new Table([{ name: "NAME" }, { name: "TYPE" }, { name: "SIZE", right: true }, { name: "USED", right: true }, { name: "PRIO", right: true }]);
      const size = (kib: string | undefined): string => (options.bytes ? String(Number(kib) * 1024) : `${Math.round(Number(kib) / 1024)}M`);
      for (const [name = "", type = "", total, used, priority = ""] of rows) table.row([name, type, size(total), used === "0" ? "0B" : size(used), priority]);
      io.out.put(table.text({ mode: options.raw ? "raw" : "table", headings: !options.noheadings, utf8: io.utf8 }));
      return 0;
    }
    for (const name of operands) {
      try {
        sys.stat(name);
      } catch {
        if (!options.ifExists) yield* io.fail(`cannot open ${name}: No such file or directory`);
        io.status = 255;
        continue;
      }
      if (sys.getcred().euid !== 0) {
        yield* io.warn(`cannot open ${name}: Permission denied`);
      } else {
        sys.observe({ kind: "unsimulated", command: "swapon", detail: name });
        yield* io.warn(`${name}: swapon is not simulated here: this machine has no paging`);
      }
      io.status = 255;
    }
    return undefined;
  },
});
