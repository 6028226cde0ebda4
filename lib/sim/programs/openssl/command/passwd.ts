// openssl passwd: hashes for password files.
import { type Blocking, decode, SysError } from "../../../kernel/sys.ts";
import { md5Crypt, shaCrypt } from "../../kit/crypto/password-hash.ts";
import { type Call, OpensslFailure, type Shape } from "../_call.ts";

export const passwdShape: Shape = { flags: ["1", "5", "6", "apr1", "aixmd5", "stdin", "noverify", "quiet", "table", "reverse"], values: ["salt", "in"] };

const ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function* passwd(call: Call): Blocking<number> {
  const kind = call.has("6") ? "6" : call.has("5") ? "5" : call.has("apr1") ? "apr1" : "1";
  const salt = call.get("salt");
  const hash = function* (password: string): Blocking<void> {
    const used = salt ?? [...call.sys.random(kind === "5" || kind === "6" ? 16 : 8)].map((byte) => ALPHABET.charAt(byte & 63)).join("");
    const result = kind === "5" || kind === "6" ? yield* shaCrypt(call.sys, password, used, kind) : yield* md5Crypt(call.sys, password, used, kind);
    call.put(call.has("table") ? (call.has("reverse") ? `${result}\t${password}\n` : `${password}\t${result}\n`) : `${result}\n`);
    if (call.io.out.full) yield* call.io.out.flush();
  };
  const file = call.get("in");
  if (file !== undefined || call.has("stdin")) {
    let text: string;
    try {
      text = decode(yield* call.read(file));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new OpensslFailure(`Can't open "${file}" for reading, ${error.message}\n`);
    }
    for (const line of text.replace(/\n$/, "").split("\n")) yield* hash(line);
    return 0;
  }
  if (call.words.length > 0) {
    for (const word of call.words) yield* hash(word);
    return 0;
  }
  const password = call.has("noverify") ? yield* call.ask("Password: ") : yield* call.askTwice("Password");
  if (password === undefined) throw new OpensslFailure("Verify failure\n");
  yield* hash(password);
  return 0;
}
