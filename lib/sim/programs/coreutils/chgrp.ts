import { chownCommand } from "./_chown-command.ts";

export default chownCommand("chgrp");
