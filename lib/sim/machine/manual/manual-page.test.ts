import { expect, test } from "vitest";
import { accountsPages } from "./accounts-pages.ts";
import { pamPages } from "./pam-pages.ts";
import { jobsPages } from "./jobs-pages.ts";
import { manualPageFiles, pageSource } from "./manual-page.ts";
import { networkPages } from "./network-pages.ts";
import { servicesPages } from "./services-pages.ts";
import { shellPages } from "./shell-pages.ts";
import { storagePages } from "./storage-pages.ts";
import { systemPages } from "./system-pages.ts";

const pages = [...accountsPages, ...pamPages, ...jobsPages, ...networkPages, ...servicesPages, ...shellPages, ...storagePages, ...systemPages];

test("headings, tags, paragraphs and examples as macros of man(7)", () => {
  const page = { package: "p", name: "p.conf", section: 5, otherNames: [], title: { en: "settings", fr: "réglages" }, text: { en: ["Lines:", "    a\\b", "# WORDS", "x-y :: what it is"], fr: [] } };
  expect(pageSource(page, "p 1", "en")).toBe(`.TH "P.CONF" 5 "2026-11-22" "p 1" "File Formats"
.SH NAME
p.conf \\- settings
.SH DESCRIPTION
.PP
Lines:
.PP
.RS
.nf
a\\eb
.fi
.RE
.SH WORDS
.TP
\\fBx\\-y\\fR
what it is
`);
});

test("each page says in French what it says in English", () => {
  const shape = (lines: readonly string[]): readonly string[] => lines.map((line) => (line.startsWith("    ") ? "example" : line.startsWith("# ") ? "heading" : line.includes(" :: ") ? "tag" : "paragraph"));
  expect(pages.filter(({ text }) => shape(text.en).join() !== shape(text.fr).join()).map(({ name }) => name)).toEqual([]);
  expect(new Set(pages.map(({ name, section }) => `${name}.${section}`)).size).toBe(pages.length);
});

test("a package brings its pages, their other names and their French", () => {
  expect(manualPageFiles("at", "3.2.5").map(({ path, symlink }) => [path, symlink])).toEqual([
    ["/usr/share/man/man5/at.allow.5.gz", undefined], ["/usr/share/man/man5/at.deny.5.gz", "at.allow.5.gz"],
    ["/usr/share/man/fr/man5/at.allow.5.gz", undefined], ["/usr/share/man/fr/man5/at.deny.5.gz", "at.allow.5.gz"],
  ]);
});
