// setarch and the names it answers to: a program under another personality(2), as /proc/PID/personality and uname show it (setarch(8)).
import type { Sys } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, utilLinux } from "../kit/util-linux.ts";

/** What the options switch on, with the bit of include/uapi/linux/personality.h, by their keys. */
const FLAGS = new Map<string, readonly [name: string, bit: number]>([
  ["fdpic", ["FDPIC_FUNCPTRS", 0x0080000]], ["noRandom", ["ADDR_NO_RANDOMIZE", 0x0040000]], ["zeroPage", ["MMAP_PAGE_ZERO", 0x0100000]], ["compat", ["ADDR_COMPAT_LAYOUT", 0x0200000]], ["readExec", ["READ_IMPLIES_EXEC", 0x0400000]],
  ["limit32", ["ADDR_LIMIT_32BIT", 0x0800000]], ["shortInode", ["SHORT_INODE", 0x1000000]], ["wholeSeconds", ["WHOLE_SECONDS", 0x2000000]], ["sticky", ["STICKY_TIMEOUTS", 0x4000000]], ["limit3gb", ["ADDR_LIMIT_3GB", 0x8000000]], ["uname26", ["UNAME26", 0x0020000]],
]);

/** What a PC's kernel can be told to be: the low byte, PER_LINUX or PER_LINUX32, and flags. */
const ARCHITECTURES = new Map([["uname26", 0x0020000], ["linux32", 8], ["linux64", 0], ["i386", 8], ["i486", 8], ["i586", 8], ["i686", 8], ["athlon", 8], ["x86_64", 0]]);
const IS_32_BIT = /^(linux32|i[3456]86|athlon)$/;

const setarch: Command = utilLinux({
  name: "setarch", links: ["/usr/bin/i386", "/usr/bin/linux32", "/usr/bin/linux64", "/usr/bin/x86_64"], manSection: 8, operands: "commands",
  summary: "run a program that sees another architecture (personality)", synopsis: ["[<arch>] [options] [<program> [<argument>...]]"], parsing: { stopAtOperand: true },
  description: ["The program, or a shell when none is named, sees another machine type in uname(2) and lays out its memory as the options say. linux32, linux64, i386 and x86_64 are names of setarch that already say the architecture."],
  options: {
    limit32: flag(["-B", "--32bit"], "turn on ADDR_LIMIT_32BIT"), fdpic: flag(["-F", "--fdpic-funcptrs"], "pointers to functions lead to descriptors"), shortInode: flag(["-I", "--short-inode"], "turn on SHORT_INODE"),
    compat: flag(["-L", "--addr-compat-layout"], "place memory as old kernels did"), noRandom: flag(["-R", "--addr-no-randomize"], "the same addresses at every start"), wholeSeconds: flag(["-S", "--whole-seconds"], "turn on WHOLE_SECONDS"),
    sticky: flag(["-T", "--sticky-timeouts"], "turn on STICKY_TIMEOUTS"), readExec: flag(["-X", "--read-implies-exec"], "turn on READ_IMPLIES_EXEC"), zeroPage: flag(["-Z", "--mmap-page-zero"], "turn on MMAP_PAGE_ZERO"),
    limit3gb: flag(["-3", "--3gb"], "use at most 3 GB of addresses"), limit4gb: flag(["--4gb"], "ignored, for old scripts only"), uname26: flag(["--uname-2.6"], "turn on UNAME26"), verbose: flag(["-v", "--verbose"], "say what is switched on"), list: flag(["--list"], "name the architectures that there are"),
  },
  *run({ options, given, operands, sys }, io: Io) {
    // `program` below makes the architecture, or an empty word, the first operand
    if (options.list) {
      io.out.put([...ARCHITECTURES.keys()].map((name) => `${name}\n`).join(""));
      return 0;
    }
    const [architecture = "", ...words] = operands;
    const base = architecture === "" ? 0 : (ARCHITECTURES.get(architecture) ?? io.die(`${architecture}: Unrecognized architecture`));
    let verbose = false;
    let bits = 0;
    for (const { option } of given) {
      if (option === "verbose") verbose = true;
      const found = FLAGS.get(option);
      if (found === undefined) continue;
      if (verbose) io.say(`Switching on ${found[0]}.\n`);
      bits |= found[1];
    }
    if (architecture === "" && bits === 0) io.die("no architecture argument or personality flags specified");
    sys.personality(base | bits);
    const machine = sys.uname().machine;
    if (architecture !== "" && architecture !== "uname26" && architecture !== "linux32" && architecture !== "linux64" && (machine === "i686") !== IS_32_BIT.test(architecture)) io.die(`Kernel cannot set architecture to ${architecture}`);
    const shell = words.length === 0;
    const command = shell ? "/bin/sh" : (words[0] ?? "");
    if (verbose) io.say(`Execute command \`${command}'.\n`);
    yield* io.out.flush();
    const failed = yield* execSearching(sys, command, shell ? ["-sh"] : words);
    yield* io.warn(`failed to execute ${command}: ${failed.message}`);
    return failed.errno === "ENOENT" ? 127 : 126;
  },
});

/** The architecture stands before the options or in the name: it is handed on as the first operand. */
function* program(sys: Sys, argv: readonly string[]): ReturnType<Command["program"]> {
  const name = (argv[0] ?? "setarch").replace(/^.*\//, "");
  const rest = argv.slice(1);
  const named = name !== "setarch";
  const architecture = named ? name : rest[0] === undefined || rest[0].startsWith("-") ? "" : (rest.shift() ?? "");
  let end = 0;
  while (end < rest.length && (rest[end] ?? "").startsWith("-") && rest[end] !== "--" && rest[end] !== "-") end++;
  const operands = rest.slice(rest[end] === "--" ? end + 1 : end);
  return yield* setarch.program(sys, [name, ...rest.slice(0, end), "--", architecture, ...operands]);
}

export default { ...setarch, program } satisfies Command;
