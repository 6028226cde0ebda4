// Reads JSON texts one after the other from a stream, with the errors of jq 1.6 (it tells structure errors from literal ones, and where they are).

import type { Json } from "./_value.ts";

export class JsonFailure extends Error {}

const MAX_DEPTH = 257;

type Frame = { readonly kind: "array"; readonly items: Json[] } | { readonly kind: "object"; readonly members: Map<string, Json>; key: string | undefined };

export class JsonParser {
  #stack: Frame[] = [];
  #next: Json | undefined;
  #token = "";
  #string: string | undefined;
  #escaped = false;
  #control = false;
  #line = 1;
  #column = 0;
  readonly #done: Json[] = [];

  /** Values that are complete. Throws JsonFailure. */
  feed(text: string): Json[] {
    for (let i = 0; i < text.length; i++) {
      const char = text.charAt(i);
      if (char === "\n") {
        this.#line++;
        this.#column = 0;
      } else this.#column++;
      try {
        this.#scan(char);
      } catch (error) {
        if (!(error instanceof JsonFailure)) throw error;
        const message = `${error.message} at line ${this.#line}, column ${this.#column}`;
        this.#reset();
        throw new JsonFailure(message);
      }
    }
    return this.#done.splice(0);
  }

  /** What was complete before the text broke. */
  takeDone(): Json[] {
    return this.#done.splice(0);
  }

  /** At the end of the input. */
  finish(): Json[] {
    try {
      if (this.#string !== undefined) throw new JsonFailure("Unfinished string");
      this.#literal();
      if (this.#stack.length > 0) throw new JsonFailure("Unfinished JSON term");
    } catch (error) {
      if (!(error instanceof JsonFailure)) throw error;
      const message = `${error.message} at EOF at line ${this.#line}, column ${this.#column}`;
      this.#reset();
      throw new JsonFailure(message);
    }
    this.#complete();
    return this.#done.splice(0);
  }

  #reset(): void {
    this.#stack = [];
    this.#next = undefined;
    this.#token = "";
    this.#string = undefined;
    this.#control = false;
  }

  #complete(): void {
    if (this.#stack.length > 0 || this.#next === undefined) return;
    this.#done.push(this.#next);
    this.#next = undefined;
  }

  #scan(char: string): void {
    if (this.#string !== undefined) {
      if (this.#escaped) this.#escaped = false;
      else if (char === "\\") this.#escaped = true;
      else if (char < " ") this.#control = true;
      else if (char === '"') {
        if (this.#control) throw new JsonFailure("Invalid string: control characters from U+0000 through U+001F must be escaped");
        const text = unescapeString(this.#string);
        this.#string = undefined;
        this.#value(text);
        this.#complete();
        return;
      }
      this.#string += char;
      return;
    }
    if (char === " " || char === "\t" || char === "\r" || char === "\n") {
      this.#literal();
      this.#complete();
    } else if (char === '"') {
      this.#literal();
      this.#complete();
      this.#string = "";
      this.#escaped = false;
    } else if ("[{:,]}".includes(char)) {
      this.#literal();
      this.#complete();
      this.#structure(char);
      this.#complete();
    } else this.#token += char;
  }

  #value(value: Json): void {
    if (this.#next !== undefined) throw new JsonFailure("Expected separator between values");
    this.#next = value;
  }

  #literal(): void {
    const token = this.#token;
    if (token === "") return;
    this.#token = "";
    if (token === "true") this.#value(true);
    else if (token === "false") this.#value(false);
    else if (token === "null") this.#value(null);
    else if (/^[tfn]/.test(token)) throw new JsonFailure("Invalid literal");
    else if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(token)) this.#value(Number(token));
    else throw new JsonFailure("Invalid numeric literal");
  }

  #structure(char: string): void {
    const top = this.#stack.at(-1);
    const next = this.#next;
    switch (char) {
      case "[": case "{":
        if (this.#stack.length >= MAX_DEPTH) throw new JsonFailure("Exceeds depth limit for parsing");
        if (next !== undefined) throw new JsonFailure("Expected separator between values");
        this.#stack.push(char === "[" ? { kind: "array", items: [] } : { kind: "object", members: new Map(), key: undefined });
        return;
      case ":":
        if (top?.kind !== "object") throw new JsonFailure("':' not as part of an object");
        if (next === undefined) throw new JsonFailure("Expected string key before ':'");
        if (top.key !== undefined) throw new JsonFailure("':' not as part of an object");
        if (typeof next !== "string") throw new JsonFailure("Object keys must be strings");
        top.key = next;
        this.#next = undefined;
        return;
      case ",":
        if (next === undefined) throw new JsonFailure("Expected value before ','");
        if (top === undefined) throw new JsonFailure("Expected value before ','");
        if (top.kind === "array") top.items.push(next);
        else {
          if (top.key === undefined) throw new JsonFailure("Objects must consist of key:value pairs");
          top.members.set(top.key, next);
          top.key = undefined;
        }
        this.#next = undefined;
        return;
      case "]":
        if (top?.kind !== "array") throw new JsonFailure("Unmatched ']'");
        if (next !== undefined) top.items.push(next);
        else if (top.items.length > 0) throw new JsonFailure("Expected another array element");
        this.#stack.pop();
        this.#next = top.items;
        return;
      default:
        if (top === undefined) throw new JsonFailure("Unmatched '}'");
        if (next !== undefined) {
          if (top.kind !== "object" || top.key === undefined) throw new JsonFailure("Objects must consist of key:value pairs");
          top.members.set(top.key, next);
        } else {
          if (top.kind !== "object" || top.key !== undefined) throw new JsonFailure("Unmatched '}'");
          if (top.members.size > 0) throw new JsonFailure("Expected another key-value pair");
        }
        this.#stack.pop();
        this.#next = (top as Extract<Frame, { kind: "object" }>).members;
    }
  }
}

function unescapeString(raw: string): string {
  if (!raw.includes("\\")) return raw;
  let out = "";
  for (let i = 0; i < raw.length; i++) {
    const char = raw.charAt(i);
    if (char !== "\\") {
      out += char;
      continue;
    }
    const next = raw.charAt(++i);
    const simple = new Map([["\\", "\\"], ['"', '"'], ["/", "/"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"]]).get(next);
    if (simple !== undefined) out += simple;
    else if (next === "u") {
      const hex = /^[0-9a-fA-F]{4}/.exec(raw.slice(i + 1, i + 5))?.[0];
      if (hex === undefined) throw new JsonFailure("Invalid escape");
      out += String.fromCharCode(Number.parseInt(hex, 16));
      i += 4;
    } else throw new JsonFailure("Invalid escape");
  }
  // Surrogates without their other half cannot be written.
  return out.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/** All values of a text. Throws JsonFailure. */
export function parseJsonTexts(text: string): Json[] {
  const parser = new JsonParser();
  return [...parser.feed(text), ...parser.finish()];
}
