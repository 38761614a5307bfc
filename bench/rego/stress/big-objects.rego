# Defaults overlaid with what each tenant sets, and what of it is allowed.
package stress

result[name] := effective if {
	some name, own in input.tenants
	merged := object.union(input.defaults, own)
	effective := {key: value |
		some key, value in merged
		object.get(input.allowed, key, false)
		object.get(input.defaults, key, null) != value
	}
}
