import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { localNumber } from "../kit/locale.ts";
import { readMemory } from "../kit/processes.ts";

function human(kib: number, base: 1000 | 1024): string {
  let value = kib * 1024;
  const units = base === 1024 ? ["B", "Ki", "Mi", "Gi", "Ti", "Pi"] : ["B", "K", "M", "G", "T", "P"];
  let at = 0;
  while (value >= base && at < units.length - 1) {
    value /= base;
    at++;
  }
  const unit = units[at] ?? "";
  return at === 0 ? `${Math.floor(value)}${unit}` : value < 10 ? `${value.toFixed(1)}${unit}` : `${Math.round(value)}${unit}`;
}

export default gnu({
  name: "free", project: "procps-ng", version: "4.0.2", versionLetter: "V", versionText: "free from procps-ng 4.0.2\n", summary: "show how much memory and swap is used and free", synopsis: ["[options]"],
  options: {
    bytes: flag(["-b", "--bytes"], "amounts in bytes"), kilo: flag(["--kilo"], "amounts in units of 1000 bytes"), mega: flag(["--mega"], "amounts in units of 1000² bytes"), giga: flag(["--giga"], "amounts in units of 1000³ bytes"), tera: flag(["--tera"], "amounts in units of 1000⁴ bytes"), peta: flag(["--peta"], "amounts in units of 1000⁵ bytes"),
    kibi: flag(["-k", "--kibi"], "amounts in units of 1024 bytes, as without options"), mebi: flag(["-m", "--mebi"], "amounts in units of 1024² bytes"), gibi: flag(["-g", "--gibi"], "amounts in units of 1024³ bytes"), tebi: flag(["--tebi"], "amounts in units of 1024⁴ bytes"), pebi: flag(["--pebi"], "amounts in units of 1024⁵ bytes"),
    human: flag(["-h", "--human"], "each amount with the unit that keeps it short"), si: flag(["--si"], "units of 1000 (kilo, mega...), not of 1024"), lohi: flag(["-l", "--lohi"], "two more lines: low and high memory"), total: flag(["-t", "--total"], "one more line: memory and swap together"), committed: flag(["-v", "--committed"], "one more line: memory promised to programs, and its limit"),
    seconds: text(["-s", "--seconds"], "N", "show the amounts again every N seconds"), count: text(["-c", "--count"], "N", "N times in all"), wide: flag(["-w", "--wide"], "wide output"),
  },
  usageShowsHelp: true, operands: "none",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage();
    if ([options.bytes, options.kilo, options.mega, options.giga, options.tera, options.peta, options.kibi, options.mebi, options.gibi, options.tebi, options.pebi].filter((one) => one).length > 1) io.die("Multiple unit options don't make sense.");
    const base = options.si ? 1000 : 1024;
    const factor = options.bytes ? 1 / 1024 : options.kilo ? 1000 / 1024 : options.mega ? 1e6 / 1024 : options.giga ? 1e9 / 1024 : options.tera ? 1e12 / 1024 : options.peta ? 1e15 / 1024 : (options.mebi ? base ** 2 : options.gibi ? base ** 3 : options.tebi ? base ** 4 : options.pebi ? base ** 5 : base) / 1024;
    const show = (kib: number): string => (options.human ? localNumber(sys, human(kib, base)) : String(Math.floor(kib / factor))).padStart(12);
    // the comma of other languages is understood everywhere
    const intervalUs = options.seconds === undefined ? 1e6 : Number(options.seconds.replace(",", ".")) * 1e6;
    if (options.seconds !== undefined && !/^[-+]?(?:\d+[.,]?\d*|[.,]\d+)$/.test(options.seconds)) io.die(`seconds argument failed: '${options.seconds}': Invalid argument`);
    if (options.count !== undefined && !/^[-+]?\d+$/.test(options.count)) io.die(`failed to parse count argument: '${options.count}'`);
    if (options.count !== undefined && Number(options.count) < 1) io.die(`failed to parse count argument: '${options.count}': Numerical result out of range`);
    if (options.seconds !== undefined && !(intervalUs > 0)) io.die(`seconds argument \`${options.seconds}' is not positive number`);
    const rounds = options.count === undefined ? (options.seconds === undefined ? 1 : Number.POSITIVE_INFINITY) : Number(options.count);
    for (let round = 0; round < rounds; round++) {
      if (round > 0) {
        io.out.put("\n");
        yield* io.out.flush();
        yield* sys.sleep(intervalUs);
      }
      const memory = yield* readMemory(sys);
      const get = (key: string): number => memory.get(key) ?? 0;
      const cache = get("Cached") + get("SReclaimable");
      const used = get("MemTotal") - get("MemAvailable");
      const words = options.wide ? ["total", "used", "free", "shared", "buffers", "cache", "available"] : ["total", "used", "free", "shared", "buff/cache", "available"];
      io.say(`${" ".repeat(8)}${words.map((word) => word.padStart(12)).join("")}\n`);
      io.out.put(`Mem:    ${[get("MemTotal"), used, get("MemFree"), get("Shmem"), ...(options.wide ? [get("Buffers"), cache] : [get("Buffers") + cache]), get("MemAvailable")].map(show).join("")}\n`);
      if (options.lohi) io.out.put(`Low:    ${[get("MemTotal"), get("MemTotal") - get("MemFree"), get("MemFree")].map(show).join("")}\nHigh:   ${[0, 0, 0].map(show).join("")}\n`);
      io.out.put(`${io.word("Swap:").padEnd(8)}${[get("SwapTotal"), get("SwapTotal") - get("SwapFree"), get("SwapFree")].map(show).join("")}\n`);
      if (options.total) io.out.put(`Total:  ${[get("MemTotal") + get("SwapTotal"), used + get("SwapTotal") - get("SwapFree"), get("MemFree") + get("SwapFree")].map(show).join("")}\n`);
      if (options.committed) io.out.put(`Comm:   ${[get("CommitLimit"), get("Committed_AS"), get("CommitLimit") - get("Committed_AS")].map(show).join("")}\n`);
    }
    return 0;
  },
});
