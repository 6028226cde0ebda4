import { flag, program } from "../kit/program.ts";
import { TestError, TestExpression } from "./_test-expression.ts";

const operators: readonly (readonly [string, string])[] = [
  ["-n STRING", "STRING is not empty"], ["-z STRING", "STRING is empty"], ["STRING1 = STRING2", "the two strings are the same"],
  ["STRING1 != STRING2", "the two strings differ"], ["INTEGER1 -eq INTEGER2", "the integers are equal; -ne, -lt, -le, -gt and -ge compare them too"],
  ["FILE1 -ef FILE2", "both are names of the same inode"], ["FILE1 -nt FILE2", "FILE1 was modified later than FILE2"], ["FILE1 -ot FILE2", "FILE1 was modified earlier than FILE2"],
  ["-e FILE", "FILE exists"], ["-f FILE", "an ordinary file"], ["-d FILE", "a directory"], ["-L FILE", "a symbolic link, as with -h"],
  ["-b FILE", "a block device"], ["-c FILE", "a character device"], ["-p FILE", "a FIFO (named pipe)"], ["-S FILE", "a socket"],
  ["-r FILE", "you have the right to read it"], ["-w FILE", "you have the right to write it"], ["-x FILE", "you may execute it, or enter it if it is a directory"], ["-s FILE", "its size is not 0"],
  ["-u FILE", "the mode has the setuid bit"], ["-g FILE", "the mode has the setgid bit"], ["-k FILE", "the mode has the sticky bit"], ["-O FILE", "you (your effective user ID) are the owner"],
  ["-G FILE", "its group is your effective group"], ["-N FILE", "modified since it was read last"], ["-t FD", "file descriptor FD is a terminal"],
];

export const testOptions = operators.map(([name, help]) => flag([name], help));

export default program({
  name: "test",
  summary: "test files (their type, their rights) and compare strings or numbers",
  synopsis: ["EXPRESSION", ""],
  description: ["The exit status is the answer. An EXPRESSION is one of the tests below, or is made of several: ! EXPRESSION (not), EXPRESSION1 -a EXPRESSION2 (and), EXPRESSION1 -o EXPRESSION2 (or), ( EXPRESSION ) for grouping."],
  options: testOptions,
  operands: "files",
  exitStatuses: [["0", "EXPRESSION is true"], ["1", "EXPRESSION is false"], ["2", "something else failed"]],
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
