// A FIGfont: its head, its letters, and how two letters join (the rules that its head names).

/** Bits of a layout: the six rules of joining, and the two ways of it. */
export const RULES = { equal: 1, lowLine: 2, hierarchy: 4, pair: 8, bigX: 16, hardBlank: 32, kern: 64, smush: 128 } as const;

export interface Font {
  readonly hardBlank: string;
  readonly height: number;
  readonly layout: number;
  readonly rightToLeft: boolean;
  readonly letters: ReadonlyMap<number, readonly string[]>;
}

/** The letters behind "~" in every font. */
export const GERMAN = [196, 214, 220, 228, 246, 252, 223];

/** Undefined: it is no FIGfont. The text is the file's bytes as characters. */
export function parseFont(text: string): Font | undefined {
  const lines = text.split("\n");
  const head = lines[0] ?? "";
  const [, hardBlank = "", rest = ""] = /^flf2.(.)(.*)$/s.exec(head) ?? [];
  const numbers = rest.trim().split(/\s+/).map((word) => Number.parseInt(word, 10));
  const [height = 0, , , old = 0, comments = 0, direction = 0, full] = numbers;
  if (!head.startsWith("flf2") || numbers.length < 5 || numbers.slice(0, 5).some(Number.isNaN)) return undefined;
  let at = 1 + comments;
  const letters = new Map<number, readonly string[]>([[0, new Array<string>(Math.max(1, height)).fill("")]]);
  const rows = Math.max(1, height);
  const read = (code: number): void => {
    const letter: string[] = [];
    for (let row = 0; row < rows; row++) {
      const line = (lines[at++] ?? "").replace(/\s+$/, "");
      const mark = line.at(-1);
      let end = line.length;
      while (end > 0 && line[end - 1] === mark) end--;
      letter.push(line.slice(0, end));
    }
    letters.set(code, letter);
  };
  for (let code = 32; code <= 126; code++) read(code);
  for (const code of GERMAN) read(code);
  while (at < lines.length) {
    const tag = /^\s*(-?(?:0[xX][0-9a-fA-F]+|\d+))/.exec(lines[at] ?? "")?.[1];
    if (tag === undefined) break;
    at++;
    const negative = tag.startsWith("-");
    const digits = negative ? tag.slice(1) : tag;
    const code = /^0x/i.test(digits) ? Number(digits) : digits.startsWith("0") ? Number.parseInt(digits, 8) : Number(digits);
    read(negative ? -code : code);
  }
  const layout = full !== undefined && !Number.isNaN(full) ? full : old === 0 ? RULES.kern : old < 0 ? 0 : (old & 31) | RULES.smush;
  return { hardBlank, height: rows, layout, rightToLeft: direction === 1, letters };
}

const CLASSES = ["|", "/\\", "[]", "{}", "()", "<>"];

/** Two characters as one, or undefined where they stay apart. `wide`: both letters are wider than one column. */
export function joined(left: string, right: string, layout: number, hardBlank: string, rightToLeft: boolean, wide: boolean): string | undefined {
  if (left === " ") return right;
  if (right === " ") return left;
  if (!wide || (layout & RULES.smush) === 0) return undefined;
  if ((layout & 63) === 0) {
    if (left === hardBlank) return right;
    if (right === hardBlank) return left;
    return rightToLeft ? left : right;
  }
  if (left === hardBlank || right === hardBlank) return (layout & RULES.hardBlank) !== 0 && left === right ? left : undefined;
  if ((layout & RULES.equal) !== 0 && left === right) return left;
  if ((layout & RULES.lowLine) !== 0) {
    if (left === "_" && "|/\\[]{}()<>".includes(right)) return right;
    if (right === "_" && "|/\\[]{}()<>".includes(left)) return left;
  }
  if ((layout & RULES.hierarchy) !== 0) {
    const [one, other] = [left, right].map((letter) => CLASSES.findIndex((group) => group.includes(letter)));
    if (one !== undefined && other !== undefined && one >= 0 && other >= 0 && one !== other) return one < other ? right : left;
  }
  const both = left + right;
  if ((layout & RULES.pair) !== 0 && ["[]", "][", "{}", "}{", "()", ")("].includes(both)) return "|";
  if ((layout & RULES.bigX) !== 0) {
    if (both === "/\\") return "|";
    if (both === "\\/") return "Y";
    if (both === "><") return "X";
  }
  return undefined;
}
