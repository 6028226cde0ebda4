// What the declarations of lsb-release say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLsbReleaseHelp: Catalogue = [
  ["print distribution-specific information", "afficher des informations sur la distribution"],
  ["show the supported LSB modules", "montrer les modules LSB pris en charge"],
  ["show the distributor's name", "montrer le nom du distributeur"],
  ["show what this distribution is", "montrer ce qu'est cette distribution"],
  ["show its release", "montrer sa version"],
  ["show its code name", "montrer son nom de code"],
  ["show all of these", "montrer tout cela"],
  ["without headings", "sans les titres"],
];
