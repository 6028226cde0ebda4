// The syntax of configuration files (git-config(1), "CONFIGURATION FILE"): read, and changed in place so that comments stay.

export interface ConfigEntry {
  /** section and name in lower case, the subsection as written: "branch.Main.remote" */
  readonly key: string;
  /** Undefined: the name alone, which means true. */
  readonly value: string | undefined;
  readonly line: number;
  /** first line (0-based) and the one behind the last */
  readonly from: number;
  readonly to: number;
}

export class BadConfig extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`bad config line ${line}`);
    this.line = line;
  }
}

interface Header {
  /** "section" or "section.sub" */
  readonly section: string;
  readonly at: number;
}

export interface ParsedConfig {
  readonly entries: readonly ConfigEntry[];
  readonly headers: readonly Header[];
  readonly lines: readonly string[];
}

/** `[a "b"]` → a.b; what follows on the line comes back as rest. */
function headerOf(line: string): { readonly section: string; readonly rest: string } | undefined {
  const match = /^\s*\[([-.A-Za-z0-9]+)(?:[ \t]+"((?:[^"\\]|\\.)*)")?\s*\](.*)$/.exec(line);
  if (!match) return undefined;
  const [, name = "", sub, rest = ""] = match;
  return { section: name.toLowerCase() + (sub === undefined ? "" : `.${sub.replace(/\\(.)/g, "$1")}`), rest };
}

export function parseConfig(text: string): ParsedConfig {
  const lines = text.replace(/^\ufeff/, "").split("\n");
  if (lines.at(-1) === "") lines.pop();
  const entries: ConfigEntry[] = [];
  const headers: Header[] = [];
  let section: string | undefined;
  for (let i = 0; i < lines.length; i++) {
    let line = (lines[i] ?? "").replace(/\r$/, "");
    const header = /^\s*\[/.test(line) ? headerOf(line) : undefined;
    if (header) {
      section = header.section;
      headers.push({ section, at: i });
      line = header.rest;
    } else if (/^\s*\[/.test(line)) throw new BadConfig(i + 1);
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const match = /^\s*([A-Za-z][-A-Za-z0-9]*)[ \t]*(=(.*))?$/.exec(line.includes("=") ? line : line.replace(/\s*[#;].*$/, ""));
    if (!match || section === undefined) throw new BadConfig(i + 1);
    const from = i;
    let value: string | undefined;
    if (match[2] !== undefined) {
      const read = readValue(match[3] ?? "", () => lines[++i]);
      if (read === undefined) throw new BadConfig(i + 1);
      value = read;
    }
    entries.push({ key: `${section}.${(match[1] ?? "").toLowerCase()}`, value, line: from + 1, from, to: i + 1 });
  }
  return { entries, headers, lines };
}

function readValue(first: string, next: () => string | undefined): string | undefined {
  let out = "";
  let quoted = false;
  let spaces = "";
  let text: string = first.replace(/^\s+/, "");
  for (let i = 0; ; i++) {
    if (i >= text.length) return quoted ? undefined : out;
    const char = text[i] ?? "";
    if (char === "\\") {
      const escaped = text[++i];
      if (escaped === undefined || (escaped === "\r" && i === text.length - 1)) {
        text = next() ?? "";
        i = -1;
        continue;
      }
      const known = { n: "\n", t: "\t", b: "\b", '"': '"', "\\": "\\" }[escaped];
      if (known === undefined) return undefined;
      out += spaces + known;
      spaces = "";
    } else if (char === '"') {
      quoted = !quoted;
      out += spaces;
      spaces = "";
    } else if (!quoted && (char === "#" || char === ";")) return out;
    else if (!quoted && (char === " " || char === "\t" || char === "\r")) {
      if (out !== "") spaces += char;
    } else {
      out += spaces + char;
      spaces = "";
    }
  }
}

function writtenValue(value: string): string {
  const quotes = /^\s|\s$|[#;]/.test(value);
  const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\b", "\\b");
  return quotes ? `"${escaped}"` : escaped;
}

/** "a.b.c" → section "a.b", name "c"; undefined where it has no dot or a wrong name. */
export function splitKey(key: string): { readonly section: string; readonly name: string; readonly canonical: string } | undefined {
  const last = key.lastIndexOf(".");
  const first = key.indexOf(".");
  if (last <= 0) return undefined;
  const name = key.slice(last + 1).toLowerCase();
  const section = key.slice(0, first).toLowerCase() + key.slice(first, last);
  return { section: first === last ? key.slice(0, last).toLowerCase() : section, name, canonical: `${first === last ? key.slice(0, last).toLowerCase() : section}.${name}` };
}

const headerLine = (section: string): string => {
  const dot = section.indexOf(".");
  return dot < 0 ? `[${section}]` : `[${section.slice(0, dot)} "${section.slice(dot + 1).replace(/["\\]/g, "\\$&")}"]`;
};

const joined = (lines: readonly string[]): string => (lines.length === 0 ? "" : `${lines.join("\n")}\n`);

/** The text with the value set; `at`: which of several entries takes it (the others `drop`). The name keeps the case it is given in. */
export function withValue(text: string, key: string, value: string, options: { readonly add?: boolean; readonly replace?: readonly ConfigEntry[] } = {}): string {
  const parsed = parseConfig(text);
  const split = splitKey(key);
  if (!split) return text;
  const written = `\t${key.slice(key.lastIndexOf(".") + 1)} = ${writtenValue(value)}`;
  const lines = [...parsed.lines];
  const same = options.replace ?? parsed.entries.filter((entry) => entry.key === split.canonical);
  const last = same.at(-1);
  if (!options.add && last) {
    const header = /^\s*\[[^\]]*\]/.exec(lines[last.from] ?? "")?.[0];
    lines.splice(last.from, last.to - last.from, ...(header ? [header, written] : [written]));
    for (const entry of [...same].reverse().slice(1)) lines.splice(entry.from, entry.to - entry.from);
    return joined(lines);
  }
  let headerAt = -1;
  for (const header of parsed.headers) if (header.section === split.section) headerAt = header.at;
  if (headerAt < 0) return joined([...lines, headerLine(split.section), written]);
  const inSection = parsed.entries.filter((entry) => entry.from >= headerAt && entry.key.slice(0, entry.key.lastIndexOf(".")) === split.section);
  lines.splice((inSection.at(-1)?.to ?? headerAt + 1), 0, written);
  return joined(lines);
}

/** The text without those entries; a section that they leave empty goes too, unless it has a comment. */
export function withoutEntries(text: string, drop: readonly ConfigEntry[]): string {
  const parsed = parseConfig(text);
  const gone = new Set(drop.flatMap((entry) => Array.from({ length: entry.to - entry.from }, (_, i) => entry.from + i)));
  for (const [n, header] of parsed.headers.entries()) {
    const end = parsed.headers[n + 1]?.at ?? parsed.lines.length;
    let hadOne = false;
    let keeps = false;
    for (let i = header.at + 1; i < end; i++) {
      if (gone.has(i)) hadOne = true;
      else if ((parsed.lines[i] ?? "").trim() !== "") keeps = true;
    }
    const before = parsed.lines[header.at - 1]?.trim() ?? "";
    if (hadOne && !keeps && !/^[#;]/.test(before)) for (let i = header.at; i < end; i++) gone.add(i);
  }
  return joined(parsed.lines.filter((_, i) => !gone.has(i)));
}

/** Undefined where there is no such section. `to` undefined removes it. */
export function withSectionRenamed(text: string, from: string, to: string | undefined): string | undefined {
  const { headers, lines } = parseConfig(text);
  const hits = headers.filter((header) => header.section === from);
  if (hits.length === 0) return undefined;
  const out: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const header = headers.findLast((one) => one.at <= i);
    if (header?.section !== from) out.push(lines[i] ?? "");
    else if (to !== undefined) out.push(header.at === i ? headerLine(to) : (lines[i] ?? ""));
  }
  return joined(out);
}
