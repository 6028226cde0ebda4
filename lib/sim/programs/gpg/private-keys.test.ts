// The files of private keys come back as they went in, whatever the algorithm and the passphrase; other bytes are refused, not fatal.
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encode } from "../../kernel/sys.ts";
import { parsePackets } from "../kit/openpgp/packet.ts";
import { BadPacket } from "../kit/openpgp/packet.ts";
import { keyBlocks } from "../kit/openpgp/key-block.ts";
import { dearmor, armored } from "../kit/openpgp/armor.ts";
import { makeKeyPair } from "./_generate.ts";
import { parseKeybox } from "./_keybox.ts";
import { parseExpression, privateKeyFile, readPrivateKeyFile } from "./_private-keys.ts";
import { newTrustDatabase, parseTrustDatabase, trustDatabaseBytes } from "./_trust-database.ts";

const sys = { charge: () => false, random: (length: number) => new Uint8Array(randomBytes(length)), *preempt() {} };

function finished<T>(body: Generator<unknown, T, void>): T {
  for (;;) {
    const step = body.next();
    if (step.done === true) return step.value;
  }
}

test.each(["rsa1024", "ed25519", "cv25519", "nistp256"])("a private key of %s", (algorithm) => {
  for (let i = 0; i < (algorithm === "rsa1024" ? 1 : 6); i++) {
    const pair = finished(makeKeyPair({ sys, nowSeconds: 1_795_000_000 }, algorithm, true));
    if (pair === undefined) throw new Error("no key");
    for (const passphrase of ["", "é secret"]) {
      const file = encode(finished(privateKeyFile(sys, pair.key, pair.numbers, passphrase, "20261122T114451")));
      expect(finished(readPrivateKeyFile(sys, file, passphrase))).toEqual({ kind: "numbers", numbers: pair.numbers, protected: passphrase !== "" });
      if (passphrase !== "") expect([finished(readPrivateKeyFile(sys, file, "wrong")).kind, finished(readPrivateKeyFile(sys, file, undefined)).kind]).toEqual(["wrong-passphrase", "locked"]);
    }
  }
});

test("any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    parseExpression(bytes);
    for (const parse of [() => keyBlocks(parsePackets(bytes)), () => parseKeybox(bytes)]) {
      try {
        parse();
      } catch (error) {
        expect(error).toBeInstanceOf(BadPacket);
      }
    }
    parseTrustDatabase(bytes);
    expect(dearmor(encode(armored("MESSAGE", bytes)))).toEqual({ kind: "armor", title: "MESSAGE", bytes, crcError: false });
  }));
});

test("the trust database", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.tuple(fc.constantFrom("aa", "ab", "ff"), fc.uint8Array({ minLength: 19, maxLength: 19 })), { maxLength: 20, selector: ([, rest]) => rest.join() }), (keys) => {
    const database = newTrustDatabase(1_795_000_000);
    for (const [first, rest] of keys) database.owner.set(`${first}${[...rest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`.toUpperCase(), 6);
    expect(parseTrustDatabase(trustDatabaseBytes(database, new Map()))).toEqual(database);
  }));
});
