// The tables of unzip -l and -v and of zipinfo, and the reading of an archive by the name that was given.
import { type Blocking, O, type Sys, SysError, concatBytes } from "../../kernel/sys.ts";
import { fileModeText } from "../kit/file-mode.ts";
import { isEncrypted, parseZip, type ZipArchive, type ZipEntry } from "../kit/zip-archive.ts";
import { civilAt } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const hex = (value: number): string => value.toString(16).padStart(8, "0");

/** Per mille of what is saved. */
function saved(sizeBytes: number, packedBytes: number): number {
  if (sizeBytes === 0) return 0;
  const gone = sizeBytes - packedBytes;
  return Math.trunc((gone * 1000 + (gone >= 0 ? 1 : -1) * Math.floor(sizeBytes / 2)) / sizeBytes);
}

/** Without the head of an encrypted entry. */
function packed(entry: ZipEntry): number {
  return entry.packedBytes - (isEncrypted(entry) ? 12 : 0);
}

function dated(zone: Zone, seconds: number): string {
  const { year, month, day, hour, minute } = civilAt(zone, seconds);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

const files = (count: number): string => (count === 1 ? "1 file" : `${count} files`);

export function shortList(entries: readonly ZipEntry[], zone: Zone): string {
  const total = entries.reduce((sum, one) => sum + one.sizeBytes, 0);
  const lines = entries.map((one) => `${String(one.sizeBytes).padStart(9)}  ${dated(zone, one.modifiedSeconds)}   ${one.name}\n`).join("");
  return `  Length      Date    Time    Name\n---------  ---------- -----   ----\n${lines}---------                     -------\n${String(total).padStart(9)}                     ${files(entries.length)}\n`;
}

function methodName(entry: ZipEntry): string {
  if (entry.method === 0) return "Stored";
  return entry.method === 8 ? `Defl:${"NXFS".charAt((entry.flags >> 1) & 3)}` : `Unk:${String(entry.method).padStart(3, "0")}`;
}

export function longList(entries: readonly ZipEntry[], zone: Zone): string {
  const percent = (size: number, small: number): string => {
    const ratio = saved(size, small);
    return `${String(Math.trunc((ratio + (ratio < 0 ? -5 : 5)) / 10)).padStart(3)}%`;
  };
  const [total, small] = entries.reduce(([a, b], one) => [a + one.sizeBytes, b + packed(one)], [0, 0]);
  const lines = entries.map((one) => `${String(one.sizeBytes).padStart(8)}  ${methodName(one).padEnd(6)} ${String(packed(one)).padStart(8)} ${percent(one.sizeBytes, packed(one))} ${dated(zone, one.modifiedSeconds)} ${hex(one.crc)}  ${one.name}\n`).join("");
  return ` Length   Method    Size  Cmpr    Date    Time   CRC-32   Name\n--------  ------  ------- ---- ---------- ----- --------  ----\n${lines}--------          -------  ---                            -------\n${String(total).padStart(8)}         ${String(small).padStart(8)} ${percent(total, small)}                            ${files(entries.length)}\n`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function infoLine(entry: ZipEntry, zone: Zone, how: "short" | "medium" | "long", sortable: boolean): string {
  const { year, month, day, hour, minute, second } = civilAt(zone, entry.modifiedSeconds);
  const mode = entry.mode === undefined ? (entry.name.endsWith("/") ? "drwxr-x---" : "-rw-r-----") : fileModeText(entry.mode);
  const system = entry.system === 3 ? "unx" : entry.system === 0 ? "fat" : "ntf";
  const kind = `${entry.text ? (isEncrypted(entry) ? "T" : "t") : isEncrypted(entry) ? "B" : "b"}${entry.hasExtra ? "x" : "-"}`;
  const method = entry.method === 0 ? "stor" : entry.method === 8 ? `def${"NXFS".charAt((entry.flags >> 1) & 3)}` : `u${String(entry.method).padStart(3, "0")}`;
  const date = sortable ? `${year}${two(month)}${two(day)}.${two(hour)}${two(minute)}${two(second)}` : `${two(year % 100)}-${MONTHS[month - 1]}-${two(day)} ${two(hour)}:${two(minute)}`;
  const ratio = saved(entry.sizeBytes, packed(entry));
  const extra = how === "short" ? "" : how === "medium" ? `${`${Math.trunc((ratio + 5) / 10)}`.padStart(3)}% ` : `${String(packed(entry)).padStart(8)} `;
  return `${mode.padEnd(10)}  ${Math.floor(entry.versionMade / 10)}.${entry.versionMade % 10} ${system} ${String(entry.sizeBytes).padStart(8)} ${kind} ${extra}${method} ${date} ${entry.name}\n`;
}

export function infoTotals(entries: readonly ZipEntry[]): string {
  const [total, small] = entries.reduce(([a, b], one) => [a + one.sizeBytes, b + packed(one)], [0, 0]);
  const ratio = saved(total, small);
  return `${files(entries.length)}, ${total} bytes uncompressed, ${small} ${small === 1 ? "byte" : "bytes"} compressed:  ${ratio < 0 ? "-" : ""}${Math.floor(Math.abs(ratio) / 10)}.${Math.abs(ratio) % 10}%\n`;
}

export type Opened =
  | { readonly kind: "archive"; readonly path: string; readonly archive: ZipArchive; readonly sizeBytes: number }
  /** what is told on standard error */
  | { readonly kind: "failed"; readonly text: string; readonly status: number };

function* whole(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) return concatBytes(parts);
      parts.push(bytes);
      if (sys.charge(1 + (bytes.length >> 6))) yield* sys.preempt();
    }
  } finally {
    sys.close(fd);
  }
}

/** NAME, NAME.zip or NAME.ZIP. `program`: unzip or zipinfo. */
export function* openArchive(sys: Sys, program: string, name: string, zone: Zone): Blocking<Opened> {
  for (const path of [name, `${name}.zip`, `${name}.ZIP`]) {
    let bytes: Uint8Array;
    try {
      bytes = yield* whole(sys, path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ENOENT" || error.errno === "ENOTDIR" || error.errno === "EISDIR") continue;
      return { kind: "failed", status: 9, text: `error:  cannot open zipfile [ ${path} ]\n        ${error.message}\n${program}:  cannot find or open ${name}, ${name}.zip or ${name}.ZIP.\n` };
    }
    const archive = parseZip(bytes, zone);
    if (archive !== undefined) return { kind: "archive", path, archive, sizeBytes: bytes.length };
    return {
      kind: "failed", status: 9,
      text: `Archive:  ${path}\n  End-of-central-directory signature not found.  Either this file is not\n  a zipfile, or it constitutes one disk of a multi-part archive.  In the\n  latter case the central directory and zipfile comment will be found on\n  the last disk(s) of this archive.\n${program}:  cannot find zipfile directory in one of ${name} or\n        ${name}.zip, and cannot find ${name}.ZIP, period.\n`,
    };
  }
  return { kind: "failed", status: 9, text: `${program}:  cannot find or open ${name}, ${name}.zip or ${name}.ZIP.\n` };
}
