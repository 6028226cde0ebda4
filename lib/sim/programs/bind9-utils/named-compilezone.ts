import { zoneChecker } from "./_check-zone.ts";

export default zoneChecker("named-compilezone", true);
