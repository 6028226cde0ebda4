# What learners get wrong, each after the solution of the tasks before it, and the reason that they must be told.
[install: package.missing]
$ sudo apt-get update
> student

[install: service.not-active]
$ sudo sh -c 'apt-get install -y docker.io && systemctl stop docker.socket docker.service'
> student

[directory: directory.missing]
$ mkdir Hello

[script: file.missing]
$ echo 'print("Hello World !")' > hello.txt

[script: script.not-tested]
$ echo 'print("Hello World !")' > hello.py

[find-image: search.not-done]
$ sudo docker images

[find-image: search.other]
$ sudo docker search alpine

[find-image: docker.permission]
$ docker search python

[find-image: docker.stopped]
$ sudo systemctl stop docker.socket docker.service
$ sudo docker search python

[dockerfile: file.missing]
$ printf 'FROM python:3\nCOPY hello.py /\nCMD ["python3", "/hello.py"]\n' > dockerfile

[dockerfile: dockerfile.empty]
$ touch Dockerfile

[dockerfile: dockerfile.no-from]
$ printf 'COPY hello.py /\nCMD ["python3", "/hello.py"]\n' > Dockerfile

[dockerfile: dockerfile.other-base]
$ printf 'FROM debian\nCOPY hello.py /\nCMD ["python3", "/hello.py"]\n' > Dockerfile

[dockerfile: dockerfile.no-copy]
$ printf 'FROM python:3\nCMD ["python3", "/hello.py"]\n' > Dockerfile

[dockerfile: dockerfile.outside-context]
$ printf 'FROM python:3\nCOPY ../hello/hello.py /\nCMD ["python3", "/hello.py"]\n' > Dockerfile

[dockerfile: dockerfile.run-instead-of-cmd]
$ printf 'FROM python:3\nCOPY hello.py /\nRUN python3 /hello.py\n' > Dockerfile

[dockerfile: dockerfile.no-start]
$ printf 'FROM python:3\nCOPY hello.py /\n' > Dockerfile

[dockerfile: dockerfile.starts-other]
$ printf 'FROM python:3\nCOPY hello.py /\nCMD ["bash"]\n' > Dockerfile

[build: build.not-done]
$ sudo docker images

[build: build.no-context]
$ sudo docker build -t python-hello

[build: build.capitals]
$ sudo docker build -t Python-Hello .

[build: build.wrong-folder]
$ cd
$ sudo docker build -t python-hello .

[build: build.other-name]
$ sudo docker build -t hello .

[build: build.not-on-python]
$ printf 'FROM debian\nCOPY hello.py /\nCMD ["python3", "/hello.py"]\n' > Dockerfile
$ sudo docker build -t python-hello .

[build: build.does-not-start-script]
$ printf 'FROM python:3\nCOPY hello.py /\n' > Dockerfile
$ sudo docker build -t python-hello .

[build: build.script-not-in-image]
$ printf 'FROM python:3\nCOPY hello.py /app/\nCMD ["python3", "/hello.py"]\n' > Dockerfile
$ sudo docker build -t python-hello .

[list: list.not-done]
$ sudo docker ps

[list: list.image-alone]
$ sudo docker image

[run: run.not-done]
$ sudo docker images

[run: run.only-created]
$ sudo docker create python-hello

[pids: pids.nothing-runs]
$ printf '1\n4242\n' > pids.txt

[pids: pids.two-numbers]
$ echo 1 > pids.txt

[pids: pids.inside]
$ sudo docker run -d --name sleeper python-hello sleep 1000
$ printf '7\n4242\n' > pids.txt

[pids: pids.host-is-one]
$ sudo docker run -d --name sleeper python-hello sleep 1000
$ printf '1\n1\n' > pids.txt

[pids: pids.on-host]
$ sudo docker run -d --name sleeper python-hello sleep 1000
$ printf '1\n4242\n' > pids.txt

[clean: clean.running]
$ sudo docker ps

[clean: clean.left]
$ sudo docker stop sleeper
