# METADATA
# title: Moving tags that are not pulled anew
# description: Containers whose image has a moving tag, such as latest, and is pulled only where the node has none.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   parameters: [floatingImageTags]
package armo_builtins

import data.holdfast.lib.image_name
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	is_string(container.image)
	container.image != ""
	kept(container)
	not image_name.digest(container.image)
	path := workload.container_path(obj, list, i)
	finding := {
		"alertMessage": sprintf("%s takes %v from its node, however old that is", [workload.container_label(obj, container), container.image]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.image", [path]), sprintf("%s.imagePullPolicy", [path])],
		"noFix": workload.advice(list, "Name a version that doesn't move, or its digest; only where the tag has to move, set imagePullPolicy to Always."),
	}
}

# Kubernetes pulls latest anew unless it is told not to, and any other tag only when it is told to.
kept(container) if {
	container.imagePullPolicy in {"IfNotPresent", "Never"}
	tag(container.image) == "latest"
}

kept(container) if {
	object.get(container, "imagePullPolicy", null) != "Always"
	some moving in data.postureControlInputs.floatingImageTags
	moving != "latest"
	image_name.tag(container.image) == moving
}

# An image without a tag is the latest.
tag(image) := written if written := image_name.tag(image)

else := "latest"
