// netstat -s: the counters of /proc/net/snmp, netstat and snmp6 in words (statistics.c of net-tools 2.10).
import { type Entry, ICMP, ICMP6, IP, IP6, type Kind, TCP, TCP_EXT, UDP, UDP6 } from "./_statistics-words.ts";

export interface Wanted {
  readonly raw: boolean;
  readonly tcp: boolean;
  readonly udp: boolean;
}

interface Table {
  readonly entries: readonly Entry[];
  readonly shown: boolean;
}

const INDENT: Readonly<Record<Kind, string>> = { always: "    ", counted: "    ", fixed: "    ", in: "        ", out: "        " };

const TABLES: ReadonlyMap<string, readonly [entries: readonly Entry[], of: keyof Wanted]> = new Map([["Ip", [IP, "raw"]], ["Icmp", [ICMP, "raw"]], ["Tcp", [TCP, "tcp"]], ["Udp", [UDP, "udp"]], ["TcpExt", [TCP_EXT, "tcp"]]]);
const TABLES6: typeof TABLES = new Map([["Ip6", [IP6, "raw"]], ["Icmp6", [ICMP6, "raw"]], ["Udp6", [UDP6, "udp"]], ["Tcp6", [TCP, "tcp"]]]);

/** bsearch(3). */
function find(entries: readonly Entry[], title: string): Entry | undefined {
  let low = 0, high = entries.length;
  while (low < high) {
    const at = (low + high) >>> 1;
    const entry = entries[at];
    if (entry === undefined || title === entry[0]) return entry;
    if (title < entry[0]) high = at;
    else low = at + 1;
  }
  return undefined;
}

export class StatisticsText {
  text = "";
  readonly #wanted: Wanted;
  /** what was shown last: its indentation lasts */
  #state: Kind = "always";

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  #begin(tables: typeof TABLES, title: string): Table {
    const table = tables.get(title);
    if (table !== undefined) this.#state = "always";
    const shown = table === undefined || this.#wanted[table[1]];
    if (shown) this.text += `${title}:\n`;
    return { entries: table?.[0] ?? [], shown };
  }

  #value(table: Table, title: string, count: number): void {
    if (!table.shown) return;
    const entry = find(table.entries, title);
    if (entry === undefined) {
      if (count !== 0) this.text += `${INDENT[this.#state]}${title}: ${count}\n`;
      return;
    }
    const [, words, kind] = entry;
    if (kind === "fixed" || words === "") return;
    if ((kind === "in" || kind === "out") && this.#state !== kind) this.text += `${INDENT[this.#state]}ICMP ${kind}put histogram:\n`;
    if (kind === "always" || count > 0) this.text += `${INDENT[kind]}${words.replace("%", String(count))}\n`;
    this.#state = kind;
  }

  /** Lines of names and lines of values by turns; `only`: tables whose titles begin so. */
  pairs(file: string, only = ""): void {
    const lines = file.split("\n");
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const [title = "", names = ""] = (lines[at] ?? "").split(":");
      if (!title.startsWith(only)) continue;
      const table = this.#begin(TABLES, title);
      const values = ((lines[at + 1] ?? "").split(":")[1] ?? "").trim().split(/\s+/);
      names.trim().split(/\s+/).forEach((name, index) => this.#value(table, name, Number(values[index] ?? 0)));
    }
  }

  /** A name and a value in each line; the name begins with its table's, to the "6". */
  names(file: string): void {
    let title = "";
    let table: Table | undefined;
    for (const line of file.split("\n")) {
      const [name = "", value] = line.split(/\s+/);
      if (name === "") continue;
      if (table === undefined || !name.includes(title)) {
        title = name.slice(0, name.indexOf("6") + 1);
        table = this.#begin(TABLES6, title);
      }
      this.#value(table, name, Number(value));
    }
  }
}
