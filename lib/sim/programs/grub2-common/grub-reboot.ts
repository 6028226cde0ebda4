import { entryCommand } from "./_set-entry.ts";

export default entryCommand("grub-reboot", "choose the GRUB entry of the next start, this once", "next_entry");
