import { flag, program } from "../kit/program.ts";
import { TestError, TestExpression } from "./_test-expression.ts";

const operators: readonly (readonly [string, string])[] = [
  ["-n STRING", "the length of STRING is nonzero"], ["-z STRING", "the length of STRING is zero"], ["STRING1 = STRING2", "the strings are equal"],
  ["STRING1 != STRING2", "the strings are not equal"], ["INTEGER1 -eq INTEGER2", "integer comparison; also -ne, -lt, -le, -gt, -ge"],
  ["FILE1 -ef FILE2", "same device and inode numbers"], ["FILE1 -nt FILE2", "FILE1 is newer (modification date)"], ["FILE1 -ot FILE2", "FILE1 is older"],
  ["-e FILE", "FILE exists"], ["-f FILE", "exists and is a regular file"], ["-d FILE", "exists and is a directory"], ["-L FILE", "exists and is a symbolic link (same as -h)"],
  ["-b FILE", "exists and is block special"], ["-c FILE", "exists and is character special"], ["-p FILE", "exists and is a named pipe"], ["-S FILE", "exists and is a socket"],
  ["-r FILE", "exists and may be read"], ["-w FILE", "exists and may be written"], ["-x FILE", "exists and may be executed (or searched)"], ["-s FILE", "exists and is not empty"],
  ["-u FILE", "its set-user-ID bit is set"], ["-g FILE", "its set-group-ID bit is set"], ["-k FILE", "its sticky bit is set"], ["-O FILE", "is owned by the effective user ID"],
  ["-G FILE", "is owned by the effective group ID"], ["-N FILE", "has been modified since it was last read"], ["-t FD", "descriptor FD is opened on a terminal"],
];

export const testOptions = operators.map(([name, help]) => flag([name], help));

export default program({
  name: "test",
  summary: "check file types and compare values",
  synopsis: ["EXPRESSION", ""],
  description: ["Exits with the status that EXPRESSION determines: ( EXPRESSION ), ! EXPRESSION, EXPRESSION1 -a EXPRESSION2, EXPRESSION1 -o EXPRESSION2, or one of these:"],
  options: testOptions,
  operands: "files",
  exitStatuses: [["0", "EXPRESSION is true"], ["1", "EXPRESSION is false"], ["2", "an error occurred"]],
  usageStatus: 2,
  failureStatus: 2,
}, function* (sys, argv, io) {
  try {
    return new TestExpression(sys, argv.slice(1), (text) => io.quote(text)).value() ? 0 : 1;
  } catch (error) {
    if (error instanceof TestError) io.die(error.message, 2);
    throw error;
  }
});
