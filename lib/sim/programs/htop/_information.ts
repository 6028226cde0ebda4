// What htop shows of one process on a screen of its own: command line, environment, open files, locks.
import { type Blocking, decode, type Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { ProcessInfo } from "../kit/processes.ts";
import { shellOutput } from "../kit/shell-command.ts";
import { commandOf } from "./_columns.ts";

export interface Information {
  readonly title: string;
  readonly heading: string;
  readonly lines: readonly string[];
}

export type InformationKind = "command" | "environment" | "files" | "locks";

function* openFiles(sys: Sys, pid: number): Blocking<readonly string[]> {
  const { bytes, status } = yield* shellOutput(sys, `lsof -P -p ${pid} 2>/dev/null`);
  if (status.kind === "exited" && status.status === 127) return ["Could not execute 'lsof'. Please make sure it is available in your $PATH."];
  const rows: string[] = [];
  for (const line of decode(bytes).split("\n").slice(1)) {
    const found = /^\S+\s+\d+\s+\S+\s+(\w+?)([rwu]?[A-Za-z]?)\s+(\S+)\s+(\d+,\d+)?\s+(\S+)?\s+(\S+)\s+(.*)$/.exec(line);
    if (!found) continue;
    const [, name = "", access = "", type = "", device = "", size = "", node = "", path = ""] = found;
    const number = /^\d+$/.test(name);
    const [major = 0, minor = 0] = device.split(",").map(Number);
    const offset = size.startsWith("0t") ? size.slice(2) : "";
    const fd = number ? name : `${name}${access}`;
    rows.push(`${fd.slice(0, 5).padStart(5)} ${type.slice(0, 7).padEnd(7)} ${(number ? access.slice(0, 1) : "").padEnd(4)} ${(device === "" ? "" : `0x${(major * 256 + minor).toString(16)}`).padEnd(10)} ${(offset === "" ? size : "").padStart(10)} ${offset.padStart(10)} ${node.padStart(10)}  ${path}`);
  }
  return rows.sort((a, b) => (a.trimStart() < b.trimStart() ? -1 : 1));
}

function* locks(sys: Sys, pid: number): Blocking<readonly string[]> {
  const rows: string[] = [];
  for (const line of ((yield* readTextFile(sys, "/proc/locks")) ?? "").split("\n")) {
    const [, type = "", exclusion = "", access = "", owner, place = "", from = "", to = ""] = line.trim().split(/\s+/);
    if (Number(owner) !== pid) continue;
    const [major = "", minor = "", node = ""] = place.split(":");
    rows.push(`      ${type.padEnd(10)} ${exclusion.padEnd(10)} ${access.padEnd(10)} 0x${(Number.parseInt(major, 16) * 256 + Number.parseInt(minor, 16)).toString(16).padEnd(4)} ${node.padStart(10)} ${from.padStart(19)} ${(to === "EOF" ? "<END OF FILE>" : to).padStart(19)}  `);
  }
  return rows.length > 0 ? rows : ["No locks have been found for the selected process."];
}

export function* informationOf(sys: Sys, kind: InformationKind, process: ProcessInfo): Blocking<Information> {
  const { pid } = process;
  const of = `process ${pid} - ${commandOf(process)}`;
  switch (kind) {
    case "environment": {
      const text = yield* readTextFile(sys, `/proc/${pid}/environ`);
      return { title: `Environment of ${of}`, heading: "", lines: text === undefined || text === "" ? ["Could not read process environment."] : text.replace(/\0$/, "").split("\0").sort() };
    }
    case "files": return { title: `Snapshot of files open in ${of}`, heading: "   FD TYPE    MODE DEVICE           SIZE     OFFSET       NODE  NAME", lines: yield* openFiles(sys, pid) };
    case "locks": return { title: `Snapshot of file locks of ${of}`, heading: "   FD TYPE       EXCLUSION  READ/WRITE DEVICE       NODE               START                 END  FILENAME", lines: yield* locks(sys, pid) };
    default: return { title: `Command of ${of}`, heading: "", lines: [commandOf(process)] };
  }
}
