import { decode, encode } from "../../kernel/sys.ts";
import { pbkdf2 } from "../kit/crypto/hmac.ts";
import { gnu, type Io, text } from "../kit/gnu.ts";
import { grubProgram } from "./_grub-program.ts";

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
/** as strtoul(3) reads it */
const numberOf = (given: string | undefined, usual: number): number => (given === undefined ? usual : Number(/^\s*\d+/.exec(given)?.[0] ?? 0));
const mostIterations = 200_000;
const mostBytes = 4096;

export default gnu({
  ...grubProgram("grub-mkpasswd-pbkdf2", "/usr/bin/grub-mkpasswd-pbkdf2", 1),
  summary: "make the PBKDF2 hash of a password for GRUB", synopsis: ["[OPTION...]"], operands: "none",
  description: ["Asks twice for a password and prints its hash for a line password_pbkdf2 in a file of /etc/grub.d."],
  options: { count: text(["-c", "--iteration-count"], "NUM", "iterations of PBKDF2, else 10000"), length: text(["-l", "--buflen"], "NUM", "bytes of the hash, else 64"), salt: text(["-s", "--salt"], "NUM", "bytes of the salt, else 64") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 0) io.usage("Too many arguments");
    const iterations = numberOf(options.count, 10_000);
    const length = numberOf(options.length, 64);
    const saltBytes = numberOf(options.salt, 64);
    if (iterations > mostIterations || length > mostBytes || saltBytes > mostBytes) {
      yield* io.stderr("grub-mkpasswd-pbkdf2: error: out of memory.\n");
      return 1;
    }
    const ask = function* (prompt: string) {
      yield* io.out.print(prompt);
      const terminal = sys.isatty(0) ? sys.tcgetattr(0) : undefined;
      if (terminal) yield* sys.tcsetattr(0, { ...terminal, flags: new Set([...terminal.flags].filter((one) => one !== "echo")) }, true);
      const bytes: number[] = [];
      let ended = false;
      for (;;) {
        const [byte] = yield* sys.read(0, 1);
        ended = byte === undefined;
        if (byte === undefined || byte === 10 || byte === 13) break;
        bytes.push(byte);
      }
      if (terminal) yield* sys.tcsetattr(0, terminal, true);
      if (ended && bytes.length === 0) return undefined;
      yield* io.out.print("\n");
      return decode(Uint8Array.from(bytes));
    };
    const first = yield* ask("Enter password: ");
    const again = first === undefined ? undefined : yield* ask("Reenter password: ");
    if (first === undefined || again === undefined || first !== again) {
      yield* io.stderr(`grub-mkpasswd-pbkdf2: error: ${first === undefined || again === undefined ? "failure to read password" : "passwords don't match"}.\n`);
      return 1;
    }
    const salt = sys.random(saltBytes);
    const hash = yield* pbkdf2(sys, "sha512", encode(first), salt, iterations, length);
    io.say(`PBKDF2 hash of your password is grub.pbkdf2.sha512.${iterations}.${hex(salt)}.${hex(hash)}\n`);
    return 0;
  },
});
