// What the declarations of qemu-system-x86 say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchQemuSystemX86Help: Catalogue = [
  ["QEMU system emulator", "émulateur de système de QEMU"],
  ["pc or q35", "pc ou q35"],
  ["kvm or tcg", "kvm ou tcg"],
  ["use KVM", "utiliser KVM"],
  ["memory", "mémoire"],
  ["processors", "processeurs"],
  ["an IDE disk", "un disque IDE"],
  ["a disc", "un disque optique"],
  ["a disk: file=, format=, if=virtio", "un disque\u00a0: file=, format=, if=virtio"],
  ["the serial line is the terminal; Ctrl-a x ends", "la ligne série est le terminal\u00a0; Ctrl-a x finit"],
  ["devices and what is behind them", "périphériques et ce qui est derrière"],
  ["disks, cards, serial lines, channels", "disques, cartes, lignes série, canaux"],
];
