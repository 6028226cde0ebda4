import { resizeCommand } from "./_resize.ts";

export default resizeCommand("lvextend", "make a logical volume larger");
