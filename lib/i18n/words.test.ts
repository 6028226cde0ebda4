import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import compile from "icu-minify/compile";
import { describe, expect, test } from "vitest";
import { auditActions } from "../school/audit.ts";
import { refusals } from "../school/refusal.ts";
import { closedReasons, noticeCodes } from "../session/protocol.ts";
import { fileRefusals } from "../session/protocol-files.ts";
import { frenchSpaces } from "./french-spaces.ts";
import { localeOf } from "./locale.ts";
import { areas, type Key, messagesOf, wordsOf } from "./words.ts";

const pairs: [string, string, string][] = Object.entries(areas).flatMap(([area, words]) => Object.entries<readonly [string, string]>(words).map(([key, [fr, en]]): [string, string, string] => [`${area}.${key}`, fr, en]));

/** Names of the values that a message takes, wherever they stand in it. */
function values(message: string): string[] {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (!Array.isArray(node)) return;
    const [name, , ...rest] = node;
    if (typeof name === "string") names.add(name);
    for (const options of rest) if (typeof options === "object" && options !== null) for (const inner of Object.values(options)) Array.isArray(inner) && inner.forEach(visit);
  };
  const compiled = compile(message);
  if (Array.isArray(compiled)) for (const node of compiled) if (typeof node !== "string") visit(node);
  return [...names].sort();
}

describe("words", () => {
  test.each(pairs)("%s: both languages parse and take the same values", (_key, fr, en) => {
    expect(fr.trim()).not.toBe("");
    expect(en.trim()).not.toBe("");
    expect(values(fr)).toEqual(values(en));
  });

  test("every code that the program can show has its words", () => {
    for (const code of refusals) expect(areas.refusals).toHaveProperty([code]);
    for (const code of noticeCodes) expect(areas.notices).toHaveProperty([code]);
    for (const code of auditActions) expect(areas.audit).toHaveProperty([code]);
    for (const code of fileRefusals) if (code !== "errno") expect(areas.files).toHaveProperty([`refused_${code}`]);
    for (const reason of closedReasons) expect(areas.terminal).toHaveProperty([`closed_${reason}`]);
  });

  test("every word is used, and every key used exists", () => {
    const root = path.resolve(import.meta.dirname, "../..");
    const sources = ["app", "components", "lib/school", "lib/server"].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
        .map((name) => readFileSync(path.join(root, folder, name), "utf8")),
    );
    const text = sources.join("\n");
    const families = [...text.matchAll(/`([a-z]+\.[a-zA-Z_]*)\$\{/g)].map((match) => match[1] ?? "");
    const unused = pairs.map(([key]) => key).filter((key) => !text.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)));
    expect(unused).toEqual([]);
    const known = new Set(pairs.map(([key]) => key));
    const names = Object.keys(areas).join("|");
    const missing = [...text.matchAll(new RegExp(`\\bt\\("((?:${names})\\.[^"]+)"`, "g"))].map((match) => match[1] ?? "").filter((key) => !known.has(key));
    expect(missing).toEqual([]);
  });

  test("messages can be handed to client components: plain values only", () => {
    for (const message of Object.values(messagesOf("fr", ["quiz", "lab", "terminal"]))) expect(structuredClone(message)).toStrictEqual(message);
  });

  test("plurals", () => {
    const say = (locale: "fr" | "en", key: Key, count: number) => wordsOf(locale)(key, { count });
    expect(say("fr", "teach.learners", 0)).toBe("aucun apprenant");
    expect(say("fr", "teach.learners", 1)).toBe("1 apprenant");
    expect(say("en", "teach.learners", 2)).toBe("2 learners");
  });

  test("French typography", () => {
    expect(frenchSpaces("Quoi ? « Ah ! » l'hôte : 40 % ; fin")).toBe("Quoi\u{202f}? «\u{202f}Ah\u{202f}!\u{202f}» l’hôte\u{a0}: 40\u{202f}%\u{202f}; fin");
    expect(frenchSpaces("Fait : {percent} %")).toBe("Fait\u{a0}: {percent}\u{202f}%");
    for (const message of Object.values(messagesOf("fr", ["common", "quiz", "people"]))) expect(JSON.stringify(message)).not.toMatch(/ [;!?:»]|« /);
  });
});

test.each([
  ["fr-FR,fr;q=0.9,en;q=0.8", "fr"],
  ["de,en-GB;q=0.7,fr;q=0.3", "en"],
  ["de", "fr"],
  ["", "fr"],
  ["en;q=0,fr;q=0.1", "fr"],
])("Accept-Language %s", (header, locale) => expect(localeOf(header)).toBe(locale));
