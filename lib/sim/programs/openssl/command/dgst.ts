// openssl dgst, and the digests as commands of their own.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { hmac } from "../../kit/crypto/hmac.ts";
import { DIGEST_NAMES, digestOf } from "../../kit/crypto/named-digest.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import { openOf } from "../../kit/crypto/key-der.ts";
import { loadOpenKey, loadSecretKey, signWith, verifyWith } from "../_keys.ts";

const ALIASES = new Map([["ripemd160", "rmd160"], ["ripemd", "rmd160"], ["blake2b512", "blake2b512"], ["sha-1", "sha1"], ["sha-256", "sha256"], ["sha2-256", "sha256"], ["sha-512", "sha512"], ["sha2-512", "sha512"], ["sha-384", "sha384"], ["sha-224", "sha224"]]);

/** Undefined for one that is not made here. */
export function digestCalled(name: string): string | undefined {
  const word = name.toLowerCase();
  const known = ALIASES.get(word) ?? word;
  return DIGEST_NAMES.includes(known) ? known : undefined;
}

export const dgstShape: Shape = {
  flags: ["c", "r", "hex", "binary", "d", "debug", "list"], values: ["out", "sign", "verify", "prverify", "signature", "hmac", "mac", "macopt", "passin", "sigopt"],
  other: (name) => digestCalled(name) !== undefined,
};

/** As `dgst -NAME` writes a digest's name. */
function shown(name: string, asked: boolean): string {
  const word = name.toUpperCase().replace("RMD160", "RIPEMD-160").replace("BLAKE2B512", "BLAKE2B-512");
  return asked ? word.replace(/^SHA(224|256|384|512)$/, "SHA2-$1") : word;
}

export function* dgst(call: Call, fixed: string | undefined): Blocking<number> {
  if (call.has("list")) {
    call.put(`Supported digests:\n${DIGEST_NAMES.map((name) => `-${name}`).join("\n")}\n`);
    return 0;
  }
  const given = call.others.at(-1);
  const name = digestCalled(given ?? fixed ?? "sha256") ?? "sha256";
  const signer = call.get("sign");
  const verifier = call.get("verify") ?? call.get("prverify");
  const key = call.get("hmac");
  const macKey = call.all("macopt").find((one) => one.startsWith("key:"))?.slice(4);
  const secret = signer === undefined ? undefined : yield* loadSecretKey(call, signer, call.get("passin"));
  const open = verifier === undefined ? undefined : call.has("prverify") ? openOf(yield* loadSecretKey(call, verifier, call.get("passin"))) : yield* loadOpenKey(call, verifier);
  let status = 0;
  for (const file of call.words.length === 0 ? [undefined] : call.words) {
    let bytes: Uint8Array;
    try {
      bytes = yield* call.read(file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* call.note(error.errno === "EISDIR" ? `Read Error in ${file}\n` : `${file}: ${error.message}\n${errorLine("80000002", "system library", "file_ctrl", error.message, "../crypto/bio/bss_file.c:297", `calling fopen(${file}, r)`)}\n${errorLine("10080002", "BIO routines", "file_ctrl", "system lib", "../crypto/bio/bss_file.c:300")}\n`);
      status = 1;
      continue;
    }
    if (secret !== undefined) {
      const signature = yield* signWith(call, secret, name, bytes);
      yield* call.write(call.has("hex") ? `RSA-${shown(name, true)}(${file ?? "stdin"})= ${toHex(signature)}\n` : signature);
      continue;
    }
    if (open !== undefined) {
      const signature = yield* call.read(call.get("signature"));
      const good = yield* verifyWith(call, open, name, bytes, signature);
      if (good) yield* call.write("Verified OK\n");
      else {
        yield* call.write("Verification failure\n");
        yield* call.io.out.flush();
        if (open.kind === "rsa") yield* call.note(`${errorLine("02000068", "rsa routines", "ossl_rsa_verify", "bad signature", "../crypto/rsa/rsa_sign.c:429")}\n${errorLine("1C880004", "Provider routines", "rsa_verify", "RSA lib", "../providers/implementations/signature/rsa_sig.c:769")}\n`);
        status = 1;
      }
      continue;
    }
    const macText = key ?? (call.has("mac") ? macKey : undefined);
    const digest = macText === undefined ? digestOf(name, bytes) : hmac(name, Uint8Array.from(macText, (c) => c.charCodeAt(0)), bytes);
    if (call.has("binary")) yield* call.write(digest);
    else {
      const hex = call.has("c") ? (toHex(digest).match(/../g) ?? []).join(":") : toHex(digest);
      // the default digest is called by its old name
      const label = macText === undefined ? shown(name, given !== undefined) : `HMAC-${shown(name, given !== undefined)}`;
      yield* call.write(call.has("r") ? `${hex} *${file ?? "stdin"}\n` : `${label}(${file ?? "stdin"})= ${hex}\n`);
    }
  }
  if (call.has("out") && status !== 0) throw new OpensslFailure("", status);
  return status;
}
