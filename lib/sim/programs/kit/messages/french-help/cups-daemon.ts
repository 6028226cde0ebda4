// What the declarations of cups-daemon say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCupsDaemonHelp: Catalogue = [
  ["cups scheduler", "ordonnanceur de cups"],
  ["Keeps queues (/etc/cups/printers.conf) and jobs (/var/spool/cups). lpadmin makes queues; lp and lpr print; lpstat and lpq show; cancel and lprm take jobs back.", "Tient les files (/etc/cups/printers.conf) et les travaux (/var/spool/cups). lpadmin fait les files\u00a0; lp et lpr impriment\u00a0; lpstat et lpq montrent\u00a0; cancel et lprm reprennent les travaux."],
  ["stay in the foreground, detached from the terminal", "rester au premier plan, détaché du terminal"],
  ["started by systemd", "démarré par systemd"],
  ["another list of files", "une autre liste de fichiers"],
  ["check the configuration and end", "vérifier la configuration et finir"],
];
