import { SysError } from "../../kernel/sys.ts";
import { BsdSum, PosixCrc, SysvSum } from "../kit/digest/checksum.ts";
import { Blake2b } from "../kit/digest/blake2b.ts";
import { Md5 } from "../kit/digest/md5.ts";
import { Sha1 } from "../kit/digest/sha1.ts";
import { Sha256 } from "../kit/digest/sha256.ts";
import { Sha512 } from "../kit/digest/sha512.ts";
import { Sm3 } from "../kit/digest/sm3.ts";
import { type Io, flag, gnu, reason, text, wholeWord } from "../kit/gnu.ts";
import { type Algorithm, CHECK_OPTIONS, checkList, digestOf, formatLine, requireCheck } from "./_checksum-command.ts";

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([
  ["md5", { tag: "MD5", hexDigits: 32, make: () => new Md5() }],
  ["sha1", { tag: "SHA1", hexDigits: 40, make: () => new Sha1() }],
  ["sha224", { tag: "SHA224", hexDigits: 56, make: () => new Sha256(224) }],
  ["sha256", { tag: "SHA256", hexDigits: 64, make: () => new Sha256() }],
  ["sha384", { tag: "SHA384", hexDigits: 96, make: () => new Sha512(384) }],
  ["sha512", { tag: "SHA512", hexDigits: 128, make: () => new Sha512() }],
  ["blake2b", { tag: "BLAKE2b", hexDigits: 128, make: (digestBytes: number) => new Blake2b(digestBytes) }],
  ["sm3", { tag: "SM3", hexDigits: 64, make: () => new Sm3() }],
]);

export default gnu({
  name: "cksum",
  summary: "print checksums of files, or check files against them",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["Without -a, the 32-bit CRC of POSIX. With the digests such as md5, each line names the algorithm (the tagged form), unless --untagged is given."],
  options: {
    algorithm: wholeWord(["-a", "--algorithm"], "TYPE", [["bsd"], ["sysv"], ["crc"], ["md5"], ["sha1"], ["sha224"], ["sha256"], ["sha384"], ["sha512"], ["blake2b"], ["sm3"]], "the algorithm to compute with"),
    length: text(["-l", "--length"], "BITS", "size of the digest in bits, only for blake2b"),
    untagged: flag(["--untagged"], "lines like those of md5sum: digest, then name"),
    debug: flag(["--debug"], "say which implementation is used"),
    ...CHECK_OPTIONS,
  },
  operands: "files",
  seeAlso: ["md5sum(1)", "sha256sum(1)"],
  *run({ options, operands, sys }, io: Io) {
    const kind = options.algorithm ?? "crc";
    const algorithm = ALGORITHMS.get(kind);
    if (options.length !== undefined && kind !== "blake2b") io.die("--length is only supported with --algorithm=blake2b");
    if (options.check && options.algorithm !== undefined && !algorithm) io.die("--check is not supported with --algorithm={bsd,sysv,crc}");
    requireCheck(options, io);
    const names = operands.length === 0 ? ["-"] : operands;
    if (options.check) {
      const known = [...ALGORITHMS.values()];
      for (const list of names) if (!(yield* checkList(list, algorithm ? [algorithm] : known, algorithm, options, io))) io.status = 1;
      return;
    }
    let chosen = algorithm;
    if (options.length !== undefined && algorithm) {
      const bits = Number(options.length);
      if (!/^\d+$/.test(options.length)) io.die(`invalid length: ${io.quote(options.length)}`);
      if (bits > 512) {
        yield* io.warn(`invalid length: ${io.quote(options.length)}`);
        io.die(`maximum digest length for ${io.quote("BLAKE2b")} is 512 bits`);
      }
      if (bits % 8 !== 0) {
        yield* io.warn(`invalid length: ${io.quote(options.length)}`);
        io.die("length is not a multiple of 8");
      }
      if (bits > 0 && bits !== 512) chosen = { ...algorithm, tag: `BLAKE2b-${bits}`, hexDigits: bits / 4 };
    }
    for (const name of names) {
      try {
        const input = name === "-" ? io.stdin : yield* io.open(name);
        if (chosen) {
          const digest = yield* digestOf(input, chosen.make(chosen.hexDigits / 2), io);
          io.out.put(formatLine(chosen.tag, digest, name, { tag: !options.untagged, zero: options.zero, binary: false }));
        } else {
          const sum = kind === "bsd" ? new BsdSum() : kind === "sysv" ? new SysvSum() : new PosixCrc();
          let lengthBytes = 0;
          for (;;) {
            let bytes: Uint8Array;
            try {
              bytes = yield* input.chunk();
            } catch (error) {
              // the CRC of this version takes a failed read for the end
              if (kind !== "crc" || !(error instanceof SysError)) throw error;
              bytes = new Uint8Array(0);
            }
            if (bytes.length === 0) break;
            lengthBytes += bytes.length;
            sum.update(bytes);
            if (sys.charge(bytes.length >> 7)) yield* sys.preempt();
          }
          const label = operands.length > 0 ? ` ${name}` : "";
          const end = options.zero ? "\0" : "\n";
          if (kind === "bsd") io.out.put(`${String(sum.value()).padStart(5, "0")} ${String(Math.ceil(lengthBytes / 1024)).padStart(5)}${label}${end}`);
          else if (kind === "sysv") io.out.put(`${sum.value()} ${Math.ceil(lengthBytes / 512)}${label}${end}`);
          else io.out.put(`${sum.value()} ${lengthBytes}${label}${end}`);
        }
        io.close(input);
      } catch (error) {
        yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
      }
      if (io.out.full) yield* io.out.flush();
    }
  },
});
