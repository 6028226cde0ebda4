import { entryCommand } from "./_set-entry.ts";

export default entryCommand("grub-set-default", "set the saved default boot entry for GRUB", "saved_entry");
