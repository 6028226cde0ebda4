// openssl ca: an authority with a database of what it issued (openssl-ca(1)).
import { type Blocking, type CivilDateTime, civilFromSeconds, decode, daysFromCivil } from "../../../kernel/sys.ts";
import { der, integer, itemsOf, readDer } from "../../kit/crypto/der.ts";
import { openKeyDer, openOf, type SecretKey } from "../../kit/crypto/key-der.ts";
import { pem } from "../../kit/crypto/pem.ts";
import { sameBytes } from "../../kit/openpgp/public-key.ts";
import { exists } from "../../kit/presence.ts";
import { cannotOpen, databaseText, type IssuedCertificate, numberText, parseDatabase, readDatabaseFile, readNumberFile, replaceFile } from "../_ca-database.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import { type Certificate, type CertificateRequest, certificateInner, certificateText, epochSeconds, type Extension, type NamePart, nameDer, nameParts, nameText, parseCertificate, serialHex, signedDer, timeText } from "../_certificate.ts";
import { loadCertificates } from "../_chain.ts";
import { parseConfiguration, type Section, setting } from "../_configuration.ts";
import { BadExtension, type ExtensionContext, sectionExtensions } from "../_extensions.ts";
import { loadSecretKey, signatureAlgorithm, signWith } from "../_keys.ts";
import { objectCalled, objectName } from "../_names.ts";
import { REASONS, revocationInner } from "../_revocation.ts";
import { digestCalled } from "./dgst.ts";
import { loadRequest, parseSubject, randomSerial, requestHolds } from "./req.ts";

export const caShape: Shape = {
  flags: ["batch", "verbose", "notext", "gencrl", "preserveDN", "noemailDN", "selfsign", "create_serial", "rand_serial", "updatedb", "utf8", "msie_hack", "infiles"],
  values: ["config", "name", "in", "out", "outdir", "cert", "keyfile", "key", "passin", "days", "startdate", "enddate", "md", "policy", "extensions", "extfile", "subj", "revoke", "crl_reason", "crldays", "crlhours", "crlexts", "status", "valid"],
};

const TYPE_NAMES = new Map([["V", "Valid"], ["R", "Revoked"], ["E", "Expired"], ["S", "Suspended"]]);
const STRING_TYPES = new Map([[0x13, "PRINTABLE"], [0x14, "T61STRING"], [0x16, "IA5STRING"], [0x1c, "UNIVERSALSTRING"]]);

/** "261122154239Z" */
function stampOf(seconds: number): string {
  const { year, month, day, hour, minute, second } = civilFromSeconds(seconds);
  return `${[year % 100, month, day, hour, minute, second].map((part) => String(part).padStart(2, "0")).join("")}Z`;
}

function secondsOfStamp(text: string): number {
  const match = /^(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return 0;
  const [century, year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  return daysFromCivil((century === undefined ? (year < 50 ? 20 : 19) : century) * 100 + year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** "Nov 22 15:42:39 2027 GMT" */
function dateText(seconds: number): string {
  const time: CivilDateTime = civilFromSeconds(seconds);
  return timeText(time);
}

const slashed = (name: Uint8Array): string => `/${nameText(name, "/", "=")}`;

/** The authority: its settings, its certificate and key, its database. */
class Authority {
  readonly #call: Call;
  readonly #sections: ReadonlyMap<string, Section>;
  readonly #section: string;

  constructor(call: Call, sections: ReadonlyMap<string, Section>, section: string) {
    this.#call = call;
    this.#sections = sections;
    this.#section = section;
  }

  get sections(): ReadonlyMap<string, Section> {
    return this.#sections;
  }

  setting(name: string): string | undefined {
    return setting(this.#sections, this.#section, name);
  }

  /** Throws OpensslFailure for a setting that is not there. */
  demanded(name: string): string {
    const value = this.setting(name);
    if (value === undefined) throw new OpensslFailure(`variable lookup failed for ${this.#section}::${name}\n${errorLine("0E00006C", "configuration file routines", "NCONF_get_string", "no value", "../crypto/conf/conf_lib.c:315", `group=${this.#section} name=${name}`)}\n`);
    return value;
  }

  *entries(): Blocking<IssuedCertificate[]> {
    return parseDatabase(yield* readDatabaseFile(this.#call, this.demanded("database")));
  }

  *save(entries: readonly IssuedCertificate[]): Blocking<void> {
    const path = this.demanded("database");
    yield* replaceFile(this.#call, path, databaseText(entries));
    yield* replaceFile(this.#call, `${path}.attr`, `unique_subject = ${this.unique ? "yes" : "no"}\n`);
  }

  get unique(): boolean {
    return !/^(no|false|n|0)$/i.test(this.setting("unique_subject") ?? "yes");
  }

  *secretKey(): Blocking<SecretKey> {
    return yield* loadSecretKey(this.#call, this.#call.get("keyfile") ?? this.demanded("private_key"), this.#call.get("passin") ?? (this.#call.has("key") ? `pass:${this.#call.get("key") ?? ""}` : undefined));
  }

  /** The certificate and its key, which belong together. Throws OpensslFailure. */
  *identity(): Blocking<{ readonly certificate: Certificate; readonly key: SecretKey }> {
    const key = yield* this.secretKey();
    const [certificate] = yield* loadCertificates(this.#call, this.#call.get("cert") ?? this.demanded("certificate"), "CA certificate");
    if (certificate === undefined) throw new OpensslFailure("Unable to load CA certificate\n");
    if (!sameBytes(openKeyDer(openOf(key)), certificate.keyBytes)) throw new OpensslFailure(`CA certificate and CA private key do not match\n${errorLine("05800074", "x509 certificate routines", "X509_check_private_key", "key values mismatch", "../crypto/x509/x509_cmp.c:405")}\n`);
    return { certificate, key };
  }

  digest(key: SecretKey): string {
    if (key.kind === "ed25519") return "";
    const name = this.#call.get("md") ?? this.setting("default_md") ?? "default";
    const found = name === "default" ? "sha256" : digestCalled(name);
    if (found === undefined) throw new OpensslFailure(`${name} is an unsupported message digest type\n`);
    return found;
  }
}

function* question(call: Call, text: string): Blocking<boolean | undefined> {
  yield* call.note(text);
  const answer = yield* call.line(0);
  return answer === undefined ? undefined : /^y/i.test(answer);
}

/** The subject in the order of the policy, with what it demands. Throws OpensslFailure. */
function bySubjectPolicy(policy: Section, wanted: readonly NamePart[], authority: Certificate): NamePart[] {
  const own = nameParts(authority.subject);
  const parts: NamePart[] = [];
  for (const [name, demand] of policy) {
    const known = objectCalled(name);
    if (known === undefined) throw new OpensslFailure(`${name}:unknown object type in 'policy' configuration\n`);
    const found = wanted.filter((one) => one.oid === known.oid);
    if (found.length === 0) {
      if (demand === "optional") continue;
      if (demand === "supplied" || demand === "match") throw new OpensslFailure(`The ${name} field needed to be supplied and was missing\n`);
      throw new OpensslFailure(`${demand}:invalid type in 'policy' configuration\n`);
    }
    if (demand === "match") {
      const mine = own.find((one) => one.oid === known.oid);
      if (mine === undefined) throw new OpensslFailure(`The ${name} field does not exist in the CA certificate,\nthe 'policy' is misconfigured\n`);
      const other = found.find((one) => one.text !== mine.text);
      if (other !== undefined) throw new OpensslFailure(`The ${name} field is different between\nCA certificate (${mine.text}) and the request (${other.text})\n`);
    }
    parts.push(...found);
  }
  return parts;
}

function subjectLines(subject: Uint8Array): string {
  return itemsOf(readDer(subject).body).flatMap((set) => itemsOf(set.body)).map((pair) => {
    const [id, value] = itemsOf(pair.body);
    const [part] = nameParts(der(0x30, der(0x31, pair.whole)));
    const type = STRING_TYPES.get(value?.tag ?? 0) ?? `ASN.1 ${String((value?.tag ?? 0) & 31).padStart(2)}`;
    return id === undefined || part === undefined ? "" : `${objectName(part.oid).long.padEnd(22)}:${type}:'${part.text}'\n`;
  }).join("");
}

interface Issue {
  readonly authority: Authority;
  readonly identity: { readonly certificate: Certificate; readonly key: SecretKey };
  readonly entries: IssuedCertificate[];
}

function* extensionsFor(call: Call, { authority, identity }: Issue, request: CertificateRequest, subject: Uint8Array, serial: bigint): Blocking<Extension[]> {
  const file = call.get("extfile");
  const sections = file === undefined ? authority.sections : parseConfiguration(decode(yield* call.read(file)), call.sys.environment);
  const section = call.get("extensions") ?? (file === undefined ? authority.setting("x509_extensions") : (sections.get("default")?.find(([name]) => name === "extensions")?.[1] ?? "default"));
  const { certificate } = identity;
  const identifier = certificate.extensions.find((one) => objectName(one.oid).short === "subjectKeyIdentifier");
  const own = call.has("selfsign");
  const context: ExtensionContext = {
    subjectKey: request.key, issuerKey: openOf(identity.key), issuerKeyIdentifier: own || identifier === undefined ? undefined : itemsOf(identifier.value)[0]?.body.slice(), issuerName: own ? subject : certificate.subject, issuerSerial: own ? readDer(integer(serial)).body.slice() : certificate.serial, selfSigned: own, sections,
  };
  if (section !== undefined && section !== "default" && !sections.has(section)) throw new OpensslFailure(`Error checking certificate extension section ${section}\n`);
  try {
    const made = section === undefined ? [] : sectionExtensions((sections.get(section) ?? []).filter(([name]) => name !== "extensions"), context);
    const copies = authority.setting("copy_extensions");
    const asked = copies === "copy" || copies === "copyall" ? request.extensions.filter((one) => copies === "copyall" || !made.some((other) => other.oid === one.oid)) : [];
    return [...made.filter((one) => !asked.some((other) => other.oid === one.oid)), ...asked];
  } catch (error) {
    if (!(error instanceof BadExtension)) throw error;
    throw new OpensslFailure(`Error adding certificate extensions from section ${section ?? "default"}\n${errorLine("11000079", "X509 V3 routines", "X509V3_EXT_nconf_int", "error in extension", "../crypto/x509/v3_conf.c:48", error.message)}\n`);
  }
}

/** One request; undefined when it shall not be certified. */
function* certifyOne(call: Call, issue: Issue, file: string | undefined, serial: bigint): Blocking<Certificate | undefined> {
  const { authority, identity, entries } = issue;
  const request = yield* loadRequest(call, file);
  yield* call.note("Check that the request matches the signature\n");
  if (!(yield* requestHolds(call, request))) {
    yield* call.note("Signature did not match the certificate request\n");
    return undefined;
  }
  yield* call.note("Signature ok\n");
  const subj = call.get("subj");
  const asked = subj === undefined ? request.subject : nameDer(parseSubject(subj, call.has("utf8")));
  yield* call.note(`The Subject's Distinguished Name is as follows\n${subjectLines(asked)}`);
  const policyName = call.get("policy") ?? authority.demanded("policy");
  const policy = authority.sections.get(policyName);
  if (policy === undefined) throw new OpensslFailure(`unable to find 'section' for ${policyName}\n`);
  const chosen = bySubjectPolicy(policy, nameParts(asked), identity.certificate);
  const subject = call.has("preserveDN") || authority.setting("preserve") === "yes" ? asked : nameDer(chosen);
  const shown = slashed(subject);
  const same = authority.unique ? entries.find((entry) => entry.type === "V" && entry.subject === shown) : undefined;
  const taken = same ?? entries.find((entry) => entry.serial === numberText(serial));
  if (taken !== undefined) {
    const what = same === undefined ? `ERROR:Serial number ${numberText(serial)} has already been issued,\n      check the database/serial_file for corruption\n` : `ERROR:There is already a certificate for ${shown}\n`;
    const revoked = taken.type === "R" ? `Revoked on    :${taken.revoked}\n` : "";
    throw new OpensslFailure(`${what}The matching entry has the following details\nType          :${TYPE_NAMES.get(taken.type) ?? taken.type}\n${revoked}Expires on    :${taken.expires}\nSerial Number :${taken.serial}\nFile name     :${taken.file}\nSubject Name  :${taken.subject}\n`);
  }
  const from = call.has("startdate") ? secondsOfStamp(call.get("startdate") ?? "") : call.nowSeconds;
  const end = call.get("enddate") ?? authority.setting("default_enddate");
  const days = Number(call.get("days") ?? authority.setting("default_days") ?? 0);
  if (end === undefined && days === 0) throw new OpensslFailure("cannot lookup how many days to certify for\n");
  const until = call.has("enddate") || (end !== undefined && !call.has("days")) ? secondsOfStamp(end ?? "") : from + days * 86_400;
  yield* call.note(`Certificate is to be certified until ${dateText(until)}${end === undefined || call.has("days") ? ` (${days} days)` : ""}\n`);
  const extensions = yield* extensionsFor(call, issue, request, subject, serial);
  const signs = call.has("batch") || (yield* question(call, "Sign the certificate? [y/n]:"));
  if (signs !== true) {
    yield* call.note(`CERTIFICATE WILL NOT BE CERTIFIED${signs === undefined ? ": I/O error" : ""}\n`);
    return undefined;
  }
  const digest = authority.digest(identity.key);
  const algorithm = signatureAlgorithm(openOf(identity.key), digest);
  const inner = certificateInner({ serial, algorithm, issuer: call.has("selfsign") ? subject : identity.certificate.subject, subject, fromSeconds: from, untilSeconds: until, key: request.key, extensions });
  const made = parseCertificate(signedDer(inner, algorithm, yield* signWith(call, identity.key, digest, inner)));
  entries.push({ type: "V", expires: stampOf(epochSeconds(made.notAfter)), revoked: "", serial: numberText(serial), file: "unknown", subject: shown });
  yield* call.note("\n");
  return made;
}

function* issue(call: Call, authority: Authority): Blocking<number> {
  const key = yield* authority.secretKey();
  const identity = call.has("selfsign") ? undefined : yield* authority.identity();
  const serialFile = authority.setting("serial");
  const entries = yield* authority.entries();
  const directory = call.get("outdir") ?? authority.setting("new_certs_dir");
  if (directory === undefined) throw new OpensslFailure("there needs to be defined a directory for new certificate to be placed in\n");
  if (!exists(call.sys, directory)) throw new OpensslFailure(`${directory}: No such file or directory\n${errorLine("80000002", "system library", "BIO_new_file", "No such file or directory", "../crypto/bio/bss_file.c:67", `calling access(${directory})`)}\n`);
  let serial: bigint;
  if (call.has("rand_serial") || serialFile === undefined) serial = randomSerial(call);
  else if (call.has("create_serial") && !exists(call.sys, serialFile)) serial = randomSerial(call);
  else serial = yield* readNumberFile(call, serialFile, "serial number");
  const files = [...(call.has("in") || call.words.length === 0 ? [call.get("in")] : []), ...call.words];
  // an authority's own certificate is made from its own request
  const own = identity ?? { certificate: selfCertificate(yield* loadRequest(call, files[0])), key };
  const made: Certificate[] = [];
  for (const file of files) {
    const one = yield* certifyOne(call, { authority, identity: own, entries }, file, serial);
    if (one === undefined) continue;
    made.push(one);
    serial++;
  }
  if (made.length === 0) return 0;
  const commits = call.has("batch") || (yield* question(call, `\n${made.length} out of ${files.length} certificate requests certified, commit? [y/n]`));
  if (commits !== true) {
    yield* call.note(`CERTIFICATION CANCELED${commits === undefined ? ": I/O error" : ""}\n`);
    return 0;
  }
  yield* call.note(`Write out database with ${made.length} new entries\n`);
  if (serialFile !== undefined && !call.has("rand_serial")) yield* replaceFile(call, serialFile, `${numberText(serial)}\n`);
  yield* authority.save(entries);
  const text = (one: Certificate): string => `${call.has("notext") ? "" : certificateText(one, "=")}${pem("CERTIFICATE", one.whole)}`;
  for (const one of made) yield* call.write(text(one), false, `${directory}/${serialHex(one.serial)}.pem`);
  yield* call.note("Database updated\n");
  yield* call.write(made.map(text).join(""));
  return 0;
}

/** What -selfsign takes for the authority: the request's own name. */
function selfCertificate(request: CertificateRequest): Certificate {
  const never = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  const nothing = new Uint8Array(0);
  return { whole: nothing, inner: nothing, version: 2, serial: nothing, signatureOid: "", issuer: request.subject, subject: request.subject, notBefore: never, notAfter: never, key: request.key, keyBytes: openKeyDer(request.key), extensions: [], signature: nothing };
}

function* revoke(call: Call, authority: Authority, file: string): Blocking<number> {
  const entries = yield* authority.entries();
  const [certificate] = yield* loadCertificates(call, file, "certificate to be revoked");
  if (certificate === undefined) return 1;
  const serial = numberText(BigInt(`0x${serialHex(certificate.serial)}`));
  const reason = call.get("crl_reason");
  if (reason !== undefined && !REASONS.some((one) => one.toLowerCase() === reason.toLowerCase())) throw new OpensslFailure(`Unknown CRL reason ${reason}\n`);
  let entry = entries.find((one) => one.serial === serial);
  if (entry === undefined) {
    yield* call.note(`Adding Entry with serial number ${serial} to DB for ${slashed(certificate.subject)}\n`);
    entry = { type: "V", expires: stampOf(epochSeconds(certificate.notAfter)), revoked: "", serial, file: "unknown", subject: slashed(certificate.subject) };
    entries.push(entry);
  }
  if (entry.type === "R") throw new OpensslFailure(`ERROR:Already revoked, serial number ${serial}\n`);
  yield* call.note(`Revoking Certificate ${serial}.\n`);
  entry.type = "R";
  entry.revoked = `${stampOf(call.nowSeconds)}${reason === undefined ? "" : `,${REASONS.find((one) => one.toLowerCase() === reason.toLowerCase()) ?? reason}`}`;
  yield* authority.save(entries);
  yield* call.note("Database updated\n");
  return 0;
}

function* generateList(call: Call, authority: Authority): Blocking<number> {
  const { certificate, key } = yield* authority.identity();
  const numberFile = authority.setting("crlnumber");
  const number = numberFile === undefined ? undefined : yield* readNumberFile(call, numberFile, "CRL number");
  const days = Number(call.get("crldays") ?? (call.has("crlhours") ? 0 : (authority.setting("default_crl_days") ?? 0)));
  const hours = Number(call.get("crlhours") ?? authority.setting("default_crl_hours") ?? 0);
  if (days === 0 && hours === 0) throw new OpensslFailure("cannot lookup how long until the next CRL is issued\n");
  const digest = authority.digest(key);
  const algorithm = signatureAlgorithm(openOf(key), digest);
  const now = call.nowSeconds;
  const revoked = (yield* authority.entries()).filter(({ type }) => type === "R").map(({ serial, revoked: when }) => {
    const [stamp = "", word] = when.split(",");
    const reason = word === undefined ? -1 : REASONS.findIndex((one) => one.toLowerCase() === word.toLowerCase());
    return { serial: BigInt(`0x${serial}`), atSeconds: secondsOfStamp(stamp), reason: reason < 0 ? undefined : reason };
  });
  const inner = revocationInner({ algorithm, issuer: certificate.subject, fromSeconds: now, untilSeconds: now + days * 86_400 + hours * 3600, revoked: [...revoked].sort((a, b) => (a.serial < b.serial ? -1 : 1)), number });
  const list = signedDer(inner, algorithm, yield* signWith(call, key, digest, inner));
  if (numberFile !== undefined && number !== undefined) yield* replaceFile(call, numberFile, `${numberText(number + 1n)}\n`);
  yield* call.write(pem("X509 CRL", list));
  return 0;
}

function* status(call: Call, authority: Authority, wanted: string): Blocking<number> {
  if (!/^[0-9A-Fa-f]+$/.test(wanted)) throw new OpensslFailure(`Error verifying serial ${wanted}!\n`);
  const serial = numberText(BigInt(`0x${wanted}`));
  const entry = (yield* authority.entries()).find((one) => one.serial === serial);
  if (entry === undefined) {
    yield* call.note(`Serial ${wanted} not present in db.\nError verifying serial ${wanted}!\n`);
    return 1;
  }
  yield* call.note(`${wanted}=${TYPE_NAMES.get(entry.type) ?? "Unknown"} (${entry.type})\n`);
  return 0;
}

/** What is over becomes E. */
function* expire(call: Call, authority: Authority): Blocking<number> {
  const entries = yield* authority.entries();
  const over = entries.filter(({ type, expires }) => type === "V" && secondsOfStamp(expires) <= call.nowSeconds);
  for (const entry of over) {
    entry.type = "E";
    yield* call.note(`${entry.serial}=Expired\n`);
  }
  if (over.length > 0) {
    yield* authority.save(entries);
    yield* call.note("Database updated\n");
  }
  return 0;
}

export function* ca(call: Call): Blocking<number> {
  const path = call.get("config") ?? call.sys.environment.get("OPENSSL_CONF") ?? "/usr/lib/ssl/openssl.cnf";
  yield* call.note(`Using configuration from ${path}\n`);
  if (!exists(call.sys, path)) throw new OpensslFailure(`Can't open "${path}" for reading, No such file or directory\n${cannotOpen(path, "No such file or directory")}`);
  const sections = parseConfiguration(decode(yield* call.read(path)), call.sys.environment);
  const section = call.get("name") ?? setting(sections, "ca", "default_ca");
  if (section === undefined) throw new OpensslFailure(`variable lookup failed for ca::default_ca\n${errorLine("0E00006C", "configuration file routines", "NCONF_get_string", "no value", "../crypto/conf/conf_lib.c:315", "group=ca name=default_ca")}\n`);
  const authority = new Authority(call, sections, section);
  const wanted = call.get("status");
  if (wanted !== undefined) return yield* status(call, authority, wanted);
  if (call.has("updatedb")) return yield* expire(call, authority);
  const file = call.get("revoke");
  if (file !== undefined) return yield* revoke(call, authority, file);
  return yield* call.has("gencrl") ? generateList(call, authority) : issue(call, authority);
}
