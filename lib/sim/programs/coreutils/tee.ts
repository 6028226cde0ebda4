import { O, SIGNALS, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalWord, reason } from "../kit/gnu.ts";

export default gnu({
  name: "tee",
  summary: "copy standard input to files and also to standard output, like a T in a pipe",
  synopsis: ["[OPTION]... [FILE]..."],
  options: {
    append: flag(["-a", "--append"], "add to the end of the FILEs instead of overwriting them"),
    ignoreInterrupts: flag(["-i", "--ignore-interrupts"], "do not stop at Ctrl+C (SIGINT)"),
    pipeMode: flag(["-p"], "report failed writes, except into pipes"),
    outputError: optionalWord(["--output-error"], "MODE", [["warn"], ["warn-nopipe"], ["exit"], ["exit-nopipe"]], "MODE says what to do when a write fails: warn (report it) or exit (report it and stop); with -nopipe, only if it was not into a pipe"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (options.ignoreInterrupts) sys.sigaction(SIGNALS.INT, "ignore");
    const mode = options.outputError === true || (options.outputError === undefined && options.pipeMode) ? "warn-nopipe" : options.outputError;
    if (mode !== undefined) sys.sigaction(SIGNALS.PIPE, "ignore");
    const outputs: { readonly name: string; readonly fd: number; open: boolean }[] = [{ name: "standard output", fd: 1, open: true }];
    for (const name of operands) {
      try {
        const fd = yield* sys.open(name, O.WRONLY | O.CREAT | (options.append ? O.APPEND : O.TRUNC), 0o666);
        outputs.push({ name, fd, open: true });
      } catch (error) {
        yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
        if (mode === "exit" || mode === "exit-nopipe") return 1;
      }
    }
    while (outputs.some((output) => output.open)) {
      let bytes: Uint8Array;
      try {
        bytes = yield* io.stdin.chunk();
      } catch (error) {
        yield* io.fail(`read error: ${reason(error)}`);
        break;
      }
      if (bytes.length === 0) break;
      for (const output of outputs) {
        if (!output.open) continue;
        try {
          for (let done = 0; done < bytes.length; ) done += yield* sys.write(output.fd, bytes.subarray(done));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          output.open = false;
          const quiet = error.errno === "EPIPE" && (mode === undefined || mode.endsWith("nopipe"));
          if (!quiet || mode === undefined) yield* io.fail(`${output.fd === 1 ? io.quoteName("standard output") : io.quoteFile(output.name)}: ${error.message}`);
          if (!quiet && mode?.startsWith("exit")) return 1;
        }
      }
    }
  },
});
