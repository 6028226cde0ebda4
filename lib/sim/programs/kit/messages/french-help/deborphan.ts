// What the declarations of deborphan say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDeborphanHelp: Catalogue = [
  ["packages that no other package needs", "les paquets dont aucun autre n'a besoin"],
  ["Libraries and what was renamed, unless -a is given. What is required or important is left out.", "Les bibliothèques et ce qui a changé de nom, sauf avec -a. Ce qui est requis ou important est laissé de côté."],
  ["packages of every section", "les paquets de toutes les sections"],
  ["the section, too", "aussi la section"],
  ["the size, too", "aussi la taille"],
  ["the priority, too", "aussi la priorité"],
  ["what is only recommended or suggested counts as not needed", "ce qui est seulement recommandé ou suggéré compte comme inutile"],
  ["as if these were not installed", "comme si ceux-ci n'étaient pas installés"],
  ["only those of this priority or a lower one", "seulement ceux de cette priorité ou d'une moindre"],
  ["packages whose settings alone are left", "les paquets dont il ne reste que les réglages"],
  ["held packages, too", "aussi les paquets figés"],
  ["libraries for developers, too", "aussi les bibliothèques de développement"],
  ["guess by the names of packages, too", "deviner aussi par le nom des paquets"],
  ["show what needs each package", "montrer qui a besoin de chaque paquet"],
  ["never show these packages", "ne jamais montrer ces paquets"],
  ["apt-cache rdepends shows it.", "apt-cache rdepends le montre."],
  ["There is no list of packages to keep.", "Il n'y a pas de liste de paquets à garder."],
];
