// The French of --help and of the manual pages: all of it, nothing beside it, and in French typography.
import { describe, expect, test } from "vitest";
import { commands } from "../../../machine/registry.generated.ts";
import { decode } from "../../../kernel/sys.ts";
import { helpTopics } from "../../../shell/builtins/help-topics.ts";
import { builtinNames, builtinText } from "../../../shell/builtins/registry.ts";
import { createWorld } from "../../../world/world.ts";
import { COMMANDS as gitCommands } from "../../git/_command-table.ts";
import type { Declaration } from "../command.ts";
import { FRENCH_HELP } from "./declared-french.ts";
import { frenchBashBuiltins } from "./french-help/bash-builtins.ts";
import { frenchVirshOptions } from "./french-help/virsh-options.ts";

/** The texts that --help and man show of a declaration. */
function shownTexts(declaration: Declaration): readonly string[] {
  const notes = declaration.options.flatMap(({ support }) => (typeof support === "string" ? [] : ["partly" in support ? support.partly : support.refused]));
  const subcommands = (declaration.subcommands ?? []).map(({ summary }) => summary);
  return [declaration.summary, ...(declaration.description ?? []), ...declaration.options.map(({ help }) => help), ...notes, ...(declaration.exitStatuses ?? []).map(([, meaning]) => meaning), ...(declaration.lists ?? []).flatMap((list) => [list.heading, ...list.words.map(([, meaning]) => meaning)]), ...subcommands].filter((text) => text !== "");
}

function textsOf(packageName: string): readonly string[] {
  // its manual pages are those of git's subcommands
  if (packageName === "git-man") return [...gitCommands.values()].flatMap(({ declaration }) => shownTexts(declaration));
  return [...commands].flatMap(([id, { declaration }]) => (id.startsWith(`${packageName}/`) ? shownTexts(declaration) : []));
}

const packages = FRENCH_HELP.flatMap((one) => one.packages);
const all = FRENCH_HELP.flatMap(({ catalogue }) => catalogue);
const known = new Set(all.map(([english]) => english));

describe("every declared text of a package that is translated has French", () => {
  test.each(packages)("%s", (packageName) => {
    const texts = textsOf(packageName);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !known.has(text))).toEqual([]);
  });
});

test("no French is left of a text that nobody declares, and none stands twice", () => {
  // a synopsis has French of its own where its placeholders are not all
  const synopses = [...commands.values()].flatMap(({ declaration }) => declaration.synopsis);
  const declared = new Set([...packages.flatMap(textsOf), ...synopses]);
  expect(all.map(([english]) => english).filter((english) => !declared.has(english))).toEqual([]);
  expect(known.size).toBe(all.length);
});

test("help of bash's builtins: each line has French, and no French is left over", () => {
  const lines = [...builtinNames.map((name) => builtinText(name)?.help ?? ""), ...helpTopics.map(({ help }) => help)].flatMap((help) => help.split("\n"));
  expect(frenchBashBuiltins.map(([english]) => english).sort()).toEqual([...new Set(lines)].sort());
});

test("virsh help COMMAND: each option has French", () => {
  const options = (commands.get("libvirt-clients/virsh")?.declaration.subcommands ?? []).flatMap((one) => one.options.map(({ help }) => help));
  expect(frenchVirshOptions.map(([name]) => name).sort()).toEqual([...new Set(options)].sort());
});

test("French typography: a no-break space before : ; ! ? », and behind «", () => {
  const wrong = (text: string): boolean => / [:;!?»](?=[\s,.)]|$)/.test(text) || /«(?!\u00a0)/.test(text) || /(?<!\u00a0)»/.test(text) || /[\p{L}\d)»][;!?](?=[ \n]|$)/u.test(text) || /[\p{L})»]:(?=\s|$)/u.test(text) || /(?<![> ]) {2}|^\s|\s$|''|"[^"]*\p{L} [^"]*"/u.test(text);
  expect([...all, ...frenchBashBuiltins, ...frenchVirshOptions].map(([, french]) => french).filter(wrong)).toEqual([]);
});

test("--help, man and whatis", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  const done = world.runProgram({
    argv: ["bash", "-c", "mkdir /usr/lib/locale/fr_FR.utf8; exec 2>&1; tac --help; man -w tac; man tac; whatis -l tac; LC_ALL=C whatis tac; man -L C -w tac"],
    directory: "/root", environment: new Map([["LANG", "fr_FR.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000,
  });
  expect(decode(done.stdout).replaceAll("\u00a0", "~")).toBe(`Utilisation~: tac [OPTION]... [FICHIER]...
Afficher des fichiers à rebours, la dernière ligne d'abord (cat inversé).

  -b, --before               un séparateur va avec ce qui le suit, non avec ce
                             qui le précède
  -r, --regex                la CHAÎNE de -s est un motif (expression
                             rationnelle)
  -s, --separator=CHAÎNE     CHAÎNE sépare les parties qui changent de place, à
                             la place du saut de ligne
      --help                 montrer cette aide
      --version              montrer la version
/usr/share/man/fr/man1/tac.1.gz
TAC(1)                       Commandes utilisateur                      TAC(1)

NOM
       tac  -  Afficher des fichiers à rebours, la dernière ligne d'abord (cat
       inversé)

SYNOPSIS
       tac [OPTION]... [FICHIER]...

DESCRIPTION
       Afficher des  fichiers  à  rebours,  la  dernière  ligne  d'abord  (cat
       inversé).

OPTIONS
       -b, --before
              un séparateur va avec ce qui le suit, non avec ce qui le précède

       -r, --regex
              la CHAÎNE de -s est un motif (expression rationnelle)

       -s, --separator=CHAÎNE
              CHAÎNE  sépare  les parties qui changent de place, à la place du
              saut de ligne

       --help montrer cette aide

       --version
              montrer la version

VOIR AUSSI
       cat(1), rev(1)

coreutils 9.1-1                   2026-11-21                            TAC(1)
tac (1)              - Afficher des fichiers à rebours, la dernière ligne d'abord (cat inversé)
tac (1)              - print files backwards, the last line first (cat reversed)
/usr/share/man/man1/tac.1.gz
`);
});
