import fc from "fast-check";
import { expect, test } from "vitest";
import { splitMailbox, storedText } from "../bsd-mailx/_mailbox.ts";
import { parseAliases, PostfixConfiguration } from "./_configuration.ts";

test("aliases", () => {
  expect([...parseAliases('# c\npostmaster:    root\nboss: student,\n  root@x.org\nprog: "|cat > /tmp/p, q"\nlist: :include:/etc/list\n')]).toEqual([["postmaster", ["root"]], ["boss", ["student", "root@x.org"]], ["prog", ["|cat > /tmp/p, q"]], ["list", [":include:/etc/list"]]]);
});

test("parameters name each other", () => {
  const configuration = new PostfixConfiguration(new Map([["myhostname", "a.b"], ["mydestination", "$myhostname, localhost"], ["loop", "$loop"]]), "h");
  expect([configuration.value("mydestination"), configuration.isLocal("A.B"), configuration.isLocal("c"), configuration.value("loop")]).toEqual(["a.b, localhost", true, false, "$loop"]);
});

test("a mailbox is what its messages are", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom("a\n", "From x\n", "\n", "Subject: s\n", ">From y\n")), (lines) => {
    const text = `From r@h  Sat Nov 21 21:10:00 2026\n${lines.join("")}`;
    expect(splitMailbox(text).map((message) => message.text).join("")).toBe(text);
  }));
  const [message] = splitMailbox("From r  d\nSubject: s\n\nbody\n");
  expect(message && storedText({ ...message, status: "read" })).toBe("From r  d\nSubject: s\nStatus: RO\n\nbody\n");
});
