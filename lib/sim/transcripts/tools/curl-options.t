curl 7.88.1 beside nginx 1.22.1: what options print, as recorded from Debian 12 (output in a pipe, without carriage returns).
host: debian-12
cwd: /tmp

  $ apt-get install -y -qq nginx >/dev/null 2>&1; systemctl stop nginx; cd /tmp; mkdir -p /tmp/hDw/www/list/sub /tmp/hDw/www/private /tmp/hDw/run; cd /tmp/hDw
  $ printf '%s\n' 'worker_processes 1;' 'daemon on;' 'pid /tmp/hDw/run/nginx.pid;' 'error_log /tmp/hDw/run/error.log;' 'events { worker_connections 64; }' 'http {' 'default_type text/plain;' 'types { text/html html; image/png png; application/gzip gz; }' 'access_log /tmp/hDw/run/access.log;' 'server {' 'listen 127.0.0.1:8123;' 'root /tmp/hDw/www;' 'location /moved { return 301 /a.txt; }' 'location /found { return 302 http://127.0.0.1:8123/moved; }' 'location /loop { return 302 /loop; }' 'location /e403 { return 403; }' 'location /e500 { return 500; }' 'location /e503 { return 503; }' 'location /e404 { return 404 "nothing here\n"; }' 'location /cookie { add_header Set-Cookie "sid=abc123; Path=/"; add_header Set-Cookie "lang=fr; Path=/; Max-Age=3600"; return 200 "cookies=$http_cookie\n"; }' 'location /echo { return 200 "$request_method $request_uri agent=$http_user_agent ref=$http_referer type=$content_type len=$content_length accept=$http_accept xa=$http_x_a auth=$http_authorization host=$http_host range=$http_range\n"; }' 'location /private { auth_basic "Private area"; auth_basic_user_file /tmp/hDw/htpasswd; }' 'location /list/ { autoindex on; }' 'location /nocontent { return 204; }' '}' '}' > nginx.conf
  $ printf '%s\n' 'bob:$apr1$abcdefgh$5VEbMkemELfbhC5ck.U.z1' > htpasswd
  $ echo hello > www/a.txt; seq 1 2000 > www/big.txt; echo '<html><body><a href="a.txt">a</a> <a href="list/">l</a> <a href="missing.html">m</a></body></html>' > www/index.html; echo one > www/list/one.txt; echo two > www/list/sub/two.txt; echo secret > www/private/s.txt; printf GIF89a > www/p.png; seq 1 5 | gzip -n > www/n.gz
  $ find www -exec touch -d '2024-01-02 03:04:05 UTC' {} +; nginx -c /tmp/hDw/nginx.conf
  $ export HOME=/tmp/hDw/home; fresh() { rm -rf /tmp/hDw/t /tmp/hDw/home; mkdir /tmp/hDw/t /tmp/hDw/home; cd /tmp/hDw/t; }
  $ fresh; ( curl http://127.0.0.1:8123/a.txt 2>/dev/null ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  hello
  $ fresh; ( curl -s http://127.0.0.1:8123/echo ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  $ fresh; ( curl -si http://127.0.0.1:8123/a.txt ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  HTTP/1.1 200 OK
  Server: nginx/1.22.1
  Date: D
  Content-Type: text/plain
  Content-Length: 6
  Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  Connection: keep-alive
  ETag: "65937d25-6"
  Accept-Ranges: bytes
  
  hello
  $ fresh; ( curl -sI http://127.0.0.1:8123/a.txt; curl -I -s http://127.0.0.1:8123/moved ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  HTTP/1.1 200 OK
  Server: nginx/1.22.1
  Date: D
  Content-Type: text/plain
  Content-Length: 6
  Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  Connection: keep-alive
  ETag: "65937d25-6"
  Accept-Ranges: bytes
  
  HTTP/1.1 301 Moved Permanently
  Server: nginx/1.22.1
  Date: D
  Content-Type: text/html
  Content-Length: 169
  Location: http://127.0.0.1:8123/a.txt
  Connection: keep-alive
  
  $ fresh; ( curl -sv http://127.0.0.1:8123/a.txt ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  *   Trying 127.0.0.1:8123...
  * Connected to 127.0.0.1 (127.0.0.1) port 8123 (#0)
  > GET /a.txt HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > 
  < HTTP/1.1 200 OK
  < Server: nginx/1.22.1
  < Date: D
  < Content-Type: text/plain
  < Content-Length: 6
  < Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  < Connection: keep-alive
  < ETag: "65937d25-6"
  < Accept-Ranges: bytes
  < 
  { [6 bytes data]
  * Connection #0 to host 127.0.0.1 left intact
  hello
  $ fresh; ( curl -svL http://127.0.0.1:8123/found ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  *   Trying 127.0.0.1:8123...
  * Connected to 127.0.0.1 (127.0.0.1) port 8123 (#0)
  > GET /found HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > 
  < HTTP/1.1 302 Moved Temporarily
  < Server: nginx/1.22.1
  < Date: D
  < Content-Type: text/html
  < Content-Length: 145
  < Connection: keep-alive
  < Location: http://127.0.0.1:8123/moved
  < 
  * Ignoring the response-body
  { [145 bytes data]
  * Connection #0 to host 127.0.0.1 left intact
  * Issue another request to this URL: 'http://127.0.0.1:8123/moved'
  * Found bundle for host: 0xPTR [serially]
  * Can not multiplex, even if we wanted to
  * Re-using existing connection #0 with host 127.0.0.1
  > GET /moved HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > 
  < HTTP/1.1 301 Moved Permanently
  < Server: nginx/1.22.1
  < Date: D
  < Content-Type: text/html
  < Content-Length: 169
  < Location: http://127.0.0.1:8123/a.txt
  < Connection: keep-alive
  < 
  * Ignoring the response-body
  { [169 bytes data]
  * Connection #0 to host 127.0.0.1 left intact
  * Issue another request to this URL: 'http://127.0.0.1:8123/a.txt'
  * Found bundle for host: 0xPTR [serially]
  * Can not multiplex, even if we wanted to
  * Re-using existing connection #0 with host 127.0.0.1
  > GET /a.txt HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > 
  < HTTP/1.1 200 OK
  < Server: nginx/1.22.1
  < Date: D
  < Content-Type: text/plain
  < Content-Length: 6
  < Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  < Connection: keep-alive
  < ETag: "65937d25-6"
  < Accept-Ranges: bytes
  < 
  { [6 bytes data]
  * Connection #0 to host 127.0.0.1 left intact
  hello
  $ fresh; ( curl -sSL --max-redirs 3 http://127.0.0.1:8123/loop; echo $?; curl -sL http://127.0.0.1:8123/loop -o /dev/null; echo $?; curl -SsL http://127.0.0.1:8123/loop -o /dev/null; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: (47) Maximum (3) redirects followed
  47
  47
  curl: (47) Maximum (50) redirects followed
  47
  $ fresh; ( curl -f http://127.0.0.1:8123/missing 2>&1 | tail -1; curl -sf http://127.0.0.1:8123/missing; echo $?; curl -fsS http://127.0.0.1:8123/e403; echo $?; curl -fsS http://127.0.0.1:8123/e500; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: (22) The requested URL returned error: 404
  22
  curl: (22) The requested URL returned error: 403
  22
  curl: (22) The requested URL returned error: 500
  22
  $ fresh; ( curl -sS --fail-with-body http://127.0.0.1:8123/e404; echo $?; curl -sS -f --fail-with-body http://127.0.0.1:8123/e404; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: (22) The requested URL returned error: 404
  nothing here
  22
  curl: option --fail-with-body: is badly used here
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  $ fresh; ( curl http://nonexistent.invalid/; echo $?; curl -v http://nonexistent.invalid/ ; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
    % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                   Dload  Upload   Total   Spent    Left  Speed
    0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0curl: (6) Could not resolve host: nonexistent.invalid
  6
    % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                   Dload  Upload   Total   Spent    Left  Speed
    0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0* Could not resolve host: nonexistent.invalid
  * Closing connection 0
  curl: (6) Could not resolve host: nonexistent.invalid
  6
  $ fresh; ( curl; echo $?; curl http://; echo $?; curl foo://a/b; echo $?; curl 'http://a b/'; echo $?; curl -s ''; echo $?; curl 'http://127.0.0.1:99999/'; echo $?; curl http://127.0.0.1:abc/; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  curl: (3) URL using bad/illegal format or missing URL
  3
  curl: (1) Protocol "foo" not supported or disabled in libcurl
  1
  curl: (3) URL using bad/illegal format or missing URL
  3
  3
  curl: (3) URL using bad/illegal format or missing URL
  3
  curl: (3) URL using bad/illegal format or missing URL
  3
  $ fresh; ( curl --foo http://127.0.0.1:8123/; echo $?; curl -Y; echo $?; curl -9 http://127.0.0.1:8123/; curl -o; echo $?; curl -m abc http://127.0.0.1:8123/; echo $?; curl --retry x http://127.0.0.1:8123/a.txt; echo $?; curl --max-time -1 x; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: option --foo: is unknown
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  curl: option -Y: requires parameter
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  curl: option -9: is unknown
  curl: try 'curl --help' or 'curl --manual' for more information
  curl: option -o: requires parameter
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  curl: option -m: expected a proper numerical parameter
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  curl: option --retry: expected a proper numerical parameter
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  curl: option --max-time: expected a positive numerical parameter
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  $ fresh; ( curl -s -o out http://127.0.0.1:8123/a.txt; cat out; curl -sS -o no/such/out http://127.0.0.1:8123/a.txt; echo $?; curl -sS --create-dirs -o no/such/out http://127.0.0.1:8123/a.txt; find no; curl -s --output-dir od -o x http://127.0.0.1:8123/a.txt; echo $?; curl -sS --output-dir od --create-dirs -o x http://127.0.0.1:8123/a.txt; echo $?; ls od ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  hello
  curl: (23) Failure writing output to destination
  23
  no
  no/such
  no/such/out
  23
  0
  x
  $ fresh; ( curl -sO http://127.0.0.1:8123/a.txt; ls; curl -sSO http://127.0.0.1:8123/; echo $?; curl -sSO http://127.0.0.1:8123; echo $?; curl -sO http://127.0.0.1:8123/a.txt -O http://127.0.0.1:8123/p.png; ls ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  a.txt
  curl: (23) Failed writing received data to disk/application
  23
  curl: (23) Failed writing received data to disk/application
  23
  a.txt
  p.png
  $ fresh; ( curl -sSOJ http://127.0.0.1:8123/a.txt; ls; curl -sSOJ http://127.0.0.1:8123/a.txt; echo $?; curl -sSOJi http://127.0.0.1:8123/a.txt; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  a.txt
  0
  curl: showing headers and --remote-header-name cannot be combined
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  $ fresh; ( curl -s -o /dev/null -w '%{http_code}\n' http://127.0.0.1:8123/a.txt; curl -s -o /dev/null -w '%{response_code} %{size_download} %{url_effective} %{content_type} %{num_redirects} %{redirect_url} %{method} %{scheme} %{http_version} %{remote_ip} %{remote_port} %{local_ip} %{num_connects} %{size_header} %{size_request} %{ssl_verify_result} %{exitcode} %{errormsg} %{filename_effective} %{urlnum} %{url} %{http_connect} %{proxy_ssl_verify_result} %{num_headers} %{ftp_entry_path} %{referer}\n' http://127.0.0.1:8123/moved ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  200
  301 169 http://127.0.0.1:8123/moved text/html 0 http://127.0.0.1:8123/a.txt GET HTTP 1.1 127.0.0.1 8123 127.0.0.1 1 202 83 0 0  /dev/null 0 http://127.0.0.1:8123/moved 000 0 6  
  $ fresh; ( curl -s -o /dev/null -w '%{json}' http://127.0.0.1:8123/a.txt | sed 's/"time_[a-z]*":[0-9.]*/T/g; s/"local_port":[0-9]*/LP/; s/"speed_[a-z]*":[0-9]*/S/g; s/"certs":""/&/' ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  {"certs":"","content_type":"text/plain","errormsg":null,"exitcode":0,"filename_effective":"/dev/null","ftp_entry_path":null,"http_code":200,"http_connect":0,"http_version":"1.1","local_ip":"127.0.0.1",LP,"method":"GET","num_certs":0,"num_connects":1,"num_headers":8,"num_redirects":0,"proxy_ssl_verify_result":0,"redirect_url":null,"referer":null,"remote_ip":"127.0.0.1","remote_port":8123,"response_code":200,"scheme":"HTTP","size_download":6,"size_header":235,"size_request":83,"size_upload":0,S,S,"ssl_verify_result":0,T,T,T,T,T,T,T,"url":"http://127.0.0.1:8123/a.txt","url_effective":"http://127.0.0.1:8123/a.txt","urlnum":0,"curl_version":"libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13 brotli/1.0.9 zstd/1.5.4 libidn2/2.3.3 libpsl/0.21.2 (+libidn2/2.3.3) libssh2/1.10.0 nghttp2/1.52.0 librtmp/2.3 OpenLDAP/2.5.13"}
  $ fresh; ( curl -s -o /dev/null -w '%{http_code} %{exitcode} %{errormsg} %{onerror}failed\n' http://127.0.0.1:8999/a.txt; echo '%{http_code}x' > fmt; curl -s -o /dev/null -w @fmt http://127.0.0.1:8123/a.txt; echo 'c=%{http_code}\n' | curl -s -o /dev/null -w @- http://127.0.0.1:8123/a.txt; curl -s -w @nofile http://127.0.0.1:8123/a.txt; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  000 7 Failed to connect to 127.0.0.1 port 8999 after N ms: Couldn't connect to server failed
  200xc=200
  hello
  0
  $ fresh; ( curl -s -H 'X-A: 1' http://127.0.0.1:8123/echo; curl -s -H 'Accept:' http://127.0.0.1:8123/echo; curl -s -H 'X-A;' -v http://127.0.0.1:8123/echo 2>&1 | grep '^>'; curl -s -H 'Host: www.example' http://127.0.0.1:8123/echo; curl -s -A me -e http://ref/ http://127.0.0.1:8123/echo; printf 'X-A: from file\n' > h; curl -s -H @h http://127.0.0.1:8123/echo; curl -s -H @nofile http://127.0.0.1:8123/echo; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa=1 auth= host=127.0.0.1:8123 range=
  GET /echo agent=curl/7.88.1 ref= type= len= accept= xa= auth= host=127.0.0.1:8123 range=
  > GET /echo HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > X-A:
  > 
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=www.example range=
  GET /echo agent=me ref=http://ref/ type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa=from file auth= host=127.0.0.1:8123 range=
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  0
  $ fresh; ( curl -s -d a=1 http://127.0.0.1:8123/echo; curl -s -d a=1 -d b=2 http://127.0.0.1:8123/echo; curl -s -d '{"a":1}' -H 'Content-Type: application/json' http://127.0.0.1:8123/echo; curl -s --json '{"a":1}' http://127.0.0.1:8123/echo; curl -s --data-urlencode 'q=a b&c' http://127.0.0.1:8123/echo; curl -s -G -d a=1 --data-urlencode 'q=é x' http://127.0.0.1:8123/echo ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  POST /echo agent=curl/7.88.1 ref= type=application/x-www-form-urlencoded len=3 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  POST /echo agent=curl/7.88.1 ref= type=application/x-www-form-urlencoded len=7 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  POST /echo agent=curl/7.88.1 ref= type=application/json len=7 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  POST /echo agent=curl/7.88.1 ref= type=application/json len=7 accept=application/json xa= auth= host=127.0.0.1:8123 range=
  POST /echo agent=curl/7.88.1 ref= type=application/x-www-form-urlencoded len=9 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  GET /echo?a=1&q=%c3%a9+x agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  $ fresh; ( printf 'x=1\ny=2\n' > f; curl -s -d @f http://127.0.0.1:8123/echo; curl -s --data-binary @f http://127.0.0.1:8123/echo; curl -s --data-raw @f http://127.0.0.1:8123/echo; curl -sS -d @none http://127.0.0.1:8123/echo; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  POST /echo agent=curl/7.88.1 ref= type=application/x-www-form-urlencoded len=6 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  POST /echo agent=curl/7.88.1 ref= type=application/x-www-form-urlencoded len=8 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  POST /echo agent=curl/7.88.1 ref= type=application/x-www-form-urlencoded len=2 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  POST /echo agent=curl/7.88.1 ref= type=application/x-www-form-urlencoded len=0 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  0
  $ fresh; ( curl -s -X PUT http://127.0.0.1:8123/echo; curl -s -X DELETE http://127.0.0.1:8123/echo; curl -s -X PATCH -d x http://127.0.0.1:8123/echo; curl -v -s -X GET http://127.0.0.1:8123/echo 2>&1 | grep Note; curl -sv -X POST -d a http://127.0.0.1:8123/echo 2>&1 | grep Note; curl -X head -s http://127.0.0.1:8123/echo ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  PUT /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  DELETE /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  PATCH /echo agent=curl/7.88.1 ref= type=application/x-www-form-urlencoded len=1 accept=*/* xa= auth= host=127.0.0.1:8123 range=
  <html>
  <head><title>400 Bad Request</title></head>
  <body>
  <center><h1>400 Bad Request</h1></center>
  <hr><center>nginx/1.22.1</center>
  </body>
  </html>
  $ fresh; ( curl -si http://127.0.0.1:8123/private/s.txt; curl -s -u bob:pw http://127.0.0.1:8123/private/s.txt; curl -s -u bob:bad http://127.0.0.1:8123/private/s.txt -o /dev/null -w '%{http_code}\n'; curl -s http://bob:pw@127.0.0.1:8123/private/s.txt; curl -sv -u bob:pw http://127.0.0.1:8123/private/s.txt 2>&1 | grep -v '^[{}]' ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  HTTP/1.1 401 Unauthorized
  Server: nginx/1.22.1
  Date: D
  Content-Type: text/html
  Content-Length: 179
  Connection: keep-alive
  WWW-Authenticate: Basic realm="Private area"
  
  <html>
  <head><title>401 Authorization Required</title></head>
  <body>
  <center><h1>401 Authorization Required</h1></center>
  <hr><center>nginx/1.22.1</center>
  </body>
  </html>
  secret
  401
  secret
  *   Trying 127.0.0.1:8123...
  * Connected to 127.0.0.1 (127.0.0.1) port 8123 (#0)
  * Server auth using Basic with user 'bob'
  > GET /private/s.txt HTTP/1.1
  > Host: 127.0.0.1:8123
  > Authorization: Basic Ym9iOnB3
  > User-Agent: curl/7.88.1
  > Accept: */*
  > 
  < HTTP/1.1 200 OK
  < Server: nginx/1.22.1
  < Date: D
  < Content-Type: text/plain
  < Content-Length: 7
  < Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  < Connection: keep-alive
  < ETag: "65937d25-7"
  < Accept-Ranges: bytes
  < 
  * Connection #0 to host 127.0.0.1 left intact
  secret
  $ fresh; ( curl -s -r 0-3 http://127.0.0.1:8123/big.txt; curl -si -r 0-3 http://127.0.0.1:8123/a.txt; curl -si -r 100- http://127.0.0.1:8123/a.txt; curl -s -r -5 http://127.0.0.1:8123/big.txt ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  1
  2
  HTTP/1.1 206 Partial Content
  Server: nginx/1.22.1
  Date: D
  Content-Type: text/plain
  Content-Length: 4
  Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  Connection: keep-alive
  ETag: "65937d25-6"
  Content-Range: bytes 0-3/6
  
  hellHTTP/1.1 416 Requested Range Not Satisfiable
  Server: nginx/1.22.1
  Date: D
  Content-Type: text/html
  Content-Length: 197
  Connection: keep-alive
  Content-Range: bytes */6
  
  <html>
  <head><title>416 Requested Range Not Satisfiable</title></head>
  <body>
  <center><h1>416 Requested Range Not Satisfiable</h1></center>
  <hr><center>nginx/1.22.1</center>
  </body>
  </html>
  2000
  $ fresh; ( curl -sv -c jar http://127.0.0.1:8123/cookie 2>&1 | sed 's/expire [0-9]*/expire N/' ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  *   Trying 127.0.0.1:8123...
  * Connected to 127.0.0.1 (127.0.0.1) port 8123 (#0)
  > GET /cookie HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > 
  < HTTP/1.1 200 OK
  < Server: nginx/1.22.1
  < Date: D
  < Content-Type: text/plain
  < Content-Length: 9
  < Connection: keep-alive
  * Added cookie sid="abc123" for domain 127.0.0.1, path /, expire N
  < Set-Cookie: sid=abc123; Path=/
  * Added cookie lang="fr" for domain 127.0.0.1, path /, expire N
  < Set-Cookie: lang=fr; Path=/; Max-Age=3600
  < 
  { [9 bytes data]
  * Connection #0 to host 127.0.0.1 left intact
  cookies=
  $ fresh; ( curl -s --compressed http://127.0.0.1:8123/n.gz | gzip -dc; curl -sv --compressed http://127.0.0.1:8123/a.txt 2>&1 | grep '^>' ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  1
  2
  3
  4
  5
  > GET /a.txt HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > Accept-Encoding: deflate, gzip, br, zstd
  > 
  $ fresh; ( curl -s 'http://127.0.0.1:8123/echo/{a,b}'; curl -s 'http://127.0.0.1:8123/echo/[1-3]'; curl -s 'http://127.0.0.1:8123/a.txt?x=[1]' ; echo $?; curl -s -g 'http://127.0.0.1:8123/echo?x=[1]'; curl -s -o 'f_#1' 'http://127.0.0.1:8123/{a.txt,p.png}'; ls; curl 'http://127.0.0.1:8123/{a'; echo $?; curl 'http://127.0.0.1:8123/[3-1]'; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  GET /echo/a agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  GET /echo/b agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  GET /echo/1 agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  GET /echo/2 agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  GET /echo/3 agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  3
  GET /echo?x=[1] agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  f_a.txt
  f_p.png
  curl: (3) unmatched brace in URL position 23:
  http://127.0.0.1:8123/{a
                        ^
  3
  curl: (3) bad range in URL position 28:
  http://127.0.0.1:8123/[3-1]
                             ^
  3
  $ fresh; ( printf 'url = "http://127.0.0.1:8123/echo"\nsilent\nuser-agent = "conf"\n# c\nheader="X-A: k"\n' > c; curl -K c; curl -K none; echo $?; printf 'foo = 1\n' > d; curl -K d http://127.0.0.1:8123/a.txt -s; echo $?; echo 'silent' > ~/.curlrc; curl http://127.0.0.1:8123/a.txt; curl -q http://127.0.0.1:8123/a.txt 2>&1 >/dev/null | head -1 ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  GET /echo agent=conf ref= type= len= accept=*/* xa=k auth= host=127.0.0.1:8123 range=
  curl: cannot read config from 'none'
  curl: option -K: error encountered when reading a file
  curl: try 'curl --help' or 'curl --manual' for more information
  26
  Warning: d:1: warning: 'foo' is unknown
  hello
  0
  hello
    % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
  $ fresh; ( curl -sS -x http://127.0.0.1:8999 http://127.0.0.1:8123/a.txt; echo $?; curl -s -x http://127.0.0.1:8123 http://www.example/echo; http_proxy=http://127.0.0.1:8123 curl -s http://www.example/echo; http_proxy=http://127.0.0.1:8999 no_proxy=127.0.0.1 curl -s http://127.0.0.1:8123/a.txt; curl -sS -x nohost.invalid:1 http://127.0.0.1:8123/; echo $?; curl -sS --noproxy '*' -x http://127.0.0.1:1 http://127.0.0.1:8123/a.txt ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: (7) Failed to connect to 127.0.0.1 port 8999 after N ms: Couldn't connect to server
  7
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=www.example range=
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=www.example range=
  hello
  curl: (5) Could not resolve proxy: nohost.invalid
  5
  hello
  $ fresh; ( curl -s --resolve www.example:8123:127.0.0.1 http://www.example:8123/echo; curl -sv --resolve www.example:8123:127.0.0.1 http://www.example:8123/a.txt 2>&1 | grep '^\*'; curl -s --resolve bad http://127.0.0.1:8123/a.txt; echo $?; curl -s --connect-to www.example:80:127.0.0.1:8123 http://www.example/echo ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=www.example:8123 range=
  * Added www.example:8123:127.0.0.1 to DNS cache
  * Hostname www.example was found in DNS cache
  *   Trying 127.0.0.1:8123...
  * Connected to www.example (127.0.0.1) port 8123 (#0)
  * Connection #0 to host www.example left intact
  49
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=www.example range=
  $ fresh; ( curl -s --retry 1 http://127.0.0.1:8123/e503 -o /dev/null -w '%{http_code}\n'; echo $?; curl --no-progress-meter --retry 1 http://127.0.0.1:8123/e503 -o /dev/null; curl -sS --retry 1 --retry-connrefused http://127.0.0.1:8999/; echo $?; curl -sS --retry 1 --retry-delay 1 --retry-all-errors -f http://127.0.0.1:8123/missing; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  23
  Warning: Problem : HTTP error. Will retry in 1 seconds. 1 retries left.
  Throwing away 197 bytes
  curl: (23) Failed to truncate file
  curl: (7) Failed to connect to 127.0.0.1 port 8999 after N ms: Couldn't connect to server
  curl: (7) Failed to connect to 127.0.0.1 port 8999 after N ms: Couldn't connect to server
  7
  curl: (22) The requested URL returned error: 404
  curl: (22) The requested URL returned error: 404
  22
  $ fresh; ( curl -s -o /dev/null -w '%{http_code} %{size_download}\n' -z '2030-01-01' http://127.0.0.1:8123/a.txt; curl -s -z '2020-01-01' http://127.0.0.1:8123/a.txt; curl -sv -z '2030-01-01' http://127.0.0.1:8123/a.txt 2>&1 | grep -i modif; curl -sR -O http://127.0.0.1:8123/a.txt; TZ=UTC stat -c %y a.txt; curl -s -z a.txt -w '%{http_code}\n' http://127.0.0.1:8123/a.txt; curl -s -z nodate http://127.0.0.1:8123/a.txt ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  200 6
  hello
  < Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  2024-01-02 03:04:05.000000000 +0000
  304
  hello
  $ fresh; ( curl -sS --max-filesize 3 http://127.0.0.1:8123/a.txt; echo $?; curl -sS -m 1 http://127.0.0.1:8123/a.txt; curl -sS --limit-rate 100K http://127.0.0.1:8123/a.txt; curl --limit-rate 5X http://127.0.0.1:8123/a.txt; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: (63) Maximum file size exceeded
  63
  hello
  hello
  Warning: unsupported rate unit. Use G, M, K or B!
  curl: option --limit-rate: is badly used here
  curl: try 'curl --help' or 'curl --manual' for more information
  2
  $ fresh; ( curl -sS --proto =https http://127.0.0.1:8123/a.txt; echo $?; curl -s --proto-default http 127.0.0.1:8123/a.txt; curl -sS --proto foo http://127.0.0.1:8123/; echo $?; curl -s 127.0.0.1:8123/a.txt ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: (1) Protocol "http" not supported or disabled in libcurl
  1
  hello
  <html><body><a href="a.txt">a</a> <a href="list/">l</a> <a href="missing.html">m</a></body></html>
  0
  hello
  $ fresh; ( curl -s --trace-ascii - http://127.0.0.1:8123/a.txt | grep -v Date; curl -s --trace - http://127.0.0.1:8123/a.txt | head -12 ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  == Info:   Trying 127.0.0.1:8123...
  == Info: Connected to 127.0.0.1 (127.0.0.1) port 8123 (#0)
  => Send header, 83 bytes (0x53)
  0000: GET /a.txt HTTP/1.1
  0015: Host: 127.0.0.1:8123
  002b: User-Agent: curl/7.88.1
  0044: Accept: */*
  0051: 
  <= Recv header, 17 bytes (0x11)
  0000: HTTP/1.1 200 OK
  <= Recv header, 22 bytes (0x16)
  0000: Server: nginx/1.22.1
  <= Recv header, 37 bytes (0x25)
  <= Recv header, 26 bytes (0x1a)
  0000: Content-Type: text/plain
  <= Recv header, 19 bytes (0x13)
  0000: Content-Length: 6
  <= Recv header, 46 bytes (0x2e)
  0000: Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  <= Recv header, 24 bytes (0x18)
  0000: Connection: keep-alive
  <= Recv header, 20 bytes (0x14)
  0000: ETag: "65937d25-6"
  <= Recv header, 22 bytes (0x16)
  0000: Accept-Ranges: bytes
  <= Recv header, 2 bytes (0x2)
  0000: 
  <= Recv data, 6 bytes (0x6)
  0000: hello.
  hello
  == Info: Connection #0 to host 127.0.0.1 left intact
  == Info:   Trying 127.0.0.1:8123...
  == Info: Connected to 127.0.0.1 (127.0.0.1) port 8123 (#0)
  => Send header, 83 bytes (0x53)
  0000: 47 45 54 20 2f 61 2e 74 78 74 20 48 54 54 50 2f GET /a.txt HTTP/
  0010: 31 2e 31 0d 0a 48 6f 73 74 3a 20 31 32 37 2e 30 1.1..Host: 127.0
  0020: 2e 30 2e 31 3a 38 31 32 33 0d 0a 55 73 65 72 2d .0.1:8123..User-
  0030: 41 67 65 6e 74 3a 20 63 75 72 6c 2f 37 2e 38 38 Agent: curl/7.88
  0040: 2e 31 0d 0a 41 63 63 65 70 74 3a 20 2a 2f 2a 0d .1..Accept: */*.
  0050: 0a 0d 0a                                        ...
  <= Recv header, 17 bytes (0x11)
  0000: 48 54 54 50 2f 31 2e 31 20 32 30 30 20 4f 4b 0d HTTP/1.1 200 OK.
  0010: 0a                                              .
  $ fresh; ( curl -s http://127.0.0.1:8123/x/../echo; curl -s --path-as-is http://127.0.0.1:8123/echo/../echo; curl -s 'http://127.0.0.1:8123/echo?a=b#frag'; curl -s 'http://127.0.0.1:8123/echo/a b'; echo $?; curl -s 'http://127.0.0.1:8123/echo/é' ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  GET /echo/../echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  GET /echo?a=b agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  3
  GET /echo/%c3%a9 agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8123 range=
  $ fresh; ( curl -sS --interface nope0 http://127.0.0.1:8123/a.txt; echo $?; curl -sS --interface lo http://127.0.0.1:8123/a.txt; curl -sS --interface 127.0.0.1 http://127.0.0.1:8123/a.txt; curl -sS -4 http://localhost:8123/a.txt; curl -sS -6 http://127.0.0.1:8123/a.txt; echo $?; curl -sS --local-port 40000-40010 http://127.0.0.1:8123/a.txt ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  curl: (45) Couldn't bind to 'nope0'
  45
  hello
  hello
  hello
  curl: (7) Couldn't connect to server
  7
  hello
  $ fresh; ( curl -s --etag-save e http://127.0.0.1:8123/a.txt; cat e; curl -s --etag-compare e -w '%{http_code}\n' http://127.0.0.1:8123/a.txt ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  hello
  "65937d25-6"
  304
  $ fresh; ( printf 'machine 127.0.0.1 login bob password pw\n' > ~/.netrc; curl -s -n http://127.0.0.1:8123/private/s.txt; curl -s --netrc-file nofile http://127.0.0.1:8123/private/s.txt -o /dev/null -w '%{http_code}\n'; echo $?; curl -s --oauth2-bearer TOK http://127.0.0.1:8123/echo ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  secret
  401
  0
  GET /echo agent=curl/7.88.1 ref= type= len= accept=*/* xa= auth=Bearer TOK host=127.0.0.1:8123 range=
  $ fresh; ( curl -s -o /dev/null http://127.0.0.1:8999; echo $?; curl --no-progress-meter http://127.0.0.1:8999; echo $?; curl -sS --stderr err http://127.0.0.1:8999; cat err; curl --fail-early -sS http://127.0.0.1:8999 http://127.0.0.1:8123/a.txt; echo $?; curl -sS http://127.0.0.1:8999 http://127.0.0.1:8123/a.txt; echo $? ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  7
  curl: (7) Failed to connect to 127.0.0.1 port 8999 after N ms: Couldn't connect to server
  7
  curl: (7) Failed to connect to 127.0.0.1 port 8999 after N ms: Couldn't connect to server
  curl: (7) Failed to connect to 127.0.0.1 port 8999 after N ms: Couldn't connect to server
  7
  curl: (7) Failed to connect to 127.0.0.1 port 8999 after N ms: Couldn't connect to server
  hello
  0
  $ fresh; ( curl -s -L -d a=1 http://127.0.0.1:8123/moved -o /dev/null -w '%{method} %{url_effective} %{http_code}\n'; curl -sv -L -d a=1 http://127.0.0.1:8123/found 2>&1 | grep '^[*>]'; curl -s -L --post301 -d a=1 http://127.0.0.1:8123/moved -o /dev/null -w '%{method} %{http_code}\n'; curl -s -L -X POST -d a=1 http://127.0.0.1:8123/moved -o /dev/null -w '%{method} %{http_code}\n' ) 2>&1 | tr -d '\r' | sed -e 's/after [0-9]* ms/after N ms/' -e 's/0x55[0-9a-f]*/0xPTR/' -e 's/^Date: .*/Date: D/' -e 's/^< Date: .*/< Date: D/'
  GET http://127.0.0.1:8123/a.txt 200
  *   Trying 127.0.0.1:8123...
  * Connected to 127.0.0.1 (127.0.0.1) port 8123 (#0)
  > POST /found HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > Content-Length: 3
  > Content-Type: application/x-www-form-urlencoded
  > 
  * Please rewind output before next send
  * Ignoring the response-body
  * Connection #0 to host 127.0.0.1 left intact
  * Issue another request to this URL: 'http://127.0.0.1:8123/moved'
  * Switch from POST to GET
  * Found bundle for host: 0xPTR [serially]
  * Can not multiplex, even if we wanted to
  * Re-using existing connection #0 with host 127.0.0.1
  > GET /moved HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > 
  * Ignoring the response-body
  * Connection #0 to host 127.0.0.1 left intact
  * Issue another request to this URL: 'http://127.0.0.1:8123/a.txt'
  * Found bundle for host: 0xPTR [serially]
  * Can not multiplex, even if we wanted to
  * Re-using existing connection #0 with host 127.0.0.1
  > GET /a.txt HTTP/1.1
  > Host: 127.0.0.1:8123
  > User-Agent: curl/7.88.1
  > Accept: */*
  > 
  * Connection #0 to host 127.0.0.1 left intact
  POST 405
  POST 405
