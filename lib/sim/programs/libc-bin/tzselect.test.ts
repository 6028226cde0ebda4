// The menus and answers of tzselect (glibc 2.36) with tzdata 2025b.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("tzselect", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["COLUMNS", "80"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("printf '7\\n15\\n1\\n1\\n' | tzselect | tail -n 12; printf '11\\nfoo\\n' | tzselect 2>&1 | tail -n 5; tzselect -x; echo $?; tzselect a; timedatectl list-timezones | wc -l; TZ=Antarctica/Troll date +%Z; TZ=Asia/Almaty date +%z")).toBe(
    "Please identify a location so that time zone rules can be set correctly.\nPlease select a continent, ocean, \"coord\", or \"TZ\".\n 1) Africa\n 2) Americas\n 3) Antarctica\n 4) Asia\n 5) Atlantic Ocean\n 6) Australia\n 7) Europe\n 8) Indian Ocean\n 9) Pacific Ocean\n10) coord - I want to use geographical coordinates.\n11) TZ - I want to specify the timezone using the Posix TZ format.\n#? Please select a country whose clocks agree with yours.\n" +
      " 1) Albania		  18) Guernsey		    35) Poland\n 2) Andorra		  19) Hungary		    36) Portugal\n 3) Austria		  20) Ireland		    37) Romania\n 4) Belarus		  21) Isle of Man	    38) Russia\n 5) Belgium		  22) Italy		    39) San Marino\n 6) Bosnia & Herzegovina  23) Jersey		    40) Serbia\n 7) Britain (UK)	  24) Latvia		    41) Slovakia\n 8) Bulgaria		  25) Liechtenstein	    42) Slovenia\n 9) Croatia		  26) Lithuania		    43) Spain\n10) Czech Republic	  27) Luxembourg	    44) Svalbard & Jan Mayen\n11) Denmark		  28) Malta		    45) Sweden\n12) Estonia		  29) Moldova		    46) Switzerland\n13) Finland		  30) Monaco		    47) Turkey\n14) France		  31) Montenegro	    48) Ukraine\n15) Germany		  32) Netherlands	    49) Vatican City\n16) Gibraltar		  33) North Macedonia	    50) Åland Islands\n17) Greece		  34) Norway\n" +
      "#? Please select one of the following timezones.\n1) Büsingen\n2) most of Germany\n#? \nThe following information has been given:\n\n	Germany\n	Büsingen\n\nTherefore TZ='Europe/Zurich' will be used.\nSelected time is now:	Sat Nov 21 22:09:30 CET 2026.\nUniversal Time is now:	Sat Nov 21 21:09:30 UTC 2026.\nIs the above information OK?\n1) Yes\n2) No\n#? Europe/Zurich\n" +
      "ahead (east) of Greenwich, with no daylight saving time.\n'foo' is not a conforming Posix timezone string.\nPlease enter the desired value of the TZ environment variable.\nFor example, AEST-10 is abbreviated AEST and is 10 hours\nahead (east) of Greenwich, with no daylight saving time.\n/usr/bin/tzselect: illegal option -- x\n/usr/bin/tzselect: try '/usr/bin/tzselect --help'\n1\n/usr/bin/tzselect: a: unknown argument\n598\n+00\n+0500\n",
  );
});
