// What the declarations of xauth say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchXauthHelp: Catalogue = [
  ["X authority file utility", "gérer le fichier d'autorité de X"],
  ["Commands are list, nlist, add, remove, extract, merge, info, version, help. Without a command, xauth asks for them.", "Les commandes sont list, nlist, add, remove, extract, merge, info, version, help. Sans commande, xauth les demande."],
  ["another file than ~/.Xauthority", "un autre fichier que ~/.Xauthority"],
  ["ignore locks", "ignorer les verrous"],
  ["break locks", "forcer les verrous"],
  ["numbers of hosts", "numéros d'hôtes"],
];
