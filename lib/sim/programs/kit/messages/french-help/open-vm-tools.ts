// What the declarations of open-vm-tools say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchOpenVmToolsHelp: Catalogue = [
  ["VMware guest tools service", "service des outils d'invité de VMware"],
  ["give the hypervisor a command", "donner une commande à l'hyperviseur"],
  ["name of the service", "nom du service"],
  ["check whether this is a VMware virtual machine", "vérifier si c'est une machine virtuelle VMware"],
  ["list the folders that the VMware host shares", "lister les dossiers que partage l'hôte VMware"],
  ["exchange a message with the hypervisor of VMware", "échanger un message avec l'hyperviseur de VMware"],
  ["obtain virtual machine information from the host", "obtenir de l'hôte des informations sur la machine virtuelle"],
];
