import type { DebianPackage } from "../kit/package.ts";

const gpgAgent: DebianPackage = { name: "gpg-agent", summary: "keeps the passphrases of GnuPG" };

export default gpgAgent;
