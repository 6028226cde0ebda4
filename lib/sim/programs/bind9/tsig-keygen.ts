// tsig-keygen: a key clause for named.conf (BIND 9.18).
import { flag, text } from "../kit/program.ts";
import { bindProgram } from "../bind9-utils/_bind-program.ts";
import { algorithmOf, keyClause } from "../bind9-utils/_make-key.ts";

const usage = (name: string): string => `Usage:\n ${name} [-a alg] [keyname]\n`;

export default bindProgram(
  { name: "tsig-keygen", path: "/usr/sbin/tsig-keygen", summary: "make a key for signed messages of the DNS", synopsis: ["[-a ALGORITHM] [NAME]"], usage, operands: "none", manSection: 8, options: [text(["-a"], "ALGORITHM", "hmac-md5, hmac-sha1, hmac-sha224, hmac-sha256 (the default), hmac-sha384 or hmac-sha512"), flag(["-h"], "show the usage"), text(["-r"], "FILE", "no longer of use")] },
  function* (sys, given, io) {
    if (given.has("h")) {
      yield* io.stderr(usage("tsig-keygen"));
      return 0;
    }
    const algorithm = algorithmOf(given.value("a") ?? "hmac-sha256") ?? io.die(`unsupported algorithm '${given.value("a") ?? ""}'`);
    if (given.operands.length > 1) {
      yield* io.stderr(usage("tsig-keygen"));
      return 1;
    }
    io.out.put(keyClause(sys, given.operands[0] ?? "tsig-key", algorithm));
    return 0;
  },
);
