// cmp 3.8: compares two files byte by byte.

import { type Blocking, S } from "../../kernel/sys.ts";
import { flag, gnu, type Io, reason, text } from "../kit/gnu.ts";
import type { Input } from "../kit/input.ts";

export default gnu({
  name: "cmp",
  project: "GNU diffutils",
  version: "3.8",
  summary: "find the first byte in which two files differ",
  synopsis: ["[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]"],
  options: {
    printBytes: flag(["-b", "--print-bytes"], "print the bytes that differ"),
    ignoreInitial: text(["-i", "--ignore-initial"], "SKIP", "leave out the first bytes (SKIP1:SKIP2 for each file)"),
    verbose: flag(["-l", "--verbose"], "print all bytes that differ"),
    bytes: text(["-n", "--bytes"], "LIMIT", "only the first LIMIT bytes"),
    silent: flag(["-s", "--quiet", "--silent"], "say nothing"),
  },
  operands: "files",
  usageStatus: 2,
  failureStatus: 2,
  tryLine: (argv0) => `${argv0}: Try '${argv0} --help' for more information.\n`,
  exitStatuses: [["0", "the same"], ["1", "different"], ["2", "trouble"]],
  *run({ options, operands, argv0, sys }, io) {
    const [first, second = "-", skip1, skip2, extra] = operands;
    if (options.verbose && options.silent) return io.usage("options -l and -s are incompatible");
    if (first === undefined) return io.usage(`missing operand after '${argv0}'`);
    const [initial1 = "0", initial2 = initial1] = (options.ignoreInitial ?? "0").split(":");
    const skipA = Math.max(count(initial1, "--ignore-initial", io), skip1 === undefined ? 0 : count(skip1, "--ignore-initial", io));
    const skipB = Math.max(count(initial2, "--ignore-initial", io), skip2 === undefined ? 0 : count(skip2, "--ignore-initial", io));
    if (extra !== undefined) return io.usage(`extra operand '${extra}'`);
    const limit = options.bytes === undefined ? Number.POSITIVE_INFINITY : count(options.bytes, "--bytes", io);
    const inputs: Input[] = [];
    for (const name of [first, second]) {
      try {
        const input = yield* io.open(name);
        if ((sys.fstat(input.fd).mode & S.IFMT) === S.IFDIR) io.die(`${name}: Is a directory`);
        inputs.push(input);
      } catch (error) {
        const why = reason(error);
        if (!options.silent) yield* io.warn(`${name}: ${why}`);
        return 2;
      }
    }
    const [a, b] = [new Reader(inputs[0]), new Reader(inputs[1])];
    for (const [reader, skip] of [[a, skipA], [b, skipB]] as const) {
      for (let left = skip; left > 0; ) {
        if (!(yield* reader.fill())) break;
        const step = Math.min(left, reader.left);
        reader.at += step;
        left -= step;
      }
    }
    let offset = 0;
    let line = 1;
    let lastWasNewline = true;
    let differs = false;
    while (offset < limit) {
      const [moreA, moreB] = [yield* a.fill(), yield* b.fill()];
      if (!moreA || !moreB) {
        if (!moreA && !moreB) break;
        if (!options.silent) {
          const name = moreA ? second : first;
          const where = options.verbose ? `after byte ${offset}` : lastWasNewline ? `after byte ${offset}, line ${line - 1}` : `after byte ${offset}, in line ${line}`;
          yield* io.warn(offset === 0 ? `EOF on ${name} which is empty` : `EOF on ${name} ${where}`);
        }
        return 1;
      }
      const length = Math.min(a.left, b.left, limit - offset);
      for (let i = 0; i < length; i++) {
        const x = a.chunk[a.at + i] ?? 0;
        const y = b.chunk[b.at + i] ?? 0;
        if (x !== y) {
          if (options.silent) return 1;
          const bytes = options.printBytes ? ` is ${octal(x)} ${visible(x)} ${octal(y)} ${visible(y)}` : "";
          if (!options.verbose) {
            io.say(`${first} ${second} differ: byte ${offset + i + 1}, line ${line}${bytes}\n`);
            return 1;
          }
          differs = true;
          const width = Math.max(1, offsetWidth(sys.fstat(a.fd).sizeBytes, sys.fstat(b.fd).sizeBytes, limit));
          io.out.put(`${String(offset + i + 1).padStart(width)} ${octal(x)} ${options.printBytes ? `${visible(x).padEnd(4)} ` : ""}${octal(y)}${options.printBytes ? ` ${visible(y)}` : ""}\n`);
        }
        lastWasNewline = x === 10;
        if (lastWasNewline) line++;
      }
      a.at += length;
      b.at += length;
      offset += length;
      if (io.out.full) yield* io.out.flush();
      if (sys.charge(1 + (length >> 8))) yield* sys.preempt();
    }
    return differs ? 1 : 0;
  },
});

class Reader {
  readonly #input: Input | undefined;
  chunk = new Uint8Array(0);
  at = 0;

  constructor(input: Input | undefined) {
    this.#input = input;
  }

  get left(): number {
    return this.chunk.length - this.at;
  }

  get fd(): number {
    return this.#input?.fd ?? 0;
  }

  *fill(): Blocking<boolean> {
    if (this.left > 0) return true;
    if (!this.#input) return false;
    this.chunk = new Uint8Array(yield* this.#input.chunk());
    this.at = 0;
    return this.chunk.length > 0;
  }
}

function octal(byte: number): string {
  return byte.toString(8).padStart(3);
}

/** As cat -v shows a byte. */
function visible(byte: number): string {
  if (byte >= 128) return `M-${visible(byte - 128)}`;
  if (byte < 32) return `^${String.fromCharCode(byte + 64)}`;
  return byte === 127 ? "^?" : String.fromCharCode(byte);
}

function offsetWidth(sizeA: number, sizeB: number, limit: number): number {
  const smallest = Math.min(sizeA, sizeB, limit);
  return String(Number.isFinite(smallest) ? smallest : 1).length;
}

function count(value: string, option: string, io: Io): number {
  const found = /^(\d+)([kKMGTPEZY]?)(iB|B)?$/.exec(value);
  if (!found) io.usage(`invalid ${option} value '${value}'`);
  const power = " KMGTPEZY".indexOf((found[2] ?? "").toUpperCase() || " ");
  return Number(found[1]) * (found[3] === "B" ? 1000 : 1024) ** power;
}
