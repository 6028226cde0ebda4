// Random scripts: bash's grammar, our commands with the options they declare and with wrong ones, and damage done to the text afterwards.
import fc from "fast-check";
import type { Declaration, OptionDeclaration } from "../../sim/programs/kit/command.ts";
import { commands } from "../../sim/machine/registry.generated.ts";
import { anyText, fileName, languages, numberText, operandText, wordLanguages } from "./words.ts";

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const variable = fc.constantFrom("x", "y", "f", "a", "HOME", "PATH", "IFS", "RANDOM", "SECONDS", "BASH_VERSINFO", "PWD", "_", "1", "@", "*", "#", "?", "$", "!", "-", "FUNCNAME", "PIPESTATUS", "OPTARG", "nosuch", "PS4", "LINENO", "BASH_REMATCH", "REPLY", "DIRSTACK", "GROUPS");
const name = fc.constantFrom("x", "y", "f", "a", "b", "arr", "n");

const arithmeticSoup = fc
  .array(fc.constantFrom("1", "x", "y", "a[1]", "0x1f", "2#101", "08", "+", "-", "*", "/", "%", "**", "<<", ">>", "&", "|", "^", "~", "!", "&&", "||", "?", ":", ",", "=", "+=", "++", "--", "==", "<", "(", ")", "9223372036854775807", "$x", "$(echo 3)", "1.5", "@", "a[", "]", "'"), { minLength: 1, maxLength: 7 })
  .map((parts) => parts.join(" "));
const patternSoup = fc.array(fc.constantFrom("a", "*", "?", "[a-z]", "[!x]", "[[:digit:]]", "@(a|b)", "!(x)", "+(a)", "\\*", "'*'", "\"?\"", "$x", "[", "]", "\\", ".", "é"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));

interface Grammar {
  readonly word: string;
  readonly simple: string;
  readonly command: string;
  readonly list: string;
  readonly redirect: string;
}

const optionText = (option: OptionDeclaration): fc.Arbitrary<readonly string[]> =>
  fc.constantFrom(...(option.names.length === 0 ? ["-?"] : option.names)).chain((optionName) => {
    if (option.argument === undefined) return fc.constantFrom<readonly string[]>([optionName], [`${optionName}=x`], [optionName, optionName]);
    const values = option.values === undefined || option.values.length === 0 ? operandText : fc.oneof(fc.constantFrom(...option.values), operandText);
    return fc.oneof({ weight: 6, arbitrary: values.map((value): readonly string[] => (optionName.startsWith("--") ? [`${optionName}=${value}`] : [optionName, value])) }, { weight: 1, arbitrary: fc.constant<readonly string[]>([optionName]) }, { weight: 1, arbitrary: values.map((value): readonly string[] => [optionName + value]) });
  });

function invocation(declaration: Declaration, depth = 0): fc.Arbitrary<readonly string[]> {
  const subcommands = declaration.subcommands ?? [];
  const option = declaration.options.length === 0 ? fc.constant(["--help"]) : fc.oneof({ weight: 10, arbitrary: fc.constantFrom(...declaration.options).chain(optionText) }, { weight: 1, arbitrary: fc.constantFrom(["--nosuch"], ["-Z"], ["--help"], ["--version"], ["-"], ["--"], ["--h"], ["-é"]) });
  const rest = fc.tuple(fc.array(option, { maxLength: 3 }), fc.array(operandText, { maxLength: 3 }), fc.boolean()).map(([options, operands, optionsFirst]) => (optionsFirst ? [...options.flat(), ...operands] : [...operands, ...options.flat()]));
  if (subcommands.length === 0 || depth > 3) return rest;
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...subcommands).chain((sub) => invocation(sub, depth + 1).map((words) => [sub.name.split(" ").at(-1) ?? sub.name, ...words])) },
    { weight: 1, arbitrary: rest },
  );
}

const declared = [...commands.values()].filter(({ declaration }) => !["yes"].includes(declaration.name));
const builtins = ["alias", "bg", "bind", "break", "builtin", "caller", "cd", "command", "compgen", "complete", "compopt", "continue", "declare", "dirs", "disown", "echo", "enable", "eval", "exec", "exit", "export", "false", "fc", "fg", "getopts", "hash", "help", "history", "jobs", "kill", "let", "local", "logout", "mapfile", "popd", "printf", "pushd", "pwd", "read", "readonly", "return", "set", "shift", "shopt", "source", "suspend", "test", "times", "trap", "type", "typeset", "ulimit", "umask", "unalias", "unset", "wait", ".", ":"];
const builtinWords = fc.oneof(operandText, fc.constantFrom("-a", "-A", "-n", "-p", "-f", "-x", "-r", "-i", "-u", "-l", "-e", "-t", "0.01", "-d", "-s", "-N", "3", "-o", "posix", "extglob", "-g", "-F", "-v", "+x", "+o", "-P", "-W", "x=1", "x=(1 2)", "arr[2]=5", "arr[-9]=1", "-c", "-S", "-k", "-C", "%1", "%+", "$!", "INT", "'echo t'", "x", "f", "-E", "-L", "-q"));
const quoteWhenNeeded = (text: string): string => (/[\s'"`\\;|&<>(){}!#\udc80-\udcff]/.test(text) || text === "" ? singleQuoted(text) : text);

const registered = fc.constantFrom(...declared).chain((command) => invocation(command.declaration).map((words) => [command.name, ...words.map(quoteWhenNeeded)].join(" ")));
const builtin = fc.tuple(fc.constantFrom(...builtins), fc.array(builtinWords, { maxLength: 4 })).map(([builtinName, words]) => [builtinName, ...words].join(" "));
const language = fc.constantFrom(...languages).chain(([before, piece, after]) => piece.map((text) => `${before} ${singleQuoted(text)} ${after}`));
const wordLanguage = fc.constantFrom(...wordLanguages).chain(([program, words]) => words.map((list) => [program, ...list.map(quoteWhenNeeded)].join(" ")));

const { list } = fc.letrec((tie: fc.LetrecTypedTie<Grammar>) => ({
  word: fc.oneof(
    { maxDepth: 4, withCrossShrink: false },
    { weight: 6, arbitrary: operandText },
    { weight: 3, arbitrary: anyText.map(singleQuoted) },
    { weight: 3, arbitrary: variable.map((v) => `"$${v.length > 1 ? `{${v}}` : v}"`) },
    { weight: 2, arbitrary: variable.map((v) => `\${${v}}`) },
    { weight: 4, arbitrary: fc.tuple(variable, fc.constantFrom(":-", "-", ":=", ":+", ":?", "#", "##", "%", "%%", "/", "//", "/#", "^", "^^", ",", ",,", ":", "@"), tie("word")).map(([v, operator, word]) => `\${${v}${operator}${word}}`) },
    { weight: 2, arbitrary: fc.tuple(variable, fc.constantFrom("[0]", "[@]", "[*]", "[-1]", "[x]", "[$((1))]", "[", "[]"), fc.constantFrom("", ":1:2", "@Q", "@A", "@a", "@U", ": -1", "/a/b")).map(([v, index, rest]) => `"\${${v}${index}${rest}}"`) },
    { weight: 1, arbitrary: variable.map((v) => `\${#${v}}`) }, { weight: 1, arbitrary: variable.map((v) => `\${!${v}}`) }, { weight: 1, arbitrary: variable.map((v) => `\${!${v}@}`) },
    { weight: 3, arbitrary: tie("list").map((inner) => `$(${inner})`) }, { weight: 1, arbitrary: tie("simple").map((inner) => `"\`${inner}\`"`) }, { weight: 1, arbitrary: tie("simple").map((inner) => `<(${inner})`) },
    { weight: 2, arbitrary: arithmeticSoup.map((text) => `$((${text}))`) }, { weight: 1, arbitrary: patternSoup },
    { weight: 1, arbitrary: fc.tuple(tie("word"), tie("word")).map(([a, b]) => `{${a},${b}}`) }, { weight: 1, arbitrary: fc.tuple(numberText, numberText).map(([a, b]) => `{${a}..${b}}`) },
    { weight: 1, arbitrary: fc.constantFrom("$'\\n\\x41\\u00e9'", "$'\\", "$\"x\"", "~+", "~root", "a\\ b", "\"a$(echo b)c\"", "{a..e..2}", "{1..3}{a,b}", "$$", "\\\n") },
  ),
  redirect: fc.oneof(
    fc.tuple(fc.constantFrom(">", ">>", "<", "2>", "&>", ">|", "<>", "2>&1", ">&2", "<&-", "3<", "3>&1", "<<<", "{fd}>", "10>", ">&", "&>>"), fileName).map(([operator, file]) => (/[0-9-]$/.test(operator) && operator.includes("&") ? operator : `${operator} ${file}`)),
    fc.tuple(fc.constantFrom("E", "'E'", "-E"), anyText).map(([end, text]) => `<<${end}\n${text}\n$x $(echo h)\nE\n`),
  ),
  simple: fc.oneof(
    { maxDepth: 4 },
    { weight: 8, arbitrary: registered }, { weight: 3, arbitrary: builtin }, { weight: 4, arbitrary: language }, { weight: 4, arbitrary: wordLanguage },
    { weight: 2, arbitrary: fc.array(tie("word"), { minLength: 1, maxLength: 4 }).map((words) => `echo ${words.join(" ")}`) },
    { weight: 1, arbitrary: fc.array(tie("word"), { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")) },
    { weight: 2, arbitrary: fc.tuple(name, fc.constantFrom("=", "+=", "[1]=", "[$x]="), tie("word")).map(([n, operator, word]) => `${n}${operator}${word}`) },
    { weight: 1, arbitrary: fc.tuple(name, fc.array(tie("word"), { maxLength: 4 })).map(([n, words]) => `${n}=(${words.join(" ")})`) },
    { weight: 1, arbitrary: fc.tuple(name, fc.array(tie("word"), { maxLength: 3 })).map(([n, words]) => `declare -A ${n}; ${n}[k]=1; echo \${${n}[@]} ${words.join(" ")}`) },
    { weight: 1, arbitrary: fc.tuple(tie("word"), fc.constantFrom("==", "=~", "!=", "<", "-nt", "-eq"), patternSoup).map(([a, operator, b]) => `[[ ${a} ${operator} ${b} ]]`) },
    { weight: 1, arbitrary: arithmeticSoup.map((text) => `((${text}))`) }, { weight: 1, arbitrary: fc.tuple(tie("simple"), tie("redirect")).map(([a, b]) => `${a} ${b}`) },
  ),
  command: fc.oneof(
    { maxDepth: 4 },
    { weight: 12, arbitrary: tie("simple") }, { weight: 3, arbitrary: fc.tuple(tie("simple"), tie("simple")).map(([a, b]) => `${a} | ${b}`) },
    { weight: 1, arbitrary: fc.tuple(tie("list"), tie("list"), tie("list")).map(([a, b, c]) => `if ${a}; then ${b}; else ${c}; fi`) }, { weight: 1, arbitrary: fc.tuple(name, fc.array(tie("word"), { maxLength: 3 }), tie("list")).map(([n, words, body]) => `for ${n} in ${words.join(" ")}; do ${body}; done`) },
    { weight: 1, arbitrary: fc.tuple(arithmeticSoup, tie("list")).map(([text, body]) => `for ((i=0;i<3;i+=${text})); do ${body}; break; done`) }, { weight: 1, arbitrary: fc.tuple(tie("simple"), tie("list")).map(([test, body]) => `while ${test}; do ${body}; break; done`) },
    { weight: 1, arbitrary: fc.tuple(tie("word"), patternSoup, tie("list"), fc.constantFrom(";;", ";&", ";;&")).map(([word, pattern, body, end]) => `case ${word} in ${pattern}) ${body} ${end} *) :;; esac`) },
    { weight: 1, arbitrary: fc.tuple(name, tie("list")).map(([n, body]) => `${n}() { ${body}; }; ${n} 1 2`) }, { weight: 1, arbitrary: tie("list").map((body) => `( ${body} )`) }, { weight: 1, arbitrary: tie("list").map((body) => `{ ${body}; } 2>&1`) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom("time", "!", "coproc", "exec", "nohup", "time -p", "coproc N", "sudo", "env", "command", "timeout 1", "nice", "xargs", "bash -c", "dash -c", "sh -x -c", "eval", "busybox", "strace"), tie("simple")).map(([prefix, body]) => `${prefix} ${/-c$|eval$/.test(prefix) ? singleQuoted(body) : body}`) },
    { weight: 1, arbitrary: tie("simple").map((body) => `${body} & wait`) }, { weight: 1, arbitrary: tie("simple").map((body) => `trap ${singleQuoted(body)} EXIT DEBUG ERR USR1`) },
  ),
  list: fc.array(fc.tuple(tie("command"), fc.constantFrom<string>("; ", " && ", " || ", "\n", " | ", " & ")), { minLength: 1, maxLength: 3 }).map((parts) => parts.map(([command, end], at) => (at === parts.length - 1 ? command : command + (command.endsWith("\n") ? "" : end))).join("")),
}));

type Damage = readonly ["cut" | "insert" | "double", number, string];
const damage: fc.Arbitrary<Damage> = fc.tuple(fc.constantFrom("cut" as const, "insert" as const, "double" as const), fc.nat(400), fc.constantFrom("'", "\"", "`", "$", "(", ")", "{", "}", "\\", "\n", ";", "&", "|", "<", ">", "[", "]", "!", "\0", "\u0001", "\udcff", " ", "=", "${", "$((", "<<E", "do", "done", "fi", "esac", "#"));

function damaged(text: string, damages: readonly Damage[]): string {
  let out = text;
  for (const [kind, place, piece] of damages) {
    const at = out.length === 0 ? 0 : place % out.length;
    if (kind === "cut") out = out.slice(0, at) + out.slice(at + 1 + (place % 3));
    else if (kind === "insert") out = out.slice(0, at) + piece + out.slice(at);
    else out = out.slice(0, at) + out.slice(at, at + 5) + out.slice(at);
  }
  return out;
}

export const scripts: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: list },
  { weight: 2, arbitrary: fc.tuple(list, fc.array(damage, { minLength: 1, maxLength: 4 })).map(([text, damages]) => damaged(text, damages)) },
  { weight: 3, arbitrary: fc.oneof({ weight: 3, arbitrary: registered }, { weight: 2, arbitrary: language }, { weight: 2, arbitrary: wordLanguage }) },
);
