// Which language a run of gawk speaks: its own, POSIX's (--posix) or that of the old awk (--traditional).

export interface Dialect {
  readonly posix: boolean;
  readonly traditional: boolean;
  /** -S: no commands, no files */
  readonly sandbox: boolean;
  /** -n: 0x11 and 011 in the input are numbers */
  readonly nonDecimal: boolean;
  /** -b, or a locale of single bytes: a character is a byte */
  readonly bytes: boolean;
  /** --lint: doubtful things are warned of */
  readonly lint: false | "warn" | "fatal";
}

const KEYWORDS = ["BEGIN", "END", "function", "if", "else", "while", "for", "do", "break", "continue", "next", "exit", "return", "delete", "in", "getline", "print", "printf", "nextfile"];
const GNU_KEYWORDS = ["BEGINFILE", "ENDFILE", "switch", "case", "default"];

/** How many arguments each takes. */
const POSIX_BUILTINS = new Map<string, readonly [least: number, most: number]>([
  ["length", [0, 1]], ["substr", [2, 3]], ["index", [2, 2]], ["split", [2, 4]], ["sub", [2, 3]], ["gsub", [2, 3]], ["match", [2, 3]], ["sprintf", [1, 10_000]],
  ["sin", [1, 1]], ["cos", [1, 1]], ["atan2", [2, 2]], ["exp", [1, 1]], ["log", [1, 1]], ["sqrt", [1, 1]], ["int", [1, 1]], ["rand", [0, 0]], ["srand", [0, 1]],
  ["tolower", [1, 1]], ["toupper", [1, 1]], ["system", [1, 1]], ["close", [1, 2]], ["fflush", [0, 1]],
]);
const GNU_BUILTINS = new Map<string, readonly [least: number, most: number]>([
  ["asort", [1, 3]], ["asorti", [1, 3]], ["gensub", [3, 4]], ["patsplit", [2, 4]], ["strtonum", [1, 1]], ["systime", [0, 0]], ["mktime", [1, 2]], ["strftime", [0, 3]],
  ["and", [2, 10_000]], ["or", [2, 10_000]], ["xor", [2, 10_000]], ["compl", [1, 1]], ["lshift", [2, 2]], ["rshift", [2, 2]], ["isarray", [1, 1]], ["typeof", [1, 2]], ["mkbool", [1, 1]],
  ["intdiv", [3, 3]], ["bindtextdomain", [1, 2]], ["dcgettext", [1, 3]], ["dcngettext", [1, 5]],
]);

/** Words that @load defines. */
export const EXTENSION_FUNCTIONS = new Map<string, readonly string[]>([
  ["inplace", ["inplace::begin", "inplace::end"]],
  ["ordchr", ["ord", "chr"]],
  ["readfile", ["readfile"]],
  ["time", ["gettimeofday", "sleep"]],
]);

export class Words {
  readonly keywords: ReadonlySet<string>;
  readonly #builtins: ReadonlyMap<string, readonly [number, number]>;

  constructor(dialect: Dialect) {
    const old = dialect.posix || dialect.traditional;
    this.keywords = new Set([...KEYWORDS, ...(old ? [] : GNU_KEYWORDS), ...(dialect.posix ? [] : ["func"])]);
    this.#builtins = old ? POSIX_BUILTINS : new Map([...POSIX_BUILTINS, ...GNU_BUILTINS]);
  }

  arity(name: string): readonly [number, number] | undefined {
    return this.#builtins.get(name);
  }

  get builtins(): Iterable<string> {
    return this.#builtins.keys();
  }
}

export const SPECIAL_VARIABLES: ReadonlySet<string> = new Set([
  "ARGC", "ARGIND", "ARGV", "BINMODE", "CONVFMT", "ENVIRON", "ERRNO", "FIELDWIDTHS", "FILENAME", "FNR", "FPAT", "FS", "FUNCTAB", "IGNORECASE", "LINT", "NF", "NR", "OFMT", "OFS", "ORS", "PREC",
  "PROCINFO", "RLENGTH", "ROUNDMODE", "RS", "RSTART", "RT", "SUBSEP", "SYMTAB", "TEXTDOMAIN",
]);
