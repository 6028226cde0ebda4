import { enableTool } from "./_enable.ts";

export default enableTool("site", "enable");
