// What the declarations of anacron say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchAnacronHelp: Catalogue = [
  ["run commands periodically on machines that are not always on", "lancer des commandes périodiquement sur des machines qui ne sont pas toujours allumées"],
  ["Each line of /etc/anacrontab gives a period in days (or @monthly, @yearly), a delay in minutes, a name and a command. A job whose last day, kept in /var/spool/anacron/NAME, is further away than its period runs after its delay.", "Chaque ligne de /etc/anacrontab donne une période en jours (ou @monthly, @yearly), un délai en minutes, un nom et une commande. Une tâche dont le dernier jour, gardé dans /var/spool/anacron/NOM, est plus loin que sa période est lancée après son délai."],
  ["Jobs are patterns of names. What a job says is mailed to root, or to MAILTO of the table. SIGUSR1 ends it when the running jobs have ended.", "Les tâches sont des motifs de noms. Ce que dit une tâche est envoyé par courrier à root, ou au MAILTO de la table. SIGUSR1 le finit quand les tâches en cours ont fini."],
  ["one job after the other", "une tâche après l'autre"],
  ["all jobs, due or not", "toutes les tâches, dues ou non"],
  ["without delays, one after the other", "sans délais, l'une après l'autre"],
  ["stay in the foreground and tell what happens", "rester au premier plan et dire ce qui se passe"],
  ["with -d: tell nothing", "avec -d\u00a0: ne rien dire"],
  ["only set the days of the last runs to today", "mettre seulement les jours des derniers lancements à aujourd'hui"],
  ["another table than /etc/anacrontab", "une autre table que /etc/anacrontab"],
  ["check the table", "vérifier la table"],
  ["another directory than /var/spool/anacron", "un autre répertoire que /var/spool/anacron"],
];
