// What compileRegex throws for a malformed pattern: `message` is the text of regerror(3) in glibc, or PCRE2's for grep -P.

export const REGERROR = {
  BADRPT: "Invalid preceding regular expression",
  BADPAT: "Invalid regular expression",
  BADBR: "Invalid content of \\{\\}",
  EBRACE: "Unmatched \\{",
  EBRACK: "Unmatched [, [^, [:, [., or [=",
  ECOLLATE: "Invalid collation character",
  ECTYPE: "Invalid character class name",
  EEND: "Premature end of regular expression",
  EESCAPE: "Trailing backslash",
  EPAREN: "Unmatched ( or \\(",
  ERANGE: "Invalid range end",
  ERPAREN: "Unmatched ) or \\)",
  ESIZE: "Regular expression too big",
  ESUBREG: "Invalid back reference",
} as const;

export class RegexSyntaxError extends Error {
  /** Offset in the pattern where the parser stopped, where the dialect tells it. */
  readonly offset: number | undefined;
  constructor(message: string, offset?: number) {
    super(message);
    this.name = "RegexSyntaxError";
    this.offset = offset;
  }
}

/** A match with back-references or look-around took more steps than allowed. */
export class RegexLimitError extends Error {
  constructor() {
    super("exceeded PCRE's backtracking limit");
    this.name = "RegexLimitError";
  }
}
