// Pages formatted as groff 1.22.4 with man-db 2.11.2 does (man -l FILE | cat, MANWIDTH=80 and 50), recorded on Debian 12.
import { describe, expect, test } from "vitest";
import { formatPage } from "./terminal.ts";

const plain = (text: string): string => text.replace(/.\x08/gu, "");
const page = (source: string, width = 78): string => plain(formatPage(source, { width, device: "utf8", hyphenate: true, justify: true }));

describe("manual pages", () => {
  test("fonts are overstrikes", () => {
    expect(formatPage(".TH A 1\n.SH X\n\\fBab\\fR \\fIc\\fP d\n.BR e (1)\n", { width: 58, device: "utf8", hyphenate: true, justify: true }).split("\n").slice(2, 4)).toEqual(["X\bX", "       a\bab\bb _\bc d e\be(1)"]);
  });

  test("filled, adjusted and divided lines", () => {
    expect(page(`.TH FROB 1 "2024-01-02" "frob 1.0" "User Commands"
.SH NAME
frob \\- turn things over
.SH DESCRIPTION
Some ^ text ~ with ' and \` and - and \\- and \\(bu and \\(hy.
A justified paragraph with extraordinarily complicated internationalization hyphenation opportunities everywhere.
.TP
.B \\-a
do it
.TP
\\fB\\-\\-long\\-option\\fR=\\fIarg\\fR
do that.
Sentence two.
`, 48)).toBe(`FROB(1)           User Commands          FROB(1)

NAME
       frob - turn things over

DESCRIPTION
       Some  ^  text  ~ with ' and \` and - and -
       and • and ‐.  A justified paragraph  with
       extraordinarily  complicated internation‐
       alization hyphenation  opportunities  ev‐
       erywhere.

       -a     do it

       --long-option=arg
              do that.  Sentence two.

frob 1.0           2024-01-02            FROB(1)
`);
  });

  test("tags, and what stands after them", () => {
    expect(page(`.TH X 1
.SH A
.TP
a
.PP
para
.TP
b
.nf
nofill
.fi
.TP
c
.br
after br
.TP
d
.RS
in rs
.RE
.TP
e
.sp
after sp
.TP
f

after blank
.TP
g
.IP
ip text
.TP
h
.SS sub
.TP
i
.SH B
.TP
j
  lead
`)).toBe(`X(1)                        General Commands Manual                       X(1)

A
       a

       para

       b
              nofill

       c
              after br

       d
              in rs

       e

              after sp

       f

              after blank

       g

              ip text

       h

   sub
       i

B
       j
                lead

                                                                          X(1)
`);
  });

  test("tables with rules, boxes, spans and text blocks", () => {
    expect(page(`'\\" t
.TH T 1
.SH A
Before.
.TS
l c r n.
left	mid	right	12.5
a	b	c	1
longer text	x	y	100.25
.TE
After.
.PP
.TS
box;
lB | lI
_ _
l l.
Head	Two
one	two
three	four
.TE
.PP
.TS
allbox tab(:);
c s
l l.
Title
a:T{
A long text block that must be filled in the column width and goes on for a while because it is long
T}
b:c
.TE
.PP
.TS
center;
l l.
a	b
_
c	d
=
e	\\fBf\\fP
.TE
`)).toBe(`T(1)                        General Commands Manual                       T(1)

A
       Before.

       left          mid   right    12.5
       a              b        c     1
       longer text    x        y   100.25
       After.

       ┌──────┬──────┐
       │Head  │ Two  │
       ├─────────────┤
       │one     two  │
       │three   four │
       └─────────────┘
       ┌───────────────────────────────┐
       │            Title              │
       ├──┬────────────────────────────┤
       │a │ A  long  text  block  that │
       │  │ must be filled in the col‐ │
       │  │ umn  width and goes on for │
       │  │ a while because it is long │
       ├──┼────────────────────────────┤
       │b │ c                          │
       └──┴────────────────────────────┘
                                        a   b
                                        ──────
                                        c   d
                                        ──────
                                        e   f

                                                                          T(1)
`);
  });

  test("synopses, addresses, examples, hanging indents, distances", () => {
    expect(page(`.TH tool 8 2024-05-06 "tools 2" "Tools"
.SH SYNOPSIS
.SY tool
.OP \\-v
.OP \\-o file
.I name
.SY tool
.B \\-\\-help
.YS
.SH TEXT
See
.UR https://example.org/a
the site
.UE .
Write to
.MT a@b.c
.ME
or read
.BR ls (1),
.IR file ,
\\fBbold\\fP and \\fIitalic\\fP.
.EX
$ tool  \\-v
done
.EE
.HP 4
Hanging paragraph whose further lines stand to the right of the first, as this one that goes on.
.IP \\(bu 2
first point, with enough words to need a second line on the page at this width of the terminal
.IP \\(bu
second
.PD 0
.TP
.B a
.TP
.B b
both
.PD
.RS 4
.PP
Deeper.
.RE
.SS Sub
.nf
one
  two
.fi
.ce
centred
.in +4
indented
.in
.ti +2
first line only, and then the rest of this paragraph goes back to where paragraphs stand usually
`)).toBe(`tool(8)                              Tools                             tool(8)

SYNOPSIS
       tool [-v] [-o file] name
       tool --help

TEXT
       See  the site ⟨https://example.org/a⟩.  Write to ⟨a@b.c⟩ or read ls(1),
       file, bold and italic.
       $ tool  -v
       done

       Hanging paragraph whose further lines stand to the right of the  first,
           as this one that goes on.

       •
         first  point,  with enough words to need a second line on the page at
         this width of the terminal

       • second
       a
       b both

           Deeper.

   Sub
       one
         two
                                       centred
           indented
         first line only, and then the rest of this  paragraph  goes  back  to
       where paragraphs stand usually

tools 2                           2024-05-06                           tool(8)
`);
  });

  test("macros, strings, registers and conditions of the page itself", () => {
    expect(page(`.TH own 7
.de Vb
.nf
..
.de Ve
.fi
..
.ds who world
.nr n 3
.nr n +2
.SH OWN
Hello \\*[who], \\nn.
.Vb
verbatim  text
.Ve
.ie \\nn>4 big
.el small
.if n \\{\\
on a
terminal.
.\\}
.if t printed.
.if '\\*[who]'world' equal
.de greet
Hi \\\\$1 and \\\\$2.
..
.greet "one two" three
.tr +\\-
a+b
.tr ++
\\(lqquoted\\(rq \\(aqsingle\\(aq \\e \\[u00E9] \\(co 1\\-2 end.
Next sentence?
Yes!
\\" comment
.\\" comment
x\\c
y
\\w'abc'u wide
`)).toBe(`own(7)                 Miscellaneous Information Manual                 own(7)

OWN
       Hello world, 5.
       verbatim  text
       big  on a terminal.  equal Hi one two and three.  a-b “quoted” 'single'
       \\ é © 1-2 end.  Next sentence?  Yes!

       xy 72u wide

                                                                        own(7)
`);
  });
});
