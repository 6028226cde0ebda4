import type { DebianPackage, PackageFile } from "../kit/package.ts";

/** The file by which `require` finds a module; what it does is the interpreter's (modules/). */
const FOLDER = "/usr/lib/x86_64-linux-gnu/perl-base";
const MODULES = [
  "AutoLoader", "Carp", "Carp/Heavy", "Config", "Cwd", "DynaLoader", "Errno", "Exporter", "Exporter/Heavy", "Fcntl", "File/Basename", "File/Path", "File/Spec", "File/Spec/Unix", "File/Temp", "FileHandle", "Getopt/Long", "Hash/Util", "IO", "IO/File", "IO/Handle", "IO/Seekable",
  "IO/Socket", "IO/Socket/INET", "IO/Socket/UNIX", "List/Util", "POSIX", "Scalar/Util", "SelectSaver", "Socket", "Symbol", "Text/ParseWords", "Text/Tabs", "Text/Wrap", "XSLoader", "attributes", "base", "builtin", "bytes", "constant", "feature", "fields", "integer", "lib", "locale", "overload", "overloading", "parent", "re", "strict",
  "utf8", "vars", "warnings", "warnings/register",
];

const perlBase: DebianPackage = {
  name: "perl-base",
  summary: "the programming language Perl, as little as the system needs",
  files: MODULES.map((name): PackageFile => ({ path: `${FOLDER}/${name}.pm`, text: `package ${name.replaceAll("/", "::")};\n# the interpreter brings what is behind this file\n1;\n` })),
};

export default perlBase;
