// What a client signs to prove that it has a private key (RFC 4252, section 7). Both sides name the connection by a digest of the message in which the server offered its keys.
import { concatBytes } from "../../kernel/sys.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { field } from "./_fields.ts";
import { type PublicKey, typeNameOf } from "./_key.ts";

const USERAUTH_REQUEST = 50;

export function sessionIdentifier(keysMessage: Uint8Array): Uint8Array {
  return digestOf("sha256", keysMessage);
}

export function proofData(session: Uint8Array, user: string, key: PublicKey): Uint8Array {
  const algorithm = typeNameOf(key) === "ssh-rsa" ? "rsa-sha2-512" : typeNameOf(key);
  return concatBytes([field(session), Uint8Array.of(USERAUTH_REQUEST), field(user), field("ssh-connection"), field("publickey"), Uint8Array.of(1), field(algorithm), field(key.blob)]);
}
