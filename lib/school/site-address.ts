import { headers } from "next/headers";

/** Where this site is for the one who asks: HOTE_URL, or what their browser asked for. For links that are handed on. */
export async function siteAddress(): Promise<string> {
  const own = process.env["HOTE_URL"];
  if (own !== undefined && own !== "") return new URL(own).origin;
  return `http://${(await headers()).get("host") ?? "localhost"}`;
}
