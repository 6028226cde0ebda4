// What the declarations of hello say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchHelloHelp: Catalogue = [
  ["print a friendly greeting", "afficher un salut amical"],
  ["greet as tradition has it", "saluer comme le veut la tradition"],
  ["greet with TEXT", "saluer par TEXTE"],
];
