// YAML, JSON, XML, HTML, Markdown.

import { type Grammar, grammar, type Item, keywords, match, region } from "./grammar.ts";

const YAML_VALUES = ["escapeLine", "string", "constant", "number", "anchor", "tag", "flowMap", "flowList", "comment", "merge", "flowKey"];

export const YAML = grammar([
  keywords("todo", "Todo", "TODO FIXME XXX", { contained: true }),
  match("plain", "", /[^\s"'#&*!{}[\],|>%@`-][^\s]*/, {}),
  match("plain", "", /-(?=[^\s-])[^\s]*/, {}),
  match("number", "Number", /(?<=^|[\s,[{:])[-+]?(?:\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|0x[0-9a-fA-F]+|0o[0-7]+|\.\d+|\.inf|\.nan)(?=\s*(?:$|[,\]}]|\s#))/i, {}),
  match("constant", "Constant", /(?<=^|[\s,[{:])(?:true|false|null|True|False|Null|TRUE|FALSE|NULL|~)(?=\s*(?:$|[,\]}]|\s#))/, {}),
  match("date", "", /\d{4}-\d\d-\d\d\b/, {}),
  region("string", "String", /"/, /"/, { skip: /\\"/, contains: ["escape"] }),
  region("string", "String", /'/, /'/, { skip: /''/ }),
  match("escape", "Special", /\\(?:["\\/abefnrtv0N_LP \n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/, { contained: true }),
  match("anchor", "Type", /(?<=\s)[&*][^\s,[\]{}]+/, {}),
  match("tag", "Type", /![^\s]*/, {}),
  match("item", "Label", /(?:^|(?<=^[\s-]*\s))\s*-(?=\s|$)/, {}),
  match("key", "Identifier", /(?<=^\s*(?:-\s+)*)[^\s"'#&*!{}[\],|>%@`?-][^#"'\n]*?(?=:(?:\s|$))|(?<=^\s*(?:-\s+)*)[-?](?=\S)[^#\s]*(?=:(?:\s|$))/, { next: ["colon"] }),
  match("merge", "Special", /<<(?=:)/, { next: ["colon"] }),
  match("colon", "Special", /\s*:/, { contained: true }),
  match("colonHere", "Special", /(?<=["']):(?=\s|$)/, {}),
  match("document", "PreProc", /^(?:---|\.\.\.)(?=\s|$)/, {}),
  match("directive", "PreProc", /^%\w+.*$/, {}),
  region("flowMap", "", /\{/, /\}/, { edge: "Special", contains: [...YAML_VALUES, "flowKey", "flowComma"] }),
  region("flowList", "", /\[/, /\]/, { edge: "Special", contains: [...YAML_VALUES, "flowKey", "flowComma"] }),
  match("flowKey", "Identifier", /(?<=[{,]\s*)[^\s"'{}[\],:]+(?=\s*:\s)/, { contained: true, next: ["colon"] }),
  match("flowComma", "", /,/, { contained: true }),
  match("comment", "Comment", /(?:^|(?<=\s))#.*$/, { contains: ["todo"] }),
]);

export const JSON_DATA = grammar([
  match("noise", "", /[:,]/, {}),
  region("string", "String", /"/, /"/, { edge: "", skip: /\\\\|\\"/, contains: ["escape"] }),
  match("escape", "Special", /\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}/, { contained: true }),
  region("key", "Label", /"(?=(?:[^"\\]|\\.)*"\s*:)/, /"/, { edge: "", skip: /\\\\|\\"/, contains: ["escape"] }),
  match("number", "Number", /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?\b/, {}),
  match("numberError", "Error", /-?0\d+(?:\.\d+)?/, {}),
  match("badQuote", "Error", /'[^']*'/, {}),
  match("badComment", "Error", /\/\/.*$/, {}),
  match("comma", "Error", /,(?=\s*[}\]])|,(?=\s*$)(?=$^)/, {}),
  keywords("boolean", "Boolean", "true false", {}),
  keywords("null", "Function", "null", {}),
  region("object", "", /\{/, /\}/, { edge: "Special", transparent: true }),
  region("array", "", /\[/, /\]/, { edge: "Special", transparent: true }),
]);

export const XML = grammar([
  keywords("todo", "Todo", "TODO FIXME XXX", { contained: true }),
  match("strayMark", "Error", /[<&]/, {}),
  match("entity", "Statement", /&[^;\s]*;/, { contains: ["entityEdge"] }),
  match("entityEdge", "Type", /[&;]/, { contained: true }),
  region("tag", "Function", /<(?=[^\s/!?>"'])/, /\/?>/, { contains: ["tagName", "attribute", "equals", "string"] }),
  match("tagName", "Function", /(?<=<)[^\s/!?>"']+/, { contained: true, contains: ["space", "colon"] }),
  match("space", "Special", /(?<=<)[^\s:<>/]+(?=:)/, { contained: true }),
  match("colon", "Comment", /:/, { contained: true }),
  match("attribute", "Type", /(?<=[\s'"])[^\s'"=<>/&:]+(?:(?=\s*=)|(?=:))|(?<=:)[^\s'"=<>/&:]+(?=\s*=)/, { contained: true, next: ["attributeColon"] }),
  match("attributeColon", "Comment", /:/, { contained: true }),
  match("equals", "", /=/, { contained: true }),
  region("string", "String", /"/, /"/, { contained: true, contains: ["entity"] }),
  region("string", "String", /'/, /'/, { contained: true, contains: ["entity"] }),
  region("endTag", "Identifier", /<\//, />/, { contains: ["endSpace", "endColon"] }),
  match("endSpace", "Special", /(?<=<\/)[^\s:<>/]+(?=:)/, { contained: true }),
  match("endColon", "Comment", /:/, { contained: true }),
  region("declaration", "Comment", /<\?/, /\?>/, { contains: ["declarationName", "attribute", "equals", "string"] }),
  match("declarationName", "Type", /(?<=<\?)[^\s?]+/, { contained: true }),
  region("docType", "Function", /<!/, />/, { contains: ["docTypeWord", "docTypeRest", "string"] }),
  match("docTypeRest", "", /[^>"'[]+/, { contained: true }),
  match("docTypeWord", "Statement", /DOCTYPE/, { contained: true, next: ["docTypeRest"] }),
  region("cdata", "String", /(?=<!\[CDATA\[)/, /\]\]>/, { keepEnd: true, contains: ["cdataStart", "cdataWord", "cdataEnd"] }),
  match("cdataStart", "Type", /<!\[|(?<=CDATA)\[/, { contained: true, next: ["cdataWord"] }),
  match("cdataWord", "Statement", /CDATA/, { contained: true, next: ["cdataStart"] }),
  match("cdataEnd", "Type", /\]\]>/, { contained: true }),
  region("comment", "Comment", /<!--/, /-->/, { contains: ["todo"] }),
]);

const TAGS = "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center cite code col colgroup data dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script section select small source span strike strong style sub summary sup table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr";
const ATTRIBUTES = "accept action align alt async autocomplete autofocus autoplay background bgcolor border charset checked cite class cols colspan content controls coords data datetime default defer dir disabled download enctype for form headers height hidden href hreflang id ismap kind label lang list loop low max maxlength media method min multiple muted name novalidate onclick onload onchange onsubmit open optimum pattern placeholder poster preload readonly rel required reversed rows rowspan scope selected shape size sizes span src srcset start step style summary tabindex target title type usemap valign value width wrap";

function html(): Grammar {
  const inTag: Item[] = [
    match("tagName", "", /(?<=<\/?)\w+/, { contained: true }),
    match("tagName", "Statement", new RegExp(`(?<=<\\/?\\s*)(?:${TAGS.split(" ").join("|")})(?=[\\s/>]|$)`, "i"), { contained: true }),
    match("metaName", "PreProc", /(?<=<\/?)(?:head|body)(?=[\s/>])/i, { contained: true }),
    match("attribute", "Type", new RegExp(`(?<=\\s)(?:${ATTRIBUTES.split(" ").join("|")})(?=\\s*=)`, "i"), { contained: true }),
    region("string", "String", /"/, /"/, { contained: true, contains: ["entity"] }),
    region("string", "String", /'/, /'/, { contained: true, contains: ["entity"] }),
    match("value", "String", /(?<==)[^\s"'>]+/, { contained: true }),
  ];
  return grammar([
    match("error", "Error", /[<>&]/, {}),
    match("entity", "Special", /&(?:#\d+|#x[0-9a-fA-F]+|\w+);/, {}),
    ...inTag,
    region("tag", "Function", /<(?=[^/!?\s])/, />/, { contains: ["tagName", "attribute", "string", "value"] }),
    region("endTag", "Identifier", /<\//, />/, { contains: ["tagName"] }),
    region("heading", "Title", /(?=<h[1-6]\b)/i, /(?=<\/h[1-6])/i, { contains: ["tag", "endTag", "entity"] }),
    region("title", "Title", /(?=<title>)/i, /(?=<\/title>)/i, { contains: ["tag", "entity"] }),
    region("bold", "htmlBold", /(?<=<(?:b|strong)>)/i, /(?=<\/(?:b|strong)>)/i, { contains: ["tag", "endTag", "entity"] }),
    region("italic", "htmlItalic", /(?<=<(?:i|em)>)/i, /(?=<\/(?:i|em)>)/i, { contains: ["tag", "endTag", "entity"] }),
    region("link", "Underlined", /(?<=<a\s[^>]*href[^>]*>)/i, /(?=<\/a>)/i, { contains: ["tag", "endTag", "entity"] }),
    region("script", "Special", /(?<=<script[^>]*>)/i, /(?=<\/script>)/i, { contains: ["scriptString", "scriptWord", "scriptComment", "number"] }),
    region("scriptString", "String", /"/, /"/, { contained: true, oneLine: true }),
    region("scriptString", "String", /'/, /'/, { contained: true, oneLine: true }),
    keywords("scriptWord", "Identifier", "var let const function", { contained: true }),
    keywords("scriptWord", "Statement", "if else return for while do switch case break continue new typeof", { contained: true }),
    match("scriptComment", "Comment", /\/\/.*$/, { contained: true }),
    match("number", "", /\b\d+\b/, { contained: true }),
    region("style", "", /(?<=<style[^>]*>)/i, /(?=<\/style>)/i, { contains: ["styleSelector", "styleProperty", "styleBrace", "styleValue"] }),
    match("styleSelector", "Statement", /[\w.#]+(?=[^;{}]*\{)/, { contained: true }),
    match("styleValue", "Constant", /(?<=:\s*)(?:red|blue|green|black|white|gray|grey|yellow|orange|none|auto|bold|center|left|right|block|inline|flex|grid|#[0-9a-fA-F]+|\d+(?:px|em|rem|%)?)\b/, { contained: true }),
    match("styleBrace", "Function", /[{}]/, { contained: true }),
    match("styleProperty", "Type", /[\w-]+(?=\s*:)/, { contained: true }),
    region("docType", "Comment", /<!DOCTYPE/i, />/, { keepEnd: true }),
    region("comment", "Comment", /<!--/, /-->/, {}),
  ], { ignoreCase: true });
}

export const HTML = html();

export const MARKDOWN = grammar([
  match("rule", "PreProc", /^\s{0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/, {}),
  match("underline", "PreProc", /^[=-]+$/, {}),
  region("heading", "Title", /^\s{0,3}#{1,6}/, /(?<=\S)\s*#+\s*$|$/, { edge: "Special", contains: ["code", "link", "italic", "bold"] }),
  match("list", "Statement", /^(?:\t| {0,4})[-*+](?=\s+\S)/, {}),
  match("list", "Statement", /^(?:\t| {0,4})\d+\.(?=\s+\S)/, {}),
  match("quote", "Comment", /^\s{0,3}>\s*/, {}),
  region("italic", "htmlItalic", /(?<!\w)\*(?=\S)/, /(?<=\S)\*/, { skip: /\\\*/, oneLine: true }),
  region("italic", "htmlItalic", /(?<!\w)_(?=\S)/, /(?<=\S)_(?!\w)/, { oneLine: true }),
  region("bold", "htmlBold", /\*\*(?=\S)/, /(?<=\S)\*\*/, { oneLine: true, contains: ["italic"] }),
  region("bold", "htmlBold", /(?<!\w)__(?=\S)/, /(?<=\S)__(?!\w)/, { oneLine: true }),
  region("both", "htmlBoldItalic", /\*\*\*(?=\S)/, /(?<=\S)\*\*\*/, { oneLine: true }),
  region("link", "Underlined", /!?\[(?=[^\][]*\][[(])/, /\]/, { edge: "", oneLine: true, next: ["address"] }),
  region("address", "String", /\(/, /\)/, { contained: true, edge: "" }),
  region("automatic", "String", /<(?=https?:|mailto:|ftp:)/, />/, { edge: "Function", oneLine: true }),
  region("code", "", /`/, /`/, { edge: "Special" }),
  match("codeLine", "", /^(?: {4}|\t)(?!\s*[-*+]\s|\s*\d+\.\s).*$/, {}),
  region("fence", "", /^\s*```.*$/, /^\s*```\s*$/, { edge: "Special" }),
  match("escape", "Special", /\\[\][\\`*_{}()<>#+.!-]/, {}),
]);
