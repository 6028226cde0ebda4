import { entryCommand } from "./_set-entry.ts";

export default entryCommand("grub-reboot", "set the default boot entry for GRUB, for the next boot only", "next_entry");
