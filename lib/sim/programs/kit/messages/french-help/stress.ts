// What the declarations of stress say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchStressHelp: Catalogue = [
  ["put load on processors, memory and disks", "charger les processeurs, la mémoire et les disques"],
  ["Numbers may end in s, m, h, d, y for times, in B, K, M, G for sizes.", "Les nombres peuvent finir par s, m, h, d, y pour les durées, par B, K, M, G pour les tailles."],
  ["tell of each worker", "parler de chaque ouvrier"],
  ["only tell what would be done", "dire seulement ce qui serait fait"],
  ["end after N seconds", "finir après N secondes"],
  ["wait N microseconds for each worker before it begins", "attendre N microsecondes par ouvrier avant qu'il commence"],
  ["N workers that compute", "N ouvriers qui calculent"],
  ["N workers that call sync", "N ouvriers qui appellent sync"],
  ["N workers that take memory and give it back", "N ouvriers qui prennent de la mémoire et la rendent"],
  ["so much memory a worker, 256M unless given", "autant de mémoire par ouvrier, 256M par défaut"],
  ["touch a byte every B bytes", "toucher un octet tous les B octets"],
  ["keep the memory for N seconds", "garder la mémoire N secondes"],
  ["keep the memory and write to it again", "garder la mémoire et y écrire encore"],
  ["N workers that write files and remove them", "N ouvriers qui écrivent des fichiers et les suppriment"],
  ["so much a file, 1G unless given", "autant par fichier, 1G par défaut"],
];
