# Everything in a tree of settings that looks like a password in plain text, and every image that is named with no version.
package stress

result contains finding if {
	walk(input.settings, [path, value])
	is_string(value)
	path[count(path) - 1] == "password"
	finding := {"path": concat(".", [sprintf("%v", [part]) | some part in path]), "length": count(value)}
}

result contains finding if {
	walk(input.settings, [path, value])
	image := value.image
	not contains(image, ":")
	finding := {"path": path, "image": image}
}
