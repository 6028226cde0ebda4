// What the declarations of hdparm say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchHdparmHelp: Catalogue = [
  ["get and set parameters of disks, and measure them", "lire et régler les paramètres des disques, et les mesurer"],
  ["Disks of virtual machines answer none of the requests of ATA (-i, -I, -B, -W, -C…); what the kernel knows (-a, -r, -g) and the measurements (-t, -T) work.", "Les disques des machines virtuelles ne répondent à aucune demande ATA (-i, -I, -B, -W, -C…)\u00a0; ce que le noyau sait (-a, -r, -g) et les mesures (-t, -T) fonctionnent."],
  ["how much is read ahead; -a256 sets it", "combien est lu d'avance\u00a0; -a256 le règle"],
  ["whether it is read-only; -r1 sets that", "s'il est en lecture seule\u00a0; -r1 le règle"],
  ["geometry: cylinders, heads, sectors", "géométrie\u00a0: cylindres, têtes, secteurs"],
  ["how fast the disk reads", "vitesse de lecture du disque"],
  ["how fast the cache reads", "vitesse de lecture du cache"],
  ["what the kernel noted of an ATA disk", "ce que le noyau a noté d'un disque ATA"],
  ["ask an ATA disk what it is", "demander à un disque ATA ce qu'il est"],
  ["power management of an ATA disk", "gestion d'énergie d'un disque ATA"],
  ["its write cache", "son cache d'écriture"],
  ["whether it is awake", "s'il est éveillé"],
  ["after how long without work it stops spinning", "après quelle durée d'inactivité il cesse de tourner"],
  ["stop it spinning (standby)", "arrêter sa rotation (standby)"],
  ["write its buffers to it and empty them", "y écrire ses tampons, puis les vider"],
  ["read the partition table again", "relire la table des partitions"],
  ["the usual settings", "les réglages habituels"],
  ["measure without the cache", "mesurer sans le cache"],
  ["length of an ATA disk's queue", "longueur de la file d'un disque ATA"],
];
