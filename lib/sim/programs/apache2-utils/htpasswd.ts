// htpasswd: users and their hashed passwords, for basic authentication of a web server (Apache 2.4).
import { type Blocking, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { base64Of } from "../kit/base64.ts";
import { bcryptCrypt, bcryptSetting } from "../kit/crypto/bcrypt-pbkdf.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { md5Crypt, shaCrypt } from "../kit/crypto/password-hash.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import { type Io, flag, program, text, unsimulated } from "../kit/program.ts";
import { readWhole } from "../kit/read-whole.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { accessible, readLines, writeLines } from "./_password-file.ts";

const STATUS = { file: 1, syntax: 2, password: 3, overflow: 5, user: 6 } as const;
const SALT = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const OPTIONS = {
  create: flag(["-c"], "make the file, or empty it"), display: flag(["-n"], "show the line instead of writing it"), batch: flag(["-b"], "the password stands in the command line"), input: flag(["-i"], "read the password from standard input, once"), md5: flag(["-m"], "hash by Apache's MD5 (the default)"), sha256: flag(["-2"], "hash by SHA-256"), sha512: flag(["-5"], "hash by SHA-512"), bcrypt: flag(["-B"], "hash by bcrypt"), cost: text(["-C"], "COST", "how slow bcrypt is: 4 to 17, 5 unless said otherwise"), rounds: text(["-r"], "ROUNDS", "rounds of SHA-256 and SHA-512, 5000 unless said otherwise"),
  crypt: unsimulated(["-d"], "hash by the old crypt", "its cipher DES is not simulated"), sha1: flag(["-s"], "hash by SHA-1, without salt"), plain: flag(["-p"], "no hash at all"), remove: flag(["-D"], "take the user out"), verify: flag(["-v"], "check the user's password"),
};

const usage = (): string => `Usage:\n\thtpasswd [-cimB25dpsDv] [-C cost] [-r rounds] passwordfile username\n\thtpasswd -b[cmB25dpsDv] [-C cost] [-r rounds] passwordfile username password\n\n\thtpasswd -n[imB25dps] [-C cost] [-r rounds] username\n\thtpasswd -nb[mB25dps] [-C cost] [-r rounds] username password\n${Object.values(OPTIONS).map((option) => ` ${option.names[0] ?? ""}  ${option.help}\n`).join("")}`;

const salt = (sys: Sys, length: number): string => [...sys.random(length)].map((byte) => SALT.charAt(byte & 63)).join("");

/** Whether a password belongs to what a file has; undefined: hashed in a way that is not simulated. */
function* matches(sys: Sys, password: string, hash: string): Blocking<boolean | undefined> {
  if (hash.startsWith("$apr1$")) return (yield* md5Crypt(sys, password, hash.split("$")[2] ?? "", "apr1")) === hash;
  if (hash.startsWith("$1$")) return (yield* md5Crypt(sys, password, hash.split("$")[2] ?? "", "1")) === hash;
  if (/^\$2[aby]\$/.test(hash)) return (yield* bcryptCrypt(sys, password, hash)) === hash;
  if (hash.startsWith("{SHA}")) return `{SHA}${base64Of(digestOf("sha1", encode(password)))}` === hash;
  const [, kind, given] = /^\$([56])\$((?:rounds=\d+\$)?[^$]*)\$/.exec(hash) ?? [];
  if (kind !== undefined) return (yield* shaCrypt(sys, password, given ?? "", kind === "5" ? "5" : "6")) === hash;
  return hash.length === 13 ? undefined : password === hash;
}

export default program(
  {
    name: "htpasswd", summary: "keep files of users and passwords for web servers", synopsis: ["[-cimB25dpsDv] [-C COST] [-r ROUNDS] FILE USER", "-b[cmB25dpsDv] [-C COST] [-r ROUNDS] FILE USER PASSWORD", "-n[imB25dps] [-C COST] [-r ROUNDS] USER", "-nb[mB25dps] [-C COST] [-r ROUNDS] USER PASSWORD"], options: Object.values(OPTIONS), operands: "files", showsHelp: true,
    exitStatuses: [["0", "done"], ["1", "the file cannot be read or written"], ["2", "usage error"], ["3", "the password is wrong, or was typed differently twice"], ["6", "no such user, or a name that cannot be one"]],
  },
  function* (sys, argv, io: Io) {
    const wrong = function* (message?: string): Blocking<number> {
      yield* io.stderr(`${message === undefined ? "" : `htpasswd: ${message}\n`}${usage()}`);
      return STATUS.syntax;
    };
    const table = new Map(Object.values(OPTIONS).map((option) => [option.names[0] ?? "", option]));
    const given = new Map<string, string>();
    let operands: readonly string[];
    try {
      const parsed = getopt(table, argv.slice(1), { stopAtOperand: true });
      for (const { name, argument } of parsed.given) given.set(name.slice(1), argument ?? "");
      ({ operands } = parsed);
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      const letter = /'(.)'/u.exec(error.message)?.[1] ?? "-";
      return yield* wrong(/requires an argument/.test(error.message) ? `option requires an argument -- ${letter}` : `illegal option -- ${letter}`);
    }
    if (given.has("d")) {
      yield* io.stderr("htpasswd: -d: its cipher DES is not simulated\n");
      return STATUS.password;
    }
    if (["c", "n", "v", "D"].filter((letter) => given.has(letter)).length > 1) {
      yield* io.stderr("htpasswd: only one of -c -n -v -D may be specified\n");
      return STATUS.syntax;
    }
    const needsPassword = !given.has("D");
    const display = given.has("n");
    const expected = (display ? 1 : 2) + (given.has("b") && needsPassword ? 1 : 0);
    if (operands.length !== expected) return yield* wrong();
    const [file, user = "", words] = display ? [undefined, operands[0], operands[1]] : operands;
    if (user.includes(":")) {
      yield* io.stderr("htpasswd: username contains illegal character ':'\n");
      return STATUS.user;
    }
    if (given.has("p") && needsPassword) yield* io.stderr("Warning: storing passwords as plain text might just not work on this platform.\n");
    let lines: string[] = [];
    if (file !== undefined) {
      if (!given.has("c")) {
        try {
          sys.stat(file);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.stderr(`htpasswd: cannot modify file ${file}; use '-c' to create it\n`);
          return STATUS.file;
        }
      }
      if (!(yield* accessible(sys, file, given.has("c")))) {
        yield* io.stderr(given.has("c") ? `htpasswd: cannot create file ${file}\n` : `htpasswd: cannot open file ${file} for ${given.has("v") ? "read" : "read/write"} access\n`);
        return STATUS.file;
      }
      if (!given.has("c")) lines = yield* readLines(sys, file);
    }
    const at = lines.findIndex((line) => !line.startsWith("#") && line.split(":")[0] === user);
    if (given.has("D") && file !== undefined) {
      yield* io.stderr(at < 0 ? `User ${user} not found\n` : `Deleting password for user ${user}\n`);
      if (at >= 0) yield* writeLines(sys, file, lines.filter((_, one) => one !== at));
      return 0;
    }
    if (given.has("v") && at < 0) {
      yield* io.stderr(`User ${user} not found\n`);
      return STATUS.user;
    }
    let password = words ?? "";
    if (!given.has("b")) {
      if (given.has("i")) password = decode(yield* readWhole(sys, 0)).split("\n")[0] ?? "";
      else {
        const prompt = function* (question: string): Blocking<string> {
          const answer = yield* askPassword(sys, question);
          return answer.kind === "text" ? answer.text : "";
        };
        password = yield* prompt(given.has("v") ? "Enter password: " : "New password: ");
        if (!given.has("v") && (yield* prompt("Re-type new password: ")) !== password) {
          yield* io.stderr("htpasswd: password verification error\n");
          return STATUS.password;
        }
      }
    }
    if (given.has("v")) {
      if (yield* matches(sys, password, (lines[at] ?? "").slice(user.length + 1))) {
        yield* io.stderr(`Password for user ${user} correct.\n`);
        return 0;
      }
      yield* io.stderr("password verification failed\n");
      return STATUS.password;
    }
    let hash: string;
    if (given.has("p")) hash = password;
    else if (given.has("s")) hash = `{SHA}${base64Of(digestOf("sha1", encode(password)))}`;
    else if (given.has("B")) {
      const cost = Number(given.get("C") ?? 5);
      if (!Number.isInteger(cost) || cost < 4 || cost > 17) {
        yield* io.stderr("htpasswd: Unable to encode with bcrypt: Invalid argument\n");
        return STATUS.password;
      }
      hash = yield* bcryptCrypt(sys, password, bcryptSetting(cost, sys.random(16)));
    } else if (given.has("2") || given.has("5")) hash = yield* shaCrypt(sys, password, `${given.has("r") ? `rounds=${given.get("r") ?? ""}$` : ""}${salt(sys, 16)}`, given.has("2") ? "5" : "6");
    else hash = yield* md5Crypt(sys, password, salt(sys, 8), "apr1");
    const line = `${user}:${hash}`;
    if (file === undefined) {
      io.out.put(`${line}\n\n`);
      return 0;
    }
    yield* writeLines(sys, file, at < 0 ? [...lines, line] : lines.map((one, index) => (index === at ? line : one)));
    yield* io.stderr(`${at < 0 ? "Adding" : "Updating"} password for user ${user}\n`);
    return 0;
  },
);
