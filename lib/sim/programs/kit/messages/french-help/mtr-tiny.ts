// What the declarations of mtr-tiny say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchMtrTinyHelp: Catalogue = [
  ["a network diagnostic tool", "outil de diagnostic du réseau"],
  ["mtr sends echo requests with rising time to live and reports loss and round trip of each router on the way.", "mtr envoie des demandes d'écho de durée de vie croissante et donne la perte et le temps d'aller et retour de chaque routeur du chemin."],
  ["The full-screen display is not simulated: without -r the report is printed once all cycles are done.", "L'affichage en plein écran n'est pas simulé\u00a0: sans -r le rapport est affiché une fois tous les cycles finis."],
  ["print a report and exit", "afficher un rapport et quitter"],
  ["a report that does not cut host names", "un rapport qui ne coupe pas les noms d'hôtes"],
  ["how many pings to each hop, default 10", "nombre d'envois par saut, 10 par défaut"],
  ["do not resolve names", "ne pas chercher les noms"],
  ["show names and addresses", "montrer noms et adresses"],
  ["time between cycles", "temps entre deux cycles"],
  ["how far to go, default 30", "jusqu'où aller, 30 par défaut"],
  ["where to begin", "où commencer"],
  ["packet size", "taille des paquets"],
  ["use TCP", "utiliser TCP"],
  ["probes are ICMP echoes here", "les sondes sont ici des échos ICMP"],
  ["use UDP", "utiliser UDP"],
  ["output JSON", "écrire en JSON"],
  ["the report is text here", "le rapport est ici du texte"],
  ["output CSV", "écrire en CSV"],
  ["use the terminal (the report is printed here)", "utiliser le terminal (le rapport est affiché ici)"],
  ["show version", "montrer le numéro de version"],
];
