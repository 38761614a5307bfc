# What two inventories of packages share and where they differ, by name and by name with version.
package stress

installed contains item.name if some item in input.installed

allowed contains item.name if some item in input.allowed

exact_installed contains [item.name, item.version] if some item in input.installed

exact_allowed contains [item.name, item.version] if some item in input.allowed

result := {
	"unknown": installed - allowed,
	"shared": count(installed & allowed),
	"all": count(installed | allowed),
	"other_version": {name | some [name, _] in exact_installed - exact_allowed; name in allowed},
	"same_version": count(exact_installed & exact_allowed),
}
