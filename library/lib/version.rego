# METADATA
# title: Versions
# description: Versions as numbers that compare, and the images whose tags say one.
package holdfast.lib.version

import rego.v1

# The leading numbers of a version: v1.22.11-gke.400 is [1, 22, 11], and 5.4 is [5, 4, 0]. Undefined for what is none.
numbers(text) := [number(found[0][i]) | some i in [1, 2, 3]] if {
	found := regex.find_all_string_submatch_n(`^v?(\d+)\.(\d+)(?:\.(\d+))?`, text, 1)
	count(found) == 1
}

number("") := 0

number(digits) := to_number(digits) if digits != ""

# The version in the tag of an image, if the last part of the image's name is one of those given.
of_image(image, names) := numbers(tag) if {
	plain := split(image, "@")[0]
	parts := split(plain, "/")
	last := split(parts[count(parts) - 1], ":")
	last[0] in names
	tag := last[1]
}

# Whether a version lies in one of the ranges: pairs of the first that is in it and the first that no longer is.
in_ranges(version, ranges) if {
	some range in ranges
	version >= range[0]
	version < range[1]
}
