// gdisk's codes of four digits for types of GPT partitions (sgdisk(8), -L), and its words.
export const CODES: readonly (readonly [code: string, guid: string, name: string])[] = [
  ["0700", "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", "Microsoft basic data"], ["0c01", "E3C9E316-0B5C-4DB8-817D-F92DF00215AE", "Microsoft reserved"], ["8200", "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F", "Linux swap"], ["8300", "0FC63DAF-8483-4772-8E79-3D69D8477DE4", "Linux filesystem"], ["8301", "8DA63339-0007-60C0-C436-083AC8230908", "Linux reserved"],
  ["8302", "933AC7E1-2EB4-4F13-B844-0E14E2AEF915", "Linux /home"], ["8304", "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709", "Linux x86-64 root (/)"], ["8306", "3B8F8425-20E0-4F3B-907F-1A25A76F98E8", "Linux /srv"], ["8309", "CA7D7CCB-63ED-4C53-861C-1742536059CC", "Linux LUKS"], ["8e00", "E6D6D379-F507-44C2-A23C-238F2A3DF928", "Linux LVM"],
  ["ea00", "BC13C2FF-59E6-4262-A352-B275FD6F7172", "XBOOTLDR partition"], ["ef00", "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", "EFI system partition"], ["ef01", "024DEE41-33E7-11D3-9D69-0008C781F39F", "MBR partition scheme"], ["ef02", "21686148-6449-6E6F-744E-656564454649", "BIOS boot partition"], ["fd00", "A19D880F-05FC-4D3B-A006-743F0F84911E", "Linux RAID"],
];

export const codeOf = (guid: string): string => CODES.find(([, each]) => each === guid)?.[0].toUpperCase() ?? "FFFF";
export const nameOf = (guid: string): string => CODES.find(([, each]) => each === guid)?.[2] ?? "Unknown";

/** "8300", "8E00", a GUID. Undefined: neither. */
export function typeOf(word: string): string | undefined {
  if (/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/.test(word)) return word.toUpperCase();
  const code = word.toLowerCase().padEnd(4, "0");
  return CODES.find(([each]) => each === code)?.[1];
}

/** "20.0 MiB", "1007.0 KiB" */
export function sizeText(sectors: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let size = sectors * 512;
  let unit = 0;
  while (size > 1024 && unit < 5) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}
