// htpasswd, htdigest, logresolve, rotatelogs and ab of Apache 2.4.71: the hashes are those of the real htpasswd, the messages too (recorded 2026-11-23).
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", packages: ["apache2-utils"], seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 80_000_000 }).stdout);

test("htpasswd, htdigest", () => {
  expect(output(`cat > real <<'END'
m:$apr1$QqnKV4iu$zDxO/6jTyoYyKWaewIlty0
s:{SHA}lcsL/Sl3x2EpjZYk5LTUxyo5l0o=
b:$2y$04$OIliKWnOFoD8.xMS0fC03umM399prVzhQH2F0TWu1l5WW/qS16vbG
t:$5$AxYxHiVAiRY30Crh$dEtrB3dT8/6AquwQ1xAGe30SIAnO/moELVLFgvpFih9
f:$6$rounds=5000$gc1yD9Nn2SiUiVzB$Hd3oW616I2mz.fTbGBrUB.ZEpX2BWLV0LS5RKlPlWiXFhbCeTE2voGNzIt0YErpkyTx2lYy1knWrgUN0m0A1h.
END
for u in m s b t f; do htpasswd -vb real $u y; done; htpasswd -vb real b x; echo $?; htpasswd -vb real z x; echo $?`)).toBe(
    "Password for user m correct.\nPassword for user s correct.\nPassword for user b correct.\nPassword for user t correct.\nPassword for user f correct.\npassword verification failed\n3\nUser z not found\n6\n",
  );
  expect(output("htpasswd -b g x y; echo $?; htpasswd -cb f bob secret; htpasswd -b f al secret2; htpasswd -bB f bob new; cut -c1-11 f; htpasswd -vb f bob new; htpasswd -D f al; htpasswd -D f al; echo $?; htpasswd -nbs x y; htpasswd -nbB -C 3 x y; echo $?; htpasswd -nbc x y; echo $?; htpasswd -b f a:b c; echo $?; htpasswd -b f 2>&1 | head -n 2; printf 'pw1\\n' | htpasswd -i f iu; printf 'a\\nb\\n' | htpasswd f u; echo $?; cut -d: -f1 f | xargs; htdigest d r u; echo $?; printf 'pw\\npw\\n' | htdigest -c d realm user; echo $?; cat d")).toBe(
    "htpasswd: cannot modify file g; use '-c' to create it\n1\nAdding password for user bob\nAdding password for user al\nUpdating password for user bob\nbob:$2y$05$\nal:$apr1$0E\nPassword for user bob correct.\nDeleting password for user al\nUser al not found\n0\nx:{SHA}lcsL/Sl3x2EpjZYk5LTUxyo5l0o=\n\nhtpasswd: Unable to encode with bcrypt: Invalid argument\n3\nhtpasswd: only one of -c -n -v -D may be specified\n2\nhtpasswd: username contains illegal character ':'\n6\nUsage:\n\thtpasswd [-cimB25dpsDv] [-C cost] [-r rounds] passwordfile username\n" +
      "Adding password for user iu\nNew password: Re-type new password: htpasswd: password verification error\n3\nbob iu\nCould not open passwd file d for reading.\nUse -c option to create new one.\n1\nAdding password for user in realm realm.\nNew password: Re-type new password: 0\nuser:realm:fa13f41f94e1fd29a1193553d0117491\n",
  );
});

test("logresolve, rotatelogs, ab", () => {
  expect(output("printf '127.0.0.1 - - x\\n10.9.9.9 a\\nhost b\\n\\n' | logresolve; printf 'one\\n' | rotatelogs -v log 86400; ls log.*; cat log.*; rotatelogs -L now 'd.%Y%m%d' 10M < real; ls -i d.20261121 now | cut -d' ' -f1 | uniq | wc -l; rotatelogs x 2>&1 | head -n 1; rotatelogs x 0 2>&1 | head -n 1")).toBe(
    "localhost - - x\n10.9.9.9 a\nhost b\n\nOpening file log.1795219200\nlog.1795219200\none\n1\nIncorrect number of arguments\nInvalid rotation time or size specification\n",
  );
  expect(output("apt-get install -y -qq nginx > /dev/null 2>&1; ab -n 20 -c 2 http://127.0.0.1/ | grep -vE 'Time|Transfer rate|Requests per|^ *[0-9]+%|Connect:|ing:|Total:'; ab -n 3 http://localhost/nope | grep -E 'Non-2xx|Complete|Failed'; ab -n 1 http://127.0.0.1:9999/ | tail -n 1; echo; ab foo 2>&1 | head -n 1; ab -n 1 -c 2 http://x/ 2>&1 | head -n 1; ab -n 0 http://x/; echo $?; ab -q http://nosuch.lan/ | tail -n 1; tail -n 1 /var/log/nginx/access.log | cut -d'\"' -f2-")).toBe(
    "This is ApacheBench, Version 2.3 <$Revision$>\nCopyright 1996 Adam Twiss, Zeus Technology Ltd, http://www.zeustech.net/\nLicensed to The Apache Software Foundation, http://www.apache.org/\n\nBenchmarking 127.0.0.1 (be patient).....done\n\n\nServer Software:        nginx/1.22.1\nServer Hostname:        127.0.0.1\nServer Port:            80\n\nDocument Path:          /\nDocument Length:        201 bytes\n\nConcurrency Level:      2\nComplete requests:      20\nFailed requests:        0\nTotal transferred:      8660 bytes\nHTML transferred:       4020 bytes\n\n              min  mean[+/-sd] median   max\n\nPercentage of the requests served within a certain time (ms)\n" +
      "Complete requests:      3\nFailed requests:        0\nNon-2xx responses:      3\napr_socket_recv: Connection refused (111)\nBenchmarking 127.0.0.1 (be patient)...\nab: invalid URL\nab: Cannot use concurrency level greater than total number of requests\nInvalid number of requests\n\n1\napr_sockaddr_info_get() for nosuch.lan: Name or service not known (670002)\nBenchmarking nosuch.lan (be patient)...GET /nope HTTP/1.0\" 404 153 \"-\" \"ApacheBench/2.3\"\n",
  );
});
