// openssl genrsa, genpkey, rsa, pkey, ec, ecparam: keys made, turned into other forms, shown.
import type { Blocking } from "../../../kernel/sys.ts";
import { ed25519PublicKey } from "../../kit/crypto/curve25519.ts";
import { curveNamed, NIST_CURVES, nistPublicKey, nistSecret } from "../../kit/crypto/nist-curve.ts";
import { pem } from "../../kit/crypto/pem.ts";
import { generateRsa } from "../../kit/crypto/rsa.ts";
import { type Call, OpensslFailure, type Shape } from "../_call.ts";
import { curveOid, encryptedPkcs8, type OpenKey, openKeyDer, openOf, type SecretKey, secretKeyDer, traditionalPem } from "../../kit/crypto/key-der.ts";
import { loadOpenKey, loadSecretKey, openKeyText, secretKeyText } from "../_keys.ts";
import { cipherCalled } from "./enc.ts";

const isCipher = (name: string): boolean => cipherCalled(name)?.mode === "cbc";

export const genrsaShape: Shape = { flags: ["3", "f4", "F4", "traditional", "verbose", "quiet"], values: ["out", "passout", "primes", "rand"], other: isCipher };
export const genpkeyShape: Shape = { flags: ["text", "genparam", "quiet"], values: ["out", "outform", "pass", "algorithm", "pkeyopt", "paramfile"], other: isCipher };
export const pkeyShape: Shape = { flags: ["text", "text_pub", "noout", "pubin", "pubout", "check", "pubcheck", "traditional", "modulus", "RSAPublicKey_in", "RSAPublicKey_out"], values: ["in", "out", "inform", "outform", "passin", "passout"], other: isCipher };
export const ecparamShape: Shape = { flags: ["genkey", "noout", "text", "list_curves", "check"], values: ["name", "in", "out", "outform", "conv_form", "param_enc"] };

const MOST_INTEGER = 2_147_483_647;
/** OPENSSL_RSA_MAX_MODULUS_BITS */
const MOST_RSA_BITS = 16_384;
const A_DAY_US = 86_400_000_000;

/** The dots and plus signs of the search for primes go to standard error. */
function* makeRsa(call: Call, bits: number, talks: boolean): Blocking<SecretKey> {
  if (bits < 512) throw new OpensslFailure(`Error generating RSA key\n`);
  // simplified: the real one searches for minutes at least, this one until it is interrupted
  while (bits > MOST_RSA_BITS) yield* call.sys.sleep(A_DAY_US);
  let marks = "";
  const tried = function* (what: "candidate" | "passed" | "prime"): Blocking<void> {
    if (what === "candidate") marks += ".";
    else if (what === "passed") marks += "+".repeat(64);
    else {
      yield* call.note(`${marks}\n`);
      marks = "";
    }
  };
  return { kind: "rsa", rsa: yield* generateRsa(call.sys, bits, undefined, talks ? tried : undefined) };
}

/** Undefined for an algorithm that is not made here. */
export function* makeSecretKey(call: Call, algorithm: string, options: ReadonlyMap<string, string>, talks: boolean): Blocking<SecretKey | undefined> {
  const name = algorithm.toLowerCase();
  if (name === "rsa") return yield* makeRsa(call, Number(options.get("rsa_keygen_bits") ?? 2048), talks);
  if (name === "ed25519") {
    const seed = call.sys.random(32);
    return { kind: "ed25519", seed, point: ed25519PublicKey(seed) };
  }
  if (name !== "ec") return undefined;
  const curve = curveNamed(options.get("ec_paramgen_curve") ?? "");
  if (curve === undefined) return undefined;
  const secret = nistSecret(curve, (length) => call.sys.random(length));
  return { kind: "ec", curve, secret, point: nistPublicKey(curve, secret) };
}

/** As -out gets it: PKCS #8, encrypted where a cipher is named. */
function* writeSecretKey(call: Call, key: SecretKey, source: string | undefined, file = call.get("out")): Blocking<void> {
  const [cipher] = call.others;
  if (cipher !== undefined) {
    const password = source === undefined ? yield* call.askTwice("Enter PEM pass phrase") : yield* call.passwordFrom(source);
    if (password === undefined) throw new OpensslFailure("Verify failure\n");
    yield* call.write(yield* encryptedPkcs8(call.sys, key, password, cipher.replace(/^aes(\d+)$/, "aes-$1-cbc")), true, file);
  } else if (call.get("outform")?.toUpperCase() === "DER") yield* call.write(secretKeyDer(key), true, file);
  else yield* call.write(call.has("traditional") ? traditionalPem(key) : pem("PRIVATE KEY", secretKeyDer(key)), true, file);
}

export function* genrsa(call: Call): Blocking<number> {
  const bits = call.words[0] === undefined ? 2048 : Number(call.words[0]);
  if (!Number.isInteger(bits)) throw new OpensslFailure(`genrsa: Can't parse "${call.words[0]}" as a number\n`);
  if (Math.abs(bits) > MOST_INTEGER) throw new OpensslFailure(`genrsa: Value "${call.words[0]}" outside integer range\n`);
  if (bits > MOST_RSA_BITS) yield* call.note(`Warning: It is not recommended to use more than ${MOST_RSA_BITS} bit for RSA keys.\n         Your key size is ${bits}! Larger key size may behave not as expected.\n`);
  yield* writeSecretKey(call, yield* makeRsa(call, bits, call.has("verbose")), call.get("passout"));
  return 0;
}

export function* genpkey(call: Call): Blocking<number> {
  const algorithm = call.get("algorithm");
  if (algorithm === undefined) throw new OpensslFailure("genpkey: Error: no algorithm\ngenpkey: Use -help for summary.\n");
  const options = new Map(call.all("pkeyopt").map((one) => {
    const [name = "", value = ""] = one.split(/:(.*)/s);
    return [name, value] as const;
  }));
  const key = yield* makeSecretKey(call, algorithm, options, !call.has("quiet"));
  if (key === undefined) throw new OpensslFailure(`Error initializing ${algorithm} context\n`);
  yield* writeSecretKey(call, key, call.get("pass"));
  if (call.has("text")) call.put(secretKeyText(key));
  return 0;
}

function* writeOpenKey(call: Call, key: OpenKey): Blocking<void> {
  yield* call.write(call.get("outform")?.toUpperCase() === "DER" ? openKeyDer(key) : pem("PUBLIC KEY", openKeyDer(key)));
}

/** rsa, pkey and ec: much the same, with other words. */
export function* pkey(call: Call, command: "rsa" | "pkey" | "ec"): Blocking<number> {
  const older = command !== "pkey";
  if (command === "ec") yield* call.note("read EC key\n");
  const secret = call.has("pubin") ? undefined : yield* loadSecretKey(call, call.get("in"), call.get("passin"));
  const open = secret === undefined ? yield* loadOpenKey(call, call.get("in")) : openOf(secret);
  if (command === "rsa" && open.kind !== "rsa") throw new OpensslFailure("Not an RSA key\n");
  const showsOpen = call.has("pubout") || call.has("pubin");
  const text = call.has("text_pub") || (call.has("text") && showsOpen) ? openKeyText(open, "") : call.has("text") && secret !== undefined ? secretKeyText(secret) : "";
  if (older) call.put(text);
  if (call.has("modulus") && open.kind === "rsa") call.put(`Modulus=${open.rsa.n.toString(16).toUpperCase()}\n`);
  if (call.has("check")) call.put(command === "rsa" ? "RSA key ok\n" : "Key is valid\n");
  if (!call.has("noout")) {
    yield* call.io.out.flush();
    if (older) yield* call.note(`writing ${command.toUpperCase()} key\n`);
    if (showsOpen || secret === undefined) yield* writeOpenKey(call, open);
    else if (command === "ec" && call.others.length === 0) yield* call.write(traditionalPem(secret), true);
    else yield* writeSecretKey(call, secret, call.get("passout"));
  }
  if (!older) call.put(text);
  return 0;
}

export function* ecparam(call: Call): Blocking<number> {
  if (call.has("list_curves")) {
    for (const curve of NIST_CURVES) call.put(`  ${curve.name.padEnd(10)}: ${curve.nistName === "P-256" ? "X9.62/SECG curve over a 256 bit prime field" : `NIST/SECG curve over a ${curve.nistName.slice(2)} bit prime field`}\n`);
    return 0;
  }
  const name = call.get("name") ?? "";
  const curve = curveNamed(name);
  if (curve === undefined) throw new OpensslFailure(`unknown curve name (${name})\n`);
  let text = call.has("text") ? `EC-Parameters: (${curve.nistName.slice(2)} bit)\nASN1 OID: ${curve.name}\nNIST CURVE: ${curve.nistName}\n` : "";
  if (!call.has("noout")) text += pem("EC PARAMETERS", curveOid(curve));
  if (call.has("genkey")) {
    const secret = nistSecret(curve, (length) => call.sys.random(length));
    text += traditionalPem({ kind: "ec", curve, secret, point: nistPublicKey(curve, secret) });
  }
  yield* call.write(text, call.has("genkey"));
  return 0;
}
