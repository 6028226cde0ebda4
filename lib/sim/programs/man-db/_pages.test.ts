import { expect, test } from "vitest";
import { manpathWarning, nameLine } from "./_pages.ts";

test("the line that apropos shows, also of a page that ends after it", () => {
  expect(nameLine(".TH X 1\n.SH NAME\nfrob, brof \\- turn things over\n")).toEqual({ names: ["frob", "brof"], summary: "turn things over" });
  expect(nameLine(".TH X 1\n.SH NAME\nfrob \\- turn\nover\n.SH SYNOPSIS\nfrob\n")).toEqual({ names: ["frob"], summary: "turn over" });
});

// manpath of man-db 2.11.2 with MANPATH=:/tmp, /tmp:, /tmp::/var and /tmp
test("what manpath says of $MANPATH", () => {
  expect([":/tmp", "/tmp:", "/tmp::/var", "/tmp"].map(manpathWarning)).toEqual(["prepending", "appending", "inserting", "ignoring"].map((word) => `warning: $MANPATH set, ${word} /etc/manpath.config`));
});
