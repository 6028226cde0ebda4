// cowsay 3.03: a message in a balloon, and a picture below that says it, or thinks it.

import { decode, encode, textWidth } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { readTextFile } from "../kit/accounts.ts";
import { helpText } from "../kit/help-text.ts";
import { pictureOf } from "./_cow-file.ts";
import { filled, untabbed } from "./_wrap.ts";

const FACES = [["b", "==", undefined], ["d", "xx", "U "], ["g", "$$", undefined], ["p", "@@", undefined], ["s", "**", "U "], ["t", "--", undefined], ["w", "OO", undefined], ["y", "..", undefined]] as const;
const FLAGS = "bdghlLnpstwyN";
const VALUES = "efTW";
const USAGE = "Usage: NAME [-bdgpstwy] [-h] [-e eyes] [-f cowfile] \n          [-l] [-n] [-T tongue] [-W wrapcolumn] [message]\n";
const PLACE = "/usr/share/cowsay/cows";

const declared = {
  name: "cowsay", path: "/usr/games/cowsay", links: ["/usr/games/cowthink"], manSection: 6, summary: "a cow that says what it is told, or thinks it (cowthink)", synopsis: ["[-bdgpstwy] [-e EYES] [-f COWFILE] [-n] [-T TONGUE] [-W COLUMN] [MESSAGE]...", "-l"], operands: "none" as const,
  options: [
    flag(["-b"], "a cow of the Borg"), flag(["-d"], "dead"), flag(["-g"], "greedy"), flag(["-p"], "paranoid"), flag(["-s"], "stoned"), flag(["-t"], "tired"), flag(["-w"], "wide awake"), flag(["-y"], "young"), text(["-e"], "EYES", "two characters for the eyes"), text(["-T"], "TONGUE", "two characters for the tongue"),
    text(["-f"], "COWFILE", "another picture: a name along COWPATH, or a path"), flag(["-n"], "leave the lines of standard input as they are"), text(["-W"], "COLUMN", "where lines are broken, 40 unless given"), flag(["-l"], "list the pictures"), flag(["-h"], "show how it is called"),
  ],
  description: ["Without MESSAGE it is read from standard input. COWPATH names the directories of pictures, /usr/share/cowsay/cows unless set; a picture is a text in Perl with $thoughts, $eyes and $tongue in it."],
};

export default program(declared, function* (sys, argv, io: Io) {
  const self = argv[0]?.includes("/") === true ? argv[0] : `/usr/games/${io.argv0}`;
  const name = io.argv0.split("/").at(-1) ?? "cowsay";
  const values = new Map<string, string>([["e", "oo"], ["f", "default.cow"], ["T", "  "], ["W", "40"]]);
  const given = new Set<string>();
  let at = 1;
  if (argv[1] === "--help") {
    io.out.put(helpText(declared, name, io.helpDomain));
    return 0;
  }
  // as Getopt::Std: what it does not know it names, and goes on
  for (; at < argv.length && /^-./s.test(argv[at] ?? ""); at++) {
    const word = argv[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    for (let letter = 1; letter < word.length; letter++) {
      const option = word.charAt(letter);
      if (VALUES.includes(option)) {
        values.set(option, letter + 1 < word.length ? word.slice(letter + 1) : (argv[++at] ?? ""));
        break;
      }
      if (FLAGS.includes(option)) given.add(option);
      else yield* io.stderr(`Unknown option: ${option}\n`);
    }
  }
  const path = (sys.environment.get("COWPATH") || PLACE).split(":");
  const words = argv.slice(at);
  const speaks = words[0] !== undefined && words[0] !== "" && words[0] !== "0";
  if (given.has("h") || (given.has("n") && speaks && !given.has("l"))) {
    yield* io.stderr(`cow{say,think} version 3.03, (c) 1999 Tony Monroe\n${USAGE.replace("NAME", name)}`);
    return 2;
  }
  if (given.has("l")) {
    for (const folder of path) {
      io.out.put(`Cow files in ${folder}:\n`);
      try {
        const names = sys.readdir(folder).map((entry) => entry.name).filter((one) => one.endsWith(".cow")).map((one) => one.slice(0, -4)).sort();
        io.out.put(`${filled([names.join(" ")], 76).join("\n")}\n`);
      } catch {
        yield* io.stderr(`${self}: Cannot open ${folder}\n`);
        return 2;
      }
    }
    return 0;
  }
  let message: readonly string[];
  if (speaks) message = [words.join(" ")];
  else {
    const lines: string[] = [];
    for (;;) {
      const batch = yield* io.stdin.lines();
      if (batch.length === 0) break;
      for (const line of batch) lines.push(decode(Uint8Array.from(line, (letter) => letter.charCodeAt(0))));
    }
    message = lines;
  }
  const shown = given.has("n") ? message.map(untabbed) : filled(message, Number.parseInt(values.get("W") ?? "", 10) || 0);
  const thinks = self.toLowerCase().includes("think");
  const face = FACES.findLast(([letter]) => given.has(letter));
  const file = values.get("f") ?? "";
  const candidates = file.includes("/") ? [file] : path.flatMap((folder) => [`${folder}/${file}`, `${folder}/${file}.cow`]);
  let source: string | undefined;
  for (const candidate of candidates) source ??= yield* readTextFile(sys, candidate);
  if (source === undefined && !file.includes("/")) {
    yield* io.stderr(`${name}: Could not find ${file} cowfile!\n`);
    return 2;
  }
  const picture = pictureOf(source ?? "", { eyes: face?.[1] ?? [...(values.get("e") ?? "")].slice(0, 2).join(""), tongue: face?.[2] ?? [...(values.get("T") ?? "")].slice(0, 2).join(""), thoughts: thinks ? "o" : "\\" });
  if (picture === undefined) {
    sys.observe({ kind: "unsimulated", command: name, detail: "cowfile" });
    yield* io.stderr(`${name}: ${file}: this Perl is not simulated here: a picture sets $the_cow to a text\n`);
    return 1;
  }
  io.out.putBytes(encode(`${balloon(shown, thinks)}${picture}`));
  return 0;
});

function balloon(lines: readonly string[], thinks: boolean): string {
  const widths = lines.map((line) => textWidth(line.replace(/\u001b\[\d+(?:;\d+)*m/g, "")));
  const width = Math.max(0, ...widths);
  const padded = (index: number): string => `${lines[index] ?? ""}${" ".repeat(Math.max(0, width - (widths[index] ?? 0)))}`;
  const row = (index: number): string => {
    const [left, right] = thinks ? ["(", ")"] : lines.length < 2 ? ["<", ">"] : index === 0 ? ["/", "\\"] : index === lines.length - 1 ? ["\\", "/"] : ["|", "|"];
    return `${left} ${padded(index)} ${right}\n`;
  };
  const rows = lines.length === 0 ? row(0) : lines.map((_, index) => row(index)).join("");
  return ` ${"_".repeat(width + 2)}\n${rows} ${"-".repeat(width + 2)}\n`;
}
