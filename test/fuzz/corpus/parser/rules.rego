package fuzz.rules

import rego.v1
import data.lib as helper

# METADATA
# title: everything at once
# scope: rule
default allow := false

allow if {
	some i, x in input.items
	x.kind == "Pod"
	not helper.excepted[x.name] with input.user as "ada"
	every c in x.spec { c.n > -1.5e3 }
} else := 2 if input.force

deny contains msg if {
	msg := sprintf("%s %d", [`raw`, count({v | v := input.b[_]})])
}

f(a, [b, _]) := {"k": a, b: {1, 2} | {3}} if a in {"x", "y"}
tree.a[k].b := {k: v | v := input[k]; walk(v, [["p"], _])}
t := $"v is {input.c} and \{"
