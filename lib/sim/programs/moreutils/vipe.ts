// vipe: the editor in the middle of a pipeline.

import { concatBytes, O } from "../../kernel/sys.ts";
import { type Io, program, reason, text } from "../kit/program.ts";
import { edit, editorWords, temporaryFile } from "./_editor.ts";

export default program(
  { name: "vipe", summary: "edit what goes through a pipe", synopsis: ["[--suffix EXTENSION]"], options: [text(["--suffix"], "EXTENSION", "the ending of the temporary file, for editors that go by it")], operands: "none", showsHelp: true },
  function* (sys, argv, io: Io) {
    const self = io.argv0.includes("/") ? io.argv0 : `/usr/bin/${io.argv0}`;
    let suffix = "";
    for (let at = 1; at < argv.length; at++) {
      const [, value] = /^--?suffix=(.*)$/s.exec(argv[at] ?? "") ?? [];
      if (value !== undefined) suffix = value;
      else if ((argv[at] === "--suffix" || argv[at] === "-suffix") && argv[at + 1] !== undefined) suffix = argv[++at] ?? "";
      else if ((argv[at] ?? "").startsWith("-")) {
        yield* io.stderr(`${argv[at] === "--suffix" ? "Option suffix requires an argument" : `Unknown option: ${(argv[at] ?? "").replace(/^--?/, "")}`}\nUsage: ${self} [--suffix=extension]\n`);
        return 255;
      }
    }
    const parts: Uint8Array[] = [];
    if (!sys.isatty(0)) for (;;) {
      const bytes = yield* sys.read(0, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes);
    }
    const path = yield* temporaryFile(sys, "", suffix === "" || suffix.startsWith(".") ? suffix : `.${suffix}`, concatBytes(parts));
    try {
      const out = sys.dup(1, 10);
      try {
        const tty = yield* sys.open("/dev/tty", O.RDWR);
        sys.dup2(tty, 0);
        sys.dup2(tty, 1);
        sys.close(tty);
      } catch (error) {
        yield* io.stderr(`reopen stdin: ${reason(error)} at ${self} line 81.\n`);
        return 6;
      }
      const status = yield* edit(sys, path);
      if (status.kind !== "exited" || status.status !== 0) {
        yield* io.stderr(`${editorWords(sys).join(" ")} exited nonzero, aborting\n`);
        return 25;
      }
      const fd = yield* sys.open(path, O.RDONLY);
      for (;;) {
        const bytes = yield* sys.read(fd, 65_536);
        if (bytes.length === 0) break;
        yield* sys.write(out, bytes);
      }
      return 0;
    } finally {
      sys.unlink(path);
    }
  },
);
