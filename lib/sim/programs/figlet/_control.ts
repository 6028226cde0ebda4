// Control files of figlet: which characters become which, and whether the input is UTF-8.

/** A range of characters and what is added to each; "freeze" ends a round: what was changed in it is not changed again. */
export type Mapping = { readonly from: number; readonly to: number; readonly offset: number } | "freeze";

interface Reader {
  readonly text: string;
  at: number;
}

function character(reader: Reader): number | undefined {
  const letter = reader.text[reader.at];
  if (letter === undefined) return undefined;
  if (letter !== "\\") {
    reader.at++;
    return letter.charCodeAt(0);
  }
  const [whole = "", digits, other] = /^\\(?:(-?(?:0[xX][0-9a-fA-F]+|\d+))|(.))/s.exec(reader.text.slice(reader.at)) ?? [];
  reader.at += Math.max(1, whole.length);
  if (digits !== undefined) {
    const size = digits.replace("-", "");
    const value = /^0x/i.test(size) ? Number(size) : size.startsWith("0") ? Number.parseInt(size, 8) : Number(size);
    return digits.startsWith("-") ? -value : value;
  }
  return new Map([["a", 7], ["b", 8], ["e", 27], ["f", 12], ["n", 10], ["r", 13], ["t", 9], ["v", 11]]).get(other ?? "") ?? (other ?? "\\").charCodeAt(0);
}

function blanks(reader: Reader): void {
  while (/[ \t]/.test(reader.text[reader.at] ?? "")) reader.at++;
}

function range(reader: Reader): readonly [number, number] | undefined {
  const first = character(reader);
  if (first === undefined) return undefined;
  if (reader.text[reader.at] !== "-") return [first, first];
  reader.at++;
  return [first, character(reader) ?? first];
}

export function parseControl(text: string): { readonly mappings: readonly Mapping[]; readonly utf8: boolean } {
  const mappings: Mapping[] = [];
  let utf8 = false;
  for (const line of text.split("\n").slice(1)) {
    const command = line[0] ?? "";
    if (command === "f") mappings.push("freeze");
    else if (command === "u") utf8 = true;
    else if (command === "t") {
      const reader = { text: line, at: 1 };
      blanks(reader);
      const from = range(reader);
      blanks(reader);
      const to = range(reader);
      if (from && to) mappings.push({ from: from[0], to: from[1], offset: to[0] - from[0] });
    } else if (/[-0-9]/.test(command)) {
      const [, from = "", to = ""] = /^(\S+)\s+(\S+)/.exec(line) ?? [];
      if (to !== "") mappings.push({ from: Number(from), to: Number(from), offset: Number(to) - Number(from) });
    }
  }
  return { mappings, utf8 };
}

export function mapped(mappings: readonly Mapping[], code: number): number {
  let out = code;
  let done = false;
  for (const mapping of mappings) {
    if (mapping === "freeze") done = false;
    else if (!done && out >= mapping.from && out <= mapping.to) {
      out += mapping.offset;
      done = true;
    }
  }
  return out;
}
