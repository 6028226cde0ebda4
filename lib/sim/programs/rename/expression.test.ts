// What perl 5.36 makes of the same expressions.
import { expect, test } from "vitest";
import { BadExpression, parseExpression, Unsimulated } from "./_expression.ts";

test.each([
  ["s/txt/md/", "a.txt.txt", "a.md.txt"],
  ["s/txt/md/g", "a.txt.txt", "a.md.md"],
  ["s/(\\w+)\\.(\\w+)/$2.$1/", "b.md", "md.b"],
  ["y/a-z/A-Z/", "abc-1.txt", "ABC-1.TXT"],
  ["tr/ /_/s", "a   b c", "a_b_c"],
  ["tr/a-z//cd", "a1b2", "ab"],
  ["s/ /_/g; y/A-Z/a-z/", "My File.TXT", "my_file.txt"],
  ["s{/}{-}g", "a/b/c", "a-b-c"],
  ["s#\\.jpe?g$#.JPG#i", "x.JPEG", "x.JPG"],
  ["s/(\\w+)/\\u\\L$1/", "HELLO.x", "Hello.x"],
  ["s/^/2026-/", "a", "2026-a"],
  ["$_ = lc", "ABC", "abc"],
  ["$_ = ucfirst(lc $_)", "ABC", undefined],
  ["$_ .= '.bak'", "a", "a.bak"],
  ["s/x/sprintf('%d', 1)/e", "x", undefined],
  ["lc", "ABC", "ABC"],
] as const)("%s of %s", (source, name, wanted) => {
  if (wanted === undefined) expect(() => parseExpression(source)).toThrow(Unsimulated);
  else expect(parseExpression(source)(name)).toBe(wanted);
});

test("wrong ones", () => {
  expect(() => parseExpression("s/a/b")).toThrow(new BadExpression("Substitution replacement not terminated at line 1"));
  expect(() => parseExpression("s/a")).toThrow(new BadExpression("Substitution pattern not terminated at line 1"));
});
