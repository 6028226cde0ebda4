// What the declarations of gcc say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGccHelp: Catalogue = [
  ["GNU project C and C++ compiler", "compilateur C et C++ du projet GNU"],
  ["The simulated machine does not compile: programs in machine code would not run on it.", "La machine simulée ne compile pas\u00a0: des programmes en code machine n'y fonctionneraient pas."],
  ["where the result would go", "où irait le résultat"],
  ["compile only", "compiler seulement"],
  ["print the machine that it compiles for", "afficher la machine pour laquelle il compile"],
  ["only the version's number", "seulement le numéro de version"],
];
