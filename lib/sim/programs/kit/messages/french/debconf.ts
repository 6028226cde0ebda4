// What debconf 1.5 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchDebconf: readonly (readonly [string, string])[] = [
  ["Configuring {1}", "Configuration de {1}"],
  ["Dialog frontend will not work on a dumb terminal, an emacs shell buffer, or without a controlling terminal.", "L'interface dialog ne fonctionnera pas avec un terminal rustique («\u00a0dumb\u00a0»), un tampon shell d'Emacs ou sans terminal de contrôle."],
  ["Enter the items or ranges you want to select, separated by spaces.", "Veuillez saisir les éléments ou les intervalles que vous voulez choisir, séparés par des espaces."],
  ["Ignoring invalid priority \"{1}\"", "La priorité «\u00a0{1}\u00a0» non valable sera ignorée"],
  ["No usable dialog-like program is installed, so the dialog based frontend cannot be used.", "Aucun programme de type dialog n'est installé, l'interface basée sur dialog ne peut donc pas être utilisée."],
  ["Package configuration", "Outil de configuration des paquets"],
  ["Preconfiguring packages ...", "Préconfiguration des paquets..."],
  ["This frontend requires a controlling tty.", "Cette interface a besoin d'un terminal de contrôle."],
  ["debconf: (This frontend requires a controlling tty.)", "debconf: (Cette interface a besoin d'un terminal de contrôle.)"],
  ["debconf: falling back to frontend: {1}", "debconf: Utilisation de l'interface {1} en remplacement"],
  ["debconf: unable to initialize frontend: {1}", "debconf: Impossible d'initialiser l'interface\u00a0: {1}"],
  ["no", "non"],
  ["please specify a package to reconfigure", "Veuillez indiquer un paquet à reconfigurer."],
  ["unable to initialize frontend: {1}", "Impossible d'initialiser l'interface\u00a0: {1}"],
  ["yes", "oui"],
  ["{1} is not installed", "{1} n'est pas installé"],
  ["{1} must be run as root", "{1} doit être lancé par le superutilisateur"],
  ["{1}: please specify a package to reconfigure", "{1}: Veuillez indiquer un paquet à reconfigurer."],
  ["{1}: {2} is not installed", "{1}: {2} n'est pas installé"],
];
