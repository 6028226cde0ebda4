// Printing a parsed tree and parsing that again gives the same tree; the layout is bash's.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAll } from "./parse.ts";
import { printCommand, printFunction } from "./printer.ts";
import { Word } from "./tree.ts";

/** The tree without line numbers and without what is worked out later. */
function shape(value: unknown): unknown {
  if (value instanceof Word) return value.embedded.length === 0 ? value.text : { text: value.text.replace(/\s+/g, " "), embedded: value.embedded.map((item) => shape(item.body)) };
  if (Array.isArray(value)) return value.map(shape);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).filter(([key, item]) => key !== "line" && item !== undefined && !(key === "word" && "elements" in value)).map(([key, item]) => [key, shape(item)]));
  }
  return value;
}

const word = fc.constantFrom("a", "b1", "-x", "'q r'", '"$x y"', "$y", "${z:-d}", "$(echo s)", "f=1", "\\*", "*.c", "$((1+2))", "~/x", "=");
const name = fc.constantFrom("i", "var", "_n");
const operator = fc.constantFrom("&&", "||", "|", ";");

const { command } = fc.letrec<{ command: string; list: string }>((tie) => ({
  list: fc.array(tie("command"), { minLength: 1, maxLength: 3 }).map((items) => items.join("; ")),
  command: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => `cmd ${words.join(" ")}`),
    fc.tuple(name, word).map(([variable, value]) => `${variable}=${value}`),
    fc.tuple(tie("command"), operator, tie("command")).map(([left, op, right]) => `${left} ${op === "|" && right.startsWith("!") ? "&&" : op} ${right}`),
    tie("list").map((list) => `{ ${list}; }`),
    tie("list").map((list) => `( ${list} )`),
    fc.tuple(tie("list"), tie("list"), tie("list")).map(([test, yes, no]) => `if ${test}; then ${yes}; else ${no}; fi`),
    fc.tuple(tie("list"), tie("list")).map(([test, body]) => `while ${test}; do ${body}; done > out`),
    fc.tuple(name, fc.array(word, { maxLength: 3 }), tie("list")).map(([variable, words, body]) => `for ${variable} in ${words.join(" ")}; do ${body}; done`),
    fc.tuple(word, word, tie("list")).map(([subject, pattern, body]) => `case ${subject} in ${pattern} | x*) ${body} ;; *) ;; esac`),
    fc.tuple(word.filter((text) => text !== "-x" && text !== "="), word).map(([left, right]) => `[[ ${left} == ${right} && ( -f ${right} || ! -n ${left} ) ]]`),
    tie("list").map((body) => `for ((i=0; i<3; i++)); do ${body}; done`),
    tie("command").map((body) => `! ${body.replace(/^! /, "")} 2>&1`).filter((text) => /^! (cmd|\{|\()/.test(text) && !/&&|\|\|/.test(text)),
  ),
}));

describe("the printer", () => {
  it("prints what parses to the same tree", () => {
    fc.assert(
      fc.property(command, (source) => {
        const body = parseAll(`f() {\n${source}\n}`).items[0]?.command;
        if (body?.type !== "function") throw new Error("no function");
        const printed = printFunction("f", body.body);
        const again = parseAll(printed).items[0]?.command;
        expect(shape(again)).toEqual(shape(body));
        if (again?.type === "function") expect(printFunction("f", again.body)).toBe(printed);
      }),
      { numRuns: 500 },
    );
  });

  it("lays functions out as `declare -f` does", () => {
    const body = parseAll(`f() { a=(1 2
3  "4"); cat <<E
 $x
E
 echo $(echo   1;  echo 2) \`ls    -l\`; [[ a  == b && ( -f x || ! -z y ) ]]; for x; do echo; done; case $x in a|b) foo;; (c) bar;& *) ;; esac; ls |& wc &
 sleep 1 & while x; y; do z; done 2>&1 >x <<<"foo" {fd}>y; if a; then b; elif c; then d; else e; fi; { a; b; } >x; (a; b) 2>x
 }`).items[0]?.command;
    if (body?.type !== "function") throw new Error("no function");
    expect(printFunction("f", body.body)).toBe(`f () 
{ 
    a=(1 2 3 "4");
    cat <<E
 $x
E

    echo $(echo 1; echo 2) \`ls    -l\`;
    [[ a == b && ( -f x || ! -z y ) ]];
    for x in "$@";
    do
        echo;
    done;
    case $x in 
        a | b)
            foo
        ;;
        c)
            bar
        ;&
        *)

        ;;
    esac;
    ls 2>&1 | wc & sleep 1 & while x;
    y; do
        z;
    done 2>&1 > x <<< "foo" {fd}> y;
    if a; then
        b;
    else
        if c; then
            d;
        else
            e;
        fi;
    fi;
    { 
        a;
        b
    } > x;
    ( a;
    b ) 2> x
}`);
  });

  it("prints jobs on one line", () => {
    const list = parseAll("for i in 1 2; do sleep $i | cat; done");
    const command0 = list.items[0]?.command;
    expect(command0 && printCommand(command0)).toBe("for i in 1 2;\ndo\n    sleep $i | cat;\ndone");
  });
});
