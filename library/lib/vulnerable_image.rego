# METADATA
# title: Images with a known hole
# description: Workloads that run a program in a version that an advisory names, told from the image's name and tag.
package holdfast.lib.vulnerable_image

import data.holdfast.lib.version
import data.holdfast.lib.workload
import rego.v1

# {"path", "container", "version"}, one for each container that runs one of the images in a version that its tag says.
runs(obj, names) := [found |
	some i, container in workload.pod_spec(obj).containers
	tagged := version.of_image(container.image, names)
	found := {
		"path": sprintf("%s.image", [workload.container_path(obj, "containers", i)]),
		"container": container,
		"version": tagged,
	}
]

# The finding about such a container.
finding(obj, found, cve, advice) := {
	"alertMessage": sprintf("%s runs a version with %s", [workload.container_label(obj, found.container), cve]),
	"alertObject": {"k8sApiObjects": [obj]},
	"failedPaths": [found.path],
	"reviewPaths": [found.path],
	"deletePaths": [],
	"fixPaths": [],
	"noFix": advice,
}
