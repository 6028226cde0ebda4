import { readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { keysOf } from "../kit/debian/release-file.ts";
import { program } from "../kit/program.ts";
import { SysError } from "../../kernel/sys.ts";

const grouped = (fingerprint: string): string => (fingerprint.match(/.{4}/g) ?? []).map((four, place) => (place === 5 ? ` ${four}` : four)).join(" ");

export default program(
  {
    name: "apt-key", showsHelp: true, summary: "list apt's keys (deprecated)", synopsis: ["[--keyring FILE] COMMAND"], options: [], manSection: 8, operands: "files",
    subcommands: ["list", "finger", "add", "del", "export", "exportall", "update", "net-update", "adv"].map((name) => ({ name, summary: name, synopsis: ["[WORD]..."], options: [] })),
  },
  function* (sys, argv, io) {
    const words = argv.slice(1);
    let keyring: string | undefined;
    if (words[0] === "--keyring") keyring = words.splice(0, 2)[1];
    const [command, operand] = words;
    yield* io.stderr("Warning: apt-key is deprecated. Manage keyring files in trusted.gpg.d instead (see apt-key(8)).\n");
    let files = ["/etc/apt/trusted.gpg"];
    try {
      files.push(...sys.readdir("/etc/apt/trusted.gpg.d").map(({ name }) => `/etc/apt/trusted.gpg.d/${name}`).filter((name) => /\.(asc|gpg)$/.test(name)).sort());
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (keyring !== undefined) files = [keyring];
    switch (command) {
      case "list":
      case "finger":
        for (const file of files) {
          const keys = keysOf(yield* readFile(sys, file));
          if (keys.length === 0) continue;
          io.out.put(`${file}\n${"-".repeat(file.length)}\n`);
          for (const key of keys) io.out.put(`pub   ${key.made}\n      ${grouped(key.fingerprint)}\nuid           [ unknown] ${key.user}\n${key.ids.length > 1 ? `sub   ${key.made.replace("[SC]", "[S]")}\n` : ""}\n`);
        }
        return 0;
      case "add": {
        if (sys.getcred().euid !== 0) {
          yield* io.stderr("E: This command can only be used by root.\n");
          return 1;
        }
        const text = operand === undefined || operand === "-" ? yield* io.input(0).all() : yield* readFile(sys, operand);
        if (keysOf(text).length === 0) {
          yield* io.stderr("gpg: no valid OpenPGP data found.\n");
          return 2;
        }
        yield* writeFile(sys, "/etc/apt/trusted.gpg", text);
        io.out.put("OK\n");
        return 0;
      }
      default:
        if (command === "del" || command === "export" || command === "exportall" || command === "adv" || command === "update" || command === "net-update") {
          yield* io.stderr(`E: gnupg, gnupg2 and gnupg1 do not seem to be installed, but one of them is required for this operation\n`);
          return 255;
        }
        io.out.put("Usage: apt-key [--keyring file] [command] [arguments]\n");
        return 1;
    }
  },
);
