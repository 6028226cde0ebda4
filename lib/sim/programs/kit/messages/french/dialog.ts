// What dialog 1.3 says in French.

export const frenchDialog: readonly (readonly [string, string])[] = [
  ["Cancel", "Annuler"], ["Checked", "Vérifié"], ["Completed", "Terminé"], ["Directories", "Répertoires"], ["Done", "Fini"], ["EXIT", "QUITTER"], ["Extra", "Extra"], ["Failed", "Échec"], ["Files", "Fichiers"], ["Help", "Aide"], ["In Progress", "En cours"], ["Month", "Mois"], ["N/A", "N/A"], ["No", "Non"], ["OK", "Accepter"], ["Overall Progress", "Avancement global"],
  ["Passed", "Passé"], ["Rename", "Renommer"], ["Search", "Rechercher"], ["Skipped", "Ignoré"], ["Succeeded", "Succès"], ["Year", "Année"], ["Yes", "Oui"],
  ["Expected {1} arguments, found only {2}.", "{1} arguments attendus, {2} trouvés."], ["Expected {1} arguments, found extra {2}.", "{1} arguments attendus, {2} trouvés en trop."],
];
