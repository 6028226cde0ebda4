// What the declarations of ca-certificates say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCaCertificatesHelp: Catalogue = [
  ["bring /etc/ssl/certs and ca-certificates.crt up to date", "mettre à jour /etc/ssl/certs et ca-certificates.crt"],
  ["a short usage", "une courte utilisation"],
  ["remove links first", "retirer d'abord les liens"],
  ["as after the installation", "comme après l'installation"],
  ["the list of certificates", "la liste des certificats"],
  ["where packages put certificates", "où les paquets mettent les certificats"],
  ["where administrators put theirs", "où les administrateurs mettent les leurs"],
  ["where the links go", "où vont les liens"],
  ["programs to run afterwards", "programmes à lancer ensuite"],
];
