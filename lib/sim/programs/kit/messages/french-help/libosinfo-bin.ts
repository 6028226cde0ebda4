// What the declarations of libosinfo-bin say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLibosinfoBinHelp: Catalogue = [
  ["query the data base of operating systems", "interroger la base des systèmes d'exploitation"],
  ["columns to show", "colonnes à montrer"],
  ["column to sort by", "colonne du tri"],
];
