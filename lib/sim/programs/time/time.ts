import { type Blocking, O, type Sys, encode, signalName } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";

const DEFAULT = "%Uuser %Ssystem %Eelapsed %PCPU (%Xavgtext+%Davgdata %Mmaxresident)k\n%Iinputs+%Ooutputs (%Fmajor+%Rminor)pagefaults %Wswaps";
const POSIX = "real %e\nuser %U\nsys %S";
const VERBOSE = [
  ["Command being timed", "\"%C\""], ["User time (seconds)", "%U"], ["System time (seconds)", "%S"], ["Percent of CPU this job got", "%P"], ["Elapsed (wall clock) time (h:mm:ss or m:ss)", "%E"],
  ["Average shared text size (kbytes)", "%X"], ["Average unshared data size (kbytes)", "%D"], ["Average stack size (kbytes)", "%p"], ["Average total size (kbytes)", "%K"],
  ["Maximum resident set size (kbytes)", "%M"], ["Average resident set size (kbytes)", "%t"], ["Major (requiring I/O) page faults", "%F"], ["Minor (reclaiming a frame) page faults", "%R"],
  ["Voluntary context switches", "%w"], ["Involuntary context switches", "%c"], ["Swaps", "%W"], ["File system inputs", "%I"], ["File system outputs", "%O"],
  ["Socket messages sent", "%s"], ["Socket messages received", "%r"], ["Signals delivered", "%k"], ["Page size (bytes)", "%Z"], ["Exit status", "%x"],
].map(([label, value]) => `\t${label}: ${value}`).join("\n");

export default gnu({
  name: "time",
  project: "GNU Time",
  version: "UNKNOWN",
  summary: "measure the time and memory that a program takes",
  synopsis: ["[-apvV] [-f format] [-o file] [--append] [--verbose] [--portability] [--format=format] [--output=file] [--version] [--quiet] [--help] command [arg...]"],
  options: {
    append: flag(["-a", "--append"], "with -o, add to the end of FILE"),
    format: text(["-f", "--format"], "FORMAT", "report what FORMAT says"),
    output: text(["-o", "--output"], "FILE", "the measurements go to FILE"),
    portability: flag(["-p", "--portability"], "the three lines of POSIX: real, user, sys"),
    quiet: flag(["-q", "--quiet"], "say nothing about how the program ended"),
    verbose: flag(["-v", "--verbose"], "everything that is measured, a line each"),
    helpShort: flag(["-h"], "show this help"),
    versionShort: flag(["-V"], "show the version"),
  },
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "commands",
  rewrite: (args) => args.map((arg, index) => (index === 0 && arg === "-h" ? "--help" : index === 0 && arg === "-V" ? "--version" : arg)),
  *run({ options, operands, sys }, io: Io) {
    const [command] = operands;
    if (command === undefined) io.usage("missing program to run");
    let target = 2;
    if (options.output !== undefined) {
      try {
        target = yield* sys.open(options.output, O.WRONLY | O.CREAT | O.CLOEXEC | (options.append ? O.APPEND : O.TRUNC), 0o666);
      } catch (error) {
        io.die(`${options.output}: ${reason(error)}`);
      }
    }
    const startUs = sys.clockUs("monotonic");
    const pid = sys.fork(function* (child: Sys): Blocking<number> {
      const failure = yield* execSearching(child, command, operands);
      yield* io.warn(`cannot run ${command}: ${failure.message}`);
      return failure.errno === "ENOENT" ? 127 : 126;
    });
    const ended = yield* sys.waitpid(pid);
    const elapsedUs = sys.clockUs("monotonic") - startUs;
    const usage = ended?.usage ?? { userUs: 0, systemUs: 0, maxResidentBytes: 0 };
    const status = ended?.status.kind === "exited" ? ended.status.status : ended?.status.kind === "signaled" ? ended.status.signal : 0;
    let report = "";
    if (!options.quiet && ended?.status.kind === "signaled") report += `Command terminated by signal ${ended.status.signal}\n`;
    else if (!options.quiet && ended?.status.kind === "exited" && status !== 0) report += `Command exited with non-zero status ${status}\n`;
    const format = options.verbose ? VERBOSE : options.portability ? POSIX : (options.format ?? sys.environment.get("TIME") ?? DEFAULT);
    const seconds = (us: number): string => (Math.floor(us / 10_000) / 100).toFixed(2);
    const elapsedSeconds = Math.floor(elapsedUs / 1e6);
    const two = (value: number): string => String(value).padStart(2, "0");
    const hundredths = two(Math.floor((elapsedUs % 1e6) / 10_000));
    const minutes = Math.floor((elapsedSeconds % 3600) / 60);
    const values = new Map<string, string>([
      ["C", operands.join(" ")], ["e", seconds(elapsedUs)], ["U", seconds(usage.userUs)], ["S", seconds(usage.systemUs)],
      ["E", elapsedSeconds >= 3600 ? `${Math.floor(elapsedSeconds / 3600)}:${two(minutes)}:${two(elapsedSeconds % 60)}` : `${minutes}:${two(elapsedSeconds % 60)}.${hundredths}`],
      ["P", elapsedUs > 0 ? `${Math.floor(((usage.userUs + usage.systemUs) * 100) / elapsedUs)}%` : "?%"], ["M", String(Math.round(usage.maxResidentBytes / 1024))], ["x", String(ended?.status.kind === "exited" ? status : 0)], ["Z", "4096"],
    ]);
    for (let i = 0; i < format.length; i++) {
      const char = format.charAt(i);
      if (char === "%") {
        const letter = format.charAt(++i);
        if (letter === "%") report += "%";
        else if (letter === "") report += "?";
        else report += values.get(letter) ?? ("DFIKORWXcknprstw".includes(letter) ? "0" : `?${letter}`);
      } else if (char === "\\") {
        const letter = format.charAt(++i);
        report += letter === "n" ? "\n" : letter === "t" ? "\t" : letter === "\\" ? "\\" : `?\\${letter}`;
      } else report += char;
    }
    yield* sys.write(target, encode(report + "\n"));
    if (ended?.status.kind === "signaled") return 128 + (signalName(status) === undefined ? 0 : status);
    return status;
  },
});
