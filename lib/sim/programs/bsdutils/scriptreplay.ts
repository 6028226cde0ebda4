import { O, SysError, decode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "scriptreplay", summary: "show a recorded session (typescript) at its own pace", synopsis: ["[options]", "[-t] timingfile [typescript] [divisor]"],
  options: { timing: text(["-t", "--timing", "-T", "--log-timing"], "file", "the file with the times"), typescript: text(["-s", "--typescript", "-O", "--log-out"], "file", "the file with what was shown"), divisor: text(["-d", "--divisor"], "num", "divide all pauses by this number"), most: text(["-m", "--maxdelay"], "num", "no pause is longer than so many seconds") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const rest = [...operands];
    const timingName = options.timing ?? rest.shift();
    if (timingName === undefined) {
      yield* io.stderr(`${io.argv0}: wrong number of arguments\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    const name = options.typescript ?? rest.shift() ?? "typescript";
    const divisor = Number(options.divisor ?? rest.shift() ?? 1);
    if (!(divisor > 0)) io.die(`failed to parse number: '${options.divisor ?? ""}'`);
    const timing = yield* readTextFile(sys, timingName);
    if (timing === undefined) io.die(`cannot open ${timingName}: No such file or directory`);
    let fd: number;
    try {
      fd = yield* sys.open(name, O.RDONLY);
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${name}: ${error.message}`);
      throw error;
    }
    // the head line is no output
    const head = decode(yield* sys.pread(fd, 4096, 0));
    let at = head.startsWith("Script started") ? head.indexOf("\n") + 1 : 0;
    for (const line of timing.split("\n")) {
      const match = /^([\d.]+) (\d+)$/.exec(line);
      if (match === null) continue;
      const delay = Math.min(Number(match[1]), Number(options.most ?? Number.POSITIVE_INFINITY)) / divisor;
      if (delay > 0) yield* sys.sleep(Math.round(delay * 1e6));
      const bytes = yield* sys.pread(fd, Number(match[2]), at);
      at += bytes.length;
      yield* sys.write(1, bytes);
    }
    sys.close(fd);
    yield* sys.write(1, new Uint8Array([10]));
    return 0;
  },
});
