// The file browser (^T at a question for a file name): what a directory holds, in columns, and what the keys do to the choice.

import { S, type Sys, SysError } from "../../kernel/sys.ts";

interface BrowserEntry {
  readonly name: string;
  readonly directory: boolean;
  readonly info: string;
}

function infoOf(sys: Sys, path: string): { readonly directory: boolean; readonly info: string } {
  try {
    const stat = sys.stat(path);
    if ((stat.mode & S.IFMT) === S.IFDIR) return { directory: true, info: "(dir)" };
    const units = [" B", "KB", "MB", "GB"];
    let size = stat.sizeBytes;
    let unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size = Math.floor(size / 1024);
      unit++;
    }
    return { directory: false, info: `${String(size).padStart(4)} ${units[unit] ?? ""}` };
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return { directory: false, info: "--" };
  }
}

export class FileBrowser {
  readonly directory: string;
  readonly entries: readonly BrowserEntry[];
  chosen = 0;

  /** Throws SysError. */
  constructor(sys: Sys, directory: string) {
    this.directory = directory.endsWith("/") ? directory : `${directory}/`;
    const found = sys.readdir(directory).filter(({ name }) => name !== "." && name !== "..").map(({ name }) => ({ name, ...infoOf(sys, this.directory + name) }));
    found.sort((a, b) => Number(b.directory) - Number(a.directory) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    this.entries = [...(this.directory === "/" ? [] : [{ name: "..", directory: true, info: "(parent dir)" }]), ...found];
  }

  /** Columns that one entry takes, without the two between them. */
  width(columns: number): number {
    return Math.min(columns, Math.max(...this.entries.map(({ name }) => name.length), 5) + 10);
  }

  perRow(columns: number): number {
    return Math.max(1, Math.floor((columns + 2) / (this.width(columns) + 2)));
  }

  label(index: number, columns: number): string {
    const entry = this.entries[index];
    if (!entry) return "";
    const width = this.width(columns);
    const room = Math.max(1, width - entry.info.length - 1);
    const name = entry.name.length > room ? `...${entry.name.slice(entry.name.length - Math.max(0, room - 3))}` : entry.name;
    return name + entry.info.padStart(width - name.length);
  }

  move(by: number): void {
    this.chosen = Math.max(0, Math.min(this.entries.length - 1, this.chosen + by));
  }

  select(name: string): void {
    this.chosen = Math.max(0, this.entries.findIndex((entry) => entry.name === name));
  }

  /** Goes to the next entry (the one before) whose name has `text`, in capitals or not. */
  search(text: string, backwards: boolean): "found" | "wrapped" | "same" | "none" {
    const count = this.entries.length;
    const wanted = text.toLowerCase();
    for (let step = 1; step <= count; step++) {
      const place = (this.chosen + (backwards ? count - step : step)) % count;
      if (this.entries[place]?.name.toLowerCase().includes(wanted) !== true) continue;
      if (place === this.chosen) return "same";
      const wrapped = backwards ? place > this.chosen : place < this.chosen;
      this.chosen = place;
      return wrapped ? "wrapped" : "found";
    }
    return "none";
  }

  /** The path of the chosen entry, and whether it is a directory. */
  get choice(): { readonly path: string; readonly directory: boolean } {
    const entry = this.entries[this.chosen];
    if (!entry || entry.name === "..") return { path: this.directory.replace(/[^/]*\/$/, "") || "/", directory: true };
    return { path: this.directory + entry.name, directory: entry.directory };
  }
}
