// One sentence per notice of lib/session/protocol.ts; what was missed, where the machine says it with a code.
export const notices = {
  restored: ["La machine a été rétablie telle que vous l'aviez laissée.", "The machine was restored as you had left it."],
  differs: ["La simulation a été mise à jour : l'écran peut différer, vos étapes restent acquises.", "The simulation was updated: the screen may differ, your steps stay passed."],
  frozen: ["L'horloge de la machine s'était arrêtée pendant votre absence.", "The machine's clock stood still while you were away."],
  undone: ["La dernière commande est annulée.", "The last command is undone."],
  "nothing-to-undo": ["Il n'y a pas de commande à annuler.", "There is no command to undo."],
  reset: ["Une machine neuve.", "A fresh machine."],
  "session-limit": ["Cette session a atteint sa limite. Repartez de zéro pour continuer.", "This session has reached its limit. Start over to go on."],
  "not-simulated": ["{what} existe dans Debian, mais n'est pas simulé ici. C'est noté.", "{what} exists in Debian, but is not simulated here. It has been noted."],
  "missed_package-programs": ["{command} (les programmes du paquet)", "{command} (the package's programs)"],
  "missed_ordinary-user": ["{command} (en utilisateur ordinaire)", "{command} (as an ordinary user)"],
  "missed_module-without-effect": ["{command} (un module sans effet ici)", "{command} (a module without effect here)"],
  "missed_subscript-substitution": ["{command} (substitution de commande dans un indice arithmétique)", "{command} (command substitution inside an arithmetic subscript)"],
} as const;
