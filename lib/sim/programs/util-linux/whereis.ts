import { type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, program, texts } from "../kit/program.ts";

const BINARIES = ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/lib", "/usr/lib/*", "/usr/lib64", "/etc", "/usr/etc", "/lib", "/lib64", "/usr/games", "/usr/games/bin", "/usr/games/lib", "/usr/emacs/etc", "/usr/local/bin", "/usr/local/sbin", "/usr/local/etc", "/usr/local/lib", "/usr/local/games", "/usr/include", "/usr/local", "/usr/libexec", "/usr/share", "/opt/*", "/opt/*/bin"];
const MANUALS = ["/usr/man/*", "/usr/share/man/*", "/usr/X386/man/*", "/usr/X11/man/*", "/usr/local/man/*", "/usr/local/share/man/*"];
const SOURCES = ["/usr/src/*", "/usr/src/lib/libc/*", "/usr/src/lib/libc/net/*", "/usr/src/ucb/pascal", "/usr/src/undoc"];

/** Existing directories, each once whatever its names. */
function directories(sys: Sys, patterns: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const add = (path: string): void => {
    try {
      const stat = sys.stat(path);
      const key = `${stat.dev}/${stat.ino}`;
      if ((stat.mode & 0o170000) !== 0o040000 || seen.has(key)) return;
      seen.add(key);
      found.push(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  };
  for (const pattern of patterns) {
    const star = pattern.indexOf("/*");
    if (star < 0) {
      add(pattern);
      continue;
    }
    try {
      for (const { name } of sys.readdir(pattern.slice(0, star)).toSorted((a, b) => (a.name < b.name ? -1 : 1))) add(`${pattern.slice(0, star)}/${name}${pattern.slice(star + 2)}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return found;
}

/** "ls" is found as ls, ls.1.gz, s.ls; "ls.1" as itself. */
function fits(name: string, pattern: string): boolean {
  if (name === pattern) return true;
  const plain = name.replace(/\.(?:Z|gz|xz|bz2|zst)$/, "");
  if (plain === pattern || name === `s.${pattern}`) return true;
  return plain.startsWith(`${pattern}.`) && !plain.slice(pattern.length + 1).includes("/");
}

export default program(
  { name: "whereis", showsHelp: true, summary: "find binary, source and manual page of a command", synopsis: ["[options] [-BMS <dir>... -f] <name>"], options: [flag(["-b"], "only binaries"), texts(["-B"], "dirs", "look for binaries in <dirs>"), flag(["-m"], "only pages of man and info"), texts(["-M"], "dirs", "look for pages of man and info in <dirs>"), flag(["-s"], "only sources"), texts(["-S"], "dirs", "look for sources in <dirs>"), flag(["-f"], "<dirs> ends here, names follow"), flag(["-u"], "names that lack one kind or have several of it"), flag(["-g"], "names are patterns like those of the shell"), flag(["-l"], "name the directories that are searched"), flag(["-h", "--help"], "display this help"), flag(["-V", "--version"], "display version")], operands: "commands" },
  function* (sys, argv, io: Io) {
    const lookups = { b: [...BINARIES, ...(sys.environment.get("PATH") ?? "").split(":").filter((one) => one !== "")], m: MANUALS, s: SOURCES };
    const wanted = new Set<"b" | "m" | "s">();
    const names: string[] = [];
    let unusual = false;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-h" || word === "--help") {
        io.say("\nUsage:\n whereis [options] [-BMS <dir>... -f] <name>\n\nOptions:\n -b         binaries only\n -B <dirs>  where binaries are\n -m         manuals only\n -M <dirs>  where manuals are\n -s         sources only\n -S <dirs>  where sources are\n -f         ends a list of directories\n -u         only names without exactly one entry of each kind\n -l         show where is looked\n");
        return 0;
      }
      if (word === "-V" || word === "--version") {
        io.say("whereis from util-linux 2.38.1\n");
        return 0;
      }
      if (word === "-B" || word === "-M" || word === "-S") {
        const list: string[] = [];
        while (at + 1 < argv.length && !(argv[at + 1] ?? "").startsWith("-")) list.push(argv[++at] ?? "");
        if (list.length === 0) {
          yield* io.stderr(`${io.argv0}: option -f is missing\n`);
          return 1;
        }
        lookups[word === "-B" ? "b" : word === "-M" ? "m" : "s"] = list;
      } else if (word.startsWith("-") && word.length > 1) {
        for (const letter of word.slice(1)) {
          if (letter === "b" || letter === "m" || letter === "s") wanted.add(letter);
          else if (letter === "u") unusual = true;
          else if (letter === "l") {
            for (const [kind, label] of [["b", "bin"], ["m", "man"], ["s", "src"]] as const) for (const path of directories(sys, lookups[kind])) io.out.put(`${label}: ${path}\n`);
          } else if (letter !== "f" && letter !== "g") {
            yield* io.stderr(`whereis: bad usage\nTry 'whereis --help' for more information.\n`);
            return 1;
          }
        }
      } else names.push(word);
    }
    if (names.length === 0) {
      if (argv.includes("-l")) return 0;
      yield* io.stderr("whereis: not enough arguments\nTry 'whereis --help' for more information.\n");
      return 1;
    }
    const kinds = (["b", "m", "s"] as const).filter((kind) => wanted.size === 0 || wanted.has(kind));
    for (const given of names) {
      const pattern = (given.split("/").at(-1) ?? "").replace(/\.(?:Z|gz|xz|bz2|zst)$/, "").replace(/(.)\.[^.]*$/, "$1");
      const found: string[] = [];
      let odd = false;
      for (const kind of kinds) {
        let count = 0;
        for (const directory of directories(sys, lookups[kind])) {
          if (sys.charge(5)) yield* sys.preempt();
          try {
            for (const { name } of sys.readdir(directory).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
              if (!fits(name, pattern)) continue;
              found.push(`${directory}/${name}`);
              count++;
            }
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
          }
        }
        if (count !== 1) odd = true;
      }
      if (!unusual || odd) io.out.put(`${pattern}:${found.map((path) => ` ${path}`).join("")}\n`);
    }
    return 0;
  },
);
