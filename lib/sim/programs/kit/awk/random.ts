// random(3), an additive feedback generator, as glibc and gawk (random.c, from BSD) seed and use it.

/** The seed's followers: Park and Miller's generator. `first` is the seed as it is stored. */
function additive(degree: number, separation: number, first: number, zero: number): () => number {
  const state = new Int32Array(degree);
  state[0] = first;
  for (let i = 1; i < degree; i++) {
    const before = (state[i - 1] ?? 0) || zero;
    const high = Math.trunc(before / 127773);
    const next = 16807 * (before - high * 127773) - 2836 * high;
    state[i] = next < 0 ? next + 2147483647 : next;
  }
  let front = separation;
  let rear = 0;
  return () => {
    const sum = ((state[front] ?? 0) + (state[rear] ?? 0)) | 0;
    state[front] = sum;
    front = (front + 1) % degree;
    rear = (rear + 1) % degree;
    return sum >>> 1;
  };
}

/** Numbers from 0 to 1, as mawk makes them of glibc's random(). `seed` is one of 32 bits. */
export function libcRandom(seed: number): () => number {
  const next = additive(31, 3, seed | 0 || 1, 0);
  for (let i = 0; i < 310; i++) next();
  return () => next() / 2147483647;
}

const SHUFFLED = 512;

/** Numbers in [0, 1), as gawk makes them of two of its own random(), which shuffles what it gives. */
export function gawkRandom(seed: number): () => number {
  const next = additive(63, 1, seed | 0, 123459876);
  const waiting = Int32Array.from({ length: SHUFFLED }, next);
  let last = next();
  const shuffled = (): number => {
    const fresh = next();
    const at = last % SHUFFLED;
    last = waiting[at] ?? 0;
    waiting[at] = fresh;
    return last;
  };
  for (let i = 0; i < 630; i++) shuffled();
  return () => {
    const low = shuffled();
    return 0.5 + (low / 2147483648 + shuffled()) / 2147483648 - 0.5;
  };
}
