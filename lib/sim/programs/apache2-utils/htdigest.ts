// htdigest: users, realms and MD5 digests, for digest authentication of a web server (Apache 2.4).
import { type Blocking, SysError, encode } from "../../kernel/sys.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { flag, program } from "../kit/program.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { readLines, writeLines } from "./_password-file.ts";

export default program(
  { name: "htdigest", summary: "keep files of users for digest authentication", synopsis: ["[-c] FILE REALM USER"], options: [flag(["-c"], "make the file, or empty it")], operands: "files", showsHelp: true },
  function* (sys, argv, io) {
    const words = argv.slice(1);
    const create = words[0] === "-c";
    const [file = "", realm = "", user = "", ...more] = create ? words.slice(1) : words;
    if (words.length !== (create ? 4 : 3) || more.length > 0 || file.startsWith("-")) {
      yield* io.stderr("Usage: htdigest [-c] passwordfile realm username\nThe -c flag creates a new file.\n");
      return 1;
    }
    let lines: string[] = [];
    if (!create) {
      try {
        lines = yield* readLines(sys, file);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`Could not open passwd file ${file} for reading.\nUse -c option to create new one.\n`);
        return 1;
      }
    }
    const at = lines.findIndex((line) => line.startsWith(`${user}:${realm}:`));
    io.out.put(at < 0 ? (create ? `Adding password for ${user} in realm ${realm}.\n` : `Adding user ${user} in realm ${realm}\n`) : `Changing password for user ${user} in realm ${realm}\n`);
    yield* io.out.flush();
    const ask = function* (prompt: string): Blocking<string> {
      const answer = yield* askPassword(sys, prompt);
      return answer.kind === "text" ? answer.text : "";
    };
    const password = yield* ask("New password: ");
    if ((yield* ask("Re-type new password: ")) !== password) {
      yield* io.stderr("They don't match, sorry.\n");
      return 1;
    }
    const line = `${user}:${realm}:${toHex(digestOf("md5", encode(`${user}:${realm}:${password}`)))}`;
    try {
      yield* writeLines(sys, file, at < 0 ? [...lines, line] : lines.map((one, index) => (index === at ? line : one)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Could not open passwd file ${file} for writing: ${error.message}\n`);
      return 1;
    }
    return 0;
  },
);
