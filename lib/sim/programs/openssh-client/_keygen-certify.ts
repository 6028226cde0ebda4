// ssh-keygen -s and -L: certificates made and shown.
import { type Blocking, daysFromCivil, type Sys, SysError } from "../../kernel/sys.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { epochOfLocal, readZone, UTC, type Zone } from "../kit/zones.ts";
import { certificateOf, type CertificateOption, type CertificateRole, certify, FOREVER, type SshCertificate, signatureAlgorithmOf } from "./_certificate.ts";
import { fingerprint, isCertificate, parsePublicLine, plainKey, type PublicKey, publicLine, shownKind, typeNameOf } from "./_key.ts";
import { Fatal, type KeygenCall } from "./_keygen-call.ts";

const PERMITS = ["permit-X11-forwarding", "permit-agent-forwarding", "permit-port-forwarding", "permit-pty", "permit-user-rc"] as const;
const VALUED = ["force-command", "source-address"];
const UNIT_SECONDS = new Map([["", 1], ["s", 1], ["m", 60], ["h", 3600], ["d", 86_400], ["w", 604_800]]);

/** "1w2d": seconds. */
function spanSeconds(text: string): number | undefined {
  if (!/^(?:\d+[smhdw]?)+$/i.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([smhdw]?)/gi)].reduce((sum, [, count = "", unit = ""]) => sum + Number(count) * (UNIT_SECONDS.get(unit.toLowerCase()) ?? 1), 0);
}

/** A point of time of -V: relative to now, in seconds (hexadecimal), or YYYYMMDD[HHMM[SS]][Z]. */
export function timeOfWord(word: string, nowSeconds: number, zone: Zone): bigint | undefined {
  const [, sign, span = ""] = /^([+-])(.+)$/.exec(word) ?? [];
  if (sign !== undefined) {
    const seconds = spanSeconds(span);
    return seconds === undefined ? undefined : BigInt(sign === "+" ? nowSeconds + seconds : Math.max(0, nowSeconds - seconds));
  }
  if (/^0x[0-9a-f]{1,16}$/i.test(word)) return BigInt(word);
  const match = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z)?$/.exec(word);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return undefined;
  return BigInt(epochOfLocal(match[7] === undefined ? zone : UTC, daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second));
}

interface Validity {
  readonly after: bigint;
  readonly before: bigint;
}

function* validityOf(call: KeygenCall): Blocking<Validity> {
  const text = call.get("validity");
  if (text === undefined) return { after: 0n, before: FOREVER };
  const invalid = (): Fatal => new Fatal(`Invalid certificate life specification ${text}`);
  const now = Math.floor(call.sys.clockUs("realtime") / 1_000_000);
  const zone = yield* readZone(call.sys);
  const colon = text.indexOf(":");
  if (colon < 0) {
    const before = text.startsWith("+") ? timeOfWord(text, now, zone) : undefined;
    if (before === undefined) throw invalid();
    // clocks differ a little
    return { after: BigInt(Math.floor((now - 59) / 60) * 60), before };
  }
  const [from, until] = [text.slice(0, colon), text.slice(colon + 1)];
  const after = from === "always" ? 0n : timeOfWord(from, now, zone);
  const before = until === "forever" ? FOREVER : timeOfWord(until, now, zone);
  if (after === undefined || before === undefined) throw invalid();
  if (before <= after) throw new Fatal("Empty certificate validity interval");
  return { after, before };
}

const shownTime = (zone: Zone, seconds: bigint): string => strftime("%Y-%m-%dT%H:%M:%S", civilAt(zone, Number(seconds)));

function* shownValidity(sys: Sys, { validAfter, validBefore }: SshCertificate): Blocking<string> {
  const zone = yield* readZone(sys);
  if (validAfter === 0n && validBefore === FOREVER) return "forever";
  if (validAfter === 0n) return `before ${shownTime(zone, validBefore)}`;
  if (validBefore === FOREVER) return `after ${shownTime(zone, validAfter)}`;
  return `from ${shownTime(zone, validAfter)} to ${shownTime(zone, validBefore)}`;
}

interface Permissions {
  readonly criticalOptions: readonly CertificateOption[];
  readonly extensions: readonly CertificateOption[];
}

/** -O, in their order (ssh-keygen(1), "CERTIFICATES"). */
function permissionsOf(words: readonly string[], role: CertificateRole): Permissions {
  const flags = new Set<string>(role === "user" ? PERMITS : []);
  const critical = new Map<string, string | undefined>();
  const extra = new Map<string, string | undefined>();
  for (const word of words) {
    const equals = word.indexOf("=");
    const [name, value] = equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
    const permit = PERMITS.find((one) => one.toLowerCase() === word.toLowerCase().replace(/^no-/, "permit-"));
    if (word === "clear") flags.clear();
    else if (permit !== undefined) word.toLowerCase().startsWith("no-") ? flags.delete(permit) : flags.add(permit);
    else if (VALUED.includes(name) && value !== undefined) {
      if (critical.has(name)) throw new Fatal(`${name} already specified`);
      critical.set(name, value);
    } else if (word === "verify-required") critical.set(word, undefined);
    else if (word === "no-touch-required") extra.set(word, undefined);
    else if (/^(?:extension|critical):./.test(name)) (name.startsWith("e") ? extra : critical).set(name.slice(name.indexOf(":") + 1), value);
    else throw new Fatal(`Unsupported certificate option "${word}"`);
  }
  const sorted = (options: Iterable<readonly [string, string | undefined]>): CertificateOption[] => [...options].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ name, value }));
  return { criticalOptions: sorted(critical), extensions: role === "host" ? sorted(extra) : sorted([...[...flags].map((name) => [name, undefined] as const), ...extra]) };
}

/** -s */
export function* signKeys(call: KeygenCall, authorityPath: string): Blocking<number> {
  const { sys } = call;
  const keyId = call.get("keyId");
  if (keyId === undefined) throw new Fatal("Must specify key id (-I) when certifying");
  const role = call.has("host") ? "host" : "user";
  const permissions = permissionsOf(call.all("option"), role);
  const { after: validAfter, before: validBefore } = yield* validityOf(call);
  const names = call.get("principals");
  const principals = names?.split(",") ?? [];
  if (principals.includes("")) throw new Fatal("Empty principal name");
  const serialWord = call.get("serial") ?? "0";
  if (!/^\+?\d+$/.test(serialWord)) throw new Fatal(`Invalid serial number "${serialWord}"`);
  const content = yield* call.readSecret(authorityPath, (reason) => `Load key "${authorityPath}": ${reason}`);
  const { key: authority } = yield* call.unlocked(content, (reason) => `Load key "${authorityPath}": ${reason}`);
  let serial = BigInt(serialWord.replace("+", ""));
  for (const path of call.operands) {
    const key = yield* call.publicKeyIn(path, (reason) => `load pubkey "${path}": ${reason}`);
    if (isCertificate(key)) throw new Fatal(`key "${path}" type ${typeNameOf(key)} cannot be certified`);
    const certified = yield* certify(sys, { ...key, comment: key.comment || path }, authority, { serial, role, keyId, principals, validAfter, validBefore, ...permissions }, authority.kind === "rsa" ? call.get("type") : undefined);
    const target = `${path.replace(/\.pub$/, "")}-cert.pub`;
    try {
      yield* call.write(target, `${publicLine(certified)}\n`, 0o644);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Fatal(`Could not write certified key to ${target}: ${error.message}`);
    }
    const made = certificateOf(certified);
    if (!call.quiet && made !== undefined) {
      const valid = yield* shownValidity(sys, made);
      yield* call.io.stderr(`Signed ${role} key ${target}: id "${keyId}" serial ${serial}${principals.length === 0 ? "" : ` for ${principals.join(",")}`} valid ${valid}\n`);
    }
    if (serialWord.startsWith("+")) serial++;
  }
  return 0;
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? `        ${title}: (none)\n` : `        ${title}: \n${lines.map((line) => `                ${line}\n`).join("")}`;
}

function* certificateText(sys: Sys, key: PublicKey, certificate: SshCertificate): Blocking<string> {
  const { authority } = certificate;
  const options = (all: readonly CertificateOption[]): string[] => all.map(({ name, value }) => (value === undefined ? name : `${name} ${value}`));
  return `        Type: ${typeNameOf(key)} ${certificate.role} certificate\n        Public key: ${shownKind(key.kind)}-CERT ${fingerprint(plainKey(key).blob)}\n        Signing CA: ${shownKind(authority.kind)} ${fingerprint(authority.blob)} (using ${signatureAlgorithmOf(certificate)})\n        Key ID: "${certificate.keyId}"\n        Serial: ${certificate.serial}\n        Valid: ${yield* shownValidity(sys, certificate)}\n${list("Principals", certificate.principals)}${list("Critical Options", options(certificate.criticalOptions))}${list("Extensions", options(certificate.extensions))}`;
}

/** -L */
export function* showCertificates(call: KeygenCall): Blocking<number> {
  const path = yield* call.keyFile();
  const content = yield* call.read(path, (reason) => `stat ${path}: ${reason}`);
  const lines = content.split("\n").filter((line) => !/^\s*(#|$)/.test(line));
  let status = 0;
  let shown = false;
  for (const [index, line] of lines.entries()) {
    const key = parsePublicLine(line);
    const certificate = key === undefined ? undefined : certificateOf(key);
    if (key === undefined || certificate === undefined) {
      yield* call.complain(key === undefined ? `${path}:${index + 1} is not a valid key` : `${path}:${index + 1} is not a certificate`);
      status = 255;
      continue;
    }
    if (!shown) yield* call.say(lines.length === 1 ? `${path}:\n` : "");
    if (lines.length > 1) yield* call.say(`${path}:${index + 1}:\n`);
    shown = true;
    yield* call.say(yield* certificateText(call.sys, key, certificate));
  }
  return status;
}
