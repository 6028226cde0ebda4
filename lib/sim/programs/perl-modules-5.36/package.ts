import type { DebianPackage, PackageFile } from "../kit/package.ts";

/** The file by which `require` finds a module; what it does is the interpreter's (perl-base/modules). */
const FOLDER = "/usr/share/perl/5.36.0";
const MODULES = [
  "Benchmark", "English", "Env", "File/Copy", "File/Find", "FindBin", "Getopt/Std", "JSON/PP", "Term/ANSIColor", "Test/More", "Test/Simple", "Text/Abbrev", "Time/Local", "autouse", "charnames", "diagnostics", "experimental", "filetest", "if", "less", "open", "sort", "subs",
];

const perlModules: DebianPackage = {
  name: "perl-modules-5.36",
  summary: "the modules that belong to Perl itself",
  files: [
    ...MODULES.map((name): PackageFile => ({ path: `${FOLDER}/${name}.pm`, text: `package ${name.replaceAll("/", "::")};\n# the interpreter brings what is behind this file\n1;\n` })),
    { path: "/usr/share/perl/5.36", symlink: "5.36.0" },
  ],
};

export default perlModules;
