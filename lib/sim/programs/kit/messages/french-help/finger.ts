// What the declarations of finger and fingerd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchFingerHelp: Catalogue = [
  ["show who is logged in, or what is known of a user", "montrer qui est connecté, ou ce que l'on sait d'un utilisateur"],
  ["Without names the people who are logged in are listed; with names each person is shown at length. USER@HOST, or @HOST, asks the finger server of HOST.", "Sans nom, les personnes connectées sont listées\u00a0; avec des noms, chacune est décrite en détail. UTILISATEUR@HÔTE, ou @HÔTE, interroge le serveur finger de HÔTE."],
  ["a line for each session", "une ligne par session"],
  ["all that is known: home, shell, telephone, mail, and the files .plan, .project, .pgpkey and .forward", "tout ce qui est connu\u00a0: répertoire personnel, interpréteur, téléphone, courrier, et les fichiers .plan, .project, .pgpkey et .forward"],
  ["leave .plan, .project and .pgpkey out", "laisser de côté .plan, .project et .pgpkey"],
  ["take USER as a login name, never as part of a real name", "prendre UTILISATEUR comme nom de connexion, jamais comme partie d'un nom réel"],
  ["answer finger from other hosts", "répondre aux demandes finger d'autres machines"],
  ["inetd starts it for a connection to port 79. The line that comes names the people to show; an empty one asks who is logged in.", "inetd le démarre pour une connexion au port 79. La ligne reçue nomme les personnes à montrer\u00a0; vide, elle demande qui est connecté."],
  ["greet with the system's name and how long it has been up", "accueillir avec le nom du système et sa durée de fonctionnement"],
  ["refuse questions that name nobody", "refuser les demandes qui ne nomment personne"],
  ["note each question in the system's log", "noter chaque demande dans le journal du système"],
  ["pass questions for other hosts (user@host) on", "transmettre les demandes pour d'autres machines (utilisateur@hôte)"],
  ["the finger program to run", "le programme finger à exécuter"],
  ["how long to wait for the line; 0: without limit (60)", "combien de temps attendre la ligne\u00a0; 0\u00a0: sans limite (60)"],
];
