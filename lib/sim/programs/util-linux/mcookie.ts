// mcookie: 128 random bits as 32 hexadecimal digits, for xauth (mcookie(1)).
import { O, SysError } from "../../kernel/sys.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { Md5 } from "../kit/digest/md5.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "mcookie", summary: "make a magic cookie for xauth", synopsis: ["[options]"], operands: "files",
  options: { file: text(["-f", "--file"], "file", "let file contribute to the cookie"), size: text(["-m", "--max-size"], "num", "read no more than so much of each file"), verbose: flag(["-v", "--verbose"], "tell each step") },
  *run({ options, sys }, io: Io) {
    if (options.size !== undefined && !/^\d+[KMG]?$/i.test(options.size)) io.die(`failed to parse length: '${options.size}': Invalid argument`);
    let seed = new Uint8Array(0);
    if (options.file !== undefined) {
      try {
        const fd = options.file === "-" ? 0 : yield* sys.open(options.file, O.RDONLY);
        seed = Uint8Array.from(yield* sys.read(fd, Number(options.size ?? 65_536) || 65_536));
        if (fd !== 0) sys.close(fd);
        if (options.verbose) yield* io.stderr(`Got ${seed.length} bytes from ${options.file}\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.warn(`cannot open ${options.file}: ${error.message}`);
      }
    }
    const random = sys.random(128);
    if (options.verbose) yield* io.stderr("Got 128 bytes from getrandom() function\n");
    const all = new Uint8Array(seed.length + random.length);
    all.set(seed);
    all.set(random, seed.length);
    const hash = new Md5();
    hash.update(all);
    io.out.put(`${toHex(hash.digest())}\n`);
    return 0;
  },
});
