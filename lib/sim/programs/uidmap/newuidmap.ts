import { idMapper } from "./_map.ts";

export default idMapper("uid", { summary: "give a user namespace its user IDs", description: "The process must be the caller's, its namespace new and without a map. LOWERUID and the COUNT - 1 behind it must be a part of the caller's ranges in /etc/subuid, or LOWERUID alone the caller himself." });
