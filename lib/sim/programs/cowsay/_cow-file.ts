// A picture file of cowsay: Perl that sets $the_cow. Assignments of texts, here-documents, chop() and x are read; other Perl is not.

export interface Face {
  readonly eyes: string;
  readonly tongue: string;
  readonly thoughts: string;
}

function expanded(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\\(.)|\$\{?(\w+)\}?/gs, (_, escaped: string | undefined, name: string) => (escaped !== undefined ? (escaped === "n" ? "\n" : escaped === "t" ? "\t" : escaped) : (values.get(name) ?? "")));
}

/** The picture; undefined: the file holds Perl that is not read here. */
export function pictureOf(source: string, face: Face): string | undefined {
  const values = new Map<string, string>(Object.entries(face));
  const lines = source.split("\n");
  /** of a text, a variable, chop or a repetition */
  const valueOf = (expression: string): string | undefined => {
    const word = expression.trim().replace(/^\((.*)\)$/s, "$1").trim();
    const [, quote, text] = /^(["'])(.*)\1$/s.exec(word) ?? [];
    if (text !== undefined) return quote === "'" ? text : expanded(text, values);
    const [, chopped] = /^chop\s*\(?\s*\$(\w+)\s*\)?$/.exec(word) ?? [];
    if (chopped !== undefined) {
      const whole = values.get(chopped) ?? "";
      values.set(chopped, whole.slice(0, -1));
      return whole.slice(-1);
    }
    const [, repeated, times] = /^\$(\w+)\s+x\s+(\d+)$/.exec(word) ?? [];
    if (repeated !== undefined) return (values.get(repeated) ?? "").repeat(Math.min(1000, Number(times)));
    const [, name] = /^\$(\w+)$/.exec(word) ?? [];
    return name === undefined ? undefined : (values.get(name) ?? "");
  };
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? "").trim();
    if (line === "" || line.startsWith("#")) continue;
    const [, name, operator, expression] = /^(?:my\s+)?\$(\w+)\s*(\.?=)\s*(.*?);\s*(?:#.*)?$/.exec(line) ?? [];
    if (name === undefined || expression === undefined) return undefined;
    const [, quote = "", end] = /^<<\s*(["']?)(\w+)\1$/.exec(expression) ?? [];
    let value: string | undefined;
    if (end !== undefined) {
      const body: string[] = [];
      for (at++; at < lines.length && lines[at] !== end; at++) body.push(`${lines[at] ?? ""}\n`);
      value = quote === "'" ? body.join("") : expanded(body.join(""), values);
    } else value = valueOf(expression);
    if (value === undefined) return undefined;
    values.set(name, operator === ".=" ? (values.get(name) ?? "") + value : value);
  }
  return values.get("the_cow") ?? "";
}
