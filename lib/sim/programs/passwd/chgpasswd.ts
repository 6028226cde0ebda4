// chgpasswd: GROUP:PASSWORD lines from standard input (chgpasswd(8) of shadow 4.13). With one wrong line nothing is changed.
import { flag, type Io, text } from "../kit/gnu.ts";
import { cryptPassword } from "./_crypt.ts";
import { Databases, mayChange, newSalt } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

const METHODS = ["NONE", "DES", "MD5", "SHA256", "SHA512", "YESCRYPT"];

export default shadowTool({
  name: "chgpasswd", path: "/usr/sbin/chgpasswd", manSection: 8, summary: "read group:password lines and set these group passwords", synopsis: ["[options]"], operands: "none", seeAlso: ["gpasswd(1)", "groupadd(8)"],
  options: {
    method: text(["-c", "--crypt-method"], "METHOD", "how passwords are hashed: NONE DES MD5 SHA256 SHA512 YESCRYPT"), encrypted: flag(["-e", "--encrypted"], "the lines hold hashes, not passwords"), md5: flag(["-m", "--md5"], "hash by MD5, where -c is not given"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"), rounds: text(["-s", "--sha-rounds"], "ROUNDS", "rounds of the hash, for SHA and YESCRYPT"),
  },
  *run({ options, sys }, io: Io) {
    if ([options.method !== undefined, options.encrypted, options.md5].filter(Boolean).length > 1) return io.usage("the -c, -e, and -m flags are exclusive");
    if (options.method !== undefined && !METHODS.includes(options.method)) return io.usage(`unsupported crypt method: ${options.method}`);
    if (!(yield* mayChange(sys, "chgpasswd", "/etc/group"))) return 1;
    const databases = yield* Databases.open(sys, options.root ?? "");
    const plain = options.encrypted || options.method === "NONE";
    let number = 0;
    let wrong = false;
    for (;;) {
      const lines = yield* io.stdin.lines();
      if (lines.length === 0) break;
      for (const line of lines) {
        number++;
        const colon = line.indexOf(":");
        const name = line.slice(0, Math.max(0, colon));
        const problem = colon < 0 ? "missing new password" : databases.find("group", name) === undefined ? `group '${name}' does not exist` : undefined;
        if (problem !== undefined) {
          yield* io.warn(`line ${number}: ${problem}`);
          wrong = true;
          continue;
        }
        const password = line.slice(colon + 1);
        const field = plain ? password : cryptPassword(password, newSalt(sys));
        databases.setField(databases.find("gshadow", name) === undefined ? "group" : "gshadow", name, 1, field);
      }
    }
    if (wrong) io.die("error detected, changes ignored");
    yield* databases.save();
    return 0;
  },
});
