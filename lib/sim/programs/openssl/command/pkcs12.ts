// openssl pkcs12: files with certificates and a key, made and opened.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { BadDer } from "../../kit/crypto/der.ts";
import { encryptedPkcs8, openKeyDer, openOf, secretKeyDer } from "../../kit/crypto/key-der.ts";
import { pem } from "../../kit/crypto/pem.ts";
import { sameBytes } from "../../kit/openpgp/public-key.ts";
import { type Call, errorLine, OpensslFailure, type Shape } from "../_call.ts";
import { nameText, parseCertificate } from "../_certificate.ts";
import { loadCertificates } from "../_chain.ts";
import { loadSecretKey } from "../_keys.ts";
import { type CertificateBag, localKeyIdOf, parsePkcs12, type Pkcs12, pkcs12Der } from "../_pkcs12.ts";

export const pkcs12Shape: Shape = {
  flags: ["export", "nodes", "noenc", "nokeys", "nocerts", "clcerts", "cacerts", "info", "noout", "nomac", "legacy", "keyex", "keysig", "chain"],
  values: ["in", "out", "inkey", "certfile", "name", "caname", "passin", "passout", "password", "CAfile", "keypbe", "certpbe", "macalg", "iter"],
};

function* exported(call: Call): Blocking<number> {
  const file = call.get("in");
  const key = call.has("nokeys") ? undefined : yield* loadSecretKey(call, call.get("inkey") ?? file, call.get("passin"));
  const certificates = call.has("nocerts") ? [] : yield* loadCertificates(call, file, "certificates");
  const own = key === undefined ? undefined : certificates.find((one) => sameBytes(one.keyBytes, openKeyDer(openOf(key))));
  if (key !== undefined && own === undefined && certificates.length > 0) throw new OpensslFailure(`No cert in -in file '${file ?? "stdin"}' matches private key\n${errorLine("05800074", "x509 certificate routines", "X509_check_private_key", "key values mismatch", "../crypto/x509/x509_cmp.c:403")}\n`);
  const more = call.has("certfile") ? yield* loadCertificates(call, call.get("certfile"), "certificates from -certfile") : [];
  const source = call.get("passout") ?? call.get("password");
  const password = source === undefined ? yield* call.askTwice("Enter Export Password") : yield* call.passwordFrom(source);
  if (password === undefined) throw new OpensslFailure("Verify failure\nCan't read Password\n");
  const friendlyName = call.get("name");
  const names = call.all("caname");
  const ownFacts = { friendlyName, localKeyId: own === undefined ? undefined : localKeyIdOf(own.whole) };
  const bags: CertificateBag[] = [
    ...(own === undefined ? [] : [{ ...ownFacts, certificate: own.whole }]),
    ...[...certificates.filter((one) => one !== own), ...more].map((one, index) => ({ friendlyName: names[index] ?? (own === undefined && index === 0 ? friendlyName : undefined), localKeyId: undefined, certificate: one.whole })),
  ];
  yield* call.write(yield* pkcs12Der(call.sys, bags, key === undefined ? undefined : { ...ownFacts, key }, password), true);
  return 0;
}

function bagText(kind: string, { friendlyName, localKeyId }: { readonly friendlyName: string | undefined; readonly localKeyId: Uint8Array | undefined }): string {
  if (friendlyName === undefined && localKeyId === undefined) return `${kind} Attributes: <No Attributes>\n`;
  const id = localKeyId === undefined ? "" : `    localKeyID: ${[...localKeyId].map((byte) => `${byte.toString(16).toUpperCase().padStart(2, "0")} `).join("")}\n`;
  return `${kind} Attributes\n${friendlyName === undefined ? "" : `    friendlyName: ${friendlyName}\n`}${id}`;
}

function* opened(call: Call): Blocking<Pkcs12> {
  const file = call.get("in");
  let bytes: Uint8Array;
  try {
    bytes = yield* call.read(file);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(`Can't open "${file ?? ""}" for reading, ${error.message}\n${errorLine("80000002", "system library", "BIO_new_file", error.message, "../crypto/bio/bss_file.c:67", `calling fopen(${file ?? ""}, rb)`)}\n${errorLine("10000080", "BIO routines", "BIO_new_file", "no such file", "../crypto/bio/bss_file.c:75")}\n`);
  }
  const source = call.get("passin") ?? call.get("password");
  const password = source === undefined ? yield* call.ask("Enter Import Password:") : yield* call.passwordFrom(source);
  try {
    const store = yield* parsePkcs12(call.sys, bytes, password);
    if (store !== "password") return store;
  } catch (error) {
    if (!(error instanceof BadDer)) throw error;
    throw new OpensslFailure(`${errorLine("068000A8", "asn1 encoding routines", "asn1_check_tlen", "wrong tag", "../crypto/asn1/tasn_dec.c:1215")}\n${errorLine("0688010A", "asn1 encoding routines", "asn1_item_embed_d2i", "nested asn1 error", "../crypto/asn1/tasn_dec.c:375", "Type=PKCS12")}\n`);
  }
  throw new OpensslFailure("Mac verify error: invalid password?\n");
}

export function* pkcs12(call: Call): Blocking<number> {
  if (call.has("export")) return yield* exported(call);
  const { certificates, keys, mac, parts } = yield* opened(call);
  if (call.has("info")) yield* call.note(`MAC: ${mac.hash}, Iteration ${mac.rounds}\nMAC length: ${mac.macBytes}, salt length: ${mac.saltBytes}\n${parts.map((line) => `${line}\n`).join("")}`);
  if (call.has("noout")) return 0;
  let text = "";
  for (const bag of call.has("nocerts") ? [] : certificates) {
    if ((call.has("clcerts") && bag.localKeyId === undefined) || (call.has("cacerts") && bag.localKeyId !== undefined)) continue;
    const { subject, issuer } = parseCertificate(bag.certificate);
    text += `${bagText("Bag", bag)}subject=${nameText(subject)}\nissuer=${nameText(issuer)}\n${pem("CERTIFICATE", bag.certificate)}`;
  }
  for (const bag of call.has("nokeys") ? [] : keys) {
    text += `${bagText("Bag", bag)}Key Attributes: <No Attributes>\n`;
    if (call.has("nodes") || call.has("noenc")) text += pem("PRIVATE KEY", secretKeyDer(bag.key));
    else {
      const source = call.get("passout");
      const password = source === undefined ? yield* call.askTwice("Enter PEM pass phrase") : yield* call.passwordFrom(source);
      if (password === undefined) throw new OpensslFailure("Verify failure\n");
      text += yield* encryptedPkcs8(call.sys, bag.key, password, "aes-256-cbc");
    }
  }
  yield* call.write(text, true);
  return 0;
}
