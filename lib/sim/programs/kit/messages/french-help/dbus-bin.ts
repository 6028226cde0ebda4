// What the declarations of dbus-bin say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDbusBinHelp: Catalogue = [
  ["make and show D-Bus's machine identifier", "faire et montrer l'identifiant de machine de D-Bus"],
  ["make the file when it is missing", "faire le fichier s'il manque"],
  ["show the identifier of the file", "montrer l'identifiant du fichier"],
  ["send a message to the message bus", "envoyer un message sur le bus de messages"],
  ["the bus of the system", "le bus du système"],
  ["the bus of a session", "le bus d'une session"],
  ["whom the message is for", "à qui le message est destiné"],
  ["wait for the answer and print it", "attendre la réponse et l'afficher"],
  ["how long to wait for the answer", "combien de temps attendre la réponse"],
  ["signal or method_call", "signal ou method_call"],
  ["show the messages on the message bus", "montrer les messages du bus de messages"],
  ["messages with their contents (default)", "les messages avec leur contenu (par défaut)"],
  ["a line for each message", "une ligne par message"],
];
