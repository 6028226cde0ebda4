// chpasswd: NAME:PASSWORD lines from standard input.
import { flag, type Io, text } from "../kit/gnu.ts";
import { cryptPassword } from "./_crypt.ts";
import { Databases, newSalt, todayOf } from "./_databases.ts";
import { misused, shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "chpasswd", manSection: 8,
  path: "/usr/sbin/chpasswd",
  summary: "read user:password lines and set these passwords",
  synopsis: ["[options]"],
  operands: "none",
  options: {
    method: text(["-c", "--crypt-method"], "METHOD", "how passwords are hashed: NONE DES MD5 SHA256 SHA512 YESCRYPT"),
    encrypted: flag(["-e", "--encrypted"], "the lines hold hashes, not passwords"),
    md5: flag(["-m", "--md5"], "hash by MD5, where -c is not given"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    rounds: text(["-s", "--sha-rounds"], "ROUNDS", "rounds of the hash, for SHA and YESCRYPT"),
  },
  *run({ options, sys }, io: Io) {
    if (options.method !== undefined && !["NONE", "DES", "MD5", "SHA256", "SHA512", "YESCRYPT"].includes(options.method)) io.usage(`unsupported crypt method: ${options.method}`);
    if (options.rounds !== undefined && options.method === undefined) return yield* misused(io, "-s flag is only allowed with the -c flag");
    if ([options.method !== undefined, options.encrypted, options.md5].filter(Boolean).length > 1) return yield* misused(io, "the -c, -e, and -m flags are exclusive");
    const databases = yield* Databases.open(sys, options.root ?? "");
    let number = 0;
    let errors = 0;
    for (;;) {
      const lines = yield* io.stdin.lines();
      if (lines.length === 0) break;
      for (const line of lines) {
        number++;
        const colon = line.indexOf(":");
        if (colon < 0) {
          yield* io.warn(`line ${number}: missing new password`);
          errors++;
          continue;
        }
        const name = line.slice(0, colon);
        const entry = databases.find("shadow", name);
        if (sys.getcred().euid !== 0 || databases.find("passwd", name) === undefined || entry === undefined) {
          yield* io.warn(`(user ${name}) pam_chauthtok() failed, error:`);
          yield* io.stderr("Authentication token manipulation error\n");
          yield* io.warn(`(line ${number}, user ${name}) password not changed`);
          errors++;
          continue;
        }
        const fields = [...entry];
        fields[1] = options.encrypted ? line.slice(colon + 1) : cryptPassword(line.slice(colon + 1), newSalt(sys));
        fields[2] = String(todayOf(sys));
        databases.replace("shadow", name, fields);
      }
    }
    yield* databases.save();
    return errors > 0 ? 1 : 0;
  },
});
