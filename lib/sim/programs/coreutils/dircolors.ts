import { type Io, flag, gnu, reason } from "../kit/gnu.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { globMatch } from "../kit/glob.ts";
import { COLOR_TERMS } from "../kit/ls-colors.ts";

/** Keywords of dir_colors(5) and what LS_COLORS calls them. */
const KEYWORDS = new Map([
  ["NORMAL", "no"], ["NORM", "no"], ["FILE", "fi"], ["RESET", "rs"], ["DIR", "di"], ["LNK", "ln"], ["LINK", "ln"], ["SYMLINK", "ln"], ["ORPHAN", "or"], ["MISSING", "mi"],
  ["FIFO", "pi"], ["PIPE", "pi"], ["SOCK", "so"], ["BLK", "bd"], ["BLOCK", "bd"], ["CHR", "cd"], ["CHAR", "cd"], ["DOOR", "do"], ["EXEC", "ex"], ["LEFT", "lc"], ["LEFTCODE", "lc"],
  ["RIGHT", "rc"], ["RIGHTCODE", "rc"], ["END", "ec"], ["ENDCODE", "ec"], ["SUID", "su"], ["SETUID", "su"], ["SGID", "sg"], ["SETGID", "sg"], ["STICKY", "st"],
  ["OTHER_WRITABLE", "ow"], ["OWR", "ow"], ["STICKY_OTHER_WRITABLE", "tw"], ["OWT", "tw"], ["CAPABILITY", "ca"], ["MULTIHARDLINK", "mh"], ["CLRTOEOL", "cl"],
]);

const KINDS: readonly (readonly [string, string])[] = [["RESET", "0"], ["DIR", "01;34"], ["LINK", "01;36"], ["MULTIHARDLINK", "00"], ["FIFO", "40;33"], ["SOCK", "01;35"], ["DOOR", "01;35"],
  ["BLK", "40;33;01"], ["CHR", "40;33;01"], ["ORPHAN", "40;31;01"], ["MISSING", "00"], ["SETUID", "37;41"], ["SETGID", "30;43"], ["CAPABILITY", "00"], ["STICKY_OTHER_WRITABLE", "30;42"],
  ["OTHER_WRITABLE", "34;42"], ["STICKY", "37;44"], ["EXEC", "01;32"]];

const ARCHIVES = ["tar", "tgz", "arc", "arj", "taz", "lha", "lz4", "lzh", "lzma", "tlz", "txz", "tzo", "t7z", "zip", "z", "dz", "gz", "lrz", "lz", "lzo", "xz", "zst", "tzst", "bz2", "bz", "tbz", "tbz2", "tz",
  "deb", "rpm", "jar", "war", "ear", "sar", "rar", "alz", "ace", "zoo", "cpio", "7z", "rz", "cab", "wim", "swm", "dwm", "esd"];
const IMAGES = ["avif", "jpg", "jpeg", "mjpg", "mjpeg", "gif", "bmp", "pbm", "pgm", "ppm", "tga", "xbm", "xpm", "tif", "tiff", "png", "svg", "svgz", "mng", "pcx", "mov", "mpg", "mpeg", "m2v", "mkv", "webm",
  "webp", "ogm", "mp4", "m4v", "mp4v", "vob", "qt", "nuv", "wmv", "asf", "rm", "rmvb", "flc", "avi", "fli", "flv", "gl", "dl", "xcf", "xwd", "yuv", "cgm", "emf", "ogv", "ogx"];
const AUDIO = ["aac", "au", "flac", "m4a", "mid", "midi", "mka", "mp3", "mpc", "ogg", "ra", "wav", "oga", "opus", "spx", "xspf"];
const BACKUPS = ["*~", "*#", ".bak", ".old", ".orig", ".part", ".rej", ".swp", ".tmp", ".dpkg-dist", ".dpkg-old", ".ucf-dist", ".ucf-new", ".ucf-old", ".rpmnew", ".rpmorig", ".rpmsave"];

let made: string | undefined;
/** What the database comes to on each terminal: every login asks. */
const ofTerminals = new Map<string, Colours>();
const MOST_TERMINALS = 20;

interface Colours {
  readonly parts: readonly (readonly [key: string, value: string])[];
  /** for a shell, between single quotes */
  readonly quoted: string;
}

function database(): string {
  made ??= makeDatabase();
  return made;
}

function makeDatabase(): string {
  const suffixes = (names: readonly string[], value: string): string => names.map((name) => `${/^[.*]/.test(name) ? name : "." + name} ${value}\n`).join("");
  return "# Colours of ls: this is what dircolors takes when no file is given.\n# Terminals with colours:\nCOLORTERM ?*\n" + COLOR_TERMS.map((term) => `TERM ${term}\n`).join("") +
    "# Kinds of files:\n" + KINDS.map(([name, value]) => `${name} ${value}\n`).join("") +
    "# Archives and compressed files:\n" + suffixes(ARCHIVES, "01;31") + "# Images and films:\n" + suffixes(IMAGES, "01;35") + "# Sound:\n" + suffixes(AUDIO, "00;36") + "# Backups:\n" + suffixes(BACKUPS, "00;90");
}

export default gnu({
  name: "dircolors",
  summary: "print a shell command that sets LS_COLORS, the colors of ls",
  synopsis: ["[OPTION]... [FILE]"],
  options: {
    bourne: flag(["-b", "--sh", "--bourne-shell"], "write commands for sh, bash and similar shells"),
    csh: flag(["-c", "--csh", "--c-shell"], "write commands for csh and tcsh"),
    printDatabase: flag(["-p", "--print-database"], "print the built-in table"),
    printColors: flag(["--print-ls-colors"], "print each entry of LS_COLORS in its own colour"),
  },
  operands: "files",
  *run({ options, operands, given, sys }, io: Io) {
    if (options.printDatabase && (options.bourne || options.csh)) io.usage("the options to output non shell syntax,\nand to select a shell syntax are mutually exclusive");
    if (options.printDatabase && options.printColors) io.usage("options --print-database and --print-ls-colors are mutually exclusive");
    const extra = operands[options.printDatabase ? 0 : 1];
    if (extra !== undefined) {
      yield* io.warn(`extra operand ${io.quote(extra)}`);
      if (options.printDatabase) yield* io.stderr("file operands cannot be combined with --print-database (-p)\n");
      io.usage();
    }
    if (options.printDatabase) {
      io.out.put(database());
      return;
    }
    let csh = given.findLast((one) => one.option === "bourne" || one.option === "csh")?.option === "csh";
    if (!options.bourne && !options.csh && !options.printColors) {
      const shell = sys.environment.get("SHELL");
      if (shell === undefined || shell === "") io.die("no SHELL environment variable, and no shell type option given");
      csh = /(^|\/)t?csh$/.test(shell);
    }
    const [name] = operands;
    let source = database();
    if (name !== undefined) {
      try {
        const input = yield* io.open(name);
        source = textOfLatin1(yield* input.all());
        io.close(input);
      } catch (error) {
        io.die(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
    const term = sys.environment.get("TERM") || "none";
    const colorTerm = sys.environment.get("COLORTERM") ?? "";
    const terminal = `${term}\0${colorTerm}`;
    const known = name === undefined ? ofTerminals.get(terminal) : undefined;
    let state: "global" | "yes" | "no" = "global";
    const parts: (readonly [key: string, value: string])[] = [];
    if (known === undefined) for (const [index, raw] of source.split("\n").entries()) {
      const line = (raw.includes("#") ? raw.replace(/(^|\s)#.*$/, "") : raw).trim();
      if (line === "") continue;
      const match = /^(\S+)\s+(.*)$/.exec(line);
      if (!match) {
        yield* io.fail(`${name ?? "<internal>"}:${index + 1}: invalid line;  missing second token`);
        continue;
      }
      const [, key = "", value = ""] = match;
      const upper = key.toUpperCase();
      if (upper === "TERM" || upper === "COLORTERM") {
        const matches = globMatch(value, upper === "TERM" ? term : colorTerm);
        if (matches) state = "yes";
        else if (state !== "yes") state = "no";
        continue;
      }
      if (state === "no") continue;
      if (key.startsWith(".")) parts.push([`*${key}`, value]);
      else if (key.startsWith("*")) parts.push([key, value]);
      else if (upper === "OPTIONS" || upper === "COLOR" || upper === "EIGHTBIT") continue;
      else {
        const short = KEYWORDS.get(upper);
        if (short) parts.push([short, value]);
        else if (state === "yes") yield* io.fail(`${name ?? "<internal>"}:${index + 1}: unrecognized keyword ${key}`);
      }
    }
    if (io.status !== 0) return io.status;
    const colours = known ?? { parts, quoted: parts.map(([key, color]) => `${key}=${color}:`).join("").replaceAll("'", "'\\''") };
    if (name === undefined && known === undefined && terminal.length < 100) {
      if (ofTerminals.size >= MOST_TERMINALS) ofTerminals.clear();
      ofTerminals.set(terminal, colours);
    }
    if (options.printColors) {
      for (const [key, value] of colours.parts) io.out.put(`\x1b[${value}m${key}\t${value}\x1b[0m\n`);
      return 0;
    }
    io.out.put(csh ? `setenv LS_COLORS '${colours.quoted}'\n` : `LS_COLORS='${colours.quoted}';\nexport LS_COLORS\n`);
    return 0;
  },
});
