// Scripts of the shell: sh (what Debian's /bin/sh knows) and bash.

import { type Grammar, grammar, type Item, keywords, match, region } from "./grammar.ts";

const COMMON = "alias bg break builtin cd chdir chmod clear command continue du egrep eval exec exit export expr false fc fg fgrep find getopts grep hash head jobs kill less let ls mkdir mv newgrp print printf pwd read return rm rmdir sed set shift sleep sort source stop strip suspend tail test touch trap true type ulimit umask unalias unset wait times readonly history local typeset disown";
const SH = "cat cp nohup integer";
const BASH = "bind caller compgen complete compopt declare dirs enable help logout mapfile popd pushd readarray rpm shopt start";

/** What strings, values and names of parameters may hold. */
const VALUES = ["substitution", "ticks", "arithmetic", "parameter", "braced"];
const QUOTES = ["double", "single", "ansi"];


function shell(bash: boolean): readonly Item[] {
  const items: Item[] = [
    keywords("todo", "Todo", "TODO FIXME XXX COMBAK COMBAK", { contained: true }),
    match("operator", "Operator", /[|!]|(?<!;);(?!;)|&&/, { contained: true }),
    match("number", "Number", /\b\d+\b|(?<=\s)-\d+\b|(?<=[$]\d)\d+/, {}),
    region("block", "", /\bdo\b/, /\bdone\b/, { edge: "Repeat", contains: ["@all", "operator", "blockOption", "ownVariable"] }),
    region("block", "", /\bif\s/, /\bfi\b/, { edge: "Conditional", contains: ["@all", "operator", "blockOption", "ownVariable"] }),
    region("block", "", /(?<=^|\s)\{(?=\s|$)/, /(?<=^|\s)\}/, { edge: "Special", contains: ["@all", "operator", "blockOption", "ownVariable"] }),
    region("subshell", "Special", /\(/, /\)/, { edge: "PreProc", contains: ["@all"] }),
    region("test", "", /(?<=^|[\s;(!])\[(?=\s)/, /\]/, { edge: "Operator", contains: [...VALUES, ...QUOTES, "testOperator", "number", "escape"] }),
    match("testOperator", "Operator", /(?<=\s)-[a-zA-Z]{1,2}(?=\s)|!=?|==?|[<>]|-(?:eq|ne|lt|gt|le|ge|nt|ot|ef)\b/, { contained: true }),
    match("redirection", "Operator", /[<>]&-|[<>]+&?|(?<=&)>+|(?<=\d[<>]&)\d/, {}),
    match("number", "Number", /(?<=^|\s)\d(?=[<>])/, {}),
    match("option", "Special", /(?<=\s)[-+]-?[a-zA-Z_][-a-zA-Z_]*/, {}),
    match("blockOption", "Operator", /(?<=\s)-(?:[a-zA-Z]|eq|ne|lt|gt|le|ge)\b/, { contained: true }),
    region("list", "Statement", /\b(?:while|until)\b/, /(?=\bdo\b)/, { contains: ["number", ...VALUES, ...QUOTES, "escape"] }),
    keywords("control", "Conditional", "then else elif", {}),
    match("negation", "Operator", /(?<=if )!/, {}),
    region("case", "", /\bcase\b/, /\besac\b/, { edge: "Conditional", contains: [...VALUES, ...QUOTES, "escape", "caseIn", "comment"] }),
    match("caseIn", "Conditional", /\bin\b/, { contained: true, next: ["esac", "comment", "label"], skipWhite: true, overLines: true }),
    region("label", "", /(?=["'[\\$\w*?.\-+/@%({~])\(?/, /\)/, { contained: true, edge: "Operator", contains: ["labelSet", "labelQuote", "parameter", "braced"], next: ["branch"] }),
    region("labelSet", "", /\[/, /\]/, { contained: true, edge: "Special", oneLine: true }),
    region("labelQuote", "String", /"/, /"/, { contained: true, edge: "Operator" }),
    region("labelQuote", "String", /'/, /'/, { contained: true, edge: "Operator" }),
    region("branch", "", /(?<=\))/, /;;&?|;&|(?=\besac\b)/, { contained: true, edge: "Operator", contains: ["@all", "operator", "blockOption"], next: ["esac", "comment", "label"], skipWhite: true, overLines: true }),
    match("esac", "Conditional", /(?=esac\b)/, { contained: true }),
    match("loopWord", "Repeat", /\bfor\b(?!\s*\(\()/, { next: ["loop"] }),
    region("loop", "", /(?<=\b(?:for|select))\s/, /(?=;)|$|(?=\bdo\b)/, { contained: true, contains: ["loopIn", "braces", "comment", "number", ...VALUES, ...QUOTES] }),
    match("ownVariable", "PreProc", /(?<=^|[\s;(&|])(?:PATH|PS[1-4]|IFS|CDPATH|TERM|LINES|COLUMNS)(?==)/, { contained: true, next: ["ownValue"] }),
    match("ownValue", "Operator", /=/, { contained: true }),
    match("loopIn", "Repeat", /\bin\b/, { contained: true }),
    region("echo", "String", /(?<=^|[\s;&|(`!])(?:echo|print)\b/, /$|(?=[;|&)`])|(?=\s#)|(?=\d?>)/, { edge: "Statement", contains: [...VALUES, ...QUOTES, "escape", "number", "comment", "redirection"] }),
    keywords("statement", "Statement", `${COMMON.replace(/\b(set|unset|export|local|typeset|readonly|echo|print)\b/g, "")} ${bash ? BASH : SH}`, {}),
    match("source", "Statement", /(?:^|\s)\.\s/, {}),
    keywords("statement", "Statement", "export readonly", { next: ["given"], skipWhite: true }),
    match("given", "Identifier", /[A-Za-z_]\w*(?==)/, { contained: true, next: ["value"] }),
    region("setting", "Identifier", /(?<=^|[\s;&|(`])(?:set|unset)\b/, /$|(?=[;|&)`}#])/, { edge: "Statement", contains: ["option", ...VALUES, ...QUOTES, "number"] }),
    region("setting", "Identifier", /(?<=^|[\s;&|(`])(?:local|typeset)\b/, /$|(?=[;|&)`}#])/, { edge: "Statement", contains: ["option", "equals", ...VALUES, ...QUOTES, "number", "plainValue"] }),
    match("equals", "Operator", /=/, { contained: true }),
    match("plainValue", "", /(?<==)[^\s"'$`;|&)\d][^\s;|&)"']*/, { contained: true, contains: VALUES }),
    region("aliasing", "Identifier", /\balias\s+(?=[\w.-]+=)/, /$|(?=[;|&)`}])/, { edge: "Statement", contains: ["equals", "plainValue", ...QUOTES, ...VALUES, "number"] }),
    match("variable", "Identifier", /(?<=^|[\s;(&|])[A-Za-z_]\w*(?==)/, { next: ["value"] }),
    match("element", "Identifier", /(?<=^|[\s;(&|])[A-Za-z_]\w*(?=\[[^\]]*\]=)/, {}),
    match("value", "", /=/, { contained: true }),
    match("added", "Operator", /(?<=\w)\+=/, {}),
    match("escape", "Special", /\\[^\n]/, {}),
    match("continued", "Operator", /\\$/, {}),
    match("function", "Function", /(?<=^|;)\s*[A-Za-z_][\w-]*\s*\(\)/, {}),
    match("function", "Function", /(?<=\bfunction\s)\s*[A-Za-z_][\w-]*\s*(?:\(\))?/, {}),
    match("functionWord", bash ? "Function" : "Function", /\bfunction(?=\s)/, {}),
    region("body", "", /(?<=\))\s*\{|(?<=function\s+[\w-]+)\s*\{|^\{$/, /(?<=^|\s)\}/, { edge: "Function", contains: ["@all", "operator", "blockOption", "ownVariable"] }),
    match("parameter", "PreProc", /\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])/, {}),
    region("braced", "PreProc", /\$\{[#!]?(?:\w+|[@*?$-])?/, /\}/, { contains: ["subscript", "change", ...VALUES] }),
    match("subscript", "PreProc", /(?<=\{[#!]?\w+)\[/, { contained: true, next: ["all"] }),
    match("all", "", /[@*]/, { contained: true }),
    region("change", "", /:[-=?+]|\^\^?|,,?|(?<=\w)[-=?+]/, /(?=\})/, { contained: true, edge: "Operator", contains: [...VALUES, ...QUOTES] }),
    region("change", "", /%%?|##?/, /(?=\})/, { contained: true, edge: "Operator", contains: [...VALUES, ...QUOTES] }),
    region("change", "", /\/\/?/, /(?=\})/, { contained: true, edge: "Operator", contains: ["slash", ...VALUES] }),
    match("slash", "Operator", /\//, { contained: true }),
    match("change", "Operator", /:\s*-?\d+(?::\d+)?/, { contained: true }),
    region("substitution", "Special", /\$\(/, /\)/, { edge: "PreProc", contains: ["substitution", "ticks", "parameter", "braced", ...QUOTES, "statement", "redirection", "either", "number", "comment", "inner", "control", "echo", "escape", "and"] }),
    match("either", "Operator", /\|\|?/, { contained: true }),
    match("and", "Operator", /&&/, { contained: true }),
    region("inner", "", /\(/, /\)/, { contained: true, transparent: true }),
    region("arithmetic", "Special", /\$\(\(/, /\)\)/, { edge: "PreProc", contains: ["number", "parameter", "braced", "substitution"] }),
    region("arithmetic", "Special", /\$\[/, /\]/, { edge: "PreProc", contains: ["number", "parameter", "braced", "substitution"] }),
    region("ticks", "Special", /`/, /`/, { skip: /\\`/, contains: [...VALUES.filter((name) => name !== "ticks"), ...QUOTES, "statement", "escape", "number", "redirection", "either", "echo"] }),
    region("double", "String", /"/, /"/, { edge: "Operator", skip: /\\"/, contains: [...VALUES, "quoted"] }),
    match("quoted", "Special", /\\[\\"'`$()#]|\\[abefnrtv]|\\$/, { contained: true }),
    region("single", "String", /'/, /'/, { edge: "Operator" }),
    region("here", "String", /<<(-?)\s*(\w+)(?=[\s;|>&]|$)/, (start) => new RegExp(`^${start[1] === "" ? "" : "\\s*"}${start[2]}$`, "g"), { edge: "Statement", contains: [...VALUES] }),
    region("here", "String", /<<(-?)\s*(?:(["'])([\w ]+)\2|\\(\w+))/, (start) => new RegExp(`^${start[1] === "" ? "" : "\\s*"}${start[3] ?? start[4]}$`, "g"), { edge: "Statement" }),
    match("comment", "Comment", /(?<=^|[\s;])#.*$/, { contains: ["todo"] }),
  ];
  if (bash) {
    items.push(
      region("ansi", "String", /\$'/, /'/, { edge: "Operator", contains: ["quoted"] }),
      match("hereString", "Operator", /<<</, {}),
      match("bare", "String", /(?!\]\])[^\s"'$!=<>][^\s"'$]*/, { contained: true }),
      match("testLong", "Operator", /(?<=\s)(?:-[a-zA-Z]{1,2}|=~|==?|!=|[<>!]|\|\||-(?:eq|ne|lt|gt|le|ge|nt|ot|ef))(?=\s)/, { contained: true }),
      region("doubleTest", "", /\[\[(?=\s)/, /\]\]/, { edge: "Special", contains: [...VALUES, ...QUOTES, "bare", "testLong", "longNumber"] }),
      match("longNumber", "Number", /\b\d+(?=\s)/, { contained: true }),
      region("braces", "", /\{(?=[^\s{}]*(?:\.\.|,))/, /\}/, { edge: "Special", oneLine: true, contains: ["number"] }),
            region("calculation", "", /\(\(/, /\)\)/, { edge: "Special", contains: ["number", "parameter", "braced", "comparison"] }),
      match("comparison", "Operator", /[-+*/]?=|[<>!]=?/, { contained: true }),
      region("array", "", /(?<=\w\+?=)\(/, /\)/, { edge: "PreProc", contains: [...VALUES, ...QUOTES, "comment", "number", "key"] }),
      region("calculatedFor", "Repeat", /\bfor\s*\(\(/, /\)\)/, { contains: ["number"] }),
      match("loopWord", "Repeat", /\bselect\b/, { next: ["loop"] }),
    );
  }
  return items;
}

export const SHELL: Grammar = grammar(shell(false));
/** for what has lines of the shell in it */
export const SHELL_ITEMS = shell(false);
export const BASH_SHELL: Grammar = grammar(shell(true));
