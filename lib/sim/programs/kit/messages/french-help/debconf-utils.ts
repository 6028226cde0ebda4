// What the declarations of debconf-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDebconfUtilsHelp: Catalogue = [
  ["print debconf's answers for debconf-set-selections", "afficher les réponses de debconf pour debconf-set-selections"],
];
