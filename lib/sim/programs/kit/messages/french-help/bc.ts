// What the declarations of bc say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBcHelp: Catalogue = [
  ["calculate with as many digits as wanted, in a small language", "calculer avec autant de chiffres que voulu, dans un petit langage"],
  ["Files are read first, then standard input. The language: expressions, assignments, if, while, for, functions (define), arrays; scale sets the digits after the point, ibase and obase the bases of input and output.", "Les fichiers sont lus d'abord, puis l'entrée standard. Le langage\u00a0: expressions, affectations, if, while, for, fonctions (define), tableaux\u00a0; scale fixe le nombre de chiffres après la virgule, ibase et obase les bases d'entrée et de sortie."],
  ["behave as on a terminal, even without one", "se comporter comme sur un terminal, même s'il n'y en a pas"],
  ["define the math library: s, c, a, l, e, j; scale is 20", "définir la bibliothèque mathématique\u00a0: s, c, a, l, e, j\u00a0; scale vaut 20"],
  ["start without the greeting", "commencer sans message d'accueil"],
  ["what POSIX does not know is an error", "ce que POSIX ne connaît pas est une erreur"],
  ["warn about what POSIX does not know", "signaler ce que POSIX ne connaît pas"],
];
