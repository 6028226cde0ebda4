// zrun: compressed files among the arguments become plain temporary ones for the command. Called as zNAME it runs NAME.

import { type Blocking, O } from "../../kernel/sys.ts";
import { type Io, program } from "../kit/program.ts";
import { runCommand, startCommand } from "./_child.ts";
import { waitFor } from "../kit/shell-command.ts";

const UNPACKERS = new Map([["gz", "gzip"], ["Z", "gzip"], ["bz2", "bzip2"], ["xz", "xz"], ["lzma", "lzma"], ["lzo", "lzop"]]);

export default program(
  { name: "zrun", summary: "run a command on compressed files as if they were plain", synopsis: ["COMMAND FILE..."], options: [], operands: "commands", showsHelp: true, description: ["Arguments that end in .gz, .Z, .bz2, .xz, .lzma or .lzo are unpacked into temporary files, which the command gets in their place."] },
  function* (sys, argv, io: Io) {
    const called = /(?:^|\/)z([^/]+)$/.exec(argv[0] ?? "")?.[1] ?? "run";
    const words = called === "run" ? argv.slice(2) : argv.slice(1);
    const command = called === "run" ? (argv[1] ?? "") : called;
    if (words.length === 0) {
      yield* io.stderr(called === "run" ? "Usage: zrun <command> <args>\n" : `Usage: z${called} <args>\nEquivalent to: zrun ${called} <args>\n`);
      return 255;
    }
    const temporary: string[] = [];
    // Perl's exec and system say nothing
    const missing = function* (child: typeof sys): Blocking<number> {
      yield* child.preempt();
      return 255;
    };
    try {
      const given: string[] = [];
      for (const word of words) {
        const found = /^(?:.*\/)?([^/]*)\.(gz|Z|bz2|xz|lzo|lzma)$/s.exec(word);
        const unpacker = UNPACKERS.get(found?.[2] ?? "");
        if (found === null || unpacker === undefined) {
          given.push(word);
          continue;
        }
        const path = `${sys.environment.get("TMPDIR") ?? "/tmp"}/${[...sys.random(10)].map((byte) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".charAt(byte % 62)).join("")}-${found[1] ?? ""}`;
        const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
        temporary.push(path);
        given.push(path);
        const status = yield* waitFor(sys, startCommand(sys, [unpacker, "-d", "-c", word], (child) => {
          child.dup2(fd, 1);
          child.close(fd);
        }, missing));
        sys.close(fd);
        if (status.kind !== "exited" || status.status !== 0) {
          yield* io.stderr(status.kind === "exited" ? `zrun: preprocessing for ${word} terminated with code ${status.status}\n` : `zrun: preprocessing for ${word} terminated abnormally\n`);
          return 25;
        }
      }
      const status = yield* runCommand(sys, [command, ...given], missing);
      if (status.kind === "exited") return status.status;
      yield* io.stderr(`zrun: ${command} terminated abnormally\n`);
      return 25;
    } finally {
      for (const path of temporary) sys.unlink(path);
    }
  },
);
