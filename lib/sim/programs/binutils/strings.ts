// strings of GNU binutils 2.40: runs of printable characters in files. Object files are read whole here (as with -a, the default since 2.26).
import { concatBytes, O, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";

export default gnu({
  name: "strings",
  summary: "print the sequences of printable characters in files",
  synopsis: ["[option(s)] [file(s)]"],
  versionText: "GNU strings (GNU Binutils for Debian) 2.40\nSimulated: same options, messages and results as the real program, own code.\n",
  options: {
    all: flag(["-a", "--all", "-"], "scan the entire file, not just the data section [default]"),
    data: flag(["-d", "--data"], "only scan the data sections in the file"),
    fileName: flag(["-f", "--print-file-name"], "in front of every string, the file's name"),
    bytes: text(["-n", "--bytes"], "number", "print any sequence of at least number characters (default 4)"),
    radix: text(["-t", "--radix"], "{o,d,x}", "print the location of the string in base 8, 10 or 16"),
    octal: flag(["-o"], "an alias for --radix=o"),
    whitespace: flag(["-w", "--include-all-whitespace"], "include all whitespace as valid string characters"),
    encoding: text(["-e", "--encoding"], "{s,S,b,l,B,L}", "select character size and endianness"),
    unicode: text(["-U", "--unicode"], "how", "how to display UTF-8 encoded characters"),
    separator: text(["-s", "--output-separator"], "string", "separate strings by this instead of a newline"),
  },
  operands: "files",
  rewrite: (args) => args.map((word) => (/^-\d+$/.test(word) ? `-n${word.slice(1)}` : word)),
  tryLine: () => "Usage: strings [option(s)] [file(s)]\n",
  *run({ options, operands, sys }, io: Io) {
    const least = options.bytes === undefined ? 4 : Number(options.bytes);
    if (!Number.isInteger(least)) io.die(`invalid integer argument ${options.bytes}`);
    if (least < 1) io.die(`invalid minimum string length ${options.bytes}`);
    const radix = options.octal ? "o" : options.radix;
    if (radix !== undefined && !["o", "d", "x"].includes(radix)) io.usage();
    const encoding = options.encoding ?? "s";
    if (!["s", "S", "b", "l", "B", "L"].includes(encoding)) io.usage();
    const width = encoding === "b" || encoding === "l" ? 2 : encoding === "B" || encoding === "L" ? 4 : 1;
    const separator = options.separator ?? "\n";
    const printable = (byte: number): boolean => byte === 9 || (byte >= 32 && byte < 127) || (encoding === "S" && byte >= 128) || (options.whitespace && ((byte >= 10 && byte <= 13) || byte === 32));
    for (const name of operands.length === 0 ? ["{standard input}"] : operands) {
      let bytes: Uint8Array;
      try {
        const fd = operands.length === 0 ? 0 : yield* sys.open(name, O.RDONLY | O.CLOEXEC);
        if (fd !== 0 && (sys.fstat(fd).mode & 0o170000) === 0o040000) {
          sys.close(fd);
          yield* io.fail(`Warning: '${name}' is a directory`);
          continue;
        }
        const parts: Uint8Array[] = [];
        for (;;) {
          const piece = yield* sys.read(fd, 65_536);
          if (piece.length === 0) break;
          parts.push(piece);
          if (sys.charge(1 + (piece.length >> 5))) yield* sys.preempt();
        }
        if (fd !== 0) sys.close(fd);
        bytes = concatBytes(parts);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(error.errno === "ENOENT" ? `'${name}': No such file` : `${name}: ${error.message}`);
        continue;
      }
      const unit = (at: number): number => {
        let value = 0;
        for (let i = 0; i < width; i++) value = value * 256 + (bytes[at + (encoding === "l" || encoding === "L" ? width - 1 - i : i)] ?? 0);
        return value;
      };
      let start = 0;
      let run: number[] = [];
      const end = (): void => {
        if (run.length >= least) {
          const where = radix === undefined ? "" : `${start.toString(radix === "o" ? 8 : radix === "x" ? 16 : 10).padStart(7)} `;
          io.out.put(`${options.fileName ? `${name}: ` : ""}${where}`);
          io.out.putBytes(Uint8Array.from(run));
          io.out.put(separator);
        }
        run = [];
      };
      let at = 0;
      while (at + width <= bytes.length) {
        const value = unit(at);
        if (value < 256 && printable(value)) {
          if (run.length === 0) start = at;
          run.push(value);
          at += width;
          continue;
        }
        // a wider character may begin at any byte
        const broken = run.length > 0;
        end();
        at += broken ? width : 1;
        if (io.out.full) yield* io.out.flush();
        if ((at & 4095) === 0 && sys.charge(20)) yield* sys.preempt();
      }
      end();
    }
  },
});
