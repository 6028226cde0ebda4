// linux-version(1): the installed kernels, and the order of versions.
import { helpText } from "../kit/help-text.ts";
import { type Io, program } from "../kit/program.ts";
import { flag } from "../kit/option.ts";
import { compareKernels, kernelImages } from "./_kernel-images.ts";

const OPERATORS: ReadonlyMap<string, (sign: number) => boolean> = new Map([["lt", (sign) => sign < 0], ["le", (sign) => sign <= 0], ["eq", (sign) => sign === 0], ["ge", (sign) => sign >= 0], ["gt", (sign) => sign > 0]]);

const declaration = {
  name: "linux-version", manSection: 1, summary: "list and compare the versions of the Linux kernels installed", synopsis: ["compare VERSION1 lt|le|eq|ge|gt VERSION2", "sort [--reverse] [VERSION]...", "list [--paths]"],
  options: [flag(["--reverse"], "sort: the newest version first"), flag(["--paths"], "list: with the file of each kernel")], operands: "none" as const,
};

export default program(declaration, function* (sys, argv, io: Io) {
  const [command, ...words] = argv.slice(1);
  if (command === "help" || argv.includes("--help")) {
    io.out.put(helpText(declaration, "linux-version", io.helpDomain));
    return 0;
  }
  if (command === "compare" && words.length === 3) {
    const [left = "", operator = "", right = ""] = words;
    const holds = OPERATORS.get(operator);
    if (holds !== undefined) return holds(compareKernels(left, right)) ? 0 : 1;
  } else if (command === "sort") {
    const reverse = words[0] === "--reverse";
    const given = reverse ? words.slice(1) : words;
    const lines = given.map((release) => ({ release, rest: "\n" }));
    if (given.length === 0) for (let read = yield* io.stdin.lines(); read.length > 0; read = yield* io.stdin.lines()) {
      for (const line of read) {
        const end = line.indexOf(" ");
        lines.push({ release: end < 0 ? line : line.slice(0, end), rest: end < 0 ? "\n" : `${line.slice(end)}\n` });
      }
    }
    lines.sort((a, b) => compareKernels(a.release, b.release) * (reverse ? -1 : 1));
    for (const { release, rest } of lines) io.out.put(release + rest);
    return 0;
  } else if (command === "list" && (words.length === 0 || (words.length === 1 && words[0] === "--paths"))) {
    for (const { release, path } of kernelImages(sys)) io.out.put(words.length === 0 ? `${release}\n` : `${release} ${path}\n`);
    return 0;
  }
  yield* io.stderr(helpText(declaration, "linux-version", io.helpDomain));
  return 2;
});
