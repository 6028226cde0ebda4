// sed 4.9: options, script sources, editing in place. _compile.ts reads scripts, _execute.ts runs them.

import { type Blocking, O, S, SysError } from "../../kernel/sys.ts";
import { type Call, flag, gnu, type Io, optionalText, reason, text, texts, unsimulated } from "../kit/gnu.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { Output } from "../kit/output.ts";
import { compileScript, ScriptError, type ScriptSource } from "./_compile.ts";
import { ExecuteError, Executor } from "./_execute.ts";
import { SedInput } from "./_input.ts";
import { SedOutput, SedOutputs } from "./_output.ts";
import type { SedCommand } from "./_script.ts";

const options = {
  quiet: flag(["-n", "--quiet", "--silent"], "do not print the pattern space at the end of each cycle"),
  debug: unsimulated(["--debug"], "show the program and each step", "the annotated form of programs is not made"),
  expression: texts(["-e", "--expression"], "SCRIPT", "add these commands to the script"),
  file: texts(["-f", "--file"], "SCRIPT-FILE", "add the commands of a file to the script"),
  followSymlinks: flag(["--follow-symlinks"], "edit the file that a link points to"),
  inPlace: optionalText(["-i", "--in-place"], "SUFFIX", "edit files in place, keeping the old one under a suffix"),
  lineLength: text(["-l", "--line-length"], "N", "where the l command wraps lines"),
  posix: flag(["--posix"], "without GNU extensions"),
  extended: flag(["-E", "-r", "--regexp-extended"], "extended regular expressions"),
  separate: flag(["-s", "--separate"], "files are separate, not one stream"),
  sandbox: flag(["--sandbox"], "refuse the commands e, r and w"),
  unbuffered: flag(["-u", "--unbuffered"], "write each line at once"),
  nullData: flag(["-z", "--null-data", "--zero-terminated"], "lines end in a zero byte"),
  binary: flag(["-b", "--binary"], "no effect on this system"),
};

const USAGE = `Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...

  -n, --quiet, --silent      no automatic printing
  -e, --expression=SCRIPT    add commands
  -f, --file=SCRIPT-FILE     add commands from a file
  -E, -r, --regexp-extended  extended regular expressions
  -i, --in-place[=SUFFIX]    edit files in place
  -l, --line-length=N        where l wraps
  -s, --separate             files are separate
  -u, --unbuffered           write each line at once
  -z, --null-data            lines end in a zero byte
      --follow-symlinks, --posix, --debug, --sandbox, --help, --version

Without -e and -f the first operand is the script; the others are files, none is standard input.
`;

export default gnu({
  name: "sed",
  path: "/bin/sed",
  project: "GNU sed",
  version: "4.9",
  summary: "edit a stream of text",
  synopsis: ["[OPTION]... {script-only-if-no-other-script} [input-file]..."],
  description: ["Runs a script of editing commands over each line of the input files and prints the result."],
  options,
  operands: "files",
  exitStatuses: [["0", "success"], ["1", "wrong script or usage"], ["2", "an input file could not be read"], ["4", "a file could not be written"]],
  tryLine: () => USAGE,
  *run(call, io) {
    const { sys } = call;
    const chosen = call.options;
    const operands = [...call.operands];
    const sources = yield* scriptSources(call.given, operands, io);
    const delimiter = chosen.nullData ? "\0" : "\n";
    let commands: SedCommand[];
    let quiet = chosen.quiet;
    const outputs = new SedOutputs(sys, io.out, delimiter);
    try {
      const compiled = compileScript(sources, { sandbox: chosen.sandbox, posix: chosen.posix });
      commands = compiled.commands;
      quiet ||= compiled.quiet;
    } catch (error) {
      if (error instanceof ScriptError) io.die(error.message, error.status);
      throw error;
    }
    for (const command of commands) {
      const name = command.substitution ? command.substitution.file : command.name === "w" || command.name === "W" ? command.text : undefined;
      if (name === undefined) continue;
      try {
        yield* outputs.open(name);
      } catch (error) {
        io.die(`couldn't open file ${name}: ${reason(error)}`, 4);
      }
    }
    const inPlace = chosen.inPlace;
    if (inPlace !== undefined && operands.length === 0) io.die("no input files", 4);
    let lineLength = 70;
    if (chosen.lineLength !== undefined) {
      if (!/^\d+$/.test(chosen.lineLength)) io.die(`invalid line length: ${chosen.lineLength}`);
      lineLength = Number(chosen.lineLength);
    }
    let editing: InPlace | undefined;
    const input = new SedInput(io, operands.length > 0 ? operands : ["-"], chosen.separate || inPlace !== undefined, delimiter, {
      *opened(name, fd) {
        if (inPlace === undefined || name === "-") return true;
        editing = yield* startEditing(io, name, fd, inPlace === true ? "" : inPlace, chosen.followSymlinks, delimiter);
        if (editing) executor.output = editing.output;
        return editing !== undefined;
      },
      *closed() {
        if (editing) yield* finishEditing(io, editing);
        editing = undefined;
        executor.output = outputs.standard;
      },
    });
    const executor = new Executor(io, commands, input, outputs, { quiet, posix: chosen.posix, unbuffered: chosen.unbuffered, delimiter, lineLength });
    try {
      const { status, quit } = yield* executor.run();
      if (quit) yield* input.finish();
      if (status !== 0) return status;
    } catch (error) {
      if (error instanceof ExecuteError) io.die(`-e expression #1, char 0: ${error.message}`);
      throw error;
    }
    return io.status || input.status;
  },
});

function* scriptSources(given: Call<typeof options>["given"], operands: string[], io: Io): Blocking<ScriptSource[]> {
  const sources: ScriptSource[] = [];
  let extended = false;
  for (const { option, argument = "" } of given) {
    if (option === "extended") extended = true;
    if (option === "expression") sources.push({ text: argument, fileName: undefined, extended });
    else if (option === "file") {
      try {
        const input = yield* io.open(argument);
        const content = textOfLatin1(yield* input.all());
        io.close(input);
        sources.push({ text: content.endsWith("\n") ? content.slice(0, -1) : content, fileName: argument, extended });
      } catch (error) {
        io.die(`couldn't open file ${argument}: ${reason(error)}`, 4);
      }
    }
  }
  if (sources.length === 0) {
    const script = operands.shift();
    if (script === undefined) io.usage();
    sources.push({ text: script, fileName: undefined, extended });
  }
  return sources;
}

interface InPlace {
  readonly name: string;
  readonly temporary: string;
  readonly backup: string | undefined;
  readonly output: SedOutput;
  readonly fd: number;
}

/** Undefined (after a message) when the file cannot be edited. */
function* startEditing(io: Io, given: string, fd: number, suffix: string, followSymlinks: boolean, delimiter: string): Blocking<InPlace | undefined> {
  const { sys } = io;
  const facts = sys.fstat(fd);
  if ((facts.mode & S.IFMT) !== S.IFREG) {
    yield* io.warn(`couldn't edit ${given}: not a regular file`);
    io.status = 4;
    return undefined;
  }
  let name = given;
  for (let hops = 0; followSymlinks && hops < 40 && (sys.lstat(name).mode & S.IFMT) === S.IFLNK; hops++) {
    const target = sys.readlink(name);
    name = target.startsWith("/") ? target : name.slice(0, name.lastIndexOf("/") + 1) + target;
  }
  const slash = name.lastIndexOf("/") + 1;
  const directory = name.slice(0, slash);
  const base = name.slice(slash);
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const temporary = `${directory}sed${Array.from(sys.random(6), (byte) => letters[byte % letters.length] ?? "a").join("")}`;
  let out: number;
  try {
    out = yield* sys.open(temporary, O.WRONLY | O.CREAT | O.EXCL | O.CLOEXEC, 0o600);
  } catch (error) {
    io.die(`couldn't open temporary file ${directory === "" ? `./${temporary}` : temporary}: ${reason(error)}`, 4);
  }
  try {
    sys.fchown(out, facts.uid, facts.gid);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.fchmod(out, facts.mode & 0o7777);
  const backupName = suffix === "" ? undefined : suffix.includes("*") ? suffix.replaceAll("*", base) : base + suffix;
  const backup = backupName === undefined ? undefined : backupName.includes("/") ? backupName : directory + backupName;
  return { name, temporary, backup, output: new SedOutput(new Output(sys, out), delimiter), fd: out };
}

function* finishEditing(io: Io, editing: InPlace): Blocking<void> {
  yield* editing.output.out.flush();
  io.sys.close(editing.fd);
  try {
    if (editing.backup !== undefined) io.sys.rename(editing.name, editing.backup);
    io.sys.rename(editing.temporary, editing.name);
  } catch (error) {
    const why = reason(error);
    io.sys.unlink(editing.temporary);
    io.die(`cannot rename ${editing.name}: ${why}`, 4);
  }
}
