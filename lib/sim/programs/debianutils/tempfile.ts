import { O, SysError } from "../../kernel/sys.ts";
import { type Io, gnu, text } from "../kit/gnu.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export default gnu({
  name: "tempfile",
  project: "Debian utilities",
  version: "5.7",
  summary: "create a temporary file in a safe manner (deprecated: use mktemp)",
  synopsis: ["[OPTION]"],
  options: {
    directory: text(["-d", "--directory"], "DIR", "place temporary file in DIR"),
    mode: text(["-m", "--mode"], "MODE", "open with MODE instead of 0600"),
    name: text(["-n", "--name"], "FILE", "use FILE instead of a generated name"),
    prefix: text(["-p", "--prefix"], "STRING", "set temporary file's prefix to STRING"),
    suffix: text(["-s", "--suffix"], "STRING", "set temporary file's suffix to STRING"),
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
