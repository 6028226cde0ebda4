// hexdump, and hd which is hexdump -C.

import type { Blocking } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import type { Input } from "../kit/input.ts";
import { parseScaled } from "../kit/sizes.ts";
import { type Io, flag, optionalText, reason, text, texts, utilLinux } from "../kit/util-linux.ts";
import { type DumpFormat, FormatError, dumpBlock, finalAddress, parseDumpFormat, withoutFinal } from "./_hexdump-format.ts";

const FORMATS = new Map<string, readonly string[]>([
  ["octal", ['"%07.7_Ax\n"', '"%07.7_ax " 16/1 "%03o " "\n"']], ["chars", ['"%07.7_Ax\n"', '"%07.7_ax " 16/1 "%3_c " "\n"']],
  ["canonical", ['"%08.8_Ax\n"', '"%08.8_ax  " 8/1 "%02x " "  " 8/1 "%02x " ', '"  |" 16/1 "%_p" "|\n"']], ["decimal", ['"%07.7_Ax\n"', '"%07.7_ax " 8/2 "  %05u " "\n"']],
  ["twoOctal", ['"%07.7_Ax\n"', '"%07.7_ax " 8/2 " %06o " "\n"']], ["hex", ['"%07.7_Ax\n"', '"%07.7_ax " 8/2 "   %04x " "\n"']],
  ["default", ['"%07.7_Ax\n"', '"%07.7_ax " 8/2 "%04x " "\n"']],
]);

export function hexdumpCommand(name: "hexdump" | "hd"): Command {
  return utilLinux({
    name,
    summary: "show the bytes of a file in hexadecimal, decimal, octal or ASCII",
    synopsis: ["[options] <file>..."],
    options: {
      octal: flag(["-b", "--one-byte-octal"], "each byte in octal"),
      chars: flag(["-c", "--one-byte-char"], "each byte as a character"),
      canonical: flag(["-C", "--canonical"], "bytes in hexadecimal with their characters beside them"),
      decimal: flag(["-d", "--two-bytes-decimal"], "pairs of bytes as decimal numbers"),
      twoOctal: flag(["-o", "--two-bytes-octal"], "pairs of bytes as octal numbers"),
      hex: flag(["-x", "--two-bytes-hex"], "pairs of bytes as hexadecimal numbers"),
      color: optionalText(["-L", "--color"], "mode", "colours where a format asks for them"),
      format: texts(["-e", "--format"], "format", "how the bytes are grouped and printed"),
      formatFile: texts(["-f", "--format-file"], "file", "a file with such formats"),
      length: text(["-n", "--length"], "length", "stop after length bytes"),
      skip: text(["-s", "--skip"], "offset", "begin after offset bytes"),
      noSqueezing: flag(["-v", "--no-squeezing"], "repeated lines too, instead of a *"),
    },
    operands: "files",
    *run({ options, operands, given, sys }, io: Io) {
      const groups: (readonly string[])[] = [];
      for (const { option, argument } of given) {
        const known = FORMATS.get(option);
        if (known) groups.push(known);
        else if (option === "format") groups.push([argument ?? ""]);
        else if (option === "formatFile") {
          try {
            const input = yield* io.open(argument ?? "");
            for (const line of (yield* input.all()).split("\n")) if (line.trim() !== "" && !line.trimStart().startsWith("#")) groups.push([line]);
            io.close(input);
          } catch (error) {
            io.die(`can't read ${argument ?? ""}: ${reason(error)}`);
          }
        }
      }
      if (groups.length === 0) groups.push(FORMATS.get(name === "hd" ? "canonical" : "default") ?? []);
      let formats: DumpFormat[];
      try {
        formats = groups.flat().map((one) => parseDumpFormat(one.replaceAll("\n", "\\n")));
      } catch (error) {
        if (error instanceof FormatError) io.die(error.message);
        throw error;
      }
      const size = (value: string | undefined, what: string): number | undefined => {
        if (value === undefined) return undefined;
        if (/^0[xX][0-9a-fA-F]+$/.test(value)) return Number.parseInt(value, 16);
        if (/^0[0-7]+$/.test(value)) return Number.parseInt(value, 8);
        const { value: parsed, problem } = parseScaled(value, "KMGTPEZYkb0");
        if (problem !== "none") io.die(`failed to parse ${what}: '${value}': Invalid argument`);
        return Number(parsed);
      };
      let left = size(options.length, "length") ?? Number.POSITIVE_INFINITY;
      let skip = size(options.skip, "offset") ?? 0;
      const blockBytes = Math.max(1, ...formats.map((format) => format.blockBytes));
      formats = formats.map((format) => stretch(format, blockBytes));
      const names = operands.length === 0 ? ["-"] : operands;
      let index = 0;
      let current: Input | undefined;
      const next = function* (count: number): Blocking<Uint8Array> {
        for (;;) {
          const one = names[index];
          if (one === undefined) return new Uint8Array(0);
          try {
            current ??= yield* io.open(one);
            const bytes = yield* current.chunk(count);
            if (bytes.length > 0) return bytes;
            io.close(current);
          } catch (error) {
            yield* io.fail(`${one}: ${reason(error)}`);
          }
          current = undefined;
          index++;
        }
      };
      let address = 0;
      for (; skip > 0; ) {
        const bytes = yield* next(Math.min(skip, 65536));
        if (bytes.length === 0) break;
        skip -= bytes.length;
        address += bytes.length;
      }
      const body = formats.map(withoutFinal).filter((format) => format.units.length > 0);
      let previous = "";
      let starred = false;
      let any = false;
      for (;;) {
        const block = new Uint8Array(blockBytes);
        let length = 0;
        while (length < blockBytes && left > 0) {
          const bytes = yield* next(Math.min(blockBytes - length, left));
          if (bytes.length === 0) break;
          block.set(bytes, length);
          length += bytes.length;
          left -= bytes.length;
        }
        if (length === 0) break;
        any = true;
        const key = length === blockBytes ? block.join() : "";
        if (!options.noSqueezing && key !== "" && key === previous) {
          if (!starred) io.out.put("*\n");
          starred = true;
        } else {
          starred = false;
          for (const format of body) io.out.putLatin1(dumpBlock(format, block, address, length));
        }
        previous = key;
        address += length;
        if (io.out.full) yield* io.out.flush();
        if (sys.charge(blockBytes)) yield* sys.preempt();
        if (length < blockBytes) break;
      }
      if (any || address > 0) for (const format of formats) io.out.putLatin1(finalAddress(format, address));
      if (io.status !== 0 && !any && names.length > 0 && operands.length > 0) io.die("all input file arguments failed");
    },
  });
}

/** A last unit with conversions is repeated to fill the block of the widest format. */
function stretch(format: DumpFormat, blockBytes: number): DumpFormat {
  const missing = blockBytes - format.blockBytes;
  if (missing <= 0 || format.blockBytes === 0) return format;
  const at = format.units.findLastIndex((unit) => unit.bytes > 0);
  const unit = format.units[at];
  if (!unit) return format;
  const units = format.units.map((one, index) => (index === at ? { ...one, iterations: one.iterations + Math.floor(missing / one.bytes) } : one));
  return { units, blockBytes };
}
