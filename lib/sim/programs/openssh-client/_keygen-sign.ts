// ssh-keygen -Y: signatures over files (ssh-keygen(1); PROTOCOL.sshsig).
import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { readWhole } from "../kit/read-whole.ts";
import { readZone } from "../kit/zones.ts";
import { certificateOf, certificateProblem } from "./_certificate.ts";
import { fingerprint, plainKey, sameKey, shownKind } from "./_key.ts";
import { Fatal, type KeygenCall } from "./_keygen-call.ts";
import { timeOfWord } from "./_keygen-certify.ts";
import { parsePrivateFile } from "./_private-file.ts";
import { verifyWithKey } from "./_private-key.ts";
import { type AllowedSigner, type FileSignature, matchesPatternList, parseAllowedSigners, parseSignature, signatureText, signedBytes } from "./_signature-file.ts";

function need(call: KeygenCall, operation: string, option: string, what: string): string {
  const value = call.get(option);
  if (value === undefined || value === "") throw new Fatal(`Too few arguments for ${operation}: missing ${what}`, 1);
  return value;
}

/** name=value of -O. */
function setting(call: KeygenCall, name: string): string | undefined {
  return call.all("option").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}

function hashAlgorithm(call: KeygenCall): string {
  const hash = setting(call, "hashalg") ?? "sha512";
  if (hash !== "sha256" && hash !== "sha512") throw new Fatal(`Invalid hash algorithm: ${hash}`, 1);
  return hash;
}

function* fileBytes(call: KeygenCall, path: string): Blocking<Uint8Array> {
  const { sys } = call;
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new Fatal(`Cannot open file ${path}: ${error.message}`);
  }
  try {
    return yield* readWhole(sys, fd);
  } finally {
    sys.close(fd);
  }
}

function* sign(call: KeygenCall): Blocking<number> {
  const namespace = need(call, "sign", "principals", "namespace");
  const path = need(call, "sign", "file", "key file");
  const hash = hashAlgorithm(call);
  const open = yield* call.publicKeyIn(path, (reason) => `Couldn't load public key ${path}: ${reason}`);
  const secretPath = parsePrivateFile(yield* call.read(path, (reason) => `Couldn't load public key ${path}: ${reason}`)).kind === "invalid" ? path.replace(/(?:-cert)?\.pub$/, "") : path;
  const content = yield* call.readSecret(secretPath, (reason) => `Couldn't load private key ${secretPath}: ${reason}`);
  const { key } = yield* call.unlocked(content, (reason) => `Couldn't load key ${secretPath}: ${reason}`, `Enter passphrase for ${secretPath}: `);
  for (const file of call.operands.length === 0 ? ["-"] : call.operands) {
    if (file === "-") {
      yield* call.io.stderr("Signing data on standard input\n");
      yield* call.say(yield* signatureText(call.sys, key, open, namespace, hash, yield* readWhole(call.sys, 0)));
      continue;
    }
    yield* call.io.stderr(`Signing file ${file}\n`);
    const text = yield* signatureText(call.sys, key, open, namespace, hash, yield* fileBytes(call, file));
    if (!(yield* call.mayOverwrite(`${file}.sig`))) return 1;
    yield* call.write(`${file}.sig`, text, 0o666 & ~0o022);
    yield* call.io.stderr(`Write signature to ${file}.sig\n`);
  }
  return 0;
}

function* signatureOf(call: KeygenCall, operation: string): Blocking<FileSignature> {
  const path = need(call, operation, "authority", "signature file");
  const text = yield* call.read(path, (reason) => `Couldn't read signature file: ${reason}`);
  const signature = parseSignature(text);
  if (signature === undefined) throw new Fatal(`Couldn't parse signature: ${text.startsWith("-----BEGIN SSH SIGNATURE-----") ? "invalid format" : "missing header"}`);
  return signature;
}

/** Whether the signature holds over standard input; what is wrong is told. */
function* holds(call: KeygenCall, { key, namespace, hash, signature }: FileSignature, wanted: string): Blocking<boolean> {
  if (namespace !== wanted) {
    yield* call.io.stderr("Couldn't verify signature: namespace does not match\n");
    return false;
  }
  if (yield* verifyWithKey(call.sys, plainKey(key), signedBytes(namespace, hash, yield* readWhole(call.sys, 0)), signature)) return true;
  yield* call.io.stderr("Signature verification failed: incorrect signature\n");
  return false;
}

function* allowedSigners(call: KeygenCall, operation: string): Blocking<readonly AllowedSigner[]> {
  const path = need(call, operation, "file", "allowed keys file");
  const text = yield* readTextFile(call.sys, path);
  if (text === undefined) throw new Fatal(`Unable to open allowed keys file "${path}": ${call.exists(path) ? "Permission denied" : "No such file or directory"}`);
  return parseAllowedSigners(text);
}

/** Whether a line lets the key sign: itself or as an authority, at that time, for that purpose. */
function* lets(call: KeygenCall, line: AllowedSigner, signature: FileSignature, principal: string, namespace: string | undefined): Blocking<boolean> {
  const { sys } = call;
  if (line.namespaces !== undefined && namespace !== undefined && !matchesPatternList(line.namespaces, namespace)) return false;
  const zone = yield* readZone(sys);
  const now = Math.floor(sys.clockUs("realtime") / 1_000_000);
  const at = timeOfWord(setting(call, "verify-time") ?? "", now, zone) ?? BigInt(now);
  const after = timeOfWord(line.validAfter ?? "", now, zone);
  const before = timeOfWord(line.validBefore ?? "", now, zone);
  if ((after !== undefined && at < after) || (before !== undefined && at >= before)) return false;
  const certificate = certificateOf(signature.key);
  if (!line.isAuthority) return sameKey(line.key, plainKey(signature.key)) && matchesPatternList(line.principals, principal);
  return certificate !== undefined && sameKey(certificate.authority, line.key) && matchesPatternList(line.principals, principal) && (yield* certificateProblem(sys, certificate, "user", principal, true)) === undefined;
}

function* verify(call: KeygenCall): Blocking<number> {
  const namespace = need(call, "verify", "principals", "namespace");
  const principal = need(call, "verify", "keyId", "principal identity");
  const signature = yield* signatureOf(call, "verify");
  if (yield* holds(call, signature, namespace)) {
    for (const line of yield* allowedSigners(call, "verify")) {
      if (!(yield* lets(call, line, signature, principal, namespace))) continue;
      if (!call.quiet) yield* call.say(`Good "${namespace}" signature for ${principal} with ${shownKind(signature.key.kind)} key ${fingerprint(plainKey(signature.key).blob)}\n`);
      return 0;
    }
  }
  yield* call.say("Could not verify signature.\n");
  return 255;
}

function* checkNovalidate(call: KeygenCall): Blocking<number> {
  const namespace = need(call, "check-novalidate", "principals", "namespace");
  const signature = yield* signatureOf(call, "check-novalidate");
  if (!(yield* holds(call, signature, namespace))) {
    yield* call.say("Could not verify signature.\n");
    return 255;
  }
  if (!call.quiet) yield* call.say(`Good "${namespace}" signature with ${shownKind(signature.key.kind)} key ${fingerprint(plainKey(signature.key).blob)}\n`);
  return 0;
}

function* findPrincipals(call: KeygenCall): Blocking<number> {
  const signature = yield* signatureOf(call, "find-principals");
  const certificate = certificateOf(signature.key);
  let found = false;
  for (const line of yield* allowedSigners(call, "find-principals")) {
    const fits = line.isAuthority ? certificate !== undefined && sameKey(certificate.authority, line.key) : sameKey(line.key, plainKey(signature.key));
    if (!fits) continue;
    found = true;
    const names = line.isAuthority ? (certificate?.principals ?? []).filter((name) => matchesPatternList(line.principals, name)) : line.principals.split(",");
    for (const name of names) yield* call.say(`${name}\n`);
    break;
  }
  if (found) return 0;
  yield* call.io.stderr("No principal matched.\n");
  return 255;
}

function* matchPrincipals(call: KeygenCall): Blocking<number> {
  const name = need(call, "match-principals", "keyId", "principal ID");
  const found = (yield* allowedSigners(call, "match-principals")).filter((line) => matchesPatternList(line.principals, name));
  for (const line of found) yield* call.say(`${line.principals.split(",").join("\n")}\n`);
  if (found.length > 0) return 0;
  yield* call.io.stderr("No principal matched.\n");
  return 255;
}

/** Undefined for an operation that -Y does not know. */
export function signatureOperation(call: KeygenCall, operation: string): Blocking<number> | undefined {
  if (operation.startsWith("sign")) return sign(call);
  if (operation === "verify") return verify(call);
  if (operation === "check-novalidate") return checkNovalidate(call);
  if (operation === "find-principals") return findPrincipals(call);
  return operation === "match-principals" ? matchPrincipals(call) : undefined;
}
