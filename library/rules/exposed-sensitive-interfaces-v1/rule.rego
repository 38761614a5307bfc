# METADATA
# title: Exposed management interfaces
# description: Finds workloads with the name of a management interface that a Service opens to callers from outside the cluster.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Service]
#   parameters: [sensitiveInterfaces]
package armo_builtins

import data.holdfast.lib.object_reference
import data.holdfast.lib.pod_labels
import data.holdfast.lib.sensitive_interface
import data.holdfast.lib.service
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	sensitive_interface.runs(obj)
	some one in service.leading_to(obj)
	open_to_all(one)
	paths := [pod_labels.selector_path(obj), "spec.selector"]
	finding := {
		"alertMessage": sprintf("%s has a management interface that %s opens to callers from outside the cluster", [workload.label(obj), service.label(one)]),
		"alertObject": {"k8sApiObjects": [obj], "externalObjects": object_reference.of(obj)},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Who has to reach the interface can't be seen here: make the Service a ClusterIP and go through kubectl port-forward, a VPN or a proxy that asks who is there.",
		"relatedObjects": [{"object": one, "failedPaths": [], "reviewPaths": ["spec.selector", "spec.type"]}],
	}
}

# A load balancer counts once it has an address that the internet reaches.
open_to_all(one) if {
	service.exposed(one)
	not one.spec.type == "LoadBalancer"
}

open_to_all(one) if service.has_public_address(one)
