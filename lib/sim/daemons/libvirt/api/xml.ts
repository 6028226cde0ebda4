// XML as libvirt reads and writes it: elements with attributes in order, two spaces a level, single quotes. No DTDs, no name spaces beyond their prefixes.

export class XmlError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const NONE: readonly string[] = [];

/** The attributes of one element, in their order: a Map's methods on an array of names and values, which takes a fifth of a Map's room. */
class Attributes {
  readonly #of: Xml;

  constructor(of: Xml) {
    this.#of = of;
  }

  #place(name: string): number {
    const { pairs } = this.#of;
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === name) return at;
    return -1;
  }

  get(name: string): string | undefined {
    const at = this.#place(name);
    return at < 0 ? undefined : this.#of.pairs[at + 1];
  }

  set(name: string, value: string): void {
    const at = this.#place(name);
    this.#of.pairs = at < 0 ? this.#of.pairs.concat(name, value) : this.#of.pairs.with(at + 1, value);
  }

  delete(name: string): void {
    const at = this.#place(name);
    if (at >= 0) this.#of.pairs = this.#of.pairs.toSpliced(at, 2);
  }

  clear(): void {
    this.#of.pairs = NONE;
  }

  keys(): readonly string[] {
    return this.#of.pairs.filter((_, at) => at % 2 === 0);
  }

  *[Symbol.iterator](): Generator<readonly [name: string, value: string]> {
    const { pairs } = this.#of;
    for (let at = 0; at < pairs.length; at += 2) yield [pairs[at] ?? "", pairs[at + 1] ?? ""];
  }
}

export class Xml {
  name: string;
  /** names and values of the attributes by turns; shared with copies, so replaced and never changed */
  pairs: readonly string[] = NONE;
  children: Xml[] = [];
  text = "";

  constructor(name: string, attributes: Readonly<Record<string, string | undefined>> = {}, content: string | readonly (Xml | undefined)[] = []) {
    this.name = name;
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) this.pairs = this.pairs.concat(key, value);
    if (typeof content === "string") this.text = content;
    else if (content.length > 0) this.children = content.filter((child) => child !== undefined);
  }

  get attributes(): Attributes {
    return new Attributes(this);
  }

  /** First child of that name; a path goes down: "devices/emulator". */
  find(path: string): Xml | undefined {
    let at: Xml | undefined = this;
    for (const part of path.split("/")) at = at?.children.find((child) => child.name === part);
    return at;
  }

  all(name: string): Xml[] {
    return this.children.filter((child) => child.name === name);
  }

  get(attribute: string): string | undefined {
    return this.attributes.get(attribute);
  }

  /** Of a child found by path. */
  at(path: string, attribute: string): string | undefined {
    return this.find(path)?.get(attribute);
  }

  textOf(path: string): string | undefined {
    return this.find(path)?.text;
  }

  set(attribute: string, value: string): this {
    this.attributes.set(attribute, value);
    return this;
  }

  clone(): Xml {
    const copy = new Xml(this.name);
    copy.pairs = this.pairs;
    copy.text = this.text;
    if (this.children.length > 0) copy.children = this.children.map((child) => child.clone());
    return copy;
  }

  /** Gives back the room that arrays keep for growing: before a tree is kept for long. */
  trim(): void {
    if (this.children.length > 0) this.children = this.children.slice();
    for (const child of this.children) child.trim();
  }

  /** virtinst writes double quotes, libvirt single ones. */
  format(indent = 0, quote: "'" | '"' = "'"): string {
    const space = " ".repeat(indent);
    const attributes = [...this.attributes].map(([key, value]) => ` ${key}=${quote}${escape(value)}${quote}`).join("");
    if (this.children.length === 0) return this.text === "" ? `${space}<${this.name}${attributes}/>\n` : `${space}<${this.name}${attributes}>${escape(this.text)}</${this.name}>\n`;
    return `${space}<${this.name}${attributes}>\n${this.children.map((child) => child.format(indent + 2, quote)).join("")}${space}</${this.name}>\n`;
  }
}

function escape(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => (character === "&" ? "&amp;" : character === "<" ? "&lt;" : character === ">" ? "&gt;" : character === "'" ? "&apos;" : "&quot;"));
}

const entities = new Map([["amp", "&"], ["lt", "<"], ["gt", ">"], ["quot", '"'], ["apos", "'"]]);

function unescape(text: string): string {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => (name.startsWith("#") ? String.fromCodePoint(Number(name[1] === "x" ? `0${name.slice(1)}` : name.slice(1)) || 0x20) : entities.get(name) ?? whole));
}

const maximumDepth = 200;

/** Errors: XmlError with libxml2's words. */
export function parseXml(source: string): Xml {
  let at = 0;
  const lineAt = (place: number): number => source.slice(0, place).split("\n").length;
  const fail = (message: string, place = at): never => {
    throw new XmlError(lineAt(place), message);
  };
  const skip = (): void => {
    for (;;) {
      while (/\s/.test(source[at] ?? "")) at++;
      if (source.startsWith("<!--", at)) {
        const end = source.indexOf("-->", at);
        if (end < 0) fail("Comment not terminated");
        at = end + 3;
      } else if (source.startsWith("<?", at)) {
        const end = source.indexOf("?>", at);
        if (end < 0) fail("PI not terminated");
        at = end + 2;
      } else return;
    }
  };
  const name = (): string => {
    const start = at;
    while (/[\w:.-]/.test(source[at] ?? "")) at++;
    return source.slice(start, at);
  };
  const element = (depth: number): Xml => {
    if (depth > maximumDepth) fail("Excessive depth in document");
    const start = at;
    at++;
    const node = new Xml(name());
    if (node.name === "") fail("StartTag: invalid element name");
    for (;;) {
      while (/\s/.test(source[at] ?? "")) at++;
      if (source.startsWith("/>", at)) {
        at += 2;
        return node;
      }
      if (source[at] === ">") {
        at++;
        break;
      }
      if (at >= source.length) fail(`Couldn't find end of Start Tag ${node.name} line ${lineAt(start)}`);
      const key = name();
      if (key === "") fail(`Couldn't find end of Start Tag ${node.name} line ${lineAt(start)}`);
      while (/\s/.test(source[at] ?? "")) at++;
      if (source[at] !== "=") fail(`Specification mandates value for attribute ${key}`);
      at++;
      while (/\s/.test(source[at] ?? "")) at++;
      const quote = source[at] ?? "";
      if (quote !== "'" && quote !== '"') fail('AttValue: " or \' expected');
      const end = source.indexOf(quote, at + 1);
      if (end < 0) fail("AttValue: ' expected");
      node.attributes.set(key, unescape(source.slice(at + 1, end)));
      at = end + 1;
    }
    let text = "";
    for (;;) {
      if (at >= source.length) fail(`Premature end of data in tag ${node.name} line ${lineAt(start)}`);
      if (source.startsWith("<![CDATA[", at)) {
        const end = source.indexOf("]]>", at);
        if (end < 0) fail("CData section not finished");
        text += source.slice(at + 9, end);
        at = end + 3;
      } else if (source.startsWith("<!--", at) || source.startsWith("<?", at)) skip();
      else if (source.startsWith("</", at)) {
        at += 2;
        const closed = name();
        while (/\s/.test(source[at] ?? "")) at++;
        if (closed !== node.name) fail(`Opening and ending tag mismatch: ${node.name} line ${lineAt(start)} and ${closed}`);
        if (source[at] !== ">") fail("expected '>'");
        at++;
        if (node.children.length > 0) node.children = node.children.slice();
        node.text = node.children.length > 0 ? "" : /^\s*$/.test(text) ? "" : unescape(text);
        return node;
      } else if (source[at] === "<") node.children.push(element(depth + 1));
      else {
        const next = source.indexOf("<", at);
        text += source.slice(at, next < 0 ? source.length : next);
        at = next < 0 ? source.length : next;
      }
    }
  };
  skip();
  if (at >= source.length) fail("Document is empty");
  if (source[at] !== "<") fail("Start tag expected, '<' not found");
  const root = element(0);
  skip();
  if (at < source.length) fail("Extra content at the end of the document");
  return root;
}
