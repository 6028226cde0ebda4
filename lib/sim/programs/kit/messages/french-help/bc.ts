// What the declarations of bc say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBcHelp: Catalogue = [
  ["an arbitrary precision calculator language", "langage de calcul à précision arbitraire"],
  ["Files are read first, then standard input. The language: expressions, assignments, if, while, for, functions (define), arrays; scale sets the digits after the point, ibase and obase the bases of input and output.", "Les fichiers sont lus d'abord, puis l'entrée standard. Le langage\u00a0: expressions, affectations, if, while, for, fonctions (define), tableaux\u00a0; scale fixe le nombre de chiffres après la virgule, ibase et obase les bases d'entrée et de sortie."],
  ["print this usage and exit", "afficher cette utilisation et quitter"],
  ["force interactive mode", "imposer le mode interactif"],
  ["use the predefined math routines: s, c, a, l, e, j", "utiliser les fonctions mathématiques fournies\u00a0: s, c, a, l, e, j"],
  ["don't print initial banner", "ne pas afficher la bannière initiale"],
  ["non-standard bc constructs are errors (accepted)", "les constructions non standard sont des erreurs (accepté)"],
  ["warn about non-standard bc constructs (accepted)", "prévenir des constructions non standard (accepté)"],
];
