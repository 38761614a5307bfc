# METADATA
# title: Image references
# description: The parts of an image's name as it is written in a manifest.
package holdfast.lib.image_reference

import rego.v1

# The name with the registry that runtimes take for granted: nginx:1.27 is docker.io/library/nginx:1.27. Docker Hub has two names.
full_name(image) := sprintf("docker.io/%s", [trim_prefix(image, "index.docker.io/")]) if startswith(image, "index.docker.io/")

else := image if names_registry(image)

else := sprintf("docker.io/%s", [image]) if contains(image, "/")

else := sprintf("docker.io/library/%s", [image])

# The first part of a name is a registry where it could be the address of a machine.
names_registry(image) if {
	parts := split(image, "/")
	count(parts) > 1
	regex.match(`[.:]|^localhost$`, parts[0])
}

# Whether an image lies at or below one of the places, given as registries or repositories.
lies_in(image, places) if {
	some place in places
	some name in {image, full_name(image)}
	begins_with(name, trim_right(place, "/"))
}

# gcr.io is the beginning of gcr.io/app, but not of gcr.io.example.net/app.
begins_with(name, place) if {
	startswith(name, place)
	substring(name, count(place), 1) in {"", "/", ":", "@"}
}

# Whether the content that is meant is fixed, by its hash.
pinned(image) if contains(image, "@")

# The tag; undefined where there is none. The colon of a registry's port is none of a tag.
tag(image) := parts[1] if {
	path := split(split(image, "@")[0], "/")
	parts := split(path[count(path) - 1], ":")
}
