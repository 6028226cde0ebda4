import { idMapper } from "./_map.ts";

export default idMapper("gid", { summary: "give a user namespace its group IDs", description: "The process must be the caller's, its namespace new and without a map. LOWERGID and the COUNT - 1 behind it must be a part of the caller's ranges in /etc/subgid, or LOWERGID alone the caller's own group: then setgroups(2) is denied inside." });
