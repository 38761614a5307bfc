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

# The quantity as a number of its unit: 500m is 0.5, 1.5k is 1500, 1Gi is 1073741824. Undefined for what is no quantity.
# https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
amount(quantity) := quantity if is_number(quantity)

amount(quantity) := to_number(decimal) * power_of_two(suffix) if {
	[_, sign, whole, fraction, suffix] := regex.find_all_string_submatch_n(`^([+-]?)([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i|)$`, quantity, 1)[0]
	concat("", [whole, fraction]) != ""

	# The power of ten is put into the text, since a product with 0.001 would be rounded.
	decimal := sprintf("%s%s.%s0%s", [trim_left(sign, "+"), whole_digits(whole), fraction, power_of_ten(suffix)])
}

# Without leading zeros, which numbers of JSON may not have.
whole_digits(digits) := significant if {
	significant := trim_left(digits, "0")
	significant != ""
}

else := "0"

power_of_ten(suffix) := power if {
	power := {"n": "e-9", "u": "e-6", "m": "e-3", "k": "e3", "M": "e6", "G": "e9", "T": "e12", "P": "e15", "E": "e18"}[suffix]
}

else := "" if suffix in {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"}

else := suffix

power_of_two(suffix) := power if {
	power := {"Ki": 1024, "Mi": 1048576, "Gi": 1073741824, "Ti": 1099511627776, "Pi": 1125899906842624, "Ei": 1152921504606846976}[suffix]
}

else := 1
