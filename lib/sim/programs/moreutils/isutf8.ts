// isutf8: whether files are well-formed UTF-8 (table 3-7 of the Unicode standard), and where they are not.

import { type Blocking, concatBytes } from "../../kernel/sys.ts";
import { flag, gnu, type Io, reason } from "../kit/gnu.ts";

interface Lead {
  readonly from: number;
  readonly to: number;
  /** ranges of the bytes that follow */
  readonly ranges: readonly (readonly [number, number])[];
  /** for each of them what is said where another byte stands */
  readonly expected: readonly string[];
  readonly tooShort: string;
}

const ANY: readonly [number, number] = [0x80, 0xbf];
const after = (lead: string, ...words: readonly string[]): readonly string[] => words.map((word) => `After a first byte ${lead}, expecting ${word}`);

const LEADS: readonly Lead[] = [
  { from: 0xc2, to: 0xdf, ranges: [ANY], expected: after("between C2 and DF", "a 2nd byte between 80 and BF"), tooShort: "After a first byte between C2 and DF, expecting a 2nd byte." },
  { from: 0xe0, to: 0xe0, ranges: [[0xa0, 0xbf], ANY], expected: after("of E0", "a 2nd byte between A0 and BF.", "a 3nd byte between 80 and BF."), tooShort: "After a first byte of E0, expecting two following bytes." },
  { from: 0xe1, to: 0xec, ranges: [ANY, ANY], expected: after("between E1 and EC", "the 2nd byte between 80 and BF.", "the 3rd byte between 80 and BF."), tooShort: "After a first byte between E1 and EC, expecting two following bytes." },
  { from: 0xed, to: 0xed, ranges: [[0x80, 0x9f], ANY], expected: after("of ED", "2nd byte between 80 and 9F.", "3rd byte between 80 and BF."), tooShort: "After a first byte of ED, expecting two following bytes." },
  { from: 0xee, to: 0xef, ranges: [ANY, ANY], expected: after("between EE and EF", "2nd byte between 80 and BF.", "3rd byte between 80 and BF."), tooShort: "After a first byte between EE and EF, two following bytes." },
  { from: 0xf0, to: 0xf0, ranges: [[0x90, 0xbf], ANY, ANY], expected: after("of F0", "2nd byte between 90 and BF.", "3rd byte between 80 and BF.", "4th byte between 80 and BF."), tooShort: "After a first byte of F0, expecting three following bytes." },
  { from: 0xf1, to: 0xf3, ranges: [ANY, ANY, ANY], expected: after("of F1, F2, or F3", "a 2nd byte between 80 and BF.", "a 3rd byte between 80 and BF.", "a 4th byte between 80 and BF."), tooShort: "After a first byte of F1, F2, or F3, expecting three following bytes." },
  { from: 0xf4, to: 0xf4, ranges: [[0x80, 0x8f], ANY, ANY], expected: after("of F4", "2nd byte between 80 and 8F.", "3rd byte between 80 and BF.", "4th byte between 80 and BF."), tooShort: "After a first byte of F4, expecting three following bytes." },
];

interface Fault {
  readonly at: number;
  /** bytes that are wrong */
  readonly length: number;
  readonly text: string;
}

function findFault(bytes: Uint8Array): Fault | undefined {
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) continue;
    const lead = LEADS.find(({ from, to }) => first >= from && first <= to);
    if (lead === undefined) return { at, length: 1, text: "Expecting bytes in the following ranges: 00..7F C2..F4." };
    if (at + lead.ranges.length >= bytes.length) return { at, length: 1, text: lead.tooShort };
    for (const [index, [from, to]] of lead.ranges.entries()) {
      const next = bytes[at + 1 + index] ?? 0;
      if (next < from || next > to) return { at, length: index + 2, text: lead.expected[index] ?? "" };
    }
    at += lead.ranges.length;
  }
  return undefined;
}

/** Sixteen bytes round the fault, in hexadecimal and as text, with the wrong ones marked below. */
function context(bytes: Uint8Array, { at, length }: Fault): string {
  const start = Math.max(0, at - 8);
  const shown = [...bytes.subarray(start, start + 16)];
  const hex = shown.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
  const text = shown.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
  const marked = Math.min(length, shown.length - (at - start));
  const marks = " ".repeat((at - start) * 3) + "^".repeat(marked * 3 - 1);
  return `${hex.padEnd(49)}| ${text}\n${marks.padEnd(49)}| ${" ".repeat(at - start)}${"^".repeat(marked)}\n\n`;
}

function* contents(io: Io, name: string): Blocking<Uint8Array> {
  const input = yield* io.open(name);
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* input.chunk();
    if (bytes.length === 0) break;
    parts.push(bytes);
  }
  io.close(input);
  return concatBytes(parts);
}

export default gnu({
  name: "isutf8", summary: "check whether files are well-formed UTF-8", synopsis: ["[OPTION]... [FILE]..."], helpLetter: "h", withoutVersion: true,
  options: { quiet: flag(["-q", "--quiet"], "say nothing, only the exit status tells"), list: flag(["-l", "--list"], "only the names of files that are not"), invert: flag(["-i", "--invert"], "the names of files that are"), verbose: flag(["-v", "--verbose"], "the bytes round the fault, too") },
  operands: "files", exitStatuses: [["0", "all files are UTF-8"], ["1", "one is not, or cannot be read"]], tryLine: () => "",
  *run({ options, operands }, io: Io) {
    for (const name of operands.length === 0 ? ["-"] : operands) {
      const shown = name === "-" ? "(standard input)" : name;
      let bytes: Uint8Array;
      try {
        bytes = yield* contents(io, name);
      } catch (error) {
        yield* io.stderr(`open: ${reason(error)}\n`);
        io.status = 1;
        continue;
      }
      // standard input is read by lines, a file as a whole: what follows a fault, and the column, are counted accordingly
      let base = 0;
      let line = 1;
      let piece = bytes;
      let fault: Fault | undefined;
      if (name === "-") while (base < bytes.length) {
        const end = bytes.indexOf(10, base);
        piece = bytes.subarray(base, end < 0 ? bytes.length : end + 1);
        fault = findFault(piece);
        if (fault !== undefined) break;
        base += piece.length;
        line++;
      } else fault = findFault(bytes);
      if ((fault !== undefined) !== options.invert) io.status = 1;
      if (options.quiet || (fault === undefined) !== options.invert) continue;
      if (fault === undefined || options.list || options.invert) {
        io.out.put(`${shown}\n`);
        continue;
      }
      const before = piece.subarray(0, fault.at);
      const lineStart = before.lastIndexOf(10) + 1;
      for (const byte of before) if (byte === 10) line++;
      io.out.put(`${shown}: line ${line}, char ${fault.at - lineStart + (name === "-" ? 0 : 1)}, byte ${base + fault.at}: ${fault.text}\n`);
      if (options.verbose) io.out.put(context(piece, fault));
    }
  },
});
