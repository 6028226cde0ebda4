// vidir: the names of files in the editor; a name that is changed renames its file, a line that is gone removes it.

import { type Blocking, decode, O, S, SysError } from "../../kernel/sys.ts";
import { directoryOf } from "../kit/paths.ts";
import { flag, type Io, program, reason } from "../kit/program.ts";
import { edit, editorWords, temporaryFile } from "./_editor.ts";

/** Perl's die ends with what stands in errno: ENOTTY, since it asked whether the files it opened are terminals. */
const DIED = 25;

export default program(
  {
    name: "vidir", summary: "rename and remove files in an editor", synopsis: ["[--verbose] [DIRECTORY|FILE|-]..."], options: [flag(["-v", "--verbose"], "tell what is done")], operands: "files", showsHelp: true,
    description: ["Each name stands on a line behind a number. Another name renames the file, also into other directories, which are made; two numbers that change places swap the files; a line that is deleted removes the file. - reads the names from standard input."],
  },
  function* (sys, argv, io: Io) {
    const self = io.argv0.includes("/") ? io.argv0 : `/usr/bin/${io.argv0}`;
    const words = argv.slice(1);
    const verbose = words.some((word) => /^(?:-v|--?verbose)$/.test(word));
    const wrong = words.find((word) => /^-./.test(word) && !/^(?:-v|--?verbose)$/.test(word));
    if (wrong !== undefined) {
      yield* io.stderr(`Unknown option: ${wrong.replace(/^--?/, "")}\nUsage: ${self} [--verbose] [directory|file|-]\n`);
      return 255;
    }
    const exists = (path: string): number | undefined => {
      try {
        return sys.lstat(path).mode & S.IFMT;
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    };
    const isDirectory = (path: string): boolean => {
      try {
        return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
      } catch (error) {
        if (error instanceof SysError) return false;
        throw error;
      }
    };
    const names: string[] = [];
    const operands = words.filter((word) => !/^-./.test(word));
    for (const operand of operands.length === 0 ? ["."] : operands) {
      if (operand === "-") {
        const text = decode(Uint8Array.from(yield* io.stdin.all(), (letter) => letter.charCodeAt(0)));
        names.push(...text.split("\n").filter((name, at, all) => name !== "" || at < all.length - 1));
        const tty = yield* sys.open("/dev/tty", O.RDONLY);
        sys.dup2(tty, 0);
        sys.close(tty);
      } else if (isDirectory(operand)) {
        const folder = operand.replace(/\/?$/, "/");
        names.push(...sys.readdir(operand).map(({ name }) => folder + name).sort());
      } else names.push(operand);
    }
    if (names.some((name) => /\p{Cc}/u.test(name))) {
      yield* io.stderr(`${self}: control characters in filenames are not supported\n`);
      return 255;
    }
    const items = new Map(names.filter((name) => !/(?:^|\/)\.\.?$/.test(name)).map((name, at) => [at + 1, name]));
    const path = yield* temporaryFile(sys, "dir", "", [...items].map(([number, name]) => `${number}\t${name}\n`).join(""));
    let edited = "";
    try {
      const status = yield* edit(sys, path);
      if (status.kind !== "exited" || status.status !== 0) {
        yield* io.stderr(`${editorWords(sys).join(" ")} exited nonzero, aborting\n`);
        return DIED;
      }
      const input = yield* io.open(path);
      edited = decode(Uint8Array.from(yield* input.all(), (letter) => letter.charCodeAt(0)));
      io.close(input);
    } finally {
      sys.unlink(path);
    }
    let failed = false;
    const complain = function* (message: string): Blocking<void> {
      failed = true;
      yield* io.stderr(`${self}: ${message}\n`);
    };
    for (const line of edited.split("\n")) {
      if (/^\s*$/.test(line)) continue;
      const [, digits, name = ""] = /^(\d+)\t?(.*)$/.exec(line) ?? [];
      if (digits === undefined) {
        yield* io.stderr(`${self}: unable to parse line "${line}", aborting\n`);
        return DIED;
      }
      const number = Number(digits);
      const source = items.get(number);
      if (source === undefined) {
        yield* io.stderr(`${self}: unknown item number ${number}\n`);
        return DIED;
      }
      if (name !== source) {
        if (name === "") continue;
        yield* move(source, name);
      }
      items.delete(number);
    }
    for (const name of [...items.values()].sort().reverse()) {
      try {
        if (exists(name) === S.IFDIR) sys.rmdir(name);
        else sys.unlink(name);
      } catch (error) {
        yield* complain(`failed to remove ${name}: ${reason(error)}`);
      }
      if (verbose) io.out.put(`removed '${name}'\n`);
    }
    return failed ? 1 : 0;

    function* move(source: string, name: string): Blocking<void> {
      if (exists(source) === undefined) {
        yield* io.stderr(`${self}: ${source} does not exist\n`);
        return;
      }
      // what has that name now steps aside: two files may swap
      if (exists(name) !== undefined) {
        let aside = `${name}~`;
        for (let count = 1; exists(aside) !== undefined; count++) aside = `${name}~${count}`;
        try {
          sys.rename(name, aside);
          if (verbose) io.out.put(`'${name}' -> '${aside}'\n`);
        } catch (error) {
          yield* complain(`failed to rename ${name} to ${aside}: ${reason(error)}`);
        }
        for (const [other, known] of items) if (known === name) items.set(other, aside);
      }
      const folder = directoryOf(name);
      try {
        makeFolders(folder);
      } catch (error) {
        yield* complain(`failed to create directory tree ${folder}: ${reason(error)}`);
        return;
      }
      try {
        sys.rename(source, name);
      } catch (error) {
        yield* complain(`failed to rename ${source} to ${name}: ${reason(error)}`);
        return;
      }
      if (exists(name) === S.IFDIR) for (const [other, known] of items) if (known === source || known.startsWith(`${source}/`)) items.set(other, name + known.slice(source.length));
      if (verbose) io.out.put(`'${source}' => '${name}'\n`);
    }
    function makeFolders(folder: string): void {
      if (isDirectory(folder)) return;
      const above = directoryOf(folder);
      if (above !== folder) makeFolders(above);
      sys.mkdir(folder, 0o777);
      if (verbose) io.out.put(`mkdir ${folder}\n`);
    }
  },
);
