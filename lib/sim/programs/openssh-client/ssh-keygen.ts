// ssh-keygen: makes keys, shows and converts them, certifies, signs files, keeps known_hosts in order (ssh-keygen(1)).
import { counted, flag, type Io, program, text } from "../kit/program.ts";
import { GetoptError, getopt } from "../kit/getopt.ts";
import { Fatal, KeygenCall } from "./_keygen-call.ts";
import { showCertificates, signKeys } from "./_keygen-certify.ts";
import { exportKey, importKey, records } from "./_keygen-convert.ts";
import { changeComment, changePassphrase, fingerprints, generate, hostKeys, printPublic } from "./_keygen-keys.ts";
import { findHost, hashHosts, removeHost } from "./_keygen-known-hosts.ts";
import { signatureOperation } from "./_keygen-sign.ts";
import type { Blocking } from "../../kernel/sys.ts";

const options = {
  all: flag(["-A"], "make the host keys that are missing"),
  rounds: text(["-a"], "rounds", "rounds of the key derivation"),
  babble: flag(["-B"], "show the fingerprint in syllables"),
  bits: text(["-b"], "bits", "size of the key (RSA and ECDSA)"),
  comment: text(["-C"], "comment", "comment of the new key"),
  changeComment: flag(["-c"], "change the comment of a key file"),
  hash: text(["-E"], "fingerprint_hash", "hash of fingerprints: sha256 or md5"),
  export: flag(["-e"], "convert a public key to the format that -m names"),
  findHost: text(["-F"], "hostname", "look for a host in known_hosts"),
  file: text(["-f"], "filename", "the key file"),
  generic: flag(["-g"], "with -r: records of the unknown type"),
  hashHosts: flag(["-H"], "hash the names in known_hosts"),
  host: flag(["-h"], "with -s: certify a host, not a person"),
  keyId: text(["-I"], "certificate_identity", "name of the certificate, or of the signer"),
  import: flag(["-i"], "read a public key of another form (-m)"),
  showCertificate: flag(["-L"], "show what certificates say"),
  list: flag(["-l"], "show the fingerprint of a key"),
  format: text(["-m"], "key_format", "form of keys: RFC4716, PKCS8 or PEM"),
  newPassphrase: text(["-N"], "new_passphrase", "the new passphrase"),
  principals: text(["-n"], "principals", "whom a certificate is for, or what a signature is for"),
  option: text(["-O"], "option", "an option"),
  passphrase: text(["-P"], "passphrase", "the old passphrase"),
  changePassphrase: flag(["-p"], "give a key file another passphrase"),
  quiet: flag(["-q"], "say nothing while making a key"),
  removeHost: text(["-R"], "hostname", "remove a host from known_hosts"),
  records: text(["-r"], "hostname", "print SSHFP records for the domain name system"),
  authority: text(["-s"], "ca_key", "certify with this key; with -Y the signature's file"),
  type: text(["-t"], "type", "ecdsa, ed25519 or rsa"),
  validity: text(["-V"], "validity_interval", "when a certificate counts"),
  verbose: counted(["-v"], "with -l: show the randomart picture too"),
  signature: text(["-Y"], "operation", "sign, verify, check-novalidate, find-principals, match-principals"),
  publicOf: flag(["-y"], "show the public key that belongs to a private one"),
  cipher: text(["-Z"], "cipher", "how the private key is encrypted"),
  serial: text(["-z"], "serial_number", "serial number of a certificate"),
};

const synopsis = [
  "[-q] [-a rounds] [-b bits] [-C comment] [-f output_keyfile] [-m format] [-N new_passphrase] [-t type] [-Z cipher]", "-p [-f keyfile] [-m format] [-N new_passphrase] [-P old_passphrase]", "-c [-C comment] [-f keyfile]", "-y [-f input_keyfile]",
  "-l [-v] [-E fingerprint_hash] [-f input_keyfile]", "-B [-f input_keyfile]", "-e [-f input_keyfile] [-m key_format]", "-i [-f input_keyfile] [-m key_format]", "-F hostname [-lv] [-f known_hosts_file]", "-H [-f known_hosts_file]", "-R hostname [-f known_hosts_file]", "-r hostname [-g] [-f input_keyfile]",
  "-s ca_key -I certificate_identity [-h] [-n principals] [-O option] [-V validity_interval] [-z serial_number] file ...", "-L [-f input_keyfile]", "-A [-f prefix_path]", "-Y operation [-f key_file] [-I signer_identity] [-n namespace] [-s signature_file] [file ...]",
];

const usage = synopsis.map((line, index) => `${index === 0 ? "usage: " : "       "}ssh-keygen ${line}\n`).join("");

/** What the options ask for; undefined for an operation of -Y that is none. */
function modeOf(call: KeygenCall): Blocking<number> | undefined {
  const [operation, find, remove, authority, name] = (["signature", "findHost", "removeHost", "authority", "records"] as const).map((option) => call.get(option));
  if (operation !== undefined) return signatureOperation(call, operation);
  if (authority !== undefined) return signKeys(call, authority);
  if (find !== undefined) return findHost(call, find);
  if (remove !== undefined) return removeHost(call, remove);
  if (name !== undefined) return records(call, name);
  for (const [option, run] of [
    ["hashHosts", hashHosts], ["showCertificate", showCertificates], ["list", fingerprints], ["babble", fingerprints], ["export", exportKey], ["import", importKey], ["publicOf", printPublic], ["changePassphrase", changePassphrase], ["changeComment", changeComment], ["all", hostKeys],
  ] as const) if (call.has(option)) return run(call);
  return generate(call);
}

export default program(
  { name: "ssh-keygen", summary: "OpenSSH authentication key utility", operands: "files", synopsis, options: Object.values(options) },
  function* (sys, argv, io: Io) {
    const given = new Map<string, string[]>();
    let operands: readonly string[];
    try {
      const parsed = getopt(new Map(Object.entries(options)), argv.slice(1));
      for (const { option, argument = "" } of parsed.given) given.set(option, [...(given.get(option) ?? []), argument]);
      operands = parsed.operands;
    } catch (error) {
      if (!(error instanceof GetoptError)) throw error;
      yield* io.stderr(`${argv[0]}: ${error.message}\n${usage}`);
      return 1;
    }
    const call = new KeygenCall(sys, io, given, operands);
    const takesFiles = call.has("authority") || call.has("signature");
    if (operands.length > 0 && !takesFiles) {
      yield* io.stderr(`Too many arguments.\n${usage}`);
      return 1;
    }
    if (operands.length === 0 && call.has("authority") && !call.has("signature")) {
      yield* io.stderr(`Too few arguments.\n${usage}`);
      return 1;
    }
    try {
      const mode = modeOf(call);
      if (mode !== undefined) return yield* mode;
      yield* io.stderr(`Unsupported operation for -Y: "${call.get("signature") ?? ""}"\n${usage}`);
      return 1;
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      if (error.message !== "") yield* call.complain(error.message);
      return error.status;
    }
  },
);
