// What Linux-PAM 1.5 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchPam: readonly (readonly [string, string])[] = [
  ["Authentication failure", "Échec de l’authentification"],
  ["Authentication token manipulation error", "Erreur de manipulation du jeton d’authentification"],
  ["Changing password for {1}.", "Changement du mot de passe pour {1}."],
  ["Current password: ", "Mot de passe actuel\u00a0: "],
  ["New password: ", "Nouveau mot de passe\u00a0: "],
  ["No password has been supplied.", "Aucun mot de passe n’a été fourni."],
  ["Password change has been aborted.", "Le changement de mot de passe a été annulé."],
  ["Password: ", "Mot de passe : "],
  ["Retype new password: ", "Retapez le nouveau mot de passe\u00a0: "],
  ["Retype {1}", "Retapez {1}"],
  ["Sorry, passwords do not match.", "Les mots de passe ne correspondent pas."],
  ["The password has not been changed.", "Le mot de passe n’a pas été modifié."],
  ["You must choose a longer password.", "Vous devez choisir un mot de passe plus long."],
  ["Your account has expired; please contact your system administrator.", "Votre compte a expiré\u202f; veuillez contacter votre administrateur système."],
];
