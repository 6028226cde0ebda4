import { resizeCommand } from "./_resize.ts";

export default resizeCommand("lvreduce", "make a logical volume smaller");
