// What the declarations of time say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchTimeHelp: Catalogue = [
  ["measure the time and memory that a program takes", "mesurer le temps et la mémoire que prend un programme"],
  ["with -o, add to the end of FILE", "avec -o, ajouter à la fin de FICHIER"],
  ["report what FORMAT says", "rapporter ce que dit FORMAT"],
  ["the measurements go to FILE", "les mesures vont dans FICHIER"],
  ["the three lines of POSIX: real, user, sys", "les trois lignes de POSIX\u00a0: real, user, sys"],
  ["say nothing about how the program ended", "ne rien dire de la fin du programme"],
  ["everything that is measured, a line each", "toutes les mesures, une par ligne"],
];
