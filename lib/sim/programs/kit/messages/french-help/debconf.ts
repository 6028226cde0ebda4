// What the declarations of debconf say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDebconfHelp: Catalogue = [
  ["speak debconf's protocol with the database", "parler le protocole de debconf avec la base"],
  ["Reads commands such as GET, SET, FGET, FSET, METAGET and RESET from standard input and answers each with a status and a value.", "Lit sur l'entrée standard des commandes comme GET, SET, FGET, FSET, METAGET et RESET et répond à chacune par un code et une valeur."],
  ["put answers into debconf before a package asks", "donner des réponses à debconf avant qu'un paquet ne les demande"],
  ["Each line is: owner, question, type, value. A line that begins with # is a comment, and a \\ at its end joins the next one.", "Chaque ligne est\u00a0: propriétaire, question, type, valeur. Une ligne qui commence par # est un commentaire, et un \\ à la fin joint la ligne suivante."],
  ["only look whether the file is right", "regarder seulement si le fichier est correct"],
  ["the questions count as not seen", "les questions comptent comme non vues"],
  ["show the answers that debconf keeps", "montrer les réponses que garde debconf"],
  ["another database", "une autre base"],
  ["list the packages that own a question", "lister les paquets qui possèdent une question"],
  ["list the databases", "lister les bases"],
  ["ask the questions of packages before their installation", "poser les questions des paquets avant leur installation"],
  ["how questions are asked", "manière de poser les questions"],
  ["the least important questions that are asked", "la plus faible importance des questions posées"],
  ["read the names from standard input", "lire les noms sur l'entrée standard"],
  ["ask an installed package's questions once more", "reposer les questions d'un paquet installé"],
  ["how questions are asked: dialog, readline, noninteractive", "manière de poser les questions\u00a0: dialog, readline, noninteractive"],
  ["ask by the usual priority", "demander selon la priorité habituelle"],
  ["ask what was not asked yet", "demander ce qui ne l'a pas encore été"],
  ["do not read templates again", "ne pas relire les modèles"],
  ["even when the package is broken", "même si le paquet est cassé"],
];
