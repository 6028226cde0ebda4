// Sizes as libfdisk says them (size_to_human_string of util-linux).

const LETTERS = "BKMGTPE";

function humanSize(bytes: number, digits: 1 | 2): readonly [number: string, letter: string] {
  let power = 0;
  while (power < 6 && bytes >= 1024 ** (power + 1)) power++;
  const unit = 1024 ** power;
  let whole = Math.floor(bytes / unit);
  const thousandths = Math.floor(((bytes % unit) * 1000) / unit);
  let hundredths = digits === 2 ? Math.floor((thousandths + 5) / 10) : Math.floor((thousandths + 50) / 100) * 10;
  if (hundredths === 100) {
    whole++;
    hundredths = 0;
  }
  return [hundredths === 0 ? String(whole) : `${whole}.${String(hundredths).padStart(2, "0").replace(/0$/, "")}`, LETTERS.charAt(power)];
}

/** "8G", "511.5M" */
export function shortSize(bytes: number): string {
  return humanSize(bytes, 1).join("");
}

/** "8 GiB", "511.5 MiB" */
export function longSize(bytes: number, digits: 1 | 2 = 1): string {
  const [number, letter] = humanSize(bytes, digits);
  return `${number} ${letter}${letter === "B" ? "" : "iB"}`;
}
