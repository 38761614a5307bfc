package a
import rego.v1

q[k] := v if { v := data.d[k] } else := 3 if true
