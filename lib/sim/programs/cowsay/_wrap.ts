// Paragraphs filled as Perl's Text::Wrap fills them.

/** Lines of fewer than `columns` characters; a longer word is cut. */
function wrapped(text: string, columns: number): string {
  const most = Math.max(1, columns - 1);
  const letters = [...text];
  const lines: string[] = [];
  let at = 0;
  while (at < letters.length) {
    let end = at + most;
    if (end >= letters.length) {
      lines.push(letters.slice(at).join(""));
      break;
    }
    while (end > at && letters[end] !== " ") end--;
    if (end === at && letters[at] !== " ") {
      lines.push(letters.slice(at, at + most).join(""));
      at += most;
    } else {
      lines.push(letters.slice(at, end).join(""));
      at = end + 1;
    }
  }
  return lines.join("\n");
}

/** A line that begins with white space begins a paragraph. */
export function filled(lines: readonly string[], columns: number): readonly string[] {
  const text = lines.join("\n").split(/\n\s+/).map((paragraph) => wrapped(paragraph.replace(/\s+/g, " "), columns)).join("\n\n");
  const all = text.split("\n");
  while (all.at(-1) === "") all.pop();
  return all;
}

/** Tabs as spaces, each to the next multiple of eight. */
export function untabbed(line: string): string {
  let text = "";
  for (const letter of line) text += letter === "\t" ? " ".repeat(8 - ([...text].length % 8)) : letter;
  return text;
}
