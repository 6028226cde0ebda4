// getopt: options of scripts, in order and quoted for the shell (getopt(1), enhanced).
import type { Blocking } from "../../kernel/sys.ts";
import { type Io, flag, program, text } from "../kit/program.ts";

interface Wanted {
  readonly short: ReadonlyMap<string, 0 | 1 | 2>;
  readonly long: ReadonlyMap<string, 0 | 1 | 2>;
  readonly order: "permute" | "stop" | "in-order";
  readonly alternative: boolean;
}

function shortOptions(spec: string): { readonly options: ReadonlyMap<string, 0 | 1 | 2>; readonly order: Wanted["order"] } {
  const order = spec.startsWith("+") ? "stop" : spec.startsWith("-") ? "in-order" : "permute";
  const options = new Map<string, 0 | 1 | 2>();
  for (const match of spec.replace(/^[-+]/, "").matchAll(/([^:])(:{0,2})/g)) options.set(match[1] ?? "", match[2] === "::" ? 2 : match[2] === ":" ? 1 : 0);
  return { options, order };
}

/** What is printed, and what is wrong. */
function parse(args: readonly string[], wanted: Wanted, quote: (text: string) => string): { readonly words: readonly string[]; readonly problems: readonly string[] } {
  const words: string[] = [];
  const operands: string[] = [];
  const problems: string[] = [];
  const queue = [...args];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === "--") {
      operands.push(...queue);
      break;
    }
    const long = word.startsWith("--") || (wanted.alternative && word.startsWith("-") && word.length > 2);
    if (long) {
      const name = word.replace(/^--?/, "").replace(/=[^]*$/, "");
      const given = word.includes("=") ? word.slice(word.indexOf("=") + 1) : undefined;
      const found = wanted.long.has(name) ? [name] : [...wanted.long.keys()].filter((one) => one.startsWith(name));
      const [only] = found;
      if (only === undefined) {
        if (!(wanted.alternative && !word.startsWith("--") && wanted.short.has(word.charAt(1)))) {
          problems.push(`unrecognized option '${word.startsWith("--") ? "--" : "-"}${name}'`);
          continue;
        }
      } else if (found.length > 1) {
        problems.push(`option '--${name}' is ambiguous; possibilities:${found.map((one) => ` '--${one}'`).join("")}`);
        continue;
      } else {
        const kind = wanted.long.get(only) ?? 0;
        if (kind === 0 && given !== undefined) problems.push(`option '--${only}' doesn't allow an argument`);
        else if (kind === 1 && given === undefined && queue.length === 0) problems.push(`option '--${only}' requires an argument`);
        else words.push(`--${only}`, ...(kind === 0 ? [] : [quote(given ?? (kind === 1 ? (queue.shift() ?? "") : ""))]));
        continue;
      }
    }
    if (word.startsWith("-") && word.length > 1) {
      for (let index = 1; index < word.length; index++) {
        const letter = word.charAt(index);
        const kind = wanted.short.get(letter);
        if (kind === undefined) {
          problems.push(`invalid option -- '${letter}'`);
          continue;
        }
        if (kind === 0) {
          words.push(`-${letter}`);
          continue;
        }
        const rest = word.slice(index + 1);
        if (rest !== "" || kind === 2) words.push(`-${letter}`, quote(rest));
        else if (queue.length > 0) words.push(`-${letter}`, quote(queue.shift() ?? ""));
        else problems.push(`option requires an argument -- '${letter}'`);
        break;
      }
      continue;
    }
    if (wanted.order === "stop") {
      operands.push(word, ...queue);
      break;
    }
    if (wanted.order === "in-order") words.push(quote(word));
    else operands.push(word);
  }
  return { words: [...words, "--", ...operands.map(quote)], problems };
}

/** For sh and bash; csh wants ! and newlines escaped too. */
function shellQuote(word: string, csh: boolean): string {
  let out = "";
  for (const char of word) {
    if (char === "'") out += "'\\''";
    else if (csh && char === "!") out += "'\\!'";
    else if (csh && char === "\\") out += "\\\\";
    else out += char;
  }
  return `'${out}'`;
}

export default program(
  {
    name: "getopt", summary: "parse command options (enhanced)", synopsis: ["<optstring> <parameters>", "[options] [--] <optstring> <parameters>", "[options] -o|--options <optstring> [options] [--] <parameters>"],
    options: [flag(["-a", "--alternative"], "one - is enough before a long option"), text(["-l", "--longoptions"], "longopts", "the long options that there are"), text(["-n", "--name"], "progname", "the name in front of error messages"), text(["-o", "--options"], "optstring", "the short options that there are"), flag(["-q", "--quiet"], "no message about wrong options"), flag(["-Q", "--quiet-output"], "only check, write no result"), text(["-s", "--shell"], "shell", "quote as <shell> wants it"), flag(["-T", "--test"], "only tell, by status 4, that it is the enhanced one"), flag(["-u", "--unquoted"], "arguments go out without quotes")],
  },
  function* (sys, argv, io: Io) {
    const args = argv.slice(1);
    const long = new Map<string, 0 | 1 | 2>();
    let optstring: string | undefined;
    let name = "getopt";
    let quiet = false;
    let silent = false;
    let quoted = true;
    let csh = false;
    let alternative = false;
    const bad = function* (message: string): Blocking<number> {
      yield* io.stderr(`getopt: ${message}\nTry 'getopt --help' for more information.\n`);
      return 2;
    };
    if (args.length === 0) return yield* bad("missing optstring argument");
    // without options of its own it is the old getopt
    const compatible = sys.environment.has("GETOPT_COMPATIBLE") || !(args[0] ?? "").startsWith("-");
    if (compatible) {
      optstring = (args.shift() ?? "").replace(/^[-+]/, "");
      quoted = false;
    } else {
      while (args.length > 0) {
        const word = args[0] ?? "";
        if (!word.startsWith("-") || word === "-") break;
        args.shift();
        if (word === "--") break;
        const match = /^(--[a-z-]+)(?:=([^]*))?$/.exec(word);
        const letter = match === null ? word.slice(0, 2) : match[1];
        const value = (): string => match?.[2] ?? (match === null && word.length > 2 ? word.slice(2) : (args.shift() ?? ""));
        switch (letter) {
          case "-a": case "--alternative": alternative = true; break;
          case "-h": case "--help":
            io.say("\nUsage:\n getopt <optstring> <parameters>\n getopt [options] [--] <optstring> <parameters>\n getopt [options] -o|--options <optstring> [options] [--] <parameters>\n\nParse command options.\n\nOptions:\n -a, --alternative             long options may begin with a single -\n -l, --longoptions <longopts>  long options\n -n, --name <progname>         whose errors these are\n -o, --options <optstring>     short options\n -q, --quiet                   no errors of getopt(3)\n -Q, --quiet-output            no output\n -s, --shell <shell>           how to quote\n -T, --test                    status 4 says that this is the enhanced one\n -u, --unquoted                no quotes\n");
            return 0;
          case "-V": case "--version":
            io.say("getopt from util-linux 2.38.1\n");
            return 0;
          case "-o": case "--options": optstring = value(); break;
          case "-l": case "--longoptions": case "--long": case "--longopt":
            for (const one of value().split(/[,\s]+/).filter((each) => each !== "")) long.set(one.replace(/:{1,2}$/, ""), one.endsWith("::") ? 2 : one.endsWith(":") ? 1 : 0);
            break;
          case "-n": case "--name": name = value(); break;
          case "-q": case "--quiet": quiet = true; break;
          case "-Q": case "--quiet-output": silent = true; break;
          case "-s": case "--shell": {
            const shell = value();
            if (!["sh", "bash", "csh", "tcsh"].includes(shell)) return yield* bad("unknown shell after -s or --shell argument");
            csh = shell.endsWith("csh");
            break;
          }
          case "-T": case "--test": return 4;
          case "-u": case "--unquoted": quoted = false; break;
          default: return yield* bad(word.startsWith("--") ? `unrecognized option '${word}'` : `invalid option -- '${word.charAt(1)}'`);
        }
      }
      if (optstring === undefined) {
        if (args.length === 0) return yield* bad("missing optstring argument");
        optstring = args.shift() ?? "";
      }
    }
    const { options, order } = shortOptions(optstring);
    const { words, problems } = parse(args, { short: options, long, order: sys.environment.has("POSIXLY_CORRECT") && order === "permute" ? "stop" : order, alternative }, (word) => (quoted ? shellQuote(word, csh) : word));
    if (!quiet) for (const problem of problems) yield* io.stderr(`${name}: ${problem}\n`);
    if (!silent) io.out.put(`${words.map((word) => ` ${word}`).join("")}\n`);
    return problems.length > 0 ? 1 : 0;
  },
);
