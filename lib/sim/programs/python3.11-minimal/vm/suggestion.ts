// "Did you mean": the nearest name, as Python/suggestions.c finds it.

const MOVE_COST = 2;
const CASE_COST = 1;
const MAX_LENGTH = 40;
const MAX_CANDIDATES = 750;

function substitution(a: string, b: string): number {
  return a === b ? 0 : a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}

function distance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  let [x, y] = [a, b];
  while (x !== "" && y !== "" && x[0] === y[0]) [x, y] = [x.slice(1), y.slice(1)];
  while (x !== "" && y !== "" && x[x.length - 1] === y[y.length - 1]) [x, y] = [x.slice(0, -1), y.slice(0, -1)];
  if (x === "" || y === "") return (x.length + y.length) * MOVE_COST;
  if (x.length > MAX_LENGTH || y.length > MAX_LENGTH) return most + 1;
  let row = Array.from({ length: y.length + 1 }, (_, i) => i * MOVE_COST);
  for (let i = 1; i <= x.length; i++) {
    const next = [i * MOVE_COST];
    for (let j = 1; j <= y.length; j++) {
      next.push(Math.min((row[j - 1] as number) + substitution(x[i - 1] as string, y[j - 1] as string), (row[j] as number) + MOVE_COST, (next[j - 1] as number) + MOVE_COST));
    }
    row = next;
  }
  return row[y.length] as number;
}

export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.length >= MAX_CANDIDATES || name.length > MAX_LENGTH) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const most = Math.min(Math.floor(((name.length + candidate.length + 3) * MOVE_COST) / 6), bestDistance - 1);
    const current = distance(name, candidate, most);
    if (current > most) continue;
    best = candidate;
    bestDistance = current;
  }
  return best;
}
