// Strings as bash counts them: by character, not by UTF-16 unit.

function hasPairs(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) return true;
  }
  return false;
}

export function characterCount(text: string): number {
  if (!hasPairs(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

export function characterSlice(text: string, start: number, end?: number): string {
  if (!hasPairs(text)) return text.slice(start, end);
  return [...text].slice(start, end).join("");
}
