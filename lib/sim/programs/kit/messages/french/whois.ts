// What whois 5.5.17 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchWhois: readonly (readonly [string, string])[] = [
  ["Available methods:", "Méthodes disponibles\u00a0:"],
  ["BSDI extended DES-based crypt(3)", "chiffrement à base DES étendu par BSDI"],
  ["Illegal salt character '{1}'.", "Le caractère «\u00a0{1}\u00a0» est invalide dans l'aléa."],
  ["Invalid method '{1}'.", "La méthode «\u00a0{1}\u00a0» est invalide."],
  ["No whois server is known for this kind of object.", "Aucun serveur whois n'est connu pour ce type d'objet."],
  ["Password: ", "Mot de passe\u00a0: "],
  ["Query string: \"{1}\"", "Requête\u00a0: \"{1}\""],
  ["Report bugs to <md+whois@linux.it>.", "Veuillez signaler les bogues à <md+whois@linux.it>."],
  ["This TLD has no whois server, but you can access the whois database at", "Ce TLD n'a pas de serveur whois, mais vous pouvez accéder à la base de données à"],
  ["Timeout.", "Temps limite dépassé."],
  ["Usage: mkpasswd [OPTIONS]... [PASSWORD [SALT]]", "Usage\u00a0: mkpasswd [OPTIONS]... [MOT DE PASSE [ALÉA]]"],
  ["Using server {1}.", "Le serveur {1} est sélectionné."],
  ["standard 56 bit DES-based crypt(3)", "fonction crypt(3) standard, chiffrement DES à 56 bits"],
];
