// PEM (RFC 7468): base64 between lines that name what it is.
import { base64Of, bytesOfBase64 } from "../base64.ts";

interface PemBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
}

export function pem(label: string, bytes: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${(base64Of(bytes).match(/.{1,64}/g) ?? []).map((line) => `${line}\n`).join("")}-----END ${label}-----\n`;
}

/** All blocks of a text; broken ones are left out. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const label = /^-----BEGIN ([A-Z0-9 ]+)-----\s*$/.exec(lines[at] ?? "")?.[1];
    if (label === undefined) continue;
    let body = "";
    for (at++; at < lines.length && !(lines[at] ?? "").startsWith("-----END"); at++) if (!(lines[at] ?? "").includes(":")) body += (lines[at] ?? "").trim();
    const bytes = bytesOfBase64(body);
    if (bytes !== undefined && (lines[at] ?? "").startsWith(`-----END ${label}-----`)) blocks.push({ label, bytes });
  }
  return blocks;
}
