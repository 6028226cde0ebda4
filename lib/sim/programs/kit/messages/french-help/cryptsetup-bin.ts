// What the declarations of cryptsetup-bin say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCryptsetupBinHelp: Catalogue = [
  ["manage encrypted volumes", "gérer des volumes chiffrés"],
  ["Volumes of LUKS2 are simulated, with its header as cryptsetup reads it. Key slots and cipher are simpler than argon2id and AES: nothing real is protected by them.", "Les volumes LUKS2 sont simulés, avec leur en-tête tel que le lit cryptsetup. Les emplacements de clés et le chiffrement sont plus simples qu'argon2id et AES\u00a0: ils ne protègent rien de réel."],
  ["read the passphrase from a file, - is standard input", "lire la phrase secrète dans un fichier, - est l'entrée standard"],
  ["label of the new volume", "étiquette du nouveau volume"],
  ["UUID of the new volume", "UUID du nouveau volume"],
  ["do not ask", "ne pas demander"],
  ["ask twice", "demander deux fois"],
  ["this key slot", "cet emplacement de clé"],
  ["kind of the volume", "genre du volume"],
  ["taken: aes-xts-plain64", "accepté\u00a0: aes-xts-plain64"],
  ["taken: 512", "accepté\u00a0: 512"],
  ["taken: sha256", "accepté\u00a0: sha256"],
  ["taken: argon2id", "accepté\u00a0: argon2id"],
  ["only try the passphrase", "essayer seulement la phrase secrète"],
  ["how often a passphrase is asked for, 3", "combien de fois la phrase secrète est demandée, 3"],
  ["the file of luksHeaderBackup and luksHeaderRestore", "le fichier de luksHeaderBackup et de luksHeaderRestore"],
  ["the new passphrase's file", "le fichier de la nouvelle phrase secrète"],
  ["a header apart from the data", "un en-tête séparé des données"],
  ["the header is on the device", "l'en-tête est sur le périphérique"],
  ["with sums of the data", "avec des sommes des données"],
  ["dm-integrity is not simulated", "dm-integrity n'est pas simulé"],
  ["print the volume key", "afficher la clé du volume"],
  ["it is shown to nobody here", "elle n'est montrée à personne ici"],
];
