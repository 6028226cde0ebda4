// How dash quotes a value that can be read back (mystring.c: single_quote): runs of quotes stand between double ones.
export function quoteForDash(text: string): string {
  if (text === "") return "''";
  let out = "";
  for (let rest = text; rest !== ""; ) {
    const plain = /^[^']*/.exec(rest)?.[0] ?? "";
    rest = rest.slice(plain.length);
    const quotes = /^'*/.exec(rest)?.[0] ?? "";
    rest = rest.slice(quotes.length);
    out += `'${plain}'${quotes === "" ? "" : `"${quotes}"`}`;
  }
  return out;
}
