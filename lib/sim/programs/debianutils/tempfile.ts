import { O, SysError } from "../../kernel/sys.ts";
import { type Io, gnu, text } from "../kit/gnu.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export default gnu({
  name: "tempfile",
  project: "Debian utilities",
  version: "5.7",
  summary: "make a temporary file under a new name (deprecated: use mktemp)",
  synopsis: ["[OPTION]"],
  options: {
    directory: text(["-d", "--directory"], "DIR", "the directory is DIR"),
    mode: text(["-m", "--mode"], "MODE", "permissions MODE, not 0600"),
    name: text(["-n", "--name"], "FILE", "the name is FILE"),
    prefix: text(["-p", "--prefix"], "STRING", "the name begins with STRING"),
    suffix: text(["-s", "--suffix"], "STRING", "the name ends with STRING"),
  },
  *run({ options, sys }, io: Io) {
    yield* io.stderr("WARNING: tempfile is deprecated; consider using mktemp instead.\n");
    const mode = options.mode === undefined ? 0o600 : Number.parseInt(options.mode, 8);
    for (let attempt = 0; ; attempt++) {
      let filled = "";
      for (const byte of sys.random(6)) filled += LETTERS.charAt(byte % LETTERS.length);
      const path = options.name ?? `${options.directory ?? sys.environment.get("TMPDIR") ?? "/tmp"}/${options.prefix ?? "file"}${filled}${options.suffix ?? ""}`;
      try {
        sys.close(yield* sys.open(path, O.RDWR | O.CREAT | O.EXCL, mode));
        io.out.put(path + "\n");
        return;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno !== "EEXIST" || options.name !== undefined || attempt > 100) io.die(`open: ${error.message}`);
      }
    }
  },
});
