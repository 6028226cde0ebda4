// What the declarations of dbus-bin say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDbusBinHelp: Catalogue = [
  ["make and show D-Bus's machine identifier", "faire et montrer l'identifiant de machine de D-Bus"],
  ["create the file if there is none", "créer le fichier s'il n'existe pas"],
  ["show what identifier the file holds", "montrer l'identifiant que contient le fichier"],
  ["call a method or send a signal on D-Bus", "appeler une méthode ou envoyer un signal sur D-Bus"],
  ["the bus of the system", "le bus du système"],
  ["the bus of a session", "le bus d'une session"],
  ["whom the message is for", "à qui le message est destiné"],
  ["wait for the answer and print it", "attendre la réponse et l'afficher"],
  ["milliseconds until the answer must have come", "millisecondes accordées à la réponse"],
  ["signal or method_call", "signal ou method_call"],
  ["show the messages on the message bus", "montrer les messages du bus de messages"],
  ["messages with their contents (default)", "les messages avec leur contenu (par défaut)"],
  ["a line for each message", "une ligne par message"],
];
