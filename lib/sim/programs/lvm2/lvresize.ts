import { resizeCommand } from "./_resize.ts";

export default resizeCommand("lvresize", "resize a logical volume");
