// rndc-confgen: a key for rndc, in a file of its own or as the two configurations that share it (BIND 9.18).
import { O, SysError, encode } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, text } from "../kit/program.ts";
import { bindProgram } from "./_bind-program.ts";
import { algorithmOf, keyClause } from "./_make-key.ts";

const usage = (name: string): string => `Usage:\n ${name} [-a] [-b bits] [-c keyfile] [-k keyname] [-p port] [-s addr] [-t chrootdir] [-u user]\n`;

export default bindProgram(
  {
    name: "rndc-confgen", path: "/usr/sbin/rndc-confgen", summary: "make a key for rndc", synopsis: ["[-a] [OPTION]..."], usage, operands: "none", manSection: 8,
    options: [flag(["-a"], "write only the key, to /etc/bind/rndc.key"), text(["-A"], "ALGORITHM", "hmac-md5, hmac-sha1, hmac-sha224, hmac-sha256 (the default), hmac-sha384 or hmac-sha512"), text(["-b"], "BITS", "length of the secret, 1 to 512"), text(["-c"], "FILE", "with -a: another file for the key"), flag(["-h"], "show the usage"), text(["-k"], "NAME", "the key's name, rndc-key unless said otherwise"), text(["-p"], "PORT", "the port for the configurations"), flag(["-q"], "with -a: do not tell the file's name"), text(["-r"], "FILE", "no longer of use"), text(["-s"], "ADDRESS", "the address for the configurations"), text(["-t"], "DIRECTORY", "with -a: a copy of the key below this directory too"), text(["-u"], "USER", "with -a: who owns the file")],
  },
  function* (sys, given, io) {
    if (given.has("h")) {
      yield* io.stderr(usage("rndc-confgen"));
      return 0;
    }
    if (given.has("r")) io.die("The -r option has been deprecated.");
    const algorithm = algorithmOf(given.value("A") ?? "hmac-sha256") ?? io.die(`unsupported algorithm '${given.value("A") ?? ""}'`);
    const bits = given.value("b");
    if (bits !== undefined && !(/^\d+$/.test(bits) && Number(bits) >= 1 && Number(bits) <= 512)) io.die("-b must be in the range 1 through 512");
    const name = given.value("k") ?? "rndc-key";
    const clause = keyClause(sys, name, algorithm, bits === undefined ? undefined : Number(bits));
    if (given.has("a")) {
      const file = given.value("c") ?? "/etc/bind/rndc.key";
      const user = given.value("u");
      const account = user === undefined ? undefined : ((yield* Accounts.read(sys)).userByName(user) ?? io.die(`unknown user '${user}'`));
      try {
        for (const path of [file, ...(given.value("t") === undefined ? [] : [`${given.value("t") ?? ""}${file}`])]) {
          const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
          yield* sys.write(fd, encode(clause));
          sys.close(fd);
          if (account !== undefined) sys.chown(path, account.uid, account.gid);
          if (!given.has("q")) io.out.put(`wrote key file "${path}"\n`);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`create ${file}: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}`);
      }
      return 0;
    }
    const [server, port] = [given.value("s") ?? "127.0.0.1", given.value("p") ?? "953"];
    const commented = clause.replace(/^(?=.)/gm, "# ");
    io.out.put(`# Start of rndc.conf\n${clause}\noptions {\n\tdefault-key "${name}";\n\tdefault-server ${server};\n\tdefault-port ${port};\n};\n# End of rndc.conf\n\n# Use with the following in named.conf, adjusting the allow list as needed:\n${commented}# \n# controls {\n# \tinet ${server} port ${port}\n# \t\tallow { ${server}; } keys { "${name}"; };\n# };\n# End of named.conf\n`);
    return 0;
  },
);
