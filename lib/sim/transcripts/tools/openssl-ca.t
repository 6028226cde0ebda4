As root: an authority that issues, revokes and publishes its list; a PKCS #12 file; a server whose chain a client checks. Recorded with openssl 3.0, dates apart.
host: debian-12

  $ mkdir -p demoCA/newcerts; : > demoCA/index.txt; echo 1000 > demoCA/serial; echo 01 > demoCA/crlnumber
  $ openssl ecparam -name prime256v1 -genkey -noout -out ca.key; openssl req -x509 -key ca.key -out ca.crt -days 3650 -subj "/C=FR/O=Acme/CN=Acme Root"
  $ openssl ecparam -name prime256v1 -genkey -noout -out web.key; openssl req -new -key web.key -out web.csr -subj "/C=FR/ST=IDF/O=Acme/CN=web.lan"
  $ cat > ca.cnf << 'END'
  > [ ca ]
  > default_ca = own
  > [ own ]
  > dir = ./demoCA
  > database = $dir/index.txt
  > new_certs_dir = $dir/newcerts
  > certificate = ca.crt
  > private_key = ca.key
  > serial = $dir/serial
  > crlnumber = $dir/crlnumber
  > default_md = sha256
  > default_days = 365
  > default_crl_days = 30
  > policy = usual
  > [ usual ]
  > countryName = match
  > organizationName = match
  > stateOrProvinceName = optional
  > commonName = supplied
  > END
  $ openssl ca -config ca.cnf -in web.csr -out web.crt -batch 2>&1 | sed 's/until .* GMT/until then/'
  Using configuration from ca.cnf
  Check that the request matches the signature
  Signature ok
  The Subject's Distinguished Name is as follows
  countryName           :PRINTABLE:'FR'
  stateOrProvinceName   :ASN.1 12:'IDF'
  organizationName      :ASN.1 12:'Acme'
  commonName            :ASN.1 12:'web.lan'
  Certificate is to be certified until then (365 days)
  
  Write out database with 1 new entries
  Database updated
  $ cut -f 1,4- demoCA/index.txt; cat demoCA/serial demoCA/index.txt.attr; ls demoCA/newcerts
  V	1000	unknown	/C=FR/O=Acme/ST=IDF/CN=web.lan
  1001
  unique_subject = yes
  1000.pem
  $ sed -n '4,6p;10p' web.crt
          Serial Number: 4096 (0x1000)
          Signature Algorithm: ecdsa-with-SHA256
          Issuer: C=FR, O=Acme, CN=Acme Root
          Subject: C=FR, O=Acme, ST=IDF, CN=web.lan
  $ openssl ca -config ca.cnf -in web.csr -batch -out again.crt 2>&1 | tail -7 | sed 's/:[0-9]*Z$/:then/'
  ERROR:There is already a certificate for /C=FR/O=Acme/ST=IDF/CN=web.lan
  The matching entry has the following details
  Type          :Valid
  Expires on    :then
  Serial Number :1000
  File name     :unknown
  Subject Name  :/C=FR/O=Acme/ST=IDF/CN=web.lan
  $ openssl verify -CAfile ca.crt web.crt
  web.crt: OK
  $ openssl ca -config ca.cnf -revoke web.crt -crl_reason keyCompromise; openssl ca -config ca.cnf -status 1000; openssl ca -config ca.cnf -revoke web.crt
  Using configuration from ca.cnf
  Revoking Certificate 1000.
  Database updated
  Using configuration from ca.cnf
  1000=Revoked (R)
  Using configuration from ca.cnf
  ERROR:Already revoked, serial number 1000
  [1]
  $ openssl ca -config ca.cnf -gencrl -out ca.crl; openssl crl -in ca.crl -noout -CAfile ca.crt -issuer -crlnumber; openssl crl -in ca.crl -noout -text | grep -A 1 Reason
  Using configuration from ca.cnf
  verify OK
  issuer=C = FR, O = Acme, CN = Acme Root
  crlNumber=0x01
              X509v3 CRL Reason Code: 
                  Key Compromise
  $ cat ca.crt ca.crl > both.pem; openssl verify -crl_check -CAfile both.pem web.crt
  C = FR, O = Acme, ST = IDF, CN = web.lan
  error 23 at 0 depth lookup: certificate revoked
  error web.crt: verification failed
  [2]
  $ openssl pkcs12 -export -inkey web.key -in web.crt -name web -passout pass:secret -out web.p12; openssl pkcs12 -in web.p12 -passin pass:secret -info -noout
  MAC: sha256, Iteration 2048
  MAC length: 32, salt length: 8
  PKCS7 Encrypted data: PBES2, PBKDF2, AES-256-CBC, Iteration 2048, PRF hmacWithSHA256
  Certificate bag
  PKCS7 Data
  Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC, Iteration 2048, PRF hmacWithSHA256
  $ openssl pkcs12 -in web.p12 -passin pass:other -noout
  Mac verify error: invalid password?
  [1]
  $ (sleep 60 | openssl s_server -accept 4433 -cert web.crt -key web.key -CAfile ca.crt -quiet > /dev/null 2>&1 &); sleep 1
  $ echo Q | openssl s_client -connect localhost:4433 -CAfile ca.crt -brief
  Can't use SSL_get_servername
  CONNECTION ESTABLISHED
  Protocol version: TLSv1.3
  Ciphersuite: TLS_AES_256_GCM_SHA384
  Peer certificate: C = FR, O = Acme, ST = IDF, CN = web.lan
  Hash used: SHA256
  Signature type: ECDSA
  Verification: OK
  Server Temp Key: X25519, 253 bits
  DONE
  $ echo Q | openssl s_client -connect localhost:4433 2>&1 | grep -E '^(verify error|Verify return)'
  verify error:num=19:self-signed certificate in certificate chain
  Verify return code: 19 (self-signed certificate in certificate chain)
