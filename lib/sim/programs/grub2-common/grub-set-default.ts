import { entryCommand } from "./_set-entry.ts";

export default entryCommand("grub-set-default", "choose the GRUB entry for every start from now on", "saved_entry");
