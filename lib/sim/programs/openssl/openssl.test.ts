// Bytes that are no DER, no certificate, no key and no configuration are refused, not fatal; what is written is read again.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BadDer, integer, integerOf, itemsOf, oid, oidOf, readDer, sequence, time, timeOf, utf8String } from "../kit/crypto/der.ts";
import { pem, pemBlocks } from "../kit/crypto/pem.ts";
import { nameDer, nameParts, parseCertificate, parseRequest } from "./_certificate.ts";
import { parseConfiguration } from "./_configuration.ts";
import { extensionText } from "./_extensions.ts";
import { parseOpenKey } from "../kit/crypto/key-der.ts";
import { parseSubject } from "./command/req.ts";

test("any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, framed) => {
    const body = framed ? sequence(sequence(bytes)) : bytes;
    for (const parse of [readDer, itemsOf, parseCertificate, parseRequest, parseOpenKey]) {
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
