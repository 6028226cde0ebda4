import { type Io, flag, gnu } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { type SetItem, TrSetError, expandSet, parseSet } from "./_tr-set.ts";

export default gnu({
  name: "tr",
  summary: "replace (translate), delete or squeeze characters",
  synopsis: ["[OPTION]... STRING1 [STRING2]"],
  description: ["STRING1 and STRING2 list bytes: themselves, \\NNN, \\\\ \\a \\b \\f \\n \\r \\t \\v, ranges CHAR1-CHAR2, classes [:class:], [=CHAR=]; STRING2 also takes [CHAR*REPEAT], and [CHAR*] to fill it up to the length of STRING1."],
  options: {
    complement: flag(["-c", "-C", "--complement"], "take the characters that are not in STRING1"),
    delete: flag(["-d", "--delete"], "delete the characters that are in STRING1"),
    squeeze: flag(["-s", "--squeeze-repeats"], "replace the same character several times in a row by a single one, for the characters of the last STRING"),
    truncate: flag(["-t", "--truncate-set1"], "shorten STRING1 to as many characters as STRING2 has"),
  },
  parsing: { stopAtOperand: true },
  operands: "none",
  *run({ options, operands, sys }, io: Io) {
    const [first, second, extra] = operands;
    const least = options.delete === options.squeeze ? 2 : 1;
    if (first === undefined) io.usage("missing operand");
    if (operands.length < least) {
      yield* io.warn(`missing operand after ${io.quote(first)}`);
      yield* io.stderr(options.squeeze ? "Two strings must be given when both deleting and squeezing repeats.\n" : "Two strings must be given when translating.\n");
      io.usage();
    }
    const surplus = options.delete && !options.squeeze ? second : extra;
    if (surplus !== undefined) {
      yield* io.warn(`extra operand ${io.quote(surplus)}`);
      if (options.delete && !options.squeeze && operands.length === 2) yield* io.stderr("Only one string may be given when deleting without squeezing repeats.\n");
      io.usage();
    }
    const translating = !options.delete && second !== undefined;
    let map: Uint8Array | undefined;
    let drop: Uint8Array | undefined;
    let squeeze: Uint8Array | undefined;
    try {
      const warnings: string[] = [];
      const one = parseSet(latin1OfText(first), warnings);
      const two = second === undefined ? undefined : parseSet(latin1OfText(second), warnings);
      for (const warning of warnings) yield* io.warn(warning);
      if (one.some((item) => item.kind === "repeat" && item.count === 0)) throw new TrSetError("the [c*] repeat construct may not appear in string1");
      let from = expandSet(one);
      if (options.complement) from = complement(from);
      if (two) checkSecond(one, two, translating, options.complement);
      if (options.delete) {
        drop = bitmap(from);
        if (two) squeeze = bitmap(expandSet(two));
      } else if (!two) squeeze = bitmap(from);
      else {
        let to = expandSet(two, from.length);
        if (to.length === 0 && !options.truncate) throw new TrSetError("when not truncating set1, string2 must be non-empty");
        if (options.truncate) from = from.slice(0, to.length);
        else if (to.length < from.length) {
          if (two.at(-1)?.kind === "class") throw new TrSetError("when translating with string1 longer than string2,\nthe latter string must not end with a character class");
          to = [...to, ...new Array<number>(from.length - to.length).fill(to.at(-1) ?? 0)];
        }
        if (options.complement && one.some((item) => item.kind === "class") && new Set(to.slice(0, from.length)).size > 1) {
          throw new TrSetError("when translating with complemented character classes,\nstring2 must map all characters in the domain to one");
        }
        map = Uint8Array.from({ length: 256 }, (_, code) => code);
        for (const [index, source] of from.entries()) map[source] = to[index] ?? source;
        if (options.squeeze) squeeze = bitmap(expandSet(two, from.length));
      }
    } catch (error) {
      if (error instanceof TrSetError) io.die(error.message);
      throw error;
    }
    let last = -1;
    for (;;) {
      const bytes = yield* io.stdin.chunk();
      if (bytes.length === 0) return;
      if (map && !squeeze) {
        const out = new Uint8Array(bytes.length);
        for (let i = 0; i < bytes.length; i++) out[i] = map[bytes[i] ?? 0] ?? 0;
        yield* io.out.printBytes(out);
        continue;
      }
      const out = new Uint8Array(bytes.length);
      let length = 0;
      for (let i = 0; i < bytes.length; i++) {
        let byte = bytes[i] ?? 0;
        if (drop?.[byte] === 1) continue;
        if (map) byte = map[byte] ?? 0;
        if (byte === last && squeeze?.[byte] === 1) continue;
        last = byte;
        out[length++] = byte;
      }
      yield* io.out.printBytes(out.slice(0, length));
      if (sys.charge(bytes.length >> 8)) yield* sys.preempt();
    }
  },
});

const bitmap = (codes: readonly number[]): Uint8Array => {
  const bits = new Uint8Array(256);
  for (const code of codes) bits[code] = 1;
  return bits;
};

const complement = (codes: readonly number[]): number[] => {
  const has = bitmap(codes);
  return Array.from({ length: 256 }, (_, code) => code).filter((code) => has[code] === 0);
};

function checkSecond(one: readonly SetItem[], two: readonly SetItem[], translating: boolean, complemented: boolean): void {
  if (two.filter((item) => item.kind === "repeat" && item.count === 0).length > 1) throw new TrSetError("only one [c*] repeat construct may appear in string2");
  if (!translating) {
    if (two.some((item) => item.kind === "repeat" && item.count === 0)) throw new TrSetError("the [c*] construct may appear in string2 only when translating");
    return;
  }
  if (two.some((item) => item.kind === "equivalence")) throw new TrSetError("[=c=] expressions may not appear in string2 when translating");
  if (two.some((item) => item.kind === "class" && item.name !== "upper" && item.name !== "lower")) {
    throw new TrSetError("when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'");
  }
  const cases = two.filter((item) => item.kind === "class");
  if (complemented && two.at(-1)?.kind === "class") throw new TrSetError("when translating with string1 longer than string2,\nthe latter string must not end with a character class");
  if (cases.length > 0 && (complemented || !alignedCases(one, two))) throw new TrSetError("misaligned [:upper:] and/or [:lower:] construct");
}

/** Each [:upper:] or [:lower:] of string2 stands where string1 has one too. */
function alignedCases(one: readonly SetItem[], two: readonly SetItem[]): boolean {
  const positions = (items: readonly SetItem[]): Set<number> => {
    const at = new Set<number>();
    let offset = 0;
    for (const item of items) {
      if (item.kind === "class" && (item.name === "upper" || item.name === "lower")) at.add(offset);
      offset += item.codes.length || 1;
    }
    return at;
  };
  const first = positions(one);
  return [...positions(two)].every((offset) => first.has(offset));
}
