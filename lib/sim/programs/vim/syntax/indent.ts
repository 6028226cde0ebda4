// The indent of a new line, by the lines above it: columns.

function columns(line: string, tabStop: number): number {
  let width = 0;
  for (const c of line) {
    if (c === " ") width++;
    else if (c === "\t") width += tabStop - (width % tabStop);
    else break;
  }
  return width;
}

/** The last line above that is not blank. */
function above(lines: readonly string[], line: number): number {
  let at = line - 1;
  while (at >= 0 && (lines[at] ?? "").trim() === "") at--;
  return at;
}

export function indentOfShell(lines: readonly string[], line: number, step: number, tabStop: number): number {
  const at = above(lines, line);
  if (at < 0) return 0;
  const last = lines[at] ?? "";
  const text = last.trim();
  let width = columns(last, tabStop);
  const plain = text.replace(/\s+#.*$/, "");
  if (text.startsWith("#")) width += 0;
  else if (/(?:^|[\s;])(?:then|do|else)$|^(?:if|elif|while|until|for)\b(?!.*(?:\bfi|\bdone)\b)|\{$|(?:^|=)\($/.test(plain)) width += step;
  else if (/^case\b.*\bin$/.test(plain)) width += step;
  else if (/^[^\s()]+(?:\s*\|\s*[^\s()]+)*\)$/.test(plain)) width += step;
  else if (/;;$/.test(plain)) width -= /^[^()]*\)/.test(plain) ? 0 : step;
  const own = (lines[line] ?? "").trim();
  if (/^(?:then|do|else|elif|fi|done)\b/.test(own) && !/^(?:if|elif|while|until|for)\b/.test(plain)) width -= /(?:^|[\s;])(?:then|do|else)$/.test(plain) && /^(?:then|do)\b/.test(own) ? 0 : step;
  else if (/^(?:then|do)\b/.test(own)) width -= step;
  else if (/^(?:fi|done|else|elif|esac|\})/.test(own)) width -= step;
  return Math.max(0, width);
}

export function indentOfPython(lines: readonly string[], line: number, step: number, tabStop: number, opened: boolean): number | undefined {
  if (opened && lines[line - 1] === "") return 0;
  const at = above(lines, line);
  if (at < 0) return 0;
  const last = lines[at] ?? "";
  const plain = last.replace(/\s*#.*$/, "").trimEnd();
  const own = (lines[line] ?? "").trim();
  const width = columns(lines[firstOf(lines, at)] ?? "", tabStop);
  if (/^(?:except|finally|elif|else)\b/.test(own)) {
    for (let i = line - 1; i >= 0; i--) if (/^\s*(?:if|elif|for|while|try|except|with)\b/.test(lines[i] ?? "") && columns(lines[i] ?? "", tabStop) < width) return columns(lines[i] ?? "", tabStop);
    return undefined;
  }
  const open = lastOpen(plain);
  if (open >= 0) return open === plain.length - 1 ? width + 2 * step : open + 1;
  if (plain.endsWith(":")) return width + step;
  if (/^\s*(?:break|continue|raise|return|pass)\b/.test(plain)) return Math.max(0, width - step);
  return width;
}

/** The line in which the statement begins that ends in a line: brackets may stand in between. */
function firstOf(lines: readonly string[], line: number): number {
  let depth = 0;
  for (let at = line; at >= 0 && at > line - 50; at--) {
    for (const c of lines[at] ?? "") depth += ")]}".includes(c) ? 1 : "([{".includes(c) ? -1 : 0;
    if (depth <= 0) return at;
  }
  return line;
}

/** The last bracket of a line that nothing closes; -1 for none. */
function lastOpen(text: string): number {
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if ("([{".includes(text[i] ?? "")) open.push(i);
    else if (")]}".includes(text[i] ?? "")) open.pop();
  }
  return open.at(-1) ?? -1;
}

export function indentOfYaml(lines: readonly string[], line: number, step: number, tabStop: number): number {
  const at = above(lines, line);
  if (at < 0) return 0;
  const last = lines[at] ?? "";
  const width = columns(last, tabStop);
  const plain = last.replace(/\s+#.*$/, "").trimEnd();
  if (last.trimStart().startsWith("#")) return width;
  const item = /^(?:\s*-\s+)+/.exec(plain)?.[0] ?? "";
  const own = lines[line] ?? "";
  if (/:$/.test(plain) || /:\s+[|>][-+0-9]*$/.test(plain)) return (item === "" ? width : item.length) + step;
  if (/^\s*-\s*$/.test(plain)) return width + step;
  const isItem = /^\s*-(?:\s|$)/.test(own);
  if (isItem || KEY.test(own)) {
    for (let i = line - 1; i >= 0; i--) {
      const text = lines[i] ?? "";
      if (columns(text, tabStop) > columns(own, tabStop) || !(isItem ? /^\s*-\s/ : KEY).test(text)) continue;
      return isItem ? columns(text, tabStop) : (/^(?:\s*-\s+)+/.exec(text)?.[0].length ?? columns(text, tabStop));
    }
  }
  return item !== "" ? item.length : KEY.test(plain) ? width + step : width;
}

const KEY = /^\s*(?:-\s+)*(?:"[^"]*"|'[^']*'|[^\s"'#-][^#]*?):(?:\s|$)/;

/** As deep as the tags that are open. */
export function indentOfMarkup(lines: readonly string[], line: number, step: number, tabStop: number): number {
  const at = above(lines, line);
  if (at < 0) return 0;
  const last = (lines[at] ?? "").replace(/<!--.*?-->|<[?!][^>]*>|<[^>]*\/>/g, "");
  const opened = (last.match(/<[^/\s>][^>]*>/g) ?? []).length;
  const closed = (last.trimStart().replace(/^<\/[^>]*>/, "").match(/<\//g) ?? []).length;
  const ends = (lines[line] ?? "").trimStart().startsWith("</") ? 1 : 0;
  return Math.max(0, columns(lines[at] ?? "", tabStop) + step * (opened - closed - ends));
}
