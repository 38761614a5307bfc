# METADATA
# title: Origins of images
# description: Which containers run images from registries that the parameters list, or from others.
package holdfast.lib.image_origin

import data.holdfast.lib.image_name
import data.holdfast.lib.workload
import rego.v1

# The registries that images must not come from.
blocklist contains place if {
	some parameter in ["publicRegistries", "untrustedRegistries"]
	some place in data.postureControlInputs[parameter]
}

# The registries, folders and repositories that images may come from.
allowlist contains place if some place in data.postureControlInputs.imageRepositoryAllowList

# One finding for each container whose image is on the blocklist.
blocked(obj) := [finding |
	some place in image_places(obj)
	image_name.from_any(place.container.image, blocklist)
	finding := about(obj, place, "comes from a registry that is not to be used", "Which trusted registry has this image, or a copy of it, isn't in the manifest.")
]

# One finding for each container whose image is not on the allowlist. While that is empty, none is wrong.
unlisted(obj) := [finding |
	count(allowlist) > 0
	some place in image_places(obj)
	is_string(place.container.image)
	place.container.image != ""
	not image_name.from_any(place.container.image, allowlist)
	finding := about(obj, place, "comes from none of the allowed registries", "Either the image is copied to an allowed registry, or its own is allowed: the manifest doesn't say which.")
]

about(obj, place, fault, remedy) := {
	"alertMessage": sprintf("%s: its image %v %s", [workload.container_label(obj, place.container), place.container.image, fault]),
	"alertObject": {"k8sApiObjects": [obj]},
	"reviewPaths": [sprintf("%s.image", [place.path])],
	"noFix": workload.advice(place.list, remedy),
}

image_places(obj) := [{"list": list, "path": workload.container_path(obj, list, i), "container": container} |
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
]
