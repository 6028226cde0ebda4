// What the declarations of systemd-boot say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSystemdBootHelp: Catalogue = [
  ["show and control UEFI firmware's boot settings and systemd-boot", "montrer et régler l'amorçage du micrologiciel UEFI et systemd-boot"],
  ["mount point of the EFI system partition", "point de montage de la partition système EFI"],
  ["where the extended boot loader partition is mounted", "où la partition étendue de l'amorceur est montée"],
  ["only tell where the EFI system partition is", "seulement dire où est la partition système EFI"],
  ["only tell where the boot partition is", "seulement dire où est la partition de démarrage"],
  ["leave the firmware's variables alone", "ne pas toucher aux variables du micrologiciel"],
  ["no error where there is no EFI system partition", "pas d'erreur sans partition système EFI"],
  ["Commands: status, reboot-to-firmware, systemd-efi-options, list, set-default, set-oneshot, set-timeout, set-timeout-oneshot, install, update, remove, is-installed, random-seed.", "Commandes\u00a0: status, reboot-to-firmware, systemd-efi-options, list, set-default, set-oneshot, set-timeout, set-timeout-oneshot, install, update, remove, is-installed, random-seed."],
];
