// utmpdump(1): the binary records of utmp and wtmp as text, and text as records again.
import { type Blocking, concatBytes, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { decodeUtmp } from "../../daemons/systemd/api/utmp-record.ts";
import { encodeUtmp, readUtmp, type UtmpRecord } from "../kit/utmp.ts";
import { readWhole } from "../kit/read-whole.ts";
import { parseDate } from "../kit/date-parse.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";
import { UTC } from "../kit/zones.ts";

/** An address of four bytes, or of sixteen where the last twelve are not empty. */
function addressText(address: Uint8Array | undefined): string {
  if (address === undefined) return "0.0.0.0";
  if (address.subarray(4).some((byte) => byte !== 0)) {
    const words = Array.from({ length: 8 }, (_, index) => (((address[index * 2] ?? 0) << 8) | (address[index * 2 + 1] ?? 0)).toString(16));
    return words.join(":").replace(/(?:^|:)0(?::0)+(?::|$)/, "::");
  }
  return [...address.subarray(0, 4)].join(".");
}

function lineOf(record: UtmpRecord): string {
  const time = `${strftime("%Y-%m-%dT%H:%M:%S", civilAtUs(UTC, record.timeUs))},${String(record.timeUs % 1_000_000).padStart(6, "0")}+00:00`;
  const clean = (words: string): string => words.replaceAll(/[^\x20-\x7e]/g, "?").replaceAll(/[[\]]/g, "?");
  return `[${record.type}] [${String(record.pid).padStart(5, "0")}] [${clean(record.id).padEnd(4)}] [${clean(record.user).padEnd(8)}] [${clean(record.line).padEnd(12)}] [${clean(record.host).padEnd(20)}] [${addressText(record.address).padEnd(15)}] [${time}]\n`;
}

function parseAddress(words: string): Uint8Array {
  const bytes = new Uint8Array(16);
  const v4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(words);
  if (v4 !== null) {
    bytes.set(v4.slice(1).map(Number));
    return bytes;
  }
  const [head = "", tail] = words.split("::");
  const groups = (part: string): readonly number[] => part.split(":").filter((one) => one !== "").map((one) => Number.parseInt(one, 16) || 0);
  const [before, after] = [groups(head), groups(tail ?? "")];
  for (const [index, group] of [...before, ...Array.from({ length: tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length) }, () => 0), ...after].slice(0, 8).entries()) bytes.set([group >> 8, group & 255], index * 2);
  return bytes;
}

/** Undefined for a line that is no record. */
function recordOf(line: string): UtmpRecord | undefined {
  const fields = [...line.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? "");
  if (fields.length !== 8) return undefined;
  const [type = "", pid = "", id = "", user = "", terminal = "", host = "", address = "", time = ""] = fields;
  const iso = /^(.*?)(?:,(\d{1,6}))?([+-]\d\d:?\d\d)?$/.exec(time.trim());
  const at = parseDate(`${(iso?.[1] ?? "").replace("T", " ")} ${iso?.[3] ?? "+0000"}`, UTC, { epochSeconds: 0, nanoseconds: 0 });
  return {
    type: Number(type), pid: Number(pid), id: id.trimEnd(), user: user.trimEnd(), line: terminal.trimEnd(), host: host.trimEnd(), address: parseAddress(address.trim()),
    timeUs: (at?.epochSeconds ?? 0) * 1_000_000 + Number((iso?.[2] ?? "0").padEnd(6, "0")),
  };
}

function* follow(sys: Sys, io: Io, path: string, shown: number): Blocking<never> {
  let count = shown;
  for (;;) {
    yield* sys.sleep(500_000);
    const records = yield* readUtmp(sys, path);
    for (const record of records.slice(count)) io.out.put(lineOf(record));
    count = Math.max(count, records.length);
    yield* io.out.flush();
  }
}

export default utilLinux({
  name: "utmpdump", summary: "show UTMP and WTMP files as text", synopsis: ["[options] [filename]"], operands: "files",
  options: { follow: flag(["-f", "--follow"], "go on with what is added later"), reverse: flag(["-r", "--reverse"], "turn text back into records"), output: text(["-o", "--output"], "file", "the file that is written") },
  description: ["Without a file it reads standard input. A dump may be edited and turned into records again: utmpdump wtmp > text; utmpdump -r < text > wtmp."],
  seeAlso: ["last(1)", "w(1)", "who(1)"],
  *run({ options, operands, sys }, io: Io) {
    const [name] = operands;
    if (operands.length > 1) io.usage("bad usage");
    let input = 0;
    try {
      if (name !== undefined) input = yield* sys.open(name, O.RDONLY);
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${name ?? ""}: ${error.message}`);
      throw error;
    }
    let output = 1;
    if (options.output !== undefined) {
      try {
        output = yield* sys.open(options.output, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      } catch (error) {
        if (error instanceof SysError) io.die(`cannot open ${options.output}: ${error.message}`);
        throw error;
      }
    }
    yield* io.stderr(`Utmp ${options.reverse ? "undump" : "dump"} of ${name ?? "stdin"}\n`);
    const bytes = yield* readWhole(sys, input);
    if (options.reverse) {
      const records = decode(bytes).split("\n").map(recordOf).filter((record) => record !== undefined);
      yield* sys.write(output, concatBytes(records.map(encodeUtmp)));
      return 0;
    }
    const records = yield* recordsOf(bytes);
    const shown = records.map(lineOf).join("");
    if (output === 1) yield* io.out.print(shown);
    else yield* sys.write(output, new Uint8Array([...shown].map((letter) => letter.charCodeAt(0))));
    if (options.follow && name !== undefined) yield* follow(sys, io, name, records.length);
    return 0;

    function* recordsOf(all: Uint8Array): Blocking<readonly UtmpRecord[]> {
      if (sys.charge(all.length >> 5)) yield* sys.preempt();
      return decodeUtmp(all);
    }
  },
});
