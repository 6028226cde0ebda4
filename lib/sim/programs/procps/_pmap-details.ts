// The details of memory areas: /proc/PID/smaps, and how pmap -X, -XX, -c and -C lay them out.

export interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  /** in KiB */
  readonly size: number;
  readonly mode: string;
  readonly offset: string;
  readonly device: string;
  readonly inode: string;
  readonly path: string;
  /** Rss, Pss…, and other numbers such as THPeligible */
  readonly kib: Map<string, number>;
  flags: string;
}

export function parseSmaps(text: string): readonly Mapping[] {
  const mappings: Mapping[] = [];
  for (const line of text.split("\n")) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) (\S+) (\S+) (\d+)\s*(.*)$/.exec(line);
    if (head) {
      const [, from = "", to = "", mode = "", offset = "", device = "", inode = "", path = ""] = head;
      const [start, end] = [BigInt(`0x${from}`), BigInt(`0x${to}`)];
      mappings.push({ start, end, size: Number((end - start) / 1024n), mode, offset, device, inode, path, kib: new Map(), flags: "" });
      continue;
    }
    const last = mappings.at(-1);
    const value = /^(\w+):\s+(\d+)(?: kB)?$/.exec(line);
    if (last && value) last.kib.set(value[1] ?? "", Number(value[2]));
    else if (last && line.startsWith("VmFlags:")) last.flags = line.slice(8).trim();
  }
  return mappings;
}

export function shownName({ path }: Mapping, showPath: boolean): string {
  if (path === "[stack]") return "  [ stack ]";
  if (path === "" || path.startsWith("[")) return "  [ anon ]";
  return showPath ? path : path.slice(path.lastIndexOf("/") + 1);
}

/** Sections of a .pmaprc. `refuse` ends the program. */
export function parseRc(text: string, refuse: (line: number) => never): { readonly fields: ReadonlySet<string>; readonly showPath: boolean } {
  const fields = new Set<string>();
  let section = "";
  let showPath = false;
  for (const [at, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const title = /^\[(.*)\]$/.exec(line)?.[1];
    if (title !== undefined) section = title;
    else if (section === "") refuse(at + 1);
    else if (section === "Fields Display") fields.add(line);
    else if (section === "Mapping" && line === "ShowPath") showPath = true;
  }
  return { fields, showPath };
}

/** Only -XX shows these. */
const MORE = new Set(["KernelPageSize", "MMUPageSize", "Shared_Clean", "Shared_Dirty", "Private_Clean", "Private_Dirty", "AnonHugePages", "VmFlags"]);
const FLAGS_WIDTH = 20;

interface DetailColumn {
  readonly title: string;
  readonly width: number;
  readonly left: boolean;
  readonly sum: number | undefined;
  readonly value: (one: Mapping) => string;
}

interface Details {
  /** of an rc file */
  readonly fields: ReadonlySet<string> | undefined;
  readonly everything: boolean;
  readonly quiet: boolean;
  readonly showPath: boolean;
}

export function detailLines(mappings: readonly Mapping[], { fields, everything, quiet, showPath }: Details): string {
  const wanted = (title: string): boolean => (fields ? fields.has(title) : everything || !MORE.has(title));
  const columns: DetailColumn[] = [];
  const add = (title: string, value: (one: Mapping) => string, more: Partial<DetailColumn> = {}): void => {
    if (title !== "Address" && !wanted(title)) return;
    const widest = Math.max(0, ...mappings.map((one) => value(one).length), ...(more.sum === undefined ? [] : [String(more.sum).length]));
    columns.push({ title, value, left: false, sum: undefined, ...more, width: Math.max(more.width ?? 0, widest, quiet ? 0 : title.length) });
  };
  add("Address", (one) => one.start.toString(16), { width: 16 });
  add("Perm", (one) => one.mode);
  add("Offset", (one) => one.offset);
  add("Device", (one) => one.device);
  add("Inode", (one) => one.inode);
  const numbers = [...new Set(mappings.flatMap((one) => [...one.kib.keys()]))];
  for (const title of numbers) add(title, (one) => String(one.kib.get(title) ?? 0), { sum: title.endsWith("PageSize") ? undefined : mappings.reduce((sum, one) => sum + (one.kib.get(title) ?? 0), 0) });
  add("VmFlags", (one) => one.flags, { width: FLAGS_WIDTH });
  add("Mapping", (one) => (showPath || one.path.startsWith("[") ? one.path : one.path.slice(one.path.lastIndexOf("/") + 1)), { left: true });
  const cell = (text: string, column: DetailColumn): string => (column.left ? text : text.padStart(column.width));
  const line = (text: (column: DetailColumn) => string): string => `${columns.map((column) => cell(text(column), column) + (column.left ? "" : " ")).join("")}\n`;
  const rows = mappings.map((one) => line((column) => column.value(one))).join("");
  if (quiet) return rows;
  const summed = columns.filter((column) => column.sum !== undefined);
  const footer = (text: (column: DetailColumn) => string): string => columns.slice(0, columns.findLastIndex((column) => column.sum !== undefined) + 1).map((column) => (column.sum === undefined ? " ".repeat(column.width + 1) : `${text(column).padStart(column.width)} `)).join("");
  const sums = summed.length === 0 ? "" : `${footer((column) => "=".repeat(column.width))}\n${footer((column) => String(column.sum))}KB \n`;
  return line((column) => column.title) + rows + sums;
}
