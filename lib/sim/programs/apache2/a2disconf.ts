import { enableTool } from "./_enable.ts";

export default enableTool("conf", "disable");
