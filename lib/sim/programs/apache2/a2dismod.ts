import { enableTool } from "./_enable.ts";

export default enableTool("mod", "disable");
