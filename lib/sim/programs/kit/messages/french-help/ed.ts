// What the declarations of ed say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchEdHelp: Catalogue = [
  ["line-oriented text editor", "éditeur de texte ligne à ligne"],
  ["line-oriented text editor, restricted to one directory", "éditeur de texte ligne à ligne, limité à un répertoire"],
  ["Reads commands from standard input, a line each: an address or two, a letter, and what it needs. A file that begins with ! is the output of a shell command.", "Lit des commandes sur l'entrée standard, une par ligne\u00a0: une adresse ou deux, une lettre et ce qu'il lui faut. Un fichier qui commence par\u00a0! est la sortie d'une commande du shell."],
  ["Addresses: a number, . (the current line), $ (the last), /RE/ and ?RE? (the next line that matches, forward and back), 'x (a mark), + and - with a number; a comma makes a range, a semicolon moves the current line first; , alone is all lines.", "Adresses\u00a0: un nombre, . (la ligne courante), $ (la dernière), /RE/ et «\u00a0?RE?\u00a0» (la prochaine ligne qui correspond, en avant et en arrière), 'x (une marque), + et - avec un nombre\u00a0; une virgule fait un intervalle, un point-virgule déplace d'abord la ligne courante\u00a0; la virgule seule vaut toutes les lignes."],
  ["Commands: a, i, c (lines follow, up to a period), d, j, m, t, s/RE/TEXT/ (g, a number, I), y and x (copy and put), k (a mark), p, n, l, =, z (print), g/RE/LIST and v/RE/LIST (for each line), G and V (asking), e, E, r, f, w, W, wq, q, Q, u (undo), h and H (explain the ?), P (the prompt), !COMMAND.", "Commandes\u00a0: a, i, c (des lignes suivent, jusqu'à un point), d, j, m, t, s/RE/TEXTE/ (g, un nombre, I), y et x (copier et remettre), k (une marque), p, n, l, =, z (afficher), g/RE/LISTE et v/RE/LISTE (pour chaque ligne), G et V (en demandant), e, E, r, f, w, W, wq, q, Q, u (annuler), h et H (expliquer le\u00a0?), P (l'invite), !COMMANDE."],
  ["as old editors did", "comme les anciens éditeurs"],
  ["status 0 even when a command failed", "code 0 même si une commande a échoué"],
  ["ask for commands with STRING", "demander les commandes par STRING"],
  ["say nothing on standard error of files", "ne rien dire des fichiers sur la sortie d'erreur"],
  ["only files of this directory, no shell", "seulement les fichiers de ce répertoire, pas de shell"],
  ["no numbers of bytes and no !", "pas de nombres d'octets ni de\u00a0!"],
  ["explain errors, as the command H", "expliquer les erreurs, comme la commande H"],
  ["drop carriage returns at the ends of lines", "supprimer les retours chariot en fin de ligne"],
  ["a command failed, or a wrong option", "une commande a échoué, ou une mauvaise option"],
  ["a file cannot be read", "un fichier est illisible"],
];
