// Bytes that are no DER, no certificate, no key and no configuration are refused, not fatal; what is written is read again.
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOfBase64 } from "../kit/base64.ts";
import { BadDer, integer, integerOf, itemsOf, oid, oidOf, readDer, sequence, time, timeOf, utf8String } from "../kit/crypto/der.ts";
import { pem, pemBlocks } from "../kit/crypto/pem.ts";
import { nameDer, nameParts, parseCertificate, parseRequest } from "./_certificate.ts";
import { databaseText, parseDatabase } from "./_ca-database.ts";
import { parseConfiguration } from "./_configuration.ts";
import { extensionText } from "./_extensions.ts";
import { parseOpenKey } from "../kit/crypto/key-der.ts";
import { parsePkcs12, pkcs12Der } from "./_pkcs12.ts";
import { AUTHORITY, LIST, REVOKED_CERTIFICATE, STORE } from "./_recorded-files.ts";
import { parseRevocationList, revocationText } from "./_revocation.ts";
import { parseSubject } from "./command/req.ts";

test("any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, framed) => {
    const body = framed ? sequence(sequence(bytes)) : bytes;
    for (const parse of [readDer, itemsOf, parseCertificate, parseRevocationList, parseRequest, parseOpenKey]) {
      try {
        parse(body);
      } catch (error) {
        expect(error).toBeInstanceOf(BadDer);
      }
    }
    expect(extensionText("2.5.29.17", bytes, "")).toMatch(/\n$|^$/);
    expect(pemBlocks(pem("X", bytes))).toEqual([{ label: "X", bytes }]);
  }));
});

test("numbers, names, times", () => {
  fc.assert(fc.property(fc.bigInt(0n, 1n << 100n), fc.integer({ min: 0, max: 39 }), fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }), (value, second, rest) => {
    expect(integerOf(readDer(integer(value)))).toBe(value);
    const dotted = `1.${second}.${rest.join(".")}`;
    expect(oidOf(readDer(oid(dotted)))).toBe(dotted);
  }));
  const moment = { year: 2051, month: 2, day: 3, hour: 4, minute: 5, second: 6 };
  for (const year of [1999, 2026, 2049, 2050]) expect(timeOf(readDer(time(year, 2, 3, 4, 5, 6)))).toEqual({ ...moment, year });
  expect(readDer(utf8String("é")).body).toEqual(Uint8Array.of(0xc3, 0xa9));
});

test("a subject of the command line", () => {
  const parts = parseSubject("/C=FR/O=a\\/b/OU=x=y/CN=*.lan/emailAddress=a@b.c", true);
  expect(parts.map(({ text }) => text)).toEqual(["FR", "a/b", "x=y", "*.lan", "a@b.c"]);
  expect(nameParts(nameDer(parts))).toEqual(parts);
});

test("configuration files", () => {
  const sections = parseConfiguration("HOME = .\n[ a ] \nx = $HOME/k # c\ny = \"q # r\"\nlong = 1 \\\n2\n[b]\nz=${a::x}\nDNS.1=p\nDNS.2=q\n", new Map());
  expect([...sections]).toEqual([["default", [["HOME", "."]]], ["a", [["x", "./k"], ["y", "q # r"], ["long", "1 2"]]], ["b", [["z", "./k"], ["DNS.1", "p"], ["DNS.2", "q"]]]]);
  fc.assert(fc.property(fc.string(), (text) => void parseConfiguration(text, new Map())));
});

const sys = { charge: () => false, *preempt() {}, random: (length: number) => Uint8Array.from({ length }, (_, index) => index * 7) };

function finished<T>(body: Generator<unknown, T, void>): T {
  for (;;) {
    const step = body.next();
    if (step.done === true) return step.value;
  }
}

const block = (text: string): Uint8Array => pemBlocks(text)[0]?.bytes ?? new Uint8Array(0);

test("a list of revoked certificates that the real program made", () => {
  const list = parseRevocationList(block(LIST));
  expect(list.number).toBe(3n);
  expect(list.revoked.map(({ serial, reason }) => [...serial, reason])).toEqual([[10, 4]]);
  expect(list.issuer).toEqual(parseCertificate(block(AUTHORITY)).subject);
  expect(revocationText(list).split("    Signature Algorithm: ")[1]).toBe(`ecdsa-with-SHA256\n        Issuer: O = Acme, CN = Root\n        Last Update: Nov 22 15:54:27 2026 GMT\n        Next Update: Jun 16 15:54:27 2125 GMT\n        CRL extensions:\n            X509v3 CRL Number: \n                3\nRevoked Certificates:\n    Serial Number: 0A\n        Revocation Date: Nov 22 15:54:27 2026 GMT\n        CRL entry extensions:\n            X509v3 CRL Reason Code: \n                Superseded\n`);
});

test("PKCS #12: one of the real program, and there and back", () => {
  const store = finished(parsePkcs12(sys, bytesOfBase64(STORE) ?? new Uint8Array(0), "secret"));
  if (store === "password") throw new Error("not opened");
  expect(store.certificates.map(({ certificate, friendlyName }) => [friendlyName, certificate])).toEqual([["web", block(REVOKED_CERTIFICATE)]]);
  expect(store.keys.map(({ key, shrouded }) => [key.kind, shrouded])).toEqual([["ec", true]]);
  const [bag] = store.keys;
  const again = finished(parsePkcs12(sys, finished(pkcs12Der(sys, store.certificates, bag, "other")), "other"));
  expect(again).toEqual(store);
  expect(finished(parsePkcs12(sys, bytesOfBase64(STORE) ?? new Uint8Array(0), "wrong"))).toBe("password");
});

test("the database of an authority", () => {
  const text = "V\t271122154239Z\t\t1000\tunknown\t/C=FR/CN=web.lan\nR\t261202154241Z\t261122154241Z,keyCompromise\t1001\tunknown\t/CN=y\n";
  expect(databaseText(parseDatabase(text))).toBe(text);
  expect(parseDatabase(text)[1]).toEqual({ type: "R", expires: "261202154241Z", revoked: "261122154241Z,keyCompromise", serial: "1001", file: "unknown", subject: "/CN=y" });
});
