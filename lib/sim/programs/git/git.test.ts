import fc from "fast-check";
import { expect, it } from "vitest";
import { decode, encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { parseCommit, serialiseCommit } from "./store/commit-object.ts";
import { parseConfig, withValue } from "./store/config-file.ts";
import { Index, parseIndex, plainEntry, serialiseIndex } from "./store/index-file.ts";
import { hashObject } from "./store/object-id.ts";
import { parseTree, serialiseTree } from "./store/tree-object.ts";
import { wildmatch } from "./work-tree/wildmatch.ts";

const id = fc.stringMatching(/^[0-9a-f]{40}$/);
const name = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme-ascii" }).filter((text) => !text.includes("/") && !text.includes("\0"));
const person = fc.record({ name: fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,10}[a-z]$/), email: fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}$/), seconds: fc.nat(), zone: fc.constantFrom("+0000", "+0100", "-0330") });

it("names objects as git does", () => {
  expect(hashObject("blob", encode("hello\n"))).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
  expect(hashObject("tree", new Uint8Array(0))).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
});

it("reads back the trees that it writes", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.record({ mode: fc.constantFrom(0o100644, 0o100755, 0o40000, 0o120000), name, id }), { selector: (entry) => entry.name }), (entries) => {
    const order = (list: readonly { readonly name: string }[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(order(parseTree(serialiseTree(entries)))).toEqual(order(entries));
  }));
});

it("reads back the commits that it writes", () => {
  fc.assert(fc.property(id, fc.array(id, { maxLength: 3 }), person, person, fc.string(), (tree, parents, author, committer, message) => {
    expect(parseCommit(serialiseCommit({ tree, parents, author, committer, message }))).toEqual({ tree, parents, author, committer, message, encoding: undefined });
  }));
});

it("reads back the index that it writes", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.record({ path: fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/")), id, mtimeUs: fc.nat({ max: 2_000_000_000 }), sizeBytes: fc.nat(), skipWorktree: fc.boolean() }), { selector: (entry) => entry.path }), (entries) => {
    const index = new Index();
    for (const { skipWorktree, ...entry } of entries) index.set({ ...plainEntry(entry.path, 0o100644, entry.id), ...entry, ...(skipWorktree && { skipWorktree: true }) });
    expect(parseIndex(serialiseIndex(index)).entries).toEqual(index.entries);
  }));
});

it("reads back configured values", () => {
  fc.assert(fc.property(fc.string(), fc.stringMatching(/^[A-Za-z][-A-Za-z0-9]{0,8}$/), (value, key) => {
    fc.pre(!/[\0\r]/.test(value));
    expect(parseConfig(withValue("[core]\n\tbare = false\n", `user.${key}`, value)).entries.at(-1)).toMatchObject({ key: `user.${key.toLowerCase()}`, value });
  }));
});

it.each([
  ["*.log", "a.log", true], ["*.log", "d/a.log", false], ["**/a", "a", true], ["**/a", "x/y/a", true], ["a/**", "a/b/c", true], ["a/**/b", "a/b", true], ["a/**/b", "a/x/y/b", true], ["a/*/b", "a/x/y/b", false], ["[a-c]?", "bz", true], ["[!a-c]", "b", false], ["\\*", "*", true], ["[[:digit:]]", "7", true],
])("matches %s against %s: %s", (pattern, text, expected) => {
  expect(wildmatch(pattern, text, { pathname: true })).toBe(expected);
});

it("answers a hostile pattern at once", () => {
  expect(wildmatch(`${"*a".repeat(60)}b`, "a".repeat(300))).toBe(false);
});

it("makes differences that patch takes", () => {
  const world = createWorld({ host: "debian-12", packages: ["git", "patch"], seed: 1, epochUs: 1_790_000_000_000_000, user: "root" });
  const lines = fc.array(fc.constantFrom("a", "b", "c", "", "  d", "}"), { maxLength: 14 }).map((list) => list.map((line) => `${line}\n`).join(""));
  const cases = fc.sample(fc.tuple(lines, lines), { seed: 7, numRuns: 25 });
  const script = cases.map(([before, after], n) => `printf %s '${before}' > ${n}.old; printf %s '${after}' > ${n}.new; cp ${n}.old ${n}.out; git diff --no-index ${n}.old ${n}.new | patch -s ${n}.out; cmp ${n}.new ${n}.out || echo ${n}`).join("\n");
  const done = world.runProgram({ argv: ["bash", "-c", script], user: "root", directory: "/srv", environment: new Map([["LC_ALL", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 400_000_000 });
  expect(decode(done.stdout) + decode(done.stderr)).toBe("");
});

