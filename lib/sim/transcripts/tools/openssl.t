openssl 3.0 of Debian 12: digests, ciphers, keys, requests, certificates. Texts as the real one gives them; each kind of file was read by the real one too.
host: debian-12

  $ openssl version; echo hello > f; openssl dgst f; openssl dgst -sha256 f; openssl md5 f; openssl sha1 -r f; openssl dgst -sha512 < f; openssl dgst -hmac key f; openssl dgst -sha256 -c f; openssl dgst -sha256 -binary f | xxd | head -1
  OpenSSL 3.0.20 7 Apr 2026 (Library: OpenSSL 3.0.20 7 Apr 2026)
  SHA256(f)= 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03
  SHA2-256(f)= 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03
  MD5(f)= b1946ac92492d2347c6235b4d2611184
  f572d396fae9206628714fb2ce00f72e94f2258f *f
  SHA2-512(stdin)= e7c22b994c59d9cf2b48e549b1e24666636045930d3da7c1acb299d1c3b7f931f94aae41edda2c2b207a36e10f8bcb8d45223e54878f5b316e7ce3b6bc019629
  HMAC-SHA256(f)= 8e384ff349a3d90f2c7837b0d76de8f81c6e85b390ed38905f521ae77cb9a29a
  SHA2-256(f)= 58:91:b5:b5:22:d5:df:08:6d:0f:f0:b1:10:fb:d9:d2:1b:b4:fc:71:63:af:34:d0:82:86:a2:e8:46:f6:be:03
  00000000: 5891 b5b5 22d5 df08 6d0f f0b1 10fb d9d2  X..."...m.......
  $ openssl passwd -6 -salt abcdefgh secret; openssl passwd -5 -salt abcdefgh secret; openssl passwd -1 -salt abcdefgh secret; openssl passwd -apr1 -salt abcdefgh secret; openssl passwd -6 -salt 'rounds=5000$abc' secret; echo secret | openssl passwd -1 -salt ab -stdin
  $6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.
  $5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.
  $1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1
  $apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/
  $6$rounds=5000$abc$IdWKNKTJEb8LxY7CGg8YBXlvtfZzFw7Mp/r6niK9YB2mdvgY..TKjv1T..8RadRt2qvUHYRLr/TsVArtr91iR1
  $1$ab$dslkcXxVH.x8LwW1W/oAB/
  $ openssl base64 -in f; echo aGVsbG8K | openssl base64 -d; head -c 100 /dev/zero | openssl base64; head -c 10 /dev/zero | openssl base64 -A; echo
  aGVsbG8K
  hello
  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
  AAAAAA==
  AAAAAAAAAAAAAA==
  $ openssl enc -aes-256-cbc -pbkdf2 -a -S 0102030405060708 -pass pass:x -in f; openssl enc -aes-256-cbc -pbkdf2 -pass pass:x -in f -out f.enc; openssl enc -d -aes-256-cbc -pbkdf2 -pass pass:x -in f.enc; openssl enc -aes-256-cbc -S 0102030405060708 -k x -a -in f; openssl aes-128-cbc -K 00112233445566778899aabbccddeeff -iv 00112233445566778899aabbccddeeff -in f -a; openssl enc -aes-256-cbc -P -k x -S 0102030405060708 -pbkdf2; openssl enc -aes-256-ctr -K 00 -iv 00 -in f | xxd; openssl enc -d -aes-256-cbc -pbkdf2 -pass pass:y -in f.enc 2>&1 | head -1
  8C8axrIWCYFb6wdKgjAGAQ==
  hello
  *** WARNING : deprecated key derivation used.
  Using -iter or -pbkdf2 would be better.
  t5s/wQwvOA6p1V5mMv/eVA==
  pqSf4bOt+dHS0YO7Qy0ShA==
  salt=0102030405060708
  key=5C2BDDE12F9952B39C017D85CC3F009A0D1477AEE22C8E2D8E8F5DC54C2501F2
  iv =FB02DB717D214067AA4F31F1D7F345CF
  hex string is too short, padding with zero bytes to length
  hex string is too short, padding with zero bytes to length
  00000000: b4f0 ac14 cd4a                           .....J
  bad decrypt
  $ openssl genrsa -out k.pem 2048; stat -c %A k.pem; openssl rsa -in k.pem -noout -check; openssl rsa -in k.pem -pubout -out pub.pem; head -1 pub.pem; openssl genpkey -algorithm ed25519 -out e.pem; openssl pkey -in e.pem -text -noout | cut -c1-12; openssl ecparam -name prime256v1 -genkey -noout -out ec.pem; head -1 ec.pem; openssl pkey -in ec.pem -text -noout | grep -v :.*:; openssl rsa -in k.pem -aes256 -passout pass:abcd -out kk.pem; head -1 kk.pem; openssl rsa -in kk.pem -passin pass:abcd -noout -check; openssl rsa -in kk.pem -passin pass:no -noout
  -rw-------
  RSA key ok
  writing RSA key
  -----BEGIN PUBLIC KEY-----
  ED25519 Priv
  priv:
      8b:2c:00
      b4:58:cb
      78:d8
  pub:
      ec:99:8f
      08:a0:3f
      dc:cd
  -----BEGIN EC PRIVATE KEY-----
  Private-Key: (256 bit)
  priv:
      0c:3c
  pub:
  ASN1 OID: prime256v1
  NIST CURVE: P-256
  writing RSA key
  -----BEGIN ENCRYPTED PRIVATE KEY-----
  RSA key ok
  Could not read private key from kk.pem
  [1]
  $ openssl req -new -x509 -nodes -newkey rsa:2048 -subj '/C=FR/O=École/CN=web.lan' -days 30 -keyout sk.pem -out sc.pem -addext 'subjectAltName=DNS:web.lan,IP:10.0.0.1' 2>&1 | tail -1; openssl x509 -in sc.pem -text -noout | grep -v :..:..:..:..; openssl x509 -in sc.pem -noout -dates -issuer -ext subjectAltName -subject; openssl x509 -in sc.pem -noout -checkend 86400
  -----
  Certificate:
      Data:
          Version: 3 (0x2)
          Serial Number:
          Signature Algorithm: sha256WithRSAEncryption
          Issuer: C = FR, O = \C3\83\C2\89cole, CN = web.lan
          Validity
              Not Before: Nov 21 21:09:01 2026 GMT
              Not After : Dec 21 21:09:01 2026 GMT
          Subject: C = FR, O = \C3\83\C2\89cole, CN = web.lan
          Subject Public Key Info:
              Public Key Algorithm: rsaEncryption
                  Public-Key: (2048 bit)
                  Modulus:
                      ed:dd
                  Exponent: 65537 (0x10001)
          X509v3 extensions:
              X509v3 Subject Key Identifier: 
              X509v3 Authority Key Identifier: 
              X509v3 Basic Constraints: critical
                  CA:TRUE
              X509v3 Subject Alternative Name: 
                  DNS:web.lan, IP Address:10.0.0.1
      Signature Algorithm: sha256WithRSAEncryption
      Signature Value:
          61:b9:78:8d
  notBefore=Nov 21 21:09:01 2026 GMT
  notAfter=Dec 21 21:09:01 2026 GMT
  issuer=C = FR, O = \C3\83\C2\89cole, CN = web.lan
  X509v3 Subject Alternative Name: 
      DNS:web.lan, IP Address:10.0.0.1
  subject=C = FR, O = \C3\83\C2\89cole, CN = web.lan
  Certificate will not expire
  $ openssl req -new -key k.pem -subj '/CN=client' -out c.csr; openssl req -in c.csr -noout -subject -verify; openssl x509 -req -in c.csr -CA sc.pem -CAkey sk.pem -CAcreateserial -days 10 -out c.pem; openssl verify -CAfile sc.pem c.pem; openssl verify c.pem; openssl verify sc.pem
  Certificate request self-signature verify OK
  subject=CN = client
  Certificate request self-signature ok
  subject=CN = client
  c.pem: OK
  CN = client
  error 20 at 0 depth lookup: unable to get local issuer certificate
  error c.pem: verification failed
  C = FR, O = \C3\83\C2\89cole, CN = web.lan
  error 18 at 0 depth lookup: self-signed certificate
  error sc.pem: verification failed
  [2]
  $ printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth\nsubjectAltName=@a\n[a]\nDNS.1=x.lan\nIP.1=1.2.3.4\n' > ext; openssl x509 -req -in c.csr -CA sc.pem -CAkey sk.pem -days 10 -sha512 -extfile ext -out c2.pem; openssl x509 -in c2.pem -text -noout | sed -n '/X509v3/,/Signature/p' | grep -v :..:..:..:..; openssl asn1parse -in c2.pem | head -3
  Certificate request self-signature ok
  subject=CN = client
          X509v3 extensions:
              X509v3 Basic Constraints: 
                  CA:FALSE
              X509v3 Key Usage: 
                  Digital Signature, Key Encipherment
              X509v3 Extended Key Usage: 
                  TLS Web Server Authentication
              X509v3 Subject Alternative Name: 
                  DNS:x.lan, IP Address:1.2.3.4
              X509v3 Subject Key Identifier: 
              X509v3 Authority Key Identifier: 
      Signature Algorithm: sha512WithRSAEncryption
      0:d=0  hl=4 l= 858 cons: SEQUENCE          
      4:d=1  hl=4 l= 578 cons: SEQUENCE          
      8:d=2  hl=2 l=   3 cons: cont [ 0 ]        
  $ printf 'FR\n.\nLyon\nAcme\n\nwww\n\n\n\n' | openssl req -new -key k.pem -out z.csr; openssl req -in z.csr -noout -subject
  You are about to be asked to enter information that will be incorporated
  into your certificate request.
  What you are about to enter is what is called a Distinguished Name or a DN.
  There are quite a few fields but you can leave some blank
  For some fields there will be a default value,
  If you enter '.', the field will be left blank.
  -----
  Country Name (2 letter code) [AU]:State or Province Name (full name) [Some-State]:Locality Name (eg, city) []:Organization Name (eg, company) [Internet Widgits Pty Ltd]:Organizational Unit Name (eg, section) []:Common Name (e.g. server FQDN or YOUR name) []:Email Address []:
  Please enter the following 'extra' attributes
  to be sent with your certificate request
  A challenge password []:An optional company name []:subject=C = FR, L = Lyon, O = Acme, CN = www
  $ openssl dgst -sha256 -sign k.pem -out sig f; openssl dgst -sha256 -verify pub.pem -signature sig f; echo x >> f; openssl dgst -sha256 -verify pub.pem -signature sig f 2>/dev/null; openssl pkeyutl -encrypt -pubin -inkey pub.pem -in ext -out e.bin; openssl pkeyutl -decrypt -inkey k.pem -in e.bin | head -1
  Verified OK
  Verification failure
  basicConstraints=CA:FALSE
  $ openssl ciphers -v | head -3; openssl prime 17 18; openssl version -d; openssl foo; openssl x509 -in f; openssl x509 -in /none 2>&1 | grep -v error:; openssl verify -CAfile /none c.pem 2>&1 | head -1; openssl rsa -in f; openssl dgst /none 2>&1 | head -1; openssl dgst -foo f 2>&1 | head -2; openssl s_client -connect localhost:1 </dev/null 2>&1 | tail -1; openssl s_client -connect nohost.invalid:443 </dev/null 2>&1 | tail -1
  TLS_AES_256_GCM_SHA384         TLSv1.3 Kx=any      Au=any   Enc=AESGCM(256)            Mac=AEAD
  TLS_CHACHA20_POLY1305_SHA256   TLSv1.3 Kx=any      Au=any   Enc=CHACHA20/POLY1305(256) Mac=AEAD
  TLS_AES_128_GCM_SHA256         TLSv1.3 Kx=any      Au=any   Enc=AESGCM(128)            Mac=AEAD
  11 (17) is prime
  12 (18) is not prime
  OPENSSLDIR: "/usr/lib/ssl"
  Invalid command 'foo'; type "help" for a list.
  Could not read certificate from f
  Unable to load certificate
  Could not open file or uri for loading certificate from /none
  Unable to load certificate
  Error loading file /none
  Could not read private key from f
  /none: No such file or directory
  dgst: Unknown option or message digest: foo
  dgst: Use -help for summary.
  connect:errno=111
  connect:errno=22
  $ openssl genrsa 4294967296; timeout 3 openssl genrsa 20000; echo $?
  genrsa: Value "4294967296" outside integer range
  Warning: It is not recommended to use more than 16384 bit for RSA keys.
           Your key size is 20000! Larger key size may behave not as expected.
  124
