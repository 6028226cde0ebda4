// A GPT partition in words, with its attribute bits (GPT fdisk 1.0.9).
import type { LabelPartition } from "../kit/disk-label.ts";
import { nameOf, sizeText } from "./_types.ts";

const LEGACY_BOOT = 4n;

export const attributesOf = ({ attributes = 0n, bootable }: LabelPartition): bigint => attributes | (bootable ? LEGACY_BOOT : 0n);

export function setAttributes(one: LabelPartition, bits: bigint): void {
  one.bootable = (bits & LEGACY_BOOT) !== 0n;
  one.attributes = bits & ~LEGACY_BOOT;
}

export const KNOWN_ATTRIBUTES: readonly (readonly [bit: number, name: string])[] = [[0, "system partition"], [1, "hide from EFI"], [2, "legacy BIOS bootable"], [60, "read-only"], [62, "hidden"], [63, "do not automount"]];

export const attributeName = (bit: number): string => KNOWN_ATTRIBUTES.find(([known]) => known === bit)?.[1] ?? `Undefined bit #${bit}`;

/** The numbers of the bits that are set. */
export const bitsOf = (bits: bigint): readonly number[] => Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => ((bits >> BigInt(bit)) & 1n) === 1n);

/** "1:2:1 (legacy BIOS bootable)", a line for each bit that is set. */
export const attributeText = (one: LabelPartition): string => bitsOf(attributesOf(one)).map((bit) => `${one.number}:${bit}:1 (${attributeName(bit)})\n`).join("");

export function infoText(one: LabelPartition): string {
  const last = one.start + one.sectors - 1;
  return `Partition GUID code: ${one.type} (${nameOf(one.type)})\nPartition unique GUID: ${one.uuid}\nFirst sector: ${one.start} (at ${sizeText(one.start)})\nLast sector: ${last} (at ${sizeText(last)})\nPartition size: ${one.sectors} sectors (${sizeText(one.sectors)})\nAttribute flags: ${attributesOf(one).toString(16).toUpperCase().padStart(16, "0")}\nPartition name: '${one.name}'\n`;
}
