// lslocks: /proc/locks with the names of processes and files (lslocks(8)).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { deviceSize } from "../kit/disk-label.ts";
import { Table } from "../kit/table.ts";
import { flag, type Io, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";

const COLUMNS = ["COMMAND", "PID", "TYPE", "SIZE", "INODE", "MAJ:MIN", "MODE", "M", "START", "END", "PATH", "BLOCKER"];

function* fileOf(sys: Sys, pid: string, inode: number): Blocking<{ readonly path: string; readonly size: number } | undefined> {
  try {
    for (const { name } of sys.readdir(`/proc/${pid}/fd`)) {
      const path = sys.readlink(`/proc/${pid}/fd/${name}`);
      try {
        const stat = sys.stat(path);
        if (stat.ino === inode) return { path, size: stat.sizeBytes };
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      if (sys.charge(5)) yield* sys.preempt();
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return undefined;
}

export default utilLinux({
  name: "lslocks", path: "/usr/bin/lslocks", manSection: 8, summary: "list the locks that processes hold on files", synopsis: ["[options]"],
  options: { bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"), json: flag(["-J", "--json"], "write JSON"), accessible: flag(["-i", "--noinaccessible"], "pass over files that may not be read"), noheadings: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown"), all: flag(["--output-all"], "every column that there is"), pid: text(["-p", "--pid"], "pid", "only what this process has locked"), raw: flag(["-r", "--raw"], "write columns without padding"), whole: flag(["-u", "--notruncate"], "columns are as wide as their text") },
  *run({ options, sys }, io: Io) {
    const wanted = options.all ? COLUMNS : (options.output ?? "COMMAND,PID,TYPE,SIZE,MODE,M,START,END,PATH").toUpperCase().split(",");
    const unknown = unknownColumn(options.output ?? "PID", (name) => COLUMNS.includes(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    const table = new Table(wanted.map((name) => ({ name, ...(["PID", "SIZE", "INODE", "M", "START", "END", "BLOCKER"].includes(name) && { right: true }) })));
    for (const line of ((yield* readTextFile(sys, "/proc/locks")) ?? "").split("\n")) {
      const [, type = "", , mode = "", pid = "", place = "", start = "0", end = "0"] = line.trim().split(/\s+/);
      if (type === "" || (options.pid !== undefined && options.pid !== pid)) continue;
      const [major = "0", minor = "0", inode = "0"] = place.split(":");
      const file = yield* fileOf(sys, pid, Number(inode));
      if (file === undefined && options.accessible) continue;
      const command = ((yield* readTextFile(sys, `/proc/${pid}/comm`)) ?? "").trim();
      const cells: Readonly<Record<string, string>> = {
        COMMAND: command, PID: pid, TYPE: type, SIZE: file === undefined ? "" : options.bytes ? String(file.size) : deviceSize(file.size), INODE: inode, "MAJ:MIN": `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`, MODE: mode, M: "0", START: start, END: end === "EOF" ? "0" : end, PATH: file?.path ?? "", BLOCKER: "",
      };
      table.row(wanted.map((name) => cells[name] ?? ""));
    }
    if (table.rows.length > 0) io.out.put(table.text({ mode: options.json ? "json" : options.raw ? "raw" : "table", headings: !options.noheadings, jsonName: "locks", utf8: io.utf8 }));
    return 0;
  },
});
