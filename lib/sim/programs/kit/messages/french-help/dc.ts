// What the declarations of dc say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDcHelp: Catalogue = [
  ["an arbitrary precision calculator in reverse Polish notation", "calculatrice à précision arbitraire en notation polonaise inverse"],
  ["run the commands of EXPR", "exécuter les commandes de EXPR"],
  ["run the commands of file", "exécuter les commandes de fichier"],
];
