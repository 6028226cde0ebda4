import { describe, expect, it } from "vitest";
import { compileTemplate } from "./execute-template.ts";
import { fromJson, structFromJson } from "./go-value.ts";

const data = fromJson({ Name: "web", Size: 3, Up: true, Env: ["A=1", "B=2"], Labels: { b: "2", a: "1" }, Nothing: null, Nested: { Deep: { Id: "x" } } });
const run = (source: string) => compileTemplate("", source).execute(data);

describe("Go templates", () => {
  it.each([
    ["{{.Name}}", "web"],
    ["{{.Name}} {{.Size}} {{.Up}}", "web 3 true"],
    ["{{.Env}} {{.Labels}}", "[A=1 B=2] map[a:1 b:2]"],
    ["{{.Nothing}}", "<no value>"],
    ["{{json .Env}} {{json .Labels}} {{json .Name}}", '["A=1","B=2"] {"a":"1","b":"2"} "web"'],
    ["{{json .}}", '{"Env":["A=1","B=2"],"Labels":{"a":"1","b":"2"},"Name":"web","Nested":{"Deep":{"Id":"x"}},"Nothing":null,"Size":3,"Up":true}'],
    ["{{range .Env}}{{println .}}{{end}}", "A=1\nB=2\n"],
    ["{{range $i, $e := .Env}}{{$i}}={{$e}};{{end}}", "0=A=1;1=B=2;"],
    ["{{range $k, $v := .Labels}}{{$k}}:{{$v}} {{end}}", "a:1 b:2 "],
    ["{{if .Up}}yes{{else}}no{{end}} {{if not .Up}}x{{else if eq .Size 3}}three{{end}}", "yes three"],
    ["{{with .Nested.Deep}}{{.Id}}{{end}}", "x"],
    ["{{index .Labels \"a\"}} {{index .Env 1}} {{len .Env}}", "1 B=2 2"],
    ["{{.Name | upper}} {{printf \"%-5s|%q\" .Name .Name}}", 'WEB web  |"web"'],
    ["{{$x := .Size}}{{$x}} {{(index .Env 0)}}", "3 A=1"],
    ["a  {{- \" b \" -}}  c", "a b c"],
    ["{{/* note */}}x", "x"],
    ["{{join .Env \",\"}} {{split .Name \"e\"}}", "A=1,B=2 [w b]"],
    ['{{define "t"}}<{{.}}>{{end}}{{template "t" .Name}}', "<web>"],
  ])("%s", (source, expected) => expect(run(source)).toBe(expected));

  it.each([
    ["{{.Nope}}", 'template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"'],
    ["{{nope}}", 'template: :1: function "nope" not defined'],
    ["{{.Name", "template: :1: unclosed action"],
    ["{{if .Up}}x", "template: :1: unexpected EOF"],
    ["{{end}}", "template: :1: unexpected {{end}}"],
  ])("%s fails as in Go", (source, message) => expect(() => run(source)).toThrow(message));

  it("names the struct of an unknown field", () => {
    expect(() => compileTemplate("", "{{.Nope}}").execute(structFromJson("system.info", { A: 1 }))).toThrow(`template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type system.info`);
  });
});
