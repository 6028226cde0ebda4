// The authorities that the simulated machine knows: names of Mozilla's list, keys of our own that nobody signs with. What update-ca-certificates
// left at the installation is made from them.
import { encode } from "../../kernel/sys.ts";
import { der, integer, oid, sequence, setOf, time, utf8String } from "../kit/crypto/der.ts";
import { ed25519PublicKey, ed25519Sign } from "../kit/crypto/curve25519.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { pem } from "../kit/crypto/pem.ts";
import type { PackageFile } from "../kit/package.ts";
import { subjectHash } from "../openssl/_certificate.ts";

export const ROOT_NAMES: readonly string[] = [
  "Amazon_Root_CA_1", "Certigna", "Certigna_Root_CA", "DigiCert_Global_Root_CA", "DigiCert_Global_Root_G2", "Entrust_Root_Certification_Authority_-_G2", "GTS_Root_R1", "GlobalSign_Root_CA", "ISRG_Root_X1", "ISRG_Root_X2",
  "QuoVadis_Root_CA_2", "SwissSign_Gold_CA_-_G2", "T-TeleSec_GlobalRoot_Class_2", "USERTrust_ECC_Certification_Authority", "USERTrust_RSA_Certification_Authority", "e-Szigno_Root_CA_2017",
];

const commonName = (name: string): Uint8Array => sequence(setOf(sequence(oid("2.5.4.3"), utf8String(name.replaceAll("_", " ")))));
const ED25519 = sequence(oid("1.3.101.112"));

/** A certificate signed by itself, the same in every world; `sealed` false only has its length. */
function certificate(name: string, sealed: boolean): Uint8Array {
  const seed = digestOf("sha256", encode(`certificate authority ${name}`));
  const key = sealed ? ed25519PublicKey(seed) : new Uint8Array(32);
  const bits = (bytes: Uint8Array): Uint8Array => der(0x03, Uint8Array.of(0), bytes);
  const serial = seed.slice(0, 16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const constraints = sequence(oid("2.5.29.19"), der(0x01, Uint8Array.of(255)), der(0x04, sequence(der(0x01, Uint8Array.of(255)))));
  const identifier = sequence(oid("2.5.29.14"), der(0x04, der(0x04, sealed ? digestOf("sha1", key) : new Uint8Array(20))));
  const inner = sequence(
    der(0xa0, integer(2)), der(0x02, serial), ED25519, commonName(name), sequence(time(2015, 6, 4, 11, 4, 38), time(2040, 6, 4, 11, 4, 38)), commonName(name),
    sequence(ED25519, bits(key)), der(0xa3, sequence(constraints, identifier)),
  );
  return sequence(inner, ED25519, bits(sealed ? ed25519Sign(seed, inner) : new Uint8Array(64)));
}

const made = new Map<string, Uint8Array>();

export function rootCertificatePem(name: string): Uint8Array {
  const known = made.get(name) ?? encode(pem("CERTIFICATE", certificate(name, true)));
  made.set(name, known);
  return known;
}

/** Its length, without the work of signing. */
export function rootCertificateBytes(name: string): number {
  return pem("CERTIFICATE", certificate(name, false)).length;
}

/** The links and the bundle below /etc/ssl/certs of a fresh machine. They belong to no package. */
export function installedCertificates(): readonly PackageFile[] {
  return [
    ...ROOT_NAMES.flatMap((name): readonly PackageFile[] => [
      { path: `/etc/ssl/certs/${name}.pem`, symlink: `/usr/share/ca-certificates/mozilla/${name}.crt` },
      { path: `/etc/ssl/certs/${subjectHash(commonName(name))}.0`, symlink: `${name}.pem` },
    ]),
    {
      path: "/etc/ssl/certs/ca-certificates.crt",
      content: () => Uint8Array.from(ROOT_NAMES.flatMap((name) => [...rootCertificatePem(name)])),
      contentBytes: ROOT_NAMES.reduce((sum, name) => sum + rootCertificateBytes(name), 0),
    },
  ];
}
