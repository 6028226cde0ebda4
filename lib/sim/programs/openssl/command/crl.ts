// openssl crl: lists of revoked certificates shown and checked.
import { type Blocking, decode, SysError } from "../../../kernel/sys.ts";
import { BadDer } from "../../kit/crypto/der.ts";
import { digestOf } from "../../kit/crypto/named-digest.ts";
import { pem, pemBlocks } from "../../kit/crypto/pem.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { sameBytes } from "../../kit/openpgp/public-key.ts";
import { type Call, errorLine, OpensslFailure, type Shape, storeFailure } from "../_call.ts";
import { nameText, subjectHash, timeText } from "../_certificate.ts";
import { loadCertificates } from "../_chain.ts";
import { digestOfSignature, verifyWith } from "../_keys.ts";
import { parseRevocationList, type RevocationList, revocationText } from "../_revocation.ts";
import { digestCalled } from "./dgst.ts";

export const crlShape: Shape = {
  flags: ["noout", "text", "issuer", "lastupdate", "nextupdate", "fingerprint", "crlnumber", "hash", "verify"], values: ["in", "out", "inform", "outform", "CAfile", "CApath", "nameopt"],
  other: (name) => digestCalled(name) !== undefined,
};

function* load(call: Call): Blocking<RevocationList> {
  const file = call.get("in");
  const shown = file ?? "<stdin>";
  let bytes: Uint8Array;
  try {
    bytes = yield* call.read(file);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(`${storeFailure("CRL", shown, error.message)}Unable to load CRL\n`);
  }
  try {
    const body = bytes[0] === 0x30 ? bytes : pemBlocks(decode(bytes)).find(({ label }) => label === "X509 CRL")?.bytes;
    if (body !== undefined) return parseRevocationList(body);
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
  }
  throw new OpensslFailure(`Could not read CRL from ${shown}\nUnable to load CRL\n`);
}

export function* crl(call: Call): Blocking<number> {
  const list = yield* load(call);
  let status = 0;
  const authorities = call.get("CAfile");
  if (authorities !== undefined) {
    const issuer = (yield* loadCertificates(call, authorities, "certificate file")).find((one) => sameBytes(one.subject, list.issuer));
    if (issuer === undefined) throw new OpensslFailure("Error getting CRL issuer certificate\n");
    const good = yield* verifyWith(call, issuer.key, digestOfSignature(list.signatureOid) ?? "", list.inner, list.signature);
    yield* call.note(good ? "verify OK\n" : `verify failure\n${errorLine("02000068", "rsa routines", "RSA_verify", "bad signature", "../crypto/rsa/rsa_saos.c:99")}\n`);
    status = good ? 0 : 1;
  }
  for (const option of call.order) {
    switch (option) {
      case "issuer": call.put(`issuer=${nameText(list.issuer)}\n`); break;
      case "crlnumber": call.put(`crlNumber=${list.number === undefined ? "<NONE>" : `0x${((hex) => (hex.length % 2 === 0 ? hex : `0${hex}`))(list.number.toString(16).toUpperCase())}`}\n`); break;
      case "hash": call.put(`issuer name hash=${subjectHash(list.issuer)}\n`); break;
      case "lastupdate": call.put(`lastUpdate=${timeText(list.lastUpdate)}\n`); break;
      case "nextupdate": call.put(`nextUpdate=${list.nextUpdate === undefined ? "NONE" : timeText(list.nextUpdate)}\n`); break;
      case "fingerprint": {
        const name = call.others.at(-1) ?? "sha1";
        call.put(`${name.toUpperCase()} Fingerprint=${(toHex(digestOf(digestCalled(name) ?? "sha1", list.whole)).toUpperCase().match(/../g) ?? []).join(":")}\n`);
        break;
      }
      case "text": call.put(revocationText(list)); break;
      default:
    }
  }
  if (!call.has("noout")) yield* call.write(call.get("outform")?.toUpperCase() === "DER" ? list.whole : pem("X509 CRL", list.whole));
  return status;
}
