// What the declarations of htop say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchHtopHelp: Catalogue = [
  ["interactive process viewer", "observer les processus de façon interactive"],
  ["htop shows the processes on the whole screen. Arrows select, F9 or k sends a signal, F5 shows the tree, F6 sorts, F3 searches, F4 filters, F7 and F8 change the nice value, F2 changes what is shown, F10 or q ends. What was changed is kept in ~/.config/htop/htoprc. Threads have no lines of their own, temperatures and batteries are not shown.", "htop montre les processus sur tout l'écran. Les flèches sélectionnent, F9 ou k envoie un signal, F5 montre l'arbre, F6 trie, F3 cherche, F4 filtre, F7 et F8 changent la courtoisie, F2 change ce qui est montré, F10 ou q finit. Ce qui a été changé est gardé dans ~/.config/htop/htoprc. Les fils d'exécution n'ont pas de ligne à eux ; températures et batteries ne sont pas montrées."],
  ["tenths of seconds between two looks", "dixièmes de seconde entre deux mises à jour"],
  ["draw without colours", "sans couleurs"],
  ["show only commands that hold FILTER", "ne montrer que les commandes qui contiennent FILTRE"],
  ["show only these processes", "ne montrer que ces processus"],
  ["sort by COLUMN; help lists them", "trier par COLONNE\u00a0; help les liste"],
  ["show only this user's processes", "ne montrer que les processus de cet utilisateur"],
  ["show the tree", "montrer l'arbre"],
  ["leave the mouse to the terminal", "laisse la souris au terminal"],
  ["print help", "afficher de l'aide"],
  ["taken", "accepté"],
];
