// What the declarations of mawk say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchMawkHelp: Catalogue = [
  ["scan text for patterns and process it", "chercher des motifs dans du texte et le traiter"],
  ["Runs an awk program over the records of files or of standard input.", "Exécute un programme awk sur les enregistrements de fichiers ou de l'entrée standard."],
  ["the field separator", "séparateur de champs"],
  ["give a variable a value before the program starts", "donner une valeur à une variable avant le début du programme"],
  ["read the program from a file", "lire le programme dans un fichier"],
  ["options of mawk: version, help, usage, exec, interactive, random", "options de mawk\u00a0: version, help, usage, exec, interactive, random"],
  ["dump prints nothing", "dump n'affiche rien"],
  ["ends the options", "finit les options"],
  ["success, or what exit says", "succès, ou ce que dit exit"],
  ["an error in the program or in a file", "une erreur dans le programme ou dans un fichier"],
];
