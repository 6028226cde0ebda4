import { type Blocking, S, SysError, decode } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";

const hex = (bytes: Uint8Array): string => `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
const base64 = (bytes: Uint8Array): string => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let out = "0s";
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let digit = 0; digit < 4; digit++) out += at + digit > bytes.length ? "=" : alphabet.charAt((word >> (18 - digit * 6)) & 63);
  }
  return out;
};

export default gnu({
  name: "getfattr", path: "/usr/bin/getfattr", versionText: "getfattr 2.5.1\n", usageStatus: 2, summary: "show the extended attributes of files", synopsis: ["[-hRLP] [-n name|-d] [-e en] [-m pattern] path..."],
  options: { name: text(["-n", "--name"], "name", "only the attribute of this name, with its value"), dump: flag(["-d", "--dump"], "every attribute with its value"), encoding: text(["-e", "--encoding"], "en", "how values are written: text, hex or base64"), match: text(["-m", "--match"], "pattern", "only attributes whose name matches the regular expression"), onlyValues: flag(["--only-values"], "values without names, quotes or line ends"), noDereference: flag(["-h", "--no-dereference"], "a symbolic link itself, not its target"), absolute: flag(["--absolute-names"], "paths keep the slash that they begin with"), recursive: flag(["-R", "--recursive"], "recurse into subdirectories"), logical: flag(["-L", "--logical"], "enter directories through symbolic links too"), physical: flag(["-P", "--physical"], "skip symbolic links") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr("Usage: getfattr [-hRLP] [-n name|-d] [-e en] [-m pattern] path...\nTry `getfattr --help' for more information.\n");
      return 2;
    }
    const pattern = options.match === undefined ? "^user\\." : options.match === "-" ? "" : options.match;
    const wanted = compileRegex(pattern, { syntax: "ere" });
    let warned = false;
    const show = function* (path: string): Blocking<void> {
      if (sys.charge(10)) yield* sys.preempt();
      try {
        const follow = !options.noDereference;
        const names = options.name !== undefined ? [options.name] : sys.listxattr(path, follow).filter((name) => wanted.test(name)).toSorted();
        const rows = names.map((name) => [name, options.dump || options.name !== undefined ? sys.getxattr(path, name, follow) : undefined] as const);
        if (rows.length > 0) {
          let shown = path;
          if (!options.absolute && path.startsWith("/")) {
            if (!warned && !options.onlyValues) yield* io.stderr("getfattr: Removing leading '/' from absolute path names\n");
            warned = true;
            shown = path.replace(/^\/+/, "");
          }
          if (options.onlyValues) for (const [, bytes] of rows) io.out.put(bytes === undefined ? "" : decode(bytes));
          else {
            io.out.put(`# file: ${shown}\n`);
            for (const [name, bytes] of rows) {
              const binary = bytes?.some((byte) => byte < 32 || byte > 126) ?? false;
              io.out.put(bytes === undefined ? `${name}\n` : `${name}=${options.encoding === "hex" ? hex(bytes) : options.encoding === "base64" || (binary && options.encoding !== "text") ? base64(bytes) : `"${decode(bytes).replace(/["\\]/g, "\\$&")}"`}\n`);
            }
            io.out.put("\n");
          }
        }
        if (options.recursive && (sys.stat(path).mode & S.IFMT) === S.IFDIR) for (const { name, type } of sys.readdir(path)) if (type !== S.IFLNK || options.logical) yield* show(`${path.replace(/\/$/, "")}/${name}`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.status = 1;
        yield* io.stderr(`${path}: ${options.name === undefined ? "" : `${options.name}: `}${error.errno === "ENODATA" ? "No such attribute" : error.message}\n`);
      }
    };
    for (const path of operands) yield* show(path);
    return undefined;
  },
});
