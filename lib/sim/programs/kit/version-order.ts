// The order of sort -V and ls -v: gnulib's filevercmp. Names are compared in runs of non-digits and digits; a suffix such as ".tar.gz" counts last.

/** Latin1 or ordinary strings. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  if (a === "" || b === "") return a === "" ? -1 : 1;
  // "." and ".." come first, then other hidden names.
  if (a.startsWith(".") || b.startsWith(".")) {
    if (!b.startsWith(".")) return -1;
    if (!a.startsWith(".")) return 1;
    if (a === ".") return -1;
    if (b === ".") return 1;
    if (a === "..") return -1;
    if (b === "..") return 1;
  }
  const prefixA = a.slice(0, a.length - suffixLength(a));
  const prefixB = b.slice(0, b.length - suffixLength(b));
  const order = prefixA === prefixB ? 0 : compareRuns(prefixA, prefixB);
  return order || compareRuns(a, b) || (a < b ? -1 : 1);
}

/** Of the longest ending (\.[A-Za-z~][A-Za-z0-9~]*)* */
function suffixLength(name: string): number {
  return name.length - (/(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/.exec(name)?.index ?? name.length);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function rank(code: number): number {
  if (Number.isNaN(code)) return -1;
  if (isDigit(code)) return 0;
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) return code;
  return code === 126 ? -2 : code + 256;
}

function compareRuns(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a.charCodeAt(i))) || (j < b.length && !isDigit(b.charCodeAt(j)))) {
      const [x, y] = [rank(a.charCodeAt(i)), rank(b.charCodeAt(j))];
      if (x !== y) return x - y;
      i++;
      j++;
    }
    while (a.charAt(i) === "0") i++;
    while (b.charAt(j) === "0") j++;
    let difference = 0;
    while (isDigit(a.charCodeAt(i)) && isDigit(b.charCodeAt(j))) {
      if (difference === 0) difference = a.charCodeAt(i) - b.charCodeAt(j);
      i++;
      j++;
    }
    if (isDigit(a.charCodeAt(i))) return 1;
    if (isDigit(b.charCodeAt(j))) return -1;
    if (difference !== 0) return difference;
  }
  return 0;
}
