import type { DebianPackage } from "../kit/package.ts";

const gpg: DebianPackage = { name: "gpg", summary: "OpenPGP: keys, signatures, encryption" };

export default gpg;
