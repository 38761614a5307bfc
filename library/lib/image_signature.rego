# METADATA
# title: Signatures of images
# description: The images that containers run, as rules about who signed them look at them.
package holdfast.lib.image_signature

import data.holdfast.lib.workload
import rego.v1

# {"path", "list", "container"}, one for each container that names its image.
places(obj) := [{"path": sprintf("%s.image", [workload.container_path(obj, list, i)]), "list": list, "container": container} |
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	is_string(container.image)
	container.image != ""
]

# Whether one of the keys signed an image. Undefined where none is known to have, and not all of them are known not to have.
trusted(image, keys) if {
	some key in keys
	cosign.verify(image, key)
}

else := false if {
	count(keys) > 0
	every key in keys {
		cosign.verify(image, key) == false
	}
}

# A finding about a container's image.
about(obj, place, fault, remedy) := {
	"alertMessage": sprintf("%s: its image %s %s", [workload.container_label(obj, place.container), place.container.image, fault]),
	"alertObject": {"k8sApiObjects": [obj]},
	"reviewPaths": [place.path],
	"noFix": workload.advice(place.list, remedy),
}
