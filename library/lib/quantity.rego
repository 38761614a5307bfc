# METADATA
# title: Quantities
# description: Kubernetes quantities, such as 500m, 0.5, 1e3 and 1Gi, as written in a manifest.
package holdfast.lib.quantity

import rego.v1

# A quantity of nothing, however it is spelled: 0, "0", "0m", "0.0", "0e3", "0Gi". A limit of nothing is no limit.
zero(quantity) if quantity == 0

zero(quantity) if {
	is_string(quantity)
	significant := trim_left(quantity, "+0.")
	not substring(significant, 0, 1) in {"1", "2", "3", "4", "5", "6", "7", "8", "9"}
}

# The number that a quantity stands for; undefined where it is none. Billionths and millionths are beyond units.parse.
amount(quantity) := quantity if is_number(quantity)

amount(quantity) := units.parse(quantity) if {
	is_string(quantity)
	not regex.match(`[nu]$`, quantity)
}

amount(quantity) := to_number(trim_suffix(quantity, "n")) / 1000000000 if endswith(quantity, "n")

amount(quantity) := to_number(trim_suffix(quantity, "u")) / 1000000 if endswith(quantity, "u")
