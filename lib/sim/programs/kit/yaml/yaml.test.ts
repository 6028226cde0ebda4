import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadYaml, type YamlValue } from "./parse-yaml.ts";
import { YamlError } from "./yaml-error.ts";

const plain = (value: YamlValue): unknown => (value instanceof Map ? Object.fromEntries([...value].map(([name, one]) => [name, plain(one)])) : Array.isArray(value) ? value.map(plain) : value);
const load = (text: string): unknown => plain(loadYaml(text));

// what PyYAML 6.0's safe_load says of the same texts
describe("YAML as PyYAML reads it", () => {
  it.each([
    ["a: yes\nb: Off\nc: ~\nd:\n", { a: true, b: false, c: null, d: null }],
    ["a: 010\nb: 0o10\nc: 0x1F\nd: 1_000\ne: 1:30\nf: 0b11\n", { a: 8, b: "0o10", c: 31, d: 1000, e: 90, f: 3 }],
    ["a: 1.5\nb: 1e3\nc: 1.0e+3\nd: .5\n", { a: 1.5, b: "1e3", c: 1000, d: 0.5 }],
    ["- a\n-  - b\n   - c: d\n     e: [f, {g: h}, ]\n", ["a", ["b", { c: "d", e: ["f", { g: "h" }] }]]],
    ["k:\n- 1\n- 2\nl: x # note\n", { k: [1, 2], l: "x" }],
    ["a: |\n  one\n   two\n\n  three\nb: >-\n  x\n  y\n\n  z\n", { a: "one\n two\n\nthree\n", b: "x y\nz" }],
    ["a: |+\n  x\n\nb: |2\n    y\n", { a: "x\n\n", b: "  y\n" }],
    ["a: 'it''s'\nb: \"tab\\t\\x41\\u00e9\"\nc: one\n  two\n", { a: "it's", b: "tab\tAé", c: "one two" }],
    ["base: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3\n", { base: { x: 1, y: 2 }, d: { x: 1, y: 3 } }],
    ["? a\n: b\nhttp://x: y:z\n", { a: "b", "http://x": "y:z" }],
    ["--- # start\nx: !!str 5\n...\n", { x: "5" }],
    ["", null], ["# only\n", null], ["[]", []], ["on", true],
  ])("%j", (text, value) => {
    expect(load(text)).toEqual(value);
  });

  it.each([
    ["a: b: c\n", 'mapping values are not allowed here\n  in "<unicode string>", line 1, column 5:\n    a: b: c\n        ^'],
    ["a:\n\t- b\n", 'while scanning for the next token\nfound character \'\\t\' that cannot start any token\n  in "<unicode string>", line 2, column 1:\n    \t- b\n    ^'],
    ["a: [b, c\n", 'while parsing a flow sequence\n  in "<unicode string>", line 1, column 4:\n    a: [b, c\n       ^\nexpected \',\' or \']\', but got \'<stream end>\'\n  in "<unicode string>", line 2, column 1:\n    \n    ^'],
    ["a: *x\n", 'found undefined alias \'x\'\n  in "<unicode string>", line 1, column 4:\n    a: *x\n       ^'],
    ["a: 'b\n", 'while scanning a quoted scalar\n  in "<unicode string>", line 1, column 4:\n    a: \'b\n       ^\nfound unexpected end of stream\n  in "<unicode string>", line 2, column 1:\n    \n    ^'],
    ["a: 1\nb\n", 'while scanning a simple key\n  in "<unicode string>", line 2, column 1:\n    b\n    ^\ncould not find expected \':\'\n  in "<unicode string>", line 3, column 1:\n    \n    ^'],
    ["a: 1\n---\nb: 2\n", 'expected a single document in the stream\n  in "<unicode string>", line 1, column 1:\n    a: 1\n    ^\nbut found another document\n  in "<unicode string>", line 2, column 1:\n    ---\n    ^'],
  ])("refuses %j", (text, message) => {
    let said = "";
    try {
      loadYaml(text);
    } catch (error) {
      if (error instanceof YamlError) said = error.message;
    }
    expect(said).toBe(message);
  });

  it("reads what JSON writes, and never fails otherwise than by refusing", () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const known = JSON.stringify(value);
      // keys of more than 1024 characters and lone surrogates are refused, "__proto__" is no map's key in a literal
      fc.pre(!/\\ud[89a-f]|__proto__|\d[eE]/i.test(known) && [...known].every((character) => character >= " " && character < "\x7f"));
      expect(load(known)).toEqual(JSON.parse(known));
    }), { numRuns: 200 });
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."ab:-?[]{},#&*!|>'\"%\n \t0"), maxLength: 40 }), (text) => {
      try {
        loadYaml(text);
      } catch (error) {
        expect(error).toBeInstanceOf(YamlError);
      }
    }), { numRuns: 1000 });
  });
});
