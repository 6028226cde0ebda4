// mkpasswd: what crypt(3) makes of a password (mkpasswd(1) of whois 5.5.17).
import { type Blocking, decode } from "../../kernel/sys.ts";
import { md5Crypt, shaCrypt } from "../kit/crypto/password-hash.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { optionLines } from "../kit/help-text.ts";
import { cryptPassword } from "../passwd/_crypt.ts";

interface Method {
  readonly name: string;
  readonly label: string;
  /** how long a salt may be; none: it cannot be given */
  readonly salt: readonly [number, number] | undefined;
  readonly id: "y" | "1" | "5" | "6" | undefined;
}

const METHODS: readonly Method[] = [
  { name: "yescrypt", label: "Yescrypt", salt: undefined, id: "y" }, { name: "gost-yescrypt", label: "GOST Yescrypt", salt: undefined, id: undefined }, { name: "scrypt", label: "scrypt", salt: undefined, id: undefined }, { name: "bcrypt", label: "bcrypt", salt: undefined, id: undefined },
  { name: "bcrypt-a", label: "bcrypt (obsolete $2a$ version)", salt: undefined, id: undefined }, { name: "sha512crypt", label: "SHA-512", salt: [8, 16], id: "6" }, { name: "sha256crypt", label: "SHA-256", salt: [8, 16], id: "5" }, { name: "sunmd5", label: "SunMD5", salt: undefined, id: undefined },
  { name: "md5crypt", label: "MD5", salt: [8, 8], id: "1" }, { name: "bsdicrypt", label: "BSDI extended DES-based crypt(3)", salt: undefined, id: undefined }, { name: "descrypt", label: "standard 56 bit DES-based crypt(3)", salt: undefined, id: undefined }, { name: "nt", label: "NT-Hash", salt: undefined, id: undefined },
];
const OTHER_NAMES = new Map([["sha-512", "sha512crypt"], ["sha-256", "sha256crypt"], ["md5", "md5crypt"], ["des", "descrypt"]]);
const ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const OPTIONS = {
  method: text(["-m", "--method"], "TYPE", "how to crypt, \"help\" lists the ways"), five: flag(["-5"], "as --method=md5crypt"), salt: text(["-S", "--salt"], "SALT", "with that salt"), rounds: text(["-R", "--rounds"], "NUMBER", "so many rounds"), fd: text(["-P", "--password-fd"], "NUM", "the password comes from that descriptor"), stdin: flag(["-s", "--stdin"], "as --password-fd=0"),
} as const;
const usage = (): string => `Usage: mkpasswd [OPTIONS]... [PASSWORD [SALT]]\n\n${Object.values(OPTIONS).map((option) => optionLines(option)).join("")}`;

export default gnu({
  name: "mkpasswd", project: "whois", versionText: "mkpasswd 5.5.17\n", tryLine: usage, summary: "crypt a password", synopsis: ["PASSWORD SALT"], options: OPTIONS, operands: "none",
  *run({ options, operands, sys }, io: Io) {
    const say = function* (message: string): Blocking<number> {
      yield* io.stderr(`${message}\n`);
      return 1;
    };
    if (options.method === "help") {
      io.say(`Available methods:\n${METHODS.map(({ name, label }) => `${name.padEnd(15)} ${label}\n`).join("")}`);
      return 0;
    }
    const wanted = options.five ? "md5crypt" : (options.method ?? "yescrypt");
    const method = METHODS.find(({ name }) => name === (OTHER_NAMES.get(wanted) ?? wanted));
    if (method === undefined) return yield* say(`Invalid method '${wanted}'.`);
    if (operands.length > 2) {
      yield* io.stderr(usage());
      return 1;
    }
    const given = options.salt ?? operands[1];
    const [least, most] = method.salt ?? [0, 0];
    if (given !== undefined && (given.length < least || given.length > most)) return yield* say(`Wrong salt length: ${given.length} byte${given.length > 1 ? "s" : ""} when ${least === most ? least : `${least} <= n <= ${most}`} expected.`);
    if (given !== undefined && [...given].some((char) => !ALPHABET.includes(char))) return yield* say(`Illegal salt character '${[...given].find((char) => !ALPHABET.includes(char)) ?? ""}'.`);
    if (method.id === undefined) {
      sys.observe({ kind: "unsimulated", command: "mkpasswd", detail: method.name });
      return yield* say(`mkpasswd: ${method.name} is not simulated here`);
    }
    let password = operands[0];
    if (password === undefined) {
      const fd = options.stdin ? 0 : options.fd === undefined ? undefined : Number(options.fd);
      if (fd === undefined && sys.isatty(0)) {
        const terminal = sys.tcgetattr(0);
        yield* io.stderr("Password: ");
        yield* sys.tcsetattr(0, { ...terminal, flags: new Set([...terminal.flags].filter((one) => one !== "echo")) });
        password = decode(yield* sys.read(0, 512));
        yield* sys.tcsetattr(0, terminal);
        yield* io.stderr("\n");
      } else password = decode(yield* sys.read(fd ?? 0, 512));
      password = password.split("\n")[0] ?? "";
    }
    const salt = given ?? [...sys.random(most === 8 ? 8 : 16)].map((byte) => ALPHABET.charAt(byte & 63)).join("");
    const rounds = options.rounds === undefined ? "" : `rounds=${options.rounds}$`;
    io.out.put(`${method.id === "y" ? cryptPassword(password, salt) : method.id === "1" ? yield* md5Crypt(sys, password, salt, "1") : yield* shaCrypt(sys, password, `${rounds}${salt}`, method.id)}\n`);
    return 0;
  },
});
