package fuzz.old

import future.keywords.in
import input.a as b

p[x] { x = input.items[_]; not b[x] }
q[k] = v { v := data.d[k] } else = 3 { 1 in [1, 2] }
r = {"a": [1, "\u00e9", null, true], "b": set()} { true }
