// visudo: edits sudoers with a check before the new file counts.
import { type Blocking, encode, O, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { loadSudoers } from "./_load-sudoers.ts";
import { exists } from "../kit/presence.ts";
import { type Remark, SudoersParser, type SyntaxMistake } from "./_sudoers.ts";

export function mistakeText(mistake: SyntaxMistake): string {
  return `${mistake.file}:${mistake.line}:${mistake.column}: ${mistake.message ?? "syntax error"}\n${mistake.text}\n${" ".repeat(mistake.column - 1)}^${"~".repeat(Math.max(0, mistake.length - 1))}\n`;
}

export const remarkText = ({ file, line, column, message }: Remark): string => `${file}:${line}:${column}: ${message}\n`;

const CHOICES = `Options are:
  (e)dit sudoers file again
  e(x)it without saving changes to sudoers file
  (Q)uit and save changes to sudoers file (DANGER!)

`;

export default gnu({
  name: "visudo", manSection: 8,
  path: "/usr/sbin/visudo",
  summary: "edit /etc/sudoers under a lock, with a check of its syntax",
  synopsis: ["[-chqsV] [[-f] sudoers ]"],
  usageStatus: 1, tryLine: () => "usage: visudo [-chqsV] [[-f] sudoers ]\n", helpLetter: "h", versionLetter: "V", versionText: "visudo version 1.9.13p3\nvisudo grammar version 50\n",
  project: "sudo",
  version: "1.9.13p3",
  options: {
    check: flag(["-c", "--check"], "only check the file"),
    file: text(["-f", "--file"], "sudoers", "the file is FILE, not /etc/sudoers"),
    quiet: flag(["-q", "--quiet"], "with -c, no details of errors"),
    strict: flag(["-s", "--strict"], "a warning counts as an error"),
    noIncludes: flag(["-I", "--no-includes"], "only this file, not those it includes"),
    owner: flag(["-O", "--owner"], "the owner must be right too"),
    perms: flag(["-P", "--perms"], "the permissions must be right too"),
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
      if (!options.quiet) {
        for (const mistake of parser.mistakes) yield* io.stderr(mistakeText(mistake));
        for (const remark of [...parser.defaultsRemarks, ...(parser.mistakes.length > 0 ? [] : parser.undefinedAliases)]) yield* io.stderr(remarkText(remark));
        if (parser.mistakes.length === 0) for (const remark of parser.unusedAliases) yield* io.stderr(`Warning: ${remarkText(remark)}`);
      }
      if (parser.mistakes.length > 0 || parser.defaultsRemarks.length > 0 || (options.strict && parser.undefinedAliases.length > 0)) return 1;
      for (const file of standard ? files : files.slice(0, 1)) {
        const facts = sys.stat(file.path);
        if (standard && (facts.uid !== 0 || (facts.mode & 0o7777) !== 0o440)) {
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
    const wanted = sys.environment.get("SUDO_EDITOR") ?? sys.environment.get("VISUAL") ?? sys.environment.get("EDITOR");
    const [editorName = ""] = (wanted ?? "").split(" ");
    const before = (yield* readTextFile(sys, path)) ?? "";
    const found = new SudoersParser();
    found.parse(path, before);
    for (const mistake of found.mistakes) yield* io.stderr(mistakeText(mistake));
    if (editorName !== "" && !["", "/usr/bin/", "/bin/"].some((directory) => (directory === "" ? editorName.includes("/") : !editorName.includes("/")) && exists(sys, directory + editorName))) {
      yield* io.stderr(`visudo: specified editor (${wanted ?? ""}) doesn't exist\n`);
      return 1;
    }
    try {
      yield* copy(path, temporary);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`visudo: ${path}: ${error.message}\n`);
      return 1;
    }
    for (;;) {
      yield* io.out.flush();
      const pid = sys.fork(function* editor(child) {
        for (const program of [...(editorName === "" ? [] : [editorName]), "/usr/bin/editor", "/bin/nano", "/usr/bin/vi"]) {
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
      const edited = (yield* readTextFile(sys, temporary)) ?? "";
      if (edited === before) yield* io.stderr(`visudo: ${temporary} unchanged\n`);
      const parser = new SudoersParser();
      parser.parse(path, edited);
      for (const mistake of parser.mistakes) yield* io.stderr(mistakeText(mistake));
      for (const remark of [...parser.defaultsRemarks, ...(parser.mistakes.length > 0 ? [] : parser.undefinedAliases)]) yield* io.stderr(remarkText(remark));
      if (parser.mistakes.length === 0 && parser.defaultsRemarks.length === 0) {
        if (edited !== before) break;
        sys.unlink(temporary);
        return 0;
      }
      const answer = yield* whatNow();
      if (answer === "Q") break;
      if (answer === "x") {
        sys.unlink(temporary);
        return 0;
      }
    }
    sys.chmod(temporary, 0o440);
    sys.rename(temporary, path);
    return 0;

    /** e, x or Q; the end of the input counts as x. */
    function* whatNow(): Blocking<string> {
      for (;;) {
        io.say("What now? ");
        yield* io.out.flush();
        const line = yield* io.stdin.line();
        const answer = (line ?? "x").charAt(0);
        if (answer === "e" || answer === "x" || answer === "Q") return answer;
        io.say(CHOICES);
      }
    }

    function* copy(from: string, to: string): Blocking<void> {
      const body = (yield* readTextFile(sys, from)) ?? "";
      const fd = yield* sys.open(to, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
      yield* sys.write(fd, encode(body));
      sys.close(fd);
    }
  },
});
