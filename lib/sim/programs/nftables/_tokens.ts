// Words of nft's language (nft(8), LEXICAL CONVENTIONS) with their places, which error messages underline.

export interface Token {
  readonly kind: "word" | "string" | "mark" | "newline" | "end";
  readonly text: string;
  /** in the whole text */
  readonly at: number;
  readonly length: number;
}

/** A complaint that names a place. */
export class NftError extends Error {
  readonly at: number;
  readonly length: number;
  constructor(message: string, at: number, length: number) {
    super(message);
    this.at = at;
    this.length = length;
  }
}

export function tokens(text: string): Token[] {
  const out: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === "\\" && text.charAt(at + 1) === "\n") at += 2;
    else if (char === "\n") out.push({ kind: "newline", text: "newline", at: at++, length: 1 });
    else if (char === " " || char === "\t" || char === "\r") at++;
    else if (char === "#") while (at < text.length && text.charAt(at) !== "\n") at++;
    else if (char === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) throw new NftError("syntax error, unexpected junk", at, 1);
      out.push({ kind: "string", text: text.slice(at + 1, end), at, length: end + 1 - at });
      at = end + 1;
    } else if (text.startsWith("!=", at) || text.startsWith("==", at) || text.startsWith("<=", at) || text.startsWith(">=", at)) {
      out.push({ kind: "mark", text: text.slice(at, at + 2), at, length: 2 });
      at += 2;
    } else if ("{},;=<>()&|!".includes(char)) out.push({ kind: "mark", text: char, at: at++, length: 1 });
    else {
      let end = at;
      while (end < text.length && !" \t\r\n{},;=<>()&|!\"#".includes(text.charAt(end))) end++;
      let word = text.slice(at, end);
      // "established:" of a map; an address keeps its colons
      if (word.length > 1 && word.endsWith(":") && !word.endsWith("::")) {
        word = word.slice(0, -1);
        out.push({ kind: "word", text: word, at, length: word.length }, { kind: "mark", text: ":", at: end - 1, length: 1 });
      } else out.push(word === ":" ? { kind: "mark", text: ":", at, length: 1 } : { kind: "word", text: word, at, length: word.length });
      at = end;
    }
  }
  out.push({ kind: "end", text: "end of file", at: text.length, length: 1 });
  return out;
}

/** As bison names it in "unexpected ...". */
export function named(token: Token): string {
  if (token.kind === "newline" || token.kind === "end") return token.text;
  if (token.kind === "string") return "quoted string";
  if (token.kind === "mark") return `'${token.text}'`;
  if (/^\d+$/.test(token.text)) return "number";
  return KEYWORDS.has(token.text) ? token.text : "string";
}

const KEYWORDS: ReadonlySet<string> = new Set("add create delete insert replace list flush rename table chain rule ruleset set map element type hook priority policy accept drop reject jump goto return counter log limit rate over burst ct state meta ip ip6 inet arp bridge netdev tcp udp icmp icmpv6 saddr daddr sport dport iif oif iifname oifname protocol nexthdr l4proto masquerade snat dnat redirect to handle position index comment flags define include fib vmap quota mark with reset prefix level tables chains sets maps".split(" "));

export class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(list: readonly Token[]) {
    this.#tokens = list;
  }

  get peek(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "end of file", at: 0, length: 1 };
  }

  /** The one after next. */
  get second(): Token {
    return this.#tokens[this.#at + 1] ?? this.peek;
  }

  next(): Token {
    const token = this.peek;
    if (token.kind !== "end") this.#at++;
    return token;
  }

  is(text: string): boolean {
    return (this.peek.kind === "word" || this.peek.kind === "mark") && this.peek.text === text;
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at++;
    return true;
  }

  unexpected(expecting?: string): NftError {
    const token = this.peek;
    return new NftError(`syntax error, unexpected ${named(token)}${expecting === undefined ? "" : `, expecting ${expecting}`}`, token.at, token.length);
  }

  expect(text: string): Token {
    if (!this.is(text)) throw this.unexpected(/^\w+$/.test(text) ? text : `'${text}'`);
    return this.next();
  }

  /** A name or a value. */
  word(expecting?: string): Token {
    if (this.peek.kind !== "word" && this.peek.kind !== "string") throw this.unexpected(expecting);
    return this.next();
  }

  skipBreaks(): void {
    while (this.peek.kind === "newline" || this.is(";")) this.#at++;
  }

  skipNewlines(): void {
    while (this.peek.kind === "newline") this.#at++;
  }

  get atBreak(): boolean {
    return this.peek.kind === "newline" || this.peek.kind === "end" || this.is(";") || this.is("}");
  }
}
