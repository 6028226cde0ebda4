// What the declarations of cloud-init say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCloudInitHelp: Catalogue = [
  ["report the cloud of this instance", "dire dans quel nuage se trouve cette instance"],
  ["all of the standard data as JSON", "toutes les données standard en JSON"],
  ["name and region", "nom et région"],
  ["file of the instance's data", "fichier des données de l'instance"],
  ["set up an instance at its first boot", "préparer une instance à son premier démarrage"],
  ["further configuration", "configuration supplémentaire"],
  ["run even when no data source is found", "fonctionner même sans source de données"],
  ["find the data source and run the first modules", "trouver la source de données et lancer les premiers modules"],
  ["run the modules of a stage", "lancer les modules d'une étape"],
  ["run one module", "lancer un module"],
  ["ask for data of the instance", "demander des données de l'instance"],
  ["note leases of the DHCP client", "noter les baux du client DHCP"],
  ["list features", "lister les fonctions"],
  ["tell how long the stages took", "dire combien de temps ont pris les étapes"],
  ["tools of developers", "outils de développeurs"],
  ["pack the logs", "emballer les journaux"],
  ["forget what ran, so that the next boot is a first one", "oublier ce qui a été fait, pour que le prochain démarrage soit le premier"],
  ["tell how far cloud-init came", "dire où en est cloud-init"],
  ["check a cloud-config", "vérifier un cloud-config"],
  ["tell which data source of cloud-init is there", "dire quelle source de données de cloud-init est là"],
  ["look again", "regarder de nouveau"],
];
