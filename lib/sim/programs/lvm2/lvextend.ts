import { resizeCommand } from "./_resize.ts";

export default resizeCommand("lvextend", "add space to a logical volume");
