// --queryformat: %{TAG}, %-20{TAG}, [ … ] once for each value, :date and :day, the escapes of C.
import { type RpmHeader, TAG } from "../rpm2cpio/_rpm-file.ts";
import { strftime, civilAt } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";

export class BadFormat extends Error {}

const COMPUTED: ReadonlyMap<string, (header: RpmHeader) => string> = new Map([["NVR", (header) => header.nvr], ["NVRA", (header) => header.nvra], ["NEVRA", (header) => header.nvra], ["N", (header) => header.text(TAG.NAME) ?? ""], ["V", (header) => header.text(TAG.VERSION) ?? ""], ["R", (header) => header.text(TAG.RELEASE) ?? ""]]);
const ALIASES: ReadonlyMap<string, string> = new Map([["REQUIRES", "REQUIRENAME"], ["PROVIDES", "PROVIDENAME"], ["COPYRIGHT", "LICENSE"], ["LONGSIZE", "SIZE"]]);

export const queryTags = (): readonly string[] => [...Object.keys(TAG), ...COMPUTED.keys()].sort();

function values(header: RpmHeader, name: string, installTime: number | undefined): readonly string[] {
  const upper = name.toUpperCase();
  const computed = COMPUTED.get(upper);
  if (computed !== undefined) return [computed(header)];
  if (upper === "FILENAMES") return header.fileNames;
  if (upper === "INSTALLTIME") return installTime === undefined ? ["(none)"] : [String(installTime)];
  const tag = Object.entries(TAG).find(([key]) => key === (ALIASES.get(upper) ?? upper))?.[1];
  if (tag === undefined) throw new BadFormat(`incorrect format: unknown tag: "${name}"`);
  return header.has(tag) ? header.strings(tag) : ["(none)"];
}

export function formatQuery(format: string, header: RpmHeader, zone: Zone, installTime: number | undefined): string {
  const expand = (text: string, at: number | undefined): string => {
    let out = "";
    for (let index = 0; index < text.length; index++) {
      const letter = text.charAt(index);
      if (letter === "\\") {
        const next = text.charAt(++index);
        out += ({ n: "\n", t: "\t", a: "\x07", r: "\r" } as const)[next as "n"] ?? next;
      } else if (letter === "%") {
        const match = /^%(-?\d*)\{(=?)([A-Za-z_0-9]+)(?::(\w+))?\}/.exec(text.slice(index));
        if (match === null) {
          if (text.charAt(index + 1) === "%") index++;
          out += "%";
          continue;
        }
        const [whole, width = "", every = "", name = "", style] = match;
        const all = values(header, name, installTime);
        let value = all[at === undefined || every === "=" ? 0 : at] ?? all[0] ?? "(none)";
        if (style === "date" || style === "day") value = value === "(none)" ? value : strftime(style === "date" ? "%a %b %e %H:%M:%S %Y" : "%a %b %d %Y", civilAt(zone, Number(value)));
        out += width.startsWith("-") ? value.padEnd(Number(width.slice(1))) : value.padStart(Number(width || 0));
        index += whole.length - 1;
      } else if (letter === "[" && at === undefined) {
        const close = text.indexOf("]", index);
        if (close < 0) throw new BadFormat("incorrect format: ] expected at end of array");
        const inner = text.slice(index + 1, close);
        const names = [...inner.matchAll(/%-?\d*\{([A-Za-z_0-9]+)/g)].map((match) => match[1] ?? "");
        const count = Math.max(0, ...names.map((name) => values(header, name, installTime).length));
        for (let item = 0; item < count; item++) out += expand(inner, item);
        index = close;
      } else out += letter;
    }
    return out;
  };
  return expand(format, undefined);
}
