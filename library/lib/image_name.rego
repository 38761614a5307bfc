# METADATA
# title: Names of images
# description: The parts of an image's name as container runtimes read them, and whether a name lies within a registry or repository.
package holdfast.lib.image_name

import rego.v1

# The name without tag and digest: localhost:5000/app:1.2@sha256:… is localhost:5000/app.
repository(image) := name if name := trim_suffix(undigested(image), sprintf(":%s", [tag(image)]))

else := undigested(image)

# The tag; undefined where the name has none. What stands before a slash is a port.
tag(image) := split(parts[count(parts) - 1], ":")[1] if parts := split(undigested(image), "/")

undigested(image) := split(image, "@")[0]

# The digest, with the name of its algorithm; undefined where the name has none.
digest(image) := split(image, "@")[1]

# The repository with its registry: nginx is docker.io/library/nginx. Docker Hub's other names stand for it.
# https://pkg.go.dev/github.com/distribution/reference
full(image) := qualified(repository(image))

qualified(name) := hub(substring(name, indexof(name, "/") + 1, -1)) if names_hub(name)

else := lower(name) if names_registry(name)

else := hub(name)

hub(name) := sprintf("docker.io/%s", [lower(name)]) if contains(name, "/")

else := sprintf("docker.io/library/%s", [lower(name)])

# Whether the first part of a name is a registry: it can't be a folder of Docker Hub.
names_registry(name) if {
	contains(name, "/")
	is_host(split(name, "/")[0])
}

is_host(part) if contains(part, ".")

is_host(part) if contains(part, ":")

is_host("localhost")

is_host(part) if part != lower(part)

names_hub(name) if lower(split(name, "/")[0]) in {"docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"}

# Whether an image comes from one of these registries, folders or repositories: quay.io, quay.io/shop, quay.io/shop/web. One without
# a registry is Docker Hub's. A registry stands for those of its subdomains too, as amazonaws.com for every account there.
from_any(image, places) if {
	count(places) > 0 # Mostly there is nothing to compare with.
	names := names_of(image)
	some place in places
	covers(trim_right(trim_space(lower(place)), "/"), names)
}

# What an image can be called: by its full name, and as it is written, which differs for Docker Hub by another name.
names_of(image) := {full(image), lower(repository(image))} if names_registry(repository(image))

else := {full(image)}

covers(place, names) if {
	some name in names
	within(name, place)
}

covers(place, names) if {
	is_host(place)
	some name in names
	endswith(split(name, "/")[0], sprintf(".%s", [place]))
}

covers(place, names) if {
	not is_host(split(place, "/")[0])
	some folder in ["docker.io", "docker.io/library"]
	some name in names
	within(name, sprintf("%s/%s", [folder, place]))
}

within(name, place) if name == place

within(name, place) if startswith(name, sprintf("%s/", [place]))
