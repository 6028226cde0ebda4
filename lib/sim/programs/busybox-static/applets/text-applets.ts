// Applets whose output differs from GNU's in form: wc; which; hostname.

import { type Blocking, O, S, type Sys, SysError, encode } from "../../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../../daemons/resolver/api.ts";
import { readTextFile } from "../../kit/accounts.ts";
import { type AppletIo, applet, appletOptions } from "../_applet.ts";

interface Counts {
  lines: number;
  words: number;
  characters: number;
  bytes: number;
  longest: number;
}

function* count(sys: Sys, fd: number): Blocking<Counts> {
  const counts: Counts = { lines: 0, words: 0, characters: 0, bytes: 0, longest: 0 };
  let inWord = false;
  let column = 0;
  for (;;) {
    const bytes = yield* sys.read(fd, 65536);
    if (bytes.length === 0) break;
    if (sys.charge(1 + (bytes.length >> 6))) yield* sys.preempt();
    counts.bytes += bytes.length;
    for (const byte of bytes) {
      if ((byte & 0xc0) !== 0x80) counts.characters++;
      if (byte === 10) {
        counts.lines++;
        counts.longest = Math.max(counts.longest, column);
        column = 0;
      } else column++;
      const space = byte === 32 || (byte >= 9 && byte <= 13);
      if (!space && !inWord) counts.words++;
      inWord = !space;
    }
  }
  counts.longest = Math.max(counts.longest, column);
  return counts;
}

const wc = applet("wc", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "lwcmL");
  const chosen: (keyof Counts)[] = [];
  for (const [letter, key] of [["l", "lines"], ["w", "words"], ["m", "characters"], ["c", "bytes"], ["L", "longest"]] as const) if (options.has(letter)) chosen.push(key);
  if (chosen.length === 0) chosen.push("lines", "words", "bytes");
  const line = (counts: Counts, name: string): string => {
    const numbers = chosen.map((key) => String(counts[key]));
    const text = chosen.length === 1 && options.operands.length < 2 ? (numbers[0] ?? "") : numbers.map((number) => number.padStart(9)).join(" ");
    return `${text}${name === "" ? "" : ` ${name}`}\n`;
  };
  if (options.operands.length === 0) {
    io.out.put(line(yield* count(sys, 0), ""));
    return undefined;
  }
  const total: Counts = { lines: 0, words: 0, characters: 0, bytes: 0, longest: 0 };
  for (const name of options.operands) {
    try {
      const fd = name === "-" ? 0 : yield* sys.open(name, O.RDONLY);
      const counts = yield* count(sys, fd);
      if (fd !== 0) sys.close(fd);
      for (const key of ["lines", "words", "characters", "bytes"] as const) total[key] += counts[key];
      total.longest = Math.max(total.longest, counts.longest);
      io.out.put(line(counts, name));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`${name}: ${error.message}`);
    }
  }
  if (options.operands.length > 1) io.out.put(line(total, "total"));
  return undefined;
});

const which = applet("which", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "a");
  if (options.operands.length === 0) io.usage();
  const executable = (path: string): boolean => {
    try {
      sys.access(path, 1);
      return (sys.stat(path).mode & S.IFMT) === S.IFREG;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  };
  for (const name of options.operands) {
    const places = name.includes("/") ? [name] : (sys.environment.get("PATH") ?? "/sbin:/usr/sbin:/bin:/usr/bin").split(":").map((directory) => `${directory === "" ? "." : directory}/${name}`);
    const found = places.filter(executable);
    if (found.length === 0) io.status = 1;
    for (const path of options.has("a") ? found : found.slice(0, 1)) yield* io.out.print(`${path}\n`);
  }
  return undefined;
});

const hostname = applet("hostname", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "dfisF:v");
  const file = options.value("F");
  const given = file !== undefined ? ((yield* readTextFile(sys, file)) ?? io.die(`can't open '${file}': No such file or directory`)).split("\n").map((line) => line.trim()).find((line) => line !== "" && !line.startsWith("#")) : options.operands[0];
  if (given !== undefined) {
    try {
      sys.sethostname(given);
    } catch (error) {
      if (error instanceof SysError) io.die(`sethostname: ${error.message}`);
      throw error;
    }
    return undefined;
  }
  const name = sys.uname().nodename;
  if (options.has("s")) io.out.put(`${name.split(".")[0]}\n`);
  else if (options.has("d")) io.out.put(`${name.split(".").slice(1).join(".")}\n`);
  else if (options.has("i")) {
    try {
      io.out.put(`${(yield* lookUpHost(sys, name)).join(" ")} \n`);
    } catch (error) {
      if (error instanceof ResolveError) io.die(`${name}: Unknown host`);
      throw error;
    }
  } else io.out.put(`${name}\n`);
  return undefined;
});

/** clear: home, then erase the display. */
const clear = applet("clear", function* (sys) {
  yield* sys.write(1, encode("\u001b[H\u001b[J"));
  return 0;
});

export const textApplets = [wc, which, hostname, clear];
