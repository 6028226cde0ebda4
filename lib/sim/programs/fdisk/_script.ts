// The input of sfdisk: "name: value" heads, then a line per partition, named fields or "start,size,type,bootable" (sfdisk(8)).

export interface ScriptLine {
  readonly number: number | undefined;
  /** sectors, bytes with a unit, "+" or nothing for the default */
  readonly start: string;
  readonly size: string;
  readonly type: string;
  readonly bootable: boolean;
  readonly uuid: string;
  readonly name: string;
}

export interface Script {
  readonly heads: ReadonlyMap<string, string>;
  readonly lines: readonly ScriptLine[];
}

const HEADS = new Set(["label", "label-id", "unit", "device", "first-lba", "last-lba", "table-length", "grain", "sector-size"]);

/** The number of the line that cannot be read, or the script. */
export function parseScript(text: string): Script | number {
  const heads = new Map<string, string>();
  const lines: ScriptLine[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    let line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const head = /^([a-z-]+)\s*:\s*(.*)$/.exec(line);
    if (head !== null && HEADS.has(head[1] ?? "")) {
      heads.set(head[1] ?? "", head[2] ?? "");
      continue;
    }
    let number: number | undefined;
    const named = /^(?:\S*?p?(\d+))\s*:\s*(.*)$/.exec(line);
    if (named !== null) {
      number = Number(named[1]);
      line = named[2] ?? "";
    }
    const one = line.includes("=") ? parseNamed(line) : parsePlain(line);
    if (one === undefined) return index + 1;
    lines.push({ ...one, number });
  }
  return { heads, lines };
}

type Fields = Omit<ScriptLine, "number">;

function parseNamed(line: string): Fields | undefined {
  const fields = { start: "", size: "", type: "", bootable: false, uuid: "", name: "" };
  for (const match of line.matchAll(/([A-Za-z]+)(?:\s*=\s*("[^"]*"|[^,\s]*))?\s*(?:,|$|\s)/g)) {
    const value = (match[2] ?? "").replace(/^"|"$/g, "");
    switch ((match[1] ?? "").toLowerCase()) {
      case "start": fields.start = value; break;
      case "size": fields.size = value; break;
      case "type": case "id": fields.type = value; break;
      case "bootable": fields.bootable = true; break;
      case "uuid": fields.uuid = value.toUpperCase(); break;
      case "name": fields.name = value; break;
      case "attrs": break;
      default: return undefined;
    }
  }
  return fields;
}

function parsePlain(line: string): Fields | undefined {
  const words = (line.includes(",") || line.includes(";") ? line.split(/\s*[,;]\s*/) : line.split(/\s+/)).map((word) => word.trim());
  const [start = "", size = "", type = "", bootable = ""] = words;
  if (!/^(?:[+-]|\d+[KMGTPE]?(?:iB|B)?)?$/.test(start) || !/^(?:\+|\d+[KMGTPE]?(?:iB|B)?)?$/.test(size)) return undefined;
  return { start: start === "-" ? "" : start, size, type: type === "-" ? "" : type.replace(/^"|"$/g, ""), bootable: bootable === "*", uuid: "", name: "" };
}

/** Sectors that "40M", "2048" or "1GiB" stand for; undefined for the default. */
export function scriptSectors(text: string): number | undefined {
  const match = /^(\d+)(?:([KMGTPE])(iB|B)?)?$/.exec(text);
  if (match === null) return undefined;
  if (match[2] === undefined) return Number(match[1]);
  return Math.floor((Number(match[1]) * (match[3] === "B" ? 1000 : 1024) ** (" KMGTPE".indexOf(match[2]))) / 512);
}
