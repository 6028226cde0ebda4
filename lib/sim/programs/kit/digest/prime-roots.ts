// The constants of SHA-2: the first 64 bits of the fractions of square (2) or cube (3) roots of the first primes (FIPS 180-4, 4.2 and 5.3).

export function primeRootFractions(count: number, root: 2 | 3): bigint[] {
  const fractions: bigint[] = [];
  for (let candidate = 2; fractions.length < count; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate && prime; divisor++) prime = candidate % divisor !== 0;
    if (prime) fractions.push(BigInt.asUintN(64, integerRoot(BigInt(candidate) << BigInt(64 * root), root)));
  }
  return fractions;
}

function integerRoot(value: bigint, root: 2 | 3): bigint {
  let low = 0n;
  let high = 1n << 72n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if ((root === 2 ? middle * middle : middle * middle * middle) <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}
