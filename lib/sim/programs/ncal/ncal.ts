import { calCommand } from "./_cal-command.ts";

export default calCommand("ncal");
