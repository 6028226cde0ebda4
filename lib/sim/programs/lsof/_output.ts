// How lsof shows files: its table, and the fields of -F.

import type { Accounts } from "../kit/accounts.ts";
import type { Row } from "./_open-files.ts";
import { FIELD_LETTERS, type LsofOptions } from "./_options.ts";

export const VERSION = `lsof version information:
    revision: 4.95.0
    latest revision: https://github.com/lsof-org/lsof
    latest FAQ: https://github.com/lsof-org/lsof/blob/master/00FAQ
    latest (non-formatted) man page: https://github.com/lsof-org/lsof/blob/master/Lsof.8
    compiler: cc
    compiler version: 11.3.0 (Debian 11.3.0-1) 
    Anyone can list all files.
    /dev warnings are disabled.
    Kernel ID check is disabled.
`;

const FIELD_WORDS: readonly (readonly [string, string])[] = [
  ["a", "access: r = read; w = write; u = read/write"], ["c", "command name"], ["d", "device character code"], ["D", "major/minor device number as 0x<hex>"], ["f", "file descriptor"], ["G", "file flaGs"],
  ["i", "inode number"], ["k", "link count"], ["K", "task ID (TID)"], ["l", "lock: r/R = read; w/W = write; u = read/write"], ["L", "login name"], ["m", "marker between repeated output"], ["M", "task comMand name"],
  ["n", "comment, name, Internet addresses"], ["o", "file offset as 0t<dec> or 0x<hex>"], ["p", "process ID (PID)"], ["g", "process group ID (PGID)"], ["P", "protocol name"], ["r", "raw device number as 0x<hex>"],
  ["R", "paRent PID"], ["s", "file size"], ["S", "stream module and device names"], ["t", "file type"], ["T", "TCP/TPI info"], ["u", "user ID (UID)"], ["0", "(zero) use NUL field terminator instead of NL"],
];
export const FIELD_TABLE = `lsof:\tID    field description\n${FIELD_WORDS.map(([letter, words]) => `\t ${letter}    ${words}\n`).join("")}`;

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Names of the flags that a file was opened with. */
function flagNames(flags: number): string {
  const names: string[] = [];
  if ((flags & 3) === 1) names.push("W");
  if ((flags & 3) === 2) names.push("RW");
  for (const [bit, name] of [[0o2000, "AP"], [0o4000, "ND"], [0o10000, "DSYN"], [0o100000, "LG"], [0o200000, "DTY"], [0o400000, "NFLK"], [0o10000000, "PATH"]] as const) if ((flags & bit) !== 0) names.push(name);
  return names.join(",") + ((flags & 0o2000000) !== 0 ? ";CX" : "");
}

/** -o: only offsets, -s: only sizes. */
function sizeCell(row: Row, which: LsofOptions["offsets"]): string {
  const isOffset = row.size.startsWith("0t");
  if (which === "both") return row.size;
  if (which === "size") return isOffset ? "" : row.size;
  return isOffset ? row.size : row.offset === undefined ? "" : `0t${row.offset}`;
}

export function table(rows: readonly Row[], options: LsofOptions): string {
  const columns: (readonly [string, (row: Row) => string])[] = [["COMMAND", (row) => row.process.comm.slice(0, options.commandWidth)], ["PID", (row) => String(row.process.pid)]];
  if (options.parents) columns.push(["PPID", (row) => String(row.process.ppid)]);
  if (options.groupsShown) columns.push(["PGID", (row) => String(row.process.pgrp)]);
  columns.push(["USER", (row) => row.user.slice(0, 8)], ["FD", (row) => row.fd + row.locked], ["TYPE", (row) => row.type]);
  if (options.flags) columns.push(["FILE-FLAG", (row) => (row.flags === undefined ? "" : options.flags === "names" ? flagNames(row.flags) : `${hex(row.flags & ~0o2000000)};${(row.flags & 0o2000000) === 0 ? "0x0" : "0x1"}`)]);
  columns.push(["DEVICE", (row) => row.device], [options.offsets === "both" ? "SIZE/OFF" : options.offsets === "size" ? "SIZE" : "OFFSET", (row) => sizeCell(row, options.offsets)]);
  if (options.links || options.fewerLinks !== undefined) columns.push(["NLINK", (row) => (row.stat ? String(row.stat.nlink) : "")]);
  columns.push(["NODE", (row) => row.node], ["NAME", (row) => row.name]);
  const cells = rows.map((row) => columns.map(([, value]) => value(row)));
  const widths = columns.map(([heading], index) => Math.max(heading.length, ...cells.map((row) => (row[index] ?? "").length)));
  // the descriptor stands to the right, its mode and lock after it; a user without a number to the left would stand so too
  const descriptor = (value: string): string => (/^\d+[rwu]/.test(value) ? `${/^\d+/.exec(value)?.[0].padStart(4) ?? ""}${value.replace(/^\d+/, "").padEnd(2)}` : `${value.padStart(4)}  `);
  const line = (row: readonly string[]): string => `${row.map((value, index) => {
    const heading = columns[index]?.[0];
    if (heading === "NAME") return value;
    if (heading === "FD") return descriptor(value);
    return index === 0 ? value.padEnd(widths[0] ?? 0) : value.padStart(widths[index] ?? 0);
  }).join(" ")}\n`;
  return line(columns.map(([heading]) => heading)) + cells.map(line).join("");
}

/** Fields of processes, then of their files, each on a line of its own (or ended by NUL, a set a line). */
export function fieldLines(rows: readonly Row[], asked: string, nul: boolean, accounts: Accounts): string {
  const wanted = asked === "" ? FIELD_LETTERS : asked;
  const has = (letter: string): boolean => wanted.includes(letter);
  let output = "";
  let last = -1;
  const put = (fields: readonly (readonly [string, string | undefined])[], always = ""): void => {
    const set = fields.filter(([letter, value]) => value !== undefined && (letter === always || has(letter))).map(([letter, value]) => `${letter}${value ?? ""}`);
    if (set.length > 0) output += nul ? `${set.join("\0")}\0\n` : `${set.join("\n")}\n`;
  };
  for (const row of rows) {
    const { process, stat, socket } = row;
    if (process.pid !== last) {
      const uid = process.uids[1] ?? 0;
      put([["p", String(process.pid)], ["g", String(process.pgrp)], ["R", String(process.ppid)], ["c", process.comm], ["u", String(uid)], ["L", accounts.userName(uid)]], "p");
      last = process.pid;
    }
    const mode = /^\d+([rwu])$/.exec(row.fd)?.[1] ?? " ";
    const internet = socket !== undefined && (socket.family === "inet" || socket.family === "inet6");
    const state = internet ? / \((\w+)\)$/.exec(row.name)?.[1] : undefined;
    const isOffset = row.size.startsWith("0t");
    put([
      ["f", row.fd.replace(/^(\d+)[rwu]$/, "$1")], ["a", mode], ["l", row.locked === "" ? " " : row.locked], ["t", row.type], ["G", row.flags === undefined ? undefined : `${hex(row.flags & ~0o2000000)};${(row.flags & 0o2000000) === 0 ? "0x0" : "0x1"}`],
      ["d", socket === undefined ? undefined : row.device], ["D", stat === undefined ? undefined : hex(stat.dev)], ["o", isOffset ? row.size : undefined], ["s", isOffset || row.size === "" ? undefined : row.size],
      ["i", internet || row.node === "" ? undefined : row.node], ["k", stat === undefined ? undefined : String(stat.nlink)], ["P", internet ? row.node : undefined], ["n", state === undefined ? row.name : row.name.slice(0, -state.length - 3)],
      ["T", state === undefined ? undefined : `ST=${state}`], ["T", state === undefined ? undefined : "QR=0"], ["T", state === undefined ? undefined : "QS=0"],
    ]);
  }
  return output;
}
