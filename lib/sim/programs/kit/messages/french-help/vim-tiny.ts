// What the declarations of vim-tiny say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchVimTinyHelp: Catalogue = [
  ["edit text as vi does, with more features (small version)", "éditer du texte comme vi, avec plus de fonctions (version réduite)"],
  ["edit text as vi does, with more features", "éditer du texte comme vi, avec plus de fonctions"],
  ["Edits text. Keys are commands until i, a or o begins to insert; Escape ends inserting. :wq saves and leaves, :q! leaves without saving.", "Édite du texte. Les touches sont des commandes jusqu'à ce que i, a ou o commence l'insertion\u00a0; Échap la finit. «\u00a0:wq\u00a0» enregistre et quitte, «\u00a0:q!\u00a0» quitte sans enregistrer."],
  ["read-only mode, as view", "mode lecture seule, comme view"],
  ["Ex mode, as ex", "mode Ex, comme ex"],
  ["compatible with Vi", "compatible avec Vi"],
  ["not compatible with Vi", "non compatible avec Vi"],
  ["Vi mode, as vi", "mode Vi, comme vi"],
  ["no swap file", "pas de fichier d'échange"],
  ["writing files is not allowed", "l'écriture de fichiers n'est pas permise"],
  ["no changes at all", "aucun changement permis"],
  ["binary mode: no effect", "mode binaire\u00a0: sans effet"],
  ["a window for each file", "une fenêtre par fichier"],
  ["a window for each file, side by side", "une fenêtre par fichier, côte à côte"],
  ["each file in a tab of its own", "chaque fichier dans son onglet"],
  ["silent mode, with -e", "mode silencieux, avec -e"],
  ["bring back what the swap file holds; without a file, list the swap files", "récupérer ce que contient le fichier d'échange\u00a0; sans fichier, lister les fichiers d'échange"],
  ["show the differences of the files, side by side (not in the small version)", "montrer les différences des fichiers, côte à côte (pas dans la petite version)"],
  ["read this file instead of the start files; NONE reads none", "lire ce fichier au lieu des fichiers de démarrage\u00a0; NONE n'en lit aucun"],
  ["once the first file is there, run the command", "une fois le premier fichier là, exécuter la commande"],
  ["show this help and leave", "montrer cette aide et sortir"],
  ["show the version and leave", "montrer la version et sortir"],
];
