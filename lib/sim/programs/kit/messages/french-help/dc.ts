// What the declarations of dc say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDcHelp: Catalogue = [
  ["an arbitrary precision calculator in reverse Polish notation", "calculatrice à précision arbitraire en notation polonaise inverse"],
  ["evaluate expression", "évaluer l'expression"],
  ["run the commands of file", "exécuter les commandes de fichier"],
];
