// What the declarations of guestfish say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGuestfishHelp: Catalogue = [
  ["guest filesystem shell", "shell des systèmes de fichiers d'invités"],
  ["machine that libvirt knows", "machine que connaît libvirt"],
  ["disk image", "image de disque"],
  ["mount what the operating system mounts", "monter ce que monte le système d'exploitation"],
  ["read only", "lecture seule"],
  ["for writing", "pour écrire"],
  ["copy files and directories to the disk of a virtual machine", "copier des fichiers et des répertoires sur le disque d'une machine virtuelle"],
  ["copy files and directories from the disk of a virtual machine", "copier des fichiers et des répertoires depuis le disque d'une machine virtuelle"],
];
