// What the declarations of smartmontools say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSmartmontoolsHelp: Catalogue = [
  ["ask disks with S.M.A.R.T. about their health", "interroger les disques S.M.A.R.T. sur leur état de santé"],
  ["The disks of the simulated machines are virtual, as those of a real virtual machine: they answer nothing of this kind, and smartctl says so.", "Les disques des machines simulées sont virtuels, comme ceux d'une vraie machine virtuelle\u00a0: ils ne répondent rien de ce genre, et smartctl le dit."],
  ["what disk it is", "de quel disque il s'agit"],
  ["whether the disk expects to fail", "si le disque s'attend à tomber en panne"],
  ["the disk's counters (attributes)", "les compteurs du disque (attributs)"],
  ["which tests the disk can do", "quels tests le disque sait faire"],
  ["all that S.M.A.R.T. has", "tout ce que S.M.A.R.T. contient"],
  ["all, also what is not S.M.A.R.T.", "tout, même hors de S.M.A.R.T."],
  ["list the disks that can be asked", "lister les disques qu'on peut interroger"],
  ["the same, each one opened", "de même, en ouvrant chacun"],
  ["how the disk is spoken to: ata, scsi, nvme, sat, auto", "comment on parle au disque\u00a0: ata, scsi, nvme, sat, auto"],
  ["switch S.M.A.R.T. on or off", "activer ou désactiver S.M.A.R.T."],
  ["start a test: short, long, conveyance, offline", "lancer un test\u00a0: short, long, conveyance, offline"],
  ["print a log: error, selftest, …", "afficher un journal\u00a0: error, selftest, …"],
  ["stop a test", "arrêter un test"],
  ["write JSON (accepted)", "écrire du JSON (accepté)"],
  ["do nothing while the disk sleeps", "ne rien faire tant que le disque dort"],
  ["nothing wrong", "rien d'anormal"],
  ["the command line was wrong, or the disk is of no known kind", "ligne de commande incorrecte, ou disque d'aucune sorte connue"],
  ["the device could not be opened", "le périphérique n'a pas pu être ouvert"],
  ["print the help", "afficher l'aide"],
];
