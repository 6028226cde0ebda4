// openssl 3.0: a command with commands (openssl(1)). Files of command/ hold them; _keys, _certificate, _extensions and _configuration what they
// share. DER, PEM, the algorithms are in kit/crypto.
import type { Blocking } from "../../kernel/sys.ts";
import { DIGEST_NAMES } from "../kit/crypto/named-digest.ts";
import { type Io, program } from "../kit/program.ts";
import { Call, OpensslFailure, type Shape } from "./_call.ts";
import { dgst, dgstShape, digestCalled } from "./command/dgst.ts";
import { cipherCalled, enc, encShape } from "./command/enc.ts";
import { ca, caShape } from "./command/ca.ts";
import { crl, crlShape } from "./command/crl.ts";
import { ecparam, ecparamShape, genpkey, genpkeyShape, genrsa, genrsaShape, pkey, pkeyShape } from "./command/keys.ts";
import { passwd, passwdShape } from "./command/passwd.ts";
import { req, reqShape } from "./command/req.ts";
import { asn1parse, asn1parseShape, ciphers, ciphersShape, pkeyutl, pkeyutlShape, prime, primeShape, rand, randShape, version, versionShape } from "./command/small.ts";
import { pkcs12, pkcs12Shape } from "./command/pkcs12.ts";
import { sClient, sClientShape } from "./command/s-client.ts";
import { sServer, sServerShape } from "./command/s-server.ts";
import { verify, verifyShape } from "./command/verify.ts";
import { x509, x509Shape } from "./command/x509.ts";

interface Subcommand {
  readonly summary: string;
  readonly shape: Shape;
  readonly run: (call: Call) => Blocking<number>;
}

const now = (body: (call: Call) => number) =>
  function* (call: Call): Blocking<number> {
    return body(call);
  };

const COMMANDS: ReadonlyMap<string, Subcommand> = new Map([
  ["asn1parse", { summary: "show what DER is made of", shape: asn1parseShape, run: asn1parse }],
  ["ca", { summary: "an authority with its database", shape: caShape, run: ca }],
  ["ciphers", { summary: "list of cipher suites", shape: ciphersShape, run: now(ciphers) }],
  ["crl", { summary: "lists of revoked certificates", shape: crlShape, run: crl }],
  ["dgst", { summary: "digests, and signatures over them", shape: dgstShape, run: (call: Call) => dgst(call, undefined) }],
  ["ec", { summary: "keys of curves", shape: pkeyShape, run: (call: Call) => pkey(call, "ec") }],
  ["ecparam", { summary: "curves and keys of them", shape: ecparamShape, run: ecparam }],
  ["enc", { summary: "encryption with a password or key", shape: encShape, run: (call: Call) => enc(call, undefined) }],
  ["genpkey", { summary: "a new private key", shape: genpkeyShape, run: genpkey }],
  ["genrsa", { summary: "a new RSA key", shape: genrsaShape, run: genrsa }],
  ["passwd", { summary: "hashes of passwords", shape: passwdShape, run: passwd }],
  ["pkcs12", { summary: "certificates and a key in one protected file", shape: pkcs12Shape, run: pkcs12 }],
  ["pkey", { summary: "keys of any kind", shape: pkeyShape, run: (call: Call) => pkey(call, "pkey") }],
  ["pkeyutl", { summary: "encryption with a key", shape: pkeyutlShape, run: pkeyutl }],
  ["prime", { summary: "whether a number is prime", shape: primeShape, run: prime }],
  ["rand", { summary: "random bytes", shape: randShape, run: rand }],
  ["req", { summary: "requests for certificates", shape: reqShape, run: req }],
  ["rsa", { summary: "RSA keys", shape: pkeyShape, run: (call: Call) => pkey(call, "rsa") }],
  ["s_client", { summary: "a connection by hand", shape: sClientShape, run: sClient }],
  ["s_server", { summary: "a server by hand", shape: sServerShape, run: sServer }],
  ["verify", { summary: "chains of certificates", shape: verifyShape, run: verify }],
  ["version", { summary: "the version", shape: versionShape, run: now(version) }],
  ["x509", { summary: "certificates", shape: x509Shape, run: x509 }],
]);

/** Commands that the real one has and this one does not. */
const REFUSED = ["cmp", "cms", "crl2pkcs7", "dhparam", "dsa", "dsaparam", "engine", "errstr", "fipsinstall", "gendsa", "info", "kdf", "mac", "nseq", "ocsp", "pkcs7", "pkcs8", "pkeyparam", "rehash", "rsautl", "s_time", "sess_id", "smime", "speed", "spkac", "srp", "storeutl", "ts"];

function columns(names: readonly string[]): string {
  let text = "";
  for (let i = 0; i < names.length; i += 4) text += `${names.slice(i, i + 4).map((name) => name.padEnd(18)).join("")}\n`;
  return text;
}

function helpList(): string {
  const ciphers128 = [128, 192, 256].flatMap((size) => [`aes-${size}-cbc`, `aes-${size}-ecb`]);
  return `help:\n\nStandard commands\n${columns([...COMMANDS.keys(), "help", "list"].sort())}\nMessage Digest commands (see the \`dgst' command for more details)\n${columns([...DIGEST_NAMES].sort())}\nCipher commands (see the \`enc' command for more details)\n${columns([...ciphers128, "base64"])}\n`;
}

function usage(name: string, { shape }: Subcommand): string {
  return `Usage: ${name} [options]\n\nValid options are:\n${[...shape.flags.map((flag) => ` -${flag}`), ...shape.values.map((value) => ` -${value} val`)].sort().map((line) => `${line}\n`).join("")}`;
}

function chosen(name: string): Subcommand | undefined {
  const known = COMMANDS.get(name);
  if (known !== undefined) return known;
  const digest = digestCalled(name);
  if (digest !== undefined) return { summary: "", shape: dgstShape, run: (call) => dgst(call, digest) };
  if (name === "base64" || cipherCalled(name) !== undefined) return { summary: "", shape: encShape, run: (call) => enc(call, name) };
  return undefined;
}

export default program(
  {
    name: "openssl", summary: "OpenSSL command line program", synopsis: ["command [options...] [parameters...]"], options: [], operands: "files",
    subcommands: [...COMMANDS].map(([name, { summary, shape }]) => ({
      name, summary, synopsis: ["[options]"],
      options: [...shape.flags.map((flag) => ({ names: [`-${flag}`], argument: undefined, argumentOptional: false, help: "", support: "simulated" as const })), ...shape.values.map((value) => ({ names: [`-${value}`], argument: "val", argumentOptional: false, help: "", support: "simulated" as const }))],
    })),
    seeAlso: ["update-ca-certificates(8)"],
  },
  function* (sys, argv, io: Io) {
    const [, name, ...rest] = argv;
    if (name === undefined || name === "help" || name === "-help" || name === "--help") {
      const about = rest[0] === undefined ? undefined : chosen(rest[0]);
      if (about === undefined) yield* io.stderr(helpList());
      else yield* io.stderr(usage(rest[0] ?? "", about));
      return 0;
    }
    if (name === "-v" || name === "--version") return version(new Call(sys, io, "version", [], versionShape));
    const command = chosen(name);
    if (command === undefined) {
      if (name === "list") {
        io.out.put(columns(rest.includes("-digest-commands") ? DIGEST_NAMES : [...COMMANDS.keys()]));
        return 0;
      }
      if (REFUSED.includes(name)) {
        sys.observe({ kind: "unsimulated", command: "openssl", detail: name });
        yield* io.stderr(`openssl: '${name}' is not simulated here\n`);
        return 1;
      }
      yield* io.stderr(`Invalid command '${name}'; type "help" for a list.\n`);
      return 1;
    }
    try {
      if (rest.includes("-help") || rest.includes("--help")) {
        yield* io.stderr(usage(name, command));
        return 0;
      }
      return yield* command.run(new Call(sys, io, name, rest, command.shape));
    } catch (error) {
      if (!(error instanceof OpensslFailure)) throw error;
      yield* io.stderr(error.message);
      return error.status;
    }
  },
);
