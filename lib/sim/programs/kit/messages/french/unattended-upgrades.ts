// What unattended-upgrades 2.9.1 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchUnattendedUpgrades: readonly (readonly [string, string])[] = [
  ["All upgrades installed", "Toutes les mises à niveau ont été installées"],
  ["Allowed origins are: {1}", "Les origines permises sont\u00a0: {1}"],
  ["Apt returned an error, exiting", "Apt a renvoyé une erreur, arrêt"],
  ["Installing the upgrades failed!", "Échec de l'installation des mises à niveau\u00a0!"],
  ["No packages found that can be upgraded unattended and no pending auto-removals", "Aucun paquet à mettre à niveau automatiquement ni à supprimer automatiquement"],
  ["Package {1} has conffile prompt and needs to be upgraded manually", "Le paquet {1} propose une invite de fichier de configuration et nécessite une mise à niveau manuelle"],
  ["Packages that will be upgraded: {1}", "Paquets mis à niveau\u00a0: {1}"],
  ["Starting unattended upgrades script", "Démarrage du script de mise à niveau automatique"],
  ["Writing dpkg log to {1}", "Écriture du journal de dpkg dans {1}"],
  ["You need to be root to run this application", "Vous devez posséder les privilèges du superutilisateur pour exécuter cette application"],
  ["error message: E:{1}", "Message d'erreur\u00a0: E:{1}"],
  ["error message: installArchives() failed", "Message d'erreur\u00a0: installArchives() failed"],
];
