# A message for every request that took too long, put together from its parts.
package stress

slow(request) if request.millis > 250

path_of(request) := concat("/", ["", lower(request.service), trim_suffix(request.path, "/")])

result contains message if {
	some request in input.requests
	slow(request)
	message := sprintf("%s %s took %d ms for %s (%s)", [request.method, path_of(request), request.millis, user(request), labels(request)])
}

user(request) := upper(substring(name, 0, 8)) if {
	parts := split(request.user, "@")
	name := replace(parts[0], ".", "_")
}

labels(request) := concat(",", [sprintf("%s=%v", [key, value]) | some key, value in request.labels])
