# METADATA
# title: The ingress-nginx controller
# description: Which containers run the controller of the Kubernetes project, and in which version.
package holdfast.lib.ingress_nginx

import rego.v1

# Images of the project, of its packagers and of mirrors that keep its name. F5's own controller, nginx/nginx-ingress, is
# another program.
image_pattern := `(^|/)(ingress-nginx/controller(-chroot)?|(nginx-ingress|ingress-nginx|nginx)-controller(-[a-z0-9]+)?)$`

runs_controller(container) if {
	# Most images are told from it without a regular expression.
	contains(container.image, "controller")
	regex.match(image_pattern, repository(container.image))
}

# A renamed image still starts the same binary.
runs_controller(container) if endswith(container.args[0], "nginx-ingress-controller")

runs_controller(container) if {
	some word in container.command
	endswith(word, "nginx-ingress-controller")
}

# An image without its tag and digest.
repository(image) := regex.replace(split(image, "@")[0], `:[^/]*$`, "")

# The version in the tag as three numbers: v1.0.0-beta.3 is [1, 0, 0]. Undefined where the tag doesn't say it.
version(container) := [to_number(found[0][i]) | some i in [1, 2, 3]] if {
	found := regex.find_all_string_submatch_n(`:(?:nginx-|controller-)?v?(\d+)\.(\d+)\.(\d+)`, container.image, 1)
	count(found) == 1
}
