// What the declarations of guestfish say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGuestfishHelp: Catalogue = [
  ["guest filesystem shell", "shell des systèmes de fichiers d'invités"],
  ["machine that libvirt knows", "machine que connaît libvirt"],
  ["disk image", "image de disque"],
  ["mount what the operating system mounts", "monter ce que monte le système d'exploitation"],
  ["read only", "lecture seule"],
  ["for writing", "pour écrire"],
  ["put files and directories on the disk of a virtual machine", "mettre des fichiers et des répertoires sur le disque d'une machine virtuelle"],
  ["take files and directories off the disk of a virtual machine", "prendre des fichiers et des répertoires sur le disque d'une machine virtuelle"],
];
