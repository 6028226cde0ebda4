import { S } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalText, reason, text } from "../kit/gnu.ts";
import { applyMode, parseMode } from "../kit/file-mode.ts";

export default gnu({
  name: "mkfifo",
  summary: "make FIFOs (named pipes)",
  synopsis: ["[OPTION]... NAME..."],
  options: {
    mode: text(["-m", "--mode"], "MODE", "MODE in the manner of chmod, instead of 666 minus the umask"),
    context: flag(["-Z"], "label it with the default SELinux type; without SELinux nothing happens"),
    contextValue: optionalText(["--context"], "CTX", "as -Z, or label it with CTX"),
  },
  operands: "files",
  seeAlso: ["mknod(1)", "mkfifo(3)"],
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    if (options.contextValue !== undefined && options.contextValue !== true) yield* io.warn("warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel");
    const mode = nodeMode(options.mode, sys.umask.bind(sys), io);
    for (const name of operands) {
      try {
        sys.mknod(name, S.IFIFO | 0o666);
        if (mode !== undefined) sys.chmod(name, mode);
      } catch (error) {
        yield* io.fail(`cannot create fifo ${io.quoteName(name)}: ${reason(error)}`);
      }
    }
  },
});

/** The permission bits of -m for a new node; undefined without -m. */
export function nodeMode(text: string | undefined, umask: (mask: number) => number, io: Io): number | undefined {
  if (text === undefined) return undefined;
  const changes = parseMode(text);
  if (!changes) io.die("invalid mode");
  const mask = umask(0);
  umask(mask);
  const mode = applyMode(changes, 0o666, false, mask);
  if ((mode & ~0o777) !== 0) io.die("mode must specify only file permission bits");
  return mode;
}
