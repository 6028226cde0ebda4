// What the declarations of rpm2cpio say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchRpm2cpioHelp: Catalogue = [
  ["write the cpio archive that an RPM package holds", "écrire l'archive cpio que contient un paquet RPM"],
  ["Without a name, or with -, the package comes from standard input. cpio -idmv unpacks what comes out: rpm2cpio PACKAGE.rpm | cpio -idmv", "Sans nom, ou avec -, le paquet vient de l'entrée standard. cpio -idmv déballe ce qui sort\u00a0: rpm2cpio PAQUET.rpm | cpio -idmv"],
];
