import type { DebianPackage, PackageFile } from "../kit/package.ts";

/** The file by which `require` finds a module; what it does is the interpreter's (perl-base/modules). */
const FOLDER = "/usr/lib/x86_64-linux-gnu/perl/5.36.0";
const MODULES = ["Data/Dumper", "Digest/MD5", "Digest/SHA", "Encode", "File/Spec/Functions", "MIME/Base64", "Storable", "Sys/Hostname", "Time/HiRes", "mro"];

const libperl: DebianPackage = {
  name: "libperl5.36",
  summary: "the Perl interpreter as a shared library",
  files: [
    ...MODULES.map((name): PackageFile => ({ path: `${FOLDER}/${name}.pm`, text: `package ${name.replaceAll("/", "::")};\n# the interpreter brings what is behind this file\n1;\n` })),
    { path: "/usr/lib/x86_64-linux-gnu/perl/5.36", symlink: "5.36.0" },
  ],
};

export default libperl;
