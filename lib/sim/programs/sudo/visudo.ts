// visudo: edits sudoers with a check before the new file counts.
import { type Blocking, encode, O, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { loadSudoers } from "./_load-sudoers.ts";
import { SudoersParser, type SyntaxMistake } from "./_sudoers.ts";

export function mistakeText(mistake: SyntaxMistake): string {
  return `${mistake.file}:${mistake.line}:${mistake.column}: syntax error\n${mistake.text}\n${" ".repeat(mistake.column - 1)}^${"~".repeat(mistake.length - 1)}\n`;
}

export default gnu({
  name: "visudo", manSection: 8,
  path: "/usr/sbin/visudo",
  summary: "edit the sudoers file",
  synopsis: ["[-chqsV] [[-f] sudoers ]"],
  project: "sudo",
  version: "1.9.13p3",
  options: {
    check: flag(["-c", "--check"], "check-only mode"),
    file: text(["-f", "--file"], "sudoers", "specify sudoers file location"),
    quiet: flag(["-q", "--quiet"], "less verbose (quiet) syntax error messages"),
    strict: flag(["-s", "--strict"], "strict syntax checking"),
    noIncludes: flag(["-I", "--no-includes"], "do not edit include files"),
    owner: flag(["-O", "--owner"], "check sudoers file ownership"),
    perms: flag(["-P", "--perms"], "check sudoers file permissions"),
  },
  *run({ options, operands, sys }, io: Io) {
    const path = options.file ?? operands[0] ?? "/etc/sudoers";
    const standard = path === "/etc/sudoers";
    if (options.check) {
      const parser = new SudoersParser();
      const files = yield* loadSudoers(sys, path, parser, standard || !options.noIncludes);
      if (files === "missing") {
        try {
          sys.stat(path);
          yield* io.stderr(`visudo: unable to open ${path}: Permission denied\n`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`visudo: unable to open ${path}: ${error.message}\n`);
        }
        return 1;
      }
      if (parser.mistakes.length > 0) {
        if (!options.quiet) for (const mistake of parser.mistakes) yield* io.stderr(mistakeText(mistake));
        return 1;
      }
      for (const file of standard ? files : files.slice(0, 1)) {
        const facts = sys.stat(file.path);
        if (standard && (facts.uid !== 0 || (facts.mode & 0o022) !== 0)) {
          yield* io.stderr(facts.uid !== 0 ? `${file.path}: wrong owner (uid, gid) should be (0, 0)\n` : `${file.path}: bad permissions, should be mode 0440\n`);
          return 1;
        }
        if (!options.quiet) io.say(`${file.path}: parsed OK\n`);
      }
      return 0;
    }
    if (sys.getcred().euid !== 0) {
      yield* io.stderr(`visudo: ${path}: Permission denied\n`);
      return 1;
    }
    const temporary = `${path}.tmp`;
    yield* copy(path, temporary);
    for (;;) {
      yield* io.out.flush();
      const pid = sys.fork(function* editor(child) {
        const asked = sys.environment.get("SUDO_EDITOR") ?? sys.environment.get("VISUAL") ?? sys.environment.get("EDITOR");
        for (const program of [...(asked === undefined ? [] : [asked.split(" ")[0] ?? ""]), "/usr/bin/editor", "/bin/nano", "/usr/bin/vi"]) {
          for (const directory of program.includes("/") ? [""] : ["/usr/bin/", "/bin/"]) {
            try {
              return yield* child.exec(directory + program, [program.slice(program.lastIndexOf("/") + 1), temporary], sys.environment);
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
            }
          }
        }
        return 1;
      });
      yield* sys.waitpid(pid);
      const parser = new SudoersParser();
      parser.parse(path, (yield* readTextFile(sys, temporary)) ?? "");
      if (parser.mistakes.length === 0) break;
      for (const mistake of parser.mistakes) yield* io.stderr(mistakeText(mistake));
      io.say("What now? ");
      yield* io.out.flush();
      const answer = ((yield* io.stdin.lines())[0] ?? "x").trim();
      if (answer === "Q") break;
      if (answer !== "e") {
        sys.unlink(temporary);
        return 1;
      }
    }
    sys.chmod(temporary, 0o440);
    sys.rename(temporary, path);
    return 0;

    function* copy(from: string, to: string): Blocking<void> {
      const body = (yield* readTextFile(sys, from)) ?? "";
      const fd = yield* sys.open(to, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
      yield* sys.write(fd, encode(body));
      sys.close(fd);
    }
  },
});
