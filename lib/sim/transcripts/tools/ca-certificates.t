ca-certificates of Debian 12: update-ca-certificates with an own authority
host: debian-12

  $ ls /etc/ssl/certs | wc -l; ls /etc/ssl/certs | head -4; readlink /etc/ssl/certs/ISRG_Root_X1.pem; openssl x509 -in /etc/ssl/certs/ISRG_Root_X1.pem -noout -subject -hash; grep -c BEGIN /etc/ssl/certs/ca-certificates.crt; openssl verify /etc/ssl/certs/ISRG_Root_X1.pem; stat -c %s /etc/ssl/certs/ca-certificates.crt; wc -c < /etc/ssl/certs/ca-certificates.crt
  33
  0b41166c.0
  0bc726b2.0
  14ad7895.0
  17a61e29.0
  /usr/share/ca-certificates/mozilla/ISRG_Root_X1.crt
  subject=CN = ISRG Root X1
  0bc726b2
  16
  /etc/ssl/certs/ISRG_Root_X1.pem: OK
  7573
  7573
  $ update-ca-certificates; openssl req -x509 -newkey ed25519 -nodes -subj '/CN=School CA' -days 365 -keyout ca.key -out ca.crt 2>/dev/null; openssl req -new -newkey ed25519 -nodes -subj /CN=web.lan -keyout web.key -out web.csr 2>/dev/null; openssl x509 -req -in web.csr -CA ca.crt -CAkey ca.key -out web.crt; openssl verify web.crt
  Updating certificates in /etc/ssl/certs...
  0 added, 0 removed; done.
  Running hooks in /etc/ca-certificates/update.d...
  done.
  Certificate request self-signature ok
  subject=CN = web.lan
  CN = web.lan
  error 20 at 0 depth lookup: unable to get local issuer certificate
  error web.crt: verification failed
  [2]
  $ cp ca.crt /usr/local/share/ca-certificates/school.crt; update-ca-certificates; openssl verify web.crt; ls -l /etc/ssl/certs/school.pem | sed 's/.* //'; ls -l /etc/ssl/certs | grep -c ' -> school.pem'; grep -c BEGIN /etc/ssl/certs/ca-certificates.crt
  Updating certificates in /etc/ssl/certs...
  rehash: warning: skipping ca-certificates.crt,it does not contain exactly one certificate or CRL
  1 added, 0 removed; done.
  Running hooks in /etc/ca-certificates/update.d...
  done.
  web.crt: OK
  /usr/local/share/ca-certificates/school.crt
  1
  17
  $ sed -i 's,^mozilla/Certigna.crt,!&,' /etc/ca-certificates.conf; update-ca-certificates; ls /etc/ssl/certs | grep -i certigna; echo nope.crt >> /etc/ca-certificates.conf; update-ca-certificates; echo junk > /usr/local/share/ca-certificates/bad.crt; update-ca-certificates
  Updating certificates in /etc/ssl/certs...
  rehash: warning: skipping ca-certificates.crt,it does not contain exactly one certificate or CRL
  0 added, 1 removed; done.
  Running hooks in /etc/ca-certificates/update.d...
  done.
  Certigna_Root_CA.pem
  Updating certificates in /etc/ssl/certs...
  W: /usr/share/ca-certificates/nope.crt not found, but listed in /etc/ca-certificates.conf.
  0 added, 0 removed; done.
  Running hooks in /etc/ca-certificates/update.d...
  done.
  Updating certificates in /etc/ssl/certs...
  W: /usr/share/ca-certificates/nope.crt not found, but listed in /etc/ca-certificates.conf.
  rehash: warning: skipping bad.pem,it does not contain exactly one certificate or CRL
  rehash: warning: skipping ca-certificates.crt,it does not contain exactly one certificate or CRL
  1 added, 0 removed; done.
  Running hooks in /etc/ca-certificates/update.d...
  done.
  $ printf '#!/bin/sh\necho hook; cat\n' > /etc/ca-certificates/update.d/h; chmod +x /etc/ca-certificates/update.d/h; rm /usr/local/share/ca-certificates/*.crt; sed -i '/nope/d' /etc/ca-certificates.conf; update-ca-certificates --fresh 2>/dev/null | tail -6; openssl verify web.crt; update-ca-certificates --foo; dpkg -S /usr/sbin/update-ca-certificates
  +/etc/ssl/certs/SwissSign_Gold_CA_-_G2.pem
  +/etc/ssl/certs/T-TeleSec_GlobalRoot_Class_2.pem
  +/etc/ssl/certs/USERTrust_ECC_Certification_Authority.pem
  +/etc/ssl/certs/USERTrust_RSA_Certification_Authority.pem
  +/etc/ssl/certs/e-Szigno_Root_CA_2017.pem
  done.
  CN = web.lan
  error 20 at 0 depth lookup: unable to get local issuer certificate
  error web.crt: verification failed
  /usr/sbin/update-ca-certificates: [--verbose] [--fresh]
  ca-certificates: /usr/sbin/update-ca-certificates
