// openssl verify: whether chains of certificates hold.
import type { Blocking } from "../../../kernel/sys.ts";
import type { Call, Shape } from "../_call.ts";
import { nameText } from "../_certificate.ts";
import { chainPool, checkChain, loadCertificates } from "../_chain.ts";

export const verifyShape: Shape = { flags: ["verbose", "show_chain", "x509_strict", "no-CAfile", "no-CApath", "partial_chain", "no_check_time", "crl_check", "crl_check_all", "crl_download"], values: ["CAfile", "CApath", "untrusted", "trusted", "CRLfile", "purpose", "nameopt", "attime", "verify_hostname"] };

export function* verify(call: Call): Blocking<number> {
  const pool = yield* chainPool(call);
  let status = 0;
  for (const name of call.words.length === 0 ? [undefined] : call.words) {
    const [leaf] = yield* loadCertificates(call, name, "certificate file");
    if (leaf === undefined) continue;
    const shown = name ?? "stdin";
    const { chain, error } = yield* checkChain(call, leaf, pool);
    if (error === undefined) {
      call.put(`${shown}: OK\n`);
      if (call.has("show_chain")) call.put(`Chain:\n${chain.map((one, depth) => `depth=${depth}: ${nameText(one.subject)}${pool.trusted.includes(one) ? "" : " (untrusted)"}\n`).join("")}`);
      continue;
    }
    status = 2;
    yield* call.note(`${nameText(error.certificate.subject)}\nerror ${error.code} at ${error.depth} depth lookup: ${error.text}\nerror ${shown}: verification failed\n`);
  }
  return status;
}
