// What the declarations of cups-bsd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCupsBsdHelp: Catalogue = [
  ["show the state of the printers, the BSD way (deprecated)", "montrer l'état des imprimantes, à la manière de BSD (obsolète)"],
  ["status shows the queues; help, exit and quit are the other commands. Queues are started, stopped and changed with cupsenable(8), cupsdisable(8), cupsaccept(8), cupsreject(8) and lpadmin(8).", "status montre les files\u00a0; help, exit et quit sont les autres commandes. Les files se démarrent, s'arrêtent et se changent avec cupsenable(8), cupsdisable(8), cupsaccept(8), cupsreject(8) et lpadmin(8)."],
  ["show printer queue status", "montrer l'état d'une file d'impression"],
  ["The jobs of all queues", "Les travaux de toutes les files"],
  ["Use an encrypted connection", "Utiliser une connexion chiffrée"],
  ["The server to ask", "Le serveur à interroger"],
  ["The user to name to the server", "L'utilisateur à annoncer au serveur"],
  ["Show more of each", "En montrer plus sur chacun"],
  ["The queue that is meant", "La file dont il s'agit"],
  ["print files", "imprimer des fichiers"],
  ["How many copies", "Nombre de copies"],
  ["No banner page", "Pas de page de garde"],
  ["Send the file as it is", "Envoyer le fichier tel quel"],
  ["Tell by mail when it is printed", "Prévenir par courrier une fois imprimé"],
  ["An option of the printer", "Une option de l'imprimante"],
  ["Format plain text with a heading", "Mettre en forme le texte simple avec un en-tête"],
  ["The queue to print on", "La file sur laquelle imprimer"],
  ["Hold the job", "Retenir le travail"],
  ["Remove the files after sending them", "Supprimer les fichiers après l'envoi"],
  ["A name for the job", "Un nom pour la tâche"],
  ["cancel print jobs", "annuler des travaux d'impression"],
];
