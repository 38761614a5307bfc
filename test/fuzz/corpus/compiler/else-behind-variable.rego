package a

q[k] = v { v := data.d[k] } else = 3 { true }
