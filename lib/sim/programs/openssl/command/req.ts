// openssl req: requests for certificates, and certificates that sign themselves.
import { type Blocking, concatBytes, decode, encode, SysError } from "../../../kernel/sys.ts";
import { BadDer, der, integer, itemsOf, oid, printableString, readDer, sequence, setOf, utf8String } from "../../kit/crypto/der.ts";
import { pem, pemBlocks } from "../../kit/crypto/pem.ts";
import { numberOf } from "../../kit/crypto/big-number.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import { type CertificateRequest, certificateInner, certificateText, type Extension, extensionsDer, type NamePart, nameDer, nameText, parseCertificate, parseRequest, requestText, signedDer } from "../_certificate.ts";
import { loadConfiguration, type Section, setting } from "../_configuration.ts";
import { BadExtension, type ExtensionContext, makeExtension, sectionExtensions } from "../_extensions.ts";
import { encryptedPkcs8, openKeyDer, openOf, type SecretKey, secretKeyDer } from "../../kit/crypto/key-der.ts";
import { digestOfSignature, loadSecretKey, signatureAlgorithm, signWith, verifyWith } from "../_keys.ts";
import { objectCalled } from "../_names.ts";
import { digestCalled } from "./dgst.ts";
import { makeSecretKey } from "./keys.ts";

export const reqShape: Shape = {
  flags: ["new", "x509", "nodes", "noenc", "noout", "text", "subject", "verify", "pubkey", "batch", "utf8", "modulus", "verbose", "newhdr", "precert", "multivalue-rdn", "CAcreateserial"],
  values: ["in", "out", "inform", "outform", "key", "keyform", "keyout", "newkey", "subj", "days", "set_serial", "addext", "extensions", "reqexts", "config", "passin", "passout", "section", "pkeyopt", "nameopt", "CA", "CAkey", "not_before", "not_after"],
  other: (name) => digestCalled(name) !== undefined,
};

/** "/C=FR/O=Acme/CN=x"; without -utf8 each byte is a character. Throws OpensslFailure. */
export function parseSubject(text: string, utf8: boolean): NamePart[] {
  if (!text.startsWith("/")) throw new OpensslFailure(`req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${text.slice(1)}'\n`);
  const parts: NamePart[] = [];
  for (const piece of text.slice(1).replace(/\\(.)/gs, (_, c: string) => `\u0000${c.charCodeAt(0)};`).split(/\/(?=[\w.]+=)|\/$/)) {
    const plain = piece.replace(/\u0000(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    const equals = plain.indexOf("=");
    if (plain === "") continue;
    const name = objectCalled(plain.slice(0, Math.max(0, equals)));
    const value = plain.slice(equals + 1);
    if (name === undefined || value === "") continue;
    parts.push({ oid: name.oid, text: utf8 ? value : String.fromCharCode(...encode(value)) });
  }
  return parts;
}

const INTRODUCTION = `You are about to be asked to enter information that will be incorporated
into your certificate request.
What you are about to enter is what is called a Distinguished Name or a DN.
There are quite a few fields but you can leave some blank
For some fields there will be a default value,
If you enter '.', the field will be left blank.
-----
`;

const FALLBACK: Section = [
  ["countryName", "Country Name (2 letter code)"], ["countryName_default", "AU"], ["countryName_min", "2"], ["countryName_max", "2"], ["stateOrProvinceName", "State or Province Name (full name)"], ["stateOrProvinceName_default", "Some-State"],
  ["localityName", "Locality Name (eg, city)"], ["0.organizationName", "Organization Name (eg, company)"], ["0.organizationName_default", "Internet Widgits Pty Ltd"], ["organizationalUnitName", "Organizational Unit Name (eg, section)"], ["commonName", "Common Name (e.g. server FQDN or YOUR name)"], ["emailAddress", "Email Address"],
];

/** The fields of a section, asked for one by one. */
function* askFields(call: Call, section: Section): Blocking<NamePart[]> {
  const parts: NamePart[] = [];
  const facts = new Map(section);
  for (const [name, prompt] of section) {
    if (/_(default|min|max|value)$/.test(name)) continue;
    const known = objectCalled(name.replace(/^\d+\./, ""));
    if (known === undefined) continue;
    const fallback = facts.get(`${name}_default`) ?? "";
    const [least, most] = [Number(facts.get(`${name}_min`) ?? 0), Number(facts.get(`${name}_max`) ?? Number.POSITIVE_INFINITY)];
    for (;;) {
      let answer = facts.get(`${name}_value`);
      if (answer === undefined) {
        yield* call.note(`${prompt} [${fallback}]:`);
        const line = yield* call.line(0);
        if (line === undefined) throw new OpensslFailure("Error making certificate request\n");
        answer = line;
      }
      const value = answer === "" ? fallback : answer === "." ? "" : answer;
      if (value !== "" && value.length < least) yield* call.note(`string is too short, it needs to be at least ${least} bytes long\n`);
      else if (value.length > most) yield* call.note(`string is too long, it needs to be no more than ${most} bytes long\n`);
      else {
        if (value !== "") parts.push({ oid: known.oid, text: value });
        break;
      }
    }
  }
  return parts;
}

/** Throws OpensslFailure. */
export function* loadRequest(call: Call, file: string | undefined): Blocking<CertificateRequest> {
  const failed = "Unable to load X509 request\n";
  let bytes: Uint8Array;
  try {
    bytes = yield* call.read(file);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(`Can't open "${file}" for reading, ${error.message}\n${errorLine("80000002", "system library", "BIO_new_file", error.message, "../crypto/bio/bss_file.c:67", `calling fopen(${file}, r)`)}\n${errorLine("10000080", "BIO routines", "BIO_new_file", "no such file", "../crypto/bio/bss_file.c:75")}\n${failed}`);
  }
  try {
    const body = bytes[0] === 0x30 ? bytes : pemBlocks(decode(bytes)).find(({ label }) => label === "CERTIFICATE REQUEST" || label === "NEW CERTIFICATE REQUEST")?.bytes;
    if (body !== undefined) return parseRequest(body);
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
  }
  throw new OpensslFailure(`${failed}${errorLine("0480006C", "PEM routines", "get_name", "no start line", "../crypto/pem/pem_lib.c:763", "Expecting: CERTIFICATE REQUEST")}\n`);
}

/** Whether a request is signed by its own key. */
export function* requestHolds(call: Call, request: CertificateRequest): Blocking<boolean> {
  return yield* verifyWith(call, request.key, digestOfSignature(request.signatureOid) ?? "", request.inner, request.signature);
}

function extended(call: Call, sections: ReadonlyMap<string, Section>, section: string | undefined, context: ExtensionContext): Extension[] {
  let list: Extension[] = [];
  const add = (name: string, value: string): void => {
    try {
      const made = makeExtension(name, value, context);
      if (made !== undefined) list = [...list.filter((one) => one.oid !== made.oid), made];
    } catch (error) {
      if (!(error instanceof BadExtension)) throw error;
      throw new OpensslFailure(`Error adding extensions defined via -addext\n${errorLine("11000079", "X509 V3 routines", "X509V3_EXT_nconf_int", "error in extension", "../crypto/x509/v3_conf.c:48", `section=${section ?? "default"}, name=${name}, value=${value}`)}\n`);
    }
  };
  if (section !== undefined) list = sectionExtensions(sections.get(section) ?? [], context);
  for (const one of call.all("addext")) {
    const equals = one.indexOf("=");
    add(one.slice(0, equals).trim(), one.slice(equals + 1).trim());
  }
  return list;
}

export function* req(call: Call): Blocking<number> {
  const sections = yield* loadConfiguration(call);
  const base = call.get("section") ?? "req";
  const makes = call.has("new") || call.has("newkey") || (call.has("x509") && !call.has("in"));
  let digest = digestCalled(call.others.at(-1) ?? setting(sections, base, "default_md") ?? "sha256") ?? "sha256";
  if (!makes) {
    const request = yield* loadRequest(call, call.get("in"));
    if (call.has("verify")) {
      const good = yield* requestHolds(call, request);
      yield* call.note(good ? "Certificate request self-signature verify OK\n" : "Certificate request self-signature verify failure\n");
    }
    if (call.has("x509")) {
      const key = yield* loadSecretKey(call, call.get("key"), call.get("passin"));
      return yield* selfSigned(call, sections, base, request.subject, key, digest);
    }
    if (call.has("text")) call.put(requestText(request));
    if (call.has("subject")) call.put(`subject=${nameText(request.subject)}\n`);
    if (call.has("pubkey")) call.put(pem("PUBLIC KEY", openKeyDer(request.key)));
    if (call.has("modulus") && request.key.kind === "rsa") call.put(`Modulus=${request.key.rsa.n.toString(16).toUpperCase()}\n`);
    if (!call.has("noout")) yield* call.write(pem("CERTIFICATE REQUEST", sequence(request.inner, ...itemsTail(request))));
    return 0;
  }
  let key: SecretKey;
  const file = call.get("key");
  if (file !== undefined) key = yield* loadSecretKey(call, file, call.get("passin"));
  else {
    const wanted = call.get("newkey") ?? `rsa:${setting(sections, base, "default_bits") ?? "2048"}`;
    const [algorithm = "rsa", size] = wanted.split(":");
    const options = new Map(call.all("pkeyopt").map((one) => [one.slice(0, one.indexOf(":")), one.slice(one.indexOf(":") + 1)]));
    if (size !== undefined && algorithm.toLowerCase() === "rsa") options.set("rsa_keygen_bits", size);
    const made = yield* makeSecretKey(call, algorithm, options, true);
    if (made === undefined) throw new OpensslFailure(`Unknown algorithm ${algorithm}\n`);
    key = made;
    const target = call.get("keyout") ?? setting(sections, base, "default_keyfile") ?? "privkey.pem";
    if (call.has("nodes") || call.has("noenc") || setting(sections, base, "encrypt_key") === "no") yield* call.write(pem("PRIVATE KEY", secretKeyDer(key)), true, target);
    else {
      const source = call.get("passout");
      const password = source === undefined ? yield* call.askTwice("Enter PEM pass phrase") : yield* call.passwordFrom(source);
      if (password === undefined) throw new OpensslFailure("Verify failure\n");
      if (password.length < 4) throw new OpensslFailure("phrase is too short, needs to be at least 4 chars\n");
      yield* call.write(yield* encryptedPkcs8(call.sys, key, password, "aes-256-cbc"), true, target);
    }
    yield* call.note("-----\n");
  }
  if (key.kind === "ed25519") digest = "";
  const subj = call.get("subj");
  const section = sections.get(setting(sections, base, "distinguished_name") ?? "") ?? FALLBACK;
  let parts: NamePart[];
  let attributes: readonly Uint8Array[] = [];
  if (subj !== undefined) parts = parseSubject(subj, call.has("utf8"));
  else if (call.has("batch") || setting(sections, base, "prompt") === "no") {
    const direct = setting(sections, base, "prompt") === "no";
    const defaults = new Map(section);
    parts = section.flatMap(([name, value]) => {
      const known = objectCalled(name.replace(/^\d+\./, ""));
      const text = direct ? value : (defaults.get(`${name}_default`) ?? "");
      return known === undefined || text === "" ? [] : [{ oid: known.oid, text }];
    });
  } else {
    yield* call.note(INTRODUCTION);
    parts = yield* askFields(call, section);
    if (!call.has("x509")) {
      const extra = sections.get(setting(sections, base, "attributes") ?? "") ?? [["challengePassword", "A challenge password"], ["challengePassword_min", "4"], ["challengePassword_max", "20"], ["unstructuredName", "An optional company name"]];
      if (extra.length > 0) {
        yield* call.note("\nPlease enter the following 'extra' attributes\nto be sent with your certificate request\n");
        attributes = (yield* askFields(call, extra)).map((one) => sequence(oid(one.oid), setOf(utf8String(one.text))));
      }
    }
  }
  const subject = nameDer(parts);
  if (call.has("x509")) return yield* selfSigned(call, sections, base, subject, key, digest);
  const open = openOf(key);
  const context: ExtensionContext = { subjectKey: open, issuerKey: undefined, issuerKeyIdentifier: undefined, issuerName: subject, issuerSerial: undefined, selfSigned: false, sections };
  const extensions = extended(call, sections, call.get("reqexts") ?? call.get("extensions") ?? setting(sections, base, "req_extensions"), context);
  const wanted = extensions.length === 0 ? [] : [sequence(oid("1.2.840.113549.1.9.14"), setOf(extensionsDer(extensions)))];
  const inner = sequence(integer(0), subject, openKeyDer(open), der(0xa0, ...attributes, ...wanted));
  const request = signedDer(inner, signatureAlgorithm(open, digest), yield* signWith(call, key, digest, inner));
  if (call.has("text")) call.put(requestText(parseRequest(request)));
  if (call.has("verify")) yield* call.note("Certificate request self-signature verify OK\n");
  if (call.has("subject")) call.put(`subject=${nameText(subject)}\n`);
  if (!call.has("noout")) yield* call.write(call.get("outform")?.toUpperCase() === "DER" ? request : pem("CERTIFICATE REQUEST", request));
  return 0;
}

function itemsTail(request: CertificateRequest): readonly Uint8Array[] {
  return [request.signatureOid === "" ? printableString("") : signatureAlgorithm(request.key, digestOfSignature(request.signatureOid) ?? "sha256"), der(0x03, concatBytes([Uint8Array.of(0), request.signature]))];
}

/** Twenty bytes, positive. */
export function randomSerial(call: Call): bigint {
  const bytes = call.sys.random(20);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return numberOf(bytes);
}

function* selfSigned(call: Call, sections: ReadonlyMap<string, Section>, base: string, subject: Uint8Array, key: SecretKey, digest: string): Blocking<number> {
  const open = openOf(key);
  const given = call.get("set_serial");
  const serial = given === undefined ? randomSerial(call) : BigInt(given);
  const issuer = call.get("CA");
  const signer = issuer === undefined ? key : yield* loadSecretKey(call, call.get("CAkey") ?? issuer, call.get("passin"));
  const authority = issuer === undefined ? undefined : parseCertificate(pemBlocks(decode(yield* call.read(issuer))).find(({ label }) => label === "CERTIFICATE")?.bytes ?? new Uint8Array(0));
  const days = Number(call.get("days") ?? setting(sections, base, "default_days") ?? 30);
  const now = call.nowSeconds;
  const identifier = authority?.extensions.find((one) => one.oid === "2.5.29.14");
  const context: ExtensionContext = {
    subjectKey: open, issuerKey: openOf(signer), issuerKeyIdentifier: identifier === undefined ? undefined : itemsOf(identifier.value)[0]?.body.slice(), issuerName: authority?.subject ?? subject, issuerSerial: readDer(integer(serial)).body.slice(), selfSigned: authority === undefined, sections,
  };
  const algorithm = signatureAlgorithm(openOf(signer), digest);
  const extensions = extended(call, sections, call.get("extensions") ?? setting(sections, base, "x509_extensions"), context);
  const inner = certificateInner({ serial, algorithm, issuer: authority?.subject ?? subject, subject, fromSeconds: now, untilSeconds: now + days * 86_400, key: open, extensions });
  const certificate = signedDer(inner, algorithm, yield* signWith(call, signer, digest, inner));
  if (call.has("text")) call.put(certificateText(parseCertificate(certificate)));
  if (!call.has("noout")) yield* call.write(call.get("outform")?.toUpperCase() === "DER" ? certificate : pem("CERTIFICATE", certificate));
  return 0;
}
