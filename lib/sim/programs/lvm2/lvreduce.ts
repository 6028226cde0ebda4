import { resizeCommand } from "./_resize.ts";

export default resizeCommand("lvreduce", "reduce the size of a logical volume");
