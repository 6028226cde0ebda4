// What the declarations of perl-base say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchPerlBaseHelp: Catalogue = [
  ["the Perl language interpreter", "l'interpréteur du langage Perl"],
  ["Runs a program in Perl: the text after -e, a file, or standard input.", "Exécute un programme en Perl\u00a0: le texte après -e, un fichier, ou l'entrée standard."],
  ["program text, a line for each -e", "texte du programme, une ligne par -e"],
  ["like -e, with all optional features", "comme -e, avec toutes les fonctions facultatives"],
  ["a loop over the lines of the arguments around the program", "une boucle sur les lignes des arguments autour du programme"],
  ["like -n, and print each line", "comme -n, et afficher chaque ligne"],
  ["edit the files in place, keeping a copy with the extension", "éditer les fichiers sur place, en gardant une copie avec l'extension"],
  ["take line ends off and put them on again", "ôter les fins de lignes et les remettre"],
  ["split each line into @F", "découper chaque ligne dans @F"],
  ["what -a splits at", "ce sur quoi -a découpe"],
  ["the input record separator; -0777 reads files whole", "le séparateur d'enregistrements en entrée\u00a0; -0777 lit les fichiers entiers"],
  ["warnings", "avertissements"],
  ["all warnings", "tous les avertissements"],
  ["check the syntax only", "vérifier seulement la syntaxe"],
  ["use the module", "utiliser le module"],
  ["use the module without its exports", "utiliser le module sans ce qu'il exporte"],
  ["look for modules there first", "y chercher d'abord les modules"],
  ["print the configuration, or one value of it", "afficher la configuration, ou une de ses valeurs"],
  ["switches of the script become variables", "les options du script deviennent des variables"],
  ["skip what stands before #!perl", "sauter ce qui précède #!perl"],
  ["which streams are UTF-8", "quels flux sont en UTF-8"],
  ["the program file cannot be read", "le fichier du programme ne peut pas être lu"],
  ["the program died or does not compile", "le programme s'est arrêté par die ou ne se compile pas"],
  ["what exit was given", "ce qui a été donné à exit"],
];
