// What the declarations of cowsay say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCowsayHelp: Catalogue = [
  ["a cow that says what it is told, or thinks it (cowthink)", "une vache qui dit ce qu'on lui dit, ou qui le pense (cowthink)"],
  ["a cow of the Borg", "une vache borg"],
  ["dead", "morte"],
  ["greedy", "avide"],
  ["paranoid", "paranoïaque"],
  ["stoned", "dans les nuages"],
  ["tired", "fatiguée"],
  ["wide awake", "bien réveillée"],
  ["young", "jeune"],
  ["two characters for the eyes", "deux caractères pour les yeux"],
  ["two characters for the tongue", "deux caractères pour la langue"],
  ["another picture: a name along COWPATH, or a path", "une autre image\u00a0: un nom le long de COWPATH, ou un chemin"],
  ["leave the lines of standard input as they are", "laisser les lignes de l'entrée standard telles quelles"],
  ["where lines are broken, 40 unless given", "où couper les lignes, 40 par défaut"],
  ["list the pictures", "lister les images"],
  ["Without MESSAGE it is read from standard input. COWPATH names the directories of pictures, /usr/share/cowsay/cows unless set; a picture is a text in Perl with $thoughts, $eyes and $tongue in it.", "Sans MESSAGE, il est lu sur l'entrée standard. COWPATH nomme les répertoires des images, /usr/share/cowsay/cows par défaut\u00a0; une image est un texte en Perl qui contient $thoughts, $eyes et $tongue."],
];
