# METADATA
# title: Images from the frozen registry of Kubernetes
# description: Containers whose image comes from k8s.gcr.io or one of the places behind it, which get no new images since April 2023.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.image_name
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]

	# Most images are told from them without more work.
	contains(lower(container.image), "gcr.io/")
	image_name.from_any(container.image, frozen_places(container))
	finding := {
		"alertMessage": sprintf("%s runs %v, from a registry that gets no new images", [workload.container_label(obj, container), container.image]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.image", [workload.container_path(obj, list, i)])],
		"noFix": workload.advice(list, "registry.k8s.io has the same images under the same names; where the application moved since, its project says where to."),
	}
}

# The old address, the repository that it stood for, and the regional ones.
frozen_places(_) := [
	"k8s.gcr.io",
	"gcr.io/google-containers",
	"gcr.io/google_containers",
	"us.gcr.io/k8s-artifacts-prod",
	"eu.gcr.io/k8s-artifacts-prod",
	"asia.gcr.io/k8s-artifacts-prod",
]
