// Lists of revoked certificates (RFC 5280, section 5): made, read, printed.
import { BadDer, type DerItem, type DerTime, der, explicit, integer, integerOf, itemsOf, oid, oidOf, readDer, sequence, timeOf } from "../kit/crypto/der.ts";
import { colonLines } from "./_call.ts";
import { nameText, serialHex, timeDer, timeText } from "./_certificate.ts";
import { objectName } from "./_names.ts";

/** In the order of their numbers (CRLReason); 7 is not used. */
export const REASONS = ["unspecified", "keyCompromise", "CACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "", "removeFromCRL", "privilegeWithdrawn", "AACompromise"] as const;
const SHOWN_REASONS = ["Unspecified", "Key Compromise", "CA Compromise", "Affiliation Changed", "Superseded", "Cessation Of Operation", "Certificate Hold", "", "Remove From CRL", "Privilege Withdrawn", "AA Compromise"] as const;

const CRL_NUMBER = "2.5.29.20";
const REASON_CODE = "2.5.29.21";

interface Revoked {
  readonly serial: Uint8Array;
  readonly at: DerTime;
  readonly reason: number | undefined;
}

export interface RevocationList {
  readonly whole: Uint8Array;
  readonly inner: Uint8Array;
  readonly version: number;
  readonly signatureOid: string;
  readonly signature: Uint8Array;
  readonly issuer: Uint8Array;
  readonly lastUpdate: DerTime;
  readonly nextUpdate: DerTime | undefined;
  readonly revoked: readonly Revoked[];
  readonly number: bigint | undefined;
}

interface RevocationPlan {
  readonly algorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly revoked: readonly { readonly serial: bigint; readonly atSeconds: number; readonly reason: number | undefined }[];
  readonly number: bigint | undefined;
}

/** What is signed. */
export function revocationInner({ algorithm, issuer, fromSeconds, untilSeconds, revoked, number }: RevocationPlan): Uint8Array {
  const extended = number !== undefined || revoked.some(({ reason }) => reason !== undefined);
  const extension = (id: string, value: Uint8Array): Uint8Array => sequence(sequence(oid(id), der(0x04, value)));
  const entries = revoked.map(({ serial, atSeconds, reason }) => sequence(integer(serial), timeDer(atSeconds), ...(reason === undefined ? [] : [extension(REASON_CODE, der(0x0a, Uint8Array.of(reason)))])));
  return sequence(
    ...(extended ? [integer(1)] : []), algorithm, issuer, timeDer(fromSeconds), timeDer(untilSeconds), ...(entries.length === 0 ? [] : [sequence(...entries)]), ...(number === undefined ? [] : [explicit(0, extension(CRL_NUMBER, integer(number)))]),
  );
}

function extensionsOf(item: DerItem | undefined): Map<string, Uint8Array> {
  return new Map((item === undefined ? [] : itemsOf(item.body)).map((one) => {
    const parts = itemsOf(one.body);
    return [oidOf(parts[0]), parts.at(-1)?.body ?? new Uint8Array(0)];
  }));
}

/** Throws BadDer. */
export function parseRevocationList(bytes: Uint8Array): RevocationList {
  const outer = readDer(bytes);
  const [inner, algorithm, signature] = itemsOf(outer.body);
  if (inner === undefined || algorithm === undefined || signature === undefined) throw new BadDer("no list");
  const parts = itemsOf(inner.body);
  const version = parts[0]?.tag === 0x02 ? Number(integerOf(parts.shift())) : 0;
  const [, issuer, lastUpdate, ...rest] = parts;
  if (issuer === undefined || lastUpdate === undefined) throw new BadDer("no list");
  const nextUpdate = rest[0]?.tag === 0x17 || rest[0]?.tag === 0x18 ? rest.shift() : undefined;
  const entries = rest[0]?.tag === 0x30 ? rest.shift() : undefined;
  const extensions = rest.find(({ tag }) => tag === 0xa0);
  const number = extensionsOf(extensions === undefined ? undefined : readDer(extensions.body)).get(CRL_NUMBER);
  return {
    whole: outer.whole.slice(), inner: inner.whole.slice(), version, signatureOid: oidOf(itemsOf(algorithm.body)[0]), signature: signature.body.slice(1), issuer: issuer.whole.slice(), lastUpdate: timeOf(lastUpdate), nextUpdate: nextUpdate === undefined ? undefined : timeOf(nextUpdate),
    revoked: (entries === undefined ? [] : itemsOf(entries.body)).map((entry) => {
      const [serial, at, more] = itemsOf(entry.body);
      const reason = extensionsOf(more).get(REASON_CODE);
      if (serial === undefined) throw new BadDer("no serial number");
      return { serial: serial.body.slice(), at: timeOf(at), reason: reason === undefined ? undefined : readDer(reason).body[0] };
    }),
    number: number === undefined ? undefined : integerOf(readDer(number)),
  };
}

export function revocationText(list: RevocationList): string {
  const { version, signatureOid, issuer, lastUpdate, nextUpdate, number, revoked, signature } = list;
  const extensions = number === undefined ? "" : `        CRL extensions:\n            X509v3 CRL Number: \n                ${number}\n`;
  const entries = revoked.map(({ serial, at, reason }) => `    Serial Number: ${serialHex(serial)}\n        Revocation Date: ${timeText(at)}\n${reason === undefined ? "" : `        CRL entry extensions:\n            X509v3 CRL Reason Code: \n                ${SHOWN_REASONS[reason] ?? ""}\n`}`).join("");
  const algorithm = objectName(signatureOid).long;
  return `Certificate Revocation List (CRL):\n        Version ${version + 1} (0x${version.toString(16)})\n        Signature Algorithm: ${algorithm}\n        Issuer: ${nameText(issuer)}\n        Last Update: ${timeText(lastUpdate)}\n        Next Update: ${nextUpdate === undefined ? "NONE" : timeText(nextUpdate)}\n${extensions}${revoked.length === 0 ? "No Revoked Certificates.\n" : `Revoked Certificates:\n${entries}`}    Signature Algorithm: ${algorithm}\n    Signature Value:\n${colonLines(signature, "        ", 18)}`;
}
