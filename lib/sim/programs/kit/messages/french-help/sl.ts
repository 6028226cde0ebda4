// What the declarations of sl say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSlHelp: Catalogue = [
  ["a steam locomotive for who meant ls", "une locomotive à vapeur pour qui voulait ls"],
  ["an accident: people cry for help", "un accident : des gens appellent au secours"],
  ["another locomotive", "une autre locomotive"],
  ["Ctrl-C stops it", "Ctrl-C l'arrête"],
  ["a little one", "une petite"],
  ["it flies", "elle vole"],
  ["Other letters are taken and do nothing.", "Les autres lettres sont admises et ne font rien."],
];
