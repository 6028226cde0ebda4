import { S, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, reason } from "../kit/gnu.ts";
import { WriteError } from "../kit/output.ts";

export default gnu({
  name: "cat",
  summary: "print files one after the other on standard output (concatenate)",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["Without a FILE, and for the FILE -, the data come from standard input."],
  options: {
    showAll: flag(["-A", "--show-all"], "like -vET"),
    numberNonblank: flag(["-b", "--number-nonblank"], "put a number before each line that is not empty; overrides -n"),
    e: flag(["-e"], "like -vE"),
    showEnds: flag(["-E", "--show-ends"], "put $ at the end of each line"),
    number: flag(["-n", "--number"], "put a number before each line"),
    squeezeBlank: flag(["-s", "--squeeze-blank"], "replace several empty lines in a row by a single one"),
    t: flag(["-t"], "like -vT"),
    showTabs: flag(["-T", "--show-tabs"], "show tabs as ^I"),
    ignored: flag(["-u"], "(ignored)"),
    showNonprinting: flag(["-v", "--show-nonprinting"], "show control characters as ^X and bytes above 127 as M-X, except newlines and tabs"),
  },
  parsing: { longOrder: "number-nonblank number squeeze-blank show-nonprinting show-ends show-tabs show-all help version" },
  operands: "files",
  seeAlso: ["tac(1)"],
  *run({ options, operands, sys }, io: Io) {
    const ends = options.showAll || options.e || options.showEnds;
    const tabs = options.showAll || options.t || options.showTabs;
    const nonprinting = options.showAll || options.e || options.t || options.showNonprinting;
    const plain = !(ends || tabs || nonprinting || options.number || options.numberNonblank || options.squeezeBlank);
    const filter = new LineFilter({ ends, tabs, nonprinting, number: options.number, nonblank: options.numberNonblank, squeeze: options.squeezeBlank });
    const output = sys.fstat(1);
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        const stat = sys.fstat(input.fd);
        if ((stat.mode & S.IFMT) === S.IFREG && stat.ino === output.ino && stat.dev === output.dev && (output.mode & S.IFMT) === S.IFREG && stat.sizeBytes > 0 &&
          sys.lseek(input.fd, 0, "current") < stat.sizeBytes) {
          yield* io.fail(`${io.quoteFile(name)}: input file is output file`);
          io.close(input);
          continue;
        }
        for (;;) {
          const bytes = yield* input.chunk();
          if (bytes.length === 0) break;
          if (plain) {
            yield* io.out.printBytes(bytes);
          } else filter.put(bytes, io);
          // cat passes on at once what it has read.
          yield* io.out.flush();
        }
        io.close(input);
      } catch (error) {
        if (error instanceof WriteError) throw error;
        if (error instanceof SysError && error.errno === "EINTR") continue;
        yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
    filter.end(io);
  },
});

interface Settings {
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly nonprinting: boolean;
  readonly number: boolean;
  readonly nonblank: boolean;
  readonly squeeze: boolean;
}

/** Numbers go on and blank lines are squeezed across files. */
class LineFilter {
  readonly #settings: Settings;
  #line = 0;
  #atStart = true;
  #blankLines = 0;
  #pendingReturn = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  put(bytes: Uint8Array, io: Io): void {
    const { ends, tabs, nonprinting, number, nonblank, squeeze } = this.#settings;
    const { out } = io;
    for (const byte of bytes) {
      if (this.#pendingReturn) {
        // With -E, CR LF at a line's end shows as ^M$.
        this.#pendingReturn = false;
        out.put(byte === 10 ? "^M" : "\r");
      }
      if (byte === 10) {
        if (this.#atStart) {
          this.#blankLines++;
          if (squeeze && this.#blankLines > 1) continue;
          if (number && !nonblank) this.#number(io);
        } else this.#blankLines = 0;
        if (ends) out.put("$");
        out.putByte(10);
        this.#atStart = true;
        continue;
      }
      if (this.#atStart) {
        this.#blankLines = 0;
        if (number || nonblank) this.#number(io);
        this.#atStart = false;
      }
      if (byte === 13 && ends && !nonprinting) this.#pendingReturn = true;
      else if (byte === 9) out.put(tabs ? "^I" : "\t");
      else if (nonprinting) out.put(visible(byte));
      else out.putByte(byte);
    }
  }

  /** A carriage return at the very end was none before a newline. */
  end(io: Io): void {
    if (this.#pendingReturn) io.out.put("\r");
  }

  #number(io: Io): void {
    this.#line++;
    io.out.put(String(this.#line).padStart(6) + "\t");
  }
}

/** ^X and M-X notation. */
function visible(byte: number): string {
  if (byte >= 128) return "M-" + (byte === 255 ? "^?" : byte >= 160 ? String.fromCharCode(byte - 128) : "^" + String.fromCharCode(byte - 128 + 64));
  if (byte === 127) return "^?";
  return byte < 32 ? "^" + String.fromCharCode(byte + 64) : String.fromCharCode(byte);
}
