// What the declarations of gpg-agent say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGpgAgentHelp: Catalogue = [
  ["keep the secret keys of GnuPG and their passphrases", "garder les clés secrètes de GnuPG et leurs phrases secrètes"],
  ["run in the background", "fonctionner à l'arrière-plan"],
  ["run with standard input and output", "fonctionner sur l'entrée et la sortie standard"],
  ["run under a supervisor", "fonctionner sous un superviseur"],
];
