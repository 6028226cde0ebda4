// What the declarations of openssl say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchOpensslHelp: Catalogue = [
  ["OpenSSL command line program", "programme d'OpenSSL en ligne de commande"],
  ["show what DER is made of", "montrer de quoi est fait du DER"],
  ["list of cipher suites", "liste des suites de chiffrement"],
  ["digests, and signatures over them", "empreintes, et signatures de celles-ci"],
  ["keys of curves", "clés de courbes"],
  ["curves and keys of them", "courbes et leurs clés"],
  ["encryption with a password or key", "chiffrement par mot de passe ou par clé"],
  ["a new private key", "une nouvelle clé privée"],
  ["a new RSA key", "une nouvelle clé RSA"],
  ["hashes of passwords", "hachages de mots de passe"],
  ["keys of any kind", "clés de tout genre"],
  ["encryption with a key", "chiffrement par une clé"],
  ["whether a number is prime", "dire si un nombre est premier"],
  ["random bytes", "octets aléatoires"],
  ["requests for certificates", "demandes de certificats"],
  ["RSA keys", "clés RSA"],
  ["a connection by hand", "une connexion à la main"],
  ["chains of certificates", "chaînes de certificats"],
  ["certificates", "certificats"],
  ["an authority with its database", "une autorité et sa base de données"],
  ["lists of revoked certificates", "listes de certificats révoqués"],
  ["certificates and a key in one protected file", "des certificats et une clé dans un fichier protégé"],
  ["a server by hand", "un serveur à la main"],
];
