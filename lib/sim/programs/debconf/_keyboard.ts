// The questions of keyboard-configuration and console-setup, and what becomes of the answers: /etc/default/keyboard and /etc/default/console-setup.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { ALTGR, COMPOSES, type KeyboardChoice, LAYOUTS, MODELS, variantsOf } from "../kit/keyboard/keyboard-choices.ts";
import { runProgram } from "../dpkg/_maintainer-actions.ts";
import type { DebconfDatabase } from "./_database.ts";
import type { Template } from "./_templates.ts";

const KEYBOARD = "keyboard-configuration";
const KEYBOARD_FILE = "/etc/default/keyboard";
const CONSOLE_FILE = "/etc/default/console-setup";
const TERMINATE = "terminate:ctrl_alt_bksp";

const english = (choices: readonly KeyboardChoice[]): readonly string[] => choices.map((one) => one.english);
const codeOf = (choices: readonly KeyboardChoice[], words: string): string | undefined => choices.find((one) => one.english === words)?.name;
const wordsOf = (choices: readonly KeyboardChoice[], code: string): string | undefined => choices.find((one) => one.name === code)?.english;

const CODESETS: readonly KeyboardChoice[] = [
  { name: "Lat15", english: "# Latin1 and Latin5 - western Europe and Turkic languages", french: "# latin1 et latin5\u00a0: langues de l'Europe de l'ouest et turc" },
  { name: "Lat2", english: "# Latin2 - central Europe and Romanian", french: "# latin2\u00a0: langues d'Europe centrale et roumain" },
  { name: "CyrSlav", english: "# Cyrillic - Slavic languages (also Bosnian and Serbian Latin)", french: "# cyrillique\u00a0: langues slaves (et aussi le bosniaque et le serbe latin)" },
  { name: "guess", english: "Guess optimal character set", french: "Choix automatique du jeu de caractères adapté" },
];
const FACES: readonly KeyboardChoice[] = [...["Fixed", "Terminus", "TerminusBold", "VGA"].map((name): KeyboardChoice => ({ name, english: name, french: name })), { name: "", english: "Do not change the boot/kernel font", french: "Conserver la police du noyau ou de démarrage" }, { name: "guess", english: "Let the system select a suitable font", french: "Laisser le système choisir une police adaptée" }];
const SIZES: ReadonlyMap<string, readonly string[]> = new Map([["Fixed", ["8x13", "8x14", "8x15", "8x16", "8x18"]], ["Terminus", ["6x12", "8x14", "8x16", "10x20", "12x24", "14x28", "16x32"]], ["TerminusBold", ["8x14", "8x16", "10x20", "12x24", "14x28", "16x32"]], ["VGA", ["8x8", "8x14", "8x16", "16x28", "16x32"]]]);

export const keyboardTemplates: readonly (readonly [packageName: string, templates: readonly Template[]])[] = [
  [KEYBOARD, [
    { name: `${KEYBOARD}/model`, type: "select", choices: english(MODELS), otherwise: "Generic 105-key PC", priority: "medium", short: "Keyboard model:", long: "Choose how the keyboard of this machine is built." },
    { name: `${KEYBOARD}/layout`, type: "select", choices: english(LAYOUTS), otherwise: "English (US)", priority: "high", short: "Country of origin for the keyboard:", long: "Layouts differ from country to country, and some countries have several. Choose the country that the keyboard was made for." },
    { name: `${KEYBOARD}/variant`, type: "select", choices: [], otherwise: "English (US)", priority: "high", short: "Keyboard layout:", long: "Choose the layout that fits what is printed on the keys." },
    { name: `${KEYBOARD}/altgr`, type: "select", choices: english(ALTGR), otherwise: "The default for the keyboard layout", priority: "medium", short: "Key to function as AltGr:", long: "Many layouts have a key that brings the third sign of a key, such as a foreign letter. It is written AltGr on keyboards of Europe, and is the right Alt key on others." },
    { name: `${KEYBOARD}/compose`, type: "select", choices: english(COMPOSES), otherwise: "No compose key", priority: "medium", short: "Compose key:", long: "After this key, the next two make one character together: an accent and a letter, for instance. On the consoles it works without UTF-8 only." },
    { name: `${KEYBOARD}/ctrl_alt_bksp`, type: "boolean", otherwise: "false", priority: "medium", short: "Use Control+Alt+Backspace to terminate the X server?", long: "These three keys together then end the X server at once. Usually they do nothing." },
  ]],
  ["console-setup", [
    { name: "console-setup/charmap47", type: "select", choices: ["UTF-8", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5", "ISO-8859-15", "KOI8-R"], otherwise: "UTF-8", priority: "medium", short: "Encoding to use on the console:", long: "Choose how characters are encoded on the consoles. UTF-8 is right for nearly everybody." },
    { name: "console-setup/codeset47", type: "select", choices: english(CODESETS), otherwise: "Guess optimal character set", priority: "medium", short: "Character set to support:", long: "A font of the console holds 256 or 512 characters. Choose which ones it shall show. Sets with a # keep all colours." },
    { name: "console-setup/fontface47", type: "select", choices: english(FACES), otherwise: "Fixed", priority: "medium", short: "Font for the console:", long: "Terminus is easy on the eyes, VGA looks as consoles always did, Fixed shows the most characters." },
    { name: "console-setup/fontsize-text47", type: "select", choices: SIZES.get("Fixed") ?? [], otherwise: "8x16", priority: "medium", short: "Font size:", long: "Width and height of a character in points of the screen. Larger ones leave fewer lines." },
  ]],
];

/** The choices of those questions that depend on an earlier answer. */
export function keyboardSteps(name: string, list: readonly Template[], database: DebconfDatabase): readonly { readonly template: Template; readonly choices: readonly string[] }[] {
  return list.flatMap((template) => {
    if (template.name === `${KEYBOARD}/variant`) {
      const choices = english(variantsOf(codeOf(LAYOUTS, database.value(`${KEYBOARD}/layout`)) ?? "us"));
      if (!choices.includes(database.value(template.name))) database.set(template.name, choices[0] ?? "", database.questions.get(template.name)?.seen === true, name, "select");
      return [{ template: { ...template, otherwise: choices[0] ?? "" }, choices }];
    }
    if (template.name === "console-setup/fontsize-text47") {
      const choices = SIZES.get(database.value("console-setup/fontface47"));
      if (choices === undefined) return [];
      if (!choices.includes(database.value(template.name))) database.set(template.name, choices.includes("8x16") ? "8x16" : (choices[0] ?? ""), false, name, "select");
      return [{ template, choices }];
    }
    return [{ template, choices: template.choices ?? [] }];
  });
}

function valuesOf(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^\s*([A-Z_]+)="?([^"\n]*)"?\s*$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

/** What the files say wins over what debconf remembers. */
export function* readKeyboard(sys: Sys, name: string, database: DebconfDatabase): Blocking<void> {
  const set = (question: string, value: string | undefined): void => {
    if (value !== undefined) database.set(question, value, false, name, "select");
  };
  if (name === KEYBOARD) {
    const values = valuesOf(yield* readFile(sys, KEYBOARD_FILE));
    if (values.size === 0) return;
    const layout = (values.get("XKBLAYOUT") ?? "us").split(",")[0] ?? "us";
    const options = (values.get("XKBOPTIONS") ?? "").split(",");
    set(`${KEYBOARD}/model`, wordsOf(MODELS, values.get("XKBMODEL") ?? "pc105"));
    set(`${KEYBOARD}/layout`, wordsOf(LAYOUTS, layout));
    set(`${KEYBOARD}/variant`, wordsOf(variantsOf(layout), (values.get("XKBVARIANT") ?? "").split(",")[0] ?? ""));
    set(`${KEYBOARD}/altgr`, wordsOf(ALTGR, options.find((one) => one.startsWith("lv3:")) ?? ""));
    set(`${KEYBOARD}/compose`, wordsOf(COMPOSES, options.find((one) => one.startsWith("compose:")) ?? ""));
    database.set(`${KEYBOARD}/ctrl_alt_bksp`, options.includes(TERMINATE) ? "true" : "false", false, name, "boolean");
  } else {
    const values = valuesOf(yield* readFile(sys, CONSOLE_FILE));
    if (values.size === 0) return;
    set("console-setup/charmap47", values.get("CHARMAP"));
    set("console-setup/codeset47", wordsOf(CODESETS, values.get("CODESET") ?? "guess"));
    set("console-setup/fontface47", wordsOf(FACES, values.get("FONTFACE") ?? ""));
    set("console-setup/fontsize-text47", values.get("FONTSIZE"));
  }
}

/** The text with these settings: lines that are there are changed, the rest of the file stays. */
function withValues(text: string, values: readonly (readonly [string, string])[]): string {
  let changed = text;
  for (const [key, value] of values) {
    const lines = changed.split("\n");
    const at = lines.findIndex((line) => line.trimStart().startsWith(`${key}=`));
    changed = at >= 0 ? lines.with(at, `${key}="${value}"`).join("\n") : `${changed.replace(/\n*$/, "\n")}${key}="${value}"\n`;
  }
  return changed;
}

export function* applyKeyboard(sys: Sys, name: string, database: DebconfDatabase): Blocking<void> {
  if (name === KEYBOARD) {
    const layout = codeOf(LAYOUTS, database.value(`${KEYBOARD}/layout`)) ?? "us";
    const kept = (valuesOf(yield* readFile(sys, KEYBOARD_FILE)).get("XKBOPTIONS") ?? "").split(",").filter((one) => one !== "" && one !== TERMINATE && !/^(?:lv3|compose):/.test(one));
    const options = [codeOf(ALTGR, database.value(`${KEYBOARD}/altgr`)) ?? "", codeOf(COMPOSES, database.value(`${KEYBOARD}/compose`)) ?? "", database.value(`${KEYBOARD}/ctrl_alt_bksp`) === "true" ? TERMINATE : "", ...kept].filter((one) => one !== "");
    const before = yield* readFile(sys, KEYBOARD_FILE);
    yield* writeFile(sys, KEYBOARD_FILE, withValues(before === "" ? yield* readFile(sys, "/usr/share/console-setup/keyboard") : before, [
      ["XKBMODEL", codeOf(MODELS, database.value(`${KEYBOARD}/model`)) ?? "pc105"], ["XKBLAYOUT", layout], ["XKBVARIANT", codeOf(variantsOf(layout), database.value(`${KEYBOARD}/variant`)) ?? ""], ["XKBOPTIONS", options.join(",")],
    ]));
  } else {
    const face = codeOf(FACES, database.value("console-setup/fontface47")) ?? "Fixed";
    const before = yield* readFile(sys, CONSOLE_FILE);
    yield* writeFile(sys, CONSOLE_FILE, withValues(before === "" ? yield* readFile(sys, "/usr/share/console-setup/console-setup") : before, [
      ["CHARMAP", database.value("console-setup/charmap47")], ["CODESET", codeOf(CODESETS, database.value("console-setup/codeset47")) ?? "guess"], ["FONTFACE", face], ["FONTSIZE", SIZES.has(face) ? database.value("console-setup/fontsize-text47") : ""],
    ]));
  }
  try {
    sys.stat("/bin/setupcon");
  } catch (error) {
    if (error instanceof SysError) return;
    throw error;
  }
  // as the packages' own script: the boot finds what was chosen, and consoles get it now
  yield* runProgram(sys, ["setupcon", "--force", "--save"]);
}

export const keyboardShort: ReadonlyMap<string, string> = new Map([
  [`${KEYBOARD}/model`, "Modèle du clavier\u00a0:"], [`${KEYBOARD}/layout`, "Pays d'origine du clavier\u00a0:"], [`${KEYBOARD}/variant`, "Disposition du clavier\u00a0:"], [`${KEYBOARD}/altgr`, "Touche destinée à se substituer à AltGr\u00a0:"], [`${KEYBOARD}/compose`, "Touche «\u00a0compose\u00a0»\u00a0:"],
  [`${KEYBOARD}/ctrl_alt_bksp`, "Faut-il utiliser Control+Alt+Ret.Arr. pour arrêter le serveur X\u00a0?"], ["console-setup/charmap47", "Codage à utiliser sur la console\u00a0:"], ["console-setup/codeset47", "Jeu de caractères à gérer\u00a0:"], ["console-setup/fontface47", "Police de caractères pour la console\u00a0:"], ["console-setup/fontsize-text47", "Taille de la police\u00a0:"],
]);

export const keyboardLong: ReadonlyMap<string, string> = new Map([
  [`${KEYBOARD}/model`, "Choisissez le modèle du clavier de cette machine."],
  [`${KEYBOARD}/layout`, "Les dispositions changent d'un pays à l'autre, et certains pays en ont plusieurs. Choisissez le pays pour lequel le clavier a été fabriqué."],
  [`${KEYBOARD}/variant`, "Choisissez la disposition qui correspond à ce qui est gravé sur les touches."],
  [`${KEYBOARD}/altgr`, "Beaucoup de dispositions ont une touche qui donne le troisième signe d'une touche, par exemple une lettre étrangère. Elle s'appelle AltGr sur les claviers européens, et c'est la touche Alt de droite sur les autres."],
  [`${KEYBOARD}/compose`, "Après cette touche, les deux suivantes forment ensemble un caractère\u00a0: un accent et une lettre, par exemple. Sur les consoles, elle ne sert que sans UTF-8."],
  [`${KEYBOARD}/ctrl_alt_bksp`, "Ces trois touches ensemble arrêtent alors aussitôt le serveur X. D'ordinaire, elles ne font rien."],
  ["console-setup/charmap47", "Choisissez le codage des caractères sur les consoles. UTF-8 convient presque toujours."],
  ["console-setup/codeset47", "Une police de console contient 256 ou 512 caractères. Choisissez ceux qu'elle doit montrer. Les jeux marqués d'un # gardent toutes les couleurs."],
  ["console-setup/fontface47", "Terminus repose les yeux, VGA ressemble aux consoles de toujours, Fixed montre le plus de caractères."],
  ["console-setup/fontsize-text47", "Largeur et hauteur d'un caractère en points de l'écran. Plus elles sont grandes, moins il reste de lignes."],
]);

/** A choice of one of these questions in French. */
export function frenchKeyboardChoice(question: string, choice: string): string | undefined {
  const all: readonly (readonly [string, readonly KeyboardChoice[]])[] = [[`${KEYBOARD}/model`, MODELS], [`${KEYBOARD}/layout`, LAYOUTS], [`${KEYBOARD}/altgr`, ALTGR], [`${KEYBOARD}/compose`, COMPOSES], ["console-setup/codeset47", CODESETS], ["console-setup/fontface47", FACES]];
  if (question === `${KEYBOARD}/variant`) return LAYOUTS.flatMap(({ name }) => variantsOf(name)).find((one) => one.english === choice)?.french;
  return all.find(([name]) => name === question)?.[1].find((one) => one.english === choice)?.french;
}
