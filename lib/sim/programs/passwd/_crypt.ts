// crypt(5) for the simulated accounts. New passwords get Debian 12's method (yescrypt, "$y$"); the hash itself is the simulation's own one-way mixing,
// good enough because these passwords are printed in the instructions and guard nothing outside the simulation.
import { encode } from "../../kernel/sys.ts";

const alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 43 characters of crypt's alphabet from salt and password: four rounds of a 32-bit multiply-and-xor mix for each word of output. */
function digest(salt: string, password: string): string {
  const bytes = encode(`${salt}\0${password}`);
  let out = "";
  for (let word = 0; out.length < 43; word++) {
    let hash = (0x811c9dc5 ^ Math.imul(word + 1, 0x9e3779b1)) >>> 0;
    for (let round = 0; round < 4; round++) {
      for (const byte of bytes) {
        hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
        hash = (hash ^ (hash >>> 15)) >>> 0;
      }
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
    }
    for (let part = 0; part < 5 && out.length < 43; part++) out += alphabet.charAt((hash >>> (part * 6)) & 63);
  }
  return out;
}

/** `salt` without dollars; the setting names method and cost as Debian's pam_unix writes them. */
export function cryptPassword(password: string, salt: string): string {
  const padded = [...encode(salt)].map((byte) => alphabet.charAt(byte & 63)).join("");
  return `$y$j9T$${padded}$${digest(padded, password)}`;
}

/** False for locked, empty and malformed entries. */
export function passwordMatches(password: string, stored: string): boolean {
  const fields = stored.split("$");
  const salt = fields[3];
  if (fields[1] !== "y" || salt === undefined || fields.length !== 5) return false;
  return fields[4] === digest(salt, password);
}
